"""Linear algebra in exact numbers: which coalitions' shares are settled once some are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.services.game import sums_of

__all__ = ["Settled", "solve_exactly"]


class Settled:
    """
    Coalitions whose sum of amounts is settled, and with them every combination of theirs.

    Rows are kept reduced (each has a 1 in a column where the others have 0), in exact fractions, so that whether a
    coalition is settled is never a matter of rounding.

    Parameters
    ----------
    players
        How many there are.
    """

    def __init__(self, players: int) -> None:
        self._players = players
        self._rows: dict[int, list[Fraction]] = {}

    @property
    def rank(self) -> int:
        """How many independent sums are settled; all amounts are once it is the number of players."""
        return len(self._rows)

    def add(self, coalition: int, amount: Fraction) -> bool:
        """
        Settle the sum of a coalition's amounts.

        Parameters
        ----------
        coalition
            By number.
        amount
            What its players get together.

        Returns
        -------
        Whether that was new; if not, nothing is changed.
        """
        row = [Fraction(coalition >> i & 1) for i in range(self._players)] + [amount]
        for lead, other in self._rows.items():
            if factor := row[lead]:
                row = [a - factor * b for a, b in zip(row, other, strict=True)]
        lead = next((i for i in range(self._players) if row[i]), -1)
        if lead < 0:
            return False
        row = [each / row[lead] for each in row]
        for place, other in self._rows.items():
            if factor := other[lead]:
                self._rows[place] = [a - factor * b for a, b in zip(other, row, strict=True)]
        self._rows[lead] = row
        return True

    def are_settled(self) -> NDArray[np.bool_]:
        """Return for each coalition whether its sum is settled, shape (2 ** players,)."""
        free = [i for i in range(self._players) if i not in self._rows]
        if not free:
            return np.ones(1 << self._players, dtype=np.bool_)
        settled: NDArray[np.bool_] | None = None
        # One direction in which the amounts may still move for each free column; a sum that none of them moves is
        # settled. The directions' numbers are minors of a 0-1 matrix of at most 20 columns: they fit 64 bits.
        for column in free:
            shared = math.lcm(*(row[column].denominator for row in self._rows.values()))
            direction = np.zeros(self._players, dtype=np.int64)
            direction[column] = shared
            for lead, row in self._rows.items():
                direction[lead] = int(-row[column] * shared)
            still = sums_of(direction) == 0
            settled = still if settled is None else settled & still
        assert settled is not None  # noqa: S101 - there is a free column
        return settled

    def amounts(self) -> list[Fraction]:
        """Return each player's amount; only once all are settled."""
        return [self._rows[i][-1] for i in range(self._players)]


def solve_exactly(columns: Sequence[Sequence[Fraction]], target: Sequence[Fraction]) -> list[Fraction] | None:
    """
    Write a vector as a combination of independent ones.

    Parameters
    ----------
    columns
        Vectors, independent.
    target
        The vector, of the same length.

    Returns
    -------
    The factor of each column; None where there is no such combination, or the columns are dependent.
    """
    width = len(columns)
    rows = [[*(column[i] for column in columns), target[i]] for i in range(len(target))]
    for place in range(width):
        lead = next((i for i in range(place, len(rows)) if rows[i][place]), None)
        if lead is None:
            return None
        rows[place], rows[lead] = rows[lead], rows[place]
        head = rows[place][place]
        rows[place] = [each / head for each in rows[place]]
        for i, row in enumerate(rows):
            if i != place and (factor := row[place]):
                rows[i] = [a - factor * b for a, b in zip(row, rows[place], strict=True)]
    if any(row[-1] for row in rows[width:]):
        return None
    return [rows[i][-1] for i in range(width)]
