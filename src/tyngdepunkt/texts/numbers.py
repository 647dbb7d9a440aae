"""
Numbers, shares, dates and lists as a reader of each language writes them.

Thousands are set apart by a narrow no-break space in Norwegian and by a comma in English; what is unknown
is written as the word for it, never as zero.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from functools import lru_cache

from babel.dates import format_date as _babel_date
from babel.lists import format_list as _babel_list
from babel.numbers import format_decimal as _babel_decimal

from tyngdepunkt.texts import translator

__all__ = [
    "format_change",
    "format_count",
    "format_date",
    "format_decimal",
    "format_list",
    "format_minutes",
    "format_share",
]

# British English: the day comes before the month, as in the rest of Europe.
_LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
_ROUNDING = 1e-6  # far below one person, far above what adding up floats leaves
_THIN_SPACE = "\u202f"
_NO_BREAK_SPACE = "\u00a0"


def format_count(value: float | None, language: str) -> str:
    """
    Write a number of persons, municipalities or person-minutes.

    Parameters
    ----------
    value
        The number; a whole one is written without decimals, any other with one; None where unknown.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    ``18 276`` or ``18,276``; the word for unknown where `value` is None.
    """
    return format_decimal(value, language, digits=0 if value is None or _is_whole(value) else 1)


def format_decimal(value: float | None, language: str, *, digits: int) -> str:
    """
    Write a number with a fixed number of decimals.

    Parameters
    ----------
    value
        The number; None where unknown, infinite where there is no way.
    language
        ``nb``, ``nn`` or ``en``.
    digits
        Decimals, 0 or more.

    Returns
    -------
    The number, or the word for unknown or for unlimited.
    """
    if value is None or math.isnan(value):
        return translator(language, "common").gettext("unknown")
    if math.isinf(value):
        return translator(language, "common").gettext("out of reach")
    return _write_decimal(round(value, digits) + 0.0, digits, language)  # + 0.0: no minus before zero


@lru_cache(maxsize=4096)  # a report writes the same numbers over and over, and Babel takes its time
def _write_decimal(rounded: float, digits: int, language: str) -> str:
    """Write a rounded number with its decimals."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    written = _babel_decimal(rounded, format=pattern, locale=_LOCALES[language], group_separator=True)
    return written.replace(_NO_BREAK_SPACE, _THIN_SPACE).replace("-", "\u2212")


def format_change(value: float | None, language: str) -> str:
    """
    Write a difference with its sign.

    Parameters
    ----------
    value
        The difference; None where unknown.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    ``+25``, ``−69`` (a true minus), ``0``, or the word for unknown.
    """
    written = format_count(value, language)
    return f"+{written}" if value is not None and value > 0 else written


def format_share(value: float | None, language: str, *, digits: int = 1) -> str:
    """
    Write a share as per cent.

    Parameters
    ----------
    value
        The share, 0 to 1; None where unknown.
    language
        ``nb``, ``nn`` or ``en``.
    digits
        Decimals of the per cent.

    Returns
    -------
    ``89,2 %`` in Norwegian, ``89.2%`` in English, or the word for unknown.
    """
    if value is None or math.isnan(value):
        return format_decimal(None, language, digits=digits)
    written = format_decimal(value * 100, language, digits=digits)
    return f"{written}%" if language == "en" else f"{written}{_NO_BREAK_SPACE}%"


def format_minutes(value: float | None, language: str) -> str:
    """
    Write a travel time.

    Parameters
    ----------
    value
        Minutes [min]; None where unknown, infinite where there is no way.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    ``64 min``, or the word for unknown or for no way.
    """
    written = format_decimal(value, language, digits=0)
    return written if value is None or not math.isfinite(value) else f"{written}{_NO_BREAK_SPACE}min"


def format_date(value: dt.date, language: str) -> str:
    """
    Write a date with the month in words.

    Parameters
    ----------
    value
        The date.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    ``1. januar 2017`` or ``1 January 2017``.
    """
    return _babel_date(value, format="long", locale=_LOCALES[language])


def format_list(items: Sequence[str], language: str) -> str:
    """
    Write a list as running text.

    Parameters
    ----------
    items
        The texts, in the order to be written.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    ``Ålesund, Molde og Volda``; empty for no items.
    """
    return _babel_list(list(items), locale=_LOCALES[language])


def _is_whole(value: float) -> bool:
    """Return whether a number is whole but for rounding in the last digits, or not a number at all."""
    return not math.isfinite(value) or abs(value - round(value)) < _ROUNDING
