"""The outlines: every municipality has one, in degrees, under its own id."""

from __future__ import annotations

import json

import pytest

from tyngdepunkt.study import load_study

IDS = ("0301", "1504", "1531", "1532")


def square(at: float, size: float = 1) -> list[list[list[float]]]:
    """Draw a square of that size, its corner at a longitude."""
    return [[[at, 60], [at + size, 60], [at + size, 60 + size], [at, 60 + size], [at, 60]]]


def municipality(municipality_id: object, at: float) -> dict:
    """Return the feature of a municipality."""
    return {
        "type": "Feature",
        "properties": {"kind": "municipality", "municipality_id": municipality_id, "name": "", "indicative": False},
        "geometry": {"type": "Polygon", "coordinates": square(at)},
    }


def border(a_id: object, b_id: object) -> dict:
    """Return the feature of an indicative border."""
    return {
        "type": "Feature",
        "properties": {"kind": "indicative_border", "a_id": a_id, "b_id": b_id, "method": "power diagram"},
        "geometry": {"type": "LineString", "coordinates": [[5, 60], [5, 61]]},
    }


def features() -> list[dict]:
    """Return outlines without a fault."""
    return [
        *(municipality(each, at) for at, each in enumerate(IDS, start=4)),
        border("0301", "1504"),
        border("1504", None),
    ]


def put(county, listed: list[dict]):
    return county.write("boundaries.geojson", json.dumps({"type": "FeatureCollection", "features": listed}))


def test_outlines_of_every_municipality_are_fine(county):
    assert put(county, features()).faults() == ()
    assert load_study(county.folder).boundaries["features"] == features()
    assert "boundaries" in load_study(county.folder).resources


def test_a_municipality_without_an_outline_is_named(county):
    fault = put(county, features()[1:]).fault()

    assert (fault.file, fault.column) == ("boundaries.geojson", "municipality_id")
    assert fault.problem == "Municipality 0301 Åsvik has no outline."


@pytest.mark.parametrize(
    ("wrong", "problem", "mend"),
    [
        (municipality("301", 9), "lost its leading zero", 'Write "0301".'),
        (municipality(301, 9), "as a number", 'Write it as text, "0301".'),
        (municipality("9999", 9), "“9999”, which is not in municipalities.csv", "take the feature out"),
        (municipality(None, 9), "has no municipality_id", 'such as "1504"'),
        (municipality("0301", 9), "and so has feature 1", "MultiPolygon"),
        (municipality("0301", 1e6) | {"properties": {"kind": "lake"}}, "has the kind “lake”", "Write municipality"),
        (municipality("0301", 9) | {"geometry": None}, "has no Polygon", "Polygon or MultiPolygon"),
        (border("0301", "9999"), "“9999”", "take the feature out"),
        ({"type": "Feature"}, "no feature with properties", "Export it again"),
        (7, "no feature with properties", "Export it again"),
    ],
)
def test_a_feature_that_is_wrong_is_told_by_its_number(county, wrong, problem, mend):
    told = [fault for fault in put(county, [*features(), wrong]).faults() if problem in fault.problem]

    assert len(told) == 1
    assert told[0].problem.startswith("Feature 7 ")
    assert mend in told[0].mend


def test_metres_in_place_of_degrees_are_told(county):
    listed = features()
    listed[0]["geometry"]["coordinates"] = square(361_000, 900)

    fault = put(county, listed).fault()

    assert "no degrees" in fault.problem
    assert "EPSG:4326" in fault.mend


@pytest.mark.parametrize("coordinates", [[], [[]], [[["a", "b"]]], [[[1, 2], [3]]], 7, None, [[[float("nan"), 1]]]])
def test_coordinates_that_make_no_shape_are_told(county, coordinates):
    listed = features()
    listed[0]["geometry"]["coordinates"] = coordinates

    assert "make no shape" in put(county, listed).fault().problem


@pytest.mark.parametrize(
    "said", ["", "{", "[]", '{"type": "Feature"}', '{"type": "FeatureCollection"}', b"\xff\x00\x01"]
)
def test_a_file_that_is_no_feature_collection_is_told_once(county, said):
    fault = county.write("boundaries.geojson", said).fault()

    assert fault.file == "boundaries.geojson"
    assert "delete the file" in fault.mend or "UTF-8" in fault.mend
