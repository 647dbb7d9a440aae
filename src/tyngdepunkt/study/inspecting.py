"""A folder inspected: every file read, every check run, every fault gathered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd

from tyngdepunkt.errors import Fault
from tyngdepunkt.study import checks, outlines, package, tomlfile
from tyngdepunkt.study.folder import Files, open_folder
from tyngdepunkt.study.identities import Ids, gather_ids, mend_ids, mend_references
from tyngdepunkt.study.package import Resource
from tyngdepunkt.study.tomlfile import Heading
from tyngdepunkt.tables import TABLES, Reading, read_table

__all__ = ["Inspection", "inspect_folder"]


@dataclass(frozen=True, eq=False)
class Inspection:
    """
    A folder, read and checked.

    Parameters
    ----------
    heading
        Name, title, date and settings.
    tables
        Tables that have rows, by name; to be trusted only where there is no fault.
    resources
        Where the figures come from, by name of the table; of all that are there.
    boundaries
        GeoJSON feature collection; None where there is none.
    checksums
        Name of each file without its ending to its SHA-256.
    faults
        Everything that is wrong, in order of file and row.
    remarks
        What is not wrong and should be known: files that are read and that datapackage.json does not list.
    """

    heading: Heading
    tables: Mapping[str, pd.DataFrame]
    resources: Mapping[str, Resource]
    boundaries: dict[str, Any] | None
    checksums: Mapping[str, str]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()


def inspect_folder(folder: Path) -> Inspection:
    """
    Read and check a folder.

    Parameters
    ----------
    folder
        A study's folder.

    Returns
    -------
    What it holds, and every fault.

    Raises
    ------
    SourceError
        Where there is no such folder.
    """
    files = open_folder(folder)
    faults = list(files.faults)
    heading, told = tomlfile.read_heading(files.contents.get(tomlfile.FILE, b""))
    faults += told
    stated, found = _read_package(files)
    faults += found
    readings = {
        name: read_table(files.contents[table.file], table)
        for name, table in TABLES.items()
        if table.file in files.contents
    }
    for reading in readings.values():
        faults += reading.faults
    faults += _check_rows(readings)
    filled = {name: reading for name, reading in readings.items() if _counts(reading)}
    tables, ids, found = _mend(filled)
    faults += found
    names = ids.names if ids else {}
    faults += _check_tables(filled, tables, names, heading)
    boundaries = None
    if outlines.FILE in files.contents:
        boundaries, told = outlines.read_outlines(files.contents[outlines.FILE])
        faults += told
        if boundaries is not None and names:
            faults += outlines.check_outlines(boundaries, names, parts=_parts(tables["municipalities"]))
    there = [*tables, *([package.BOUNDARIES] if boundaries is not None else [])]
    resources = {name: stated.get(name) or package.default_resource(name) for name in there}
    remarks = tuple(_remark_on_unlisted(there, stated)) if package.FILE in files.contents else ()
    return Inspection(heading, tables, resources, boundaries, files.checksums, _in_order(faults), remarks)


def _remark_on_unlisted(there: Iterable[str], stated: Mapping[str, Resource]) -> Iterator[Fault]:
    """Name files that are read and that the package, where there is one, says nothing of."""
    for name in sorted(set(there) - set(stated)):
        file = outlines.FILE if name == package.BOUNDARIES else TABLES[name].file
        problem = f"It is read, and {package.FILE} does not list it, so that nobody sees where its figures come from."
        mend = f"Add the resource {name} with path, title and sources to {package.FILE}, or delete the file."
        yield Fault(file, 0, "", problem, mend)


def _parts(municipalities: pd.DataFrame) -> frozenset[str]:
    """Return the ids of parts of municipalities."""
    return frozenset(municipalities.loc[municipalities["part_of"] != "", "municipality_id"])


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults in order of file and row, each once."""
    return tuple(sorted(set(faults), key=attrgetter("file", "row", "column", "problem", "mend")))


def _read_package(files: Files) -> tuple[dict[str, Resource], list[Fault]]:
    """Read what is stated of the files; a file that is stated and not there is a fault."""
    if package.FILE not in files.contents:
        return {}, []
    resources, paths, found = package.read_package(files.contents[package.FILE])
    faults = list(found)
    names = {path.name for path in files.folder.iterdir()}
    for name, path in paths.items():
        if path not in names and "/" not in path and "\\" not in path:
            mend = "Add the file, or take the resource out of datapackage.json."
            faults.append(
                Fault(package.FILE, 0, "path", f"The resource {name} names the file {path}, which is not there.", mend)
            )
    return resources, faults


def _counts(reading: Reading) -> bool:
    """Return whether a table is there: one that a study can be without and that has no rows counts as missing."""
    return reading.frame is not None and reading.whole and (reading.table.required or len(reading.frame) > 0)


def _check_rows(readings: Mapping[str, Reading]) -> Iterator[Fault]:
    """Find tables that a study cannot be without and that have no rows; a single municipality has no borders."""
    rows = {name: len(reading.frame) for name, reading in readings.items() if reading.frame is not None}
    for name, reading in readings.items():
        alone = name == "neighbours" and rows.get("municipalities") == 1
        if reading.table.required and rows.get(name) == 0 and not alone:
            needed = ", ".join(column.name for column in reading.table.columns if not column.blank)
            others = any(column.blank for column in reading.table.columns)
            rest = "; the other columns may stay blank or be taken out" if others else ""
            mend = f"Add one row for each {reading.table.row}: {needed}{rest}."
            yield Fault(reading.table.file, 0, "", "The table has its header and no rows yet.", mend)


def _mend(filled: Mapping[str, Reading]) -> tuple[dict[str, pd.DataFrame], Ids | None, list[Fault]]:
    """Return the tables with ids as they should be, the ids of municipalities, and every fault of an id."""
    tables = {name: reading.frame for name, reading in filled.items() if reading.frame is not None}
    faults: list[Fault] = []
    known: dict[str, Ids] = {}
    if "municipalities" in filled:
        mended, found = mend_ids(filled["municipalities"])
        faults += found
        tables["municipalities"] = tables["municipalities"].assign(municipality_id=mended)
        pairs = zip(mended, tables["municipalities"]["name"], strict=True)
        known["municipalities"] = Ids("municipalities.csv", {each: name for each, name in pairs if each})
    for name, target in (("agencies", "agency"), ("arrangements", "arrangement_id")):
        if name in filled:
            known[name] = gather_ids(filled[name], target)
    for name, reading in filled.items():
        for reference in reading.table.references:
            if reference.table in known:
                column, found = mend_references(reading, reference, known[reference.table])
                faults += found
                tables[name] = tables[name].assign(**{reference.column: column})
    return tables, known.get("municipalities"), faults


def _check_tables(
    filled: Mapping[str, Reading], tables: Mapping[str, pd.DataFrame], names: Mapping[str, str], heading: Heading
) -> Iterator[Fault]:
    """Run every check that reads more than one row."""
    for name, reading in filled.items():
        yield from checks.check_keys(reading, tables[name], names)
    for name in ("neighbours", "travel_times"):
        if name in filled:
            yield from checks.check_pairs_with_self(filled[name], tables[name], names)
    if not names:
        return
    for name in ("neighbours", "commuting"):
        if name in filled:
            yield from checks.check_coverage(filled[name], tables[name], names)
    if "commuting_other_years" in filled:
        yield from checks.check_years_complete(filled["commuting_other_years"], tables["commuting_other_years"], names)
    if "neighbours" in filled:
        seasonal = heading.settings.seasonal
        yield from checks.check_connection(filled["neighbours"], tables["neighbours"], names, seasonal=seasonal)
        if "travel_times" in filled:
            yield from checks.check_times_of_links(
                tables["neighbours"], filled["travel_times"], tables["travel_times"], names
            )
    if "reference_plans" in filled:
        yield from checks.check_plans_complete(
            filled["reference_plans"], tables["reference_plans"], names, parts=_parts(tables["municipalities"])
        )
    if "municipalities" in filled:
        yield from checks.check_parts(filled["municipalities"], tables["municipalities"], names)
    if "positions" in filled:
        yield from checks.check_positions(filled["positions"], tables["positions"], names)
    functions = frozenset(tables["functions"]["function"]) if "functions" in tables else None
    yield from checks.check_settings(heading, names, functions)
