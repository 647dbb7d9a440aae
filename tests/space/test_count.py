"""Exact counts, against brute force, against formulas, and against published figures."""

from __future__ import annotations

import math
import random

import pytest

from tests.space.conftest import grid, list_divisions, make_random, path, populations
from tyngdepunkt.errors import QuestionError, TyngdepunktError
from tyngdepunkt.space import Bounds, Graph, SpaceTooLargeError, count_divisions, count_every, graph_of, within


@pytest.mark.parametrize("seed", range(60))
def test_counts_of_a_small_graph_are_those_of_all_its_divisions(seed):
    graph, source = make_random(seed), random.Random(seed)
    divisions = list_divisions(graph)
    floor = source.choice([0, 1, source.randint(0, max(1, graph.total // 2))])
    held = [len(set(labels)) for labels in divisions if min(populations(graph, labels)) >= floor]
    assert count_every(graph, floor=floor) == {k: held.count(k) for k in sorted(set(held))}
    for blocks in range(1, len(graph) + 1):
        for deviation in ("0", "0.1", "0.37", "1"):
            bounds = within(deviation, blocks=blocks, total=graph.total)
            wanted = [
                labels
                for labels in divisions
                if len(set(labels)) == blocks and all(bounds.hold(people) for people in populations(graph, labels))
            ]
            assert count_divisions(graph, blocks, bounds=bounds) == len(wanted)


def test_the_order_of_nodes_does_not_matter():
    graph, source = grid(4, 4), random.Random(1)
    names = list(range(16))
    source.shuffle(names)
    people = tuple(source.randint(1, 30) for _ in names)
    other = Graph(
        tuple(people[names.index(v)] for v in range(16)),
        tuple(sorted(tuple(sorted((names[a], names[b]))) for a, b in graph.edges)),
    )
    assert count_every(other, floor=20) == count_every(Graph(people, graph.edges), floor=20)


def test_a_looser_floor_never_leaves_fewer():
    graph = Graph(tuple(random.Random(2).randint(1, 30) for _ in range(16)), grid(4, 4).edges)
    counts = [count_divisions(graph, 3, bounds=Bounds(floor)) for floor in range(0, 90, 10)]
    assert counts == sorted(counts, reverse=True)


def test_a_row_of_nodes_is_cut_anywhere_however_large_the_number():
    assert count_divisions(path(300), 150) == math.comb(299, 149)
    assert math.comb(299, 149).bit_length() == 295


def test_with_every_edge_there_is_all_partitions_count():
    complete = Graph((1,) * 9, tuple((a, b) for a in range(9) for b in range(a + 1, 9)))
    assert count_every(complete) == {1: 1, 2: 255, 3: 3025, 4: 7770, 5: 6951, 6: 2646, 7: 462, 8: 36, 9: 1}


def test_a_graph_in_parts_is_divided_part_by_part():
    # Three in a row and two in a row: 1 + 2x + x² ways for the one times 1 + x for the other, x being a cut.
    graph = Graph((1,) * 5, ((0, 1), (1, 2), (3, 4)))
    assert count_every(graph) == {2: 1, 3: 3, 4: 3, 5: 1}
    assert count_divisions(graph, 1) == 0


def test_islands_are_blocks_of_their_own():
    assert count_every(Graph((5, 5, 5), ())) == {3: 1}


def test_too_many_blocks_for_the_floor_is_none_by_arithmetic(square):
    assert count_divisions(square, 3, bounds=Bounds(34)) == 0
    assert count_every(square, floor=101) == {}


def test_blocks_that_cannot_be_are_refused(square):
    for blocks in (0, 5):
        with pytest.raises(QuestionError, match=f"into {blocks} blocks: give 1 to 4"):
            count_divisions(square, blocks)


def test_the_known_counts_of_25_precincts_come_out(fl25):
    assert [count_divisions(fl25, blocks) for blocks in (2, 3, 4)] == [2_318, 117_688, 2_150_509]
    close = [count_divisions(fl25, 3, bounds=within(x, blocks=3, total=fl25.total)) for x in (0.01, 0.05, 0.1, 0.2)]
    assert close == [8, 192, 927, 3_617]


def test_the_known_counts_of_70_precincts_come_out(fl70):
    assert [count_divisions(fl70, blocks) for blocks in (2, 3)] == [44_082_156, 24_709_843_370]


@pytest.mark.slow
def test_the_known_count_of_70_precincts_within_one_per_cent_comes_out(fl70):
    assert count_divisions(fl70, 2, bounds=within(0.01, blocks=2, total=fl70.total)) == 717_060


def test_the_shipped_county_has_so_many_divisions_with_15000_in_each_block(shipped):
    graph = graph_of(shipped.territory)
    every = count_every(graph, floor=15_000)
    assert every[2] == 11_129
    assert every[3] == 791_639
    assert every[7] == 273_426_190
    assert every[12] == 19
    assert max(every) == 12  # 13 is impossible by geography, as the solver finds too
    assert count_divisions(graph, 7, bounds=Bounds(15_000)) == every[7]


@pytest.mark.parametrize("seed", range(3))
def test_graphillion_counts_the_same(seed):
    graphillion = pytest.importorskip("graphillion", reason="the peer graphillion is not installed")
    source = random.Random(seed)
    edges = tuple(edge for edge in grid(4, 5).edges if source.random() < 0.9)
    graph = Graph(tuple(source.randint(1, 9) for _ in range(20)), edges)
    used = {node for edge in edges for node in edge}
    graphillion.GraphSet.set_universe(list(edges))
    islands = 20 - len(used)
    for blocks in (3, 6):
        theirs = graphillion.GraphSet.partitions(num_comp_lb=blocks, num_comp_ub=blocks).len()
        assert count_divisions(graph, blocks + islands) == theirs


def test_memory_that_is_too_little_is_said_before_it_runs_out(fl70):
    bounds = within(0.01, blocks=2, total=fl70.total)
    with pytest.raises(SpaceTooLargeError) as said:
        count_divisions(fl70, 2, bounds=bounds, memory=0.002)
    assert isinstance(said.value, QuestionError)
    assert isinstance(said.value, TyngdepunktError)
    assert "too many divisions to count in 0.002 GB of memory; " in str(said.value)
    assert "of 70 nodes gave more than" in str(said.value)
    assert "recombination instead" in str(said.value)
    assert said.value.needed > 0.002


def test_what_is_hopeless_is_not_begun():
    steps = []
    graph = Graph(tuple(random.Random(3).randint(1, 10**6) for _ in range(64)), grid(8, 8).edges)
    with pytest.raises(SpaceTooLargeError, match=r"in 0\.0001 GB of memory\. By a rough guess"):
        count_divisions(graph, 2, bounds=within(0.01, blocks=2, total=graph.total), memory=1e-4, progress=steps.append)
    assert steps == []


def test_progress_is_told_node_by_node(square):
    steps = []
    count_divisions(square, 2, progress=steps.append)
    assert [(step.task, step.done, step.total) for step in steps] == [("count", done, 4) for done in (1, 2, 3, 4)]


def test_counting_can_be_interrupted(square):
    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count_divisions(square, 2, progress=interrupt)
