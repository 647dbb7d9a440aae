"""
What the wishes of a question come to: who lies together or apart, which links count, what counts against the floor.

Each wish is one of four things, so that relaxation, cores, packing and annealer need to know no more than these:

* *together*: parts of a municipality, a position to be with another, a locked block;
* *apart*: a position not to be with another;
* *a link that does not count*: across the border of a county, or of a locked block or of one who stays alone. A block
  that hangs together and lies on one side hangs together without it; one that lies on both sides does not;
* *people that count*: a municipality for which the floor is lifted counts for at least the floor, so that whatever
  block holds it passes, and no other block gains by it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import LinkKind, Position, Question, Reason, Stance, Territory

__all__ = [
    "check_wishes",
    "counted_people",
    "find_apart",
    "find_lifted",
    "find_links",
    "find_own_blocks",
    "find_together",
    "number_start",
    "reason_of",
    "reasons_of_parts",
    "reasons_of_positions",
]


def find_together(territory: Territory, question: Question) -> tuple[frozenset[str], ...]:
    """
    Return the groups that each lie in one block.

    Parameters
    ----------
    territory, question
        What is asked of what.

    Returns
    -------
    Groups of two ids or more: those asked for, parts with the rest of their municipality, recorded positions, locked
    blocks.
    """
    groups = list(question.together)
    groups += [frozenset((part, whole)) for part, whole in territory.parts.items() if part not in question.split_parts]
    groups += [frozenset(p.municipalities) for p in question.positions if p.stance is Stance.WITH]
    groups += [group for group in question.locked if len(group) > 1]
    return tuple(groups)


def find_apart(question: Question) -> tuple[frozenset[str], ...]:
    """Return the groups of ids no two of which lie in one block: those asked for, and recorded positions."""
    against = [frozenset(p.municipalities) for p in question.positions if p.stance is Stance.NOT_WITH]
    return (*question.apart, *against)


def find_own_blocks(question: Question) -> tuple[frozenset[str], ...]:
    """Return the groups of ids that nobody else may be with: locked blocks, and those who stay alone."""
    alone = [frozenset((p.municipality,)) for p in question.positions if p.stance is Stance.ALONE]
    return (*question.locked, *alone)


def find_links(territory: Territory, question: Question) -> tuple[tuple[int, ...], ...]:
    """
    Return each municipality's neighbours over the links that can lie within a block.

    Parameters
    ----------
    territory, question
        What is asked of what.

    Returns
    -------
    One tuple a municipality, ascending, as positions.
    """
    near: list[set[int]] = [set() for _ in territory.municipalities]
    county = {m.id: m.county for m in territory.municipalities}
    own = find_own_blocks(question)
    for link in territory.links:
        if link.kind is LinkKind.NONE or (link.seasonal and not question.seasonal):
            continue
        if question.within_counties and county[link.a] != county[link.b]:
            continue
        if any((link.a in group) != (link.b in group) for group in own):
            continue
        a, b = territory.position[link.a], territory.position[link.b]
        near[a].add(b)
        near[b].add(a)
    return tuple(tuple(sorted(each)) for each in near)


def counted_people(territory: Territory, question: Question) -> NDArray[np.int64]:
    """
    Return what each municipality counts for against the floor.

    Parameters
    ----------
    territory, question
        What is asked of what.

    Returns
    -------
    Its inhabitants, and at least the floor where the floor is lifted for it, shape (n,) [persons].
    """
    people = territory.population.copy()
    for override in question.overrides:
        i = territory.position[override.municipality]
        people[i] = max(int(people[i]), question.floor)
    return people


def find_lifted(territory: Territory, question: Question) -> tuple[str, ...]:
    """Return the ids, ascending, of those who have fewer inhabitants than the floor and for whom it is lifted."""
    people = {m.id: m.population for m in territory.municipalities}
    return tuple(sorted({o.municipality for o in question.overrides if people[o.municipality] < question.floor}))


def reason_of(position: Position) -> Reason:
    """Return a recorded position as a reason, with its source and date."""
    return Reason(
        f"position_{position.stance}",
        municipalities=position.municipalities,
        source="positions",
        alternative=position.record,
    )


def reasons_of_positions(question: Question, ids: frozenset[str]) -> Iterator[Reason]:
    """
    Give the recorded positions of some municipalities, as reasons.

    Parameters
    ----------
    question
        With the positions.
    ids
        The municipalities.

    Yields
    ------
    A reason for each position all of whose municipalities are among them.
    """
    for position in question.positions:
        if ids.issuperset(position.municipalities):
            yield reason_of(position)


def reasons_of_parts(territory: Territory, question: Question, ids: frozenset[str]) -> Iterator[Reason]:
    """
    Give the parts that lie with the rest of their municipality, as reasons.

    Parameters
    ----------
    territory, question
        What is asked of what.
    ids
        Some municipalities.

    Yields
    ------
    A reason for each part that may not lie elsewhere, part and municipality being among them.
    """
    for part, whole in territory.parts.items():
        if part not in question.split_parts and ids.issuperset((part, whole)):
            yield Reason("part_held", municipalities=(part, whole), source="municipalities")


def number_start(territory: Territory, question: Question) -> tuple[int, ...]:
    """Return the number of the block that each municipality has in the plan to start from; empty without one."""
    if question.start is None:
        return ()
    block_of = question.start.block_of
    numbers: dict[str, int] = {}
    return tuple(numbers.setdefault(block_of[i], len(numbers)) for i in territory.ids)


def check_wishes(territory: Territory, question: Question) -> None:
    """
    Refuse wishes that name what is not there, or that the study has not the figures for.

    Parameters
    ----------
    territory, question
        What is asked of what.

    Raises
    ------
    QuestionError
        Where a wish cannot be asked of this territory.
    """
    named = [override.municipality for override in question.overrides]
    named += [i for group in question.locked for i in group]
    named += [i for position in question.positions for i in position.municipalities]
    for i in named:
        if i not in territory.position:
            raise QuestionError(f"The question names municipality {i!r}, which the study does not have.")
    if any(not group for group in question.locked):
        raise QuestionError("A locked block takes one municipality or more.")
    for position in question.positions:
        if len(set(position.municipalities)) != (1 if position.stance is Stance.ALONE else 2):
            raise QuestionError(
                f"The position of {position.municipality} is {position.stance}: "
                "with and not_with name one other municipality, alone names none."
            )
    strangers = sorted(question.split_parts - set(territory.parts))
    if strangers:
        known = ", ".join(sorted(territory.parts)) or "none: its municipalities have no column part_of"
        raise QuestionError(
            f"{', '.join(strangers)} is no part of a municipality in this study; it has these parts: {known}."
        )
    if question.within_counties:
        blank = [m.name for m in territory.municipalities if not m.county]
        if blank:
            lacks = "no municipality" if len(blank) == len(territory) else f"not {', '.join(blank)}"
            raise QuestionError(
                f"Blocks within counties need the county of each municipality, and this study gives it for {lacks}: "
                "fill in the column county of municipalities.csv, or let blocks cross county borders."
            )
    _check_start(territory, question)


def _check_start(territory: Territory, question: Question) -> None:
    """Refuse a plan to start from that leaves someone out, or a number of moves that means nothing."""
    if question.start is None:
        return
    if question.start.most_moved < 0:
        raise QuestionError(f"At most {question.start.most_moved} municipalities may be moved: give 0 or more.")
    placed = set(question.start.block_of)
    if placed != set(territory.ids):
        odd = sorted(placed ^ set(territory.ids))
        raise QuestionError(
            f"The plan {question.start.name} to start from does not place each municipality of the study once: "
            f"see {', '.join(odd)}."
        )
