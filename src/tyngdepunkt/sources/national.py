"""
A country's tables, laid out in a folder as those of Norway, as our tables for one year and perhaps one county.

Nothing is guessed that the folder does not know: areas, administrative centres, travel times and functions stay
unknown. How one crosses a border is not known either, and is marked as taken from the map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.model import LinkKind, Progress, Step, silent
from tyngdepunkt.sources.adjacency import Border, find_borders, project
from tyngdepunkt.sources.shelf import POPULATION, Feature, Shelf, open_shelf
from tyngdepunkt.tables.quoting import join_words, quote

__all__ = ["FROM_MAP", "JOINED", "NationalTables", "read_national_tables"]

_STEPS = 4
_KM_M = 1000
_FEW = 5

FROM_MAP = "link taken from the map, not stated"
"""How the note of a pair begins whose link nobody states."""
JOINED = "no neighbours"
"""How the note of a pair begins that is joined only so that all parts hang together."""

OUTLINES = "Kartverket (CC BY 4.0), generalised by others"
"""Where the outlines come from, as the folder's own record says."""


@dataclass(frozen=True, eq=False)
class NationalTables:
    """
    A year of a country, or of one county, as our tables.

    Parameters
    ----------
    year
        Year of the figures.
    division
        Year of the division into municipalities whose outlines hold for it.
    county
        Code of the county; empty for the whole country.
    place
        Name of the county; empty for the whole country.
    tables
        ``municipalities``, ``neighbours`` and ``commuting``, and ``commuting_other_years`` where the folder has
        commuting of other years between the same municipalities; columns that the folder knows nothing of are absent.
    boundaries
        GeoJSON feature collection of the land outlines (EPSG:4326).
    """

    year: int
    division: int
    county: str
    place: str
    tables: Mapping[str, pd.DataFrame]
    boundaries: dict[str, Any]

    @property
    def other_years(self) -> tuple[int, ...]:
        """Years of the table ``commuting_other_years``, in order."""
        table = self.tables.get("commuting_other_years")
        return () if table is None else tuple(sorted(set(table["year"].tolist())))


def read_national_tables(
    folder: str | Path, *, year: int, county: str | None = None, progress: Progress = silent
) -> NationalTables:
    """
    Read a year of a country, or of one county of it.

    Employed residents and jobs are the sums of the commuting table's rows and columns, of the whole country even where
    one county is asked for: they live or work here wherever the other end lies. Flows are those within the county.

    Parameters
    ----------
    folder
        Folder laid out as `tyngdepunkt.sources.shelf` says.
    year
        Year of population (1 January) and commuting (4th quarter).
    county
        Code of a county (``"15"``); None for the whole country.
    progress
        Told of each of four steps.

    Returns
    -------
    The tables, municipalities in order of id.

    Raises
    ------
    SourceError
        Where the folder lacks a file, or a file is not as it should be.
    QuestionError
        Where the folder does not have the year or the county, with those it has.
    """
    shelf = open_shelf(Path(folder))
    progress(Step("study", 0, _STEPS))
    population = shelf.population(year)
    division = shelf.division(year, population)
    flows = _flows(shelf, year, set(population))
    progress(Step("study", 1, _STEPS))
    lands, territories = shelf.outlines(division, "land"), shelf.outlines(division, "territory")
    known = set(population)
    if set(territories) != set(lands):
        raise SourceError(f"The outlines of {division} with sea and those of land are not of the same municipalities.")
    chosen, place = _choose(lands, county, year)
    progress(Step("study", 2, _STEPS))
    borders = find_borders(
        project([territories[each]["geometry"] for each in chosen], file=shelf.map(division, "territory").name),
        project([lands[each]["geometry"] for each in chosen], file=shelf.map(division, "land").name),
    )
    progress(Step("study", 3, _STEPS))
    tables = {
        "municipalities": _municipalities(chosen, lands, population, flows, shelf.regions(year, known), county),
        "neighbours": _neighbours(chosen, borders),
        "commuting": _commuting(chosen, flows),
    }
    if others := shelf.years_alike(year, chosen):
        tables["commuting_other_years"] = pd.concat(
            [_commuting(chosen, _flows(shelf, each, set(shelf.population(each)))).assign(year=each) for each in others],
            ignore_index=True,
        )[["year", "home_id", "work_id", "commuters"]]
    code = _county_of(lands[chosen[0]])[0] if county else ""
    progress(Step("study", _STEPS, _STEPS))
    return NationalTables(year, division, code, place, tables, _boundaries(chosen, lands))


def _flows(shelf: Shelf, year: int, known: set[str]) -> dict[tuple[str, str], int]:
    """Return home and work to commuters of a year [persons]; refuse codes that the year does not have."""
    flows = shelf.flows(year)
    if strange := sorted({end for pair in flows for end in pair} - known):
        told = f"{shelf.commuting(year).name} has {join_words(strange, most=_FEW)}"
        raise SourceError(f"{told}, of which {POPULATION} knows nothing for {year}: get both for the same year.")
    return flows


def _county_of(feature: Feature) -> tuple[str, str]:
    """Return code and name of a municipality's county; the first two figures of its code where none is stated."""
    said = feature["properties"]
    code = str(said.get("county_code") or said["code"][:2])
    return code, str(said.get("county_name") or code)


def _choose(lands: Mapping[str, Feature], county: str | None, year: int) -> tuple[list[str], str]:
    """Return the municipalities of a county, in order, and its name; all of them where no county is given."""
    if county is None:
        return sorted(lands), ""
    counties = dict(sorted(_county_of(feature) for feature in lands.values()))
    wanted = county.strip()
    wanted = wanted if wanted in counties else wanted.zfill(2)
    if wanted not in counties:
        those = join_words((f"{code} {name}" for code, name in counties.items()), last="or", most=len(counties))
        raise QuestionError(f"No county of {year} has the code {quote(county)}: give {those}.")
    return sorted(code for code, feature in lands.items() if _county_of(feature)[0] == wanted), counties[wanted]


def _municipalities(
    chosen: list[str],
    lands: Mapping[str, Feature],
    population: Mapping[str, int],
    flows: Mapping[tuple[str, str], int],
    regions: Mapping[str, tuple[str, str]],
    county: str | None,
) -> pd.DataFrame:
    """Return the table of municipalities; its district is the county, or within one county the economic region."""
    residents, jobs = dict.fromkeys(population, 0), dict.fromkeys(population, 0)
    for (home, work), commuters in flows.items():
        residents[home] += commuters
        jobs[work] += commuters
    rows = []
    for code in chosen:
        number, region = regions.get(code, ("", ""))
        rows.append(
            {
                "municipality_id": code,
                "name": lands[code]["properties"]["name"].strip(),
                "population": population[code],
                "employed_residents": residents[code],
                "jobs": jobs[code],
                "district": region if county else _county_of(lands[code])[1],
                "county": _county_of(lands[code])[0],
                "economic_region_id": number,
                "economic_region": region,
            }
        )
    return pd.DataFrame(rows)


def _neighbours(chosen: list[str], borders: list[Border]) -> pd.DataFrame:
    """Return the table of neighbours, each row with how its link was found."""
    rows = [
        {
            "a_id": chosen[border.a],
            "b_id": chosen[border.b],
            "link": str(LinkKind.LAND if border.by_land else LinkKind.FERRY),
            "seasonal": False,
            "note": _note(border),
        }
        for border in borders
    ]
    return pd.DataFrame(rows, columns=["a_id", "b_id", "link", "seasonal", "note"])


def _note(border: Border) -> str:
    """Return how a link was found, and what to check."""
    if border.joined:
        return (
            f"{JOINED}: joined as the nearest of two parts, {_distance(border.apart_m)} apart on the map; "
            "check how one gets across"
        )
    if border.by_land:
        return f"{FROM_MAP}: the lands meet; check that a road crosses"
    return (
        f"{FROM_MAP}: {_distance(border.water_m)} between the lands; "
        "check whether there is ferry, bridge, tunnel, boat or none"
    )


def _distance(metres: float) -> str:
    """Return a distance as one says it."""
    return f"{metres:.0f} m" if metres < _KM_M else f"{metres / _KM_M:.1f} km"


def _commuting(chosen: list[str], flows: Mapping[tuple[str, str], int]) -> pd.DataFrame:
    """Return the flows within the municipalities chosen; each has a row of those who work at home, even if of none."""
    inside = set(chosen)
    within = {pair: commuters for pair, commuters in flows.items() if inside.issuperset(pair)}
    within = {(code, code): 0 for code in chosen} | within
    rows = [(home, work, within[home, work]) for home, work in sorted(within)]
    return pd.DataFrame(rows, columns=["home_id", "work_id", "commuters"])


def _boundaries(chosen: list[str], lands: Mapping[str, Feature]) -> dict[str, Any]:
    """Return the outlines of land as a study has them."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "kind": "municipality",
                "municipality_id": code,
                "name": lands[code]["properties"]["name"].strip(),
                "indicative": False,
                "source": OUTLINES,
            },
            "geometry": lands[code]["geometry"],
        }
        for code in chosen
    ]
    return {"type": "FeatureCollection", "features": features}
