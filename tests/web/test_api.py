"""The JSON, the CSV files and the picture of the map."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import until_done
from tyngdepunkt.study import load_study
from tyngdepunkt.web import create_app


def test_the_plan_has_the_shape_of_the_command_line(ask):
    plan = ask("/api/plan?centres=7").json()
    assert list(plan)[:8] == ["study", "centres", "assignment", "objective", "bound", "status", "seconds", "blocks"]
    assert (plan["objective"], plan["bound"], plan["status"]) == (17587, 17587, "optimal")
    assert len(plan["assignment"]) == 36
    assert all(plan["assignment"][centre] == centre for centre in plan["centres"])


def test_no_plan_is_an_answer(ask):
    answer = ask("/api/plan?centres=13")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["kind"], body["assignment"]) == ("infeasible", "geography", None)
    assert body["relaxation"]["centres"] == {"asked": 13, "works": 12, "proven": True}
    assert all(reason["text"] for reason in body["reasons"])


def test_the_sweep_answers_every_number(ask):
    points = ask("/api/sweep").json()
    assert [point["k"] for point in points] == list(range(1, 37))
    assert [point["objective"] for point in points[:12]] == [
        10394, 14454, 15906, 17142, 17905, 18276, 17587, 16844, 15663, 13870, 11345, 5737,
    ]  # fmt: skip
    assert {point["status"] for point in points[12:]} == {"infeasible"}


def test_the_study_is_described(client):
    study = client.get("/api/study").json()
    assert study["name"] == "more-og-romsdal-2017"
    assert len(study["municipalities"]) == 36
    assert study["municipalities"][0]["id"] == "1502"
    assert "county governor 2016" in study["reference_plans"]


def test_boundaries_carry_ids_as_text_and_centres_as_points(client):
    features = client.get("/api/boundaries").json()["features"]
    kinds = [feature["properties"]["kind"] for feature in features]
    assert kinds.count("municipality") == kinds.count("centre") == 36
    assert all(isinstance(f["properties"].get("municipality_id", ""), str) for f in features)


def test_commuting_lines_add_up(client, shipped):
    flows = client.get("/api/commuting").json()
    commuters = shipped.territory.commuters
    assert sum(there + back for _, _, there, back in flows) == commuters.sum() - commuters.trace()


def test_an_explanation_has_reasons_and_prices(ask):
    body = ask("/api/explanation?municipality=Norddal&language=en").json()
    assert (body["municipality"], body["centre"]) == ("1524", "1504")
    assert body["reasons"][0]["text"].startswith("69 people commute")
    assert [price["price"] for price in body["prices"]] == sorted(price["price"] for price in body["prices"])


def test_a_comparison_has_the_differences(ask):
    body = ask("/api/comparison?reference=county governor 2016").json()
    assert [each["municipality"] for each in body["differences"]] == ["1511", "1525", "1528", "1567", "1571"]


def test_the_chart_names_no_other_machine(ask):
    chart = ask("/api/chart/frontier?language=nn")
    assert chart.json()["width"] == "container"
    assert "url" not in chart.json().get("data", {})


@pytest.mark.usefixtures("endless")
def test_what_takes_long_says_that_it_goes_on(shipped):
    with TestClient(create_app(shipped)) as client:
        answer = client.get("/api/sweep")
        assert answer.status_code == 202
        assert answer.json() == {"state": "working", "done": 3, "total": 36}
        assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/api/nowhere", 404),
        ("/tables/chairs.csv", 404),
        ("/assets/none.js", 404),
        ("/api/plan?centres=99", 422),
        ("/api/sweep?floor=many", 422),
        ("/api/explanation", 422),
        ("/api/explanation?municipality=Atlantis", 422),
        ("/api/comparison", 422),
        ("/tables/blocks.csv?objective=luck", 422),
        ("/map.svg?centre=Atlantis", 422),
    ],
)
def test_every_error_has_one_shape(ask, path, status):
    response = ask(path)
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert list(response.json()["error"]) == ["message", "field", "mend", "others"]
    assert response.json()["error"]["message"]


def test_an_error_names_its_field_and_the_others(client):
    error = client.get("/api/plan?centres=99&floor=x&language=en").json()["error"]
    assert error["field"] == "floor"
    assert error["mend"] == "Give a whole number, 0 or more, such as 15000."
    assert [other["field"] for other in error["others"]] == ["centres"]


@pytest.mark.parametrize(
    "name", ["blocks", "municipalities", "frontier", "commuting", "differences", "prices", "neighbours"]
)
def test_every_table_can_be_had_as_csv(ask, name):
    response = ask(f"/tables/{name}.csv?centres=7&municipality=1524&reference=NIVI 2013")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f"{name}-7.csv" in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)


def test_csv_keeps_ids_beside_names_and_numbers_bare(ask):
    rows = list(csv.DictReader(io.StringIO(ask("/tables/blocks.csv?centres=6").text)))
    assert (rows[0]["block_id"], rows[0]["block"], rows[0]["population"]) == ("1504", "Ålesund", "96889")
    assert rows[0]["floor"] == "15000"
    rows = list(csv.DictReader(io.StringIO(ask("/tables/prices.csv?centres=6&municipality=1524").text)))
    assert (rows[0]["centre"], rows[0]["price"], rows[0]["price_is"]) == ("Molde", "453", "exact")


def test_the_map_can_be_had_as_a_picture(ask):
    picture = ask("/map.svg?centres=6&reference=NIVI 2013")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.text.startswith("<svg")
    assert "<script" not in picture.text


def test_what_there_is_is_listed(client):
    for path in client.get("/api").json()["paths"]:
        assert client.get(path).status_code in {200, 202, 422}


def test_both_layers_are_held_against_one_another(ask):
    found = ask("/api/layers?centres=7&floor=15000").json()
    nesting = found["nesting"]
    blocks, areas = (found[layer]["assignment"] for layer in ("blocks", "centres_of_gravity"))
    assert set(areas.values()) == {area["centre"] for area in nesting["areas"]}
    differ = [i for i, centre in blocks.items() if areas[i] != areas[centre]]
    assert sorted(differ) == nesting["elsewhere"] != []
    rows = ask("/tables/layers.csv?centres=7&floor=15000").text.splitlines()
    assert len(rows) == 37
    page = ask("/?centres=7&floor=15000&table=layers&language=en").text
    assert "does not lie within one centre of gravity" in page
    assert "/parts/layers" in ask("/?centres=7&floor=15000&language=en").text


def test_the_page_shows_what_is_on_record(county):
    query = "centres=3&floor=3000&override=1105%3Dislands+far+out&lock=1103%2C1105&language=en"
    with TestClient(create_app(load_study(county))) as client:
        page = until_done(client, f"/?{query}").text
        plan = client.get(f"/api/plan?{query}").json()
    assert "The floor is lifted for Øy: islands far out" in page
    assert "shall be a block of their own" in page
    assert 'name="override" value="1105=islands far out"' in page
    low = [block for block in plan["blocks"] if block["shortfall"]]
    assert [block["members"] for block in low] == [["1103", "1105"]]
    assert [reason["criterion"] for reason in plan["record"]] == ["override"]
    assert all(block["overrides"] for block in low)
