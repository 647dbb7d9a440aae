"""
What may be shown of a text that someone else wrote.

Names and sources come from a study's tables, and a table may hold anything: control characters, marks that
turn the direction of writing, letters that no font of the report has. PDF/UA refuses a text with a letter
that cannot be drawn, so such a letter is drawn as the replacement character.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["begin", "clean", "drawable", "printable"]

# Every assigned character of these ranges is in Libertinus Serif; a test draws them all.
_DRAWN = (
    (0x0020, 0x007E),
    (0x00A0, 0x017F),
    (0x0180, 0x024F),
    (0x0386, 0x03CE),
    (0x0400, 0x045F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
)
_DRAWN_ALSO = frozenset("−√∞≈≠≤≥∑∈→←↔°′″€№\u200b\ufffd")
_LONGEST_WORD = 32
_BREAK = "\u200b"


def clean(text: str) -> str:
    """
    Drop what is not seen but acts: control characters and marks of direction; line ends become spaces.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    The text in composed form (NFC), on one line.
    """
    kept = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category in {"Zl", "Zp"} or character in "\t\n\r\v\f":
            kept.append(" ")
        elif category not in {"Cc", "Cf", "Cs", "Co", "Cn"}:
            kept.append(character)
    return "".join(kept)


def printable(text: str) -> str:
    """
    Return a text that the report's fonts can draw and its lines can break.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    The text cleaned, letters without a font replaced, and places to break in words that no line can hold.
    """
    drawn = drawable(clean(text))
    return re.sub(rf"\S{{{_LONGEST_WORD},}}", _breakable, drawn)


def begin(text: str) -> str:
    """
    Return a text with a capital letter at its beginning, the rest as it stands.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    The text.
    """
    return text[:1].upper() + text[1:]


def drawable(text: str) -> str:
    """
    Return a text with every letter that the report's fonts lack replaced; markup in ASCII stays as it is.

    Parameters
    ----------
    text
        Any text, such as a whole picture in SVG.

    Returns
    -------
    The text, of the same length.
    """
    lacking = {ord(c) for c in set(text) if not _is_drawn(c) and c != "\n"}
    return text.translate(dict.fromkeys(lacking, "\ufffd")) if lacking else text


def _is_drawn(character: str) -> bool:
    """Return whether the report's fonts have a character."""
    return character in _DRAWN_ALSO or any(low <= ord(character) <= high for low, high in _DRAWN)


def _breakable(word: re.Match[str]) -> str:
    """Return a long word with places to break."""
    text = word.group()
    return _BREAK.join(text[start : start + _LONGEST_WORD // 2] for start in range(0, len(text), _LONGEST_WORD // 2))
