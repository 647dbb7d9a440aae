"""A main office and branches: the fewest places from which a task is within reach of all who take part in it."""

from __future__ import annotations

import math
from itertools import combinations

from tyngdepunkt.services.hosting import HostingProblem, Task

__all__ = ["fewest_offices"]

_MOST_CHOICES = 300_000
"""Choices of places that are looked at before the question is left open."""


def fewest_offices(problem: HostingProblem, task: Task) -> tuple[str, ...]:
    """
    Find the fewest offices of a task such that all who take part in it have one within its longest time.

    Each who takes part may have an office. Of several choices of as few, the one with the fewest minutes to the nearest
    office counts, then the first in the order of the participants. Looked at choice by choice, so nothing is missed.

    Parameters
    ----------
    problem
        Whose minutes.
    task
        Which; without a longest time, any way that is known will do.

    Returns
    -------
    Who has an office, in the order of the participants. An office with everyone always will do; empty where there are
    too many choices to look at.
    """
    members = [name for name in problem.participants if name in task.fte_before]
    limit = math.inf if task.max_minutes is None else task.max_minutes
    reach = {
        office: {
            start: minutes
            for start in members
            if (minutes := problem.time(start, office)) is not None and minutes <= limit
        }
        for office in members
    }
    looked_at = 0
    for count in range(1, len(members) + 1):
        looked_at += math.comb(len(members), count)
        if looked_at > _MOST_CHOICES:
            return ()
        best: tuple[float, tuple[str, ...]] | None = None
        for offices in combinations(members, count):
            nearest = [min(reach[office].get(start, math.inf) for office in offices) for start in members]
            total = sum(nearest)
            if total < math.inf and (best is None or total < best[0]):
                best = (total, offices)
        if best is not None:
            return best[1]
    return ()
