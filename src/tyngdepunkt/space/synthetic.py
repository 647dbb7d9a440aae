"""Made-up counties and countries of any size, for benchmarks."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.space.graphs import Graph

__all__ = ["make_graph"]

_TYPICAL = 5_000
"""Inhabitants of the municipality in the middle [persons]; Norway's in 2017 had 4,700."""
_SPREAD = 0.9
"""Standard deviation of the logarithm of inhabitants; somewhat less than in Norway, so that none fills a block."""


def make_graph(nodes: int, *, seed: int) -> Graph:
    """
    Make up a graph like a map of municipalities.

    Nodes lie at random in a square. Two are neighbours where no third lies in the circle that has the two for its
    diameter (Gabriel and Sokal 1969): the graph hangs together, can be drawn without crossings, and has nearly two
    edges a node. Inhabitants are lognormal.

    Parameters
    ----------
    nodes
        How many, 2 or more.
    seed
        The same seed gives the same graph.

    Returns
    -------
    The graph.
    """
    source = np.random.default_rng(seed)
    places = source.random((nodes, 2))
    people = np.maximum(1, np.exp(source.normal(np.log(_TYPICAL), _SPREAD, nodes))).astype(np.int64)
    apart = ((places[:, None] - places[None]) ** 2).sum(axis=2)
    edges: list[tuple[int, int]] = []
    for a in range(nodes):
        # b is a neighbour where the two sides from any third node are together longer than the side between.
        third = apart[a][None, :] + apart[a + 1 :]
        third[:, a] = np.inf
        third[np.arange(nodes - a - 1), np.arange(a + 1, nodes)] = np.inf
        near = third.min(axis=1) >= apart[a, a + 1 :]
        edges += [(a, int(b) + a + 1) for b in np.flatnonzero(near)]
    return Graph(tuple(int(value) for value in people), tuple(edges))
