"""
The report's tables as a spreadsheet, with every row that the pages leave out.

Each sheet has three rows of headers: name, unit, source; the filter stands on the third, and the figures
begin below it. Ids are text, an empty cell is unknown or does not apply and is never zero, and nothing that
a study holds is ever read as a formula.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.chapters import write_front
from tyngdepunkt.report.document import Box
from tyngdepunkt.report.printable import clean
from tyngdepunkt.report.table import Cell, Column, Kind, Table
from tyngdepunkt.report.tables.arrangements import list_arrangements, list_forms
from tyngdepunkt.report.tables.assessments import list_assessments
from tyngdepunkt.report.tables.capacity import list_capacity, list_findings, list_sizes, list_units
from tyngdepunkt.report.tables.cooperation import (
    list_block_cooperation,
    list_kinds,
    list_municipal_cooperation,
    list_task_cooperation,
    list_ties,
)
from tyngdepunkt.report.tables.frontier import list_frontier
from tyngdepunkt.report.tables.hosting import list_hosting, list_hosts, list_jobs
from tyngdepunkt.report.tables.layers import list_agencies, list_blocks, list_gravity, list_municipalities
from tyngdepunkt.report.tables.provenance import list_certificates, list_settings, list_sources
from tyngdepunkt.report.tables.references import list_differences, list_reference_blocks, list_references
from tyngdepunkt.report.tables.structures import list_structures
from tyngdepunkt.report.tables.tipping import list_prices

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from tyngdepunkt.analysis import Analysis

__all__ = ["tabulate", "write_sheet"]

_ON_PAPER_ONLY = {"written"}
"""Columns that only repeat others in words."""

_FORMATS = {
    Kind.TEXT: "@",
    Kind.ID: "@",
    Kind.COUNT: "#,##0",
    Kind.CHANGE: "+#,##0;\u2212#,##0;0",
    Kind.SHARE: "0.0%",
    Kind.MINUTES: "0",
    Kind.DECIMAL: "#,##0.0#",
}
_HEADER_ROWS = 3
_LONGEST_SHEET_NAME = 31  # Excel's own limit
_NO_DATE = dt.date(2000, 1, 1)  # the file's date where a study has none: the same input gives the same bytes
_ACCENT = "#0B4F5C"


def write_sheet(analysis: Analysis, path: Path, *, language: str) -> None:
    """
    Write the spreadsheet.

    Parameters
    ----------
    analysis
        What is reported.
    path
        The file; its folder exists.
    language
        ``nb``, ``nn`` or ``en``.
    """
    path.write_bytes(tabulate(analysis, language=language))


def tabulate(analysis: Analysis, *, language: str) -> bytes:
    """
    Make the spreadsheet.

    Parameters
    ----------
    analysis
        What is reported.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    The XLSX file. The same analysis gives the same bytes.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    briefing = Briefing(analysis, language)
    say = briefing.wording.say
    target = io.BytesIO()
    literal = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(target, literal) as workbook:
        created = analysis.study.date or _NO_DATE
        workbook.set_properties(
            {
                "title": f"{say('Blocks of municipalities and regional centres of gravity')}: {briefing.title}",
                "author": f"tyngdepunkt {analysis.version}",
                "created": dt.datetime(created.year, created.month, created.day),  # noqa: DTZ001 - Excel knows no zones
            }
        )
        sheets = dict(_sheets(briefing))
        _write_read_me(workbook, briefing, sheets)
        for name, table in sheets.items():
            _write_table(workbook, name, table)
        _write_table(workbook, _name(say("Data dictionary")), _dictionary(briefing, sheets))
    return target.getvalue()


def _sheets(briefing: Briefing) -> Iterator[tuple[str, Table]]:
    """Give every table that has rows, with the name of its sheet."""
    say = briefing.wording.say
    listed = (
        (say("Blocks"), list_blocks(briefing)),
        (say("Municipalities"), list_municipalities(briefing)),
        (say("Centres of gravity"), list_gravity(briefing)),
        (say("Agencies"), list_agencies(briefing)),
        (say("Every number of blocks"), list_frontier(briefing)),
        (say("Tipping prices"), list_prices(briefing)),
        (say("Plans of others"), list_references(briefing)),
        (say("Their blocks"), list_reference_blocks(briefing)),
        (say("Differences"), list_differences(briefing, *briefing.analysis.references)),
        *_cooperation(briefing),
        *_services(briefing),
        (say("Choices"), list_settings(briefing)),
        (say("Proof"), list_certificates(briefing)),
        (say("Sources"), list_sources(briefing)),
    )
    for name, table in listed:
        if table.rows:
            yield _name(name), table.pick(*(c.key for c in table.columns if c.key not in _ON_PAPER_ONLY))


def _cooperation(briefing: Briefing) -> Iterator[tuple[str, Table]]:
    """Give the tables on cooperation; none where the study has no register."""
    say = briefing.wording.say
    if briefing.analysis.cooperation is not None:
        yield say("Cooperation in blocks"), list_block_cooperation(briefing)
        yield say("Levels and forms"), list_kinds(briefing)
        yield say("Cooperation by municipality"), list_municipal_cooperation(briefing)
        yield say("Who with whom"), list_ties(briefing)
        yield say("Tasks against the count"), list_task_cooperation(briefing)
        yield say("Long-term cooperation"), list_assessments(briefing)
        yield say("Arrangements"), list_arrangements(briefing)
        yield say("Legal forms"), list_forms(briefing)


def _services(briefing: Briefing) -> Iterator[tuple[str, Table]]:
    """Give the tables on services; none where the study has neither staffing nor a register."""
    say, review = briefing.wording.say, briefing.analysis.services
    if review is not None:
        yield say("Staff in blocks"), list_capacity(briefing)
        yield say("Staff of services"), list_units(briefing)
        yield say("Large enough for"), list_sizes(briefing)
        yield say("Printed sums"), list_findings(briefing)
        yield say("Size of services"), list_structures(briefing)
        yield say("Hosting"), list_hosting(briefing)
        yield say("Hosts"), list_hosts(briefing, *review.hosting)
        yield say("Staff before and after"), list_jobs(briefing, *review.hosting)


def _dictionary(briefing: Briefing, sheets: dict[str, Table]) -> Table:
    """Return what every column of every sheet means, in what unit and from where."""
    say = briefing.wording.say
    columns = (
        Column("sheet", say("Sheet"), Kind.TEXT),
        Column("key", say("Key"), Kind.TEXT),
        Column("name", say("Column"), Kind.TEXT),
        Column("meaning", say("Meaning"), Kind.TEXT),
        Column("unit", say("Unit"), Kind.TEXT),
        Column("source", say("Source"), Kind.TEXT),
    )
    rows = tuple(
        (name, column.key, column.name, column.meaning, column.unit, column.source)
        for name, table in sheets.items()
        for column in table.columns
    )
    return Table("dictionary", say("Data dictionary"), columns, rows)


def _write_read_me(workbook: Workbook, briefing: Briefing, sheets: dict[str, Table]) -> None:
    """Write the first sheet: question, answer, how good it is, and how to read the rest."""
    say = briefing.wording.say
    sheet = workbook.add_worksheet(_name(say("Read me")))
    head = workbook.add_format({"bold": True, "font_size": 16, "font_color": _ACCENT})
    label = workbook.add_format({"bold": True, "valign": "top", "font_color": _ACCENT, "text_wrap": True})
    plain = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, clean(say("Blocks of municipalities and regional centres of gravity")), head)
    for row, (name, text) in enumerate(_facts(briefing, sheets), start=2):
        sheet.write_string(row, 0, clean(name), label)
        sheet.write_string(row, 1, clean(text), plain)


def _facts(briefing: Briefing, sheets: dict[str, Table]) -> Iterator[tuple[str, str]]:
    """Give the lines of the first sheet, each with what it is."""
    wording, analysis = briefing.wording, briefing.analysis
    say, study = wording.say, analysis.study
    yield say("Study"), f"{briefing.title} ({study.name})"
    if study.date:
        yield say("Date of the division"), wording.date(study.date)
    for part in write_front(briefing):
        if isinstance(part, Box):
            for number, item in enumerate(part.items):
                yield part.title if number == 0 else "", item
    certificates = list_certificates(briefing)
    for row in certificates.rows:
        told = [
            f"{column.name}: {column.write(cell, wording)}"
            for column, cell in zip(certificates.columns[1:], row[1:], strict=True)
        ]
        yield f"{say('Proof')}: {row[0]}", "; ".join(told)
    yield say("Program"), f"tyngdepunkt {analysis.version}"
    yield say("Seed"), str(study.settings.seed)
    yield (
        say("How to read it"),
        say(
            "Each sheet has three rows of headers: name, unit, source. An empty cell is unknown or does not apply; it"
            " is never zero. Municipality ids are text and keep their leading zero. The last sheet says what every"
            " column means."
        ),
    )
    for name, table in sheets.items():
        yield say("Sheet “{name}”", name=name), table.title
    for file, checksum in sorted(analysis.checksums.items()):
        yield say("Checksum (SHA-256) of {file}", file=f"{file}.csv"), checksum


def _write_table(workbook: Workbook, name: str, table: Table) -> None:
    """Write a table on a sheet of its own."""
    sheet = workbook.add_worksheet(name)
    head = workbook.add_format(
        {
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": _ACCENT,
            "text_wrap": True,
            "valign": "top",
            "num_format": "@",
        }
    )
    small = workbook.add_format(
        {
            "font_size": 8,
            "font_color": "#44525A",
            "bg_color": "#EEF4F5",
            "text_wrap": True,
            "valign": "top",
            "num_format": "@",
        }
    )
    last = workbook.add_format(
        {
            "font_size": 8,
            "font_color": "#44525A",
            "bg_color": "#EEF4F5",
            "text_wrap": True,
            "valign": "top",
            "bottom": 1,
            "num_format": "@",
        }
    )
    formats = {
        kind: workbook.add_format({"num_format": pattern, "valign": "top"}) for kind, pattern in _FORMATS.items()
    }
    formats[Kind.TEXT].set_text_wrap()
    decimal = workbook.add_format({"num_format": "#,##0.0", "valign": "top"})
    for place, column in enumerate(table.columns):
        for row, (text, style) in enumerate(((column.name, head), (column.unit, small), (column.source, last))):
            sheet.write_string(row, place, clean(text), style)
        sheet.set_column(place, place, _width(column, [row[place] for row in table.rows]))
    for row, cells in enumerate(table.rows, start=_HEADER_ROWS):
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            _write_cell(sheet, row, place, cell, formats[column.kind], decimal)
    sheet.freeze_panes(_HEADER_ROWS, _frozen_columns(table))
    sheet.autofilter(_HEADER_ROWS - 1, 0, _HEADER_ROWS - 1 + len(table.rows), len(table.columns) - 1)
    sheet.set_row(2, 48)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _HEADER_ROWS - 1)


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, style: Format, decimal: Format) -> None:
    """Write a value as what it is: text as text, numbers as numbers, nothing where it is unknown."""
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        sheet.write_blank(row, place, None, style)
    elif isinstance(cell, str):
        sheet.write_string(row, place, clean(cell), style)
    elif isinstance(cell, float) and style.num_format == _FORMATS[Kind.COUNT] and cell != round(cell):
        sheet.write_number(row, place, cell, decimal)
    else:
        sheet.write_number(row, place, cell, style)


def _width(column: Column, cells: list[Cell]) -> float:
    """Return the width of a column, in letters."""
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    word = max((len(word) for word in column.name.split()), default=0)
    return float(min(max(longest, word, 8) + 3, 60))


def _frozen_columns(table: Table) -> int:
    """Return how many columns stay in sight: ids and the first name."""
    for place, column in enumerate(table.columns):
        if column.kind is not Kind.ID:
            return place + 1
    return 0


def _name(text: str) -> str:
    """Return a text as the name of a sheet, which may not hold all signs."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in clean(text))[:_LONGEST_SHEET_NAME].strip()
