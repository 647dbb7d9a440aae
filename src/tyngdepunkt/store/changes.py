"""The history of the register: every change with who, when, before and after, as the database keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from tyngdepunkt.store.entries import Difference, Entry
from tyngdepunkt.store.schema import CHANGES

__all__ = [
    "Change",
    "ChangeKind",
    "Log",
    "Written",
    "count_batches",
    "find_since",
    "last_place",
    "list_changes",
    "now",
    "past_ids",
    "read_batch",
    "read_changes",
]


class ChangeKind(StrEnum):
    """What was done."""

    ADD = "add"
    CHANGE = "change"
    END = "end"
    REMOVE = "remove"
    UNDO = "undo"


@dataclass(frozen=True)
class Change:
    """
    One change of one arrangement.

    Parameters
    ----------
    number
        Of the change, growing.
    batch
        Number of the first change of those that were made together; an import is one batch.
    moment
        When, in UTC as ISO 8601.
    who
        By whom.
    act
        What was done.
    arrangement
        Id.
    version
        Of the arrangement after it.
    before, after
        The arrangement; None where there was none, or is none.
    undoes
        Number of the change that this one undid; None for all others.
    """

    number: int
    batch: int
    moment: str
    who: str
    act: ChangeKind
    arrangement: str
    version: int
    before: Entry | None
    after: Entry | None
    undoes: int | None = None

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What it changed; none where the arrangement was added or removed."""
        if self.before is None or self.after is None:
            return ()
        return self.before.differences(self.after)

    def __str__(self) -> str:
        """Return the change as one line."""
        name = (self.after or self.before or Entry({"name": self.arrangement}, {})).name
        what = "; ".join(map(str, self.differences)) or self.act
        return f"{self.moment} {self.who}: {name} ({self.arrangement}): {what}"


@dataclass(frozen=True)
class Written:
    """
    What was just done to an arrangement.

    Parameters
    ----------
    act
        What it is called.
    version, position
        Of the arrangement after it, and its place in the order of the register.
    before, after
        The arrangement; None where there was none, or is none.
    undoes
        Number of the change that was undone; None where none was.
    """

    act: ChangeKind
    version: int
    position: int
    before: Entry | None
    after: Entry | None
    undoes: int | None = None


class Log:
    """
    Keeps what is done together as one batch: the first change gives its number.

    Parameters
    ----------
    connection
        To the database, within one transaction.
    study
        Whose register.
    who
        Who makes the changes.
    """

    def __init__(self, connection: Connection, study: str, who: str) -> None:
        self._connection = connection
        self._study = study
        self._who = who
        self.numbers: list[int] = []

    def keep(self, arrangement: str, written: Written) -> None:
        """Keep a change."""
        done = self._connection.execute(
            insert(CHANGES).values(
                study=self._study,
                batch=self.numbers[0] if self.numbers else 0,
                moment=now(),
                who=self._who,
                act=written.act.value,
                arrangement_id=arrangement,
                version=written.version,
                position=written.position,
                before=written.before.json if written.before else None,
                after=written.after.json if written.after else None,
                undoes=written.undoes,
            )
        )
        number = int(done.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row always has one
        if not self.numbers:
            self._connection.execute(update(CHANGES).where(CHANGES.c.number == number).values(batch=number))
        self.numbers.append(number)


def read_changes(connection: Connection, study: str, numbers: Iterable[int]) -> tuple[Change, ...]:
    """Return changes by number, in order."""
    return _form(connection, _of(study).where(CHANGES.c.number.in_(list(numbers))).order_by(CHANGES.c.number))


def read_batch(connection: Connection, study: str, batch: int) -> tuple[Change, ...]:
    """Return the changes that were made together, in order."""
    return _form(connection, _of(study).where(CHANGES.c.batch == batch).order_by(CHANGES.c.number))


def list_changes(
    connection: Connection, study: str, arrangement: str | None = None, *, limit: int | None = None
) -> tuple[Change, ...]:
    """Return the changes of an arrangement or of all, latest first."""
    query = _of(study).order_by(CHANGES.c.number.desc()).limit(limit)
    return _form(connection, query if arrangement is None else query.where(CHANGES.c.arrangement_id == arrangement))


def find_since(connection: Connection, study: str, arrangement: str, *, version: int) -> tuple[Change, ...]:
    """Return what became of an arrangement after a version, in order."""
    later = _of(study).where(CHANGES.c.arrangement_id == arrangement, CHANGES.c.version > version)
    return _form(connection, later.order_by(CHANGES.c.number))


def count_batches(connection: Connection, study: str, batches: Collection[int]) -> dict[int, int]:
    """Return how many changes were made together, by the number of the batch."""
    query = (
        select(CHANGES.c.batch, func.count())
        .where(CHANGES.c.study == study, CHANGES.c.batch.in_(sorted(batches)))
        .group_by(CHANGES.c.batch)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def last_place(connection: Connection, study: str, arrangement: str) -> tuple[int, int] | None:
    """Return the version and the position that an id had last; None where it was never used."""
    query = select(CHANGES.c.version, CHANGES.c.position).where(
        CHANGES.c.study == study, CHANGES.c.arrangement_id == arrangement
    )
    was = connection.execute(query.order_by(CHANGES.c.number.desc()).limit(1)).first()
    return None if was is None else (was.version, was.position)


def past_ids(connection: Connection, study: str) -> frozenset[str]:
    """Return every id that a change was of."""
    return frozenset(connection.execute(select(CHANGES.c.arrangement_id).where(CHANGES.c.study == study)).scalars())


def now() -> str:
    """Return this moment in UTC as ISO 8601."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _of(study: str) -> Select[Any]:
    """Return the question for a study's changes."""
    return select(CHANGES).where(CHANGES.c.study == study)


def _form(connection: Connection, query: Select[Any]) -> tuple[Change, ...]:
    """Return what a question finds."""
    return tuple(_form_change(row) for row in connection.execute(query).mappings())


def _form_change(row: RowMapping) -> Change:
    """Form a change of a row of the database."""
    return Change(
        number=row["number"],
        batch=row["batch"],
        moment=row["moment"],
        who=row["who"],
        act=ChangeKind(row["act"]),
        arrangement=row["arrangement_id"],
        version=row["version"],
        before=Entry.from_json(row["before"]) if row["before"] else None,
        after=Entry.from_json(row["after"]) if row["after"] else None,
        undoes=row["undoes"],
    )
