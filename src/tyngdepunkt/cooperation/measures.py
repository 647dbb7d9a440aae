"""The measures of cooperation: of a municipality, of a group, and task by task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tyngdepunkt.cooperation.partners import CrissCross, Hosts, count_hosts, count_partner_sets, measure_criss_cross
from tyngdepunkt.cooperation.placing import Placing, place_all
from tyngdepunkt.model import Arrangement, Basis, ControlTotal, Level, Picture, RegisteredForm, TaskCount

__all__ = [
    "GroupCooperation",
    "MunicipalityCooperation",
    "TaskCooperation",
    "measure_group",
    "measure_municipality",
    "measure_tasks",
]

Kind = TypeVar("Kind", bound=str)


@dataclass(frozen=True)
class MunicipalityCooperation:
    """
    The arrangements that a municipality is known to take part in.

    Parameters
    ----------
    municipality
        Id.
    total
        How many.
    by_level
        Every level, the unknown one too, to how many.
    by_task
        Service area to how many, most first.
    by_form
        Legal form to how many, most first; `RegisteredForm.UNKNOWN` where it is not told.
    by_basis
        How the municipality's own part is known to how many.
    by_snapshot
        Year that the rows describe to how many.
    incomplete
        Of how many not all participants are known.
    hosted
        How many it is known to host.
    partner_sets
        Different sets of participants, of those that are all known.
    criss_cross
        How much these cross.
    control
        Another's count of the same year, all levels; None where there is none.
    controls_by_level
        The same by level, as far as the source counts so.
    block
        Name of the municipality's block; empty where no plan was given.
    placing
        Where its arrangements lie, seen from its block; None where no plan was given.
    """

    municipality: str
    total: int
    by_level: dict[Level, int]
    by_task: dict[str, int]
    by_form: dict[RegisteredForm, int]
    by_basis: dict[Basis, int]
    by_snapshot: dict[int, int]
    incomplete: int
    hosted: int
    partner_sets: int
    criss_cross: CrissCross
    control: ControlTotal | None = None
    controls_by_level: Mapping[Level, ControlTotal] | None = None
    block: str = ""
    placing: Placing | None = None

    @property
    def control_total(self) -> int | None:
        """Another's count; None where there is none."""
        return None if self.control is None else self.control.arrangements

    @property
    def gap(self) -> int | None:
        """What the register lacks of another's count; below 0 where it holds more; None without a count."""
        return None if self.control is None else self.control.arrangements - self.total

    @property
    def inside_share(self) -> float | None:
        """Share inside the block, of what is known; None without a plan or where nothing is known."""
        return None if self.placing is None else self.placing.inside_share


@dataclass(frozen=True)
class GroupCooperation:
    """
    The arrangements that at least one of a group is known to take part in; each counts once.

    Parameters
    ----------
    name
        What the group is called.
    members
        Ids, ascending.
    total
        How many arrangements.
    by_level, by_task, by_form
        As for a municipality.
    placing
        How many lie within the group, across its border, and nobody knows.
    shared_by_all
        How many all of the group are known to take part in.
    only_all
        How many all of the group and nobody else take part in, as far as all participants are known.
    incomplete
        Of how many not all participants are known.
    partner_sets
        Different sets of participants, of those that are all known.
    criss_cross
        How much these cross.
    hosts
        Where the host roles lie, hosts outside the group too.
    fte, cost_nok
        Full-time equivalents and yearly cost [NOK] of those within the group of which they are known; None where of
        none.
    fte_unknown, cost_unknown
        Of how many of those within the group they are not.
    """

    name: str
    members: tuple[str, ...]
    total: int
    by_level: dict[Level, int]
    by_task: dict[str, int]
    by_form: dict[RegisteredForm, int]
    placing: Placing
    shared_by_all: int
    only_all: int
    incomplete: int
    partner_sets: int
    criss_cross: CrissCross
    hosts: Hosts
    fte: float | None = None
    fte_unknown: int = 0
    cost_nok: float | None = None
    cost_unknown: int = 0

    @property
    def inside_share(self) -> float | None:
        """Share within the group, of what is known; None where nothing is known."""
        return self.placing.inside_share


@dataclass(frozen=True)
class TaskCooperation:
    """
    How many municipalities cooperate on a task, by the register and by another's count.

    Parameters
    ----------
    task
        The task: as the count calls it, or else a service area.
    service_areas
        What of the register it is; empty where the register does not tell it from others.
    arrangements
        How many the register has on it; None where it does not tell it from others.
    municipalities
        How many different municipalities are known to take part; None likewise.
    incomplete
        Of how many arrangements not all participants are known; where any is, the true number may be higher.
    count
        Another's count; None where there is none.
    """

    task: str
    service_areas: tuple[str, ...]
    arrangements: int | None
    municipalities: int | None
    incomplete: int
    count: TaskCount | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the register tells the task from others, and all participants of its arrangements are known."""
        return self.arrangements is not None and self.incomplete == 0

    @property
    def difference(self) -> int | None:
        """What the register lacks of another's count; below 0 where it holds more; None where not comparable."""
        if self.count is None or self.municipalities is None:
            return None
        return self.count.municipalities - self.municipalities


def measure_municipality(
    picture: Picture,
    municipality: str,
    *,
    control: ControlTotal | None = None,
    controls_by_level: Mapping[Level, ControlTotal] | None = None,
    block: str = "",
    members: Iterable[str] | None = None,
) -> MunicipalityCooperation:
    """
    Measure the cooperation of a municipality.

    Parameters
    ----------
    picture
        The arrangements of one year.
    municipality
        Id.
    control, controls_by_level
        Another's count of that year.
    block
        Name of its block.
    members
        Ids of its block, itself among them; None without a plan.

    Returns
    -------
    The measures.
    """
    own = picture.of(municipality)
    return MunicipalityCooperation(
        municipality=municipality,
        total=len(own),
        by_level=_count_levels(own),
        by_task=_most_first(each.task for each in own),
        by_form=_most_first(each.form for each in own),
        by_basis=_most_first(each.basis_of(municipality) for each in own),
        by_snapshot=dict(sorted(Counter(each.snapshot for each in own).items())),
        incomplete=sum(not each.is_complete for each in own),
        hosted=sum(each.host == municipality for each in picture.arrangements),
        partner_sets=count_partner_sets(own),
        criss_cross=measure_criss_cross(own),
        control=control,
        controls_by_level=controls_by_level,
        block=block,
        placing=None if members is None else place_all(own, frozenset(members)),
    )


def measure_group(picture: Picture, members: Iterable[str], *, name: str = "") -> GroupCooperation:
    """
    Measure the cooperation of a group: a block, or any municipalities.

    Parameters
    ----------
    picture
        The arrangements of one year.
    members
        Ids.
    name
        What the group is called.

    Returns
    -------
    The measures.
    """
    group = frozenset(members)
    touching = picture.touching(group)
    within = [each for each in touching if place_all([each], group).inside]
    everyone = [each for each in touching if each.members >= group]
    fte = [each.fte for each in within if each.fte is not None]
    cost = [each.cost_nok for each in within if each.cost_nok is not None]
    return GroupCooperation(
        name=name,
        members=tuple(sorted(group)),
        total=len(touching),
        by_level=_count_levels(touching),
        by_task=_most_first(each.task for each in touching),
        by_form=_most_first(each.form for each in touching),
        placing=place_all(touching, group),
        shared_by_all=len(everyone),
        only_all=sum(each in within for each in everyone),
        incomplete=sum(not each.is_complete for each in touching),
        partner_sets=count_partner_sets(touching),
        criss_cross=measure_criss_cross(touching),
        hosts=count_hosts(touching),
        fte=sum(fte) if fte else None,
        fte_unknown=len(within) - len(fte),
        cost_nok=sum(cost) if cost else None,
        cost_unknown=len(within) - len(cost),
    )


def measure_tasks(picture: Picture, counts: Iterable[TaskCount] = ()) -> tuple[TaskCooperation, ...]:
    """
    Measure how many municipalities cooperate on each task.

    Parameters
    ----------
    picture
        The arrangements of one year.
    counts
        Another's counts of that year.

    Returns
    -------
    First the tasks that were counted, in the order of the counts, then the service areas that none of them is about,
    by name.
    """
    found = [_measure_task(picture, count.task, count.service_areas, count) for count in counts]
    told = {area for each in found for area in each.service_areas}
    rest = sorted({each.task for each in picture.arrangements} - told)
    return (*found, *(_measure_task(picture, area, (area,)) for area in rest))


def _measure_task(
    picture: Picture, task: str, areas: tuple[str, ...], count: TaskCount | None = None
) -> TaskCooperation:
    """Measure the cooperation on a task that is some service areas of the register."""
    if not areas:
        return TaskCooperation(task, areas, None, None, 0, count)
    own = [each for each in picture.arrangements if each.task in areas]
    members = frozenset[str]().union(*(each.members for each in own))
    return TaskCooperation(task, areas, len(own), len(members), sum(not each.is_complete for each in own), count)


def _count_levels(arrangements: Iterable[Arrangement]) -> dict[Level, int]:
    """Return every level to how many arrangements it has."""
    found = Counter(each.level for each in arrangements)
    return {level: found[level] for level in Level}


def _most_first(values: Iterable[Kind]) -> dict[Kind, int]:
    """Return how often each value occurs, most first, then in order."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
