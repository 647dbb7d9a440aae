"""An arrangement as a form holds it: read, checked field by field, and laid beside what another wrote meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tyngdepunkt.texts.wording import Wording, later
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from tyngdepunkt.store.entries import Entry
    from tyngdepunkt.store.register import Kept

__all__ = ["COLUMNS", "Clash", "Draft", "check_draft", "compare_drafts", "draft_of", "merge_drafts", "read_draft"]

COLUMNS = (
    "name",
    "service_area",
    "snapshot",
    "legal_form",
    "form_basis",
    "host_id",
    "level",
    "level_basis",
    "year_start",
    "year_end",
    "governing_body",
    "fte",
    "cost_nok",
    "participants_basis",
    "outside",
    "outside_kind",
    "replaces",
    "later_id",
    "source",
    "note",
)
"""Columns that a form has a field for, in the order of the form."""

_YEARS = ("snapshot", "year_start", "year_end")
_NUMBERS = ("fte", "cost_nok")
_NEEDED = ("name", "service_area", "snapshot")
_DECIMAL = re.compile(r"\d+([.,]\d+)?")


@dataclass(frozen=True)
class Draft:
    """
    An arrangement as text.

    Parameters
    ----------
    cells
        Each of `COLUMNS` to its text.
    participants
        Municipality id to how it is known that it takes part; empty where not told.
    """

    cells: Mapping[str, str]
    participants: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return a field as the register spells it; that of the participants too."""
        from tyngdepunkt.store.entries import list_participants

        return list_participants(self.participants) if column == "participants" else self.cells.get(column, "")


@dataclass(frozen=True)
class Clash:
    """
    A field in which the reader's draft differs from what the register has now.

    Parameters
    ----------
    column
        Which.
    base
        As the reader saw it.
    theirs
        As it is now.
    mine
        As the reader has it.
    """

    column: str
    base: str
    theirs: str
    mine: str

    @property
    def preset(self) -> str:
        """Whose stands until the reader chooses: of who alone changed it; nobody's where both did."""
        if self.mine == self.base:
            return "theirs"
        return "mine" if self.theirs == self.base else ""


def draft_of(entry: Entry) -> Draft:
    """
    Return an arrangement as a form shows it.

    Parameters
    ----------
    entry
        The arrangement.

    Returns
    -------
    Its draft.
    """
    cells = {name: entry.cells.get(name) for name in COLUMNS}
    return Draft({name: _spell(value) for name, value in cells.items()}, dict(entry.participants))


def read_draft(form: FormData) -> Draft:
    """
    Return the arrangement that a form holds.

    Parameters
    ----------
    form
        Its fields: one a column, ``participant`` for each municipality, ``basis_ID`` for how it is known.

    Returns
    -------
    The draft; spaces around a value are dropped, and numbers may have a decimal comma.
    """
    cells = {name: str(form.get(name, "")).strip() for name in COLUMNS}
    for name in _NUMBERS:
        joined = "".join(cells[name].split())
        if _DECIMAL.fullmatch(joined):
            cells[name] = joined.replace(",", ".")
    told = [str(each) for each in form.getlist("participant")]
    return Draft(cells, {each: str(form.get(f"basis_{each}", "")) for each in told})


def check_draft(
    draft: Draft, arrangement: str, *, names: Mapping[str, str], known: Mapping[str, Kept], wording: Wording
) -> tuple[Entry | None, tuple[Complaint, ...]]:
    """
    Check a draft field by field.

    Parameters
    ----------
    draft
        The draft.
    arrangement
        Its id.
    names
        Municipality id to name.
    known
        Id to arrangement of the register.
    wording
        The reader's language.

    Returns
    -------
    The entry, None where anything is wrong; and everything that is wrong. What the register itself finds besides is in
    its own words, which are English.
    """
    from tyngdepunkt.store.checking import check_entry

    found = list(_complain(draft, known, wording))
    told = {each.field for each in found}
    entry, faults = check_entry(
        {"arrangement_id": arrangement, **draft.cells},
        draft.participants,
        municipalities=names,
        known={each: kept.entry for each, kept in known.items()},
    )
    for fault in faults:
        field = fault.column or "name"
        if field not in told:
            found.append(Complaint(field, wording.tell(fault.problem), wording.tell(fault.mend)))
    return (None, tuple(found)) if found else (entry, ())


def compare_drafts(base: Draft, theirs: Draft, mine: Draft) -> tuple[Clash, ...]:
    """
    Lay a draft beside what the register has now.

    Parameters
    ----------
    base
        As the reader saw it when they began.
    theirs
        As it is now.
    mine
        As the reader has it.

    Returns
    -------
    The fields that differ between the last two, in the order of the form.
    """
    clashes = [Clash(each, base.text(each), theirs.text(each), mine.text(each)) for each in (*COLUMNS, "participants")]
    return tuple(each for each in clashes if each.theirs != each.mine)


def merge_drafts(mine: Draft, theirs: Draft, picks: Mapping[str, str]) -> Draft:
    """
    Put a draft together, field by field.

    Parameters
    ----------
    mine
        As the reader has it.
    theirs
        As the register has it now.
    picks
        Column to ``theirs`` or ``mine``; what is not there is the reader's.

    Returns
    -------
    The draft.
    """
    taken = {each for each, pick in picks.items() if pick == "theirs"}
    cells = {name: (theirs if name in taken else mine).cells[name] for name in COLUMNS}
    return replace(mine, cells=cells, participants=(theirs if "participants" in taken else mine).participants)


def _complain(draft: Draft, known: Iterable[str], wording: Wording) -> Iterable[Complaint]:
    """Give what is wrong with a draft, in the reader's language."""
    say = wording.say
    ids = set(known)
    for name in _NEEDED:
        if not draft.cells[name]:
            yield Complaint(name, say(later("This field is empty.")), say(later("Fill it in.")))
    for name in _YEARS:
        text = draft.cells[name]
        if text and not (text.isdecimal() and 1800 <= int(text[:9]) <= 2200):  # noqa: PLR2004 - as the table has it
            yield Complaint(
                name,
                say(later("“{given}” is not a year."), given=text),
                say(later("Give a year from 1800 to 2200.")),
            )
    for name in _NUMBERS:
        text = draft.cells[name]
        if text and not _DECIMAL.fullmatch(text):
            yield Complaint(
                name,
                say(later("“{given}” is not a number."), given=text),
                say(later("Give a number, 0 or more, or leave the field empty.")),
            )
    start, end = draft.cells["year_start"], draft.cells["year_end"]
    if start.isdecimal() and end.isdecimal() and int(end) < int(start):
        yield Complaint("year_end", say(later("It cannot end before it begins.")), say(later("Mend one of the years.")))
    for name in ("replaces", "later_id"):
        strange = [each.strip() for each in draft.cells[name].split("|") if each.strip() and each.strip() not in ids]
        if strange:
            yield Complaint(
                name,
                say(later("The register has no arrangement {ids}."), ids=", ".join(strange)),
                say(later("Give ids that the register has, or leave the field empty.")),
            )


def _spell(value: object) -> str:
    """Return a cell as a form shows it."""
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
