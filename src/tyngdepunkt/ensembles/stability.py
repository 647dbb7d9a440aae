"""How often each municipality keeps its block where the commuting table is drawn anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.ensembles.answering import Answer, AnswerTask
from tyngdepunkt.ensembles.crew import Crew
from tyngdepunkt.ensembles.matching import match_centres
from tyngdepunkt.ensembles.recalling import Memory, answer_all
from tyngdepunkt.ensembles.resampling import Resampling
from tyngdepunkt.ensembles.shares import Share, share_of
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Objective, Plan, Progress, Status, Territory, silent
from tyngdepunkt.structure import SECONDS

__all__ = ["OtherYear", "Stability", "measure_stability", "reads_commuters"]

Ints = NDArray[np.int64]

_COMMUTERS = frozenset({"ties", "cohesion"})
"""Terms of an objective that read the commuting table."""


@dataclass(frozen=True)
class OtherYear:
    """
    The best plan by the commuting table of another year.

    Parameters
    ----------
    year
        The year.
    kept
        Whether each municipality keeps its block, in the order of the territory.
    centres
        Ids of the centres.
    settled
        Whether that plan is proven best.
    """

    year: int
    kept: tuple[bool, ...]
    centres: tuple[str, ...]
    settled: bool


@dataclass(frozen=True, eq=False)
class Stability:
    """
    What became of a plan's blocks in the resamples.

    The blocks of each resample are matched one to one with the plan's, so that most inhabitants lie in blocks that
    match; a municipality keeps its block where it lies in the match of its own. A block may so change its centre and
    still be the same block. Of several best plans of a resample the one that gives most municipalities the centre they
    have in the plan is taken, where the objective is ties or cohesion alone; else chance decides.

    Parameters
    ----------
    plan
        The plan, proven best by the study's own table.
    ids
        Municipality ids, in the order of the arrays; n of them.
    method, seed
        How the tables were drawn.
    asked, solved, unsettled
        Resamples asked for; those proven, which alone count; and those that time did not suffice for.
    places
        In how many resamples each municipality lies in the match of each of the plan's blocks, the blocks in the order
        of ``plan.centres``, then in a block that matches none; shape (n, k + 1).
    centred
        In how many resamples each municipality is a centre, shape (n,).
    together
        In how many resamples two municipalities lie in one block, shape (n, n).
    unchanged
        In how many resamples every municipality keeps its block.
    numbers
        Number of centres to how often it was the best of those asked for; empty where none were.
    years
        The same for the commuting tables of other years, each taken as it is.
    complete
        False where the work was interrupted, and holds what was done by then.
    """

    plan: Plan
    ids: tuple[str, ...]
    method: Resampling
    seed: int
    asked: int
    solved: int
    unsettled: int
    places: Ints
    centred: Ints
    together: Ints
    unchanged: int
    numbers: Mapping[int, int]
    years: tuple[OtherYear, ...]
    complete: bool

    @cached_property
    def position(self) -> dict[str, int]:
        """Municipality id to its place in the arrays."""
        return {i: place for place, i in enumerate(self.ids)}

    def keeps(self, municipality: str) -> Share:
        """Return the share of the resamples in which a municipality keeps its block."""
        return self.lies_with(municipality, self.plan.assignment[municipality])

    def lies_with(self, municipality: str, centre: str) -> Share:
        """Return the share of the resamples in which it lies in the match of the block around one of the centres."""
        count = self.places[self.position[municipality], self.plan.centres.index(centre)]
        return share_of(int(count), self.solved)

    def lies_apart(self, municipality: str) -> Share:
        """Return the share of the resamples in which it lies in a block that matches none of the plan's."""
        return share_of(int(self.places[self.position[municipality], -1]), self.solved)

    def is_centre(self, municipality: str) -> Share:
        """Return the share of the resamples in which a municipality is a centre."""
        return share_of(int(self.centred[self.position[municipality]]), self.solved)

    def shares_block(self, first: str, second: str) -> Share:
        """Return the share of the resamples in which two municipalities lie in one block."""
        return share_of(int(self.together[self.position[first], self.position[second]]), self.solved)

    @property
    def whole(self) -> Share:
        """The share of the resamples in which every municipality keeps its block."""
        return share_of(self.unchanged, self.solved)

    @property
    def least_stable(self) -> tuple[str, ...]:
        """Ids in order of how often they keep their block, the least often first."""
        return tuple(sorted(self.ids, key=lambda i: (self.keeps(i).count, i)))


def measure_stability(
    territory: Territory,
    plan: Plan,
    *,
    resamples: int,
    seed: int,
    method: Resampling = Resampling.POISSON,
    numbers: Sequence[int] = (),
    years: Mapping[int, Ints] | None = None,
    crew: Crew | None = None,
    seconds: float = SECONDS,
    memory: Memory | None = None,
    progress: Progress = silent,
) -> Stability:
    """
    Answer a plan's question again for commuting tables drawn anew, each exactly.

    Parameters
    ----------
    territory
        Of which the plan is.
    plan
        The best plan by the territory's own commuting table.
    resamples
        Tables to draw, 1 or more.
    seed
        Table r is drawn with the r-th child of this seed, so the result does not depend on who draws it.
    method
        How tables are drawn.
    numbers
        Numbers of centres, each 1 to n, among which the best is sought in each resample besides; none by default, for
        each takes as long as the plan itself.
    years
        Commuting tables of other years, shape (n, n) [persons]; they are answered once each and counted apart.
    crew
        Who does it; this process where not given.
    seconds
        Wall time for each answer; those that take longer are left out, and counted as unsettled [s].
    memory
        Where the answer to each table is kept from run to run; None for nowhere.
    progress
        Told as chunks of resamples are done.

    Returns
    -------
    The counts. An interrupt (`KeyboardInterrupt`) ends the work with what is done.

    Raises
    ------
    QuestionError
        Where the plan is not proven best, its objective reads no commuting table, or a number is out of range.
    """
    question = plan.question
    _check(territory, plan, resamples, numbers)
    own = tuple(territory.position[plan.assignment[i]] for i in territory.ids)
    common = AnswerTask(territory, question, plan.certificate.seed, seconds, favoured=own)
    tables = [(year, years[year]) for year in sorted(years or {})] if years else []
    tasks = [replace(common, territory=replace(territory, commuters=table)) for _, table in tables]
    tasks += [
        replace(common, numbers=tuple(numbers), method=method, ensemble_seed=seed, number=number)
        for number in range(resamples)
    ]
    answers = answer_all(tasks, memory=memory, crew=crew, task="stability", progress=progress)
    drawn = [answer for answer in answers[len(tables) :] if answer is not None]
    solved = [answer for answer in drawn if answer.settled and answer.centre_of is not None]
    if not solved:
        if len(drawn) < resamples:
            raise KeyboardInterrupt
        raise QuestionError(f"No resample was settled in {seconds:g} s: give more time, or loosen the question.")
    counted = _count(territory, plan, solved)
    return Stability(
        plan=plan,
        ids=territory.ids,
        method=method,
        seed=seed,
        asked=resamples,
        solved=len(solved),
        unsettled=len(drawn) - len(solved),
        places=counted.places,
        centred=counted.centred,
        together=counted.together,
        unchanged=counted.unchanged,
        numbers=dict(sorted(Counter(a.best_number for a in solved if a.best_number is not None).items())),
        years=tuple(
            _other_year(territory, plan, year, answer)
            for (year, _), answer in zip(tables, answers, strict=False)
            if answer is not None and answer.centre_of is not None
        ),
        complete=len(drawn) == resamples,
    )


@dataclass(frozen=True, eq=False)
class _Counted:
    """The counts of a `Stability`."""

    places: Ints
    centred: Ints
    together: Ints
    unchanged: int


def _count(territory: Territory, plan: Plan, answers: Sequence[Answer]) -> _Counted:
    """Count what became of a plan's blocks; every answer has a plan."""
    n, none = len(territory), len(plan.centres)
    own = [territory.position[plan.assignment[i]] for i in territory.ids]
    column = {territory.position[c]: place for place, c in enumerate(plan.centres)}
    home = np.array([column[c] for c in own])
    places = np.zeros((n, none + 1), dtype=np.int64)
    centred, together = np.zeros(n, dtype=np.int64), np.zeros((n, n), dtype=np.int64)
    unchanged = 0
    every = np.arange(n)
    for answer in answers:
        assert answer.centre_of is not None  # noqa: S101 - the caller has seen to it
        matched = match_centres(own, answer.centre_of, territory.population)
        now = np.array([column.get(matched.get(c, -1), none) for c in answer.centre_of])
        places[every, now] += 1
        unchanged += bool((now == home).all())
        centres = np.array(answer.centre_of)
        centred[np.unique(centres)] += 1
        together += centres[:, None] == centres[None, :]
    return _Counted(places, centred, together, unchanged)


def _other_year(territory: Territory, plan: Plan, year: int, answer: Answer) -> OtherYear:
    """Return what became of a plan's blocks in another year."""
    counted = _count(territory, plan, [answer])
    kept = tuple(
        bool(counted.places[place, plan.centres.index(plan.assignment[i])]) for place, i in enumerate(territory.ids)
    )
    centres = tuple(i for place, i in enumerate(territory.ids) if counted.centred[place])
    return OtherYear(year, kept, centres, answer.settled)


def reads_commuters(objective: Objective) -> bool:
    """Return whether an objective has a term that reads the commuting table."""
    return not _COMMUTERS.isdisjoint(objective.terms)


def _check(territory: Territory, plan: Plan, resamples: int, numbers: Sequence[int]) -> None:
    """Refuse what cannot be measured."""
    if resamples < 1:
        raise QuestionError(f"{resamples} resamples show nothing: give 1 or more.")
    if plan.certificate.status is not Status.OPTIMAL:
        raise QuestionError(
            "Stability asks how often the best plan stays the same, and this plan is not proven to be the best "
            f"(its bound is {plan.certificate.bound}): give the search more time, or loosen the question."
        )
    if not reads_commuters(plan.question.objective):
        raise QuestionError(
            f"The objective {plan.question.objective} reads no commuting table, so every resample has the same best "
            "plan: use an objective with ties or cohesion."
        )
    wrong = [k for k in numbers if not 1 <= k <= len(territory)]
    if wrong:
        raise QuestionError(f"{wrong[0]} centres cannot be tried: the study has {len(territory)} municipalities.")
