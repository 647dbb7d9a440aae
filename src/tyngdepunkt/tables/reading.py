"""One file to one validated table: bytes, text, rows, header, cells, values, with every fault on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tyngdepunkt.errors import Fault
from tyngdepunkt.messages import Message
from tyngdepunkt.tables.cells import Complaint, read_cells
from tyngdepunkt.tables.columns import Column
from tyngdepunkt.tables.decoding import decode
from tyngdepunkt.tables.headers import Header, match_header
from tyngdepunkt.tables.quoting import join_words
from tyngdepunkt.tables.registry import Table
from tyngdepunkt.tables.rows import Row, split_rows
from tyngdepunkt.tables.rules import check_values

__all__ = ["Reading", "read_table"]


@dataclass(frozen=True, eq=False)
class Reading:
    """
    A file, read as far as it can be.

    Parameters
    ----------
    table
        What it should hold.
    frame
        Every column of the table, in its type; a cell that was not understood is missing, a column that the file
        does not have is blank. None where nothing can be read.
    lines
        Line of the file on which each row of the frame begins.
    faults
        Everything that is wrong with the file by itself.
    whole
        Whether the file has every column that may not be blank: if not, what is between its rows is not worth asking.
    """

    table: Table
    frame: pd.DataFrame | None
    lines: tuple[int, ...]
    faults: tuple[Fault, ...]
    whole: bool = False

    def fault(self, position: int, column: str, problem: str, mend: str) -> Fault:
        """Return a fault of the row at a position of the frame."""
        return Fault(self.table.file, self.lines[position], column, problem, mend)


def read_table(content: bytes, table: Table) -> Reading:
    """
    Read a table.

    Parameters
    ----------
    content
        The file.
    table
        What it should hold.

    Returns
    -------
    What could be read, and every fault. Reading goes on after a fault as if it were mended, so that all of
    them come at once; whatever the bytes, nothing is raised.
    """
    decoded = decode(content, table.file)
    if decoded.text is None:
        return Reading(table, None, (), decoded.faults)
    split = split_rows(decoded.text, table.file, known=[column.name for column in table.columns])
    faults = [*decoded.faults, *split.faults]
    if split.header is None:
        first = table.header
        mend = (
            Message("Let its first line be {first}.", first=first)
            if table.required
            else Message("Let its first line be {first}, or delete the file.", first=first)
        )
        return Reading(table, None, (), (*faults, Fault(table.file, 0, "", Message("The file is empty."), mend)))
    header = match_header(split.header, table)
    faults += header.faults
    if not header.places:
        return Reading(table, None, (), tuple(faults))
    ragged = {
        position: fault
        for position, row in enumerate(split.rows)
        if (fault := _check_width(row, split.header, header, table))
    }
    complaints = _Complaints(split.rows, table, header, ragged)
    frame = pd.DataFrame({column.name: complaints.read(column) for column in table.columns})
    for name, complaint in check_values(frame[[name for name in frame if name in header.places]], table):
        complaints.add(name, complaint)
    lines = tuple(row.line for row in split.rows)
    whole = all(column.blank or column.name in header.places for column in table.columns)
    return Reading(table, frame, lines, (*faults, *ragged.values(), *complaints.faults), whole)


class _Complaints:
    """Gathers faults cell by cell, one a cell and none in a row that has too many or too few cells."""

    def __init__(self, rows: Sequence[Row], table: Table, header: Header, ragged: dict[int, Fault]) -> None:
        self.rows = rows
        self.table = table
        self.places = header.places
        self.ragged = ragged
        self.told: set[tuple[int, str]] = set()
        self.faults: list[Fault] = []

    def read(self, column: Column) -> pd.Series:
        """Read a column's cells, blank where the file has none."""
        place = self.places.get(column.name)
        texts = ["" if place is None or place >= len(row.cells) else row.cells[place] for row in self.rows]
        cells = read_cells(texts, column)
        for complaint in cells.complaints:
            self.add(column.name, complaint)
        return cells.parsed

    def add(self, name: str, complaint: Complaint) -> None:
        """Take a complaint, unless the cell or its row has been complained of."""
        at = complaint.position
        if name in self.places and at not in self.ragged and (at, name) not in self.told:
            self.told.add((at, name))
            self.faults.append(Fault(self.table.file, self.rows[at].line, name, complaint.problem, complaint.mend))


def _check_width(row: Row, first: Row, header: Header, table: Table) -> Fault | None:
    """Return the fault of a row with more or fewer cells than the header; blank ones at the end count for nothing."""
    cells = list(row.cells)
    while len(cells) > header.width and not cells[-1]:
        cells.pop()
    found, needed = len(cells), header.width
    if found == needed:
        return None
    problem = Message("The row has {found} and the header {needed}.", found=_count(found), needed=_count(needed))
    if found < needed:
        names = join_words(name or Message("the one without a name") for name in first.cells[found:needed])
        mend = Message("Add what is missing: {names}; a blank cell still takes its comma.", names=names)
        return Fault(table.file, row.line, "", problem, mend)
    mend = Message('Put a text that has a comma in quotation marks, "like this, one".')
    if found == needed + 1 and (halves := _halves(cells)):
        comma, point = ",".join(halves), ".".join(halves)
        mend = Message(
            "If {comma} is one number, write {point}; if it is text, put it in quotation marks.",
            comma=comma,
            point=point,
        )
    return Fault(table.file, row.line, "", problem, mend)


def _halves(cells: Sequence[str]) -> tuple[str, str] | None:
    """Return the last two neighbouring cells that could be one number with a decimal comma."""
    for left, right in zip(reversed(cells[:-1]), reversed(cells[1:]), strict=True):
        if left.lstrip("-").isdecimal() and right.isdecimal():
            return left, right
    return None


def _count(cells: int) -> str:
    """Return a number of cells in words."""
    return Message("1 cell") if cells == 1 else Message("{count} cells", count=cells)
