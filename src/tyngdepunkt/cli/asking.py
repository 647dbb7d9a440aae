"""From options and arguments to studies, questions and plans."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.cli.options import Folder, Source
from tyngdepunkt.errors import QuestionError, SourceError

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Answers
    from tyngdepunkt.cli.options import Wishes
    from tyngdepunkt.model import NoPlan, Override, Partition, Plan, Progress, Question, Start, Territory
    from tyngdepunkt.study import Study

__all__ = ["answer_question", "choose_numbers", "kept_answers", "name_of", "open_study", "pose_question", "read_plan"]

_NAMES_TOLD = 12
"""Municipalities that a plan lacks, or has too many, named up to so many."""


def open_study(source: Folder) -> Study:
    """
    Load the study that the options name.

    Parameters
    ----------
    source
        The options; without a study, the one that ships.

    Returns
    -------
    The study, with the seed of the options where one is given.
    """
    from tyngdepunkt.study import load_study, shipped_studies

    study = load_study(source.study or shipped_studies()[0])
    seed = source.seed if isinstance(source, Source) else None
    if seed is None:
        return study
    return dataclasses.replace(study, settings=dataclasses.replace(study.settings, seed=seed))


def kept_answers(source: Source) -> Answers | None:
    """
    Return where answers are kept from run to run.

    Parameters
    ----------
    source
        The options.

    Returns
    -------
    The store; None where the options or the environment say that none shall be kept.
    """
    from tyngdepunkt.store.answers import open_answers

    return open_answers() if source.cache else None


def pose_question(study: Study, wishes: Wishes, centres: int, *, floor: int = 0) -> Question:
    """
    Make a question of the options.

    Parameters
    ----------
    study
        Whose municipalities the options name, and whose settings stand in for the objective and the
        roads closed in winter where the options are silent.
    wishes
        The options.
    centres
        Number of centres; 0 leaves it open for `tyngdepunkt.analysis.analyse`.
    floor
        Least population of a block where the options give none [persons].

    Returns
    -------
    The question.

    Raises
    ------
    QuestionError
        Where a municipality, an objective or the plan to start from is not known, or a wish lacks its other half.
    """
    from tyngdepunkt.model import Objective, Question

    territory = study.territory
    settings = study.settings
    _check_names(territory, wishes)
    asked = Question(
        centres=centres,
        objective=Objective.from_text(wishes.objective or settings.objective),
        floor=floor if wishes.floor is None else wishes.floor,
        max_minutes=wishes.max_minutes,
        together=_groups(territory, wishes.together, "--together"),
        apart=_groups(territory, wishes.apart, "--apart"),
        centre=frozenset(territory.find(each) for each in _parts(wishes.centre)),
        not_centre=frozenset(territory.find(each) for each in _parts(wishes.not_centre)),
        functions=frozenset(_parts(wishes.functions)),
        seasonal=settings.seasonal if wishes.seasonal is None else wishes.seasonal,
        overrides=_overrides(territory, wishes.override),
        within_counties=settings.within_counties if wishes.within_counties is None else wishes.within_counties,
        start=_start(study, wishes),
        locked=tuple(frozenset(territory.find(part) for part in _parts([text])) for text in wishes.lock or ()),
        split_parts=_split(territory, wishes.split_parts),
    )
    return study.with_record(asked, respect=wishes.respect_positions)


def _check_names(territory: Territory, wishes: Wishes) -> None:
    """Refuse every municipality that is not known, all of them at once."""
    texts = [*(wishes.together or ()), *(wishes.apart or ()), *(wishes.lock or ())]
    texts += [*(wishes.centre or ()), *(wishes.not_centre or ())]
    faults = []
    for name in dict.fromkeys(_parts(texts)):
        try:
            territory.find(name)
        except QuestionError as error:
            faults.append(str(error))
    if len(faults) > 1:
        raise QuestionError("".join(("Some municipalities are not known:", *(f"\n  - {fault}" for fault in faults))))
    if faults:
        raise QuestionError(faults[0])


def answer_question(
    study: Study,
    wishes: Wishes,
    centres: int | None,
    *,
    progress: Progress,
    seconds: float,
    answers: Answers | None = None,
) -> Plan | NoPlan:
    """
    Find the best plan with so many centres, or of all numbers of centres.

    Parameters
    ----------
    study, wishes
        What is asked.
    centres
        Number of centres; None for the study's own, and where it has none for the best of all numbers.
    progress
        Told of each step.
    seconds
        Wall time for each number, after which to answer with a gap [s].
    answers
        Where answers are kept from run to run; None for nowhere.

    Returns
    -------
    The plan; where no number has one, the answer for a single centre.

    Raises
    ------
    Interrupted
        On Ctrl-C, with the best plan by then, where there is one.
    """
    from tyngdepunkt.analysis import find_plan, numbers_of, sweep_centres
    from tyngdepunkt.model import Interrupted, Plan

    centres = centres or study.settings.blocks_centres
    if centres is not None:
        return find_plan(study, pose_question(study, wishes, centres), seconds=seconds, answers=answers)
    question = pose_question(study, wishes, 1)
    frontier = sweep_centres(
        study, question, centres=numbers_of(study), seconds=seconds, progress=progress, answers=answers
    )
    if not frontier.complete:
        best = None if frontier.best is None else frontier.best.answer
        raise Interrupted(best) if isinstance(best, Plan) else KeyboardInterrupt
    if frontier.best is None:
        # The sweep goes from number to number without reasons; where none has a plan they are wanted for one.
        return find_plan(study, question.with_centres(frontier.points[0].centres), seconds=seconds, answers=answers)
    return frontier.best.answer


def choose_numbers(study: Study, text: str, *, option: str = "--centres") -> tuple[int, ...]:
    """
    Read numbers of centres.

    Parameters
    ----------
    study
        Whose numbers they are.
    text
        ``7``, ``2-8`` or ``2,4,7``; empty for those that the study is to be answered for.
    option
        The option that they were given with, for messages.

    Returns
    -------
    The numbers, ascending, each once.

    Raises
    ------
    QuestionError
        Where the text is something else, or a number is out of range.
    """
    from tyngdepunkt.analysis import numbers_of
    from tyngdepunkt.study import read_numbers

    if not text:
        return numbers_of(study)
    most = len(study.territory)
    numbers = read_numbers(text)
    if not numbers:
        raise QuestionError(f"{option} {text!r} is not understood: give a number, 7, a range, 2-8, or a list, 2,4,7.")
    if numbers[0] < 1 or numbers[-1] > most:
        raise QuestionError(
            f"{option} {text} is out of range: the study has {most} municipalities, so give 1 to {most}."
        )
    return numbers


def read_plan(study: Study, text: str, wishes: Wishes, *, answers: Answers | None = None) -> Plan | NoPlan | Partition:
    """
    Find the plan that an argument names.

    Parameters
    ----------
    study
        Whose plan it is.
    text
        A number of centres, the name of one of the study's reference plans, or a file: the JSON of
        ``tyngdepunkt plan``, or CSV with the columns ``municipality_id`` and ``block``.
    wishes
        What a plan by number shall keep.
    answers
        Where answers are kept from run to run; None for nowhere.

    Returns
    -------
    The plan with so many centres, or the reason that there is none; otherwise a partition, its blocks
    named by their centres where they are ids.

    Raises
    ------
    QuestionError
        Where the text names no plan, or the plan leaves out a municipality.
    SourceError
        Where a file cannot be read.
    """
    if text.isdecimal():
        from tyngdepunkt.analysis import find_plan

        return find_plan(study, pose_question(study, wishes, int(text)), answers=answers)
    for plan in study.reference_plans:
        if plan.name.casefold() == text.casefold():
            return plan
    path = Path(text)
    if not path.is_file():
        known = ", ".join(repr(plan.name) for plan in study.reference_plans) or "none"
        raise QuestionError(
            f"{text!r} is no plan: give a number of centres, a file, or a reference plan of the study ({known})."
        )
    return _partition(study.territory, path.stem, _read_blocks(path))


def name_of(plan: Plan | Partition) -> str:
    """Return what a plan is called: ``7 blocks`` for one of ours, its own name for one of others."""
    from tyngdepunkt.model import Plan

    if not isinstance(plan, Plan):
        return plan.name
    return "1 block" if len(plan.centres) == 1 else f"{len(plan.centres)} blocks"


def _parts(texts: Iterable[str] | None) -> tuple[str, ...]:
    """Return the parts of texts that are separated by commas."""
    return tuple(part.strip() for text in texts or () for part in text.split(",") if part.strip())


def _overrides(territory: Territory, texts: Iterable[str] | None) -> tuple[Override, ...]:
    """Return each text as a municipality and the reason that its block may be below the floor."""
    from tyngdepunkt.model import Override

    found = []
    for text in texts or ():
        name, _, reason = text.partition("=")
        municipality = territory.find(name)
        if not reason.strip():
            called = territory.names[municipality]
            raise QuestionError(
                f'The floor is lifted for {called} without a reason: give one, as --override "{called}=far from all".'
            )
        found.append(Override(municipality, reason.strip()))
    return tuple(found)


def _split(territory: Territory, texts: Iterable[str] | None) -> frozenset[str]:
    """Return the parts of municipalities that may lie elsewhere: those named, or all."""
    names = _parts(texts)
    if names and not territory.parts:
        raise QuestionError(
            "--split-parts lets parts of municipalities lie elsewhere, and this study has none: municipalities.csv has "
            "no column part_of."
        )
    return frozenset(territory.parts) if "all" in names else frozenset(territory.find(each) for each in names)


def _start(study: Study, wishes: Wishes) -> Start | None:
    """Return the plan to start from with the most that may be moved; None where neither is given."""
    from tyngdepunkt.model import NoPlan, Plan, Start

    if not wishes.start and wishes.most_moved is None:
        return None
    if not wishes.start:
        raise QuestionError("--move-at-most needs a plan to move from: give one with --from.")
    if wishes.most_moved is None:
        raise QuestionError("--from starts from a plan, and needs to know how many may be moved: give --move-at-most.")
    found = read_plan(study, wishes.start, dataclasses.replace(wishes, start="", most_moved=None))
    if isinstance(found, NoPlan):
        raise QuestionError(f"There is no plan with {wishes.start} centres to start from under these wishes.")
    if isinstance(found, Plan):
        names = study.territory.names
        blocks = {i: names[c] for i, c in found.assignment.items()}
        return Start.of(name_of(found), blocks, most_moved=wishes.most_moved)
    return Start.of(found.name, found.blocks, most_moved=wishes.most_moved)


def _groups(territory: Territory, texts: Iterable[str] | None, option: str) -> tuple[frozenset[str], ...]:
    """Return each text as a group of two municipalities or more."""
    groups = []
    for text in texts or ():
        group = frozenset(territory.find(part) for part in _parts([text]))
        if len(group) in {0, 1}:
            raise QuestionError(f"{option} {text} names fewer than two municipalities: give them as 1517,1516.")
        groups.append(group)
    return tuple(groups)


def _read_blocks(path: Path) -> Mapping[str, str]:
    """Read municipality id to block from JSON or CSV."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"The plan {path} cannot be read as UTF-8 text: {error}") from error
    if text.lstrip().startswith("{"):
        try:
            blocks = json.loads(text).get("assignment")
        except json.JSONDecodeError as error:
            raise SourceError(f"The plan {path} is not valid JSON: {error}") from error
        if not isinstance(blocks, dict):
            raise SourceError(f"The plan {path} has no assignment: give the output of tyngdepunkt plan --format json.")
        return {str(municipality): str(block) for municipality, block in blocks.items()}
    rows = csv.DictReader(io.StringIO(text))
    if not {"municipality_id", "block"} <= set(rows.fieldnames or ()):
        raise SourceError(f"The plan {path} needs the columns municipality_id and block, separated by commas.")
    return {row["municipality_id"] or "": row["block"] or "" for row in rows}


def _shorten(names: Sequence[str]) -> str:
    """Return names with commas, the first of them where they are very many."""
    more = len(names) - _NAMES_TOLD
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:_NAMES_TOLD])} and {more:,} more"


def _partition(territory: Territory, name: str, blocks: Mapping[str, str]) -> Partition:
    """Return blocks as a partition, every municipality of the territory in one."""
    from tyngdepunkt.model import Partition

    parts = {part: blocks[whole] for part, whole in territory.parts.items() if whole in blocks}
    blocks = {**parts, **blocks}  # a part that the plan leaves out lies where its municipality does
    unknown = sorted(set(blocks) - set(territory.ids))
    missing = [f"{i} {territory.names[i]}" for i in territory.ids if not blocks.get(i)]
    if unknown:
        raise QuestionError(f"The plan {name} has municipalities that the study does not have: {_shorten(unknown)}.")
    if missing:
        raise QuestionError(f"The plan {name} leaves out {_shorten(missing)}: give each municipality a block.")
    return Partition(
        name=name, blocks={i: territory.names.get(blocks[i], blocks[i]) for i in territory.ids}, source=name
    )
