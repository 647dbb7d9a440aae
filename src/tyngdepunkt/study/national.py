"""A study of a whole country, or of one county of it, out of a folder of national tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tyngdepunkt.model import LinkKind, Progress, silent
from tyngdepunkt.sources import NationalTables, read_national_tables
from tyngdepunkt.sources.adjacency import NEAR_M
from tyngdepunkt.sources.national import FROM_MAP, JOINED, OUTLINES
from tyngdepunkt.study.package import BOUNDARIES, Resource, default_resource
from tyngdepunkt.study.saving import save_study
from tyngdepunkt.study.settings import Settings
from tyngdepunkt.study.study import Study

__all__ = ["count_links_from_map", "new_study_from_tables"]

_COUNTRY = "Norway"
_LICENCE = "CC BY 4.0"


def new_study_from_tables(
    path: str | Path, folder: str | Path, *, year: int, county: str | None = None, progress: Progress = silent
) -> Path:
    """
    Make a study out of a folder of national tables.

    Population, commuting and economic regions are the tables' own; commuting of other years comes along where the
    folder has it for the same municipalities. Who is whose neighbour, and the kind of each link,
    are read off the outlines, and marked so; there are no travel times, functions, areas or centres.

    Parameters
    ----------
    path
        The study's folder; it does not exist, or is empty.
    folder
        Folder of the tables, laid out as `tyngdepunkt.sources.shelf` says.
    year
        Year of the figures.
    county
        Code of the county (``"15"``) whose municipalities alone are wanted; None for the whole country.
    progress
        Told of each step.

    Returns
    -------
    The study's folder. The study hangs together and has no faults.

    Raises
    ------
    SourceError
        Where the tables' folder lacks a file or a file is not as it should be, or the study cannot be written.
    QuestionError
        Where there is no such year or county, with those there are.
    """
    found = read_national_tables(folder, year=year, county=county, progress=progress)
    count = len(found.tables["municipalities"])
    study = Study(
        folder=Path(path),
        name=Path(path).resolve().name or "study",
        title=f"{found.place or _COUNTRY}, {count} {'municipality' if count == 1 else 'municipalities'}, {year}",
        date=dt.date(year, 1, 1),
        settings=Settings(),
        tables=found.tables,
        resources={resource.name: resource for resource in _resources(found)},
        boundaries=found.boundaries,
    )
    return save_study(study, path)


def count_links_from_map(study: Study) -> int:
    """
    Count the neighbours whose link is read off the map and stated by nobody.

    Parameters
    ----------
    study
        Any study.

    Returns
    -------
    Rows of the table ``neighbours`` whose note still says so.
    """
    neighbours = study.tables["neighbours"]
    if "note" not in neighbours:
        return 0
    notes = neighbours["note"].fillna("").astype(str)
    return int(notes.str.startswith((FROM_MAP, JOINED)).sum())


def _resources(found: NationalTables) -> tuple[Resource, ...]:
    """Return where the figures of each file come from, and what to know before using them."""
    year = found.year
    flows = f"Statistics Norway, table 03321, 4th quarter {year}"
    inhabitants = f"Statistics Norway, table 07459, 1 January {year}"
    regions = "Statistics Norway, standard for economic regions (Klass 108)"
    outlines = f"{OUTLINES}, division of {found.division}"
    others = found.other_years
    within = f" Flows to and from the rest of {_COUNTRY} are left out." if found.county else ""
    return (
        _resource(
            "municipalities",
            sources=(inhabitants, flows, regions, outlines),
            year=str(year),
            columns={
                "name": outlines,
                "population": inhabitants,
                "employed_residents": f"sum of the municipality's row in {flows}",
                "jobs": f"sum of the municipality's column in {flows}",
                "district": regions if found.county else f"the county, by {outlines}",
                "county": f"number of the county, by {outlines}",
                "economic_region_id": regions,
                "economic_region": regions,
            },
            description="Areas are unknown: the outlines are too generalised to measure them. So are administrative "
            f"centres and their places. Employed residents and jobs are summed over all of {_COUNTRY}.",
        ),
        _resource(
            "neighbours",
            sources=(f"worked out of {outlines}",),
            year=str(found.division),
            columns={
                "link": f"taken from the map, not stated by anyone: {LinkKind.LAND} where the land outlines come "
                f"within {NEAR_M:.0f} m of each other, {LinkKind.FERRY} otherwise",
                "seasonal": "unknown, written as 0 throughout",
                "note": "how the row was found",
            },
            description=_of_neighbours(found),
        ),
        _resource(
            "commuting",
            sources=(flows,),
            year=str(year),
            description="Employed persons by municipality of residence and of work; pairs without a row have none."
            + within,
        ),
        *(
            [
                _resource(
                    "commuting_other_years",
                    sources=tuple(f"Statistics Norway, table 03321, 4th quarter {each}" for each in others),
                    year=", ".join(map(str, others)),
                    description="Employed persons by municipality of residence and of work, in other years with the "
                    "same municipalities; pairs without a row have none." + within,
                )
            ]
            if others
            else []
        ),
        _resource(
            BOUNDARIES,
            sources=(outlines,),
            year=str(found.division),
            description="Land without sea. The coast is generalised: municipalities of islands are drawn up to 43 % "
            "too small. For maps, not for measuring.",
        ),
    )


def _of_neighbours(found: NationalTables) -> str:
    """Return how the table of neighbours came to be."""
    table = found.tables["neighbours"]
    joined = int(table["note"].str.startswith(JOINED).sum())
    by_land = int((table["link"] == LinkKind.LAND).sum())
    return (
        f"{len(table) - joined} pairs whose outlines, sea included, meet when each is widened by {NEAR_M:.0f} m "
        f"(EPSG:25833), and {joined} that join a part which nothing joins to the rest, at its nearest point. {by_land} "
        f"count as land, {len(table) - by_land} as ferry. No source states how one crosses: where the map says ferry "
        "there may be a bridge, a tunnel, a boat or nothing, and where it says land there may be no road. "
        "Check the rows that a plan rests on."
    )


def _resource(
    name: str, *, sources: tuple[str, ...], year: str, description: str, columns: dict[str, str] | None = None
) -> Resource:
    """Return a resource under the licence of all these figures."""
    title = default_resource(name).title
    return Resource(name, title, sources, _LICENCE, year, columns or {}, description)
