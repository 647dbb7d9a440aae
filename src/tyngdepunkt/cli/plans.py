"""The commands that ask for plans: plan, sweep, tipping, explain, compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt import shapes
from tyngdepunkt.cli import screen
from tyngdepunkt.cli.asking import (
    answer_question,
    choose_numbers,
    kept_answers,
    name_of,
    open_study,
    pose_question,
    read_plan,
)
from tyngdepunkt.cli.ensembles import crew_of, resample
from tyngdepunkt.cli.guard import tell
from tyngdepunkt.cli.layout import emit
from tyngdepunkt.cli.options import SECONDS, Centres, Layout, Machines, Resamples, Seconds, Source, Wishes, command
from tyngdepunkt.cli.refusals import leave_if_interrupted, note_unfinished, refuse
from tyngdepunkt.cli.waiting import ProgressLine

if TYPE_CHECKING:
    from tyngdepunkt.model import NoPlan, Plan

__all__ = ["register"]

_PLAN = """
Find the best plan, with proof that none is better.

It says which municipalities are centres, who lies in the block around each, and how good that is known to be. Where
no plan exists, say whether numbers or geography forbid it, what clashes, and what nearby works; exit code 2.

Example: tyngdepunkt plan --centres 7 --floor 15000
"""

_SWEEP = """
Find the best plan for every number of centres.

Each is proven, and each step from one number to the next shows what it costs and which centres come and go.

Example: tyngdepunkt sweep --floor 15000 --format csv
"""

_TIPPING = """
Price what each municipality's move to another block costs.

Where the price is small, the municipality tips. A price is the best plan's objective less the best with the
municipality in that block, the number of centres and all else as asked [unit of the objective]. The table
shows each municipality's cheapest move; CSV and JSON hold them all.

Example: tyngdepunkt tipping --centres 7 --municipality Stranda
"""

_EXPLAIN = """
Explain why a municipality lies in its block.

With each reason, and what it would take to lie in each of the other blocks. MUNICIPALITY is an id or a name. The
plan explained is the one that tyngdepunkt plan gives with the same options.

Example: tyngdepunkt explain Stranda --centres 7
"""

_COMPARE = """
Compare two plans, difference first.

Who lies differently and what that costs, then both plans measured with one yardstick. PLAN is a number of centres,
7; the name of a reference plan of the study, "county governor 2016"; or a file: the output of tyngdepunkt plan
--format json, or CSV with the columns municipality_id and block.

Example: tyngdepunkt compare 7 "county governor 2016"
"""


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    command(app, name="plan", help=_PLAN)(find_best_plan)
    command(app, name="sweep", help=_SWEEP)(sweep_numbers)
    command(app, name="tipping", help=_TIPPING)(price_moves)
    command(app, name="explain", help=_EXPLAIN)(explain_place)
    command(app, name="compare", help=_COMPARE)(compare_two)


def find_best_plan(
    *, centres: Centres = None, seconds: Seconds = SECONDS, wishes: Wishes, source: Source, layout: Layout
) -> None:
    """Print the best plan, or that there is none."""
    from tyngdepunkt.analysis import measure_answer
    from tyngdepunkt.model import Interrupted, NoPlan

    study, answers, complete = open_study(source), kept_answers(source), True
    answer: Plan | NoPlan
    with ProgressLine("plan") as progress:
        try:
            answer = answer_question(study, wishes, centres, progress=progress, seconds=seconds, answers=answers)
        except Interrupted as stop:
            answer, complete = stop.plan, False
    if isinstance(answer, NoPlan):
        refuse(study, answer, layout)
    measure = measure_answer(study, answer, answer.question)
    emit(
        layout.form,
        shape=lambda: shapes.plan_shape(study, answer, measure),
        rows=lambda: screen.assignment_rows(study, answer),
        text=lambda: screen.plan_text(study, answer, measure),
    )
    leave_if_interrupted(complete=complete)


def sweep_numbers(
    *,
    centres: Annotated[
        str,
        typer.Option(
            "--centres",
            metavar="K",
            help=(
                "Numbers of centres: one, 7, a range, 2-8, or a list, 2,4,7. Default: every number, "
                "in a country a ladder of them; see blocks.numbers in study.toml."
            ),
            show_default=False,
        ),
    ] = "",
    seconds: Seconds = SECONDS,
    wishes: Wishes,
    source: Source,
    layout: Layout,
) -> None:
    """Print every number of centres."""
    from tyngdepunkt.analysis import sweep_centres

    study, answers = open_study(source), kept_answers(source)
    numbers = choose_numbers(study, centres)
    question = pose_question(study, wishes, numbers[0])
    with ProgressLine("sweep") as progress:
        frontier = sweep_centres(study, question, centres=numbers, seconds=seconds, progress=progress, answers=answers)
    emit(
        layout.form,
        shape=lambda: shapes.frontier_shape(frontier),
        rows=lambda: screen.frontier_rows(study, frontier),
        text=lambda: screen.frontier_text(study, frontier),
    )
    note_unfinished(len(frontier.points), len(numbers), "numbers of centres")


def price_moves(
    *,
    municipality: Annotated[
        list[str] | None,
        typer.Option("--municipality", metavar="A", help="Price only this one; id or name, repeatable. Default: all."),
    ] = None,
    cap: Annotated[
        float | None,
        typer.Option(
            "--cap",
            metavar="PRICE",
            min=0,
            help=(
                "Give a price above this as at least so much; quicker [unit of the objective]. Default: none; "
                "in a country the cheapest price of each municipality."
            ),
            show_default=False,
        ),
    ] = None,
    resamples: Resamples = 0,
    centres: Centres = None,
    seconds: Seconds = SECONDS,
    wishes: Wishes,
    source: Source,
    machines: Machines,
    layout: Layout,
) -> None:
    """Print what moves cost."""
    from tyngdepunkt.analysis import price_tipping
    from tyngdepunkt.model import NoPlan

    study, answers = open_study(source), kept_answers(source)
    wanted = tuple(dict.fromkeys(study.territory.find(text) for text in municipality or study.territory.ids))
    with ProgressLine("plan") as progress:
        plan = answer_question(study, wishes, centres, progress=progress, seconds=seconds, answers=answers)
    if isinstance(plan, NoPlan):
        refuse(study, plan, layout)
    with ProgressLine("tipping") as progress:
        prices = price_tipping(
            study,
            plan,
            municipalities=wanted,
            cap=cap,
            seconds=seconds,
            crew=crew_of(machines),
            progress=progress,
            answers=answers,
        )
    stability = resample(study, plan, resamples, machines, seconds, answers=answers)
    emit(
        layout.form,
        shape=lambda: shapes.price_shapes(prices, stability),
        rows=lambda: screen.price_rows(study, plan, prices, stability),
        text=lambda: screen.prices_text(study, plan, prices, stability),
    )
    note_unfinished(len(prices), len(wanted) * (len(plan.centres) - 1), "prices")


def explain_place(
    *,
    municipality: Annotated[str, typer.Argument(metavar="MUNICIPALITY", help="Id or name, such as 1525 or Stranda.")],
    resamples: Resamples = 0,
    centres: Centres = None,
    seconds: Seconds = SECONDS,
    wishes: Wishes,
    source: Source,
    machines: Machines,
    layout: Layout,
) -> None:
    """Print why a municipality lies where it does."""
    from tyngdepunkt.analysis import explain_municipality
    from tyngdepunkt.model import NoPlan, Status

    study, answers = open_study(source), kept_answers(source)
    found = study.territory.find(municipality)
    with ProgressLine("plan") as progress:
        plan = answer_question(study, wishes, centres, progress=progress, seconds=seconds, answers=answers)
    if isinstance(plan, NoPlan):
        refuse(study, plan, layout)
    with ProgressLine("tipping") as progress:
        explanation = explain_municipality(study, plan, found, seconds=seconds, progress=progress, answers=answers)
    stability = resample(study, plan, resamples, machines, seconds, answers=answers)
    emit(
        layout.form,
        shape=lambda: shapes.explanation_shape(study, explanation, stability),
        rows=lambda: screen.price_rows(study, plan, explanation.prices, stability),
        text=lambda: screen.explanation_text(study, explanation, stability),
    )
    if plan.certificate.status is Status.OPTIMAL:
        note_unfinished(len(explanation.prices), len(plan.centres) - 1, "prices")
    elif not explanation.prices:
        tell("What another block would cost is not known, since the plan is not proven best: give it more --seconds.")


def compare_two(
    *,
    first: Annotated[str, typer.Argument(metavar="PLAN", help="The plan that is compared.")],
    second: Annotated[str, typer.Argument(metavar="PLAN", help="The plan that it is compared with.")],
    wishes: Wishes,
    source: Source,
    layout: Layout,
) -> None:
    """Print two plans side by side."""
    from tyngdepunkt.analysis import compare_plans
    from tyngdepunkt.model import NoPlan, Plan

    study, answers = open_study(source), kept_answers(source)
    found = []
    with ProgressLine("plan"):
        for text in (first, second):
            plan = read_plan(study, text, wishes, answers=answers)
            if isinstance(plan, NoPlan):
                refuse(study, plan, layout)
            found.append(plan)
    asked = [plan.question for plan in found if isinstance(plan, Plan)]
    question = asked[0] if asked else pose_question(study, wishes, 1)
    names = (name_of(found[0]), name_of(found[1]))
    if names[0] == names[1] and first != second:
        # Files of one name: as they were given.
        names = first, second
    with ProgressLine("tipping"):
        comparison = compare_plans(study, found[0], found[1], question, names=names, answers=answers)
    emit(
        layout.form,
        shape=lambda: shapes.comparison_shape(study, comparison, question),
        rows=lambda: screen.difference_rows(study, comparison, question.objective),
        header=screen.difference_header(comparison, question.objective),
        text=lambda: screen.comparison_text(study, comparison, question),
    )
