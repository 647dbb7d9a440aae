"""A cell is read as it is written here, and told with what was probably meant where it is written otherwise."""

from __future__ import annotations

import pandas as pd
import pytest

from tyngdepunkt.tables import TABLES
from tyngdepunkt.tables.cells import read_cells

POPULATION = TABLES["municipalities"].column("population")
JOBS = TABLES["municipalities"].column("jobs")
AREA = TABLES["municipalities"].column("area_km2")
MINUTES = TABLES["travel_times"].column("minutes")
SEASONAL = TABLES["neighbours"].column("seasonal")
NAME = TABLES["municipalities"].column("name")


def told(text, column):
    """Return problem and mend of a cell that was not understood."""
    cells = read_cells([text], column)
    (complaint,) = cells.complaints
    assert complaint.position == 0
    if column is not NAME:
        assert cells.parsed.isna().all()
    return complaint.problem, complaint.mend


def test_numbers_and_blanks_are_read_as_what_they_are():
    assert read_cells(["5", "0", "", "-7"], JOBS).parsed.tolist() == [5, 0, pd.NA, -7]
    assert read_cells(["2.5", ".5", "3.", "4"], AREA).parsed.tolist() == [2.5, 0.5, 3.0, 4.0]
    assert read_cells(["1", "0", ""], SEASONAL).parsed.tolist() == [True, False, pd.NA]
    assert read_cells(["0301", "", "Ærø"], NAME).parsed.tolist() == ["0301", "", "Ærø"]


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        ("26 822", "has a space", "Write 26822."),
        ("26\u00a0822", "has a space", "Write 26822."),
        ("26'822", "another sign in the number", "Write 26822."),
        ("−5", "another sign in the number", "Write -5."),
        ("26,822", "comma between the thousands", "Write 26822."),
        ("1,026,822", "comma between the thousands", "Write 1026822."),
        ("26.822", "point between the thousands", "Write 26822 or, if the point begins decimals, 26 or 27."),
        ("1.026.822", "point between the thousands", "Write 1026822."),
        ("33,5", "is not a whole number of persons, and has a decimal comma", "Write 33 or 34."),
        ("33.5", "is not a whole number of persons", "Write 33 or 34."),
        ("-0.5", "is not a whole number of persons", "Write -1 or 0."),
        ("33.0", "is not a whole number of persons", "Write 33."),
        ("1,5E+04", "power of ten", "Write 15000."),
        ("12 persons", "more than the number", "Write 12 alone, in persons."),
        ("ca. 12", "is not a number", "Write a whole number [persons], such as 47199."),
        ("#REF!", "spreadsheet's error", "Mend the formula"),
        ("NA", "is not a number", "the table cannot do without"),
        ("-", "is not a number", "Write 0 if there are none."),
        (":", "suppressed", "Decide on a figure"),
        ("..", "missing", "Decide on a figure"),
        ("1" * 30, "longer than any figure", "Write the figure [persons]"),
        ("٣", "is not a number", "Write a whole number"),
    ],
)
def test_a_whole_number_that_is_written_otherwise_is_told(text, problem, mend):
    found = told(text, POPULATION)

    assert problem in found[0]
    assert mend in found[1]


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        ("12,5", "has a decimal comma", "Write 12.5."),
        ("1 497,5", "has a decimal comma", "Write 1497.5."),
        ("1.497,5", "has a decimal comma", "Write 1497.5."),
        ("1,497.5", "comma between the thousands", "Write 1497.5."),
        ("1,497", "has a decimal comma", "Write 1.497 or, if it parts the thousands, 1497."),
        ("13 km²", "more than the number", "Write 13 alone, in km²."),
        ("NaN", "is not a number", "Leave the cell blank"),
        ("inf", "is not a number", "Write a number [km²], such as 98."),
    ],
)
def test_a_number_that_is_written_otherwise_is_told(text, problem, mend):
    found = told(text, AREA)

    assert problem in found[0]
    assert mend in found[1]


def test_a_suppressed_figure_may_be_left_blank_where_the_column_may():
    assert told(":", JOBS)[1] == "Leave the cell blank: blank is unknown, 0 is none."
    assert told("–", JOBS)[1] == "Write 0 if there are none. Leave it blank if unknown."


def test_a_time_of_the_clock_is_told_in_minutes():
    assert told("1:15", MINUTES) == ("“1:15” is a time of the clock, not minutes.", "Write 75.")
    assert told("01:15:00", MINUTES)[1] == "Write 75."


@pytest.mark.parametrize(
    ("text", "mend"), [("ja", "Write 1."), ("FALSE", "Write 0."), ("2", "Write 1 for yes and 0 for no.")]
)
def test_yes_and_no_are_1_and_0(text, mend):
    assert told(text, SEASONAL)[1] == mend


def test_letters_that_were_broken_are_told():
    assert told("Ã…lesund", NAME)[1] == "Write Ålesund."
    assert "A letter was lost" in told("\ufffdlesund", NAME)[0]
    assert read_cells(["Âge", "Ã", "Ålesund", "“”"], NAME).complaints == ()


def test_a_long_cell_is_quoted_short():
    problem, _ = told("x" * 500, POPULATION)

    assert len(problem) < 80
    assert "…" in problem
