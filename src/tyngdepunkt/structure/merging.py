"""Fewer blocks out of more: a plan with more blocks shows that there is one with fewer, and is a start for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.verify import keeps

__all__ = ["merge_blocks"]


def merge_blocks(problem: Problem, centre_of: Sequence[int], centres: int) -> tuple[int, ...] | None:
    """
    Merge neighbouring blocks, each time the two that lose least by it, until so many are left.

    A floor that two blocks reach, and a function that they have, the merged one has as well; whatever else the
    question asks is checked at the end.

    Parameters
    ----------
    problem
        What is posed; of its objective, what counts each one's centre is looked at.
    centre_of
        A plan with more blocks: the position of each one's centre.
    centres
        How many blocks to leave.

    Returns
    -------
    The position of each one's centre, or None where no two blocks can be merged or the question asks for what the
    merged blocks do not keep.
    """
    of = list(centre_of)
    members: dict[int, list[int]] = {}
    for i, j in enumerate(of):
        members.setdefault(j, []).append(i)
    joined: dict[tuple[int, int], tuple[float, int] | None] = {}
    while len(members) > centres:
        pairs = {
            (min(of[a], of[b]), max(of[a], of[b]))
            for a in range(len(of))
            for b in problem.neighbours[a]
            if of[a] != of[b]
        }
        for first, second in pairs - joined.keys():
            joined[first, second] = _join(problem, members[first], members[second], (first, second))
        best = max(((worth[0], pair, worth[1]) for pair in pairs if (worth := joined[pair]) is not None), default=None)
        if best is None:
            return None
        _, (first, second), centre = best
        rows = sorted(members.pop(first) + members.pop(second))
        members[centre] = rows
        for i in rows:
            of[i] = centre
        joined = {pair: each for pair, each in joined.items() if not {first, second, centre} & set(pair)}
    ids = problem.territory.ids
    question = problem.question.with_centres(centres)
    assignment = {ids[i]: ids[j] for i, j in enumerate(of)}
    return tuple(of) if len(members) == centres and keeps(problem.territory, question, assignment) else None


def _join(problem: Problem, first: list[int], second: list[int], centres: tuple[int, int]) -> tuple[float, int] | None:
    """Return what the objective gains by merging two blocks, and the merged one's centre; None where it has none."""
    rows = first + second
    before = sum(float(problem.value[block, j].sum()) for block, j in zip((first, second), centres, strict=True))
    may = [j for j in rows if problem.allowed[rows, j].all()]
    if not may:
        return None
    sums = problem.value[np.ix_(rows, may)].sum(axis=0)
    best = int(np.argmax(sums))
    return float(sums[best]) - before, may[best]
