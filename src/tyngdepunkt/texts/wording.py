"""One language's voice: texts, numbers and lists together, so that a face writes a sentence in one call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tyngdepunkt.texts import numbers, translator

__all__ = ["Wording", "later"]

_CLOSE = 1e-6


def later(text: str) -> str:
    """
    Mark a text for translation without translating it yet.

    Parameters
    ----------
    text
        The English text, as it stands in the catalogues.

    Returns
    -------
    The same text.
    """
    return text


@dataclass(frozen=True)
class Wording:
    """
    Texts and numbers in one language.

    Parameters
    ----------
    language
        ``nb``, ``nn`` or ``en``.
    domain
        The catalogue that is asked first (``"report"``); ``"common"`` is asked after it.
    """

    language: str
    domain: str = "common"

    def say(self, text: str, **values: str) -> str:
        """
        Return a text in the language, with values filled in.

        Parameters
        ----------
        text
            The English text, with ``{name}`` where a value goes.
        **values
            What goes there, already as text; braces in a value stand as they are.

        Returns
        -------
        The text; the English one where the catalogue has none.
        """
        if not text:
            return ""
        translated = translator(self.language, self.domain).gettext(text)
        return translated.format(**values) if values else translated

    def say_many(self, one: str, many: str, number: int, **values: str) -> str:
        """
        Return a text in the form that a number asks for.

        Parameters
        ----------
        one, many
            The English texts for one and for several; ``{count}`` stands for the number.
        number
            How many.
        **values
            Other values, already as text.

        Returns
        -------
        The text with the number written out in digits.
        """
        translated = translator(self.language, self.domain).ngettext(one, many, number)
        return translated.format(count=self.count(number), **values)

    def tell(self, message: str) -> str:
        """
        Say a message that knows its words and its values, as an error or a fault of a file has it.

        Parameters
        ----------
        message
            A `tyngdepunkt.messages.Message`; any other text stands as it is.

        Returns
        -------
        The message in the language; the English one where the catalogue has none.
        """
        text = getattr(message, "text", "")
        if not text:
            return message
        values = {name: self.tell(value) for name, value in getattr(message, "values", {}).items()}
        return replace(self, domain="faults").say(text, **values)

    def count(self, value: float | None) -> str:
        """Write a number; see `numbers.format_count`."""
        return numbers.format_count(value, self.language)

    def change(self, value: float | None) -> str:
        """Write a difference with its sign; see `numbers.format_change`."""
        return numbers.format_change(value, self.language)

    def share(self, value: float | None, *, digits: int = 1) -> str:
        """Write a share as per cent; see `numbers.format_share`."""
        return numbers.format_share(value, self.language, digits=digits)

    def decimal(self, value: float | None) -> str:
        """Write a number with as many decimals as it needs, two at most; see `numbers.format_decimal`."""
        digits = next((n for n in (0, 1) if value is None or abs(value - round(value, n)) < _CLOSE), 2)
        return numbers.format_decimal(value, self.language, digits=digits)

    def minutes(self, value: float | None) -> str:
        """Write a travel time; see `numbers.format_minutes`."""
        return numbers.format_minutes(value, self.language)

    def date(self, value: dt.date) -> str:
        """Write a date; see `numbers.format_date`."""
        return numbers.format_date(value, self.language)

    def join(self, items: Iterable[str]) -> str:
        """Write a list as running text; see `numbers.format_list`."""
        return numbers.format_list(tuple(items), self.language)
