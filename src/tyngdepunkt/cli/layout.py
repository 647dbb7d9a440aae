"""Values as table, CSV or JSON on standard output."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path

import typer

from tyngdepunkt.cli.options import Format
from tyngdepunkt.shapes.values import plain

__all__ = ["Row", "csv_text", "emit", "fit_table", "json_text", "percent", "spoken", "table_text"]

Row = Mapping[str, object]
"""One line: column header, with its unit in brackets, to value."""

_FIGURE = re.compile(r"[-−+]?\d[\d.,\s]*(%|min)?|–")
"""What is set to the right of its column: a number with its unit, or a dash for none."""


_GAP = "  "
"""What stands between two columns."""
_SHORT, _SHORTEST = 24, 12
"""Letters of a long text that are shown where room is scarce, and where even the essential columns have too little."""


def emit(
    form: Format,
    *,
    shape: Callable[[], object],
    rows: Callable[[], Sequence[Row]],
    text: Callable[[], str],
    header: Sequence[str] = (),
) -> None:
    """
    Print an answer on standard output, in the form that was asked for.

    Parameters
    ----------
    form
        Table, CSV or JSON.
    shape
        Gives the answer for JSON.
    rows
        Gives it for CSV.
    text
        Gives it for reading.
    header
        The columns of CSV where there are no rows.
    """
    match form:
        case Format.JSON:
            typer.echo(json_text(shape()), nl=False)
        case Format.CSV:
            typer.echo(csv_text(rows(), header), nl=False)
        case Format.TABLE:
            typer.echo(text(), nl=False)


def json_text(value: object) -> str:
    """Return a value as indented JSON that ends in a line break, letters such as å kept."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def csv_text(rows: Sequence[Row], header: Sequence[str] = ()) -> str:
    """
    Return rows as CSV with dot decimals.

    Parameters
    ----------
    rows
        All with the same columns.
    header
        The columns where there are no rows.

    Returns
    -------
    UTF-8 text; what is unknown is empty, lists are joined by ``|``.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(list(rows[0]) if rows else header)
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return target.getvalue()


def table_text(rows: Sequence[Row]) -> str:
    """
    Return rows as a table of aligned columns, numbers to the right.

    Parameters
    ----------
    rows
        All with the same columns.

    Returns
    -------
    Header, rule and rows; what is unknown is shown as a dash. Empty where there are no rows.
    """
    if not rows:
        return ""
    titles = list(rows[0])
    cells = [[spoken(row[title]) for title in titles] for row in rows]
    numeric = [all(_FIGURE.fullmatch(line[i]) for line in cells) for i in range(len(titles))]
    widths = [max(len(title), *(len(line[i]) for line in cells)) for i, title in enumerate(titles)]
    lines = [titles, ["-" * width for width in widths], *cells]
    return "".join(
        _GAP.join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        + "\n"
        for line in lines
    )


def fit_table(rows: Sequence[Row], *, wide: bool, essential: Sequence[str] = ()) -> str:
    """
    Return rows as a table that is no wider than the terminal.

    Long texts are cut first, then columns left out from the right; a last line says so. Where nobody looks, as in a
    file or a pipe, the table is whole.

    Parameters
    ----------
    rows
        All with the same columns, what matters most to the left.
    wide
        Whether to print all of it however wide the terminal is.
    essential
        Columns that are cut rather than left out; the first two where none are named.

    Returns
    -------
    As `table_text`.
    """
    room = 0 if wide else shutil.get_terminal_size(fallback=(0, 0)).columns
    if not rows or not room:
        return table_text(rows)
    titles = list(rows[0])
    kept, needed = list(titles), set(essential or titles[:2])
    cells = [{title: spoken(value) for title, value in row.items()} for row in rows]
    widths = _fit_widths(cells, kept, room, _SHORT)
    while widths is None and (spare := [title for title in kept if title not in needed]):
        kept.remove(spare[-1])
        widths = _fit_widths(cells, kept, room, _SHORT)
    widths = widths or _fit_widths(cells, kept, room, _SHORTEST) or dict.fromkeys(kept, _SHORTEST)
    shown = [{title: _cut(row[title], width) for title, width in widths.items()} for row in cells]
    left = [title for title in titles if title not in widths]
    note = f"Not shown, for want of room: {', '.join(left)}. " if left else ""
    cut = note or any(row[title] != line[title] for row, line in zip(cells, shown, strict=True) for title in widths)
    return table_text(shown) + (f"\n{note}--wide shows the whole table.\n" if cut else "")


def spoken(value: object) -> str:
    """Return a value as a person reads it: 18,276; 84.3; yes; Ålesund, Giske; a dash where unknown or without end."""
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            if not math.isfinite(value):
                return "–"
            return f"{int(value):,}" if float(value).is_integer() else f"{value:,.1f}"
        case Path():
            return value.as_posix()
        case str() | Enum():
            return str(value)
        case Sequence():
            return ", ".join(spoken(each) for each in value)
        case _:
            return str(value)


def percent(share: float | None, decimals: int = 1) -> float | None:
    """Return a share as per cent, rounded; None where unknown."""
    return None if share is None else round(100 * share, decimals)


def _fit_widths(
    cells: Sequence[Mapping[str, str]], titles: Sequence[str], room: int, shortest: int
) -> dict[str, int] | None:
    """Return how wide columns are, the longest cut to so many letters at the least; None where that is too wide."""
    widths = {title: max(len(title), *(len(row[title]) for row in cells)) for title in titles}

    def excess() -> int:
        return sum(widths.values()) + len(_GAP) * (len(widths) - 1) - room

    for title in sorted(widths, key=lambda title: widths[title], reverse=True):
        least = min(widths[title], max(shortest, len(title)))
        widths[title] = max(least, widths[title] - max(0, excess()))
    return widths if excess() <= 0 else None


def _cut(text: str, width: int) -> str:
    """Return a text that is no longer than so many letters."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def _cell(value: object) -> str:
    """Return a value as one cell of CSV."""
    simple = plain(value)
    if simple is None:
        return ""
    if isinstance(simple, bool):
        return "1" if simple else "0"
    if isinstance(simple, list):
        return "|".join(str(each) for each in simple)
    return str(simple)
