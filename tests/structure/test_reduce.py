"""No bound that few pairs are left out by is below what a plan reaches, whatever pairs have variables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.counties import all_divisions, make_random
from tyngdepunkt.model import Objective, Question
from tyngdepunkt.structure import reduce, relaxation, solve
from tyngdepunkt.structure.anneal import holding_move
from tyngdepunkt.structure.problem import pose
from tyngdepunkt.structure.reduce import bounds, reduced_search
from tyngdepunkt.structure.relaxation import Relaxation
from tyngdepunkt.structure.rewards import find_rewards


def plans(county, problem, blocks):
    """Give every plan: each division with each choice of centres, the position of each one's centre."""
    for division in all_divisions(county, blocks):
        ways = [()]
        for block in division:
            may = [j for j in block if problem.allowed[block, j].all()]
            ways = [(*way, (block, j)) for way in ways for j in may]
        for way in ways:
            centre_of = np.empty(len(problem), dtype=int)
            for block, j in way:
                centre_of[block] = j
            yield centre_of


@pytest.mark.parametrize("seed", range(12))
def test_with_connection_paid_for_every_plan_is_worth_its_score_and_within_the_bounds(seed, monkeypatch):
    monkeypatch.setattr(relaxation, "_SMALL", 0)
    county = make_random(seed, size=8)
    question = Question(3, objective=[Objective(), Objective(0.0, 1.0)][seed % 2])
    problem = pose(county, question)
    chance = np.random.default_rng(seed)
    pairs = (chance.random((8, 8)) < 0.6) & problem.allowed | np.eye(8, dtype=bool)
    part = Relaxation(problem, pairs=pairs)
    if part.solve() is None:
        pytest.skip("these pairs have no plan")
    with part.central_duals():
        worth = part.connected_value()
    value = np.where(problem.allowed, worth, -np.inf)
    rewards = find_rewards(value, 3)
    bound, each = bounds(problem, 3, value - rewards[:, None], rewards)
    for centre_of in plans(county, problem, 3):
        score = problem.score(centre_of)
        slack = 1e-6 * max(1.0, abs(score))
        assert worth[range(8), centre_of].sum() >= score - slack
        assert bound >= score - slack
        assert each[range(8), centre_of].min() >= score - slack


@pytest.mark.parametrize("seed", range(20))
def test_a_search_that_begins_with_few_pairs_finds_the_best_of_all_plans(seed, monkeypatch):
    monkeypatch.setattr(relaxation, "_SMALL", 0)
    monkeypatch.setattr(relaxation, "_FEW_ACTIVE", 3)
    monkeypatch.setattr(reduce, "_PAIRS_PER_MUNICIPALITY", 1 + seed % 3)
    monkeypatch.setattr(solve, "MANY_PAIRS", 0)
    county = make_random(seed + 50, size=8)
    question = Question(2 + seed % 3, objective=[Objective(), Objective(0.0, 1.0)][seed % 2])
    problem = pose(county, question)
    scores = sorted({round(problem.score(plan), 6) for plan in plans(county, problem, question.centres)})
    found = reduced_search(problem, question.centres, seconds=60).outcome
    assert found.score == pytest.approx(scores[-1])
    assert found.is_proven
    # Only plans beyond a score: none beyond the best, and the bound says no less than that score.
    none = reduced_search(problem, question.centres, enough=scores[-1], seconds=60).outcome
    assert none.centre_of is None or none.score <= scores[-1] + 1e-6
    assert none.bound >= scores[-1] - 1e-6
    if len(scores) > 1:
        best = reduced_search(problem, question.centres, enough=scores[-2], seconds=60).outcome
        assert best.score == pytest.approx(scores[-1])


@pytest.mark.parametrize("seed", range(10))
def test_a_search_that_may_not_have_the_pairs_it_needs_says_no_less_than_the_best(seed, monkeypatch):
    monkeypatch.setattr(reduce, "_PAIRS_PER_MUNICIPALITY", 1)
    monkeypatch.setattr(reduce, "_MOST_PAIRS", 14 + 4 * (seed % 3))
    monkeypatch.setattr(reduce, "_ENOUGH_PAIRS", 10)
    county = make_random(seed + 70, size=8)
    problem = pose(county, Question(3))
    best = max(problem.score(plan) for plan in plans(county, problem, 3))
    found = reduced_search(problem, 3, seconds=60).outcome
    assert found.bound >= best - 1e-6
    assert found.score == pytest.approx(best) or not found.is_proven


@pytest.mark.parametrize("seed", range(10))
def test_bounds_carried_over_to_plans_with_a_move_hold_for_them(seed):
    county = make_random(seed + 90, size=8)
    problem = pose(county, Question(3))
    found = reduced_search(problem, 3, seconds=60)
    i = seed % 8
    to = [j for j in range(8) if j != found.outcome.centre_of[i]][seed % 2 :: 2]
    held = replace(problem, allowed=holding_move(problem.allowed, i, to))
    known = reduce.refine_bounds(held, 3, Relaxation(problem), found.bounds)
    anew = reduced_search(held, 3, known=known, seconds=60).outcome
    scores = [-float("inf")]
    for plan in plans(county, held, 3):
        score = problem.score(plan)
        assert known.highest >= score - 1e-6
        assert known.each[range(8), plan].min() >= score - 1e-6
        scores.append(score)
    assert anew.score == pytest.approx(max(scores))
