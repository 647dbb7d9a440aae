r"""
The fewest cut edges, exactly: of all blocks, the one that costs least comes first.

Let each node :math:`v` have a toll :math:`w_v`, and let a block :math:`S` cost the edges that leave it and the tolls of
its nodes, :math:`b(S) + w(S)`. Each cut edge leaves two blocks, and each node is in one, so a division into :math:`k`
blocks that cuts :math:`c` edges has

.. math:: \sum_j b(S_j) + w(S_j) = 2c + w(V), \qquad \min_j b(S_j) + w(S_j) \le \frac{2c + w(V)}{k}.

To find whether there is a division that cuts at most :math:`c` edges, list the blocks that cost no more
(`tyngdepunkt.space.blocks`), take out each in turn, and ask the same of the rest, with :math:`k - 1` blocks and
:math:`c - b(S)` edges. With two blocks left the first is enough. That holds for any tolls; good ones make the list
short (`tyngdepunkt.space.tolls`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.space import blocks as search
from tyngdepunkt.space.blocks import EDGE
from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.graphs import Graph
from tyngdepunkt.space.tolls import Tolls, bits, set_tolls

__all__ = ["Cut", "Cutter", "OutOfTimeError"]

Cut = tuple[int, tuple[int, ...]]
"""Edges cut, and the blocks, each as a number whose bit v says whether it has node v."""

_LOOK = 20_000
"""Nodes of a search between two looks at the clock."""
_ROWS = 4_096
"""Blocks that are handed over at a time."""
_REMEMBERED = 200_000
"""Rests whose answer is remembered."""
_NODES = 50_000
"""Nodes of the search for blocks that are worth the next boundary, where tolls are set."""
_MANY = 5
"""Blocks left from which on tolls are worth it in a part of the graph."""
_BLOCKS = 10_000
"""Blocks listed that are worth the next boundary."""


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
        self._tolls: Tolls | None = None
        self._known: dict[tuple[int, int], tuple[int, Cut | None]] = {}

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

    def find_tolls(self, blocks: int, enough: int) -> Tolls:
        """
        Find tolls for the whole graph that give a good bound; the first call decides.

        Parameters
        ----------
        blocks
            Number of blocks, 3 or more.
        enough
            Bound at which to stop.

        Returns
        -------
        The best found.

        Raises
        ------
        OutOfTimeError
            Where the time is over.
        """
        if self._tolls is not None:
            return self._tolls
        best = Tolls((0,) * len(self.graph), blocks - 1)
        for boundary in range(1, len(self.graph.edges) + 1):
            before = self.nodes
            listed = [(cost // EDGE, block) for cost, block in self._list(self.all, blocks, boundary * EDGE, None)]
            found = set_tolls(listed, len(self.graph), blocks, boundary + 1)
            best = found if found.bound >= best.bound else best
            if best.bound >= enough or self.nodes - before > _NODES or len(listed) > _BLOCKS:
                break
        self._tolls = best
        return best

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
        room = search.make_room(field, EDGE * len(self.graph.edges))
        rows, costs = np.zeros((1, len(self.graph)), dtype=np.uint8), np.zeros(1, dtype=np.int64)
        count, why = search.advance(field, wanted, room, nodes, rows, costs)
        self.nodes += search.visited(room)
        return count == 0 and why == search.OVER

    def _people(self, members: int) -> int:
        """Return the inhabitants of some nodes [persons]."""
        return sum(self.graph.population[v] for v in bits(members))

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
        """Take out each block that may cost least, and divide the rest."""
        if blocks == 2:  # noqa: PLR2004  # of two, the edges that leave one are those that are cut
            pairs = self._list(members, 2, budget * EDGE, None)
            return (pairs[0][0] // EDGE, (pairs[0][1], members & ~pairs[0][1])) if pairs else None
        weights = self._weigh(members, blocks)
        total = 0 if weights is None else sum(weights[v] for v in bits(members))
        best: Cut | None = None
        for cost, block in self._list(members, blocks, (2 * budget * EDGE + total) // blocks, weights):
            if cost * blocks > 2 * budget * EDGE + total:
                break
            leaving = sum((self._near[v] & members & ~block).bit_count() for v in bits(block))
            rest = self.find(members & ~block, blocks - 1, budget - leaving)
            if rest is not None:
                best = (leaving + rest[0], (block, *rest[1]))
                budget = best[0] - 1
                tell(best)
        return best

    def _weigh(self, members: int, blocks: int) -> list[int] | None:
        """
        Return what each node adds to the cost of its block in a part of the graph; None for nothing.

        With its toll and its edges to nodes outside, a block of the part costs what it costs in the whole graph. Where
        few blocks are left, plain boundaries within the part make the search shorter.
        """
        if members == self.all:
            return list(self.find_tolls(blocks, len(self.graph.edges)).tolls)
        if blocks < _MANY or self._tolls is None:
            return None
        outside = self.all & ~members
        return [
            toll + EDGE * (near & outside).bit_count() for toll, near in zip(self._tolls.tolls, self._near, strict=True)
        ]

    def _list(self, members: int, blocks: int, limit: int, weights: list[int] | None) -> list[tuple[int, int]]:
        """
        List what blocks that cost little cost, and their nodes as bits, the cheapest first.

        Of two blocks only one of the pair with the fewest edges between is listed.
        """
        nodes = list(bits(members))
        wanted = self._wanted(members, blocks, only=blocks == 2)  # noqa: PLR2004  # the other is then the rest
        if wanted.least > wanted.most or blocks > len(nodes):
            return []
        found: list[tuple[int, int]] = []
        for rows, costs in self._search(nodes, wanted, limit, weights):
            numbers = (int.from_bytes(row.tobytes(), "little") for row in np.packbits(rows, axis=1, bitorder="little"))
            found += zip(costs.tolist(), numbers, strict=True)
        return sorted(found)[:1] if wanted.only else sorted(found)

    def _wanted(self, members: int, blocks: int, *, only: bool) -> search.Wanted:
        """Return which blocks of a part are wanted: the others need their inhabitants too."""
        people = self._people(members)
        least = max(self.least, people - (blocks - 1) * self.most)
        most = min(self.most, people - (blocks - 1) * self.least)
        # Of two blocks one has the most populous node, and the other is the rest.
        return search.Wanted(least, most, blocks, int(only), 1 if only else members.bit_count())

    def _search(
        self, nodes: list[int], wanted: search.Wanted, limit: int, weights: list[int] | None
    ) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int64]]]:
        """Give blocks, some at a time, as marks by node of the whole graph."""
        places = np.array(nodes, dtype=np.int64)
        field = search.restrict(self._field, places)
        if weights is not None:
            field.weights[:] = np.array(weights, dtype=np.int64)[places]
        room = search.make_room(field, limit)
        found = np.zeros((_ROWS, len(nodes)), dtype=np.uint8)
        costs = np.zeros(_ROWS, dtype=np.int64)
        while True:
            if time.monotonic() > self._ends:
                raise OutOfTimeError
            self._look()
            before = search.visited(room)
            count, why = search.advance(field, wanted, room, _LOOK, found, costs)
            self.nodes += search.visited(room) - before
            rows = np.zeros((count, len(self.graph)), dtype=np.uint8)
            rows[:, places] = found[:count]
            yield rows, costs[:count].copy()
            if why == search.OVER:
                return
