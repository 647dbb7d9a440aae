"""What a reader of a plan must see beside its blocks: floors lifted, villages that went elsewhere, who was moved."""

from __future__ import annotations

from tyngdepunkt.model import Plan, Reason, Territory
from tyngdepunkt.structure import keeping
from tyngdepunkt.structure.matching import find_moved

__all__ = ["find_record"]


def find_record(territory: Territory, plan: Plan) -> tuple[Reason, ...]:
    """
    Find what a plan owes to what is on record.

    Parameters
    ----------
    territory
        Of which the plan is.
    plan
        The plan.

    Returns
    -------
    A reason for each block below the floor and each override that it holds, each part of a municipality that lies in
    another block than the rest, the municipalities moved from the plan to start from, and each recorded position.
    """
    question, assignment = plan.question, plan.assignment
    people = {m.id: m.population for m in territory.municipalities}
    found = []
    for members in plan.members.values():
        lacks = question.floor - sum(people[i] for i in members)
        found += [
            Reason(
                "override",
                lacks,
                "persons",
                question.floor,
                (override.municipality,),
                override.source or "question",
                override.reason,
            )
            for override in question.overrides
            if override.municipality in members and lacks > 0
        ]
    found += [
        Reason("part_elsewhere", municipalities=(part, whole), source="municipalities")
        for part, whole in territory.parts.items()
        if assignment[part] != assignment[whole]
    ]
    if question.start is not None:
        moved = find_moved(question.start.block_of, assignment)
        most = question.start.most_moved
        name = question.start.name
        found.append(Reason("moved", len(moved), "municipalities", most, moved, "question", name))
    return (*found, *(keeping.reason_of(position) for position in question.positions))
