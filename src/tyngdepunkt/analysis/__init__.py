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
cooperation, services : the register of cooperation; cost sharing, hosting and capacity
divisions, regions : divisions of a study or of a bare graph, commuting regions of a study or of bare flows

A name is looked up in its module when it is first asked for, so that what asks one question loads no more than that.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tyngdepunkt.analysis.answers import (
        Answers as Answers,
    )
    from tyngdepunkt.analysis.ensembles import (
        place_among_all as place_among_all,
        resample_commuting as resample_commuting,
        vary_settings as vary_settings,
    )
    from tyngdepunkt.analysis.layers import (
        Layers as Layers,
        find_layers as find_layers,
    )
    from tyngdepunkt.analysis.numbers import (
        is_large as is_large,
        numbers_of as numbers_of,
    )
    from tyngdepunkt.analysis.questions import (
        compare_plans as compare_plans,
        explain_municipality as explain_municipality,
        find_plan as find_plan,
        find_record as find_record,
        measure_answer as measure_answer,
        price_tipping as price_tipping,
        sweep_centres as sweep_centres,
    )
    from tyngdepunkt.analysis.reviews import (
        BlockHosting as BlockHosting,
        CooperationReview as CooperationReview,
        ServicesReview as ServicesReview,
        review_cooperation as review_cooperation,
        review_services as review_services,
    )
    from tyngdepunkt.analysis.tradeoffs import (
        find_front as find_front,
        find_nearest as find_nearest,
    )
    from tyngdepunkt.analysis.whole import (
        Analysis as Analysis,
        Layer as Layer,
        analyse as analyse,
        find_gravity as find_gravity,
        hold_layers as hold_layers,
    )
    from tyngdepunkt.ensembles import (
        Crew as Crew,
        OtherYear as OtherYear,
        Place as Place,
        Resampling as Resampling,
        Sensitivity as Sensitivity,
        Share as Share,
        Stability as Stability,
        Variation as Variation,
        Varied as Varied,
        chain_runner as chain_runner,
        read_variations as read_variations,
        reads_commuters as reads_commuters,
    )
    from tyngdepunkt.structure import (
        CHECKS as CHECKS,
        SECONDS as SECONDS,
        BlockMeasure as BlockMeasure,
        Difference as Difference,
        Explanation as Explanation,
        Frontier as Frontier,
        FrontierPoint as FrontierPoint,
        Nearest as Nearest,
        Nesting as Nesting,
        Pareto as Pareto,
        ParetoPoint as ParetoPoint,
        PlanComparison as PlanComparison,
        PlanMeasure as PlanMeasure,
        Price as Price,
        ReferenceComparison as ReferenceComparison,
        list_nesting as list_nesting,
    )

_NAMES = {
    "tyngdepunkt.analysis.answers": ("Answers",),
    "tyngdepunkt.analysis.ensembles": (
        "place_among_all",
        "resample_commuting",
        "vary_settings",
    ),
    "tyngdepunkt.analysis.layers": (
        "Layers",
        "find_layers",
    ),
    "tyngdepunkt.analysis.numbers": (
        "is_large",
        "numbers_of",
    ),
    "tyngdepunkt.analysis.questions": (
        "compare_plans",
        "explain_municipality",
        "find_plan",
        "find_record",
        "measure_answer",
        "price_tipping",
        "sweep_centres",
    ),
    "tyngdepunkt.analysis.reviews": (
        "BlockHosting",
        "CooperationReview",
        "ServicesReview",
        "review_cooperation",
        "review_services",
    ),
    "tyngdepunkt.analysis.tradeoffs": (
        "find_front",
        "find_nearest",
    ),
    "tyngdepunkt.analysis.whole": (
        "Analysis",
        "Layer",
        "analyse",
        "find_gravity",
        "hold_layers",
    ),
    "tyngdepunkt.ensembles": (
        "Crew",
        "OtherYear",
        "Place",
        "Resampling",
        "Sensitivity",
        "Share",
        "Stability",
        "Variation",
        "Varied",
        "chain_runner",
        "read_variations",
        "reads_commuters",
    ),
    "tyngdepunkt.structure": (
        "BlockMeasure",
        "CHECKS",
        "Difference",
        "Explanation",
        "Frontier",
        "FrontierPoint",
        "Nearest",
        "Nesting",
        "Pareto",
        "ParetoPoint",
        "PlanComparison",
        "PlanMeasure",
        "Price",
        "ReferenceComparison",
        "SECONDS",
        "list_nesting",
    ),
}
"""Module to the names that are found in it."""
_HOMES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load the module of a name, and keep the name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the names that there are."""
    return sorted(_HOMES)
