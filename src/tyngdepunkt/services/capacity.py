"""
What a service has of staff, today and pooled, held against norms with a source, or against what others have.

Figures of unlike measures are never compared as if they were one. Persons are at least as many as posts, all posts at
least as many as professional posts or full-time equivalents in work. So where a figure is of a wider measure than the
norm's, only that it is too low follows; of a narrower one, only that it is enough.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "INHABITANTS",
    "BlockCapacity",
    "CapacityNorm",
    "Comparison",
    "Distribution",
    "Grade",
    "Judgement",
    "ServiceUnit",
    "judge",
    "pool_services",
]

INHABITANTS = "inhabitants"
"""Measure of norms that look at those who are served, not at staff."""


class Grade(StrEnum):
    """How well a service stands against a norm."""

    SUFFICIENT = "sufficient"
    VULNERABLE = "vulnerable"
    VERY_VULNERABLE = "very_vulnerable"


class Comparison(StrEnum):
    """How a figure's measure stands to the norm's."""

    SAME = "same"
    WIDER = "wider"
    NARROWER = "narrower"


_WIDER: Mapping[str, frozenset[str]] = {
    "persons": frozenset({"posts_all", "posts_professional", "full_time_equivalents"}),
    "posts_all": frozenset({"posts_professional", "full_time_equivalents"}),
}
"""Measure to those that it is at least as large as, whatever is counted."""


@dataclass(frozen=True)
class CapacityNorm:
    """
    What a service needs, and who says so.

    Parameters
    ----------
    service
        Of which; empty for any.
    measure
        What is counted: as in the table staffing, or ``"inhabitants"``.
    very_vulnerable_below, vulnerable_below, sufficient_from, full_from
        Below which a service is very vulnerable, or vulnerable, from which it is sufficient, and from which it can be
        whole, with specialists; None where the source does not say. Between the limits there is no grade.
    source
        Where it was read.
    note
        What else one should know.
    """

    service: str
    measure: str
    very_vulnerable_below: float | None
    vulnerable_below: float | None
    sufficient_from: float | None
    full_from: float | None
    source: str
    note: str = ""


@dataclass(frozen=True)
class Judgement:
    """
    A figure, held against a norm.

    Parameters
    ----------
    norm
        Which.
    value
        The figure, in the unit of `measure`.
    measure
        What was counted.
    comparison
        Whether that is what the norm counts.
    grade
        The grade; None where the norm gives none, or the figure, being of another measure, decides none.
    is_full
        Whether it reaches what a whole service takes; None where the norm does not say or nothing follows.
    """

    norm: CapacityNorm
    value: float
    measure: str
    comparison: Comparison
    grade: Grade | None
    is_full: bool | None


@dataclass(frozen=True)
class ServiceUnit:
    """
    A service with staff of its own: of one municipality, or shared.

    Parameters
    ----------
    service
        Which.
    measure
        What is counted, as in the table staffing.
    year
        Of the figure.
    fte
        How many, in the unit of the measure.
    host
        Id of the municipality that employs them.
    members
        Ids of the municipalities served, in order.
    population
        Inhabitants served [persons].
    arrangement
        Id of the arrangement; empty where a municipality has it alone.
    source, note
        Where it was read, and what else one should know.
    judgements
        By every norm that looks at this service.
    """

    service: str
    measure: str
    year: int
    fte: float
    host: str
    members: tuple[str, ...]
    population: int
    arrangement: str = ""
    source: str = ""
    note: str = ""
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True)
class Distribution:
    """
    What services of a kind have, all of the study.

    Parameters
    ----------
    units
        How many services have a figure.
    least, median, most
        Of their figures.
    percentile
        Share of them that have less than the pooled figure, those that have the same counted half [percent].
    """

    units: int
    least: float
    median: float
    most: float
    percentile: float | None


@dataclass(frozen=True)
class BlockCapacity:
    """
    One service in one block, today and pooled.

    Parameters
    ----------
    block
        Name of the block.
    members
        Ids.
    population
        Inhabitants [persons].
    service, measure, year
        Which figures.
    today
        Services that serve any of the members, the largest first.
    crossing
        Those of them that serve municipalities outside the block as well; their staff cannot be divided and does not
        count in `pooled_fte`.
    unknown
        Ids of members for which there is no figure.
    pooled_fte
        Staff of all services that serve members only, together: what a joint service, or a region municipality, starts
        with, and at least so much where `crossing` or `unknown` is not empty. None where there is none.
    is_whole
        Whether `pooled_fte` is all there is: nothing crosses and nothing is unknown.
    judgements
        Of the pooled figure, and of the block's inhabitants, by every norm that looks at this service.
    distribution
        What such services have in the whole study.
    """

    block: str
    members: tuple[str, ...]
    population: int
    service: str
    measure: str
    year: int
    today: tuple[ServiceUnit, ...]
    crossing: tuple[ServiceUnit, ...]
    unknown: tuple[str, ...]
    pooled_fte: float | None
    is_whole: bool
    judgements: tuple[Judgement, ...]
    distribution: Distribution


def pool_services(
    units: Iterable[ServiceUnit],
    blocks: Mapping[str, Sequence[str]],
    population: Mapping[str, int],
    norms: Sequence[CapacityNorm] = (),
) -> tuple[BlockCapacity, ...]:
    """
    Set out what each service has in each block, today and pooled.

    Parameters
    ----------
    units
        Services with staff; each kind (service, measure, year) is looked at by itself.
    blocks
        Name of a block to the ids of its members.
    population
        Municipality id to inhabitants [persons].
    norms
        What services need.

    Returns
    -------
    One entry for each block and kind of figure that says something of one of its members, in order of block and kind.
    """
    kinds: dict[tuple[str, str, int], list[ServiceUnit]] = {}
    for unit in units:
        kinds.setdefault((unit.service, unit.measure, unit.year), []).append(unit)
    found = []
    for block, ids in blocks.items():
        members = tuple(sorted(ids))
        inhabitants = sum(population[i] for i in members)
        for (service, measure, year), every in sorted(kinds.items()):
            today = sorted(
                (unit for unit in every if set(unit.members) & set(members)), key=lambda u: (-u.fte, u.members)
            )
            if not today:
                continue
            crossing = tuple(unit for unit in today if not set(unit.members) <= set(members))
            inside = [unit for unit in today if set(unit.members) <= set(members)]
            served = {i for unit in today for i in unit.members}
            unknown = tuple(i for i in members if i not in served)
            pooled = round(sum(unit.fte for unit in inside), 6) if inside else None
            is_whole = not crossing and not unknown
            judgements = judge(service, INHABITANTS, inhabitants, norms)
            if pooled is not None:
                judgements = (*judge(service, measure, pooled, norms, at_least=not is_whole), *judgements)
            found.append(
                BlockCapacity(
                    block=block,
                    members=members,
                    population=inhabitants,
                    service=service,
                    measure=measure,
                    year=year,
                    today=tuple(today),
                    crossing=crossing,
                    unknown=unknown,
                    pooled_fte=pooled,
                    is_whole=is_whole,
                    judgements=judgements,
                    distribution=_distribution([unit.fte for unit in every], pooled),
                )
            )
    return tuple(found)


def judge(
    service: str, measure: str, value: float, norms: Iterable[CapacityNorm], *, at_least: bool = False
) -> tuple[Judgement, ...]:
    """
    Hold a figure against every norm that looks at a service.

    Parameters
    ----------
    service
        Which.
    measure
        What was counted.
    value
        The figure.
    norms
        What services need.
    at_least
        Whether there is more than the figure says, so that it decides only that it is enough.

    Returns
    -------
    One judgement for each norm whose measure can be compared; inhabitants only with inhabitants.
    """
    judgements = []
    for norm in norms:
        comparison = _compare(measure, norm.measure)
        if norm.service not in {"", service} or comparison is None:
            continue
        grade, full = _grade(value, norm)
        too_low = grade in {Grade.VULNERABLE, Grade.VERY_VULNERABLE}
        if (too_low and (at_least or comparison is Comparison.NARROWER)) or (
            grade is Grade.SUFFICIENT and comparison is Comparison.WIDER
        ):
            grade = None
        if full is not None and (
            (full and comparison is Comparison.WIDER) or (not full and (at_least or comparison is Comparison.NARROWER))
        ):
            full = None
        judgements.append(Judgement(norm, value, measure, comparison, grade, full))
    return tuple(judgements)


def _compare(measure: str, wanted: str) -> Comparison | None:
    """Return how a measure stands to another; None where nothing follows from the one for the other."""
    if measure == wanted:
        return Comparison.SAME
    if wanted in _WIDER.get(measure, ()):
        return Comparison.WIDER
    return Comparison.NARROWER if measure in _WIDER.get(wanted, ()) else None


def _grade(value: float, norm: CapacityNorm) -> tuple[Grade | None, bool | None]:
    """Return the grade of a figure of the norm's own measure, and whether a whole service can be had from it."""
    full = None if norm.full_from is None else value >= norm.full_from
    if norm.very_vulnerable_below is not None and value < norm.very_vulnerable_below:
        return Grade.VERY_VULNERABLE, full
    if norm.vulnerable_below is not None and value < norm.vulnerable_below:
        return Grade.VULNERABLE, full
    if norm.sufficient_from is not None and value >= norm.sufficient_from:
        return Grade.SUFFICIENT, full
    return None, full


def _distribution(figures: Sequence[float], pooled: float | None) -> Distribution:
    """Return what services of a kind have."""
    percentile = None
    if pooled is not None:
        below, same = sum(each < pooled for each in figures), sum(each == pooled for each in figures)
        percentile = 100 * (below + same / 2) / len(figures)
    return Distribution(len(figures), min(figures), statistics.median(figures), max(figures), percentile)
