"""
Ids across tables: which municipalities there are, and what is meant by an id that is not among them.

An id whose meaning is plain (a leading zero lost, a name instead of an id) is told and then counts as what it means,
so that one slip is told once and not again by every check that follows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tyngdepunkt.errors import Fault
from tyngdepunkt.tables import Reading, Reference
from tyngdepunkt.tables.quoting import nearest, quote

__all__ = ["Ids", "gather_ids", "mend_ids", "mend_references"]

_NUMBER_LENGTH = 4
_AS_DECIMAL = re.compile(r"([0-9]+)\.0+")
# Looking for a near name takes time; a table with more unknown ones is no table of this study.
_MOST_GUESSES = 50


@dataclass(frozen=True)
class Ids:
    """
    The ids that a column of other tables may point to.

    Parameters
    ----------
    file
        File that they stand in.
    names
        Id to what it is called, empty where it has no name.
    """

    file: str
    names: Mapping[str, str]

    @cached_property
    def _by_number(self) -> dict[str, str]:
        """Number without leading zeros to the id that it is."""
        return {known.lstrip("0"): known for known in self.names if known.isdecimal()}

    @cached_property
    def _by_word(self) -> dict[str, str]:
        """Name, or id, in lower case to the id; only where one id has it."""
        counted = Counter(word for known, name in self.names.items() for word in {name.casefold(), known.casefold()})
        words = {name.casefold(): known for known, name in self.names.items()} | {
            known.casefold(): known for known in self.names
        }
        return {word: known for word, known in words.items() if word and counted[word] == 1}

    def meant(self, text: str) -> tuple[str, str] | None:
        """
        Tell what was meant by a text that is none of the ids.

        Parameters
        ----------
        text
            The text.

        Returns
        -------
        The id, and what is wrong with the text; None where nothing is plain.
        """
        decimal = _AS_DECIMAL.fullmatch(text)
        plain = decimal[1] if decimal else text
        if plain.isdecimal():
            known = self._by_number.get(plain.lstrip("0"))
            if known is None:
                return None
            if known == plain:
                return known, "was saved as a number with decimals"
            return known, "lost its leading zero" if len(plain) < len(known) else "has a zero too many"
        known = self._by_word.get(text.casefold())
        if known is None:
            return None
        return known, "is spelt otherwise there" if known.casefold() == text.casefold() else "is a name, not an id"


def mend_ids(reading: Reading) -> tuple[pd.Series, tuple[Fault, ...]]:
    """
    Find ids of municipalities that lost their leading zero.

    Parameters
    ----------
    reading
        The table of municipalities.

    Returns
    -------
    The ids as they should be, and the faults. Numbers have four digits, or as many as the longest in the table.
    """
    frame = reading.frame if reading.frame is not None else pd.DataFrame({"municipality_id": pd.Series(dtype=str)})
    ids = list(frame["municipality_id"])
    longest = max((len(each) for each in ids if each.isdecimal()), default=0)
    length = max(longest, _NUMBER_LENGTH)
    faults = []
    for position, each in enumerate(ids):
        decimal = _AS_DECIMAL.fullmatch(each)
        plain = decimal[1] if decimal else each
        lost = plain.isdecimal() and len(plain) == length - 1
        if decimal or lost:
            ids[position] = plain.zfill(length) if lost else plain
            told = "lost its leading zero" if lost else "was saved as a number with decimals"
            mend = f"Write {ids[position]}, and give the column the format text before you save."
            faults.append(reading.fault(position, "municipality_id", f"The id {quote(each)} {told}.", mend))
        elif re.search(r"\s", each):
            joined = re.sub(r"\s", "", each)
            faults.append(
                reading.fault(
                    position, "municipality_id", f"The id {quote(each)} has a space in it.", f"Write {joined}."
                )
            )
    return pd.Series(ids, dtype=str), tuple(faults)


def gather_ids(reading: Reading, column: str) -> Ids:
    """Return the ids in a column, each with the name that stands beside it."""
    frame = reading.frame
    if frame is None:
        return Ids(reading.table.file, {})
    names = frame["name"] if "name" in frame else [""] * len(frame)
    return Ids(reading.table.file, {each: name for each, name in zip(frame[column], names, strict=True) if each})


def mend_references(reading: Reading, reference: Reference, ids: Ids) -> tuple[pd.Series, tuple[Fault, ...]]:
    """
    Find ids that the table they point to does not have.

    Parameters
    ----------
    reading
        The table that points.
    reference
        Its column that points.
    ids
        What it may point to.

    Returns
    -------
    The column as it should be, and the faults. An id of which nothing is plain stays as it is.
    """
    frame = reading.frame if reading.frame is not None else pd.DataFrame({reference.column: pd.Series(dtype=str)})
    column = list(frame[reference.column])
    known = set(ids.names) | {""}
    if reference.several:
        odd = [position for position, cell in enumerate(column) if not known.issuperset(cell.split("|"))]
    else:
        odd = [position for position, cell in enumerate(column) if cell not in known]
    meanings: dict[str, tuple[str, str] | None] = {}
    faults = []
    for position in odd:
        cell = column[position]
        parts = [part.strip() for part in cell.split("|")] if reference.several else [cell]
        for part in parts:
            if part in known:
                continue
            if part not in meanings:
                meanings[part] = ids.meant(part)
            meaning = meanings[part]
            if meaning:
                problem, mend = f"The id {quote(part)} {meaning[1]}.", f"Write {meaning[0]}."
                column[position] = meaning[0] if len(parts) == 1 else cell
            else:
                problem, mend = _explain_unknown(part, reference, ids, guess=len(meanings) <= _MOST_GUESSES)
            faults.append(reading.fault(position, reference.column, problem, mend))
    return pd.Series(column, dtype=str), tuple(faults)


def _explain_unknown(text: str, reference: Reference, ids: Ids, *, guess: bool) -> tuple[str, str]:
    """Return that an id is unknown, with the nearest known one where letters show it."""
    near = None
    if guess and not text.isdecimal():
        near = nearest(text, ids.names) or nearest(text, filter(None, ids.names.values()))
    word = "municipality" if reference.table == "municipalities" else reference.target.removesuffix("_id")
    if near:
        called = [known for known, name in ids.names.items() if name == near]
        near = called[0] if near not in ids.names and len(called) == 1 else near
        return (
            f"{quote(text)} is not in {ids.file}.",
            f"Did you mean {near}? Otherwise add the {word} there, or take the row out.",
        )
    return f"{quote(text)} is not in {ids.file}.", f"Correct the id, add the {word} there, or take the row out."
