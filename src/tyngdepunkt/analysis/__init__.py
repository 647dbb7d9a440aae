"""
Everything that is computed, from a study to an `Analysis`.

analyse : the whole analysis of a study, as `run` and the report use it
find_plan, sweep_centres, price_tipping, explain_municipality, compare_plans, measure_answer : one question each
services : cost sharing, hosting and capacity, of files and of a study
"""

from tyngdepunkt.analysis.questions import (
    compare_plans,
    explain_municipality,
    find_plan,
    measure_answer,
    price_tipping,
    sweep_centres,
)
from tyngdepunkt.analysis.whole import Analysis, Layer, analyse
from tyngdepunkt.structure import (
    CHECKS,
    SECONDS,
    BlockMeasure,
    Difference,
    Explanation,
    Frontier,
    FrontierPoint,
    PlanComparison,
    PlanMeasure,
    Price,
    ReferenceComparison,
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
    "PlanComparison",
    "PlanMeasure",
    "Price",
    "ReferenceComparison",
    "analyse",
    "compare_plans",
    "explain_municipality",
    "find_plan",
    "measure_answer",
    "price_tipping",
    "sweep_centres",
]
