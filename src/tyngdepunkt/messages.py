"""
Messages that remember what they were made of, so that a face can say them in another language.

    message = Message("{row} points to {ids}.", row="S18_15", ids="S13_2")

is the English sentence wherever text is asked for, and keeps the words and the values apart for the catalogues.
"""

from __future__ import annotations

from typing import Self

__all__ = ["Message"]


class Message(str):
    """
    A sentence in English that knows its words and its values.

    Parameters
    ----------
    text
        The words, with ``{name}`` where a value goes, as they stand in the catalogues.
    **values
        What goes there; a value may be a message of its own.
    """

    __slots__ = ("text", "values")

    text: str
    values: dict[str, str]

    def __new__(cls, text: str, /, **values: object) -> Self:
        """Make the sentence."""
        said = {name: value if isinstance(value, str) else str(value) for name, value in values.items()}
        made = super().__new__(cls, text.format(**said) if said else text)
        made.text, made.values = text, said
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Say what it is made of, so that it comes whole out of another process."""
        return _remake, (type(self), self.text, self.values)


def _remake(kind: type[Message], text: str, values: dict[str, str]) -> Message:
    """Make a message anew."""
    return kind(text, **values)
