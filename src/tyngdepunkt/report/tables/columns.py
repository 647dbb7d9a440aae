"""Columns that rest on the same tables, each written down in a line: key, name, meaning."""

from __future__ import annotations

from dataclasses import dataclass

from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.table import Column, Kind
from tyngdepunkt.texts.wording import Wording, later

__all__ = ["Origin", "from_analysis", "from_column"]

_UNITS = {
    Kind.COUNT: later("number"),
    Kind.CHANGE: later("number"),
    Kind.SHARE: later("per cent"),
    Kind.MINUTES: later("minutes"),
}
"""Unit of a column that says no other."""


@dataclass(frozen=True)
class Origin:
    """
    Where values come from, and the columns that show them.

    Names, meanings and units are given as the catalogues have them in English; words of a study, and such as are in the
    reader's language already, stand as they are.

    Parameters
    ----------
    wording
        The reader's language.
    source
        The tables, in words.
    """

    wording: Wording
    source: str

    def text(self, key: str, name: str, meaning: str, *, unit: str = "", empty: str | None = None) -> Column:
        """Return a column of text."""
        return self._column(Kind.TEXT, key, name, meaning, unit, empty)

    def ident(self, key: str, name: str, meaning: str, *, empty: str | None = None) -> Column:
        """Return a column of ids, or of years, which are set as they stand."""
        return self._column(Kind.ID, key, name, meaning, "", empty)

    def count(self, key: str, name: str, meaning: str, *, unit: str = "", empty: str | None = None) -> Column:
        """Return a column of whole numbers."""
        return self._column(Kind.COUNT, key, name, meaning, unit, empty)

    def change(self, key: str, name: str, meaning: str, *, empty: str | None = None) -> Column:
        """Return a column of differences, each with its sign."""
        return self._column(Kind.CHANGE, key, name, meaning, "", empty)

    def share(self, key: str, name: str, meaning: str, *, empty: str | None = None) -> Column:
        """Return a column of shares."""
        return self._column(Kind.SHARE, key, name, meaning, "", empty)

    def minutes(self, key: str, name: str, meaning: str, *, empty: str | None = None) -> Column:
        """Return a column of travel times."""
        return self._column(Kind.MINUTES, key, name, meaning, "", empty)

    def decimal(self, key: str, name: str, meaning: str, *, unit: str, empty: str | None = None) -> Column:
        """Return a column of numbers with decimals."""
        return self._column(Kind.DECIMAL, key, name, meaning, unit, empty)

    def block(self, *, empty_id: str | None = None, empty: str | None = None) -> tuple[Column, Column]:
        """Return the two columns that name a block: the id of its centre, and its name."""
        return (
            self.ident("block_id", later("Centre id"), later("Municipality id of the centre."), empty=empty_id),
            self.text("block", later("Block"), later("The block, by the name of its centre."), empty=empty),
        )

    def _column(self, kind: Kind, key: str, name: str, meaning: str, unit: str, empty: str | None) -> Column:
        """Return a column in the reader's language."""
        say = self.wording.say
        return Column(key, say(name), kind, say(unit or _UNITS.get(kind, "")), self.source, say(meaning), empty=empty)


def from_column(briefing: Briefing, column: str) -> Origin:
    """
    Return the origin of what a column of the study holds.

    Parameters
    ----------
    briefing
        The analysis and the language.
    column
        Table and column, with a point between.

    Returns
    -------
    The origin.
    """
    return Origin(briefing.wording, briefing.source(column))


def from_analysis(briefing: Briefing, *tables: str) -> Origin:
    """
    Return the origin of what this analysis makes of tables.

    Parameters
    ----------
    briefing
        The analysis and the language.
    *tables
        The tables.

    Returns
    -------
    The origin.
    """
    return Origin(briefing.wording, briefing.own_source(*tables))
