"""
Everything that is computed, from a study to an `Analysis`.

analyse : the whole analysis of a study, as `run` and the report use it
find_layers : both layers, and how they lie to one another
find_plan, sweep_centres, price_tipping, explain_municipality, compare_plans, measure_answer : one question each
"""

from tyngdepunkt.analysis.layers import Layers, find_layers
from tyngdepunkt.analysis.questions import (
    compare_plans,
    explain_municipality,
    find_plan,
    find_record,
    measure_answer,
    price_tipping,
    sweep_centres,
)
from tyngdepunkt.analysis.whole import Analysis, Layer, analyse, find_gravity, hold_layers
from tyngdepunkt.structure import (
    CHECKS,
    SECONDS,
    BlockMeasure,
    Difference,
    Explanation,
    Frontier,
    FrontierPoint,
    Nesting,
    PlanComparison,
    PlanMeasure,
    Price,
    ReferenceComparison,
    list_nesting,
)

__all__ = [
    "CHECKS",
    "SECONDS",
    "Analysis",
    "BlockMeasure",
    "Difference",
    "Explanation",
    "Frontier",
    "FrontierPoint",
    "Layer",
    "Layers",
    "Nesting",
    "PlanComparison",
    "PlanMeasure",
    "Price",
    "ReferenceComparison",
    "analyse",
    "compare_plans",
    "explain_municipality",
    "find_gravity",
    "find_layers",
    "find_plan",
    "find_record",
    "hold_layers",
    "list_nesting",
    "measure_answer",
    "price_tipping",
    "sweep_centres",
]
