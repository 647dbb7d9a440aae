"""The compiled witness: seeded, connected, within the wishes, and true to a pair that must hold."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from tests.counties import best_by_force, make_random, random_questions
from tests.structure.test_wishes import allows, draw_wishes, plain, with_columns
from tyngdepunkt.model import Objective, Question, Start, Threshold
from tyngdepunkt.structure import graph
from tyngdepunkt.structure.anneal import _homes, _land, find_witness, is_plain
from tyngdepunkt.structure.division import Cooling, make_division, make_room, place, run
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


def test_those_who_lie_together_need_no_way_of_their_own(fiction):
    problem = pose(fiction, Question(3, together=(frozenset("AC"),)))
    assert not is_plain(problem)
    plan = find_witness(problem, 3, seed=1)
    assert plan is not None
    assert plan[0] == plan[2]


@pytest.mark.parametrize("seed", range(24))
def test_a_witness_keeps_every_wish_and_is_near_the_best_of_all_divisions(seed):
    chance = random.Random(seed)
    territory = make_random(seed, 7)
    county = {i: "15" if i < "0005" else "16" for i in territory.ids}
    territory = with_columns(territory, county=county, part_of={"0007": "0003"} if seed % 3 == 0 else {})
    kinds = set(chance.sample(["overrides", "within_counties", "locked", "positions", "start"], 2))
    objective = Objective.from_text(chance.choice(["ties", "access", "cohesion", "borders", "ties=1,cohesion=0.5"]))
    asked = replace(draw_wishes(chance, territory, kinds), objective=objective)
    wishes = random_questions(seed, territory, 1, objectives=[objective])[0]
    for question in (asked, wishes):
        best = best_by_force(territory, plain(question), also=allows(territory, question))
        problem = pose(territory, question)
        found = find_witness(problem, question.centres, seed=seed, effort=0.5)
        if best is None:
            assert found is None
        else:
            # So small a county is looked through: a kind of wish that the search does not know would show.
            assert found is not None
            assert problem.sign * problem.score(found) == pytest.approx(best)


@pytest.mark.parametrize("seed", range(6))
def test_what_the_search_adds_up_as_it_goes_is_what_the_plan_scores(seed):
    territory = make_random(seed, 12)
    question = Question(
        3,
        Objective.from_text("ties=1,cohesion=0.5,borders=10"),
        together=(frozenset(territory.ids[1:3]),),
        apart=(frozenset(territory.ids[4:6]),),
        start=Start.of("old", {i: i[-1] for i in territory.ids}, most_moved=9),
        thresholds=(Threshold(Objective.from_text("borders"), 6),),
    )
    problem = pose(territory, question)
    land, _ = _land(problem, problem.allowed, 3)
    chance = np.random.default_rng(seed)
    division = make_division(land, 3, chance.integers(1 << 63, size=1, dtype=np.uint64))
    room = make_room(land)
    block = np.arange(12) % 3
    land = land._replace(home=_homes(problem, block))
    place(land, division, block)
    run(land, division, room, Cooling(50.0, 5.0, 50.0, 500.0, 0.3, 4000), 0, 4000)
    total, tally = division.total.copy(), division.tally.copy()
    score, people, inside = division.score.copy(), division.people.copy(), division.inside.copy()
    place(land, division, division.block.copy())
    np.testing.assert_allclose(total, division.total)
    np.testing.assert_allclose(score, division.score)
    assert tally.tolist() == division.tally.tolist()
    assert people.tolist() == division.people.tolist()
    assert inside.tolist() == division.inside.tolist()
