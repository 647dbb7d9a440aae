"""Cells of text as values: what a number looks like here, and what was probably meant where it looks otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tyngdepunkt.messages import Message
from tyngdepunkt.tables.columns import Column, Kind
from tyngdepunkt.tables.quoting import quote

__all__ = ["Cells", "Complaint", "read_cells"]

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]*)?|\.[0-9]+)")
_YES = {"true", "yes", "y", "ja", "j", "x", "sann", "sant", "t"}
_NO = {"false", "no", "n", "nei", "usann", "usant", "f"}

# What Statistics Norway writes in a cell instead of a figure.
_MARKS = {
    ":": Message("is how Statistics Norway marks a suppressed figure"),
    ".": Message("is how Statistics Norway marks a figure that cannot be"),
    "..": Message("is how Statistics Norway marks a figure that is missing"),
    "...": Message("is how Statistics Norway marks a figure that is not ready"),
    "*": Message("is how Statistics Norway marks a figure that is not final"),
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
            problem = Message("A letter was lost in {text}.", text=quote(text))
            complaints.append(
                Complaint(position, problem, Message("Write the text again, and save the file as UTF-8."))
            )
        elif meant := _unbroken(text):
            problem = Message(
                "The letters of {text} are broken: the text was saved as UTF-8 and opened as Latin-1.", text=quote(text)
            )
            complaints.append(Complaint(position, problem, _write(meant)))
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
            mend = (
                Message("Write 1.")
                if plain in _YES
                else Message("Write 0.")
                if plain in _NO
                else Message("Write 1 for yes and 0 for no.")
            )
            complaints.append(
                Complaint(
                    position,
                    Message("{text} is not 1 or 0, as {name} is written.", text=quote(text), name=column.name),
                    mend,
                )
            )
    return Cells(pd.Series(values, dtype="boolean"), tuple(complaints))


def _explain(text: str, column: Column) -> tuple[str, str]:
    """Return what is wrong with a cell that should be a number, and what would mend it."""
    shown = quote(text)
    leave = Message("Leave the cell blank: blank is unknown, 0 is none.")
    if text in _MARKS:
        decide = Message("Decide on a figure, and say in the source where it comes from; 0 means none.")
        problem = Message("{shown} {mark}; the table takes numbers only.", shown=shown, mark=_MARKS[text])
        return problem, leave if column.blank else decide
    if text in _DASHES:
        zero = Message("Write 0 if there are none.")
        either = Message("Write 0 if there are none. Leave it blank if unknown.")
        return _no_number(shown), either if column.blank else zero
    if text.startswith("#"):
        problem = Message("{shown} is a spreadsheet's error, not a number.", shown=shown)
        return problem, Message("Mend the formula, and save its result.")
    if text.casefold() in _UNKNOWN:
        needed = Message("Write the figure: the table cannot do without.")
        return _no_number(shown), leave if column.blank else needed
    if column.unit == "min" and (clock := _CLOCK.fullmatch(text)) and ":" in text:
        problem = Message("{shown} is a time of the clock, not minutes.", shown=shown)
        return problem, _write(int(clock[1]) * 60 + int(clock[2]))
    return _explain_number(text, column)


def _explain_number(text: str, column: Column) -> tuple[str, str]:
    """Return what is wrong with a number that is written otherwise than here."""
    shown = quote(text)
    joined = _SPACES.sub("", text).replace("−", "-")
    whole = column.kind is Kind.WHOLE
    fits = _WHOLE if whole else _NUMBER
    if fits.fullmatch(joined):
        return Message("{shown} has a space or another sign in the number.", shown=shown), _write(joined)
    if _COMMAS_FOR_THOUSANDS.fullmatch(joined) and (whole or joined.count(",") > 1 or "." in joined):
        plain = joined.replace(",", "")
        if fits.fullmatch(plain):
            return Message("{shown} has a comma between the thousands.", shown=shown), _write(plain)
    if _POINTS_FOR_THOUSANDS.fullmatch(joined) and (whole or joined.count(".") > 1):
        plain = joined.replace(".", "")
        mend = _write(plain)
        if joined.count(".") == 1:
            other = _around(joined)
            mend = Message("Write {plain} or, if the point begins decimals, {other}.", plain=plain, other=other)
        return Message("{shown} has a point between the thousands.", shown=shown), mend
    if _DECIMAL_COMMA.fullmatch(joined):
        point = joined.replace(".", "").replace(",", ".")
        if whole:
            return _no_whole(shown, column, comma=True), _write(_around(point))
        mend = _write(point)
        if _COMMAS_FOR_THOUSANDS.fullmatch(joined):
            thousands = joined.replace(",", "")
            mend = Message(
                "Write {point} or, if it parts the thousands, {thousands}.", point=point, thousands=thousands
            )
        return Message("{shown} has a decimal comma.", shown=shown), mend
    if whole and _NUMBER.fullmatch(joined):
        return _no_whole(shown, column), _write(_around(joined))
    if _EXPONENT.fullmatch(joined):
        plain = f"{float(joined.replace(',', '.')):f}".rstrip("0").rstrip(".")
        mend = _write(plain) if fits.fullmatch(plain) else Message("Write it in full.")
        return Message("{shown} is written with a power of ten.", shown=shown), mend
    if found := _WITH_UNIT.fullmatch(text):
        plain = found[1].replace(",", ".")
        number = plain if fits.fullmatch(plain) else Message("the number")
        alone = Message("Write {number} alone.", number=number)
        with_unit = Message("Write {number} alone, in {unit}.", number=number, unit=_unit(column))
        return Message("{shown} holds more than the number.", shown=shown), with_unit if column.unit else alone
    if re.fullmatch(r"-?[0-9.]+", joined) and joined.count(".") <= 1:
        problem = Message("{shown} is longer than any figure that can be meant.", shown=shown)
        return problem, Message("Write the figure{unit}, such as {example}.", unit=_in(column), example=column.example)
    if whole:
        mend = Message("Write a whole number{unit}, such as {example}.", unit=_in(column), example=column.example)
    else:
        mend = Message("Write a number{unit}, such as {example}.", unit=_in(column), example=column.example)
    return _no_number(shown), mend


def _no_number(shown: str) -> Message:
    """Return that a cell holds no number."""
    return Message("{shown} is not a number.", shown=shown)


def _no_whole(shown: str, column: Column, *, comma: bool = False) -> Message:
    """Return that a cell holds a number that is not whole."""
    if column.unit == "persons":
        if comma:
            return Message("{shown} is not a whole number of persons, and has a decimal comma.", shown=shown)
        return Message("{shown} is not a whole number of persons.", shown=shown)
    if comma:
        return Message("{shown} is not a whole number, and has a decimal comma.", shown=shown)
    return Message("{shown} is not a whole number.", shown=shown)


def _write(value: object) -> Message:
    """Return that a value is to be written."""
    return Message("Write {value}.", value=value)


def _unit(column: Column) -> str:
    """Return the unit of a column in words."""
    return Message("persons") if column.unit == "persons" else column.unit


def _in(column: Column) -> str:
    """Return the unit as said after a number."""
    return Message(" [{unit}]", unit=_unit(column)) if column.unit else ""


def _around(number: str) -> str:
    """Return the whole numbers that a number lies between."""
    value = float(number)
    low = int(value // 1)
    return str(low) if value == low else Message("{low} or {high}", low=low, high=low + 1)
