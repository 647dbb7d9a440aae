"""The command that divides a study or a bare graph so that fewest edges are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tyngdepunkt.cli.graphs import GraphFile, Ground, Window, read_bounds, read_ground
from tyngdepunkt.cli.guard import MENDABLE, NO_PLAN
from tyngdepunkt.cli.layout import emit
from tyngdepunkt.cli.options import Layout, command
from tyngdepunkt.cli.refusals import leave_if_interrupted, print_refusal
from tyngdepunkt.cli.screen.divisions import division_text, no_division_text
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.shapes.divisions import division_shape, no_division_shape

if TYPE_CHECKING:
    from tyngdepunkt.analysis.divisions import NoDivision
    from tyngdepunkt.model import Territory

__all__ = ["register"]

_DIVIDE = """
Divide a study, or a bare graph, into connected blocks so that fewest edges are cut, with proof.

GRAPH is as for tyngdepunkt count. Where time runs out or Ctrl-C ends the work, the best division found is printed with
the bound: no division cuts fewer edges than that. Where there is none, say whether numbers or geography forbid it;
exit code 2. JSON: assignment, the block of each node; objective, bound, status, seconds. CSV: one line for each node.

Example: tyngdepunkt divide county.json --blocks 7 --deviation 0.1
"""
CUT_EDGES = "cut-edges"
"""What a division shall have least of."""
_SECONDS = 300.0
"""The library's own limit, written out so that ``--help`` need not load it."""


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    command(app, name="divide", help=_DIVIDE)(divide_best)


def divide_best(
    *,
    graph: GraphFile = None,
    blocks: Annotated[int, typer.Option("--blocks", metavar="K", min=1, help="Number of blocks.")],
    objective: Annotated[
        str,
        typer.Option(
            "--objective", metavar="TERM", help="cut-edges: fewest edges between blocks; the only one there is."
        ),
    ] = CUT_EDGES,
    seconds: Annotated[
        float,
        typer.Option(
            "--seconds",
            metavar="S",
            min=0.1,
            help="Wall time after which the best division found is printed with its bound in place of a proof [s].",
        ),
    ] = _SECONDS,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, help="Seed of the annealing that finds a first division.")
    ] = 1,
    window: Window,
    ground: Ground,
    layout: Layout,
) -> None:
    """Print the division that cuts fewest edges, or why there is none."""
    from tyngdepunkt.analysis.divisions import NoDivision, divide_graph

    if objective != CUT_EDGES:
        raise QuestionError(
            f"divide has no objective {objective!r}: it finds the fewest {CUT_EDGES}. For ties, access, cohesion or "
            "borders: tyngdepunkt plan."
        )
    divided, territory = read_ground(graph, ground)
    bounds = read_bounds(divided, blocks, window)
    with ProgressLine("divide") as progress:
        found = divide_graph(divided, blocks, bounds=bounds, seconds=seconds, seed=seed, progress=progress)
    if isinstance(found, NoDivision):
        _refuse(found, objective, layout, territory)
    ids: dict[str, object] = {} if territory is None else {"ids": territory.ids}
    emit(
        layout.form,
        shape=lambda: {**ids, **division_shape(found, objective)},
        rows=lambda: [
            {"node": node, **({} if territory is None else {"municipality_id": territory.ids[node]}), "block": block}
            for node, block in enumerate(found.assignment)
        ],
        text=lambda: division_text(found, territory),
    )
    leave_if_interrupted(complete=found.complete)


def _refuse(found: NoDivision, objective: str, layout: Layout, territory: Territory | None) -> NoReturn:
    """Print why there is no division, and exit with the code that says so; more time may mend an unsettled answer."""
    print_refusal(
        layout,
        shape=lambda: no_division_shape(found, objective, territory),
        text=no_division_text(found, territory),
    )
    leave_if_interrupted(complete=found.complete)
    raise typer.Exit(MENDABLE if found.clash is None else NO_PLAN)
