"""Cooperation as tables: blocks, kinds, municipalities, pairs and tasks."""

from __future__ import annotations

from tyngdepunkt.analysis.cooperation import (
    GroupCooperation,
    MunicipalityCooperation,
    RegisterMeasure,
    TaskCooperation,
)
from tyngdepunkt.model import Level
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import begin, clean
from tyngdepunkt.report.table import Cell, Table
from tyngdepunkt.report.tables.columns import Origin, from_analysis, from_column
from tyngdepunkt.texts import cooperation
from tyngdepunkt.texts.wording import later

__all__ = [
    "closest_partners",
    "compare_tasks",
    "list_block_cooperation",
    "list_kinds",
    "list_municipal_cooperation",
    "list_task_cooperation",
    "list_ties",
    "rests_on",
    "year_of",
]

_PARTNERS_NAMED = 3
"""Closest partners named for each municipality."""


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
    say, own = briefing.wording.say, rests_on(briefing)
    columns = (
        *own.block(empty_id=""),
        own.count("members", later("Municipalities"), later("Number of municipalities in the block.")),
        own.count("total", later("Arrangements"), _MEANINGS["total"]),
        own.count("inside", later("Inside"), _MEANINGS["inside"]),
        own.count("crossing", later("Cross the border"), _MEANINGS["crossing"]),
        own.count("unplaced", later("Not known"), _MEANINGS["unplaced"]),
        own.share("inside_share", later("Share inside"), _MEANINGS["inside_share"]),
        own.count(
            "only_all",
            later("Exactly the block"),
            later("Arrangements in which all of the block and nobody else take part."),
        ),
        own.count("partner_sets", later("Partner sets"), _MEANINGS["partner_sets"]),
        own.share("criss_cross", later("Criss-cross"), _MEANINGS["criss_cross"]),
        own.count("hosts_known", later("Host known"), later("Arrangements of which the host is known.")),
        own.count(
            "hosts_unknown", later("Host not known"), later("Arrangements of which no host is known; some have none.")
        ),
        own.text(
            "top_host",
            later("Hosts most"),
            later("The municipality with most of the host roles that are known; it may lie outside the block."),
        ),
        own.share("top_host_share", later("Its share"), later("Its share of the host roles that are known.")),
        own.decimal(
            "concentration",
            later("Host concentration"),
            later("Sum of the squared shares of the known host roles: 1 where one municipality hosts all."),
            unit=later("0 to 1"),
        ),
    )
    review = briefing.analysis.cooperation
    measure = None if review is None else review.measure
    groups = () if measure is None else (*measure.blocks, measure.whole)
    rows = tuple(_group_row(briefing, group, is_block=group is not groups[-1]) for group in groups)
    title = say("Cooperation in each block, {year}", year=year_of(measure))
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
    say, own, review = briefing.wording.say, rests_on(briefing), briefing.analysis.cooperation
    groups: tuple[GroupCooperation, ...] = () if review is None else (review.measure.whole, *review.measure.blocks)
    columns = (
        own.text("kind", later("Level or form"), later("How wide arrangements reach, or their legal form.")),
        *(
            own.count(f"block_{place}", briefing.name(group.name) if place else say("All"), _MEANINGS["total"])
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
    title = say("Arrangements by level and by legal form, {year}", year=year_of(measure))
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
    say, own, review = briefing.wording.say, rests_on(briefing), briefing.analysis.cooperation
    name_source = from_column(briefing, "municipalities.name")
    counted_own = from_analysis(briefing, "arrangements", "participants", "arrangement_controls")
    year = "" if review is None else str(review.year)
    counted = None if review is None or review.counted is review.measure else review.counted
    earlier = year_of(counted)
    columns = (
        name_source.ident("municipality_id", later("Municipality id"), later("The municipality.")),
        name_source.text("municipality", later("Municipality"), later("The municipality.")),
        own.text("block", later("Block"), later("The block, by the name of its centre."), empty="–"),
        own.count("total", later("Arrangements"), _MEANINGS["own_total"]),
        *(
            own.count(
                f"level_{level}",
                begin(cooperation.level_word(level, briefing.language)),
                later("Arrangements of that level."),
            )
            for level in Level
        ),
        own.count("stated", later("Stated"), later("Of those, the part that a source states.")),
        own.count("inside", later("Inside"), _MEANINGS["inside"], empty="–"),
        own.count("crossing", later("Cross the border"), _MEANINGS["crossing"], empty="–"),
        own.count("unplaced", later("Not known"), _MEANINGS["unplaced"], empty="–"),
        own.share("inside_share", later("Share inside"), _MEANINGS["inside_share"], empty="–"),
        own.count("partner_sets", later("Partner sets"), _MEANINGS["partner_sets"]),
        own.share("criss_cross", later("Criss-cross"), _MEANINGS["criss_cross"]),
        own.count("hosted", later("Host of"), later("Arrangements that it is known to host.")),
        own.count(
            "incomplete",
            later("Partners not all known"),
            later("Arrangements of which not all participants are known."),
        ),
        own.text("partners", later("Closest partners"), _MEANINGS["partners"], empty="–"),
        counted_own.count("control", later("Counted by another"), _MEANINGS["control"], empty="–"),
        counted_own.change("gap", later("Gap"), _MEANINGS["gap"], empty="–"),
        *(
            (
                own.count(
                    "total_then",
                    say("Arrangements {year}", year=earlier),
                    say("The same in {year}; not to be added to those of {later}.", year=earlier, later=year),
                ),
                counted_own.count(
                    "control_then", say("Counted by another, {year}", year=earlier), _MEANINGS["control"], empty="–"
                ),
                counted_own.change("gap_then", say("Gap {year}", year=earlier), _MEANINGS["gap"], empty="–"),
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
    say, own, review = briefing.wording.say, rests_on(briefing), briefing.analysis.cooperation
    name_source = from_column(briefing, "municipalities.name")
    columns = (
        name_source.ident("a_id", later("Municipality id"), later("One of the two.")),
        name_source.ident("b_id", later("Partner id"), later("The other of the two.")),
        name_source.text("a", later("Municipality"), later("One of the two.")),
        name_source.text("b", later("Partner"), later("The other of the two.")),
        own.count(
            "shared",
            later("Shared arrangements"),
            later("Arrangements below the level of regions that both are known to take part in."),
        ),
        own.count("bilateral", later("Of the two alone"), later("Those of them in which nobody else takes part.")),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (e.a, e.b, briefing.name(e.a), briefing.name(e.b), e.shared, e.bilateral)
        for e in (() if review is None else review.network.edges)
    )
    title = say("Who shares arrangements with whom, {year}", year=year_of(None if review is None else review.measure))
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
    say, own, review = briefing.wording.say, rests_on(briefing), briefing.analysis.cooperation
    counts = from_column(briefing, "task_participation.municipalities")
    columns = (
        counts.text("task", later("Task"), later("As the count calls it, or a service area.")),
        counts.text("areas", later("Service areas of the register"), _MEANINGS["areas"], empty="–"),
        own.count("arrangements", later("Arrangements"), later("Arrangements on the task."), empty="–"),
        own.count(
            "municipalities",
            later("Municipalities"),
            later("Municipalities known to take part in one or more of them."),
            empty="–",
        ),
        counts.count("printed", later("Printed"), later("Municipalities by another's count."), empty="–"),
        own.change(
            "difference",
            later("The register lacks"),
            later("Printed number less the register's; below zero where the register has more."),
            empty="–",
        ),
        own.count(
            "incomplete",
            later("Partners not all known"),
            later("Arrangements of which not all participants are known; the true number may be higher."),
        ),
        own.text("verdict", later("Outcome"), later("Whether the two agree, and if not, why.")),
    )
    measure = None if review is None else review.counted
    rows = tuple(_task_row(briefing, each) for each in (() if measure is None else measure.tasks))
    title = say("Municipalities that cooperate on each task, {year}", year=year_of(measure))
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


def rests_on(briefing: Briefing) -> Origin:
    """Return what the measures of cooperation rest on."""
    return from_analysis(briefing, "arrangements", "participants")


def year_of(measure: RegisterMeasure | None) -> str:
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
}
