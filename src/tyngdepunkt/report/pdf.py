"""
The report as a PDF that everyone can read: PDF/UA-1, typeset by typst from a template that ships with the package.

The template gets plain values, already in words, as one JSON text; nothing that a study holds is ever read
as markup. Fonts are those that come inside the typst package, so the pages look alike on every machine.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.chapters import CHAPTERS, write_front
from tyngdepunkt.report.document import prepare
from tyngdepunkt.report.printable import printable

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Analysis

__all__ = ["typeset", "write_pdf"]

_MARKUP = {"svg"}
"""Keys whose values are not text for readers."""


def write_pdf(analysis: Analysis, path: Path, *, language: str) -> None:
    """
    Write the report as PDF/UA-1.

    Parameters
    ----------
    analysis
        What is reported.
    path
        The file; its folder exists.
    language
        ``nb``, ``nn`` or ``en``.
    """
    path.write_bytes(typeset(analysis, language=language))


def typeset(analysis: Analysis, *, language: str) -> bytes:
    """
    Typeset the report.

    Parameters
    ----------
    analysis
        What is reported.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    The PDF. The same analysis gives the same bytes.
    """
    import typst

    values = json.dumps(_values(Briefing(analysis, language)), ensure_ascii=False)
    template = (files("tyngdepunkt.report") / "templates" / "report.typ").read_bytes()
    return typst.compile(
        template,
        sys_inputs={"report": values},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )


def _values(briefing: Briefing) -> dict[str, Any]:
    """Return all that the template shows."""
    wording, study = briefing.wording, briefing.analysis.study
    say = wording.say
    title = say("Blocks of municipalities and regional centres of gravity")
    chapters = [[prepare(part, wording) for part in write(briefing)] for write in CHAPTERS]
    values = {
        "language": briefing.language,
        "title": title,
        "subtitle": briefing.title,
        "dateline": say("The municipalities as of {date}", date=wording.date(study.date)) if study.date else "",
        "description": say("Into how many blocks, around which centres, and how good the answer is known to be."),
        "keywords": [say("municipalities"), say("blocks"), say("centres of gravity"), say("commuting"), briefing.title],
        "author": "tyngdepunkt " + briefing.analysis.version,
        "words": {
            "contents": say("Contents"),
            "figure": say("Figure"),
            "table": say("Table"),
            "page": say("Page {page} of {pages}"),
        },
        "front": [prepare(part, wording) for part in write_front(briefing)],
        "chapters": [parts for parts in chapters if parts],
    }
    return {key: _made_printable(value) for key, value in values.items()}


def _made_printable(value: Any, key: str = "") -> Any:  # noqa: ANN401 - what JSON holds
    """Return a value with every text in it such that the fonts can draw it."""
    if isinstance(value, str):
        return value if key in _MARKUP else printable(value)
    if isinstance(value, dict):
        return {name: _made_printable(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_made_printable(each, key) for each in value]
    return value
