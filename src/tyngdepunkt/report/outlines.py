"""
Outlines of municipalities and blocks out of GeoJSON, without a geometry library.

The polygons of a study share the vertices of a common border, one by one. So an edge that two polygons have is a border
between them, an edge that one has is the coast or the edge of the study, and a block's outline is what is left when the
edges that two of its members share are struck out. Polygons that do not share vertices can be drawn all
the same; then borders between blocks cannot be told from coast.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

__all__ = [
    "Border",
    "BorderKind",
    "Line",
    "Outlines",
    "Point",
    "find_inner_point",
    "join_edges",
    "read_outlines",
    "trace_block",
]

Point = tuple[float, float]
"""Longitude and latitude [degrees, EPSG:4326], or x and y on the page [px]."""

Line = tuple[Point, ...]
"""Points in order; a ring ends where it starts."""

Edge = tuple[Point, Point]

_ENDS_OF_A_LINE_THAT_GOES_ON = 2


class BorderKind(StrEnum):
    """What a border on the map is: a true one, one that we drew, one at sea, or the edge of the study."""

    REAL = "real"
    INDICATIVE = "indicative"
    SEA = "sea"
    OUTER = "outer"


@dataclass(frozen=True)
class Border:
    """
    The border between two municipalities as it is drawn; it says nothing about who is whose neighbour.

    Parameters
    ----------
    a, b
        Municipality ids, ``a < b``; `b` is empty for the coast and where the land beyond is outside the study.
    kind
        What it is.
    lines
        Its lines [degrees, EPSG:4326].
    """

    a: str
    b: str
    kind: BorderKind
    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class Outlines:
    """
    Polygons and borders of a study.

    Parameters
    ----------
    polygons
        Municipality id to its polygons, each a tuple of rings, the outer ring first [degrees, EPSG:4326].
    borders
        Every border, in order of ids and kind.
    sources
        Where the polygons come from, each once.
    licences
        What they may be used under, each once.
    """

    polygons: Mapping[str, tuple[tuple[Line, ...], ...]]
    borders: tuple[Border, ...]
    sources: tuple[str, ...]
    licences: tuple[str, ...]

    def rings(self, municipalities: Iterable[str]) -> Iterator[Line]:
        """Yield every ring of some municipalities."""
        for municipality in municipalities:
            for polygon in self.polygons.get(municipality, ()):
                yield from polygon

    def between(self, blocks: Mapping[str, str]) -> tuple[Border, ...]:
        """
        Return the borders whose two sides lie in different blocks.

        Parameters
        ----------
        blocks
            Municipality id to its block; a municipality that is missing lies in no block, and its borders are left out.

        Returns
        -------
        Real borders, indicative ones and those at sea.
        """
        return tuple(
            border
            for border in self.borders
            if border.a in blocks and border.b in blocks and blocks[border.a] != blocks[border.b]
        )


def read_outlines(boundaries: Mapping[str, Any]) -> Outlines:
    """
    Read a study's boundaries.

    Parameters
    ----------
    boundaries
        GeoJSON FeatureCollection, EPSG:4326, with features of kind ``municipality``, ``indicative_border`` and
        ``sea_border``; other kinds are passed over.

    Returns
    -------
    Polygons and borders.
    """
    polygons: dict[str, tuple[tuple[Line, ...], ...]] = {}
    told_once: dict[str, dict[str, None]] = {"source": {}, "licence": {}}
    drawn: set[Edge] = set()
    at_sea: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for feature in boundaries["features"]:
        properties, geometry = feature["properties"], feature["geometry"]
        if properties["kind"] == "municipality":
            polygons[properties["municipality_id"]] = _read_polygons(geometry)
            for name, told in told_once.items():
                if properties.get(name):
                    told[properties[name]] = None
        elif properties["kind"] == "indicative_border":
            drawn.update(edge for line in _read_lines(geometry) for edge in _edges(line))
        elif properties["kind"] == "sea_border":
            a, b = sorted((properties["a_id"], properties["b_id"]))
            at_sea[(a, b)].extend(_read_lines(geometry))

    owners: dict[Edge, list[str]] = defaultdict(list)
    for municipality, several in sorted(polygons.items()):
        for edge in {e for polygon in several for ring in polygon for e in _edges(ring)}:
            owners[edge].append(municipality)
    shared: dict[tuple[str, str, BorderKind], list[Edge]] = defaultdict(list)
    for edge, sides in sorted(owners.items()):
        alone = BorderKind.OUTER if len(sides) == 1 else BorderKind.REAL
        kind = BorderKind.INDICATIVE if edge in drawn else alone
        shared[(sides[0], sides[1] if len(sides) > 1 else "", kind)].append(edge)

    borders = [Border(a, b, kind, join_edges(edges)) for (a, b, kind), edges in shared.items()]
    borders += [Border(a, b, BorderKind.SEA, tuple(lines)) for (a, b), lines in at_sea.items()]
    borders.sort(key=lambda b: (b.a, b.b, b.kind))
    return Outlines(polygons, tuple(borders), tuple(told_once["source"]), tuple(told_once["licence"]))


def trace_block(outlines: Outlines, members: Iterable[str]) -> tuple[Line, ...]:
    """
    Return the outline of several municipalities taken as one.

    Parameters
    ----------
    outlines
        The study's outlines.
    members
        Municipality ids.

    Returns
    -------
    Rings, to be filled by the even–odd rule: holes are among them.
    """
    left: set[Edge] = set()
    for ring in outlines.rings(members):
        for edge in _edges(ring):
            left ^= {edge}
    return join_edges(sorted(left), rings=True)


def find_inner_point(polygons: Sequence[Sequence[Line]]) -> Point:
    """
    Return a point well inside the largest of several polygons.

    Parameters
    ----------
    polygons
        Each a sequence of rings, the outer ring first [degrees, EPSG:4326].

    Returns
    -------
    The point [degrees, EPSG:4326].
    """
    from shapely import Polygon  # type: ignore[import-untyped]

    largest = max((Polygon(outer, holes) for outer, *holes in polygons), key=lambda each: float(each.area))
    inner = largest.representative_point()
    return float(inner.x), float(inner.y)


def join_edges(edges: Sequence[Edge], *, rings: bool = False) -> tuple[Line, ...]:
    """
    Join edges end to end into as long lines as can be.

    Parameters
    ----------
    edges
        Pairs of points, each edge once.
    rings
        Whether the edges form closed rings; then lines go on through points where several meet. If not,
        lines end there.

    Returns
    -------
    Lines; one that closes ends where it starts.
    """
    beside: dict[Point, list[Point]] = defaultdict(list)
    for a, b in edges:
        beside[a].append(b)
        beside[b].append(a)
    stops = set() if rings else {point for point, ends in beside.items() if len(ends) != _ENDS_OF_A_LINE_THAT_GOES_ON}

    lines = []
    for start in [*(p for p in beside if p in stops), *beside]:
        while beside[start]:
            line = [start]
            while beside[line[-1]]:
                following = beside[line[-1]].pop()
                beside[following].remove(line[-1])
                line.append(following)
                if following == start or following in stops:
                    break
            lines.append(tuple(line))
    return tuple(lines)


def _edges(line: Line) -> Iterator[Edge]:
    """Yield the edges of a line, each with its lesser end first."""
    for a, b in pairwise(line):
        yield (a, b) if a < b else (b, a)


def _read_polygons(geometry: Mapping[str, Any]) -> tuple[tuple[Line, ...], ...]:
    """Return the polygons of a Polygon or MultiPolygon."""
    several = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(tuple(_read_line(ring) for ring in polygon) for polygon in several)


def _read_lines(geometry: Mapping[str, Any]) -> list[Line]:
    """Return the lines of a LineString or MultiLineString."""
    several = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
    return [_read_line(line) for line in several]


def _read_line(coordinates: Sequence[Sequence[float]]) -> Line:
    """Return coordinates as points; heights are dropped."""
    return tuple((float(c[0]), float(c[1])) for c in coordinates)
