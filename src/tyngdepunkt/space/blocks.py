r"""
The compiled heart of dividing: every connected block of a graph within bounds that costs little.

What a block :math:`S` costs is the edges :math:`b(S)` that leave it and a weight for each of its nodes. A block grows
from its root by one neighbour at a time, which it either takes in or leaves out for good; each connected set comes up
once. What keeps this short is a bound on the cost of any block there still is to come. With :math:`A` taken in,
:math:`Z` left out, :math:`p(S)` inhabitants and :math:`L \le p(S) \le U`, for every :math:`\lambda \ge 0`

.. math:: b(S) + w(S) \ge \min_{A \subseteq T \subseteq V \setminus Z} b(T) + w(T) + \lambda \, (p(T) - U),

and likewise with :math:`L` for :math:`\lambda \le 0`. The right side is a minimum cut (Picard and Ratliff 1975); one
more node taken in or left out makes it greater, by a few more paths of flow. Everything is a whole number: an edge
counts `EDGE`, and so weights and multipliers are whole numbers too, and nothing is rounded.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled
from tyngdepunkt.lists import find_opposites, join_lists

__all__ = [
    "EDGE",
    "FULL",
    "OVER",
    "PAUSED",
    "Field",
    "Room",
    "Wanted",
    "advance",
    "make_field",
    "make_room",
    "restrict",
    "visited",
]

Ints = NDArray[np.int64]
Marks = NDArray[np.uint8]

EDGE = 1 << 32
"""What one edge counts: fine enough for multipliers of persons."""
_ENDLESS = 1 << 60
"""More than all edges and all multiples of persons together."""
_STEEPEST = 64
"""Steepest multiplier that is tried [edges for each mean population of a block]."""
_HALVINGS = 12
"""Multipliers that are tried at each root."""

OVER, PAUSED, FULL = 0, 1, 2
"""Why a search stands still: all blocks are listed, its share of nodes is used up, or the list is full."""

_DEPTH, _ROOT, _TRAIL, _STAMP, _SLOPE, _LIMIT, _NODES = range(7)
"""Places of the single numbers of a search."""
_ENTER, _TAKE, _LEAVE, _DONE = range(4)
"""What is to be done next at a node of the search."""


class Field(NamedTuple):
    """
    The graph that blocks are looked for in; it hangs together.

    Parameters
    ----------
    starts, ends
        Where each node's neighbours start in one long list, and the list.
    back
        For each place in the list, the place of the same edge seen from its other end.
    people
        Inhabitants of each node [persons].
    order
        The nodes in the order in which they are roots: a block's root is the first of its nodes.
    weights
        What each node adds to the cost of its block [edges / `EDGE`].
    """

    starts: Ints
    ends: Ints
    back: Ints
    people: Ints
    order: Ints
    weights: Ints


class Wanted(NamedTuple):
    """
    Which blocks are wanted.

    Parameters
    ----------
    least, most
        Population of a block [persons].
    blocks
        Number of blocks that the whole graph is divided into; what a block leaves must be able to be the others.
    only
        1 where one block is enough that none costs less than; only the last one listed is then of use.
    roots
        Blocks are wanted that have one of the first so many nodes in the order of roots.
    """

    least: int
    most: int
    blocks: int
    only: int
    roots: int


class Room(NamedTuple):
    """
    Where a search is; changed in place.

    Parameters
    ----------
    status
        1 for a node taken in, −1 for one left out, 0 for one that is open.
    edges, sources, sinks
        What flow can still go along each edge, from the source to each node, and from it to the sink; by depth.
    value, people, branch, next
        The bound, inhabitants taken in, the node branched on, and what is to be done next; by depth.
    trail, begins
        Nodes decided, in order; by depth, where its own begin.
    queue, parent, seen
        To walk with.
    single
        Single numbers.
    """

    status: Ints
    edges: Ints
    sources: Ints
    sinks: Ints
    value: Ints
    people: Ints
    branch: Ints
    next: Ints
    trail: Ints
    begins: Ints
    queue: Ints
    parent: Ints
    seen: Ints
    single: Ints


def make_field(neighbours: tuple[tuple[int, ...], ...], people: tuple[int, ...]) -> Field:
    """
    Return a graph to look for blocks in.

    Parameters
    ----------
    neighbours
        Of each node.
    people
        Inhabitants of each node [persons].

    Returns
    -------
    The graph; the most populous nodes are roots first, for blocks with them are few.
    """
    starts, ends = join_lists(neighbours)
    persons = np.array(people, dtype=np.int64)
    return Field(
        starts,
        ends,
        find_opposites(starts, ends),
        persons,
        np.argsort(-persons, kind="stable").astype(np.int64),
        np.zeros(len(people), dtype=np.int64),
    )


@compiled
def restrict(field: Field, members: Ints) -> Field:
    """
    Return the part of a graph on some of its nodes.

    Parameters
    ----------
    field
        The graph.
    members
        The nodes, ascending.

    Returns
    -------
    The graph on these, numbered in order, with edges among them only.
    """
    size = members.shape[0]
    number = np.full(field.people.shape[0], -1, dtype=np.int64)
    for i in range(size):
        number[members[i]] = i
    place = np.zeros(field.ends.shape[0], dtype=np.int64)
    starts = np.zeros(size + 1, dtype=np.int64)
    count = 0
    for i in range(size):
        for e in range(field.starts[members[i]], field.starts[members[i] + 1]):
            if number[field.ends[e]] >= 0:
                place[e] = count
                count += 1
        starts[i + 1] = count
    ends = np.zeros(count, dtype=np.int64)
    back = np.zeros(count, dtype=np.int64)
    people = np.zeros(size, dtype=np.int64)
    weights = np.zeros(size, dtype=np.int64)
    for i in range(size):
        people[i] = field.people[members[i]]
        weights[i] = field.weights[members[i]]
        for e in range(field.starts[members[i]], field.starts[members[i] + 1]):
            if number[field.ends[e]] >= 0:
                ends[place[e]] = number[field.ends[e]]
                back[place[e]] = place[field.back[e]]
    order = np.zeros(size, dtype=np.int64)
    at = 0
    for v in field.order:
        if number[v] >= 0:
            order[at] = number[v]
            at += 1
    return Field(starts, ends, back, people, order, weights)


@compiled
def make_room(field: Field, limit: int) -> Room:
    """
    Return room for a search that has not begun.

    Parameters
    ----------
    field
        The graph.
    limit
        Most that a block may cost [edges / `EDGE`].

    Returns
    -------
    The room.
    """
    n, arcs = field.people.shape[0], field.ends.shape[0]
    single = np.zeros(7, dtype=np.int64)
    single[_DEPTH] = -1
    single[_ROOT] = -1
    single[_LIMIT] = limit
    return Room(
        np.zeros(n, dtype=np.int64),
        np.empty((n + 2, arcs), dtype=np.int64),
        np.empty((n + 2, n), dtype=np.int64),
        np.empty((n + 2, n), dtype=np.int64),
        np.zeros(n + 2, dtype=np.int64),
        np.zeros(n + 2, dtype=np.int64),
        np.zeros(n + 2, dtype=np.int64),
        np.zeros(n + 2, dtype=np.int64),
        np.zeros(n + 1, dtype=np.int64),
        np.zeros(n + 2, dtype=np.int64),
        np.zeros(n + 1, dtype=np.int64),
        np.zeros(n, dtype=np.int64),
        np.zeros(n, dtype=np.int64),
        single,
    )


def visited(room: Room) -> int:
    """
    Return how far a search has come.

    Parameters
    ----------
    room
        Where it is.

    Returns
    -------
    Nodes of the search so far.
    """
    return int(room.single[_NODES])


@compiled
def _push(field: Field, room: Room, depth: int, limit: int) -> int:
    """
    Let as much flow from source to sink as there can be, or a little more than a limit.

    Afterwards, where the limit was not passed, the nodes seen are the side of the source of a minimum cut.
    """
    edges, sources, sinks = room.edges[depth], room.sources[depth], room.sinks[depth]
    queue, parent, seen = room.queue, room.parent, room.seen
    pushed = 0
    for v in range(field.people.shape[0]):
        if sources[v] > 0 and sinks[v] > 0:
            amount = min(sources[v], sinks[v])
            sources[v] -= amount
            sinks[v] -= amount
            pushed += amount
    again = pushed <= limit
    while again:
        again = False
        room.single[_STAMP] += 1
        stamp = room.single[_STAMP]
        size = 0
        for v in range(field.people.shape[0]):
            if sources[v] > 0:
                seen[v] = stamp
                parent[v] = -1
                queue[size] = v
                size += 1
        k = 0
        while k < size:
            v = queue[k]
            k += 1
            for e in range(field.starts[v], field.starts[v + 1]):
                w = field.ends[e]
                if edges[e] <= 0 or seen[w] == stamp:
                    continue
                seen[w] = stamp
                parent[w] = e
                queue[size] = w
                size += 1
                if sinks[w] <= 0:
                    continue
                amount, x = sinks[w], w
                while parent[x] >= 0:
                    amount = min(amount, edges[parent[x]])
                    x = field.ends[field.back[parent[x]]]
                amount = min(amount, sources[x])
                if amount <= 0:  # a path before this one took what its beginning had
                    continue
                sources[x] -= amount
                sinks[w] -= amount
                x = w
                while parent[x] >= 0:
                    edges[parent[x]] -= amount
                    edges[field.back[parent[x]]] += amount
                    x = field.ends[field.back[parent[x]]]
                pushed += amount
                again = True
                if pushed > limit:
                    return int(pushed)
    return int(pushed)


@compiled
def _bound(field: Field, wanted: Wanted, room: Room, slope: int) -> int:
    """Return the bound with a multiplier, for the nodes as decided; leave its flow at depth 0."""
    base = -slope * (wanted.most if slope >= 0 else wanted.least)
    for e in range(field.ends.shape[0]):
        room.edges[0, e] = EDGE
    for v in range(field.people.shape[0]):
        weight = slope * field.people[v] + field.weights[v]
        room.sources[0, v] = max(0, -weight)
        room.sinks[0, v] = max(0, weight)
        base += min(0, weight)
        if room.status[v] == 1:
            room.sources[0, v] = _ENDLESS
        elif room.status[v] == -1:
            room.sinks[0, v] = _ENDLESS
    return base + _push(field, room, 0, _ENDLESS)


@compiled
def _best_slope(field: Field, wanted: Wanted, room: Room) -> tuple[int, int]:
    """Return the greatest bound found, and its multiplier, by bisection on the population of the least cut."""
    total = max(1, field.people.sum())
    high = _STEEPEST * EDGE * wanted.blocks // total
    low, slope, best, best_slope = -high, 0, -_ENDLESS, 0
    for _ in range(_HALVINGS):
        value = _bound(field, wanted, room, slope)
        if value > best:
            best, best_slope = value, slope
        people = 0
        for v in range(field.people.shape[0]):
            if room.seen[v] == room.single[_STAMP]:
                people += field.people[v]
        if best > room.single[_LIMIT] or wanted.least <= people <= wanted.most:
            break
        if people > wanted.most:
            low = slope
        else:
            high = slope
        slope = (low + high) // 2
    return best, best_slope


@compiled
def _next_root(field: Field, wanted: Wanted, room: Room) -> bool:
    """Begin at the next root that may have a block; return whether there is one."""
    n = field.people.shape[0]
    while room.single[_ROOT] + 1 < wanted.roots:
        room.single[_ROOT] += 1
        place = room.single[_ROOT]
        left = 0
        for i in range(n):
            room.status[field.order[i]] = -1 if i < place else 0
            left += field.people[field.order[i]] if i >= place else 0
        if left < wanted.least:
            return False
        root = field.order[place]
        if field.people[root] > wanted.most:
            continue
        room.status[root] = 1
        value, slope = _best_slope(field, wanted, room)
        if value > room.single[_LIMIT]:
            continue
        room.value[0] = _bound(field, wanted, room, slope)
        room.people[0] = field.people[root]
        room.next[0] = _ENTER
        room.begins[0] = 0
        room.single[_TRAIL] = 0
        room.single[_DEPTH] = 0
        return True
    return False


@compiled
def _leave_unreachable(field: Field, wanted: Wanted, room: Room, depth: int) -> bool:
    """Leave out what the block cannot come to; return whether it can still become one."""
    root = field.order[room.single[_ROOT]]
    queue, seen = room.queue, room.seen
    room.single[_STAMP] += 1
    stamp = room.single[_STAMP]
    queue[0] = root
    seen[root] = stamp
    people, size, k = field.people[root], 1, 0
    while k < size:
        for e in range(field.starts[queue[k]], field.starts[queue[k] + 1]):
            w = field.ends[e]
            if seen[w] == stamp or room.status[w] < 0:
                continue
            if room.status[w] == 0 and room.people[depth] + field.people[w] > wanted.most:
                continue
            seen[w] = stamp
            people += field.people[w]
            queue[size] = w
            size += 1
        k += 1
    if people < wanted.least:
        return False
    left = False
    for v in range(field.people.shape[0]):
        if room.status[v] == 0 and seen[v] != stamp:
            room.status[v] = -1
            room.trail[room.single[_TRAIL]] = v
            room.single[_TRAIL] += 1
            room.sinks[depth, v] = _ENDLESS
            left = True
    if left:
        room.value[depth] += _push(field, room, depth, room.single[_LIMIT] - room.value[depth])
    return bool(room.value[depth] <= room.single[_LIMIT])


@compiled
def _pick(field: Field, room: Room) -> int:
    """Return the open neighbour of the block with most edges to it, of these the most populous; −1 for none."""
    best, most = -1, 0
    for v in range(field.people.shape[0]):
        if room.status[v] == 0:
            touching = 0
            for e in range(field.starts[v], field.starts[v + 1]):
                touching += 1 if room.status[field.ends[e]] == 1 else 0
            if touching > most or (touching == most and best >= 0 and field.people[v] > field.people[best]):
                best, most = v, touching
    return best


@compiled
def _rest_fits(field: Field, wanted: Wanted, room: Room) -> bool:
    """Return whether the parts of what is not taken in can, by their inhabitants, be the other blocks."""
    queue, seen = room.queue, room.seen
    room.single[_STAMP] += 1
    stamp = room.single[_STAMP]
    fewest = greatest = 0
    for start in range(field.people.shape[0]):
        if room.status[start] == 1 or seen[start] == stamp:
            continue
        seen[start] = stamp
        queue[0] = start
        people, size, k = field.people[start], 1, 0
        while k < size:
            for e in range(field.starts[queue[k]], field.starts[queue[k] + 1]):
                w = field.ends[e]
                if room.status[w] != 1 and seen[w] != stamp:
                    seen[w] = stamp
                    people += field.people[w]
                    queue[size] = w
                    size += 1
            k += 1
        few = max(1, -(-people // wanted.most)) if wanted.most > 0 else 1
        many = min(size, people // wanted.least) if wanted.least > 0 else size
        if few > many or (wanted.most == 0 and people > 0):
            return False
        fewest += few
        greatest += many
    return bool(fewest <= wanted.blocks - 1 <= greatest)


@compiled
def _cost(field: Field, room: Room) -> int:
    """Return what the block of all that is taken in costs."""
    cost = 0
    for v in range(field.people.shape[0]):
        if room.status[v] == 1:
            cost += field.weights[v]
            for e in range(field.starts[v], field.starts[v + 1]):
                cost += EDGE if room.status[field.ends[e]] != 1 else 0
    return cost


@compiled
def _descend(field: Field, wanted: Wanted, room: Room, depth: int) -> bool:
    """Take the node branched on in, or leave it out, one deeper; return whether that may lead to a block."""
    u, taken = room.branch[depth], room.next[depth] == _TAKE
    room.next[depth] += 1
    people = room.people[depth] + (field.people[u] if taken else 0)
    if people > wanted.most:
        return False
    below = depth + 1
    room.begins[below] = room.single[_TRAIL]
    room.status[u] = 1 if taken else -1
    room.trail[room.single[_TRAIL]] = u
    room.single[_TRAIL] += 1
    room.people[below] = people
    room.edges[below, :] = room.edges[depth]
    room.sources[below, :] = room.sources[depth]
    room.sinks[below, :] = room.sinks[depth]
    if taken:
        room.sources[below, u] = _ENDLESS
    else:
        room.sinks[below, u] = _ENDLESS
    room.value[below] = room.value[depth]
    room.value[below] += _push(field, room, below, room.single[_LIMIT] - room.value[below])
    room.next[below] = _ENTER
    room.single[_DEPTH] = below
    return True


@compiled
def advance(field: Field, wanted: Wanted, room: Room, nodes: int, found: Marks, costs: Ints) -> tuple[int, int]:
    """
    Go on with a search for a while.

    Parameters
    ----------
    field, wanted, room
        What is looked for, and where the search is.
    nodes
        Nodes of the search after which it pauses.
    found
        1 for each node in a block listed, shape (n_listed, n_nodes); filled from the start.
    costs
        What each block listed costs [edges / `EDGE`].

    Returns
    -------
    How many blocks are listed, and why it stands still: `OVER`, `PAUSED` or `FULL`.
    """
    count = 0
    pause = room.single[_NODES] + nodes
    while True:
        depth = room.single[_DEPTH]
        if depth < 0:
            if not _next_root(field, wanted, room):
                return count, OVER
            continue
        if room.next[depth] == _ENTER:
            if count == found.shape[0]:
                return count, FULL
            if room.single[_NODES] >= pause:
                return count, PAUSED
            room.single[_NODES] += 1
            room.next[depth] = _DONE
            if room.value[depth] > room.single[_LIMIT] or not _leave_unreachable(field, wanted, room, depth):
                continue
            u = _pick(field, room)
            if u >= 0:
                room.branch[depth] = u
                room.next[depth] = _TAKE
                continue
            if room.people[depth] < wanted.least or not _rest_fits(field, wanted, room):
                continue
            cost = _cost(field, room)
            if cost > room.single[_LIMIT]:
                continue
            for v in range(field.people.shape[0]):
                found[count, v] = 1 if room.status[v] == 1 else 0
            costs[count] = cost
            count += 1
            if wanted.only == 1:
                room.single[_LIMIT] = cost - 1
        elif room.next[depth] == _DONE:
            while room.single[_TRAIL] > room.begins[depth]:
                room.single[_TRAIL] -= 1
                room.status[room.trail[room.single[_TRAIL]]] = 0
            room.single[_DEPTH] = depth - 1
        else:
            _descend(field, wanted, room, depth)
