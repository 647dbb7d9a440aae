"""Spreadsheets and files of comma-separated values as grids of text, and back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from tyngdepunkt.errors import SourceError
from tyngdepunkt.messages import Message
from tyngdepunkt.store.checking import FLAT, VERSION, CellFault, Grid
from tyngdepunkt.store.entries import ARRANGEMENTS, PARTICIPANTS, Cell, Entry, list_participants
from tyngdepunkt.tables.decoding import decode
from tyngdepunkt.tables.rows import split_rows

__all__ = ["read_grids", "write_csv", "write_xlsx"]

_WORKBOOK = b"PK\x03\x04"
_SHEETS = ("arrangements", "participants")


def read_grids(content: bytes, name: str) -> tuple[Grid | None, Grid | None, tuple[CellFault, ...]]:
    """
    Read a workbook, or comma-separated values.

    Parameters
    ----------
    content
        The file.
    name
        Its name, for the faults.

    Returns
    -------
    arrangements
        The sheet of that name, or the only one; None where there is none.
    participants
        The sheet of that name; None where there is none.
    faults
        What is wrong with the file as a whole.
    """
    return _read_workbook(content, name) if content.startswith(_WORKBOOK) else _read_text(content, name)


def _read_workbook(content: bytes, name: str) -> tuple[Grid | None, Grid | None, tuple[CellFault, ...]]:
    """Read a workbook."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        mend = Message("Open it in the spreadsheet, and save it as .xlsx.")
        return (
            None,
            None,
            (CellFault(name, 0, "", "", Message("The workbook cannot be read: {error}", error=error), mend),),
        )
    found = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
    first = found.get(_SHEETS[0]) or (book.worksheets[0] if len(book.worksheets) == 1 else None)
    if first is None:
        problem = Message(
            "The workbook has no sheet {sheet}, but {others}.",
            sheet=_SHEETS[0],
            others=", ".join(book.sheetnames),
        )
        return (
            None,
            None,
            (CellFault(name, 0, "", "", problem, Message("Call one of them {sheet}.", sheet=_SHEETS[0])),),
        )
    second = found.get(_SHEETS[1])
    arrangements = _grid_of(first)
    if not arrangements.rows:
        mend = Message(
            "Let its first row be {first}, and so on.",
            first=", ".join(column.name for column in ARRANGEMENTS.columns[:4]),
        )
        return None, None, (CellFault(first.title, 0, "", "", Message("The sheet is empty."), mend),)
    participants = None if second is None or second is first else _grid_of(second)
    grids = [grid for grid in (arrangements, participants) if grid is not None]
    faults = tuple(fault for grid in grids for fault in _find_unsaved(grid, book[grid.name], formulas[grid.name]))
    return arrangements, participants, faults


def _find_unsaved(grid: Grid, saved: Any, formulas: Any) -> Iterator[CellFault]:  # noqa: ANN401 - openpyxl's own
    """Give a fault for each formula whose result was not saved, and for each that is an error."""
    for row in formulas.iter_rows():
        for cell in row:
            value = saved[cell.coordinate]
            header = next(iter(grid.rows.values()), ())
            column = header[cell.column - 1].strip() if cell.column <= len(header) else ""
            if cell.data_type == "f" and value.value is None:
                problem = Message("The formula has no saved result.")
            elif value.data_type == "e":
                problem = Message("“{value}” is a spreadsheet's error.", value=value.value)
            else:
                continue
            mend = Message("Write the value itself.")
            yield CellFault(grid.name, cell.row, column, cell.coordinate, problem, mend)


def _grid_of(sheet: Any) -> Grid:  # noqa: ANN401 - openpyxl's own
    """Return a sheet as text, rows that hold nothing left out."""
    rows = {}
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=sheet.min_row):
        cells = [""] * (sheet.min_column - 1) + [_spell(value) for value in row]
        if any(cell.strip() for cell in cells):
            rows[number] = cells
    return Grid(sheet.title, rows, lettered=True)


def _spell(value: object) -> str:
    """Return what a cell holds as the tables spell it."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 - exact
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value)


def _read_text(content: bytes, name: str) -> tuple[Grid | None, Grid | None, tuple[CellFault, ...]]:
    """Read comma-separated values."""
    decoded = decode(content, name)
    faults = [CellFault(name, each.row, each.column, "", each.problem, each.mend) for each in decoded.faults]
    if decoded.text is None:
        return None, None, tuple(faults)
    known = [*(column.name for column in ARRANGEMENTS.columns), FLAT]
    split = split_rows(decoded.text, name, known=known)
    faults += [CellFault(name, each.row, each.column, "", each.problem, each.mend) for each in split.faults]
    if split.header is None:
        mend = Message("Let its first line be {first}, and so on.", first=",".join(known[:4]))
        return None, None, (*faults, CellFault(name, 0, "", "", Message("The file is empty."), mend))
    rows = {row.line: list(row.cells) for row in (split.header, *split.rows)}
    return Grid(name, rows, lettered=False), None, tuple(faults)


def write_csv(entries: Iterable[Entry], *, versions: Mapping[str, int] | None = None) -> str:
    """
    Write the register as comma-separated values, one row an arrangement.

    Parameters
    ----------
    entries
        The arrangements.
    versions
        Id to the version that is written, so that an import sees what others changed since; 1 where not told.

    Returns
    -------
    Every column of the table arrangements, ``participants``: ids with ``|`` between them, a basis after ``=``, and
    ``version``.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([*(column.name for column in ARRANGEMENTS.columns), FLAT, VERSION])
    for entry in entries:
        cells = [_write(entry.cells[column.name]) for column in ARRANGEMENTS.columns]
        writer.writerow([*cells, list_participants(entry.participants), (versions or {}).get(entry.id, 1)])
    return target.getvalue()


def write_xlsx(
    entries: Iterable[Entry], path: Path, *, names: Mapping[str, str], versions: Mapping[str, int] | None = None
) -> None:
    """
    Write the register as a workbook that can be edited and imported again.

    Parameters
    ----------
    entries
        The arrangements.
    path
        The file; replaced where it exists.
    names
        Municipality id to name, for a sheet to look them up in.
    versions
        As for `write_csv`.

    Raises
    ------
    SourceError
        Where it cannot be written.
    """
    kept = list(entries)
    try:
        with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
            head, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
            _write_sheet(
                book.add_worksheet(_SHEETS[0]),
                [*(column.name for column in ARRANGEMENTS.columns), VERSION],
                [
                    [*(entry.cells[column.name] for column in ARRANGEMENTS.columns), (versions or {}).get(entry.id, 1)]
                    for entry in kept
                ],
                (head, text),
            )
            _write_sheet(
                book.add_worksheet(_SHEETS[1]),
                [column.name for column in PARTICIPANTS.columns],
                [[entry.id, *pair] for entry in kept for pair in sorted(entry.participants.items())],
                (head, text),
            )
            _write_sheet(
                book.add_worksheet("columns"),
                ["column", "meaning", "what a cell holds", "allowed"],
                [[each.name, each.meaning, each.kind.value, ", ".join(each.allowed)] for each in ARRANGEMENTS.columns],
                (head, text),
            )
            _write_sheet(
                book.add_worksheet("municipalities"),
                ["municipality_id", "name"],
                [list(pair) for pair in sorted(names.items())],
                (head, text),
            )
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise SourceError(f"{path} cannot be written: {error}. Is it open in the spreadsheet?") from error


def _write_sheet(sheet: Any, header: Sequence[str], rows: Sequence[Sequence[Cell]], formats: tuple[Any, Any]) -> None:  # noqa: ANN401 - xlsxwriter's own
    """Write a sheet, text as text, so that 0301 keeps its zero."""
    head, text = formats
    for place, name in enumerate(header):
        sheet.write_string(0, place, name, head)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_number(number, place, int(value))
            elif isinstance(value, int | float):
                sheet.write_number(number, place, value)
            elif value:
                sheet.write_string(number, place, value, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(header) - 1)


def _write(value: Cell) -> str:
    """Return a value as comma-separated values have it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return f"{value:.15g}" if isinstance(value, float) else str(value)
