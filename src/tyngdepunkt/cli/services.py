"""The commands about services: share, hosting, capacity."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt import shapes
from tyngdepunkt.cli import screen
from tyngdepunkt.cli.asking import kept_answers, open_study
from tyngdepunkt.cli.groups import asks_plan, blocks_of, choose_blocks, find_plan_asked, name_group, read_group
from tyngdepunkt.cli.guard import INTERRUPTED, MENDABLE, NO_PLAN, tell
from tyngdepunkt.cli.layout import emit
from tyngdepunkt.cli.options import SECONDS, Layout, Source, Wide, Wishes, command
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Answers
    from tyngdepunkt.study import Study

__all__ = ["register"]

_SHARE = """
Share out what all gain together, and test splits.

GAME is a JSON file: players, and values, the gain of every coalition; or participants and services with their costs,
from which the gains follow, and which is tested by the cost keys used in practice as well. Either may have splits. The
answer says whether some split leaves no group better off by itself, which splits are fair in which sense, and of each
split who would be worse off and which group would rather leave.

Example: tyngdepunkt share game.json --format json
"""

_HOSTING = """
Find a host for each task, with proof that no choice is better.

PROBLEM is a JSON file: participants, tasks, minutes, job_tolerance and model. Nobody loses more jobs in net than the
tolerance; hosts are as many (balanced) or as few (central) as that allows, and the minutes to them least. Where no plan
exists, say what would have to give way, and how little; exit code 2.

Example: tyngdepunkt hosting problem.json --format json
"""

_CAPACITY = """
Set the staff of services, today and pooled, against norms.

Each norm has its source; where none is known, what others have is shown in its place. Figures of unlike measures are
never compared as one. Without municipalities or a number of centres: each service as it is.

Example: tyngdepunkt capacity --municipalities Herøy,Sande,Vanylven
"""


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    command(app, name="share", help=_SHARE)(share_gain)
    command(app, name="hosting", help=_HOSTING)(place_tasks)
    command(app, name="capacity", help=_CAPACITY)(show_capacity)


def share_gain(
    *,
    game: Annotated[
        Path, typer.Argument(metavar="GAME", help="JSON file with players and values, or participants and services.")
    ],
    layout: Layout,
) -> None:
    """Print how what all gain can be shared out."""
    from tyngdepunkt.analysis.services import read_game, share_values

    with ProgressLine("share"):
        answer = share_values(read_game(game))
    emit(
        layout.form,
        shape=lambda: shapes.sharing_shape(answer),
        rows=lambda: screen.split_rows(answer),
        text=lambda: screen.sharing_text(answer),
    )


def place_tasks(
    *,
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM", help="JSON file with participants, tasks and minutes.")],
    both: Annotated[
        bool,
        typer.Option(
            "--both",
            help="Show the balanced and the central model side by side. Default: the one that the file names.",
        ),
    ] = False,
    seconds: Annotated[
        float,
        typer.Option(
            "--seconds",
            metavar="S",
            min=0.1,
            help="Wall time for each model, after which the answer has a gap in place of a proof [s].",
        ),
    ] = 30.0,
    seed: Annotated[
        int,
        typer.Option(
            "--seed", metavar="N", min=0, help="Seed of the independent search that every proof is held against."
        ),
    ] = 1,
    layout: Layout,
) -> None:
    """Print a host for each task, or what would have to give way."""
    from tyngdepunkt.analysis.services import HostModel, find_hosts, read_hosting

    given = read_hosting(problem)
    both = both or given.model is None
    models = tuple(HostModel) if both else (given.problem.model,)
    with ProgressLine("hosting") as progress:
        plans = find_hosts(given.problem, models=models, seconds=seconds, seed=seed, progress=progress)
    emit(
        layout.form,
        shape=lambda: shapes.hosting_shape(plans),
        rows=lambda: screen.host_rows(plans),
        header=("model", "task", "host", "fte_after", "minutes"),
        text=lambda: screen.hosting_text(plans),
    )
    if not all(plan.is_complete for plan in plans.values()):
        tell("The work was cut short; what was found is printed, without the proof.")
        raise typer.Exit(INTERRUPTED)
    if all(plan.hosts for plan in plans.values()):
        return
    if not all(plan.is_settled or plan.hosts for plan in plans.values()):
        tell("Time ran out before it was known whether there is a plan: give more with --seconds.")
        raise typer.Exit(MENDABLE)
    raise typer.Exit(NO_PLAN)


def show_capacity(
    *,
    municipalities: Annotated[
        list[str] | None,
        typer.Option(
            "--municipalities",
            metavar="A,B",
            help="Municipalities that would pool their services, as ids or names; repeatable. Default: none.",
        ),
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="NAME", help="Only this service; repeatable. Default: every one."),
    ] = None,
    structure: Annotated[
        bool,
        typer.Option(
            "--structure",
            help=(
                "Show the size of services against the size of municipalities, from the register, in place of staff; "
                "with a plan or --municipalities also what its blocks would be as services. Default: no."
            ),
        ),
    ] = False,
    block: Annotated[
        list[str] | None,
        typer.Option(
            "--block",
            metavar="A",
            help="Only the block of the plan in which this municipality lies; id or name, repeatable. Default: all.",
        ),
    ] = None,
    centres: Annotated[
        int | None,
        typer.Option(
            "--centres",
            metavar="K",
            min=1,
            help=(
                "Pool in the blocks of the plan with so many centres. Default: none; the study's own, or the best of "
                "all numbers, where --block or a wish for the plan is given."
            ),
        ),
    ] = None,
    wide: Wide = False,
    wishes: Wishes,
    source: Source,
    layout: Layout,
) -> None:
    """Print what services have of staff, or how large they are."""
    from tyngdepunkt.analysis.services import (
        assess_capacity,
        compare_structures,
        structure_of_blocks,
        structure_of_municipalities,
    )

    study = open_study(source)
    blocks = _find_blocks(study, municipalities, block or (), centres, wishes, kept_answers(source))
    if structure:
        with ProgressLine("capacity"):
            found = compare_structures(study, services=service or ())
            own = structure_of_municipalities(study)
            pooled = structure_of_blocks(study, blocks.values()) if blocks else None
        emit(
            layout.form,
            shape=lambda: shapes.structure_shape(study, found, own, pooled),
            rows=lambda: screen.structure_rows(found, own, pooled),
            text=lambda: screen.structure_text(study, found, own, pooled, wide=wide),
        )
        return
    with ProgressLine("capacity"):
        answer = assess_capacity(study, blocks, services=service or ())
    emit(
        layout.form,
        shape=lambda: shapes.capacity_shape(study, answer),
        rows=lambda: screen.capacity_rows(study, answer),
        text=lambda: screen.capacity_text(study, answer, wide=wide),
    )


def _find_blocks(
    study: Study,
    municipalities: Sequence[str] | None,
    chosen: Sequence[str],
    centres: int | None,
    wishes: Wishes,
    answers: Answers | None,
) -> dict[str, tuple[str, ...]]:
    """Return the blocks that the options name; none where they name none."""
    planned = bool(chosen) or asks_plan("", centres, wishes)
    if municipalities and planned:
        raise QuestionError("Give --municipalities, or --centres and what else a plan shall be, not both.")
    if municipalities:
        groups = [read_group(study, text) for text in municipalities]
        return {name_group(study, ids): ids for ids in groups}
    if not planned:
        return {}
    plan = find_plan_asked(study, "", centres, wishes, seconds=SECONDS, answers=answers)
    return choose_blocks(study, blocks_of(study, plan), chosen)
