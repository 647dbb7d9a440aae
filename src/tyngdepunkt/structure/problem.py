"""A territory and a question as arrays: what the solver, the heuristic and the reasons all read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Question, Sense, Territory, Threshold
from tyngdepunkt.structure import graph, keeping
from tyngdepunkt.structure.form import Form

__all__ = ["Least", "Problem", "name_blocks", "pose"]


@dataclass(frozen=True, eq=False)
class Least:
    """
    What a plan must score at least by another objective, more being better.

    Parameters
    ----------
    form
        The objective in arrays.
    score
        The least.
    resolution
        Scores that differ by less than half of this are alike; None for 1 where scores are whole, else 2 · 10⁻⁶ of
        the least.
    """

    form: Form
    score: float
    resolution: float | None = None

    @cached_property
    def slack(self) -> float:
        """How far below the least a score may lie and still be no less."""
        if self.resolution is not None:
            return self.resolution / 2
        return 0.5 if self.form.is_whole and float(self.score).is_integer() else 1e-6 * max(1.0, abs(self.score))


@dataclass(frozen=True, eq=False)
class Problem:
    """
    A question posed of a territory, in arrays over municipalities i and possible centres j.

    Parameters
    ----------
    territory, question
        What was posed.
    value
        What the objective gains where i has centre j, more is better whatever the objective's sense,
        shape (n, n); 0 where not allowed. Without sets the objective is the sum, times −1 where fewer is better.
    allowed
        Whether i may have centre j: the cap on minutes, the wishes, and a way from j to i through others
        that may have centre j too; shape (n, n).
    neighbours
        Positions of each one's neighbours over the links that can lie within a block, see `keeping.find_links`.
    near
        The same as sets, see `graph.bits`.
    population
        What each counts for against the floor: its inhabitants, or the floor where that is lifted, see
        `keeping.counted_people`; shape (n,) [persons].
    together, apart
        Groups of positions.
    functions
        Function to the positions that have it; only those that the question asks for.
    whole
        Whether every value is a whole number, so that two different objectives differ by 1 or more.
    form
        The objective in arrays: `value`, and what it counts by pair and by set.
    least
        The question's thresholds.
    free_centres
        Whether it does not matter which member is a block's centre. Then its centre is the fixed one, else the most
        populous that may be one, the first in order of several; `allowed` holds no other.
    strict
        Whether every block has at least the floor: the question has no wish that might lift it.
    start
        Number of each one's block in the plan to start from; empty where there is none.
    """

    territory: Territory
    question: Question
    value: NDArray[np.float64]
    allowed: NDArray[np.bool_]
    neighbours: tuple[tuple[int, ...], ...]
    near: tuple[int, ...]
    population: NDArray[np.int64]
    together: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, ...], ...]
    functions: dict[str, tuple[int, ...]]
    whole: bool
    form: Form
    least: tuple[Least, ...] = ()
    free_centres: bool = False
    strict: bool = False
    start: tuple[int, ...] = ()

    def __len__(self) -> int:
        """Return the number of municipalities."""
        return len(self.near)

    @property
    def sign(self) -> int:
        """1 where more of the objective is better, −1 where fewer is."""
        return 1 if self.question.objective.sense is Sense.MAX else -1

    @property
    def has_sets(self) -> bool:
        """Whether the objective or a threshold counts anything but each one's centre."""
        return self.form.has_sets or any(least.form.has_sets for least in self.least)

    @property
    def least_staying(self) -> int:
        """How many at least lie as in the plan to start from; 0 where there is none."""
        asked = self.question.start
        return 0 if asked is None else len(self) - asked.most_moved

    @property
    def is_linear(self) -> bool:
        """Whether nothing counts, for the objective or a threshold, but each one's centre."""
        return not (self.has_sets or self.least)

    @cached_property
    def shared_value(self) -> NDArray[np.float64]:
        """`value`, shared out among those who lie together, see `share`."""
        return self.share(self.value)

    @cached_property
    def forced(self) -> NDArray[np.bool_]:
        """Whether i is in the block of j wherever j is a centre, since they lie together; i ≠ j, shape (n, n)."""
        forced = np.zeros_like(self.allowed)
        for group in self.together:
            forced[np.ix_(group, group)] = True
        np.fill_diagonal(forced, val=False)
        return forced & self.allowed

    def share(self, value: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Share out what pairs are worth among those who lie together, so that bounds by pair see them as one.

        Parameters
        ----------
        value
            Shape (n, n).

        Returns
        -------
        The same with the mean of its group for each member, shape (n, n); every plan has as much of it, since it gives
        them one centre.
        """
        shared = value.copy()
        for group in self.together:
            shared[list(group)] = value[list(group)].mean(axis=0)
        return shared

    def score(self, centre_of: Iterable[int]) -> float:
        """Return the objective, more is better whatever its sense."""
        if not self.form.has_sets:
            return float(sum(self.value[i, j] for i, j in enumerate(centre_of)))
        return self.form.score(centre_of)

    def reaches(self, centre_of: tuple[int, ...]) -> bool:
        """Return whether a plan reaches every threshold."""
        return all(least.form.score(centre_of) >= least.score - least.slack for least in self.least)


def pose(territory: Territory, question: Question) -> Problem:
    """
    Pose a question of a territory.

    Parameters
    ----------
    territory
        The municipalities.
    question
        What is asked.

    Returns
    -------
    The problem in arrays. It may have no plan; that is for the solver to find.

    Raises
    ------
    QuestionError
        Where the question names what the study does not have, or contradicts itself plainly.
    """
    _check(territory, question)
    position = territory.position
    neighbours = keeping.find_links(territory, question)
    near = graph.bits(neighbours)
    together = _joined([[position[i] for i in group] for group in keeping.find_together(territory, question)])
    apart = tuple(tuple(sorted(position[i] for i in group)) for group in keeping.find_apart(question))
    form = Form.of(territory, question.objective)
    least = tuple(_least(territory, threshold) for threshold in question.thresholds)
    allowed = np.isfinite(form.value)
    for other in least:
        allowed &= np.isfinite(other.form.value)
    if question.max_minutes is not None and territory.minutes is not None:
        allowed &= territory.minutes <= question.max_minutes
    for j in question.not_centre:
        allowed[:, position[j]] = False
    for j in question.centre:
        stays = allowed[position[j], position[j]]
        allowed[position[j], :] = False
        allowed[position[j], position[j]] = stays
    for group in apart:
        for a in group:
            for b in group:
                allowed[a, b] &= a == b
    free = _has_free_centres(question)
    if free:
        _name_largest(allowed, territory, question)
    _settle(allowed, near, together)
    value = np.where(allowed, form.value, 0.0)
    form = replace(form, value=value)
    return Problem(
        territory=territory,
        question=question,
        value=value,
        allowed=allowed,
        neighbours=neighbours,
        near=near,
        population=keeping.counted_people(territory, question),
        together=together,
        apart=apart,
        functions={f: tuple(sorted(position[i] for i in territory.functions[f])) for f in sorted(question.functions)},
        whole=form.is_whole,
        form=form,
        least=tuple(replace(e, form=replace(e.form, value=np.where(allowed, e.form.value, 0.0))) for e in least),
        free_centres=free,
        strict=_has_known_wishes(question),
        start=keeping.number_start(territory, question),
    )


def name_blocks(problem: Problem) -> Problem:
    """
    Return a problem with the same divisions, each block under one name: its fixed or most populous centre.

    Parameters
    ----------
    problem
        What is posed, without a cap on minutes.

    Returns
    -------
    The problem with fewer pairs allowed. Its plans are the divisions of the one given; their scores are not.
    """
    allowed = problem.allowed.copy()
    _name_largest(allowed, problem.territory, problem.question)
    _settle(allowed, problem.near, problem.together)
    value = np.where(allowed, problem.value, 0.0)
    return replace(problem, allowed=allowed, value=value, form=replace(problem.form, value=value))


def _least(territory: Territory, threshold: Threshold) -> Least:
    """Return a threshold in arrays."""
    sign = 1 if threshold.objective.sense is Sense.MAX else -1
    return Least(Form.of(territory, threshold.objective), sign * threshold.value)


def _has_free_centres(question: Question) -> bool:
    """Return whether any member will do as a block's centre, but for those that are fixed or barred."""
    objectives = [question.objective, *(threshold.objective for threshold in question.thresholds)]
    return (
        _has_known_wishes(question)
        and question.max_minutes is None
        and all(objective.has_free_centres for objective in objectives)
    )


def _has_known_wishes(question: Question) -> bool:
    """
    Return whether a question asks nothing but what is named here.

    What counts on the floor of every block, or on no wish that asks for a centre, must not count on wishes unknown.
    """
    return question == replace(
        Question(question.centres, question.objective),
        floor=question.floor,
        max_minutes=question.max_minutes,
        together=question.together,
        apart=question.apart,
        centre=question.centre,
        not_centre=question.not_centre,
        functions=question.functions,
        thresholds=question.thresholds,
        seasonal=question.seasonal,
    )


def _name_largest(allowed: NDArray[np.bool_], territory: Territory, question: Question) -> None:
    """Take away, in place, pairs in which a block is named after another than its fixed or most populous centre."""
    n = len(territory)
    barred = np.array([i in question.not_centre for i in territory.ids])
    fixed = np.array([i in question.centre for i in territory.ids])
    rank = np.empty(n, dtype=np.int64)
    rank[np.lexsort((np.arange(n), -territory.population))] = np.arange(n)
    allowed &= barred[:, None] | fixed[None, :] | (rank[None, :] <= rank[:, None])


def _settle(allowed: NDArray[np.bool_], near: tuple[int, ...], together: tuple[tuple[int, ...], ...]) -> None:
    """Take away, until nothing changes, pairs that connection or togetherness makes impossible; in place."""
    n = len(near)
    for j in range(n):
        before = -1
        while before != (now := graph.mask(np.flatnonzero(allowed[:, j]).tolist())):
            before = now
            joined = graph.component(near, now, 1 << j) if allowed[j, j] else 0
            for group in together:
                whole = graph.mask(group)
                if joined & whole != whole:
                    joined &= ~whole
            allowed[:, j] = [bool(joined >> i & 1) for i in range(n)]


def _joined(groups: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    """Merge groups that share a member, each sorted."""
    merged: list[set[int]] = []
    for group in groups:
        new = set(group)
        rest = []
        for other in merged:
            if other & new:
                new |= other
            else:
                rest.append(other)
        merged = [*rest, new]
    return tuple(tuple(sorted(group)) for group in merged if len(group) > 1)


def _check(territory: Territory, question: Question) -> None:
    """Refuse a question that names what is not there, or contradicts itself in one word."""
    n = len(territory)
    if not 1 <= question.centres <= n:
        raise QuestionError(
            f"{question.centres} centres were asked for, and the study has {n} "
            f"{'municipality: ask for 1' if n == 1 else f'municipalities: ask for 1 to {n}'}."
        )
    if question.floor < 0:
        raise QuestionError(f"The floor is {question.floor} inhabitants: give 0 or more.")
    if question.max_minutes is not None:
        if not question.max_minutes >= 0:
            raise QuestionError(f"The cap is {question.max_minutes} minutes: give 0 or more.")
        if territory.minutes is None:
            raise QuestionError(
                "A cap on minutes needs travel times, and this study has no table travel_times: "
                "add travel_times.csv, or leave the cap out."
            )
    named = [*question.centre, *question.not_centre]
    named += [i for group in (*question.together, *question.apart) for i in group]
    for i in named:
        if i not in territory.position:
            raise QuestionError(f"The question names municipality {i!r}, which the study does not have.")
    for group in (*question.together, *question.apart):
        if len(group) < 2:  # noqa: PLR2004 - two is what together means
            raise QuestionError(
                f"Together and apart take two municipalities or more, not {', '.join(group) or 'none'}."
            )
    for function in question.functions:
        if function not in territory.functions:
            known = ", ".join(sorted(territory.functions)) or "none: it has no table functions"
            raise QuestionError(f"The study knows no function {function!r}; it knows {known}.")
    keeping.check_wishes(territory, question)
