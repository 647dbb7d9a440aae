"""Rows on their way to the solver, and path rows kept aside until they are violated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure import graph

__all__ = ["PathRows", "Rows"]

_EPS = 1e-6


class Rows:
    """
    Rows on their way to the solver.

    Parameters
    ----------
    infinity
        The solver's own.
    """

    def __init__(self, infinity: float) -> None:
        self._infinity = infinity
        self._starts: list[int] = []
        self._columns: list[int] = []
        self._values: list[float] = []
        self._lower: list[float] = []
        self._upper: list[float] = []

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._starts)

    def add(
        self,
        columns: Iterable[int] | NDArray[np.int64],
        values: Iterable[float] | NDArray[np.float64],
        low: float,
        high: float,
    ) -> None:
        """
        Add low ≤ Σ values · columns ≤ high.

        Parameters
        ----------
        columns, values
            What is added up.
        low, high
            Limits; the solver's infinity for none.
        """
        self._starts.append(len(self._columns))
        self._columns.extend(int(c) for c in columns)
        self._values.extend(float(v) for v in values)
        self._lower.append(low)
        self._upper.append(high)

    def add_at_most(self, column: int, others: Sequence[int]) -> None:
        """
        Add x[column] ≤ Σ x[others].

        Parameters
        ----------
        column, others
            Numbers of columns.
        """
        self.add([column, *others], [1.0] + [-1.0] * len(others), -self._infinity, 0.0)

    def send(self, solver: highspy.Highs) -> None:
        """
        Hand all rows to a solver.

        Parameters
        ----------
        solver
            That has the columns.
        """
        if self.count:
            solver.addRows(
                self.count,
                np.array(self._lower),
                np.array(self._upper),
                len(self._columns),
                np.array(self._starts, dtype=np.int32),
                np.array(self._columns, dtype=np.int32),
                np.array(self._values),
            )


class PathRows:
    """
    The rows x[i, j] ≤ Σ_{s in S} x[s, j], those in the solver and those that wait until they are violated.

    S parts i from j; with S = {j} the row says that a centre is a centre.

    Parameters
    ----------
    column
        Number of the column of each pair, −1 where it has none; shape (n, n).
    """

    def __init__(self, column: NDArray[np.int64]) -> None:
        self._column = column
        self._cuts: dict[tuple[int, int, int], int] = {}
        self._pairs = _Growing()
        self._ends = _Growing()
        self._others = _Growing()
        self._row = _Growing()

    @property
    def cuts(self) -> tuple[tuple[int, int, int], ...]:
        """Municipality, centre and the set that parts them, of each row added by `add`."""
        return tuple(self._cuts)

    @property
    def active(self) -> list[tuple[int, int, list[int], int]]:
        """Those in the solver: municipality, centre, S, and the number of the row."""
        n = len(self._column)
        found = []
        for number in np.flatnonzero(self._row.all >= 0).tolist():
            i, j = divmod(int(self._pairs.all[number]), n)
            found.append((i, j, (self._others_of(number) // n).tolist(), int(self._row.all[number])))
        return found

    @property
    def active_rows(self) -> NDArray[np.int64]:
        """Their numbers in the solver, ascending."""
        row = self._row.all
        return np.sort(row[row >= 0])

    def add_waiting(
        self, i: NDArray[np.int64], j: NDArray[np.int64], partings: NDArray[np.int64], counts: NDArray[np.int64]
    ) -> None:
        """
        Add rows that wait.

        Parameters
        ----------
        i, j
            Municipality and centre of each.
        partings, counts
            The municipalities of all their S in turn, with a column or not, and how many each has.
        """
        n, before = len(self._column), len(self._others.all)
        self._pairs.extend(i * n + j)
        self._others.extend(partings * n + np.repeat(j, counts))
        self._ends.extend(before + np.cumsum(counts))
        self._row.extend(np.full(len(i), -1))

    def add(self, i: int, j: int, parting: int, rows: Rows | None, *, at: int = 0) -> bool:
        """
        Add a row unless it is there.

        Parameters
        ----------
        i, j, parting
            Municipality, centre and the set that parts them.
        rows
            Where to put it for the solver; None to have it wait.
        at
            The number that the first of `rows` will have in the solver.

        Returns
        -------
        Whether the solver gets it now.
        """
        key = (i, j, parting)
        number = self._cuts.get(key)
        if number is None:
            number = self._cuts[key] = len(self._pairs.all)
            own = np.array(list(graph.members(parting)), dtype=np.int64)
            self.add_waiting(np.array([i]), np.array([j]), own, np.array([len(own)]))
        if rows is None or self._row.all[number] >= 0:
            return False
        self._send(number, rows, at)
        return True

    def add_violated(self, values: NDArray[np.float64], rows: Rows, *, at: int) -> None:
        """
        Put what waits and is violated on its way to the solver.

        Parameters
        ----------
        values
            Of all columns.
        rows, at
            As for `add`.
        """
        values = np.append(values, 0.0)  # at −1, where a pair has no column
        column = self._column.ravel()
        sums = np.concatenate([[0.0], np.cumsum(values[column[self._others.all]])])[self._ends.all]
        lacking = values[column[self._pairs.all]] - np.diff(sums, prepend=0.0)
        for number in np.flatnonzero((lacking > _EPS) & (self._row.all < 0)).tolist():
            self._send(number, rows, at)

    def forget_rows(self, held: NDArray[np.int64]) -> None:
        """
        Have rows that the solver no longer has wait again.

        Parameters
        ----------
        held
            Numbers of the rows taken out of the solver, ascending; those above move down.
        """
        row = self._row.all
        row[:] = np.where(np.isin(row, held), -1, row - np.searchsorted(held, row))

    def _others_of(self, number: int) -> NDArray[np.int64]:
        """Return the pairs of a row's S with its centre, numbered by municipality and centre in turn."""
        ends = self._ends.all
        return self._others.all[ends[number - 1] if number else 0 : ends[number]]

    def _send(self, number: int, rows: Rows, at: int) -> None:
        """Put a row on its way to the solver."""
        self._row.all[number] = at + rows.count
        column = self._column.ravel()
        others = column[self._others_of(number)]
        rows.add_at_most(int(column[self._pairs.all[number]]), others[others >= 0].tolist())


class _Growing:
    """Whole numbers in a row, to which more are added."""

    def __init__(self) -> None:
        self._room: NDArray[np.int64] = np.empty(1024, dtype=np.int64)
        self._count = 0

    @property
    def all(self) -> NDArray[np.int64]:
        """Those there are; they can be written to."""
        return self._room[: self._count]

    def extend(self, more: NDArray[np.int64]) -> None:
        """Add more."""
        needed = self._count + len(more)
        if needed > len(self._room):
            self._room = np.concatenate([self.all, np.empty(2 * needed - self._count, dtype=np.int64)])
        self._room[self._count : needed] = more
        self._count = needed
