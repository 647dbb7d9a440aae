"""The application, with its commands in the order that a reader meets them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tyngdepunkt import __version__
from tyngdepunkt.cli import (
    bench,
    cooperation,
    division,
    ensembles,
    faces,
    layers,
    plans,
    regions,
    services,
    space,
    studies,
    tradeoffs,
)
from tyngdepunkt.cli.guard import run_guarded

__all__ = ["app", "main"]

app = typer.Typer(
    name="tyngdepunkt",
    add_completion=False,
    rich_markup_mode=None,  # else [min] is taken for markup and vanishes from the help
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001  # Typer calls it with the value alone
    """Print the version and stop."""
    if wanted:
        typer.echo(f"tyngdepunkt {__version__}")
        raise typer.Exit


@app.callback(
    help=(
        "Decision support for municipalities that must find out what to do together: regional centres of "
        "gravity, blocks of municipalities around them with proof of how good the plan is, and the report.\n\n"
        "Answers go to standard output, progress and messages to standard error. "
        "Exit code: 0 done, 1 something to mend, 2 no plan exists, 130 interrupted.\n\n"
        "Example: tyngdepunkt run"
    )
)
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Take the options that come before a command."""


faces.register(app)
plans.register(app)
tradeoffs.register(app)
ensembles.register(app)
layers.register(app)
studies.register(app)
regions.register(app)
space.register(app)
division.register(app)
cooperation.register(app)
services.register(app)
bench.register(app)


def main() -> None:
    """Run the command line of this process and exit with its code."""
    sys.exit(run_guarded(app, sys.argv[1:]))
