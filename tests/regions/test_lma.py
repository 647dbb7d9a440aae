"""Labour market areas: by hand, against the package, and what holds of every answer."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.regions.conftest import flows
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.regions import LmaRule, find_labour_market_areas, make_flows, read_flows
from tyngdepunkt.regions.synthetic import make_country

SMALL = LmaRule(min_size=50, min_self_containment=0.6667, target_size=150, target_self_containment=0.75)
ANSWERS = json.loads((Path(__file__).parent / "package_answers.json").read_text(encoding="utf-8"))
"""
Tables with the answer of ``findClusters`` of `LabourMarketAreas` 3.4, run from its published text in R 4.2 with
data.table 1.14: labels, and the letters of the reserve list in the order of its entries.
"""


def members(found):
    return sorted(area.zones for area in found.areas)


def test_the_validity_of_an_area_by_hand():
    rule = LmaRule(1000, 0.6667, 10000, 0.75)
    assert rule.validity(9000, 20000, 12000) == pytest.approx(0.45 / 0.6667)  # large: 9000 of 20000 stay
    assert rule.validity(750, 1000, 900) == pytest.approx(1.0)  # as small as may be: needs the target
    assert rule.validity(7000, 10000, 7000) == pytest.approx(0.7 / 0.6667)
    assert rule.validity(19000, 20000, 20000) == pytest.approx(0.75 / 0.6667)  # more than the target helps no more
    assert rule.validity(500, 500, 500) == 1  # shut off: valid whatever its size
    assert rule.validity(0, 500, 400) == 0


def test_a_village_joins_the_town_it_commutes_to(towns):
    found = find_labour_market_areas(towns, SMALL)
    assert members(found) == [("1", "2", "3"), ("4", "5", "6")]
    assert [area.centre for area in found.areas] == ["1", "4"]
    assert found.internal_share == pytest.approx((354 - 5 - 4 - 6) / 354)
    assert not found.reserve
    assert not found.without_area


def test_an_area_tells_its_figures(towns):
    west = find_labour_market_areas(towns, SMALL).by_label["1"]
    assert (west.residents, west.jobs, west.inside) == (201, 198, 192)
    assert west.self_containment == pytest.approx(192 / 201)
    assert west.validity == pytest.approx(0.75 / 0.6667)


def test_a_zone_that_would_make_its_best_area_worse_waits_on_the_reserve_list():
    # four towns that exchange 110 in a ring, and village 3, which exchanges a few with each and most with town 1
    ring = "1-1 300, 1-2 110, 2-2 300, 2-4 110, 4-4 300, 4-5 110, 5-5 300, 5-1 110"
    village = "3-1 12, 3-2 11, 3-4 11, 3-5 11, 1-3 10, 2-3 9, 4-3 9, 5-3 9"
    found = find_labour_market_areas(flows(f"{ring}, {village}"), LmaRule(20, 0.6667, 400, 0.75))
    (entry,) = found.reserve
    assert (entry.zone, entry.came_from, entry.case, entry.label) == ("3", "3", "A", "1")
    assert entry.reason.criterion == "validity_would_fall"
    town = found.by_label["1"]
    assert town.zones == ("1", "3")
    assert town.validity_before_reserve == pytest.approx(300 / 422 / 0.6667)
    assert town.validity == pytest.approx(322 / 465 / 0.6667)


def test_zones_without_residents_jobs_or_exchange_are_left_out_and_named():
    table = flows("1-1 90, 2-1 40, 2-2 30, 1-2 5, 3-1 2, 1-4 3, 5-5 20")
    found = find_labour_market_areas(table, SMALL)
    assert dict(found.without_area) == {"3": "no_jobs", "4": "no_residents", "5": "no_exchange"}
    assert set(found.labels) == {"1", "2"}


def test_where_no_area_can_be_valid_none_is_given():
    found = find_labour_market_areas(flows("1-2 5, 2-3 5, 3-1 5, 1-1 1"), LmaRule(1000, 0.6667, 10000, 0.75))
    assert not found.areas or all(area.validity_before_reserve >= 1 for area in found.areas)
    assert set(found.labels) | set(found.without_area) == {"1", "2", "3"}


@pytest.mark.parametrize(
    "limits", [(0, 0.6, 10, 0.7), (10, 0.6, 10, 0.7), (1, 0.8, 10, 0.7), (1, 0, 10, 0.7), (1, 0.6, 10, 1.1)]
)
def test_limits_that_do_not_fit_together_are_refused(limits):
    with pytest.raises(QuestionError, match="No area can be judged"):
        LmaRule(*limits)


@pytest.mark.parametrize("answer", ANSWERS, ids=[answer["name"] for answer in ANSWERS])
def test_labels_and_reserve_list_are_those_of_the_package(answer):
    homes, works, persons = zip(*answer["rows"], strict=True)
    table = make_flows([str(home) for home in homes], [str(work) for work in works], persons)
    found = find_labour_market_areas(table, LmaRule(*answer["rule"]))
    assert {zone: found.labels.get(zone, "0") for zone in answer["labels"]} == answer["labels"]
    assert "".join(entry.case for entry in found.reserve) == answer["cases"]


def test_the_areas_of_brindisi_are_those_of_the_package(benchmarks):
    with (benchmarks / "lma_brindisi_expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = {row["community"]: row["cluster"] for row in csv.DictReader(stream)}
    found = find_labour_market_areas(read_flows(benchmarks / "lma_brindisi_flows.csv"))
    assert dict(found.labels) == expected
    assert len(found.areas) == 9
    assert round(100 * found.internal_share, 3) == 83.953


def test_the_areas_of_sardinia_are_as_many_as_the_package_finds(benchmarks):
    found = find_labour_market_areas(read_flows(benchmarks / "lma_sardinia_flows.csv"))
    assert len(found.areas) == 36
    assert len(found.reserve) == 80
    assert round(100 * found.internal_share, 3) == 89.367


def test_a_country_of_two_thousand_zones_is_divided_with_all_that_must_hold():
    table = make_country(2000, seed=5)
    check_what_must_hold(table, find_labour_market_areas(table))


def test_progress_is_told_and_ends_with_zones_in_valid_areas():
    steps = []
    find_labour_market_areas(make_country(400, seed=2), progress=steps.append)
    assert all(step.task == "regions" and 0 <= step.done <= step.total == 400 for step in steps)


def check_what_must_hold(table, found):
    """Check what holds of every answer."""
    placed = [zone for area in found.areas for zone in area.zones]
    assert len(placed) == len(set(placed))
    assert set(placed) == set(found.labels)
    assert set(placed) | set(found.without_area) == set(table.zones)
    assert not set(placed) & set(found.without_area)
    assert all(found.labels[zone] == area.label for area in found.areas for zone in area.zones)
    assert all(area.validity_before_reserve >= 1 for area in found.areas)
    outside = {zone for zone, why in found.without_area.items() if why != "no_link"}
    total = table.keep(np.array([zone not in outside for zone in table.zones])).total
    if found.areas and "no_link" not in found.without_area.values():
        assert sum(area.residents for area in found.areas) == pytest.approx(total)
        assert sum(area.jobs for area in found.areas) == pytest.approx(total)
        assert sum(area.inside for area in found.areas) == pytest.approx(found.internal_share * total)


@st.composite
def tables(draw):
    """A small table of flows, as rows of text, text, number."""
    n = draw(st.integers(2, 9))
    rows = [(str(i), str(i), draw(st.integers(0, 60))) for i in range(1, n + 1)]
    for i in range(1, n + 1):
        others = draw(st.sets(st.integers(1, n), max_size=4)) - {i}
        rows += [(str(i), str(j), draw(st.integers(1, 40))) for j in sorted(others)]
    return rows


RULES = st.sampled_from([(20, 0.6667, 500, 0.75), (10, 0.6667, 100, 0.75), (2, 0.6, 20, 0.8), (100, 0.6, 1000, 0.8)])


@settings(max_examples=100, deadline=None)
@given(tables(), RULES)
def test_whatever_the_table_each_zone_lies_in_one_valid_area_and_none_is_lost(rows, rule):
    table = make_flows(*zip(*rows, strict=True))
    check_what_must_hold(table, find_labour_market_areas(table, LmaRule(*rule)))


@settings(max_examples=40, deadline=None)
@given(tables(), RULES, st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows, rule, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    first, second = (
        find_labour_market_areas(make_flows(*zip(*each, strict=True)), LmaRule(*rule)) for each in (rows, shuffled)
    )
    assert first == second


@pytest.mark.parametrize("seed", range(12))
def test_where_nothing_ties_it_does_not_matter_what_the_zones_are_called(seed):
    # only the zones of the reserve list are given out in the order of ids, so they are left aside
    chance = random.Random(seed)
    table = make_country(50, seed=seed)
    weights = [count + chance.random() for count in table.persons.tolist()]  # no two flows alike, so nothing ties
    homes = [*(table.zones[i] for i in table.home.tolist()), *table.zones]
    works = [*(table.zones[j] for j in table.work.tolist()), *table.zones]
    weights += [chance.random() for _ in table.zones]  # and nobody without some who stay
    names = [f"z{i}" for i in range(50)]
    chance.shuffle(names)
    called = dict(zip(table.zones, names, strict=True))
    rule = LmaRule(300, 0.6667, 3000, 0.75)
    first = find_labour_market_areas(make_flows(homes, works, weights), rule)
    second = find_labour_market_areas(make_flows([called[i] for i in homes], [called[j] for j in works], weights), rule)
    assert {called[entry.zone] for entry in first.reserve} == {entry.zone for entry in second.reserve}
    assert cores(first, called) == cores(second, {name: name for name in names})


def cores(found, called):
    """Return the areas without the zones of the reserve list, by new names."""
    listed = {entry.zone for entry in found.reserve}
    return sorted(sorted(called[zone] for zone in area.zones if zone not in listed) for area in found.areas)
