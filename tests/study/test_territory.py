"""A study's tables as a territory: order, links, commuters, and quickest times worked out by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Link, LinkKind
from tyngdepunkt.study import load_study
from tyngdepunkt.study.forming import find_quickest


def times(*rows: tuple[str, str, float, str, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["from_id", "to_id", "minutes", "basis", "in_network"])


def test_municipalities_are_in_order_of_id_whatever_the_order_of_the_rows(county):
    county.write(
        "municipalities.csv",
        "municipality_id,name,population\n1532,Ytre,500\n0301,Åsvik,9000\n1531,Sørøya,2000\n1504,Bø,4000\n",
    )

    territory = load_study(county.folder).territory

    assert territory.ids == ("0301", "1504", "1531", "1532")
    assert list(territory.population) == [9000, 4000, 2000, 500]
    assert territory.names["0301"] == "Åsvik"


def test_what_is_unknown_is_none_and_not_zero(county):
    municipality = load_study(county.folder).territory.municipalities[0]

    assert (municipality.jobs, municipality.area_km2, municipality.latitude, municipality.centre) == (
        None,
        None,
        None,
        "",
    )


def test_links_carry_their_kind_with_the_lower_id_first(county):
    county.replace("neighbours.csv", "1531,1532,ferry", "1532,1531,ferry")

    assert load_study(county.folder).territory.links == (
        Link("0301", "1504", LinkKind.LAND),
        Link("0301", "1531", LinkKind.NONE),
        Link("1504", "1531", LinkKind.BRIDGE_TUNNEL),
        Link("1531", "1532", LinkKind.FERRY),
    )


def test_commuters_are_home_by_work(county):
    assert load_study(county.folder).territory.commuters.tolist() == [
        [4000, 0, 0, 0],
        [300, 1500, 0, 0],
        [0, 200, 0, 0],
        [0, 0, 40, 0],
    ]


def test_a_study_without_travel_times_has_none(county):
    assert load_study(county.folder).territory.minutes is None


def test_quickest_times_add_up_along_the_way_and_remember_an_estimate(full_county):
    territory = load_study(full_county.folder).territory

    # 0301 -30- 1504 -12.5 (estimated)- 1531 -40- 1532
    assert territory.minutes.tolist() == [
        [0, 30, 42.5, 82.5],
        [30, 0, 12.5, 52.5],
        [42.5, 12.5, 0, 40],
        [82.5, 52.5, 40, 0],
    ]
    assert territory.minutes_estimated.tolist() == [
        [False, False, True, True],
        [False, False, True, True],
        [True, True, False, False],
        [True, True, False, False],
    ]


def test_functions_divisions_and_plans_are_formed(full_county):
    study = load_study(full_county.folder)

    assert study.territory.functions == {"hospital": frozenset({"0301"})}
    (division,) = study.territory.divisions
    assert (division.name, division.level, division.year) == ("Police", "regional", 2017)
    assert division.areas == {"0301": "North", "1504": "North", "1531": "South"}
    (plan,) = study.reference_plans
    assert plan.members == {"A": ("0301", "1504"), "B": ("1531", "1532")}


def test_divisions_are_there_without_the_table_of_agencies(full_county):
    (division,) = load_study(full_county.delete("agencies.csv").folder).territory.divisions

    assert (division.name, division.level, division.year) == ("Police", "", None)


def test_a_missing_table_is_named_with_the_file_to_add(county):
    study = load_study(county.folder)

    with pytest.raises(QuestionError, match=r"travel_times.*add travel_times\.csv"):
        study.table("travel_times")
    with pytest.raises(QuestionError, match="Did you mean travel_times"):
        study.table("traveltimes")
    assert list(study.table("municipalities")["municipality_id"]) == ["0301", "1504", "1531", "1532"]


def test_a_date_in_the_study_is_a_date(county):
    assert load_study(county.write("study.toml", "date = 2017-01-01\n").folder).date == dt.date(2017, 1, 1)


def test_the_quicker_of_two_ways_counts():
    minutes, estimated = find_quickest(
        times(("A", "B", 50, "stated", True), ("A", "C", 20, "estimated", True), ("C", "B", 10, "stated", True)),
        ["A", "B", "C"],
    )

    assert minutes[0, 1] == 30
    assert estimated[0, 1]


def test_of_two_ways_as_quick_the_stated_one_counts():
    minutes, estimated = find_quickest(
        times(("A", "B", 30, "stated", True), ("A", "C", 20, "estimated", True), ("C", "B", 10, "stated", True)),
        ["A", "B", "C"],
    )

    assert minutes[0, 1] == 30
    assert not estimated[0, 1]


def test_a_row_for_the_way_back_counts_on_the_way_back_only():
    minutes, _ = find_quickest(times(("A", "B", 30, "stated", True), ("B", "A", 35, "stated", True)), ["A", "B"])

    assert minutes.tolist() == [[0, 30], [35, 0]]


def test_a_stretch_outside_the_network_does_not_count():
    minutes, estimated = find_quickest(times(("A", "B", 30, "estimated", False)), ["A", "B"])

    assert minutes[0, 1] == np.inf
    assert not estimated[0, 1]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 99), st.booleans()).filter(
            lambda row: row[0] < row[1]
        ),
        unique_by=lambda row: row[:2],
    )
)
def test_quickest_times_are_a_distance(stretches):
    ids = list("ABCDEF")
    rows = [(ids[a], ids[b], minutes, "stated" if stated else "estimated", True) for a, b, minutes, stated in stretches]

    minutes, estimated = find_quickest(times(*rows), ids)

    assert (minutes == minutes.T).all()
    assert (estimated == estimated.T).all()
    assert not minutes.diagonal().any()
    assert (minutes <= minutes[:, :, None].transpose(0, 2, 1) + minutes.T[None, :, :]).all()
    for a, b, direct, _ in stretches:
        assert minutes[a, b] <= direct
    if all(stated for *_, stated in stretches):
        assert not estimated.any()


def test_a_study_without_a_register_says_which_table_it_lacks(county):
    study = load_study(county.folder)

    with pytest.raises(QuestionError, match=r"add arrangements\.csv"):
        study.register.at(2013)
