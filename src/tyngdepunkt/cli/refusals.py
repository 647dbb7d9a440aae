"""What is printed where there is no plan, or not all of an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import typer

from tyngdepunkt import shapes
from tyngdepunkt.cli import screen
from tyngdepunkt.cli.guard import INTERRUPTED, MENDABLE, NO_PLAN, tell
from tyngdepunkt.cli.layout import json_text
from tyngdepunkt.cli.options import Format, Layout

if TYPE_CHECKING:
    from tyngdepunkt.model import NoPlan
    from tyngdepunkt.study import Study

__all__ = ["leave_if_interrupted", "note_unfinished", "print_refusal", "refuse"]


def refuse(study: Study, answer: NoPlan, layout: Layout) -> NoReturn:
    """Print why there is no plan, and exit with the code that says so; more time may mend an unsettled answer."""
    print_refusal(layout, shape=lambda: shapes.no_plan_shape(study, answer), text=screen.no_plan_text(study, answer))
    raise typer.Exit(MENDABLE if answer.kind == shapes.UNSETTLED else NO_PLAN)


def print_refusal(layout: Layout, *, shape: Callable[[], object], text: str) -> None:
    """
    Print that there is no answer, and why.

    Parameters
    ----------
    layout
        How answers are printed; CSV has no place for reasons, so they go to standard error.
    shape
        Gives the reasons for JSON.
    text
        Tells them for reading.
    """
    match layout.form:
        case Format.JSON:
            typer.echo(json_text(shape()), nl=False)
        case Format.CSV:
            tell(text.rstrip("\n"))
        case Format.TABLE:
            typer.echo(text, nl=False)


def leave_if_interrupted(*, complete: bool) -> None:
    """Say so where Ctrl-C cut the work short and what was done is printed, and exit with the code for it."""
    if not complete:
        tell("Interrupted: what was found by then is printed.")
        raise typer.Exit(INTERRUPTED)


def note_unfinished(done: int, asked: int, what: str) -> None:
    """Say so where Ctrl-C cut the work short and what was done is printed, and exit with the code for it."""
    if done < asked:
        tell(f"Only {done} of {asked} {what} were done, and are printed.")
        raise typer.Exit(INTERRUPTED)
