"""
The part of the relaxation that counts pairs within a block and sets that blocks touch, without a column per centre.

Given whole x, z[a, b] = Σ_j min(x[a, j], x[b, j]) is 1 where a and b lie in one block, and touch(S) =
Σ_j max over i in S of x[i, j] is the number of blocks that hold somebody of S. So one column each will do, with rows
found as they are needed:

======= ============================================================ ===========================================
bond    z[a, b] ≤ Σ_{j in J} x[a, j] + Σ_{j not in J} x[b, j]         any J; worst where x[a, j] < x[b, j] in J
cost    T[S] ≥ Σ_j x[i(j), j]                                         any i(j) in S; worst the largest
gain    U[S] ≤ Σ_{j in J} x[j, j] + Σ_{j not in J} Σ_{i in S} x[i, j] any J; worst the lesser
least   Σ value x + Σ bond z + Σ weight T + Σ weight U ≥ score        a threshold
room    Σ_i p[i] x[i, j] ≤ R x[j, j]                                  R = total − what k − 1 blocks have at least
company p[a] + Σ_b p[b] z[a, b] ≤ R                                   the same, seen from a
======= ============================================================ ===========================================

The last two hold for every plan and make the relaxation tight where a floor is asked: without them half a block
may hold everybody.
"""

from __future__ import annotations

from collections.abc import Iterator

import highspy
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure.form import Form, bonded
from tyngdepunkt.structure.problem import Least, Problem

__all__ = ["Joint", "Row"]

Row = tuple[list[int], list[float], float, float]
"""Columns, coefficients, least, most."""

_EPS = 1e-6


class Joint:
    """
    Columns for pairs and sets, and their rows.

    Parameters
    ----------
    problem
        What is posed.
    column
        Column of each x[i, j], −1 where it has none, shape (n, n).
    solver
        Where the columns are added, after those there are.
    scale
        By which the objective is multiplied.
    """

    def __init__(self, problem: Problem, column: NDArray[np.int64], solver: highspy.Highs, scale: float) -> None:
        self.problem = problem
        self._column = column
        self._solver = solver
        self._infinity = solver.getInfinity()
        forms = [problem.form, *(least.form for least in problem.least)]
        pairs = bonded(forms)
        self._a = np.array([a for a, _ in pairs], dtype=np.int64)
        self._b = np.array([b for _, b in pairs], dtype=np.int64)
        n = len(problem)
        everyone = tuple(range(n))
        sets = sorted({(t.members, t.weight > 0) for form in forms for t in form.touches if t.members != everyone})
        self._sets = [(np.array(members, dtype=np.int64), gains) for members, gains in sets]
        self._first = solver.getNumCol()
        none = np.array([], dtype=np.int64)
        count = len(pairs) + len(sets)
        upper = np.concatenate([np.ones(len(pairs)), np.full(len(sets), float(n))])
        self._set_column = {key: self._first + len(pairs) + number for number, key in enumerate(sets)}
        if count:
            solver.addCols(count, np.zeros(count), np.zeros(count), upper, 0, none, none, np.array([]))
        for at, amount in self._coefficients(problem.form).items():
            solver.changeColCost(at, -scale * amount)
        self._room_rows: list[tuple[int, int]] = []
        self._company_rows: list[tuple[int, int]] = []
        self._least_rows: list[tuple[int, float]] = []
        self._add_rows()

    @property
    def is_empty(self) -> bool:
        """Whether there are no columns, so that nothing is ever cut."""
        return not len(self._a) and not self._sets

    def _coefficients(self, form: Form) -> dict[int, float]:
        """Return the columns of a form, those of x too, each with what it adds."""
        problem = self.problem
        found: dict[int, float] = {}
        n = len(problem)
        for i, j in np.argwhere(self._column >= 0).tolist():
            found[int(self._column[i, j])] = float(form.value[i, j])
        for number, bond in enumerate(form.bond[self._a, self._b].tolist()):
            found[self._first + number] = bond
        for touch in form.touches:
            if len(touch.members) == n:
                for j in range(n):
                    if self._column[j, j] >= 0:
                        found[int(self._column[j, j])] += touch.weight
            else:
                found[self._set_column[touch.members, touch.weight > 0]] = touch.weight
        return {at: amount for at, amount in found.items() if amount or at >= self._first}

    def _add_rows(self) -> None:
        """Add the rows that are there from the start."""
        problem, solver = self.problem, self._solver
        for least in problem.least:
            own = self._coefficients(least.form)
            size = max(1.0, least.form.largest)
            self._least_rows.append((solver.getNumRow(), size))
            columns = np.array(list(own), dtype=np.int32)
            values = np.array(list(own.values())) / size
            solver.addRow(-self._infinity, self._infinity, len(columns), columns, values)
            self.set_least(len(self._least_rows) - 1, least)
        if not problem.strict or not len(self._a):
            return
        people = problem.population / max(1.0, float(problem.population.max()))
        n = len(problem)
        for j in range(n):
            own_rows = np.flatnonzero(self._column[:, j] >= 0)
            if self._column[j, j] >= 0:
                self._room_rows.append((solver.getNumRow(), j))
                columns = self._column[own_rows, j].astype(np.int32)
                solver.addRow(-self._infinity, 0.0, len(columns), columns, people[own_rows])
        for a in range(n):
            own_pairs = np.flatnonzero((self._a == a) | (self._b == a))
            if len(own_pairs):
                self._company_rows.append((solver.getNumRow(), a))
                other = np.where(self._a[own_pairs] == a, self._b[own_pairs], self._a[own_pairs])
                columns = (self._first + own_pairs).astype(np.int32)
                solver.addRow(-self._infinity, self._infinity, len(columns), columns, people[other])
        self.set_centres(problem.question.centres)

    def set_centres(self, least: int) -> None:
        """Set the least number of centres: no block has more than what that many less one leave over."""
        if not self._room_rows and not self._company_rows:
            return
        problem = self.problem
        ascending = np.sort(problem.population)
        others = max((least - 1) * problem.question.floor, int(ascending[: least - 1].sum()))
        size = max(1.0, float(problem.population.max()))
        room = (float(ascending.sum()) - others) / size
        people = problem.population / size
        for row, j in self._room_rows:
            self._solver.changeCoeff(row, int(self._column[j, j]), float(people[j] - room))
        for row, a in self._company_rows:
            self._solver.changeRowBounds(row, -self._infinity, float(room - people[a]))

    def set_least(self, number: int, least: Least) -> None:
        """
        Set what a plan must score at least by a threshold of the problem.

        Parameters
        ----------
        number
            Of the threshold.
        least
            The threshold as it is now; −inf for nothing.
        """
        row, size = self._least_rows[number]
        low = -self._infinity if np.isneginf(least.score) else (least.score - least.slack) / size
        self._solver.changeRowBounds(row, low, self._infinity)

    def violated(self, x: NDArray[np.float64], values: NDArray[np.float64]) -> Iterator[Row]:
        """
        Give the rows that a point violates, the worst for each column.

        Parameters
        ----------
        x
            Shape (n, n).
        values
            Of all columns.

        Yields
        ------
        Rows.
        """
        if len(self._a):
            yield from self._violated_bonds(x, values)
        if self._sets:
            yield from self._violated_touches(x, values)

    def _violated_bonds(self, x: NDArray[np.float64], values: NDArray[np.float64]) -> Iterator[Row]:
        """Give the rows that bound pairs."""
        first, second = x[self._a], x[self._b]
        together = np.minimum(first, second).sum(axis=1)
        over = values[self._first : self._first + len(self._a)] - together
        for number in np.flatnonzero(over > _EPS).tolist():
            a, b = int(self._a[number]), int(self._b[number])
            takes = np.where(first[number] < second[number], self._column[a], self._column[b])
            # Together they can only be where both may be.
            absent = (self._column[a] < 0) | (self._column[b] < 0)
            own = takes[~absent & (takes >= 0)].tolist()
            yield [self._first + number, *own], [1.0] + [-1.0] * len(own), -self._infinity, 0.0

    def _violated_touches(self, x: NDArray[np.float64], values: NDArray[np.float64]) -> Iterator[Row]:
        """Give the rows that bound how many blocks touch a set."""
        for number, (members, gains) in enumerate(self._sets):
            at = self._first + len(self._a) + number
            part = x[members]
            if gains:
                inside = part.sum(axis=0)
                centre = np.diag(x)
                if values[at] <= np.minimum(inside, centre).sum() + _EPS:
                    continue
                own: list[int] = []
                for j in range(len(x)):
                    columns = [self._column[j, j]] if centre[j] < inside[j] else self._column[members, j]
                    own += [int(c) for c in columns if c >= 0]
                yield [at, *own], [1.0] + [-1.0] * len(own), -self._infinity, 0.0
            else:
                if values[at] >= part.max(axis=0).sum() - _EPS:
                    continue
                largest = members[part.argmax(axis=0)]
                own = [int(c) for c in self._column[largest, np.arange(len(x))] if c >= 0]
                yield [at, *own], [1.0] + [-1.0] * len(own), 0.0, self._infinity
