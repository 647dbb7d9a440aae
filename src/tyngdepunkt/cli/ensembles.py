"""The commands that ask one question many times over: stability, sensitivity, standing."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.asking import (
    answer_question,
    choose_numbers,
    kept_answers,
    name_of,
    open_study,
    pose_question,
    read_plan,
)
from tyngdepunkt.cli.guard import INTERRUPTED, tell
from tyngdepunkt.cli.layout import emit
from tyngdepunkt.cli.options import SECONDS, Centres, DrawMethod, Layout, Machines, Seconds, Source, Wishes, command
from tyngdepunkt.cli.refusals import note_unfinished, refuse
from tyngdepunkt.cli.screen.ensembles import (
    place_text,
    sensitivity_text,
    stability_rows,
    stability_text,
    variation_rows,
)
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.shapes.ensembles import place_shape, sensitivity_shape, stability_shape

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Answers, Crew, Stability
    from tyngdepunkt.model import Plan
    from tyngdepunkt.study import Study

__all__ = ["register", "resample"]


_STABILITY = """
Find how often each municipality keeps its block when the commuting table is drawn anew.

Each figure of the table is taken as one that chance has had a hand in, and many tables that could as well have come
out are drawn; the question is answered exactly for each. A municipality keeps its block where it lies in the block that
most inhabitants of its own lie in. Commuting tables of other years, where the study has them, are answered too. The
seed gives the same tables whoever does the work.

Example: tyngdepunkt stability --centres 7 --floor 15000 --resamples 200
"""
_SENSITIVITY = """
Find what becomes of the best plan when one setting changes and all else stays.

Each --vary names a setting with its values: floor=10000,20000; centres=5-8; seasonal=yes; max-minutes=60,90,none;
objective=ties;ties=1,access=0.002, where values that hold commas are parted by semicolons. Each value is answered
exactly, alone.

Example: tyngdepunkt sensitivity --centres 7 --vary floor=0,15000,20000
"""
_STANDING = """
Find where a plan stands among all ways to divide the study into as many blocks.

The divisions are those whose blocks hang together and keep the floor; each is scored by the objective, every block with
its best centre. Where they can be counted, draws are independent and all divisions alike; else chains of
recombinations are run, and it is said how far to trust them. PLAN is as for tyngdepunkt compare. Wishes besides floor,
objective and roads closed in winter shape a plan that is given as a number, not the divisions it is compared with.

Example: tyngdepunkt standing "county governor 2016"
"""


class Redraw(StrEnum):
    """How commuting tables are drawn anew."""

    POISSON = "poisson"
    BOOTSTRAP = "bootstrap"


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    command(app, name="stability", help=_STABILITY)(measure_stability)
    command(app, name="sensitivity", help=_SENSITIVITY)(measure_sensitivity)
    command(app, name="standing", help=_STANDING)(place_plan)


def crew_of(machines: Machines) -> Crew:
    """Return who does the work, as the options say."""
    from tyngdepunkt.analysis import Crew

    return Crew(machines.workers, machines.cluster)


def resample(
    study: Study, plan: Plan, resamples: int, machines: Machines, seconds: float, *, answers: Answers | None = None
) -> Stability | None:
    """
    Draw commuting tables anew, to set beside prices.

    Parameters
    ----------
    study, plan
        The plan and its study.
    resamples
        Tables; none where 0.
    machines
        Who does the work.
    seconds
        Wall time for each plan [s].
    answers
        Where answers are kept from run to run; None for nowhere.

    Returns
    -------
    The stability; None where no tables were asked for.

    Raises
    ------
    QuestionError
        Where the plan is not proven best, or its objective reads no commuting table.
    """
    if not resamples:
        return None
    from tyngdepunkt.analysis import resample_commuting

    with ProgressLine("stability") as progress:
        found = resample_commuting(
            study,
            plan,
            resamples=resamples,
            crew=crew_of(machines),
            seconds=seconds,
            answers=answers,
            progress=progress,
        )
    if not found.complete:
        tell(f"Only {found.solved + found.unsettled} of {resamples} commuting tables were drawn anew.")
    return found


def measure_stability(
    *,
    resamples: Annotated[
        int, typer.Option("--resamples", metavar="N", min=1, help="Commuting tables that are drawn.")
    ] = 200,
    method: Annotated[
        Redraw,
        typer.Option(
            "--method",
            help=(
                "poisson: each figure anew around itself; "
                "bootstrap: the employed residents of each municipality anew from among themselves."
            ),
        ),
    ] = Redraw.POISSON,
    numbers: Annotated[
        str,
        typer.Option(
            "--numbers",
            metavar="K",
            help=(
                "Numbers of centres among which the best is sought in each table besides: 4-8 or 5,6,7. "
                "Each takes as long again. Default: none."
            ),
            show_default=False,
        ),
    ] = "",
    pairs: Annotated[
        bool,
        typer.Option(
            "--pairs", help="Give in JSON how often each two municipalities lie in one block as well. Default: no."
        ),
    ] = False,
    centres: Centres = None,
    seconds: Seconds = SECONDS,
    wishes: Wishes,
    source: Source,
    machines: Machines,
    layout: Layout,
) -> None:
    """Print how often municipalities keep their blocks."""
    from tyngdepunkt.analysis import Resampling, resample_commuting
    from tyngdepunkt.model import NoPlan

    study = open_study(source)
    answers = kept_answers(source)
    tried = choose_numbers(study, numbers, option="--numbers") if numbers else ()
    with ProgressLine("plan") as progress:
        plan = answer_question(study, wishes, centres, progress=progress, seconds=seconds, answers=answers)
    if isinstance(plan, NoPlan):
        refuse(study, plan, layout)
    with ProgressLine("stability") as progress:
        found = resample_commuting(
            study,
            plan,
            resamples=resamples,
            method=Resampling(method.value),
            numbers=tuple(tried),
            crew=crew_of(machines),
            seconds=seconds,
            answers=answers,
            progress=progress,
        )
    emit(
        layout.form,
        shape=lambda: stability_shape(study, found, pairs=pairs),
        rows=lambda: stability_rows(study, found, found.ids),
        text=lambda: stability_text(study, found),
    )
    note_unfinished(found.solved + found.unsettled, found.asked, "resamples")


def measure_sensitivity(
    *,
    vary: Annotated[
        list[str],
        typer.Option(
            "--vary",
            metavar="SETTING=VALUES",
            help="A setting with the values to try: floor=10000,20000; repeatable.",
        ),
    ],
    centres: Centres = None,
    seconds: Seconds = SECONDS,
    wishes: Wishes,
    source: Source,
    machines: Machines,
    layout: Layout,
) -> None:
    """Print what variations do to a plan."""
    from tyngdepunkt.analysis import read_variations, vary_settings
    from tyngdepunkt.model import NoPlan

    study, answers = open_study(source), kept_answers(source)
    with ProgressLine("plan") as progress:
        plan = answer_question(study, wishes, centres, progress=progress, seconds=seconds, answers=answers)
    if isinstance(plan, NoPlan):
        refuse(study, plan, layout)
    variations = tuple(each for text in vary for each in read_variations(plan.question, text))
    with ProgressLine("sensitivity") as progress:
        found = vary_settings(
            study,
            plan,
            variations,
            crew=crew_of(machines),
            seconds=seconds,
            answers=answers,
            progress=progress,
        )
    emit(
        layout.form,
        shape=lambda: sensitivity_shape(study, found),
        rows=lambda: variation_rows(study, found),
        header=("setting", "value", "status"),
        text=lambda: sensitivity_text(study, found),
    )
    note_unfinished(len(found.variations), len(variations), "variations")


def place_plan(
    *,
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The plan that is placed.")],
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", min=100, help="Divisions drawn, or steps of all chains together.")
    ] = 200_000,
    method: Annotated[
        DrawMethod | None,
        typer.Option(
            "--method",
            help="As for tyngdepunkt sample. Default: exact where the divisions can be counted, else uniform.",
            show_default=False,
        ),
    ] = None,
    memory: Annotated[
        float | None,
        typer.Option("--memory", metavar="GB", min=0.01, help="Memory for exact counting [GB]. Default: 3.5."),
    ] = None,
    wishes: Wishes,
    source: Source,
    machines: Machines,
    layout: Layout,
) -> None:
    """Print where a plan stands."""
    from tyngdepunkt.analysis import place_among_all
    from tyngdepunkt.analysis.divisions import GIGABYTES, Method
    from tyngdepunkt.model import NoPlan

    study = open_study(source)
    with ProgressLine("plan"):
        found = read_plan(study, plan, wishes)
    if isinstance(found, NoPlan):
        refuse(study, found, layout)
    question = pose_question(study, wishes, 1)
    with ProgressLine("sample") as progress:
        place = place_among_all(
            study,
            found,
            question,
            name=name_of(found),
            draws=draws,
            method=None if method is None else Method(method.value),
            memory=GIGABYTES if memory is None else memory,
            crew=crew_of(machines),
            progress=progress,
        )
    emit(
        layout.form,
        shape=lambda: place_shape(study, place),
        rows=lambda: [{"from": each.low, "to": each.high, "share": each.share} for each in place.histogram],
        header=("from", "to", "share"),
        text=lambda: place_text(study, place),
    )
    if not place.complete:
        tell("The chains were interrupted; what is printed rests on the steps that were done.")
        raise typer.Exit(INTERRUPTED)
