"""
An order of the nodes that keeps the frontier narrow.

The frontier after a node is the nodes so far that have neighbours still to come. What counting costs grows
exponentially with its width, so the order is searched for: grown greedily from each start, then mended by moving
single nodes, as in simulated annealing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled
from tyngdepunkt.lists import join_lists
from tyngdepunkt.space.graphs import Graph

__all__ = ["candidate_orders", "frontier_widths"]

Ints = NDArray[np.int64]

_BASE = 3.0
"""How much one more node in the frontier is taken to cost, as a factor."""
_STARTS = 6
"""Greedy orders that are mended, the cheapest first."""
_MOVES = 8_000
"""Most moves that are tried on each."""


def candidate_orders(graph: Graph, *, worth: float = 0.1) -> list[Ints]:
    """
    Return orders with narrow frontiers, to choose among.

    Parameters
    ----------
    graph
        The graph; parts that do not hang together follow one another.
    worth
        Moves that are worth trying for each unit of what an order costs: the more, the dearer each partial division.

    Returns
    -------
    Distinct orders, each a permutation of the nodes, the narrowest first; always the same for the same graph.
    """
    starts, ends = join_lists(graph.neighbours)
    powers = _BASE ** np.arange(len(graph) + 1.0)
    grown: dict[tuple[int, ...], Ints] = {}
    for first in range(len(graph)):
        order = np.zeros(len(graph), dtype=np.int64)
        _grow(starts, ends, first, order)
        grown[tuple(order.tolist())] = order
    ranked = sorted(grown.values(), key=lambda order: _cost(starts, ends, order, powers))
    moves = int(min(_MOVES, worth * _cost(starts, ends, ranked[0], powers)))
    found: dict[tuple[int, ...], Ints] = {}
    for number, each in enumerate(ranked[:_STARTS]):
        for order in (each.copy(), each[::-1].copy()):
            _mend(starts, ends, order, powers, moves, number + 1)
            found[tuple(order.tolist())] = order
    return sorted(found.values(), key=lambda order: _cost(starts, ends, order, powers))


def frontier_widths(graph: Graph, order: Ints) -> list[int]:
    """Return how many nodes the frontier has after each node of an order."""
    starts, ends = join_lists(graph.neighbours)
    widths = np.zeros(len(graph), dtype=np.int64)
    _measure(starts, ends, np.asarray(order, dtype=np.int64), np.zeros(len(graph), dtype=np.int64), widths)
    return [int(width) for width in widths]


def _cost(starts: Ints, ends: Ints, order: Ints, powers: NDArray[np.float64]) -> float:
    """Return what an order costs: the sum over nodes of the base to the power of the width."""
    widths = np.zeros(order.shape[0], dtype=np.int64)
    _measure(starts, ends, order, np.zeros(order.shape[0], dtype=np.int64), widths)
    return float(powers[widths].sum())


@compiled
def _measure(starts: Ints, ends: Ints, order: Ints, place: Ints, widths: Ints) -> None:
    """Write the width of the frontier after each node."""
    n = order.shape[0]
    for t in range(n):
        place[order[t]] = t
        widths[t] = 0
    for t in range(n):
        last = t
        for e in range(starts[order[t]], starts[order[t] + 1]):
            if place[ends[e]] > last:  # noqa: PLR1730  # plain statements compile faster
                last = place[ends[e]]
        if last > t:
            widths[t] += 1
            widths[last] -= 1
    for t in range(1, n):
        widths[t] += widths[t - 1]


@compiled
def _grow(starts: Ints, ends: Ints, first: int, order: Ints) -> None:
    """Write the order that takes, from a start, the node that leaves the narrowest frontier each time."""
    n = order.shape[0]
    left = np.zeros(n, dtype=np.int64)  # neighbours still to come
    done = np.zeros(n, dtype=np.int64)
    for v in range(n):
        left[v] = starts[v + 1] - starts[v]
    node = first
    for t in range(n):
        best = 2 * n * n
        for v in range(n):
            if t == 0 or done[v] == 1:
                continue
            change = 1 if left[v] > 0 else 0
            if left[v] == starts[v + 1] - starts[v]:
                change += n  # no neighbour so far: only where nothing else is left
            for e in range(starts[v], starts[v + 1]):
                if done[ends[e]] == 1 and left[ends[e]] == 1:
                    change -= 1
            if change * n + left[v] < best:
                best = change * n + left[v]
                node = v
        done[node] = 1
        order[t] = node
        for e in range(starts[node], starts[node + 1]):
            left[ends[e]] -= 1


@compiled
def _mend(starts: Ints, ends: Ints, order: Ints, powers: NDArray[np.float64], moves: int, seed: int) -> None:
    """Move single nodes to and fro, and leave the cheapest order met."""
    n = order.shape[0]
    place, widths, best = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    now = least = 0.0
    state, i, j = seed, 0, 0
    for move in range(-1, moves):
        if move >= 0:
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            i = (state >> 8) % n
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            j = i + (state >> 8) % 17 - 8
            j = 0 if j < 0 else (n - 1 if j >= n else j)
            _shift(order, i, j)
        _measure(starts, ends, order, place, widths)
        cost = 0.0
        for t in range(n):
            cost += powers[widths[t]]
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        chance = (state >> 8) / 0x800000
        if move < 0 or cost <= now * (1.0 + chance * chance * 0.2 * (moves - move) / moves):
            now = cost
            if move < 0 or cost < least:
                least = cost
                for t in range(n):
                    best[t] = order[t]
        else:
            _shift(order, j, i)
    for t in range(n):
        order[t] = best[t]


@compiled
def _shift(order: Ints, i: int, j: int) -> None:
    """Take the node at a place out, and put it in at another."""
    node = order[i]
    while i < j:
        order[i] = order[i + 1]
        i += 1
    while i > j:
        order[i] = order[i - 1]
        i -= 1
    order[j] = node
