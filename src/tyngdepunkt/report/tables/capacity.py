"""Staff of services as tables: today and pooled, block by block, against norms; and printed figures, checked."""

from __future__ import annotations

from collections.abc import Iterable

from tyngdepunkt.analysis.services import (
    BlockCapacity,
    CapacityNorm,
    Grade,
    Judgement,
)
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import begin, clean
from tyngdepunkt.report.table import Cell, Table
from tyngdepunkt.report.tables.columns import Origin, from_analysis, from_column
from tyngdepunkt.texts.wording import later

__all__ = [
    "INHABITANTS",
    "list_capacity",
    "list_findings",
    "list_sizes",
    "list_units",
    "measure_word",
    "name_finding",
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
    told = from_column(briefing, "staffing.fte")
    own = from_analysis(briefing, "staffing", "participants")
    norms = from_analysis(briefing, "staffing", "capacity_norms")
    unit = later("as counted")
    columns = (
        *own.block(),
        told.text("service", later("Service"), later("As the study calls it.")),
        told.text("counted", later("Counted"), later("What is counted, and of which year.")),
        own.count("services", later("Services today"), later("Services that serve a member.")),
        own.decimal("least", later("Smallest today"), later("Staff of the smallest of them."), unit=unit, empty="–"),
        own.decimal("most", later("Largest today"), later("Staff of the largest of them."), unit=unit, empty="–"),
        own.decimal(
            "pooled",
            later("Pooled"),
            later("Staff of all services that serve members only, added up."),
            unit=unit,
            empty="–",
        ),
        own.text(
            "at_least",
            later("There is more"),
            later("Whether the sum is a least number, since something crosses the border or is not known."),
        ),
        own.text("written", later("Pooled"), later("The same in words."), unit=unit),
        own.text(
            "crossing",
            later("Shared across the border"),
            later("Arrangements that serve others too; their staff cannot be divided."),
            empty="–",
        ),
        own.text("unknown", later("No figure for"), later("Members without a figure."), empty="–"),
        norms.text("grade", later("Against the norm"), later("The lowest grade that a norm gives.")),
        norms.text("norm", later("Norm and source"), later("Each norm, what it says, and who set it."), empty="–"),
        own.share(
            "percentile",
            later("Larger than"),
            later("Share of the study's services of the kind that have less; those alike count half."),
            empty="–",
        ),
        own.count("others", later("Services of the kind"), later("Services with a figure in the study.")),
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
    told, own = from_column(briefing, "staffing.fte"), from_analysis(briefing, "staffing", "participants")
    norms = from_analysis(briefing, "staffing", "capacity_norms")
    columns = (
        told.text("service", later("Service"), later("As the study calls it.")),
        told.text("measure", later("Counted"), later("What is counted, and of which year.")),
        told.ident("host_id", later("Host id"), later("Municipality that employs the staff.")),
        told.text("host", later("Host"), later("Municipality that employs the staff.")),
        own.text("members", later("Serves"), later("The municipalities served.")),
        own.count("population", later("Inhabitants"), later("Inhabitants served."), unit=later("persons")),
        told.decimal("staff", later("Staff"), later("How many."), unit=later("as counted")),
        norms.text("grade", later("Against the norm"), later("The lowest grade that a norm gives.")),
        norms.text("norm", later("Norm and source"), later("Each norm, what it says, and who set it."), empty="–"),
        told.text("source", later("Source"), later("Where the row was read.")),
        told.text("note", later("Note"), later("What else one should know."), empty=""),
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
    own = from_analysis(briefing, "municipalities", "capacity_norms")
    sizes = review.capacity.sizes if review is not None and review.capacity is not None else ()
    norms = tuple(each.norm for each in sizes[0].judgements) if sizes else ()
    columns = (
        *own.block(),
        own.count("population", later("Inhabitants"), later("Inhabitants of the block."), unit=later("persons")),
        *(
            Origin(briefing.wording, briefing.given(norm.source)).text(
                f"norm_{place}",
                begin(clean(norm.service)) or say("Statutory tasks as a whole"),
                later("What the norm says of so many inhabitants."),
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
    told, own = (
        from_column(briefing, "control_figures.value"),
        from_analysis(briefing, "staffing", "reference_staffing"),
    )
    columns = (
        told.text("source", later("Printed in"), later("Where the sum is printed.")),
        told.text("about", later("Sum of"), later("Whose rows are added up.")),
        told.decimal("printed", later("Printed"), later("The sum as printed."), unit=later("in its unit")),
        own.decimal("computed", later("Its rows give"), later("The sum of its own rows."), unit=later("in its unit")),
        told.text("unit", later("Unit"), later("Of both.")),
        own.text("outcome", later("Outcome"), later("Whether the two agree.")),
        told.text("note", later("Note"), later("What else one should know."), empty=""),
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
