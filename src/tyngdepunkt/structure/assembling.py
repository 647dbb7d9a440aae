"""The compiled search through plans of listed blocks that lose little, for those that none beats in two objectives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled

__all__ = ["Found", "Listed", "Path", "put_together"]

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_ONE = np.uint64(1)


class Listed(NamedTuple):
    """
    Listed blocks, by the first of their members in an order, of one member those first that lose least.

    Parameters
    ----------
    order
        The municipalities in that order, shape (n,).
    starts
        Where the blocks of each start, in that order, shape (n + 1,).
    blocks
        As words.
    loss
        What each loses, 0 or more but for rounding, by several windows, shape (n_blocks, n_windows).
    amounts
        What each scores by each objective, the two that a front lies between first, shape (n_blocks, n_forms).
    """

    order: Ints
    starts: Ints
    blocks: Words
    loss: Floats
    amounts: Floats


class Path(NamedTuple):
    """
    Where a search is, so that it can be taken up again; each of shape (k + 1,), but for `depth`, (1,), and `lost`.

    Parameters
    ----------
    depth
        How many blocks are chosen; −1 at the end.
    at, ends
        The next block to look at with so many chosen, and where these end.
    covered, lost
        Who is in a block, and what the blocks lose by each window, shape (k + 1, n_windows).
    """

    depth: Ints
    at: Ints
    ends: Ints
    covered: Words
    lost: Floats


class Found(NamedTuple):
    """
    Plans none of which beats another, best by the first objective first.

    Parameters
    ----------
    number
        How many, shape (1,).
    amounts
        By the two objectives, shape (room, 2).
    plans
        The number of each of their blocks in the list, −1 for none, shape (room, k).
    """

    number: Ints
    amounts: Floats
    plans: Ints


@compiled
def _keep(found: Found, first: float, second: float, path: Path, last: int) -> bool:
    """Put a plan among those found unless one is as good, and take out those that it beats; False where none fits."""
    count = found.number[0]
    at = 0
    while at < count and found.amounts[at, 0] >= first:
        at += 1
    if at and found.amounts[at - 1, 1] >= second:
        return True
    # Those beaten lie side by side: as good by the first at most, and no better by the second.
    begin = at
    while begin and found.amounts[begin - 1, 0] == first:
        begin -= 1
    end = at
    while end < count and found.amounts[end, 1] <= second:
        end += 1
    moved = begin + 1 - end
    if count + moved > found.amounts.shape[0]:
        return False
    if moved > 0:
        for p in range(count - 1, end - 1, -1):
            found.amounts[p + moved] = found.amounts[p]
            found.plans[p + moved] = found.plans[p]
    elif moved < 0:
        for p in range(end, count):
            found.amounts[p + moved] = found.amounts[p]
            found.plans[p + moved] = found.plans[p]
    found.amounts[begin, 0], found.amounts[begin, 1] = first, second
    found.plans[begin] = -1
    for d in range(last + 1):
        found.plans[begin, d] = path.at[d] - 1
    found.number[0] = count + moved
    return True


@compiled
def _may_be(limits: Floats, lost: Floats) -> bool:
    """Return whether a plan with these losses may lie above any of the corners."""
    for corner in range(limits.shape[0]):
        within = True
        for window in range(limits.shape[1]):
            if lost[window] > limits[corner, window]:
                within = False
                break
        if within:
            return True
    return False


@compiled
def put_together(
    listed: Listed, fewest: int, most: int, limits: Floats, least: Floats, budget: int, path: Path, found: Found
) -> bool:
    """
    Look at every plan of listed blocks that may lie above any of some corners, and keep those that none beats.

    Parameters
    ----------
    listed
        The blocks.
    fewest, most
        Blocks of a plan.
    limits
        Most that a plan above each corner loses by each window, shape (n_corners, n_windows).
    least
        What it must score by each objective after the first two.
    budget
        Blocks to try before the search halts.
    path
        Where the search is; changed in place.
    found
        What is kept; changed in place.

    Returns
    -------
    Whether all that was found fits. The search is done where `path.depth` is below 0, else it may be taken up again.
    """
    n = listed.order.shape[0]
    everyone = np.uint64(0xFFFFFFFFFFFFFFFF) >> np.uint64(64 - n)
    forms = listed.amounts.shape[1]
    score = np.zeros(forms)
    depth, tried = path.depth[0], 0
    limit = limits[:, 0].max()
    lost = np.zeros(limits.shape[1])
    while depth >= 0 and tried < budget:
        if path.at[depth] >= path.ends[depth]:
            depth -= 1
            continue
        b = path.at[depth]
        path.at[depth] += 1
        if path.lost[depth, 0] + listed.loss[b, 0] > limit:
            depth -= 1
            continue
        tried += 1
        if listed.blocks[b] & path.covered[depth]:
            continue
        for window in range(lost.shape[0]):
            lost[window] = path.lost[depth, window] + listed.loss[b, window]
        if not _may_be(limits, lost):
            continue
        covered = path.covered[depth] | listed.blocks[b]
        if covered == everyone:
            if depth + 1 < fewest:
                continue
            score[:] = 0.0
            for d in range(depth + 1):
                score += listed.amounts[path.at[d] - 1]
            reaches = True
            for form in range(2, forms):
                reaches &= score[form] >= least[form - 2]
            if reaches and not _keep(found, score[0], score[1], path, depth):
                path.depth[0] = depth
                return False
            continue
        if depth + 1 >= most:
            continue
        rank = 0
        while covered >> np.uint64(listed.order[rank]) & _ONE:
            rank += 1
        depth += 1
        path.covered[depth] = covered
        path.lost[depth] = lost
        path.at[depth], path.ends[depth] = listed.starts[rank], listed.starts[rank + 1]
    path.depth[0] = depth
    return True
