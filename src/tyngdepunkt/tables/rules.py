"""What pandera finds wrong with values, said in our own words."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from tyngdepunkt.messages import Message
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
    shown = f"{value:.15g}" if isinstance(value, float) else str(value)
    if error.reason_code is SchemaErrorReason.SERIES_CONTAINS_NULLS or not shown:
        meaning = column.meaning[:1].lower() + column.meaning[1:]
        if column.allowed:
            known = join_words(column.allowed, last="or")
            return Message("The cell is blank."), Message(
                "Fill it in: {meaning}, one of {known}.", meaning=meaning, known=known
            )
        mend = Message("Fill it in: {meaning}, such as {example}.", meaning=meaning, example=column.example)
        return Message("The cell is blank."), mend
    least, above, most = ("" if bound is None else f"{bound:g}" for bound in (column.least, column.above, column.most))
    persons = column.unit == "persons"
    match rule:
        case "greater_than_or_equal_to":
            mend = (
                Message("Write {least} persons or more.", least=least)
                if persons
                else Message("Write {least} or more.", least=least)
            )
            return Message("{shown} is less than {least}.", shown=shown, least=least), mend
        case "greater_than":
            mend = (
                Message("Write more than {above} persons.", above=above)
                if persons
                else Message("Write more than {above}.", above=above)
            )
            return Message("{shown} is not more than {above}.", shown=shown, above=above), mend
        case "less_than_or_equal_to":
            mend = (
                Message("Write {most} persons or less.", most=most)
                if persons
                else Message("Write {most} or less.", most=most)
            )
            return Message("{shown} is more than {most}.", shown=shown, most=most), mend
        case _:
            near = nearest(shown, column.allowed)
            known = join_words(column.allowed, last="or")
            mend = Message("Write {value}.", value=near) if near else Message("Write one of {known}.", known=known)
            return Message("{given} is not one of {known}.", given=quote(shown), known=known), mend
