"""
Least parting sets: the municipalities of least weight whose removal parts one municipality from another, compiled.

By the max-flow min-cut theorem: each municipality is split in an entrance and an exit with its weight between them, and
shortest augmenting paths are filled until none is left (J. Edmonds and R. M. Karp, Journal of the ACM 19 (1972)
248-264). What lies between those whose entrance can then be reached and those whose exit can is the set.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled
from tyngdepunkt.lists import find_opposites, join_lists

__all__ = ["Links", "least_parting_set", "list_links"]

_TINY = 1e-9


class Links(NamedTuple):
    """
    The neighbours, as compiled code reads them.

    Parameters
    ----------
    first
        Where each municipality's links start in `to`, shape (n + 1,).
    to
        The neighbour that each link leads to.
    back
        The number of each link's opposite.
    """

    first: NDArray[np.int64]
    to: NDArray[np.int64]
    back: NDArray[np.int64]


def list_links(neighbours: Sequence[Sequence[int]]) -> Links:
    """
    Return neighbours as compiled code reads them.

    Parameters
    ----------
    neighbours
        Of each municipality, positions; who has another as neighbour is its neighbour too.

    Returns
    -------
    The links.
    """
    first, to = join_lists(neighbours)
    return Links(first, to, find_opposites(first, to))


@compiled
def least_parting_set(
    links: Links, weight: NDArray[np.float64], within: NDArray[np.bool_], i: int, j: int, at_most: float
) -> tuple[bool, NDArray[np.bool_]]:
    """
    Find a set of municipalities between two, of least weight in all.

    Parameters
    ----------
    links
        Of the neighbours.
    weight
        Of each municipality, shape (n,), 0 or more.
    within
        The municipalities that count, shape (n,); all others are as if they were not there.
    i, j
        The two, not neighbours, both within.
    at_most
        Give up once the weight is known to reach this.

    Returns
    -------
    Whether the least weight is below `at_most`, and the set if so, shape (n,).
    """
    n = len(weight)
    first, to, back = links
    flow = np.zeros(len(to))  # from the exit of a link's start to the entrance of its end
    through = np.zeros(n)
    came = np.empty(2 * n, dtype=np.int64)  # the state before; a state is 2 v at the entrance and 2 v + 1 at the exit
    by = np.empty(2 * n, dtype=np.int64)  # the link taken, -1 for within a municipality
    queue = np.empty(2 * n, dtype=np.int64)
    total = 0.0
    while True:
        came[:] = -1
        start = 2 * i + 1
        came[start] = start
        queue[0] = start
        head, tail, reached = 0, 1, False
        while head < tail and not reached:
            state = queue[head]
            head += 1
            v = state // 2
            if state % 2:
                if v != i and came[2 * v] < 0 and through[v] > _TINY:
                    came[2 * v], by[2 * v] = state, -1
                    queue[tail] = 2 * v
                    tail += 1
                for link in range(first[v], first[v + 1]):
                    w = to[link]
                    if w == i or not within[w] or came[2 * w] >= 0:
                        continue
                    came[2 * w], by[2 * w] = state, link
                    if w == j:
                        reached = True
                        break
                    queue[tail] = 2 * w
                    tail += 1
            else:
                if came[2 * v + 1] < 0 and weight[v] - through[v] > _TINY:
                    came[2 * v + 1], by[2 * v + 1] = state, -1
                    queue[tail] = 2 * v + 1
                    tail += 1
                for link in range(first[v], first[v + 1]):
                    w = to[link]
                    if w != i and came[2 * w + 1] < 0 and flow[back[link]] > _TINY:
                        came[2 * w + 1], by[2 * w + 1] = state, link
                        queue[tail] = 2 * w + 1
                        tail += 1
        if not reached:
            parting = np.zeros(n, dtype=np.bool_)
            for v in range(n):
                parting[v] = v not in (i, j) and came[2 * v] >= 0 and came[2 * v + 1] < 0
            return total < at_most, parting
        amount = at_most - total  # more than that is of no use
        state = 2 * j
        while state != start:
            before, link = came[state], by[state]
            if link < 0 and state % 2:
                amount = min(amount, weight[state // 2] - through[state // 2])
            elif link < 0:
                amount = min(amount, through[state // 2])
            elif state % 2:
                amount = min(amount, flow[back[link]])
            state = before
        total += amount
        if total >= at_most:
            return False, np.zeros(n, dtype=np.bool_)
        state = 2 * j
        while state != start:
            before, link = came[state], by[state]
            if link < 0 and state % 2:
                through[state // 2] += amount
            elif link < 0:
                through[state // 2] -= amount
            elif state % 2:
                flow[back[link]] -= amount
            else:
                flow[link] += amount
            state = before
