"""The division that cuts fewest edges: against all divisions of small graphs, known answers, and honest endings."""

from __future__ import annotations

import dataclasses
import itertools
import json
import random

import numpy as np
import pytest

from tests.space.conftest import grid, list_divisions, make_random, path, populations
from tyngdepunkt.errors import PlanError, QuestionError
from tyngdepunkt.model import Status
from tyngdepunkt.space import (
    Bounds,
    FewestCuts,
    Graph,
    NoDivision,
    count_divisions,
    cutting,
    divide as dividing,
    divide_graph,
    read_graph,
    within,
)
from tyngdepunkt.space.blocks import EDGE, OVER, Wanted, advance, make_field, make_room, restrict
from tyngdepunkt.space.synthetic import make_graph
from tyngdepunkt.space.tolls import Tolls, set_tolls


def cut_edges(graph, labels):
    return sum(labels[a] != labels[b] for a, b in graph.edges)


def bounds_to_try(graph, blocks, seed):
    """Give no bounds, a floor, a deviation and a cap; some allow much and some nothing."""
    source = random.Random(seed)
    mean = graph.total // blocks
    yield Bounds()
    yield Bounds(source.randint(0, max(1, mean)))
    yield within(source.choice(["0", "0.05", "0.2", "0.5"]), blocks=blocks, total=graph.total)
    yield Bounds(0, source.randint(mean, graph.total))


def check_all(graph, seed):
    """Compare the answer for every number of blocks with the best of all divisions."""
    divisions = list_divisions(graph)
    for blocks in range(1, len(graph) + 1):
        for bounds in bounds_to_try(graph, blocks, seed):
            allowed = [
                labels
                for labels in divisions
                if max(labels) + 1 == blocks and all(map(bounds.hold, populations(graph, labels)))
            ]
            found = divide_graph(graph, blocks, bounds=bounds)
            if not allowed:
                assert isinstance(found, NoDivision), (blocks, bounds)
                assert found.clash is not None
                continue
            assert isinstance(found, FewestCuts), (blocks, bounds, found)
            assert found.assignment in allowed
            least = min(cut_edges(graph, labels) for labels in allowed)
            assert (found.objective, found.bound, found.status) == (least, least, Status.OPTIMAL)


@pytest.mark.parametrize("seed", range(24))
def test_it_is_the_best_of_all_divisions_in_one_part_or_several(seed):
    check_all(make_random(seed, most=7), seed)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_best_of_all_divisions_of_a_map(seed):
    check_all(make_graph(8, seed=seed), seed)


@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_best_without_a_division_to_start_from(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.space.annealing._RUNS", 0)
    check_all(make_graph(7, seed=seed), seed)


@pytest.mark.parametrize("seed", range(12))
def test_the_blocks_listed_are_all_that_cost_little(seed):
    graph = make_graph(9, seed=seed)
    source = random.Random(seed)
    blocks, limit = source.randint(2, 4), source.randint(2, 7) * EDGE
    weights = [source.choice([0, source.randint(0, EDGE)]) if seed % 2 else 0 for _ in range(9)]
    bounds = within(source.choice(["0.2", "0.5", "0.9"]), blocks=blocks, total=graph.total)
    expected = set()
    for size in range(1, 10):
        for members in itertools.combinations(range(9), size):
            inside, outside = set(members), set(range(9)) - set(members)
            people = sum(graph.population[v] for v in members)
            cost = EDGE * sum((a in inside) != (b in inside) for a, b in graph.edges)
            cost += sum(weights[v] for v in members)
            parts = []
            while outside:
                part = graph.component(outside, min(outside))
                persons = sum(graph.population[v] for v in part)
                parts.append((-(-persons // bounds.most), min(len(part), persons // bounds.least)))
                outside -= part
            fit = all(few <= many for few, many in parts)
            fit = fit and sum(few for few, _ in parts) <= blocks - 1 <= sum(many for _, many in parts)
            whole = graph.component(inside, members[0]) == inside
            if whole and bounds.hold(people) and cost <= limit and fit:
                expected.add((members, cost))
    field = make_field(graph.neighbours, graph.population)._replace(weights=np.array(weights))
    wanted = Wanted(bounds.least, bounds.most, blocks, 0, 9)
    rows, costs = np.zeros((600, 9), dtype=np.uint8), np.zeros(600, dtype=np.int64)
    count, why = advance(field, wanted, make_room(field, limit), 10**9, rows, costs)
    listed = [(tuple(np.flatnonzero(row).tolist()), int(cost)) for row, cost in zip(rows, costs, strict=True)]
    assert why == OVER
    assert len(set(listed[:count])) == count  # each once
    assert set(listed[:count]) == expected


def test_a_search_that_pauses_and_hands_over_finds_the_same():
    graph = make_graph(30, seed=3)
    field = make_field(graph.neighbours, graph.population)
    bounds = within("0.1", blocks=3, total=graph.total)
    wanted = Wanted(bounds.least, bounds.most, 3, 0, 30)

    def list_in_pieces(nodes, room_for):
        room, found, why = make_room(field, 12 * EDGE), [], -1
        while why != OVER:
            rows, costs = np.zeros((room_for, 30), dtype=np.uint8), np.zeros(room_for, dtype=np.int64)
            count, why = advance(field, wanted, room, nodes, rows, costs)
            found += [tuple(row) for row in rows[:count].tolist()]
        return found

    whole = list_in_pieces(10**9, 5_000)
    assert len(whole) > 50
    assert list_in_pieces(7, 3) == whole


def test_a_part_of_a_field_has_its_own_edges():
    graph = grid(3, 3)
    part = restrict(make_field(graph.neighbours, (1, 2, 3, 4, 5, 6, 7, 8, 9)), np.array([0, 1, 4, 8]))
    assert part.people.tolist() == [1, 2, 5, 9]
    assert part.starts.tolist() == [0, 1, 3, 4, 4]
    assert part.ends.tolist() == [1, 0, 2, 1]
    assert part.back.tolist() == [1, 0, 3, 2]
    assert part.order.tolist() == [3, 2, 1, 0]


def test_a_grid_is_halved_across_its_shorter_side():
    found = divide_graph(grid(4, 6), 2, bounds=within(0, blocks=2, total=24))
    assert found.objective == 4
    assert found.populations == (12, 12)


def test_a_row_is_divided_without_listing_anything_twice():
    found = divide_graph(path(60), 20, bounds=within(0, blocks=20, total=60))
    assert found.objective == 19
    assert found.assignment == tuple(node // 3 for node in range(60))


def test_empty_nodes_go_with_anyone():
    graph = Graph((0, 0, 5, 0, 5, 0), ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5)))
    found = divide_graph(graph, 2, bounds=within(0, blocks=2, total=10))
    assert found.objective == 1
    assert divide_graph(graph, 6).objective == 5


def test_parts_that_no_edge_joins_share_the_blocks_out():
    chain, triangle = ((0, 1), (1, 2), (2, 3)), ((4, 5), (4, 6), (5, 6))
    found = divide_graph(Graph((1,) * 7, chain + triangle), 4)
    assert found.objective == 2  # the chain twice, the triangle not at all
    assert found.assignment[4:] == (3, 3, 3)


def test_a_bridge_is_cut_before_anything_else(square):
    two = Graph(square.population * 2, (*square.edges, (3, 4), *((a + 4, b + 4) for a, b in square.edges)))
    assert divide_graph(two, 2).objective == 1
    assert divide_graph(two, 1).objective == 0


@pytest.mark.parametrize(
    ("graph", "blocks", "bounds", "criterion", "kind"),
    [
        (Graph((10, 10), ((0, 1),)), 2, Bounds(11), "total", "arithmetic"),
        (Graph((10, 11), ((0, 1),)), 2, within(0, blocks=2, total=21), "window", "arithmetic"),
        (Graph((90, 10, 10), ((0, 1), (1, 2))), 2, within("0.2", blocks=2, total=110), "node", "arithmetic"),
        (Graph((5, 20, 20), ((1, 2),)), 2, Bounds(6), "part", "geography"),
        (Graph((20, 20), ()), 1, Bounds(), "parts", "geography"),
        (Graph((1, 9, 9), ((0, 1), (1, 2))), 2, Bounds(10), "total", "arithmetic"),
        (Graph((4, 7, 4), ((0, 1), (1, 2))), 2, Bounds(5), "alone", "geography"),
        (Graph((3, 3, 3, 2, 2, 2), ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5))), 3, Bounds(5, 5), "alone", "geography"),
    ],
)
def test_where_there_is_none_it_says_why(graph, blocks, bounds, criterion, kind):
    found = divide_graph(graph, blocks, bounds=bounds)
    assert isinstance(found, NoDivision)
    assert (found.clash.criterion, found.clash.kind, found.bound) == (criterion, kind, None)


def test_none_is_proven_also_where_every_node_has_a_block():
    edges = ((0, 3), (0, 5), (1, 2), (1, 3), (1, 5), (2, 3), (2, 4), (3, 4), (4, 5))
    graph, bounds = Graph((1, 3, 2, 1, 3, 2), edges), Bounds(4, 4)
    assert count_divisions(graph, 3, bounds=bounds) == 0
    found = divide_graph(graph, 3, bounds=bounds)
    assert isinstance(found, NoDivision)
    assert found.clash.criterion == "all"


class Clock:
    """A clock by which time is over when it has been looked at so many times."""

    def __init__(self, looks):
        self.looks = looks

    def monotonic(self):
        self.looks -= 1
        return 0.0 if self.looks > 0 else float("inf")


@pytest.mark.parametrize("looks", [1, 12, 40])
def test_time_that_runs_out_leaves_the_best_found_and_a_bound(looks, monkeypatch):
    monkeypatch.setattr(cutting, "time", Clock(looks))
    graph = make_graph(100, seed=1)
    found = divide_graph(graph, 8, bounds=within("0.05", blocks=8, total=graph.total))
    assert found.status is Status.GAP
    assert 7 <= found.bound < found.objective
    assert found.complete


def test_time_that_runs_out_before_any_is_found_settles_nothing(monkeypatch):
    monkeypatch.setattr("tyngdepunkt.space.annealing._RUNS", 0)
    monkeypatch.setattr(cutting, "time", Clock(3))
    graph = make_graph(100, seed=1)
    found = divide_graph(graph, 8, bounds=within("0.05", blocks=8, total=graph.total))
    assert isinstance(found, NoDivision)
    assert found.clash is None
    assert found.bound >= 7


def test_an_interrupt_leaves_the_best_found_and_a_bound():
    steps = []

    def interrupt(step):
        steps.append(step)
        if len(steps) == 5:
            raise KeyboardInterrupt

    graph = make_graph(100, seed=1)
    found = divide_graph(graph, 8, bounds=within("0.05", blocks=8, total=graph.total), progress=interrupt)
    assert not found.complete
    assert found.status is Status.GAP
    assert 7 <= found.bound < found.objective
    assert all(step.task == "divide" and step.done <= step.total for step in steps)


def test_the_seed_decides_all():
    graph = make_graph(40, seed=2)
    bounds = within("0.1", blocks=4, total=graph.total)
    first, second = (dataclasses.replace(divide_graph(graph, 4, bounds=bounds, seed=7), seconds=0.0) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"assignment": (0, 1, 0, 1)}, "does not hang together"),
        ({"assignment": (1, 1, 0, 0)}, "not 0 to 1 in order"),
        ({"assignment": (0, 0, 1)}, "3 of 4 nodes"),
        ({"objective": 3}, "edges lie between blocks, not 3"),
        ({"bound": 1}, "The bound is 1"),
        ({"bounds": Bounds(51)}, "not within the bounds"),
        ({"heuristic_objective": 1}, "Annealing found"),
    ],
)
def test_a_division_that_does_not_hold_is_refused(square, change, said):
    found = divide_graph(square, 2)
    with pytest.raises(PlanError, match=said):
        dividing.verify_division(dataclasses.replace(found, **change))


def test_what_cannot_be_asked_is_refused(square):
    with pytest.raises(QuestionError, match="cannot be divided into 5 blocks"):
        divide_graph(square, 5)
    with pytest.raises(QuestionError, match="0 seconds is too little"):
        divide_graph(square, 2, seconds=0)
    with pytest.raises(QuestionError, match="is the most"):
        divide_graph(Graph((1 << 40, 1), ((0, 1),)), 2)


@pytest.mark.parametrize("seed", range(8))
def test_tolls_give_a_bound_that_no_division_beats(seed):
    graph = make_graph(9, seed=seed)
    divisions = list_divisions(graph)
    for blocks in (3, 4, 5):
        bounds = within("0.6", blocks=blocks, total=graph.total)
        cutter = cutting.Cutter(graph, bounds)
        tolls = cutter.find_tolls(blocks, len(graph.edges))
        allowed = [
            labels
            for labels in divisions
            if max(labels) + 1 == blocks and all(map(bounds.hold, populations(graph, labels)))
        ]
        least = min((cut_edges(graph, labels) for labels in allowed), default=len(graph.edges) + 1)
        assert blocks - 1 <= tolls.bound <= least
        assert all(toll >= 0 for toll in tolls.tolls)
        if allowed:
            assert cutter.find(cutter.all, blocks, least)[0] == least
        assert cutter.find(cutter.all, blocks, least - 1) is None


def test_tolls_see_that_cheap_blocks_overlap():
    # In a row of five, blocks of two or three: only at the ends does one edge leave, and both ends are wanted.
    listed = [(1, 0b00011), (1, 0b11000), (1, 0b00111), (1, 0b11100)]
    found = set_tolls(listed, 5, 3, 2)
    assert found.bound == 2  # two blocks left by one edge, one by two
    assert set_tolls([(1, 0b00011), (1, 0b00111)], 5, 4, 3).bound == 5  # one left by one edge, three by three
    assert set_tolls([], 5, 4, 3).bound == 6


@pytest.mark.parametrize("seed", range(6))
def test_any_tolls_find_the_best(seed, monkeypatch):
    monkeypatch.setattr(cutting, "_MANY", 3)  # in the rests as well
    graph = make_graph(8, seed=seed)
    source = random.Random(seed)
    for blocks in (3, 4, 5):
        plain, tolled = (cutting.Cutter(graph, Bounds(graph.total // (2 * blocks))) for _ in range(2))
        tolled._tolls = Tolls(tuple(source.randint(0, 3 * EDGE) for _ in range(8)), 0)
        plain._tolls = Tolls((0,) * 8, 0)
        best = plain.find(plain.all, blocks, 99)
        assert (best is None) == (tolled.find(tolled.all, blocks, 99) is None)
        if best is not None:
            assert tolled.find(tolled.all, blocks, best[0])[0] == best[0]
            assert tolled.find(tolled.all, blocks, best[0] - 1) is None


@pytest.mark.parametrize(("state", "least"), [("ME", 16), ("NM", 17), ("ID", 10), ("WV", 23)])
def test_the_counties_of_a_state_are_divided_as_published(benchmarks, state, least):
    file = benchmarks / f"cut_edges_{state}.json"
    graph, blocks = read_graph(file), json.loads(file.read_text(encoding="utf-8"))["k"]
    found = divide_graph(graph, blocks, bounds=within("0.005", blocks=blocks, total=graph.total))
    assert (found.objective, found.status) == (least, Status.OPTIMAL)
