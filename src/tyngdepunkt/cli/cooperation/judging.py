"""The commands that judge cooperation: the assessment of a group, and which legal form carries what."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.asking import kept_answers, open_study
from tyngdepunkt.cli.cooperation.kept import Keeping, Who, Year, existing_store, read_register, user
from tyngdepunkt.cli.groups import (
    PlanName,
    asks_plan,
    blocks_of,
    choose_blocks,
    find_plan_asked,
    name_group,
    read_group,
)
from tyngdepunkt.cli.guard import tell
from tyngdepunkt.cli.layout import emit
from tyngdepunkt.cli.options import SECONDS, Centres, Layout, Seconds, Source, Wishes, command
from tyngdepunkt.cli.screen.cooperation import advice_text, assessment_rows, assessment_text
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.shapes.cooperation import advice_shape, assessment_shape, list_verdicts, verdict_shape

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Answers
    from tyngdepunkt.analysis.cooperation import Answer
    from tyngdepunkt.study import Study

__all__ = ["register"]

_ASSESS = """
Assess how near a group of municipalities is to long-term strategic cooperation.

Seven items, each with the evidence of the register and what is missing; what the register cannot tell is unknown until
the cooperation has answered (--answer). Thresholds have no source: give your own, or see the evidence unjudged.

Example: tyngdepunkt assess --municipalities Volda,Ørsta --year 2018
"""
_LEGAL_FORM = """
Say which legal forms a task allows, and why the others fall.

Each form once: allowed, conditional or excluded, with its provision and the reason.

Example: tyngdepunkt legal-form --statutory yes --individual-decisions yes
"""


class YesNo(StrEnum):
    """Yes or no."""

    YES = "yes"
    NO = "no"


class YesNoAny(StrEnum):
    """Yes, no, or either."""

    YES = "yes"
    NO = "no"
    ANY = "any"


class ActYear(StrEnum):
    """The Local Government Acts."""

    Y2018 = "2018"
    Y1992 = "1992"


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    command(app, name="assess", help=_ASSESS)(assess)
    command(app, name="legal-form", help=_LEGAL_FORM)(advise)


def assess(
    *,
    municipalities: Annotated[
        str,
        typer.Option(
            "--municipalities",
            metavar="A,B",
            help="The group, as ids or names. Default: each block of the plan that --centres or --plan gives.",
            show_default=False,
        ),
    ] = "",
    year: Year = None,
    centres: Centres = None,
    plan: PlanName = "",
    block: Annotated[
        str,
        typer.Option(
            "--block",
            metavar="NAME",
            help="Only this block of the plan: its name, or a member. Default: every block.",
            show_default=False,
        ),
    ] = "",
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer",
            metavar="QUESTION=STANDING",
            help=(
                "What the cooperation answers to one of the seven questions: partners, steering, plan, digital, "
                "bolder, readiness, dialogue; met, partly or not_met; repeatable. Default: what the register has kept."
            ),
        ),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the answers with the register. Default: they count this time only.")
    ] = False,
    who: Who = "",
    fixed_share: Annotated[
        float | None,
        typer.Option(
            "--fixed-share",
            metavar="SHARE",
            min=0,
            max=1,
            help="Least share of arrangements with exactly these partners, to call them fixed [0 to 1]. Default: none, "
            "shown and not judged.",
        ),
    ] = None,
    ikt: Annotated[
        list[str] | None,
        typer.Option(
            "--ikt", metavar="AREA", help="What the register calls IKT, as a service area; repeatable. Default: IKT."
        ),
    ] = None,
    top_host_share: Annotated[
        float | None,
        typer.Option(
            "--top-host-share",
            metavar="SHARE",
            min=0,
            max=1,
            help="Largest share of host roles that one may hold [0 to 1]. Default: none.",
        ),
    ] = None,
    seconds: Seconds = SECONDS,
    wishes: Wishes,
    keeping: Keeping,
    source: Source,
    layout: Layout,
) -> None:
    """Print the assessment of a group, or of each block of a plan."""
    from tyngdepunkt.analysis.cooperation import Thresholds, assess_cooperation, kept_answers as answers_kept

    study = open_study(source)
    groups = _find_groups(study, municipalities, plan, centres, block, wishes, seconds, kept_answers(source))
    store = existing_store(study, keeping, begin=keep)
    found, year = read_register(study, store, year)
    told = [_read_answer(each) for each in answer or ()]
    if keep and store is not None:
        for members in groups.values():
            for each in told:
                store.answer(members, each.inquiry, standing=each.standing or "", who=user(who))
    thresholds = Thresholds(fixed_share=fixed_share, top_host_share=top_host_share)
    if ikt:
        thresholds = dataclasses.replace(thresholds, ikt_tasks=frozenset(ikt))
    found_ones = [
        assess_cooperation(
            study,
            members,
            year=year,
            name=name,
            answers=[*(answers_kept(store, members) if store is not None else ()), *told],
            thresholds=thresholds,
            register=found,
        )
        for name, members in groups.items()
    ]
    emit(
        layout.form,
        shape=lambda: [assessment_shape(study, each) for each in found_ones],
        rows=lambda: [row for each in found_ones for row in assessment_rows(study, each)],
        text=lambda: "\n".join(assessment_text(study, each) for each in found_ones),
    )


def advise(
    *,
    statutory: Annotated[YesNo, typer.Option("--statutory", help="Whether the task is a duty by law.")] = YesNo.NO,
    individual_decisions: Annotated[
        YesNo,
        typer.Option("--individual-decisions", help="Whether the cooperation must make individual decisions."),
    ] = YesNo.NO,
    matters_of_principle: Annotated[
        YesNo, typer.Option("--matters-of-principle", help="Whether it must decide matters of principle.")
    ] = YesNo.NO,
    own_legal_person: Annotated[
        YesNoAny, typer.Option("--own-legal-person", help="Whether it shall be a legal person of its own.")
    ] = YesNoAny.ANY,
    service_production: Annotated[
        YesNo, typer.Option("--service-production", help="Whether it is to produce services.")
    ] = YesNo.YES,
    several_tasks_one_board: Annotated[
        YesNo,
        typer.Option("--several-tasks-one-board", help="Whether several tasks are to stand under one board."),
    ] = YesNo.NO,
    act: Annotated[ActYear, typer.Option("--act", help="Which Local Government Act.")] = ActYear.Y2018,
    layout: Layout,
) -> None:
    """Print which forms are allowed."""
    from tyngdepunkt.analysis.cooperation import advise_form
    from tyngdepunkt.model import Act, FormNeeds

    needs = FormNeeds(
        individual_decisions=individual_decisions is YesNo.YES,
        matters_of_principle=matters_of_principle is YesNo.YES,
        own_legal_person=None if own_legal_person is YesNoAny.ANY else own_legal_person is YesNoAny.YES,
        service_production=service_production is YesNo.YES,
        statutory=statutory is YesNo.YES,
        several_tasks_one_board=several_tasks_one_board is YesNo.YES,
    )
    advice = advise_form(needs, act=Act(act.value))
    rows = [
        {"verdict": verdict, **verdict_shape(advice, each)}
        for verdict, found in list_verdicts(advice)
        for each in found
    ]
    emit(
        layout.form,
        shape=lambda: advice_shape(advice),
        rows=lambda: rows,
        text=lambda: advice_text(advice),
    )


def _find_groups(
    study: Study,
    municipalities: str,
    plan: str,
    centres: int | None,
    block: str,
    wishes: Wishes,
    seconds: float,
    answers: Answers | None,
) -> dict[str, tuple[str, ...]]:
    """Return the groups that the options name, each of two municipalities or more."""
    planned = asks_plan(plan, centres, wishes)
    if municipalities:
        if planned:
            raise QuestionError("--municipalities names the group, and so does a plan: give one of them.")
        ids = read_group(study, municipalities)
        return {name_group(study, ids): ids}
    if not planned:
        raise QuestionError("Say which group: --municipalities A,B, or a plan by --centres or --plan.")
    found = find_plan_asked(study, plan, centres, wishes, seconds=seconds, answers=answers)
    groups = choose_blocks(study, blocks_of(study, found), [block] if block else ())
    alone = [name for name, ids in groups.items() if len(ids) == 1]
    if alone:
        tell(f"Left out, since they are alone in their block: {', '.join(alone)}.")
    several = {name: ids for name, ids in groups.items() if len(ids) > 1}
    if not several:
        raise QuestionError("No block of the plan has two municipalities or more.")
    return several


def _read_answer(text: str) -> Answer:
    """Return an answer that the options give."""
    from tyngdepunkt.analysis.cooperation import Answer, Inquiry, Standing

    inquiry, _, standing = (part.strip() for part in text.partition("="))
    if inquiry not in set(Inquiry) or standing not in {"met", "partly", "not_met"}:
        known = ", ".join(Inquiry)
        raise QuestionError(f"--answer {text} is not understood: give one of {known}, then =met, =partly or =not_met.")
    return Answer(Inquiry(inquiry), Standing(standing))
