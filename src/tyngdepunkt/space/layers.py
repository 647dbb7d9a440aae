"""
The nodes in order, each with what happens when it is taken in: who joins, who leaves, which populations are alike.

Two populations of an open block are alike where no sum of the nodes still to come tells them apart: with either, the
same sums lead into the bounds. All that are alike are counted as the lowest of them. That is exact, and keeps the
number of partial divisions down where few nodes are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.expansion import Layer, Shape, mark_alike
from tyngdepunkt.space.route import Route

__all__ = ["layers_of"]

Ints = NDArray[np.int64]

_WORD = 62
_NO_CAP = 1 << 60


def layers_of(route: Route, fewest: int, most_blocks: int, bounds: Bounds) -> Iterator[Layer]:
    """
    Give what happens at each node.

    Parameters
    ----------
    route
        The nodes in order.
    fewest, most_blocks
        Number of blocks.
    bounds
        Population of a block.

    Yields
    ------
    One layer a node.
    """
    people = [route.graph.population[v] for v in route.order]
    alike = _Alike(people, bounds)
    before = _shape(0, most_blocks, alike.highest)
    for t, inhabitants in enumerate(people):
        after = _shape(len(route.nodes[t + 1]), most_blocks, alike.highest)
        yield Layer(
            before=before,
            after=after,
            joined=route.joined(t),
            leaving=route.leaving(t),
            people=inhabitants,
            nodes_left=len(people) - t - 1,
            people_left=sum(people[t + 1 :]),
            fewest=fewest,
            most_blocks=most_blocks,
            least=bounds.least,
            most=_NO_CAP if bounds.most is None else bounds.most,
            capped=int(bounds.most is None),
            alike=alike.after(t),
        )
        before = after


def _shape(width: int, blocks: int, highest: int) -> Shape:
    """Return how partial divisions of a frontier are packed."""
    closed_bits, piece_bits = max(1, blocks.bit_length()), max(1, (width - 1).bit_length() if width else 1)
    block_bits = max(1, (min(max(width, 1), blocks) - 1).bit_length())
    people_bits = max(1, highest.bit_length())
    words, bit = 1, closed_bits
    for count, bits in ((width, piece_bits), (width, block_bits), (min(width, blocks), people_bits)):
        for _ in range(count):
            if bit + bits > _WORD:
                words, bit = words + 1, 0
            bit += bits
    return Shape(width, closed_bits, piece_bits, block_bits, people_bits, words)


class _Alike:
    """Which populations of an open block have the same future, node by node."""

    def __init__(self, people: Sequence[int], bounds: Bounds) -> None:
        self.bounds = bounds
        self.highest = bounds.least if bounds.most is None else bounds.most
        inside = (1 << self.highest + 1) - 1
        sums = [1]  # bit s is 1 where some of the nodes still to come add up to s
        left = [0]
        for inhabitants in reversed(people):
            sums.append((sums[-1] | sums[-1] << inhabitants) & inside)
            left.append(left[-1] + inhabitants)
        self.sums, self.left = sums[::-1], left[::-1]

    def after(self, t: int) -> Ints:
        """Return, by population, the lowest that is alike after the t-th node; −1 where there is no future."""
        found = np.zeros(self.highest + 1, dtype=np.int64)
        if self.highest:
            packed = np.frombuffer(self.sums[t + 1].to_bytes(self.highest // 8 + 1, "little"), dtype=np.uint8)
            most = -1 if self.bounds.most is None else self.bounds.most
            mark_alike(packed, self.bounds.least, most, self.left[t + 1], found)
        return found
