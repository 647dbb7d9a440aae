"""
Blocks and centres: connected divisions with a proof of how good they are.

solve : the exact answer to a question, verified, with its certificate
sweep, tipping, explain, compare, measure : every k, prices, the why, two plans, one yardstick
impossible, most : why there is no plan, and what would work; the most centres
pareto : the plans between two objectives
nesting : blocks held against centres of gravity
verify : a plan checked without the solver
record : floors lifted, villages moved, who was moved from the plan to start from
problem, form, graph, matching, keeping : a question posed in numbers
relaxation, joint, cores, moves, search : linear programs with cuts, and the branching over them
reduce, partition, pricing, blocks : what makes large questions small before they are searched
generation, company : a bound by whole blocks where pairs and sets are too many to search
stays : a bound where few may be moved
divisible : whether there is any division at all
move_prices : prices of moves where there are too many pairs for one relaxation
anneal, division : the independent witness
merging : fewer blocks out of more
results : what the stage gives besides plans
"""

from tyngdepunkt.structure.compare import compare, compare_reference
from tyngdepunkt.structure.explain import explain
from tyngdepunkt.structure.measure import measure
from tyngdepunkt.structure.most import MostCentres, most_centres
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
from tyngdepunkt.structure.sweep import better_plan, share_plans, sweep, with_plan
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
    "MostCentres",
    "Nearest",
    "Nesting",
    "Pareto",
    "ParetoPoint",
    "PlanComparison",
    "PlanMeasure",
    "Price",
    "ReferenceComparison",
    "Solver",
    "better_plan",
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
    "share_plans",
    "sweep",
    "tipping_prices",
    "verify",
    "with_plan",
]
