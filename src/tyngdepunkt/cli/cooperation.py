"""The commands about cooperation: the register and its measures, the assessment of a group, legal form."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt import __version__
from tyngdepunkt.cli.asking import answer_question, open_study, read_plan
from tyngdepunkt.cli.guard import MENDABLE, NO_PLAN, tell
from tyngdepunkt.cli.layout import emit, table_text
from tyngdepunkt.cli.options import SECONDS, Centres, Layout, Seconds, Source, Wishes, command
from tyngdepunkt.cli.screen.cooperation import (
    advice_text,
    arrangement_row,
    assessment_rows,
    assessment_text,
    change_row,
    measure_row,
    measure_text,
    preview_rows,
    preview_text,
)
from tyngdepunkt.cli.shapes.cooperation import (
    arrangement_shape,
    assessment_shape,
    block_shape,
    change_shape,
    list_verdicts,
    measure_shape,
    preview_shape,
    say_verdict,
    verdict_shape,
)
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import (
        Answer,
        RegisterMeasure,
    )
    from tyngdepunkt.model import FormNeeds, Partition, Plan, Register
    from tyngdepunkt.store.register import Change, RegisterStore
    from tyngdepunkt.study import Study

__all__ = ["open_kept_register", "register"]


_REGISTER = """
The register of cooperation: who cooperates with whom on what.

It begins as the tables of the study. Once something is imported or changed it is kept in a database, register.sqlite
beside the study or, for the study that ships, in your own data folder; --register names another file or a shared
database.

Example: tyngdepunkt register list --year 2018 --municipality Volda
"""
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
_IMPORT = """
Import the register from a workbook or a file of comma-separated values.

Shows what would be added, changed, removed and left, and every fault by its cell. With --apply it is done, all of it
or nothing; where anything is faulty nothing is written, and the exit code is 1. What the file lacks stays in the
register unless --remove-missing is given.

Example: tyngdepunkt register import register.xlsx --apply
"""
_EXPORT = """
Export the register to a workbook (.xlsx) or to comma-separated values (.csv), to edit and import again.

Example: tyngdepunkt register export register.xlsx
"""
_HISTORY = """
List who changed what in the register, latest first.

Example: tyngdepunkt register history --arrangement S18_15
"""
_UNDO = """
Undo a change of the register.

CHANGE is its number in tyngdepunkt register history. Where the arrangement has been changed since, nothing is done and
what was changed is shown.

Example: tyngdepunkt register undo 12
"""
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


_PLACE = "TYNGDEPUNKT_REGISTER"
"""Environment variable that names the database of the register."""


class Measured(StrEnum):
    """What is measured."""

    MUNICIPALITIES = "municipalities"
    BLOCKS = "blocks"
    TASKS = "tasks"
    HOSTS = "hosts"
    PAIRS = "pairs"


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


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """
    Where the register is kept.

    Parameters
    ----------
    place
        File or address of the database; empty for the default.
    """

    place: Annotated[
        str,
        typer.Option(
            "--register",
            metavar="FILE",
            envvar=_PLACE,
            show_envvar=False,
            help=(
                "File or address of the database that the register is kept in; also TYNGDEPUNKT_REGISTER. Default: the "
                "study's own, and its tables as long as there is none."
            ),
            show_default=False,
        ),
    ] = ""


Year = Annotated[
    int | None,
    typer.Option("--year", metavar="YEAR", help="Year of the picture. Default: the last that the register describes."),
]
Who = Annotated[
    str,
    typer.Option("--who", metavar="NAME", help="Who makes the change. Default: your user name.", show_default=False),
]
PlanName = Annotated[
    str,
    typer.Option(
        "--plan",
        metavar="PLAN",
        help='A reference plan of the study ("county governor 2016") or a file, in place of --centres. Default: none.',
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    group = typer.Typer(
        rich_markup_mode=None,
        invoke_without_command=True,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        callback=_show_help,
    )
    command(group, name="list", help=_LIST)(list_arrangements)
    command(group, name="measure", help=_MEASURE)(measure_year)
    command(group, name="forms", help=_FORMS)(check_year)
    command(group, name="import", help=_IMPORT)(import_file)
    command(group, name="export", help=_EXPORT)(export_file)
    command(group, name="history", help=_HISTORY)(list_history)
    command(group, name="undo", help=_UNDO)(undo_change)
    app.add_typer(group, name="register", help=_REGISTER)
    command(app, name="assess", help=_ASSESS)(assess)
    command(app, name="legal-form", help=_LEGAL_FORM)(advise)


def _show_help(context: typer.Context) -> None:
    """Print the help where no command of the group is named."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


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
    keeping: Keeping,
    source: Source,
    layout: Layout,
) -> None:
    """Print the arrangements of a year."""
    study, found, year = _open(source, keeping, year)
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
        text=lambda: f"{len(rows)} arrangements of {year}.\n\n{table_text(rows)}",
    )


def measure_year(
    *,
    year: Year = None,
    of: Annotated[Measured, typer.Option("--of", help="What is measured.")] = Measured.MUNICIPALITIES,
    centres: Centres = None,
    plan: PlanName = "",
    seconds: Seconds = SECONDS,
    wishes: Wishes,
    keeping: Keeping,
    source: Source,
    layout: Layout,
) -> None:
    """Print the measures of a year."""
    from tyngdepunkt.analysis.cooperation import measure_register

    study, found, year = _open(source, keeping, year)
    against = _find_plan(study, plan, centres, wishes, seconds)
    measure = measure_register(study, year, plan=against, register=found)
    if of is Measured.BLOCKS and against is None:
        raise QuestionError("Blocks are those of a plan: give --centres or --plan.")
    if of is not Measured.MUNICIPALITIES:
        shapes = _other_shapes(study, measure, found, of)
        rows = [{key.replace("_", " "): value for key, value in each.items()} for each in shapes]
        emit(layout.form, shape=lambda: shapes, rows=lambda: rows, text=lambda: table_text(rows))
        return
    emit(
        layout.form,
        shape=lambda: [measure_shape(each) for each in measure.municipalities],
        rows=lambda: [measure_row(study, each) for each in measure.municipalities],
        text=lambda: measure_text(study, measure, against),
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
    keeping: Keeping,
    source: Source,
    layout: Layout,
) -> None:
    """Print which forms can carry their tasks."""
    from tyngdepunkt.analysis.cooperation import Verdict, check_forms
    from tyngdepunkt.texts.cooperation import registered_form_word

    study, found, year = _open(source, keeping, year)
    checks = check_forms(study, year, needs=dict(map(_read_needs, needs or ())), register=found)
    known = {each.id: each for each in found.arrangements}
    judged = [each for each in checks if each.verdict is not Verdict.UNKNOWN]
    rows = [
        {
            "arrangement_id": each.arrangement,
            "arrangement": known[each.arrangement].name,
            "task": known[each.arrangement].task,
            "form": registered_form_word(each.form, "en"),
            "verdict": each.verdict,
            "reason": say_verdict(each.best) if each.best else None,
            "needs by": each.needs.source if each.needs else None,
        }
        for each in judged
    ]
    counts = {verdict: sum(each.verdict is verdict for each in checks) for verdict in Verdict}
    emit(
        layout.form,
        shape=lambda: {
            "year": year,
            "counts": counts,
            "arrangements": [
                {
                    "arrangement_id": each.arrangement,
                    "task": known[each.arrangement].task,
                    "legal_form": each.form,
                    "act": each.act,
                    "verdict": each.verdict,
                    "provision": each.best.provision if each.best else None,
                    "reason": say_verdict(each.best) if each.best else None,
                    "needs": each.needs,
                }
                for each in checks
            ],
        },
        rows=lambda: rows,
        header=("arrangement_id", "arrangement", "task", "form", "verdict", "reason", "needs by"),
        text=lambda: (
            f"Of {len(checks)} arrangements of {year}, {counts[Verdict.EXCLUDED]} have a form that cannot carry their "
            f"task, {counts[Verdict.CONDITIONAL]} one that can on a condition, {counts[Verdict.ALLOWED]} one that can; "
            f"of {counts[Verdict.UNKNOWN]} it is not known, for want of the form or of what the task needs.\n\n"
            + table_text(rows)
        ),
    )


def import_file(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Workbook (.xlsx) or comma-separated values (.csv).")],
    apply: Annotated[bool, typer.Option("--apply", help="Do it, not only show it. Default: only show.")] = False,
    remove_missing: Annotated[
        bool,
        typer.Option("--remove-missing", help="Remove what the register has and the file lacks. Default: it stays."),
    ] = False,
    who: Who = "",
    keeping: Keeping,
    source: Source,
    layout: Layout,
) -> None:
    """Print what an import changes, and do it where that is asked for."""
    from tyngdepunkt.store.database import IN_MEMORY
    from tyngdepunkt.store.importing import apply_import, preview_import
    from tyngdepunkt.store.register import RegisterStore

    study = open_study(source)
    store = _existing_store(study, keeping, begin=apply) or RegisterStore.open(study, IN_MEMORY)
    preview = preview_import(store, file, remove_missing=remove_missing)
    changes: tuple[Change, ...] = ()
    applied = apply and not preview.faults
    if applied:
        changes = apply_import(store, preview, who=who or _user())
    emit(
        layout.form,
        shape=lambda: preview_shape(preview, applied=applied, changes=changes),
        rows=lambda: preview_rows(preview),
        header=("row", "outcome", "arrangement_id", "arrangement", "changes"),
        text=lambda: preview_text(preview, applied=applied),
    )
    if preview.faults:
        count = len(preview.faults)
        tell(f"{count} {'fault' if count == 1 else 'faults'}, and nothing was imported:")
        for fault in preview.faults:
            tell(f"  - {fault}")
        raise typer.Exit(MENDABLE)


def export_file(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write, .xlsx or .csv; replaced if there.")],
    keeping: Keeping,
    source: Source,
) -> None:
    """Write the register to a file."""
    from tyngdepunkt.store.entries import entries_of
    from tyngdepunkt.store.sheets import write_csv, write_xlsx

    study = open_study(source)
    store = _existing_store(study, keeping)
    if store is not None:
        known = store.entries()
        entries = tuple(kept.entry for kept in known.values())
        versions = {each: kept.version for each, kept in known.items()}
    else:
        versions = {}
        entries = entries_of({"arrangements": study.table("arrangements"), **study.tables})
    match file.suffix.casefold():
        case ".xlsx":
            write_xlsx(entries, file, names=study.territory.names, versions=versions)
        case ".csv":
            _write_text(file, write_csv(entries, versions=versions))
        case other:
            raise QuestionError(f"{file} ends in {other or 'nothing'}: give a name that ends in .xlsx or .csv.")
    tell(f"{len(entries)} arrangements written to {file}.")


def list_history(
    *,
    arrangement: Annotated[
        str,
        typer.Option("--arrangement", metavar="ID", help="Only of this one. Default: of all.", show_default=False),
    ] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many at most, the latest first.")] = 50,
    keeping: Keeping,
    source: Source,
    layout: Layout,
) -> None:
    """Print the history."""
    study = open_study(source)
    store = _existing_store(study, keeping)
    changes = store.history(arrangement or None, limit=limit) if store is not None else ()
    rows = [change_row(each) for each in changes]
    emit(
        layout.form,
        shape=lambda: [change_shape(each) for each in changes],
        rows=lambda: rows,
        header=("change", "when", "who", "act", "arrangement_id", "arrangement", "changes"),
        text=lambda: table_text(rows) or "Nothing has been changed yet.\n",
    )


def undo_change(
    *,
    change: Annotated[int, typer.Argument(metavar="CHANGE", help="Number of the change.")],
    batch: Annotated[
        bool,
        typer.Option("--batch", help="Undo all that was done together with it, as a whole import. Default: it alone."),
    ] = False,
    who: Who = "",
    keeping: Keeping,
    source: Source,
    layout: Layout,
) -> None:
    """Undo a change, or all that was done with it."""
    store = _existing_store(open_study(source), keeping)
    if store is None:
        raise QuestionError("Nothing has been changed yet, and so there is nothing to undo.")
    name = who or _user()
    done = store.undo_batch(change, who=name) if batch else (store.undo(change, who=name),)
    emit(
        layout.form,
        shape=lambda: [change_shape(each) for each in done],
        rows=lambda: [change_row(each) for each in done],
        text=lambda: "Undone.\n" + "".join(f"  {each}\n" for each in done),
    )


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
    from tyngdepunkt.analysis.cooperation import Thresholds, assess_cooperation, kept_answers

    study = open_study(source)
    groups = _groups(study, municipalities, _find_plan(study, plan, centres, wishes, seconds), block)
    store = _existing_store(study, keeping, begin=keep)
    found, year = _read(study, store, year)
    told = [_read_answer(each) for each in answer or ()]
    if keep and store is not None:
        for members in groups.values():
            for each in told:
                store.answer(members, each.inquiry, standing=each.standing or "", who=who or _user())
    thresholds = Thresholds(fixed_share=fixed_share, top_host_share=top_host_share)
    if ikt:
        thresholds = dataclasses.replace(thresholds, ikt_tasks=frozenset(ikt))
    found_ones = [
        assess_cooperation(
            study,
            members,
            year=year,
            name=name,
            answers=[*(kept_answers(store, members) if store is not None else ()), *told],
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
        shape=lambda: {
            "act": advice.act,
            **{verdict: [verdict_shape(advice, each) for each in found] for verdict, found in list_verdicts(advice)},
            "version": __version__,
        },
        rows=lambda: rows,
        text=lambda: advice_text(advice),
    )


def _open(source: Source, keeping: Keeping, year: int | None) -> tuple[Study, Register, int]:
    """Return the study, its register, and the year asked for or the last that it describes."""
    study = open_study(source)
    return study, *_read(study, _existing_store(study, keeping), year)


def _read(study: Study, store: RegisterStore | None, year: int | None) -> tuple[Register, int]:
    """Return the register of a store or of the study's tables, and the year asked for or the last it describes."""
    from tyngdepunkt.analysis.cooperation import latest_year

    found = store.register() if store is not None else study.register
    return found, latest_year(found) if year is None else year


def _existing_store(study: Study, keeping: Keeping, *, begin: bool = False) -> RegisterStore | None:
    """Return the store that is named, or the study's own; None, or begun if wanted, where there is none yet."""
    from tyngdepunkt.store.register import RegisterStore

    place = keeping.place or RegisterStore.place_of(study)
    if begin or "://" in str(place) or Path(place).is_file():
        if not keeping.place:
            tell(f"The register is kept in {place}.")
        return RegisterStore.open(study, place)
    if keeping.place:
        raise QuestionError(
            f"There is no register {place} yet: tyngdepunkt register import FILE --apply begins one there. Without "
            "--register and TYNGDEPUNKT_REGISTER the tables of the study are read."
        )
    return None


def _user() -> str:
    """Return who is logged in."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise QuestionError("Say who makes the change: --who NAME.") from None


def _write_text(file: Path, text: str) -> None:
    """Write a file, or say why not."""
    from tyngdepunkt.errors import SourceError

    try:
        file.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise SourceError(f"{file} cannot be written: {error.strerror}.") from error


def _find_plan(study: Study, plan: str, centres: int | None, wishes: Wishes, seconds: float) -> Plan | Partition | None:
    """Return the plan that the options ask for; None where they ask for none."""
    from tyngdepunkt.model import NoPlan

    wished = any(value is not None and value != "" for value in vars(wishes).values())
    if not plan and centres is None and not wished:
        return None
    if plan and centres is not None:
        raise QuestionError(f"--plan {plan} and --centres {centres} both name a plan: give one of them.")
    if plan:
        found = read_plan(study, plan, wishes)
    else:
        with ProgressLine("plan") as progress:
            found = answer_question(study, wishes, centres, progress=progress, seconds=seconds)
    if isinstance(found, NoPlan):
        tell("No plan exists for what was asked: see tyngdepunkt plan with the same options.")
        raise typer.Exit(NO_PLAN)
    return found


def _groups(study: Study, municipalities: str, plan: Plan | Partition | None, block: str) -> dict[str, list[str]]:
    """Return the groups that the options name."""
    from tyngdepunkt.analysis.cooperation import name_blocks
    from tyngdepunkt.model import Plan

    names = study.territory.names
    if municipalities:
        if plan is not None:
            raise QuestionError("--municipalities names the group, and so does a plan: give one of them.")
        ids = [study.territory.find(each) for each in municipalities.split(",") if each.strip()]
        return {", ".join(names[each] for each in ids): ids}
    if plan is None:
        raise QuestionError("Say which group: --municipalities A,B, or a plan by --centres or --plan.")
    called = name_blocks(study, plan) if isinstance(plan, Plan) else {}
    groups = {called.get(name, name): list(ids) for name, ids in plan.members.items()}
    if block:
        wanted = [name for name in groups if name.casefold() == block.casefold()]
        if not wanted:
            member = study.territory.find(block)
            wanted = [name for name, ids in groups.items() if member in ids]
        groups = {name: groups[name] for name in wanted}
    alone = [name for name, ids in groups.items() if len(ids) == 1]
    if alone:
        tell(f"Left out, since they are alone in their block: {', '.join(alone)}.")
    found = {name: ids for name, ids in groups.items() if len(ids) > 1}
    if not found:
        raise QuestionError("No block of the plan has two municipalities or more.")
    return found


def _read_needs(text: str) -> tuple[str, FormNeeds]:
    """Return a service area and what the options say that it needs."""
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
    return area, FormNeeds(**needs, source="the options")


def open_kept_register(study: Study) -> tuple[Register | None, Callable[[Iterable[str]], tuple[Answer, ...]] | None]:
    """
    Return the register that is kept for a study, and what cooperations answered.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    register
        As it was last changed; None where nothing was, so that the study's own tables hold.
    replies
        Members of a block to their answers; None likewise.
    """
    from tyngdepunkt.analysis.cooperation import kept_answers

    store = _existing_store(study, Keeping(place=os.environ.get(_PLACE, "")))
    if store is None:
        return None, None
    return store.register(), lambda members: kept_answers(store, tuple(members))


def _read_answer(text: str) -> Answer:
    """Return an answer that the options give."""
    from tyngdepunkt.analysis.cooperation import Answer, Inquiry, Standing

    inquiry, _, standing = (part.strip() for part in text.partition("="))
    if inquiry not in set(Inquiry) or standing not in {"met", "partly", "not_met"}:
        known = ", ".join(Inquiry)
        raise QuestionError(f"--answer {text} is not understood: give one of {known}, then =met, =partly or =not_met.")
    return Answer(Inquiry(inquiry), Standing(standing))


def _other_shapes(study: Study, measure: RegisterMeasure, found: Register, of: Measured) -> list[dict[str, object]]:
    """Return measures of something else than municipalities, one object each."""
    from tyngdepunkt.analysis.cooperation import draw_network

    names = study.territory.names
    match of:
        case Measured.BLOCKS:
            return [block_shape(each) for each in (*measure.blocks, measure.whole)]
        case Measured.TASKS:
            return [
                {
                    "task": each.task,
                    "service_areas": each.service_areas,
                    "arrangements": each.arrangements,
                    "municipalities": each.municipalities,
                    "incomplete": each.incomplete,
                    "control": each.count.municipalities if each.count else None,
                    "difference": each.difference,
                    "complete": each.is_complete,
                }
                for each in measure.tasks
            ]
        case Measured.HOSTS:
            hosts = measure.whole.hosts
            told = [{"host": names.get(host, host), "hosts": roles} for host, roles in hosts.roles.items()]
            share = [{**each, "share": int(str(each["hosts"])) / hosts.known} for each in told]
            return [*share, {"host": None, "hosts": hosts.unknown, "share": None}]
        case _:
            network = draw_network(study, measure.year, register=found)
            return [
                {
                    "a_id": each.a,
                    "b_id": each.b,
                    "a": names[each.a],
                    "b": names[each.b],
                    "shared": each.shared,
                    "bilateral": each.bilateral,
                }
                for each in network.edges
            ]
