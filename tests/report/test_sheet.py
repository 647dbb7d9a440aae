"""The spreadsheet: the same numbers as values, ids as text, nothing read as a formula."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from tests.report.conftest import NASTY
from tyngdepunkt.report.printable import clean
from tyngdepunkt.report.sheet import tabulate
from tyngdepunkt.texts import LANGUAGES


@pytest.fixture(scope="session")
def book(analysis):
    """The English spreadsheet."""
    return openpyxl.load_workbook(io.BytesIO(tabulate(analysis, language="en")))


def rows_of(sheet):
    """Return the rows below the three header rows, as dictionaries by header."""
    header, _, _, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_sheets_hold_the_numbers_that_the_analysis_holds(analysis, book):
    blocks = rows_of(book["Blocks"])
    assert [row["Inhabitants"] for row in blocks] == [b.population for b in analysis.blocks.measure.blocks]
    assert [row["Jobs"] for row in blocks] == [b.jobs for b in analysis.blocks.measure.blocks]
    frontier = rows_of(book["Every number of blocks"])
    assert [row["Result"] for row in frontier] == [p.answer.objective for p in analysis.frontier.points]
    prices = rows_of(book["Tipping prices"])
    assert sorted(row["Price"] for row in prices) == sorted(p.amount for p in analysis.tipping)
    plans = rows_of(book["Plans of others"])
    assert [row["Distance"] for row in plans] == [r.distance for r in analysis.references]
    costs = [d.cost for r in analysis.references for d in r.comparison.differences]
    assert [row["Costs"] for row in rows_of(book["Differences"])] == costs


def test_every_municipality_has_its_centre_in_both_layers(analysis, book):
    rows = rows_of(book["Municipalities"])
    assert {r["Municipality id"]: r["Block, centre id"] for r in rows} == dict(analysis.blocks.plan.assignment)
    assert {r["Municipality id"]: r["Centre of gravity, id"] for r in rows} == dict(analysis.gravity.plan.assignment)


def test_every_figure_has_name_unit_and_source_in_its_header(book):
    for name in ("Blocks", "Municipalities", "Every number of blocks", "Tipping prices", "Plans of others"):
        names, units, sources = book[name].iter_rows(max_row=3, values_only=True)
        assert all(names)
        assert all(sources)
        first = next(book[name].iter_rows(min_row=4))
        for unit, cell in zip(units, first, strict=True):
            assert unit or not isinstance(cell.value, int | float), (name, cell.coordinate)


def test_the_data_dictionary_describes_every_column(book):
    described = {(row["Sheet"], row["Column"]) for row in rows_of(book["Data dictionary"]) if row["Meaning"]}
    for sheet in book.worksheets[1:-1]:
        for header in next(sheet.iter_rows(max_row=1, values_only=True)):
            assert (sheet.title, header) in described


def test_headers_are_frozen_and_filters_stand_over_the_figures(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes.endswith("4")
        assert sheet.auto_filter.ref.startswith("A3:")


def test_ids_are_text_with_their_leading_zero(nasty):
    book = openpyxl.load_workbook(io.BytesIO(tabulate(nasty, language="en")))
    ids = [row["Municipality id"] for row in rows_of(book["Municipalities"])]
    assert ids == [f"{301 + place:04d}" for place in range(len(NASTY))]


def test_the_unknown_is_an_empty_cell_and_never_zero(nasty):
    book = openpyxl.load_workbook(io.BytesIO(tabulate(nasty, language="en")))
    for row in rows_of(book["Blocks"]):
        assert row["Jobs"] is None
        assert row["Person-minutes to the centre"] is None
    told = " ".join(str(row[1]) for row in book["Read me"].iter_rows(values_only=True))
    assert "An empty cell is unknown or does not apply; it is never zero." in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_nasty_names_are_text_and_never_formulas(nasty, language):
    book = openpyxl.load_workbook(io.BytesIO(tabulate(nasty, language=language)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    shown = {cell.value for cell in cells}
    assert {clean(name) for name in NASTY} <= shown
    assert "=1+1" in shown


def test_no_sheet_links_to_another_machine(nasty):
    with zipfile.ZipFile(io.BytesIO(tabulate(nasty, language="en"))) as archive:
        assert not [name for name in archive.namelist() if "externalLinks" in name]
        assert not any(b"TargetMode" in archive.read(name) for name in archive.namelist())


def test_the_first_sheet_tells_version_seed_and_checksums(analysis, book):
    told = {row[0]: row[1] for row in book["Read me"].iter_rows(values_only=True) if row[0]}
    assert told["Program"] == "tyngdepunkt 0.0.0"
    assert told["Seed"] == "2017"
    for file, checksum in analysis.checksums.items():
        assert told[f"Checksum (SHA-256) of {file}.csv"] == checksum


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_as_many_sheets_with_names_of_their_own(analysis, language):
    book = openpyxl.load_workbook(io.BytesIO(tabulate(analysis, language=language)))
    assert len(book.sheetnames) == len(set(book.sheetnames)) == 30
    assert (book.sheetnames[0] == "Read me") == (language == "en")


def test_the_same_analysis_gives_the_same_bytes(analysis):
    assert tabulate(analysis, language="nn") == tabulate(analysis, language="nn")
