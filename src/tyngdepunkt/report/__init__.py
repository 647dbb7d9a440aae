"""
The report: what was asked, what came out and how good it is known to be, as pages and as a spreadsheet.

write_report : both, in every language asked for
check_folder : whether they can be written, asked before the work
pdf, sheet : the two forms
chapters, tables : what they say
palette, maps, charts : how it is drawn
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.model import Progress, Step, silent
from tyngdepunkt.texts import LANGUAGES

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Analysis

__all__ = ["FORMATS", "check_folder", "write_report"]

FORMATS = ("pdf", "xlsx")
"""What a report can be written as."""


def write_report(
    analysis: Analysis,
    folder: Path,
    *,
    languages: Iterable[str] = ("nb",),
    formats: Iterable[str] = FORMATS,
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """
    Write the report and the spreadsheet into a folder.

    Each file is written under another name first and then renamed, so no file is ever half there.

    Parameters
    ----------
    analysis
        What is reported.
    folder
        Where to; made where it does not exist. Files of the same name are replaced.
    languages
        Any of ``nb``, ``nn`` and ``en``.
    formats
        Any of `FORMATS`.
    progress
        Told after each file.

    Returns
    -------
    The files, by language and then by format.

    Raises
    ------
    QuestionError
        Where a language or a format is not known.
    SourceError
        Where the folder cannot be written to.
    """
    wanted = [(language, form) for language in dict.fromkeys(languages) for form in dict.fromkeys(formats)]
    makers = _makers()
    for language, form in wanted:
        if language not in LANGUAGES:
            raise QuestionError(f"No report is written in {language!r}: use one of {', '.join(LANGUAGES)}.")
        if form not in makers:
            raise QuestionError(f"No report is written as {form!r}: use one of {', '.join(FORMATS)}.")
    written = []
    for number, (language, form) in enumerate(wanted):
        content = makers[form](analysis, language)
        path = folder / f"tyngdepunkt-{_file_name(analysis.study.name)}-{language}.{form}"
        _put(path, content)
        written.append(path)
        progress(Step("report", number + 1, len(wanted)))
    return tuple(written)


def check_folder(folder: Path) -> None:
    """
    Check that a report can be written to a folder, before the work that ends with it.

    Nothing is left behind: a folder that is not there yet is still not there.

    Parameters
    ----------
    folder
        Where the report is to be written.

    Raises
    ------
    SourceError
        Where it cannot be made, or nothing can be written there.
    """
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists() or each.is_symlink())
    try:
        Path(tempfile.mkdtemp(dir=there, prefix=".tyngdepunkt-")).rmdir()
    except OSError as error:
        raise _not_writable(folder, error) from error


def _not_writable(path: Path, error: OSError) -> SourceError:
    """Return the error that says where the report could not be written, and why."""
    return SourceError(
        f"The report could not be written to {path}: {error.strerror or error}. "
        "Choose a folder that can be written to, and close the file where it is open in another program."
    )


def _makers() -> dict[str, Callable[[Analysis, str], bytes]]:
    """Return how each format is made; imported here, so that the package itself loads quickly."""
    from tyngdepunkt.report.pdf import typeset
    from tyngdepunkt.report.sheet import tabulate

    return {
        "pdf": lambda analysis, language: typeset(analysis, language=language),
        "xlsx": lambda analysis, language: tabulate(analysis, language=language),
    }


def _put(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _not_writable(path, error) from error


def _file_name(study: str) -> str:
    """Return the name of a study as part of a file's name."""
    kept = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in study)
    return kept.strip("-.")[:80] or "study"
