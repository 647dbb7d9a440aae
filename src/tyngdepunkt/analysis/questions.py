"""One question of a study at a time: what the command line and the workbench ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tyngdepunkt.analysis.answers import Answers, solver_of
from tyngdepunkt.analysis.prices import find_prices
from tyngdepunkt.ensembles import Crew
from tyngdepunkt.model import NoPlan, Partition, Plan, Progress, Question, Reason, silent
from tyngdepunkt.structure import (
    SECONDS,
    Explanation,
    Frontier,
    FrontierPoint,
    PlanComparison,
    PlanMeasure,
    Price,
    Solver,
    compare,
    explain,
    find_record as find_record_of,
    measure,
    sweep,
)
from tyngdepunkt.study import Study

__all__ = [
    "compare_plans",
    "explain_municipality",
    "find_plan",
    "find_record",
    "measure_answer",
    "price_tipping",
    "sweep_centres",
]


def find_plan(
    study: Study,
    question: Question,
    *,
    seed: int | None = None,
    seconds: float = SECONDS,
    answers: Answers | None = None,
) -> Plan | NoPlan:
    """
    Find the best plan that a question allows.

    Parameters
    ----------
    study, question
        What is asked of what.
    seed
        Of the independent heuristic; the study's own by default.
    seconds
        Wall time after which to answer with a gap [s].
    answers
        Where answers are kept from run to run; None for nowhere.

    Returns
    -------
    A verified plan with its certificate, or why there is none.

    Raises
    ------
    QuestionError
        Where the question cannot be asked of this study.
    """
    solver = solver_of(study.territory, question, seed=_seed(study, seed), answers=answers)
    return solver.find(question.centres, seconds=seconds)


def measure_answer(study: Study, plan: Plan | Partition, question: Question) -> PlanMeasure:
    """
    Measure a plan, ours or another's, with a question's yardstick.

    Parameters
    ----------
    study, plan, question
        Of which, what, by what.

    Returns
    -------
    The measures of the plan and of each block.

    Raises
    ------
    QuestionError
        Where the plan does not place each municipality of the study once.
    """
    return measure(study.territory, plan, question)


def find_record(study: Study, plan: Plan) -> tuple[Reason, ...]:
    """
    Find what a plan owes to what is on record: floors lifted, villages that went elsewhere, moves, positions kept.

    Parameters
    ----------
    study, plan
        The plan and its study.

    Returns
    -------
    A reason for each; none where nothing is on record.
    """
    return find_record_of(study.territory, plan)


def sweep_centres(
    study: Study,
    question: Question,
    *,
    centres: Iterable[int] | None = None,
    seed: int | None = None,
    seconds: float = SECONDS,
    progress: Progress = silent,
    answers: Answers | None = None,
    found: Callable[[FrontierPoint], None] | None = None,
) -> Frontier:
    """
    Find the best plan for every number of centres.

    Parameters
    ----------
    study, question
        What is asked of what.
    centres
        Numbers of centres; 1 to the number of municipalities by default.
    seed
        Of the independent heuristic; the study's own by default.
    seconds
        Wall time for each number [s].
    progress
        Told after each number.
    answers
        Where answers are kept from run to run, so that what was done before an interrupt is not done again; None for
        nowhere.
    found
        Told each point as soon as it is there.

    Returns
    -------
    The frontier; ended early, and marked so, where interrupted.
    """
    seed = _seed(study, seed)
    solver = solver_of(study.territory, question, seed=seed, answers=answers)
    return sweep(
        study.territory,
        question,
        seed=seed,
        centres=centres,
        seconds=seconds,
        progress=progress,
        solver=solver,
        found=found,
    )


def price_tipping(
    study: Study,
    plan: Plan,
    *,
    municipalities: Iterable[str] | None = None,
    cap: float | None = None,
    seconds: float = SECONDS,
    crew: Crew | None = None,
    progress: Progress = silent,
    answers: Answers | None = None,
) -> tuple[Price, ...]:
    """
    Find what it costs to have municipalities in other blocks of an optimal plan.

    Parameters
    ----------
    study, plan
        The plan and its study.
    municipalities
        Ids; all by default.
    cap
        Prices above this may be given as "at least", in the unit of the objective. By default every price is found, in
        a country the cheapest of each municipality.
    seconds
        Wall time for each price [s].
    crew
        Who finds them where they are many and each is a search of its own; this process where not given.
    progress
        Told as prices are found.
    answers
        Where answers are kept from run to run; None for nowhere.

    Returns
    -------
    Prices in order of id; those found so far where interrupted.

    Raises
    ------
    QuestionError
        Where the plan is not proven optimal.
    """
    solver = _solver_of_plan(study, plan, answers)
    return find_prices(
        study.territory,
        plan,
        municipalities=municipalities,
        cap=cap,
        seconds=seconds,
        crew=crew,
        progress=progress,
        solver=solver,
    )


def explain_municipality(
    study: Study,
    plan: Plan,
    municipality: str,
    *,
    seconds: float = SECONDS,
    progress: Progress = silent,
    answers: Answers | None = None,
) -> Explanation:
    """
    Explain where a municipality lies, and what it would take to lie elsewhere.

    Parameters
    ----------
    study, plan
        The plan and its study.
    municipality
        Id.
    seconds
        Wall time for each price [s].
    progress
        Told after each price.
    answers
        Where answers are kept from run to run; None for nowhere.

    Returns
    -------
    Reasons and prices.
    """
    return explain(
        study.territory,
        plan,
        municipality,
        seconds=seconds,
        progress=progress,
        solver=_solver_of_plan(study, plan, answers),
    )


def compare_plans(
    study: Study,
    first: Plan | Partition,
    second: Plan | Partition,
    question: Question,
    *,
    names: tuple[str, str],
    price: bool = True,
    answers: Answers | None = None,
) -> PlanComparison:
    """
    Set two plans side by side, difference first.

    Parameters
    ----------
    study
        Of which both are.
    first, second
        The plans.
    question
        The yardstick for both.
    names
        What they are called.
    price
        Whether to find what each difference costs; only where the first is an optimal plan of ours.
    answers
        Where answers are kept from run to run; None for nowhere.

    Returns
    -------
    The comparison.

    Raises
    ------
    QuestionError
        Where a plan does not place each municipality of the study once.
    """
    solver = None
    if price and isinstance(first, Plan):
        solver = _solver_of_plan(study, first, answers)
    return compare(study.territory, first, second, question, names=names, solver=solver)


def _solver_of_plan(study: Study, plan: Plan, answers: Answers | None) -> Solver:
    """Return a solver of a plan's question, with the seed that the plan was found with."""
    return solver_of(study.territory, plan.question, seed=plan.certificate.seed, answers=answers)


def _seed(study: Study, seed: int | None) -> int:
    """Return the seed asked for, or the study's."""
    return study.settings.seed if seed is None else seed
