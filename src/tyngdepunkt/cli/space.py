"""The commands that count and draw the divisions of a study or a bare graph."""

from __future__ import annotations

from typing import Annotated

import typer

from tyngdepunkt.cli.graphs import GraphFile, Ground, Limits, read_bounds, read_ground
from tyngdepunkt.cli.guard import INTERRUPTED, tell
from tyngdepunkt.cli.layout import emit, table_text
from tyngdepunkt.cli.options import DrawMethod, Layout, Machines, command
from tyngdepunkt.cli.screen.divisions import bounds_text, sample_rows, sample_text
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.shapes.divisions import sample_shape

__all__ = ["register"]


_COUNT = """
Count the divisions of a study, or of a bare graph, into connected blocks, exactly.

GRAPH is the folder of a study, its municipalities joined by their links, or a JSON file: {"population": [1200, 800,
950], "edges": [[0, 1], [1, 2]]}, inhabitants by node and pairs of neighbours by position, counted from 0. Without
GRAPH it is the study of --study. Blocks have no names, so a division counts once. A graph in several parts is divided
part by part. JSON: count; without --blocks, counts.

Example: tyngdepunkt count --blocks 7 --floor 15000
"""
_SAMPLE = """
Draw divisions of a study, or of a bare graph, into connected blocks, with scores and how far to trust them.

GRAPH is as for tyngdepunkt count. JSON: assignments, the block of each node for each division kept, and for a study
nodes, the id of each; scores, with their mean, error and effective size. CSV: one line for each division kept.

Example: tyngdepunkt sample --blocks 7 --floor 15000 --steps 10000 --seed 1
"""
_KEPT = 10_000


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    command(app, name="count", help=_COUNT)(count_all)
    command(app, name="sample", help=_SAMPLE)(draw_sample)


def count_all(
    *,
    graph: GraphFile = None,
    blocks: Annotated[
        int | None,
        typer.Option("--blocks", metavar="K", min=1, help="Number of blocks. Default: every number, one by one."),
    ] = None,
    ground: Ground,
    limits: Limits,
    layout: Layout,
) -> None:
    """Print how many divisions there are."""
    from tyngdepunkt.analysis.divisions import count_divisions, count_every

    divided, _ = read_ground(graph, ground)
    memory = _memory(limits)
    with ProgressLine("count") as progress:
        if blocks is not None:
            bounds = read_bounds(divided, blocks, limits)
            found = {blocks: count_divisions(divided, blocks, bounds=bounds, memory=memory, progress=progress)}
        elif limits.deviation is not None:
            raise QuestionError("What --deviation allows depends on the number of blocks: give --blocks as well.")
        else:
            bounds = read_bounds(divided, 1, limits)
            found = count_every(divided, floor=bounds.least, memory=memory, progress=progress)
    rows = [{"blocks": number, "count": count} for number, count in found.items()]
    emit(
        layout.form,
        shape=lambda: {
            **({"counts": found} if blocks is None else {"count": found[blocks], "blocks": blocks}),
            "least": bounds.least,
            "most": bounds.most,
        },
        rows=lambda: rows,
        header=("blocks", "count"),
        text=lambda: f"Divisions into connected blocks{bounds_text(bounds)}:\n\n" + (table_text(rows) or "none\n"),
    )


def draw_sample(
    *,
    graph: GraphFile = None,
    blocks: Annotated[int, typer.Option("--blocks", metavar="K", min=1, help="Number of blocks.")],
    steps: Annotated[
        int, typer.Option("--steps", metavar="N", min=1, help="Draws, or steps of each chain after its warm-up.")
    ] = 1_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="The same seed gives the same sample.")] = 1,
    method: Annotated[
        DrawMethod,
        typer.Option(
            "--method",
            help=(
                "exact: independent draws, all divisions alike, where they can be counted; "
                "recom: recombination, quick, with no distribution that can be named; "
                "reversible: recombination that favours divisions by their spanning trees; "
                "uniform: the same chain with all divisions alike."
            ),
        ),
    ] = DrawMethod.EXACT,
    chains: Annotated[
        int, typer.Option("--chains", metavar="C", min=1, help="Chains run side by side, each with its own start.")
    ] = 1,
    every: Annotated[
        int | None,
        typer.Option(
            "--every",
            metavar="N",
            min=1,
            help="Keep every N-th division; scores count for all. Default: 1, more where over 10,000 would be kept.",
        ),
    ] = None,
    warmup: Annotated[
        int, typer.Option("--warmup", metavar="N", min=0, help="Steps that a chain takes before the first that counts.")
    ] = 1_000,
    ground: Ground,
    limits: Limits,
    machines: Machines,
    layout: Layout,
) -> None:
    """Print divisions drawn, and what they say."""
    from tyngdepunkt.analysis import Crew, chain_runner
    from tyngdepunkt.analysis.divisions import Method, sample_divisions

    divided, territory = read_ground(graph, ground)
    with ProgressLine("sample") as progress:
        sample = sample_divisions(
            divided,
            blocks,
            steps=steps,
            seed=seed,
            bounds=read_bounds(divided, blocks, limits),
            method=Method(method.value),
            chains=chains,
            every=every or -(-steps * chains // _KEPT),
            warmup=warmup,
            flows=None if territory is None else territory.commuters,
            memory=_memory(limits),
            progress=progress,
            run=chain_runner(Crew(machines.workers, machines.cluster)),
        )
    nodes = {} if territory is None else {"nodes": territory.ids}
    emit(
        layout.form,
        shape=lambda: {**nodes, **sample_shape(sample)},
        rows=lambda: sample_rows(sample),
        header=("chain", "step", *sample.scores, "assignment"),
        text=lambda: sample_text(sample),
    )
    if not sample.complete:
        tell(f"Only {sample.steps:,} of {steps:,} steps were done, and are printed.")
        raise typer.Exit(INTERRUPTED)


def _memory(limits: Limits) -> float:
    """Return the memory that the options allow [GB]."""
    from tyngdepunkt.analysis.divisions import GIGABYTES

    return GIGABYTES if limits.memory is None else limits.memory
