"""
Commuting regions by published rules, of a study or of a bare table of flows.

evidence_of_study : what the Norwegian rule reads of a study
the rest : see `tyngdepunkt.regions`, where they are computed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.regions import (
    CommutingRegions,
    Evidence,
    Flows,
    Hierarchy,
    LabourMarketAreas,
    LmaRule,
    build_hierarchy,
    evidence_of_territory,
    find_commuting_regions,
    find_labour_market_areas,
    flows_of_territory,
    read_flows,
)

if TYPE_CHECKING:
    from tyngdepunkt.study import Study

__all__ = [
    "CommutingRegions",
    "Flows",
    "Hierarchy",
    "LabourMarketAreas",
    "LmaRule",
    "build_hierarchy",
    "evidence_of_study",
    "find_commuting_regions",
    "find_labour_market_areas",
    "flows_of_study",
    "read_flows",
]


def flows_of_study(study: Study) -> Flows:
    """Return who commutes where in a study."""
    return flows_of_territory(study.territory)


def evidence_of_study(study: Study, *, flows: Flows | None = None) -> Evidence:
    """
    Return what the Norwegian rule reads of a study.

    Parameters
    ----------
    study
        The study, with its travel times.
    flows
        Who commutes where, in place of the study's own.

    Returns
    -------
    The evidence.
    """
    return evidence_of_territory(study.territory, flows=flows)
