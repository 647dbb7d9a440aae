"""Every number of centres answered, and what is lost and won from each to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import overload

from tyngdepunkt.errors import PlanError
from tyngdepunkt.model import NoPlan, Plan, Progress, Question, Sense, Status, Step, Territory, silent
from tyngdepunkt.structure.measure import measure
from tyngdepunkt.structure.merging import merge_blocks
from tyngdepunkt.structure.problem import pose
from tyngdepunkt.structure.results import Frontier, FrontierPoint
from tyngdepunkt.structure.solve import SECONDS, Solver
from tyngdepunkt.structure.verify import keeps, verify

__all__ = ["better_plan", "frontier_points", "share_plans", "sweep", "with_plan"]

_TOLERANCE = 1e-6


def sweep(
    territory: Territory,
    question: Question,
    *,
    seed: int,
    centres: Iterable[int] | None = None,
    seconds: float = SECONDS,
    progress: Progress = silent,
    solver: Solver | None = None,
    found: Callable[[FrontierPoint], None] | None = None,
) -> Frontier:
    """
    Find the best plan for every number of centres.

    Parameters
    ----------
    territory, question
        What is asked of what; the question's own number of centres counts for nothing.
    seed
        Of the independent heuristic.
    centres
        Numbers of centres to answer, each 1 to n; all of them by default.
    seconds
        Wall time for each number after which it is answered with a gap [s].
    progress
        Told after each number.
    solver
        One of this question, should it be another than the plain one.
    found
        Told each point as soon as it is there, before `progress`; once more where blocks of a plan for a larger number
        give one where none was found in time.

    Returns
    -------
    The frontier. Where no plan was found in time, and one was for a larger number, neighbouring blocks of that one are
    merged for a start. An interrupt (`KeyboardInterrupt`) ends it early with what is done, marked as not complete.
    """
    numbers = list(range(1, len(territory) + 1) if centres is None else centres)
    solver = solver or Solver(territory, question, seed=seed)
    frontier = Frontier((), complete=False)
    try:
        for point in frontier_points(territory, question, numbers, seed=seed, seconds=seconds, solver=solver):
            frontier = Frontier((*frontier.points, point), complete=False)
            if found is not None:
                found(point)
            progress(Step("sweep", len(frontier.points), len(numbers)))
        for plan in _merged_plans(frontier, solver, seconds=seconds):
            frontier = with_plan(frontier, territory, plan)
            if found is not None:
                found(next(point for point in frontier.points if point.centres == plan.question.centres))
            progress(Step("sweep", len(numbers), len(numbers)))
    except KeyboardInterrupt:
        return frontier
    return replace(frontier, complete=True)


def frontier_points(
    territory: Territory,
    question: Question,
    centres: Iterable[int],
    *,
    seed: int,
    seconds: float = SECONDS,
    solver: Solver | None = None,
) -> Iterator[FrontierPoint]:
    """
    Give the frontier point by point, in the order asked for.

    Parameters
    ----------
    territory, question, centres, seed, seconds, solver
        As for `sweep`.

    Yields
    ------
    Each point as soon as it is found.
    """
    solver = solver or Solver(territory, question, seed=seed)
    known: dict[int, Plan | NoPlan] = {}
    for k in centres:
        answer = solver.find(k, seconds=seconds, reasons=False)
        known[k] = answer
        yield _point(territory, k, answer, known.get(k - 1))


def with_plan(frontier: Frontier, territory: Territory, plan: Plan) -> Frontier:
    """
    Return a frontier with a plan that was looked for longer in place of the one it has for that number of centres.

    Parameters
    ----------
    frontier
        Of the plan's question.
    territory
        Of which.
    plan
        The plan.

    Returns
    -------
    The frontier, with the changes to and from that number worked out anew.
    """
    return _with_answers(frontier, territory, {plan.question.centres: plan})


def share_plans(territory: Territory, loose: Frontier, tight: Frontier) -> tuple[Frontier, Frontier]:
    """
    Let the frontiers of two questions have each other's plans, where one question asks for no less than the other.

    Every plan of the tight question is one of the loose, so none is better than what no plan of the loose one is.
    Where time was short, what one search found or proved may be news to the other.

    Parameters
    ----------
    territory
        Of which both are.
    loose, tight
        The frontiers, such as without and with a floor; all else in their questions is alike.

    Returns
    -------
    Both, each number with the better plan and the tighter bound.

    Raises
    ------
    PlanError
        Where one search found a plan that the other has proven not to exist: a bug of ours.
    """
    for_loose: dict[int, Plan | NoPlan] = {}
    for_tight: dict[int, Plan | NoPlan] = {point.centres: point.answer for point in tight.points}
    for point in loose.points:
        k, lent, answer = point.centres, for_tight.get(point.centres), point.answer
        if isinstance(lent, Plan):
            answer = for_loose[k] = _with_other(territory, answer, lent, None)
        if lent is not None and isinstance(answer, Plan):
            is_kept = keeps(territory, lent.question, answer.assignment)
            for_tight[k] = _with_other(territory, lent, answer if is_kept else None, answer.certificate.bound)
    return _with_answers(loose, territory, for_loose), _with_answers(tight, territory, for_tight)


def better_plan(territory: Territory, first: Plan | NoPlan, second: Plan) -> Plan:
    """
    Return the better of two answers to one question, with the tighter of their bounds.

    Parameters
    ----------
    territory
        Of which both are.
    first, second
        The answers; the first where they are equally good. It may be that none was found in time.

    Returns
    -------
    The plan, verified anew where it is not the first as it was.

    Raises
    ------
    PlanError
        Where the first proves that there is no such plan as the second: a bug of ours.
    """
    return _with_other(territory, first, second, second.certificate.bound)


@overload
def _with_other(territory: Territory, own: Plan | NoPlan, other: Plan, bound: float | None) -> Plan: ...


@overload
def _with_other(territory: Territory, own: Plan | NoPlan, other: Plan | None, bound: float | None) -> Plan | NoPlan: ...


def _with_other(territory: Territory, own: Plan | NoPlan, other: Plan | None, bound: float | None) -> Plan | NoPlan:
    """Return an answer with a plan found elsewhere that keeps its question, and a bound from elsewhere that holds."""
    question = own.question
    sign = 1 if question.objective.sense is Sense.MAX else -1
    witness, known = None, bound
    if isinstance(own, Plan):
        is_better = other is not None and sign * (other.objective - own.objective) > 0
        is_closer = (
            bound is not None and own.certificate.bound is not None and sign * (own.certificate.bound - bound) > 0
        )
        if not (is_better or is_closer):
            return own
        witness = own.certificate.heuristic_objective
        known = min((b for b in (own.certificate.bound, bound) if b is not None), key=lambda b: sign * b, default=None)
        best = other if is_better and other is not None else own
    elif other is None:
        return own
    elif own.kind != "unsettled":
        raise PlanError([f"There is a plan with {question.centres} centres where there was proven to be none."])
    else:
        best = other
    if known is None:
        known = sign * pose(territory, question).form.ceiling()
    reached = abs(best.objective - known) <= _TOLERANCE * max(1.0, abs(known))
    certificate = replace(
        best.certificate,
        status=Status.OPTIMAL if reached else Status.GAP,
        bound=best.objective if reached else known,
        heuristic_objective=witness,
        checks=(),
    )
    plan = replace(best, question=question, certificate=certificate)
    return replace(plan, certificate=replace(certificate, checks=verify(territory, plan)))


def _merged_plans(frontier: Frontier, solver: Solver, *, seconds: float) -> Iterator[Plan]:
    """Give plans for numbers where none was found in time, begun from one with more blocks, from the top down."""
    above: Plan | None = None
    for point in sorted(frontier.points, key=lambda each: each.centres, reverse=True):
        k, answer = point.centres, point.answer
        if isinstance(answer, NoPlan) and answer.kind == "unsettled" and above is not None:
            problem = pose(solver.territory, solver.question.with_centres(k))
            position = solver.territory.position
            centre_of = [position[above.assignment[i]] for i in solver.territory.ids]
            if (start := merge_blocks(problem, centre_of, k)) is not None:
                solver.hints[k] = start
                answer = solver.find(k, seconds=seconds, reasons=False)
                if isinstance(answer, Plan):
                    yield answer
        if isinstance(answer, Plan):
            above = answer


def _with_answers(frontier: Frontier, territory: Territory, answers: Mapping[int, Plan | NoPlan]) -> Frontier:
    """Return a frontier with other answers for some numbers, and the changes to and from these worked out anew."""
    known = {point.centres: point.answer for point in frontier.points}
    changed = {k for k, answer in answers.items() if k in known and known[k] is not answer}
    known |= {k: answers[k] for k in changed}
    points = tuple(
        _point(territory, point.centres, known[point.centres], known.get(point.centres - 1))
        if changed & {point.centres, point.centres - 1}
        else point
        for point in frontier.points
    )
    return Frontier(points, frontier.complete)


def _point(territory: Territory, k: int, answer: Plan | NoPlan, before: Plan | NoPlan | None) -> FrontierPoint:
    """Return a point, with what changed since k − 1."""
    measured = measure(territory, answer, answer.question) if isinstance(answer, Plan) else None
    if not isinstance(answer, Plan) or not isinstance(before, Plan):
        return FrontierPoint(k, answer, measured, None, (), (), ())
    new, old = set(answer.centres), set(before.centres)
    moved = tuple(i for i in territory.ids if answer.assignment[i] != before.assignment[i])
    return FrontierPoint(
        k,
        answer,
        measured,
        answer.objective - before.objective,
        tuple(sorted(new - old)),
        tuple(sorted(old - new)),
        moved,
    )
