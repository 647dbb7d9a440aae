"""A view and its query say the same, and everything wrong with a query is said at once."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, strategies as st

from tyngdepunkt.model import Objective, Question
from tyngdepunkt.web.view import MOST, TABLES, View, first_view, read_view


@pytest.fixture
def read(shipped):
    def read(query, language="en"):
        return read_view(parse_qsl(query, keep_blank_values=True), shipped, language)

    return read


def test_an_address_without_a_query_is_the_studys_own_question(shipped, read):
    view, complaints = read("")
    assert complaints == ()
    assert view == first_view(shipped, "en")
    assert view.wishes.floor == 15000
    assert view.centres is None
    assert view.query(shipped, "en") == ""


def test_a_view_comes_back_from_its_query(shipped, read):
    view = View(
        wishes=Question(
            1,
            Objective(1, 0.002),
            floor=20000,
            max_minutes=90,
            together=(frozenset({"1517", "1516"}),),
            apart=(frozenset({"1502", "1505"}), frozenset({"1504", "1502"})),
            centre=frozenset({"1519"}),
            not_centre=frozenset({"1520", "1511"}),
            functions=frozenset({"hospital"}),
            seasonal=True,
        ),
        centres=7,
        language="nn",
        reference="NIVI 2013",
        municipality="1524",
        commuting=True,
        commuters_from=50,
        table="frontier",
    )
    assert read(view.query(shipped, "en")) == (view, ())


@given(
    centres=st.one_of(st.none(), st.just(MOST), st.integers(1, 36)),
    floor=st.integers(0, 300000),
    ties=st.sampled_from([0.0, 1.0, 2.5]),
    access=st.sampled_from([0.5, 1.0]),
    seasonal=st.booleans(),
    table=st.sampled_from(TABLES),
)
def test_any_view_comes_back_from_its_query(shipped, centres, floor, ties, access, seasonal, table):
    wishes = Question(1, Objective(ties, access), floor=floor, seasonal=seasonal)
    view = View(wishes=wishes, centres=centres, table=table)
    read, complaints = read_view(parse_qsl(view.query(shipped, "")), shipped, "en")
    assert complaints == ()
    assert read == view


def test_a_query_leaves_out_what_the_study_sets_itself(shipped, read):
    view, _ = read("floor=15000&objective=ties&seasonal=0&centres=&table=blocks")
    assert view.query(shipped, "en") == ""


def test_everything_wrong_is_said_at_once(read):
    _, complaints = read(
        "centres=99&floor=many&objective=luck&max_minutes=x&together=1517&centre=Atlantis&functions=casino&reference=none"
    )
    assert [each.field for each in complaints] == [
        "objective", "floor", "max_minutes", "together", "centre", "functions", "centres", "reference",
    ]  # fmt: skip
    assert all(each.message and each.mend for each in complaints)


def test_a_field_that_is_wrong_keeps_the_studys_own_value(read):
    view, _ = read("floor=-1&centres=0&objective=luck")
    assert (view.wishes.floor, view.centres, view.wishes.objective) == (15000, None, Objective())


def test_complaints_are_in_the_readers_language(read):
    _, (complaint,) = read("centres=99&language=nn")
    assert complaint.message == "«99» er ikkje eit tal på blokker som denne studien kan ha."
    assert complaint.mend == "Oppgi eit heilt tal frå 1 til 36."


@pytest.mark.parametrize("text", ["20000", "20 000", "20\u00a0000", "20\u202f000"])
def test_thousands_may_be_set_apart_by_spaces(read, text):
    view, complaints = read(f"floor=own&floor_own={text}")
    assert (view.wishes.floor, complaints) == (20000, ())


def test_a_point_between_thousands_is_not_guessed_at(read):
    _, (complaint,) = read("floor=own&floor_own=20.000")
    assert complaint.field == "floor_own"


def test_another_number_without_a_number_changes_nothing(read):
    view, complaints = read("floor=own&floor_own=")
    assert (view.wishes.floor, complaints) == (15000, ())


def test_both_aims_are_weighed_in_person_minutes(read):
    view, complaints = read("objective=weighted&minutes_per_commuter=250,0")
    assert (view.wishes.objective, complaints) == (Objective(1, 1 / 250), ())


@pytest.mark.parametrize("text", ["0", "-5", "nan", "inf", "many"])
def test_a_weight_is_a_number_above_nothing(read, text):
    _, (complaint,) = read(f"objective=weighted&minutes_per_commuter={text}")
    assert complaint.field == "minutes_per_commuter"


def test_municipalities_are_found_by_name(read):
    view, _ = read("together=hareid,Ulstein&centre=VOLDA&municipality=Ålesund")
    assert view.wishes.together == (frozenset({"1517", "1516"}),)
    assert view.wishes.centre == {"1519"}
    assert view.municipality == "1504"


def test_one_more_wish_is_added_to_those_that_stand(read):
    view, _ = read("together=1517,1516&wish=together&wish_a=1502&wish_b=1504")
    assert view.wishes.together == (frozenset({"1516", "1517"}), frozenset({"1502", "1504"}))
    view, _ = read("centre=1519&wish=centre&wish_a=1520&wish_b=1502")
    assert view.wishes.centre == {"1519", "1520"}


def test_a_municipality_alone_is_not_together(read):
    _, (complaint,) = read("wish=apart&wish_a=1502&wish_b=1502")
    assert complaint.field == "apart"


def test_unknown_names_and_tables_are_passed_over(read):
    view, complaints = read("colour=red&table=chairs")
    assert (view.table, complaints) == ("blocks", ())


def test_a_study_without_travel_times_says_so_by_the_field(shipped):
    territory = replace(shipped.territory, minutes=None, minutes_estimated=None)
    bare = replace(shipped)
    bare.__dict__["territory"] = territory
    _, complaints = read_view([("max_minutes", "60"), ("objective", "access")], bare, "en")
    assert [each.field for each in complaints] == ["objective", "max_minutes"]


def test_wishes_that_the_form_does_not_offer_are_not_lost_when_a_link_is_shared(shipped, read):
    query = "override=1571%3Dfar+from+all&override=Smøla%3Dislands&lock=1519%2C1520"
    view, complaints = read(f"{query}&from=county+governor+2016&move_at_most=3")
    assert complaints == ()
    overrides = {override.municipality: override.reason for override in view.wishes.overrides}
    assert overrides == {"1571": "far from all", "1573": "islands"}
    assert view.wishes.locked == (frozenset({"1519", "1520"}),)
    assert (view.wishes.start.name, view.wishes.start.most_moved) == ("county governor 2016", 3)
    again, complaints = read(view.query(shipped))
    assert (again, complaints) == (view, ())
    assert hash(view.wishes) == hash(again.wishes)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("override=1571", "override"),
        ("override=Oslo%3Dbig", "override"),
        ("lock=Oslo", "lock"),
        ("within_counties=1", "within_counties"),
        ("from=nobody&move_at_most=2", "from"),
        ("from=county+governor+2016&move_at_most=few", "move_at_most"),
        ("split_parts=1519", "split_parts"),
    ],
)
def test_what_is_wrong_with_such_a_wish_is_told_by_its_field(read, query, field):
    _, complaints = read(query)
    assert [each.field for each in complaints] == [field]
