"""
Blocks and centres: connected divisions with a proof of how good they are.

solve : the exact answer to a question, verified, with its certificate
sweep, tipping, explain, compare, measure : every k, prices, the why, two plans, one yardstick
impossible : why there is no plan, and what would work
pareto : the plans between two objectives
nesting : blocks held against centres of gravity
verify : a plan checked without the solver
record : floors lifted, villages moved, who was moved from the plan to start from
problem, form, keeping, matching, moves, relaxation, joint, cores, search, heuristic, heuristic_sets, graph :
    how it is done
results : what the stage gives besides plans
"""

from tyngdepunkt.structure.compare import compare, compare_reference
from tyngdepunkt.structure.explain import explain
from tyngdepunkt.structure.impossible import most_centres
from tyngdepunkt.structure.measure import measure
from tyngdepunkt.structure.nesting import Area, Astride, Nesting, find_nesting, list_nesting
from tyngdepunkt.structure.pareto import Nearest, Pareto, ParetoPoint, find_pareto, nearest_point
from tyngdepunkt.structure.record import find_record
from tyngdepunkt.structure.results import (
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
from tyngdepunkt.structure.solve import SECONDS, Solver, find_plan
from tyngdepunkt.structure.sweep import sweep
from tyngdepunkt.structure.tipping import price, tipping_prices
from tyngdepunkt.structure.verify import CHECKS, verify

__all__ = [
    "CHECKS",
    "SECONDS",
    "Area",
    "Astride",
    "BlockMeasure",
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
    "Solver",
    "compare",
    "compare_reference",
    "explain",
    "find_nesting",
    "find_pareto",
    "find_plan",
    "find_record",
    "list_nesting",
    "measure",
    "most_centres",
    "nearest_point",
    "price",
    "sweep",
    "tipping_prices",
    "verify",
]
