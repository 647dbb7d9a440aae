"""The space of divisions: counts held against Graphillion, recombination against GerryChain; rows 7, 8 and 9."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.bench.row import Peer, Row, Verdict

if TYPE_CHECKING:
    from gerrychain import Partition

    from tyngdepunkt.space import Bounds, Graph, Sample

__all__ = ["ROWS", "read_fl70"]

_FL25, _FL70, _IOWA = "benchmarks/fl25.json", "benchmarks/fl70.json", "benchmarks/cut_edges_IA.json"
_DEVIATIONS = (0.01, 0.05, 0.10, 0.20)
_FL25_KNOWN = (2_318, 117_688, 2_150_509, 8, 192, 927, 3_617)
_FL70_KNOWN = (44_082_156, 24_709_843_370)
_FL70_CLOSE = 717_060
_COUNTY_FLOOR = 15_000
_COUNTY_KNOWN = (11_129, 791_639, 273_426_190, 19)
"""Divisions of the shipped county into 2, 3, 7 and 12 blocks; the first two also found by listing and sifting."""
_STEPS = 4_000
_FLOOR = 0.6
"""Floor of the samples, as a share of the mean population of a block; the cap is as far above."""
_LONG = 200_000
_NEAR = 0.02
_SPACED = 100
"""Steps from one whose scores are added up anew to the next."""
_CHANCE = 5.0
"""Standard errors that two chains' means may lie apart; they are estimated from few independent draws."""
_AMBIGUOUS = ((11, 16), (22, 28), (32, 36))


def read_fl70(path: Path) -> Graph:
    """
    Read the graph of 70 Florida precincts, whose file is damaged as it is handed round.

    In the file one end of each edge is counted from 0 and the other from 1, once in each direction, and duplicates are
    gone: {a, b} with a < b stands as (a, b + 1) and as (a + 1, b). Pairs with both are edges where an entry would be
    left over without them; of thirteen more that could be, only the three written out here give the published counts
    into 2 and 3 blocks (Fifield, Imai, Kawahara and Kenny 2020), and they give the one within 1 % as well.

    Parameters
    ----------
    path
        The file; one that is whole is read as it stands.

    Returns
    -------
    The graph: 70 nodes, 147 edges.
    """
    from tyngdepunkt.space import Graph, read_graph

    content = json.loads(path.read_text(encoding="utf-8"))
    people, entries = content["population"], {(min(edge), max(edge)) for edge in content["edges"]}
    if all(a != b and b < len(people) for a, b in entries):
        return read_graph(path)
    likely = {(a, b - 1) for a, b in entries if (a + 1, b - 1) in entries and a + 1 < b}
    surely = set()
    for a, b in entries:
        sources = {(a, b - 1), (a - 1, b)} & likely
        if len(sources) == 1:
            surely |= sources
    return Graph(tuple(people), tuple(sorted(surely | set(_AMBIGUOUS))))


def _count_fl25(graph: Graph) -> tuple[int, ...]:
    """Count into 2, 3 and 4 blocks, and into 3 within each deviation."""
    from tyngdepunkt.space import count_divisions, within

    free = [count_divisions(graph, blocks) for blocks in (2, 3, 4)]
    close = [count_divisions(graph, 3, bounds=within(x, blocks=3, total=graph.total)) for x in _DEVIATIONS]
    return (*free, *close)


def _count_fl25_by_graphillion(graph: Graph) -> tuple[int, ...]:
    """Count the same."""
    from tyngdepunkt.space import within

    free = [_graphillion(graph, blocks, None) for blocks in (2, 3, 4)]
    return (*free, *(_graphillion(graph, 3, within(x, blocks=3, total=graph.total)) for x in _DEVIATIONS))


def _count_fl70(graph: Graph) -> tuple[int, ...]:
    """Count into 2 and 3 blocks."""
    from tyngdepunkt.space import count_divisions

    return count_divisions(graph, 2), count_divisions(graph, 3)


def _count_close(graph: Graph) -> tuple[int, ...]:
    """Count into 2 blocks within 1 % of the mean."""
    from tyngdepunkt.space import count_divisions, within

    return (count_divisions(graph, 2, bounds=within(0.01, blocks=2, total=graph.total)),)


def _count_close_by_graphillion(graph: Graph) -> tuple[int, ...]:
    """Count the same."""
    from tyngdepunkt.space import within

    return (_graphillion(graph, 2, within(0.01, blocks=2, total=graph.total)),)


def _graphillion(graph: Graph, blocks: int, bounds: Bounds | None) -> int:
    """Count divisions with Graphillion."""
    from graphillion import GraphSet

    GraphSet.set_universe([(a + 1, b + 1) for a, b in graph.edges])
    if bounds is None:
        return int(GraphSet.partitions(num_comp_lb=blocks, num_comp_ub=blocks).len())
    weights = {node + 1: people for node, people in enumerate(graph.population)}
    found = GraphSet.balanced_partitions(weights, lower=bounds.least, upper=bounds.most, num_comps=blocks)
    return int(found.len())


def _same(known: tuple[int, ...], _: object, found: tuple[int, ...]) -> Verdict:
    """Compare counts."""
    return Verdict(_spoken(found), found == known)


def _graphillion_peer(count: Callable[[Graph], tuple[int, ...]]) -> Peer:
    """Return Graphillion as the peer of a row that counts."""
    return Peer(
        "Graphillion",
        "graphillion",
        "graphillion",
        count,
        lambda _, ours, theirs: Verdict("the same" if theirs == ours else _spoken(theirs), theirs == ours),
    )


def _spoken(counts: tuple[int, ...]) -> str:
    """Return counts in words."""
    return "; ".join(f"{count:,}" for count in counts)


def _county(_: Path) -> Graph:
    """Load the graph of the shipped county."""
    from tyngdepunkt.space import graph_of
    from tyngdepunkt.study import load_study, shipped_studies

    return graph_of(load_study(shipped_studies()[0]).territory)


def _count_county(graph: Graph) -> tuple[int, ...]:
    """Count for every number of blocks that has a division; give 2, 3, 7 and the most."""
    from tyngdepunkt.space import count_every

    every = count_every(graph, floor=_COUNTY_FLOOR)
    return every[2], every[3], every[7], every[max(every)]


@dataclass(frozen=True, eq=False)
class _Sampling:
    """What is sampled: a graph, so many blocks, bounds, and where chains start."""

    graph: Graph
    blocks: int
    bounds: Bounds
    flows: NDArray[np.int64] | None
    start: NDArray[np.int32]


def _prepare_made_up(nodes: int, blocks: int) -> _Sampling:
    """Make up a graph with commuters."""
    from tyngdepunkt.space.synthetic import make_graph

    flows = np.random.default_rng(1).integers(0, 50, (nodes, nodes))
    return _prepare_sampling(make_graph(nodes, seed=1), blocks, 1 - _FLOOR, flows)


def _prepare_sampling(graph: Graph, blocks: int, deviation: float, flows: NDArray[np.int64] | None) -> _Sampling:
    """Find a start, so that ours and the peer's chain have the same."""
    from tyngdepunkt.space import Method, sample_divisions, within

    bounds = within(deviation, blocks=blocks, total=graph.total)
    first = sample_divisions(graph, blocks, steps=1, seed=1, bounds=bounds, method=Method.RECOM)
    return _Sampling(graph, blocks, bounds, flows, first.plans[0, 0])


def _recombine(sampling: _Sampling) -> Sample:
    """Run our chain, with scores."""
    from tyngdepunkt.space import Method, sample_divisions

    return sample_divisions(
        sampling.graph,
        sampling.blocks,
        steps=_STEPS,
        seed=2,
        bounds=sampling.bounds,
        method=Method.RECOM,
        warmup=0,
        flows=sampling.flows,
        start=sampling.start,
    )


def _recombine_by_gerrychain(sampling: _Sampling) -> NDArray[np.int64]:
    """
    Run GerryChain's chain of as many steps, from the same start, within the same bounds and with the same scores.

    It is told to draw as ours does: the pair of blocks by an edge between them, and each spanning tree as likely as any
    other. Then both are one chain, and what they tend to can be compared; with its own way of drawing trees it is up to
    a third quicker.
    """
    import networkx as nx
    from gerrychain import (
        Graph,
        MarkovChain,
        Partition,
        accept,
    )
    from gerrychain.proposals import recom
    from gerrychain.tree import (
        bipartition_tree,
        uniform_spanning_tree,
    )
    from gerrychain.updaters import Tally, cut_edges

    plain = nx.Graph()
    for node, people in enumerate(sampling.graph.population):
        plain.add_node(node, people=people)
    plain.add_edges_from(sampling.graph.edges)
    updaters = {"people": Tally("people", alias="people"), "cut_edges": cut_edges}
    if sampling.flows is not None:
        updaters["inside"] = functools.partial(_count_inside, sampling.flows)
    start = Partition(
        Graph.from_networkx(plain), assignment=dict(enumerate(sampling.start.tolist())), updaters=updaters
    )
    mean = sampling.graph.total / sampling.blocks
    propose = functools.partial(
        recom,
        pop_col="people",
        pop_target=mean,
        epsilon=1 - sampling.bounds.least / mean,
        pair_selection="cut_edges",
        bipartition_tree_fn=functools.partial(bipartition_tree, spanning_tree_fn=uniform_spanning_tree),
    )
    # Its chain gives the start as well.
    chain = MarkovChain(propose, [], accept.always_accept, start, _STEPS + 1, rng=2)
    scores = [
        (
            len(each["cut_edges"]),
            min(each["people"].values()),
            max(each["people"].values()),
            sum(each["inside"].values()) if sampling.flows is not None else 0,
        )
        for each in chain
    ]
    return np.array(scores[1:])


def _count_inside(flows: NDArray[np.int64], partition: Partition) -> dict[int, int]:
    """Return the commuters between the nodes of each part; those of parts that did not change are kept."""
    if partition.parent is None:
        counted, changed = {}, set(partition.parts)
    else:
        counted = dict(partition.parent["inside"])
        changed = {partition.parent.assignment.mapping[node] for node in partition.flips} | set(
            partition.flips.values()
        )
    for part in changed:
        nodes = list(partition.parts[part])
        counted[part] = int(flows[np.ix_(nodes, nodes)].sum() - flows[nodes, nodes].sum())
    return counted


def _check_gerrychain(_: _Sampling, ours: Sample, theirs: NDArray[np.int64]) -> Verdict:
    """Compare the mean number of cut edges of the two chains, which tend to the same; chance has its share in both."""
    from tyngdepunkt.space import diagnose

    mine, other = ours.diagnoses["cut_edges"], diagnose(theirs[None, :, 0])
    apart = abs(mine.mean - other.mean) / float(np.hypot(mine.error, other.error))
    text = f"{other.mean:.2f} cut edges in the mean, ours {mine.mean:.2f}: {apart:.1f} standard errors apart"
    return Verdict(text, apart < _CHANCE)


def _check_rate(sampling: _Sampling, sample: Sample) -> Verdict:
    """Check the bounds at every step, the scores of every hundredth and of the last, and the last's blocks."""
    from tyngdepunkt.space import score_divisions

    kept = [*range(0, sample.steps, _SPACED), sample.steps - 1]
    anew = score_divisions(sampling.graph, sample.plans[0, kept], flows=sampling.flows)
    holds = all(np.array_equal(sample.scores[name][0, kept], values) for name, values in anew.items())
    extremes = int(sample.scores["smallest"].min()), int(sample.scores["largest"].max())
    holds &= all(sampling.bounds.hold(people) for people in extremes)
    last = sample.plans[0, -1]
    blocks = [set(np.flatnonzero(last == block).tolist()) for block in range(sampling.blocks)]
    holds &= all(block and sampling.graph.component(block, min(block)) == block for block in blocks)
    text = f"{sample.steps:,} steps {'' if holds else 'not all '}within bounds, scores as added up anew"
    return Verdict(text, bool(holds) and sample.steps == _STEPS)


def _prepare_distribution(data: Path) -> tuple[Graph, Bounds, NDArray[np.int32]]:
    """List all divisions of 25 Florida precincts into 3 within 20 %."""
    from tyngdepunkt.space import build_space, read_graph, within

    graph = read_graph(data / _FL25)
    bounds = within(0.2, blocks=3, total=graph.total)
    space = build_space(graph, 3, bounds=bounds)
    return graph, bounds, space.divisions(range(space.count))


def _draw_both(prepared: tuple[Graph, Bounds, NDArray[np.int32]]) -> tuple[Sample, Sample]:
    """Run the chain that tends to spanning trees, and the one to which all divisions are alike."""
    from tyngdepunkt.space import Method, sample_divisions

    graph, bounds, _ = prepared
    first, second = (
        sample_divisions(graph, 3, steps=_LONG, seed=3, bounds=bounds, method=method, every=_LONG)
        for method in (Method.REVERSIBLE, Method.UNIFORM)
    )
    return first, second


def _check_distribution(prepared: tuple[Graph, Bounds, NDArray[np.int32]], drawn: tuple[Sample, Sample]) -> Verdict:
    """Compare shares of each number of cut edges with those among all divisions, by spanning trees and without."""
    from tyngdepunkt.space import score_divisions
    from tyngdepunkt.space.scores import log_trees

    graph, _, plans = prepared
    cut = score_divisions(graph, plans)["cut_edges"]
    logs = log_trees(graph, plans)
    apart = []
    for sample, weights in zip(drawn, (np.exp(logs - logs.max()), np.ones(len(cut))), strict=True):
        exact = np.bincount(cut, weights) / weights.sum()
        found = np.bincount(sample.scores["cut_edges"].ravel(), minlength=len(exact)) / _LONG
        apart.append(float(np.abs(found - exact).sum() / 2))
    text = f"{len(plans):,} divisions; shares of cut edges {100 * apart[0]:.1f} % and {100 * apart[1]:.1f} % apart"
    return Verdict(text, len(plans) == _FL25_KNOWN[-1] and max(apart) < _NEAR)


def _sampling_row(name: str, work: str, prepare: functools.partial[_Sampling] | None, needs: tuple[str, ...]) -> Row:
    """Return a row of recombination."""
    return Row(
        name=name,
        number=9,
        work=f"recombination, {_STEPS:,} steps with floor, cap and scores: {work}",
        known="bounds kept, scores as added up anew",
        aim="over 20,000 steps a second",
        prepare=(lambda _: prepare()) if prepare else _prepare_iowa,
        run=_recombine,
        check=_check_rate,
        needs=needs,
        seconds_aimed=_STEPS / 20_000,
        peer=Peer("GerryChain", "gerrychain", "gerrychain", _recombine_by_gerrychain, _check_gerrychain),
    )


def _prepare_iowa(data: Path) -> _Sampling:
    """Read the 99 counties of Iowa."""
    from tyngdepunkt.space import read_graph

    return _prepare_sampling(read_graph(data / _IOWA), 4, 0.05, None)


def _read_fl25(data: Path) -> Graph:
    """Read the graph of 25 Florida precincts."""
    from tyngdepunkt.space import read_graph

    return read_graph(data / _FL25)


ROWS = (
    Row(
        name="count-fl25",
        number=7,
        work="connected divisions of 25 precincts into 2, 3, 4; into 3 within 1, 5, 10, 20 % of the mean",
        known=_spoken(_FL25_KNOWN),
        aim="the same counts",
        prepare=_read_fl25,
        run=_count_fl25,
        check=functools.partial(_same, _FL25_KNOWN),
        needs=(_FL25,),
        peer=_graphillion_peer(_count_fl25_by_graphillion),
    ),
    Row(
        name="count-fl70",
        number=8,
        work="connected divisions of 70 precincts into 2 and 3",
        known=_spoken(_FL70_KNOWN),
        aim="the same counts",
        prepare=lambda data: read_fl70(data / _FL70),
        run=_count_fl70,
        check=functools.partial(_same, _FL70_KNOWN),
        needs=(_FL70,),
        peer=_graphillion_peer(lambda graph: (_graphillion(graph, 2, None), _graphillion(graph, 3, None))),
    ),
    Row(
        name="count-fl70-close",
        number=8,
        work="connected divisions of 70 precincts into 2 within 1 % of the mean",
        known=f"{_FL70_CLOSE:,}",
        aim="the same count",
        prepare=lambda data: read_fl70(data / _FL70),
        run=_count_close,
        check=functools.partial(_same, (_FL70_CLOSE,)),
        needs=(_FL70,),
        peer=_graphillion_peer(_count_close_by_graphillion),
    ),
    Row(
        name="count-county",
        number=8,
        work=f"connected divisions of the shipped county, floor {_COUNTY_FLOOR:,}, every number of blocks",
        known=f"into 2, 3, 7, 12: {_spoken(_COUNTY_KNOWN)}",
        aim="under 60 s and 4 GB",
        prepare=_county,
        run=_count_county,
        check=functools.partial(_same, _COUNTY_KNOWN),
        seconds_aimed=60.0,
        memory_aimed=4 * 10**9,
        no_peer="Graphillion runs out of 16 GB on it",
    ),
    _sampling_row("recom-36", "36 made-up units into 7", functools.partial(_prepare_made_up, 36, 7), ()),
    _sampling_row("recom-420", "420 made-up units into 28", functools.partial(_prepare_made_up, 420, 28), ()),
    _sampling_row("recom-iowa", "99 counties of Iowa into 4 within 5 %", None, (_IOWA,)),
    Row(
        name="recom-distribution",
        number=9,
        work=f"reversible and uniform chains, {_LONG:,} steps each, against all divisions of 25 precincts into 3 ±20 %",
        known=f"{_FL25_KNOWN[-1]:,} divisions; shares less than {100 * _NEAR:.0f} % apart",
        aim="the distribution checked",
        prepare=_prepare_distribution,
        run=_draw_both,
        check=_check_distribution,
        needs=(_FL25,),
        no_peer="it is the check of our own",
    ),
)
