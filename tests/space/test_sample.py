"""Chains: what they keep, where they tend, and what they refuse."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from tests.space.conftest import grid, hangs_together
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.space import (
    Bounds,
    Graph,
    Method,
    build_space,
    graph_of,
    sample_divisions,
    score_divisions,
    within,
)
from tyngdepunkt.space.chains import ChainTask, make_land
from tyngdepunkt.space.recombination import (
    Chain,
    Rules,
    _draw_tree,
    _find_places,
    _gather,
    _most_places,
    _sum_up,
    make_work,
)
from tyngdepunkt.space.scores import log_trees

CHAINS = [Method.RECOM, Method.REVERSIBLE, Method.UNIFORM]


@pytest.fixture(scope="module")
def town() -> Graph:
    """A grid of 3 × 4 with unequal inhabitants."""
    return Graph((3, 1, 2, 5, 4, 2, 1, 6, 2, 3, 1, 4), grid(3, 4).edges)


def shares_apart(sample, weights, plans):
    """Return half the sum of the differences between shares found and shares due, over all divisions."""
    place = {tuple(plan): number for number, plan in enumerate(plans.tolist())}
    found = np.zeros(len(plans))
    for plan in sample.plans.reshape(-1, plans.shape[1]).tolist():
        found[place[tuple(plan)]] += 1
    return 0.5 * np.abs(found / found.sum() - weights / weights.sum()).sum()


@pytest.mark.parametrize("bounds", [Bounds(6), within(0.4, blocks=3, total=34)])
@pytest.mark.parametrize("method", [Method.REVERSIBLE, Method.UNIFORM])
def test_a_chain_tends_to_its_distribution(town, method, bounds):
    space = build_space(town, 3, bounds=bounds)
    plans = space.divisions(range(space.count))
    weights = np.exp(log_trees(town, plans)) if method is Method.REVERSIBLE else np.ones(space.count)
    sample = sample_divisions(town, 3, steps=150_000, every=5, seed=7, bounds=bounds, method=method)
    for name, values in score_divisions(town, plans).items():
        due = float((values * weights).sum() / weights.sum())
        assert abs(sample.diagnoses[name].mean - due) < 4 * sample.diagnoses[name].error
    # Independent draws would be this far apart on average; chains are worth fewer.
    shares = weights / weights.sum()
    alone = 0.5 * np.sqrt(2 / math.pi * shares / 30_000).sum()
    assert shares_apart(sample, weights, plans) < 2.5 * alone


def test_the_two_distributions_are_not_the_same(town):
    space = build_space(town, 3, bounds=Bounds(6))
    plans = space.divisions(range(space.count))
    sample = sample_divisions(town, 3, steps=100_000, seed=7, bounds=Bounds(6), method=Method.REVERSIBLE)
    assert shares_apart(sample, np.ones(space.count), plans) > 0.1


def test_spanning_trees_are_counted():
    # The square has four spanning trees; a row has one; a triangle three.
    square = grid(2, 2)
    assert np.exp(log_trees(square, np.array([[0, 0, 0, 0], [0, 0, 1, 1]]))) == pytest.approx([4, 1])
    triangle = Graph((1, 1, 1, 1), ((0, 1), (0, 2), (1, 2), (2, 3)))
    assert np.exp(log_trees(triangle, np.array([[0, 0, 0, 1]]))) == pytest.approx([3])


@pytest.mark.parametrize("method", CHAINS)
def test_every_division_of_a_chain_keeps_the_bounds_and_hangs_together(shipped, method):
    graph = graph_of(shipped.territory)
    flows = shipped.territory.commuters
    sample = sample_divisions(
        graph, 7, steps=2_000, every=50, seed=3, bounds=Bounds(15_000), method=method, flows=flows, chains=2
    )
    assert sample.plans.shape == (2, 40, 36)
    for plan in sample.plans.reshape(-1, 36):
        assert len(set(plan.tolist())) == 7
        assert all(hangs_together(graph, np.flatnonzero(plan == block).tolist()) for block in range(7))
    assert sample.scores["smallest"].min() >= 15_000


@pytest.mark.parametrize("method", CHAINS)
def test_scores_kept_along_the_way_are_those_of_the_divisions(shipped, method):
    graph = graph_of(shipped.territory)
    flows = shipped.territory.commuters
    sample = sample_divisions(
        graph, 5, steps=500, seed=4, bounds=within(0.8, blocks=5, total=graph.total), method=method, flows=flows
    )
    anew = score_divisions(graph, sample.plans[0], flows=flows)
    assert set(anew) == {"cut_edges", "smallest", "largest", "inside"}
    for name, values in anew.items():
        assert sample.scores[name][0].tolist() == values.tolist()


def test_scores_worked_out_by_hand(square):
    flows = np.array([[9, 1, 2, 3], [4, 9, 5, 6], [7, 8, 9, 10], [11, 12, 13, 9]])
    scores = score_divisions(square, np.array([[0, 0, 1, 1], [0, 1, 1, 1]], dtype=np.int32), flows=flows)
    assert scores["cut_edges"].tolist() == [2, 2]
    assert scores["smallest"].tolist() == [30, 10]
    assert scores["largest"].tolist() == [70, 90]
    assert scores["inside"].tolist() == [(1 + 4) + (10 + 13), (5 + 8) + (6 + 12) + (10 + 13)]


def test_no_tree_has_more_places_to_cut_than_the_bound_says():
    source = random.Random(5)
    for seed in range(300):
        graph = Graph(tuple(source.choice([0, 1, 3, source.randint(1, 60)]) for _ in range(12)), grid(3, 4).edges)
        least = source.randint(0, graph.total // 2)
        rules = Rules(
            least, source.choice([1 << 60, source.randint(graph.total - graph.total // 2, graph.total)]), 1, 1.0, 0
        )
        land, work = make_land(graph, None), make_work(12, trees=False)
        words = np.random.SeedSequence(seed).generate_state(4, np.uint64)
        block = np.array([source.choice([0, 0, 0, 1]) for _ in range(12)])
        if not hangs_together(graph, np.flatnonzero(block == 0).tolist()) or (block == 0).sum() < 2:
            continue
        chain = Chain(block, np.zeros(2, np.int64), np.zeros(2, np.int64), np.zeros(1, np.int64), words)
        size = _gather(chain, work, 0, 0)
        for _ in range(30):
            _draw_tree(land, chain, work, size)
            total = _sum_up(land, work, size)
            assert _find_places(work, rules, size, total) <= _most_places(land, work, rules, size, total)


@pytest.mark.parametrize("method", [Method.EXACT, *CHAINS])
def test_a_seed_gives_the_same_sample_twice(town, method):
    first, second, other = (
        sample_divisions(town, 3, steps=300, seed=seed, bounds=Bounds(5), method=method, chains=2) for seed in (1, 1, 2)
    )
    assert (first.plans == second.plans).all()
    assert (first.plans != other.plans).any()
    assert (first.plans[0] != first.plans[1]).any()


def test_a_chain_goes_the_same_way_whoever_runs_beside_it(town):
    both = sample_divisions(town, 3, steps=300, seed=1, method=Method.RECOM, chains=3)
    alone = sample_divisions(town, 3, steps=300, seed=1, method=Method.RECOM)
    assert (both.plans[0] == alone.plans[0]).all()


def test_exact_draws_know_how_many_there_are(town):
    sample = sample_divisions(town, 3, steps=200, every=20, seed=1, bounds=Bounds(6))
    assert sample.count == build_space(town, 3, bounds=Bounds(6)).count
    assert sample.plans.shape == (1, 10, 12)
    assert sample.scores["cut_edges"].shape == (1, 200)
    assert sample.diagnoses["cut_edges"].effective == 200


def test_an_interrupt_leaves_what_is_done(town):
    def interrupt(step):
        if step.done:
            raise KeyboardInterrupt

    sample = sample_divisions(town, 3, steps=10_000_000, every=1000, seed=1, method=Method.RECOM, progress=interrupt)
    assert not sample.complete
    assert 0 < sample.steps < 10_000_000
    assert sample.plans.shape[1] == sample.steps // 1000


def test_a_chain_starts_where_it_is_told(town):
    start = np.array([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], dtype=np.int32)
    sample = sample_divisions(town, 3, steps=1, seed=1, method=Method.REVERSIBLE, start=start, warmup=0)
    assert ((sample.plans[0, 0] != start).sum() == 0) == (sample.moved == 0)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1], "one of 3 blocks"),
        ([0, 1, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], "Block 0 of the start does not hang together"),
        ([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2], "Block 2 of the start has 4 inhabitants, not 5 or more"),
    ],
)
def test_a_start_that_is_no_division_within_the_bounds_is_refused(town, start, said):
    with pytest.raises(QuestionError, match=said):
        sample_divisions(
            town, 3, steps=1, seed=1, bounds=Bounds(5), method=Method.RECOM, start=np.array(start, dtype=np.int32)
        )


def test_a_start_is_found_where_the_floor_leaves_little_room(shipped):
    graph = graph_of(shipped.territory)
    sample = sample_divisions(graph, 10, steps=10, seed=1, bounds=Bounds(15_000), method=Method.RECOM)
    assert sample.scores["smallest"].min() >= 15_000


def test_where_no_start_is_found_it_is_said():
    # The middle of the row has all but two: no block without it has ten.
    graph = Graph((1, 100, 1), ((0, 1), (1, 2)))
    with pytest.raises(QuestionError, match="No division into 2 blocks within these bounds was found"):
        sample_divisions(graph, 2, steps=1, seed=1, bounds=Bounds(10), method=Method.RECOM)


@pytest.mark.parametrize(
    ("graph", "blocks", "bounds", "said"),
    [
        (Graph((1, 1, 1), ((0, 1),)), 2, Bounds(), "in 2 parts that no edge joins"),
        (grid(2, 2), 1, Bounds(), "give 2 or more"),
        (grid(2, 2), 2, Bounds(3), "2 blocks cannot share 4 inhabitants with 3 or more in each"),
        (grid(2, 2), 5, Bounds(), "give 1 to 4"),
    ],
)
def test_what_a_chain_cannot_do_is_refused(graph, blocks, bounds, said):
    with pytest.raises(QuestionError, match=said):
        sample_divisions(graph, blocks, steps=1, seed=1, bounds=bounds, method=Method.RECOM)


def test_numbers_out_of_range_are_named(square):
    with pytest.raises(QuestionError, match="0 steps is too few: give 1 or more"):
        sample_divisions(square, 2, steps=0, seed=1)


def test_exact_draws_take_a_graph_in_parts():
    sample = sample_divisions(Graph((1, 1, 1), ((0, 1),)), 2, steps=5, seed=1)
    assert sample.count == 1
    assert sample.plans[0, 0].tolist() == [0, 0, 1]


def test_a_task_can_be_sent_away(town):
    import pickle

    from tyngdepunkt.space.chains import run_chain

    task = ChainTask(town, 3, Bounds(5), reversible=True, uniform=False, seed=1, number=0, steps=50, every=1, warmup=0)
    assert (run_chain(pickle.loads(pickle.dumps(task))).plans == run_chain(task).plans).all()  # noqa: S301  # our own
