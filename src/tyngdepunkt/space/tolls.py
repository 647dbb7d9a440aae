r"""
Tolls that make cheap blocks dear, and the bound that they give.

Many blocks with small boundaries overlap, so that few of them can be blocks of one division. Let :math:`\mathcal L` be
all blocks that at most :math:`\beta` edges leave. Of the rest each is left by :math:`\beta + 1` or more, so with tolls
:math:`w \ge 0` no block costs less than

.. math:: \tau = \min(\beta + 1, \min_{S \in \mathcal L} b(S) + w(S)), \quad \text{and} \quad c \ge (k \tau - w(V)) / 2.

The best tolls are the solution of a linear program; its dual packs disjoint blocks of :math:`\mathcal L` fractionally,
each worth the edges that it saves. The solver's tolls are rounded to whole numbers and :math:`\tau` is found from
these, so the bound holds however well the solver did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from tyngdepunkt.highs import QuietHighs
from tyngdepunkt.space.blocks import EDGE

__all__ = ["Tolls", "bits", "set_tolls"]


@dataclass(frozen=True)
class Tolls:
    """
    What nodes add to the cost of their blocks.

    Parameters
    ----------
    tolls
        Of each node of the whole graph, 0 or more [edges / `EDGE`].
    bound
        No division cuts fewer edges.
    """

    tolls: tuple[int, ...]
    bound: int


def set_tolls(listed: Sequence[tuple[int, int]], size: int, blocks: int, beyond: int) -> Tolls:
    """
    Find the tolls that give the best bound.

    Parameters
    ----------
    listed
        Edges that leave and nodes, as bits, of all blocks that fewer than so many edges leave.
    size
        Number of nodes of the whole graph.
    blocks
        Number of blocks that it, or a part of it, is divided into.
    beyond
        Edges that leave any other block, or more.

    Returns
    -------
    The tolls and their bound.
    """
    tolls = _pack(listed, size, blocks, beyond) if listed else [0] * size
    costs = [edges * EDGE + sum(tolls[v] for v in bits(block)) for edges, block in listed]
    return Tolls(tuple(tolls), -(-(blocks * min([beyond * EDGE, *costs]) - sum(tolls)) // (2 * EDGE)))


def bits(members: int) -> Iterator[int]:
    """
    Give the nodes of a set.

    Parameters
    ----------
    members
        The set, as bits.

    Yields
    ------
    Each node, ascending.
    """
    while members:
        low = members & -members
        yield low.bit_length() - 1
        members ^= low


def _pack(listed: Sequence[tuple[int, int]], size: int, blocks: int, beyond: int) -> list[int]:
    """Return the price of each node where disjoint blocks are packed, each worth the edges that it saves."""
    members = [list(bits(block)) for _, block in listed]
    starts = np.zeros(len(listed), dtype=np.int32)
    np.cumsum([len(each) + 1 for each in members[:-1]], out=starts[1:])
    rows = np.array([row for each in members for row in (*each, size)], dtype=np.int32)
    worth = np.array([beyond - edges for edges, _ in listed], dtype=np.float64)
    most = np.array([*[1.0] * size, float(blocks)])
    none = np.zeros(0, dtype=np.int32)
    model = QuietHighs()
    model.addRows(size + 1, np.full(size + 1, -highspy.kHighsInf), most, 0, none, none, np.zeros(0))
    zeros, endless = np.zeros(len(listed)), np.full(len(listed), highspy.kHighsInf)
    model.addCols(len(listed), -worth, zeros, endless, len(rows), starts, rows, np.ones(len(rows)))
    model.run()
    return [max(0, round(-price * EDGE)) for price in list(model.getSolution().row_dual)[:size]]
