r"""
The fewest cut edges, exactly: of all blocks, the one with the smallest boundary comes first.

Let a division into :math:`k` blocks cut :math:`c` edges, and :math:`b(S)` be the edges that leave block :math:`S`.
Each cut edge leaves two blocks, so

.. math:: \sum_j b(S_j) = 2c, \qquad \min_j b(S_j) \le \lfloor 2c / k \rfloor.

To find whether there is a division that cuts at most :math:`c` edges, list the blocks that at most
:math:`\lfloor 2c/k \rfloor` edges leave (`tyngdepunkt.space.blocks`), take out each in turn, and ask the same of the
rest, with :math:`k - 1` blocks and :math:`c - b(S)` edges. With two blocks left the first is enough.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.space import blocks as search
from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.graphs import Graph

__all__ = ["Cut", "Cutter", "OutOfTimeError"]

Cut = tuple[int, tuple[int, ...]]
"""Edges cut, and the blocks, each as a number whose bit v says whether it has node v."""

_LOOK = 20_000
"""Nodes of a search between two looks at the clock."""
_ROWS = 4_096
"""Blocks that are handed over at a time."""
_REMEMBERED = 1_000_000
"""Rests whose answer is remembered."""


class OutOfTimeError(Exception):
    """The time is over."""


class Cutter:
    """
    Divisions of one graph with few cut edges; what is found out of a part of it is remembered.

    Parameters
    ----------
    graph
        The graph.
    bounds
        Population of a block.
    ends
        When to stop, by the monotonic clock [s].
    look
        Called now and then.
    """

    def __init__(
        self, graph: Graph, bounds: Bounds, *, ends: float = np.inf, look: Callable[[], None] = lambda: None
    ) -> None:
        self.graph = graph
        self.least, self.most = bounds.least, graph.total if bounds.most is None else bounds.most
        self.all = (1 << len(graph)) - 1
        self.nodes = 0
        self._ends, self._look = ends, look
        self._near = [sum(1 << other for other in near) for near in graph.neighbours]
        self._field = search.make_field(graph.neighbours, graph.population)
        self._known: dict[tuple[int, int], tuple[int, Cut | None]] = {}
        self._listed: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def find(
        self, members: int, blocks: int, budget: int, *, tell: Callable[[Cut], None] = lambda _: None
    ) -> Cut | None:
        """
        Find the division of a part of the graph that cuts fewest edges.

        Parameters
        ----------
        members
            The nodes of the part, as bits.
        blocks
            Number of blocks, 1 or more.
        budget
            Most edges that may be cut.
        tell
            Told each division on the way that cuts fewer edges than all before; not where the part does not hang
            together.

        Returns
        -------
        The best; None where every division cuts more edges than the budget, or there is none.

        Raises
        ------
        OutOfTimeError
            Where the time is over.
        """
        parts = list(self.parts(members))
        if len(parts) > 1:
            return self._share_out(parts, blocks, budget)
        if budget < blocks - 1:  # the blocks hang together by so many edges at least
            return None
        if blocks == 1:
            return (0, (members,)) if self.least <= self._people(members) <= self.most else None
        least, known = self._known.get((members, blocks), (0, None))
        if known is not None or least > budget:
            return known if least <= budget else None
        found = self._take_out(members, blocks, budget, tell)
        if len(self._known) < _REMEMBERED:
            self._known[members, blocks] = (budget + 1, None) if found is None else (found[0], found)
        return found

    def next_budget(self, blocks: int, budget: int) -> int:
        """
        Return the least budget at which there may be a division, after none was found.

        Parameters
        ----------
        blocks
            Number of blocks of the whole graph.
        budget
            Most edges that could be cut so far.

        Returns
        -------
        One more; or where no block has so small a boundary, as many as the next boundary needs.
        """
        limit = 2 * budget // blocks
        if blocks > 2 and self._listed.get((blocks, limit)) == []:  # noqa: PLR2004  # two blocks are not listed
            return -(-(limit + 1) * blocks // 2)
        return budget + 1

    def parts(self, members: int) -> Iterator[int]:
        """
        Give the connected parts of some nodes.

        Parameters
        ----------
        members
            The nodes, as bits.

        Yields
        ------
        The nodes of each part, as bits.
        """
        while members:
            part, fresh = 0, members & -members
            while fresh:
                part |= fresh
                reached = 0
                while fresh:
                    low = fresh & -fresh
                    reached |= self._near[low.bit_length() - 1]
                    fresh ^= low
                fresh = reached & members & ~part
            yield part
            members ^= part

    def range_of(self, part: int) -> tuple[int, int]:
        """
        Return how few and how many blocks a part can make, as far as its inhabitants and nodes say.

        Parameters
        ----------
        part
            Nodes that hang together, as bits.

        Returns
        -------
        Fewest and most; fewest is the greater where there is no number.
        """
        people, size = self._people(part), part.bit_count()
        fewest = max(1, -(-people // self.most)) if self.most else 1 + size * min(1, people)
        return fewest, min(size, people // self.least) if self.least else size

    def is_alone(self, node: int, blocks: int, nodes: int) -> bool:
        """
        Return whether it is certain, after a short search, that no block can have a node.

        Parameters
        ----------
        node
            The node.
        blocks
            Number of blocks of the whole graph, 2 or more.
        nodes
            Nodes of the search after which to give up.

        Returns
        -------
        True where no connected block within the bounds has it and leaves what may be the other blocks.
        """
        field = self._field._replace(order=np.array([node, *(v for v in self._field.order if v != node)]))
        wanted = self._wanted(self.all, blocks, only=True)._replace(roots=1)
        room = search.make_room(field, len(self.graph.edges))
        rows, leaving = np.zeros((1, len(self.graph)), dtype=np.uint8), np.zeros(1, dtype=np.int64)
        count, why = search.advance(field, wanted, room, nodes, rows, leaving)
        self.nodes += search.visited(room)
        return count == 0 and why == search.OVER

    def _people(self, members: int) -> int:
        """Return the inhabitants of some nodes [persons]."""
        return sum(self.graph.population[v] for v in _bits(members))

    def _share_out(self, parts: list[int], blocks: int, budget: int) -> Cut | None:
        """Divide each part by itself, and share the number of blocks out among them so that fewest edges are cut."""
        ranges = [self.range_of(part) for part in parts]
        if any(few > many for few, many in ranges):
            return None
        spare = budget - (blocks - len(parts))  # edges beyond those that the blocks of each part hang together by
        before = 0
        best: dict[int, Cut] = {0: (0, ())}
        after_few, after_many = sum(few for few, _ in ranges), sum(many for _, many in ranges)
        for part, (few, many) in zip(parts, ranges, strict=True):
            after_few, after_many = after_few - few, after_many - many
            joint: dict[int, Cut] = {}
            costs: dict[int, Cut | None] = {}
            for taken, (cut, sets) in best.items():
                for number in range(few, many + 1):
                    if not after_few <= blocks - taken - number <= after_many:
                        continue
                    if number not in costs:
                        costs[number] = self.find(part, number, spare + number - 1)
                    own = costs[number]
                    if own is not None and cut + own[0] < joint.get(taken + number, (budget + 1,))[0]:
                        joint[taken + number] = (cut + own[0], sets + own[1])
            best = joint
            before += 1
        return best.get(blocks)

    def _take_out(self, members: int, blocks: int, budget: int, tell: Callable[[Cut], None]) -> Cut | None:
        """Take out each block that may have the smallest boundary, and divide the rest."""
        best: Cut | None = None
        for leaving, block in self._list(members, blocks, 2 * budget // blocks):
            if leaving * blocks > 2 * budget:
                break
            rest = self.find(members & ~block, blocks - 1, budget - leaving)
            if rest is not None:
                best = (leaving + rest[0], (block, *rest[1]))
                budget = best[0] - 1
                tell(best)
        return best

    def _list(self, members: int, blocks: int, limit: int) -> list[tuple[int, int]]:
        """Return edges that leave and nodes of each block with a small boundary, ascending; of two, the best."""
        if members == self.all and (blocks, limit) in self._listed:
            return self._listed[blocks, limit]
        nodes = list(_bits(members))
        wanted = self._wanted(members, blocks, only=blocks == 2)  # noqa: PLR2004  # the other is then the rest
        if wanted.least > wanted.most or blocks > len(nodes):
            return []
        found: list[tuple[int, int]] = []
        for rows, leaving in self._search(nodes, wanted, limit):
            numbers = (int.from_bytes(row.tobytes(), "little") for row in np.packbits(rows, axis=1, bitorder="little"))
            found += zip(leaving.tolist(), numbers, strict=True)
        found = sorted(found)[:1] if wanted.only else sorted(found)
        if members == self.all and blocks > 2:  # noqa: PLR2004
            self._listed[blocks, limit] = found
        return found

    def _wanted(self, members: int, blocks: int, *, only: bool) -> search.Wanted:
        """Return which blocks of a part are wanted: the others need their inhabitants too."""
        people = self._people(members)
        least = max(self.least, people - (blocks - 1) * self.most)
        most = min(self.most, people - (blocks - 1) * self.least)
        # Of two blocks one has the most populous node, and the other is the rest.
        return search.Wanted(least, most, blocks, int(only), 1 if only else members.bit_count())

    def _search(
        self, nodes: list[int], wanted: search.Wanted, limit: int
    ) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int64]]]:
        """Give blocks, some at a time, as marks by node of the whole graph."""
        places = np.array(nodes, dtype=np.int64)
        field = search.restrict(self._field, places)
        room = search.make_room(field, limit)
        found = np.zeros((_ROWS, len(nodes)), dtype=np.uint8)
        leaving = np.zeros(_ROWS, dtype=np.int64)
        while True:
            if time.monotonic() > self._ends:
                raise OutOfTimeError
            self._look()
            before = search.visited(room)
            count, why = search.advance(field, wanted, room, _LOOK, found, leaving)
            self.nodes += search.visited(room) - before
            rows = np.zeros((count, len(self.graph)), dtype=np.uint8)
            rows[:, places] = found[:count]
            yield rows, leaving[:count].copy()
            if why == search.OVER:
                return


def _bits(members: int) -> Iterator[int]:
    """Give the nodes of a set in ascending order."""
    while members:
        low = members & -members
        yield low.bit_length() - 1
        members ^= low
