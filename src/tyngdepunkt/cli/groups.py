"""Groups of municipalities that the options name: by themselves, or as the blocks of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.asking import answer_question, read_plan
from tyngdepunkt.cli.guard import NO_PLAN, tell
from tyngdepunkt.cli.options import Wishes
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Answers
    from tyngdepunkt.model import Partition, Plan
    from tyngdepunkt.study import Study

__all__ = ["PlanName", "asks_plan", "blocks_of", "choose_blocks", "find_plan_asked", "name_group", "read_group"]

PlanName = Annotated[
    str,
    typer.Option(
        "--plan",
        metavar="PLAN",
        help='A reference plan of the study ("county governor 2016") or a file, in place of --centres. Default: none.',
        show_default=False,
    ),
]


def asks_plan(plan: str, centres: int | None, wishes: Wishes) -> bool:
    """Return whether the options ask for a plan: by its name, a number of centres, or a wish for it."""
    return bool(plan) or centres is not None or wishes != Wishes()


def find_plan_asked(
    study: Study,
    plan: str,
    centres: int | None,
    wishes: Wishes,
    *,
    seconds: float,
    answers: Answers | None = None,
) -> Plan | Partition:
    """
    Find the plan that the options ask for.

    Parameters
    ----------
    study
        Whose plan.
    plan
        A reference plan of the study or a file; empty for one of ours.
    centres
        Number of centres; None for the study's own, or the best of all numbers.
    wishes
        What else it shall be.
    seconds
        Wall time for each number, after which to answer with a gap [s].
    answers
        Where answers are kept from run to run.

    Returns
    -------
    The plan; where there is none, the program says so and exits with the code for it.
    """
    from tyngdepunkt.model import NoPlan

    if plan and centres is not None:
        raise QuestionError(f"--plan {plan} and --centres {centres} both name a plan: give one of them.")
    if plan:
        found = read_plan(study, plan, wishes, answers=answers)
    else:
        with ProgressLine("plan") as progress:
            found = answer_question(study, wishes, centres, progress=progress, seconds=seconds, answers=answers)
    if isinstance(found, NoPlan):
        tell("No plan exists for what was asked: see tyngdepunkt plan with the same options.")
        raise typer.Exit(NO_PLAN)
    return found


def blocks_of(study: Study, plan: Plan | Partition) -> dict[str, tuple[str, ...]]:
    """Return the blocks of a plan by what they are called, each with its members."""
    from tyngdepunkt.analysis.cooperation import name_blocks
    from tyngdepunkt.model import Plan

    called = name_blocks(study, plan) if isinstance(plan, Plan) else {}
    return {called.get(name, name): tuple(ids) for name, ids in plan.members.items()}


def choose_blocks(
    study: Study, blocks: dict[str, tuple[str, ...]], chosen: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return the blocks that are named, by their names or by a member; all where none is."""
    wanted: set[str] = set()
    for text in chosen:
        named = [name for name in blocks if name.casefold() == text.casefold()]
        if not named:
            member = study.territory.find(text)
            named = [name for name, ids in blocks.items() if member in ids]
        wanted.update(named)
    return {name: ids for name, ids in blocks.items() if name in wanted} if wanted else blocks


def read_group(study: Study, text: str) -> tuple[str, ...]:
    """Return the ids of the municipalities that a text names, each once."""
    return tuple(dict.fromkeys(study.territory.find(each) for each in text.split(",") if each.strip()))


def name_group(study: Study, members: Iterable[str]) -> str:
    """Return what a group is called: the names of its members."""
    return ", ".join(study.territory.names[i] for i in members)
