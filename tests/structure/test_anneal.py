"""The compiled witness: seeded, connected, within the wishes, and true to a pair that must hold."""

from __future__ import annotations

import pytest

from tests.counties import make_random
from tyngdepunkt.model import Question
from tyngdepunkt.structure import graph
from tyngdepunkt.structure.anneal import find_witness, is_plain
from tyngdepunkt.structure.problem import pose


@pytest.mark.parametrize("seed", range(6))
def test_a_witness_has_connected_blocks_that_keep_the_floor(seed):
    problem = pose(make_random(seed, 12), Question(3, floor=2000))
    plan = find_witness(problem, 3, seed=seed)
    assert plan is not None
    assert len(set(plan)) == 3
    for j in set(plan):
        block = [i for i, c in enumerate(plan) if c == j]
        assert j in block
        assert graph.is_connected(problem.near, graph.mask(block))
        assert problem.population[block].sum() >= 2000


def test_the_same_seed_gives_the_same_witness():
    problem = pose(make_random(3, 12), Question(4, floor=1000))
    assert find_witness(problem, 4, seed=7) == find_witness(problem, 4, seed=7)


@pytest.mark.parametrize("pair", [(0, 5), (7, 2), (4, 4)])
def test_a_pair_that_must_hold_holds(pair):
    problem = pose(make_random(5, 9), Question(3))
    plan = find_witness(problem, 3, seed=1, pair=pair)
    assert plan is not None
    assert plan[pair[0]] == plan[pair[1]] == pair[1]


def test_no_witness_where_there_are_more_parts_than_blocks(fiction):
    assert find_witness(pose(fiction, Question(2)), 2, seed=1) is None


def test_wishes_that_the_compiled_search_does_not_know_go_to_the_other(fiction):
    problem = pose(fiction, Question(3, together=(frozenset("AC"),)))
    assert not is_plain(problem)
    plan = find_witness(problem, 3, seed=1)
    assert plan is not None
    assert plan[0] == plan[2]
