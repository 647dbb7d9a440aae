"""Plans, why there is none, every number of centres, two plans side by side, and reasons with their sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt import __version__

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        Frontier,
        FrontierPoint,
        PlanComparison,
        PlanMeasure,
    )
    from tyngdepunkt.model import NoPlan, Objective, Plan, Question, Reason
    from tyngdepunkt.study import Study

__all__ = [
    "UNSETTLED",
    "comparison_shape",
    "frontier_shape",
    "no_plan_shape",
    "plan_shape",
    "question_shape",
    "reason_shapes",
    "status_of",
    "unit_of",
]


UNSETTLED = "unsettled"
"""Status where time ran out before a plan was found or proven not to exist."""


def unit_of(objective: Objective) -> str:
    """Return the unit of an objective: commuters, person-minutes, borders, or points of several."""
    return objective.unit


def status_of(answer: Plan | NoPlan) -> str:
    """Return ``optimal``, ``gap`` or ``heuristic``; ``infeasible``, or ``unsettled`` where time ran out."""
    from tyngdepunkt.model import Plan, Status

    if isinstance(answer, Plan):
        return answer.certificate.status
    return UNSETTLED if answer.kind == UNSETTLED else Status.INFEASIBLE


def plan_shape(study: Study, plan: Plan, measure: PlanMeasure, *, language: str = "en") -> dict[str, object]:
    """
    Return a plan as the JSON object of ``tyngdepunkt plan``.

    Parameters
    ----------
    study
        Whose plan it is.
    plan
        The plan.
    measure
        The plan, measured.
    language
        Of the sentences.

    Returns
    -------
    First the fixed keys, then the rest of the certificate, the measures of the whole, and the question.
    """
    from tyngdepunkt.analysis import find_record

    certificate = plan.certificate
    return {
        "study": study.name,
        "centres": plan.centres,
        "assignment": dict(sorted(plan.assignment.items())),
        "objective": plan.objective,
        "bound": certificate.bound,
        "status": certificate.status,
        "seconds": certificate.seconds,
        "blocks": measure.blocks,
        "ties": measure.ties,
        "person_minutes": measure.person_minutes,
        "internal_share": measure.internal_share,
        "moved": measure.moved,
        "record": reason_shapes(study, find_record(study, plan), language=language),
        "cohesion": measure.cohesion,
        "borders": measure.borders,
        "certificate": {
            "solver": certificate.solver,
            "seed": certificate.seed,
            "heuristic_objective": certificate.heuristic_objective,
            "checks": certificate.checks,
        },
        "question": question_shape(plan.question),
        "version": __version__,
    }


def no_plan_shape(study: Study, answer: NoPlan, *, language: str = "en") -> dict[str, object]:
    """
    Return the answer that there is no plan as the JSON object of ``tyngdepunkt plan``.

    Parameters
    ----------
    study
        Whose plan is sought.
    answer
        Why there is none.
    language
        Of the sentences.

    Returns
    -------
    ``status`` is ``infeasible``, ``assignment`` None; ``reasons`` says why, and ``relaxation`` gives, by
    constraint, the nearest value that works and whether nothing nearer does. Where time ran out before it was
    settled whether there is a plan, ``status`` is ``unsettled``.
    """
    return {
        "study": study.name,
        "centres": None,
        "assignment": None,
        "objective": None,
        "bound": None,
        "status": status_of(answer),
        "seconds": answer.seconds,
        "blocks": [],
        "kind": answer.kind,
        "reasons": reason_shapes(study, answer.reasons, language=language),
        "relaxation": {
            each.constraint: {"asked": each.asked, "works": each.works, "proven": each.proven}
            for each in answer.relaxations
        },
        "question": question_shape(answer.question),
        "version": __version__,
    }


def frontier_shape(frontier: Frontier) -> list[dict[str, object]]:
    """Return every number of centres as the JSON list of ``tyngdepunkt sweep``; nulls where there is no plan."""
    return [point_shape(point) for point in frontier.points]


def point_shape(point: FrontierPoint) -> dict[str, object]:
    """Return one number of centres as a JSON object; nulls where there is no plan."""
    return {
        "k": point.centres,
        "objective": point.measure and _plan(point).objective,
        "bound": point.measure and _plan(point).certificate.bound,
        "status": status_of(point.answer),
        "smallest_block": point.measure and min(block.population for block in point.measure.blocks),
        "internal_share": point.measure and point.measure.internal_share,
    }


def comparison_shape(study: Study, comparison: PlanComparison, question: Question) -> dict[str, object]:
    """Return two plans side by side as a JSON object, the differences first."""
    return {
        "study": study.name,
        "plans": comparison.names,
        "differences": comparison.differences,
        "matched": comparison.matched,
        "measures": comparison.measures,
        "question": question_shape(question),
        "version": __version__,
    }


def _plan(point: FrontierPoint) -> Plan:
    """Return the plan of a point that has one."""
    from tyngdepunkt.model import Plan

    if not isinstance(point.answer, Plan):
        raise TypeError(f"A measured point without a plan at k = {point.centres}.")
    return point.answer


def question_shape(question: Question) -> dict[str, object]:
    """Return a question as a JSON object; the objective as the text of ``--objective``."""
    start = question.start
    return {
        **vars(question),
        "objective": str(question.objective),
        "thresholds": [{"objective": str(each.objective), "value": each.value} for each in question.thresholds],
        "start": start and {"plan": start.name, "most_moved": start.most_moved, "blocks": dict(start.blocks)},
    }


def reason_shapes(study: Study, reasons: Iterable[Reason], *, language: str = "en") -> list[dict[str, object]]:
    """Return reasons as JSON objects, each with its sentence in a language."""
    from tyngdepunkt.texts.reasons import sentence

    names = study.territory.names
    return [{**vars(reason), "text": sentence(reason, names, language)} for reason in reasons]
