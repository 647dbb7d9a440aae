"""Cooperation and services in the light of a plan: what the whole analysis and the report say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tyngdepunkt.analysis.cooperation import (
    Answer,
    Assessment,
    FormCheck,
    Network,
    RegisterMeasure,
    assess_cooperation,
    check_forms,
    draw_network,
    latest_year,
    measure_register,
)
from tyngdepunkt.analysis.services import (
    STAFF_MEASURES,
    CapacityAnswer,
    HostingPlan,
    HostModel,
    ServiceStructure,
    StructureFinding,
    assess_capacity,
    compare_structures,
    find_hosts,
    hosting_of_block,
    pooled_tasks,
    printed_of_municipalities,
    structure_of_municipalities,
)
from tyngdepunkt.model import Level, NoPlan, Partition, Plan, Progress, Register, Step, silent
from tyngdepunkt.study import Study

__all__ = [
    "NETWORK_LEVELS",
    "BlockHosting",
    "CooperationReview",
    "Replies",
    "ServicesReview",
    "review_cooperation",
    "review_services",
]

NETWORK_LEVELS = (Level.LOCAL, Level.SUBREGIONAL)
"""Levels whose arrangements are drawn as ties; those that take in a whole county tie everybody to everybody."""
Replies = Callable[[Iterable[str]], Iterable[Answer]]
"""What the cooperation of some municipalities answered to the seven questions."""

_REGISTER = ("arrangements", "participants")
_SECONDS_HOSTS = 2.0
"""Time for the hosts of one block by one model, after which the answer has a gap [s]."""


@dataclass(frozen=True, eq=False)
class CooperationReview:
    """
    The cooperation of a study, held against the blocks of a plan.

    Parameters
    ----------
    measure
        The picture of the last year that the register describes; blocks are named by the id of their centre, and there
        are none where there is no plan.
    counted
        The same of the last year in which another counted tasks, or every municipality; `measure` itself where that is
        the year, None where nobody did.
    network
        Who shares how many arrangements of `NETWORK_LEVELS` with whom, in the year of `measure`.
    assessments
        How near each block of two municipalities or more is to long-term strategic cooperation, by id of its centre.
    forms
        Whether the form of each arrangement can carry its task, in the year of `measure`.
    rows
        Year that the register's rows describe to how many it has, whether they count in a picture or not.
    is_kept
        Whether the register is one that was kept and changed apart from the study's own tables.
    """

    measure: RegisterMeasure
    counted: RegisterMeasure | None
    network: Network
    assessments: tuple[Assessment, ...]
    forms: tuple[FormCheck, ...]
    rows: Mapping[int, int]
    is_kept: bool = False

    @property
    def year(self) -> int:
        """The year of the picture."""
        return self.measure.year


@dataclass(frozen=True, eq=False)
class BlockHosting:
    """
    Hosts for what the members of a block could run together.

    Parameters
    ----------
    block
        Id of the block's centre.
    members
        Ids.
    measure
        What is counted, as in the table staffing; empty where no service has figures for two members.
    plans
        Model to its answer; empty where no service has figures for two members.
    """

    block: str
    members: tuple[str, ...]
    measure: str
    plans: Mapping[HostModel, HostingPlan]

    @property
    def taking_part(self) -> tuple[str, ...]:
        """Ids of the members with staff of their own in what would be run together."""
        found = {i for plan in self.plans.values() for task in plan.problem.tasks for i in task.fte_before}
        return tuple(i for i in self.members if i in found)


@dataclass(frozen=True, eq=False)
class ServicesReview:
    """
    The services of a study, held against the blocks of a plan.

    Parameters
    ----------
    capacity
        Staff of services, today and pooled in the blocks, which are named by the id of their centre; None where the
        study has no staffing.
    structures
        The sizes of services against those of municipalities; empty where the study has no register.
    municipalities, municipalities_printed
        The sizes of the municipalities themselves, and the same as printed, as in `StructureFinding`; empty where they
        are not.
    year
        Of the picture of the register in `structures`; None where there is none.
    hosting
        Hosts in each block of two municipalities or more, on the terms that all staff of today is kept and nobody loses
        any in net; empty where the study has no staffing or no travel times.
    """

    capacity: CapacityAnswer | None
    structures: tuple[StructureFinding, ...]
    municipalities: ServiceStructure
    municipalities_printed: Mapping[str, float]
    year: int | None
    hosting: tuple[BlockHosting, ...]


def review_cooperation(
    study: Study,
    plan: Plan | NoPlan | None = None,
    *,
    register: Register | None = None,
    replies: Replies | None = None,
    progress: Progress = silent,
) -> CooperationReview | None:
    """
    Measure and assess the cooperation of a study in the light of a plan.

    Parameters
    ----------
    study
        Whose municipalities they are.
    plan
        The blocks; without one the register is measured all the same.
    register
        The register; None for the one in the study's own tables.
    replies
        Ids of a block's members to what their cooperation answered to the seven questions; None where none are kept.
    progress
        Told after each step.

    Returns
    -------
    The review; None where the study has no register, or nobody is told to take part in anything.
    """
    is_kept = register is not None
    if register is None:
        if any(table not in study.tables for table in _REGISTER):
            return None
        register = study.register
    if not register.snapshots:
        return None
    members = _members(plan)
    partition = Partition("", {i: block for block, ids in members.items() for i in ids}) if members else None
    assessed = {block: ids for block, ids in members.items() if len(ids) > 1}
    year, counted_year = latest_year(register), _counted_year(study, register)
    steps = 2 + len(assessed)
    progress(Step("cooperation", 0, steps))
    measure = measure_register(study, year, plan=partition, register=register)
    counted = measure if counted_year == year else None
    if counted_year is not None and counted is None:
        counted = measure_register(study, counted_year, plan=partition, register=register)
    progress(Step("cooperation", 1, steps))
    network = draw_network(study, year, levels=NETWORK_LEVELS, register=register)
    forms = check_forms(study, year, register=register)
    progress(Step("cooperation", 2, steps))
    assessments = []
    for block, ids in assessed.items():
        given = () if replies is None else tuple(replies(ids))
        assessments.append(assess_cooperation(study, ids, year=year, name=block, answers=given, register=register))
        progress(Step("cooperation", 2 + len(assessments), steps))
    return CooperationReview(measure, counted, network, tuple(assessments), forms, register.snapshots, is_kept)


def review_services(
    study: Study,
    plan: Plan | NoPlan | None = None,
    *,
    register: Register | None = None,
    seconds: float = _SECONDS_HOSTS,
    progress: Progress = silent,
) -> ServicesReview | None:
    """
    Set out the staff, the size and the possible hosts of a study's services in the light of a plan.

    Parameters
    ----------
    study
        With the table staffing, or a register.
    plan
        The blocks; without one services are shown as they are.
    register
        The register; None for the one in the study's own tables.
    seconds
        Wall time for the hosts of one block by one model [s].
    progress
        Told after each step.

    Returns
    -------
    The review; None where the study has neither staffing nor a register.

    Raises
    ------
    KeyboardInterrupt
        Where the reader interrupts the search for hosts.
    """
    if register is None and all(table in study.tables for table in _REGISTER):
        register = study.register
    has_staff, has_register = "staffing" in study.tables, register is not None and bool(register.snapshots)
    if not (has_staff or has_register):
        return None
    members = _members(plan)
    hosted = members if has_staff and study.territory.minutes is not None else {}
    steps = 2 + len(hosted)
    progress(Step("services", 0, steps))
    capacity = assess_capacity(study, members, register=register) if has_staff else None
    progress(Step("services", 1, steps))
    year: int | None = None
    structures: tuple[StructureFinding, ...] = ()
    if register is not None and has_register:
        year = latest_year(register)
        structures = compare_structures(study, year=year, register=register)
    progress(Step("services", 2, steps))
    hosting = []
    for block, ids in hosted.items():
        hosting.append(_find_hosts(study, block, ids, seconds))
        progress(Step("services", 2 + len(hosting), steps))
    shown = tuple(each for each in hosting if len(each.members) > 1)
    own = structure_of_municipalities(study)
    return ServicesReview(capacity, structures, own, printed_of_municipalities(study), year, shown)


def _members(plan: Plan | NoPlan | None) -> dict[str, tuple[str, ...]]:
    """Return id of a centre to its block, in order of id; nothing where there is no plan."""
    return dict(sorted(plan.members.items())) if isinstance(plan, Plan) else {}


def _counted_year(study: Study, register: Register) -> int | None:
    """Return the last year in which another counted tasks, or every municipality; None where nobody did."""
    years = {count.year for count in register.task_counts} | {count.year for count in register.controls}
    tasks = {count.year for count in register.task_counts}
    found = [y for y in years if y in tasks or register.controls_of(y).keys() >= set(study.territory.ids)]
    return max((y for y in found if y >= min(register.snapshots)), default=None)


def _find_hosts(study: Study, block: str, members: tuple[str, ...], seconds: float) -> BlockHosting:
    """Return hosts in a block, by the measure in which most services can be run together, of those alike the latest."""
    rows = study.table("staffing")
    latest = {measure: int(year) for measure, year in rows.groupby("measure")["year"].max().items()}
    tasks = {each: pooled_tasks(study, members, measure=each) for each in STAFF_MEASURES if each in latest}
    measure = max(tasks, key=lambda each: (len(tasks[each]), latest[each]))
    if not tasks[measure]:
        return BlockHosting(block, members, "", {})
    problem = hosting_of_block(study, members, measure=measure)
    models = (HostModel.CENTRAL, HostModel.BALANCED)
    plans = find_hosts(problem, models=models, seconds=seconds, seed=study.settings.seed)
    if not all(plan.is_complete for plan in plans.values()):
        raise KeyboardInterrupt
    return BlockHosting(block, members, measure, plans)
