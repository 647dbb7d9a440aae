"""Both layers, and a whole analysis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt import __version__
from tyngdepunkt.shapes.ensembles import stability_shape
from tyngdepunkt.shapes.plans import frontier_shape, no_plan_shape, plan_shape, reason_shapes
from tyngdepunkt.shapes.prices import price_shapes
from tyngdepunkt.shapes.services import hosting_status, relaxation_shape

if TYPE_CHECKING:
    from pathlib import Path

    from tyngdepunkt.analysis import (
        Analysis,
        CooperationReview,
        Layer,
        Layers,
        ServicesReview,
    )
    from tyngdepunkt.study import Study

__all__ = ["layers_shape", "run_shape"]


def run_shape(analysis: Analysis, files: Iterable[Path]) -> dict[str, object]:
    """Return a whole analysis as the JSON object of ``tyngdepunkt run``."""
    study = analysis.study
    return {
        "study": study.name,
        "version": analysis.version,
        "seed": study.settings.seed,
        "checksums": analysis.checksums,
        "blocks": _layer(study, analysis.blocks) if analysis.blocks.is_asked else None,
        "centres_of_gravity": _layer(study, analysis.gravity) if analysis.gravity.is_asked else None,
        "nesting": analysis.nesting,
        "frontier": frontier_shape(analysis.frontier),
        "frontier_with_floor": frontier_shape(analysis.frontier_with_floor),
        "tipping": price_shapes(analysis.tipping),
        "stability": analysis.stability and stability_shape(study, analysis.stability),
        "references": [
            {
                "plan": each.plan.name,
                "source": each.plan.source,
                "blocks": len(each.measure.blocks),
                "objective": each.measure.objective,
                "distance": each.distance,
                "distance_with_floor": each.distance_with_floor,
                "below_floor": each.below_floor,
                "differences": each.comparison.differences,
            }
            for each in analysis.references
        ],
        "cooperation": analysis.cooperation and _cooperation(analysis.cooperation),
        "services": analysis.services and _services(analysis.services),
        "complete": analysis.complete,
        "files": [path.as_posix() for path in files],
    }


def _cooperation(review: CooperationReview) -> dict[str, object]:
    """Return cooperation in short."""
    measure, counted = review.measure, review.counted
    standing = {each.group.name: each for each in review.assessments}
    return {
        "year": review.year,
        "arrangements": len(measure.picture),
        "by_snapshot": measure.by_snapshot,
        "carried": len(measure.picture.carried),
        "participations": measure.participations,
        "inside_share": measure.inside_share,
        "kept": review.is_kept,
        "blocks": [
            {
                "centre": group.name,
                "arrangements": group.total,
                "inside_share": group.inside_share,
                "partner_sets": group.partner_sets,
                "criss_cross": group.criss_cross.share,
                "step": standing[group.name].step if group.name in standing else None,
                "next_step": standing[group.name].next_step if group.name in standing else None,
            }
            for group in measure.blocks
        ],
        "counted": counted
        and {
            "year": counted.year,
            "participations": counted.participations,
            "counted_participations": counted.counted_participations,
        },
        "forms": dict(Counter(str(check.verdict) for check in review.forms)),
    }


def _services(review: ServicesReview) -> dict[str, object]:
    """Return services in short."""
    capacity = review.capacity
    return {
        "staffed": None if capacity is None else len(capacity.units),
        "findings": [] if capacity is None else [vars(each) for each in capacity.findings if not each.agrees],
        "hosting": [
            {
                "centre": each.block,
                "measure": each.measure or None,
                "taking_part": each.taking_part,
                "models": {
                    str(model): {
                        "status": hosting_status(plan),
                        "distinct_hosts": plan.distinct_hosts,
                        "total_minutes": plan.total_minutes,
                        "relaxations": [relaxation_shape(one) for one in plan.relaxations],
                    }
                    for model, plan in each.plans.items()
                },
            }
            for each in review.hosting
        ],
    }


def layers_shape(layers: Layers, *, language: str = "en") -> dict[str, object]:
    """Return both layers as the JSON object of ``tyngdepunkt layers``; `nesting` is None where one has no plan."""
    study = layers.study
    return {
        "study": study.name,
        "blocks": _layer(study, layers.blocks, language),
        "centres_of_gravity": _layer(study, layers.gravity, language),
        "nesting": layers.nesting,
        "version": __version__,
    }


def _layer(study: Study, layer: Layer, language: str = "en") -> dict[str, object]:
    """Return one layer as the JSON object of its plan, with why it has that number of centres."""
    from tyngdepunkt.model import NoPlan

    if isinstance(layer.plan, NoPlan):
        return no_plan_shape(study, layer.plan, language=language)
    if layer.measure is None:
        raise TypeError("A layer with a plan and no measure of it.")
    return {
        **plan_shape(study, layer.plan, layer.measure, language=language),
        "chosen": reason_shapes(study, layer.reasons, language=language),
    }
