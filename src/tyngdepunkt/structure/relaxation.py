"""
The linear relaxation of a problem, in HiGHS, and the cuts that make it tight.

Variables: x[i, j] = 1 where municipality i has centre j, for each allowed pair, x[j, j] = 1 where j is a centre;
y[j, M] = 1 where centre j stands on core M (see `cores`). Rows, for all i and j:

====== =========================================== ==========================================
one     Σ_j x[i, j] = 1                             one centre each
count   Σ_j x[j, j] = k
open    x[i, j] ≤ x[j, j]                           a centre is a centre
path    x[i, j] ≤ Σ_{s in S} x[s, j]                S any set that parts i from j; found as needed
core    Σ_M y[j, M] = x[j, j],  Σ_{M ∋ i} y[j, M] ≤ x[i, j]
has     x[j, j] ≤ Σ_{i has f} x[i, j]               each block has function f
alike   x[a, j] = x[b, j]                           together
apart   Σ_{a in group} x[a, j] ≤ x[j, j]
few     at most m moved from a plan to start from; see `moves`
====== =========================================== ==========================================

Where the cores are too many to hold, the row Σ_i p[i] x[i, j] ≥ P x[j, j] stands for them: just as true, less tight.
What an objective counts by pair or by set has columns and rows of its own, see `joint`.
Infinity is the solver's own, and coefficients are kept small.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

import highspy
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.highs import QuietHighs, run_interruptibly
from tyngdepunkt.structure import graph
from tyngdepunkt.structure.cores import Budget, TooManyCoresError, find_cores, find_path_cores
from tyngdepunkt.structure.joint import Joint
from tyngdepunkt.structure.moves import count_start_columns, start_rows
from tyngdepunkt.structure.parting import least_parting_set, list_links
from tyngdepunkt.structure.problem import Least, Problem
from tyngdepunkt.structure.rows import PathRows, Rows

__all__ = ["MOST_CORES", "OutOfTimeError", "Point", "Relaxation", "Whole"]

MOST_CORES = 60_000
"""Cores held in all before the plain floor rows stand for them; a matter of memory and seconds, not of truth."""
_MOST_SETS = 400_000
_MOST_PATHS = 20_000
_SMALL = 60
"""Municipalities up to which path rows are made as tight as can be, and from both ends, before the first solve.
Above that all wait until they are violated."""
_FEW_ACTIVE = 1_000
"""Path rows that the solver may always hold; of more, those that do not bind wait outside."""
_LARGEST_COST = 1e4
_MOST_NODES = 200
"""Nodes after which the solver's own search ends with the bound that it has."""
_WHOLE_GAP = 0.5
"""A bound no further above a plan proves it the best where scores are whole numbers."""
_SHORTEST = 0.1
"""Least time that the solver is given [s]."""
_EPS = 1e-6
_GIVEN_UP = frozenset(
    {highspy.HighsModelStatus.kUnknown, highspy.HighsModelStatus.kSolveError, highspy.HighsModelStatus.kNotset}
)
"""What the solver says where it has lost its way; started afresh it mostly ends."""


@dataclass(frozen=True, eq=False)
class Point:
    """
    An optimal point of the relaxation.

    Parameters
    ----------
    bound
        Its objective, more is better: no plan within the same limits is better.
    x
        Shape (n, n); 0 where not allowed.
    reduced
        What the objective gains at most per unit that x[i, j] rises from 0, or falls from 1; shape (n, n), 0 or below
        for those at 0.
    """

    bound: float
    x: NDArray[np.float64]
    reduced: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Whole:
    """
    What the solver's own search for a whole point found.

    Parameters
    ----------
    bound
        No plan within the limits is better; −inf where there is none.
    centre_of
        The whole point, the position of each one's centre; None where none was found.
    is_connected
        Whether its blocks are connected, so that it is a plan. Else what parts them was added.
    """

    bound: float
    centre_of: tuple[int, ...] | None
    is_connected: bool


class OutOfTimeError(Exception):
    """A relaxation was not solved in the time that was left, or the solver gave it up."""


class Relaxation:
    """
    The relaxation, kept warm between questions that differ in the number of centres and in fixed pairs.

    Parameters
    ----------
    problem
        What is posed. Its number of centres is the first that `solve` answers for.
    pairs
        The pairs that get a variable, shape (n, n); all allowed ones by default. The relaxation is then one of the
        plans that use no other pair; its cuts hold for all.
    cuts
        Path rows found before, see `cuts`.
    cores
        The cores that blocks may stand on, as (centre, set); all of them by default. The relaxation is then one of
        the plans in which each block holds one of these.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        pairs: NDArray[np.bool_] | None = None,
        cuts: Iterable[tuple[int, int, int]] = (),
        cores: Sequence[tuple[int, int]] | None = None,
    ) -> None:
        self.problem = problem
        self._given = cores
        n = len(problem)
        self.pairs = problem.allowed if pairs is None else problem.allowed & pairs
        self._column = np.full((n, n), -1, dtype=np.int64)
        self._pairs = np.argwhere(self.pairs)
        self._column[self.pairs] = np.arange(len(self._pairs))
        self._links = list_links(problem.neighbours)
        self._around = [graph.mask(np.flatnonzero(problem.allowed[:, j]).tolist()) for j in range(n)]
        self._scale = _LARGEST_COST / max(1.0, problem.form.largest)
        self._solver = QuietHighs()
        self._infinity = self._solver.getInfinity()
        self._lower: NDArray[np.float64] = np.zeros(len(self._pairs))
        self._upper: NDArray[np.float64] = np.ones(len(self._pairs))
        self._paths = PathRows(self._column)
        self._is_lean = n > _SMALL
        self._standing = 0
        self._most_active = _FEW_ACTIVE
        self._shared_rows: list[tuple[int, int, tuple[int, ...], int]] = []
        self._count_row = -1
        self.has_cores = False
        self._joint: Joint | None = None
        self._values: NDArray[np.float64] = np.array([])
        self._build(cuts)

    @property
    def cuts(self) -> tuple[tuple[int, int, int], ...]:
        """Path rows held: municipality, centre, and the set that parts them; true for any number of centres."""
        return self._paths.cuts

    # Building -------------------------------------------------------------------------------------------------

    def _build(self, cuts: Iterable[tuple[int, int, int]]) -> None:
        """Add the columns and the rows that are there from the start, the path rows found before among them."""
        problem, n = self.problem, len(self.problem)
        cost = -self._scale * problem.value[self._pairs[:, 0], self._pairs[:, 1]]
        count = len(self._pairs)
        none = np.array([], dtype=np.int64)
        self._solver.addCols(count, cost, np.zeros(count), np.ones(count), 0, none, none, np.array([]))
        rows = Rows(self._infinity)
        for i in range(n):
            own = self._column[i][self._column[i] >= 0]
            rows.add(own, np.ones(len(own)), 1.0, 1.0)
        centres = np.diag(self._column)[np.diag(self._column) >= 0]
        self._count_row = rows.count
        rows.add(centres, np.ones(len(centres)), float(problem.question.centres), float(problem.question.centres))
        self._wish_rows(rows)
        self._path_rows(None if self._is_lean else rows, cuts)
        rows.send(self._solver)
        if problem.has_sets or problem.least:
            self._joint = Joint(problem, self._column, self._solver, self._scale)
        if problem.question.floor > 0:
            self._floor_rows()
        if problem.start:
            self._start_rows()
        self._standing = self._solver.getNumRow()

    def _path_rows(self, rows: Rows | None, cuts: Iterable[tuple[int, int, int]]) -> None:
        """Add that centres are centres, the first path rows, and those found before; all wait where there are many."""
        near, add = self.problem.near, self._paths.add
        if self._is_lean:
            self._add_first_waiting()
        else:
            for i, j in self._pairs.tolist():
                if i != j:
                    add(i, j, 1 << j, rows)
                if i != j and not near[j] >> i & 1:
                    add(i, j, self._thin(i, j, near[i] & self._within(j)), rows)
                    add(i, j, self._thin(i, j, near[j] & self._within(j)), rows)
        for i, j, parting in cuts:
            if self._column[i, j] >= 0:
                add(i, j, parting, rows)

    def _add_first_waiting(self) -> None:
        """Have two rows of each pair wait: with the centre itself for S, and unless they touch with i's neighbours."""
        links = self._links
        apart = self._pairs[:, 0] != self._pairs[:, 1]
        i, j = self._pairs[apart].T
        self._paths.add_waiting(i, j, j, np.ones(len(j), dtype=np.int64))
        touching = np.zeros((len(self.problem), len(self.problem)), dtype=bool)
        touching[np.repeat(np.arange(len(self.problem)), np.diff(links.first)), links.to] = True
        i, j = i[~touching[i, j]], j[~touching[i, j]]
        degree = np.diff(links.first)[i]
        number = np.repeat(np.arange(len(i)), degree)
        link = np.arange(len(number)) - np.repeat(np.cumsum(degree) - degree, degree) + links.first[i][number]
        beside, within = links.to[link], self.problem.allowed[links.to[link], j[number]]
        self._paths.add_waiting(i, j, beside[within], np.bincount(number[within], minlength=len(i)))

    def _wish_rows(self, rows: Rows) -> None:
        """Add together, apart, fixed centres and functions."""
        problem, n = self.problem, len(self.problem)
        for group in problem.together:
            for a, b in pairwise(group):
                for j in range(n):
                    pair = [c for c in (self._column[a, j], self._column[b, j]) if c >= 0]
                    if len(pair) == 2:  # noqa: PLR2004
                        rows.add(pair, [1.0, -1.0], 0.0, 0.0)
                    elif pair:
                        rows.add(pair, [1.0], 0.0, 0.0)
        for group in problem.apart:
            for j in range(n):
                own = [c for c in self._column[list(group), j] if c >= 0]
                if j in group or not own or self._column[j, j] < 0:
                    continue
                self._shared_rows.append((self._solver.getNumRow() + rows.count, j, group, -1))
                rows.add([*own, self._column[j, j]], [1.0] * len(own) + [-1.0], -self._infinity, 0.0)
        for holders in problem.functions.values():
            for j in range(n):
                own = [c for c in self._column[list(holders), j] if c >= 0]
                if self._column[j, j] >= 0 and j not in holders:
                    self._shared_rows.append((self._solver.getNumRow() + rows.count, j, holders, 1))
                    rows.add([*own, self._column[j, j]], [1.0] * len(own) + [-1.0], 0.0, self._infinity)
        position = self.problem.territory.position
        for name in problem.question.centre:
            j = position[name]
            if self._column[j, j] >= 0:
                rows.add([self._column[j, j]], [1.0], 1.0, 1.0)

    def _floor_rows(self) -> None:
        """Add cores, or where they are too many the plain rows."""
        problem, n, floor = self.problem, len(self.problem), self.problem.question.floor
        cores = self._cores()
        if cores is None:
            rows = Rows(self._infinity)
            for j in range(n):
                near_by = np.flatnonzero(self.pairs[:, j])
                if self._column[j, j] >= 0:
                    share = problem.population[near_by] / floor - (near_by == j)
                    rows.add(self._column[near_by, j], share, 0.0, self._infinity)
            rows.send(self._solver)
            return
        self.has_cores = True
        first = self._solver.getNumCol()
        none = np.array([], dtype=np.int64)
        count = len(cores)
        if count:
            self._solver.addCols(count, np.zeros(count), np.zeros(count), np.ones(count), 0, none, none, np.array([]))
        by_centre: dict[int, list[int]] = {}
        by_pair: dict[tuple[int, int], list[int]] = {}
        for number, (j, core) in enumerate(cores):
            by_centre.setdefault(j, []).append(first + number)
            for i in graph.members(core & ~(1 << j)):
                by_pair.setdefault((i, j), []).append(first + number)
        rows = Rows(self._infinity)
        for j in range(n):
            if self._column[j, j] >= 0:
                own = by_centre.get(j, [])
                rows.add([*own, self._column[j, j]], [1.0] * len(own) + [-1.0], 0.0, 0.0)
        for (i, j), own in by_pair.items():
            rows.add([*own, self._column[i, j]], [1.0] * len(own) + [-1.0], -self._infinity, 0.0)
        rows.send(self._solver)

    def _start_rows(self) -> None:
        """Add what keeps a plan within so many moves of the one to start from."""
        first, count = self._solver.getNumCol(), count_start_columns(self.problem, self._pairs)
        none = np.array([], dtype=np.int64)
        self._solver.addCols(count, np.zeros(count), np.zeros(count), np.ones(count), 0, none, none, np.array([]))
        rows = Rows(self._infinity)
        for columns, values, low, high in start_rows(self.problem, self._pairs, first=first):
            rows.add(
                columns,
                values,
                -self._infinity if low is None else low,
                self._infinity if high is None else high,
            )
        rows.send(self._solver)

    def _cores(self) -> list[tuple[int, int]] | None:
        """Return the cores of each centre as (centre, set), or None where they are too many."""
        if self._given is not None:
            return list(self._given)
        problem, found = self.problem, []
        population, budget = problem.population.tolist(), Budget(_MOST_SETS)
        try:
            for j in range(len(problem)):
                if self._column[j, j] >= 0:
                    own = graph.mask(np.flatnonzero(self.pairs[:, j]).tolist())
                    cores = find_cores(problem.near, population, own, j, floor=problem.question.floor, budget=budget)
                    found += [(j, core) for core in cores]
        except TooManyCoresError:
            return None
        return found if len(found) <= MOST_CORES else None

    @contextmanager
    def holding(self, i: int, j: int) -> Iterator[None]:
        """
        Tighten the relaxation, for a while, for plans in which i has centre j: the block holds one of their path cores.

        Parameters
        ----------
        i, j
            Positions; an allowed pair.

        Yields
        ------
        Nothing. Where the path cores are too many to list, nothing is added: as true, less tight.
        """
        problem = self.problem
        try:
            cores = find_path_cores(
                problem.near,
                problem.population.tolist(),
                graph.mask(np.flatnonzero(self.pairs[:, j]).tolist()),
                (i, j),
                floor=problem.question.floor,
                budget=Budget(_MOST_PATHS),
            )
        except TooManyCoresError:
            yield
            return
        first, count = self._solver.getNumCol(), len(cores)
        first_row = self._solver.getNumRow()
        none = np.array([], dtype=np.int64)
        if count:
            self._solver.addCols(count, np.zeros(count), np.zeros(count), np.ones(count), 0, none, none, np.array([]))
        rows = Rows(self._infinity)
        rows.add(range(first, first + count), [1.0] * count, 1.0, 1.0)
        by_member: dict[int, list[int]] = {}
        for number, core in enumerate(cores):
            for m in graph.members(core & ~(1 << i) & ~(1 << j)):
                by_member.setdefault(m, []).append(first + number)
        for m, own in by_member.items():
            rows.add([*own, self._column[m, j]], [1.0] * len(own) + [-1.0], -self._infinity, 0.0)
        rows.send(self._solver)
        held = np.arange(first_row, first_row + rows.count, dtype=np.int32)
        try:
            yield
        finally:
            self._solver.deleteRows(len(held), held)
            self._paths.forget_rows(held.astype(np.int64))
            if count:
                self._solver.deleteCols(count, np.arange(first, first + count, dtype=np.int32))

    def _within(self, j: int) -> int:
        """Return the municipalities that may have centre j, whether or not they have a variable, as a set."""
        return self._around[j]

    def _thin(self, i: int, j: int, parting: int) -> int:
        """Return the part of a set between i and j that is needed to part them: next to i's side and to j's."""
        near, within = self.problem.near, self._within(j)
        side = graph.component(near, within & ~parting, 1 << j)
        parting &= graph.reach(near, side)
        side = graph.component(near, within & ~parting, 1 << i)
        return parting & graph.reach(near, side)

    # Limits ---------------------------------------------------------------------------------------------------

    def set_centres(self, least: int, most: int) -> None:
        """Set how many centres there are: at least, at most."""
        self._solver.changeRowBounds(self._count_row, float(least), float(most))
        if self._joint is not None:
            self._joint.set_centres(least)

    def set_least(self, number: int, least: Least) -> None:
        """
        Set one of the problem's thresholds anew.

        Parameters
        ----------
        number
            Of the threshold.
        least
            The threshold as it is from now on, of the same objective; −inf for nothing.
        """
        if self._joint is None:
            raise IndexError(f"The problem has no threshold {number}.")
        every = (*self.problem.least[:number], least, *self.problem.least[number + 1 :])
        self.problem = replace(self.problem, least=every)
        self._joint.set_least(number, least)

    def set_limits(self, lower: NDArray[np.float64], upper: NDArray[np.float64]) -> None:
        """
        Set the least and largest value of each x[i, j], changing only what differs from before.

        Parameters
        ----------
        lower, upper
            Shape (n, n); entries of pairs that are not allowed count for nothing.
        """
        low = lower[self._pairs[:, 0], self._pairs[:, 1]]
        high = upper[self._pairs[:, 0], self._pairs[:, 1]]
        changed = np.flatnonzero((low != self._lower) | (high != self._upper))
        if len(changed):
            self._solver.changeColsBounds(len(changed), changed, low[changed], high[changed])
            self._lower, self._upper = low, high

    # Solving --------------------------------------------------------------------------------------------------

    def solve(self, *, enough: float = -np.inf, ends: float = np.inf) -> Point | None:
        """
        Solve, adding connection cuts until none is violated.

        Parameters
        ----------
        enough
            Stop adding cuts once the bound is no better than this: the caller has no use for less.
        ends
            When to give up, by `time.monotonic` [s].

        Returns
        -------
        The point, or None where the relaxation, and so the problem, has no answer.

        Raises
        ------
        OutOfTimeError
            Where there was not time enough.
        """
        self._set_aside()
        while True:
            point = self._solve_once(max(0.1, ends - time.monotonic()))
            if point is None or point.bound <= enough:
                return point
            rows = Rows(self._infinity)
            self._paths.add_violated(self._values, rows, at=self._solver.getNumRow())
            if not rows.count:
                self._add_cuts(rows, point.x)
            if self._joint is not None:
                for row in self._joint.violated(point.x, self._values):
                    rows.add(*row)
            if not rows.count:
                return point
            rows.send(self._solver)

    @property
    def can_be_handed_over(self) -> bool:
        """Whether `solve_whole` can be asked: the relaxation is large, and all that counts are pairs."""
        return self._is_lean and self._joint is None

    def solve_whole(self, *, ends: float = np.inf) -> Whole:
        """
        Have the solver search for the best whole point of the rows that there are, and add what cuts it off.

        Its own cuts bring it further than branching does where two blocks have to pass through one narrow strip.

        Parameters
        ----------
        ends
            When to give up, by `time.monotonic` [s].

        Returns
        -------
        The point, and the bound on all within the limits.

        Raises
        ------
        KeyboardInterrupt
            On Ctrl-C.
        """
        solver, count = QuietHighs(), len(self._pairs)
        solver.passModel(self._solver.getLp())
        solver.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * count)
        )
        solver.setOptionValue("mip_rel_gap", 0.0)
        gap = _WHOLE_GAP if self.problem.whole else _EPS * max(1.0, self.problem.form.largest)
        solver.setOptionValue("mip_abs_gap", gap * self._scale)
        solver.setOptionValue("mip_max_nodes", _MOST_NODES)
        if np.isfinite(ends):
            solver.setOptionValue("time_limit", max(_SHORTEST, ends - time.monotonic()))
        if not run_interruptibly(solver):
            raise KeyboardInterrupt
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return Whole(-np.inf, None, is_connected=False)
        info = solver.getInfo()
        bound = -info.mip_dual_bound / self._scale
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Whole(bound, None, is_connected=False)
        values = np.asarray(solver.getSolution().col_value)
        x = np.zeros((len(self.problem), len(self.problem)))
        x[self._pairs[:, 0], self._pairs[:, 1]] = np.round(values[:count])
        rows = Rows(self._infinity)
        self._paths.add_violated(np.append(np.round(values[:count]), values[count:]), rows, at=self._solver.getNumRow())
        if not rows.count:
            self._add_cuts(rows, x)
        rows.send(self._solver)
        plan = tuple(int(j) for j in x.argmax(axis=1))
        return Whole(bound, plan, is_connected=not rows.count)

    def _set_aside(self) -> None:
        """Take path rows that do not bind out of the solver, where there are many."""
        active = self._paths.active_rows
        if not self._is_lean or len(active) <= self._most_active:
            return
        status = self._solver.getBasis().row_status
        may_go = active[active >= self._standing].tolist()
        held = np.array([row for row in may_go if status[row] == highspy.HighsBasisStatus.kBasic], dtype=np.int32)
        self._solver.deleteRows(len(held), held)
        self._paths.forget_rows(held.astype(np.int64))
        self._most_active = max(_FEW_ACTIVE, 2 * (len(active) - len(held)))

    def _solve_once(self, seconds: float) -> Point | None:
        """Solve the relaxation with the rows that it has."""
        limit = self._solver.getRunTime() + seconds if np.isfinite(seconds) else self._infinity
        self._solver.setOptionValue("time_limit", limit)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status in _GIVEN_UP:
            self._solver.clearSolver()
            self._solver.run()
            status = self._solver.getModelStatus()
        # Without any pair it is empty, and nobody has a centre.
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kModelEmpty):
            return None
        # A relaxation that the solver gives up on bounds nothing, as one that it had no time for.
        if status == highspy.HighsModelStatus.kTimeLimit or status in _GIVEN_UP:
            raise OutOfTimeError
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS stopped with {status} on a relaxation.")
        n = len(self.problem)
        solution = self._solver.getSolution()
        count = len(self._pairs)
        self._values = np.asarray(solution.col_value)
        x = np.zeros((n, n))
        reduced = np.zeros((n, n))
        rows, columns = self._pairs[:, 0], self._pairs[:, 1]
        x[rows, columns] = np.asarray(solution.col_value)[:count]
        reduced[rows, columns] = -np.asarray(solution.col_dual)[:count] / self._scale
        return Point(-self._solver.getObjectiveValue() / self._scale, x, reduced)

    @contextmanager
    def central_duals(self) -> Iterator[None]:
        """
        Have the last point's duals, for a while, from within their optimal set and not from a corner of it.

        Where many are optimal, those in the middle price best what the relaxation has no variable for. They come from
        the interior point method, without crossover.

        Yields
        ------
        Nothing.
        """
        solver = self._solver
        basis = solver.getBasis()
        solver.setOptionValue("solver", "ipm")
        solver.setOptionValue("run_crossover", "off")
        try:
            solver.clearSolver()
            solver.run()
            yield
        finally:
            solver.setOptionValue("solver", "choose")
            solver.setOptionValue("run_crossover", "on")
            solver.setBasis(basis)

    def connected_value(self) -> NDArray[np.float64]:
        """
        Return what each pair is worth when the last point's path rows are paid for, whether or not it has a variable.

        Returns
        -------
        value[i, j] − Σ μ of path rows of (i, j) + Σ μ of path rows of others with centre j whose parting set holds i,
        shape (n, n), where μ of 0 or more are the rows' duals; 0 where not allowed. Likewise what keeps municipalities
        apart, and functions in each block, is paid for. On a plan, whose blocks are connected and keep both, the sum is
        no less than the plan's score.
        """
        duals = np.asarray(self._solver.getSolution().row_dual) / self._scale
        worth = self.problem.value.copy()
        for i, j, others, row in self._paths.active:
            if others != [j] and (dual := min(0.0, duals[row])) < 0:
                worth[i, j] += dual
                worth[others, j] -= dual
        for row, j, group, sign in self._shared_rows:
            # Σ over the group of x[i, j] is at most x[j, j] where the sign is −1, at least where it is 1.
            if (dual := sign * duals[row]) > 0:
                worth[list(group), j] += sign * dual
                worth[j, j] -= sign * dual
        return np.where(self.problem.allowed, worth, 0.0)

    def rewards(self) -> NDArray[np.float64]:
        """Return what each municipality adds to the last point's bound by having to have a centre, shape (n,)."""
        duals = np.asarray(self._solver.getSolution().row_dual)[: len(self.problem)]
        return np.asarray(-duals / self._scale)

    def _add_cuts(self, rows: Rows, x: NDArray[np.float64]) -> None:
        """Add the path rows that a point violates: first of parts cut off altogether, else by least cuts."""
        for j in np.flatnonzero(np.diag(x) > _EPS).tolist():
            support = graph.mask(np.flatnonzero(x[:, j] > _EPS).tolist())
            joined = graph.component(self.problem.near, support, 1 << j)
            for part in graph.components(self.problem.near, support & ~joined):
                border = graph.reach(self.problem.near, part) & self._within(j) & ~part
                for i in graph.members(part):
                    self._paths.add(i, j, self._thin(i, j, border), rows, at=self._solver.getNumRow())
        if rows.count:
            return
        for j in np.flatnonzero((np.diag(x) > _EPS) & (np.diag(x) < 1 - _EPS) | (x > _EPS).any(axis=0)).tolist():
            whole = x[:, j]
            if np.all((whole < _EPS) | (whole > 1 - _EPS)):
                continue
            within = np.ascontiguousarray(self.problem.allowed[:, j])
            weight = np.ascontiguousarray(whole)
            for i in np.flatnonzero(whole > _EPS).tolist():
                if i == j or self.problem.near[j] >> i & 1:
                    continue
                is_less, parting = least_parting_set(self._links, weight, within, i, j, whole[i] - 1e-4)
                if is_less:
                    cut = self._thin(i, j, graph.mask(np.flatnonzero(parting).tolist()))
                    self._paths.add(i, j, cut, rows, at=self._solver.getNumRow())
