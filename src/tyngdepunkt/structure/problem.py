"""A territory and a question as arrays: what the solver, the heuristic and the reasons all read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Objective, Question, Sense, Territory
from tyngdepunkt.structure import graph, keeping

__all__ = ["Problem", "pose", "worth"]


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
        shape (n, n); 0 where not allowed. The objective is the sum, times −1 where fewer is better.
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
    start: tuple[int, ...] = ()

    def __len__(self) -> int:
        """Return the number of municipalities."""
        return len(self.near)

    @property
    def sign(self) -> int:
        """1 where more of the objective is better, −1 where fewer is."""
        return 1 if self.question.objective.sense is Sense.MAX else -1

    def score(self, centre_of: Iterable[int]) -> float:
        """Return Σ value[i, c(i)]: the objective, more is better whatever its sense."""
        return float(sum(self.value[i, j] for i, j in enumerate(centre_of)))


def worth(territory: Territory, objective: Objective) -> NDArray[np.float64]:
    """
    Return what each municipality adds under each centre, more is better.

    Parameters
    ----------
    territory
        Flows F [persons], population p [persons] and minutes t [min].
    objective
        Weights of ties and access.

    Returns
    -------
    a · (F[i, j] + F[j, i]) − b · p[i] · t[i, j], shape (n, n); 0 on the diagonal, −inf where there is
    no way from i to j and access counts. Alone, a term has weight 1.

    Raises
    ------
    QuestionError
        Where access counts and the study has no travel times.
    """
    n = len(territory)
    gain = np.zeros((n, n))
    ties, access = (
        (objective.ties, objective.access) if objective.is_mixed else (objective.ties > 0, objective.access > 0)
    )
    if ties:
        gain += ties * (territory.commuters + territory.commuters.T)
    if access:
        if territory.minutes is None:
            raise QuestionError(
                "The objective access needs travel times, and this study has no table travel_times: "
                "add travel_times.csv, or use the objective ties."
            )
        gain -= access * territory.population[:, None] * territory.minutes
    np.fill_diagonal(gain, 0.0)
    return gain


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
    value = worth(territory, question.objective)
    allowed = np.isfinite(value)
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
    _settle(allowed, near, together)
    value = np.where(allowed, value, 0.0)
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
        whole=bool(np.all(value == np.rint(value))),
        start=keeping.number_start(territory, question),
    )


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
            f"{question.centres} centres were asked for, and the study has {n} municipalities: ask for 1 to {n}."
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
