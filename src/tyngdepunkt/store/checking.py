"""
Rows of text checked and made entries: what an import and the workbench's form go through alike.

The cells are read as those of a study's tables are, with the same complaints and the same advice; then come the
municipalities and earlier rows that a row points to. Every fault names the cell that it is about.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tyngdepunkt.messages import Message
from tyngdepunkt.store.entries import ARRANGEMENTS, PARTICIPANTS, Cell, Entry, entries_of
from tyngdepunkt.study.identities import Ids
from tyngdepunkt.tables import Reading, Table, read_table
from tyngdepunkt.tables.quoting import quote

__all__ = ["FLAT", "VERSION", "CellFault", "Checked", "Grid", "check_entry", "check_grids", "part_column"]

FLAT = "participants"
"""Column of a flat table that holds who takes part: ids with ``|`` between them, a basis after ``=``."""
VERSION = "version"
"""Column of an exported table that says which version of each arrangement was seen; blank or absent where none was."""

_LINE_BREAKS = re.compile(r"[\r\n]+")


@dataclass(frozen=True, order=True)
class CellFault:
    """
    Something that is wrong with one cell, row or sheet.

    Parameters
    ----------
    sheet
        Name of the sheet, or of the file where that has no sheets.
    row
        Row as the spreadsheet numbers it; 0 where it is of no row.
    column
        Name of the column; empty where it is of none.
    cell
        The cell as a spreadsheet names it (``F14``); empty where it is of none, or there is no sheet.
    problem, mend
        What is wrong, and what would put it right.
    """

    sheet: str
    row: int
    column: str
    cell: str
    problem: str
    mend: str

    @property
    def place(self) -> str:
        """Where it is."""
        told = {"sheet": self.sheet, "row": self.row, "column": self.column, "cell": self.cell}
        if self.cell and self.column:
            return Message("Sheet {sheet}, cell {cell} ({column})", **told)
        if self.cell:
            return Message("Sheet {sheet}, cell {cell}", **told)
        if self.row and self.column:
            return Message("{sheet}, row {row}, column {column}", **told)
        if self.row:
            return Message("{sheet}, row {row}", **told)
        return Message("{sheet}, column {column}", **told) if self.column else self.sheet

    @property
    def message(self) -> Message:
        """The fault as one line."""
        if not self.mend:
            return Message("{place}: {problem}", place=self.place, problem=self.problem)
        return Message("{place}: {problem} {mend}", place=self.place, problem=self.problem, mend=self.mend)

    def __str__(self) -> str:
        """Return the fault as one line."""
        return str(self.message)


@dataclass(frozen=True)
class Grid:
    """
    A sheet, or a file of comma-separated values, as cells of text.

    Parameters
    ----------
    name
        Of the sheet or the file.
    rows
        Number of each row that holds anything, as the spreadsheet counts, to its cells; the first is the header.
    lettered
        Whether its cells have names such as ``F14``.
    """

    name: str
    rows: Mapping[int, Sequence[str]]
    lettered: bool

    def fault(self, row: int, column: str, problem: str, mend: str) -> CellFault:
        """Return a fault of a row, and of its cell in a column where it has one."""
        place = self.place(column)
        cell = f"{_letter(place)}{row}" if self.lettered and row and place is not None else ""
        if self.lettered and row and not cell:
            cell = f"A{row}"
        return CellFault(self.name, row, column, cell, problem, mend)

    def place(self, column: str) -> int | None:
        """Return the place of a column in the header; None where it has none."""
        header = next(iter(self.rows.values()), ())
        names = [name.strip() for name in header]
        return names.index(column) if column in names else None


@dataclass(frozen=True)
class Checked:
    """
    Rows, checked.

    Parameters
    ----------
    entries
        Row of the sheet of arrangements to the entry, where nothing is wrong with it.
    faults
        Everything that is wrong, in order of sheet and row.
    faulty
        Rows of the sheet of arrangements that are not among the entries.
    """

    entries: Mapping[int, Entry]
    faults: tuple[CellFault, ...]
    faulty: frozenset[int]


def check_grids(
    arrangements: Grid,
    participants: Grid | None,
    *,
    municipalities: Mapping[str, str],
    known: Mapping[str, Entry],
) -> Checked:
    """
    Check the sheets of an import.

    Parameters
    ----------
    arrangements
        One row an arrangement; columns that it lacks keep what the register has. It may have a column ``participants``.
    participants
        One row a participation; None where who takes part stands in the column, or is not told and stays as it is.
    municipalities
        Id to name of the study's municipalities.
    known
        Id to arrangement of the register.

    Returns
    -------
    Every row of arrangements either as an entry or as faulty, and every fault. A fault of a row of participants is one
    of its arrangement too.
    """
    check = _Check(arrangements, participants, Ids("municipalities.csv", municipalities), known)
    return check.run()


def check_entry(
    cells: Mapping[str, str],
    participants: Mapping[str, str],
    *,
    municipalities: Mapping[str, str],
    known: Mapping[str, Entry],
) -> tuple[Entry | None, tuple[CellFault, ...]]:
    """
    Check a single arrangement, as a form gives it.

    Parameters
    ----------
    cells
        Column to its text; columns that are not there are blank, or keep what the register has.
    participants
        Municipality id to how it is known that it takes part, blank where not told.
    municipalities, known
        As for `check_grids`.

    Returns
    -------
    The entry, None where anything is wrong, and what is wrong, each fault with its column.
    """
    flat = "|".join(f"{each}={basis}" if basis else each for each, basis in participants.items())
    row = {**{name: text for name, text in cells.items() if name != FLAT}, FLAT: flat}
    grid = Grid("arrangement", {1: list(row), 2: list(row.values())}, lettered=False)
    checked = check_grids(grid, None, municipalities=municipalities, known=known)
    return checked.entries.get(2), checked.faults


@dataclass
class _Check:
    """One check: what was found so far."""

    arrangements: Grid
    participants: Grid | None
    municipalities: Ids
    known: Mapping[str, Entry]
    faults: list[CellFault] = field(default_factory=list)
    faulty: set[int] = field(default_factory=set)

    def run(self) -> Checked:
        """Check everything."""
        body = dict(list(self.arrangements.rows.items())[1:])
        plain, flat = part_column(self.arrangements, FLAT)
        plain, _ = part_column(plain, VERSION)
        reading = self._read(plain, ARRANGEMENTS, self.arrangements)
        if not reading.whole or reading.frame is None:
            return Checked({}, self._told(), frozenset(body))
        whole = entries_of({"arrangements": reading.frame})
        lines = dict(zip(reading.lines, whole, strict=True))
        present = {column.name for column in ARRANGEMENTS.columns if self.arrangements.place(column.name) is not None}
        entries = {row: self._complete(entry, present) for row, entry in lines.items()}
        for row in body.keys() - entries.keys():
            self._complain(
                row,
                FLAT,
                Message("The row tells who takes part, and not in what."),
                Message("Fill in the other columns."),
            )
        self._check_ids(entries)
        self._check_pointers(entries)
        self._check_years(entries)
        parts = self._read_participants(entries, flat)
        found = {
            row: Entry(entry.cells, parts.get(row, entry.participants))
            for row, entry in entries.items()
            if row not in self.faulty
        }
        return Checked(found, self._told(), frozenset(set(body) - set(found)))

    def _told(self) -> tuple[CellFault, ...]:
        """Return every fault once, in order of sheet and row."""
        return tuple(sorted(set(self.faults), key=lambda each: (each.sheet, each.row, each.cell, each.column)))

    def _complain(self, row: int, column: str, problem: str, mend: str) -> None:
        """Take a fault of a row of arrangements."""
        self.faults.append(self.arrangements.fault(row, column, problem, mend))
        self.faulty.add(row)

    def _read(self, grid: Grid, table: Table, named: Grid) -> Reading:
        """Read a sheet as a table; its faults get the names of the cells."""
        reading = read_table(_as_csv(grid).encode("utf-8", "replace"), table)
        for each in reading.faults:
            self.faults.append(named.fault(each.row, each.column, each.problem, each.mend))
            if named is self.arrangements:
                self.faulty.add(each.row)
        return reading

    def _complete(self, entry: Entry, present: set[str]) -> Entry:
        """Return an entry with what the sheet does not tell as the register has it."""
        old = self.known.get(entry.id)
        if old is None:
            return entry
        cells: dict[str, Cell] = {
            name: value if name in present else old.cells[name] for name, value in entry.cells.items()
        }
        return Entry(cells, old.participants)

    def _check_ids(self, entries: Mapping[int, Entry]) -> None:
        """Find ids that stand twice."""
        first: dict[str, int] = {}
        for row, entry in entries.items():
            if entry.id and first.setdefault(entry.id, row) != row:
                problem = Message(
                    "{arrangement} is there already, in row {row}.", arrangement=entry.id, row=first[entry.id]
                )
                self._complain(
                    row, "arrangement_id", problem, Message("Delete one of them, or give it an id of its own.")
                )

    def _check_pointers(self, entries: Mapping[int, Entry]) -> None:
        """Find hosts, and earlier and later rows, that are not there."""
        ids = {entry.id for entry in entries.values()} | set(self.known)
        for row, entry in entries.items():
            self._check_municipality(str(entry.cells["host_id"]), partial(self._complain, row, "host_id"))
            for name in ("replaces", "later_id"):
                for each in str(entry.cells[name]).split("|"):
                    if each.strip() and each.strip() not in ids:
                        problem = Message(
                            "{given} is no arrangement of this file or of the register.", given=quote(each.strip())
                        )
                        self._complain(row, name, problem, Message("Correct the id, or leave the cell blank."))
                    elif each.strip() == entry.id:
                        self._complain(
                            row,
                            name,
                            Message("An arrangement comes before or after itself."),
                            Message("Leave it blank."),
                        )

    def _check_years(self, entries: Mapping[int, Entry]) -> None:
        """Find arrangements that end before they begin."""
        for row, entry in entries.items():
            begun, ended = entry.cells["year_start"], entry.cells["year_end"]
            if isinstance(begun, int) and isinstance(ended, int) and ended < begun:
                self._complain(
                    row,
                    "year_end",
                    Message("It ends in {ended} and begins in {begun}.", ended=ended, begun=begun),
                    Message("Correct one of the years."),
                )

    def _check_municipality(self, text: str, complain: Callable[[str, str], None]) -> bool:
        """Complain of an id that is none of the study's municipalities; return whether it is fine."""
        if not text or text in self.municipalities.names:
            return True
        if meant := self.municipalities.meant(text):
            complain(
                Message("The id {given} {told}.", given=quote(text), told=meant[1]),
                Message("Write {value}.", value=meant[0]),
            )
        else:
            mend = Message("Correct the id; who is outside the study goes into the column outside.")
            complain(Message("{given} is no municipality of the study.", given=quote(text)), mend)
        return False

    def _read_participants(self, entries: Mapping[int, Entry], flat: Mapping[int, str]) -> dict[int, dict[str, str]]:
        """Return row of an arrangement to who takes part, where the sheets tell."""
        found = {row: self._read_flat(row, flat[row]) for row in entries if row in flat}
        if self.participants is None:
            return found
        if found:
            problem = Message("Who takes part stands in a column here, and in a sheet of its own.")
            self.faults.append(self.arrangements.fault(0, FLAT, problem, Message("Delete one of them.")))
            self.faulty.update(entries)
        return self._read_sheet(self.participants, entries)

    def _read_flat(self, row: int, text: str) -> dict[str, str]:
        """Read the participants of one cell."""
        found: dict[str, str] = {}
        allowed = PARTICIPANTS.column("basis").allowed
        for part in filter(None, (each.strip() for each in text.split("|"))):
            municipality, _, basis = (each.strip() for each in part.partition("="))
            if municipality in found:
                self._complain(
                    row,
                    FLAT,
                    Message("{municipality} takes part twice.", municipality=municipality),
                    Message("Name it once."),
                )
            if basis and basis not in allowed:
                self._complain(
                    row,
                    FLAT,
                    Message("{given} is not one of {known}.", given=quote(basis), known=", ".join(allowed)),
                    Message("Write one of these."),
                )
            if self._check_municipality(municipality, partial(self._complain, row, FLAT)):
                found[municipality] = basis
        return found

    def _read_sheet(self, grid: Grid, entries: Mapping[int, Entry]) -> dict[int, dict[str, str]]:
        """Read the sheet of participants; an arrangement that it does not name has none."""
        row_of: dict[str, int] = {}
        for row, entry in entries.items():
            row_of.setdefault(entry.id, row)
        found: dict[int, dict[str, str]] = {row: {} for row in entries}
        before = len(self.faults)
        reading = self._read(grid, PARTICIPANTS, grid)
        bad = {each.row for each in self.faults[before:]}
        if reading.frame is None or not reading.whole:
            self.faulty.update(entries)
            return found
        for line, told in zip(reading.lines, reading.frame.to_dict("records"), strict=True):
            owner = row_of.get(str(told["arrangement_id"]))
            municipality = str(told["municipality_id"])
            wrong = line in bad

            def complain(problem: str, mend: str, at: int = line, column: str = "municipality_id") -> None:
                self.faults.append(grid.fault(at, column, problem, mend))

            if owner is None and told["arrangement_id"]:
                problem = Message(
                    "{arrangement} is no row of the sheet {sheet}.",
                    arrangement=quote(str(told["arrangement_id"])),
                    sheet=self.arrangements.name,
                )
                complain(problem, Message("Add the arrangement there, or delete this row."), column="arrangement_id")
            wrong = not self._check_municipality(municipality, complain) or wrong
            if owner is not None and municipality in found[owner]:
                complain(
                    Message(
                        "{municipality} takes part in {arrangement} twice.",
                        municipality=municipality,
                        arrangement=told["arrangement_id"],
                    ),
                    Message("Delete one of the rows."),
                )
                wrong = True
            if owner is not None:
                found[owner][municipality] = str(told["basis"])
                if wrong:
                    self.faulty.add(owner)
        return found


def _letter(place: int) -> str:
    """Return how a spreadsheet names a column, counted from 0: A to Z, then AA."""
    rest, letter = divmod(place, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("A") + letter)


def part_column(grid: Grid, column: str) -> tuple[Grid, dict[int, str]]:
    """
    Return a grid without one of its columns, and that column by row.

    Parameters
    ----------
    grid
        The grid.
    column
        Name of the column.

    Returns
    -------
    The grid as it was and nothing where it has no such column.
    """
    place = grid.place(column)
    if place is None:
        return grid, {}
    flat = {row: cells[place] if place < len(cells) else "" for row, cells in list(grid.rows.items())[1:]}
    rows = {row: [*cells[:place], *cells[place + 1 :]] for row, cells in grid.rows.items()}
    return Grid(grid.name, rows, grid.lettered), flat


def _as_csv(grid: Grid) -> str:
    """Return a grid as comma-separated values, each row on the line of its number."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    rows = grid.rows
    width = len(next(iter(rows.values()), ()))
    for line in range(1, max(rows, default=0) + 1):
        cells = [_LINE_BREAKS.sub(" ", cell).strip() for cell in rows.get(line, ())]
        writer.writerow(_fit(cells, width))
    return target.getvalue()


def _fit(cells: Iterable[str], width: int) -> list[str]:
    """Return cells as many as the header has; blank ones at the end come and go."""
    kept = list(cells)
    while len(kept) > width and not kept[-1]:
        kept.pop()
    return kept + [""] * (width - len(kept))
