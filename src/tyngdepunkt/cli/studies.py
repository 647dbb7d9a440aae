"""The commands for studies on disk: check, new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.guard import MENDABLE, tell
from tyngdepunkt.cli.layout import Row, emit
from tyngdepunkt.cli.options import Layout, command
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.errors import Fault

__all__ = ["register"]

_CHECK = """
Check a study and list every fault at once.

Each with file, row, column, what is wrong and what would mend it. DIR is the folder of a study, or the name of one
that ships. Exit code 1 where there are faults. A remark, which is no fault, names a file that is read and that
datapackage.json does not list.

Example: tyngdepunkt check my-county
"""

_NEW = """
Make a study of one's own.

A folder with every table, empty but for its header, and a description of each column; or a copy of a study; or a
country, or a county of it, out of a folder of national tables.

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
    study: Annotated[
        str,
        typer.Option(
            "--study",
            metavar="DIR",
            help="The same as DIR, as other commands have it. Default: DIR.",
            show_default=False,
        ),
    ] = "",
    layout: Layout,
) -> None:
    """Print every fault of a study."""
    from tyngdepunkt.study import inspect_study, shipped_studies

    if folder and study and folder != study:
        raise QuestionError(f"Give DIR or --study, not both: {folder} and {study}.")
    folder = folder or study or shipped_studies()[0]
    inspection = inspect_study(folder)
    faults, remarks = inspection.faults, inspection.remarks
    emit(
        layout.form,
        shape=lambda: {"study": folder, "faults": faults, "remarks": remarks},
        rows=lambda: _fault_rows(faults),
        text=lambda: _faults_text(folder, faults, remarks),
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
    tables: Annotated[
        Path | None,
        typer.Option(
            "--from-tables",
            metavar="FOLDER",
            help="Make it out of a folder of national tables: commuting, population, economic regions, outlines. "
            "Default: none.",
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="With --from-tables: the year, such as 2017. Default: none."),
    ] = None,
    county: Annotated[
        str | None,
        typer.Option(
            "--county",
            metavar="NN",
            help="With --from-tables: the county by its number, such as 15. Default: the whole country.",
        ),
    ] = None,
) -> None:
    """Make a study's folder and print where it is."""
    if tables is not None:
        made = _make_from_tables(folder, tables, origin=origin, year=year, county=county)
        typer.echo(made)
        tell(f"How its municipalities are linked is read off the map: check {made / 'neighbours.csv'}.")
        return
    if year is not None or county is not None:
        raise QuestionError("--year and --county choose from a folder of tables: give it with --from-tables FOLDER.")
    from tyngdepunkt.study import new_study

    made = new_study(folder, from_study=origin)
    typer.echo(made)
    tell(f"When its tables are {'changed' if origin else 'filled in'}: tyngdepunkt check {made}")


def _make_from_tables(folder: Path, tables: Path, *, origin: str | None, year: int | None, county: str | None) -> Path:
    """Make a study out of national tables."""
    if origin is not None:
        raise QuestionError("A study comes from another study or from tables: give --from or --from-tables, not both.")
    if year is None:
        raise QuestionError("--from-tables needs the year that is wanted: give it with --year, such as --year 2017.")
    from tyngdepunkt.study import new_study_from_tables

    with ProgressLine("study") as progress:
        return new_study_from_tables(folder, tables, year=year, county=county, progress=progress)


_HEADER = ("file", "row", "column", "problem", "mend")


def _fault_rows(faults: tuple[Fault, ...]) -> list[Row]:
    """Return faults as rows."""
    return [{name: getattr(fault, name) for name in _HEADER} for fault in faults]


def _faults_text(folder: str, faults: tuple[Fault, ...], remarks: tuple[Fault, ...]) -> str:
    """Return faults, and what else should be known, as lines, counted first."""
    lines = [f"{folder}: no faults."]
    if faults:
        head = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        lines = [f"{folder}: {head}.", *(f"  - {fault}" for fault in faults)]
    if remarks:
        head = "1 remark" if len(remarks) == 1 else f"{len(remarks)} remarks"
        lines += [f"{folder}: {head}.", *(f"  - {remark}" for remark in remarks)]
    return "\n".join(lines) + "\n"
