"""Stability, sensitivity and standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt import __version__
from tyngdepunkt.shapes.plans import UNSETTLED, question_shape

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        Place,
        Sensitivity,
        Share,
        Stability,
    )
    from tyngdepunkt.study import Study

__all__ = ["place_shape", "sensitivity_shape", "share_shape", "stability_shape"]


def share_shape(share: Share) -> dict[str, object]:
    """Return a share as a JSON object, with its 95 % interval and half the width of that."""
    return {"share": share.share, "low": share.low, "high": share.high, "error": share.error}


def stability_shape(study: Study, found: Stability, *, pairs: bool = False) -> dict[str, object]:
    """
    Return stability as the JSON object of ``tyngdepunkt stability``.

    Parameters
    ----------
    study
        Whose plan it is.
    found
        The stability.
    pairs
        Whether to give for each two municipalities how often they lie in one block.

    Returns
    -------
    The municipalities in order of id.
    """
    plan, names = found.plan, study.territory.names
    settled = sum(found.numbers.values())
    return {
        "study": study.name,
        "centres": plan.centres,
        "assignment": dict(sorted(plan.assignment.items())),
        "objective": plan.objective,
        "method": found.method,
        "seed": found.seed,
        "resamples": found.asked,
        "solved": found.solved,
        "unsettled": found.unsettled,
        "complete": found.complete,
        "whole": share_shape(found.whole),
        "municipalities": [
            {
                "municipality": i,
                "name": names[i],
                "centre": plan.assignment[i],
                "keeps": share_shape(found.keeps(i)),
                "blocks": {c: share_shape(found.lies_with(i, c)) for c in plan.centres},
                "new_block": share_shape(found.lies_apart(i)),
                "is_centre": share_shape(found.is_centre(i)),
            }
            for i in found.ids
        ],
        "best_numbers": {k: count / settled for k, count in found.numbers.items()},
        "years": [
            {
                "year": each.year,
                "settled": each.settled,
                "centres": each.centres,
                "moved": [i for i, kept in zip(found.ids, each.kept, strict=True) if not kept],
            }
            for each in found.years
        ],
        "pairs": {"ids": found.ids, "together": (found.together / found.solved).tolist()} if pairs else None,
        "question": question_shape(plan.question),
        "version": __version__,
    }


def sensitivity_shape(study: Study, found: Sensitivity) -> dict[str, object]:
    """Return variations as the JSON object of ``tyngdepunkt sensitivity``."""
    plan = found.plan
    return {
        "study": study.name,
        "centres": plan.centres,
        "assignment": dict(sorted(plan.assignment.items())),
        "objective": plan.objective,
        "complete": found.complete,
        "variations": [
            {
                "setting": each.variation.setting,
                "value": each.variation.value,
                "status": each.status or UNSETTLED,
                "objective": each.objective,
                "centres": each.centres,
                "moved": each.moved,
                "kept": each.kept,
                "kept_people": each.kept_people,
            }
            for each in found.variations
        ],
        "municipalities": [
            {"municipality": i, "name": study.territory.names[i], "kept": kept, "variations": total}
            for i, (kept, total) in ((i, found.keeps(i)) for i in sorted(plan.assignment))
        ],
        "question": question_shape(plan.question),
        "version": __version__,
    }


def place_shape(study: Study, place: Place) -> dict[str, object]:
    """Return where a plan stands as the JSON object of ``tyngdepunkt standing``."""
    standing = place.standing
    return {
        "study": study.name,
        "plan": place.name,
        "blocks": place.question.centres,
        "objective": place.objective,
        "in_space": place.in_space,
        "method": place.method,
        "seed": place.seed,
        "exhaustive": place.exhaustive,
        "count": place.count,
        "draws": place.draws,
        "worse": standing.below,
        "equal": standing.equal,
        "better": standing.above,
        "better_low": place.better_low,
        "better_high": place.better_high,
        "percentile": standing.percentile,
        "error": standing.error,
        "effective": standing.effective,
        "ranks": place.ranks,
        "mixed": place.mixed,
        "complete": place.complete,
        "scores": {**vars(place.diagnosis), "quantiles": place.quantiles},
        "histogram": place.histogram,
        "question": question_shape(place.question),
        "version": __version__,
    }
