"""
The compiled heart of the witness: connected divisions under simulated annealing.

A division is changed by moving one municipality to a block next to it, or by merging two neighbouring blocks and
cutting them, or another block, along an edge of a random spanning tree; the latter moves a centre across the map.
What is to be least is the objective's opposite and a fine for people lacking to the floor.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled

__all__ = ["Cooling", "Division", "Land", "Room", "grow", "make_room", "place", "run"]

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Floats = NDArray[np.float64]


class Land(NamedTuple):
    """
    What is divided.

    Parameters
    ----------
    starts, ends
        Where each one's neighbours start in one long list, and the list.
    people
        Inhabitants [persons].
    value
        What i adds with centre j, shape (n, n); far below all else where it may not.
    floor
        P [persons]; 0 for none.
    """

    starts: Ints
    ends: Ints
    people: Ints
    value: Floats
    floor: int


class Division(NamedTuple):
    """
    A division under way; changed in place.

    Parameters
    ----------
    block
        Block of each municipality.
    first, after, before
        The first member of each block, and the member after and before each; −1 for none.
    sizes, people, centre
        Members, inhabitants and best centre of each block.
    score
        What each block adds with its best centre.
    gain
        What each block would add with each municipality as its centre, shape (k, n).
    source
        State of the random numbers (SplitMix64), one word.
    """

    block: Ints
    first: Ints
    after: Ints
    before: Ints
    sizes: Ints
    people: Ints
    centre: Ints
    score: Floats
    gain: Floats
    source: Words


class Room(NamedTuple):
    """
    Room to work in, and the best division so far.

    Parameters
    ----------
    mark, stamp
        By municipality, the number of the last search that met it; one number, of the last search.
    queue, parent, below, side
        A tree: municipalities with parents before children, parent, people below and at each; 1 where below the cut.
    best, best_score
        Block of each municipality in the best division that keeps the floor, and its score; one number.
    """

    mark: Ints
    stamp: Ints
    queue: Ints
    parent: Ints
    below: Ints
    side: Ints
    best: Ints
    best_score: Floats


class Cooling(NamedTuple):
    """
    How the search cools.

    Parameters
    ----------
    hot, cold
        Heat of the first and the last step [the objective's unit].
    low, high
        Fine for a block without a single inhabitant, at the first and the last step [the objective's unit].
    recombine
        Share of steps that merge and cut.
    steps
        How many there are in all.
    """

    hot: float
    cold: float
    low: float
    high: float
    recombine: float
    steps: int


def make_room(n: int) -> Room:
    """Return room to work in for so many municipalities, with no best division yet."""

    def room() -> Ints:
        return np.zeros(n + 1, dtype=np.int64)

    best = np.full(n, -1, dtype=np.int64)
    return Room(room(), room()[:1], room(), room(), room(), room(), best, np.full(1, -np.inf))


@compiled
def _share(source: Words) -> float:
    """Return a random number from 0 up to 1 (SplitMix64, Steele, Lea and Flood 2014)."""
    source[0] = source[0] + np.uint64(0x9E3779B97F4A7C15)
    word = source[0]
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    word = word ^ (word >> np.uint64(31))
    return float((word >> np.uint64(11)) * (1.0 / 9007199254740992.0))


@compiled
def _below(source: Words, count: int) -> int:
    """Return a whole number below a count."""
    return int(_share(source) * count)


@compiled
def _link(division: Division, i: int, b: int) -> None:
    """Put a municipality first among a block's members."""
    head = division.first[b]
    division.after[i] = head
    division.before[i] = -1
    if head >= 0:
        division.before[head] = i
    division.first[b] = i
    division.block[i] = b


@compiled
def _unlink(division: Division, i: int) -> None:
    """Take a municipality out of its block's members."""
    ahead, behind = division.after[i], division.before[i]
    if behind >= 0:
        division.after[behind] = ahead
    else:
        division.first[division.block[i]] = ahead
    if ahead >= 0:
        division.before[ahead] = behind


@compiled
def _settle(land: Land, division: Division, b: int) -> None:
    """Count a block anew: members, people, gains, best centre."""
    n = land.people.shape[0]
    for j in range(n):
        division.gain[b, j] = 0.0
    count, people = 0, 0
    i = division.first[b]
    while i >= 0:
        count += 1
        people += land.people[i]
        for j in range(n):
            division.gain[b, j] += land.value[i, j]
        i = division.after[i]
    division.sizes[b] = count
    division.people[b] = people
    division.score[b] = -np.inf
    i = division.first[b]
    while i >= 0:
        if division.gain[b, i] > division.score[b]:
            division.score[b], division.centre[b] = division.gain[b, i], i
        i = division.after[i]


@compiled
def place(land: Land, division: Division, block: Ints) -> None:
    """Take a division as the one under way; each block has a member."""
    k = division.first.shape[0]
    for b in range(k):
        division.first[b] = -1
    for i in range(block.shape[0] - 1, -1, -1):
        _link(division, i, block[i])
    for b in range(k):
        _settle(land, division, b)


@compiled
def grow(land: Land, division: Division, seeds: Ints) -> bool:
    """Let blocks grow out of seeds, the least populous first; return whether all are placed."""
    n, k = land.people.shape[0], seeds.shape[0]
    block, people = np.full(n, -1), np.zeros(k, dtype=np.int64)
    stuck = np.zeros(k, dtype=np.int64)
    for b in range(k):
        block[seeds[b]] = b
        people[b] = land.people[seeds[b]]
    placed = k
    while placed < n:
        b = -1
        for c in range(k):
            if not stuck[c] and (b < 0 or people[c] < people[b]):
                b = c
        if b < 0:
            return False
        found, chosen = 0, -1
        for i in range(n):
            if block[i] != b:
                continue
            for e in range(land.starts[i], land.starts[i + 1]):
                w = land.ends[e]
                if block[w] < 0:
                    found += 1
                    if _below(division.source, found) == 0:
                        chosen = w
        if chosen < 0:
            stuck[b] = 1
            continue
        block[chosen] = b
        people[b] += land.people[chosen]
        placed += 1
    place(land, division, block)
    return True


@compiled
def _hangs_together(land: Land, division: Division, room: Room, i: int) -> bool:
    """Return whether the block of a municipality hangs together without it; it has other members."""
    a = division.block[i]
    room.stamp[0] += 1
    stamp = room.stamp[0]
    wanted, start = 0, -1
    for e in range(land.starts[i], land.starts[i + 1]):
        if division.block[land.ends[e]] == a:
            wanted += 1
            start = land.ends[e]
    if wanted <= 1:
        return wanted == 1
    # Those next to it are enough: every other member reaches one of them.
    room.mark[i] = stamp
    room.mark[start] = stamp
    room.queue[0] = start
    head, tail = 0, 1
    found = 0
    while head < tail:
        v = room.queue[head]
        head += 1
        for e in range(land.starts[v], land.starts[v + 1]):
            w = land.ends[e]
            if w == i:
                found += 1
                if found == wanted:
                    return True
            elif division.block[w] == a and room.mark[w] != stamp:
                room.mark[w] = stamp
                room.queue[tail] = w
                tail += 1
    return False


@compiled
def _fine(land: Land, people: int, rate: float) -> float:
    """Return the fine of a block with so many people."""
    if people >= land.floor:
        return 0.0
    return rate * (0.05 + (land.floor - people) / land.floor)


@compiled
def _shift(land: Land, division: Division, room: Room, heat: float, rate: float) -> float:
    """Offer one municipality to a neighbouring block; return what the energy changed."""
    source = division.source
    i = _below(source, land.people.shape[0])
    options = land.starts[i + 1] - land.starts[i]
    if options == 0:
        return 0.0
    a, b = division.block[i], division.block[land.ends[land.starts[i] + _below(source, options)]]
    if a == b or division.sizes[a] == 1:
        return 0.0
    left, left_centre = -np.inf, -1
    m = division.first[a]
    while m >= 0:
        if m != i:
            worth = division.gain[a, m] - land.value[i, m]
            if worth > left:
                left, left_centre = worth, m
        m = division.after[m]
    joined, joined_centre = division.gain[b, i] + land.value[i, i], i
    m = division.first[b]
    while m >= 0:
        worth = division.gain[b, m] + land.value[i, m]
        if worth > joined:
            joined, joined_centre = worth, m
        m = division.after[m]
    people = land.people[i]
    change = division.score[a] + division.score[b] - left - joined
    change += _fine(land, division.people[a] - people, rate) - _fine(land, division.people[a], rate)
    change += _fine(land, division.people[b] + people, rate) - _fine(land, division.people[b], rate)
    if change > 0 and _share(source) >= np.exp(-change / heat):
        return 0.0
    if not _hangs_together(land, division, room, i):
        return 0.0
    _unlink(division, i)
    _link(division, i, b)
    for j in range(land.people.shape[0]):
        division.gain[a, j] -= land.value[i, j]
        division.gain[b, j] += land.value[i, j]
    division.sizes[a] -= 1
    division.sizes[b] += 1
    division.people[a] -= people
    division.people[b] += people
    division.score[a], division.centre[a] = left, left_centre
    division.score[b], division.centre[b] = joined, joined_centre
    return float(change)


@compiled
def _cut(land: Land, division: Division, room: Room, a: int, b: int) -> int:
    """
    Cut the members of one or two blocks in two along an edge of a random tree, into `room.side` by `room.queue`.

    Returns how many members there are; fewer than two where there is nothing to cut.
    """
    source = division.source
    room.stamp[0] += 1
    stamp = room.stamp[0]
    size = division.sizes[a] + (division.sizes[b] if b != a else 0)
    if size < 2:  # noqa: PLR2004 - one cannot be cut
        return int(size)
    start = division.first[a]
    for _ in range(_below(source, division.sizes[a])):
        start = division.after[start]
    # The queue holds the tree; a random one of those reached tries a random neighbour.
    room.queue[0] = start
    room.mark[start] = stamp
    room.parent[start] = -1
    tail, misses = 1, 0
    while tail < size:
        v = room.queue[_below(source, tail)]
        options = land.starts[v + 1] - land.starts[v]
        w = land.ends[land.starts[v] + _below(source, options)]
        misses += 1
        inside = division.block[w] == a or division.block[w] == b
        if inside and room.mark[w] != stamp:
            room.mark[w] = stamp
            room.parent[w] = v
            room.queue[tail] = w
            tail += 1
            misses = 0
        elif misses > 8 * size:
            # Hard to find by chance: take the next by order.
            for q in range(tail):
                v = room.queue[q]
                for e in range(land.starts[v], land.starts[v + 1]):
                    w = land.ends[e]
                    inside = division.block[w] == a or division.block[w] == b
                    if inside and room.mark[w] != stamp and misses > 0:
                        room.mark[w] = stamp
                        room.parent[w] = v
                        room.queue[tail] = w
                        tail += 1
                        misses = 0
                if misses == 0:
                    break
            if misses > 0:
                return 1
    total = 0
    for q in range(size):
        room.below[room.queue[q]] = land.people[room.queue[q]]
        total += land.people[room.queue[q]]
    for q in range(size - 1, 0, -1):
        v = room.queue[q]
        room.below[room.parent[v]] += room.below[v]
    good, cut = 0, room.queue[1 + _below(source, size - 1)]
    for q in range(1, size):
        people = room.below[room.queue[q]]
        if people >= land.floor and total - people >= land.floor:
            good += 1
            if _below(source, good) == 0:
                cut = room.queue[q]
    for q in range(size):
        v = room.queue[q]
        room.side[v] = 1 if v == cut or (room.parent[v] >= 0 and room.side[room.parent[v]] == 1) else 0
    return int(size)


@compiled
def _best_of_side(land: Land, room: Room, size: int, side: int) -> float:
    """Return what one side of a cut adds with its best centre."""
    best = -np.inf
    for q in range(size):
        j = room.queue[q]
        if room.side[j] == side:
            worth = 0.0
            for p in range(size):
                i = room.queue[p]
                if room.side[i] == side:
                    worth += land.value[i, j]
            best = max(best, worth)
    return best


@compiled
def _recombine(land: Land, division: Division, room: Room, heat: float, rate: float) -> float:
    """Merge two neighbouring blocks and cut them, or a third; return what the energy changed."""
    source = division.source
    k = division.first.shape[0]
    i = _below(source, land.people.shape[0])
    options = land.starts[i + 1] - land.starts[i]
    if options == 0:
        return 0.0
    a, b = division.block[i], division.block[land.ends[land.starts[i] + _below(source, options)]]
    if a == b:
        return 0.0
    c = a
    if k > 2 and _share(source) < 0.5:  # noqa: PLR2004
        c = division.block[_below(source, land.people.shape[0])]
        if c == b or division.sizes[c] < 2:  # noqa: PLR2004
            return 0.0
    other = b if c == a else c
    size = _cut(land, division, room, c, other)
    if size < 2:  # noqa: PLR2004
        return 0.0
    first, second = _best_of_side(land, room, size, 0), _best_of_side(land, room, size, 1)
    below = 0
    total = 0
    for q in range(size):
        total += land.people[room.queue[q]]
        if room.side[room.queue[q]] == 1:
            below += land.people[room.queue[q]]
    change = -first - second + _fine(land, below, rate) + _fine(land, total - below, rate)
    change += division.score[a] + division.score[b]
    change -= _fine(land, division.people[a], rate) + _fine(land, division.people[b], rate)
    if c != a:
        merged = -np.inf
        for block in (a, b):
            m = division.first[block]
            while m >= 0:
                merged = max(merged, division.gain[a, m] + division.gain[b, m])
                m = division.after[m]
        change += division.score[c] - merged
        change += _fine(land, division.people[a] + division.people[b], rate) - _fine(land, division.people[c], rate)
    if change > 0 and _share(source) >= np.exp(-change / heat):
        return 0.0
    if c != a:
        while division.first[b] >= 0:
            m = division.first[b]
            _unlink(division, m)
            _link(division, m, a)
        _settle(land, division, a)
    for q in range(size):
        v = room.queue[q]
        _unlink(division, v)
        _link(division, v, b if room.side[v] == 1 else c)
    _settle(land, division, b)
    _settle(land, division, c)
    return float(change)


@compiled
def _keep(land: Land, division: Division, room: Room) -> None:
    """Keep the division if it is better than the best so far and keeps the floor."""
    score = 0.0
    for b in range(division.first.shape[0]):
        if division.people[b] < land.floor:
            return
        score += division.score[b]
    if score > room.best_score[0]:
        room.best_score[0] = score
        room.best[:] = division.block


@compiled
def run(land: Land, division: Division, room: Room, cooling: Cooling, begin: int, end: int) -> None:
    """Take the steps from one number up to another of a cooling search."""
    _keep(land, division, room)
    for step in range(begin, end):
        share = step / cooling.steps
        heat = cooling.hot * (cooling.cold / cooling.hot) ** share
        rate = cooling.low * (cooling.high / cooling.low) ** share
        if _share(division.source) < cooling.recombine:
            change = _recombine(land, division, room, heat, rate)
        else:
            change = _shift(land, division, room, heat, rate)
        if change < 0:
            _keep(land, division, room)
