"""A study of so many municipalities that not every number of blocks is worked out unasked."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from tests.web.conftest import TestClient, until_done
from tyngdepunkt.analysis import numbers
from tyngdepunkt.analysis.numbers import is_large, numbers_around, numbers_of
from tyngdepunkt.model import Plan, Question
from tyngdepunkt.store.answers import AnswerStore
from tyngdepunkt.study import Settings
from tyngdepunkt.web import create_app, pages
from tyngdepunkt.web.desk import Desk, _Lane
from tyngdepunkt.web.view import COMMUTERS_FROM_LARGE, first_view


@pytest.fixture
def country(shipped, monkeypatch):
    """The shipped study, taken for a large one."""
    monkeypatch.setattr(numbers, "MANY", 30)
    return replace(shipped, settings=Settings(blocks_numbers="4-6,9", blocks_floor=0))


def test_numbers_are_a_ladder_unless_the_study_names_them(country, shipped):
    assert is_large(country)
    assert numbers_of(country) == (4, 5, 6, 9)
    ladder = numbers_of(shipped)
    assert ladder[0] == 1
    assert ladder[-1] <= 36
    assert len(ladder) < 25
    assert numbers_around(country, 10) == (5, 6, 9, 10, 11)
    assert numbers_around(country, 0) == (4, 5, 6, 9)
    own = replace(country, settings=replace(country.settings, blocks_centres=30))
    assert numbers_of(own) == (4, 5, 6, 9, 30)


def test_every_number_is_answered_in_a_county(shipped):
    assert numbers_of(shipped) == tuple(range(1, 37))
    assert numbers_around(shipped, 7) == tuple(range(1, 37))


def test_a_number_that_was_not_swept_is_worked_out_when_asked_for(country):
    desk = Desk(country)
    wishes = Question(1)
    assert desk.frontier(wishes).wait(60)
    assert [point.centres for point in desk.known(wishes).points] == [4, 5, 6, 9]
    assert desk.point(Question(12)).wait(60)
    assert [point.centres for point in desk.known(wishes).points] == [4, 5, 6, 9, 12]
    assert desk.numbers(wishes, 13) == (4, 5, 6, 9, 12, 13)
    assert isinstance(desk.known(wishes).at(12).answer, Plan)
    desk.close()


def test_what_earlier_runs_found_is_not_worked_out_again(country, tmp_path, monkeypatch):
    store = AnswerStore(tmp_path / "answers.sqlite")
    first = Desk(country, store)
    assert first.frontier(Question(1)).wait(60)
    first.close()
    monkeypatch.setattr("tyngdepunkt.structure.Solver.find", lambda *_, **__: pytest.fail("worked out again"))
    second = Desk(country, store)
    work = second.frontier(Question(1))
    assert work.wait(60)
    assert work.fault is None
    assert [point.centres for point in work.value.points] == [4, 5, 6, 9]
    second.close()


def test_the_page_of_a_country_fetches_long_tables_later(country):
    with TestClient(create_app(country, language="en")) as client:
        page = until_done(client, "/?centres=6").text
        assert 'id="panel-blocks"' in page
        assert page.count("/parts/table") == 2
        assert "Any other number is worked out when you give it." in page
        assert first_view(country, "en").commuters_from == COMMUTERS_FROM_LARGE
        long = client.get("/parts/table?centres=6&table=municipalities").text
        assert long.count("<tr") == 37
        whole = client.get("/?centres=6&table=municipalities").text
        assert whole.count("/parts/table") == 1


def test_outlines_are_sent_once(country):
    with TestClient(create_app(country)) as client:
        first = client.get("/api/boundaries")
        assert first.headers["Content-Encoding"] == "gzip"
        again = client.get("/api/boundaries", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_municipality_without_a_known_centre_has_a_point_inside_it(country):
    from shapely.geometry import Point, shape

    from tyngdepunkt.web.api import _with_places

    territory = country.territory
    placeless = replace(
        territory, municipalities=tuple(replace(m, latitude=None, longitude=None) for m in territory.municipalities)
    )
    found = _with_places(country.boundaries, placeless)["features"]
    land = {f["properties"]["municipality_id"]: shape(f["geometry"]) for f in found if f["geometry"]["type"][-1] == "n"}
    points = [f for f in found if f["properties"]["kind"] == "centre"]
    assert len(points) == 36
    assert not any(f["properties"]["known"] for f in points)
    assert all(land[f["properties"]["municipality_id"]].contains(Point(f["geometry"]["coordinates"])) for f in points)


def test_who_waits_for_a_number_sees_time_pass_and_then_the_whole_answer(country, monkeypatch):
    held = []
    monkeypatch.setattr(_Lane, "put", lambda _, work: held.append(work))  # nothing is worked out until it is let
    monkeypatch.setattr(pages, "_LONG_POLL", 0.0)
    with TestClient(create_app(country, language="en")) as client:
        page = client.get("/?centres=12").text
        assert "Finding the best plan with 12 blocks" in page
        assert 'class="side"' in page  # so that the map does not change its size
        part = client.get("/parts/waiting?centres=12").text
        assert part.count("<div") == 1
        assert 'hx-get="/parts/waiting?centres=12" hx-trigger="load delay:150ms" hx-target="this"' in part
        assert re.search(r'<progress id="progress" max="20" value="0">', part)
        point = next(work for work in held if work is client.app.state.desk.point(Question(12)))
        point.begin()
        point.finish(point.run(lambda _: None), None)
        part = client.get("/parts/waiting?centres=12").text
        assert 'hx-get="?centres=12" hx-trigger="load" hx-target="#results"' in part
        assert "12 blocks around" in client.get("/?centres=12").text


def test_the_picture_of_a_country_numbers_its_blocks_and_lists_them(country):
    with TestClient(create_app(country, language="en")) as client:
        deadline = time.monotonic() + 60
        while "load delay" in client.get("/?centres=6").text and time.monotonic() < deadline:
            pass
        svg = client.get("/map.svg?centres=6").text
    assert ">1<" in svg
    assert svg.count(">Surnadal<") == 1  # in the list below the map
    assert "Number in the table" not in svg
