"""How a message quotes what it found."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Literal

from tyngdepunkt.messages import Message

__all__ = ["join_words", "nearest", "quote", "unquoted"]

_LONGEST = 40
_NEAR = 0.6


def quote(text: str) -> str:
    """Return a text in quotation marks, on one line and cut where it is long."""
    return f"“{unquoted(text)}”"


def unquoted(text: str) -> str:
    """Return a text on one line, without signs that cannot be printed and cut where it is long."""
    line = re.sub(r"\s", " ", "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text[: _LONGEST + 1]))
    return f"{line[:_LONGEST]}…" if len(line) > _LONGEST else line


def join_words(words: Iterable[str], *, last: Literal["and", "or"] = "and", most: int = 12) -> str:
    """
    Join words into a list as one says it.

    Parameters
    ----------
    words
        What to join.
    last
        The word before the last one.
    most
        How many are named; the rest are counted.

    Returns
    -------
    ``"a, b and c"``.
    """
    named = list(words)
    if len(named) > most + 1:
        named = [*named[:most], Message("{count} more", count=len(named) - most)]
    if len(named) <= 1:
        return "".join(named)
    first = ", ".join(named[:-1])
    if last == "or":
        return Message("{first} or {last}", first=first, last=named[-1])
    return Message("{first} and {last}", first=first, last=named[-1])


def nearest(word: str, known: Iterable[str], *, cutoff: float = _NEAR) -> str | None:
    """
    Find the known word that somebody most likely meant.

    Parameters
    ----------
    word
        What was written; case, spaces, hyphens and slashes do not count.
    known
        What could have been meant.
    cutoff
        How near a word must be, 0 to 1, by the share of letters in common.

    Returns
    -------
    The nearest, or None where none is near.
    """
    plain = {_plain(each): each for each in known}
    if _plain(word) in plain:
        return plain[_plain(word)]
    close = difflib.get_close_matches(_plain(word[:80]), plain, n=1, cutoff=cutoff)
    return plain[close[0]] if close else None


def _plain(word: str) -> str:
    """Return a word without case and with one kind of separator."""
    return re.sub(r"[\s\-/.]+", "_", word.strip().casefold())
