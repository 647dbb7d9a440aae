"""Ranks and uniform draws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.space.conftest import grid, hangs_together, list_divisions, make_random, path, populations
from tyngdepunkt.errors import NoDivisionError, QuestionError
from tyngdepunkt.space import Bounds, Graph, SpaceTooLargeError, build_space


@pytest.mark.parametrize("seed", range(30))
def test_every_rank_has_its_division_and_every_division_its_rank(seed):
    graph = make_random(seed)
    divisions = list_divisions(graph)
    for blocks in range(1, len(graph) + 1):
        bounds = Bounds(graph.total // (2 * blocks))
        wanted = [d for d in divisions if len(set(d)) == blocks and min(populations(graph, d)) >= bounds.least]
        space = build_space(graph, blocks, bounds=bounds)
        assert space.count == len(wanted)
        assert sorted(space) == sorted(wanted)


def test_the_square_in_two(square):
    # Four ways to cut off one corner, two to cut it in halves; 0 and 1 together have 30.
    assert sorted(build_space(square, 2, bounds=Bounds(30))) == [(0, 0, 0, 1), (0, 0, 1, 0), (0, 0, 1, 1), (0, 1, 1, 0)]


def test_draws_fall_on_all_divisions_alike():
    space = build_space(grid(3, 3), 3)
    draws = 40_000
    plans, times = np.unique(space.draw(draws, seed=5), axis=0, return_counts=True)
    assert len(plans) == space.count
    expected = draws / space.count
    chi_square = float(((times - expected) ** 2 / expected).sum())
    # The sum has mean count − 1 and variance twice that.
    assert abs(chi_square - (space.count - 1)) < 4 * math.sqrt(2 * (space.count - 1))


def test_a_seed_gives_the_same_draws_twice_and_another_seed_others():
    space = build_space(grid(3, 3), 3)
    assert (space.draw(50, seed=1) == space.draw(50, seed=1)).all()
    assert (space.draw(50, seed=1) != space.draw(50, seed=2)).any()


def test_draws_from_more_divisions_than_a_word_can_count_hang_together():
    graph = path(200)
    space = build_space(graph, 80)
    assert space.count == math.comb(199, 79)
    for plan in space.draw(20, seed=1):
        assert len(set(plan.tolist())) == 80
        assert all(hangs_together(graph, np.flatnonzero(plan == b).tolist()) for b in range(80))
    # Ranks follow one another in the order of the first cut from one end, so the ends of the range differ most.
    first, last = space.divisions([0, space.count - 1])
    assert (first != last).any()


def test_the_first_cut_of_long_rows_lies_where_it_should():
    # Of the divisions of 70 in a row into 35, the share with a cut between the first two is 34 of 69.
    plans = build_space(path(70), 35).draw(20_000, seed=3)
    share = float((plans[:, 0] != plans[:, 1]).mean())
    assert share == pytest.approx(34 / 69, abs=4 * 0.5 / math.sqrt(20_000))


def test_where_there_is_nothing_nothing_can_be_drawn(square):
    for bounds in (Bounds(60), Bounds(41)):
        space = build_space(square, 2, bounds=bounds)
        if space.count == 0:
            with pytest.raises(NoDivisionError, match="no division within these bounds"):
                space.draw(1, seed=1)
    assert build_space(square, 2, bounds=Bounds(60)).count == 0


def test_a_rank_that_is_not_there_is_named(square):
    space = build_space(square, 2)
    with pytest.raises(QuestionError, match="no division of rank 6: there are 6"):
        space.divisions([0, 6])
    assert space.divisions([]).shape == (0, 4)


def test_keeping_the_way_takes_memory_that_can_be_too_little():
    with pytest.raises(SpaceTooLargeError):
        build_space(grid(6, 6), 4, memory=1e-4)


def test_draws_can_be_interrupted():
    def interrupt(step):
        if step.task == "sample":
            raise KeyboardInterrupt

    space = build_space(Graph((1, 1), ((0, 1),)), 1)
    with pytest.raises(KeyboardInterrupt):
        space.draw(10, seed=1, progress=interrupt)
