"""
Everything that is computed, from a study to an `Analysis`.

analyse : the whole analysis of a study, as `run` and the report use it
find_plan, sweep_centres, price_tipping, explain_municipality, compare_plans, measure_answer : one question each
find_front, find_nearest : between two objectives
"""

from tyngdepunkt.analysis.questions import (
    compare_plans,
    explain_municipality,
    find_plan,
    measure_answer,
    price_tipping,
    sweep_centres,
)
from tyngdepunkt.analysis.tradeoffs import find_front, find_nearest
from tyngdepunkt.analysis.whole import Analysis, Layer, analyse
from tyngdepunkt.structure import (
    CHECKS,
    SECONDS,
    BlockMeasure,
    Difference,
    Explanation,
    Frontier,
    FrontierPoint,
    Nearest,
    Pareto,
    ParetoPoint,
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
    "Nearest",
    "Pareto",
    "ParetoPoint",
    "PlanComparison",
    "PlanMeasure",
    "Price",
    "ReferenceComparison",
    "analyse",
    "compare_plans",
    "explain_municipality",
    "find_front",
    "find_nearest",
    "find_plan",
    "measure_answer",
    "price_tipping",
    "sweep_centres",
]
