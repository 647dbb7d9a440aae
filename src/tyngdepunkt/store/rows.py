"""The arrangements of one study in the database: read, inserted, updated and deleted, each as it was last seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from tyngdepunkt.store.entries import ARRANGEMENTS, Entry
from tyngdepunkt.store.schema import PARTICIPATIONS, ROWS
from tyngdepunkt.tables import Kind

__all__ = [
    "Kept",
    "delete_row",
    "find_pointers",
    "insert_rows",
    "position_of",
    "read_ids",
    "read_rows",
    "update_row",
]


@dataclass(frozen=True)
class Kept:
    """
    An arrangement as it stands in the store.

    Parameters
    ----------
    entry
        The row, and who takes part.
    version
        Grows by one with every change.
    """

    entry: Entry
    version: int


def read_rows(connection: Connection, study: str, arrangement: str | None = None) -> dict[str, Kept]:
    """
    Read arrangements.

    Parameters
    ----------
    connection
        To the database.
    study
        Whose.
    arrangement
        Id of the only one to read; None for all.

    Returns
    -------
    Id to arrangement, in the order in which they were added.
    """
    rows = select(ROWS).where(ROWS.c.study == study).order_by(ROWS.c.position)
    parts = select(PARTICIPATIONS).where(PARTICIPATIONS.c.study == study)
    if arrangement is not None:
        rows = rows.where(ROWS.c.arrangement_id == arrangement)
        parts = parts.where(PARTICIPATIONS.c.arrangement_id == arrangement)
    members: dict[str, dict[str, str]] = {}
    for row in connection.execute(parts).mappings():
        members.setdefault(row["arrangement_id"], {})[row["municipality_id"]] = row["basis"]
    return {
        row["arrangement_id"]: Kept(_form_entry(row, members.get(row["arrangement_id"], {})), row["version"])
        for row in connection.execute(rows).mappings()
    }


def read_ids(connection: Connection, study: str) -> frozenset[str]:
    """Return the ids of a study's arrangements."""
    return frozenset(connection.execute(select(ROWS.c.arrangement_id).where(ROWS.c.study == study)).scalars())


def find_pointers(connection: Connection, study: str, targets: Collection[str]) -> dict[str, tuple[str, ...]]:
    """
    Find the rows that name others as earlier or later ones of the same.

    Parameters
    ----------
    connection
        To the database.
    study
        Whose.
    targets
        Ids that may be pointed to.

    Returns
    -------
    Each target that is pointed to, to the ids of the rows that do so, in their order.
    """
    query = (
        select(ROWS.c.arrangement_id, ROWS.c.replaces, ROWS.c.later_id)
        .where(ROWS.c.study == study)
        .order_by(ROWS.c.position)
    )
    found: dict[str, list[str]] = {}
    for row in connection.execute(query):
        named = {each.strip() for each in f"{row.replaces or ''}|{row.later_id or ''}".split("|")}
        for target in sorted(named & set(targets)):
            found.setdefault(target, []).append(row.arrangement_id)
    return {target: tuple(ids) for target, ids in found.items()}


def insert_rows(
    connection: Connection, study: str, entries: Iterable[Entry], *, version: int, position: int | None
) -> None:
    """
    Insert arrangements that are new.

    Parameters
    ----------
    connection
        To the database.
    study
        Whose.
    entries
        The arrangements.
    version
        That they begin with.
    position
        Place of the first in the order of the register; None for behind the last.
    """
    if position is None:
        last = select(func.max(ROWS.c.position)).where(ROWS.c.study == study)
        position = (connection.execute(last).scalar() or 0) + 1
    rows, parts = [], []
    for number, entry in enumerate(entries):
        rows.append({**entry.cells, "study": study, "version": version, "position": position + number})
        parts += _parts(study, entry)
    connection.execute(insert(ROWS), rows)
    if parts:
        connection.execute(insert(PARTICIPATIONS), parts)


def update_row(connection: Connection, study: str, entry: Entry, *, version: int) -> bool:
    """Update an arrangement that stands in a version, to the next one; return whether it did."""
    at = (ROWS.c.study == study, ROWS.c.arrangement_id == entry.id, ROWS.c.version == version)
    if connection.execute(update(ROWS).where(*at).values(**entry.cells, version=version + 1)).rowcount != 1:
        return False
    _drop_parts(connection, study, entry.id)
    if parts := _parts(study, entry):
        connection.execute(insert(PARTICIPATIONS), parts)
    return True


def delete_row(connection: Connection, study: str, arrangement: str, *, version: int) -> bool:
    """Delete an arrangement that stands in a version; return whether it did."""
    _drop_parts(connection, study, arrangement)
    at = (ROWS.c.study == study, ROWS.c.arrangement_id == arrangement, ROWS.c.version == version)
    return connection.execute(delete(ROWS).where(*at)).rowcount == 1


def position_of(connection: Connection, study: str, arrangement: str) -> int:
    """Return the place of an arrangement that is there in the order of the register."""
    query = select(ROWS.c.position).where(ROWS.c.study == study, ROWS.c.arrangement_id == arrangement)
    return int(connection.execute(query).scalar_one())


def _form_entry(row: RowMapping, participants: Mapping[str, str]) -> Entry:
    """Form an entry of a row of the database."""
    cells = {
        column.name: "" if column.kind is Kind.TEXT and row[column.name] is None else row[column.name]
        for column in ARRANGEMENTS.columns
    }
    return Entry(cells, dict(sorted(participants.items())))


def _parts(study: str, entry: Entry) -> list[dict[str, str]]:
    """Return the rows of who takes part."""
    return [
        {"study": study, "arrangement_id": entry.id, "municipality_id": each, "basis": basis}
        for each, basis in entry.participants.items()
    ]


def _drop_parts(connection: Connection, study: str, arrangement: str) -> None:
    """Delete who takes part."""
    connection.execute(
        delete(PARTICIPATIONS).where(PARTICIPATIONS.c.study == study, PARTICIPATIONS.c.arrangement_id == arrangement)
    )
