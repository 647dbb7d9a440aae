"""
What a plan can score at most where pairs or sets count in a country: the linear programme over all blocks.

A plan is k blocks S around centres j that share nobody and leave nobody out. With w(S, j) what a block scores,

    max Σ w(S, j) z(S, j),   Σ over S with i of z = 1 for all i,   Σ z = k,   Σ over S around j of z ≤ 1 for all j,

has too many columns to write down, so blocks are added as their price is found (P. C. Gilmore and R. E. Gomory,
Operations Research 9 (1961) 849-859). With duals u and v, and ρ_j the most that w(S, j) − Σ over S of u is for any
block around j (see `company`),

    Σ u + the k largest of ρ_j

is no less than what any plan scores, whatever u is: no plan has two blocks around one centre. The duals may not leave a
box around the best that are known, or they run wild (O. du Merle, D. Villeneuve, J. Desrosiers and P. Hansen, Discrete
Mathematics 194 (1999) 229-237); it moves and shrinks until it no longer matters.

`company` lets blocks that reach the floor by their centre alone fall apart. So where the columns around j have i but
not as much of a set that parts i from j, the row

    Σ z(S, j) of S with i  ≤  Σ z(S, j) · |S ∩ parting set|

is added; its dual is taken from i and given to the parting set, for blocks around j alone.
"""

from __future__ import annotations

import time

import highspy
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.highs import QuietHighs
from tyngdepunkt.structure.company import Company, list_company, price_blocks
from tyngdepunkt.structure.parting import least_parting_set, list_links
from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.rewards import find_rewards
from tyngdepunkt.structure.search import Stopped

__all__ = ["bound_by_blocks"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_LARGEST = 1e6
"""What the objective's ceiling is for the solver."""
_BUDGET = 2_000
"""Branches to look at around a centre that does not reach the floor by itself."""
_FIRST_BUDGET = 100
"""The same, in the first look."""
_BOX = 0.05
"""Half the width of the first box, as a share of what each municipality has in the objective."""
_NARROWER = 0.7
_WIDER = 2.0
_NEAR = 1e-3
"""How near the bound is to the linear programme when it is looked whether blocks fall apart, as a share."""
_DONE = 1e-6
_MOST_ROWS = 40
"""Rows added at a time around one centre."""
_BROKEN = 1e-3
"""By how much a row must be broken to be added."""
_SOME = 1e-6
_STALLS = 8
"""Times in a row that the box may be made wider without anything new."""


def bound_by_blocks(
    problem: Problem, centres: int, *, start: tuple[int, ...] | None, ends: float, enough: float = -np.inf
) -> float:
    """
    Bound the score of every plan by the linear programme over whole blocks.

    Parameters
    ----------
    problem
        What is posed; of its wishes those count that pairs, connection and floor come to.
    centres
        k.
    start
        A plan to begin with; the position of each one's centre, None for none.
    ends
        When to stop, by `time.monotonic` [s]; a first bound is found all the same.
    enough
        A bound below this is as good as any; a score.

    Returns
    -------
    A score that no plan exceeds; −inf where there are no k centres around which a block can reach the floor.

    Raises
    ------
    Stopped
        On Ctrl-C, with the bound by then.
    """
    programme = _Programme(problem, centres)
    try:
        if start is None:
            programme.begin()
        else:
            programme.add_plan(start)
        is_first = True
        while is_first or (programme.bound >= enough and time.monotonic() < ends):
            if np.isneginf(programme.bound) or not programme.step():
                break
            is_first = False
    except KeyboardInterrupt as stop:
        raise Stopped.by(stop, problem, start, programme.bound) from None
    return min(programme.bound, problem.form.ceiling())


class _Programme:
    """The linear programme under way."""

    def __init__(self, problem: Problem, centres: int) -> None:
        self.problem = problem
        self.centres = centres
        n = len(problem)
        form = problem.form
        self.bound = np.inf
        self._scale = _LARGEST / max(1.0, abs(form.ceiling()), float(np.abs(form.value).max(initial=0.0)))
        self._company: Company = list_company(form, problem.neighbours, problem.population, int(problem.question.floor))
        self._links = list_links(problem.neighbours)
        self._allowed = np.ascontiguousarray(problem.allowed.T)
        # A set that gains is taken to do so for every centre whose blocks may touch it.
        self._gained = np.zeros(n)
        for touch in form.touches:
            if touch.weight > 0:
                self._gained += touch.weight * self._allowed[:, list(touch.members)].any(axis=1)
        u = form.bond.sum(axis=1) / 2
        if problem.value.any():
            u = u + find_rewards(np.where(problem.allowed, problem.value, -np.inf), centres)
        self._centre = u
        self._width = _BOX * np.maximum(np.abs(u), float(np.abs(u).mean())) + 1e-3
        self._columns: list[tuple[int, NDArray[np.int64], int]] = []
        self._known: set[tuple[bytes, int]] = set()
        self._partings: list[tuple[int, int, Flags]] = []
        self._parted: set[tuple[int, int, bytes]] = set()
        self._members = np.zeros((n, n), dtype=np.bool_)
        self._worth, self._most = np.zeros(n), np.zeros(n)
        self._stalls = 0
        self._shares: Floats = np.zeros(0)
        self._solver = QuietHighs()
        # Duals in the middle of those that are optimal, where an interior point method ends, leave least to be added.
        self._solver.setOptionValue("run_crossover", "off")
        self._infinity = self._solver.getInfinity()
        self._add_first_rows()

    def _add_first_rows(self) -> None:
        """Add the rows of the municipalities, of the number of blocks and of the centres, and the box."""
        n, none = len(self.problem), np.zeros(0, dtype=np.int32)
        for _ in range(n):
            self._solver.addRow(1.0, 1.0, 0, none, np.zeros(0))
        self._solver.addRow(float(self.centres), float(self.centres), 0, none, np.zeros(0))
        self._box: list[tuple[int, int]] = []
        for _ in range(n):
            self._solver.addRow(-self._infinity, 1.0, 0, none, np.zeros(0))
        for i in range(n):
            self._box.append(self._add_sides(i))
        self._set_box()

    def _add_sides(self, row: int) -> tuple[int, int]:
        """Add the two columns that keep a row's dual in the box."""
        first = self._solver.getNumCol()
        for sign in (1.0, -1.0):
            rows = np.array([row], dtype=np.int32)
            self._solver.addCol(0.0, 0.0, self._infinity, 1, rows, np.array([sign]))
        return first, first + 1

    def _set_box(self) -> None:
        """Set the box around the best duals."""
        n = len(self.problem)
        low, high = self._centre - self._width, self._centre + self._width
        # The duals of separators are 0 or more anyway, and no column need keep them there.
        is_needed = np.concatenate([np.ones(n, dtype=np.bool_), low[n:] > 0])
        columns = np.array(self._box, dtype=np.int32)
        costs = self._scale * np.column_stack([-low, high])
        costs[~is_needed, 0] = 0.0
        upper = np.full(columns.shape, self._infinity)
        upper[~is_needed, 0] = 0.0
        self._solver.changeColsCost(columns.size, columns.ravel(), costs.ravel())
        self._solver.changeColsBounds(columns.size, columns.ravel(), np.zeros(columns.size), upper.ravel())

    def add_plan(self, plan: tuple[int, ...]) -> None:
        """Add the blocks of a plan."""
        centre_of = np.array(plan)
        for j in sorted(set(plan)):
            self._add(centre_of == j, j)

    def begin(self) -> None:
        """Price blocks in the middle of the first box, so that there are some to begin with."""
        self._price(self._centre, -np.inf, np.zeros(len(self.problem)), budget=_FIRST_BUDGET)

    def step(self) -> bool:
        """Solve, price and add; return whether there is more to be done."""
        if not self._is_solved():
            return False
        n = len(self.problem)
        value = -self._solver.getInfo().objective_function_value / self._scale
        solution = self._solver.getSolution()
        dual = -np.asarray(solution.row_dual) / self._scale
        self._shares = np.asarray(solution.col_value)
        before = self.bound
        alone, paid = np.maximum(0.0, dual[n + 1 : 2 * n + 1]), np.maximum(0.0, dual[2 * n + 1 :])
        bound, added = self._price(np.concatenate([dual[:n], paid]), float(dual[n]), alone, budget=_BUDGET)
        if bound >= before and bound - value > 2 * (before - value):
            self._width *= _NARROWER
        left = self.bound - value
        rows = self._part_blocks() if left < _NEAR * abs(value) else 0
        if not rows and (not added or left < _DONE * abs(value)):
            is_lower = before - self.bound > _DONE * abs(before)
            self._stalls = 0 if added or is_lower else self._stalls + 1
            at_edge = self._shares[np.array(self._box).ravel()] > _SOME
            if not at_edge.any() or self._stalls > _STALLS:
                return False
            self._width *= _WIDER
        self._set_box()
        return True

    def _is_solved(self) -> bool:
        """Solve the programme over the columns there are; return whether it could be done."""
        for method in ("ipm", "simplex"):
            self._solver.setOptionValue("solver", method)
            self._solver.run()
            if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                return True
        return False

    def _price(self, duals: Floats, v: float, alone: Floats, *, budget: int) -> tuple[float, int]:
        """
        Price blocks by duals, keep these if their bound is the least, and add blocks; return the bound and how many.

        The duals are u and those of parting rows; v is that of the number of blocks, `alone` those of the centres.
        """
        n = len(self.problem)
        u, paid = duals[:n], duals[n:]
        gains = self.problem.value.T - u
        for (i, j, parting), amount in zip(self._partings, paid.tolist(), strict=True):
            if amount > 0:
                gains[j, i] -= amount
                gains[j, parting] += amount
        gains = np.where(self._allowed, gains, 0.0)
        limits = v - self._gained
        price_blocks(self._company, gains, self._allowed, limits, budget, self._members, self._worth, self._most)
        rho = np.sort(np.maximum(self._most + self._gained, v))[::-1]
        bound = float(u.sum() + rho[: self.centres].sum())
        if bound < self.bound:
            self.bound, self._centre = bound, duals
        if np.isneginf(bound):
            return bound, 0
        found = np.flatnonzero(self._worth > limits + alone + _DONE * abs(bound) / self.centres)
        return bound, sum(self._add(self._members[j], int(j)) for j in found)

    def _add(self, members: Flags, j: int) -> int:
        """Add a block around a centre unless it is there; return how many were added."""
        key = (members.tobytes(), j)
        if key in self._known:
            return 0
        self._known.add(key)
        n, form, own = len(self.problem), self.problem.form, np.flatnonzero(members)
        worth = float(form.value[own, j].sum() + form.bond[np.ix_(own, own)].sum() / 2)
        worth += sum(touch.weight for touch in form.touches if members[list(touch.members)].any())
        rows, values = [*own.tolist(), n, n + 1 + j], [1.0] * (len(own) + 2)
        for row, (i, around, parting) in enumerate(self._partings):
            coefficient = self._coefficient(members, i, parting) if around == j else 0.0
            if coefficient:
                rows.append(2 * n + 1 + row)
                values.append(coefficient)
        self._columns.append((self._solver.getNumCol(), own, j))
        columns = np.array(rows, dtype=np.int32)
        self._solver.addCol(-self._scale * worth, 0.0, self._infinity, len(rows), columns, np.array(values))
        return 1

    @staticmethod
    def _coefficient(members: Flags, i: int, parting: Flags) -> float:
        """Return what a block counts for in the row of a municipality and a set that parts it from the centre."""
        return float(members[i]) - float((members & parting).sum())

    def _part_blocks(self) -> int:
        """Add rows that the last solution breaks where blocks around a centre fall apart; return how many."""
        n, added = len(self.problem), 0
        around: dict[int, Floats] = {}
        for number, members, j in self._columns:
            if number < len(self._shares) and self._shares[number] > _SOME:
                around.setdefault(j, np.zeros(n))[members] += self._shares[number]
        for j, x in around.items():
            beside = {j, *self.problem.neighbours[j]}
            broken = []
            for i in np.flatnonzero(x > _BROKEN).tolist():
                if i in beside:
                    continue
                weight = np.maximum(x, _SOME / n)
                is_parted, parting = least_parting_set(self._links, weight, self._allowed[j], i, j, float(x[i]))
                if is_parted and x[i] - x[parting].sum() > _BROKEN:
                    broken.append((float(x[i] - x[parting].sum()), i, parting))
            broken.sort(key=lambda row: -row[0])
            added += sum(self._part(i, j, parting) for _, i, parting in broken[:_MOST_ROWS])
        return added

    def _part(self, i: int, j: int, parting: Flags) -> int:
        """Add a row unless it is there; return how many were added."""
        key = (i, j, parting.tobytes())
        if key in self._parted:
            return 0
        self._parted.add(key)
        self._partings.append((i, j, parting))
        members, columns, values = np.zeros(len(self.problem), dtype=np.bool_), [], []
        for number, own, around in self._columns:
            if around == j:
                members[:] = False
                members[own] = True
                if coefficient := self._coefficient(members, i, parting):
                    columns.append(number)
                    values.append(coefficient)
        row = self._solver.getNumRow()
        self._solver.addRow(-self._infinity, 0.0, len(columns), np.array(columns, dtype=np.int32), np.array(values))
        self._box.append(self._add_sides(row))
        self._centre = np.append(self._centre, 0.0)
        self._width = np.append(self._width, self._width[i])
        return 1
