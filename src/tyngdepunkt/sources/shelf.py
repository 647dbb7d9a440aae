"""
The folder that holds a country's tables: which years it has, and each of its files as values.

It holds, for some years::

    commuting_YYYY.csv.gz              home_code, work_code, commuters
    population.csv                     code, year, population
    economic_regions.csv               year, code, name, region_code, region_name
    boundaries_YYYY_territory.geojson  code, name, county_code, county_name; outlines with sea
    boundaries_YYYY_land.geojson       the same without

Outlines are of the year of a division and hold for every year that has the same municipalities.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.sources.reading import read_features, read_rows, whole
from tyngdepunkt.tables.quoting import join_words

__all__ = ["POPULATION", "Feature", "Shelf", "open_shelf"]

Feature = Mapping[str, Any]
"""A municipality's outline as GeoJSON has it, with ``code`` and ``name`` among its properties."""

POPULATION, _REGIONS = "population.csv", "economic_regions.csv"
_LAYOUT = (
    f"commuting_YYYY.csv.gz, {POPULATION}, {_REGIONS}, boundaries_YYYY_territory.geojson, boundaries_YYYY_land.geojson"
)


@dataclass(frozen=True)
class Shelf:
    """
    The folder.

    Parameters
    ----------
    folder
        Where it lies.
    flow_years, map_years
        Years with commuting, and with both kinds of outlines.
    """

    folder: Path
    flow_years: tuple[int, ...]
    map_years: tuple[int, ...]

    def commuting(self, year: int) -> Path:
        """Return the file of a year's commuting."""
        return self.folder / f"commuting_{year}.csv.gz"

    def map(self, division: int, kind: str) -> Path:
        """Return the file of a division's outlines, of land or territory."""
        return self.folder / f"boundaries_{division}_{kind}.geojson"

    def population(self, year: int) -> dict[str, int]:
        """Return code to inhabitants on 1 January [persons]; refuse a year that is not there."""
        everything = self._populations()
        if year in self.flow_years and year in everything:
            return everything[year]
        lacking = [
            *([] if year in self.flow_years else [f"no {self.commuting(year).name}"]),
            *([] if year in everything else [f"no row for {year} in {POPULATION}"]),
        ]
        raise QuestionError(f"There is {' and '.join(lacking)} in {self.folder}: give {self._years_to_give()}.")

    def years_alike(self, year: int, codes: Collection[str]) -> tuple[int, ...]:
        """
        Return the other years with commuting whose municipalities are those of a year, in order.

        Where the codes are of some counties only, these counties must have the same municipalities; a county is known
        by the first two figures of a code.
        """
        counties = {code[:2] for code in codes}
        everything = self._populations()
        return tuple(
            each
            for each in self.flow_years
            if each != year and {code for code in everything.get(each, ()) if code[:2] in counties} == set(codes)
        )

    def division(self, year: int, population: Mapping[str, int]) -> int:
        """Return the division nearest in time whose outlines are of a year's municipalities; refuse where none is."""
        for each in sorted(self.map_years, key=lambda division: (abs(division - year), division)):
            if set(self.outlines(each, "land")) == set(population):
                return each
        raise QuestionError(
            f"The {len(population)} municipalities of {year} are not those of any outlines in {self.folder} "
            f"({join_words(str(each) for each in self.map_years)}): give {self._years_to_give()}."
        )

    def flows(self, year: int) -> dict[tuple[str, str], int]:
        """Return home and work to commuters [persons]."""
        path = self.commuting(year)
        flows: dict[tuple[str, str], int] = {}
        for line, (home, work, commuters) in read_rows(path, ("home_code", "work_code", "commuters")):
            if (home, work) in flows:
                raise SourceError(f"{path.name}, line {line}: {home} to {work} is there already.")
            flows[home, work] = whole(commuters, path, line)
        return flows

    def regions(self, year: int, known: set[str]) -> dict[str, tuple[str, str]]:
        """Return code to number and name of its economic region, by the nearest year of the same municipalities."""
        years: dict[int, dict[str, tuple[str, str]]] = {}
        path = self.folder / _REGIONS
        for line, (of, code, number, name) in read_rows(path, ("year", "code", "region_code", "region_name")):
            years.setdefault(whole(of, path, line), {})[code] = (number, name)
        fitting = [each for each, codes in years.items() if set(codes) == known]
        return years[min(fitting, key=lambda each: (abs(each - year), each))] if fitting else {}

    def outlines(self, division: int, kind: str) -> dict[str, Feature]:
        """Return code to feature."""
        path = self.map(division, kind)
        found: dict[str, Feature] = {}
        for feature in read_features(path):
            code, name = feature["properties"].get("code"), feature["properties"].get("name")
            if not isinstance(code, str) or not isinstance(name, str) or not code or not name:
                raise SourceError(f"{path.name} has a feature without code and name, as texts.")
            if code in found:
                raise SourceError(f"{path.name} has municipality {code} twice.")
            found[code] = feature
        return found

    def _populations(self) -> dict[int, dict[str, int]]:
        """Return year to code to inhabitants."""
        path = self.folder / POPULATION
        years: dict[int, dict[str, int]] = {}
        for line, (code, of, persons) in read_rows(path, ("code", "year", "population")):
            counted = years.setdefault(whole(of, path, line), {})
            if code in counted:
                raise SourceError(f"{path.name}, line {line}: {code} in {of} is there already.")
            counted[code] = whole(persons, path, line)
        return years

    def _years_to_give(self) -> str:
        """Return the years that a study can be made of, in words."""
        everything = self._populations()
        maps = [set(self.outlines(each, "land")) for each in self.map_years]
        fit = [str(year) for year in self.flow_years if year in everything and set(everything[year]) in maps]
        return join_words(fit, last="or") if fit else "another folder, for this one has no whole year"


def open_shelf(folder: Path) -> Shelf:
    """
    Look into a folder.

    Parameters
    ----------
    folder
        The folder.

    Returns
    -------
    What it holds; files are read when asked for.

    Raises
    ------
    SourceError
        Where it cannot be opened or lacks a file, with all that it lacks.
    """
    try:
        names = {path.name for path in folder.iterdir()}
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise SourceError(f"{str(folder)!r} cannot be opened ({why}): give a folder that holds {_LAYOUT}.") from error
    flow_years = _years(names, r"commuting_(\d{4})\.csv\.gz")
    with_sea, without = (_years(names, rf"boundaries_(\d{{4}})_{kind}\.geojson") for kind in ("territory", "land"))
    lacking = [name for name in (POPULATION, _REGIONS) if name not in names]
    lacking += [] if flow_years else ["commuting_YYYY.csv.gz of some year"]
    lacking += [f"boundaries_{year}_territory.geojson" for year in without if year not in with_sea]
    lacking += [f"boundaries_{year}_land.geojson" for year in with_sea if year not in without]
    lacking += [] if with_sea or without else ["boundaries_YYYY_territory.geojson and _land.geojson of some year"]
    if lacking:
        raise SourceError(f"{folder} lacks {join_words(lacking)}: give a folder that holds {_LAYOUT}.")
    return Shelf(folder, flow_years, with_sea)


def _years(names: set[str], pattern: str) -> tuple[int, ...]:
    """Return the years in the names that fit a pattern, in order."""
    return tuple(sorted(int(found[1]) for name in names if (found := re.fullmatch(pattern, name))))
