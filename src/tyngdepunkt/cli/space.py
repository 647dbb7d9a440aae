"""The commands that look at the divisions of a study or a bare graph: count, sample, divide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tyngdepunkt.cli.asking import open_study
from tyngdepunkt.cli.guard import INTERRUPTED, MENDABLE, NO_PLAN, tell
from tyngdepunkt.cli.layout import emit, json_text, table_text
from tyngdepunkt.cli.options import Format, Layout, Machines, Source, command
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.model import Territory
    from tyngdepunkt.space import Bounds, Clash, FewestCuts, Graph, NoDivision, Sample

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

_DIVIDE = """
Divide a study, or a bare graph, into connected blocks so that fewest edges are cut, with proof.

GRAPH is as for tyngdepunkt count. Where time runs out or Ctrl-C ends the work, the best division found is printed with
the bound: no division cuts fewer edges than that. Where there is none, say whether numbers or geography forbid it;
exit code 2. JSON: assignment, the block of each node; objective, bound, status, seconds. CSV: one line for each node.

Example: tyngdepunkt divide county.json --blocks 7 --deviation 0.1
"""

_KEPT = 10_000
_SECONDS = 300.0
"""The library's own limit, written out so that ``--help`` need not load it."""
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


class CutObjective(StrEnum):
    """What a division shall have least of."""

    CUT_EDGES = "cut-edges"


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


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    command(app, name="count", help=_COUNT)(count_all)
    command(app, name="sample", help=_SAMPLE)(draw_sample)
    command(app, name="divide", help=_DIVIDE)(divide_best)


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


def divide_best(
    *,
    graph: GraphFile = None,
    blocks: Annotated[int, typer.Option("--blocks", metavar="K", min=1, help="Number of blocks.")],
    objective: Annotated[
        CutObjective, typer.Option("--objective", help="cut-edges: fewest edges between blocks.")
    ] = CutObjective.CUT_EDGES,
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
    from tyngdepunkt.space import NoDivision, divide_graph

    divided, _ = _graph(graph, ground)
    bounds = _bounds(divided, blocks, window)
    with ProgressLine("divide") as progress:
        found = divide_graph(divided, blocks, bounds=bounds, seconds=seconds, seed=seed, progress=progress)
    if isinstance(found, NoDivision):
        _refuse(found, objective, layout)
    emit(
        layout.form,
        shape=lambda: _division_shape(found, objective),
        rows=lambda: [{"node": node, "block": block} for node, block in enumerate(found.assignment)],
        text=lambda: _division_text(found),
    )
    _leave_if_interrupted(complete=found.complete)


def _refuse(found: NoDivision, objective: CutObjective, layout: Layout) -> NoReturn:
    """Print why there is no division, and exit with the code that says so; more time may mend an unsettled answer."""
    text = _no_division_text(found)
    match layout.form:
        case Format.JSON:
            typer.echo(json_text(_no_division_shape(found, objective)), nl=False)
        case Format.CSV:
            tell(text.rstrip("\n"))
        case Format.TABLE:
            typer.echo(text, nl=False)
    _leave_if_interrupted(complete=found.complete)
    raise typer.Exit(MENDABLE if found.clash is None else NO_PLAN)


def _leave_if_interrupted(*, complete: bool) -> None:
    """Say so where Ctrl-C cut the work short and what was done is printed, and exit with the code for it."""
    if not complete:
        tell("Interrupted: what was found by then is printed.")
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


def _bounds(graph: Graph, blocks: int, limits: Window) -> Bounds:
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


def _division_shape(found: FewestCuts, objective: CutObjective) -> dict[str, object]:
    """Return a division for JSON."""
    return {
        "assignment": found.assignment,
        "objective": found.objective,
        "bound": found.bound,
        "status": found.status.value,
        "seconds": found.seconds,
        "populations": found.populations,
        **_asked_shape(found, objective),
        "heuristic_objective": found.heuristic_objective,
    }


def _no_division_shape(found: NoDivision, objective: CutObjective) -> dict[str, object]:
    """Return for JSON that there is no division."""
    clash = found.clash
    return {
        "assignment": None,
        "objective": None,
        "bound": found.bound,
        "status": _status_of(found),
        "seconds": found.seconds,
        "kind": None if clash is None else clash.kind,
        "reasons": [] if clash is None else [{**vars(clash), "text": _clash_text(found, clash)}],
        **_asked_shape(found, objective),
    }


def _asked_shape(found: FewestCuts | NoDivision, objective: CutObjective) -> dict[str, object]:
    """Return for JSON what was asked, and what it took."""
    return {
        "question": {
            "blocks": found.blocks,
            "objective": objective.value,
            "least": found.bounds.least,
            "most": found.bounds.most,
        },
        "nodes": found.nodes,
        "seed": found.seed,
        "complete": found.complete,
    }


def _status_of(found: NoDivision) -> str:
    """Return whether there is no division, or none was found in time."""
    return "unsettled" if found.clash is None else "infeasible"


def _division_text(found: FewestCuts) -> str:
    """Return a division for reading."""
    mean = found.graph.total / found.blocks
    rows = [
        {
            "block": block,
            "nodes": sum(each == block for each in found.assignment),
            "inhabitants [persons]": people,
            "from the mean [%]": f"{100 * (people / mean - 1):+.2f}" if mean else None,
            "cut edges": sum(block in ends and ends[0] != ends[1] for ends in _blocks_at_edges(found)),
            "which": f"{{{', '.join(str(node) for node, each in enumerate(found.assignment) if each == block)}}}",
        }
        for block, people in enumerate(found.populations)
    ]
    proven = (
        "proven fewest" if found.objective == found.bound else f"and no division cuts fewer than {found.bound:,} edges"
    )
    edges = "1 edge" if found.objective == 1 else f"{found.objective:,} edges"
    return (
        f"{found.blocks} connected blocks{_spoken(found.bounds)}: {edges} cut, {proven} "
        f"({found.seconds:.1f} s).\n\n{table_text(rows)}"
    )


def _blocks_at_edges(found: FewestCuts) -> list[tuple[int, int]]:
    """Return the blocks at the two ends of each edge."""
    return [(found.assignment[a], found.assignment[b]) for a, b in found.graph.edges]


def _no_division_text(found: NoDivision) -> str:
    """Return for reading that there is no division."""
    what = f"division into {found.blocks} connected blocks{_spoken(found.bounds)}"
    if found.clash is None:
        return (
            f"No {what} was found in {found.seconds:.0f} s; whether there is one is not settled. "
            f"None cuts fewer than {found.bound:,} edges. Give it more --seconds, or loosen the bounds.\n"
        )
    return f"There is no {what}, by {found.clash.kind}: {_clash_text(found, found.clash)}\n"


def _clash_text(found: NoDivision, clash: Clash) -> str:
    """Return what makes a division impossible in a sentence."""
    least = f"{found.bounds.least:,}"
    most = "–" if found.bounds.most is None else f"{found.bounds.most:,}"
    of = f"with {clash.value:,} inhabitants"
    match clash.criterion:
        case "window":
            return f"a block would need at least {least} and at most {most} inhabitants, and no whole number is both."
        case "total":
            return f"{clash.value:,} inhabitants are too few or too many for {found.blocks} blocks."
        case "node":
            return f"node {clash.nodes[0]} {of} is more than a block may have."
        case "part":
            return f"the part of node {clash.nodes[0]}, which no edge joins to the rest, {of} can be no blocks."
        case "parts":
            return f"parts that no edge joins cannot make {found.blocks} blocks together."
        case "alone":
            return (
                f"node {clash.nodes[0]} {of} lies in no block that is within the bounds and leaves the others theirs."
            )
        case _:
            return "every division has been ruled out."
