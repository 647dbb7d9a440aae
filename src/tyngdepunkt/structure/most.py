"""
The largest number of centres for which a question has a plan.

In a county it is found by asking, number by number, whether there is any plan. A country is too large for that: there
the number lies between the most for which the witness finds a division and the most that inhabitants and map leave
room for, and the answer says both.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from tyngdepunkt.model import Question, Territory
from tyngdepunkt.structure import graph
from tyngdepunkt.structure.anneal import find_witness, without_worth
from tyngdepunkt.structure.impossible import is_possible, most_by_people
from tyngdepunkt.structure.problem import Problem, pose
from tyngdepunkt.structure.reduce import MANY_PAIRS

__all__ = ["MostCentres", "most_centres"]

_SECONDS = 30.0
_EFFORTS = (1.0, 4.0)
"""How many times as long as usual the witness looks: first everywhere, then at the edge of what it finds."""


@dataclass(frozen=True)
class MostCentres:
    """
    The largest number of centres for which a question has a plan, as far as it is known.

    Parameters
    ----------
    number
        The largest for which there is one, or was found; that of the territory's parts where none was found for more.
    at_most
        The largest for which it is not ruled out.
    is_known
        Whether a plan was found for the number, or every larger one ruled out; where not, next to nothing is known.
    centre_of
        A division into so many, as the position of each one's centre, where a search found it; else empty.
    """

    number: int
    at_most: int
    is_known: bool = True
    centre_of: tuple[int, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether the number is the largest."""
        return self.number >= self.at_most


def most_centres(
    territory: Territory, question: Question, *, most: int, seed: int = 0, seconds: float = _SECONDS
) -> MostCentres:
    """
    Find the largest number of centres for which a question with floor and functions alone has a plan.

    Parameters
    ----------
    territory, question
        What is asked of what; the question's own number counts for nothing. Two blocks side by side may always be
        merged, so where there is a plan for a number there is one for each smaller number down to that of the parts.
    most
        The largest number to try.
    seed
        Of the witness that looks for plans in a large territory.
    seconds
        Wall time after which no further number is tried there [s].

    Returns
    -------
    The number, and the largest that is not ruled out.
    """
    problem = pose(territory, question.with_centres(1))
    low = len(graph.components(problem.near, (1 << len(territory)) - 1))
    high = max(low, min(most, most_by_people(problem)))
    if int(problem.allowed.sum()) > MANY_PAIRS:
        return _look_up(problem, low, high, seed=seed, ends=time.monotonic() + seconds)
    at_most, found = high, False
    while low < high:
        middle = (low + high + 1) // 2
        possible = is_possible(pose(territory, question.with_centres(middle)))
        if possible:
            low, found = middle, True
        else:
            high = middle - 1
            at_most = high if possible is False else at_most
    return MostCentres(low, at_most, is_known=found or at_most == low)


def _look_up(problem: Problem, low: int, high: int, *, seed: int, ends: float) -> MostCentres:
    """Return the largest number for which the witness finds a division, and the largest there is room for."""
    parts, best = low, low
    division: tuple[int, ...] = ()
    for effort in _EFFORTS:
        # First by halves; what that ends at may be bad luck, so then step by step and for longer.
        top = high
        while best < top and time.monotonic() < ends:
            middle = (best + top + 1) // 2 if effort == _EFFORTS[0] else best + 1
            if found := _look(problem, middle, effort=effort, seed=seed):
                best, division = middle, found
            elif effort == _EFFORTS[0]:
                top = middle - 1
            else:
                break
    return MostCentres(best, high, is_known=best > parts or best == high, centre_of=division)


def _look(problem: Problem, centres: int, *, effort: float, seed: int) -> tuple[int, ...] | None:
    """Return any division into so many blocks that the witness finds."""
    posed = pose(problem.territory, problem.question.with_centres(centres))
    # Whatever the blocks are worth: nothing then pulls away from a division that reaches the floor.
    return find_witness(without_worth(posed), centres, seed=seed, effort=effort)
