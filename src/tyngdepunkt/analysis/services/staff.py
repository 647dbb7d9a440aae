"""What the stages of services read of a study: inhabitants, and the latest figures of staff."""

from __future__ import annotations

import pandas as pd

from tyngdepunkt.study import Study

__all__ = ["STAFF_MEASURES", "latest_rows", "population_of"]

STAFF_MEASURES = ("full_time_equivalents", "posts_professional", "posts_all", "persons")
"""What the table staffing may count, the narrowest first; unlike measures are never added up."""


def population_of(study: Study) -> dict[str, int]:
    """Return inhabitants by municipality id [persons]."""
    return {m.id: m.population for m in study.territory.municipalities}


def latest_rows(staffing: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the latest year of each service and measure."""
    return staffing[staffing["year"] == staffing.groupby(["service", "measure"])["year"].transform("max")]
