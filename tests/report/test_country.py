"""The print map of a country, and what its report says otherwise than that of a county."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from tyngdepunkt.analysis import OtherYear, Resampling, Stability, numbers
from tyngdepunkt.model import Link, LinkKind, Municipality, Reason, Status, Territory
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.chapters import blocks as chapter
from tyngdepunkt.report.chapters.blocks import write_blocks
from tyngdepunkt.report.chapters.data import list_used, write_data
from tyngdepunkt.report.chapters.front import write_front
from tyngdepunkt.report.chapters.gravity import write_gravity
from tyngdepunkt.report.chapters.tipping import write_tipping
from tyngdepunkt.report.country import country_map, number_blocks
from tyngdepunkt.report.document import Figure, Grid, Paragraph
from tyngdepunkt.report.drawing import ConicProjection, Projection, fit_projection
from tyngdepunkt.report.maps import county_map, describe_map
from tyngdepunkt.report.tables.provenance import list_settings

SVG = "{http://www.w3.org/2000/svg}"
SMALL, LARGE = 12, 4


@pytest.fixture(scope="module")
def country():
    """
    A country on a slope of two sizes of squares: the lower left has 144 small ones, a diagonal from there four large.

    Both corners beside the diagonal are sea. Every fourth column of small ones is a block, every large one is its own.
    """
    squares = {f"{1000 + 100 * i + j}": (5 + 0.1 * i, 58 + 0.05 * j, 0.1, 0.05) for i in range(12) for j in range(12)}
    squares |= {f"{9000 + i}": (6.2 + 1.2 * i, 58.6 + 0.6 * i, 1.2, 0.6) for i in range(LARGE)}
    features = [
        {
            "type": "Feature",
            "properties": {"kind": "municipality", "municipality_id": i, "name": f"M{i}", "source": "by hand"},
            "geometry": {"type": "Polygon", "coordinates": [ring(*square)]},
        }
        for i, square in squares.items()
    ]
    ids = tuple(squares)
    beside = [(a, f"{int(a) + step}") for a in ids for step in (1, 100) if f"{int(a) + step}" in squares]
    territory = Territory(
        municipalities=tuple(Municipality(i, f"M{i}", 1000 + int(i)) for i in ids),
        commuters=np.zeros((len(ids), len(ids)), dtype=np.int64),
        links=tuple(Link(a, b, LinkKind.LAND) for a, b in beside),
    )
    assignment = {i: f"{1000 + 100 * ((int(i) - 1000) // 400 * 4)}" if int(i) < 9000 else i for i in ids}
    return {"type": "FeatureCollection", "features": features}, territory, assignment


def ring(x: float, y: float, wide: float, high: float) -> list[list[float]]:
    """Return the ring of a rectangle."""
    corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]
    return [[round(a, 4), round(b, 4)] for a, b in corners]


def texts(svg: str) -> list[str]:
    """Return every text that is read, rims left out."""
    tree = ET.fromstring(svg)  # noqa: S314 - we made it ourselves
    return [t.text or "" for t in tree.iter(f"{SVG}text") if t.get("aria-hidden") != "true"]


def test_blocks_are_numbered_by_inhabitants(country):
    _, territory, assignment = country
    assert number_blocks(territory, assignment) == {
        "1800": 1,  # 48 small ones with the highest ids, and so most inhabitants
        "1400": 2,
        "1000": 3,
        "9003": 4,
        "9002": 5,
        "9001": 6,
        "9000": 7,
    }


def test_every_block_is_numbered_where_it_lies_and_the_crowded_part_is_drawn_again(country):
    svg = country_map(*country, language="en", width=600)
    numbered = [int(text.split()[0]) for text in texts(svg) if re.match(r"^\d+( M\d+)?$", text)]
    assert set(numbered) >= {1, 2, 3, 4, 5, 6, 7}
    assert svg.count("<clipPath") >= 1
    assert any("3 times as large" in text for text in texts(svg))
    again = svg[svg.index("<clipPath") :]  # what is drawn again comes after the map itself
    assert re.search(r">[123]( M\d+)?</text>", again)
    assert not re.search(r">[4567]( M\d+)?</text>", again)  # the large ones are not in it


def test_blocks_that_touch_have_different_plain_colours(country):
    svg = country_map(*country, language="en")
    assert "<pattern" not in svg
    colours = re.findall(r'fill="(#\w{6})" fill-rule="evenodd"', svg)
    assert len({*colours[:3]}) == 3  # the three that lie side by side


def test_numbers_are_listed_where_no_table_stands_beside_the_map(country):
    svg = country_map(*country, language="en", is_listed=True)
    listed = texts(svg)
    assert "M1800" in listed
    assert "Number in the table" not in listed
    assert "Number in the table" in texts(country_map(*country, language="en"))


def test_a_map_is_no_higher_than_asked(country):
    tall = ET.fromstring(country_map(*country, language="en", width=600))  # noqa: S314
    low = ET.fromstring(country_map(*country, language="en", width=600, most_height=300))  # noqa: S314
    assert float(tall.get("height")) > 300 >= float(low.get("height"))
    assert low.get("width") == tall.get("width") == "600"


def test_another_plan_is_laid_over_and_named(country):
    boundaries, territory, assignment = country
    other = {i: "west" if int(i) < 1600 else "east" for i in assignment}
    svg = country_map(boundaries, territory, assignment, language="en", overlay=other, overlay_name="halves")
    assert "#C2006B" in svg
    assert "Borders of halves" in texts(svg)


def test_a_country_is_laid_on_a_cone_with_true_distances():
    corners = [((5.0, 58.0), (31.0, 58.0), (31.0, 71.0), (5.0, 71.0))]
    projection, _ = fit_projection(corners, width=600, margin=10)
    assert isinstance(projection, ConicProjection)
    for a, b in (((5, 59), (11, 59)), ((10, 60), (10, 62)), ((20, 70), (30, 70.5)), ((25, 69), (25, 71))):
        drawn = math.dist(projection.point(a), projection.point(b)) / projection.pixels_per_km
        assert drawn == pytest.approx(great_circle(a, b), rel=0.012)
    county, _ = fit_projection([((5.0, 61.0), (9.0, 64.0))], width=600, margin=10)
    assert type(county) is Projection


def great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two places on a sphere on which a degree is 111.32 km [km]."""
    (x, y), (u, v) = ((math.radians(c) for c in place) for place in (a, b))
    return 111.32 * math.degrees(math.acos(math.sin(y) * math.sin(v) + math.cos(y) * math.cos(v) * math.cos(x - u)))


def test_all_of_a_projection_lies_within_its_margins():
    lines = [((5.0, 58.0), (31.0, 58.0), (31.0, 71.0), (5.0, 71.0))]
    for most in (math.inf, 400):
        projection, height = fit_projection(lines, width=600, margin=10, most_height=most)
        points = [projection.point(p) for p in lines[0]]
        assert height <= most
        assert min(x for x, _ in points) >= 10 - 1e-6
        assert max(x for x, _ in points) <= 590 + 1e-6
        assert min(y for _, y in points) >= 10 - 1e-6
        assert max(y for _, y in points) <= height - 10 + 1e-6


@pytest.fixture
def large(analysis, monkeypatch):
    """The shipped study's analysis, taken for a country's, with more blocks than have portraits."""
    monkeypatch.setattr(numbers, "MANY", 30)
    monkeypatch.setattr(chapter, "MOST_PORTRAITS", 3)
    return analysis


def test_many_blocks_are_listed_in_a_table_and_not_portrayed(large):
    parts = write_blocks(Briefing(large, "en"))
    grids = [part for part in parts if isinstance(part, Grid)]
    assert len(grids) == 2
    assert [column.key for column in grids[0].table.columns][:2] == ["number", "block"]
    assert [column.key for column in grids[1].table.columns] == ["number", "names"]
    assert grids[1].table.rows[0][1].startswith("Ålesund, ")
    assert not any(isinstance(part, Paragraph) and part.lead for part in parts)
    (figure,) = (part for part in parts if isinstance(part, Figure))
    assert figure.floats
    assert "1 Ålesund" in figure.svg


def test_links_that_only_the_map_tells_are_owned_up_to(large):
    study = large.study
    neighbours = study.table("neighbours").copy()
    neighbours["note"] = "link taken from the map, not stated: the lands meet; check that a road crosses"
    mapped = replace(large, study=replace(study, tables={**study.tables, "neighbours": neighbours}))
    for analysis, said in ((large, False), (mapped, True)):
        briefing = Briefing(analysis, "en")
        front = write_front(briefing)[0].items[0]
        assert ("read off the map" in front) is said
        assert ("roads and ferries" in front) is not said
        data = " ".join(part.text for part in write_data(briefing) if isinstance(part, Paragraph))
        assert ("no source states how any of these borders is crossed" in data) is said
        assert ("never from the map" in data) is not said


def test_a_map_of_areas_does_not_call_them_blocks(country):
    said = texts(country_map(*country, language="en", of_areas=True))
    assert "Border of an area" in said
    assert not any("block" in each for each in said)
    boundaries, territory, assignment = country
    assert "Border of an area" in texts(county_map(boundaries, territory, assignment, language="en", of_areas=True))
    assert "areas" in describe_map(territory, assignment, language="en", of_areas=True).split(":")[0]


def test_what_time_did_not_suffice_for_is_not_called_the_best(large):
    assert "are not proven" not in write_front(Briefing(large, "en"))[1].items[2]
    gap = replace(large.gravity.plan.certificate, status=Status.GAP, bound=90_000.0)
    hurried = replace(
        large,
        blocks=replace(large.blocks, reasons=(Reason("chosen_best_of_some", 6, alternative="5"),)),
        gravity=replace(
            large.gravity,
            plan=replace(large.gravity.plan, certificate=gap),
            reasons=(Reason("chosen_most_found", 4, threshold=6),),
        ),
    )
    briefing = Briefing(hurried, "en")
    assert "areas are not proven to be the best" in " ".join(write_front(briefing)[1].items)
    told = " ".join(part.text for part in write_gravity(briefing) if isinstance(part, Paragraph))
    assert "no plan with so many can reach beyond 90,000" in told
    chosen = {row[0]: row[1] for row in list_settings(briefing).rows}
    assert chosen["Number of blocks"] == "the best of those worked out"
    assert chosen["Number of centres of gravity"] == "the most that a plan was found for"


def test_who_would_lie_elsewhere_by_other_years_is_told_with_the_table_it_comes_from(analysis):
    ids = analysis.study.territory.ids
    years = (
        OtherYear(2018, tuple(i != "1511" for i in ids), ("1504",), settled=True),
        OtherYear(2020, tuple(True for _ in ids), ("1504",), settled=True),
    )
    firm = Stability(
        analysis.blocks.plan, ids, Resampling.POISSON, 1, 1, 1, 0, np.ones((36, 6), int), np.zeros(36, int),
        np.zeros((36, 36), int), 1, {}, years, complete=True,
    )  # fmt: skip
    briefing = Briefing(replace(analysis, stability=firm), "en")
    told = " ".join(part.text for part in write_tipping(briefing) if isinstance(part, Paragraph))
    assert "With the commuting table of 2018, Vanylven would lie elsewhere." in told
    assert "With the commuting table of 2020 nobody would lie elsewhere." in told
    assert "commuting_other_years" in list_used(briefing)
    assert "commuting_other_years" not in list_used(Briefing(analysis, "en"))
