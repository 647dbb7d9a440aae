"""What the stage gives besides plans: measures of blocks, the frontier over k, prices, comparisons, the why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt.model import NoPlan, Override, Partition, Plan, Reason

__all__ = [
    "BlockMeasure",
    "Difference",
    "Explanation",
    "Frontier",
    "FrontierPoint",
    "PlanComparison",
    "PlanMeasure",
    "Price",
    "ReferenceComparison",
]


@dataclass(frozen=True)
class BlockMeasure:
    """
    One block, measured with the yardstick that is the same for every plan.

    Parameters
    ----------
    name
        Name of the block: its centre's in our plans, its own in plans of others.
    centre
        Id of the centre; of a plan of others the best centre by the question's objective.
    members
        Ids, in order; the centre included.
    connected
        Whether the members hang together over the question's links.
    population
        Inhabitants [persons].
    jobs, employed_residents
        [persons]; None where the study does not say for every member.
    stay_share
        Share of the commuters who live in the block (the study's table) that also work in it, 0 to 1;
        None where nobody is counted.
    ties
        Commuters between the members and their centre [persons].
    person_minutes
        Σ population · minutes to the centre [person-minutes]; None without travel times, ``inf`` where there is no way.
    smallest_member
        Id of the member with fewest inhabitants.
    farthest_member
        Id of the member with most minutes to the centre; None without travel times.
    farthest_minutes
        Its minutes [min].
    floor
        The question's floor [persons].
    shortfall
        Inhabitants that the block lacks to the floor; 0 where it is met [persons].
    cut_by
        Names of the agencies whose areas cut the block in two or more, in order of name.
    cut_by_regional, cut_by_local
        Those of them that are regional, and local: local divisions are many and cut most blocks, so that their
        number says little; agencies of unknown level are in neither.
    cohesion
        Commuters who cross a municipal border and stay within the block [persons].
    borders
        Agency borders cut across the block, of the agencies that the question counts (`Objective`; regional ones
        by default); None where the study has none of them.
    functions
        Function to the ids of members that have it.
    overrides
        Members for which the floor is lifted, each with the reason.
    parts
        Members that are parts of a municipality the rest of which lies in another block.
    """

    name: str
    centre: str
    members: tuple[str, ...]
    connected: bool
    population: int
    jobs: int | None
    employed_residents: int | None
    stay_share: float | None
    ties: int
    person_minutes: float | None
    smallest_member: str
    farthest_member: str | None
    farthest_minutes: float | None
    floor: int
    shortfall: int
    cut_by: tuple[str, ...]
    cut_by_regional: tuple[str, ...]
    cut_by_local: tuple[str, ...]
    cohesion: int
    borders: int | None
    functions: Mapping[str, tuple[str, ...]]
    overrides: tuple[Override, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanMeasure:
    """
    A whole plan, measured.

    Parameters
    ----------
    blocks
        Every block, most inhabitants first.
    objective
        Value of the question's objective.
    ties
        Commuters between municipalities and their centres [persons].
    person_minutes
        [person-minutes]; None without travel times.
    internal_share
        Share of all commuters of the study's table who live and work in one block, 0 to 1
        (those who work at home count).
    cohesion
        Commuters who cross a municipal border and stay within a block [persons].
    borders
        Agency borders cut across blocks, of the agencies that the question counts; None where the study has none.
    moved
        Ids moved from the plan that the question starts from, see `matching.find_moved`; None where it names none.
    """

    blocks: tuple[BlockMeasure, ...]
    objective: float
    ties: int
    person_minutes: float | None
    internal_share: float | None
    cohesion: int
    borders: int | None
    moved: tuple[str, ...] | None = None


@dataclass(frozen=True)
class FrontierPoint:
    """
    The best plan with k centres, and what it costs to come here from k − 1.

    Parameters
    ----------
    centres
        k.
    answer
        The plan, or why there is none.
    measure
        The plan measured; None where there is none.
    change
        Objective here less objective at k − 1; None at the first or beside a k without a plan.
    appeared, vanished
        Ids that are centres here and not at k − 1, and the other way round.
    moved
        Ids whose centre differs from that at k − 1, the vanished centres' members included.
    """

    centres: int
    answer: Plan | NoPlan
    measure: PlanMeasure | None
    change: float | None
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True)
class Frontier:
    """
    Every number of centres answered.

    Parameters
    ----------
    points
        In order of k; shorter than asked where the work was interrupted.
    complete
        Whether every k asked for is there.
    """

    points: tuple[FrontierPoint, ...]
    complete: bool

    @property
    def best(self) -> FrontierPoint | None:
        """The point with the best objective, the fewest centres of several; None where no k has a plan."""
        found = [p for p in self.points if isinstance(p.answer, Plan)]
        if not found:
            return None
        sign = 1 if found[0].answer.question.objective.sense == "max" else -1
        return max(found, key=lambda p: (sign * p.answer.objective, -p.centres))  # type: ignore[union-attr]

    @property
    def best_is_an_end(self) -> bool:
        """
        Whether the best of several numbers is the end of them that the objective wants by itself.

        Access wants ever more centres, cohesion and borders ever fewer: what is best is then what else was asked for.
        """
        found = [p for p in self.points if isinstance(p.answer, Plan)]
        if self.best is None or len(found) <= 1:
            return False
        terms = set(self.best.answer.question.objective.terms)
        if terms <= {"cohesion", "borders"}:
            return self.best.centres == min(p.centres for p in found)
        return terms == {"access"} and self.best.centres == max(p.centres for p in found)

    def at(self, centres: int) -> FrontierPoint | None:
        """Return the point with that many centres, or None."""
        return next((p for p in self.points if p.centres == centres), None)


@dataclass(frozen=True)
class Price:
    """
    What it costs to have a municipality in another block.

    Parameters
    ----------
    municipality, centre
        Ids: who, and around which centre of the best plan.
    amount
        Best objective less best objective with the municipality in that block, or the other way round
        where fewer is better: 0 or more, in the unit of the objective; None where impossible.
    exact
        Whether `amount` is the price itself; if not, the price is at least `amount`.
    minutes
        To that centre [min]; None without travel times.
    commuters
        Between the municipality and that centre, both ways [persons].
    assignment
        The plan in which it is so; None where impossible or not sought.
    """

    municipality: str
    centre: str
    amount: float | None
    exact: bool
    minutes: float | None
    commuters: int
    assignment: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Difference:
    """
    A municipality that two plans place differently.

    Parameters
    ----------
    municipality
        Its id.
    here, there
        Names of its block in the first plan and in the second.
    cost
        Price of having it in the first plan's block that the second plan's block corresponds to, or, where
        none does, in a block around the best centre of the second's; None where impossible or not priced.
    exact
        Whether the cost is exact; if not, it is at least that.
    centre
        Id of the centre that the cost is about; empty where none is priced.
    """

    municipality: str
    here: str
    there: str
    cost: float | None
    exact: bool
    centre: str = ""


@dataclass(frozen=True)
class PlanComparison:
    """
    Two plans side by side, difference first.

    Parameters
    ----------
    names
        What the two are called.
    measures
        The two, measured with one yardstick.
    matched
        Block of the first to the block of the second that shares most inhabitants with it, one to one.
    differences
        Municipalities that lie outside the matching, in order of id.
    """

    names: tuple[str, str]
    measures: tuple[PlanMeasure, PlanMeasure]
    matched: Mapping[str, str]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class ReferenceComparison:
    """
    A plan of others against the best plan with the same number of blocks.

    Parameters
    ----------
    plan
        The plan of others.
    measure
        The plan measured; each block by its best centre.
    best, best_with_floor
        The best plan with as many blocks, without floor and with it.
    distance, distance_with_floor
        How much better those are; 0 or more without floor, None where there is no plan.
        With floor it may be negative: a plan of others need not keep the floor.
    comparison
        Side by side with the best plan of the chosen number of centres.
    below_floor
        Names of blocks below the floor.
    single
        Names of blocks of one municipality.
    disconnected
        Names of blocks that do not hang together.
    """

    plan: Partition
    measure: PlanMeasure
    best: Plan | NoPlan
    best_with_floor: Plan | NoPlan
    distance: float | None
    distance_with_floor: float | None
    comparison: PlanComparison
    below_floor: tuple[str, ...]
    single: tuple[str, ...]
    disconnected: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """
    Why a municipality lies where it does, and what it would take to lie elsewhere.

    Parameters
    ----------
    municipality
        Its id.
    plan
        The plan that is explained.
    reasons
        What decides: commuters and minutes to the centre, floor, cap, neighbours, wishes.
    prices
        Price in the block of every other centre, the cheapest first, impossible last.
    """

    municipality: str
    plan: Plan
    reasons: tuple[Reason, ...]
    prices: tuple[Price, ...]
