"""The two layers held against one another: which blocks lie within one centre of gravity, and who stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt.model import Plan, Reason, Territory

__all__ = ["Area", "Astride", "Nesting", "find_nesting", "list_nesting"]


@dataclass(frozen=True)
class Area:
    """
    The area of a centre of gravity, with what is in it.

    Parameters
    ----------
    centre
        Id of the centre.
    members
        Ids, in order.
    population
        Inhabitants [persons].
    has
        Function to the ids of members that have it; functions that the area has.
    lacks
        Functions that the study knows and that the area does not have, in order.
    """

    centre: str
    members: tuple[str, ...]
    population: int
    has: Mapping[str, tuple[str, ...]]
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Astride:
    """
    A block that lies in more than one centre of gravity.

    Parameters
    ----------
    centre
        Id of the block's centre.
    area
        Id of the centre of gravity whose area the block's centre lies in.
    elsewhere
        Members that have another centre of gravity than the block's centre, to that other.
    population
        Inhabitants of those members [persons].
    """

    centre: str
    area: str
    elsewhere: Mapping[str, str]
    population: int


@dataclass(frozen=True)
class Nesting:
    """
    Blocks and centres of gravity, held against one another.

    Parameters
    ----------
    areas
        Each centre of gravity with its functions, most inhabitants first.
    nested
        Ids of the centres of blocks that lie within one centre of gravity.
    astride
        Blocks that do not, in order of their centres.
    elsewhere
        Ids of the municipalities that belong otherwise in the two layers, ascending.
    """

    areas: tuple[Area, ...]
    nested: tuple[str, ...]
    astride: tuple[Astride, ...]
    elsewhere: tuple[str, ...]


def find_nesting(territory: Territory, blocks: Plan, gravity: Plan) -> Nesting:
    """
    Hold blocks against centres of gravity.

    A municipality belongs otherwise in the two layers where its centre of gravity is not that of its block's centre. A
    block nests where that is so for nobody in it; the two layers need not nest.

    Parameters
    ----------
    territory
        Of which both are.
    blocks
        The plan of blocks.
    gravity
        The plan of centres of gravity.

    Returns
    -------
    What nests, what does not, and who is the cause.
    """
    people = {m.id: m.population for m in territory.municipalities}
    areas = []
    for centre, members in gravity.members.items():
        inside = set(members)
        holders = {f: tuple(sorted(ids & inside)) for f, ids in sorted(territory.functions.items())}
        areas.append(
            Area(
                centre,
                members,
                sum(people[i] for i in members),
                {f: ids for f, ids in holders.items() if ids},
                tuple(f for f, ids in holders.items() if not ids),
            )
        )
    nested, astride = [], []
    for centre, members in blocks.members.items():
        area = gravity.assignment[centre]
        elsewhere = {i: gravity.assignment[i] for i in members if gravity.assignment[i] != area}
        if elsewhere:
            astride.append(Astride(centre, area, elsewhere, sum(people[i] for i in elsewhere)))
        else:
            nested.append(centre)
    areas.sort(key=lambda area: (-area.population, area.centre))
    causes = tuple(sorted(i for block in astride for i in block.elsewhere))
    return Nesting(tuple(areas), tuple(nested), tuple(astride), causes)


def list_nesting(nesting: Nesting) -> tuple[Reason, ...]:
    """
    List what is to be said of how the layers lie.

    Parameters
    ----------
    nesting
        The layers held against one another.

    Returns
    -------
    The blocks that nest, each block that does not with who is the cause, and each function that an area lacks.
    """
    found = []
    if nesting.nested:
        found.append(Reason("nested", len(nesting.nested), "blocks", None, nesting.nested))
    found += [
        Reason("astride", block.population, "persons", None, (block.centre, *sorted(block.elsewhere)), "", block.area)
        for block in nesting.astride
    ]
    found += [
        Reason("area_lacks", municipalities=(area.centre,), source="functions", alternative=function)
        for area in nesting.areas
        for function in area.lacks
    ]
    return tuple(found)
