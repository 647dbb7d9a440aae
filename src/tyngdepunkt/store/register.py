"""
The register of cooperation in a database: kept by several people, with the history of every change.

Each arrangement has a version that grows with every change. Who changes one says which version they saw; where it has
been changed since, nothing is written and they are told what. Every change is kept with who, when, before and after,
and can be undone as long as the arrangement stands as it left it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from tyngdepunkt.errors import ConflictError, QuestionError
from tyngdepunkt.model import Register
from tyngdepunkt.store.database import METADATA, default_place, open_database, reading, writing
from tyngdepunkt.store.entries import ARRANGEMENTS, Difference, Entry, entries_of, frames_of
from tyngdepunkt.study import Study, shipped_studies
from tyngdepunkt.study.registering import form_register
from tyngdepunkt.tables import Kind

__all__ = ["Change", "ChangeKind", "Kept", "KeptAnswer", "RegisterStore"]

_TYPES: dict[Kind, Any] = {Kind.TEXT: Text, Kind.WHOLE: Integer, Kind.NUMBER: Float, Kind.YES_NO: Boolean}

_registers = Table(
    "register",
    METADATA,
    Column("study", String(200), primary_key=True),
    Column("seeded", String(40), nullable=False),
)
_arrangements = Table(
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
_participants = Table(
    "register_participant",
    METADATA,
    Column("study", String(200), primary_key=True),
    Column("arrangement_id", String(200), primary_key=True),
    Column("municipality_id", String(20), primary_key=True),
    Column("basis", String(40), nullable=False),
)
_changes = Table(
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
_answers = Table(
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


class ChangeKind(StrEnum):
    """What was done."""

    ADD = "add"
    CHANGE = "change"
    END = "end"
    REMOVE = "remove"
    UNDO = "undo"


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
class KeptAnswer:
    """
    An answer of a cooperation to one of the seven questions.

    Parameters
    ----------
    inquiry
        The question, as `tyngdepunkt.analysis.cooperation.Inquiry` spells it.
    standing
        How they judge it themselves, as `Standing` spells it; empty where they only wrote.
    text
        In their own words.
    who, moment
        By whom and when.
    """

    inquiry: str
    standing: str
    text: str
    who: str
    moment: str


class RegisterStore:
    """
    The register of one study in a database.

    Parameters
    ----------
    engine
        The database.
    study
        Whose register it is; its tables are what an empty store begins with.
    """

    def __init__(self, engine: Engine, study: Study) -> None:
        self._engine = engine
        self._study = study
        self._seed()

    @classmethod
    def open(cls, study: Study, place: str | Path | None = None) -> RegisterStore:
        """
        Open a study's register, begun from the study's own tables where it is new.

        Parameters
        ----------
        study
            Whose register it is.
        place
            File or address of the database; None for the study's default place.

        Returns
        -------
        The store.

        Raises
        ------
        SourceError
            Where the database cannot be opened.
        """
        return cls(open_database(place or cls.place_of(study)), study)

    @staticmethod
    def place_of(study: Study) -> Path:
        """Return where a study's register is kept when nothing else is said; it need not exist."""
        return default_place(study.folder, study.name, shipped=study.name in shipped_studies() and _is_shipped(study))

    @property
    def study(self) -> Study:
        """The study."""
        return self._study

    def entries(self) -> dict[str, Kept]:
        """Return id to arrangement, in the order in which they were added."""
        with reading(self._engine) as connection:
            return self._read(connection)

    def entry(self, arrangement: str) -> Kept:
        """
        Return one arrangement.

        Parameters
        ----------
        arrangement
            Id.

        Returns
        -------
        It, with its version.

        Raises
        ------
        QuestionError
            Where there is none.
        """
        with reading(self._engine) as connection:
            found = self._read(connection, arrangement).get(arrangement)
        if found is None:
            raise QuestionError(f"The register has no arrangement {arrangement!r}: see tyngdepunkt register list.")
        return found

    def propose_id(self) -> str:
        """Return an id that no arrangement has or had: ``R1``, ``R2`` and so on."""
        with reading(self._engine) as connection:
            rows = select(_arrangements.c.arrangement_id).where(_arrangements.c.study == self._study.name)
            past = select(_changes.c.arrangement_id).where(_changes.c.study == self._study.name)
            used = {*connection.execute(rows).scalars(), *connection.execute(past).scalars()}
        return next(f"R{number}" for number in count(1) if f"R{number}" not in used)

    def register(self) -> Register:
        """Return the register as the stages read it, with the study's control counts and needs."""
        return form_register({**self._study.tables, **self.tables()})

    def study_as_kept(self) -> Study:
        """Return the study with the register as it is kept in place of its tables, for a report or an analysis."""
        kept = {name: frame for name, frame in self.tables().items() if len(frame)}
        others = {
            name: frame for name, frame in self._study.tables.items() if name not in ("arrangements", "participants")
        }
        return replace(self._study, tables={**others, **kept})

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables arrangements and participants, as a study has them."""
        return frames_of(kept.entry for kept in self.entries().values())

    def add(self, entry: Entry, *, who: str) -> Change:
        """
        Add an arrangement.

        Parameters
        ----------
        entry
            It, checked; see `tyngdepunkt.store.checking`.
        who
            By whom.

        Returns
        -------
        The change.

        Raises
        ------
        ConflictError
            Where there is one of that id.
        """
        return self.write([(None, entry)], who=who)[0]

    def change(self, entry: Entry, *, version: int, who: str, act: ChangeKind = ChangeKind.CHANGE) -> Change:
        """
        Change an arrangement.

        Parameters
        ----------
        entry
            As it shall be, checked.
        version
            The version that was seen when the change was made.
        who
            By whom.
        act
            What it is called in the history.

        Returns
        -------
        The change.

        Raises
        ------
        ConflictError
            Where it has been changed since, or is gone; with what was changed.
        """
        return self.write([(version, entry)], who=who, act=act)[0]

    def end(self, arrangement: str, *, year: int, version: int, who: str) -> Change:
        """
        End an arrangement: it stays in the register, and is in no picture of a later year.

        Parameters
        ----------
        arrangement
            Id.
        year
            Last year that it was in force.
        version
            The version that was seen.
        who
            By whom.

        Returns
        -------
        The change.

        Raises
        ------
        ConflictError
            Where it has been changed since.
        QuestionError
            Where there is none, or it began later.
        """
        kept = self.entry(arrangement)
        begun = kept.entry.cells["year_start"]
        if isinstance(begun, int) and year < begun:
            raise QuestionError(f"{kept.entry.name} began in {begun}: it cannot have ended in {year}.")
        return self.change(kept.entry.with_cells(year_end=year), version=version, who=who, act=ChangeKind.END)

    def remove(self, arrangement: str, *, version: int, who: str) -> Change:
        """
        Remove an arrangement that should not be there; one that has ended is ended, not removed.

        Parameters
        ----------
        arrangement
            Id.
        version
            The version that was seen.
        who
            By whom.

        Returns
        -------
        The change; the history keeps what was removed.

        Raises
        ------
        ConflictError
            Where it has been changed since.
        """
        return self.write([], [(version, arrangement)], who=who)[0]

    def write(
        self,
        entries: Iterable[tuple[int | None, Entry]],
        removed: Iterable[tuple[int, str]] = (),
        *,
        who: str,
        act: ChangeKind = ChangeKind.CHANGE,
        undoes: Mapping[str, int] | None = None,
    ) -> tuple[Change, ...]:
        """
        Write several changes as one: all of them, or none.

        Parameters
        ----------
        entries
            Version that was seen, None for one that is new, and the arrangement as it shall be.
        removed
            Version that was seen, and id of what shall go.
        who
            By whom.
        act
            What changes of arrangements that are there are called.
        undoes
            Id of an arrangement to the number of the change that is undone; None where nothing is.

        Returns
        -------
        The changes, in order.

        Raises
        ------
        ConflictError
            Where any has been changed since; nothing is written.
        QuestionError
            Where it is not said who.
        """
        if not who.strip():
            raise QuestionError("Say who makes the change: the history keeps it.")
        numbers: list[int] = []
        try:
            with writing(self._engine) as connection:
                for seen, entry in entries:
                    before = None if seen is None else self._expect(connection, entry.id, seen)
                    version = self._insert(connection, entry) if seen is None else self._update(connection, entry, seen)
                    named = act if undoes is not None or before is not None else ChangeKind.ADD
                    position = self._position(connection, entry.id)
                    self._log(
                        connection,
                        numbers,
                        who,
                        named,
                        (version, position, before, entry, (undoes or {}).get(entry.id)),
                    )
                for seen, arrangement in removed:
                    gone = self._expect(connection, arrangement, seen)
                    position = self._position(connection, arrangement)
                    self._delete(connection, arrangement, seen)
                    named = act if undoes is not None else ChangeKind.REMOVE
                    self._log(
                        connection,
                        numbers,
                        who,
                        named,
                        (seen + 1, position, gone, None, (undoes or {}).get(arrangement)),
                    )
        except IntegrityError as error:
            raise ConflictError(
                "Someone added the same arrangement at the same moment: look, then add yours."
            ) from error
        return self._history(numbers)

    def undo(self, number: int, *, who: str) -> Change:
        """
        Undo a change, as long as the arrangement stands as the change left it.

        What was changed on top of it can be undone first, the latest before the others.

        Parameters
        ----------
        number
            Of the change.
        who
            By whom.

        Returns
        -------
        The change that undid it; it can be undone in turn.

        Raises
        ------
        ConflictError
            Where it does not; with what was changed since.
        QuestionError
            Where there is no such change.
        """
        found = self._history([number])
        if not found:
            raise QuestionError(f"The register has no change {number}: see tyngdepunkt register history.")
        return self._undo(found, who)[0]

    def undo_batch(self, number: int, *, who: str) -> tuple[Change, ...]:
        """
        Undo all that was done together with a change: a whole import, say.

        Parameters
        ----------
        number
            Of any change of the batch.
        who
            By whom.

        Returns
        -------
        The changes that undid it, one batch.

        Raises
        ------
        ConflictError
            Where any of it has been changed since; then nothing is undone.
        QuestionError
            Where there is no such change.
        """
        found = self._history([number])
        if not found:
            raise QuestionError(f"The register has no change {number}: see tyngdepunkt register history.")
        query = select(_changes.c.number).where(
            _changes.c.study == self._study.name, _changes.c.batch == found[0].batch
        )
        with reading(self._engine) as connection:
            numbers = list(connection.execute(query).scalars())
        return self._undo(self._history(numbers), who)

    def _undo(self, changes: tuple[Change, ...], who: str) -> tuple[Change, ...]:
        """Undo changes of different arrangements as one; each must stand as the change left it."""
        restored: list[tuple[int | None, Entry]] = []
        removed: list[tuple[int, str]] = []
        with reading(self._engine) as connection:
            for change in changes:
                kept = self._read(connection, change.arrangement).get(change.arrangement)
                now = kept.entry.json if kept else None
                if now != (change.after.json if change.after else None):
                    raise self._conflict(connection, change.arrangement, change.version)
                if change.before is not None:
                    restored.append((kept.version if kept else None, change.before))
                elif kept is not None:
                    removed.append((kept.version, change.arrangement))
        numbers = {change.arrangement: change.number for change in changes}
        return self.write(restored, removed, who=who, act=ChangeKind.UNDO, undoes=numbers)

    def history(self, arrangement: str | None = None, *, limit: int | None = None) -> tuple[Change, ...]:
        """
        Return the history.

        Parameters
        ----------
        arrangement
            Id; None for all.
        limit
            How many at most; None for all.

        Returns
        -------
        Changes, latest first.
        """
        query = select(_changes).where(_changes.c.study == self._study.name).order_by(_changes.c.number.desc())
        if arrangement is not None:
            query = query.where(_changes.c.arrangement_id == arrangement)
        with reading(self._engine) as connection:
            return tuple(_form_change(row) for row in connection.execute(query.limit(limit)).mappings())

    def answers(self, members: Iterable[str]) -> tuple[KeptAnswer, ...]:
        """
        Return what a cooperation answered to the seven questions.

        Parameters
        ----------
        members
            Ids of its municipalities.

        Returns
        -------
        The latest answer to each question, oldest first.
        """
        query = (
            select(_answers)
            .where(_answers.c.study == self._study.name, _answers.c.members == _group(members))
            .order_by(_answers.c.number)
        )
        latest: dict[str, KeptAnswer] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(query).mappings():
                latest.pop(row["inquiry"], None)
                latest[row["inquiry"]] = KeptAnswer(
                    row["inquiry"], row["standing"], row["text"], row["who"], row["moment"]
                )
        return tuple(latest.values())

    def answer(
        self, members: Iterable[str], inquiry: str, *, standing: str = "", text: str = "", who: str
    ) -> KeptAnswer:
        """
        Keep an answer; earlier ones stay in the store.

        Parameters
        ----------
        members
            Ids of the municipalities that cooperate.
        inquiry
            The question.
        standing
            How they judge it: ``met``, ``partly``, ``not_met``; empty where they only write.
        text
            In their own words.
        who
            Who answers.

        Returns
        -------
        The answer.
        """
        if not who.strip():
            raise QuestionError("Say who answers: the store keeps it.")
        kept = KeptAnswer(inquiry, standing, text, who, _now())
        with writing(self._engine) as connection:
            connection.execute(insert(_answers).values(study=self._study.name, members=_group(members), **vars(kept)))
        return kept

    def _seed(self) -> None:
        """Begin from the study's tables, once."""
        name = self._study.name
        try:
            with writing(self._engine) as connection:
                if connection.execute(select(_registers.c.study).where(_registers.c.study == name)).first():
                    return
                connection.execute(insert(_registers).values(study=name, seeded=_now()))
                entries = entries_of(self._study.tables) if "arrangements" in self._study.tables else ()
                if entries:
                    self._insert_many(connection, entries, version=1, position=1)
        except IntegrityError:
            return  # another began it at the same moment

    def _read(self, connection: Connection, arrangement: str | None = None) -> dict[str, Kept]:
        """Read arrangements, all or one."""
        rows = select(_arrangements).where(_arrangements.c.study == self._study.name).order_by(_arrangements.c.position)
        parts = select(_participants).where(_participants.c.study == self._study.name)
        if arrangement is not None:
            rows = rows.where(_arrangements.c.arrangement_id == arrangement)
            parts = parts.where(_participants.c.arrangement_id == arrangement)
        members: dict[str, dict[str, str]] = {}
        for row in connection.execute(parts).mappings():
            members.setdefault(row["arrangement_id"], {})[row["municipality_id"]] = row["basis"]
        return {
            row["arrangement_id"]: Kept(_form_entry(row, members.get(row["arrangement_id"], {})), row["version"])
            for row in connection.execute(rows).mappings()
        }

    def _expect(self, connection: Connection, arrangement: str, version: int) -> Entry:
        """Return an arrangement as it stands, if it stands as it was seen."""
        kept = self._read(connection, arrangement).get(arrangement)
        if kept is None or kept.version != version:
            raise self._conflict(connection, arrangement, version)
        return kept.entry

    def _insert(self, connection: Connection, entry: Entry) -> int:
        """Insert one that is new and return its version; an id that was used before goes on counting."""
        if entry.id in self._read(connection, entry.id):
            raise self._conflict(connection, entry.id, 0)
        was = connection.execute(
            select(_changes.c.version, _changes.c.position)
            .where(_changes.c.study == self._study.name, _changes.c.arrangement_id == entry.id)
            .order_by(_changes.c.number.desc())
            .limit(1)
        ).first()
        last = select(func.max(_arrangements.c.position)).where(_arrangements.c.study == self._study.name)
        position = was.position if was else (connection.execute(last).scalar() or 0) + 1
        version = was.version + 1 if was else 1
        self._insert_many(connection, [entry], version=version, position=position)
        return version

    def _insert_many(self, connection: Connection, entries: Iterable[Entry], *, version: int, position: int) -> None:
        """Insert several that are new, from a position on."""
        name = self._study.name
        rows, parts = [], []
        for number, entry in enumerate(entries):
            rows.append({**entry.cells, "study": name, "version": version, "position": position + number})
            parts += self._parts(entry)
        connection.execute(insert(_arrangements), rows)
        if parts:
            connection.execute(insert(_participants), parts)

    def _update(self, connection: Connection, entry: Entry, version: int) -> int:
        """Update one that stands as it was seen, and no other; return its new version."""
        done = connection.execute(
            update(_arrangements)
            .where(
                _arrangements.c.study == self._study.name,
                _arrangements.c.arrangement_id == entry.id,
                _arrangements.c.version == version,
            )
            .values(**entry.cells, version=version + 1)
        )
        if done.rowcount != 1:
            raise self._conflict(connection, entry.id, version)
        self._drop_parts(connection, entry.id)
        if parts := self._parts(entry):
            connection.execute(insert(_participants), parts)
        return version + 1

    def _delete(self, connection: Connection, arrangement: str, version: int) -> None:
        """Delete one that stands as it was seen, and no other."""
        self._drop_parts(connection, arrangement)
        done = connection.execute(
            delete(_arrangements).where(
                _arrangements.c.study == self._study.name,
                _arrangements.c.arrangement_id == arrangement,
                _arrangements.c.version == version,
            )
        )
        if done.rowcount != 1:
            raise self._conflict(connection, arrangement, version)

    def _parts(self, entry: Entry) -> list[dict[str, str]]:
        """Return the rows of who takes part."""
        return [
            {"study": self._study.name, "arrangement_id": entry.id, "municipality_id": each, "basis": basis}
            for each, basis in entry.participants.items()
        ]

    def _drop_parts(self, connection: Connection, arrangement: str) -> None:
        """Delete who takes part."""
        connection.execute(
            delete(_participants).where(
                _participants.c.study == self._study.name, _participants.c.arrangement_id == arrangement
            )
        )

    def _position(self, connection: Connection, arrangement: str) -> int:
        """Return the place of one that is there in the order of the register."""
        query = select(_arrangements.c.position).where(
            _arrangements.c.study == self._study.name, _arrangements.c.arrangement_id == arrangement
        )
        return int(connection.execute(query).scalar_one())

    def _log(
        self,
        connection: Connection,
        numbers: list[int],
        who: str,
        act: ChangeKind,
        told: tuple[int, int, Entry | None, Entry | None, int | None],
    ) -> None:
        """Keep a change (version, position, before, after, what it undoes); the first of a batch gives its number."""
        version, position, before, after, undoes = told
        done = connection.execute(
            insert(_changes).values(
                study=self._study.name,
                batch=numbers[0] if numbers else 0,
                moment=_now(),
                who=who.strip(),
                act=act.value,
                arrangement_id=(after or before or Entry({}, {})).id,
                version=version,
                position=position,
                before=before.json if before else None,
                after=after.json if after else None,
                undoes=undoes,
            )
        )
        number = int(done.inserted_primary_key[0])  # type: ignore[index]
        if not numbers:
            connection.execute(update(_changes).where(_changes.c.number == number).values(batch=number))
        numbers.append(number)

    def _history(self, numbers: list[int]) -> tuple[Change, ...]:
        """Return changes by number, in order."""
        query = (
            select(_changes)
            .where(_changes.c.study == self._study.name, _changes.c.number.in_(numbers))
            .order_by(_changes.c.number)
        )
        with reading(self._engine) as connection:
            return tuple(_form_change(row) for row in connection.execute(query).mappings())

    def _conflict(self, connection: Connection, arrangement: str, version: int) -> ConflictError:
        """Return that somebody was there first, with what they did."""
        query = (
            select(_changes)
            .where(
                _changes.c.study == self._study.name,
                _changes.c.arrangement_id == arrangement,
                _changes.c.version > version,
            )
            .order_by(_changes.c.number)
        )
        changes = [_form_change(row) for row in connection.execute(query).mappings()]
        told = "".join(f"\n  - {change}" for change in changes)
        if not told:
            return ConflictError(f"The register has an arrangement {arrangement} already: give another id.")
        message = f"{arrangement} was changed meanwhile, and nothing was written. Look, then make your change again:"
        return ConflictError(message + told, changes)


def _is_shipped(study: Study) -> bool:
    """Return whether a study lies inside the package."""
    return Path(__file__).resolve().parents[1] in study.folder.resolve().parents


def _form_entry(row: RowMapping, participants: Mapping[str, str]) -> Entry:
    """Form an entry of a row of the database."""
    cells = {
        column.name: "" if column.kind is Kind.TEXT and row[column.name] is None else row[column.name]
        for column in ARRANGEMENTS.columns
    }
    return Entry(cells, dict(sorted(participants.items())))


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


def _group(members: Iterable[str]) -> str:
    """Return a group as the text that it is found by."""
    return json.dumps(sorted(set(members)))


def _now() -> str:
    """Return this moment in UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
