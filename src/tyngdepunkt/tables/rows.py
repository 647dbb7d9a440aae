"""Text as rows of cells: where the separators and quotation marks are, and on which line each row begins."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tyngdepunkt.errors import Fault
from tyngdepunkt.messages import Message
from tyngdepunkt.tables.quoting import quote

__all__ = ["Row", "Rows", "split_rows"]

_SEPARATORS = {
    ",": Message("commas"),
    ";": Message("semicolons"),
    "\t": Message("tabs"),
    "|": Message("bars"),
}
_FIRST_LINE_FOR_EXCEL = re.compile(r'"?sep=.?"?\s*', re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """
    One row.

    Parameters
    ----------
    line
        Line on which it begins, as an editor counts.
    cells
        Its cells, without spaces around them.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """
    A table as cells of text.

    Parameters
    ----------
    header
        The first row that holds anything; None where there is none.
    rows
        The rows after it that hold anything.
    faults
        What was wrong with separators and quotation marks.
    """

    header: Row | None
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def split_rows(text: str, file: str, *, known: Sequence[str]) -> Rows:
    """
    Split text into rows of cells.

    Parameters
    ----------
    text
        The file's text.
    file
        Its name, for the faults.
    known
        Column names; the separator is the one that finds most of them in the header.

    Returns
    -------
    The rows. Blank lines are passed over. Another separator than the comma is a fault, and the cells are there.
    """
    lines = list(io.StringIO(text, newline=""))
    faults: list[Fault] = []
    start = _first(lines, 0)
    if start < len(lines) and _FIRST_LINE_FOR_EXCEL.fullmatch(lines[start]):
        problem = Message("The line {line} is no part of the table.", line=quote(lines[start].strip()))
        faults.append(
            Fault(file, start + 1, "", problem, Message("Delete the line, and separate the cells by commas."))
        )
        start = _first(lines, start + 1)
    if start == len(lines):
        return Rows(None, (), tuple(faults))
    separator = _separator(lines[start], known)
    if separator != ",":
        problem = Message("The cells are separated by {separator}, not by commas.", separator=_SEPARATORS[separator])
        faults.append(Fault(file, start + 1, "", problem, Message("Save it again as “CSV UTF-8 (comma delimited)”.")))
    found: list[Row] = []
    for row in _parse(lines, start, separator):
        if isinstance(row, Row):
            if any(row.cells):
                found.append(row)
        else:
            problem = Message("A quotation mark is opened and not closed, or stands in the middle of a cell.")
            mend = Message('Put the whole cell in quotation marks, and write " within it as "".')
            faults.append(Fault(file, row, "", problem, mend))
    return Rows(found[0] if found else None, tuple(found[1:]), tuple(faults))


def _first(lines: Sequence[str], start: int) -> int:
    """Return the index of the first line from `start` that holds anything."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    return start


def _separator(header: str, known: Sequence[str]) -> str:
    """Return the separator that finds most known names in a header, the comma where several do."""
    names = set(known)

    def found(separator: str) -> int:
        return sum(cell.strip(' "\r\n').casefold() in names for cell in header.split(separator))

    best = max(_SEPARATORS, key=found)
    if not found(best):
        best = max(_SEPARATORS, key=header.count)
    return best


def _parse(lines: Sequence[str], start: int, separator: str) -> Iterator[Row | int]:
    """Give the rows; where one cannot be read the line it begins on, and go on with the next line."""
    while start < len(lines):
        rest = (lines[place] for place in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=separator, strict=True, skipinitialspace=separator != "\t")
        begun = 0
        try:
            for cells in reader:
                yield Row(start + begun + 1, tuple(cell.strip() for cell in cells))
                begun = reader.line_num
        except csv.Error:
            yield start + begun + 1
            begun += 1
        start += begun
