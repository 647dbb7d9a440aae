"""
Everything that is computed, from a study to an `Analysis`.

analyse : the whole analysis of a study, as `run` and the report use it
find_layers : both layers, and how they lie to one another
find_plan, sweep_centres, price_tipping, explain_municipality, compare_plans, measure_answer : one question each
find_front, find_nearest : between two objectives
numbers_of, is_large : which numbers of centres are answered unasked
resample_commuting, vary_settings, place_among_all : the same question many times over
review_cooperation, review_services : cooperation and services in the light of a plan
Answers : where answers are kept from run to run
services : cost sharing, hosting and capacity, of files and of a study
"""

from tyngdepunkt.analysis.answers import Answers
from tyngdepunkt.analysis.ensembles import place_among_all, resample_commuting, vary_settings
from tyngdepunkt.analysis.layers import Layers, find_layers
from tyngdepunkt.analysis.numbers import is_large, numbers_of
from tyngdepunkt.analysis.questions import (
    compare_plans,
    explain_municipality,
    find_plan,
    find_record,
    measure_answer,
    price_tipping,
    sweep_centres,
)
from tyngdepunkt.analysis.reviews import (
    BlockHosting,
    CooperationReview,
    ServicesReview,
    review_cooperation,
    review_services,
)
from tyngdepunkt.analysis.tradeoffs import find_front, find_nearest
from tyngdepunkt.analysis.whole import Analysis, Layer, analyse, find_gravity, hold_layers
from tyngdepunkt.ensembles import (
    Crew,
    Place,
    Resampling,
    Sensitivity,
    Share,
    Stability,
    Variation,
    Varied,
    chain_runner,
    read_variations,
    reads_commuters,
)
from tyngdepunkt.structure import (
    CHECKS,
    SECONDS,
    BlockMeasure,
    Difference,
    Explanation,
    Frontier,
    FrontierPoint,
    Nearest,
    Nesting,
    Pareto,
    ParetoPoint,
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
    "Answers",
    "BlockHosting",
    "BlockMeasure",
    "CooperationReview",
    "Crew",
    "Difference",
    "Explanation",
    "Frontier",
    "FrontierPoint",
    "Layer",
    "Layers",
    "Nearest",
    "Nesting",
    "Pareto",
    "ParetoPoint",
    "Place",
    "PlanComparison",
    "PlanMeasure",
    "Price",
    "ReferenceComparison",
    "Resampling",
    "Sensitivity",
    "ServicesReview",
    "Share",
    "Stability",
    "Variation",
    "Varied",
    "analyse",
    "chain_runner",
    "compare_plans",
    "explain_municipality",
    "find_front",
    "find_gravity",
    "find_layers",
    "find_nearest",
    "find_plan",
    "find_record",
    "hold_layers",
    "is_large",
    "list_nesting",
    "measure_answer",
    "numbers_of",
    "place_among_all",
    "price_tipping",
    "read_variations",
    "reads_commuters",
    "resample_commuting",
    "review_cooperation",
    "review_services",
    "sweep_centres",
    "vary_settings",
]
