"""One yardstick for every plan: ours, and those of others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Division, Partition, Plan, Question, Sense, Territory
from tyngdepunkt.structure import graph
from tyngdepunkt.structure.form import agencies_of, worth
from tyngdepunkt.structure.matching import find_moved
from tyngdepunkt.structure.results import BlockMeasure, PlanMeasure

__all__ = ["best_centre", "measure"]


def measure(territory: Territory, plan: Plan | Partition, question: Question) -> PlanMeasure:
    """
    Measure a plan and each of its blocks.

    Parameters
    ----------
    territory
        Of which the plan is.
    plan
        A plan with centres, or a plan of others, each block of which is measured by its best centre.
    question
        The yardstick: its objective, floor with overrides, links, and the plan it starts from; its other wishes count
        for nothing here.

    Returns
    -------
    The measures, the block with most inhabitants first.

    Raises
    ------
    QuestionError
        Where the plan leaves a municipality out or names one that the study does not have.
    """
    if isinstance(plan, Plan):
        blocks = {territory.names[c]: (c, ids) for c, ids in plan.members.items()}
        if len(blocks) < len(plan.members):
            blocks = {f"{territory.names[c]} ({c})": (c, ids) for c, ids in plan.members.items()}
        placed = set(plan.assignment)
    else:
        placed = set(plan.blocks)
    if placed != set(territory.ids):
        missing = [territory.names[i] for i in territory.ids if i not in placed]
        extra = sorted(placed - set(territory.ids))
        raise QuestionError(
            "The plan does not fit the study: "
            + "; ".join(
                part
                for part in (
                    f"it leaves out {', '.join(missing)}" if missing else "",
                    f"it names {', '.join(extra)}, which the study does not have" if extra else "",
                )
                if part
            )
            + "."
        )
    if isinstance(plan, Partition):
        blocks = {name: (best_centre(territory, ids, question), ids) for name, ids in plan.members.items()}
    near = graph.bits(territory.neighbours(seasonal=question.seasonal))
    counted = _counted(territory, question)
    found = [_block(territory, name, centre, ids, question, near, counted) for name, (centre, ids) in blocks.items()]
    found.sort(key=lambda block: (-block.population, block.centre))
    ties = sum(block.ties for block in found)
    minutes = None if any(b.person_minutes is None for b in found) else sum(b.person_minutes or 0.0 for b in found)
    unknown = float("nan")
    cohesion = sum(block.cohesion for block in found)
    cuts = None if any(b.borders is None for b in found) else sum(b.borders or 0 for b in found)
    amounts = {
        "ties": float(ties),
        "access": unknown if minutes is None else minutes,
        "cohesion": float(cohesion),
        "borders": unknown if cuts is None else float(cuts),
    }
    return PlanMeasure(
        blocks=tuple(found),
        objective=question.objective.total(amounts),
        ties=ties,
        person_minutes=minutes,
        internal_share=_internal_share(territory, [b.members for b in found]),
        cohesion=cohesion,
        borders=cuts,
        moved=_moved(plan, question),
    )


def best_centre(territory: Territory, members: Sequence[str], question: Question) -> str:
    """
    Return the member that serves a block best as its centre.

    Parameters
    ----------
    territory
        Of which the block is.
    members
        Ids.
    question
        Its objective decides.

    Returns
    -------
    The id; of several alike, the one with most inhabitants. Cohesion and borders ask for no centre.
    """
    rows = [territory.position[i] for i in members]
    gain = worth(territory, question.objective)[np.ix_(rows, rows)].sum(axis=0)
    best = max(range(len(rows)), key=lambda c: (gain[c], territory.population[rows[c]], -rows[c]))
    return members[best]


def _block(
    territory: Territory,
    name: str,
    centre: str,
    ids: tuple[str, ...],
    question: Question,
    near: tuple[int, ...],
    counted: tuple[Division, ...],
) -> BlockMeasure:
    """Measure one block."""
    within = territory.commuters[np.ix_(rows := [territory.position[i] for i in ids], rows)]
    cutting = [d for d in territory.divisions if _touched(d, ids) > 1]
    c = territory.position[centre]
    members = [territory.municipalities[r] for r in rows]
    population = sum(m.population for m in members)
    jobs = [m.jobs for m in members if m.jobs is not None]
    employed = [m.employed_residents for m in members if m.employed_residents is not None]
    living = int(territory.commuters[rows, :].sum())
    staying = int(within.sum())
    others = [r for r in rows if r != c]
    person_minutes = farthest = farthest_minutes = None
    if territory.minutes is not None:
        person_minutes = float((territory.population[rows] * territory.minutes[rows, c]).sum())
        far = max(rows, key=lambda r: (territory.minutes[r, c], -r))  # type: ignore[index]
        farthest, farthest_minutes = territory.ids[far], float(territory.minutes[far, c])
    smallest = min(members, key=lambda m: (m.population, m.id))
    return BlockMeasure(
        name=name,
        centre=centre,
        members=tuple(sorted(ids)),
        connected=graph.is_connected(near, graph.mask(rows)),
        population=population,
        jobs=sum(jobs) if len(jobs) == len(members) else None,
        employed_residents=sum(employed) if len(employed) == len(members) else None,
        stay_share=staying / living if living else None,
        ties=int(territory.commuters[others, c].sum() + territory.commuters[c, others].sum()),
        person_minutes=person_minutes,
        smallest_member=smallest.id,
        farthest_member=farthest,
        farthest_minutes=farthest_minutes,
        floor=question.floor,
        shortfall=max(0, question.floor - population),
        cut_by=tuple(sorted({d.name for d in cutting})),
        cut_by_regional=tuple(sorted({d.name for d in cutting if d.level == "regional"})),
        cut_by_local=tuple(sorted({d.name for d in cutting if d.level == "local"})),
        cohesion=staying - int(np.trace(within)),
        borders=sum(max(0, _touched(d, ids) - 1) for d in counted) if counted else None,
        functions={f: tuple(sorted(holders & set(ids))) for f, holders in sorted(territory.functions.items())},
        overrides=tuple(override for override in question.overrides if override.municipality in ids),
        parts=tuple(sorted(i for i in ids if i in territory.parts and territory.parts[i] not in ids)),
    )


def _moved(plan: Plan | Partition, question: Question) -> tuple[str, ...] | None:
    """Return who is moved from the plan that the question starts from; None where it starts from none."""
    if question.start is None:
        return None
    return find_moved(question.start.block_of, plan.assignment if isinstance(plan, Plan) else plan.blocks)


def _counted(territory: Territory, question: Question) -> tuple[Division, ...]:
    """Return the divisions that the question counts for borders; none where the study has none of them."""
    try:
        return agencies_of(territory, question.objective)
    except QuestionError:
        if question.objective.borders:
            raise
        return ()


def _touched(division: Division, ids: tuple[str, ...]) -> int:
    """Return in how many areas of an agency the members lie; members of unknown area count for nothing."""
    return len({division.areas[i] for i in ids if i in division.areas})


def _internal_share(territory: Territory, blocks: Sequence[tuple[str, ...]]) -> float | None:
    """Return the share of all commuters, those who work at home included, who live and work in one block."""
    total = int(territory.commuters.sum())
    if not total:
        return None
    inside = 0
    for ids in blocks:
        rows = [territory.position[i] for i in ids]
        inside += int(territory.commuters[np.ix_(rows, rows)].sum())
    return inside / total


def better_by(question: Question, first: float, second: float) -> float:
    """Return how much better the first objective is than the second; negative where it is worse."""
    return first - second if question.objective.sense is Sense.MAX else second - first
