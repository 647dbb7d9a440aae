"""`tyngdepunkt regions`."""

from __future__ import annotations

import csv
import io

import pytest

TOWNS = """home,work,persons
01,01,90
01,04,5
02,01,40
02,02,30
04,04,80
04,01,6
04,05,2
05,04,30
05,05,25
"""
SMALL = ("--min-size", "50", "--target-size", "150")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(TOWNS, encoding="utf-8")
    return path


def test_labour_market_areas_of_a_bare_table_need_no_study(tyngdepunkt, table):
    said = tyngdepunkt("regions", table, "--rule", "lma", *SMALL, "--format", "json")
    assert said.code == 0
    assert said.json["labels"] == {"01": "1", "02": "1", "04": "3", "05": "3"}
    assert [area["zones"] for area in said.json["areas"]] == [["01", "02"], ["04", "05"]]
    assert said.json["areas"][0]["residents"] == 165
    assert said.json["reserve"] == []
    assert said.json["internal_share"] == pytest.approx(297 / 308)


def test_csv_has_each_zone_with_its_area(tyngdepunkt, table):
    said = tyngdepunkt("regions", table, *SMALL, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert rows[0] == {"zone": "01", "area": "1", "on_reserve_list": "0"}
    assert len(rows) == 4


def test_the_table_says_how_many_areas_there_are(tyngdepunkt, table):
    said = tyngdepunkt("regions", table, *SMALL)
    assert "flows.csv: 2 labour market areas, 96.429 % of the commuters within them" in said.out


def test_a_hierarchy_is_cut_where_so_many_are_left(tyngdepunkt, table):
    said = tyngdepunkt("regions", table, "--rule", "hierarchy", "--areas", "2", "--format", "json")
    assert said.json["labels"] == {"01": "01", "02": "01", "04": "04", "05": "04"}
    assert len(said.json["merges"]) == 3
    assert "2 regions of 4 zones" in tyngdepunkt("regions", table, "--rule", "hierarchy").out


def test_the_norwegian_rule_tells_the_step_of_each_municipality(tyngdepunkt):
    said = tyngdepunkt("regions", "--rule", "norwegian", "--format", "json")
    assert len(said.json["areas"]) == 13
    placed = {place["municipality"]: place for place in said.json["placements"]}
    assert placed["1514"]["step"] == 6
    assert [reason["criterion"] for reason in placed["1514"]["reasons"]] == [
        "commuters_both_share",
        "minutes_to_centre",
    ]
    shown = tyngdepunkt("regions", "--rule", "norwegian").out
    assert "13 commuting regions" in shown
    assert "estimated working-age population" in shown
    assert tyngdepunkt("regions", "--rule", "norwegian", "--format", "csv").out.startswith("zone,name,area,step")


def test_without_a_table_the_commuters_of_the_study_are_taken(tyngdepunkt):
    said = tyngdepunkt("regions", "--format", "json")
    assert set(said.json["labels"]) == {f"{i}" for i in said.json["labels"] if i.startswith("15")}
    assert len(said.json["areas"]) == 16


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.csv"], "cannot be read"),
        (["--min-size", "20000"], "least size must be above 0 and below the target size"),
        (["--areas", "3"], "--areas goes with --rule hierarchy"),
        (["--rule", "hierarchy", "--areas", "99"], "1 to 36"),
        (
            ["--rule", "hierarchy", "--min-size", "5"],
            "--min-size goes with --rule lma. The rule hierarchy reads no such",
        ),
        (
            ["--rule", "norwegian", "--target-size", "4", "--min-size", "5", "--areas", "3"],
            "--min-size, --target-size go with --rule lma; --areas goes with --rule hierarchy",
        ),
        (["--rule", "magic"], "magic"),
        (["--study", "nowhere"], "nowhere"),
    ],
)
def test_what_the_user_can_mend_is_one_message(tyngdepunkt, words, said):
    refused = tyngdepunkt("regions", *words)
    assert refused.code == 1
    assert refused.out == ""
    assert refused.err.startswith("tyngdepunkt: ")
    assert said in refused.err


def test_where_no_area_meets_the_rule_that_is_the_answer(tyngdepunkt, tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text("home,work,persons\n1,2,5\n2,3,5\n3,1,5\n1,4,5\n4,1,5\n5,1,1\n1,5,1\n", encoding="utf-8")
    said = tyngdepunkt("regions", path, "--min-size", "1000", "--target-size", "1001", "--format", "json")
    if said.json["areas"]:
        assert said.code == 0
    else:
        assert said.code == 2
        assert "No area meets the rule" in said.err


@pytest.mark.parametrize("rule", ["lma", "hierarchy", "norwegian"])
def test_a_table_in_which_nobody_leaves_their_zone_is_refused_with_what_it_lacks(tyngdepunkt, tmp_path, rule):
    path = tmp_path / "flows.csv"
    path.write_text("home,work,persons\n1502,1502,5\n1504,1504,7\n", encoding="utf-8")
    said = tyngdepunkt("regions", path, "--rule", rule)
    assert (said.code, said.out) == (1, "")
    assert "Nobody in flows.csv commutes from one zone to another" in said.err


def test_a_study_without_travel_times_is_told_that_the_norwegian_rule_needs_them(tyngdepunkt, tmp_path):
    folder = tmp_path / "county"
    tyngdepunkt("new", folder, "--from", "more-og-romsdal-2017")
    times = folder / "travel_times.csv"
    times.write_text(times.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    said = tyngdepunkt("regions", "--rule", "norwegian", "--study", folder)
    assert "36 commuting regions" in said.out
    assert "no table travel_times" in said.out
    assert "no table travel_times" not in tyngdepunkt("regions", "--rule", "norwegian").out


def test_the_table_of_areas_names_their_members(tyngdepunkt):
    assert "Molde, Midsund, Aukra, Fræna, Eide, Gjemnes" in tyngdepunkt("regions").out
