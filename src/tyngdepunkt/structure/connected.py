"""
The compiled listing of connected blocks where pairs and sets count, for as many municipalities as a word has bits.

A block S around j is worth

    worth(S, j) = Σ over i in S of gain[i, j] + Σ over pairs a < b in S of bond[a, b] + Σ of weight(T), T touched by S.

Blocks are grown from j, one neighbour taken in or left out at a time. With R those that may still join, nobody can
gain more than

    c[i] = gain[i, j] + Σ over a in S of bond[i, a] + Σ over l in R of share[i, l],

where share[i, l] + share[l, i] = bond[i, l],

so a branch is worth at most worth(S, j) + Σ over R of max(0, c[i]), less what the sets not yet touched take from it. A
bond is shared so that as much of it as possible goes to one who will hardly join. A branch is cut off as well where
those left out for good already lie in too many parts, or in a part with too few people to be blocks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled

__all__ = ["WORD", "Ground", "Prices", "list_around"]

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WORD = 63
"""Municipalities that fit in a word."""
_NONE = np.uint64(0)
_ONE = np.uint64(1)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_SHARINGS = 3
_BOTH_DONE = 2
"""Of a branch: the one in question was taken in, and left out."""
"""Times that bonds are shared anew among those who may join."""


class Ground(NamedTuple):
    """
    What a block may be, whatever it is worth; sets are words, bit i is municipality i.

    Parameters
    ----------
    near
        Each one's neighbours, shape (n,).
    allowed
        Who may have each centre, shape (n,).
    people
        What each counts for against the floor, shape (n,) [persons].
    apart
        With whom each may not share a block, shape (n,).
    together
        Groups that are in a block as a whole or not at all.
    holders
        Sets of which every block has somebody.
    floor
        P [persons].
    room
        Most people of a block [persons].
    most_members
        Of a block.
    most_parts
        Connected parts that a block may leave of the rest.
    """

    near: Words
    allowed: Words
    people: Ints
    apart: Words
    together: Words
    holders: Words
    floor: int
    room: int
    most_members: int
    most_parts: int


class Prices(NamedTuple):
    """
    What a block is worth.

    Parameters
    ----------
    gain
        Of i around j, shape (n, n).
    bond
        Of a and b in one block, 0 or more, symmetric, 0 on the diagonal, shape (n, n).
    sets, weight
        Sets and what a block that touches them adds, shape (n_sets,).
    by_form
        What i adds around j by each objective, shape (n_forms, n, n): a block is not listed around a centre that
        another of its members serves as well as by all of them.
    """

    gain: Floats
    bond: Floats
    sets: Words
    weight: Floats
    by_form: Floats


@compiled
def _place(bit: np.uint64) -> int:
    """Return the position of a set's only member."""
    place = 0
    if bit >> np.uint64(32):
        place += 32
        bit >>= np.uint64(32)
    if bit >> np.uint64(16):
        place += 16
        bit >>= np.uint64(16)
    if bit >> np.uint64(8):
        place += 8
        bit >>= np.uint64(8)
    if bit >> np.uint64(4):
        place += 4
        bit >>= np.uint64(4)
    if bit >> np.uint64(2):
        place += 2
        bit >>= np.uint64(2)
    if bit >> np.uint64(1):
        place += 1
    return place


@compiled
def _low(subset: np.uint64) -> np.uint64:
    """Return the first member of a set, as a set."""
    return subset & (~subset + _ONE)


@compiled
def _component(near: Words, start: np.uint64, within: np.uint64) -> np.uint64:
    """Return a set with all that hangs together with it inside another."""
    found = start
    fresh = start
    while fresh != _NONE:
        reached = _NONE
        while fresh != _NONE:
            bit = _low(fresh)
            fresh ^= bit
            reached |= near[_place(bit)]
        fresh = reached & within & ~found
        found |= fresh
    return found


@compiled
def _count_people(people: Ints, subset: np.uint64) -> int:
    """Return the people of a set."""
    total = 0
    while subset != _NONE:
        bit = _low(subset)
        subset ^= bit
        total += people[_place(bit)]
    return total


@compiled
def _leaves_blocks(ground: Ground, rest: np.uint64, out: np.uint64) -> bool:
    """Return whether the parts of the rest that hold somebody who is out for good are few and populous enough."""
    parts = 0
    while out != _NONE:
        part = _component(ground.near, _low(out), rest)
        out &= ~part
        parts += 1
        if parts > ground.most_parts:
            return False
        if ground.floor > 0 and _count_people(ground.people, part) < ground.floor:
            return False
    return True


@compiled
def _is_outdone(by_form: Floats, ground: Ground, block: np.uint64, j: int) -> bool:
    """Return whether another member serves a block as well by all objectives, and better, or comes first."""
    left = block & ~(_ONE << np.uint64(j))
    while left != _NONE:
        bit = _low(left)
        left ^= bit
        other = _place(bit)
        if block & ~ground.allowed[other] != _NONE:
            continue
        worse, better = False, False
        for form in range(by_form.shape[0]):
            more = 0.0
            rest = block
            while rest != _NONE:
                b = _low(rest)
                rest ^= b
                i = _place(b)
                more += by_form[form, i, other] - by_form[form, i, j]
            worse |= more < 0.0
            better |= more > 0.0
        first = ground.people[other] > ground.people[j] or (ground.people[other] == ground.people[j] and other < j)
        if not worse and (better or first):
            return True
    return False


@compiled
def _keeps(ground: Ground, block: np.uint64) -> bool:
    """Return whether a connected block keeps every wish that is one of a block's own."""
    for group in ground.together:
        if block & group != _NONE and block & group != group:
            return False
    for group in ground.holders:  # noqa: SIM110 - Numba compiles no generator for all()
        if block & group == _NONE:
            return False
    return True


@compiled
def _share(prices: Prices, within: np.uint64, top: Floats, share: Floats) -> None:
    """Share the bonds among those who may join, and add up the most that each can gain; in place."""
    n = top.shape[0]
    for i in range(n):
        for other in range(n):
            share[i, other] = 0.5 * prices.bond[i, other]
            if within >> np.uint64(other) & _ONE:
                top[i] += share[i, other]
    for _ in range(_SHARINGS):
        for i in range(n):
            if not within >> np.uint64(i) & _ONE:
                continue
            for other in range(n):
                if top[i] <= 0.0:
                    break
                if within >> np.uint64(other) & _ONE and top[other] < 0.0 and share[i, other] > 0.0:
                    part = min(share[i, other], -top[other])
                    share[i, other] -= part
                    share[other, i] += part
                    top[i] -= part
                    top[other] += part


@compiled
def _left_by_sets(prices: Prices, block: np.uint64, within: np.uint64, top: Floats, open_: Floats) -> float:
    """
    Return what the sets that a block does not touch yet add at most to a bound by what each may gain.

    Who would touch sets that cost must gain as much: what they gain is parted among these, and of each set's parts
    the cost is taken, or all.
    """
    count = prices.weight.shape[0]
    costly, more = _NONE, 0.0
    for t in range(count):
        open_[t] = 0.0
        if prices.sets[t] & block == _NONE:
            if prices.weight[t] < 0.0:
                costly |= prices.sets[t]
            elif prices.sets[t] & within != _NONE:
                more += prices.weight[t]
    left = within & costly
    while left != _NONE:
        bit = _low(left)
        left ^= bit
        gain = top[_place(bit)]
        if gain <= 0.0:
            continue
        parts = 0
        for t in range(count):
            if prices.weight[t] < 0.0 and prices.sets[t] & bit != _NONE and prices.sets[t] & block == _NONE:
                parts += 1
        for t in range(count):
            if prices.weight[t] < 0.0 and prices.sets[t] & bit != _NONE and prices.sets[t] & block == _NONE:
                open_[t] += gain / parts
    for t in range(count):
        if open_[t] > 0.0:
            more -= min(open_[t], -prices.weight[t])
    return more


@compiled
def list_around(
    ground: Ground, prices: Prices, j: int, limit: float, rising: int, budget: int, blocks: Words, worth: Floats
) -> tuple[int, int, bool]:
    """
    List the connected blocks around a centre that are worth no less than a limit.

    Parameters
    ----------
    ground, prices
        What a block may be, and what it is worth.
    j
        The centre.
    limit
        The least worth.
    rising
        1 where each block listed raises the limit to its worth, so that the last one is the best; else 0.
    budget
        Branches to look at.
    blocks, worth
        Filled in: the blocks as words, and what each is worth.

    Returns
    -------
    How many were listed, how many branches were looked at, and whether that was all: not where the budget was spent or
    more were found than fit.
    """
    n = ground.people.shape[0]
    found, looked = 0, 0
    everyone = _ALL >> np.uint64(64 - n)
    if not ground.allowed[j] >> np.uint64(j) & _ONE:
        return found, looked, True
    chosen, free = np.zeros(n + 1, dtype=np.uint64), np.zeros(n + 1, dtype=np.uint64)
    taken = np.zeros(n + 1, dtype=np.int64)
    stage, size = np.zeros(n + 1, dtype=np.int64), np.ones(n + 1, dtype=np.int64)
    total, value = np.zeros(n + 1, dtype=np.int64), np.zeros(n + 1)
    top, share, open_ = np.zeros((n + 1, n)), np.zeros((n, n)), np.zeros(prices.weight.shape[0])
    bonded = np.zeros(n, dtype=np.bool_)
    for i in range(n):
        bonded[i] = prices.bond[i].any()
    gains = 0.0
    for t in range(prices.weight.shape[0]):
        gains += max(0.0, prices.weight[t])
    chosen[0] = _ONE << np.uint64(j)
    free[0] = _component(ground.near, chosen[0], ground.allowed[j] & ~ground.apart[j]) & ~chosen[0]
    total[0], value[0] = ground.people[j], prices.gain[j, j]
    for t in range(prices.weight.shape[0]):
        if prices.sets[t] & chosen[0] != _NONE:
            value[0] += prices.weight[t]
    for i in range(n):
        top[0, i] = prices.gain[i, j] + prices.bond[i, j]
    _share(prices, free[0], top[0], share)
    depth, fresh = 0, True
    while depth >= 0:
        if stage[depth] == _BOTH_DONE:
            depth -= 1
            continue
        if stage[depth] == 1:
            # The one that was taken in is left out, and those with it who are reached no other way.
            bit = _ONE << np.uint64(taken[depth])
            stage[depth] = _BOTH_DONE
            reached = _component(ground.near, chosen[depth], chosen[depth] | (free[depth] & ~bit))
            gone = free[depth] & ~reached
            chosen[depth + 1], free[depth + 1] = chosen[depth], free[depth] & reached
            total[depth + 1], value[depth + 1], size[depth + 1] = total[depth], value[depth], size[depth]
            top[depth + 1] = top[depth]
            depth += 1
            _drop(top[depth], share, bonded, gone)
            stage[depth], fresh = 0, False
            continue
        looked += 1
        block = chosen[depth]
        listed = fresh and total[depth] >= ground.floor and value[depth] >= limit and _keeps(ground, block)
        listed = listed and _leaves_blocks(ground, everyone & ~block, everyone & ~block)
        if listed and not _is_outdone(prices.by_form, ground, block, j):
            if found == blocks.shape[0]:
                return found, looked, False
            blocks[found], worth[found] = block, value[depth]
            found += 1
            if rising:
                limit = value[depth] + 1e-9 * abs(value[depth])
        if looked > budget:
            return found, looked, False
        # Those for whom there is no room are left out for good.
        if size[depth] >= ground.most_members:
            depth -= 1
            continue
        gone, left = _NONE, free[depth]
        while left != _NONE:
            bit = _low(left)
            left ^= bit
            if ground.people[_place(bit)] > ground.room - total[depth]:
                gone |= bit
        if gone != _NONE:
            gone = free[depth] & ~_component(ground.near, block, block | (free[depth] & ~gone))
            free[depth] &= ~gone
            _drop(top[depth], share, bonded, gone)
        within = free[depth]
        border, left = _NONE, block
        while left != _NONE:
            bit = _low(left)
            left ^= bit
            border |= ground.near[_place(bit)]
        bound, people, best, widest = value[depth], total[depth], -1, -1.0
        left = within
        while left != _NONE:
            bit = _low(left)
            left ^= bit
            i = _place(bit)
            people += ground.people[i]
            bound += max(0.0, top[depth, i])
            # The one that decides most is looked at first.
            if border & bit != _NONE and abs(top[depth, i]) > widest:
                best, widest = i, abs(top[depth, i])
        if bound + gains >= limit and prices.weight.shape[0]:
            bound += _left_by_sets(prices, block, within, top[depth], open_)
        is_cut = best < 0 or bound < limit or people < ground.floor
        for group in ground.together:
            is_cut |= block & group != _NONE and (block | within) & group != group
        for group in ground.holders:
            is_cut |= (block | within) & group == _NONE
        if is_cut or not _leaves_blocks(ground, everyone & ~block, everyone & ~block & ~within):
            depth -= 1
            continue
        bit = _ONE << np.uint64(best)
        stage[depth], taken[depth] = 1, best
        gained = prices.gain[best, j]
        top[depth + 1] = top[depth]
        if bonded[best]:
            for i in range(n):
                if block >> np.uint64(i) & _ONE:
                    gained += prices.bond[i, best]
                top[depth + 1, i] += prices.bond[i, best] - share[i, best]
        for t in range(prices.weight.shape[0]):
            if prices.sets[t] & bit != _NONE and prices.sets[t] & block == _NONE:
                gained += prices.weight[t]
        chosen[depth + 1], free[depth + 1] = block | bit, within & ~bit & ~ground.apart[best]
        total[depth + 1], value[depth + 1] = total[depth] + ground.people[best], value[depth] + gained
        size[depth + 1] = size[depth] + 1
        depth += 1
        stage[depth], fresh = 0, True
    return found, looked, True


@compiled
def _drop(top: Floats, share: Floats, bonded: NDArray[np.bool_], gone: np.uint64) -> None:
    """Take the shares with those who are left out from what each may gain, in place."""
    while gone != _NONE:
        bit = _low(gone)
        gone ^= bit
        other = _place(bit)
        if bonded[other]:
            for i in range(top.shape[0]):
                top[i] -= share[i, other]
