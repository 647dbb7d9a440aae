"""The study that ships: its sums hold, and other programs can read it."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import warnings
from collections import Counter

import numpy as np
import pytest

from tyngdepunkt.study import TABLES, check_study, shipped_studies

NAME = "more-og-romsdal-2017"


def test_it_ships():
    assert shipped_studies() == (NAME,)


def test_it_has_no_fault():
    assert check_study(NAME) == ()


def test_it_says_what_it_is(shipped):
    assert shipped.name == NAME
    assert shipped.title == "Møre og Romsdal, 36 municipalities, 2017"
    assert shipped.date == dt.date(2017, 1, 1)


def test_it_has_36_municipalities_with_266_274_inhabitants(shipped):
    municipalities = shipped.table("municipalities")

    assert len(municipalities) == 36
    assert municipalities["population"].sum() == 266_274
    assert municipalities["employed_residents"].sum() == 130_704
    assert municipalities["jobs"].sum() == 127_060
    assert municipalities["area_km2"].sum() == 15_101
    assert Counter(municipalities["district"]) == {"Sunnmøre": 18, "Nordmøre": 10, "Romsdal": 8}


def test_it_has_83_borders_of_which_62_are_links_and_60_open_all_year(shipped):
    neighbours = shipped.table("neighbours")
    linked = neighbours[neighbours["link"] != "none"]

    assert (len(neighbours), len(linked), (~linked["seasonal"]).sum()) == (83, 62, 60)
    assert Counter(linked["link"]) == {"land": 26, "ferry": 22, "bridge_tunnel": 10, "boat": 4}
    assert sum(map(len, shipped.territory.neighbours())) == 2 * 60
    assert sum(map(len, shipped.territory.neighbours(seasonal=True))) == 2 * 62


def test_it_has_751_flows_of_122_675_persons(shipped):
    assert len(shipped.table("commuting")) == 751
    assert shipped.table("commuting")["commuters"].sum() == 122_675
    assert shipped.territory.commuters.sum() == 122_675


def test_stated_and_estimated_times_are_kept_apart(shipped):
    times = shipped.table("travel_times")

    assert Counter(zip(times["basis"], times["source"], strict=True)) == {
        ("stated", "NIVI 2011, p. 25-26"): 19,
        ("stated", "TØI, BA regions 2020"): 8,
        ("estimated", "the compiler's knowledge"): 47,
    }
    assert times["in_network"].sum() == 71


@pytest.mark.parametrize(
    ("a", "b", "minutes"), [("1504", "1502", 75), ("1502", "1505", 64), ("1504", "1519", 80), ("1524", "1539", 125)]
)
def test_quickest_times_are_those_that_are_known(shipped, a, b, minutes):
    territory = shipped.territory

    assert np.isfinite(territory.minutes).all()
    assert territory.minutes[territory.position[a], territory.position[b]] == minutes


def test_it_has_48_divisions_of_state_agencies(shipped):
    assert len(shipped.table("agencies")) == 48
    assert len(shipped.table("divisions")) == 1712
    assert len(shipped.territory.divisions) == 48
    assert Counter(division.level for division in shipped.territory.divisions) == {"local": 12, "regional": 36}
    assert [len(division.areas) for division in shipped.territory.divisions if len(division.areas) != 36] == [20]


def test_it_has_310_arrangements_with_1713_participants(shipped):
    arrangements = shipped.table("arrangements")

    assert len(arrangements) == 310
    assert len(shipped.table("participants")) == 1713
    assert Counter(arrangements["snapshot"]) == {2013: 255, 2017: 6, 2018: 49}
    assert Counter(arrangements["participants_basis"]) == {
        "stated": 234,
        "derived": 24,
        "unknown": 21,
        "list_2011": 12,
        "partial": 10,
        "list_2018": 9,
    }


def test_an_arrangement_knows_the_rows_that_came_before_and_after_it(shipped):
    arrangements = shipped.table("arrangements").set_index("arrangement_id")

    assert arrangements.at["S18_16", "replaces"] == "N13_UND_11|N13_UND_12"
    assert arrangements.at["N13_UND_11", "later_id"] == "S18_16"


def test_it_has_the_staff_that_the_reports_count(shipped):
    staffing = shipped.table("staffing")

    assert len(staffing) == 108
    child_protection = staffing[(staffing["service"] == "barnevern") & (staffing["year"] == 2017)]
    assert child_protection["fte"].sum() == pytest.approx(260.8)


def test_it_has_four_of_each_function(shipped):
    assert {function: len(ids) for function, ids in shipped.territory.functions.items()} == {
        "airport": 4,
        "college": 4,
        "hospital": 4,
    }


def test_it_has_four_plans_of_others(shipped):
    assert {plan.name: len(plan.members) for plan in shipped.reference_plans} == {
        "county governor 2016": 8,
        "NIVI 2013": 9,
        "NIVI regions 2013": 3,
        "structure of 2020": 28,
    }
    assert all(len(plan.blocks) == 36 and plan.source for plan in shipped.reference_plans)


def test_every_column_says_where_its_figures_come_from(shipped):
    package = json.loads((shipped.folder / "datapackage.json").read_text(encoding="utf-8"))

    for resource in package["resources"]:
        assert resource["licenses"]
        assert resource["year"]
        assert resource["sources"]
        for field in resource.get("schema", {}).get("fields", []):
            assert field["source"] not in ("", "not stated")
            assert field["description"]
    assert "Kartverket" in shipped.resources["boundaries"].sources[0]
    assert shipped.resources["boundaries"].licence == "CC BY 4.0"


def test_every_file_has_its_checksum(shipped):
    tables = {*TABLES} - {"positions", "overrides", "commuting_other_years"}  # which it does not have
    assert set(shipped.checksums) == {*tables, "boundaries", "datapackage", "study"}


def test_no_file_names_a_path_of_a_machine_or_an_address(shipped):
    for path in shipped.folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        assert not re.search(r"(?<!\S)[\"'(]?/\w+/", text), path.name


def test_other_programs_find_no_fault_in_the_data_package(shipped):
    # In a process of its own: the package warns of its own past, and our warnings are errors.
    script = (
        "import frictionless, sys; r = frictionless.validate(sys.argv[1]); print(r.flatten()); sys.exit(not r.valid)"
    )
    with warnings.catch_warnings():
        done = subprocess.run(  # noqa: PLW1510
            [sys.executable, "-W", "ignore", "-c", script, "datapackage.json"],
            cwd=shipped.folder,
            capture_output=True,
            text=True,
        )

    assert done.returncode == 0, done.stdout + done.stderr
