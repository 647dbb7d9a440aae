"""Services as tables: staff today and pooled, printed figures, sizes, and hosts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tyngdepunkt.analysis import BlockHosting
from tyngdepunkt.analysis.services import (
    BlockCapacity,
    CapacityNorm,
    Grade,
    HostingPlan,
    HostModel,
    HostRelaxation,
    Judgement,
    ServiceStructure,
    StructureFinding,
)
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import begin, clean
from tyngdepunkt.report.table import Cell, Column, Kind, Table
from tyngdepunkt.texts.wording import later

__all__ = [
    "INHABITANTS",
    "list_capacity",
    "list_findings",
    "list_hosting",
    "list_hosts",
    "list_jobs",
    "list_sizes",
    "list_structures",
    "list_units",
    "measure_word",
    "name_finding",
    "say_relaxation",
    "unit_of",
]

INHABITANTS = "inhabitants"
"""Measure of norms that look at those who are served."""

_MEASURES = {
    "full_time_equivalents": later("full-time equivalents"),
    "posts_all": later("all posts"),
    "posts_professional": later("professional posts"),
    "persons": later("persons"),
    INHABITANTS: later("inhabitants"),
}

_GRADES = {
    Grade.SUFFICIENT: later("sufficient"),
    Grade.VULNERABLE: later("vulnerable"),
    Grade.VERY_VULNERABLE: later("very vulnerable"),
}
_WORST_FIRST = (Grade.VERY_VULNERABLE, Grade.VULNERABLE, Grade.SUFFICIENT)

MODELS = {
    HostModel.CENTRAL: later("A: one large host"),
    HostModel.BALANCED: later("B: roles are spread"),
}
"""The two models of host and partner roles."""


def measure_word(briefing: Briefing, measure: str) -> str:
    """Return what is counted, in the reader's language; a measure that is not known as it stands."""
    return briefing.wording.say(_MEASURES.get(measure, measure))


def list_capacity(briefing: Briefing) -> Table:
    """
    List what each service has of staff in each block, today and pooled.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a block, service and measure.
    """
    say, review = briefing.wording.say, briefing.analysis.services
    told = briefing.source("staffing.fte")
    own = briefing.own_source("staffing", "participants")
    norms = briefing.own_source("staffing", "capacity_norms")
    number, unit = say("number"), say("as counted")
    columns = (
        Column("block_id", say("Centre id"), Kind.ID, "", own, say("Municipality id of the centre.")),
        Column("block", say("Block"), Kind.TEXT, "", own, say("The block, by the name of its centre.")),
        Column("service", say("Service"), Kind.TEXT, "", told, say("As the study calls it.")),
        Column("counted", say("Counted"), Kind.TEXT, "", told, say("What is counted, and of which year.")),
        Column("services", say("Services today"), Kind.COUNT, number, own, say("Services that serve a member.")),
        Column(
            "least", say("Smallest today"), Kind.DECIMAL, unit, own, say("Staff of the smallest of them."), empty="–"
        ),
        Column("most", say("Largest today"), Kind.DECIMAL, unit, own, say("Staff of the largest of them."), empty="–"),
        Column(
            "pooled",
            say("Pooled"),
            Kind.DECIMAL,
            unit,
            own,
            say("Staff of all services that serve members only, added up."),
            empty="–",
        ),
        Column(
            "at_least",
            say("There is more"),
            Kind.TEXT,
            "",
            own,
            say("Whether the sum is a least number, since something crosses the border or is not known."),
        ),
        Column("written", say("Pooled"), Kind.TEXT, unit, own, say("The same in words.")),
        Column(
            "crossing",
            say("Shared across the border"),
            Kind.TEXT,
            "",
            own,
            say("Arrangements that serve others too; their staff cannot be divided."),
            empty="–",
        ),
        Column("unknown", say("No figure for"), Kind.TEXT, "", own, say("Members without a figure."), empty="–"),
        Column("grade", say("Against the norm"), Kind.TEXT, "", norms, say("The lowest grade that a norm gives.")),
        Column(
            "norm",
            say("Norm and source"),
            Kind.TEXT,
            "",
            norms,
            say("Each norm, what it says, and who set it."),
            empty="–",
        ),
        Column(
            "percentile",
            say("Larger than"),
            Kind.SHARE,
            say("per cent"),
            own,
            say("Share of the study's services of the kind that have less; those alike count half."),
            empty="–",
        ),
        Column(
            "others", say("Services of the kind"), Kind.COUNT, number, own, say("Services with a figure in the study.")
        ),
    )
    capacity = None if review is None else review.capacity
    rows = tuple(_capacity_row(briefing, each) for each in (() if capacity is None else capacity.blocks))
    return Table("capacity", say("Staff of services in each block, today and pooled"), columns, rows)


def list_units(briefing: Briefing) -> Table:
    """
    List every service with staff of its own, as it is.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a service and measure, the latest figures.
    """
    say, review = briefing.wording.say, briefing.analysis.services
    told, own = briefing.source("staffing.fte"), briefing.own_source("staffing", "participants")
    norms = briefing.own_source("staffing", "capacity_norms")
    columns = (
        Column("service", say("Service"), Kind.TEXT, "", told, say("As the study calls it.")),
        Column("measure", say("Counted"), Kind.TEXT, "", told, say("What is counted, and of which year.")),
        Column("host_id", say("Host id"), Kind.ID, "", told, say("Municipality that employs the staff.")),
        Column("host", say("Host"), Kind.TEXT, "", told, say("Municipality that employs the staff.")),
        Column("members", say("Serves"), Kind.TEXT, "", own, say("The municipalities served.")),
        Column("population", say("Inhabitants"), Kind.COUNT, say("persons"), own, say("Inhabitants served.")),
        Column("staff", say("Staff"), Kind.DECIMAL, say("as counted"), told, say("How many.")),
        Column("grade", say("Against the norm"), Kind.TEXT, "", norms, say("The lowest grade that a norm gives.")),
        Column(
            "norm",
            say("Norm and source"),
            Kind.TEXT,
            "",
            norms,
            say("Each norm, what it says, and who set it."),
            empty="–",
        ),
        Column("source", say("Source"), Kind.TEXT, "", told, say("Where the row was read.")),
        Column("note", say("Note"), Kind.TEXT, "", told, say("What else one should know."), empty=""),
    )
    capacity = None if review is None else review.capacity
    rows = tuple(
        (
            clean(each.service),
            _counted(briefing, each.measure, each.year),
            each.host,
            briefing.name(each.host),
            ", ".join(briefing.name(i) for i in each.members),
            each.population,
            each.fte,
            _grade(briefing, each.judgements),
            _norms(briefing, each.judgements),
            clean(each.source),
            clean(each.note) or None,
        )
        for each in (() if capacity is None else capacity.units)
    )
    return Table("units", say("Staff of every service as it is"), columns, rows)


def list_sizes(briefing: Briefing) -> Table:
    """
    List what each block is large enough for, by norms that look at inhabitants.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a block, one column a norm.
    """
    say, review = briefing.wording.say, briefing.analysis.services
    own = briefing.own_source("municipalities", "capacity_norms")
    sizes = review.capacity.sizes if review is not None and review.capacity is not None else ()
    norms = tuple(each.norm for each in sizes[0].judgements) if sizes else ()
    columns = (
        Column("block_id", say("Centre id"), Kind.ID, "", own, say("Municipality id of the centre.")),
        Column("block", say("Block"), Kind.TEXT, "", own, say("The block, by the name of its centre.")),
        Column("population", say("Inhabitants"), Kind.COUNT, say("persons"), own, say("Inhabitants of the block.")),
        *(
            Column(
                f"norm_{place}",
                begin(clean(norm.service)) or say("Statutory tasks as a whole"),
                Kind.TEXT,
                "",
                briefing.given(norm.source),
                say("What the norm says of so many inhabitants."),
            )
            for place, norm in enumerate(norms)
        ),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (each.block, briefing.name(each.block), each.population, *(_size(briefing, j) for j in each.judgements))
        for each in sizes
    )
    return Table("sizes", say("What each block is large enough for"), columns, rows)


def list_findings(briefing: Briefing) -> Table:
    """
    List printed sums held against what their own rows give.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a printed sum, those that disagree first.
    """
    say, review = briefing.wording.say, briefing.analysis.services
    told, own = briefing.source("control_figures.value"), briefing.own_source("staffing", "reference_staffing")
    columns = (
        Column("source", say("Printed in"), Kind.TEXT, "", told, say("Where the sum is printed.")),
        Column("about", say("Sum of"), Kind.TEXT, "", told, say("Whose rows are added up.")),
        Column("printed", say("Printed"), Kind.DECIMAL, say("in its unit"), told, say("The sum as printed.")),
        Column(
            "computed", say("Its rows give"), Kind.DECIMAL, say("in its unit"), own, say("The sum of its own rows.")
        ),
        Column("unit", say("Unit"), Kind.TEXT, "", told, say("Of both.")),
        Column("outcome", say("Outcome"), Kind.TEXT, "", own, say("Whether the two agree.")),
        Column("note", say("Note"), Kind.TEXT, "", told, say("What else one should know."), empty=""),
    )
    capacity = None if review is None else review.capacity
    rows = tuple(
        (
            clean(each.source),
            briefing.name(each.municipality) if each.municipality else say("all its rows"),
            each.printed,
            each.computed,
            unit_of(briefing, each.unit),
            say("agrees") if each.agrees else say("differs"),
            briefing.given(each.note) or None,
        )
        for each in (() if capacity is None else capacity.findings)
    )
    return Table("findings", say("Printed sums held against their own rows"), columns, rows)


_QUANTITIES = (
    ("services", later("Services"), later("How many services there are.")),
    ("alone", later("Alone"), later("Services of one municipality.")),
    ("shared", later("Shared"), later("Services of several municipalities.")),
    ("cooperating_share", later("Cooperate"), later("Municipalities that share the service.")),
    ("mean", later("Mean"), later("Inhabitants served by one service, the mean.")),
    ("median", later("Median"), later("Inhabitants served by one service, the median.")),
    ("most", later("Most"), later("Inhabitants served by the largest service.")),
    ("least", later("Least"), later("Inhabitants served by the smallest service.")),
    ("below_3000", later("Below 3,000"), later("Services that serve so many inhabitants.")),
    ("from_3000", later("3,000 to 4,999"), later("Services that serve so many inhabitants.")),
    ("from_5000", later("5,000 to 14,999"), later("Services that serve so many inhabitants.")),
    ("from_15000", later("15,000 or more"), later("Services that serve so many inhabitants.")),
)
_COUNTS, _PERSONS = ("services", "alone", "shared"), ("mean", "median", "most", "least")


def list_structures(briefing: Briefing) -> Table:
    """
    List the sizes of services against the sizes of municipalities, as computed and as printed.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The municipalities themselves first, then one row a service.
    """
    say, review = briefing.wording.say, briefing.analysis.services
    own = briefing.own_source("arrangements", "participants", "municipalities")
    printed = briefing.source("control_figures.value")
    number = say("number")

    def column(key: str, name: str, meaning: str, *, is_printed: bool) -> Column:
        kind = Kind.COUNT if key in (*_COUNTS, *_PERSONS) else Kind.SHARE
        unit = number if key in _COUNTS else say("persons") if key in _PERSONS else say("per cent")
        name = say("{name}, printed", name=name) if is_printed else name
        source = printed if is_printed else own
        return Column(f"{key}_printed" if is_printed else key, name, kind, unit, source, meaning, empty="–")

    columns = (
        Column("service", say("Service"), Kind.TEXT, "", own, say("As the register calls it.")),
        *(
            column(key, say(name), say(meaning), is_printed=is_printed)
            for key, name, meaning in _QUANTITIES
            for is_printed in (False, True)
        ),
        Column("arrangements", say("Arrangements"), Kind.COUNT, number, own, say("Arrangements on it."), empty="–"),
        Column(
            "older", say("Of an earlier year"), Kind.COUNT, number, own, say("Of those, rows carried over."), empty="–"
        ),
        Column(
            "incomplete",
            say("Partners not all known"),
            Kind.COUNT,
            number,
            own,
            say("Of those, arrangements of which not all participants are known."),
            empty="–",
        ),
        Column(
            "why", say("Against the printed figures"), Kind.TEXT, "", own, say("Whether it comes out, and if not, why.")
        ),
    )
    rows: list[tuple[Cell, ...]] = []
    if review is not None and review.structures:
        own_row = _structure_cells(review.municipalities, review.municipalities_printed)
        rows.append((say("The municipalities themselves"), *own_row, None, None, None, "–"))
        rows += [_structure_row(briefing, each) for each in review.structures]
    year = str(review.year) if review is not None and review.year is not None else ""
    return Table("structures", say("How large services are, {year}", year=year), columns, tuple(rows))


def list_hosting(briefing: Briefing) -> Table:
    """
    List what each block could run together, and what each model of host roles gives.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a block.
    """
    say, review = briefing.wording.say, briefing.analysis.services
    own, number = briefing.own_source("staffing", "travel_times"), say("number")
    columns = (
        Column("block_id", say("Centre id"), Kind.ID, "", own, say("Municipality id of the centre.")),
        Column("block", say("Block"), Kind.TEXT, "", own, say("The block, by the name of its centre.")),
        Column(
            "tasks", say("Services"), Kind.COUNT, number, own, say("Services that two members or more have staff for.")
        ),
        Column("measure", say("Counted"), Kind.TEXT, "", own, say("What is counted."), empty="–"),
        Column(
            "taking_part", say("Taking part"), Kind.TEXT, "", own, say("Members with staff of their own."), empty="–"
        ),
        Column("central", say(MODELS[HostModel.CENTRAL]), Kind.TEXT, "", own, say("The outcome of type A.")),
        Column("balanced", say(MODELS[HostModel.BALANCED]), Kind.TEXT, "", own, say("The outcome of type B.")),
    )
    rows = tuple(
        (
            each.block,
            briefing.name(each.block),
            len(next(iter(each.plans.values())).problem.tasks) if each.plans else 0,
            measure_word(briefing, each.measure) if each.measure else None,
            ", ".join(briefing.name(i) for i in each.taking_part) or None,
            _outcome(briefing, each, HostModel.CENTRAL),
            _outcome(briefing, each, HostModel.BALANCED),
        )
        for each in (() if review is None else review.hosting)
    )
    return Table("hosting", say("Hosts in each block, both models side by side"), columns, rows)


def list_hosts(briefing: Briefing, *blocks: BlockHosting) -> Table:
    """
    List the host of each service, by both models side by side.

    Parameters
    ----------
    briefing
        The analysis and the language.
    *blocks
        Of which.

    Returns
    -------
    One row a block and service for which either model has a plan.
    """
    say, own = briefing.wording.say, briefing.own_source("staffing", "travel_times")
    minutes = say("minutes")
    columns = (
        Column("block", say("Block"), Kind.TEXT, "", own, say("The block, by the name of its centre.")),
        Column("service", say("Service"), Kind.TEXT, "", own, say("As the study calls it.")),
        Column("staff", say("Staff"), Kind.DECIMAL, say("as counted"), own, say("Staff of all who take part, kept.")),
        Column("central", say(MODELS[HostModel.CENTRAL]), Kind.TEXT, "", own, say("Its host in type A."), empty="–"),
        Column(
            "central_minutes",
            say("Way there, A"),
            Kind.MINUTES,
            minutes,
            own,
            say("To the host, of all who take part."),
            empty="–",
        ),
        Column("balanced", say(MODELS[HostModel.BALANCED]), Kind.TEXT, "", own, say("Its host in type B."), empty="–"),
        Column(
            "balanced_minutes",
            say("Way there, B"),
            Kind.MINUTES,
            minutes,
            own,
            say("To the host, of all who take part."),
            empty="–",
        ),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in blocks:
        if not any(plan.hosts for plan in each.plans.values()):
            continue
        central, balanced = each.plans[HostModel.CENTRAL], each.plans[HostModel.BALANCED]
        for task in central.problem.tasks:
            cells: list[Cell] = [briefing.name(each.block), clean(task.id), task.fte_after]
            for plan in (central, balanced):
                host = plan.hosts.get(task.id)
                cells += [
                    None if host is None else briefing.name(host),
                    None if host is None else plan.problem.total_time(task, host),
                ]
            rows.append(tuple(cells))
    return Table("hosts", say("A host for each service"), columns, tuple(rows))


def list_jobs(briefing: Briefing, *blocks: BlockHosting) -> Table:
    """
    List the jobs that each who takes part has before and after, by both models.

    Parameters
    ----------
    briefing
        The analysis and the language.
    *blocks
        Of which.

    Returns
    -------
    One row a block and municipality where either model has a plan.
    """
    say, own = briefing.wording.say, briefing.own_source("staffing", "travel_times")
    unit = say("as counted")
    columns = (
        Column("block", say("Block"), Kind.TEXT, "", own, say("The block, by the name of its centre.")),
        Column("municipality_id", say("Municipality id"), Kind.ID, "", own, say("Who takes part.")),
        Column("municipality", say("Municipality"), Kind.TEXT, "", own, say("Who takes part.")),
        Column("before", say("Jobs today"), Kind.DECIMAL, unit, own, say("Over all the services.")),
        Column("central", say("With type A"), Kind.DECIMAL, unit, own, say("Over all the services."), empty="–"),
        Column("balanced", say("With type B"), Kind.DECIMAL, unit, own, say("Over all the services."), empty="–"),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in blocks:
        if not any(plan.hosts for plan in each.plans.values()):
            continue
        central, balanced = each.plans[HostModel.CENTRAL], each.plans[HostModel.BALANCED]
        rows += [
            (
                briefing.name(each.block),
                i,
                briefing.name(i),
                central.jobs_before[i],
                central.jobs_after.get(i),
                balanced.jobs_after.get(i),
            )
            for i in each.taking_part
        ]
    return Table("jobs", say("Jobs before and after"), columns, tuple(rows))


def say_relaxation(briefing: Briefing, relaxation: HostRelaxation, measure: str) -> str:
    """
    Say what would have to give way for hosts to be found.

    Parameters
    ----------
    briefing
        The analysis and the language.
    relaxation
        The least that works.
    measure
        What is counted.

    Returns
    -------
    A sentence.
    """
    wording = briefing.wording
    if relaxation.constraint == "reach":
        return wording.say(
            "{service}: a way to each possible host is unknown, and no limit would do.", service=clean(relaxation.task)
        )
    if relaxation.task:
        return wording.say(
            "{service}: the longest way to the host would have to be {minutes}.",
            service=clean(relaxation.task),
            minutes=wording.minutes(relaxation.works),
        )
    values = {"works": wording.decimal(relaxation.works), "measure": measure_word(briefing, measure)}
    if relaxation.proven:
        return wording.say("It works where someone may lose {works} ({measure}), proven to be the least.", **values)
    return wording.say(
        "It works where someone may lose {works} ({measure}); whether less will do is not known.", **values
    )


_UNITS = {
    "full-time equivalents": _MEASURES["full_time_equivalents"],
    "posts": later("posts"),
    "persons": _MEASURES["persons"],
}
"""Units of printed figures that have a word of ours; others stand as the study has them."""


def unit_of(briefing: Briefing, unit: str) -> str:
    """Return the unit of a printed figure in the reader's language, where it is a common one."""
    return briefing.wording.say(_UNITS[unit]) if unit in _UNITS else clean(unit)


def name_finding(briefing: Briefing, municipality: str) -> str:
    """Return whose sum a printed figure is."""
    return briefing.name(municipality) if municipality else briefing.wording.say("all of them together")


def _outcome(briefing: Briefing, block: BlockHosting, model: HostModel) -> str:
    """Return what a model gives, in a few words."""
    wording = briefing.wording
    if not block.plans:
        return wording.say("nothing to place")
    plan: HostingPlan = block.plans[model]
    if plan.hosts:
        hosts = wording.say_many("{count} host", "{count} hosts", plan.distinct_hosts or 0)
        told = {"hosts": hosts, "minutes": wording.minutes(plan.total_minutes)}
        if plan.status == "optimal":
            return wording.say("{hosts}, {minutes} in all: proven best", **told)
        return wording.say("{hosts}, {minutes} in all: not proven best", **told)
    said = [say_relaxation(briefing, each, block.measure) for each in plan.relaxations]
    head = wording.say("No plan.") if plan.is_settled else wording.say("No plan found in the time given.")
    return " ".join((head, *said))


def _capacity_row(briefing: Briefing, each: BlockCapacity) -> tuple[Cell, ...]:
    """Return a service in a block as a row."""
    wording = briefing.wording
    inside = [unit.fte for unit in each.today if unit not in each.crossing]
    pooled = wording.decimal(each.pooled_fte)
    if each.pooled_fte is None:
        written = "–"
    else:
        written = pooled if each.is_whole else wording.say("at least {price}", price=pooled)
    return (
        each.block,
        briefing.name(each.block),
        clean(each.service),
        _counted(briefing, each.measure, each.year),
        len(each.today),
        min(inside, default=None),
        max(inside, default=None),
        each.pooled_fte,
        wording.say("no") if each.is_whole else wording.say("yes"),
        written,
        ", ".join(unit.arrangement for unit in each.crossing) or None,
        ", ".join(briefing.name(i) for i in each.unknown) or None,
        _grade(briefing, each.judgements),
        _norms(briefing, each.judgements),
        None if each.distribution.percentile is None else each.distribution.percentile / 100,
        each.distribution.units,
    )


def _counted(briefing: Briefing, measure: str, year: int) -> str:
    """Return what was counted, and when."""
    return f"{measure_word(briefing, measure)}, {year}"


def _of_staff(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements of staff."""
    return [each for each in judgements if each.norm.measure != INHABITANTS]


def _grade(briefing: Briefing, judgements: Iterable[Judgement]) -> str:
    """Return the lowest grade that a norm for staff gives; that none decides, or that there is none."""
    say, own = briefing.wording.say, _of_staff(judgements)
    given = {each.grade for each in own}
    found = next((grade for grade in _WORST_FIRST if grade in given), None)
    if found is not None:
        return say(_GRADES[found])
    return say("undecided") if own else say("no norm")


def _norms(briefing: Briefing, judgements: Iterable[Judgement]) -> str | None:
    """Return every norm for staff with what it says and who set it; None where there is none."""
    say = briefing.wording.say
    told = []
    for each in _of_staff(judgements):
        grade = say("undecided") if each.grade is None else say(_GRADES[each.grade])
        limits = _limits(briefing, each.norm)
        told.append(
            f"{grade} ({measure_word(briefing, each.norm.measure)}, {limits}: {briefing.given(each.norm.source)})"
        )
    return "; ".join(told) or None


def _limits(briefing: Briefing, norm: CapacityNorm) -> str:
    """Return the limits of a norm in a few words."""
    wording = briefing.wording
    limits = (
        (norm.very_vulnerable_below, later("very vulnerable below {limit}")),
        (norm.vulnerable_below, later("vulnerable below {limit}")),
        (norm.sufficient_from, later("sufficient from {limit}")),
        (norm.full_from, later("a whole service from {limit}")),
    )
    return ", ".join(wording.say(text, limit=wording.decimal(limit)) for limit, text in limits if limit is not None)


def _size(briefing: Briefing, judgement: Judgement) -> str:
    """Return what a norm says of a block's inhabitants."""
    wording, norm = briefing.wording, judgement.norm
    if judgement.grade is not None:
        said = wording.say(_GRADES[judgement.grade])
        if judgement.is_full and norm.full_from is not None:
            return wording.say("{grade}, and above {limit}", grade=said, limit=wording.count(norm.full_from))
        return said
    if norm.sufficient_from is not None and judgement.value < norm.sufficient_from:
        return wording.say("below {limit}", limit=wording.count(norm.sufficient_from))
    return wording.say("undecided")


def _structure_cells(structure: ServiceStructure, printed: Mapping[str, float]) -> list[Cell]:
    """Return the quantities of a structure, computed and printed by turns; shares from 0 to 1."""
    computed: dict[str, float] = {
        "services": structure.services,
        "alone": structure.alone,
        "shared": structure.shared,
        "cooperating_share": structure.cooperating_share,
        "mean": round(structure.mean),
        "median": round(structure.median),
        "most": structure.most,
        "least": structure.least,
        **dict(
            zip(("below_3000", "from_3000", "from_5000", "from_15000"), structure.size_shares, strict=True),
        ),
    }
    cells: list[Cell] = []
    for key, _, _ in _QUANTITIES:
        scale = 1 if key in (*_COUNTS, *_PERSONS) else 100
        cells += [computed[key], round(printed[key] / scale, 6) if key in printed else None]
    return cells


def _structure_row(briefing: Briefing, each: StructureFinding) -> tuple[Cell, ...]:
    """Return a service's size as a row."""
    return (
        clean(each.structure.service),
        *_structure_cells(each.structure, each.printed),
        len(each.arrangements),
        len(each.older),
        len(each.incomplete),
        _compare(briefing, each),
    )


def _compare(briefing: Briefing, each: StructureFinding) -> str:
    """Say whether a service comes out as printed, and if not, what is known of why."""
    wording = briefing.wording
    if not each.printed:
        return wording.say("nothing is printed")
    if all(each.printed[key] == each.computed[key] for key in _COUNTS if key in each.printed):
        if each.population_printed is not None and each.population_printed != each.population_total:
            return wording.say("comes out, but for inhabitants of another year")
        return wording.say("comes out")
    reasons = []
    if each.older:
        reasons.append(
            wording.say_many(
                "{count} of {all} arrangements is of an earlier year",
                "{count} of {all} arrangements are of an earlier year",
                len(each.older),
                all=wording.count(len(each.arrangements)),
            )
        )
    if each.incomplete:
        reasons.append(
            wording.say_many(
                "of {count} not all participants are known",
                "of {count} not all participants are known",
                len(each.incomplete),
            )
        )
    return wording.say("does not come out: {reasons}", reasons="; ".join(reasons) or wording.say("why is not known"))
