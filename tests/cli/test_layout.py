"""Values as table, CSV and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tyngdepunkt.cli.layout import csv_text, fit_table, json_text, table_text
from tyngdepunkt.model import Status
from tyngdepunkt.shapes.values import plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (18276.0, 18276),
        (0.5, 0.5),
        (float("inf"), None),
        (float("nan"), None),
        (True, True),
        (np.int64(7), 7),
        (np.float64(7.5), 7.5),
        (Status.OPTIMAL, "optimal"),
        (frozenset({"1504", "0301"}), ["0301", "1504"]),
        ({1: ("a", None)}, {"1": ["a", None]}),
        (Path("a/b"), "a/b"),
    ],
)
def test_values_become_what_json_can_hold(value, expected):
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


def test_json_keeps_norwegian_letters():
    assert json_text({"name": "Ålesund"}) == '{\n  "name": "Ålesund"\n}\n'
    assert json.loads(json_text([1.0, None])) == [1, None]


def test_csv_leaves_the_unknown_empty_and_joins_lists():
    rows = [{"a [persons]": None, "b": ("Ålesund", "Giske"), "c": 1.0, "d": True, "e": "x,y"}]
    assert csv_text(rows) == 'a [persons],b,c,d,e\n,Ålesund|Giske,1,1,"x,y"\n'


def test_csv_without_rows_has_its_header():
    assert csv_text([], ("a", "b")) == "a,b\n"


def test_a_table_sets_numbers_to_the_right_and_shows_the_unknown_as_a_dash():
    rows = [{"block": "Ålesund", "inhabitants": 96889}, {"block": "Å", "inhabitants": None}]
    assert table_text(rows) == (
        "block    inhabitants\n-------  -----------\nÅlesund       96,889\nÅ                  –\n"
    )


def test_a_table_without_rows_is_empty():
    assert table_text([]) == ""


def test_a_table_gives_way_to_the_terminal_from_the_right(monkeypatch):
    rows = [{"id": "A1", "name": "x" * 60, "note": "y" * 60, "year": 2018}]
    monkeypatch.setenv("COLUMNS", "200")
    assert fit_table(rows, wide=False) == table_text(rows)
    monkeypatch.setenv("COLUMNS", "70")
    lines = fit_table(rows, wide=False).splitlines()
    assert lines[0].split() == ["id", "name", "note", "year"]
    assert max(map(len, lines[:3])) == 70
    assert lines[-1] == "--wide shows the whole table."
    monkeypatch.setenv("COLUMNS", "40")
    lines = fit_table(rows, wide=False).splitlines()
    assert (lines[0].split(), max(map(len, lines[:3]))) == (["id", "name"], 40)
    assert lines[-1] == "Not shown, for want of room: note, year. --wide shows the whole table."
    kept = fit_table(rows, wide=False, essential=("id", "year")).splitlines()[0]
    assert kept.split() == ["id", "name", "year"]
    assert fit_table(rows, wide=True) == table_text(rows)
