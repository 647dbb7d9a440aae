"""
An objective in arrays: what a plan scores by centre, by pair within a block, and by set that a block touches.

With touch(S) the number of blocks that hold somebody of S, every objective is, more being better,

    Σ value[i, c(i)]  +  Σ over pairs a < b in one block of bond[a, b]  +  Σ over sets S of weight(S) · touch(S).

An agency's borders cut across blocks, Σ over blocks of (areas touched − 1), are Σ over its areas A of touch(A) less
touch(K), K being the municipalities whose area is known: a block of none but unknown ones counts for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Division, Objective, Territory

__all__ = ["Form", "Touch", "agencies_of", "worth"]


@dataclass(frozen=True)
class Touch:
    """
    What each block that holds somebody of a set adds.

    Parameters
    ----------
    members
        Positions, ascending.
    weight
        Below 0 where blocks that touch the set cost, above 0 where they gain.
    """

    members: tuple[int, ...]
    weight: float


@dataclass(frozen=True, eq=False)
class Form:
    """
    An objective in arrays; see the module's head.

    Parameters
    ----------
    value
        What i adds under centre j, shape (n, n).
    bond
        What a and b add in one block, 0 or more, symmetric, 0 on the diagonal, shape (n, n).
    touches
        What blocks add for the sets they touch, each set once.
    """

    value: NDArray[np.float64]
    bond: NDArray[np.float64]
    touches: tuple[Touch, ...]

    @classmethod
    def of(cls, territory: Territory, objective: Objective) -> Form:
        """
        Put an objective in arrays.

        Parameters
        ----------
        territory, objective
            What is counted of what.

        Returns
        -------
        The form; its score is the objective, times −1 where fewer is better.

        Raises
        ------
        QuestionError
            Where the study lacks what a term counts.
        """
        n = len(territory)
        weights = objective.weights
        bond = np.zeros((n, n))
        if "cohesion" in weights:
            bond += weights["cohesion"] * (territory.commuters + territory.commuters.T)
            np.fill_diagonal(bond, 0.0)
        touches: tuple[Touch, ...] = ()
        if "borders" in weights:
            touches = _touches(territory, agencies_of(territory, objective), weights["borders"])
        return cls(worth(territory, objective), bond, touches)

    @property
    def has_sets(self) -> bool:
        """Whether it counts anything but each one's centre."""
        return bool(self.touches) or bool(self.bond.any())

    @property
    def is_whole(self) -> bool:
        """Whether every score is a whole number."""
        finite = self.value[np.isfinite(self.value)]
        whole = np.all(finite == np.rint(finite)) and np.all(self.bond == np.rint(self.bond))
        return bool(whole) and all(float(touch.weight).is_integer() for touch in self.touches)

    @property
    def largest(self) -> float:
        """The largest size of any one number in it."""
        finite = self.value[np.isfinite(self.value)]
        sizes = [float(np.abs(finite).max(initial=0.0)), float(self.bond.max(initial=0.0))]
        return max(sizes + [abs(touch.weight) for touch in self.touches])

    def score(self, centre_of: Iterable[int]) -> float:
        """Return what a plan scores, from the position of each one's centre."""
        centres = np.fromiter(centre_of, dtype=np.int64)
        score = float(self.value[np.arange(len(centres)), centres].sum())
        if self.bond.any():
            score += float(self.bond[centres[:, None] == centres[None, :]].sum()) / 2
        return score + sum(touch.weight * len(set(centres[list(touch.members)].tolist())) for touch in self.touches)

    def ceiling(self) -> float:
        """Return a score that no plan can exceed: each one's best centre, and every gain."""
        n = len(self.value)
        best = np.maximum(np.where(np.isfinite(self.value), self.value, -np.inf).max(axis=1), 0.0).sum()
        least = sum(t.weight * (n if t.weight > 0 else 1) for t in self.touches)
        return float(best + self.bond.sum() / 2 + least)


def worth(territory: Territory, objective: Objective) -> NDArray[np.float64]:
    """
    Return what each municipality adds under each centre, more is better.

    Parameters
    ----------
    territory
        Flows F [persons], population p [persons] and minutes t [min].
    objective
        Weights of ties and access; the other terms ask for no centre.

    Returns
    -------
    a · (F[i, j] + F[j, i]) − b · p[i] · t[i, j], shape (n, n); 0 on the diagonal, −inf where there is
    no way from i to j and access counts. Alone, a term has weight 1.

    Raises
    ------
    QuestionError
        Where access counts and the study has no travel times.
    """
    n = len(territory)
    gain = np.zeros((n, n))
    weights = objective.weights
    if "ties" in weights:
        gain += weights["ties"] * (territory.commuters + territory.commuters.T)
    if "access" in weights:
        if territory.minutes is None:
            raise QuestionError(
                "The objective access needs travel times, and this study has no table travel_times: "
                "add travel_times.csv, or use the objective ties."
            )
        gain -= weights["access"] * territory.population[:, None] * territory.minutes
    np.fill_diagonal(gain, 0.0)
    return gain


def agencies_of(territory: Territory, objective: Objective) -> tuple[Division, ...]:
    """
    Return the divisions of the agencies that count for an objective's borders.

    Parameters
    ----------
    territory
        Whose divisions.
    objective
        Its levels and names of agencies.

    Returns
    -------
    The divisions, in the study's order.

    Raises
    ------
    QuestionError
        Where a name is no agency of the study, or none is left.
    """
    names = {d.name for d in territory.divisions}
    levels = {"regional", "local", "all"}
    if strangers := sorted(set(objective.agencies) - names - levels):
        known = ", ".join(sorted(names)) or "none: it has no table divisions"
        raise QuestionError(f"No agency is called {', '.join(strangers)}; the study knows {known}.")
    found = tuple(
        d
        for d in territory.divisions
        if "all" in objective.agencies or d.level in objective.agencies or d.name in objective.agencies
    )
    if not found:
        raise QuestionError(
            f"The objective borders counts {', '.join(objective.agencies)} agencies, and this study has none: add "
            "divisions.csv and agencies.csv, or name others in brackets, as in borders[all]."
        )
    return found


def _touches(territory: Territory, agencies: Sequence[Division], weight: float) -> tuple[Touch, ...]:
    """Return the sets whose touches make the borders cut; agencies of one area cut nothing."""
    position = territory.position
    counted: Counter[tuple[int, ...]] = Counter()
    for agency in agencies:
        areas: dict[str, list[int]] = {}
        for municipality, area in agency.areas.items():
            if municipality in position:
                areas.setdefault(area, []).append(position[municipality])
        if len(areas) > 1:
            for members in areas.values():
                counted[tuple(sorted(members))] -= 1
            counted[tuple(sorted(i for members in areas.values() for i in members))] += 1
    return tuple(Touch(members, weight * count) for members, count in sorted(counted.items()) if count)


def bonded(forms: Iterable[Form]) -> list[tuple[int, int]]:
    """Return the pairs that any of several forms counts, each in ascending order."""
    held: NDArray[np.bool_] | None = None
    for form in forms:
        held = form.bond > 0 if held is None else held | (form.bond > 0)
    if held is None:
        return []
    return [(a, b) for a, b in combinations(range(len(held)), 2) if held[a, b]]
