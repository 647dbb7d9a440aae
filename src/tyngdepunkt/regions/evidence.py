"""What the Norwegian rule looks at: commuters, persons of working age, minutes, neighbours; and what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Territory
from tyngdepunkt.regions.flows import Flows, flows_of_territory

__all__ = ["WORKING_AGE_SHARE", "Evidence", "evidence_of_territory"]

WORKING_AGE_SHARE = 0.578
"""
Persons of working age per inhabitant, where a table does not have them.

The report (TØI 1713/2019) measures commuters against the working-age population ("arbeidsaktuell befolkning"), and
prints percentages. Of 14 municipalities in Møre og Romsdal these are the commuters of 2017 (Statistics Norway, table
03321) over 0.553 to 0.596 of the inhabitants on 1 January 2018 (table 07459); the median is 0.578.
"""


@dataclass(frozen=True, eq=False)
class Evidence:
    """
    Municipalities as the rule sees them.

    Parameters
    ----------
    ids
        Municipality ids, in order.
    commuters
        (home, work) to employed persons, those who work at home included; pairs of 0 are missing [persons].
    employed, jobs
        Municipality id to the employed who live there and who work there, wherever the other end is [persons].
    working_age
        Municipality id to persons of working age; above 0 [persons].
    minutes
        Pair of ids, the lower first, to minutes between them by car and ferry [min]; ``inf`` where there is no way;
        a pair that is missing is unknown.
    alternative_minutes
        The same with the help of other transport, such as a fast boat; missing is unknown.
    neighbours
        Municipality id to those across its borders; None where not known.
    estimated
        What of this is an estimate, as keys: ``"working_age"``.
    """

    ids: tuple[str, ...]
    commuters: Mapping[tuple[str, str], float]
    employed: Mapping[str, float]
    jobs: Mapping[str, float]
    working_age: Mapping[str, float]
    minutes: Mapping[tuple[str, str], float] = field(default_factory=dict)
    alternative_minutes: Mapping[tuple[str, str], float] = field(default_factory=dict)
    neighbours: Mapping[str, frozenset[str]] | None = None
    estimated: frozenset[str] = frozenset()

    @cached_property
    def partners(self) -> dict[str, tuple[str, ...]]:
        """Municipality id to those it exchanges commuters with, in order."""
        found: dict[str, set[str]] = {i: set() for i in self.ids}
        for home, work in self.commuters:
            if home != work:
                found[home].add(work)
                found[work].add(home)
        return {i: tuple(sorted(others)) for i, others in found.items()}

    def out_share(self, home: str, work: str) -> float:
        """Return the commuters out, over those of working age at home."""
        return self.commuters.get((home, work), 0.0) / self.working_age[home]

    def both_share(self, a: str, b: str) -> float:
        """Return the commuters both ways, each over those of working age where they live, added up."""
        return self.out_share(a, b) + self.out_share(b, a)

    def minutes_between(self, a: str, b: str) -> float | None:
        """Return the minutes between two municipalities [min]; None where not known."""
        return self.minutes.get((min(a, b), max(a, b)))

    def alternative_between(self, a: str, b: str) -> float | None:
        """Return the minutes with the help of other transport [min]; None where not known."""
        return self.alternative_minutes.get((min(a, b), max(a, b)))


def evidence_of_territory(
    territory: Territory,
    *,
    flows: Flows | None = None,
    working_age: Mapping[str, float] | None = None,
    share: float = WORKING_AGE_SHARE,
) -> Evidence:
    """
    Gather the evidence from a study.

    Parameters
    ----------
    territory
        The study's municipalities, with minutes and links.
    flows
        Commuters of a larger table, the whole country's say, whose municipalities are then the ones that are
        divided; the study's own where not given. Minutes are known only between municipalities of the study.
    working_age
        Municipality id to persons of working age [persons]; where missing, `share` of the inhabitants, or, for
        municipalities outside the study, as many per employed resident as the study's have.
    share
        Persons of working age per inhabitant.

    Returns
    -------
    The evidence.

    Raises
    ------
    QuestionError
        Where the larger table has none of the study's municipalities.
    """
    own = flows is None
    flows = flows_of_territory(territory) if flows is None else flows
    if not own and not set(flows.zones) & set(territory.ids):
        raise QuestionError(
            "The flow table has none of the study's municipalities, so no travel time is known: give flows between "
            f"the municipalities of the study's date, such as {territory.ids[0]}."
        )
    ids = tuple(sorted({*flows.zones, *territory.ids})) if own else flows.zones
    employed = dict(zip(flows.zones, flows.residents.tolist(), strict=True))
    jobs = dict(zip(flows.zones, flows.jobs.tolist(), strict=True))
    if own:
        for each in territory.municipalities:
            employed[each.id] = (
                each.employed_residents if each.employed_residents is not None else employed.get(each.id, 0)
            )
            jobs[each.id] = each.jobs if each.jobs is not None else jobs.get(each.id, 0)
    people, estimated = _working_age(territory, ids, employed, dict(working_age or {}), share)
    wanted = set(ids)
    return Evidence(
        ids=ids,
        commuters={
            (flows.zones[i], flows.zones[j]): count
            for i, j, count in zip(flows.home.tolist(), flows.work.tolist(), flows.persons.tolist(), strict=True)
        },
        employed=employed,
        jobs=jobs,
        working_age=people,
        minutes=_minutes(territory, wanted),
        neighbours=_neighbours(territory, wanted),
        estimated=frozenset({"working_age"}) if estimated else frozenset(),
    )


def _working_age(
    territory: Territory, ids: tuple[str, ...], employed: Mapping[str, float], known: dict[str, float], share: float
) -> tuple[dict[str, float], bool]:
    """Return persons of working age, and whether any are estimated."""
    estimated = False
    inhabitants = {m.id: m.population for m in territory.municipalities}
    both = [i for i in ids if i in inhabitants and employed[i]]
    each = share * sum(inhabitants[i] for i in both) / max(1.0, sum(employed[i] for i in both))
    for i in ids:
        if i in known:
            continue
        estimated = True
        known[i] = share * inhabitants[i] if i in inhabitants else each * employed[i]
    return {i: max(1.0, known[i]) for i in ids}, estimated


def _minutes(territory: Territory, wanted: set[str]) -> dict[tuple[str, str], float]:
    """Return the study's minutes between municipalities that are wanted."""
    if territory.minutes is None:
        return {}
    ids = territory.ids
    return {
        (min(a, b), max(a, b)): float(min(territory.minutes[i, j], territory.minutes[j, i]))
        for i, a in enumerate(ids)
        for j, b in enumerate(ids[:i])
        if a in wanted and b in wanted
    }


def _neighbours(territory: Territory, wanted: set[str]) -> dict[str, frozenset[str]]:
    """Return those across each border, whether or not a link crosses it."""
    near: dict[str, set[str]] = {i: set() for i in territory.ids if i in wanted}
    for link in territory.links:
        if link.a in near and link.b in near:
            near[link.a].add(link.b)
            near[link.b].add(link.a)
    return {i: frozenset(others) for i, others in near.items()}
