"""The commands that give the whole analysis a face: run, report, serve."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt import shapes
from tyngdepunkt.cli import screen
from tyngdepunkt.cli.asking import kept_answers, open_study, pose_question
from tyngdepunkt.cli.cooperation import Keeping, open_kept_register
from tyngdepunkt.cli.guard import INTERRUPTED, tell
from tyngdepunkt.cli.layout import emit
from tyngdepunkt.cli.options import Centres, Language, Languages, Layout, Out, Source, Wishes, command
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import SourceError

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Analysis, Answers
    from tyngdepunkt.study import Study

__all__ = ["register"]

_RUN = """
Take a study from its tables to a finished answer.

The whole analysis, with report (PDF) and spreadsheet (XLSX) in a folder and a summary on the screen, which is in
English unless a language is given.

Example: tyngdepunkt run --language nn --language en
"""

_REPORT = """
Write the report and the spreadsheet of a study.

The same files as tyngdepunkt run, PDF and XLSX, without the summary; prints where they are.

Example: tyngdepunkt report --language nb --out to-the-council
"""

_SERVE = """
Open the workbench, a page on this machine.

There a reader moves the number of centres, and the map answers at once. It is served on this machine only, needs no
network, and runs until Ctrl-C.

Example: tyngdepunkt serve --port 8080
"""

_OUT = Path("tyngdepunkt-out")


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    command(app, name="run", help=_RUN)(run_study)
    command(app, name="report", help=_REPORT)(write_files)
    command(app, name="serve", help=_SERVE)(open_workbench)


def run_study(
    *,
    centres: Centres = None,
    wishes: Wishes,
    source: Source,
    language: Languages = None,
    out: Out = _OUT,
    layout: Layout,
) -> None:
    """Analyse a study, write its report and spreadsheet, print a summary."""
    answers = kept_answers(source)
    analysis = _analyse(open_study(source), wishes, centres, answers, out)
    files: tuple[Path, ...] = ()
    unwritten: SourceError | None = None
    try:
        files = _write(analysis, language, out)
    except SourceError as error:  # the answer is there all the same
        unwritten = error
    emit(
        layout.form,
        shape=lambda: shapes.run_shape(analysis, files),
        rows=lambda: screen.layer_rows(analysis),
        text=lambda: screen.run_text(analysis, files, language[0] if language else "en"),
    )
    if unwritten is not None:
        raise unwritten
    _note_unfinished(analysis, answers)


def write_files(
    *,
    centres: Centres = None,
    wishes: Wishes,
    source: Source,
    language: Languages = None,
    out: Out = _OUT,
    layout: Layout,
) -> None:
    """Analyse a study, write its report and spreadsheet, print where they are."""
    answers = kept_answers(source)
    analysis = _analyse(open_study(source), wishes, centres, answers, out)
    files = _write(analysis, language, out)
    emit(
        layout.form,
        shape=lambda: {"study": analysis.study.name, "files": [path.as_posix() for path in files]},
        rows=lambda: [{"file": path.as_posix()} for path in files],
        text=lambda: "".join(f"{path.as_posix()}\n" for path in files),
        header=("file",),
    )
    _note_unfinished(analysis, answers)


def open_workbench(
    *,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on this machine; 0 for any that is free.")
    ] = 8000,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open the page in the browser at once.")
    ] = True,
    language: Annotated[
        Language, typer.Option("--language", help="Language of the page until the reader chooses another.")
    ] = Language.NB,
    keeping: Keeping,
    source: Source,
) -> None:
    """Serve the workbench until it is stopped, which is no failure."""
    from tyngdepunkt.web import serve

    study = open_study(source)
    with contextlib.suppress(KeyboardInterrupt):
        serve(
            study,
            port=port,
            open_browser=browser,
            language=language,
            answers=kept_answers(source),
            register=keeping.place or None,
        )


def _languages(chosen: list[Language] | None) -> tuple[str, ...]:
    """Return the languages of the report, each once; Bokmål where none is given."""
    return tuple(dict.fromkeys(str(each) for each in chosen or (Language.NB,)))


def _analyse(study: Study, wishes: Wishes, centres: int | None, answers: Answers | None, out: Path) -> Analysis:
    """Return the whole analysis of what the options ask for, once it is sure that its report can be written."""
    from tyngdepunkt.analysis import Crew, analyse
    from tyngdepunkt.report import check_folder

    check_folder(out)
    settings = study.settings
    question = pose_question(study, wishes, centres or settings.blocks_centres or 0, floor=settings.blocks_floor)
    register, replies = open_kept_register(study)
    with ProgressLine("sweep") as progress:
        return analyse(
            study,
            question,
            crew=Crew(workers=None),
            progress=progress,
            answers=answers,
            register=register,
            replies=replies,
        )


def _write(analysis: Analysis, language: list[Language] | None, out: Path) -> tuple[Path, ...]:
    """Write report and spreadsheet and return where they are; nothing of an analysis that was cut short."""
    from tyngdepunkt.report import write_report

    if not analysis.complete:
        return ()
    with ProgressLine("report") as progress:
        return write_report(analysis, out, languages=_languages(language), progress=progress)


def _note_unfinished(analysis: Analysis, answers: Answers | None) -> None:
    """Say so where Ctrl-C cut the analysis short, and exit with the code for it."""
    if not analysis.complete:
        tell("The analysis was cut short: what is printed is what was done, and no report is written.")
        if answers is not None:
            tell("The answers found are kept: the same command goes on from there.")
        raise typer.Exit(INTERRUPTED)
