"""
How many divisions of a graph into connected blocks there are, exactly.

The nodes are taken in one by one, and all divisions of the nodes so far that have the same future are counted as
one: frontier-based dynamic programming (Sekine, Imai and Tani 1995; Kawahara et al. 2017), here with blocks decided
at once and with the populations of open blocks, as far as they tell futures apart.
"""

from __future__ import annotations

from tyngdepunkt.model import Progress, silent
from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.forward import Words, expand_all
from tyngdepunkt.space.graphs import Graph
from tyngdepunkt.space.memory import GIGABYTES
from tyngdepunkt.space.trial import choose_route

__all__ = ["count_divisions", "count_every", "whole"]


def count_divisions(
    graph: Graph, blocks: int, *, bounds: Bounds | None = None, memory: float = GIGABYTES, progress: Progress = silent
) -> int:
    """
    Count the divisions of a graph into connected blocks.

    Parameters
    ----------
    graph
        The graph. Where it does not hang together, each block lies within one of its parts.
    blocks
        Number of blocks, 1 to the number of nodes. Blocks have no names: a division is counted once.
    bounds
        Least and most population of a block; none where not given.
    memory
        Memory that may be used [GB].
    progress
        Told after each node.

    Returns
    -------
    The exact number, however large; 0 where there is no such division.

    Raises
    ------
    QuestionError
        Where there cannot be so many blocks.
    SpaceTooLargeError
        Where the memory is not enough.
    """
    graph.check_blocks(blocks)
    bounds = bounds or Bounds()
    if not bounds.allow(blocks, graph.total):
        return 0
    return _count(graph, (blocks, blocks), bounds, memory, progress).get(blocks, 0)


def count_every(
    graph: Graph, *, floor: int = 0, memory: float = GIGABYTES, progress: Progress = silent
) -> dict[int, int]:
    """
    Count the divisions for every number of blocks in one pass.

    Parameters
    ----------
    graph
        As for `count_divisions`.
    floor
        Least population of a block [persons].
    memory, progress
        As for `count_divisions`.

    Returns
    -------
    Number of blocks to number of divisions, ascending; numbers of blocks without any division are left out.

    Raises
    ------
    SpaceTooLargeError
        Where the memory is not enough.
    """
    most = min(len(graph), graph.total // floor) if floor else len(graph)
    return _count(graph, (1, most), Bounds(floor), memory, progress) if most else {}


def whole(limbs: Words) -> int:
    """Return the number that limbs hold, the lowest first."""
    return sum(int(limb) << 64 * place for place, limb in enumerate(limbs))


def _count(graph: Graph, blocks: tuple[int, int], bounds: Bounds, memory: float, progress: Progress) -> dict[int, int]:
    """Return number of blocks to number of divisions."""
    route = choose_route(graph, blocks[1], bounds)
    final = None
    for expanded in expand_all(route, blocks, bounds, memory=memory, progress=progress):
        final = expanded
    if final is None:
        return {}
    closed = final.rows[:, 0].tolist()
    return dict(sorted(zip(closed, map(whole, final.numbers), strict=True)))
