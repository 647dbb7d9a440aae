"""What is printed where there is no plan, or not all of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer

from tyngdepunkt.cli import screen, shapes
from tyngdepunkt.cli.guard import INTERRUPTED, MENDABLE, NO_PLAN, tell
from tyngdepunkt.cli.layout import json_text
from tyngdepunkt.cli.options import Format, Layout

if TYPE_CHECKING:
    from tyngdepunkt.model import NoPlan
    from tyngdepunkt.study import Study

__all__ = ["note_unfinished", "refuse"]


def refuse(study: Study, answer: NoPlan, layout: Layout) -> NoReturn:
    """Print why there is no plan, and exit with the code that says so; more time may mend an unsettled answer."""
    text = screen.no_plan_text(study, answer)
    match layout.form:
        case Format.JSON:
            typer.echo(json_text(shapes.no_plan_shape(study, answer)), nl=False)
        case Format.CSV:
            tell(text.rstrip("\n"))
        case Format.TABLE:
            typer.echo(text, nl=False)
    raise typer.Exit(MENDABLE if answer.kind == shapes.UNSETTLED else NO_PLAN)


def note_unfinished(done: int, asked: int, what: str) -> None:
    """Say so where Ctrl-C cut the work short and what was done is printed, and exit with the code for it."""
    if done < asked:
        tell(f"Only {done} of {asked} {what} were done, and are printed.")
        raise typer.Exit(INTERRUPTED)
