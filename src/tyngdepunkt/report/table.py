"""A table of results, as the report and the spreadsheet share it: each column with name, unit and source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tyngdepunkt.texts.wording import Wording

__all__ = ["Cell", "Column", "Kind", "Table"]

Cell = str | int | float | None
"""A value as it is; None where it is unknown or where there is none."""


class Kind(StrEnum):
    """What a column holds, and so how it is written and aligned."""

    TEXT = "text"
    ID = "id"
    COUNT = "count"
    CHANGE = "change"
    SHARE = "share"
    MINUTES = "minutes"
    DECIMAL = "decimal"


@dataclass(frozen=True)
class Column:
    """
    A column.

    Parameters
    ----------
    key
        Name of the column in this package, the same in every language.
    name
        Its header.
    kind
        What it holds.
    unit
        Unit of its values, in the reader's language; empty for text.
    source
        Where its values come from: a table of the study, or this analysis.
    meaning
        One sentence on what it says, for the data dictionary.
    empty
        What stands in the report where there is no value; the word for unknown unless said otherwise.
    is_list
        Whether its cells list so much that it gets the room that the other columns leave.
    """

    key: str
    name: str
    kind: Kind
    unit: str = ""
    source: str = ""
    meaning: str = ""
    empty: str | None = None
    is_list: bool = False

    def write(self, cell: Cell, wording: Wording) -> str:
        """
        Write a value as a reader of a language expects it; its unit stands in the header.

        Parameters
        ----------
        cell
            The value.
        wording
            The language.

        Returns
        -------
        The text.
        """
        if cell is None and self.empty is not None:
            return self.empty
        if isinstance(cell, str):
            return cell
        match self.kind:
            case Kind.SHARE:
                return wording.share(cell)
            case Kind.CHANGE:
                return wording.change(cell)
            case Kind.DECIMAL:
                return wording.decimal(cell)
            case Kind.MINUTES:
                return wording.count(cell if cell is None or not math.isfinite(cell) else round(cell))
            case _:
                return wording.count(cell)


@dataclass(frozen=True)
class Table:
    """
    A table.

    Parameters
    ----------
    key
        Its name in this package, the same in every language.
    title
        Its caption.
    columns
        In order.
    rows
        One value a column.
    note
        What must be known to read it; empty for nothing.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def pick(self, *keys: str) -> Table:
        """
        Return the table with some of its columns, in the order given.

        Parameters
        ----------
        *keys
            Keys of columns.

        Returns
        -------
        The narrower table.

        Raises
        ------
        KeyError
            Where there is no such column.
        """
        places = {column.key: place for place, column in enumerate(self.columns)}
        chosen = [places[key] for key in keys]
        return replace(
            self,
            columns=tuple(self.columns[place] for place in chosen),
            rows=tuple(tuple(row[place] for place in chosen) for row in self.rows),
        )

    def with_rows(self, rows: Sequence[tuple[Cell, ...]]) -> Table:
        """Return the table with other rows."""
        return replace(self, rows=tuple(rows))
