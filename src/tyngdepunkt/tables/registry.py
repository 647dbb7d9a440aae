"""Every table of a study: its schema, its key, and which of its columns point to other tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

import pandera.pandas as pa

from tyngdepunkt.tables.columns import Column, Schema, columns_of
from tyngdepunkt.tables.cooperation import (
    ArrangementControls,
    Arrangements,
    CapacityNorms,
    ControlFigures,
    Participants,
    ReferenceStaffing,
    Staffing,
    TaskNeeds,
    TaskParticipation,
)
from tyngdepunkt.tables.state import Agencies, Divisions, ReferencePlans
from tyngdepunkt.tables.territory import (
    Commuting,
    CommutingOtherYears,
    Functions,
    Municipalities,
    Neighbours,
    TravelTimes,
)
from tyngdepunkt.tables.wishes import Overrides, Positions

__all__ = ["TABLES", "Reference", "Table"]


@dataclass(frozen=True)
class Reference:
    """
    A column whose cells are ids of another table.

    Parameters
    ----------
    column
        The column that points.
    table, target
        The table and the column that it points to.
    several
        Whether a cell may hold several ids, with ``|`` between them.
    """

    column: str
    table: str
    target: str
    several: bool = False


@dataclass(frozen=True)
class Table:
    """
    One table of a study.

    Parameters
    ----------
    name
        Name of the table; its file is ``name.csv``.
    schema
        What its columns are, checked by pandera.
    title
        What it holds, for readers.
    row
        What one row is (``"municipality"``).
    key
        Columns that no two rows share.
    references
        Columns that point to other tables.
    required
        Whether a study cannot be without it.
    unordered
        Whether the key is a pair that is the same both ways.
    """

    name: str
    schema: type[Schema]
    title: str
    row: str
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    required: bool = False
    unordered: bool = False

    @property
    def file(self) -> str:
        """Name of the file in the study's folder."""
        return f"{self.name}.csv"

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Columns, in the order of the file."""
        return columns_of(self.schema)

    def rules(self, columns: frozenset[str]) -> pa.DataFrameSchema:
        """Return the schema as pandera checks it, for some of the columns."""
        return _rules(self.schema, columns)

    @property
    def header(self) -> str:
        """The file's first line, every column in order."""
        return ",".join(column.name for column in self.columns)

    @property
    def about(self) -> str:
        """What the table holds, as its schema says."""
        lines = (self.schema.__doc__ or "").split("\n")
        return " ".join(line.strip() for line in lines if line.strip())

    def column(self, name: str) -> Column:
        """Return the column of that name; `KeyError` where there is none."""
        for each in self.columns:
            if each.name == name:
                return each
        raise KeyError(name)


@cache
def _rules(schema: type[Schema], columns: frozenset[str]) -> pa.DataFrameSchema:
    """Return a schema for some of its columns; pandera takes its time to make one."""
    whole = schema.to_schema()
    return pa.DataFrameSchema({name: whole.columns[name] for name in whole.columns if name in columns}, strict=True)


def _municipality(*columns: str) -> tuple[Reference, ...]:
    """Return references to municipalities."""
    return tuple(Reference(column, "municipalities", "municipality_id") for column in columns)


_ALL = (
    Table(
        name="municipalities",
        schema=Municipalities,
        title="Municipalities",
        row="municipality",
        key=("municipality_id",),
        references=_municipality("part_of"),
        required=True,
    ),
    Table(
        name="neighbours",
        schema=Neighbours,
        title="Neighbours and the links between them",
        row="border",
        key=("a_id", "b_id"),
        references=_municipality("a_id", "b_id"),
        required=True,
        unordered=True,
    ),
    Table(
        name="commuting",
        schema=Commuting,
        title="Commuting",
        row="flow",
        key=("home_id", "work_id"),
        references=_municipality("home_id", "work_id"),
        required=True,
    ),
    Table(
        name="commuting_other_years",
        schema=CommutingOtherYears,
        title="Commuting in other years",
        row="flow in a year",
        key=("year", "home_id", "work_id"),
        references=_municipality("home_id", "work_id"),
    ),
    Table(
        name="travel_times",
        schema=TravelTimes,
        title="Travel times",
        row="stretch",
        key=("from_id", "to_id"),
        references=_municipality("from_id", "to_id"),
    ),
    Table(
        name="functions",
        schema=Functions,
        title="Functions of centres of gravity",
        row="institution",
        key=("municipality_id", "function", "name"),
        references=_municipality("municipality_id"),
    ),
    Table(
        name="agencies",
        schema=Agencies,
        title="State agencies",
        row="division of an agency",
        key=("agency",),
    ),
    Table(
        name="divisions",
        schema=Divisions,
        title="The agencies' areas",
        row="municipality of an agency's area",
        key=("agency", "municipality_id"),
        references=(*_municipality("municipality_id"), Reference("agency", "agencies", "agency")),
    ),
    Table(
        name="reference_plans",
        schema=ReferencePlans,
        title="Plans of others",
        row="municipality of a plan",
        key=("plan", "municipality_id"),
        references=_municipality("municipality_id"),
    ),
    Table(
        name="positions",
        schema=Positions,
        title="Recorded positions",
        row="position",
        key=("municipality_id", "position", "other_id"),
        references=_municipality("municipality_id", "other_id"),
    ),
    Table(
        name="overrides",
        schema=Overrides,
        title="Floors lifted with a reason",
        row="municipality and layer",
        key=("municipality_id", "layer"),
        references=_municipality("municipality_id"),
    ),
    Table(
        name="arrangements",
        schema=Arrangements,
        title="Arrangements of cooperation",
        row="arrangement in a year",
        key=("arrangement_id",),
        references=(
            *_municipality("host_id"),
            Reference("replaces", "arrangements", "arrangement_id", several=True),
            Reference("later_id", "arrangements", "arrangement_id"),
        ),
    ),
    Table(
        name="participants",
        schema=Participants,
        title="Participants of the arrangements",
        row="participant of an arrangement",
        key=("arrangement_id", "municipality_id"),
        references=(*_municipality("municipality_id"), Reference("arrangement_id", "arrangements", "arrangement_id")),
    ),
    Table(
        name="arrangement_controls",
        schema=ArrangementControls,
        title="Arrangements by another's count",
        row="count for a municipality",
        key=("municipality_id", "year", "level"),
        references=_municipality("municipality_id"),
    ),
    Table(
        name="task_participation",
        schema=TaskParticipation,
        title="Cooperation task by task, by another's count",
        row="task in a year",
        key=("task", "year"),
    ),
    Table(
        name="task_needs",
        schema=TaskNeeds,
        title="What tasks need of a legal form",
        row="service area",
        key=("service_area",),
    ),
    Table(
        name="staffing",
        schema=Staffing,
        title="Staff of services",
        row="service of a municipality in a year",
        key=("municipality_id", "service", "measure", "year", "arrangement_id"),
        references=(*_municipality("municipality_id"), Reference("arrangement_id", "arrangements", "arrangement_id")),
    ),
    Table(
        name="capacity_norms",
        schema=CapacityNorms,
        title="Norms for the staff of services",
        row="norm",
        key=("service", "measure", "source"),
    ),
    Table(
        name="reference_staffing",
        schema=ReferenceStaffing,
        title="Staff of services elsewhere",
        row="arrangement in a year",
        key=("area", "arrangement", "measure", "year"),
    ),
    Table(
        name="control_figures",
        schema=ControlFigures,
        title="Printed figures to check against",
        row="printed figure",
        key=("about", "subject", "municipality_id", "quantity"),
        references=_municipality("municipality_id"),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
