"""
The peer that is always at hand: the solver alone, with the model of a good textbook and nothing of ours.

max Σ value[i, j] x[i, j] subject to Σ_j x[i, j] = 1, x[i, j] ≤ x[j, j], Σ_j x[j, j] = k and
Σ_i p[i] x[i, j] ≥ P x[j, j], where x[i, j] is 1 where j is the centre of i. HiGHS knows no lazy rows, so what hangs
together is asked for by solving again: each part of a block that its centre is not in, S, gets
x[i, j] ≤ Σ_{s in C} x[s, j] for i in S and the neighbours C of S that lie between it and j, until there is no such
part. It shares the solver with ours, so a ratio is what formulation, bounds and search of our own are worth.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.bench.row import Reached

if TYPE_CHECKING:
    from tyngdepunkt.highs import QuietHighs
    from tyngdepunkt.model import Question, Territory

__all__ = ["solve_alone"]

_LEAST = 0.1
"""No round is begun with less time left [s]."""


def solve_alone(
    territory: Territory, question: Question, *, seconds: float, steps: int | None = None, name: str = ""
) -> Reached:
    """
    Find the best plan with the solver alone.

    Parameters
    ----------
    territory
        The municipalities.
    question
        Number of centres, floor, and ties or access; what else it asks for counts for nothing.
    seconds
        Wall time for all rounds together, from before the model is built [s].
    steps
        The most links between a municipality and its centre; None for no such limit. Where the best plan has farther
        ones the answer is to a narrower question.
    name
        What the question is called; ``"k = 7"`` and the like where not given.

    Returns
    -------
    The best plan that hangs together of all that the solver came upon, and its bound.
    """
    ends = time.monotonic() + seconds
    model = _Model(territory, question, steps)
    bound = np.inf
    while (left := ends - time.monotonic()) > _LEAST:
        status, found = model.solve(left)
        bound = min(bound, found)
        if status != "optimal" or not model.cut_off():
            break
    named = name or f"k = {question.centres}"
    # What is plain without solving anything, each with the centre that is best for it, is no bound of the solver's.
    is_told = np.isfinite(bound) and (model.best is not None or bound < model.ceiling)
    # Values are whole, so a plan that a bound leaves no room of 1 above is the best.
    known = float(np.floor(bound + 1e-6)) if is_told else None
    return Reached(
        named,
        None if model.best is None else model.sign * model.best,
        None if known is None else model.sign * known,
    )


class _Model:
    """
    The model, and the best plan that was come upon.

    Parameters
    ----------
    territory, question, steps
        As for `solve_alone`.
    """

    def __init__(self, territory: Territory, question: Question, steps: int | None) -> None:
        from tyngdepunkt.highs import QuietHighs
        from tyngdepunkt.structure import graph

        self.question = question
        self.near = graph.bits(territory.neighbours())
        self.people = np.asarray(territory.population)
        by_ties = question.objective.ties > 0
        self.sign = 1 if by_ties else -1
        if by_ties:
            self.value = (territory.commuters + territory.commuters.T).astype(float)
            np.fill_diagonal(self.value, 0.0)
        else:
            self.value = -np.asarray(territory.minutes) * self.people[:, None]
        self.allowed = _within(self.near, steps)
        self.ceiling = float(self.value.max(axis=1).sum())
        self.rows, self.columns = np.nonzero(self.allowed)
        self.number = np.full(self.allowed.shape, -1)
        self.number[self.rows, self.columns] = np.arange(len(self.rows))
        self.best: float | None = None
        self._start: NDArray[np.float64] | None = None
        self.solver = QuietHighs()
        self._build(self.solver)

    def _build(self, solver: QuietHighs) -> None:
        """Write columns and rows."""
        import highspy

        count, n, infinity = len(self.rows), len(self.people), highspy.kHighsInf
        program = highspy.HighsLp()
        program.num_col_ = count
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = self.value[self.rows, self.columns]
        program.col_lower_, program.col_upper_ = np.zeros(count), np.ones(count)
        program.integrality_ = [highspy.HighsVarType.kInteger] * count
        solver.passModel(program)
        # The gaps that end a search are of a ten-thousandth unless one says otherwise; values are whole.
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.99)
        centre = self.number.diagonal()
        one = [self.number[i, self.allowed[i]] for i in range(n)] + [centre]
        least = [1.0] * n + [float(self.question.centres)]
        self._add(one, [np.ones(len(each)) for each in one], least, least)
        if self.question.floor:
            who = [np.flatnonzero(self.allowed[:, j]) for j in range(n)]
            shares = [self.people[i] / self.question.floor - (i == j) for j, i in enumerate(who)]
            self._add([self.number[i, j] for j, i in enumerate(who)], shares, [0.0] * n, [infinity] * n)
        pairs = [
            np.array([at, centre[j]]) for at, (i, j) in enumerate(zip(self.rows, self.columns, strict=True)) if i != j
        ]
        self._add(pairs, [np.array([1.0, -1.0])] * len(pairs), [-infinity] * len(pairs), [0.0] * len(pairs))
        solver.cbMipImprovingSolution.subscribe(lambda event: self._see(np.array(event.data_out.mip_solution)))

    def _add(
        self,
        columns: list[NDArray[np.int64]],
        shares: list[NDArray[np.float64]],
        least: list[float],
        most: list[float],
    ) -> None:
        """Add rows."""
        lengths = [len(each) for each in columns]
        self.solver.addRows(
            len(columns),
            np.array(least),
            np.array(most),
            sum(lengths),
            np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32),
            np.concatenate(columns).astype(np.int32),
            np.concatenate(shares),
        )

    def _centres(self, solution: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return each one's centre in a solution."""
        dense = np.zeros(self.allowed.shape)
        dense[self.rows, self.columns] = solution
        centres: NDArray[np.int64] = dense.argmax(axis=1)
        return centres

    def _stray(self, centre_of: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Return the parts of blocks that their centre is not in, each with that centre."""
        from tyngdepunkt.structure import graph

        found = []
        for j in np.unique(centre_of).tolist():
            block = graph.mask(np.flatnonzero(centre_of == j).tolist())
            rest = block & ~graph.component(self.near, block, 1 << j)
            found += [(j, part) for part in graph.components(self.near, rest)]
        return found

    def _see(self, solution: NDArray[np.float64]) -> None:
        """Keep a solution where it is a plan, and better than the one there is."""
        centre_of = self._centres(solution)
        used = np.unique(centre_of)
        value = float(self.value[np.arange(len(centre_of)), centre_of].sum())
        if (
            (self.best is None or value > self.best)
            and len(used) == self.question.centres
            and bool((centre_of[used] == used).all())
            and min(int(self.people[centre_of == j].sum()) for j in used) >= self.question.floor
            and not self._stray(centre_of)
        ):
            self.best, self._start = value, solution

    def solve(self, seconds: float) -> tuple[str, float]:
        """Solve once, from the best plan that there is; return how it ended, and the bound."""
        from highspy import HighsModelStatus

        if self._start is not None:
            size = len(self._start)
            self.solver.setSolution(size, np.arange(size, dtype=np.int32), self._start)
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + seconds)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == HighsModelStatus.kInfeasible:
            return "infeasible", np.inf
        if status == HighsModelStatus.kOptimal:
            self._see(np.array(self.solver.getSolution().col_value))
        return (
            "optimal" if status == HighsModelStatus.kOptimal else "out of time",
            float(self.solver.getInfo().mip_dual_bound),
        )

    def cut_off(self) -> bool:
        """Cut off what does not hang together in the last solution; return whether there was anything."""
        from highspy import kHighsInf

        from tyngdepunkt.structure import graph

        every = (1 << len(self.near)) - 1
        columns: list[NDArray[np.int64]] = []
        for j, part in self._stray(self._centres(np.array(self.solver.getSolution().col_value))):
            border = graph.reach(self.near, part) & ~part
            beyond = graph.component(self.near, every & ~border, 1 << j)
            between = [s for s in graph.members(border) if s == j or self.near[s] & beyond]
            through = [self.number[s, j] for s in between if self.allowed[s, j]]
            columns += [np.array([self.number[i, j], *through]) for i in graph.members(part)]
        if columns:
            shares = [np.concatenate([[1.0], np.full(len(each) - 1, -1.0)]) for each in columns]
            self._add(columns, shares, [-kHighsInf] * len(columns), [0.0] * len(columns))
        return bool(columns)


def _within(near: tuple[int, ...], steps: int | None) -> NDArray[np.bool_]:
    """Return which pairs are at most so many links apart, shape (n, n)."""
    from tyngdepunkt.structure import graph

    n = len(near)
    allowed = np.full((n, n), fill_value=steps is None)
    for j in range(n if steps is not None else 0):
        reached = 1 << j
        for _ in range(steps or 0):
            reached |= graph.reach(near, reached)
        allowed[list(graph.members(reached)), j] = True
    return allowed
