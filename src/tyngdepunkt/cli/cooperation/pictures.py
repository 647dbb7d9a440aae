"""The commands that look at the register of a year: its arrangements, their measures, their legal forms."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.asking import kept_answers
from tyngdepunkt.cli.cooperation.kept import Keeping, Year, open_register
from tyngdepunkt.cli.groups import PlanName, asks_plan, find_plan_asked
from tyngdepunkt.cli.layout import Row, emit, fit_table
from tyngdepunkt.cli.options import SECONDS, Centres, Folder, Layout, Seconds, Source, Wide, Wishes, command
from tyngdepunkt.cli.screen.cooperation import (
    arrangement_row,
    block_row,
    form_row,
    forms_text,
    host_row,
    measure_row,
    measure_text,
    pair_row,
    task_row,
)
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.shapes.cooperation import (
    arrangement_shape,
    block_shape,
    form_checks_shape,
    host_shapes,
    measure_shape,
    pair_shape,
    task_shape,
)

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import RegisterMeasure
    from tyngdepunkt.model import Arrangement, FormNeeds, Register
    from tyngdepunkt.study import Study

__all__ = ["register"]

_LIST = """
List the arrangements of a year.

Each once, by the latest row that is not later than the year; a row of an earlier year that nothing came after is
marked as carried over.

Example: tyngdepunkt register list --year 2018 --municipality Volda
"""
_MEASURE = """
Measure the cooperation of a year, municipality by municipality.

How many arrangements, by level, task and form; another's count beside it, and the gap. With a plan (--centres,
--floor or another wish, or --plan) also the share of each municipality's arrangements that lie inside its block.
--of measures something else: blocks of the plan, tasks beside another's count, hosts, pairs of municipalities.

Example: tyngdepunkt register measure --year 2013 --centres 7 --floor 15000
"""
_FORMS = """
Check whether the legal forms of a year's arrangements can carry their tasks.

Only where a source tells what the task needs (table task_needs), or you do (--needs); all else is unknown, and is
counted as such.

Example: tyngdepunkt register forms --needs NAV=individual-decisions
"""


class Measured(StrEnum):
    """What is measured."""

    MUNICIPALITIES = "municipalities"
    BLOCKS = "blocks"
    TASKS = "tasks"
    HOSTS = "hosts"
    PAIRS = "pairs"


def register(group: typer.Typer) -> None:
    """Add the commands to the group of the register."""
    command(group, name="list", help=_LIST)(list_arrangements)
    command(group, name="measure", help=_MEASURE)(measure_year)
    command(group, name="forms", help=_FORMS)(check_year)


def list_arrangements(
    *,
    year: Year = None,
    municipality: Annotated[
        str,
        typer.Option(
            "--municipality",
            metavar="A",
            help="Only those that it takes part in; id or name. Default: all.",
            show_default=False,
        ),
    ] = "",
    task: Annotated[
        str,
        typer.Option("--task", metavar="AREA", help="Only those of a service area. Default: all.", show_default=False),
    ] = "",
    wide: Wide = False,
    keeping: Keeping,
    source: Folder,
    layout: Layout,
) -> None:
    """Print the arrangements of a year."""
    study, found, year = open_register(source, keeping, year)
    picture = found.at(year)
    wanted = study.territory.find(municipality) if municipality else ""
    shown = [
        each
        for each in (picture.of(wanted) if wanted else picture.arrangements)
        if not task or each.task.casefold() == task.casefold()
    ]
    if task and not shown and task.casefold() not in {each.task.casefold() for each in picture.arrangements}:
        raise QuestionError(f"The register has no arrangement on {task!r} in {year}: see tyngdepunkt register list.")
    rows = [arrangement_row(study, each, carried=each.id in picture.carried) for each in shown]
    emit(
        layout.form,
        shape=lambda: [arrangement_shape(each, carried=each.id in picture.carried) for each in shown],
        rows=lambda: rows,
        header=tuple(arrangement_row(study, picture.arrangements[0], carried=False)) if picture.arrangements else (),
        text=lambda: f"{len(rows)} arrangements of {year}.\n\n{fit_table(rows, wide=wide)}",
    )


def measure_year(
    *,
    year: Year = None,
    of: Annotated[Measured, typer.Option("--of", help="What is measured.")] = Measured.MUNICIPALITIES,
    centres: Centres = None,
    plan: PlanName = "",
    seconds: Seconds = SECONDS,
    wide: Wide = False,
    wishes: Wishes,
    keeping: Keeping,
    source: Source,
    layout: Layout,
) -> None:
    """Print the measures of a year."""
    from tyngdepunkt.analysis.cooperation import measure_register

    study, found, year = open_register(source, keeping, year)
    against = (
        find_plan_asked(study, plan, centres, wishes, seconds=seconds, answers=kept_answers(source))
        if asks_plan(plan, centres, wishes)
        else None
    )
    measure = measure_register(study, year, plan=against, register=found)
    if of is Measured.BLOCKS and against is None:
        raise QuestionError("Blocks are those of a plan: give --centres or --plan.")
    if of is not Measured.MUNICIPALITIES:
        shapes, rows = _measure_other(study, measure, found, of)
        emit(layout.form, shape=lambda: shapes, rows=lambda: rows, text=lambda: fit_table(rows, wide=wide))
        return
    emit(
        layout.form,
        shape=lambda: [measure_shape(each) for each in measure.municipalities],
        rows=lambda: [measure_row(study, each) for each in measure.municipalities],
        text=lambda: measure_text(study, measure, against, wide=wide),
    )


def check_year(
    *,
    year: Year = None,
    needs: Annotated[
        list[str] | None,
        typer.Option(
            "--needs",
            metavar="AREA=NEED,NEED",
            help=(
                "What a service area needs: statutory, individual-decisions, matters-of-principle, service-production, "
                "each with no- before it where it does not; repeatable. Default: what the register's table tells."
            ),
        ),
    ] = None,
    wide: Wide = False,
    keeping: Keeping,
    source: Folder,
    layout: Layout,
) -> None:
    """Print which forms can carry their tasks."""
    from tyngdepunkt.analysis.cooperation import Verdict, check_forms

    study, found, year = open_register(source, keeping, year)
    told = dict(_read_needs(each, found.at(year).arrangements) for each in needs or ())
    checks = check_forms(study, year, needs=told, register=found)
    known = {each.id: each for each in found.arrangements}
    rows = [form_row(each, known[each.arrangement]) for each in checks if each.verdict is not Verdict.UNKNOWN]
    emit(
        layout.form,
        shape=lambda: form_checks_shape(year, checks, {each: one.task for each, one in known.items()}),
        rows=lambda: rows,
        header=("arrangement_id", "arrangement", "task", "form", "verdict", "reason", "needs by"),
        text=lambda: forms_text(year, checks, rows, wide=wide),
    )


def _measure_other(
    study: Study, measure: RegisterMeasure, found: Register, of: Measured
) -> tuple[list[dict[str, object]], Sequence[Row]]:
    """Return measures of something else than municipalities, as objects and as rows."""
    from tyngdepunkt.analysis.cooperation import draw_network

    names = study.territory.names
    match of:
        case Measured.BLOCKS:
            groups = (*measure.blocks, measure.whole)
            return [block_shape(each) for each in groups], [block_row(each) for each in groups]
        case Measured.TASKS:
            return [task_shape(each) for each in measure.tasks], [task_row(each) for each in measure.tasks]
        case Measured.HOSTS:
            hosts = host_shapes(measure.whole.hosts, names)
            return hosts, [host_row(each) for each in hosts]
        case _:
            edges = draw_network(study, measure.year, register=found).edges
            return [pair_shape(each, names) for each in edges], [pair_row(each, names) for each in edges]


def _read_needs(text: str, arrangements: Iterable[Arrangement]) -> tuple[str, FormNeeds]:
    """Return a service area, as the arrangements spell it, and what the options say that it needs."""
    from tyngdepunkt.model import FormNeeds

    area, _, listed = (part.strip() for part in text.partition("="))
    needs: dict[str, bool] = {}
    known = ("statutory", "individual_decisions", "matters_of_principle", "service_production")
    for part in filter(None, (each.strip() for each in listed.split(","))):
        name = part.removeprefix("no-").replace("-", "_")
        if name not in known:
            names = ", ".join(each.replace("_", "-") for each in known)
            raise QuestionError(f"--needs {text}: {part!r} is none of {names}, each with no- before it or not.")
        needs[name] = not part.startswith("no-")
    if not area or not needs:
        raise QuestionError(
            f"--needs {text} is not understood: give it as NAV=individual-decisions,service-production."
        )
    areas = {each.task.casefold(): each.task for each in arrangements}
    if area.casefold() not in areas:
        near = next(iter(difflib.get_close_matches(area.casefold(), areas, n=1)), "")
        meant = f"did you mean {areas[near]}?" if near else "see tyngdepunkt register list."
        raise QuestionError(f"--needs {text}: the register has no arrangement on {area!r} in that year: {meant}")
    return areas[area.casefold()], FormNeeds(**needs, source="the options")
