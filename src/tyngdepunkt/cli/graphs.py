"""The options that name a graph or a study to divide, and its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.asking import open_study
from tyngdepunkt.cli.options import Source
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.analysis.divisions import Bounds, Graph
    from tyngdepunkt.model import Territory

__all__ = ["GraphFile", "Ground", "Limits", "Window", "read_bounds", "read_ground"]


GraphFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="[GRAPH]",
        help="Folder of a study, or JSON file with population and edges. Default: the study of --study.",
        show_default=False,
    ),
]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """
    Which study is divided where no graph is named.

    Parameters
    ----------
    study
        Folder of a study, or the name of one that ships; empty for the one that ships.
    seasonal
        Whether links closed in winter join municipalities; None for the study's own.
    """

    study: Annotated[
        str,
        typer.Option(
            "--study",
            metavar="DIR",
            help="Folder of a study, or the name of one that ships. Default: more-og-romsdal-2017.",
            show_default=False,
        ),
    ] = ""
    seasonal: Annotated[
        bool | None,
        typer.Option(
            "--seasonal/--year-round",
            help="Whether roads closed in winter join the municipalities of a study. Default: the study's own.",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Window:
    """
    How few and how many inhabitants a block may have.

    Parameters
    ----------
    floor
        Least population of a block [persons]; None where not given.
    deviation
        Most that a block may lie from the mean, as a share of it; None where not given.
    """

    floor: Annotated[
        int | None,
        typer.Option(
            "--floor", metavar="PERSONS", min=0, help="Fewest inhabitants of a block [persons]. Default: no floor."
        ),
    ] = None
    deviation: Annotated[
        float | None,
        typer.Option(
            "--deviation",
            metavar="SHARE",
            min=0,
            help="Most that a block's inhabitants may lie from the mean, as a share of it: 0.01. Default: no limit.",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Limits(Window):
    """
    How few and how many inhabitants a block may have, and what counting may take.

    Parameters
    ----------
    floor, deviation
        As for `Window`.
    memory
        Memory for exact counting [GB]; None for the library's own.
    """

    memory: Annotated[
        float | None,
        typer.Option(
            "--memory",
            metavar="GB",
            min=0.01,
            help="Memory for exact counting, which stops and says so where it needs more [GB]. Default: 3.5.",
        ),
    ] = None


def read_ground(file: Path | None, ground: Ground) -> tuple[Graph, Territory | None]:
    """Return the graph that the argument or the options name, and the territory where it is a study's."""
    from tyngdepunkt.analysis.divisions import graph_of_study, read_graph

    if file is not None and ground.study:
        raise QuestionError(f"Give GRAPH or --study, not both: {file} and {ground.study}.")
    if file is not None and not file.is_dir():
        if ground.seasonal is not None:
            raise QuestionError("Roads closed in winter are known of a study only, not of a bare graph.")
        return read_graph(file), None
    study = open_study(Source(study=ground.study if file is None else str(file)))
    return graph_of_study(study, seasonal=ground.seasonal), study.territory


def read_bounds(graph: Graph, blocks: int, limits: Window) -> Bounds:
    """Return the bounds that the options set."""
    from tyngdepunkt.analysis.divisions import Bounds, within

    if limits.floor is not None and limits.deviation is not None:
        raise QuestionError("Give --floor or --deviation, not both.")
    graph.check_blocks(blocks)
    if limits.deviation is not None:
        return within(limits.deviation, blocks=blocks, total=graph.total)
    return Bounds(limits.floor or 0)
