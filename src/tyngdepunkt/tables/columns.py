"""
What a column is: its kind, meaning, unit and source, said once where the schema is written.

A schema declares its columns with `column`; everything else that speaks of columns (the check, the data
dictionary, the data package, tooltips) reads them back as `Column`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

__all__ = ["Column", "Kind", "Number", "Schema", "Text", "Whole", "YesNo", "column", "columns_of"]

Text = Series[str]
Whole = Series[pd.Int64Dtype]
Number = Series[float]
YesNo = Series[pd.BooleanDtype]


class Schema(pa.DataFrameModel):
    """Base of every table's schema."""

    class Config:
        """Columns that the schema does not name are refused."""

        strict = True


class Kind(StrEnum):
    """What a cell holds; a blank text is ``""``, a blank number is missing and never zero."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    YES_NO = "yes or no"


@dataclass(frozen=True)
class Column:
    """
    One column of a table.

    Parameters
    ----------
    name
        As the header spells it.
    kind
        What a cell holds. In the file, yes is 1 and no is 0.
    meaning
        What the figure or text says, as a phrase without a full stop.
    unit
        Unit of the figure (``"persons"``, ``"min"``); empty where it has none.
    source
        Kind of source that such figures come from; the study says which source it used.
    example
        A cell, as the file spells it.
    blank
        Whether a cell may be blank, and so the whole column absent.
    allowed
        The only texts that a cell may hold; empty where any will do.
    least, above, most
        Least and greatest value, and what every value is greater than; None where there is no such bound.
    also
        Other names under which the column comes in exports, for hints.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str
    source: str
    example: str
    blank: bool
    allowed: tuple[str, ...] = ()
    least: float | None = None
    above: float | None = None
    most: float | None = None
    also: tuple[str, ...] = ()


def column(
    meaning: str,
    *,
    source: str,
    example: str,
    unit: str = "",
    blank: bool = False,
    allowed: Sequence[str] = (),
    least: float | None = None,
    above: float | None = None,
    most: float | None = None,
    also: Sequence[str] = (),
    text: bool = False,
) -> Any:  # noqa: ANN401 - pandera reads it through the annotation of the attribute
    """
    Declare a column of a schema.

    Parameters
    ----------
    meaning, source, example, unit, blank, allowed, least, above, most, also
        As in `Column`.
    text
        Whether the cell is text that may not be blank, which pandera takes for a value like any other.

    Returns
    -------
    The pandera field.
    """
    said = {"unit": unit, "source": source, "example": example, "also": tuple(also)}
    options: dict[str, Any] = {"ge": least, "gt": above, "le": most}
    if allowed:
        options["isin"] = [*allowed, ""] if blank else list(allowed)
    elif text and not blank:
        options["str_length"] = {"min_value": 1}
    chosen = {name: value for name, value in options.items() if value is not None}
    return pa.Field(description=meaning, nullable=blank, metadata=said, **chosen)


def columns_of(schema: type[Schema]) -> tuple[Column, ...]:
    """
    Read a schema's columns back.

    Parameters
    ----------
    schema
        A schema whose fields are made by `column`.

    Returns
    -------
    Its columns, in the order of the file.
    """
    return tuple(_column_of(name, each) for name, each in schema.to_schema().columns.items())


def _column_of(name: str, declared: pa.Column) -> Column:
    """Read one pandera column back."""
    said = declared.metadata or {}
    bounds: dict[str, float] = {}
    allowed: tuple[str, ...] = ()
    for check in declared.checks:
        known = check.statistics or {}
        if check.name == "greater_than_or_equal_to":
            bounds["least"] = known["min_value"]
        elif check.name == "greater_than":
            bounds["above"] = known["min_value"]
        elif check.name == "less_than_or_equal_to":
            bounds["most"] = known["max_value"]
        elif check.name == "isin":
            allowed = tuple(value for value in known["allowed_values"] if value)
    return Column(
        name=name,
        kind=_KINDS[_family(declared)],
        meaning=declared.description or "",
        unit=said["unit"],
        source=said["source"],
        example=said["example"],
        blank=declared.nullable,
        allowed=allowed,
        also=said["also"],
        **bounds,
    )


def _family(declared: pa.Column) -> str:
    """Return the first letters of a column's type, the same whatever version of pandas names it."""
    return str(declared.dtype)[:3].casefold()


_KINDS = {"str": Kind.TEXT, "obj": Kind.TEXT, "int": Kind.WHOLE, "flo": Kind.NUMBER, "boo": Kind.YES_NO}
