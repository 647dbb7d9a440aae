"""
Connection on small sets of municipalities, each set one integer: bit i is municipality i.

Python's integers are as long as the county is large, so one set operation is one instruction or a few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["bits", "component", "components", "is_connected", "mask", "members", "reach"]


def mask(positions: Iterable[int]) -> int:
    """Return the set of these positions."""
    found = 0
    for position in positions:
        found |= 1 << position
    return found


def bits(neighbours: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return each municipality's neighbours as a set."""
    return tuple(mask(near) for near in neighbours)


def members(subset: int) -> Iterator[int]:
    """Give the positions in a set, ascending."""
    while subset:
        low = subset & -subset
        yield low.bit_length() - 1
        subset ^= low


def reach(near: Sequence[int], subset: int) -> int:
    """Return the union of the neighbours of a set, members included where they are neighbours of one another."""
    found = 0
    for i in members(subset):
        found |= near[i]
    return found


def component(near: Sequence[int], within: int, start: int) -> int:
    """
    Return the part of a set that hangs together with a start.

    Parameters
    ----------
    near
        Neighbours as sets, see `bits`.
    within
        The set to stay within.
    start
        A set of positions; those outside `within` count for nothing.

    Returns
    -------
    The union of the components of `within` that meet `start`.
    """
    found = start & within
    frontier = found
    while frontier:
        frontier = reach(near, frontier) & within & ~found
        found |= frontier
    return found


def components(near: Sequence[int], within: int) -> list[int]:
    """Return the connected parts of a set, the one with the lowest position first."""
    parts = []
    while within:
        part = component(near, within, within & -within)
        parts.append(part)
        within &= ~part
    return parts


def is_connected(near: Sequence[int], subset: int) -> bool:
    """Return whether a set hangs together; the empty set does."""
    return component(near, subset, subset & -subset) == subset
