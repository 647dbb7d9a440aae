"""
A plan checked against its question without the solver, and without any of the solver's arrays.

It is written to be read: what it checks is what a certificate promises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tyngdepunkt.errors import PlanError
from tyngdepunkt.model import Certificate, LinkKind, Objective, Plan, Question, Sense, Stance, Status, Territory
from tyngdepunkt.structure.form import agencies_of
from tyngdepunkt.structure.matching import find_moved

__all__ = ["CHECKS", "amounts_of", "keeps", "objective_of", "verify"]

CHECKS = (
    "each_once",
    "centres_in_own_block",
    "number_of_centres",
    "connected",
    "floor",
    "floor_or_override",
    "max_minutes",
    "together",
    "apart",
    "centre",
    "not_centre",
    "functions",
    "thresholds",
    "within_counties",
    "locked",
    "positions",
    "parts",
    "most_moved",
    "objective",
    "bound",
    "heuristic",
)
"""What is checked, in order, as keys of `texts`."""

_TOLERANCE = 1e-6


def objective_of(territory: Territory, question: Question, assignment: Mapping[str, str]) -> float:
    """
    Recompute a plan's objective from flows, populations and minutes.

    Parameters
    ----------
    territory, question
        What was asked of what.
    assignment
        Municipality id to the id of its centre.

    Returns
    -------
    Commuters, person-minutes, border cuts, or the weighted sum of several terms; see `Objective`.
    """
    return question.objective.total(amounts_of(territory, question.objective, assignment))


def amounts_of(territory: Territory, objective: Objective, assignment: Mapping[str, str]) -> dict[str, float]:
    """
    Recompute the terms of an objective from flows, populations, minutes and divisions.

    Parameters
    ----------
    territory, objective
        What is counted of what.
    assignment
        Municipality id to the id of its centre.

    Returns
    -------
    Each term that counts, to its amount: commuters, person-minutes, commuters, border cuts.
    """
    terms = objective.terms
    ties = cohesion = cuts = 0
    access = 0.0
    for municipality in territory.municipalities:
        i = territory.position[municipality.id]
        j = territory.position[assignment[municipality.id]]
        if i != j:
            ties += int(territory.commuters[i, j]) + int(territory.commuters[j, i])
            if "access" in terms and territory.minutes is not None:
                access += municipality.population * float(territory.minutes[i, j])
    if "cohesion" in terms:
        for home in territory.ids:
            for work in territory.ids:
                if home != work and assignment[home] == assignment[work]:
                    cohesion += int(territory.commuters[territory.position[home], territory.position[work]])
    if "borders" in terms:
        for agency in agencies_of(territory, objective):
            touched: dict[str, set[str]] = {}
            for municipality_id, area in agency.areas.items():
                if municipality_id in assignment:
                    touched.setdefault(assignment[municipality_id], set()).add(area)
            cuts += sum(len(areas) - 1 for areas in touched.values())
    found = {"ties": float(ties), "access": access, "cohesion": float(cohesion), "borders": float(cuts)}
    return {name: found[name] for name in terms}


def verify(territory: Territory, plan: Plan) -> tuple[str, ...]:
    """
    Check a plan against its question.

    Parameters
    ----------
    territory
        Of which the plan is.
    plan
        The plan, with its objective, bound and the heuristic's objective.

    Returns
    -------
    The checks passed, as keys of `texts`: those of `CHECKS` that the question calls for.

    Raises
    ------
    PlanError
        Naming every promise that the plan breaks.
    """
    breaches: list[str] = []
    if sorted(plan.assignment) != sorted(territory.ids):
        missing = sorted(set(territory.ids) - set(plan.assignment))
        extra = sorted(set(plan.assignment) - set(territory.ids))
        raise PlanError([f"Each municipality must have one centre: missing {missing}, unknown {extra}."])
    strangers = sorted(set(plan.assignment.values()) - set(territory.ids))
    if strangers:
        raise PlanError([f"These centres are not municipalities of the study: {strangers}."])
    passed = ["each_once"]
    for key, found in _breaches(territory, plan):
        if found:
            breaches += found
        else:
            passed.append(key)
    if breaches:
        raise PlanError(breaches)
    return tuple(passed)


def keeps(territory: Territory, question: Question, assignment: Mapping[str, str]) -> bool:
    """
    Return whether an assignment keeps everything that a question asks.

    Parameters
    ----------
    territory, question
        What was asked of what.
    assignment
        Municipality id to the id of its centre.

    Returns
    -------
    False where `verify` finds a breach.
    """
    certificate = Certificate(Status.HEURISTIC, None, "", 0.0, 0)
    try:
        verify(territory, Plan(question, assignment, objective_of(territory, question, assignment), certificate))
    except PlanError:
        return False
    return True


def _breaches(territory: Territory, plan: Plan) -> list[tuple[str, list[str]]]:
    """Return each check that the question calls for, with what breaks it."""
    question, assignment = plan.question, plan.assignment
    homeless = [c for c in plan.centres if assignment[c] != c]
    found = [
        ("centres_in_own_block", [f"Centre {c} lies in the block of {assignment[c]}." for c in homeless]),
        (
            "number_of_centres",
            [] if len(plan.centres) == question.centres else [f"{len(plan.centres)} centres, not {question.centres}."],
        ),
        ("connected", _disconnected(territory, plan)),
    ]
    people = Counter[str]()
    for m in territory.municipalities:
        people[assignment[m.id]] += m.population
    if question.floor:
        lifted = {assignment[override.municipality] for override in question.overrides}
        low = [c for c in plan.centres if people[c] < question.floor and c not in lifted]
        key = "floor_or_override" if question.overrides else "floor"
        found.append((key, [f"Block {c} has {people[c]} inhabitants, below {question.floor}." for c in low]))
    if question.max_minutes is not None and territory.minutes is not None:
        minutes = {i: territory.minutes[territory.position[i], territory.position[c]] for i, c in assignment.items()}
        far = [i for i, t in minutes.items() if t > question.max_minutes]
        found.append(
            ("max_minutes", [f"{i} has {minutes[i]} minutes to its centre, over {question.max_minutes}." for i in far])
        )
    found += [*_broken_wishes(territory, plan), *_broken_bonds(territory, plan)]
    value = objective_of(territory, question, assignment)
    slack = _TOLERANCE * max(1.0, abs(value))
    wrong = abs(value - plan.objective) > slack
    found.append(("objective", [f"The objective is {value}, not {plan.objective}."] if wrong else []))
    sign = 1 if question.objective.sense is Sense.MAX else -1
    bound, witness = plan.certificate.bound, plan.certificate.heuristic_objective
    if bound is not None:
        beaten = sign * (plan.objective - bound) > slack
        found.append(("bound", [f"The objective {plan.objective} is better than its bound {bound}."] if beaten else []))
        loose = plan.certificate.status is Status.OPTIMAL and abs(plan.objective - bound) > slack
        found.append(
            (
                "bound",
                [f"Called optimal, but the bound is {bound} and the objective {plan.objective}."] if loose else [],
            )
        )
    if witness is not None:
        beaten = sign * (witness - plan.objective) > slack
        found.append(("heuristic", [f"The heuristic found {witness}, better than {plan.objective}."] if beaten else []))
    merged: dict[str, list[str]] = {}
    for key, sentences in found:
        merged.setdefault(key, []).extend(sentences)
    return list(merged.items())


def _disconnected(territory: Territory, plan: Plan) -> list[str]:
    """Name the blocks that do not hang together over the question's links."""
    near: dict[str, list[str]] = {i: [] for i in territory.ids}
    for link in territory.links:
        if link.kind is not LinkKind.NONE and (plan.question.seasonal or not link.seasonal):
            near[link.a].append(link.b)
            near[link.b].append(link.a)
    found = []
    for centre, block in plan.members.items():
        seen = {centre}
        queue = [centre]
        while queue:
            fresh = [m for m in near[queue.pop()] if plan.assignment[m] == centre and m not in seen]
            seen.update(fresh)
            queue += fresh
        lost = sorted(set(block) - seen)
        if lost:
            found.append(f"Block {centre} does not reach {', '.join(lost)}.")
    return found


def _broken_wishes(territory: Territory, plan: Plan) -> list[tuple[str, list[str]]]:
    """Return the wishes of the question, each with what breaks it."""
    question, assignment = plan.question, plan.assignment
    found: list[tuple[str, list[str]]] = []
    if question.together:
        split = [sorted(g) for g in question.together if len({assignment[i] for i in g}) > 1]
        found.append(("together", [f"{', '.join(g)} are not together." for g in split]))
    if question.apart:
        met = [sorted(g) for g in question.apart if len({assignment[i] for i in g}) < len(g)]
        found.append(("apart", [f"{', '.join(g)} are not apart." for g in met]))
    if question.centre:
        lost = sorted(i for i in question.centre if assignment[i] != i)
        found.append(("centre", [f"{i} is not a centre." for i in lost]))
    if question.not_centre:
        still = sorted(question.not_centre & set(plan.centres))
        found.append(("not_centre", [f"{i} is a centre." for i in still]))
    if question.functions:
        lacking = [
            (c, f)
            for c, block in plan.members.items()
            for f in sorted(question.functions)
            if not territory.functions[f] & set(block)
        ]
        found.append(("functions", [f"Block {c} has no {f}." for c, f in lacking]))
    if question.thresholds:
        short = []
        for threshold in question.thresholds:
            sign = 1 if threshold.objective.sense is Sense.MAX else -1
            value = threshold.objective.total(amounts_of(territory, threshold.objective, assignment))
            if sign * (threshold.value - value) > _TOLERANCE * max(1.0, abs(threshold.value)):
                short.append(f"It has {value} of {threshold.objective}, and {threshold.value} was asked for.")
        found.append(("thresholds", short))
    return found


def _broken_bonds(territory: Territory, plan: Plan) -> list[tuple[str, list[str]]]:
    """Return counties, locked blocks, positions, parts and the plan to start from, each with what breaks it."""
    question, assignment = plan.question, plan.assignment
    found: list[tuple[str, list[str]]] = []
    if question.within_counties:
        county = {m.id: m.county for m in territory.municipalities}
        over = [c for c, block in plan.members.items() if len({county[i] for i in block}) > 1]
        found.append(("within_counties", [f"Block {c} crosses the border of a county." for c in over]))
    if question.locked:
        blocks = {frozenset(block) for block in plan.members.values()}
        lost = [sorted(group) for group in question.locked if group not in blocks]
        found.append(("locked", [f"{', '.join(group)} are not a block." for group in lost]))
    if question.positions:
        against = []
        for position in question.positions:
            block = set(plan.members[assignment[position.municipality]])
            kept = {
                Stance.WITH: position.other in block,
                Stance.NOT_WITH: position.other not in block,
                Stance.ALONE: block == {position.municipality},
            }
            if not kept[position.stance]:
                against.append(
                    f"{position.municipality} lies against its position: {position.stance} {position.other}."
                )
        found.append(("positions", against))
    if territory.parts:
        split = [
            i
            for i, whole in territory.parts.items()
            if i not in question.split_parts and assignment[i] != assignment[whole]
        ]
        found.append(("parts", [f"{i} is not with its municipality {territory.parts[i]}." for i in split]))
    if question.start is not None:
        moved = find_moved(question.start.block_of, assignment)
        over_many = len(moved) > question.start.most_moved
        sentence = (
            f"{len(moved)} municipalities are moved, not at most {question.start.most_moved}: {', '.join(moved)}."
        )
        found.append(("most_moved", [sentence] if over_many else []))
    return found
