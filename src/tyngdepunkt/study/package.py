"""
``datapackage.json``: what each file of a study holds and where its figures come from.

The folder is a Frictionless data package: the schemas are written out of ours, so that other programs can read and
check the files too; titles, licences, years and sources are the study's own and are read back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tyngdepunkt.errors import Fault
from tyngdepunkt.tables import TABLES, Column, Kind, Table
from tyngdepunkt.tables.decoding import decode
from tyngdepunkt.tables.quoting import quote

__all__ = ["BOUNDARIES", "FILE", "NOT_STATED", "Resource", "default_resource", "read_package", "write_package"]

FILE = "datapackage.json"
BOUNDARIES = "boundaries"
NOT_STATED = "not stated"
_LETTERS = str.maketrans("øåöä", "oaoa", "") | {ord("æ"): "ae"}
_TYPES = {Kind.TEXT: "string", Kind.WHOLE: "integer", Kind.NUMBER: "number", Kind.YES_NO: "boolean"}


@dataclass(frozen=True)
class Resource:
    """
    One file of a study, and where its figures come from.

    Parameters
    ----------
    name
        Name of the table, or ``"boundaries"``.
    title
        Title for readers.
    sources
        Where its figures come from, the main source first.
    licence
        On what terms they may be used (``"CC BY 4.0"``).
    year
        Year or years that it describes (``"2017"``, ``"2013-2018"``); empty where not stated.
    columns
        Column to its own source, where that is stated.
    description
        What one should know before using it.
    """

    name: str
    title: str
    sources: tuple[str, ...] = (NOT_STATED,)
    licence: str = NOT_STATED
    year: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    description: str = ""

    def source_of(self, column: str) -> str:
        """Return the source of a column: its own where stated, else those of the file."""
        return self.columns.get(column) or "; ".join(self.sources)


def default_resource(name: str) -> Resource:
    """Return a resource of which nothing is stated."""
    return Resource(name, TABLES[name].title if name in TABLES else "Outlines of the municipalities")


def read_package(content: bytes) -> tuple[dict[str, Resource], dict[str, str], tuple[Fault, ...]]:
    """
    Read ``datapackage.json``.

    Parameters
    ----------
    content
        The file.

    Returns
    -------
    resources
        By name; only of tables that a study has, and its boundaries.
    paths
        Name of every resource to its file, as the package has it.
    faults
        Everything wrong; what is wrong counts as not stated.
    """
    decoded = decode(content, FILE)
    faults = list(decoded.faults)
    if decoded.text is None:
        return {}, {}, tuple(faults)
    try:
        said = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        mend = "Restore the file from a copy, or delete it: a study may be without."
        return {}, {}, (*faults, Fault(FILE, row, "", "The file is not JSON from here on.", mend))
    reader = _Reader(faults)
    resources, paths = {}, {}
    for place, entry in reader.entries(said, "resources", "the package"):
        name = reader.text(entry, "name", f"resource {place + 1}")
        path = reader.text(entry, "path", f"resource {name or place + 1}")
        if name and path:
            paths[name] = path
        if name in TABLES or name == BOUNDARIES:
            resources[name] = reader.resource(entry, name)
    return resources, paths, tuple(faults)


class _Reader:
    """Reads what a package says and gathers what is not as it should be."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults

    def entries(self, within: object, key: str, of: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Give the objects of a list; a list that is absent is empty."""
        if not isinstance(within, dict):
            self._complain("", f"{of[:1].upper()}{of[1:]} is no object.", "Write it in braces, { }.")
            return
        listed = within.get(key, [])
        if not isinstance(listed, list):
            self._complain(key, f"{key} of {of} is no list.", "Write it in brackets, [ ].")
            return
        for place, entry in enumerate(listed):
            if isinstance(entry, dict):
                yield place, entry
            else:
                self._complain(key, f"Entry {place + 1} of {key} of {of} is no object.", "Write it in braces, { }.")

    def text(self, within: Mapping[str, Any], key: str, of: str) -> str:
        """Return a text or a number as text, empty where absent."""
        value = within.get(key)
        if isinstance(value, str):
            return value.strip()
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6:  # noqa: PLR2004 - a year
            return str(value)
        self._complain(key, f"{key} of {of} is not text.", "Write it in quotation marks.")
        return ""

    def resource(self, entry: dict[str, Any], name: str) -> Resource:
        """Return what a package says of a file."""
        plain = default_resource(name)
        sources = [self.text(each, "title", f"a source of {name}") for _, each in self.entries(entry, "sources", name)]
        licences = [
            self.text(each, "title", f"a licence of {name}") or self.text(each, "name", f"a licence of {name}")
            for _, each in self.entries(entry, "licenses", name)
        ]
        fields = entry.get("schema") if name in TABLES else {}
        columns = {}
        for place, each in self.entries({} if fields is None else fields, "fields", name):
            column = self.text(each, "name", f"field {place + 1} of {name}")
            columns[column] = self.text(each, "source", f"{column} of {name}")
        return Resource(
            name=name,
            title=self.text(entry, "title", name) or plain.title,
            sources=tuple(source for source in sources if source) or plain.sources,
            licence="; ".join(licence for licence in licences if licence) or plain.licence,
            year=self.text(entry, "year", name),
            columns={column: source for column, source in columns.items() if column and source},
            description=self.text(entry, "description", name),
        )

    def _complain(self, column: str, problem: str, mend: str) -> None:
        self.faults.append(Fault(FILE, 0, column, quote(problem)[1:-1] if len(problem) > 200 else problem, mend))  # noqa: PLR2004


def write_package(name: str, title: str, resources: Iterable[Resource], present: Mapping[str, Iterable[str]]) -> str:
    """
    Write ``datapackage.json``.

    Parameters
    ----------
    name, title
        Of the study.
    resources
        What is known of each file.
    present
        Name of each file that is there to the columns that it has; none for the boundaries.

    Returns
    -------
    The file's text.
    """
    known = {resource.name: resource for resource in resources}
    entries = [
        _entry(known.get(each) or default_resource(each), present) for each in (*TABLES, BOUNDARIES) if each in present
    ]
    said = {"name": _slug(name), "title": title, "profile": "data-package", "resources": entries}
    return json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _entry(resource: Resource, present: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Return a resource as the package writes it."""
    if resource.name == BOUNDARIES:
        form = {"path": "boundaries.geojson", "format": "geojson", "mediatype": "application/geo+json"}
    else:
        form = {
            "path": TABLES[resource.name].file,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
        }
    entry: dict[str, Any] = {"name": resource.name, **form, "encoding": "utf-8", "title": resource.title}
    if resource.description:
        entry["description"] = resource.description
    if resource.licence != NOT_STATED:
        entry["licenses"] = [{"name": _slug(resource.licence, upper=True), "title": resource.licence}]
    entry["sources"] = [{"title": source} for source in resource.sources]
    if resource.year:
        entry["year"] = resource.year
    if resource.name in TABLES:
        entry["schema"] = _schema(TABLES[resource.name], resource, present)
    return entry


def _schema(table: Table, resource: Resource, present: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Return a table's schema as a Frictionless table schema."""
    names = set(present[table.name])
    schema: dict[str, Any] = {
        "fields": [_field(column, resource) for column in table.columns if column.name in names],
        "missingValues": [""],
        "primaryKey": [name for name in table.key if name in names],
    }
    keys = [
        {
            "fields": [each.column],
            "reference": {"resource": "" if each.table == table.name else each.table, "fields": [each.target]},
        }
        for each in table.references
        if each.column in names and each.table in present and not each.several
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(column: Column, resource: Resource) -> dict[str, Any]:
    """Return a column as a Frictionless field, with its unit and source."""
    told: dict[str, Any] = {"name": column.name, "type": _TYPES[column.kind], "title": column.name.replace("_", " ")}
    told["description"] = column.meaning
    if column.unit:
        told["unit"] = column.unit
    told["source"] = resource.columns.get(column.name) or (resource.sources[0] if resource.sources else NOT_STATED)
    if column.kind is Kind.YES_NO:
        told |= {"trueValues": ["1"], "falseValues": ["0"]}
    limits = {
        "required": not column.blank or None,
        "minimum": column.least,
        "maximum": column.most,
        "enum": list(column.allowed) or None,
    }
    if constraints := {key: value for key, value in limits.items() if value is not None}:
        told["constraints"] = constraints
    return told


def _slug(text: str, *, upper: bool = False) -> str:
    """Return a text of letters without accents, digits, full stops, hyphens and underscores."""
    plain = text.casefold().translate(_LETTERS)
    slug = re.sub(r"[^a-z0-9._-]+", "-", plain).strip("-") or "study"
    return slug.upper() if upper else slug
