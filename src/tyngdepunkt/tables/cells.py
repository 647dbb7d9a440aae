"""Cells of text as values: what a number looks like here, and what was probably meant where it looks otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tyngdepunkt.tables.columns import Column, Kind
from tyngdepunkt.tables.quoting import quote

__all__ = ["Cells", "Complaint", "read_cells"]

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]*)?|\.[0-9]+)")
_YES = {"true", "yes", "y", "ja", "j", "x", "sann", "sant", "t"}
_NO = {"false", "no", "n", "nei", "usann", "usant", "f"}

# What Statistics Norway writes in a cell instead of a figure.
_MARKS = {
    ":": "is how Statistics Norway marks a suppressed figure",
    ".": "is how Statistics Norway marks a figure that cannot be",
    "..": "is how Statistics Norway marks a figure that is missing",
    "...": "is how Statistics Norway marks a figure that is not ready",
    "*": "is how Statistics Norway marks a figure that is not final",
}
_DASHES = {"-", "–", "—", "−"}
_UNKNOWN = {
    "na",
    "n/a",
    "nan",
    "null",
    "none",
    "nil",
    "ukjent",
    "ukjend",
    "unknown",
    "missing",
    "mangler",
    "manglar",
    "?",
}
_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-5][0-9])(?::[0-9]{2})?")
_EXPONENT = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,2}")
_WITH_UNIT = re.compile(r"(-?[0-9]+(?:[.,][0-9]+)?)\s*([^0-9\s.,].*)")
_POINTS_FOR_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+")
_COMMAS_FOR_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4}),[0-9]+")


@dataclass(frozen=True)
class Complaint:
    """
    What is wrong with one cell.

    Parameters
    ----------
    position
        Position of the row.
    problem, mend
        As in a `Fault`.
    """

    position: int
    problem: str
    mend: str


@dataclass(frozen=True)
class Cells:
    """
    One column, read.

    Parameters
    ----------
    parsed
        The cells as values; missing where blank or not understood.
    complaints
        What was not understood.
    """

    parsed: pd.Series
    complaints: tuple[Complaint, ...]


def read_cells(texts: Sequence[str], column: Column) -> Cells:
    """
    Read the cells of a column.

    Parameters
    ----------
    texts
        The cells, without spaces around them; blank ones are ``""``.
    column
        What they should be.

    Returns
    -------
    Values and complaints. Text as ``str``, blank text as ``""``; whole numbers as ``Int64``, numbers as ``float64``
    and yes or no as ``boolean``, missing where blank.
    """
    match column.kind:
        case Kind.TEXT:
            return _read_text(texts)
        case Kind.WHOLE:
            return _read_numbers(texts, column, _WHOLE, "Int64")
        case Kind.NUMBER:
            return _read_numbers(texts, column, _NUMBER, "float64")
        case Kind.YES_NO:
            return _read_yes_no(texts, column)


def _read_text(texts: Sequence[str]) -> Cells:
    """Read texts; letters that were broken on the way are complained of."""
    complaints = []
    for position, text in enumerate(texts):
        if "\ufffd" in text:
            problem = f"A letter was lost in {quote(text)}."
            complaints.append(Complaint(position, problem, "Write the text again, and save the file as UTF-8."))
        elif meant := _unbroken(text):
            problem = f"The letters of {quote(text)} are broken: the text was saved as UTF-8 and opened as Latin-1."
            complaints.append(Complaint(position, problem, f"Write {meant}."))
    return Cells(pd.Series(list(texts), dtype=str), tuple(complaints))


def _unbroken(text: str) -> str | None:
    """Return what a text was before it was saved as UTF-8 and opened as Latin-1, or None."""
    if "Ã" not in text and "Â" not in text and "â" not in text:
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def _read_numbers(texts: Sequence[str], column: Column, pattern: re.Pattern[str], dtype: str) -> Cells:
    """Read numbers that match a pattern; the others are complained of and missing."""
    fits = pattern.fullmatch
    kind = int if dtype == "Int64" else float
    values: list[float | None] = []
    complaints = []
    for position, text in enumerate(texts):
        if not text:
            values.append(None)
        elif fits(text):
            values.append(kind(text))
        else:
            values.append(None)
            complaints.append(Complaint(position, *_explain(text, column)))
    return Cells(pd.Series(values, dtype=dtype), tuple(complaints))


def _read_yes_no(texts: Sequence[str], column: Column) -> Cells:
    """Read 1 and 0; anything else is complained of and missing."""
    values: list[bool | None] = []
    complaints = []
    for position, text in enumerate(texts):
        values.append({"1": True, "0": False}.get(text))
        if text and values[-1] is None:
            plain = text.casefold()
            mend = "Write 1." if plain in _YES else "Write 0." if plain in _NO else "Write 1 for yes and 0 for no."
            complaints.append(Complaint(position, f"{quote(text)} is not 1 or 0, as {column.name} is written.", mend))
    return Cells(pd.Series(values, dtype="boolean"), tuple(complaints))


def _explain(text: str, column: Column) -> tuple[str, str]:
    """Return what is wrong with a cell that should be a number, and what would mend it."""
    shown = quote(text)
    leave = "Leave the cell blank: blank is unknown, 0 is none."
    if text in _MARKS:
        decide = "Decide on a figure, and say in the source where it comes from; 0 means none."
        return f"{shown} {_MARKS[text]}; the table takes numbers only.", leave if column.blank else decide
    if text in _DASHES:
        return f"{shown} is not a number.", "Write 0 if there are none." + (
            " Leave it blank if unknown." if column.blank else ""
        )
    if text.startswith("#"):
        return f"{shown} is a spreadsheet's error, not a number.", "Mend the formula, and save its result."
    if text.casefold() in _UNKNOWN:
        return f"{shown} is not a number.", leave if column.blank else "Write the figure: the table cannot do without."
    if column.unit == "min" and (clock := _CLOCK.fullmatch(text)) and ":" in text:
        return f"{shown} is a time of the clock, not minutes.", f"Write {int(clock[1]) * 60 + int(clock[2])}."
    return _explain_number(text, column)


def _explain_number(text: str, column: Column) -> tuple[str, str]:
    """Return what is wrong with a number that is written otherwise than here."""
    shown = quote(text)
    joined = _SPACES.sub("", text).replace("−", "-")
    whole = column.kind is Kind.WHOLE
    fits = _WHOLE if whole else _NUMBER
    if fits.fullmatch(joined):
        return f"{shown} has a space or another sign in the number.", f"Write {joined}."
    if _COMMAS_FOR_THOUSANDS.fullmatch(joined) and (whole or joined.count(",") > 1 or "." in joined):
        plain = joined.replace(",", "")
        if fits.fullmatch(plain):
            return f"{shown} has a comma between the thousands.", f"Write {plain}."
    if _POINTS_FOR_THOUSANDS.fullmatch(joined) and (whole or joined.count(".") > 1):
        plain = joined.replace(".", "")
        decimals = f" or, if the point begins decimals, {_around(joined)}" if joined.count(".") == 1 else ""
        return f"{shown} has a point between the thousands.", f"Write {plain}{decimals}."
    if _DECIMAL_COMMA.fullmatch(joined):
        point = joined.replace(".", "").replace(",", ".")
        if whole:
            return f"{shown} is not a whole number{_of(column)}, and has a decimal comma.", f"Write {_around(point)}."
        thousands = joined.replace(",", "") if _COMMAS_FOR_THOUSANDS.fullmatch(joined) else ""
        return (
            f"{shown} has a decimal comma.",
            f"Write {point}{f' or, if it parts the thousands, {thousands}' * bool(thousands)}.",
        )
    if whole and _NUMBER.fullmatch(joined):
        return f"{shown} is not a whole number{_of(column)}.", f"Write {_around(joined)}."
    if _EXPONENT.fullmatch(joined):
        plain = f"{float(joined.replace(',', '.')):f}".rstrip("0").rstrip(".")
        mend = f"Write {plain}." if fits.fullmatch(plain) else "Write it in full."
        return f"{shown} is written with a power of ten.", mend
    if found := _WITH_UNIT.fullmatch(text):
        plain = found[1].replace(",", ".")
        unit = f", in {column.unit}" if column.unit else ""
        mend = f"Write {plain if fits.fullmatch(plain) else 'the number'} alone{unit}."
        return f"{shown} holds more than the number.", mend
    if re.fullmatch(r"-?[0-9.]+", joined) and joined.count(".") <= 1:
        return (
            f"{shown} is longer than any figure that can be meant.",
            f"Write the figure{_in(column)}, such as {column.example}.",
        )
    return f"{shown} is not a number.", f"Write a {column.kind}{_in(column)}, such as {column.example}."


def _of(column: Column) -> str:
    """Return the unit as said after a whole number."""
    return f" of {column.unit}" if column.unit == "persons" else ""


def _in(column: Column) -> str:
    """Return the unit as said after a number."""
    return f" [{column.unit}]" if column.unit else ""


def _around(number: str) -> str:
    """Return the whole numbers that a number lies between."""
    value = float(number)
    low = int(value // 1)
    return str(low) if value == low else f"{low} or {low + 1}"
