"""The command that asks for the plans between two objectives: pareto."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt import shapes
from tyngdepunkt.cli import screen
from tyngdepunkt.cli.asking import choose_numbers, name_of, open_study, pose_question, read_plan
from tyngdepunkt.cli.guard import INTERRUPTED, tell
from tyngdepunkt.cli.layout import emit
from tyngdepunkt.cli.options import SECONDS, Layout, Seconds, Source, Wishes, command
from tyngdepunkt.cli.refusals import refuse
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.model import Objective

__all__ = ["register"]

_PARETO = """
Find the plans that no plan beats in both of two objectives.

Each is proven: to have more of the one, something of the other must be given up. With --plan, say which of them a plan
lies nearest to, and which are better than it in both.

Example: tyngdepunkt pareto --objectives ties,access --centres 7
"""

_TWO = 2
_COMMA = re.compile(r",(?![^\[]*\])")


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    command(app, name="pareto", help=_PARETO, leave_out={"objective"})(find_between)


def find_between(
    *,
    objectives: Annotated[
        list[str],
        typer.Option(
            "--objectives",
            metavar="A,B",
            help="The two objectives, ties,access; for a weighting of terms give the option twice, one objective each.",
        ),
    ],
    centres: Annotated[
        str,
        typer.Option(
            "--centres",
            metavar="K",
            help="Number of centres, 7, or a range any number of which will do, 2-8. Default: any number.",
            show_default=False,
        ),
    ] = "",
    plan: Annotated[
        str,
        typer.Option(
            "--plan",
            metavar="PLAN",
            help="A plan to find the nearest points of: as for compare, a number, a name or a file. Default: none.",
            show_default=False,
        ),
    ] = "",
    points: Annotated[
        int | None,
        typer.Option(
            "--points",
            metavar="N",
            min=2,
            help="So many points alone, evenly spaced in the second objective. Default: all.",
            show_default=False,
        ),
    ] = None,
    step: Annotated[
        float,
        typer.Option(
            "--step",
            metavar="X",
            help="Amounts that differ by less than half of this are taken as alike [unit of each objective].",
        ),
    ] = 1.0,
    seconds: Seconds = SECONDS,
    wishes: Wishes,
    source: Source,
    layout: Layout,
) -> None:
    """Print the plans between two objectives."""
    from tyngdepunkt.analysis import find_front, find_nearest
    from tyngdepunkt.model import NoPlan

    pair = _read_pair(objectives)
    study = open_study(source)
    numbers = choose_numbers(study, centres) if centres else tuple(range(1, len(study.territory) + 1))
    if list(numbers) != list(range(numbers[0], numbers[-1] + 1)):
        raise QuestionError(f"--centres {centres} leaves numbers out: give one, 7, or a whole range, 2-8.")
    question = pose_question(study, wishes, numbers[0])
    theirs = read_plan(study, plan, dataclasses.replace(wishes, objective=str(pair[0]))) if plan else None
    if isinstance(theirs, NoPlan):
        refuse(study, theirs, layout)
    with ProgressLine("pareto") as progress:
        front = find_front(
            study,
            question,
            pair,
            centres=(numbers[0], numbers[-1]),
            points=points,
            step=step,
            seconds=seconds,
            progress=progress,
        )
    if front.no_plan is not None:
        refuse(study, front.no_plan, layout)
    near = None if theirs is None else find_nearest(study, front, theirs, question, name=name_of(theirs))
    emit(
        layout.form,
        shape=lambda: shapes.front_shape(study, front, near, question),
        rows=lambda: screen.front_rows(study, front),
        header=screen.front_header(front),
        text=lambda: screen.front_text(study, front, near),
    )
    if front.interrupted:
        tell(f"Only {len(front.points)} points were found before the interrupt, and are printed.")
        raise typer.Exit(INTERRUPTED)


def _read_pair(texts: list[str]) -> tuple[Objective, Objective]:
    """Read two objectives from one text, or from two."""
    from tyngdepunkt.model import Objective

    parts = _COMMA.split(texts[0]) if len(texts) == 1 else texts
    if len(parts) != _TWO:
        raise QuestionError(
            f"--objectives {' '.join(texts)} names {len(parts)} objectives: give two, as ties,access, or the option "
            "twice where an objective is a weighting."
        )
    return Objective.from_text(parts[0]), Objective.from_text(parts[1])
