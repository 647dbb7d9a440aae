"""
How many divisions of a graph into connected blocks there are, exactly.

The nodes are taken in one by one, and all divisions of the nodes so far that have the same future are counted as
one: frontier-based dynamic programming (Sekine, Imai and Tani 1995; Kawahara et al. 2017), here with blocks decided
at once and with the populations of open blocks, as far as they tell futures apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.model import Progress, Step, silent
from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.graphs import Graph
from tyngdepunkt.space.memory import GIGABYTES, SpaceTooLargeError

if TYPE_CHECKING:
    from tyngdepunkt.space.expansion import Layer
    from tyngdepunkt.space.layers import Frontiers

__all__ = ["Expanded", "choose_frontiers", "count_divisions", "count_every", "expand_all"]

Words = NDArray[np.uint64]
Links = NDArray[np.uint32]

_ROWS = 200_000
"""Rows between two looks at the clock and at Ctrl-C: a few tenths of a second."""
_TRIAL_BLOCKS = 3
"""Blocks in the trial runs that choose an order."""
_MARGIN = 64


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
    graph, memory, progress
        As for `count_divisions`.
    floor
        Least population of a block [persons].

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


@dataclass(frozen=True, eq=False)
class Expanded:
    """
    The partial divisions after a node.

    Parameters
    ----------
    layer
        What happened at the node.
    rows
        Words, then limbs, shape (n_partial, words + limbs).
    first, links
        Where the choices of each partial division before begin, and where each leads; both empty where not kept.
    """

    layer: Layer
    rows: Words
    first: Links
    links: Links

    @property
    def numbers(self) -> Words:
        """How many divisions of the nodes so far come to each, shape (n_partial, limbs), the lowest limb first."""
        return self.rows[:, self.layer.after.words :]


def expand_all(
    frontiers: Frontiers,
    blocks: tuple[int, int],
    bounds: Bounds,
    *,
    memory: float,
    growth: NDArray[np.float64],
    keep: bool = False,
    progress: Progress = silent,
) -> Iterator[Expanded]:
    """
    Take in the nodes one by one.

    Parameters
    ----------
    frontiers
        Of the order.
    blocks
        Fewest and most blocks.
    bounds
        Population of a block.
    memory
        Memory that may be used [GB].
    growth
        How the number of partial divisions is expected to go, by node, up to a factor; for what is said when memory
        runs out.
    keep
        Whether to keep where each choice leads.
    progress
        Told after each node.

    Yields
    ------
    The partial divisions after each node; none at all ends it early.

    Raises
    ------
    SpaceTooLargeError
        Where the memory is not enough.
    """
    from tyngdepunkt.space.expansion import WIDEST
    from tyngdepunkt.space.layers import layers_of

    nodes = len(frontiers.order)
    if frontiers.width > WIDEST:
        raise SpaceTooLargeError(allowed=memory, needed=np.inf, done=0, nodes=nodes, partial=0)
    rows = np.zeros((1, 2), dtype=np.uint64)
    rows[0, 1] = 1
    kept = 0
    for t, layer in enumerate(layers_of(frontiers, *blocks, bounds)):
        budget = memory * 1e9 - kept - rows.nbytes
        while True:
            expanded = _expand_one(layer, rows, budget, keep=keep)
            if isinstance(expanded, Expanded):
                break
            if expanded >= 0:
                needed = memory * growth[t:].max() / growth[t]
                raise SpaceTooLargeError(allowed=memory, needed=needed, done=t, nodes=nodes, partial=expanded)
            rows = np.hstack([rows, np.zeros((rows.shape[0], 1), dtype=np.uint64)])
        rows = expanded.rows
        kept += expanded.first.nbytes + expanded.links.nbytes
        progress(Step("count", t + 1, nodes))
        yield expanded
        if not rows.shape[0]:
            return


_OVERFLOW = -1


def _expand_one(layer: Layer, rows: Words, budget: float, *, keep: bool) -> Expanded | int:
    """Take in a node; give the rows reached where memory ran out, and `_OVERFLOW` where the limbs are too few."""
    from tyngdepunkt.space.expansion import expand, rehash

    limbs = rows.shape[1] - layer.before.words
    choices = rows.shape[0] * (min(layer.before.width, layer.most_blocks) + 1)
    width = (layer.after.words + limbs) * 8
    budget -= (rows.shape[0] + choices) * 4 if keep else 0
    # Memory is taken as it is written to, so room for all that may come costs nothing by itself.
    most = max(0, min(choices, int(budget / width))) + 2 * _MARGIN
    out = np.empty((most, layer.after.words + limbs), dtype=np.uint64)
    first = np.empty(rows.shape[0] + 1 if keep else 0, dtype=np.uint32)
    links = np.empty(choices if keep else 0, dtype=np.uint32)
    table = np.zeros(1 << max(8, (2 * rows.shape[0]).bit_length()), dtype=np.uint64)
    tally = np.zeros(4, dtype=np.int64)
    while tally[0] < rows.shape[0]:
        before = int(tally[0])
        expand(layer, rows, limbs, out, table, first, links, tally, min(before + _ROWS, rows.shape[0]))
        if tally[3]:
            return _OVERFLOW
        if tally[0] == min(before + _ROWS, rows.shape[0]):
            continue
        size = int(tally[1])
        if size > most - _MARGIN or size * width + 3 * table.nbytes > budget:
            return size
        table = np.zeros(2 * table.shape[0], dtype=np.uint64)
        rehash(out, size, layer.after.words, table)
    return Expanded(layer, out[: tally[1]], first, links[: tally[2]])


def choose_frontiers(graph: Graph, blocks: int, bounds: Bounds) -> tuple[Frontiers, NDArray[np.float64]]:
    """
    Choose an order of the nodes by trial.

    Parameters
    ----------
    graph, blocks, bounds
        What shall be counted.

    Returns
    -------
    The frontiers of the best order found, and how many partial divisions to expect after each node, up to a factor.
    Where populations matter, each candidate is tried with few blocks and without them; a partial division is then
    expected as often as there are divisions that come to it, or populations that can be told apart.
    """
    from tyngdepunkt.space.layers import Frontiers, layers_of
    from tyngdepunkt.space.order import candidate_orders

    candidates = [Frontiers(graph, order.tolist()) for order in candidate_orders(graph)]
    few = min(blocks, _TRIAL_BLOCKS)
    widths = np.array([len(nodes) for nodes in candidates[0].nodes[1:]])
    best, expected = candidates[0], 3.0**widths
    if bounds.most is None and bounds.least == 0:
        return best, expected
    least = np.inf
    for candidate in candidates:
        apart = [np.unique(layer.alike).shape[0] for layer in layers_of(candidate, blocks, blocks, bounds)]
        guess: list[float] = []
        trial = expand_all(candidate, (few, few), Bounds(), memory=GIGABYTES, growth=expected)
        for expanded, people in zip(trial, apart, strict=False):
            guess.append(float(np.minimum(_floats(expanded.numbers), float(people) ** max(1, few - 1)).sum()))
            if sum(guess) >= least:
                break
        else:
            if len(guess) == len(graph):
                best, expected, least = candidate, np.array(guess), sum(guess)
    return best, expected


def _count(
    graph: Graph, blocks: tuple[int, int], bounds: Bounds, memory: float, progress: Progress
) -> dict[int, int]:
    """Return number of blocks to number of divisions."""
    frontiers, growth = choose_frontiers(graph, blocks[1], bounds)
    final = None
    for expanded in expand_all(frontiers, blocks, bounds, memory=memory, growth=growth, progress=progress):
        final = expanded
    if final is None:
        return {}
    closed = final.rows[:, 0].tolist()
    return dict(sorted(zip(closed, map(_whole, final.numbers), strict=True)))


def _whole(limbs: Words) -> int:
    """Return the number that limbs hold."""
    return sum(int(limb) << 64 * place for place, limb in enumerate(limbs))


def _floats(numbers: Words) -> NDArray[np.float64]:
    """Return numbers in limbs as floats."""
    return np.asarray(numbers @ 2.0 ** (64 * np.arange(numbers.shape[1])))
