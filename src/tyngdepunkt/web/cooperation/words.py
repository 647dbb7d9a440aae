"""What the columns of the register are called on a page, and how their values are said."""

from __future__ import annotations

from collections.abc import Mapping

from tyngdepunkt.texts.cooperation import level_word, registered_form_word
from tyngdepunkt.texts.wording import Wording, later

__all__ = ["ACTS", "BASES", "FIELDS", "HINTS", "OUTSIDE", "say_basis", "say_value"]

FIELDS = {
    "name": later("Name"),
    "service_area": later("Task"),
    "legal_form": later("Legal form"),
    "form_basis": later("How the legal form is known"),
    "host_id": later("Host"),
    "year_start": later("First year"),
    "year_end": later("Last year"),
    "level": later("Level"),
    "level_basis": later("How the level is known"),
    "snapshot": later("Year that is described"),
    "replaces": later("Earlier rows about the same"),
    "later_id": later("Latest later row about the same"),
    "participants_basis": later("How the participants are known"),
    "outside": later("Participants that are not of the study"),
    "outside_kind": later("Who they are"),
    "governing_body": later("Body that steers it"),
    "fte": later("Full-time equivalents"),
    "cost_nok": later("Cost in a year, kroner"),
    "note": later("Note"),
    "source": later("Where it was read"),
    "participants": later("Participants"),
    "arrangement_id": later("Id"),
}
"""Column of the register to what it is called."""

HINTS = {
    "year_end": later("Empty while it lasts."),
    "replaces": later("Ids, with | between several."),
    "fte": later("Of the arrangement as a whole; empty where not known."),
    "cost_nok": later("All participants together; empty where not known."),
    "outside": later("Their names, such as Selje, Vågsøy."),
    "source": later("Report and page, or who told it."),
}
"""Column to what helps to fill it in."""

BASES = {
    "stated": later("stated"),
    "derived": later("derived from statements"),
    "list": later("from a list of another year"),
    "list_2011": later("from a list of 2011"),
    "list_2013": later("from a list of 2013"),
    "list_2018": later("from a list of 2018"),
    "partial": later("only some are named"),
    "uncertain": later("uncertain"),
    "unknown": later("not told anywhere"),
    "name": later("by its name"),
    "name_and_stated": later("by its name, and stated"),
}
"""How something is known, as the register spells it, to words."""

OUTSIDE = {
    "municipalities": later("municipalities"),
    "others": later("others: a county, a company"),
    "both": later("both"),
    "none": later("none"),
    "untold": later("not told"),
}
"""Who takes part from outside, as the register spells it, to words."""

ACTS = {
    "add": later("Added"),
    "change": later("Changed"),
    "end": later("Ended"),
    "remove": later("Removed"),
    "undo": later("Undone"),
}
"""What was done to words."""


def say_basis(basis: str, wording: Wording) -> str:
    """
    Say how something is known.

    Parameters
    ----------
    basis
        As the register spells it; empty where not told.
    wording
        The reader's language.

    Returns
    -------
    A phrase.
    """
    return wording.say(BASES[basis]) if basis in BASES else basis


def say_value(column: str, text: str, names: Mapping[str, str], wording: Wording) -> str:
    """
    Say what a cell of the register holds.

    Parameters
    ----------
    column
        Of which column.
    text
        As the tables spell it.
    names
        Municipality id to name.
    wording
        The reader's language.

    Returns
    -------
    The value in words; a dash where it is blank.
    """
    if not text:
        return "–"
    match column:
        case "host_id":
            return names.get(text, text)
        case "legal_form":
            return registered_form_word(text, wording.language)
        case "level":
            return level_word(text, wording.language)
        case "form_basis" | "level_basis" | "participants_basis":
            return say_basis(text, wording)
        case "outside_kind":
            return wording.say(OUTSIDE[text]) if text in OUTSIDE else text
        case "participants":
            parts = [each.partition("=") for each in text.split("|")]
            return ", ".join(
                names.get(i, i) + (f" ({say_basis(basis, wording)})" if basis not in {"", "stated"} else "")
                for i, _, basis in parts
            )
        case _:
            return text
