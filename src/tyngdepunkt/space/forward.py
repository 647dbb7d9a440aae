"""Forwards through the nodes: all partial divisions after each, within the memory allowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.model import Progress, Step, silent
from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.memory import SpaceTooLargeError
from tyngdepunkt.space.route import Route

if TYPE_CHECKING:
    from tyngdepunkt.space.expansion import Layer

__all__ = ["Expanded", "Links", "Words", "expand_all"]

Words = NDArray[np.uint64]
Links = NDArray[np.uint32]

_ROWS = 200_000
"""Rows between two looks at Ctrl-C: a few tenths of a second."""
_MARGIN = 64
"""Rows of room that the expansion asks for beyond what it fills."""
_HOPELESS = 1_000
"""How many times the memory allowed a guess has to be for the work not to be begun."""
_BYTES = 24
"""Least bytes of a partial division, its place in the hash table among them."""
_OVERFLOW = -1


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
    route: Route,
    blocks: tuple[int, int],
    bounds: Bounds,
    *,
    memory: float,
    keep: bool = False,
    progress: Progress = silent,
) -> Iterator[Expanded]:
    """
    Take in the nodes one by one.

    Parameters
    ----------
    route
        The nodes in order.
    blocks
        Fewest and most blocks.
    bounds
        Population of a block.
    memory
        Memory that may be used [GB].
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

    nodes = len(route.order)
    guess = _BYTES * route.growth.max() / 1e9 if route.absolute else 0.0
    if route.width > WIDEST or guess > _HOPELESS * memory:
        raise SpaceTooLargeError(allowed=memory, needed=max(guess, np.inf if route.width > WIDEST else 0.0))
    rows = np.zeros((1, 2), dtype=np.uint64)
    rows[0, 1] = 1
    kept = 0
    for t, layer in enumerate(layers_of(route, *blocks, bounds)):
        budget = memory * 1e9 - kept - rows.nbytes
        while True:
            expanded = _expand_one(layer, rows, budget, keep=keep)
            if isinstance(expanded, Expanded):
                break
            if expanded >= 0:
                needed = memory * route.growth[t:].max() / route.growth[t]
                raise SpaceTooLargeError(allowed=memory, needed=needed, done=t, nodes=nodes, partial=expanded)
            rows = np.hstack([rows, np.zeros((rows.shape[0], 1), dtype=np.uint64)])
        rows = expanded.rows
        kept += expanded.first.nbytes + expanded.links.nbytes
        progress(Step("count", t + 1, nodes))
        yield expanded
        if not rows.shape[0]:
            return


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
        stop = min(int(tally[0]) + _ROWS, rows.shape[0])
        room = min(most, 2 * _MARGIN + int(max(0.0, budget - table.nbytes) / width))
        expand(layer, rows, limbs, out[:room], table, first, links, tally, stop)
        if tally[3]:
            return _OVERFLOW
        if tally[0] == stop:
            continue
        size = int(tally[1])
        if size > room - 2 * _MARGIN or size * width + 3 * table.nbytes > budget:
            return size
        table = np.zeros(2 * table.shape[0], dtype=np.uint64)
        rehash(out, size, layer.after.words, table)
    return Expanded(layer, out[: tally[1]], first, links[: tally[2]])
