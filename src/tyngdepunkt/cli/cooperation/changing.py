"""The commands that change the register and take it along: import, export, history and undoing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.asking import open_study
from tyngdepunkt.cli.cooperation.kept import Keeping, Who, existing_store, user
from tyngdepunkt.cli.guard import MENDABLE, tell
from tyngdepunkt.cli.layout import emit, fit_table
from tyngdepunkt.cli.options import Folder, Layout, Wide, command
from tyngdepunkt.cli.screen.cooperation import change_row, preview_rows, preview_text
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.shapes.cooperation import change_shape, preview_shape

if TYPE_CHECKING:
    from tyngdepunkt.store.register import Change

__all__ = ["register"]

_IMPORT = """
Import the register from a workbook or a file of comma-separated values.

Shows what would be added, changed, removed and left, and every fault by its cell. With --apply it is done, all of it
or nothing; where anything is faulty nothing is written, and the exit code is 1. What the file lacks stays in the
register unless --remove-missing is given.

Example: tyngdepunkt register import register.xlsx --apply
"""
_EXPORT = """
Export the register to a workbook (.xlsx) or to comma-separated values (.csv), to edit and import again.

Example: tyngdepunkt register export register.xlsx
"""
_HISTORY = """
List who changed what in the register, latest first.

Example: tyngdepunkt register history --arrangement S18_15
"""
_UNDO = """
Undo a change of the register.

CHANGE is its number in tyngdepunkt register history. Where the arrangement has been changed since, nothing is done and
what was changed is shown.

Example: tyngdepunkt register undo 12
"""


def register(group: typer.Typer) -> None:
    """Add the commands to the group of the register."""
    command(group, name="import", help=_IMPORT)(import_file)
    command(group, name="export", help=_EXPORT)(export_file)
    command(group, name="history", help=_HISTORY)(list_history)
    command(group, name="undo", help=_UNDO)(undo_change)


def import_file(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Workbook (.xlsx) or comma-separated values (.csv).")],
    apply: Annotated[bool, typer.Option("--apply", help="Do it, not only show it. Default: only show.")] = False,
    remove_missing: Annotated[
        bool,
        typer.Option("--remove-missing", help="Remove what the register has and the file lacks. Default: it stays."),
    ] = False,
    who: Who = "",
    keeping: Keeping,
    source: Folder,
    layout: Layout,
) -> None:
    """Print what an import changes, and do it where that is asked for."""
    from tyngdepunkt.store.database import IN_MEMORY
    from tyngdepunkt.store.importing import apply_import, preview_import
    from tyngdepunkt.store.register import RegisterStore

    study = open_study(source)
    store = existing_store(study, keeping, begin=apply, may_lack=True) or RegisterStore.open(study, IN_MEMORY)
    preview = preview_import(store, file, remove_missing=remove_missing)
    changes: tuple[Change, ...] = ()
    applied = apply and not preview.faults
    if applied:
        changes = apply_import(store, preview, who=user(who))
    emit(
        layout.form,
        shape=lambda: preview_shape(preview, applied=applied, changes=changes),
        rows=lambda: preview_rows(preview),
        header=("row", "outcome", "arrangement_id", "arrangement", "changes"),
        text=lambda: preview_text(preview, applied=applied),
    )
    if preview.faults:
        count = len(preview.faults)
        tell(f"{count} {'fault' if count == 1 else 'faults'}, and nothing was imported:")
        for fault in preview.faults:
            tell(f"  - {fault}")
        raise typer.Exit(MENDABLE)


def export_file(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write, .xlsx or .csv; replaced if there.")],
    keeping: Keeping,
    source: Folder,
) -> None:
    """Write the register to a file."""
    from tyngdepunkt.store.entries import entries_of
    from tyngdepunkt.store.sheets import write_csv, write_xlsx

    study = open_study(source)
    store = existing_store(study, keeping)
    if store is not None:
        known = store.entries()
        entries = tuple(kept.entry for kept in known.values())
        versions = {each: kept.version for each, kept in known.items()}
    else:
        versions = {}
        entries = entries_of({"arrangements": study.table("arrangements"), **study.tables})
    match file.suffix.casefold():
        case ".xlsx":
            write_xlsx(entries, file, names=study.territory.names, versions=versions)
        case ".csv":
            _write_text(file, write_csv(entries, versions=versions))
        case other:
            raise QuestionError(f"{file} ends in {other or 'nothing'}: give a name that ends in .xlsx or .csv.")
    tell(f"{len(entries)} arrangements written to {file}.")


def list_history(
    *,
    arrangement: Annotated[
        str,
        typer.Option("--arrangement", metavar="ID", help="Only of this one. Default: of all.", show_default=False),
    ] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many at most, the latest first.")] = 50,
    wide: Wide = False,
    keeping: Keeping,
    source: Folder,
    layout: Layout,
) -> None:
    """Print the history."""
    study = open_study(source)
    store = existing_store(study, keeping)
    changes = store.history(arrangement or None, limit=limit) if store is not None else ()
    rows = [change_row(each) for each in changes]
    emit(
        layout.form,
        shape=lambda: [change_shape(each) for each in changes],
        rows=lambda: rows,
        header=("change", "batch", "when", "who", "act", "arrangement_id", "arrangement", "changes"),
        text=lambda: fit_table(rows, wide=wide) or "Nothing has been changed yet.\n",
    )


def undo_change(
    *,
    change: Annotated[int, typer.Argument(metavar="CHANGE", help="Number of the change.")],
    batch: Annotated[
        bool,
        typer.Option("--batch", help="Undo all that was done together with it, as a whole import. Default: it alone."),
    ] = False,
    who: Who = "",
    keeping: Keeping,
    source: Folder,
    layout: Layout,
) -> None:
    """Undo a change, or all that was done with it."""
    store = existing_store(open_study(source), keeping)
    if store is None:
        raise QuestionError("Nothing has been changed yet, and so there is nothing to undo.")
    name = user(who)
    done = store.undo_batch(change, who=name) if batch else (store.undo(change, who=name),)
    emit(
        layout.form,
        shape=lambda: [change_shape(each) for each in done],
        rows=lambda: [change_row(each) for each in done],
        text=lambda: "Undone.\n" + "".join(f"  {each}\n" for each in done),
    )


def _write_text(file: Path, text: str) -> None:
    """Write a file, or say why not."""
    from tyngdepunkt.errors import SourceError

    try:
        file.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise SourceError(f"{file} cannot be written: {error.strerror}.") from error
