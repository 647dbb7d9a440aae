"""What pandera finds wrong with values, said in our own words."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from tyngdepunkt.tables.cells import Complaint
from tyngdepunkt.tables.columns import Column
from tyngdepunkt.tables.quoting import join_words, nearest, quote
from tyngdepunkt.tables.registry import Table

__all__ = ["check_values"]


def check_values(frame: pd.DataFrame, table: Table) -> Iterator[tuple[str, Complaint]]:
    """
    Check values against the table's schema.

    Parameters
    ----------
    frame
        Columns of the table, each in its type, rows numbered from 0.
    table
        The table.

    Yields
    ------
    Name of a column and the complaint: blank where it may not be, out of bounds, or not among the texts allowed.
    """
    try:
        table.rules(frozenset(frame.columns)).validate(frame, lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            column = table.column(error.schema.name)
            for position, value in zip(error.failure_cases["index"], error.failure_cases["failure_case"], strict=True):
                yield column.name, Complaint(int(position), *_explain(value, column, error))


def _explain(value: object, column: Column, error: SchemaError) -> tuple[str, str]:
    """Return what is wrong with a value, and what would mend it."""
    rule = getattr(error.check, "name", "")
    unit = f" {column.unit}" if column.unit == "persons" else ""
    shown = f"{value:.15g}" if isinstance(value, float) else str(value)
    if error.reason_code is SchemaErrorReason.SERIES_CONTAINS_NULLS or not shown:
        allowed = (
            f", one of {join_words(column.allowed, last='or')}" if column.allowed else f", such as {column.example}"
        )
        return "The cell is blank.", f"Fill it in: {column.meaning[:1].lower()}{column.meaning[1:]}{allowed}."
    match rule:
        case "greater_than_or_equal_to":
            return f"{shown} is less than {column.least:g}.", f"Write {column.least:g}{unit} or more."
        case "greater_than":
            return f"{shown} is not more than {column.above:g}.", f"Write more than {column.above:g}{unit}."
        case "less_than_or_equal_to":
            return f"{shown} is more than {column.most:g}.", f"Write {column.most:g}{unit} or less."
        case _:
            near = nearest(shown, column.allowed)
            known = join_words(column.allowed, last="or")
            return f"{quote(shown)} is not one of {known}.", f"Write {near}." if near else f"Write one of {known}."
