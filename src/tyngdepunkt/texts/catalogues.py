"""
Which texts the code asks for, and which of them a catalogue lacks.

    python -m tyngdepunkt.texts.catalogues report nn

prints every text of the report, and of the words that all faces share, that has no Nynorsk yet.
"""

from __future__ import annotations

import io
import string
import sys
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

__all__ = ["find_broken", "find_untranslated", "list_messages", "read_catalogue"]

Message = str | tuple[str, str]
"""A text, or its forms for one and for several."""

_CALLS = {"say": None, "later": None, "Message": None, "gettext": None, "say_many": (1, 2), "ngettext": (1, 2)}


def list_messages(places: Iterable[Path]) -> tuple[Message, ...]:
    """
    List the texts that Python files ask for by ``say``, ``say_many``, ``later``, ``Message`` or gettext's own names.

    Parameters
    ----------
    places
        Files, and folders whose files are read, those within them as well.

    Returns
    -------
    The texts, each once, in alphabetical order.
    """
    found: set[Message] = set()
    for place in places:
        if place.is_file():
            told = [message for _, message, _, _ in extract_from_file("python", place, keywords=_CALLS)]
        else:
            told = [message for _, _, message, _, _ in extract_from_dir(place, [("**.py", "python")], keywords=_CALLS)]
        found |= {message if isinstance(message, str) else (message[0], message[1]) for message in told}
    return tuple(sorted(found, key=str))


def read_catalogue(language: str, domain: str) -> Catalog:
    """
    Read a catalogue.

    Parameters
    ----------
    language
        ``nb``, ``nn`` or ``en``.
    domain
        ``common`` or a face's own.

    Returns
    -------
    The catalogue; an empty one where there is no file.
    """
    source = files("tyngdepunkt.texts") / language / f"{domain}.po"
    if not source.is_file():
        return Catalog(locale=language)
    return read_po(io.BytesIO(source.read_bytes()), locale=language)


def find_untranslated(messages: Iterable[Message], language: str, *domains: str) -> tuple[Message, ...]:
    """
    Find the texts that no catalogue of a language has.

    Parameters
    ----------
    messages
        Texts that the code asks for.
    language
        ``nb`` or ``nn``; English needs no catalogue.
    *domains
        The catalogues, in the order they are asked.

    Returns
    -------
    Those without a translation, in the order given.
    """
    catalogues = [read_catalogue(language, domain) for domain in domains]
    return tuple(m for m in messages if not any(_is_translated(catalogue, m) for catalogue in catalogues))


def find_broken(language: str, domain: str) -> tuple[str, ...]:
    """
    Find translations whose places for values differ from those of the English text.

    Parameters
    ----------
    language
        ``nb``, ``nn`` or ``en``.
    domain
        The catalogue.

    Returns
    -------
    The English texts concerned.
    """
    broken = []
    for message in read_catalogue(language, domain):
        if not message.id:
            continue
        originals = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        said = message.string or ""
        translations = (said,) if isinstance(said, str) else tuple(said)
        asked = set().union(*(_places(text) for text in originals))
        if any(text and not _places(text) <= asked for text in translations) or any(
            asked - {"count"} - _places(text) for text in translations if text
        ):
            broken.append(originals[0])
    return tuple(broken)


def _is_translated(catalogue: Catalog, message: Message) -> bool:
    """Return whether a catalogue has a text, in all its forms."""
    entry = catalogue.get(message if isinstance(message, str) else list(message))
    if entry is None or not entry.string:
        return False
    return entry.string != "" if isinstance(message, str) else all(entry.string)


def _places(text: str) -> set[str]:
    """Return the names of the places for values in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def main(arguments: list[str]) -> int:
    """Print the texts of a face that a language lacks; return how many there are, at most 1."""
    domain, language = arguments
    root = Path(str(files("tyngdepunkt")))
    missing = find_untranslated(list_messages([root / domain, root / "texts"]), language, domain, "common")
    for message in missing:
        print(message)  # noqa: T201
    return min(len(missing), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
