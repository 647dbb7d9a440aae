"""
Whether there is any division that keeps the wishes, whoever the centres are: a quick no where a search would be long.

Where a block may have several centres, a search that finds no plan has to find none for each choice of them. Whether
there is a division at all does not depend on that choice, so each block is named after one member only: its fixed
centre where it has one, else the most populous that may be a centre. Leaving out cap on minutes, objective and
thresholds only allows more. So where there is no such division there is no plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from tyngdepunkt.model import Objective
from tyngdepunkt.structure.problem import Problem, name_blocks, pose
from tyngdepunkt.structure.relaxation import Relaxation
from tyngdepunkt.structure.search import Limits, search

__all__ = ["find_division", "is_divisible"]

_MANY_PAIRS = 20_000
"""Pairs above which no search is tried: a relaxation of them all would take too long."""


def is_divisible(problem: Problem, *, together: Iterable[frozenset[str]] = (), seconds: float) -> bool | None:
    """
    Tell whether there is a division into so many connected blocks that keeps the wishes.

    Parameters
    ----------
    problem
        What is posed; its cap on minutes, objective and thresholds count for nothing.
    together
        Groups of ids that shall lie in one block besides.
    seconds
        Wall time to stop after [s].

    Returns
    -------
    Whether there is; where not, the problem has no plan. None where it was not settled.
    """
    return find_division(problem, together=together, seconds=seconds)[0]


def find_division(
    problem: Problem, *, together: Iterable[frozenset[str]] = (), seconds: float
) -> tuple[bool | None, tuple[int, ...] | None]:
    """
    Look for any division into so many connected blocks that keeps the wishes.

    Parameters
    ----------
    problem, together, seconds
        As for `is_divisible`.

    Returns
    -------
    Whether there is one, None where it was not settled; and the plan with the best centres of one that was found, where
    these are allowed and no threshold is asked for: the position of each one's centre.
    """
    if int(problem.allowed.sum()) > _MANY_PAIRS:
        return None, None
    asked = replace(
        problem.question,
        objective=Objective(),
        max_minutes=None,
        thresholds=(),
        together=(*problem.question.together, *together),
    )
    posed = name_blocks(pose(problem.territory, asked))
    if not posed.allowed.any(axis=1).all():
        return False, None
    k = asked.centres
    outcome = search(Relaxation(posed), Limits(k, k, seconds=seconds), first=True)
    if outcome.centre_of is None:
        return (False if np.isneginf(outcome.bound) else None), None
    return True, _with_best_centres(problem, outcome.centre_of)


def _with_best_centres(problem: Problem, centre_of: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the same blocks, each with the centre that scores best of those allowed; None where one has none."""
    if problem.least:
        return None
    plan = list(centre_of)
    for j in set(centre_of):
        rows = [i for i, c in enumerate(centre_of) if c == j]
        may = [c for c in rows if problem.allowed[rows, c].all()]
        if not may:
            return None
        best = max(may, key=lambda c: float(problem.value[rows, c].sum()))
        for i in rows:
            plan[i] = best
    return tuple(plan)
