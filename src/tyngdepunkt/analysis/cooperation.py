"""Cooperation in a study: the register measured, municipality by municipality, block by block, task by task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt.cooperation import (
    ITEM_OF,
    MEANT_FOR,
    MOST_IMPORTANT,
    PROVISIONS,
    RULES,
    Answer,
    Assessment,
    CrissCross,
    Edge,
    Evidence,
    FormAdvice,
    FormCheck,
    FormVerdict,
    GroupCooperation,
    Hosts,
    Inquiry,
    Item,
    ItemAssessment,
    Matrix,
    MunicipalityCooperation,
    Network,
    Place,
    Placing,
    Rule,
    Standing,
    Step,
    TaskCooperation,
    Thresholds,
    Verdict,
    advise_form as advise_form_of,
    assess_group as assess_group_of,
    check_forms as check_forms_of,
    draw_network as draw_network_of,
    measure_group,
    measure_municipality,
    measure_tasks,
    place_in_blocks,
    tabulate_partners as tabulate_partners_of,
    tabulate_tasks as tabulate_tasks_of,
)
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Act, FormNeeds, Level, Partition, Picture, Plan, Register
from tyngdepunkt.study import Study

if TYPE_CHECKING:
    from tyngdepunkt.store.register import RegisterStore

__all__ = [
    "ITEM_OF",
    "MEANT_FOR",
    "MOST_IMPORTANT",
    "PROVISIONS",
    "RULES",
    "Answer",
    "Assessment",
    "CrissCross",
    "Edge",
    "Evidence",
    "FormAdvice",
    "FormCheck",
    "FormVerdict",
    "GroupCooperation",
    "Hosts",
    "Inquiry",
    "Item",
    "ItemAssessment",
    "Matrix",
    "MunicipalityCooperation",
    "Network",
    "Placing",
    "RegisterMeasure",
    "Rule",
    "Standing",
    "Step",
    "TaskCooperation",
    "Thresholds",
    "Verdict",
    "advise_form",
    "assess_cooperation",
    "check_forms",
    "draw_network",
    "kept_answers",
    "latest_year",
    "measure_group_of",
    "measure_register",
    "name_blocks",
    "tabulate_partners",
    "tabulate_tasks",
]


@dataclass(frozen=True)
class RegisterMeasure:
    """
    The cooperation of a year, measured.

    Parameters
    ----------
    picture
        The arrangements that count, each once.
    by_snapshot
        Year that the rows describe to how many of them count.
    municipalities
        Each municipality of the study, in order of id.
    whole
        The whole study as one group: what crosses its border reaches into other counties.
    blocks
        Each block of the plan, in order of its name; empty without a plan.
    placing
        How many arrangements lie within one block, across the border of one, and nobody knows; None without a plan.
    tasks
        Tasks as others counted them in that year, then the other service areas.
    """

    picture: Picture
    by_snapshot: dict[int, int]
    municipalities: tuple[MunicipalityCooperation, ...]
    whole: GroupCooperation
    blocks: tuple[GroupCooperation, ...]
    placing: Placing | None
    tasks: tuple[TaskCooperation, ...]

    @property
    def year(self) -> int:
        """The year."""
        return self.picture.year

    @property
    def participations(self) -> int:
        """Participations of the study's municipalities that are known."""
        return sum(each.total for each in self.municipalities)

    @property
    def counted_participations(self) -> int | None:
        """Participations by another's count; None where some municipality has none."""
        totals = [each.control_total for each in self.municipalities]
        return None if None in totals else sum(each for each in totals if each is not None)

    @property
    def inside_share(self) -> float | None:
        """Share of the arrangements that lie within one block, of what is known; None without a plan."""
        return None if self.placing is None else self.placing.inside_share


def latest_year(register: Register) -> int:
    """
    Return the last year that a register describes.

    Parameters
    ----------
    register
        The register.

    Returns
    -------
    The year of its latest snapshot.

    Raises
    ------
    QuestionError
        Where it holds nothing.
    """
    if not register.snapshots:
        raise QuestionError("The register holds no arrangement yet: add one, or import them.")
    return max(register.snapshots)


def measure_register(
    study: Study, year: int, *, plan: Plan | Partition | None = None, register: Register | None = None
) -> RegisterMeasure:
    """
    Measure the cooperation of a year.

    Parameters
    ----------
    study
        Whose municipalities they are.
    year
        The year; see `Register.at` for which rows count.
    plan
        Blocks to hold the arrangements against; None for none.
    register
        The register; None for the one in the study's own tables.

    Returns
    -------
    The measures.

    Raises
    ------
    QuestionError
        Where there is no register, or it begins later.
    """
    register = study.register if register is None else register
    picture = register.at(year)
    blocks = _blocks_of(study, plan) if plan is not None else {}
    members: dict[str, list[str]] = {}
    for municipality, block in blocks.items():
        members.setdefault(block, []).append(municipality)
    controls = register.controls_of(year)
    by_level = {level: register.controls_of(year, level) for level in Level}
    ids = tuple(sorted(study.territory.ids))
    places = [place_in_blocks(each, blocks) for each in picture.arrangements] if blocks else []
    return RegisterMeasure(
        picture=picture,
        by_snapshot=dict(sorted(Counter(each.snapshot for each in picture.arrangements).items())),
        municipalities=tuple(
            measure_municipality(
                picture,
                each,
                control=controls.get(each),
                controls_by_level={level: found[each] for level, found in by_level.items() if each in found},
                block=blocks.get(each, ""),
                members=members[blocks[each]] if blocks else None,
            )
            for each in ids
        ),
        whole=measure_group(picture, ids, name=study.title),
        blocks=tuple(measure_group(picture, found, name=block) for block, found in sorted(members.items())),
        placing=Placing(*(places.count(each) for each in (Place.INSIDE, Place.CROSSING, Place.UNKNOWN)))
        if blocks
        else None,
        tasks=measure_tasks(picture, [each for each in register.task_counts if each.year == year]),
    )


def measure_group_of(
    study: Study, municipalities: Iterable[str], *, year: int, name: str = "", register: Register | None = None
) -> GroupCooperation:
    """
    Measure the cooperation of any group of municipalities.

    Parameters
    ----------
    study
        Whose municipalities they are.
    municipalities
        Ids.
    year
        The year.
    name
        What the group is called.
    register
        The register; None for the one in the study's own tables.

    Returns
    -------
    The measures.

    Raises
    ------
    QuestionError
        Where there is no register, it begins later, or an id is not in the study.
    """
    ids = [study.territory.find(each) for each in municipalities]
    return measure_group(_picture(study, year, register), ids, name=name)


def assess_cooperation(
    study: Study,
    municipalities: Iterable[str],
    *,
    year: int,
    name: str = "",
    answers: Iterable[Answer] = (),
    thresholds: Thresholds | None = None,
    register: Register | None = None,
) -> Assessment:
    """
    Assess how near a group of municipalities is to long-term strategic cooperation.

    Parameters
    ----------
    study
        Whose municipalities they are.
    municipalities
        Ids or names, two or more.
    year
        The year.
    name
        What the group is called.
    answers
        What the cooperation answered to the seven questions.
    thresholds
        What the evidence is held against; None judges only what needs no threshold.
    register
        The register; None for the one in the study's own tables.

    Returns
    -------
    The seven items with their evidence, the step that the group has come to, and what the next takes.

    Raises
    ------
    QuestionError
        Where there is no register, it begins later, or a municipality is not known.
    """
    ids = [study.territory.find(each) for each in municipalities]
    picture = _picture(study, year, register)
    return assess_group_of(picture, ids, name=name, answers=answers, thresholds=thresholds)


def kept_answers(store: RegisterStore, municipalities: Iterable[str]) -> tuple[Answer, ...]:
    """
    Return what a cooperation answered to the seven questions, as an assessment takes it.

    Parameters
    ----------
    store
        Where it is kept.
    municipalities
        Ids of those who cooperate.

    Returns
    -------
    The latest answer to each question.
    """
    return tuple(
        Answer(
            inquiry=Inquiry(each.inquiry),
            standing=Standing(each.standing) if each.standing else None,
            text=each.text,
            who=each.who,
            when=each.moment,
        )
        for each in store.answers(municipalities)
    )


def advise_form(needs: FormNeeds, *, act: Act = Act.Y2018) -> FormAdvice:
    """
    Say which legal forms a task allows.

    Parameters
    ----------
    needs
        What the task needs.
    act
        The Local Government Act that is applied.

    Returns
    -------
    Every form once, each with its verdict, its provision and the rules that bite.
    """
    return advise_form_of(needs, act=act)


def check_forms(
    study: Study, year: int, *, needs: Mapping[str, FormNeeds] | None = None, register: Register | None = None
) -> tuple[FormCheck, ...]:
    """
    Check whether the legal forms of the arrangements of a year can carry their tasks.

    Parameters
    ----------
    study, year
        Of which, of when.
    needs
        Service area to what it needs, beside what the register's own table tells; these take precedence.
    register
        The register; None for the one in the study's own tables.

    Returns
    -------
    Every arrangement; unknown where form or needs are not known.
    """
    register = study.register if register is None else register
    return check_forms_of(register.at(year), {**register.needs, **(needs or {})})


def draw_network(
    study: Study, year: int, *, levels: Iterable[Level] | None = None, register: Register | None = None
) -> Network:
    """
    Draw the network of cooperation of a year.

    Parameters
    ----------
    study
        Whose municipalities are the nodes.
    year
        The year.
    levels
        Which levels count; all by default.
    register
        The register; None for the one in the study's own tables.

    Returns
    -------
    Nodes, and edges weighted by the arrangements that two municipalities share.
    """
    return draw_network_of(_picture(study, year, register), study.territory.ids, levels=levels)


def tabulate_tasks(study: Study, year: int, *, register: Register | None = None) -> Matrix:
    """
    Count the arrangements of a year by municipality and service area.

    Parameters
    ----------
    study, year
        Of which, of when.
    register
        The register; None for the one in the study's own tables.

    Returns
    -------
    The table.
    """
    return tabulate_tasks_of(_picture(study, year, register), study.territory.ids)


def tabulate_partners(study: Study, year: int, *, register: Register | None = None) -> Matrix:
    """
    Count the arrangements of a year that each two municipalities share.

    Parameters
    ----------
    study, year
        Of which, of when.
    register
        The register; None for the one in the study's own tables.

    Returns
    -------
    The table, symmetric.
    """
    return tabulate_partners_of(_picture(study, year, register), study.territory.ids)


def name_blocks(study: Study, plan: Plan) -> dict[str, str]:
    """
    Name the blocks of one of our plans.

    Parameters
    ----------
    study
        Whose plan it is.
    plan
        The plan.

    Returns
    -------
    Id of each centre to its name, with the id behind it where another centre of the plan is called the same.
    """
    names = study.territory.names
    called = Counter(names[centre] for centre in plan.centres)
    return {c: names[c] if called[names[c]] == 1 else f"{names[c]} ({c})" for c in plan.centres}


def _picture(study: Study, year: int, register: Register | None) -> Picture:
    """Return the picture of a year, of the register given or the study's own."""
    return (study.register if register is None else register).at(year)


def _blocks_of(study: Study, plan: Plan | Partition) -> Mapping[str, str]:
    """Return municipality id to the name of its block: of one of our plans the name of its centre."""
    names = name_blocks(study, plan) if isinstance(plan, Plan) else {}
    blocks = {i: names[c] for i, c in plan.assignment.items()} if isinstance(plan, Plan) else dict(plan.blocks)
    missing = sorted(set(study.territory.ids) - set(blocks))
    if missing:
        raise QuestionError(f"The plan leaves out {', '.join(missing)}: give each municipality a block.")
    return blocks
