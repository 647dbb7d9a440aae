"""Which cell of a header is which column of the table, and what is wrong with the names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt.errors import Fault
from tyngdepunkt.messages import Message
from tyngdepunkt.tables.quoting import join_words, nearest, quote, unquoted
from tyngdepunkt.tables.registry import Table
from tyngdepunkt.tables.rows import Row

__all__ = ["Header", "match_header"]


@dataclass(frozen=True)
class Header:
    """
    A header, understood.

    Parameters
    ----------
    places
        Name of a column to its place in the row. A misspelt name counts as the column it stands for.
    width
        How many cells a row has, blank names at the end left out.
    faults
        What is wrong with it.
    """

    places: Mapping[str, int]
    width: int
    faults: tuple[Fault, ...]


def match_header(header: Row, table: Table) -> Header:
    """
    Match the cells of a header with the columns of a table.

    Parameters
    ----------
    header
        The first row of the file.
    table
        The table that the file should hold.

    Returns
    -------
    Where each column is. A column that is nowhere is a fault unless its cells may be blank.
    """
    names = list(header.cells)
    while names and not names[-1]:
        names.pop()
    known = {column.name: column for column in table.columns}
    places = {name: place for place, name in reversed(list(enumerate(names))) if name in known}
    faults = []
    for place, name in enumerate(names):
        if places.get(name) == place:
            continue
        if name in known:
            problem, mend = Message("Two columns are called {name}.", name=name), Message("Delete one of them.")
        elif not name:
            problem, mend = (
                Message("Column {number} has no name.", number=place + 1),
                Message("Name it, or delete the column."),
            )
        elif meant := _meant(name, table, places):
            places[meant] = place
            problem, mend = (
                Message("The table knows no column {name}.", name=quote(name)),
                Message("Rename it to {meant}.", meant=meant),
            )
        else:
            problem = Message("The table knows no column {name}.", name=quote(name))
            mend = Message(
                "Delete the column, or rename it to one of {known}.",
                known=join_words(known, last="or", most=len(known)),
            )
            if near := nearest(name, known):
                mend = Message("Delete the column: the table has {near} already.", near=near)
        faults.append(Fault(table.file, header.line, unquoted(name), problem, mend))
    if not places:
        problem = Message(
            "The first row, {cells}, holds none of the table's column names.", cells=quote(",".join(header.cells))
        )
        needed = ",".join(column.name for column in table.columns if not column.blank)
        return Header(
            {},
            0,
            (Fault(table.file, header.line, "", problem, Message("Let the first row be {needed}.", needed=needed)),),
        )
    for column in table.columns:
        if column.name not in places and not column.blank:
            problem = Message("The column {name} is missing.", name=column.name)
            unit = f" [{column.unit}]" if column.unit else ""
            mend = Message(
                "Add it: {meaning}{unit}, such as {example}.",
                meaning=column.meaning[:1].lower() + column.meaning[1:],
                unit=unit,
                example=column.example,
            )
            faults.append(Fault(table.file, header.line, column.name, problem, mend))
    return Header(places, len(names), tuple(faults))


def _meant(name: str, table: Table, taken: Mapping[str, int]) -> str | None:
    """Return the column that a name stands for and that the header does not have yet."""
    free = [column for column in table.columns if column.name not in taken]
    others = {also: column.name for column in free for also in column.also}
    return others.get(name.casefold().replace(" ", "_")) or nearest(name, (column.name for column in free))
