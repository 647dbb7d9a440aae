"""Cooperation as tables: blocks, municipalities, pairs, tasks, arrangements, the assessment, and the legal forms."""

from __future__ import annotations

from collections.abc import Iterable

from tyngdepunkt.analysis.cooperation import (
    MEANT_FOR,
    PROVISIONS,
    RULES,
    Evidence,
    FormCheck,
    GroupCooperation,
    MunicipalityCooperation,
    RegisterMeasure,
    TaskCooperation,
    Verdict,
)
from tyngdepunkt.model import Act, Arrangement, LegalForm, Level, RegisteredForm
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import begin, clean
from tyngdepunkt.report.table import Cell, Column, Kind, Table
from tyngdepunkt.texts import cooperation, reasons
from tyngdepunkt.texts.wording import later

__all__ = [
    "closest_partners",
    "compare_tasks",
    "list_arrangements",
    "list_assessments",
    "list_block_cooperation",
    "list_forms",
    "list_kinds",
    "list_municipal_cooperation",
    "list_standings",
    "list_task_cooperation",
    "list_ties",
    "say_evidence",
]

_PARTNERS_NAMED = 3
"""Closest partners named for each municipality."""

_BASES = {
    "stated": later("stated"),
    "derived": later("derived"),
    "list": later("from a list of another year"),
    "partial": later("some are named"),
    "uncertain": later("uncertain"),
    "unknown": later("unknown"),
}

_VERDICTS = {
    Verdict.ALLOWED: later("can carry it"),
    Verdict.CONDITIONAL: later("can carry it on a condition"),
    Verdict.EXCLUDED: later("cannot carry it"),
    Verdict.UNKNOWN: later("unknown"),
}


def list_block_cooperation(briefing: Briefing) -> Table:
    """
    List the cooperation of each block, and of the whole study as one group.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a block, the whole last.
    """
    say, own, number = briefing.wording.say, _own(briefing), briefing.wording.say("number")
    columns = (
        Column("block_id", say("Centre id"), Kind.ID, "", own, say("Municipality id of the centre."), empty=""),
        Column("block", say("Block"), Kind.TEXT, "", own, say("The block, by the name of its centre.")),
        Column(
            "members", say("Municipalities"), Kind.COUNT, number, own, say("Number of municipalities in the block.")
        ),
        Column("total", say("Arrangements"), Kind.COUNT, number, own, _meant(briefing, "total")),
        Column("inside", say("Inside"), Kind.COUNT, number, own, _meant(briefing, "inside")),
        Column("crossing", say("Cross the border"), Kind.COUNT, number, own, _meant(briefing, "crossing")),
        Column("unplaced", say("Not known"), Kind.COUNT, number, own, _meant(briefing, "unplaced")),
        Column("inside_share", say("Share inside"), Kind.SHARE, say("per cent"), own, _meant(briefing, "inside_share")),
        Column(
            "only_all",
            say("Exactly the block"),
            Kind.COUNT,
            number,
            own,
            say("Arrangements in which all of the block and nobody else take part."),
        ),
        Column("partner_sets", say("Partner sets"), Kind.COUNT, number, own, _meant(briefing, "partner_sets")),
        Column("criss_cross", say("Criss-cross"), Kind.SHARE, say("per cent"), own, _meant(briefing, "criss_cross")),
        Column(
            "hosts_known",
            say("Host known"),
            Kind.COUNT,
            number,
            own,
            say("Arrangements of which the host is known."),
        ),
        Column(
            "hosts_unknown",
            say("Host not known"),
            Kind.COUNT,
            number,
            own,
            say("Arrangements of which no host is known; some have none."),
        ),
        Column(
            "top_host",
            say("Hosts most"),
            Kind.TEXT,
            "",
            own,
            say("The municipality with most of the host roles that are known; it may lie outside the block."),
        ),
        Column(
            "top_host_share",
            say("Its share"),
            Kind.SHARE,
            say("per cent"),
            own,
            say("Its share of the host roles that are known."),
        ),
        Column(
            "concentration",
            say("Host concentration"),
            Kind.DECIMAL,
            say("0 to 1"),
            own,
            say("Sum of the squared shares of the known host roles: 1 where one municipality hosts all."),
        ),
    )
    review = briefing.analysis.cooperation
    measure = None if review is None else review.measure
    groups = () if measure is None else (*measure.blocks, measure.whole)
    rows = tuple(_group_row(briefing, group, is_block=group is not groups[-1]) for group in groups)
    title = say("Cooperation in each block, {year}", year=_year(measure))
    return Table("block_cooperation", title, columns, rows)


def list_kinds(briefing: Briefing) -> Table:
    """
    Count arrangements by level and by legal form, in the whole study and in each block.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a level or form that occurs.
    """
    say, own, review = briefing.wording.say, _own(briefing), briefing.analysis.cooperation
    number = say("number")
    groups: tuple[GroupCooperation, ...] = () if review is None else (review.measure.whole, *review.measure.blocks)
    columns = (
        Column(
            "kind", say("Level or form"), Kind.TEXT, "", own, say("How wide arrangements reach, or their legal form.")
        ),
        *(
            Column(
                f"block_{place}",
                briefing.name(group.name) if place else say("All"),
                Kind.COUNT,
                number,
                own,
                _meant(briefing, "total"),
            )
            for place, group in enumerate(groups)
        ),
    )
    rows: list[tuple[Cell, ...]] = []
    if groups:
        for level in Level:
            counts = tuple(group.by_level.get(level, 0) for group in groups)
            rows.append((begin(cooperation.level_word(level, briefing.language)), *counts))
        for form in groups[0].by_form:
            counts = tuple(group.by_form.get(form, 0) for group in groups)
            rows.append((begin(cooperation.registered_form_word(form, briefing.language)), *counts))
    measure = None if review is None else review.measure
    title = say("Arrangements by level and by legal form, {year}", year=_year(measure))
    return Table("cooperation_kinds", title, columns, tuple(row for row in rows if any(row[1:])))


def list_municipal_cooperation(briefing: Briefing) -> Table:
    """
    List the cooperation of each municipality.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a municipality, in order of id.
    """
    say, own, review = briefing.wording.say, _own(briefing), briefing.analysis.cooperation
    number, name_source = say("number"), briefing.source("municipalities.name")
    counted_own = briefing.own_source("arrangements", "participants", "arrangement_controls")
    year = "" if review is None else str(review.year)
    counted = None if review is None or review.counted is review.measure else review.counted
    earlier = _year(counted)
    columns = (
        Column("municipality_id", say("Municipality id"), Kind.ID, "", name_source, say("The municipality.")),
        Column("municipality", say("Municipality"), Kind.TEXT, "", name_source, say("The municipality.")),
        Column("block", say("Block"), Kind.TEXT, "", own, say("The block, by the name of its centre."), empty="–"),
        Column("total", say("Arrangements"), Kind.COUNT, number, own, _meant(briefing, "own_total")),
        *(
            Column(
                f"level_{level}",
                begin(cooperation.level_word(level, briefing.language)),
                Kind.COUNT,
                number,
                own,
                say("Arrangements of that level."),
            )
            for level in Level
        ),
        Column("stated", say("Stated"), Kind.COUNT, number, own, say("Of those, the part that a source states.")),
        Column("inside", say("Inside"), Kind.COUNT, number, own, _meant(briefing, "inside"), empty="–"),
        Column("crossing", say("Cross the border"), Kind.COUNT, number, own, _meant(briefing, "crossing"), empty="–"),
        Column("unplaced", say("Not known"), Kind.COUNT, number, own, _meant(briefing, "unplaced"), empty="–"),
        Column(
            "inside_share",
            say("Share inside"),
            Kind.SHARE,
            say("per cent"),
            own,
            _meant(briefing, "inside_share"),
            empty="–",
        ),
        Column("partner_sets", say("Partner sets"), Kind.COUNT, number, own, _meant(briefing, "partner_sets")),
        Column("criss_cross", say("Criss-cross"), Kind.SHARE, say("per cent"), own, _meant(briefing, "criss_cross")),
        Column("hosted", say("Host of"), Kind.COUNT, number, own, say("Arrangements that it is known to host.")),
        Column(
            "incomplete",
            say("Partners not all known"),
            Kind.COUNT,
            number,
            own,
            say("Arrangements of which not all participants are known."),
        ),
        Column("partners", say("Closest partners"), Kind.TEXT, "", own, _meant(briefing, "partners"), empty="–"),
        Column(
            "control",
            say("Counted by another"),
            Kind.COUNT,
            number,
            counted_own,
            _meant(briefing, "control"),
            empty="–",
        ),
        Column("gap", say("Gap"), Kind.CHANGE, number, counted_own, _meant(briefing, "gap"), empty="–"),
        *(
            (
                Column(
                    "total_then",
                    say("Arrangements {year}", year=earlier),
                    Kind.COUNT,
                    number,
                    own,
                    say("The same in {year}; not to be added to those of {later}.", year=earlier, later=year),
                ),
                Column(
                    "control_then",
                    say("Counted by another, {year}", year=earlier),
                    Kind.COUNT,
                    number,
                    counted_own,
                    _meant(briefing, "control"),
                    empty="–",
                ),
                Column(
                    "gap_then",
                    say("Gap {year}", year=earlier),
                    Kind.CHANGE,
                    number,
                    counted_own,
                    _meant(briefing, "gap"),
                    empty="–",
                ),
            )
            if counted
            else ()
        ),
    )
    then = {each.municipality: each for each in counted.municipalities} if counted else {}
    partners = closest_partners(briefing)
    rows = tuple(
        _municipal_row(briefing, each, then.get(each.municipality), partners.get(each.municipality))
        for each in (() if review is None else review.measure.municipalities)
    )
    return Table("municipal_cooperation", say("Cooperation of each municipality, {year}", year=year), columns, rows)


def closest_partners(briefing: Briefing) -> dict[str, str]:
    """
    Name those with whom each municipality shares most arrangements.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    Municipality id to up to three partners, each with the number shared; who shares none is left out.
    """
    review = briefing.analysis.cooperation
    found: dict[str, list[tuple[int, str]]] = {}
    for edge in () if review is None else review.network.edges:
        found.setdefault(edge.a, []).append((-edge.shared, edge.b))
        found.setdefault(edge.b, []).append((-edge.shared, edge.a))
    return {
        municipality: ", ".join(
            f"{briefing.name(other)} {briefing.wording.count(-shared)}"
            for shared, other in sorted(pairs)[:_PARTNERS_NAMED]
        )
        for municipality, pairs in found.items()
    }


def list_ties(briefing: Briefing) -> Table:
    """
    List every pair of municipalities that share an arrangement.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a pair, most first.
    """
    say, own, review = briefing.wording.say, _own(briefing), briefing.analysis.cooperation
    name_source, number = briefing.source("municipalities.name"), say("number")
    columns = (
        Column("a_id", say("Municipality id"), Kind.ID, "", name_source, say("One of the two.")),
        Column("b_id", say("Partner id"), Kind.ID, "", name_source, say("The other of the two.")),
        Column("a", say("Municipality"), Kind.TEXT, "", name_source, say("One of the two.")),
        Column("b", say("Partner"), Kind.TEXT, "", name_source, say("The other of the two.")),
        Column(
            "shared",
            say("Shared arrangements"),
            Kind.COUNT,
            number,
            own,
            say("Arrangements below the level of regions that both are known to take part in."),
        ),
        Column(
            "bilateral",
            say("Of the two alone"),
            Kind.COUNT,
            number,
            own,
            say("Those of them in which nobody else takes part."),
        ),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (e.a, e.b, briefing.name(e.a), briefing.name(e.b), e.shared, e.bilateral)
        for e in (() if review is None else review.network.edges)
    )
    title = say("Who shares arrangements with whom, {year}", year=_year(None if review is None else review.measure))
    return Table("ties", title, columns, rows)


def list_task_cooperation(briefing: Briefing) -> Table:
    """
    List how many municipalities cooperate on each task, by the register and by another's count.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a task, those that were counted first; of the last year in which another counted.
    """
    say, own, review = briefing.wording.say, _own(briefing), briefing.analysis.cooperation
    counts, number = briefing.source("task_participation.municipalities"), say("number")
    columns = (
        Column("task", say("Task"), Kind.TEXT, "", counts, say("As the count calls it, or a service area.")),
        Column(
            "areas", say("Service areas of the register"), Kind.TEXT, "", counts, _meant(briefing, "areas"), empty="–"
        ),
        Column(
            "arrangements", say("Arrangements"), Kind.COUNT, number, own, say("Arrangements on the task."), empty="–"
        ),
        Column(
            "municipalities",
            say("Municipalities"),
            Kind.COUNT,
            number,
            own,
            say("Municipalities known to take part in one or more of them."),
            empty="–",
        ),
        Column(
            "printed", say("Printed"), Kind.COUNT, number, counts, say("Municipalities by another's count."), empty="–"
        ),
        Column(
            "difference",
            say("The register lacks"),
            Kind.CHANGE,
            number,
            own,
            say("Printed number less the register's; below zero where the register has more."),
            empty="–",
        ),
        Column(
            "incomplete",
            say("Partners not all known"),
            Kind.COUNT,
            number,
            own,
            say("Arrangements of which not all participants are known; the true number may be higher."),
        ),
        Column("verdict", say("Outcome"), Kind.TEXT, "", own, say("Whether the two agree, and if not, why.")),
    )
    measure = None if review is None else review.counted
    rows = tuple(_task_row(briefing, each) for each in (() if measure is None else measure.tasks))
    title = say("Municipalities that cooperate on each task, {year}", year=_year(measure))
    return Table("task_cooperation", title, columns, rows)


def compare_tasks(measure: RegisterMeasure) -> tuple[int, int, int]:
    """
    Count the tasks that another counted.

    Parameters
    ----------
    measure
        Of the year of the count.

    Returns
    -------
    counted
        How many were counted.
    told
        How many of these the register tells from others.
    agree
        How many of these agree exactly.
    """
    counted = [each for each in measure.tasks if each.count is not None]
    told = [each for each in counted if each.municipalities is not None]
    return len(counted), len(told), sum(each.difference == 0 for each in told)


def list_standings(briefing: Briefing) -> Table:
    """
    Set the seven items of long-term strategic cooperation against the blocks.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row an item, one column a block.
    """
    say, own, review = briefing.wording.say, _own(briefing), briefing.analysis.cooperation
    assessments = () if review is None else review.assessments
    columns = (
        Column("item", say("Item"), Kind.TEXT, "", own, say("What long-term strategic cooperation has.")),
        *(
            Column(f"block_{place}", briefing.name(each.group.name), Kind.TEXT, "", own, say("How the item stands."))
            for place, each in enumerate(assessments)
        ),
    )
    rows = tuple(
        (
            begin(cooperation.item_word(item.item, briefing.language)),
            *(cooperation.standing_word(each.of(item.item).standing, briefing.language) for each in assessments),
        )
        for item in (assessments[0].items if assessments else ())
    )
    title = say(
        "The seven items of long-term strategic cooperation, {year}",
        year=_year(None if review is None else review.measure),
    )
    return Table("standings", title, columns, rows)


def list_assessments(briefing: Briefing) -> Table:
    """
    List every item of every block with its evidence and what is missing.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a block and item.
    """
    say, own, review = briefing.wording.say, _own(briefing), briefing.analysis.cooperation
    columns = (
        Column("block_id", say("Centre id"), Kind.ID, "", own, say("Municipality id of the centre.")),
        Column("block", say("Block"), Kind.TEXT, "", own, say("The block, by the name of its centre.")),
        Column("item", say("Item"), Kind.TEXT, "", own, say("What long-term strategic cooperation has.")),
        Column("standing", say("Standing"), Kind.TEXT, "", own, say("How the item stands.")),
        Column(
            "next", say("Next step"), Kind.TEXT, "", own, say("Whether it is to be settled to come a step further.")
        ),
        Column("evidence", say("What is known"), Kind.TEXT, "", own, say("What the register tells of it."), empty="–"),
        Column(
            "missing", say("What is missing"), Kind.TEXT, "", own, say("What is not in place, or not known."), empty="–"
        ),
        Column("answer", say("What the cooperation answers"), Kind.TEXT, "", own, say("Its own words."), empty="–"),
    )
    rows = tuple(
        (
            each.group.name,
            briefing.name(each.group.name),
            begin(cooperation.item_word(item.item, briefing.language)),
            cooperation.standing_word(item.standing, briefing.language),
            say("yes") if item.item in each.next_step else say("no"),
            say_evidence(briefing, item.evidence),
            say_evidence(briefing, item.missing),
            clean(item.answer.text) if item.answer and item.answer.text else None,
        )
        for each in (() if review is None else review.assessments)
        for item in each.items
    )
    title = say("The seven items, block by block, with evidence")
    return Table("assessments", title, columns, rows)


def say_evidence(briefing: Briefing, evidence: Iterable[Evidence]) -> str | None:
    """
    Say evidence as running text.

    Parameters
    ----------
    briefing
        The analysis and the language.
    evidence
        In order.

    Returns
    -------
    Sentences; None where there is nothing.
    """
    return " ".join(reasons.sentence(each.reason, briefing.names, briefing.language) for each in evidence) or None


def list_forms(briefing: Briefing) -> Table:
    """
    List the legal forms with their provisions and what they cannot carry.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a form.
    """
    say, language = briefing.wording.say, briefing.language
    law = say("the act named; the ministry's overview of forms of cooperation")
    columns = (
        Column("form", say("Form"), Kind.TEXT, "", law, say("The legal form.")),
        Column("provision", say("Provision from 2020 on"), Kind.TEXT, "", law, say("Where the form stands today.")),
        Column("before", say("Provision before"), Kind.TEXT, "", law, say("Where the form stood until 2019.")),
        Column("meant", say("What it is for"), Kind.TEXT, "", law, say("What the form is meant for.")),
        Column("limits", say("Where it falls or takes a condition"), Kind.TEXT, "", law, say("Its rules."), empty="–"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            begin(cooperation.form_word(form, language)),
            begin(cooperation.provision_words(PROVISIONS[Act.Y2018][form], language)),
            begin(cooperation.provision_words(PROVISIONS[Act.Y1992][form], language)),
            cooperation.rule_sentence(MEANT_FOR[form], language),
            " ".join(
                dict.fromkeys(
                    cooperation.rule_sentence(rule.key, language)
                    for rule in RULES
                    if rule.form is form and Act.Y2018 in rule.acts and rule.key != _FOR_EVERY_FORM
                )
            )
            or None,
        )
        for form in LegalForm
    )
    return Table("forms", say("Legal forms of cooperation and where they stand"), columns, rows)


_FOR_EVERY_FORM = "no_form_for_several"
"""A rule that is the same for every form is told once, in the text."""


def list_arrangements(briefing: Briefing) -> Table:
    """
    List the arrangements of the picture, each with whether its form can carry its task.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row an arrangement, in the order of the register.
    """
    say, review = briefing.wording.say, briefing.analysis.cooperation
    told, people = briefing.source("arrangements.source"), briefing.source("participants.source")
    law = briefing.own_source("arrangements", "task_needs")
    columns = (
        Column("id", say("Arrangement"), Kind.ID, "", told, say("Id of the row of the register.")),
        Column("name", say("Name"), Kind.TEXT, "", told, say("What it is called.")),
        Column("task", say("Service area"), Kind.TEXT, "", told, say("What it is about.")),
        Column("snapshot", say("Describes"), Kind.ID, "", told, say("The year that the row describes.")),
        Column("carried", say("Carried over"), Kind.TEXT, "", told, _meant(briefing, "carried")),
        Column(
            "participants", say("Municipalities"), Kind.TEXT, "", people, say("Those known to take part."), empty="–"
        ),
        Column("basis", say("They are"), Kind.TEXT, "", people, say("How it is known who takes part.")),
        Column(
            "outside", say("Others"), Kind.TEXT, "", told, say("Who takes part that is not of the study."), empty="–"
        ),
        Column("level", say("Level"), Kind.TEXT, "", told, say("How wide it reaches.")),
        Column("form", say("Form"), Kind.TEXT, "", told, say("The legal form.")),
        Column("host", say("Host"), Kind.TEXT, "", told, say("The municipality that hosts it."), empty=say("unknown")),
        Column("verdict", say("The form"), Kind.TEXT, "", law, say("Whether the form can carry the task.")),
        Column("why", say("Why"), Kind.TEXT, "", law, say("The rules that bite, or what is not known."), empty="–"),
        Column("source", say("Source"), Kind.TEXT, "", told, say("Where the row was read."), empty=""),
    )
    if review is None:
        return Table("arrangements", say("The arrangements of the picture"), columns, ())
    picture = review.measure.picture
    checks = {check.arrangement: check for check in review.forms}
    rows = tuple(
        _arrangement_row(briefing, each, checks[each.id], carried=each.id in picture.carried)
        for each in picture.arrangements
    )
    title = say("The arrangements of the picture of {year}", year=str(review.year))
    return Table("arrangements", title, columns, rows)


def _arrangement_row(briefing: Briefing, each: Arrangement, check: FormCheck, *, carried: bool) -> tuple[Cell, ...]:
    """Return an arrangement as a row."""
    say, language = briefing.wording.say, briefing.language
    return (
        each.id,
        clean(each.name),
        clean(each.task),
        str(each.snapshot),
        say("yes") if carried else say("no"),
        ", ".join(briefing.name(i) for i in sorted(each.members)) or None,
        say(_BASES[each.basis]),
        clean(each.outside_text) or None,
        cooperation.level_word(each.level, language),
        cooperation.registered_form_word(each.form, language),
        briefing.name(each.host) if each.host else None,
        say(_VERDICTS[check.verdict]),
        _why(briefing, check),
        clean(each.source),
    )


def _why(briefing: Briefing, check: FormCheck) -> str | None:
    """Return why a form can carry its task or cannot; None where nothing needs saying."""
    say, language = briefing.wording.say, briefing.language
    if check.needs is None:
        return say("No source of the study tells what the task needs.")
    if check.best is None:
        if check.form is RegisteredForm.UNKNOWN:
            return say("The form is not told.")
        return say("The form is none of the Local Government Act's.")
    said = [cooperation.rule_sentence(rule.key, language) for rule in check.best.rules]
    if check.best.missing:
        said.append(cooperation.rule_sentence("need_unknown", language, needs=check.best.missing))
    return " ".join(dict.fromkeys(said)) or None


def _group_row(briefing: Briefing, group: GroupCooperation, *, is_block: bool) -> tuple[Cell, ...]:
    """Return a group as a row."""
    top = next(iter(group.hosts.roles), None)
    return (
        group.name if is_block else None,
        briefing.name(group.name) if is_block else briefing.wording.say("The whole study"),
        len(group.members),
        group.total,
        group.placing.inside,
        group.placing.crossing,
        group.placing.unknown,
        group.inside_share,
        group.only_all,
        group.partner_sets,
        group.criss_cross.share,
        group.hosts.known,
        group.hosts.unknown,
        None if top is None else briefing.name(top),
        group.hosts.top_share(),
        group.hosts.concentration,
    )


def _municipal_row(
    briefing: Briefing, each: MunicipalityCooperation, then: MunicipalityCooperation | None, partners: str | None
) -> tuple[Cell, ...]:
    """Return a municipality as a row."""
    placing = each.placing
    return (
        each.municipality,
        briefing.name(each.municipality),
        briefing.name(each.block) if each.block else None,
        each.total,
        *(each.by_level.get(level, 0) for level in Level),
        sum(number for basis, number in each.by_basis.items() if basis == "stated"),
        *((None, None, None) if placing is None else (placing.inside, placing.crossing, placing.unknown)),
        each.inside_share,
        each.partner_sets,
        each.criss_cross.share,
        each.hosted,
        each.incomplete,
        partners,
        each.control_total,
        each.gap,
        *(() if then is None else (then.total, then.control_total, then.gap)),
    )


def _task_row(briefing: Briefing, each: TaskCooperation) -> tuple[Cell, ...]:
    """Return a task as a row."""
    say = briefing.wording.say
    if each.count is None:
        verdict = say("not counted by another")
    elif each.municipalities is None:
        verdict = say("the register does not tell it from others")
    elif each.difference == 0:
        verdict = say("agrees")
    elif each.incomplete:
        verdict = say("the register is not complete here")
    else:
        verdict = say("differs, though all participants are named")
    return (
        clean(each.task),
        ", ".join(clean(area) for area in each.service_areas) or None,
        each.arrangements,
        each.municipalities,
        None if each.count is None else each.count.municipalities,
        each.difference,
        each.incomplete,
        verdict,
    )


def _own(briefing: Briefing) -> str:
    """Return what the measures of cooperation rest on."""
    return briefing.own_source("arrangements", "participants")


def _year(measure: RegisterMeasure | None) -> str:
    """Return the year of a measure; empty where there is none."""
    return "" if measure is None else str(measure.year)


_MEANINGS = {
    "own_total": later("Arrangements that it is known to take part in."),
    "total": later("Arrangements that at least one of them is known to take part in, each counted once."),
    "inside": later("All participants are known, and lie in the block."),
    "crossing": later("A participant is known to lie outside the block."),
    "unplaced": later("Those who are named lie in the block, and others are not named."),
    "inside_share": later("Inside, of those that are known to lie inside or across the border."),
    "partner_sets": later("Different sets of participants, of arrangements whose participants are all known."),
    "criss_cross": later(
        "Of the pairs of arrangements whose participants are all known, the share whose participants overlap though"
        " neither holds the other's; 0 with fixed partners."
    ),
    "partners": later(
        "Those with whom most arrangements are shared, and how many; arrangements of a whole region are left out."
    ),
    "control": later("Arrangements by another's count of the same year."),
    "gap": later("What the register lacks of that count; below zero where it holds more."),
    "areas": later("What of the register the task is; blank where the register does not tell it from others."),
    "carried": later("Whether the row describes an earlier year and nothing came after: it may have ended or changed."),
}


def _meant(briefing: Briefing, key: str) -> str:
    """Return what a measure means."""
    return briefing.wording.say(_MEANINGS[key])
