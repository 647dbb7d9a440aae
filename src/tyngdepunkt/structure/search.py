"""Branch and bound over the relaxation: the exact answer, or how far from it the best plan found can be."""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.relaxation import OutOfTimeError, Point, Relaxation

__all__ = ["Limits", "Outcome", "Stopped", "search"]

_WHOLE = 1e-5
_ROUNDING = 1e-6
_HAND_OVER = 20
"""Relaxations after which the solver's own search, with cuts of its own, is tried on all that is left."""
_AGAIN = 10
"""How many times as many until it is tried again, with the path rows found meanwhile."""
_ROUNDS = 12
"""Times in a row that it is given what was not connected in its answer."""


@dataclass(frozen=True, eq=False)
class Limits:
    """
    What a search is bound by beyond its problem.

    Parameters
    ----------
    least_centres, most_centres
        Number of centres.
    pairs
        Pairs (i, j) of positions that must hold: i has centre j.
    barred
        Pairs (i, j) of positions that must not hold.
    enough
        Stop once no plan can be better than this; the score, more is better.
    seconds
        Wall time to stop after [s].
    nodes
        Relaxations to stop after.
    """

    least_centres: int
    most_centres: int
    pairs: tuple[tuple[int, int], ...] = ()
    barred: tuple[tuple[int, int], ...] = ()
    enough: float = -np.inf
    seconds: float = np.inf
    nodes: float = np.inf


@dataclass(frozen=True, eq=False)
class Outcome:
    """
    What a search found.

    Parameters
    ----------
    centre_of
        The best plan found, the position of each one's centre; None where none was found.
    score
        Its score, more is better; −inf where none.
    bound
        No plan has a better score; −inf where there is none at all.
    nodes
        Relaxations branched on.
    """

    centre_of: tuple[int, ...] | None
    score: float
    bound: float
    nodes: int

    @property
    def is_proven(self) -> bool:
        """Whether nothing is left between plan and bound."""
        return self.score >= self.bound

    @property
    def is_settled(self) -> bool:
        """Whether it is proven what is best, or that there is nothing."""
        return self.is_proven or bool(np.isneginf(self.bound))


class Stopped(KeyboardInterrupt):
    """
    Ctrl-C in the midst of a search.

    Parameters
    ----------
    centre_of
        The best plan by then, the position of each one's centre; None where there was none.
    bound
        No plan has a better score; inf where nothing is known.
    """

    def __init__(self, centre_of: tuple[int, ...] | None, bound: float = np.inf) -> None:
        super().__init__()
        self.centre_of = centre_of
        self.bound = bound

    @classmethod
    def by(
        cls, stop: KeyboardInterrupt, problem: Problem, centre_of: tuple[int, ...] | None, bound: float = np.inf
    ) -> Self:
        """
        Join what was known where Ctrl-C struck with what is known around it.

        Parameters
        ----------
        stop
            The interrupt.
        problem
            What is posed.
        centre_of, bound
            The best plan, and the bound, known around it.

        Returns
        -------
        The better plan, the lower bound.
        """
        inner = stop.centre_of if isinstance(stop, Stopped) else None
        plans = [plan for plan in (centre_of, inner) if plan is not None]
        lower = min(bound, stop.bound) if isinstance(stop, Stopped) else bound
        return cls(max(plans, key=problem.score, default=None), lower)


@dataclass(order=True)
class _Node:
    """A part of the space still to be looked at, the most promising first."""

    key: float
    number: int
    lower: NDArray[np.float64] = field(compare=False)
    upper: NDArray[np.float64] = field(compare=False)


def search(
    relaxation: Relaxation, limits: Limits, *, start: tuple[int, ...] | None = None, first: bool = False
) -> Outcome:
    """
    Find the best plan within limits, and prove it.

    Parameters
    ----------
    relaxation
        Of the problem; its cuts stay for the next search.
    limits
        Number of centres, pairs that must hold, when to stop.
    start
        A plan known to keep the limits, from which the search starts; the position of each one's centre.
    first
        Whether any plan will do: the search dives, and stops at the first that it finds.

    Returns
    -------
    The best plan and the bound. Where the values are whole numbers, bounds are rounded down to one.
    """
    return _Search(relaxation, limits, start, first=first).run()


class _Search:
    """One search under way."""

    def __init__(self, relaxation: Relaxation, limits: Limits, start: tuple[int, ...] | None, *, first: bool) -> None:
        self.relaxation = relaxation
        self.problem: Problem = relaxation.problem
        self.limits = limits
        self.first = first
        self.best = start
        self.score = -np.inf if start is None else self.problem.score(start)
        self.weight = np.abs(self.problem.value)
        self.nodes = 0
        self.queue: list[_Node] = []
        self.ends = np.inf
        self.most = np.inf
        # A search that is but a glance has no use for it.
        is_whole: bool = relaxation.can_be_handed_over and limits.nodes == np.inf
        self.hand_over_at: float = _HAND_OVER if is_whole else np.inf

    def run(self) -> Outcome:
        """Search until proven, good enough or out of time."""
        n = len(self.problem)
        self.ends = time.monotonic() + self.limits.seconds
        self.relaxation.set_centres(self.limits.least_centres, self.limits.most_centres)
        lower, upper = np.zeros((n, n)), np.ones((n, n))
        for i, j in self.limits.pairs:
            lower[i, j] = 1.0
            lower[j, j] = 1.0
            if not self.problem.allowed[i, j]:
                return Outcome(None, -np.inf, -np.inf, 0)
        for i, j in self.limits.barred:
            upper[i, j] = 0.0
        heapq.heappush(self.queue, _Node(-self._ceiling(), 0, lower, upper))
        while self.queue:
            if self.nodes >= self.hand_over_at:
                self._hand_over(lower, upper)
            node = heapq.heappop(self.queue)
            bound = min(-node.key, self.most)
            done = self._is_beaten(bound) or bound <= self.limits.enough or (self.first and self.best is not None)
            if done or time.monotonic() > self.ends or self.nodes >= self.limits.nodes:
                heapq.heappush(self.queue, node)
                break
            try:
                self._branch(node)
            except OutOfTimeError:
                heapq.heappush(self.queue, node)
                break
            except KeyboardInterrupt:
                left = min(self.most, max([bound, *(-each.key for each in self.queue)]))
                raise Stopped(self.best, max(left, self.score)) from None
        left = min(self.most, max((-node.key for node in self.queue), default=-np.inf))
        bound = self.score if self._is_beaten(left) else left
        return Outcome(self.best, self.score, bound, self.nodes)

    def _hand_over(self, lower: NDArray[np.float64], upper: NDArray[np.float64]) -> None:
        """Have the solver search for whole answers, and cut off what is not connected in them, a few times."""
        self.hand_over_at *= _AGAIN
        for _ in range(_ROUNDS):
            if time.monotonic() > self.ends or self.most <= self.limits.enough or self._is_beaten(self.most):
                return
            self.relaxation.set_limits(lower, upper)
            try:
                whole = self.relaxation.solve_whole(ends=self.ends)
            except KeyboardInterrupt:
                left = min(self.most, max(-each.key for each in self.queue))
                raise Stopped(self.best, max(left, self.score)) from None
            self.most = min(self.most, self._rounded(whole.bound))
            if whole.centre_of is None:
                return
            if whole.is_connected:
                if self.problem.reaches(whole.centre_of) and self.problem.score(whole.centre_of) > self.score:
                    self.best, self.score = whole.centre_of, self.problem.score(whole.centre_of)
                return

    def _branch(self, node: _Node) -> None:
        """Solve a node's relaxation; keep its plan where it is one, else split it in two."""
        self.nodes += 1
        self.relaxation.set_limits(node.lower, node.upper)
        point = self.relaxation.solve(enough=max(self.limits.enough, self._needed()), ends=self.ends)
        if point is None:
            return
        bound = self._rounded(point.bound)
        if self._is_beaten(bound):
            return
        if bound <= self.limits.enough:
            heapq.heappush(self.queue, _Node(-bound, self._order(0), node.lower, node.upper))
            return
        choice = self._choose(point)
        if choice is None:
            plan = tuple(int(j) for j in point.x.argmax(axis=1))
            if self.problem.reaches(plan):
                if self.problem.score(plan) > self.score:
                    self.best, self.score = plan, self.problem.score(plan)
                return
            # A threshold missed by less than the solver's tolerance: there may be other plans in this node.
            choice = self._undecided(plan, node)
            if choice is None:
                return
        upper = self._fixed(point, node.upper)
        i, j = choice
        for side, number in ((1.0, 0), (0.0, 1)):
            low, high = node.lower.copy(), upper.copy()
            if side:
                low[i, j] = low[j, j] = 1.0
            else:
                high[i, j] = 0.0
                if i == j:
                    high[:, j] = 0.0
            heapq.heappush(self.queue, _Node(-bound, self._order(number), low, high))

    def _order(self, number: int) -> int:
        """Return the rank among nodes of one bound: the newest first, its first side before its second."""
        return -self.nodes * 2 + number

    def _fixed(self, point: Point, upper: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return upper limits with those pairs at 0 that no better plan can use, by their reduced cost."""
        if self.best is None:
            return upper
        room = self._needed() - point.bound
        out = (point.x < _WHOLE) & (point.reduced < room - max(1.0, abs(point.bound)) * _ROUNDING)
        fixed = np.where(out, 0.0, upper)
        return np.asarray(fixed)

    def _choose(self, point: Point) -> tuple[int, int] | None:
        """
        Return the pair to branch on: the one with most at stake, its value and how undecided it is; None if whole.

        Where one pair weighs much, either side of it moves the bound; where pairs have no values, as with an objective
        that counts sets, centres come first.
        """
        split = np.minimum(point.x, 1 - point.x)
        if split.max() <= _WHOLE:
            return None
        stake = np.where(split > _WHOLE, split * self.weight, 0.0)
        if stake.max() <= 0:
            centres = np.diag(split)
            if centres.max() > _WHOLE:
                return int(centres.argmax()), int(centres.argmax())
            stake = split
        row, column = divmod(int(stake.argmax()), len(split))
        return row, column

    def _undecided(self, plan: tuple[int, ...], node: _Node) -> tuple[int, int] | None:
        """Return a pair of a plan that a node does not fix; None where it fixes them all."""
        return next(((i, j) for i, j in enumerate(plan) if node.lower[i, j] < node.upper[i, j]), None)

    def _ceiling(self) -> float:
        """Return a score that no plan can exceed: each one's best, the centres at nothing."""
        return self.problem.form.ceiling() + 1.0

    def _needed(self) -> float:
        """Return the score that a plan must exceed to be of use."""
        if self.best is None:
            return -np.inf
        return self.score + 1 - 10 * _ROUNDING if self.problem.whole else self.score + abs(self.score) * 1e-9

    def _is_beaten(self, bound: float) -> bool:
        """Return whether nothing within a bound can be better than the best plan."""
        return (self.best is not None and bound <= self._needed()) or bound == -np.inf

    def _rounded(self, bound: float) -> float:
        """Return a bound rounded down where scores are whole."""
        if self.problem.whole:
            return float(np.floor(bound + max(1.0, abs(bound)) * 1e-7))
        return bound + abs(bound) * 1e-9
