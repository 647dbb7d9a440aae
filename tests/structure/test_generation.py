"""The linear programme over whole blocks, and the pricing of blocks, against every block and every division."""

from __future__ import annotations

import random
import time

import highspy
import numpy as np
import pytest

from tests.counties import best_by_force, draw, make_random, random_questions
from tests.structure.test_terms import OBJECTIVES
from tyngdepunkt.errors import PlanError
from tyngdepunkt.highs import QuietHighs
from tyngdepunkt.model import NoPlan, Objective, Question
from tyngdepunkt.structure import find_plan, graph
from tyngdepunkt.structure.anneal import find_witness
from tyngdepunkt.structure.company import list_company, price_blocks
from tyngdepunkt.structure.generation import bound_by_blocks
from tyngdepunkt.structure.problem import pose


def every_block(problem, j):
    """Give every set around a centre that may have it, whether it hangs together and how many people it has."""
    around = [i for i in range(len(problem)) if problem.allowed[i, j] and i != j]
    for number in range(1 << len(around)):
        own = [j, *(i for at, i in enumerate(around) if number >> at & 1)]
        block = graph.mask(own)
        yield own, graph.component(problem.near, block, 1 << j) == block, int(problem.population[own].sum())


@pytest.mark.parametrize("budget", [2, 10_000])
@pytest.mark.parametrize("seed", range(12))
def test_no_block_is_worth_more_than_its_price_and_the_one_given_is_worth_that(seed, budget):
    territory = make_random(seed, 8, extra=4)
    floor = [0, 3_000, 6_000][seed % 3]
    problem = pose(territory, Question(3, OBJECTIVES[seed % len(OBJECTIVES)], floor=floor))
    n, form = len(problem), problem.form
    paid = np.random.default_rng(seed).uniform(0.0, 1.2, n) * (form.bond.sum(axis=1) / 2 + np.abs(form.value).mean())
    allowed = np.ascontiguousarray(problem.allowed.T)
    gains = np.where(allowed, form.value.T - paid, 0.0)
    members, worth, most = np.zeros((n, n), dtype=bool), np.zeros(n), np.zeros(n)
    limits = np.full(n, -20.0 if seed % 2 else -np.inf)
    company = list_company(form, problem.neighbours, problem.population, floor)
    price_blocks(company, gains, allowed, limits, budget, members, worth, most)

    def score(own, j):
        costs = sum(t.weight for t in form.touches if t.weight < 0 and set(t.members) & set(own))
        return gains[j, own].sum() + form.bond[np.ix_(own, own)].sum() / 2 + costs

    for j in range(n):
        if not problem.allowed[j, j]:
            continue
        alone = problem.population[j] >= floor
        scores = [score(own, j) for own, hangs, people in every_block(problem, j) if people >= floor and hangs]
        best = max(scores, default=-np.inf)
        assert max(most[j], limits[j]) >= best - 1e-9
        if alone:
            # There the best of all sets is found, whether it hangs together or not.
            assert most[j] == pytest.approx(max(score(own, j) for own, _, _ in every_block(problem, j)))
        elif budget > n and best > limits[j]:
            assert most[j] == worth[j] == pytest.approx(best)
        if np.isfinite(worth[j]):
            assert worth[j] == pytest.approx(score(np.flatnonzero(members[j]).tolist(), j))


@pytest.mark.parametrize("seed", range(100, 124))
def test_the_bound_by_whole_blocks_is_no_less_than_the_best_of_all_divisions(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.generation._BUDGET", [2, 2_000][seed % 2])
    monkeypatch.setattr("tyngdepunkt.structure.generation._NEAR", [3e-4, 1.0][seed // 2 % 2])
    territory = make_random(seed, 7)
    chance = random.Random(seed)
    for question in random_questions(seed, territory, 4, objectives=OBJECTIVES):
        problem = pose(territory, question)
        expected = best_by_force(territory, question)
        start = find_witness(problem, question.centres, seed=seed, effort=0.02) if chance.random() < 0.5 else None
        ends = time.monotonic() + 20
        found = bound_by_blocks(problem, question.centres, start=start, ends=ends)
        if expected is not None:
            assert found >= problem.sign * expected - 1e-6


def best_of_shares(problem, centres):
    """Return the best that parts of connected blocks that reach the floor can score, by the linear programme of all."""
    solver = QuietHighs()
    n, none = len(problem), np.zeros(0)
    for count in [1.0] * n + [float(centres)]:
        solver.addRow(count, count, 0, none.astype(np.int32), none)
    for j in np.flatnonzero(np.diag(problem.allowed)).tolist():
        for own, hangs, people in every_block(problem, j):
            if hangs and people >= problem.question.floor:
                score = problem.form.value[own, j].sum() + problem.form.bond[np.ix_(own, own)].sum() / 2
                score += sum(t.weight for t in problem.form.touches if set(t.members) & set(own))
                rows = np.array([*own, n], dtype=np.int32)
                solver.addCol(-score, 0.0, 1.0, len(rows), rows, np.ones(len(rows)))
    solver.run()
    is_found = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return -solver.getInfo().objective_function_value if is_found else None


@pytest.mark.parametrize("seed", range(200, 216))
def test_the_bound_is_the_linear_programme_of_all_blocks_where_no_centre_reaches_the_floor_alone(seed):
    territory = make_random(seed, 9, extra=4)
    objective = Objective.from_text(["cohesion", "ties=1,cohesion=0.5", "cohesion=1,borders=7"][seed % 3])
    problem = pose(territory, Question(2, objective, floor=4_500))
    expected = best_of_shares(problem, 2)
    bound = bound_by_blocks(problem, 2, start=None, ends=time.monotonic() + 20)
    if expected is None:
        return
    # A set that gains does so for every block that may touch it, so there the bound may be higher.
    assert bound >= expected - 1e-6 * abs(expected)
    if not any(touch.weight > 0 for touch in problem.form.touches):
        assert bound == pytest.approx(expected, rel=1e-4)


def test_a_block_that_falls_apart_is_not_counted_on():
    # Of A, B and C in a row the ends belong together, but no block holds them without B; half of all three, and half
    # of each alone, is the best that is left.
    territory = draw("A - B - C", people={"A": 3, "B": 2, "C": 1}, flows={"AC": 10, "AB": 1})
    problem = pose(territory, Question(2, Objective.from_text("cohesion")))
    found = bound_by_blocks(problem, 2, start=None, ends=time.monotonic() + 20)
    assert best_of_shares(problem, 2) == pytest.approx(5.5)
    assert found == pytest.approx(5.5, abs=1e-3)


def test_a_plan_above_the_bound_is_an_error_and_no_result(monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.solve.MANY_PAIRS", 0)
    monkeypatch.setattr("tyngdepunkt.structure.solve.bound_by_blocks", lambda *_, **__: 1.0)
    with pytest.raises(PlanError, match="no plan should score more than 1"):
        find_plan(make_random(1, 7), Question(2, Objective.from_text("cohesion")), seed=1)


@pytest.mark.parametrize("seed", range(300, 308))
def test_plans_of_pairs_and_sets_in_a_country_lie_below_a_bound_that_holds(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.solve.MANY_PAIRS", 0)
    monkeypatch.setattr("tyngdepunkt.structure.anneal._STEPS_PER_MUNICIPALITY", 50)
    territory = make_random(seed, 7)
    for question in random_questions(seed, territory, 2, objectives=OBJECTIVES):
        if not pose(territory, question).has_sets:
            continue
        expected = best_by_force(territory, question)
        answer = find_plan(territory, question, seed=1, seconds=10)
        if expected is None:
            assert isinstance(answer, NoPlan)
        else:
            sign = pose(territory, question).sign
            assert sign * answer.objective <= sign * expected + 1e-6
            assert sign * expected <= sign * answer.certificate.bound + 1e-6
