"""The whole analysis of a study, stage by stage, as `run` and the report use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import tyngdepunkt
from tyngdepunkt.analysis.answers import Answers, keep_plan, most_of, solver_of
from tyngdepunkt.analysis.ensembles import resample_commuting
from tyngdepunkt.analysis.numbers import is_large, numbers_around
from tyngdepunkt.analysis.prices import find_prices
from tyngdepunkt.analysis.reviews import (
    CooperationReview,
    Replies,
    ServicesReview,
    review_cooperation,
    review_services,
)
from tyngdepunkt.ensembles import Crew, Stability, reads_commuters
from tyngdepunkt.model import (
    NoPlan,
    Objective,
    Plan,
    Progress,
    Question,
    Reason,
    Register,
    Status,
    Step,
    Territory,
    silent,
)
from tyngdepunkt.structure import (
    SECONDS,
    Frontier,
    Nesting,
    PlanMeasure,
    Price,
    ReferenceComparison,
    Solver,
    better_plan,
    compare_reference,
    find_nesting,
    measure,
    share_plans,
    sweep,
    with_plan,
)
from tyngdepunkt.study import Study

__all__ = ["Analysis", "Layer", "analyse", "find_blocks", "find_gravity", "hold_layers", "seconds_each"]

_SECONDS_LARGE = 60.0
"""Time for the blocks, and for the centres of gravity, in a study of many municipalities [s]."""
_SECONDS_FRONTIER = 100.0
"""Time there for all numbers of centres beside them, shared equally [s]."""
_SECONDS_LEAST = 2.0
"""Time there for each of these, however many they are [s]."""
_SECONDS_PRICE = 1.0
"""Time for each price there [s]."""


@dataclass(frozen=True)
class Layer:
    """
    One full partition of the territory: the blocks, or the centres of gravity.

    Parameters
    ----------
    plan
        The plan, or why there is none.
    measure
        The plan measured; None where there is none.
    reasons
        Why this number of centres.
    is_asked
        Whether the work came as far; where it was cut short before, the plan says nothing.
    """

    plan: Plan | NoPlan
    measure: PlanMeasure | None
    reasons: tuple[Reason, ...]
    is_asked: bool = True


@dataclass(frozen=True, eq=False)
class Analysis:
    """
    Everything that was computed of a study.

    Parameters
    ----------
    study
        Of which.
    frontier, frontier_with_floor
        Every number of centres, in a country chosen ones, without floor and with the study's; all else as asked.
    blocks
        The layer for services.
    gravity
        The layer for regional policy: centres of gravity with their functions.
    tipping
        Prices of every municipality in every other block of `blocks`, those above the settings' cap as "at least";
        empty where there is no proven plan.
    references
        Plans of others, measured and set beside `blocks`; empty where there is no plan.
    stability
        How often municipalities keep their block in `blocks` where the commuting table is drawn anew; None where the
        settings ask for no such tables, there is no proven plan, or its objective reads no commuting table.
    cooperation, services
        The register and the services, held against `blocks`; None where the study has no tables of them.
    version
        Of the program.
    checksums
        File of the study, by its stem, to its SHA-256.
    complete
        Whether every stage is there; an interrupt (`KeyboardInterrupt`) ends the work with the stages done.
    """

    study: Study
    frontier: Frontier
    frontier_with_floor: Frontier
    blocks: Layer
    gravity: Layer
    tipping: tuple[Price, ...]
    references: tuple[ReferenceComparison, ...]
    version: str
    checksums: Mapping[str, str]
    complete: bool = True
    stability: Stability | None = None
    cooperation: CooperationReview | None = None
    services: ServicesReview | None = None

    @property
    def nesting(self) -> Nesting | None:
        """The two layers held against one another; None where either has no plan."""
        return hold_layers(self.study, self.blocks.plan, self.gravity.plan)


def analyse(
    study: Study,
    question: Question | None = None,
    *,
    crew: Crew | None = None,
    progress: Progress = silent,
    answers: Answers | None = None,
    register: Register | None = None,
    replies: Replies | None = None,
) -> Analysis:
    """
    Run the stages in order.

    Parameters
    ----------
    study
        The study.
    question
        What the blocks are to be; where None, as the study's settings say, with the best of all numbers of centres
        where they name none. A question with 0 centres leaves the number open.
    progress
        Told where the work is.
    answers
        Where answers are kept from run to run, so that work cut short goes on where it was; None for nowhere.
    register
        The register of cooperation; None for the one in the study's own tables, where it has one.
    replies
        What cooperations answered to the seven questions, as `review_cooperation` asks for them; None for nothing.

    Returns
    -------
    The analysis. In a study of many municipalities it looks at the numbers of centres around the one asked for.

    Raises
    ------
    QuestionError
        Where the question or the settings cannot be asked of this study.
    """
    settings, territory = study.settings, study.territory
    seed = settings.seed
    if question is None:
        question = Question(
            centres=settings.blocks_centres or 0,
            objective=Objective.from_text(settings.objective),
            floor=settings.blocks_floor,
            seasonal=settings.seasonal,
            within_counties=settings.within_counties,
        )
        question = study.with_record(question)
    every = question.with_centres(1)
    numbers = numbers_around(study, question.centres)
    seconds = seconds_each(study, len(numbers))

    def answer_all(asked: Question, task: str) -> Frontier:
        solver = solver_of(territory, asked, seed=seed, answers=answers)
        progress(Step(task, 0, len(numbers)))
        return sweep(
            territory,
            asked,
            seed=seed,
            centres=numbers,
            seconds=seconds,
            progress=_as(progress, task),
            solver=solver,
        )

    frontier = answer_all(replace(every, floor=0), "frontier")
    floored = frontier
    if every.floor and frontier.complete:
        floored = answer_all(every, "frontier_with_floor")
        frontier, floored = _shared(study, frontier, floored, answers)
    unasked = Layer(NoPlan(question, "unsettled", ()), None, (), is_asked=False)
    found = Analysis(
        study=study,
        frontier=frontier,
        frontier_with_floor=floored,
        blocks=unasked,
        gravity=unasked,
        tipping=(),
        references=(),
        version=tyngdepunkt.__version__,
        checksums=study.checksums,
        complete=False,
    )
    if not (frontier.complete and floored.complete):
        return found
    try:
        blocks, solver = find_blocks(study, question, floored, answers=answers)
        found = replace(found, blocks=blocks)
        if is_large(study) and isinstance(blocks.plan, Plan):
            # It had more time than its number in the frontier, which must not say otherwise.
            longer = with_plan(floored, territory, blocks.plan)
            frontier, floored = (longer if frontier is floored else frontier), longer
            if every.floor:
                frontier, floored = _shared(study, frontier, floored, answers)
            found = replace(found, frontier=frontier, frontier_with_floor=floored)
        tipping, references = _compared(study, blocks.plan, frontier, floored, solver, crew, progress)
        found = replace(found, tipping=tipping, references=references)
        found = replace(found, stability=_resampled(study, blocks.plan, crew, progress, answers))
        progress(Step("gravity", 0, 1))
        found = replace(found, gravity=find_gravity(study, question, answers=answers))
        progress(Step("gravity", 1, 1))
        cooperation = review_cooperation(study, blocks.plan, register=register, replies=replies, progress=progress)
        found = replace(found, cooperation=cooperation)
        services = review_services(study, blocks.plan, register=register, progress=progress)
        found = replace(found, services=services, complete=True)
    except KeyboardInterrupt:
        return found
    return found


def _shared(study: Study, frontier: Frontier, floored: Frontier, answers: Answers | None) -> tuple[Frontier, Frontier]:
    """Return both frontiers with the better of their plans, which are kept: a floor makes no plan better."""
    both = share_plans(study.territory, frontier, floored)
    if answers is not None:
        for before, after in zip((frontier, floored), both, strict=True):
            for old, new in zip(before.points, after.points, strict=True):
                if new.answer is not old.answer and isinstance(new.answer, Plan):
                    keep_plan(study.territory, new.answer, seed=study.settings.seed, answers=answers)
    return both


def seconds_each(study: Study, numbers: int) -> float:
    """
    Return how long each number of centres is looked at where the best of them is sought.

    Parameters
    ----------
    study
        Of which.
    numbers
        How many numbers there are.

    Returns
    -------
    Wall time [s]; short in a country, where all of them share what there is.
    """
    return max(_SECONDS_LEAST, _SECONDS_FRONTIER / numbers) if is_large(study) else SECONDS


def _compared(
    study: Study,
    plan: Plan | NoPlan,
    frontier: Frontier,
    floored: Frontier,
    solver: Solver,
    crew: Crew | None,
    progress: Progress,
) -> tuple[tuple[Price, ...], tuple[ReferenceComparison, ...]]:
    """Return the prices in the other blocks of a proven plan, and the plans of others set beside it."""
    if not isinstance(plan, Plan) or plan.certificate.status is not Status.OPTIMAL:
        return (), ()
    cap = study.settings.tipping_cap_share * abs(plan.objective)
    seconds = SECONDS
    if is_large(study):  # there a tenth of all is more than most blocks have, so the share is one of the average block
        cap, seconds = cap / len(plan.centres), _SECONDS_PRICE
    # Where all prices are bounded at once, the cheapest of each municipality is found, and no more.
    wanted = None if solver.bounds_prices else cap
    tipping = find_prices(
        study.territory, plan, cap=wanted, seconds=seconds, crew=crew, progress=progress, solver=solver
    )
    if len(tipping) < len(study.territory) * (len(plan.centres) - 1):
        raise KeyboardInterrupt
    references = []
    for number, reference in enumerate(study.reference_plans):
        references.append(
            compare_reference(
                study.territory, reference, plan, frontier=frontier, frontier_with_floor=floored, solver=solver
            )
        )
        progress(Step("references", number + 1, len(study.reference_plans)))
    return tipping, tuple(references)


def _resampled(
    study: Study, plan: Plan | NoPlan, crew: Crew | None, progress: Progress, answers: Answers | None
) -> Stability | None:
    """Return how often municipalities keep their block, where the settings ask for it and it has a meaning."""
    resamples = study.settings.resamples(len(study.territory))
    if not resamples or not isinstance(plan, Plan) or plan.certificate.status is not Status.OPTIMAL:
        return None
    if not reads_commuters(plan.question.objective):
        return None
    found = resample_commuting(study, plan, resamples=resamples, crew=crew, answers=answers, progress=progress)
    if not found.complete:
        raise KeyboardInterrupt
    return found


def find_blocks(
    study: Study, question: Question, frontier: Frontier, *, answers: Answers | None = None
) -> tuple[Layer, Solver]:
    """
    Find the layer of blocks: the number asked for, or the best of all numbers.

    Parameters
    ----------
    study
        Of which.
    question
        What the blocks are to be; with 0 centres their number is open.
    frontier
        Every number of centres under the question, where the number is open.
    answers
        Where answers are kept; None for nowhere.

    Returns
    -------
    The layer, and a solver that has answered its question.
    """
    territory = study.territory
    solver = solver_of(territory, question.with_centres(1), seed=study.settings.seed, answers=answers)
    best = frontier.best
    seconds = _SECONDS_LARGE if is_large(study) else SECONDS
    if question.centres:
        answer = solver.find(question.centres, seconds=seconds)
        if (point := frontier.at(question.centres)) is not None:
            answer = _no_worse(territory, answer, point.answer)
        reason = Reason("chosen_by_reader", question.centres, source="question")
    elif best is None:
        answer = solver.find(1, seconds=seconds)
        reason = Reason("chosen_best", source="frontier")
    else:
        answer = _no_worse(territory, solver.find(best.centres, seconds=seconds), best.answer)
        others = [p for p in frontier.points if p is not best and isinstance(p.answer, Plan)]
        second = max(others, key=lambda p: solver.problem.sign * p.answer.objective, default=None)  # type: ignore[union-attr]
        is_whole = len(frontier.points) >= len(territory)
        reason = Reason(
            "chosen_best" if is_whole else "chosen_best_of_some",
            best.centres,
            source="frontier",
            alternative="" if second is None else str(second.centres),
        )
    return Layer(answer, _measured(study, answer), (reason,)), solver


def _no_worse(territory: Territory, found: Plan | NoPlan, known: Plan | NoPlan) -> Plan | NoPlan:
    """Return what was found, or a plan for the same question that was known before, where that is better."""
    if not isinstance(known, Plan) or found.question != known.question:
        return found
    return better_plan(territory, found, known)


def find_gravity(study: Study, question: Question, *, answers: Answers | None = None) -> Layer:
    """
    Find the layer of centres of gravity: as many as the settings name, or the most for which there is a plan.

    Parameters
    ----------
    study
        Of which; its settings say what a centre of gravity is.
    question
        That of the blocks: objective, roads closed in winter, counties and parts are the same in both layers.
    answers
        Where answers are kept; None for nowhere.

    Returns
    -------
    The layer.
    """
    settings, territory = study.settings, study.territory
    functions = frozenset(settings.gravity_functions) & frozenset(territory.functions)
    asked = Question(
        centres=1,
        objective=question.objective,
        floor=settings.gravity_floor,
        functions=functions,
        seasonal=question.seasonal,
        within_counties=question.within_counties,
        split_parts=question.split_parts,
    )
    asked = study.with_record(asked, layer="centres_of_gravity")
    solver = solver_of(territory, asked, seed=settings.seed, answers=answers)
    seconds = _SECONDS_LARGE if is_large(study) else SECONDS
    missing = tuple(sorted(set(settings.gravity_functions) - functions))
    unknown = tuple(Reason("function_unknown", source="functions", alternative=f) for f in missing)
    if settings.gravity_centres:
        answer = solver.find(settings.gravity_centres, seconds=seconds)
        reason = Reason("chosen_by_reader", settings.gravity_centres, source="study.toml")
        return Layer(answer, _measured(study, answer), (reason, *unknown))
    most = min(
        [len(territory)]
        + ([int(territory.population.sum()) // settings.gravity_floor] if settings.gravity_floor else [])
        + [len(territory.functions[f]) for f in functions]
    )
    found = most_of(territory, asked, most=most, seed=settings.seed, answers=answers)
    if not found.is_known:  # nothing was found and nothing ruled out: that is no answer
        return Layer(NoPlan(asked.with_centres(found.at_most), "unsettled", ()), None, unknown)
    if found.centre_of:
        solver.hints[found.number] = found.centre_of
    answer = solver.find(found.number, seconds=seconds)
    if found.is_proven:
        reason = Reason("chosen_most", found.number, "", most, source="functions")
    else:
        reason = Reason("chosen_most_found", found.number, "", found.at_most, source="functions")
    return Layer(answer, _measured(study, answer), (reason, *unknown))


def hold_layers(study: Study, blocks: Plan | NoPlan, gravity: Plan | NoPlan) -> Nesting | None:
    """
    Hold blocks against centres of gravity.

    Parameters
    ----------
    study
        Of which both are.
    blocks, gravity
        The plans of the layers, or why there is none.

    Returns
    -------
    What nests and what does not; None where either layer has no plan.
    """
    if isinstance(blocks, NoPlan) or isinstance(gravity, NoPlan):
        return None
    return find_nesting(study.territory, blocks, gravity)


def _measured(study: Study, answer: Plan | NoPlan) -> PlanMeasure | None:
    """Return a plan measured by its own question."""
    return measure(study.territory, answer, answer.question) if isinstance(answer, Plan) else None


def _as(progress: Progress, task: str) -> Progress:
    """Return a progress that tells the same steps of another task."""
    return lambda step: progress(Step(task, step.done, step.total))
