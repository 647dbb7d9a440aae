"""The plans between two objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt import __version__
from tyngdepunkt.shapes.plans import question_shape

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        Nearest,
        Pareto,
    )
    from tyngdepunkt.model import Question
    from tyngdepunkt.study import Study

__all__ = ["front_shape"]


def front_shape(study: Study, front: Pareto, nearest: Nearest | None, question: Question) -> dict[str, object]:
    """Return the plans between two objectives as the JSON object of ``tyngdepunkt pareto``."""
    names = [str(objective) for objective in front.objectives]
    return {
        "study": study.name,
        "objectives": names,
        "units": [objective.unit for objective in front.objectives],
        "points": [
            {
                "objectives": dict(zip(names, point.amounts, strict=True)),
                "status": point.plan.certificate.status,
                "bound": point.plan.certificate.bound,
                "centres": point.plan.centres,
                "assignment": dict(sorted(point.plan.assignment.items())),
                "moved": point.moved,
                "certificate": point.plan.certificate,
            }
            for point in front.points
        ],
        "complete": front.complete,
        "spaced": front.spaced,
        "supported": front.supported,
        "steps": front.steps,
        "nearest": nearest and _nearest(front, nearest),
        "seconds": front.seconds,
        "question": {**question_shape(question), "objective": None, "centres": None},
        "version": __version__,
    }


def _nearest(front: Pareto, nearest: Nearest) -> dict[str, object]:
    """Return which points a plan lies nearest to as a JSON object; points by their place in the list, from 0."""
    names = [str(objective) for objective in front.objectives]
    return {
        "plan": nearest.name,
        "objectives": dict(zip(names, nearest.amounts, strict=True)),
        "by_objectives": {"point": nearest.by_objectives, "distance": nearest.distance},
        "by_moves": {"point": nearest.by_moves, "moved": nearest.moved},
        "dominated_by": nearest.dominated_by,
        "keeps": nearest.keeps,
    }
