"""The linear program of one level: the least excess, and which coalitions hold it up."""

from __future__ import annotations

from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.highs import QuietHighs
from tyngdepunkt.services.game import Game, sums_of

__all__ = ["LeastExcess"]

_ALL_AT_ONCE = 256
"""Coalitions up to which all get a row from the start."""
_AT_A_TIME = 40
"""Broken coalitions that get a row before the program is solved again."""
_BROKEN = 1e-9
_PRICED = 1e-7
_DEEP = 1e4
"""No excess is lower, where the largest gain is 1: keeps a program bounded until the rows that bound it are there."""


class LeastExcess:
    """
    The program, for one level after the other; rows found for one are kept for the next.

    The game is made so that nobody gains alone and the largest gain or loss is 1, which changes no split but by what
    each has alone and by the unit, and keeps tolerances and coefficients of a size.

    Parameters
    ----------
    game
        The game.
    rational
        Whether nobody may get less than alone.
    """

    def __init__(self, game: Game, *, rational: bool) -> None:
        n = len(game)
        self._game, self._rational = game, rational
        alone = game.alone
        plain = game.values.copy()
        for i in range(n):
            plain.reshape(-1, 2, 1 << i)[:, 1, :] -= alone[i]
        self._unit = float(np.abs(plain).max())
        if self._unit <= game.noise:
            self._unit = 1.0
        self._gain = plain / self._unit
        everyone = game.everyone
        if 1 << n <= _ALL_AT_ONCE:
            rows = np.arange(1, everyone)
        else:
            rows = np.array(sorted({*(1 << i for i in range(n)), *(everyone ^ (1 << i) for i in range(n))}))
        self._rows = rows.astype(np.int64)

    def solve(self, sums: dict[int, Fraction], settled: NDArray[np.bool_]) -> tuple[list[int], list[int], list[int]]:
        """
        Solve a level.

        Parameters
        ----------
        sums
            Settled coalitions, independent, with what their players get together.
        settled
            For each coalition whether its sum is settled, shape (2 ** n,).

        Returns
        -------
        The coalitions with a price, the players whose least amount has one, and the settled coalitions that weigh in.
        They are rows of one basis, and so independent.
        """
        n = len(self._game)
        self._rows = self._rows[~settled[self._rows]]
        solver = QuietHighs()
        infinity = solver.getInfinity()
        for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            solver.setOptionValue(option, 1e-10)
        for i in range(n):
            bounded = self._rational and not settled[1 << i]
            solver.addCol(0.0, 0.0 if bounded else -infinity, infinity, 0, [], [])
        solver.addCol(1.0, -_DEEP, infinity, 0, [], [])
        for coalition, amount in sums.items():
            players = self._players(coalition)
            given = float((amount - sum(self._game.exact(1 << i) for i in players)) / Fraction(self._unit))
            solver.addRow(given, given, len(players), np.array(players), np.ones(len(players)))
        for coalition in self._rows.tolist():
            self._add(solver, coalition, infinity)
        while True:
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                raise ArithmeticError(f"A level of excess was not solved: {solver.getModelStatus()}.")
            solution = solver.getSolution()
            x = np.array(solution.col_value)
            excess = self._gain - sums_of(x[:n]) - x[n]
            excess[settled] = -np.inf
            worst = np.argsort(-excess, kind="stable")[:_AT_A_TIME] if len(excess) < 1 << 13 else _largest(excess)
            broken = worst[excess[worst] > _BROKEN]
            broken = broken[~np.isin(broken, self._rows)]
            if not len(broken):
                break
            for coalition in broken.tolist():
                self._add(solver, coalition, infinity)
            self._rows = np.concatenate([self._rows, broken])
        prices = np.array(solution.row_dual)
        bounds = np.array(solution.col_dual)[:n]
        kept = [i for i in range(n) if self._rational and not settled[1 << i] and bounds[i] > _PRICED]
        leaned = [coalition for coalition, price in zip(sums, prices, strict=False) if abs(price) > _PRICED]
        return self._rows[prices[len(sums) :] > _PRICED].tolist(), kept, leaned

    def _add(self, solver: QuietHighs, coalition: int, infinity: float) -> None:
        """Add the row x(S) + ε ≥ v(S)."""
        players = [*self._players(coalition), len(self._game)]
        solver.addRow(float(self._gain[coalition]), infinity, len(players), np.array(players), np.ones(len(players)))

    def _players(self, coalition: int) -> list[int]:
        """Return the positions of a coalition's players."""
        return [i for i in range(len(self._game)) if coalition >> i & 1]


def _largest(excess: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the coalitions of the largest excess, the largest first."""
    found = np.argpartition(-excess, _AT_A_TIME)[:_AT_A_TIME]
    return found[np.argsort(-excess[found], kind="stable")]
