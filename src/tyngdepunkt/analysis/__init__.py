"""
Everything that is computed, from a study to an `Analysis`.

analyse : the whole analysis of a study, as `run` and the report use it
find_plan, sweep_centres, price_tipping, explain_municipality, compare_plans, measure_answer : one question each
numbers_of, is_large : which numbers of centres are answered unasked
Answers : where answers are kept from run to run
"""

from tyngdepunkt.analysis.answers import Answers
from tyngdepunkt.analysis.numbers import is_large, numbers_of
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
    "Answers",
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
    "is_large",
    "measure_answer",
    "numbers_of",
    "price_tipping",
    "sweep_centres",
]
