"""What divisions are scored by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.space.graphs import Graph

__all__ = ["SCORES", "both_ways", "log_trees", "score_divisions"]

Ints = NDArray[np.int64]

SCORES = ("cut_edges", "smallest", "largest", "inside")
"""Edges between blocks; population of the smallest and of the largest block [persons]; commuters inside blocks."""


def score_divisions(graph: Graph, plans: NDArray[np.int32], *, flows: Ints | None = None) -> dict[str, Ints]:
    """
    Score divisions.

    Parameters
    ----------
    graph
        The graph.
    plans
        Block of each node, shape (n_plans, n_nodes), blocks numbered from 0.
    flows
        Commuters by home and work, shape (n, n).

    Returns
    -------
    Name, as in `SCORES`, to values, shape (n_plans,); ``inside`` only where there are flows: commuters between
    different nodes of one block [persons].
    """
    ends = np.array(graph.edges, dtype=np.int64).reshape(-1, 2)
    cut = (plans[:, ends[:, 0]] != plans[:, ends[:, 1]]).sum(axis=1)
    weights = np.array(graph.population, dtype=np.int64)
    people = np.stack([(plans == block) @ weights for block in range(int(plans.max(initial=0)) + 1)], axis=1)
    used = np.stack([(plans == block).any(axis=1) for block in range(people.shape[1])], axis=1)
    found = {
        "cut_edges": cut.astype(np.int64),
        "smallest": np.where(used, people, np.iinfo(np.int64).max).min(axis=1),
        "largest": people.max(axis=1),
    }
    if flows is not None:
        both = both_ways(flows)
        inside = np.zeros(plans.shape[0], dtype=np.int64)
        for block in range(people.shape[1]):
            members = (plans == block).astype(np.int64)
            inside += ((members @ both) * members).sum(axis=1) // 2
        found["inside"] = inside
    return found


def both_ways(flows: Ints) -> Ints:
    """Return commuters between two nodes, both ways, 0 on the diagonal."""
    both = np.asarray(flows, dtype=np.int64) + np.asarray(flows, dtype=np.int64).T
    np.fill_diagonal(both, 0)
    return np.ascontiguousarray(both)


def log_trees(graph: Graph, plans: NDArray[np.int32]) -> NDArray[np.float64]:
    """
    Return the logarithm of the number of spanning forests with one tree for each block.

    It is the sum over blocks of the logarithm of the number of spanning trees of the block, each a determinant of the
    block's Laplacian with one node left out (Kirchhoff 1847).

    Parameters
    ----------
    graph
        The graph.
    plans
        Block of each node, shape (n_plans, n_nodes); blocks hang together.

    Returns
    -------
    The logarithms, shape (n_plans,).
    """
    ends = np.array(graph.edges, dtype=np.int64).reshape(-1, 2)
    found = np.zeros(plans.shape[0])
    for number, plan in enumerate(plans):
        laplacian = np.zeros((len(graph), len(graph)))
        a, b = ends[plan[ends[:, 0]] == plan[ends[:, 1]]].T
        np.add.at(laplacian, (a, a), 1.0)
        np.add.at(laplacian, (b, b), 1.0)
        np.add.at(laplacian, (a, b), -1.0)
        np.add.at(laplacian, (b, a), -1.0)
        # One node of each block is left out by making its row and column those of the identity.
        roots = np.unique(plan, return_index=True)[1]
        laplacian[roots, :] = 0.0
        laplacian[:, roots] = 0.0
        laplacian[roots, roots] = 1.0
        found[number] = np.linalg.slogdet(laplacian)[1]
    return found
