"""Which block of one division is which of another: one to one, by the inhabitants that they share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["assign", "match_centres"]

Ints = NDArray[np.int64]


def match_centres(first: Sequence[int], second: Sequence[int], population: Ints) -> dict[int, int]:
    """
    Match the blocks of two divisions one to one so that as many inhabitants as can be lie in blocks that match.

    Parameters
    ----------
    first, second
        Centre of each municipality, by position, shape (n,). The two may have different numbers of blocks.
    population
        Inhabitants, shape (n,) [persons]; each municipality weighs one more, so that an empty one counts too.

    Returns
    -------
    Centre of each block of the second to the centre of its match in the first; blocks that have no match, or share
    no municipality with it, are left out.
    """
    old, new = sorted(set(first)), sorted(set(second))
    row, column = {c: a for a, c in enumerate(old)}, {c: b for b, c in enumerate(new)}
    shared = np.zeros((len(old), len(new)), dtype=np.int64)
    for c, d, people in zip(first, second, population.tolist(), strict=True):
        shared[row[c], column[d]] += people + 1
    pairs = assign(shared)
    return {new[b]: old[a] for a, b in pairs if shared[a, b]}


def assign(gain: Ints) -> list[tuple[int, int]]:
    """
    Pair rows with columns, each at most once, so that the sum of gains is largest.

    The Hungarian method with shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987); exact, in whole numbers.

    Parameters
    ----------
    gain
        Gain of each pair, shape (n_rows, n_columns).

    Returns
    -------
    Pairs of row and column, as many as the shorter side has, in order of row.

    Examples
    --------
    >>> assign(np.array([[5, 4], [4, 0]]))
    [(0, 1), (1, 0)]
    """
    if gain.shape[0] > gain.shape[1]:
        return sorted((a, b) for b, a in assign(gain.T))
    rows, columns = gain.shape
    cost = (gain.max(initial=0) - gain).tolist()
    # Column 0 and row 0 stand for none; potentials keep every reduced cost at 0 or more.
    of_row, of_column = [0] * (rows + 1), [0] * (columns + 1)
    taken, before = [0] * (columns + 1), [0] * (columns + 1)
    endless = (rows + 1) * (int(gain.max(initial=0)) + 1) + 1
    for row in range(1, rows + 1):
        taken[0], at = row, 0
        least, seen = [endless] * (columns + 1), [False] * (columns + 1)
        while taken[at]:
            seen[at] = True
            here, step, to = taken[at], endless, 0
            for column in range(1, columns + 1):
                if seen[column]:
                    continue
                reduced = cost[here - 1][column - 1] - of_row[here] - of_column[column]
                if reduced < least[column]:
                    least[column], before[column] = reduced, at
                if least[column] < step:
                    step, to = least[column], column
            for column in range(columns + 1):
                if seen[column]:
                    of_row[taken[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            at = to
        while at:
            taken[at], at = taken[before[at]], before[at]
    return sorted((row - 1, column - 1) for column, row in enumerate(taken) if column and row)
