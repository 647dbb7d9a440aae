"""The tables of the database that hold the register; a reader with plain SQL finds the columns of the study's own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text

from tyngdepunkt.store.database import METADATA
from tyngdepunkt.store.entries import ARRANGEMENTS
from tyngdepunkt.tables import Kind

__all__ = ["ANSWERS", "CHANGES", "PARTICIPATIONS", "REGISTERS", "ROWS"]

_TYPES: dict[Kind, Any] = {Kind.TEXT: Text, Kind.WHOLE: Integer, Kind.NUMBER: Float, Kind.YES_NO: Boolean}

REGISTERS = Table(
    "register",
    METADATA,
    Column("study", String(200), primary_key=True),
    Column("seeded", String(40), nullable=False),
)
"""Each study whose register has begun."""
ROWS = Table(
    "register_arrangement",
    METADATA,
    Column("study", String(200), primary_key=True),
    *(
        Column(column.name, String(200), primary_key=True)
        if column.name == "arrangement_id"
        else Column(column.name, _TYPES[column.kind])
        for column in ARRANGEMENTS.columns
    ),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
)
"""The arrangements as they stand."""
PARTICIPATIONS = Table(
    "register_participant",
    METADATA,
    Column("study", String(200), primary_key=True),
    Column("arrangement_id", String(200), primary_key=True),
    Column("municipality_id", String(20), primary_key=True),
    Column("basis", String(40), nullable=False),
)
"""Who takes part in them."""
CHANGES = Table(
    "register_change",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("study", String(200), nullable=False),
    Column("batch", Integer, nullable=False),
    Column("moment", String(40), nullable=False),
    Column("who", String(200), nullable=False),
    Column("act", String(20), nullable=False),
    Column("arrangement_id", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("undoes", Integer),
    Index("register_change_of", "study", "arrangement_id"),
)
"""Every change ever made."""
ANSWERS = Table(
    "register_answer",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("study", String(200), nullable=False),
    Column("members", Text, nullable=False),
    Column("inquiry", String(40), nullable=False),
    Column("standing", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("who", String(200), nullable=False),
    Column("moment", String(40), nullable=False),
)
"""What cooperations answered."""
