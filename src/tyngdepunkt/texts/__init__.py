"""
Words for readers in Bokmål, Nynorsk and English, through gettext.

Catalogues are plain ``.po`` files, ``texts/<language>/<domain>.po``, one domain a face (``web``, ``report``,
``cli``) and ``common`` for the words they share; they are read as they stand, so no compiled file is kept.
Message ids are the English texts: English needs a catalogue only where a text has plural forms.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from importlib.resources import files

__all__ = ["LANGUAGES", "translator"]

LANGUAGES = ("nb", "nn", "en")


@cache
def translator(language: str, domain: str) -> gettext.NullTranslations:
    """
    Return the translations of a domain, falling back on ``common`` and then on the English text.

    Parameters
    ----------
    language
        ``nb``, ``nn`` or ``en``.
    domain
        ``web``, ``report`` or ``cli``.

    Returns
    -------
    An object with ``gettext`` and ``ngettext``.

    Raises
    ------
    KeyError
        Where the language is not one of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise KeyError(f"{language!r} is not a language of tyngdepunkt: use one of {', '.join(LANGUAGES)}.")
    common = _catalogue(language, "common")
    if domain == "common":
        return common
    own = _catalogue(language, domain)
    if own is not common:
        own.add_fallback(common)
    return own


def _catalogue(language: str, domain: str) -> gettext.NullTranslations:
    """Read one ``.po`` file into translations; an absent file gives the English texts."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = files("tyngdepunkt.texts") / language / f"{domain}.po"
    if not source.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source.read_bytes()), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
