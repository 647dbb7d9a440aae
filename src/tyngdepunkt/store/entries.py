"""An arrangement as it is kept: the cells of its row, and who takes part."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from tyngdepunkt.tables import TABLES, Column, Kind

__all__ = [
    "ARRANGEMENTS",
    "PARTICIPANTS",
    "Cell",
    "Difference",
    "Entry",
    "entries_of",
    "frames_of",
    "list_participants",
]

ARRANGEMENTS = TABLES["arrangements"]
PARTICIPANTS = TABLES["participants"]

Cell = str | int | float | bool | None
"""Text, blank as ``""``; a number or yes or no, None where blank."""


@dataclass(frozen=True)
class Difference:
    """
    One thing that differs between two states of an arrangement.

    Parameters
    ----------
    what
        Name of the column, or ``participants``.
    before, after
        As the tables spell them; empty where blank.
    """

    what: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return it as a phrase."""
        return f"{self.what}: {self.before or 'blank'} → {self.after or 'blank'}"


@dataclass(frozen=True)
class Entry:
    """
    One row of the register.

    Parameters
    ----------
    cells
        Every column of the table arrangements to its value.
    participants
        Municipality id to how it is known that it takes part, blank where not told.
    """

    cells: Mapping[str, Cell]
    participants: Mapping[str, str]

    @property
    def id(self) -> str:
        """Id of the row."""
        return str(self.cells["arrangement_id"])

    @property
    def name(self) -> str:
        """Name of the arrangement."""
        return str(self.cells["name"])

    @property
    def pointers(self) -> frozenset[str]:
        """Ids of the rows that it names as earlier or later ones of the same."""
        told = f"{self.cells['replaces'] or ''}|{self.cells['later_id'] or ''}".split("|")
        return frozenset(each.strip() for each in told if each.strip())

    @cached_property
    def json(self) -> str:
        """The entry as text, the same for the same content; blank cells are left out."""
        cells = {name: value for name, value in sorted(self.cells.items()) if value not in ("", None)}
        return json.dumps(
            {"cells": cells, "participants": dict(sorted(self.participants.items()))},
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str) -> Entry:
        """
        Read an entry back.

        Parameters
        ----------
        text
            As `json` gives it.

        Returns
        -------
        The entry; a column that has come since is blank.
        """
        told = json.loads(text)
        return cls(
            {column.name: told["cells"].get(column.name, _blank(column)) for column in ARRANGEMENTS.columns},
            told["participants"],
        )

    def with_cells(self, **cells: Cell) -> Entry:
        """Return the entry with other values in some columns."""
        return Entry({**self.cells, **cells}, self.participants)

    def differences(self, other: Entry) -> tuple[Difference, ...]:
        """Return what differs in another state, column by column, participants last."""
        found = [
            Difference(column.name, _spell(self.cells[column.name]), _spell(other.cells[column.name]))
            for column in ARRANGEMENTS.columns
            if self.cells[column.name] != other.cells[column.name]
        ]
        if dict(self.participants) != dict(other.participants):
            found.append(
                Difference("participants", list_participants(self.participants), list_participants(other.participants))
            )
        return tuple(found)


def entries_of(tables: Mapping[str, pd.DataFrame]) -> tuple[Entry, ...]:
    """
    Return the entries of a study's tables.

    Parameters
    ----------
    tables
        Validated tables, arrangements among them.

    Returns
    -------
    In the order of the table.
    """
    participants: dict[str, dict[str, str]] = {}
    if "participants" in tables:
        for row in tables["participants"].to_dict("records"):
            participants.setdefault(str(row["arrangement_id"]), {})[str(row["municipality_id"])] = str(row["basis"])
    return tuple(
        Entry(
            {column.name: _value(row[column.name], column) for column in ARRANGEMENTS.columns},
            participants.get(str(row["arrangement_id"]), {}),
        )
        for row in tables["arrangements"].to_dict("records")
    )


def frames_of(entries: Iterable[Entry]) -> dict[str, pd.DataFrame]:
    """
    Return entries as the two tables of a study.

    Parameters
    ----------
    entries
        In the order of the rows.

    Returns
    -------
    ``arrangements`` and ``participants``, each column in its type.
    """
    kept = list(entries)
    kinds = {Kind.TEXT: "str", Kind.WHOLE: "Int64", Kind.NUMBER: "float64", Kind.YES_NO: "boolean"}
    arrangements = pd.DataFrame(
        {
            column.name: pd.Series([each.cells[column.name] for each in kept], dtype=kinds[column.kind])
            for column in ARRANGEMENTS.columns
        }
    )
    rows = [(each.id, *pair) for each in kept for pair in sorted(each.participants.items())]
    participants = pd.DataFrame(rows, columns=[column.name for column in PARTICIPANTS.columns], dtype="str")
    return {"arrangements": arrangements, "participants": participants}


def _value(value: Any, column: Column) -> Cell:  # noqa: ANN401 - whatever pandas holds
    """Return a cell of a frame as a value."""
    if column.kind is Kind.TEXT:
        return "" if pd.isna(value) else str(value)
    if pd.isna(value):
        return None
    if column.kind is Kind.YES_NO:
        return bool(value)
    return int(value) if column.kind is Kind.WHOLE else float(value)


def _blank(column: Column) -> Cell:
    """Return what a blank cell of a column is."""
    return "" if column.kind is Kind.TEXT else None


def _spell(value: Cell) -> str:
    """Return a value as text."""
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def list_participants(participants: Mapping[str, str]) -> str:
    """
    Write participants as the flat table has them.

    Parameters
    ----------
    participants
        Municipality id to how it is known that it takes part.

    Returns
    -------
    Ids with ``|`` between them, each with its basis after ``=`` where that is told.
    """
    return "|".join(f"{each}={basis}" if basis else each for each, basis in sorted(participants.items()))
