"""
From answers to the fixed shapes of JSON, which the command line prints and the workbench serves.

values : values as JSON can hold them
plans : plans, why there is none, every number of centres, and two plans side by side
prices : what moves cost, and why a municipality lies where it does
fronts : the plans between two objectives
ensembles : stability, sensitivity and standing
runs : both layers, and a whole analysis
services : gains shared, hosts found, and what services have of staff
cooperation : the register of cooperation, its measures, the assessment of a group and legal form
divisions : divisions drawn at random, the one with fewest cut edges, and why there is none
"""

from tyngdepunkt.shapes.cooperation import (
    arrangement_shape,
    assessment_shape,
    block_shape,
    change_shape,
    list_verdicts,
    measure_shape,
    preview_shape,
    say_evidence,
    say_verdict,
    verdict_shape,
)
from tyngdepunkt.shapes.divisions import clash_text, division_shape, no_division_shape, sample_shape
from tyngdepunkt.shapes.ensembles import place_shape, sensitivity_shape, share_shape, stability_shape
from tyngdepunkt.shapes.fronts import front_shape
from tyngdepunkt.shapes.plans import (
    UNSETTLED,
    comparison_shape,
    frontier_shape,
    no_plan_shape,
    plan_shape,
    question_shape,
    reason_shapes,
    status_of,
    unit_of,
)
from tyngdepunkt.shapes.prices import explanation_shape, price_shapes
from tyngdepunkt.shapes.runs import layers_shape, run_shape
from tyngdepunkt.shapes.services import (
    capacity_shape,
    hosting_shape,
    hosting_status,
    sharing_shape,
    structure_shape,
)

__all__ = [
    "UNSETTLED",
    "arrangement_shape",
    "assessment_shape",
    "block_shape",
    "capacity_shape",
    "change_shape",
    "clash_text",
    "comparison_shape",
    "division_shape",
    "explanation_shape",
    "front_shape",
    "frontier_shape",
    "hosting_shape",
    "hosting_status",
    "layers_shape",
    "list_verdicts",
    "measure_shape",
    "no_division_shape",
    "no_plan_shape",
    "place_shape",
    "plan_shape",
    "preview_shape",
    "price_shapes",
    "question_shape",
    "reason_shapes",
    "run_shape",
    "sample_shape",
    "say_evidence",
    "say_verdict",
    "sensitivity_shape",
    "share_shape",
    "sharing_shape",
    "stability_shape",
    "status_of",
    "structure_shape",
    "unit_of",
    "verdict_shape",
]
