"""
A front between two objectives by whole blocks: every plan near the edge of what is possible is looked at.

Both objectives, and those of the thresholds, are sums over blocks and their centres. For weights w of the two, the
linear programme over all connected blocks S around centres j,

    max Σ h(S, j) z(S, j),  h = w₁ f + w₂ g + Σ over thresholds λ t,   Σ over S with i of z = 1 for all i,   Σ z = k,

is solved by adding blocks whose worth h − Σ over S of u − v is above 0 (`connected` finds them, or that there is none),
u, v and λ being its duals. Then with L = Σ u + v k − Σ λ · (the least of t), and loss = −worth,

    w₁ f + w₂ g  ≤  L − Σ of the plan's losses    for every plan.

So a plan with w₁ f + w₂ g ≥ L − γ has none but blocks that lose at most γ, and no more than γ together. These blocks
are listed, and every plan of them is looked at (`assembling`): the *window* of depth γ is done. A plan that none of
those found beats lies in one of the *boxes* between them, above a corner; a box is closed when its corner lies within
a window that is done. Windows are laid along the edges of the hull of what is found, and made deeper, until every box
is closed. It is the two-phase method, with the plans of the second phase listed by reduced cost.

Source: E. L. Ulungu and J. Teghem, Foundations of Computing and Decision Sciences 20 (1995) 149-165; the listing within
the gap as in R. Baldacci, N. Christofides and A. Mingozzi, Mathematical Programming 115 (2008) 351-385.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import highspy
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.highs import QuietHighs
from tyngdepunkt.structure import graph
from tyngdepunkt.structure.assembling import Found, Listed, Path, put_together
from tyngdepunkt.structure.connected import WORD, Ground, Prices, list_around
from tyngdepunkt.structure.form import Form
from tyngdepunkt.structure.problem import Problem

__all__ = ["Windows", "can_list", "find_ground"]

Floats = NDArray[np.float64]
Words = NDArray[np.uint64]
Ints = NDArray[np.int64]

_BUDGET = 20_000
"""Branches around one centre in the first look for blocks worth adding."""
_MORE = 8
_MOST_BRANCHES = 60_000_000
"""Branches around one centre in the longest look: some ten seconds, which Ctrl-C must wait for."""
_MOST_BLOCKS = 1_500_000
_TRIES = 20_000_000
"""Blocks tried between two looks at the clock."""
_MOST_POINTS = 20_000
_ENOUGH_BLOCKS = 1_500
"""Blocks of a window's first listing: few enough for no time at all."""
_FEW_BLOCKS = 800
_FEW_TRIES = 2_000_000
_FIRST_SHARE = 1e-6
_FIRST_GROWTH = 4.0
_GROWTH = 3.0
_SMALL_GROWTH = 1.4
_OTHERS = 6
"""Other windows by which plans are told not to lie above a corner."""
_TOLERANCE = 1e-7
_ROUNDING = 1e-9


def can_list(problem: Problem) -> bool:
    """Return whether a problem's plans are blocks that keep its wishes each by itself, few enough to be words."""
    return len(problem) <= WORD and not problem.start


@dataclass(eq=False)
class _Window:
    """
    Weights, what the municipalities pay by them, and how deep all plans have been looked at.

    Parameters
    ----------
    weights
        Of every objective, those of the thresholds too.
    u, v
        What each municipality pays, and each block.
    peak
        L.
    slack
        What rounding, and worth left above 0, may add to a plan's losses.
    depth
        γ; below 0 before the first look.
    looked
        How deep the plans above some corners have been looked at.
    tried
        The least depth that was too much.
    blocks, plans
        Blocks of the last listing, and whether any point lies in it.
    """

    weights: Floats
    u: Floats
    v: float
    peak: float
    slack: float
    depth: float = -1.0
    looked: float = 0.0
    tried: float = np.inf
    blocks: int = 0
    plans: bool = False

    def needs(self, corner: tuple[float, float]) -> float:
        """Return how deep it must be for all plans above a corner to be in it."""
        return self.peak - float(self.weights[0] * corner[0] + self.weights[1] * corner[1])


@dataclass(eq=False)
class _Columns:
    """Blocks around centres, and what each scores by every objective."""

    blocks: Words
    centres: Ints
    amounts: Floats
    known: set[tuple[int, int]] = field(default_factory=set)


class Windows:
    """
    The search for a front by windows.

    Parameters
    ----------
    problem
        The first objective, with the second as the last threshold; that one's score counts for nothing.
    numbers
        Least and most centres.
    steps
        What tells two scores apart, of the first and the second objective.
    plans
        Plans known to keep the question; the position of each one's centre.
    seconds
        Wall time for each window, and for each time that it is made deeper [s].
    """

    def __init__(
        self,
        problem: Problem,
        *,
        numbers: tuple[int, int],
        steps: tuple[float, float],
        plans: Iterable[tuple[int, ...]] = (),
        seconds: float,
    ) -> None:
        self.problem = problem
        self.numbers = numbers
        self.steps = steps
        self.seconds = seconds
        self.forms = (problem.form, problem.least[-1].form, *(least.form for least in problem.least[:-1]))
        self.least = np.array([least.score - least.slack for least in problem.least[:-1]])
        self.floors = tuple(_lowest(form, problem, numbers[1]) for form in self.forms[:2])
        self.points: list[tuple[float, float]] = []
        """Scores of the plans found that none of the others beats, best by the first first."""
        self.plans: dict[tuple[float, float], tuple[int, ...]] = {}
        self.windows: dict[tuple[float, float], _Window] = {}
        self._stuck: set[tuple[float, float]] = set()
        self._done: set[tuple[float, float]] = set()
        """Corners above which every plan has been looked at."""
        self._ground = find_ground(problem, numbers)
        self._touched = sorted({touch.members for form in self.forms for touch in form.touches})
        self._solver = QuietHighs()
        # Of the many duals that are optimal the simplex method gives a corner, by which countless blocks lose nothing.
        # Those in the middle, where an interior point method ends, leave few.
        self._solver.setOptionValue("run_crossover", "off")
        self._infinity = self._solver.getInfinity()
        self._columns = _Columns(np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros((0, len(self.forms))))
        self._sizes = np.array([max(1.0, least.form.largest) for least in problem.least[:-1]])
        self._room = np.zeros(_MOST_BLOCKS, dtype=np.uint64), np.zeros(_MOST_BLOCKS)
        self._add_rows()
        for plan in plans:
            self._take(plan)

    @property
    def is_settled(self) -> bool:
        """Whether every box is closed, or there is no plan."""
        return all(map(self._is_closed, self._boxes())) if self.points else not self._stuck

    # The search -----------------------------------------------------------------------------------------------

    def find_all(self) -> Iterator[float]:
        """
        Find every point of the front.

        Yields
        ------
        After each window laid or made deeper, the share of the second objective's range that is done.
        """
        yield from self._find_ends()
        while self.points and (corners := self._open(self._boxes())):
            self._close(corners)
            yield self._share_done()

    def find_spaced(self, points: int) -> Iterator[float]:
        """
        Find so many points, evenly spaced in the second objective; `points` holds what was found beside them as well.

        Parameters
        ----------
        points
            How many, the two ends among them.

        Yields
        ------
        As `find_all`.
        """
        yield from self._find_ends()
        if not self.points:
            return
        low, high = self.points[0][1], self.points[-1][1]
        for number in range(points):
            least = low + (high - low) * number / (points - 1)
            while corners := self._open([self._above(least), *self._beside(least)]):
                self._close(corners)
                yield number / points

    def reaching(self, least: float) -> tuple[float, float]:
        """Return the best point by the first objective of those found that score so much by the second."""
        low = least - self.steps[1] / 2
        return next((point for point in self.points if point[1] >= low), self.points[-1])

    def is_efficient(self, point: tuple[float, float]) -> bool:
        """Return whether it is proven that no plan beats a point."""
        better = (point[0] + self.steps[0], point[1]), (point[0], point[1] + self.steps[1])
        return all(self._is_closed(corner) for corner in better)

    @property
    def has_end(self) -> bool:
        """Whether it is proven that no plan is better by the second objective than the last point."""
        return bool(self.points) and self._is_closed(self._end(1))

    def bound(self, least: float) -> float:
        """Return a score by the first objective that no plan exceeds that scores so much by the second."""
        found = [
            (window.peak + window.slack - window.weights[1] * least) / window.weights[0]
            for window in self.windows.values()
            if window.weights[0] > 0
        ]
        return float(min(found, default=np.inf))

    def _find_ends(self) -> Iterator[float]:
        """Find the best by each objective, of those the best by the other but for rounding."""
        spans = [max(1.0, form.ceiling() - low) for form, low in zip(self.forms, self.floors, strict=False)]
        # So little weight of the other that it never outweighs one step, and yet tells those alike apart.
        ties = [max(0.5 * self.steps[n] / spans[1 - n], 1e-7 * spans[n] / spans[1 - n]) for n in (0, 1)]
        for number, weights in enumerate(((1.0, ties[0]), (ties[1], 1.0))):
            window = self._window(weights)
            yield 0.0
            while window is not None:
                if not self.points:
                    depth = max(_FIRST_SHARE * abs(window.peak), window.depth * _GROWTH)
                    # No plan scores less than this.
                    lowest = window.needs((self.floors[0], self.floors[1]))
                    if window.depth >= lowest or not self._deepen(window, depth):
                        break
                else:
                    corner = self._end(number)
                    if self._is_closed(corner) or not self._deepen(window, self._next(window, [corner])):
                        break
                yield 0.0
            if not self.points:
                if window is None or window.depth < window.needs((self.floors[0], self.floors[1])):
                    self._stuck.add((self.floors[0], self.floors[1]))
                return
            if not self._is_closed(self._end(number)):
                self._stuck.add(self._end(number))

    def _end(self, number: int) -> tuple[float, float]:
        """Return the corner above which a plan is better by one objective than all found."""
        if number == 0:
            return self.points[0][0] + self.steps[0], self.floors[1]
        return self.floors[0], self.points[-1][1] + self.steps[1]

    def _boxes(self) -> list[tuple[float, float]]:
        """Return the corners of the boxes in which a plan may lie that none of those found beats."""
        between = [
            (after[0] + self.steps[0], before[1] + self.steps[1])
            for before, after in pairwise(self.points)
            if before[1] + self.steps[1] <= after[1]
        ]
        return [self._end(0), *between, self._end(1)]

    def _above(self, least: float) -> tuple[float, float]:
        """Return the corner above which a plan that scores so much by the second is better by the first."""
        return self.reaching(least)[0] + self.steps[0], least

    def _beside(self, least: float) -> list[tuple[float, float]]:
        """Return the corner above which a plan is as good by the first as the best that scores so much, and better."""
        point = self.reaching(least)
        return [(point[0], point[1] + self.steps[1])]

    def _is_closed(self, corner: tuple[float, float]) -> bool:
        """Return whether every plan above a corner has been looked at, or there is none."""
        return any(window.needs(corner) <= window.depth for window in self.windows.values()) or any(
            corner[0] >= first and corner[1] >= second for first, second in self._done
        )

    def _open(self, corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
        """Return the corners that are to be closed yet, and can be."""
        return [corner for corner in corners if corner not in self._stuck and not self._is_closed(corner)]

    def _share_done(self) -> float:
        """Return the share of the second objective's range in which nothing is open."""
        low, high = self.points[0][1], self.points[-1][1]
        if high <= low:
            return 1.0
        widths = [
            after[1] - before[1]
            for before, after in pairwise(self.points)
            if self._open([(after[0] + self.steps[0], before[1] + self.steps[1])])
        ]
        return 1.0 - sum(widths) / (high - low)

    def _close(self, corners: list[tuple[float, float]]) -> None:
        """Lay a window over the largest open box, or make deeper the one that lies there."""
        edges = list(pairwise(_hull(self.points)))
        over: dict[tuple[float, float], list[tuple[float, float]]] = {}
        for corner in corners:
            a, b = next((edge for edge in edges if corner[1] <= edge[1][1]), edges[-1] if edges else ((0, 0), (1, 1)))
            slope = (a[0] - b[0]) / (b[1] - a[1]) if edges else 1.0
            over.setdefault((1.0, float(f"{slope:.9g}")), []).append(corner)
        weights = max(over, key=lambda key: len(over[key]))
        is_new = weights not in self.windows
        window = self._window(weights)
        if is_new and window is not None:
            return
        under = over[weights]
        if window is None:
            self._stuck.update(under)
            return
        # Those that take little first: what is found there leaves less of the rest.
        depth = self._next(window, under)
        chosen = [corner for corner in under if window.needs(corner) <= depth]
        if self._deepen(window, depth, corners=chosen):
            self._done.update(chosen)
        else:
            tried = window.tried - self._rounding(window)  # what was added to the depth that failed
            self._stuck.update(corner for corner in under if window.needs(corner) >= tried)

    def _next(self, window: _Window, corners: list[tuple[float, float]]) -> float:
        """Return how deep to make a window next: for all corners, but not much deeper than it is."""
        needed = max(window.needs(corner) for corner in corners)
        least = min(need for corner in corners if (need := window.needs(corner)) > window.depth)
        growth = _GROWTH if window.blocks < _ENOUGH_BLOCKS else _SMALL_GROWTH
        step = max(growth * max(window.depth, window.looked), _FIRST_SHARE * abs(window.peak))
        return max(least, min(needed, step, window.tried * 0.5)) + self._rounding(window)

    @staticmethod
    def _rounding(window: _Window) -> float:
        """Return what a depth may be out by."""
        return _ROUNDING * (abs(window.peak) + float(np.abs(window.u).sum()))

    # Windows --------------------------------------------------------------------------------------------------

    def _window(self, weights: tuple[float, float]) -> _Window | None:
        """Return the window of some weights, laid and made as deep as costs nothing; None where that was too much."""
        if weights in self.windows:
            return self.windows[weights]
        window = self._lay(weights)
        if window is None:
            return None
        self.windows[weights] = window
        depth = _FIRST_SHARE * abs(window.peak)
        while depth <= abs(window.peak) and self._deepen(window, depth, tries=_FEW_TRIES):
            if window.blocks > _ENOUGH_BLOCKS or (window.plans and window.blocks > _FEW_BLOCKS):
                break
            depth *= _FIRST_GROWTH
        return window

    def _lay(self, weights: tuple[float, float]) -> _Window | None:
        """Solve the linear programme over all blocks for some weights."""
        ends = time.monotonic() + self.seconds
        n, own = len(self.problem), np.array([*weights, *np.zeros(len(self.least))])
        largest = sum(weight * max(1.0, form.largest) for weight, form in zip(weights, self.forms, strict=False))
        scale = largest / 1e3
        self._set_costs(own, scale, 0)
        budget = _BUDGET
        while time.monotonic() < ends:
            if not self._is_solved():
                return None
            dual = -np.asarray(self._solver.getSolution().row_dual) * scale
            u, v, paid = dual[:n], float(dual[n]), np.maximum(0.0, -dual[n + 1 :]) / self._sizes
            every = np.array([*weights, *paid])
            peak = float(u.sum() + max(v * self.numbers[0], v * self.numbers[1]) - paid @ self.least)
            least = _TOLERANCE * max(abs(peak), largest * 1e-3)
            while True:
                blocks, centres, worth, done = self._list(every, u, v, least, rising=True, budget=budget, ends=ends)
                if done or len(blocks) or budget > _MOST_BRANCHES or time.monotonic() > ends:
                    break
                budget *= _MORE
            added = self._add(blocks, centres)
            if added:
                self._set_costs(own, scale, len(self._columns.blocks) - added)
                budget = max(_BUDGET, budget // _MORE)
                continue
            if not done:
                return None
            left = max(least, float(worth.max(initial=0.0)))
            rounding = _ROUNDING * (abs(peak) + float(np.abs(u).sum()))
            return _Window(every, u, v, peak, self.numbers[1] * left + rounding)
        return None

    def _is_solved(self) -> bool:
        """Solve the linear programme over the columns there are; return whether it could be done."""
        for method in ("ipm", "simplex"):
            self._solver.setOptionValue("solver", method)
            self._solver.run()
            if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                return True
        return False

    def _deepen(
        self,
        window: _Window,
        depth: float,
        *,
        corners: list[tuple[float, float]] | None = None,
        tries: float = np.inf,
    ) -> bool:
        """
        Look at every plan in a window of a depth, or of these every one above some corners.

        Parameters
        ----------
        window, depth
            The window, and how deep.
        corners
            Those that plans must lie above to be of use; none for all plans.
        tries
            Blocks to try at most.

        Returns
        -------
        Whether it could be done.
        """
        if depth >= window.tried:
            return False
        ends = time.monotonic() + self.seconds
        limit = depth + window.slack
        blocks, centres, worth, done = self._list(
            window.weights, window.u, window.v, -limit, rising=False, budget=_MOST_BRANCHES, ends=ends
        )
        losses, limits = -worth[:, None], np.array([[limit]])
        if corners and done:
            others = sorted(
                (other for other in self.windows.values() if other is not window and other.weights[0] > 0),
                key=lambda other: abs(np.log(max(other.weights[1] / other.weights[0], 1e-300) / window.weights[1])),
            )[:_OTHERS]
            limits = np.array([[w.needs(corner) + w.slack for w in (window, *others)] for corner in corners])
            inside, amounts = _inside(blocks, len(self.problem)).astype(np.float64), self._amounts(blocks, centres)
            losses = np.column_stack([-worth, *(inside @ w.u + w.v - amounts @ w.weights for w in others)])
            kept = np.zeros(len(blocks), dtype=bool)
            for row in limits:
                kept |= (losses <= row).all(axis=1)
            blocks, centres, losses = blocks[kept], centres[kept], losses[kept]
        if not done or not self._assemble(blocks, centres, losses, limits, ends, tries=tries):
            if not done or np.isinf(tries):
                window.tried = min(window.tried, depth)
            return False
        if not corners:
            window.depth = depth
        window.looked, window.blocks = max(depth, window.looked), len(worth)
        window.plans = bool(self.points) and max(self._weigh_point(window, p) for p in self.points) >= (
            window.peak - depth
        )
        return True

    @staticmethod
    def _weigh_point(window: _Window, point: tuple[float, float]) -> float:
        """Return what a point scores by a window's weights."""
        return float(window.weights[0] * point[0] + window.weights[1] * point[1])

    def _list(
        self, weights: Floats, u: Floats, v: float, least: float, *, rising: bool, budget: int, ends: float
    ) -> tuple[Words, Ints, Floats, bool]:
        """Return blocks worth no less than a limit, their centres, what they are worth, and whether that is all."""
        n = len(self.problem)
        gain = sum((w * form.value for w, form in zip(weights, self.forms, strict=True)), np.zeros((n, n)))
        gain = np.where(self.problem.allowed, gain - u[:, None], 0.0)
        gain[np.arange(n), np.arange(n)] -= v
        bond = sum((w * form.bond for w, form in zip(weights, self.forms, strict=True)), np.zeros((n, n)))
        by_set = dict.fromkeys(self._touched, 0.0)
        for w, form in zip(weights, self.forms, strict=True):
            for touch in form.touches:
                by_set[touch.members] += w * touch.weight
        counted = {members: weight for members, weight in by_set.items() if weight}
        prices = Prices(
            gain,
            bond,
            np.array([graph.mask(members) for members in counted], dtype=np.uint64),
            np.array(list(counted.values()), dtype=np.float64),
            np.array([form.value for form in self.forms]),
        )
        room, worth = self._room
        filled, done = 0, True
        counts = np.zeros(n, dtype=np.int64)
        for j in range(n):
            counts[j], _, whole = list_around(
                self._ground, prices, j, least, int(rising), budget, room[filled:], worth[filled:]
            )
            filled += int(counts[j])
            done &= whole
            if (not whole and not rising) or time.monotonic() > ends:
                done = False
                break
        return room[:filled].copy(), np.repeat(np.arange(n), counts), worth[:filled].copy(), done

    def _assemble(
        self, blocks: Words, centres: Ints, losses: Floats, limits: Floats, ends: float, *, tries: float
    ) -> bool:
        """Look at every plan of listed blocks within limits; return whether it could be done, in so many tries."""
        n, most = len(self.problem), self.numbers[1]
        inside = _inside(blocks, n)
        order = np.argsort(inside.sum(axis=0), kind="stable")
        rank = np.where(inside[:, order], np.arange(n)[None, :], n).min(axis=1, initial=n)
        by_rank = np.lexsort((losses[:, 0], rank))
        amounts = self._amounts(blocks[by_rank], centres[by_rank])
        starts = np.searchsorted(rank[by_rank], np.arange(n + 1)).astype(np.int64)
        listed = Listed(order.astype(np.int64), starts, blocks[by_rank], losses[by_rank], amounts)
        path = Path(
            np.zeros(1, dtype=np.int64),
            np.zeros(most + 1, dtype=np.int64),
            np.zeros(most + 1, dtype=np.int64),
            np.zeros(most + 1, dtype=np.uint64),
            np.zeros((most + 1, limits.shape[1])),
        )
        path.at[0], path.ends[0] = starts[0], starts[1]
        found = Found(
            np.zeros(1, dtype=np.int64), np.zeros((_MOST_POINTS, 2)), np.full((_MOST_POINTS, most), -1, dtype=np.int64)
        )
        fits, part = True, int(min(tries, _TRIES))
        while fits and path.depth[0] >= 0 and time.monotonic() < ends and tries > 0:
            fits = put_together(listed, self.numbers[0], most, limits, self.least, part, path, found)
            tries -= part
        where = centres[by_rank]
        for p in range(int(found.number[0])):
            point = float(found.amounts[p, 0]), float(found.amounts[p, 1])
            plan = np.zeros(n, dtype=np.int64)
            for b in found.plans[p][found.plans[p] >= 0].tolist():
                plan[_inside(listed.blocks[b : b + 1], n)[0]] = where[b]
            self._keep(point, tuple(plan.tolist()))
        return fits and int(path.depth[0]) < 0

    def _keep(self, point: tuple[float, float], plan: tuple[int, ...]) -> None:
        """Put a plan among the points unless one of them is as good, and take out those that it beats."""
        if any(p[0] >= point[0] and p[1] >= point[1] for p in self.points):
            return
        beaten = [p for p in self.points if p[0] <= point[0] and p[1] <= point[1]]
        for p in beaten:
            del self.plans[p]
        self.plans[point] = plan
        self.points = sorted(self.plans, key=lambda p: (-p[0], -p[1]))

    # Columns --------------------------------------------------------------------------------------------------

    def _add_rows(self) -> None:
        """Add the rows, and a column that stands for no plan at all and costs more than any."""
        n, none = len(self.problem), np.array([], dtype=np.int32)
        for _ in range(n):
            self._solver.addRow(1.0, 1.0, 0, none, np.array([]))
        self._solver.addRow(float(self.numbers[0]), float(self.numbers[1]), 0, none, np.array([]))
        least = np.maximum(self.least / self._sizes, -self._infinity)
        for score in least.tolist():
            self._solver.addRow(score, self._infinity, 0, none, np.array([]))
        rows = np.arange(n + 1 + len(least), dtype=np.int32)
        values = np.concatenate([np.ones(n), [float(self.numbers[0])], np.where(np.isfinite(least), least, 0.0)])
        self._solver.addCol(0.0, 0.0, self._infinity, len(rows), rows, values)

    def _set_costs(self, weights: Floats, scale: float, first: int) -> None:
        """Set the costs of the columns from one on, and of the one that stands for none."""
        worth = self._columns.amounts[first:] @ weights
        if len(worth):
            numbers = np.arange(first + 1, first + 1 + len(worth), dtype=np.int32)
            self._solver.changeColsCost(len(numbers), numbers, -worth / scale)
        span = sum(
            weight * (form.ceiling() - low)
            for weight, form, low in zip(weights[:2], self.forms, self.floors, strict=False)
        )
        lowest = float(weights[0] * self.floors[0] + weights[1] * self.floors[1])
        self._solver.changeColCost(0, -(lowest - span) / scale)

    def _add(self, blocks: Words, centres: Ints) -> int:
        """Add columns that are not there yet; return how many."""
        fresh = []
        for number, key in enumerate(zip(blocks.tolist(), centres.tolist(), strict=True)):
            if key not in self._columns.known:
                self._columns.known.add(key)
                fresh.append(number)
        if not fresh:
            return 0
        chosen, where = blocks[fresh], centres[fresh]
        amounts = self._amounts(chosen, where)
        self._columns.blocks = np.concatenate([self._columns.blocks, chosen])
        self._columns.centres = np.concatenate([self._columns.centres, where])
        self._columns.amounts = np.concatenate([self._columns.amounts, amounts])
        n = len(self.problem)
        for row, amount in zip(_inside(chosen, n), amounts[:, 2:], strict=True):
            rows = np.concatenate([np.flatnonzero(row), [n], n + 1 + np.arange(len(amount))]).astype(np.int32)
            values = np.concatenate([np.ones(int(row.sum()) + 1), amount / self._sizes])
            self._solver.addCol(0.0, 0.0, self._infinity, len(rows), rows, values)
        return len(fresh)

    def _amounts(self, blocks: Words, centres: Ints) -> Floats:
        """Return what blocks around centres score by each objective, shape (n_blocks, n_forms)."""
        n = len(self.problem)
        found = np.zeros((len(blocks), len(self.forms)))
        for first in range(0, len(blocks), 50_000):
            part = slice(first, first + 50_000)
            inside = _inside(blocks[part], n)
            flags = inside.astype(np.float64)
            for number, form in enumerate(self.forms):
                score = (flags * form.value.T[centres[part]]).sum(axis=1)
                if form.bond.any():
                    score += ((flags @ form.bond) * flags).sum(axis=1) / 2
                for touch in form.touches:
                    score += touch.weight * inside[:, list(touch.members)].any(axis=1)
                found[part, number] = score
        return found

    def _take(self, plan: tuple[int, ...]) -> None:
        """Add the blocks of a plan, each around the best of its centres by any objective."""
        allowed = self.problem.allowed
        for j in sorted(set(plan)):
            rows = [i for i, c in enumerate(plan) if c == j]
            block = np.array([graph.mask(rows)], dtype=np.uint64)
            may = [c for c in rows if allowed[rows, c].all()]
            for form in self.forms[:2]:
                if may:
                    best = may[int(form.value[np.ix_(rows, may)].sum(axis=0).argmax())]
                    self._add(block, np.array([best], dtype=np.int64))


def _inside(blocks: Words, n: int) -> NDArray[np.bool_]:
    """Return who is in each of some blocks, shape (n_blocks, n)."""
    return (blocks[:, None] >> np.arange(n, dtype=np.uint64)[None, :]) & np.uint64(1) > 0


def _hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the corners of the hull over points that are best by the first first."""
    hull: list[tuple[float, float]] = []
    for point in points:
        while len(hull) > 1:
            (ax, ay), (bx, by) = hull[-2], hull[-1]
            if (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax) > 0:
                break
            hull.pop()
        hull.append(point)
    return hull


def _lowest(form: Form, problem: Problem, most: int) -> float:
    """Return a score that no plan falls below."""
    least = np.where(problem.allowed, form.value, np.inf).min(axis=1)
    return float(np.where(np.isfinite(least), least, 0.0).sum() + sum(min(0.0, t.weight) * most for t in form.touches))


def find_ground(problem: Problem, numbers: tuple[int, int]) -> Ground:
    """Return what a block may be in any plan with so many centres."""
    n, floor = len(problem), int(problem.question.floor)
    apart = np.zeros(n, dtype=np.uint64)
    for group in problem.apart:
        for a in group:
            apart[a] |= np.uint64(graph.mask(b for b in group if b != a))
    others = max((numbers[0] - 1) * floor, int(np.sort(problem.population)[: numbers[0] - 1].sum()))
    return Ground(
        near=np.array(problem.near, dtype=np.uint64),
        allowed=np.array([graph.mask(np.flatnonzero(problem.allowed[:, j]).tolist()) for j in range(n)], np.uint64),
        people=problem.population.astype(np.int64),
        apart=apart,
        together=np.array([graph.mask(group) for group in problem.together], dtype=np.uint64),
        holders=np.array([graph.mask(group) for group in problem.functions.values()], dtype=np.uint64),
        floor=floor,
        room=int(problem.population.sum()) - others,
        most_members=n - numbers[0] + 1,
        most_parts=numbers[1] - 1,
    )
