"""
The compiled heart of counting: from all partial divisions after one node to all after the next.

A partial division is what has to be known of a division of the nodes so far to go on from it: which nodes of the
frontier hang together (a piece), which pieces shall be one block, how many people each open block has, and how many
blocks are closed. It is a row of 64-bit words; the words after those, the limbs, say how many divisions of the nodes
so far come to it. Rows are found again by an open hash table.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled

__all__ = ["NOWHERE", "WIDEST", "Layer", "Shape", "add_completions", "descend", "expand", "mark_alike", "rehash"]

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Links = NDArray[np.uint32]

WIDEST = 60
"""Frontier nodes that a partial division can have; counting gives up on memory long before."""
NOWHERE = 0xFFFFFFFF
"""What a choice that cannot be completed leads to."""
_WORD = 62
"""Bits of a word that are used."""
_ROOM = 64
_FULL = 5 / 8
"""Share of a hash table that may be taken."""


class Shape(NamedTuple):
    """
    How the partial divisions after a node are packed into words.

    Parameters
    ----------
    width
        Nodes of the frontier.
    closed_bits, piece_bits, block_bits, people_bits
        Bits of the number of closed blocks, of a piece, of a block, and of a block's inhabitants.
    words
        Words of a row before its limbs.
    """

    width: int
    closed_bits: int
    piece_bits: int
    block_bits: int
    people_bits: int
    words: int


class Layer(NamedTuple):
    """
    What happens when a node is taken in.

    Parameters
    ----------
    before, after
        How partial divisions are packed.
    joined
        Places in the frontier before of the node's neighbours.
    leaving
        For each node of the frontier before, then for the node itself, 1 where it leaves the frontier now.
    people
        Inhabitants of the node [persons].
    nodes_left, people_left
        Still to come after the node.
    fewest, most_blocks
        Number of blocks.
    least, most
        Population of a block [persons].
    capped
        1 where there is a floor only, so that inhabitants above it need not be told apart.
    alike
        For each number of inhabitants of an open block, the lowest number that has the same future; −1 where it has
        none.
    """

    before: Shape
    after: Shape
    joined: Ints
    leaving: Ints
    people: int
    nodes_left: int
    people_left: int
    fewest: int
    most_blocks: int
    least: int
    most: int
    capped: int
    alike: Ints


class _Partial(NamedTuple):
    """A partial division, unpacked: piece of each frontier node, block of each piece, people of each block."""

    piece: Ints
    block: Ints
    people: Ints


@compiled
def expand(
    layer: Layer, rows: Words, limbs: int, out: Words, table: Words, first: Links, links: Links, tally: Ints, stop: int
) -> None:
    """
    Take in a node: add, for each partial division and each block the node may join, the one that this leads to.

    Parameters
    ----------
    layer
        What happens.
    rows
        Partial divisions before, shape (n, words + limbs).
    limbs
        Words of a number of divisions, the lowest first.
    out
        Partial divisions after; filled from ``tally[1]`` on.
    table
        Hash table over `out`: place + 1 in the lower half of an entry, part of the hash in the upper; 0 is free.
    first, links
        Where the choices of each row begin, and where each leads; both empty where that need not be kept.
    tally
        Row to go on with; rows of `out`; choices kept; 1 where a number did not fit its limbs. Changed in place.
    stop
        Row to stop before; it stops earlier where `out` or the table might not hold another row's choices.
    """
    old = _Partial(np.zeros(_ROOM, np.int64), np.zeros(_ROOM, np.int64), np.zeros(_ROOM, np.int64))
    new = _Partial(np.zeros(_ROOM, np.int64), np.zeros(_ROOM, np.int64), np.zeros(_ROOM, np.int64))
    piece = np.zeros(_ROOM, np.int64)
    new_piece = np.zeros(_ROOM, np.int64)
    new_block = np.zeros(_ROOM, np.int64)
    row = np.zeros(_ROOM, np.uint64)
    room = min(out.shape[0], int(table.shape[0] * _FULL)) - _ROOM
    size, kept = tally[1], tally[2]
    r = tally[0]
    while r < stop and size <= room:
        closed, pieces, blocks = _unpack(layer.before, rows, r, old)
        if first.shape[0] > 0:
            first[r] = kept
        for choice in range(blocks + 1):
            target = -1
            people = layer.people + (old.people[choice] if choice < blocks else 0)
            if layer.capped == 1 and people > layer.least:
                people = layer.least
            old.people[_ROOM - 1] = people
            fits = people <= layer.most and (choice < blocks or closed + blocks < layer.most_blocks)
            if fits:
                _join(layer, old, pieces, choice, piece)
                still, shut = _leave(layer, old, pieces, blocks, choice, piece, new, new_piece, new_block)
                if shut >= 0 and _hopeful(layer, new, still, closed + shut):
                    _pack(layer.after, new, closed + shut, still, row)
                    target = _enter(layer.after.words, limbs, row, rows, r, layer.before.words, out, table, size, tally)
                    size = max(size, target + 1)
            if first.shape[0] > 0:
                links[kept] = np.uint32(NOWHERE) if target < 0 else np.uint32(target)
                kept += 1
        if tally[3] == 1:
            return
        r += 1
    if first.shape[0] > 0:
        first[r] = kept
    tally[0], tally[1], tally[2] = r, size, kept


@compiled
def _unpack(shape: Shape, rows: Words, r: int, partial: _Partial) -> tuple[int, int, int]:
    """Read a row; return the number of closed blocks, of pieces and of open blocks."""
    word, bit = 0, shape.closed_bits
    here = np.int64(rows[r, 0])
    closed = int(here & ((1 << bit) - 1))
    pieces = blocks = 0
    for s in range(shape.width):
        if bit + shape.piece_bits > _WORD:
            word, bit = word + 1, 0
            here = np.int64(rows[r, word])
        value = int((here >> bit) & ((1 << shape.piece_bits) - 1))
        bit += shape.piece_bits
        partial.piece[s] = value
        if value >= pieces:
            pieces = value + 1
    for c in range(pieces):
        if bit + shape.block_bits > _WORD:
            word, bit = word + 1, 0
            here = np.int64(rows[r, word])
        value = int((here >> bit) & ((1 << shape.block_bits) - 1))
        bit += shape.block_bits
        partial.block[c] = value
        if value >= blocks:
            blocks = value + 1
    for b in range(blocks):
        if bit + shape.people_bits > _WORD:
            word, bit = word + 1, 0
            here = np.int64(rows[r, word])
        partial.people[b] = (here >> bit) & ((1 << shape.people_bits) - 1)
        bit += shape.people_bits
    return closed, pieces, blocks


@compiled
def _pack(shape: Shape, partial: _Partial, closed: int, blocks: int, row: Words) -> None:
    """Write a row; pieces and blocks are numbered in the order in which the frontier meets them."""
    word, bit, here, pieces = 0, shape.closed_bits, closed, 0
    for s in range(shape.width):
        if bit + shape.piece_bits > _WORD:
            row[word] = np.uint64(here)
            word, bit, here = word + 1, 0, 0
        here |= partial.piece[s] << bit
        bit += shape.piece_bits
        if partial.piece[s] >= pieces:
            pieces = partial.piece[s] + 1
    for c in range(pieces):
        if bit + shape.block_bits > _WORD:
            row[word] = np.uint64(here)
            word, bit, here = word + 1, 0, 0
        here |= partial.block[c] << bit
        bit += shape.block_bits
    for b in range(blocks):
        if bit + shape.people_bits > _WORD:
            row[word] = np.uint64(here)
            word, bit, here = word + 1, 0, 0
        here |= partial.people[b] << bit
        bit += shape.people_bits
    row[word] = np.uint64(here)
    for x in range(word + 1, shape.words):
        row[x] = np.uint64(0)


@compiled
def _join(layer: Layer, old: _Partial, pieces: int, choice: int, piece: Ints) -> None:
    """Put the node into a block: the pieces of it that the node touches become one, with the node last."""
    width = layer.before.width
    for s in range(width):
        piece[s] = old.piece[s]
    own = -1
    for s in layer.joined:
        other = piece[s]
        if old.block[other] == choice and other != own:
            if own < 0:
                own = other
            else:
                for u in range(width):
                    if piece[u] == other:
                        piece[u] = own
    if own < 0:
        own = pieces
        old.block[pieces] = choice
    piece[width] = own


@compiled
def _leave(
    layer: Layer,
    old: _Partial,
    pieces: int,
    blocks: int,
    choice: int,
    piece: Ints,
    new: _Partial,
    new_piece: Ints,
    new_block: Ints,
) -> tuple[int, int]:
    """
    Let nodes leave the frontier; return the blocks still open and how many are shut.

    The second is −1 where a piece is cut off from the rest of its block, or a block is shut below its floor.
    """
    for c in range(pieces + 1):
        new_piece[c] = -1
    for b in range(blocks + 1):
        new_block[b] = -1
    found = still = place = shut = 0
    for s in range(layer.before.width + 1):
        if layer.leaving[s] == 1:
            continue
        c = piece[s]
        if new_piece[c] < 0:
            b = old.block[c]
            if new_block[b] < 0:
                new_block[b] = still
                new.people[still] = old.people[_ROOM - 1 if b == choice else b]
                still += 1
            new_piece[c] = found
            new.block[found] = new_block[b]
            found += 1
        new.piece[place] = new_piece[c]
        place += 1
    for s in range(layer.before.width + 1):
        if layer.leaving[s] == 0 or new_piece[piece[s]] != -1:
            continue
        b = old.block[piece[s]]
        if new_block[b] != -1 or old.people[_ROOM - 1 if b == choice else b] < layer.least:
            return 0, -1
        new_piece[piece[s]] = new_block[b] = -2
        shut += 1
    return still, shut


@compiled
def _hopeful(layer: Layer, new: _Partial, still: int, closed: int) -> bool:
    """Return whether a partial division may be completed, and make its populations those that stand for all alike."""
    blocks = closed + still
    if blocks > layer.most_blocks or blocks + layer.nodes_left < layer.fewest:
        return False
    if still == 0 and layer.nodes_left > 0 and blocks == layer.most_blocks:
        return False
    wanted = max(0, layer.fewest - blocks) * layer.least
    space = (layer.most_blocks - blocks) * layer.most if layer.capped == 0 else layer.people_left
    for b in range(still):
        people = layer.alike[new.people[b]]
        if people < 0:
            return False
        new.people[b] = people
        wanted += max(0, layer.least - people)
        if layer.capped == 0:
            space += layer.most - people
    return wanted <= layer.people_left <= space


@compiled
def _hash(row: Words, words: int) -> np.uint64:
    """Return a hash of a row."""
    value = np.uint64(0x9E3779B97F4A7C15)
    for x in range(words):
        value ^= row[x]
        value ^= value >> np.uint64(33)
        value *= np.uint64(0xFF51AFD7ED558CCD)
        value ^= value >> np.uint64(33)
        value *= np.uint64(0xC4CEB9FE1A85EC53)
        value ^= value >> np.uint64(33)
    return value


@compiled
def _enter(
    words: int,
    limbs: int,
    row: Words,
    rows: Words,
    r: int,
    skip: int,
    out: Words,
    table: Words,
    size: int,
    tally: Ints,
) -> int:
    """Find a partial division or add it, with what an earlier row counts; return its place."""
    value = _hash(row, words)
    mask = np.uint64(table.shape[0] - 1)
    tag = value >> np.uint64(32)
    j = value & mask
    while table[j] != np.uint64(0):
        if table[j] >> np.uint64(32) == tag:
            place = int(np.int64(table[j] & np.uint64(0xFFFFFFFF))) - 1
            same = True
            for x in range(words):
                if out[place, x] != row[x]:
                    same = False
                    break
            if same:
                carry = np.uint64(0)
                for x in range(limbs):
                    more = rows[r, skip + x]
                    partly = out[place, words + x] + more
                    total = partly + carry
                    carry = np.uint64(1) if partly < more or total < partly else np.uint64(0)
                    out[place, words + x] = total
                if carry != np.uint64(0):
                    tally[3] = 1
                return place
        j = (j + np.uint64(1)) & mask
    table[j] = (tag << np.uint64(32)) | np.uint64(size + 1)
    for x in range(words):
        out[size, x] = row[x]
    for x in range(limbs):
        out[size, words + x] = rows[r, skip + x]
    return size


@compiled
def rehash(out: Words, size: int, words: int, table: Words) -> None:
    """Enter the first rows into an empty table."""
    mask = np.uint64(table.shape[0] - 1)
    row = np.zeros(_ROOM, np.uint64)
    for place in range(size):
        for x in range(words):
            row[x] = out[place, x]
        value = _hash(row, words)
        j = value & mask
        while table[j] != np.uint64(0):
            j = (j + np.uint64(1)) & mask
        table[j] = ((value >> np.uint64(32)) << np.uint64(32)) | np.uint64(place + 1)


@compiled
def mark_alike(sums: NDArray[np.uint8], least: int, most: int, left: int, alike: Ints) -> None:
    """
    Write, for each population of an open block, the lowest that has the same future; −1 where it has none.

    Going up by one person, sums that the nodes still to come can make enter the window that leads into the bounds at
    its lower end and leave it at its upper. Where none does either, the future is the same.

    Parameters
    ----------
    sums
        Bit s is 1 where some of the nodes still to come have s inhabitants together.
    least, most
        Population of a block [persons]; the second −1 for no cap.
    left
        Inhabitants of all nodes still to come [persons].
    alike
        By population, from 0; filled.
    """
    inside = 0
    if most >= 0:
        for s in range(least, most + 1):
            inside += (sums[s >> 3] >> (s & 7)) & 1
    lowest = 0
    for people in range(alike.shape[0]):
        if people > 0:
            enters = leaves = 0
            if people <= least:
                s = least - people
                enters = (sums[s >> 3] >> (s & 7)) & 1
            if most >= 0:
                s = most + 1 - people
                leaves = (sums[s >> 3] >> (s & 7)) & 1
            inside += enters - leaves
            if enters + leaves > 0:
                lowest = people
        hopeful = inside > 0 if most >= 0 else people + left >= least
        alike[people] = lowest if hopeful else -1


@compiled
def add_completions(first: Links, links: Links, later: Words, now: Words) -> None:
    """
    Add up, for each partial division, the completions of those that its choices lead to.

    Parameters
    ----------
    first, links
        As `expand` kept them.
    later, now
        Completions after and before, shape (n, limbs); the second is 0 at first and filled.
    """
    for r in range(now.shape[0]):
        for k in range(first[r], first[r + 1]):
            if links[k] == np.uint32(NOWHERE):
                continue
            carry = np.uint64(0)
            for x in range(now.shape[1]):
                more = later[links[k], x]
                partly = now[r, x] + more
                total = partly + carry
                carry = np.uint64(1) if partly < more or total < partly else np.uint64(0)
                now[r, x] = total


@compiled
def descend(
    first: Links,
    links: Links,
    later: Words,
    frontier: Ints,
    node: int,
    at: Ints,
    rank: Words,
    blocks: Ints,
    labels: Ints,
) -> None:
    """
    Go one node further along the divisions of given ranks.

    Parameters
    ----------
    first, links, later
        Choices, and completions after them.
    frontier
        The nodes of the frontier before, in order.
    node
        The node that is taken in.
    at
        Partial division that each has come to, shape (n_divisions,). Changed in place.
    rank
        Rank among the completions of that, shape (n_divisions, limbs). Changed in place.
    blocks
        Blocks begun so far, shape (n_divisions,). Changed in place.
    labels
        Block of each node so far, shape (n_divisions, n_nodes). Changed in place.
    """
    limbs = rank.shape[1]
    met = np.zeros(_ROOM, np.int64)
    for d in range(at.shape[0]):
        # Open blocks in the order in which the frontier meets them: choice number c is the c-th of them.
        known = 0
        for u in frontier:
            fresh = True
            for b in range(known):
                if met[b] == labels[d, u]:
                    fresh = False
                    break
            if fresh:
                met[known] = labels[d, u]
                known += 1
        begin = first[at[d]]
        for k in range(begin, first[at[d] + 1]):
            if links[k] == np.uint32(NOWHERE):
                continue
            less = False
            for x in range(limbs - 1, -1, -1):
                if rank[d, x] != later[links[k], x]:
                    less = rank[d, x] < later[links[k], x]
                    break
            if less:
                choice = np.int64(k) - np.int64(begin)
                if choice < known:
                    labels[d, node] = met[choice]
                else:
                    labels[d, node] = blocks[d]
                    blocks[d] += 1
                at[d] = links[k]
                break
            borrow = np.uint64(0)
            for x in range(limbs):
                part = later[links[k], x]
                left = rank[d, x] - part
                total = left - borrow
                borrow = np.uint64(1) if rank[d, x] < part or left < borrow else np.uint64(0)
                rank[d, x] = total
