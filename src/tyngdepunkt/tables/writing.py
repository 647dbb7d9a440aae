"""A table as the text of its file."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd

from tyngdepunkt.tables.columns import Column, Kind
from tyngdepunkt.tables.registry import Table

__all__ = ["write_table"]


def write_table(frame: pd.DataFrame, table: Table) -> str:
    """
    Write a table.

    Parameters
    ----------
    frame
        Columns of the table, as `read_table` gives them.
    table
        The table.

    Returns
    -------
    CSV: commas, decimal points, 1 and 0 for yes and no, blank where missing, one line a row. Columns that may be
    blank and are so in every row are left out, unless there is no row at all.
    """
    kept = {}
    for column in table.columns:
        texts = _texts(frame[column.name], column) if column.name in frame else [""] * len(frame)
        if any(texts) or not column.blank or frame.empty:
            kept[column.name] = texts
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(kept)
    writer.writerows(zip(*kept.values(), strict=True))
    return written.getvalue()


def _texts(values: pd.Series, column: Column) -> list[str]:
    """Return the cells of a column."""
    if column.kind is Kind.TEXT:
        return [str(value) for value in values.fillna("")]
    return ["" if pd.isna(value) else _number(value, column) for value in values]


def _number(value: float, column: Column) -> str:
    """Return a number in the fewest figures that give it back."""
    if column.kind is Kind.NUMBER:
        return np.format_float_positional(value, trim="-")
    return str(int(value))
