"""A spreadsheet of the register: what it would change, seen first and then done, all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.messages import Message
from tyngdepunkt.store.checking import VERSION, CellFault, Grid, check_grids, part_column
from tyngdepunkt.store.entries import Difference, Entry
from tyngdepunkt.store.register import Change, Kept, RegisterStore
from tyngdepunkt.store.sheets import read_grids

__all__ = ["Outcome", "Preview", "RowOutcome", "apply_import", "preview_import"]


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULT = "fault"
    REMOVED = "removed"
    """In the register, and not in the file; only where that was asked for."""
    MISSING = "missing"
    """In the register, and not in the file; it stays."""


@dataclass(frozen=True)
class RowOutcome:
    """
    What becomes of one row.

    Parameters
    ----------
    row
        As the spreadsheet numbers it; 0 for what is in the register only.
    outcome
        What becomes of it.
    arrangement, name
        Id and name; empty where the row is too faulty to tell.
    differences
        What changes.
    entry
        What the register will have; None where nothing is written.
    version
        Of the arrangement as the preview saw it; None where it is new.
    """

    row: int
    outcome: Outcome
    arrangement: str
    name: str
    differences: tuple[Difference, ...] = ()
    entry: Entry | None = None
    version: int | None = None


@dataclass(frozen=True)
class Preview:
    """
    What an import would do.

    Parameters
    ----------
    file
        Name of the file.
    rows
        Every row of the sheet of arrangements, in order, and then what the register has besides.
    faults
        Everything that is wrong; where there is anything, the import is refused as a whole.
    """

    file: str
    rows: tuple[RowOutcome, ...]
    faults: tuple[CellFault, ...]

    def having(self, outcome: Outcome) -> tuple[RowOutcome, ...]:
        """Return the rows of an outcome."""
        return tuple(each for each in self.rows if each.outcome is outcome)

    @property
    def counts(self) -> dict[Outcome, int]:
        """Every outcome to how many rows have it."""
        return {outcome: len(self.having(outcome)) for outcome in Outcome}

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing would be written."""
        return not any(self.having(each) for each in (Outcome.ADDED, Outcome.CHANGED, Outcome.REMOVED))


def preview_import(
    store: RegisterStore, content: bytes | Path, name: str = "", *, remove_missing: bool = False
) -> Preview:
    """
    See what a workbook or a file of comma-separated values would change.

    Parameters
    ----------
    store
        The register.
    content
        The file, or its bytes.
    name
        Its name, where bytes are given.
    remove_missing
        Whether what the register has and the file has not is to be removed; else it stays.

    Returns
    -------
    Every row with its outcome, and every fault by its cell. Nothing is written.

    Raises
    ------
    SourceError
        Where the file cannot be read.
    """
    if isinstance(content, Path):
        name = name or content.name
        try:
            content = content.read_bytes()
        except OSError as error:
            raise SourceError(Message("{name} cannot be read: {why}.", name=name, why=error.strerror)) from error
    kept = store.entries()
    arrangements, participants, faults = read_grids(content, name)
    if arrangements is None:
        return Preview(name, (), faults)
    checked = check_grids(
        arrangements,
        participants,
        municipalities=store.study.territory.names,
        known={each: found.entry for each, found in kept.items()},
    )
    place = arrangements.place("arrangement_id")
    rows = []
    for row, cells in list(arrangements.rows.items())[1:]:
        told = cells[place].strip() if place is not None and place < len(cells) else ""
        rows.append(_outcome(row, checked.entries.get(row), kept, told))
    rows, overtaken = _hold_versions(store, arrangements, rows)
    named = {each.arrangement for each in rows}
    gone = Outcome.REMOVED if remove_missing else Outcome.MISSING
    rest = [
        RowOutcome(0, gone, each, found.entry.name, version=found.version)
        for each, found in kept.items()
        if each not in named
    ]
    dangling = (
        _find_dangling(arrangements, checked.entries, {each.arrangement for each in rest}) if remove_missing else ()
    )
    bad = {each.row for each in dangling}
    rows = [RowOutcome(r.row, Outcome.FAULT, r.arrangement, r.name, r.differences) if r.row in bad else r for r in rows]
    return Preview(name, (*rows, *rest), (*faults, *checked.faults, *overtaken, *dangling))


def apply_import(store: RegisterStore, preview: Preview, *, who: str) -> tuple[Change, ...]:
    """
    Do what a preview shows: all of it, or nothing.

    Parameters
    ----------
    store
        The register.
    preview
        What was seen.
    who
        By whom.

    Returns
    -------
    The changes, one batch; none where nothing changes.

    Raises
    ------
    ConflictError
        Where anything that would be changed has been changed since the preview; with what was changed.
    QuestionError
        Where the preview has faults.
    """
    if preview.faults:
        told = "\n".join(f"  - {each}" for each in preview.faults)
        raise QuestionError(f"{preview.file} has {len(preview.faults)} faults, and nothing was imported:\n{told}")
    if preview.changes_nothing:
        return ()
    written = [
        (each.version, each.entry)
        for outcome in (Outcome.ADDED, Outcome.CHANGED)
        for each in preview.having(outcome)
        if each.entry is not None
    ]
    removed = [(each.version, each.arrangement) for each in preview.having(Outcome.REMOVED) if each.version is not None]
    return store.write(written, removed, who=who)


def _outcome(row: int, entry: Entry | None, kept: Mapping[str, Kept], told: str) -> RowOutcome:
    """Return what becomes of a row of the sheet."""
    if entry is None:
        return RowOutcome(row, Outcome.FAULT, told, kept[told].entry.name if told in kept else "")
    found = kept.get(entry.id)
    if found is None:
        return RowOutcome(row, Outcome.ADDED, entry.id, entry.name, entry=entry)
    differences = found.entry.differences(entry)
    outcome = Outcome.CHANGED if differences else Outcome.UNCHANGED
    return RowOutcome(row, outcome, entry.id, entry.name, differences, entry if differences else None, found.version)


def _find_dangling(grid: Grid, entries: Mapping[int, Entry], gone: Collection[str]) -> tuple[CellFault, ...]:
    """Return a fault for each row that points to an arrangement which is to be removed."""
    return tuple(
        grid.fault(
            row,
            "later_id" if each == entry.cells["later_id"] else "replaces",
            Message("{arrangement} is to be removed, and this row points to it.", arrangement=each),
            Message("Correct the id, or keep {arrangement} in the file.", arrangement=each),
        )
        for row, entry in entries.items()
        for each in sorted(entry.pointers & set(gone))
    )


def _hold_versions(
    store: RegisterStore, grid: Grid, rows: list[RowOutcome]
) -> tuple[list[RowOutcome], tuple[CellFault, ...]]:
    """Return the rows, those that somebody has changed since the export as faulty, and each such fault."""
    seen = part_column(grid, VERSION)[1]
    kept: list[RowOutcome] = []
    faults: list[CellFault] = []
    for each in rows:
        told = seen.get(each.row, "").strip()
        if each.outcome is not Outcome.CHANGED or not told or told == str(each.version):
            kept.append(each)
            continue
        latest = next(iter(store.history(each.arrangement, limit=1)), None)
        problem = (
            Message(
                "{arrangement} has been changed since this file was exported, by {who}, {moment}: {differences}.",
                arrangement=each.arrangement,
                who=latest.who,
                moment=latest.moment,
                differences="; ".join(map(str, latest.differences)),
            )
            if latest
            else Message("{arrangement} has been changed since this file was exported.", arrangement=each.arrangement)
        )
        mend = Message(
            "Export anew and make your change again, or write {version} here to put yours in its place.",
            version=each.version,
        )
        faults.append(grid.fault(each.row, VERSION, problem, mend))
        kept.append(RowOutcome(each.row, Outcome.FAULT, each.arrangement, each.name, each.differences))
    return kept, tuple(faults)
