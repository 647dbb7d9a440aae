"""
The register of cooperation in a database: kept by several people, with the history of every change.

Each arrangement has a version that grows with every change. Who changes one says which version they saw; where it has
been changed since, nothing is written and they are told what. Every change is kept with who, when, before and after,
and can be undone as long as the arrangement stands as it left it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import IntegrityError

from tyngdepunkt.errors import ConflictError, QuestionError
from tyngdepunkt.messages import Message
from tyngdepunkt.model import Register
from tyngdepunkt.store import changes
from tyngdepunkt.store.changes import Change, ChangeKind, Log, Written
from tyngdepunkt.store.database import default_place, open_database, reading, writing
from tyngdepunkt.store.entries import Entry, entries_of, frames_of
from tyngdepunkt.store.inquiries import KeptAnswer, keep_answer, read_answers
from tyngdepunkt.store.rows import (
    Kept,
    delete_row,
    find_pointers,
    insert_rows,
    position_of,
    read_ids,
    read_rows,
    update_row,
)
from tyngdepunkt.store.schema import REGISTERS
from tyngdepunkt.study import Study, shipped_studies
from tyngdepunkt.study.registering import form_register

__all__ = ["Change", "ChangeKind", "Kept", "KeptAnswer", "RegisterStore"]


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
            return read_rows(connection, self._study.name)

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
            found = read_rows(connection, self._study.name, arrangement).get(arrangement)
        if found is None:
            raise QuestionError(
                Message(
                    "The register has no arrangement {given}: see tyngdepunkt register list.", given=repr(arrangement)
                )
            )
        return found

    def propose_id(self) -> str:
        """Return an id that no arrangement has or had: ``R1``, ``R2`` and so on."""
        with reading(self._engine) as connection:
            used = read_ids(connection, self._study.name) | changes.past_ids(connection, self._study.name)
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
            raise QuestionError(
                Message(
                    "{name} began in {begun}: it cannot have ended in {year}.",
                    name=kept.entry.name,
                    begun=begun,
                    year=year,
                )
            )
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
        QuestionError
            Where other rows name it as an earlier or a later one of the same.
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
            Where it is not said who, or a row would point to one that is not there; nothing is written.
        """
        if not who.strip():
            raise QuestionError(Message("Say who makes the change: the history keeps it."))
        undone = undoes or {}
        name = self._study.name
        try:
            with writing(self._engine) as connection:
                log = Log(connection, name, who.strip())
                befores: list[tuple[Entry, Entry | None]] = []
                for seen, entry in entries:
                    before = None if seen is None else self._expect(connection, entry.id, seen)
                    version = self._insert(connection, entry) if seen is None else self._update(connection, entry, seen)
                    named = act if undoes is not None or before is not None else ChangeKind.ADD
                    place = position_of(connection, name, entry.id)
                    log.keep(entry.id, Written(named, version, place, before, entry, undone.get(entry.id)))
                    befores.append((entry, before))
                gone: dict[str, Entry] = {}
                for seen, arrangement in removed:
                    gone[arrangement] = before = self._expect(connection, arrangement, seen)
                    place = position_of(connection, name, arrangement)
                    if not delete_row(connection, name, arrangement, version=seen):
                        raise self._conflict(connection, arrangement, seen)
                    named = act if undoes is not None else ChangeKind.REMOVE
                    log.keep(arrangement, Written(named, seen + 1, place, before, None, undone.get(arrangement)))
                _check_pointers(connection, name, befores, gone)
                return changes.read_changes(connection, name, log.numbers)
        except IntegrityError as error:
            raise ConflictError(
                Message("Someone added the same arrangement at the same moment: look, then add yours.")
            ) from error

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
        return self._undo((self._find(number),), who)[0]

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
        batch = self._find(number).batch
        with reading(self._engine) as connection:
            found = changes.read_batch(connection, self._study.name, batch)
        return self._undo(found, who)

    def count_batches(self, batches: Iterable[int]) -> dict[int, int]:
        """Return how many changes were made together, by the number of the batch."""
        with reading(self._engine) as connection:
            return changes.count_batches(connection, self._study.name, set(batches))

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
        with reading(self._engine) as connection:
            return changes.list_changes(connection, self._study.name, arrangement, limit=limit)

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
        with reading(self._engine) as connection:
            return read_answers(connection, self._study.name, members)

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
            raise QuestionError(Message("Say who answers: the store keeps it."))
        kept = KeptAnswer(inquiry, standing, text, who, changes.now())
        with writing(self._engine) as connection:
            keep_answer(connection, self._study.name, members, kept)
        return kept

    def _seed(self) -> None:
        """Begin from the study's tables, once."""
        name = self._study.name
        try:
            with writing(self._engine) as connection:
                if connection.execute(select(REGISTERS.c.study).where(REGISTERS.c.study == name)).first():
                    return
                connection.execute(insert(REGISTERS).values(study=name, seeded=changes.now()))
                entries = entries_of(self._study.tables) if "arrangements" in self._study.tables else ()
                if entries:
                    insert_rows(connection, name, entries, version=1, position=1)
        except IntegrityError:
            return  # another began it at the same moment

    def _find(self, number: int) -> Change:
        """Return a change by its number."""
        with reading(self._engine) as connection:
            found = changes.read_changes(connection, self._study.name, [number])
        if not found:
            raise QuestionError(
                Message("The register has no change {number}: see tyngdepunkt register history.", number=number)
            )
        return found[0]

    def _undo(self, undone: tuple[Change, ...], who: str) -> tuple[Change, ...]:
        """Undo changes of different arrangements as one; each must stand as the change left it."""
        restored: list[tuple[int | None, Entry]] = []
        removed: list[tuple[int, str]] = []
        with reading(self._engine) as connection:
            for change in undone:
                kept = read_rows(connection, self._study.name, change.arrangement).get(change.arrangement)
                now = kept.entry.json if kept else None
                if now != (change.after.json if change.after else None):
                    raise self._conflict(connection, change.arrangement, change.version)
                if change.before is not None:
                    restored.append((kept.version if kept else None, change.before))
                elif kept is not None:
                    removed.append((kept.version, change.arrangement))
        numbers = {change.arrangement: change.number for change in undone}
        return self.write(restored, removed, who=who, act=ChangeKind.UNDO, undoes=numbers)

    def _expect(self, connection: Connection, arrangement: str, version: int) -> Entry:
        """Return an arrangement as it stands, if it stands as it was seen."""
        kept = read_rows(connection, self._study.name, arrangement).get(arrangement)
        if kept is None or kept.version != version:
            raise self._conflict(connection, arrangement, version)
        return kept.entry

    def _insert(self, connection: Connection, entry: Entry) -> int:
        """Insert one that is new and return its version; an id that was used before goes on counting."""
        name = self._study.name
        if entry.id in read_rows(connection, name, entry.id):
            raise self._conflict(connection, entry.id, 0)
        was = changes.last_place(connection, name, entry.id)
        version, position = (was[0] + 1, was[1]) if was else (1, None)
        insert_rows(connection, name, [entry], version=version, position=position)
        return version

    def _update(self, connection: Connection, entry: Entry, version: int) -> int:
        """Update one that stands as it was seen, and no other; return its new version."""
        if not update_row(connection, self._study.name, entry, version=version):
            raise self._conflict(connection, entry.id, version)
        return version + 1

    def _conflict(self, connection: Connection, arrangement: str, version: int) -> ConflictError:
        """Return that somebody was there first, with what they did."""
        since = changes.find_since(connection, self._study.name, arrangement, version=version)
        told = "".join(f"\n  - {change}" for change in since)
        if not told:
            return ConflictError(
                Message(
                    "The register has an arrangement {arrangement} already: give another id.", arrangement=arrangement
                )
            )
        message = f"{arrangement} was changed meanwhile, and nothing was written. Look, then make your change again:"
        return ConflictError(message + told, since)


def _check_pointers(
    connection: Connection, study: str, written: Iterable[tuple[Entry, Entry | None]], gone: Mapping[str, Entry]
) -> None:
    """Refuse what would leave a row that names an earlier or a later one which is not there."""
    faults = [
        Message(
            "Other rows point to {arrangement}: {ids}. Change these first, or end it instead.",
            arrangement=each,
            ids=", ".join(ids),
        )
        for each, ids in find_pointers(connection, study, gone).items()
    ]
    there = read_ids(connection, study)
    for entry, before in written:
        new = entry.pointers - (before.pointers if before else frozenset())
        if missing := sorted(new - there):
            faults.append(
                Message(
                    "{arrangement} would point to what the register does not have: {ids}.",
                    arrangement=entry.id,
                    ids=", ".join(missing),
                )
            )
    if faults:
        raise QuestionError(faults[0] if len(faults) == 1 else "\n".join(faults))


def _is_shipped(study: Study) -> bool:
    """Return whether a study lies inside the package."""
    return Path(__file__).resolve().parents[1] in study.folder.resolve().parents
