"""One question answered as a piece of work: everything it depends on is in the task."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tyngdepunkt.ensembles.resampling import Resampling, redraw
from tyngdepunkt.model import NoPlan, Plan, Question, Status, Territory
from tyngdepunkt.structure import Solver

__all__ = ["Answer", "AnswerTask", "answer_task"]


@dataclass(frozen=True, eq=False)
class AnswerTask:
    """
    A question to answer exactly; it can be sent to another machine.

    Parameters
    ----------
    territory, question
        What is asked of what.
    seed
        Of the independent heuristic.
    seconds
        Wall time for each number of centres [s].
    numbers
        Numbers of centres among which the best is sought besides; none by default.
    method
        How the commuting table is drawn anew first; None to take it as it is.
    ensemble_seed, number
        Seed of the ensemble, and which of its tables.
    """

    territory: Territory
    question: Question
    seed: int
    seconds: float
    numbers: tuple[int, ...] = ()
    method: Resampling | None = None
    ensemble_seed: int = 0
    number: int = 0


@dataclass(frozen=True)
class Answer:
    """
    What came out.

    Parameters
    ----------
    centre_of
        Position of each municipality's centre; None where there is no plan, or none was found in time.
    objective
        Of that plan; None where there is none.
    settled
        Whether the plan is proven best, or proven not to exist.
    best_number
        The best of the task's numbers of centres, the fewest of several; None where none was asked for, none has a
        plan, or one was not settled.
    """

    centre_of: tuple[int, ...] | None
    objective: float | None
    settled: bool
    best_number: int | None = None


def answer_task(task: AnswerTask) -> Answer:
    """
    Answer a question.

    Parameters
    ----------
    task
        The question.

    Returns
    -------
    The answer, verified as every plan is.
    """
    territory = task.territory
    if task.method is not None:
        drawn = redraw(territory.commuters, task.method, seed=task.ensemble_seed, number=task.number)
        territory = replace(territory, commuters=drawn)
    solver = Solver(territory, task.question, seed=task.seed)
    found = {
        k: solver.find(k, seconds=task.seconds, reasons=False)
        for k in dict.fromkeys((task.question.centres, *task.numbers))
    }
    answer = found[task.question.centres]
    best = _best_number(solver, [(k, found[k]) for k in task.numbers])
    if not isinstance(answer, Plan):
        return Answer(None, None, _is_settled(answer), best)
    centre_of = tuple(territory.position[answer.assignment[i]] for i in territory.ids)
    return Answer(centre_of, answer.objective, _is_settled(answer), best)


def _is_settled(answer: Plan | NoPlan) -> bool:
    """Return whether a plan is proven best, or proven not to exist."""
    if isinstance(answer, Plan):
        return answer.certificate.status is Status.OPTIMAL
    return answer.kind != "unsettled"


def _best_number(solver: Solver, answers: list[tuple[int, Plan | NoPlan]]) -> int | None:
    """Return the number with the best plan, the fewest of several."""
    if not all(_is_settled(answer) for _, answer in answers):
        return None
    sign = solver.problem.sign
    plans = [(sign * answer.objective, -k) for k, answer in answers if isinstance(answer, Plan)]
    return -max(plans)[1] if plans else None
