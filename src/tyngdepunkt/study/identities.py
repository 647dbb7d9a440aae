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
from tyngdepunkt.messages import Message
from tyngdepunkt.tables import Reading, Reference
from tyngdepunkt.tables.quoting import nearest, quote

__all__ = ["Ids", "gather_ids", "mend_ids", "mend_references"]

# Numbers of municipalities have four digits, unless most of those in the table have more.
_NUMBER_LENGTH = 4
_AS_DECIMAL = re.compile(r"([0-9]+)\.0+")
_LABELLED = re.compile(r"(?:K[-_ ]?)?([0-9]{3,9})(?:\s.*)?")
_SIGNS = "'’`´\"="
# An id that is wrong in more rows than these is told once, with their number.
_MOST_ROWS = 5
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
        bare, told = _bare(text)
        if bare in self.names:
            return bare, told
        if _is_number(bare):
            known = self._by_number.get(bare.lstrip("0"), "")
            told = Message("lost its leading zero") if len(bare) < len(known) else Message("has a zero too many")
        else:
            known = self._by_word.get(text.casefold(), "")
            told = (
                Message("is spelt otherwise there")
                if known.casefold() == text.casefold()
                else Message("is a name, not an id")
            )
        return (known, told) if known else None


def _is_number(text: str) -> bool:
    """Return whether a text is digits and no more."""
    return text.isascii() and text.isdecimal()


def _bare(text: str) -> tuple[str, str]:
    """Return an id without what a spreadsheet or a table of statistics put to it, and what that was."""
    if found := _AS_DECIMAL.fullmatch(text):
        return found[1], Message("was saved as a number with decimals")
    if (plain := text.strip(_SIGNS)) != text:
        return plain, Message("has other signs around it")
    if (found := _LABELLED.fullmatch(text)) and found[1] != text:
        return found[1], Message("holds more than the id")
    if (plain := re.sub(r"\s", "", text)) != text:
        return plain, Message("has a space in it")
    return text, ""


def mend_ids(reading: Reading) -> tuple[pd.Series, tuple[Fault, ...]]:
    """
    Find ids of municipalities that lost their leading zero.

    Parameters
    ----------
    reading
        The table of municipalities.

    Returns
    -------
    The ids as they should be, and the faults.
    """
    frame = reading.frame if reading.frame is not None else pd.DataFrame({"municipality_id": pd.Series(dtype=str)})
    ids = list(frame["municipality_id"])
    lengths = Counter(len(each) for each in ids if _is_number(each))
    length = max(_NUMBER_LENGTH, max(lengths, key=lambda each: lengths[each], default=0))
    faults = []
    for position, each in enumerate(ids):
        bare, told = _bare(each)
        if _is_number(bare) and len(bare) == length - 1:
            bare, told = bare.zfill(length), Message("lost its leading zero")
        if told:
            ids[position] = bare
            mend = f"Write {bare}, and give the column the format text before you save."
            faults.append(reading.fault(position, "municipality_id", f"The id {quote(each)} {told}.", mend))
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
    rows: dict[str, list[int]] = {}
    for position in odd:
        parts = [part.strip() for part in column[position].split("|")] if reference.several else [column[position]]
        for part in parts:
            if part not in known:
                rows.setdefault(part, []).append(position)
    faults = []
    for number, (part, positions) in enumerate(rows.items()):
        many = f", here and in {len(positions) - 1} more rows" if len(positions) > _MOST_ROWS else ""
        meaning = ids.meant(part)
        if meaning:
            problem, mend = f"The id {quote(part)} {meaning[1]}{many}.", f"Write {meaning[0]}."
        else:
            problem = f"{quote(part)} is not in {ids.file}{many}."
            mend = _mend_unknown(part, reference, ids, guess=number < _MOST_GUESSES)
        for position in positions:
            if meaning and column[position] == part:
                column[position] = meaning[0]
        told = positions[:1] if many else positions
        faults += [reading.fault(position, reference.column, problem, mend) for position in told]
    return pd.Series(column, dtype=str), tuple(faults)


def _mend_unknown(text: str, reference: Reference, ids: Ids, *, guess: bool) -> str:
    """Return what would mend an unknown id, with the nearest known one where letters show it."""
    word = "municipality" if reference.table == "municipalities" else reference.target.removesuffix("_id")
    near = None
    if guess and not _is_number(text):
        near = nearest(text, ids.names) or nearest(text, filter(None, ids.names.values()))
    if near is None:
        return f"Correct the id, add the {word} there, or take the row out."
    called = [known for known, name in ids.names.items() if name == near]
    meant = called[0] if near not in ids.names and len(called) == 1 else near
    return f"Did you mean {meant}? Otherwise add the {word} there, or take the row out."
