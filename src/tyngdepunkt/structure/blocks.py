"""
The compiled listing of whole blocks, and the subgradient over them.

Where municipalities pay u[i], a block S around j is worth val(S) = C[j, j] + Σ over i in S of C[i, j]. A plan that
has the block scores at most L − max(ρ[j], ρ(k)) + val(S), where L is the bound and ρ(k) the k-th best centre; so only
blocks that lose little against the best around their centre can be in a plan better than one that is known. They are
connected and reach the floor by themselves: a plan is k of them that share nobody and leave nobody out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled

__all__ = ["Blocks", "best_blocks", "descend_blocks", "list_blocks", "worth_of_blocks"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_SMALL_STEP = 1e-4
_PATIENCE = 20
_SHRINK = 0.6
_MOMENTUM = 0.5


class Blocks(NamedTuple):
    """
    Blocks, centre by centre.

    Parameters
    ----------
    of_centre
        Where the blocks of each centre start, shape (n + 1,).
    starts, members
        Where the members of each block start in one long list, the centre among them, and the list.
    value
        What each block adds to the objective.
    """

    of_centre: Ints
    starts: Ints
    members: NDArray[np.int32]
    value: Floats


@compiled
def list_blocks(
    starts: Ints,
    ends: Ints,
    people: Ints,
    floor: int,
    gain: Floats,
    limit: Floats,
    group: Ints,
    size: Ints,
    budget: int,
    of_centre: Ints,
    block_starts: Ints,
    members: NDArray[np.int32],
) -> int:
    """
    List the connected blocks around each centre that keep the floor and lose no more than a limit.

    Parameters
    ----------
    starts, ends
        Where each one's neighbours start in one long list, and the list.
    people, floor
        Inhabitants, and P [persons].
    gain
        C, shape (n, n); −inf where i may not be around j.
    limit
        Most that a block of each centre may lose against the sum of all gains above 0, shape (n,); below 0 for a
        centre that needs none.
    group, size
        The group that each one lies together with, −1 for none, shape (n,); and how many are in each group. A block
        with some of a group and not all is none.
    budget
        How many connected sets to look at.
    of_centre, block_starts, members
        Filled in, see `Blocks`.

    Returns
    -------
    How many blocks there are; −1 where there are more than fit, or than the budget allows to be found.
    """
    n = people.shape[0]
    found, filled, looked = 0, 0, 0
    border = np.empty(n + 1, dtype=np.int64)
    seen = np.zeros(n, dtype=np.int64)
    chosen = np.empty(n + 1, dtype=np.int64)
    at, until = np.empty(n + 2, dtype=np.int64), np.empty(n + 2, dtype=np.int64)
    # What the members lose, what those passed over lose, what the members gain; people.
    lost, left, won, total = np.empty(n + 2), np.empty(n + 2), np.empty(n + 2), np.empty(n + 2, dtype=np.int64)
    met = np.zeros(size.shape[0], dtype=np.int64)
    block_starts[0] = 0
    for j in range(n):
        of_centre[j] = found
        if limit[j] < 0.0 or gain[j, j] == -np.inf:
            continue
        most = 0.0
        for i in range(n):
            seen[i] = 0
            if i != j:
                most += max(0.0, gain[i, j])
        seen[j] = 1
        chosen[0] = j
        end = 0
        for e in range(starts[j], starts[j + 1]):
            if gain[ends[e], j] > -np.inf:
                border[end] = ends[e]
                seen[ends[e]] = 1
                end += 1
        depth = 0
        at[0], until[0], lost[0], left[0], won[0], total[0] = 0, end, 0.0, 0.0, 0.0, people[j]
        fresh = True
        while depth >= 0:
            is_whole = fresh and total[depth] >= floor and lost[depth] + most - won[depth] <= limit[j]
            if is_whole and size.shape[0]:
                met[:] = 0
                for q in range(depth + 1):
                    if group[chosen[q]] >= 0:
                        met[group[chosen[q]]] += 1
                for g in range(size.shape[0]):
                    is_whole = is_whole and (met[g] == 0 or met[g] == size[g])
            if is_whole:
                if found + 1 >= block_starts.shape[0] or filled + depth + 1 > members.shape[0]:
                    return -1
                for q in range(depth + 1):
                    members[filled] = chosen[q]
                    filled += 1
                found += 1
                block_starts[found] = filled
            fresh = False
            if at[depth] == until[depth] or lost[depth] + left[depth] > limit[j]:
                depth -= 1
                if depth >= 0:
                    for q in range(until[depth], until[depth + 1]):
                        seen[border[q]] = 0
                continue
            v = border[at[depth]]
            at[depth] += 1
            worth = gain[v, j]
            before = left[depth]
            left[depth] += max(0.0, worth)
            more = lost[depth] + max(0.0, -worth)
            if more + before > limit[j]:
                continue
            looked += 1
            if looked > budget:
                return -1
            end = until[depth]
            for e in range(starts[v], starts[v + 1]):
                w = ends[e]
                if not seen[w] and gain[w, j] > -np.inf:
                    seen[w] = 1
                    border[end] = w
                    end += 1
            chosen[depth + 1] = v
            lost[depth + 1], left[depth + 1] = more, before
            won[depth + 1], total[depth + 1] = won[depth] + max(0.0, worth), total[depth] + people[v]
            at[depth + 1], until[depth + 1] = at[depth], end
            depth += 1
            fresh = True
    of_centre[n] = found
    return found


@compiled
def worth_of_blocks(blocks: Blocks, u: Floats) -> Floats:
    """Return val of each block, shape (n_blocks,)."""
    worth = blocks.value.copy()
    for m in range(worth.shape[0]):
        for q in range(blocks.starts[m], blocks.starts[m + 1]):
            worth[m] -= u[blocks.members[q]]
    return worth


@compiled
def best_blocks(blocks: Blocks, worth: Floats, rho: Floats, choice: Ints) -> None:
    """Find the best block of each centre and its worth, −1 and −inf where it has none; in place, shape (n,)."""
    for j in range(rho.shape[0]):
        rho[j], choice[j] = -np.inf, -1
        for m in range(blocks.of_centre[j], blocks.of_centre[j + 1]):
            if worth[m] > rho[j]:
                rho[j], choice[j] = worth[m], m


@compiled
def descend_blocks(
    blocks: Blocks, centres: int, u: Floats, best: Floats, state: Floats, target: float, rounds: int
) -> None:
    """
    Take subgradient steps on u over listed blocks.

    Parameters
    ----------
    blocks
        All that may be in a plan.
    centres
        k.
    u, best, state, target, rounds
        As for `pricing.descend`.
    """
    n = u.shape[0]
    rho, choice = np.empty(n), np.empty(n, dtype=np.int64)
    direction = np.zeros(n)
    for _ in range(rounds):
        if state[1] < _SMALL_STEP:
            return
        worth = worth_of_blocks(blocks, u)
        best_blocks(blocks, worth, rho, choice)
        order = np.argsort(-rho)[:centres]
        bound = u.sum() + rho[order].sum()
        if bound == -np.inf:
            state[0] = bound
            best[:] = u
            return
        if bound < state[0] - 1e-7 * abs(state[0]) or state[0] == np.inf:
            state[0], state[2] = bound, 0.0
            best[:] = u
        else:
            state[2] += 1
            if state[2] > _PATIENCE:
                state[1], state[2] = state[1] * _SHRINK, 0.0
                u[:] = best
                continue
        count = np.zeros(n)
        for j in order:
            for q in range(blocks.starts[choice[j]], blocks.starts[choice[j] + 1]):
                count[blocks.members[q]] += 1
        direction = (1.0 - count) + _MOMENTUM * direction
        size = (direction * direction).sum()
        if size == 0.0:
            return
        u -= state[1] * max(bound - target, 1e-9 * abs(bound)) / size * direction
