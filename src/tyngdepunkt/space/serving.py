"""Divisions scored by an objective: the best centre of each block, pairs within blocks, sets that blocks touch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled

__all__ = ["score_by_best_centres"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def score_by_best_centres(
    plans: NDArray[np.int32],
    gain: Floats,
    *,
    bond: Floats | None = None,
    sets: Sequence[Sequence[int]] = (),
    weights: Sequence[float] = (),
) -> Floats:
    """
    Score divisions, each block with the member as its centre that serves it best.

    The score is Σ over blocks B of max over c in B of Σ over i in B of gain[i, c], plus Σ over pairs a < b in one block
    of bond[a, b], plus Σ over sets of their weight times the number of blocks that hold somebody of the set.

    Parameters
    ----------
    plans
        Block of each node, numbered from 0, shape (n_plans, n_nodes).
    gain
        What node i adds where its block has the centre c, shape (n_nodes, n_nodes).
    bond
        What two nodes add in one block, symmetric, shape (n_nodes, n_nodes); nothing where not given.
    sets, weights
        Nodes of each set, and its weight.

    Returns
    -------
    The scores, shape (n_plans,).

    Examples
    --------
    >>> gain = np.array([[0.0, 1.0, 5.0], [2.0, 0.0, 0.0], [3.0, 1.0, 0.0]])
    >>> score_by_best_centres(np.array([[0, 0, 0], [0, 1, 0]], dtype=np.int32), gain)
    array([5., 5.])
    """
    starts = np.cumsum([0, *(len(each) for each in sets)]).astype(np.int64)
    members = np.array([node for each in sets for node in each], dtype=np.int64)
    found: Floats = _score(
        np.ascontiguousarray(plans, dtype=np.int32),
        np.ascontiguousarray(gain, dtype=np.float64),
        np.zeros((0, 0)) if bond is None else np.ascontiguousarray(bond, dtype=np.float64),
        starts,
        members,
        np.array(weights, dtype=np.float64),
        int(plans.max(initial=0)) + 1,
    )
    return found


@compiled
def _score(
    plans: NDArray[np.int32], gain: Floats, bond: Floats, starts: Ints, members: Ints, weights: Floats, blocks: int
) -> Floats:
    """Return the scores of divisions into so many blocks at most; members of set s stand from starts[s] on."""
    count, nodes = plans.shape
    found = np.zeros(count)
    served, best = np.zeros(nodes), np.zeros(blocks)
    seen = np.full(blocks, -1)
    stamp = 0
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
        for a in range(bond.shape[0]):
            for b in range(a):
                if block[a] == block[b]:
                    found[plan] += bond[a, b]
        for s in range(weights.shape[0]):
            stamp += 1
            for place in range(starts[s], starts[s + 1]):
                if seen[block[members[place]]] != stamp:
                    seen[block[members[place]]] = stamp
                    found[plan] += weights[s]
    return found
