"""
Cores: what a floor on population means for a connected block.

A block with centre j that is connected and has at least P inhabitants contains an inclusion-minimal connected
set that holds j and reaches P: a core. Choosing one core for each centre replaces the floor row
Σ p[i] x[i, j] ≥ P x[j, j], whose relaxation is weak, by rows whose relaxation is often whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt.structure import graph

__all__ = ["TooManyCoresError", "find_cores"]


class TooManyCoresError(Exception):
    """There are more cores than the caller wants to hold."""


def find_cores(
    near: Sequence[int], population: Sequence[int], within: int, centre: int, *, floor: int, most: int
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
    most
        How many connected sets to look at before giving up.

    Returns
    -------
    Every inclusion-minimal connected subset of `within` that holds the centre and has at least P inhabitants,
    as sets; empty where none reaches P.

    Raises
    ------
    TooManyCoresError
        Where more than `most` connected sets would have to be looked at.
    """
    found: list[int] = []
    looked = 0
    start = 1 << centre
    # Each connected set below the floor is reached once: members are added in one order, and those passed over are barred.
    stack = [(start, near[centre] & within & ~start, 0, int(population[centre]))]
    while stack:
        subset, border, barred, people = stack.pop()
        looked += 1
        if looked > most:
            raise TooManyCoresError
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


def _is_minimal(near: Sequence[int], population: Sequence[int], subset: int, centre: int, *, floor: int) -> bool:
    """Return whether no member but the centre can go without the rest around the centre falling below the floor."""
    start = 1 << centre
    for i in graph.members(subset & ~start):
        rest = graph.component(near, subset & ~(1 << i), start)
        if sum(population[m] for m in graph.members(rest)) >= floor:
            return False
    return True
