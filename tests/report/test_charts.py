"""The charts: what the numbers are, that none is told by colour alone, and the words that stand in for them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from tyngdepunkt.analysis import Frontier, FrontierPoint
from tyngdepunkt.model import Certificate, NoPlan, Objective, Plan, Question, Status
from tyngdepunkt.report.chart_words import describe_frontier
from tyngdepunkt.report.charts import (
    chart_svg,
    frontier_chart,
)


def point(centres: int, objective: float | None, floor: int = 0, status: Status = Status.OPTIMAL) -> FrontierPoint:
    """Return a point of a frontier; no objective means no plan."""
    question = Question(centres, floor=floor)
    if objective is None:
        return FrontierPoint(centres, NoPlan(question, "geography", ()), None, None, (), (), ())
    plan = Plan(question, {"1504": "1504"}, objective, Certificate(status, objective, "by hand", 0.0, 1))
    return FrontierPoint(centres, plan, None, None, (), (), ())


@pytest.fixture
def free():
    """Best at two centres."""
    return Frontier((point(1, 10394), point(2, 14454), point(3, 0)), complete=True)


@pytest.fixture
def floored():
    """With a floor three centres are too many."""
    return Frontier((point(1, 10394, 15000), point(2, 12000, 15000), point(3, None, 15000)), complete=True)


def parse(svg: str) -> ET.Element:
    """Return SVG as an XML tree."""
    return ET.fromstring(svg)  # noqa: S314 - we made it ourselves


def rows(chart: dict) -> list[dict]:
    """Return every row of a chart's data."""
    return [row for values in chart["datasets"].values() for row in values]


def test_every_number_of_centres_is_a_point_with_its_objective(free):
    chart = frontier_chart(free, language="en")

    assert sorted((r["centres"], r["objective"]) for r in rows(chart)) == [(1, 10394), (2, 14454), (3, 0)]
    assert {r["told"] for r in rows(chart)} == {"10,394", "14,454", "0"}


def test_where_no_plan_exists_there_is_a_cross_on_the_base_line(free, floored):
    (missing,) = [r for r in rows(frontier_chart(free, floored, language="en")) if r.get("found") is False]

    assert (missing["centres"], missing["objective"], missing["series"]) == (3, 0, "No plan exists")
    assert "cross" in json.dumps(frontier_chart(free, floored, language="en"))
    assert "No plan exists" not in json.dumps(frontier_chart(free, language="en"))


def test_the_two_frontiers_differ_in_shape_and_dash_as_well_as_colour(free, floored):
    drawn = json.dumps(frontier_chart(free, floored, language="en"))

    assert '"range": ["circle", "square", "cross"]' in drawn
    assert '"range": [[1, 0], [6, 3]]' in drawn


def test_the_chosen_number_is_pointed_out_with_its_objectives(free, floored):
    chart = frontier_chart(free, floored, language="en", chosen=2)

    assert {"centres": 2, "told": "Chosen: 2 (14,454 / 12,000)"} in rows(chart)
    assert not any("Chosen" in str(r) for r in rows(frontier_chart(free, language="en", chosen=9)))


def test_an_objective_that_is_not_proven_says_so():
    frontier = Frontier((point(1, 10394, status=Status.GAP),), complete=True)

    assert rows(frontier_chart(frontier, language="en"))[0]["told"] == "10,394, not proven best"


def test_the_axis_says_what_is_counted(free):
    question = Question(1, objective=Objective(0, 1))
    access = Frontier(
        (replace(free.points[0], answer=replace(free.points[0].answer, question=question)),), complete=True
    )

    assert "Commuters to and from the centre" in json.dumps(frontier_chart(free, language="en"))
    assert "fewer is better" in json.dumps(frontier_chart(access, language="en"))


def test_a_frontier_in_words_has_its_best_its_ends_and_what_is_impossible(free, floored):
    said = describe_frontier(free, floored, language="en", chosen=2)

    for figure in (
        "14,454 at best, with 2",
        "10,394 with 1",
        "0 with 3",
        "12,000",
        "No plan exists for 3",
        "Chosen: 2",
    ):
        assert figure in said


def test_a_run_of_impossible_numbers_is_told_by_its_ends_and_others_one_by_one():
    run = Frontier((point(1, 5), *(point(k, None) for k in (2, 3, 4))), complete=True)
    gaps = Frontier((point(1, None), point(2, 5), point(3, None)), complete=True)

    assert "2 to 4" in describe_frontier(run, language="en")
    assert "1 and 3" in describe_frontier(gaps, language="en")


def test_a_frontier_without_any_plan_says_so():
    none = Frontier((point(1, None, 99), point(2, None, 99)), complete=True)

    assert "no plan exists for any number" in describe_frontier(none, language="en")
    parse(chart_svg(frontier_chart(none, language="nb")))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_chart_can_be_drawn_in_every_language(free, floored, language):
    tree = parse(chart_svg(frontier_chart(free, floored, language=language, chosen=2), font="Libertinus Serif"))
    fonts = {text.get("font-family") for text in tree.iter("{http://www.w3.org/2000/svg}text")}
    assert fonts == {"Libertinus Serif"}


def test_axes_have_the_separators_of_the_language(free):
    norwegian = "".join(parse(chart_svg(frontier_chart(free, language="nb"))).itertext())
    english = "".join(parse(chart_svg(frontier_chart(free, language="en"))).itertext())

    assert "14\u202f000" in norwegian
    assert "14,000" in english


def test_an_interrupted_sweep_with_nothing_in_it_can_be_drawn():
    empty = Frontier((), complete=False)

    parse(chart_svg(frontier_chart(empty, language="nb", chosen=3)))
    assert describe_frontier(empty, language="en")


def test_an_axis_that_would_flatten_a_country_s_results_does_not_begin_at_0_and_says_so():
    near = Frontier((point(24, 427_000), point(46, 443_000), point(92, 446_000)), complete=True)
    chart = frontier_chart(near, language="en", chosen=46)
    axis = chart["layer"][0]["encoding"]["y"]
    low, high = axis["scale"]["domain"]
    assert 400_000 < low < 427_000
    assert high > 446_000
    assert axis["title"][1] == "the axis does not begin at 0"
    far = frontier_chart(Frontier((point(1, 10_000), point(2, 20_000)), complete=True), language="en")
    assert far["layer"][0]["encoding"]["y"]["scale"]["domain"][0] == 0


def test_numbers_of_centres_of_a_country_have_the_same_room_for_each_doubling():
    few = frontier_chart(Frontier((point(1, 5), point(36, 7)), complete=True), language="en")
    many = frontier_chart(Frontier((point(1, 5), point(400, 7)), complete=True), language="en")
    assert "type" not in few["layer"][0]["encoding"]["x"]["scale"]
    assert many["layer"][0]["encoding"]["x"]["scale"]["type"] == "log"
    assert many["layer"][0]["encoding"]["x"]["axis"]["values"][-1] == 300


def test_a_number_that_is_not_settled_is_not_said_to_have_no_plan():
    open_ = FrontierPoint(3, NoPlan(Question(3), "unsettled", ()), None, None, (), (), ())
    frontier = Frontier((point(1, 5), point(2, 7), open_), complete=True)
    assert "No plan exists" not in json.dumps(frontier_chart(frontier, language="en"))
    assert "No plan exists" not in describe_frontier(frontier, language="en")
