"""Every number of centres answered, and what is lost and won from each to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tyngdepunkt.model import NoPlan, Plan, Progress, Question, Step, Territory, silent
from tyngdepunkt.structure.measure import measure
from tyngdepunkt.structure.results import Frontier, FrontierPoint
from tyngdepunkt.structure.solve import SECONDS, Solver

__all__ = ["frontier_points", "sweep", "with_plan"]


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
        Told each point as soon as it is there, before `progress`.

    Returns
    -------
    The frontier. An interrupt (`KeyboardInterrupt`) ends it early with what is done, marked as not complete.
    """
    numbers = list(range(1, len(territory) + 1) if centres is None else centres)
    points: list[FrontierPoint] = []
    try:
        for point in frontier_points(territory, question, numbers, seed=seed, seconds=seconds, solver=solver):
            points.append(point)
            if found is not None:
                found(point)
            progress(Step("sweep", len(points), len(numbers)))
    except KeyboardInterrupt:
        return Frontier(tuple(points), complete=False)
    return Frontier(tuple(points), complete=True)


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
    k = plan.question.centres
    known: dict[int, Plan | NoPlan] = {point.centres: point.answer for point in frontier.points} | {k: plan}
    points = tuple(
        _point(territory, point.centres, known[point.centres], known.get(point.centres - 1))
        if point.centres in (k, k + 1)
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
