"""
The compiled heart of the witness: connected divisions under simulated annealing.

A division is changed by moving one municipality to a block next to it, or by merging two neighbouring blocks and
cutting them, or another block, along an edge of a random spanning tree; the latter moves a centre across the map.
What is to be least is the objective's opposite and a fine for each wish broken: people lacking to the floor, and what
the wishes come to when said of sets S and the number of blocks touch(S) that hold somebody of S,

    together: touch(S) − 1,     apart: |S| − touch(S),     a function in every block: k − touch(S).

Borders are counted by touch(S) too, see `form`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled

__all__ = ["Cooling", "Division", "Land", "Room", "grow", "make_division", "make_room", "place", "run"]

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Floats = NDArray[np.float64]


class Land(NamedTuple):
    """
    What is divided, and by what it is measured: the objective, form 0, and one form for each threshold.

    Parameters
    ----------
    starts, ends
        Where each one's neighbours start in one long list, and the list.
    people
        Inhabitants [persons].
    floor
        P [persons]; 0 for none.
    value
        What i adds with centre j, shape (n_forms, n, n); far below all else where it may not.
    bond
        What a and b add in one block, shape (n_forms, n, n); (n_forms, 0, 0) where no form counts pairs.
    lean
        What each form counts for when a block's centre is chosen, shape (n_forms,).
    least
        What each form has to reach, shape (n_forms,); −inf for nothing.
    sets_from, sets
        Where the sets that each one is in start in one long list, and the list.
    weight
        What a block that touches a set adds, shape (n_forms, n_sets).
    dear
        How many wishes a block that touches a set breaks, below 0 where it keeps them, shape (n_sets,).
    broken
        How many wishes a division would break that touched nothing.
    home
        The block in which each one would count as not moved, −1 for none, shape (n,).
    most_moved
        Most that may be moved.
    """

    starts: Ints
    ends: Ints
    people: Ints
    floor: int
    value: Floats
    bond: Floats
    lean: Floats
    least: Floats
    sets_from: Ints
    sets: Ints
    weight: Floats
    dear: Ints
    broken: int
    home: Ints
    most_moved: int


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
        What each block adds with its best centre, sets apart, shape (n_forms, k).
    gain
        What each block would add with each municipality as its centre, pairs and sets apart, shape (n_forms, k, n).
    company
        What each municipality adds by pairs to each block it is in or would join, shape (n_forms, k, n).
    inside
        Members of each set in each block, shape (n_sets, k).
    total
        What the division adds in all, shape (n_forms,).
    tally
        How many wishes are broken, and how many municipalities are moved.
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
    company: Floats
    inside: Ints
    total: Floats
    tally: Ints
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
    worth
        What each would add as the centre of one side of a cut, shape (n,).
    on_side
        Members of each set on one side of a cut, shape (n_sets,).
    delta
        What a change adds by each form, shape (n_forms,).
    best, best_score
        Block of each municipality in the best division that keeps the wishes, and its score; one number.
    """

    mark: Ints
    stamp: Ints
    queue: Ints
    parent: Ints
    below: Ints
    side: Ints
    worth: Floats
    on_side: Ints
    delta: Floats
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
        Fine for a block without a single inhabitant, and for a wish broken, at the first and the last step [the
        objective's unit].
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


def make_room(land: Land) -> Room:
    """Return room to work in for so many municipalities, with no best division yet."""
    n = len(land.people)

    def room() -> Ints:
        return np.zeros(n + 1, dtype=np.int64)

    best = np.full(n, -1, dtype=np.int64)
    count, delta = np.zeros(len(land.dear), dtype=np.int64), np.zeros(len(land.lean))
    return Room(
        room(), room()[:1], room(), room(), room(), room(), np.zeros(n), count, delta, best, np.full(1, -np.inf)
    )


def make_division(land: Land, blocks: int, source: Words) -> Division:
    """Return a division into so many blocks that nobody is placed in yet, with its source of random numbers."""
    n, forms = len(land.people), len(land.lean)

    def ints(size: int) -> Ints:
        return np.full(size, -1, dtype=np.int64)

    return Division(
        ints(n), ints(blocks), ints(n), ints(n), ints(blocks), ints(blocks), ints(blocks),
        np.zeros((forms, blocks)), np.zeros((forms, blocks, n)), np.zeros((forms, blocks, land.bond.shape[1])),
        np.zeros((len(land.dear), blocks), dtype=np.int64), np.zeros(forms), np.zeros(2, dtype=np.int64), source,
    )  # fmt: skip


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
    """Count a block anew: members, people, gains, best centre, members of sets."""
    n, forms, bonded = land.people.shape[0], land.value.shape[0], land.bond.shape[1] > 0
    for f in range(forms):
        for j in range(n):
            division.gain[f, b, j] = 0.0
        for j in range(land.bond.shape[1]):
            division.company[f, b, j] = 0.0
    for s in range(land.dear.shape[0]):
        division.inside[s, b] = 0
    count, people = 0, 0
    i = division.first[b]
    while i >= 0:
        count += 1
        people += land.people[i]
        for f in range(forms):
            for j in range(n):
                division.gain[f, b, j] += land.value[f, i, j]
            if bonded:
                for j in range(n):
                    division.company[f, b, j] += land.bond[f, i, j]
        for q in range(land.sets_from[i], land.sets_from[i + 1]):
            division.inside[land.sets[q], b] += 1
        i = division.after[i]
    division.sizes[b] = count
    division.people[b] = people
    best = -np.inf
    i = division.first[b]
    while i >= 0:
        worth = 0.0
        for f in range(forms):
            worth += land.lean[f] * division.gain[f, b, i]
        if worth > best:
            best, division.centre[b] = worth, i
        i = division.after[i]
    for f in range(forms):
        division.score[f, b] = division.gain[f, b, division.centre[b]]
        if bonded:
            i = division.first[b]
            while i >= 0:
                division.score[f, b] += division.company[f, b, i] / 2
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
    for f in range(land.value.shape[0]):
        division.total[f] = 0.0
        for b in range(k):
            division.total[f] += division.score[f, b]
    division.tally[0], division.tally[1] = land.broken, 0
    for s in range(land.dear.shape[0]):
        touched = 0
        for b in range(k):
            touched += division.inside[s, b] > 0
        division.tally[0] += land.dear[s] * touched
        for f in range(land.value.shape[0]):
            division.total[f] += land.weight[f, s] * touched
    for i in range(block.shape[0]):
        division.tally[1] += land.home[i] != block[i]


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
def _shortfall(land: Land, f: int, total: float) -> float:
    """Return how far below what a form has to reach a division is, in the size of the form."""
    if total >= land.least[f]:
        return 0.0
    return float(0.05 + land.lean[f] * (land.least[f] - total))


@compiled
def _price(land: Land, division: Division, room: Room, broken: int, moved: int, rate: float) -> float:
    """Return what a change costs by forms, wishes and moves: its gains by form are in `room.delta`."""
    change = -room.delta[0]
    over = max(0, division.tally[1] + moved - land.most_moved) - max(0, division.tally[1] - land.most_moved)
    change += rate * (broken + over)
    for f in range(land.value.shape[0]):
        if land.least[f] > -np.inf:
            before = _shortfall(land, f, division.total[f])
            change += rate * (_shortfall(land, f, division.total[f] + room.delta[f]) - before)
    return float(change)


@compiled
def _shift(land: Land, division: Division, room: Room, heat: float, rate: float) -> float:
    """Offer one municipality to a neighbouring block; return what the energy changed."""
    source, forms, bonded = division.source, land.value.shape[0], land.bond.shape[1] > 0
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
            worth = 0.0
            for f in range(forms):
                worth += land.lean[f] * (division.gain[f, a, m] - land.value[f, i, m])
            if worth > left:
                left, left_centre = worth, m
        m = division.after[m]
    joined, joined_centre = -np.inf, i
    m = i
    while m >= 0:
        worth = 0.0
        for f in range(forms):
            worth += land.lean[f] * (division.gain[f, b, m] + land.value[f, i, m])
        if worth > joined:
            joined, joined_centre = worth, m
        m = division.first[b] if m == i else division.after[m]
    for f in range(forms):
        room.delta[f] = division.gain[f, a, left_centre] - land.value[f, i, left_centre]
        room.delta[f] += division.gain[f, b, joined_centre] + land.value[f, i, joined_centre]
        room.delta[f] -= division.gain[f, a, division.centre[a]] + division.gain[f, b, division.centre[b]]
        if bonded:
            room.delta[f] += division.company[f, b, i] - division.company[f, a, i]
    broken = 0
    for q in range(land.sets_from[i], land.sets_from[i + 1]):
        s = land.sets[q]
        touched = (division.inside[s, b] == 0) - (division.inside[s, a] == 1)
        if touched != 0:
            broken += touched * land.dear[s]
            for f in range(forms):
                room.delta[f] += touched * land.weight[f, s]
    moved = (land.home[i] == a) - (land.home[i] == b)
    people = land.people[i]
    change = _price(land, division, room, int(broken), moved, rate)
    change += _fine(land, division.people[a] - people, rate) - _fine(land, division.people[a], rate)
    change += _fine(land, division.people[b] + people, rate) - _fine(land, division.people[b], rate)
    if change > 0 and _share(source) >= np.exp(-change / heat):
        return 0.0
    if not _hangs_together(land, division, room, i):
        return 0.0
    for f in range(forms):
        division.score[f, a] += -division.gain[f, a, division.centre[a]] + division.gain[f, a, left_centre]
        division.score[f, a] -= land.value[f, i, left_centre]
        division.score[f, b] += -division.gain[f, b, division.centre[b]] + division.gain[f, b, joined_centre]
        division.score[f, b] += land.value[f, i, joined_centre]
        if bonded:
            division.score[f, a] -= division.company[f, a, i]
            division.score[f, b] += division.company[f, b, i]
        division.total[f] += room.delta[f]
    _unlink(division, i)
    _link(division, i, b)
    for f in range(forms):
        for j in range(land.people.shape[0]):
            division.gain[f, a, j] -= land.value[f, i, j]
            division.gain[f, b, j] += land.value[f, i, j]
        if bonded:
            for j in range(land.people.shape[0]):
                division.company[f, a, j] -= land.bond[f, i, j]
                division.company[f, b, j] += land.bond[f, i, j]
    for q in range(land.sets_from[i], land.sets_from[i + 1]):
        division.inside[land.sets[q], a] -= 1
        division.inside[land.sets[q], b] += 1
    division.tally[0] += broken
    division.tally[1] += moved
    division.sizes[a] -= 1
    division.sizes[b] += 1
    division.people[a] -= people
    division.people[b] += people
    division.centre[a], division.centre[b] = left_centre, joined_centre
    return change


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
def _count_sides(land: Land, division: Division, room: Room, size: int, a: int, b: int, c: int) -> None:
    """
    Add what both sides of a cut add, with their best centres and by pairs, to `room.delta`.

    Sums are over the smaller side; those of the larger are what is left of the whole.
    """
    forms, bonded = land.value.shape[0], land.bond.shape[1] > 0
    ones = 0
    for q in range(size):
        ones += room.side[room.queue[q]]
    small = 1 if 2 * ones <= size else 0
    for q in range(size):
        room.worth[room.queue[q]] = 0.0
    for p in range(size):
        i = room.queue[p]
        if room.side[i] == small:
            for f in range(forms):
                for q in range(size):
                    room.worth[room.queue[q]] += land.lean[f] * land.value[f, i, room.queue[q]]
    best, centre, best_large, centre_large = -np.inf, -1, -np.inf, -1
    for q in range(size):
        j = room.queue[q]
        if room.side[j] == small:
            if room.worth[j] > best:
                best, centre = room.worth[j], j
            continue
        worth = -room.worth[j]
        for f in range(forms):
            worth += land.lean[f] * (division.gain[f, c, j] + (division.gain[f, b, j] if c == a else 0.0))
        if worth > best_large:
            best_large, centre_large = worth, j
    for f in range(forms):
        whole = division.gain[f, c, centre_large] + (division.gain[f, b, centre_large] if c == a else 0.0)
        between, within = 0.0, 0.0
        for p in range(size):
            i = room.queue[p]
            if room.side[i] == small:
                whole += land.value[f, i, centre] - land.value[f, i, centre_large]
                if bonded:
                    between += division.company[f, c, i] + (division.company[f, b, i] if c == a else 0.0)
                    for q in range(p):
                        j = room.queue[q]
                        if room.side[j] == small:
                            within += land.bond[f, i, j]
        room.delta[f] += whole
        if bonded:
            room.delta[f] += _pairs_within(division, f, c) - between + 2 * within
            if c == a:
                room.delta[f] += _pairs_within(division, f, b) + _pairs_between(division, f, a, b)


@compiled
def _pairs_within(division: Division, f: int, b: int) -> float:
    """Return what a block adds by pairs."""
    return float(division.score[f, b] - division.gain[f, b, division.centre[b]])


@compiled
def _pairs_between(division: Division, f: int, a: int, b: int) -> float:
    """Return what two blocks would add by pairs if they were one."""
    if division.sizes[a] > division.sizes[b]:
        a, b = b, a
    total = 0.0
    m = division.first[a]
    while m >= 0:
        total += division.company[f, b, m]
        m = division.after[m]
    return float(total)


@compiled
def _count_merged(land: Land, division: Division, room: Room, a: int, b: int) -> None:
    """Add what two blocks add as one, with its best centre and by pairs, to `room.delta`."""
    forms, bonded = land.value.shape[0], land.bond.shape[1] > 0
    best, centre = -np.inf, -1
    for block in (a, b):
        m = division.first[block]
        while m >= 0:
            worth = 0.0
            for f in range(forms):
                worth += land.lean[f] * (division.gain[f, a, m] + division.gain[f, b, m])
            if worth > best:
                best, centre = worth, m
            m = division.after[m]
    for f in range(forms):
        room.delta[f] += division.gain[f, a, centre] + division.gain[f, b, centre]
        if bonded:
            room.delta[f] += _pairs_within(division, f, a) + _pairs_within(division, f, b)
            room.delta[f] += _pairs_between(division, f, a, b)


@compiled
def _count_touched(land: Land, division: Division, room: Room, size: int, a: int, b: int, c: int) -> int:
    """Add what sets add to `room.delta`, and return how many more wishes are broken, where c is cut and b is free."""
    for s in range(land.dear.shape[0]):
        room.on_side[s] = 0
    for q in range(size):
        i = room.queue[q]
        if room.side[i] == 1:
            for e in range(land.sets_from[i], land.sets_from[i + 1]):
                room.on_side[land.sets[e]] += 1
    broken = 0
    for s in range(land.dear.shape[0]):
        in_a, in_b, in_c, cut_off = division.inside[s, a], division.inside[s, b], division.inside[s, c], room.on_side[s]
        touched = (cut_off > 0) - (in_a > 0) - (in_b > 0)
        if c == a:
            touched += in_a + in_b > cut_off
        else:
            touched += (in_a + in_b > 0) + (in_c > cut_off) - (in_c > 0)
        if touched != 0:
            broken += touched * land.dear[s]
            for f in range(land.value.shape[0]):
                room.delta[f] += touched * land.weight[f, s]
    return int(broken)


@compiled
def _count_moved(land: Land, division: Division, room: Room, size: int, a: int, b: int, c: int) -> int:
    """Return how many more are moved by a cut, its sides exchanged where fewer are."""
    before, straight, crossed = 0, 0, 0
    for q in range(size):
        i = room.queue[q]
        before += land.home[i] == division.block[i]
        first, second = (c, b) if room.side[i] == 0 else (b, c)
        straight += land.home[i] == first
        crossed += land.home[i] == second
    if crossed > straight:
        for q in range(size):
            room.side[room.queue[q]] = 1 - room.side[room.queue[q]]
    after = max(straight, crossed)
    if c != a:
        m = division.first[b]
        while m >= 0:
            before += land.home[m] == b
            after += land.home[m] == a
            m = division.after[m]
    return int(before - after)


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
    moved = _count_moved(land, division, room, size, a, b, c)
    for f in range(land.value.shape[0]):
        room.delta[f] = 0.0
    _count_sides(land, division, room, size, a, b, c)
    for f in range(land.value.shape[0]):
        room.delta[f] -= division.score[f, a] + division.score[f, b]
        if c != a:
            room.delta[f] -= division.score[f, c]
    if c != a:
        _count_merged(land, division, room, a, b)
    broken = _count_touched(land, division, room, size, a, b, c)
    below, total = 0, 0
    for q in range(size):
        total += land.people[room.queue[q]]
        if room.side[room.queue[q]] == 1:
            below += land.people[room.queue[q]]
    change = _price(land, division, room, broken, moved, rate)
    change += _fine(land, below, rate) + _fine(land, total - below, rate)
    change -= _fine(land, division.people[a], rate) + _fine(land, division.people[b], rate)
    if c != a:
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
    for f in range(land.value.shape[0]):
        division.total[f] += room.delta[f]
    division.tally[0] += broken
    division.tally[1] += moved
    return change


@compiled
def _keep(land: Land, division: Division, room: Room) -> None:
    """Keep the division if it is better than the best so far and keeps the wishes."""
    if division.total[0] <= room.best_score[0] or division.tally[0] > 0 or division.tally[1] > land.most_moved:
        return
    for b in range(division.first.shape[0]):
        if division.people[b] < land.floor:
            return
    for f in range(land.value.shape[0]):
        if division.total[f] < land.least[f]:
            return
    room.best_score[0] = division.total[0]
    for i in range(land.people.shape[0]):
        room.best[i] = division.block[i]


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
