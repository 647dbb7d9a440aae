"""A route through the nodes, and the frontier after each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.space.graphs import Graph

__all__ = ["Route"]

Ints = NDArray[np.int64]

_FACTOR = 3.0
"""How many times as many partial divisions one more node in the frontier is taken to make."""


class Route:
    """
    An order of the nodes, with the frontier after each and how the work is expected to grow.

    Parameters
    ----------
    graph
        The graph.
    order
        A permutation of its nodes.
    growth
        Partial divisions to expect after each node; up to an unknown factor, by the width of the frontier, where not
        given.
    """

    def __init__(self, graph: Graph, order: Sequence[int], *, growth: NDArray[np.float64] | None = None) -> None:
        self.graph = graph
        self.order = [int(node) for node in order]
        place = {node: t for t, node in enumerate(self.order)}
        last = {v: max([t, *(place[u] for u in graph.neighbours[v])]) for v, t in place.items()}
        self.nodes: list[list[int]] = [[]]
        for t, node in enumerate(self.order):
            self.nodes.append([v for v in [*self.nodes[-1], node] if last[v] > t])

        self.absolute = growth is not None
        self.growth = _FACTOR ** np.array([float(len(each)) for each in self.nodes[1:]]) if growth is None else growth

    def expecting(self, growth: NDArray[np.float64]) -> Route:
        """Return the same route with so many partial divisions to expect."""
        return Route(self.graph, self.order, growth=growth)

    @property
    def width(self) -> int:
        """Most nodes that a frontier has."""
        return max(map(len, self.nodes))

    def before(self, t: int) -> list[int]:
        """Return the frontier before the t-th node, in the order of its places."""
        return self.nodes[t]

    def leaving(self, t: int) -> Ints:
        """Return, for each node of the frontier before and then the t-th node, 1 where it leaves."""
        after = set(self.nodes[t + 1])
        return np.array([int(v not in after) for v in [*self.nodes[t], self.order[t]]], dtype=np.int64)

    def joined(self, t: int) -> Ints:
        """Return the places in the frontier before of the t-th node's neighbours."""
        near = set(self.graph.neighbours[self.order[t]])
        return np.array([s for s, v in enumerate(self.nodes[t]) if v in near], dtype=np.int64)
