"""Why a municipality lies in its block, and what it would take to lie in another."""

from __future__ import annotations

from collections.abc import Iterator

from tyngdepunkt.model import Plan, Progress, Reason, Status, Territory, silent
from tyngdepunkt.structure import graph, keeping
from tyngdepunkt.structure.matching import find_moved
from tyngdepunkt.structure.record import find_record
from tyngdepunkt.structure.results import Explanation, Price
from tyngdepunkt.structure.solve import SECONDS, Solver
from tyngdepunkt.structure.tipping import tipping_prices

__all__ = ["explain"]


def explain(
    territory: Territory,
    plan: Plan,
    municipality: str,
    *,
    seconds: float = SECONDS,
    progress: Progress = silent,
    solver: Solver | None = None,
) -> Explanation:
    """
    Explain where a municipality lies in a plan.

    Parameters
    ----------
    territory
        Of which the plan is.
    plan
        The plan.
    municipality
        Id.
    seconds
        Wall time for each price after which it is given as "at least" [s].
    progress
        Told after each price.
    solver
        One that has answered the plan's question already.

    Returns
    -------
    Reasons, and the prices in every other block, the cheapest first; no prices where the plan is not proven optimal.
    """
    prices: tuple[Price, ...] = ()
    if plan.certificate.status is Status.OPTIMAL:
        prices = tipping_prices(
            territory, plan, municipalities=[municipality], seconds=seconds, progress=progress, solver=solver
        )
    ranked = tuple(sorted(prices, key=lambda p: (p.amount is None, p.amount or 0.0, p.centre)))
    return Explanation(municipality, plan, tuple(_reasons(territory, plan, municipality)), ranked)


def _reasons(territory: Territory, plan: Plan, municipality: str) -> Iterator[Reason]:
    """Give what decides: ties, minutes, neighbours, population, wishes."""
    question = plan.question
    centre = plan.assignment[municipality]
    block = plan.members[centre]
    i, c = territory.position[municipality], territory.position[centre]
    both = territory.commuters + territory.commuters.T
    others = [j for j in plan.centres if j not in (centre, municipality)]
    if question.objective.has_free_centres:
        if centre == municipality:
            yield Reason("is_centre", None, "persons", None, (municipality,), "commuting")
    elif centre == municipality:
        gained = sum(int(both[territory.position[m], i]) for m in block if m != municipality)
        yield Reason("is_centre", gained, "persons", None, (municipality,), "commuting")
    else:
        rival = max(others, key=lambda j: int(both[i, territory.position[j]]), default="")
        rivals = int(both[i, territory.position[rival]]) if rival else None
        yield Reason("ties_to_centre", int(both[i, c]), "persons", rivals, (municipality, centre), "commuting", rival)
        out = int(territory.commuters[i].sum() - territory.commuters[i, i])
        if out:
            yield Reason(
                "share_of_out_commuters",
                int(territory.commuters[i, c]) / out,
                "share",
                None,
                (municipality, centre),
                "commuting",
            )
        if territory.minutes is not None:
            near = min(others, key=lambda j: float(territory.minutes[i, territory.position[j]]), default="")  # type: ignore[index]
            least = float(territory.minutes[i, territory.position[near]]) if near else None
            yield Reason(
                "minutes_to_centre",
                float(territory.minutes[i, c]),
                "min",
                least,
                (municipality, centre),
                "travel_times",
                near,
            )
    if question.objective.cohesion:
        yield _ties_to_blocks(territory, plan, municipality)
    neighbours = territory.neighbours(seasonal=question.seasonal)[i]
    beside = tuple(territory.ids[m] for m in neighbours if plan.assignment[territory.ids[m]] == centre)
    if beside:
        yield Reason("neighbour_in_block", len(beside), "", None, (municipality, *beside), "neighbours")
    rest = graph.mask(territory.position[m] for m in block if m != municipality)
    near_sets = graph.bits(territory.neighbours(seasonal=question.seasonal))
    if centre != municipality:
        joined = graph.component(near_sets, rest, 1 << c)
        lost = tuple(territory.ids[m] for m in graph.members(rest & ~joined))
        if lost:
            yield Reason("cut_off_without", len(lost), "", None, (municipality, *lost), "neighbours")
    people = sum(int(territory.population[territory.position[m]]) for m in block)
    yield Reason("population_of_block", people, "persons", question.floor or None, (centre,), "municipalities")
    if question.floor and people - int(territory.population[i]) < question.floor:
        yield Reason(
            "floor_binds",
            people - int(territory.population[i]),
            "persons",
            question.floor,
            (municipality, centre),
            "municipalities",
        )
    for name in ("together", "apart"):
        for group in getattr(question, name):
            if municipality in group:
                yield Reason(name, municipalities=(municipality, *sorted(group - {municipality})), source="question")
    yield from _bonds(territory, plan, municipality)
    if municipality in question.centre:
        yield Reason("fixed_centre", municipalities=(municipality,), source="question")
    if municipality in question.not_centre:
        yield Reason("not_centre", municipalities=(municipality,), source="question")


def _bonds(territory: Territory, plan: Plan, municipality: str) -> Iterator[Reason]:
    """Give what holds a municipality, or is lifted for it, beyond ids: overrides, counties, locks, positions, parts."""
    question = plan.question
    centre = plan.assignment[municipality]
    block = set(plan.members[centre])
    for reason in find_record(territory, plan):
        if reason.criterion == "override" and reason.municipalities[0] in block:
            yield reason
    county = {m.id: m.county for m in territory.municipalities}
    if question.within_counties:
        across = tuple(
            territory.ids[m]
            for m in territory.neighbours(seasonal=question.seasonal)[territory.position[municipality]]
            if county[territory.ids[m]] != county[municipality]
        )
        if across:
            yield Reason("county_border", municipalities=(municipality, *across), source="municipalities")
    for group in question.locked:
        if municipality in group:
            yield Reason("locked", municipalities=tuple(sorted(group)), source="question")
    for position in question.positions:
        if municipality in position.municipalities:
            yield keeping.reason_of(position)
    for part, whole in territory.parts.items():
        if municipality in (part, whole):
            apart = plan.assignment[part] != plan.assignment[whole]
            name = "part_elsewhere" if apart else "part_held" if part not in question.split_parts else "part_stays"
            yield Reason(name, municipalities=(part, whole), source="municipalities")
    if question.start is not None:
        moved = find_moved(question.start.block_of, plan.assignment)
        name = "moved_from_start" if municipality in moved else "stays_from_start"
        yield Reason(
            name,
            len(moved),
            "municipalities",
            question.start.most_moved,
            (municipality,),
            "question",
            question.start.name,
        )


def _ties_to_blocks(territory: Territory, plan: Plan, municipality: str) -> Reason:
    """Return how many commuters a municipality exchanges with its block, and with the other block it has most with."""
    both = territory.commuters + territory.commuters.T
    i, centre = territory.position[municipality], plan.assignment[municipality]
    ties = {
        c: sum(int(both[i, territory.position[m]]) for m in ids if m != municipality) for c, ids in plan.members.items()
    }
    rival = max((c for c in plan.centres if c != centre), key=ties.__getitem__, default="")
    return Reason(
        "ties_to_block",
        ties[centre],
        "persons",
        ties[rival] if rival else None,
        (municipality, centre),
        "commuting",
        rival,
    )
