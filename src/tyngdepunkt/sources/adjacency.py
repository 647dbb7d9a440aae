"""
Who is whose neighbour, out of outlines.

Two municipalities are neighbours where their outlines, sea included, meet once widened by a little: outlines that were
generalised one by one need not share a point. A part that nothing joins to the rest is joined where it is nearest. How
one crosses is on no such map; what can be said is how far apart the lands lie.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import SourceError

__all__ = ["NEAR_M", "Border", "find_borders", "project"]

NEAR_M = 100.0
"""By how much each outline is widened before two are held together, and how near lands are called land neighbours [m].

Source: the rule of the national benchmark. On Norway's outlines of 2017, 2020 and 2024 neighbours touch, so that a
smaller width finds the same."""

_DEGREES, _METRES = 4326, 25833


@dataclass(frozen=True, order=True)
class Border:
    """
    Two municipalities that are neighbours.

    Parameters
    ----------
    a, b
        Positions of the two, ``a < b``.
    apart_m
        Distance between their outlines, sea included [m].
    water_m
        Distance between their lands [m].
    joined
        Whether they are no neighbours but the nearest of two parts that nothing joins.
    """

    a: int
    b: int
    apart_m: float
    water_m: float
    joined: bool = False

    @property
    def by_land(self) -> bool:
        """Whether the lands lie so near that they are called land neighbours."""
        return self.water_m <= NEAR_M


def project(geometries: Sequence[dict[str, Any]], *, file: str) -> NDArray[np.object_]:
    """
    Lay outlines on the plane.

    Parameters
    ----------
    geometries
        GeoJSON geometries in degrees (EPSG:4326).
    file
        Where they come from, for the error.

    Returns
    -------
    Valid shapes in metres (EPSG:25833, whose scale is right within 0.5 % all over Norway), in the same order.

    Raises
    ------
    SourceError
        Where a geometry is none, or not in degrees.
    """
    import pyproj
    import shapely  # type: ignore[import-untyped]

    to_metres = pyproj.Transformer.from_crs(_DEGREES, _METRES, always_xy=True).transform
    try:
        degrees = shapely.from_geojson([json.dumps(each) for each in geometries])
        metres = shapely.transform(degrees, to_metres, interleaved=False)
        if not np.isfinite(shapely.get_coordinates(metres)).all() or shapely.is_empty(metres).any():
            raise SourceError(f"{file} has a shape that is empty or not in degrees (EPSG:4326): get the file again.")
        shapes = shapely.make_valid(metres)
    except shapely.errors.ShapelyError as error:
        raise SourceError(f"{file} has a shape that is none ({error}): get the file again.") from error
    return np.asarray(shapes, dtype=np.object_)


def find_borders(territory: NDArray[np.object_], land: NDArray[np.object_]) -> list[Border]:
    """
    Find every border, and join what nothing joins.

    Parameters
    ----------
    territory
        Outlines with sea, shape (n,) [m].
    land
        Outlines of land alone, in the same order, shape (n,) [m].

    Returns
    -------
    The borders in order; with those that join parts, all n hang together.
    """
    import shapely

    first, second = shapely.STRtree(territory).query(territory, predicate="dwithin", distance=2 * NEAR_M)
    once = first < second
    pairs = sorted(zip(first[once].tolist(), second[once].tolist(), strict=True))
    added = _join_parts(territory, pairs)
    found = sorted([*pairs, *added])
    a, b = np.array(found, dtype=np.intp).reshape(-1, 2).T
    apart, water = shapely.distance(territory[a], territory[b]), shapely.distance(land[a], land[b])
    return [
        Border(*pair, apart_m=float(apart[place]), water_m=float(water[place]), joined=pair in added)
        for place, pair in enumerate(found)
    ]


def _join_parts(outlines: NDArray[np.object_], pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs that join all parts: the smallest part to what is nearest to it, until there is one part."""
    import shapely

    parts = _parts(len(outlines), pairs)
    added: set[tuple[int, int]] = set()
    while len(parts) > 1:
        parts.sort(key=lambda part: (len(part), part[0]))
        inside = np.array(parts[0])
        outside = np.setdiff1d(np.arange(len(outlines)), inside)
        distances = shapely.distance(outlines[inside][:, None], outlines[outside][None, :])
        row, column = np.unravel_index(int(np.argmin(distances)), distances.shape)
        a, b = sorted((int(inside[row]), int(outside[column])))
        added.add((a, b))
        parts = _parts(len(outlines), [*pairs, *added])
    return added


def _parts(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the connected parts of a graph, each in order."""
    above = list(range(count))

    def root(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for a, b in pairs:
        above[root(a)] = root(b)
    found: dict[int, list[int]] = {}
    for place in range(count):
        found.setdefault(root(place), []).append(place)
    return list(found.values())
