"""Numbers, shares, dates and lists in three languages."""

from __future__ import annotations

import datetime as dt

import pytest

from tyngdepunkt.texts.numbers import (
    format_change,
    format_count,
    format_date,
    format_decimal,
    format_list,
    format_minutes,
    format_share,
)


@pytest.mark.parametrize(
    ("language", "written"), [("nb", "1\u202f234\u202f567"), ("nn", "1\u202f234\u202f567"), ("en", "1,234,567")]
)
def test_thousands_are_set_apart(language, written):
    assert format_count(1_234_567, language) == written


def test_whole_numbers_have_no_decimals_and_others_one():
    assert format_count(18_276.0, "en") == "18,276"
    assert format_count(0.1 + 0.2 + 2.7, "en") == "3"
    assert format_count(2.55, "nb") == "2,5"
    assert format_decimal(2.555, "en", digits=2) == "2.56"


def test_a_change_has_its_sign_and_a_true_minus():
    assert [format_change(value, "nb") for value in (25, -1069, 0, -0.01)] == ["+25", "\u22121\u202f069", "0", "0,0"]


@pytest.mark.parametrize(("language", "written"), [("nb", "89,2\u00a0%"), ("nn", "89,2\u00a0%"), ("en", "89.2%")])
def test_shares_are_per_cent(language, written):
    assert format_share(0.8923, language) == written


@pytest.mark.parametrize(
    ("language", "unknown", "away"), [("nb", "ukjent", "utenfor rekkevidde"), ("nn", "ukjend", "utanfor rekkjevidde")]
)
def test_the_unknown_and_the_endless_are_words(language, unknown, away):
    assert format_count(None, language) == format_share(None, language) == format_minutes(None, language) == unknown
    assert format_count(float("nan"), language) == unknown
    assert format_minutes(float("inf"), language) == away


def test_minutes_have_their_unit():
    assert format_minutes(63.6, "nb") == "64\u00a0min"


def test_dates_have_the_day_first():
    day = dt.date(2017, 1, 1)
    assert [format_date(day, language) for language in ("nb", "nn", "en")] == [
        "1. januar 2017",
        "1. januar 2017",
        "1 January 2017",
    ]


def test_lists_end_with_and():
    assert format_list(("Ålesund", "Molde", "Volda"), "nn") == "Ålesund, Molde og Volda"
    assert format_list(("Ålesund", "Molde", "Volda"), "en") == "Ålesund, Molde and Volda"
    assert format_list(("Ålesund",), "nb") == "Ålesund"
    assert format_list((), "nb") == ""
