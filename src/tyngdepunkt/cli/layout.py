"""Values as table, CSV or JSON on standard output."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from pathlib import Path

import typer

from tyngdepunkt.cli.options import Format

__all__ = ["Row", "csv_text", "emit", "json_text", "percent", "plain", "spoken", "table_text"]

Row = Mapping[str, object]
"""One line: column header, with its unit in brackets, to value."""

_FIGURE = re.compile(r"[-−+]?\d[\d.,\s]*(%|min)?|–")
"""What is set to the right of its column: a number with its unit, or a dash for none."""


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


def plain(value: object) -> object:
    """
    Return a value as JSON can hold it.

    Parameters
    ----------
    value
        Text, number, dataclass, mapping, set or sequence, at any depth.

    Returns
    -------
    Whole numbers as integers, infinite ones as None (there is no way, no bound), sets in ascending order,
    dataclasses as objects.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return None
        return int(value) if float(value).is_integer() else float(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, AbstractSet):
        return sorted((plain(each) for each in value), key=str)
    if isinstance(value, Sequence):
        return [plain(each) for each in value]
    return plain(value.item()) if hasattr(value, "item") else str(value)


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
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        + "\n"
        for line in lines
    )


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
