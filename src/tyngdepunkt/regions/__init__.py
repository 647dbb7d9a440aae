"""
Commuting regions by published rules, from any table of flows.

flows, reading : who commutes where; from three columns, a study or a file
lma : labour market areas of Coombes and Bond, label for label as the R package `LabourMarketAreas`
agglomeration, validity : how those come about, and when an area is one
norwegian, twelve_steps, evidence : the official Norwegian rule of 2019, its steps, and what it looks at
hierarchy : regions within regions, from every zone alone to all in one
synthetic : a made-up country of any size
"""

from tyngdepunkt.regions.evidence import WORKING_AGE_SHARE, Evidence, evidence_of_territory
from tyngdepunkt.regions.flows import Flows, flows_of_territory, make_flows
from tyngdepunkt.regions.hierarchy import Hierarchy, Merge, build_hierarchy
from tyngdepunkt.regions.lma import LabourMarketArea, LabourMarketAreas, ReserveEntry, find_labour_market_areas
from tyngdepunkt.regions.norwegian import (
    CommutingRegion,
    CommutingRegions,
    Placement,
    find_commuting_regions,
)
from tyngdepunkt.regions.reading import read_flows
from tyngdepunkt.regions.twelve_steps import NorwegianRule
from tyngdepunkt.regions.validity import LmaRule

__all__ = [
    "WORKING_AGE_SHARE",
    "CommutingRegion",
    "CommutingRegions",
    "Evidence",
    "Flows",
    "Hierarchy",
    "LabourMarketArea",
    "LabourMarketAreas",
    "LmaRule",
    "Merge",
    "NorwegianRule",
    "Placement",
    "ReserveEntry",
    "build_hierarchy",
    "evidence_of_territory",
    "find_commuting_regions",
    "find_labour_market_areas",
    "flows_of_territory",
    "make_flows",
    "read_flows",
]
