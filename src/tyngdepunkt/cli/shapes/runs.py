"""Both layers, and a whole analysis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt import __version__
from tyngdepunkt.cli.layout import Row
from tyngdepunkt.cli.shapes.ensembles import stability_shape
from tyngdepunkt.cli.shapes.plans import frontier_shape, no_plan_shape, plan_shape, reason_shapes
from tyngdepunkt.cli.shapes.prices import price_shapes

if TYPE_CHECKING:
    from pathlib import Path

    from tyngdepunkt.analysis import (
        Analysis,
        Layer,
        Layers,
    )
    from tyngdepunkt.study import Study

__all__ = ["layer_rows", "layers_shape", "run_shape"]


def run_shape(analysis: Analysis, files: Iterable[Path]) -> dict[str, object]:
    """Return a whole analysis as the JSON object of ``tyngdepunkt run``."""
    study = analysis.study
    return {
        "study": study.name,
        "version": analysis.version,
        "seed": study.settings.seed,
        "checksums": analysis.checksums,
        "blocks": _layer(study, analysis.blocks),
        "centres_of_gravity": _layer(study, analysis.gravity),
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
        "files": [path.as_posix() for path in files],
    }


def layers_shape(layers: Layers) -> dict[str, object]:
    """Return both layers as the JSON object of ``tyngdepunkt layers``; `nesting` is None where one has no plan."""
    study = layers.study
    return {
        "study": study.name,
        "blocks": _layer(study, layers.blocks),
        "centres_of_gravity": _layer(study, layers.gravity),
        "nesting": layers.nesting,
        "version": __version__,
    }


def layer_rows(analysis: Analysis | Layers) -> list[Row]:
    """Return who lies where in both layers as rows, in order of id."""
    from tyngdepunkt.model import Plan

    territory = analysis.study.territory
    layers = {"block": analysis.blocks.plan, "centre of gravity": analysis.gravity.plan}
    return [
        {
            "municipality_id": municipality.id,
            "municipality": municipality.name,
            **{
                name: territory.names[plan.assignment[municipality.id]] if isinstance(plan, Plan) else None
                for name, plan in layers.items()
            },
            "population [persons]": municipality.population,
        }
        for municipality in sorted(territory.municipalities, key=lambda each: each.id)
    ]


def _layer(study: Study, layer: Layer) -> dict[str, object]:
    """Return one layer as the JSON object of its plan, with why it has that number of centres."""
    from tyngdepunkt.model import NoPlan

    if isinstance(layer.plan, NoPlan):
        return no_plan_shape(study, layer.plan)
    if layer.measure is None:
        raise TypeError("A layer with a plan and no measure of it.")
    return {**plan_shape(study, layer.plan, layer.measure), "chosen": reason_shapes(study, layer.reasons)}
