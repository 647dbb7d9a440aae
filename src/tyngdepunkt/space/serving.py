"""Divisions scored by how well each block is served by the best of its members as its centre."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.space.compiled import compiled

__all__ = ["score_by_best_centres"]


def score_by_best_centres(plans: NDArray[np.int32], gain: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return Σ over blocks B of max over c in B of Σ over i in B of gain[i, c].

    Parameters
    ----------
    plans
        Block of each node, numbered from 0, shape (n_plans, n_nodes).
    gain
        What node i adds where its block has the centre c, shape (n_nodes, n_nodes).

    Returns
    -------
    The scores, shape (n_plans,).

    Examples
    --------
    >>> gain = np.array([[0.0, 1.0, 5.0], [2.0, 0.0, 0.0], [3.0, 1.0, 0.0]])
    >>> score_by_best_centres(np.array([[0, 0, 0], [0, 1, 0]], dtype=np.int32), gain)
    array([5., 5.])
    """
    found: NDArray[np.float64] = _score(
        np.ascontiguousarray(plans, dtype=np.int32), np.ascontiguousarray(gain), int(plans.max(initial=0)) + 1
    )
    return found


@compiled
def _score(plans: NDArray[np.int32], gain: NDArray[np.float64], blocks: int) -> NDArray[np.float64]:
    """Return the scores of divisions into so many blocks at most."""
    count, nodes = plans.shape
    found = np.zeros(count)
    served = np.zeros(nodes)
    best = np.zeros(blocks)
    for plan in range(count):
        block = plans[plan]
        served[:] = 0.0
        for i in range(nodes):
            for c in range(nodes):
                if block[i] == block[c]:
                    served[c] += gain[i, c]
        best[:] = -np.inf
        for c in range(nodes):
            best[block[c]] = max(best[block[c]], served[c])
        for b in range(block.max() + 1):
            found[plan] += best[b]
    return found
