"""
At most m municipalities moved from a plan to start from, as rows of the relaxation.

Let b(i) be the block of i in the plan to start from. Variables, all from 0 to 1: w[b, j] = 1 where old block b is
matched with the new block of centre j, and s[i, j] = 1 where i stays, being in both. Rows, for all i, j and b:

======= ===================================================== ===========================================
matched Σ_j w[b, j] ≤ 1,  Σ_b w[b, j] ≤ x[j, j]               one to one
stays   s[i, j] ≤ x[i, j],  s[i, j] ≤ w[b(i), j]              in the new block, and the block is matched
few     Σ_i Σ_j s[i, j] ≥ n − m                               at most m are moved
======= ===================================================== ===========================================

*It is enough that x is whole.* Let it be: block B_j is who has centre j. Then Σ_j s[i, j] is w[b(i), c(i)] at most,
and the row *few* can be kept if and only if the greatest value of Σ_b Σ_j N[b, j] w[b, j] is n − m or more, where
N[b, j] counts who lies in old block b and in B_j. That is a linear programme over the matchings of a bipartite graph,
old blocks against centres, whose corners are all whole (Birkhoff 1946); its greatest value is that of a one-to-one
matching. So x keeps the rows if and only if some matching leaves at most m outside, which is what *moved* means. The
search need never branch on w or s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure.problem import Problem

__all__ = ["count_start_columns", "start_rows"]

Row = tuple[list[int], list[float], float | None, float | None]
"""Columns, their coefficients, the least and the most of the sum; None for no limit."""


def count_start_columns(problem: Problem, pairs: NDArray[np.int64]) -> int:
    """
    Return how many variables the rows of `start_rows` add.

    Parameters
    ----------
    problem
        With or without a plan to start from.
    pairs
        The pairs (i, j) that have a variable x, shape (count, 2).

    Returns
    -------
    The number of s and w; 0 without a plan to start from.
    """
    return len(pairs) + len(_matches(problem, pairs)) if problem.start else 0


def start_rows(problem: Problem, pairs: NDArray[np.int64], *, first: int) -> Iterator[Row]:
    """
    Give the rows that keep a plan within so many moves of the one to start from.

    Parameters
    ----------
    problem
        With a plan to start from.
    pairs
        The pairs (i, j) that have a variable x, shape (count, 2); the column of x is its place.
    first
        The first column of s, in the order of the pairs; those of w come after.

    Yields
    ------
    Row by row.
    """
    start = problem.start
    match = {key: first + len(pairs) + place for place, key in enumerate(_matches(problem, pairs))}
    own = {int(j): column for column, (i, j) in enumerate(pairs.tolist()) if i == j}
    for column, (i, j) in enumerate(pairs.tolist()):
        yield [first + column, column], [1.0, -1.0], None, 0.0
        yield [first + column, match[start[i], j]], [1.0, -1.0], None, 0.0
    for columns in _grouped((b, column) for (b, _), column in match.items()):
        yield columns, [1.0] * len(columns), None, 1.0
    by_centre: dict[int, list[int]] = {}
    for (_, j), column in match.items():
        by_centre.setdefault(j, []).append(column)
    for j, columns in by_centre.items():
        if j in own:
            yield [*columns, own[j]], [1.0] * len(columns) + [-1.0], None, 0.0
        else:
            yield columns, [1.0] * len(columns), None, 0.0
    yield list(range(first, first + len(pairs))), [1.0] * len(pairs), float(problem.least_staying), None


def _matches(problem: Problem, pairs: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the old blocks and centres that someone can have in common."""
    return sorted({(problem.start[i], j) for i, j in pairs.tolist()})


def _grouped(numbered: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the columns of each old block."""
    groups: dict[int, list[int]] = {}
    for number, column in numbered:
        groups.setdefault(number, []).append(column)
    return list(groups.values())
