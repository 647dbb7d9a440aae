"""
What each municipality adds to the bound by having to have a centre, and what ways between two cost; compiled.

The rewards u are the multipliers of "one centre each" in the relaxation without connection, see `descent`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled
from tyngdepunkt.lists import join_lists
from tyngdepunkt.structure.descent import SHORTEST, find_limit, keep_best, take_step

__all__ = ["find_detours", "find_rewards"]

_ROUNDS = 1_200
_ROUNDS_AGAIN = 400
"""Steps at most, and where u to start from are of a problem much like it."""


def find_rewards(
    value: NDArray[np.float64],
    centres: int,
    *,
    start: NDArray[np.float64] | None = None,
    forced: NDArray[np.bool_] | None = None,
    nearest: int = 40,
) -> NDArray[np.float64]:
    """
    Find u by subgradient steps on the relaxation without connection, over each one's most valuable centres.

    Parameters
    ----------
    value
        What each pair is worth, shape (n, n); −inf where not allowed.
    centres
        k.
    start
        u to start from, shape (n,); half of each one's second best by default.
    forced
        Whether i is in the block of j wherever j is a centre, shape (n, n); None for nowhere.
    nearest
        How many centres of each are looked at.

    Returns
    -------
    u, shape (n,), in the unit of the objective.
    """
    n = len(value)
    count = min(nearest, n)
    forced = np.zeros((n, n), dtype=np.bool_) if forced is None else forced
    columns = np.argpartition(np.where(forced, -np.inf, -value), count - 1, axis=1)[:, :count]
    rows = np.repeat(np.arange(n), count)
    columns = columns.ravel()
    keep = np.isfinite(value[rows, columns]) & (rows != columns)
    rows, columns = rows[keep], columns[keep]
    rounds = _ROUNDS if start is None else _ROUNDS_AGAIN
    if start is None:
        second = np.sort(value, axis=1)[:, -min(2, n)]
        start = np.where(np.isfinite(second), second * 0.5, 0.0)
    own = np.ascontiguousarray(np.diag(value))
    gains, held = value[rows, columns], forced[rows, columns]
    found = _descend(rows, columns, gains, held, own, np.ascontiguousarray(value), start, centres, rounds)
    return np.asarray(found)


@compiled
def _descend(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    gains: NDArray[np.float64],
    held: NDArray[np.bool_],
    own: NDArray[np.float64],
    value: NDArray[np.float64],
    start: NDArray[np.float64],
    centres: int,
    rounds: int,
) -> NDArray[np.float64]:
    """Return the u of least bound on the way."""
    n = len(own)
    u, best = start.copy(), start.copy()
    target, state = -np.inf, np.array([np.inf, 1.0, 0.0])
    direction, care, slope = np.zeros(n), np.ones(n), np.zeros(n)
    open_ = np.zeros(n, dtype=np.bool_)
    limit = find_limit(columns, gains, n)
    for turn in range(rounds):
        rho = own - u
        for pair in range(len(rows)):
            left = gains[pair] - u[rows[pair]]
            if left > 0 or held[pair]:
                rho[columns[pair]] += left
        top = np.argsort(-rho)[:centres]
        bound = u.sum()
        open_[:] = False
        for j in top:
            bound += rho[j]
            open_[j] = True
        if turn % 10 == 0:
            # The score of these centres with each of the others at its most valuable: near that of a plan.
            score = 0.0
            for i in range(n):
                if not open_[i]:
                    most = -np.inf
                    for j in top:
                        most = max(most, value[i, j])
                    score += most
            target = max(target, score)
        if not keep_best(bound, u, best, state):
            continue
        if state[1] < SHORTEST:
            break
        for i in range(n):
            slope[i] = 0.0 if open_[i] else 1.0
        for pair in range(len(rows)):
            if open_[columns[pair]] and (held[pair] or gains[pair] > u[rows[pair]]):
                slope[rows[pair]] -= 1.0
        distance = bound - target if np.isfinite(target) else 0.05 * abs(bound)
        if not take_step(u, direction, slope, care, state[1] * max(distance, 1e-9 * abs(bound)), limit):
            break
    return best


def find_detours(neighbours: Sequence[Sequence[int]], cost: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Find what the cheapest way from each centre to each municipality costs.

    Parameters
    ----------
    neighbours
        Of each municipality, positions.
    cost
        What each (s, j) costs that is on a way from j, 0 or more, infinite where it may not be; shape (n, n).

    Returns
    -------
    For each (i, j) the least sum of cost[s, j] over the ways from j to i, i counted and j not; shape (n, n).
    """
    return np.asarray(_spread(*join_lists(neighbours), np.ascontiguousarray(cost.T)).T)


@compiled
def _spread(first: NDArray[np.int64], to: NDArray[np.int64], cost: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least sums, one row for each centre: each one whose sum falls has its neighbours looked at again."""
    n = len(first) - 1
    least = np.full((n, n), np.inf)
    queue = np.empty(n + 1, dtype=np.int64)
    waiting = np.zeros(n, dtype=np.bool_)
    for j in range(n):
        own, paid = least[j], cost[j]
        own[j] = 0.0
        queue[0] = j
        head, tail = 0, 1
        while head != tail:
            v = queue[head]
            head = (head + 1) % (n + 1)
            waiting[v] = False
            for link in range(first[v], first[v + 1]):
                w = to[link]
                through = own[v] + paid[w]
                if through < own[w]:
                    own[w] = through
                    if not waiting[w]:
                        waiting[w] = True
                        queue[tail] = w
                        tail = (tail + 1) % (n + 1)
    return least
