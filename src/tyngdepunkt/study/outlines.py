"""``boundaries.geojson``: the municipalities' outlines, and lines between them that are only indicative or at sea."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tyngdepunkt.errors import Fault
from tyngdepunkt.tables.decoding import decode
from tyngdepunkt.tables.quoting import quote

__all__ = ["FILE", "check_outlines", "read_outlines"]

FILE = "boundaries.geojson"
_DELETE = "Export it again as GeoJSON, or delete the file: a study may be without."
_LONGITUDE, _LATITUDE = 180, 90
_SHORTEST_RING = 4
_MOST_TOLD = 60


def read_outlines(content: bytes) -> tuple[dict[str, Any] | None, tuple[Fault, ...]]:
    """
    Read the outlines.

    Parameters
    ----------
    content
        The file.

    Returns
    -------
    The feature collection, or None where it is none; and why.
    """
    decoded = decode(content, FILE)
    if decoded.text is None:
        return None, decoded.faults
    try:
        said = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        return None, (*decoded.faults, Fault(FILE, row, "", "The file is not JSON from here on.", _DELETE))
    if (
        not isinstance(said, dict)
        or said.get("type") != "FeatureCollection"
        or not isinstance(said.get("features"), list)
    ):
        return None, (*decoded.faults, Fault(FILE, 0, "", "The file is no GeoJSON feature collection.", _DELETE))
    return said, decoded.faults


def check_outlines(
    collection: Mapping[str, Any], names: Mapping[str, str], *, parts: Collection[str] = ()
) -> Iterator[Fault]:
    """
    Check that every municipality has an outline, in degrees.

    Parameters
    ----------
    collection
        A feature collection.
    names
        Municipality id to name.
    parts
        Ids of parts of municipalities, which may be without an outline of their own.

    Yields
    ------
    What is wrong, feature by feature, and then the municipalities without an outline.
    """
    seen: dict[str, int] = {}
    for number, feature in enumerate(collection["features"], start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            yield _fault(number, "", "is no feature with properties.", _DELETE)
            continue
        match properties.get("kind"):
            case "municipality":
                yield from _check_municipality(number, feature, names, seen)
            case "indicative_border" | "sea_border":
                yield from _check_id(number, "a_id", properties.get("a_id"), names)
                if properties.get("b_id") is not None:
                    yield from _check_id(number, "b_id", properties["b_id"], names)
                yield from _check_shape(number, feature, ("LineString", "MultiLineString"))
            case other:
                told = f"has the kind {_shown(other)}" if other is not None else "has no kind"
                yield _fault(number, "kind", f"{told}.", "Write municipality, indicative_border or sea_border.")
    for municipality, name in names.items():
        if municipality not in seen and municipality not in parts:
            mend = f'Add a feature with the properties "kind": "municipality" and "municipality_id": "{municipality}".'
            yield Fault(FILE, 0, "municipality_id", f"Municipality {municipality} {name} has no outline.", mend)


def _check_municipality(
    number: int, feature: Mapping[str, Any], names: Mapping[str, str], seen: dict[str, int]
) -> Iterator[Fault]:
    """Check the outline of a municipality, and remember whose it is."""
    municipality = feature["properties"].get("municipality_id")
    wrong = list(_check_id(number, "municipality_id", municipality, names))
    yield from wrong
    if isinstance(municipality, int) and f"{municipality:04d}"[:9] in names:
        municipality = f"{municipality:04d}"
    if isinstance(municipality, str):
        if municipality in seen:
            problem = (
                f"has the outline of municipality {_shown(municipality)}, and so has feature {seen[municipality]}."
            )
            yield _fault(number, "municipality_id", problem, "Join the two into one MultiPolygon.")
        seen.setdefault(municipality, number)
    yield from _check_shape(number, feature, ("Polygon", "MultiPolygon"))


def _check_id(number: int, key: str, value: object, names: Mapping[str, str]) -> Iterator[Fault]:
    """Check that a property is the id of a municipality."""
    if isinstance(value, str) and value in names:
        return
    if isinstance(value, str) and value.isdecimal() and value.zfill(4) in names:
        yield _fault(
            number, key, f"has the {key} {_shown(value)}, which lost its leading zero.", f'Write "{value.zfill(4)}".'
        )
    elif isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000 and f"{value:04d}" in names:  # noqa: PLR2004
        yield _fault(number, key, f"has the {key} {value} as a number.", f'Write it as text, "{value:04d}".')
    elif value is None:
        yield _fault(number, key, f"has no {key}.", 'Write the id as text, such as "1504".')
    else:
        problem = f"has the {key} {_shown(value)}, which is not in municipalities.csv."
        yield _fault(number, key, problem, "Correct the id, or take the feature out.")


def _check_shape(number: int, feature: Mapping[str, Any], kinds: tuple[str, ...]) -> Iterator[Fault]:
    """Check that a geometry is of the kinds wanted, and lies within degrees."""
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in kinds or not isinstance(geometry, dict):
        yield _fault(number, "geometry", f"has no {kinds[0]}.", f"Give it a {' or '.join(kinds)}.")
        return
    points = list(_points(geometry.get("coordinates")))
    if len(points) < (_SHORTEST_RING if "Polygon" in kinds else 2) or None in points:
        yield _fault(number, "geometry", "has coordinates that make no shape.", _DELETE)
    elif any(abs(point[0]) > _LONGITUDE or abs(point[1]) > _LATITUDE for point in points if point):
        problem = "has coordinates that are no degrees; they look like metres."
        yield _fault(number, "geometry", problem, "Export the outlines in EPSG:4326 (longitude, latitude).")


def _points(coordinates: object) -> Iterator[tuple[float, float] | None]:
    """Give every point of nested coordinates; None for what is no point."""
    waiting = [coordinates]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list) and each and all(isinstance(inner, list) for inner in each):
            waiting.extend(each)
        elif isinstance(each, list) and len(each) > 1 and all(_is_number(inner) for inner in each):
            yield float(each[0]), float(each[1])
        else:
            yield None


def _is_number(value: object) -> bool:
    """Return whether a value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12  # noqa: PLR2004


def _fault(number: int, column: str, problem: str, mend: str) -> Fault:
    """Return a fault of a feature."""
    return Fault(FILE, 0, column, f"Feature {number} {problem}", mend)


def _shown(value: object) -> str:
    """Return a value as a message quotes it."""
    try:
        return quote(str(value)[:_MOST_TOLD])
    except ValueError:  # a whole number of thousands of digits
        return "that is no id"
