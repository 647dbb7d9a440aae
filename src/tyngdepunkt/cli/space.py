"""The commands that look at the whole space of divisions of a study or a bare graph: count, sample."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.asking import open_study
from tyngdepunkt.cli.guard import INTERRUPTED, tell
from tyngdepunkt.cli.layout import emit, table_text
from tyngdepunkt.cli.options import Layout, Machines, Source, command
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.model import Territory
    from tyngdepunkt.space import Bounds, Graph, Sample

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
_UNITS = {
    "cut_edges": "cut edges",
    "smallest": "smallest block [persons]",
    "largest": "largest block [persons]",
    "inside": "commuters within blocks [persons]",
}


class SampleMethod(StrEnum):
    """How divisions are drawn."""

    EXACT = "exact"
    RECOM = "recom"
    REVERSIBLE = "reversible"
    UNIFORM = "uniform"


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
class Limits:
    """
    How few and how many inhabitants a block may have, and what counting may take.

    Parameters
    ----------
    floor
        Least population of a block [persons]; None where not given.
    deviation
        Most that a block may lie from the mean, as a share of it; None where not given.
    memory
        Memory for exact counting [GB]; None for the library's own.
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
    memory: Annotated[
        float | None,
        typer.Option(
            "--memory",
            metavar="GB",
            min=0.01,
            help="Memory for exact counting, which stops and says so where it needs more [GB]. Default: 3.5.",
        ),
    ] = None


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
    from tyngdepunkt.space import count_divisions, count_every

    divided, _ = _graph(graph, ground)
    memory = _memory(limits)
    with ProgressLine("count") as progress:
        if blocks is not None:
            bounds = _bounds(divided, blocks, limits)
            found = {blocks: count_divisions(divided, blocks, bounds=bounds, memory=memory, progress=progress)}
        elif limits.deviation is not None:
            raise QuestionError("What --deviation allows depends on the number of blocks: give --blocks as well.")
        else:
            bounds = _bounds(divided, 1, limits)
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
        text=lambda: f"Divisions into connected blocks{_spoken(bounds)}:\n\n" + (table_text(rows) or "none\n"),
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
        SampleMethod,
        typer.Option(
            "--method",
            help=(
                "exact: independent draws, all divisions alike, where they can be counted; "
                "recom: recombination, quick, with no distribution that can be named; "
                "reversible: recombination that favours divisions by their spanning trees; "
                "uniform: the same chain with all divisions alike."
            ),
        ),
    ] = SampleMethod.EXACT,
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
    from tyngdepunkt.space import Method, sample_divisions

    divided, territory = _graph(graph, ground)
    with ProgressLine("sample") as progress:
        sample = sample_divisions(
            divided,
            blocks,
            steps=steps,
            seed=seed,
            bounds=_bounds(divided, blocks, limits),
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
        shape=lambda: {**nodes, **_sample_shape(sample)},
        rows=lambda: _sample_rows(sample),
        header=("chain", "step", *sample.scores, "assignment"),
        text=lambda: _sample_text(sample),
    )
    if not sample.complete:
        tell(f"Only {sample.steps:,} of {steps:,} steps were done, and are printed.")
        raise typer.Exit(INTERRUPTED)


def _graph(file: Path | None, ground: Ground) -> tuple[Graph, Territory | None]:
    """Return the graph that the argument or the options name, and the territory where it is a study's."""
    from tyngdepunkt.space import graph_of, read_graph

    if file is not None and ground.study:
        raise QuestionError(f"Give GRAPH or --study, not both: {file} and {ground.study}.")
    if file is not None and not file.is_dir():
        if ground.seasonal is not None:
            raise QuestionError("Roads closed in winter are known of a study only, not of a bare graph.")
        return read_graph(file), None
    study = open_study(Source(study=ground.study if file is None else str(file)))
    seasonal = study.settings.seasonal if ground.seasonal is None else ground.seasonal
    return graph_of(study.territory, seasonal=seasonal), study.territory


def _bounds(graph: Graph, blocks: int, limits: Limits) -> Bounds:
    """Return the bounds that the options set."""
    from tyngdepunkt.space import Bounds, within

    if limits.floor is not None and limits.deviation is not None:
        raise QuestionError("Give --floor or --deviation, not both.")
    graph.check_blocks(blocks)
    if limits.deviation is not None:
        return within(limits.deviation, blocks=blocks, total=graph.total)
    return Bounds(limits.floor or 0)


def _memory(limits: Limits) -> float:
    """Return the memory that the options allow [GB]."""
    from tyngdepunkt.space.memory import GIGABYTES

    return GIGABYTES if limits.memory is None else limits.memory


def _spoken(bounds: Bounds) -> str:
    """Return bounds in words, to follow the word blocks."""
    if bounds.most is not None:
        return f" of {bounds.least:,} to {bounds.most:,} inhabitants"
    return f" of {bounds.least:,} inhabitants or more" if bounds.least else ""


def _sample_shape(sample: Sample) -> dict[str, object]:
    """Return a sample for JSON."""
    return {
        "method": sample.method.value,
        "blocks": sample.blocks,
        "least": sample.bounds.least,
        "most": sample.bounds.most,
        "seed": sample.seed,
        "chains": sample.plans.shape[0],
        "steps": sample.steps,
        "every": sample.every,
        "complete": sample.complete,
        "count": sample.count,
        "moved": sample.moved,
        "scores": {
            name: {
                **vars(diagnosis),
                "values": sample.scores[name][:, sample.every - 1 :: sample.every].ravel().tolist(),
            }
            for name, diagnosis in sample.diagnoses.items()
        },
        "assignments": sample.plans.reshape(-1, len(sample.graph)).tolist(),
    }


def _sample_rows(sample: Sample) -> list[dict[str, object]]:
    """Return a line for each division kept."""
    return [
        {
            "chain": chain + 1,
            "step": (place + 1) * sample.every,
            **{name: int(values[chain, (place + 1) * sample.every - 1]) for name, values in sample.scores.items()},
            "assignment": plan.tolist(),
        }
        for chain, plans in enumerate(sample.plans)
        for place, plan in enumerate(plans)
    ]


def _sample_text(sample: Sample) -> str:
    """Return a sample for reading."""
    known = "" if sample.count is None else f" of the {sample.count:,} there are"
    chains = sample.plans.shape[0]
    head = (
        f"{sample.steps * chains:,} divisions{known} into {sample.blocks} connected blocks{_spoken(sample.bounds)}, "
        f"drawn by the method {sample.method.value} with seed {sample.seed}.\n"
    )
    if sample.count is None:
        head += f"{chains} chain{'s' if chains > 1 else ''}; {100 * sample.moved:.1f} % of the steps moved.\n"
    rows = [
        {
            "score": _UNITS.get(name, name),
            "mean": round(each.mean, 1),
            "error": round(each.error, 2),
            "deviation": round(each.deviation, 1),
            "effective draws": round(each.effective),
            "R-hat": f"{each.rhat:.3f}",
        }
        for name, each in sample.diagnoses.items()
    ]
    doubtful = [name for name, each in sample.diagnoses.items() if not each.has_mixed]
    if sample.count is None and doubtful:
        said = (
            "The chains have not mixed: above R-hat 1.01 or below 400 effective draws, take more --steps or --chains."
        )
        return f"{head}\n{table_text(rows)}\n{said}\n"
    return f"{head}\n{table_text(rows)}"
