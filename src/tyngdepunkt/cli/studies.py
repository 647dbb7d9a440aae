"""The commands for studies on disk: check, new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.guard import MENDABLE, tell
from tyngdepunkt.cli.layout import Row, emit
from tyngdepunkt.cli.options import Layout, command

if TYPE_CHECKING:
    from tyngdepunkt.errors import Fault

__all__ = ["register"]

_CHECK = """
Check a study and list every fault at once.

Each with file, row, column, what is wrong and what would mend it. DIR is the folder of a study, or the name of one
that ships. Exit code 1 where there are faults.

Example: tyngdepunkt check my-county
"""

_NEW = """
Make a study of one's own.

A folder with every table, empty but for its header, and a description of each column; or a copy of a study.

Example: tyngdepunkt new my-county --from more-og-romsdal-2017
"""


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    command(app, name="check", help=_CHECK)(check_folder)
    command(app, name="new", help=_NEW)(make_study)


def check_folder(
    *,
    folder: Annotated[
        str,
        typer.Argument(
            metavar="[DIR]", help="Folder or name of the study. Default: more-og-romsdal-2017.", show_default=False
        ),
    ] = "",
    layout: Layout,
) -> None:
    """Print every fault of a study."""
    from tyngdepunkt.study import check_study, shipped_studies

    folder = folder or shipped_studies()[0]
    faults = check_study(folder)
    emit(
        layout.form,
        shape=lambda: {"study": folder, "faults": faults},
        rows=lambda: _fault_rows(faults),
        text=lambda: _faults_text(folder, faults),
        header=_HEADER,
    )
    if faults:
        raise typer.Exit(MENDABLE)


def make_study(
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make; it must not exist, or be empty.")],
    origin: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="NAME", help="Copy this study as a start, such as more-og-romsdal-2017. Default: empty."
        ),
    ] = None,
) -> None:
    """Make a study's folder and print where it is."""
    from tyngdepunkt.study import new_study

    made = new_study(folder, from_study=origin)
    typer.echo(made)
    tell(f"When its tables are filled in: tyngdepunkt check {made}")


_HEADER = ("file", "row", "column", "problem", "mend")


def _fault_rows(faults: tuple[Fault, ...]) -> list[Row]:
    """Return faults as rows."""
    return [{name: getattr(fault, name) for name in _HEADER} for fault in faults]


def _faults_text(folder: str, faults: tuple[Fault, ...]) -> str:
    """Return faults as lines, counted first."""
    if not faults:
        return f"{folder}: no faults.\n"
    head = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return "\n".join([f"{folder}: {head}.", *(f"  - {fault}" for fault in faults)]) + "\n"
