"""Whether an arrangement keeps within a group of municipalities, as far as its participants are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tyngdepunkt.model import Arrangement, Outside

__all__ = ["Place", "Placing", "place", "place_all", "place_in_blocks"]


class Place(StrEnum):
    """Where an arrangement lies, seen from a group."""

    INSIDE = "inside"
    """All its participants are known, and lie in the group."""
    CROSSING = "crossing"
    """At least one participant is known to lie outside."""
    UNKNOWN = "unknown"
    """Those who are known lie in the group; others are not known."""


@dataclass(frozen=True)
class Placing:
    """
    Where arrangements lie, seen from a group.

    Parameters
    ----------
    inside, crossing, unknown
        How many lie within it, across its border, and nobody knows.
    """

    inside: int
    crossing: int
    unknown: int

    @property
    def inside_share(self) -> float | None:
        """Share of those that are known to lie within or across that lie within; None where none is known."""
        known = self.inside + self.crossing
        return self.inside / known if known else None


def place(arrangement: Arrangement, group: frozenset[str]) -> Place:
    """
    Place an arrangement.

    Parameters
    ----------
    arrangement
        One that at least one of the group takes part in.
    group
        Ids of municipalities.

    Returns
    -------
    Across the border where a participant is known to lie outside, be it a municipality of another county; a company or
    a county that takes part lies on neither side. Where participants are missing and none is known to lie outside,
    nobody knows.
    """
    if arrangement.members - group or arrangement.outside in (Outside.MUNICIPALITIES, Outside.BOTH):
        return Place.CROSSING
    if not arrangement.is_complete or arrangement.outside is Outside.UNTOLD:
        return Place.UNKNOWN
    return Place.INSIDE


def place_all(arrangements: Iterable[Arrangement], group: frozenset[str]) -> Placing:
    """Place arrangements that the group takes part in, and count."""
    places = [place(each, group) for each in arrangements]
    return Placing(places.count(Place.INSIDE), places.count(Place.CROSSING), places.count(Place.UNKNOWN))


def place_in_blocks(arrangement: Arrangement, blocks: Mapping[str, str]) -> Place:
    """
    Place an arrangement among the blocks of a plan.

    Parameters
    ----------
    arrangement
        Any.
    blocks
        Municipality id to the name of its block, every municipality of the study.

    Returns
    -------
    Inside where it lies within one block, whichever; where nobody is known to take part, nobody knows.
    """
    if not arrangement.members:
        return Place.UNKNOWN
    home = blocks[min(arrangement.members)]
    return place(arrangement, frozenset(each for each, block in blocks.items() if block == home))
