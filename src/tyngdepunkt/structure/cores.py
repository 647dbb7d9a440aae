"""
Cores: what a floor on population means for a connected block.

A block with centre j that is connected and has at least P inhabitants contains an inclusion-minimal connected
set that holds j and reaches P: a core. Choosing one core for each centre replaces the floor row
Σ p[i] x[i, j] ≥ P x[j, j], whose relaxation is weak, by rows whose relaxation is often whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt.structure import graph

__all__ = ["Budget", "TooManyCoresError", "find_cores", "find_path_cores"]


class TooManyCoresError(Exception):
    """There are more connected sets than the caller wants to look at."""


class Budget:
    """
    How many connected sets may be looked at, over one listing of cores or many.

    Parameters
    ----------
    most
        The number.
    """

    def __init__(self, most: int) -> None:
        self.left = most

    def spend(self) -> None:
        """
        Take note of one more.

        Raises
        ------
        TooManyCoresError
            Where none is left.
        """
        self.left -= 1
        if self.left < 0:
            raise TooManyCoresError


def find_cores(
    near: Sequence[int], population: Sequence[int], within: int, centre: int, *, floor: int, budget: Budget
) -> list[int]:
    """
    List the cores of a centre.

    Parameters
    ----------
    near
        Neighbours as sets.
    population
        Inhabitants by position [persons].
    within
        The municipalities that may have this centre, as a set.
    centre
        Position of the centre j; in `within`.
    floor
        P [persons], above 0.
    budget
        How many connected sets to look at before giving up.

    Returns
    -------
    Every inclusion-minimal connected subset of `within` that holds the centre and has at least P inhabitants,
    as sets; empty where none reaches P.

    Raises
    ------
    TooManyCoresError
        Where the budget does not suffice.
    """
    found: list[int] = []
    start = 1 << centre
    # Each connected set below the floor is reached once: members are added in one order, those passed over barred.
    stack = [(start, near[centre] & within & ~start, 0, int(population[centre]))]
    while stack:
        subset, border, barred, people = stack.pop()
        budget.spend()
        if people >= floor:
            if _is_minimal(near, population, subset, centre, floor=floor):
                found.append(subset)
            continue
        for i in graph.members(border):
            low = 1 << i
            barred |= low
            grown = subset | low
            fresh = near[i] & within & ~grown & ~barred
            stack.append((grown, (border & ~barred) | fresh, barred, people + int(population[i])))
    return found


def find_path_cores(
    near: Sequence[int], population: Sequence[int], within: int, ends: tuple[int, int], *, floor: int, budget: Budget
) -> list[int]:
    """
    List the cores of a centre for blocks that hold a given municipality too.

    Parameters
    ----------
    near, population, within
        As for `find_cores`.
    ends
        Positions of the municipality and of the centre; both in `within`.
    floor
        P [persons]; 0 for none.
    budget
        How many connected sets to look at before giving up.

    Returns
    -------
    Every inclusion-minimal connected subset of `within` that holds both ends and has at least P inhabitants, as sets.
    Without a floor these are the paths between the ends without a short cut.

    Raises
    ------
    TooManyCoresError
        Where the budget does not suffice.
    """
    found: set[int] = set()
    i, j = ends
    # Paths without a short cut: a step never goes next to an earlier municipality but the last.
    stack = [(i, 1 << i, 0)]
    paths = []
    while stack:
        last, path, barred = stack.pop()
        budget.spend()
        if last == j:
            paths.append(path)
            continue
        stack += [(w, path | 1 << w, barred | near[last]) for w in graph.members(near[last] & within & ~barred & ~path)]
    for path in paths:
        people = sum(population[m] for m in graph.members(path))
        border = graph.reach(near, path) & within & ~path
        grown = [(path, border, 0, people)]
        while grown:
            subset, border, barred, people = grown.pop()
            budget.spend()
            if people >= floor:
                if _is_minimal(near, population, subset, j, floor=floor, hold=1 << i):
                    found.add(subset)
                continue
            for m in graph.members(border):
                barred |= 1 << m
                larger = subset | 1 << m
                fresh = near[m] & within & ~larger & ~barred
                grown.append((larger, (border & ~barred) | fresh, barred, people + population[m]))
    return sorted(found)


def _is_minimal(
    near: Sequence[int], population: Sequence[int], subset: int, centre: int, *, floor: int, hold: int = 0
) -> bool:
    """Return whether no member but those held can go without the rest around the centre losing them or the floor."""
    start = 1 << centre
    for i in graph.members(subset & ~start & ~hold):
        rest = graph.component(near, subset & ~(1 << i), start)
        if rest & hold == hold and sum(population[m] for m in graph.members(rest)) >= floor:
            return False
    return True
