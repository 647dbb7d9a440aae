"""
The same question asked many times over: of other commuting tables, with other settings, and of the whole space.

stability : how often each municipality keeps its block where the commuting table is drawn anew
sensitivity : what changes where one setting changes
standing : where a plan stands among all divisions of the same territory
prices : what moves from a plan cost
resampling, answering, recalling, matching, shares : how it is done
crew, processes, cluster, chunks, chains : who does it
"""

from tyngdepunkt.ensembles.chains import chain_runner
from tyngdepunkt.ensembles.crew import Crew, run_all
from tyngdepunkt.ensembles.prices import price_side_by_side
from tyngdepunkt.ensembles.resampling import Resampling, redraw
from tyngdepunkt.ensembles.sensitivity import (
    Sensitivity,
    Variation,
    Varied,
    measure_sensitivity,
    read_variations,
)
from tyngdepunkt.ensembles.shares import Share, share_of
from tyngdepunkt.ensembles.stability import OtherYear, Stability, measure_stability, reads_commuters
from tyngdepunkt.ensembles.standing import Bin, Place, place_plan

__all__ = [
    "Bin",
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
    "measure_sensitivity",
    "measure_stability",
    "place_plan",
    "price_side_by_side",
    "read_variations",
    "reads_commuters",
    "redraw",
    "run_all",
    "share_of",
]
