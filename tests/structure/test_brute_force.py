"""The solver against every division of small counties: every objective, every wish, alone and together."""

from __future__ import annotations

import random

import pytest

from tests.counties import best_by_force, make_random, random_questions
from tyngdepunkt.model import NoPlan, Objective, Plan, Question
from tyngdepunkt.structure import Solver, find_plan
from tyngdepunkt.structure.anneal import find_witness
from tyngdepunkt.structure.partition import partition_search
from tyngdepunkt.structure.problem import pose
from tyngdepunkt.structure.relaxation import Relaxation


def agrees(territory, question):
    """Assert that the solver's answer is the best of all divisions, and proven."""
    expected = best_by_force(territory, question)
    answer = find_plan(territory, question, seed=1)
    if expected is None:
        assert isinstance(answer, NoPlan)
        assert answer.kind in ("arithmetic", "geography")
        return
    assert isinstance(answer, Plan), (question, expected, answer)
    assert answer.objective == pytest.approx(expected)
    assert answer.certificate.status == "optimal"


@pytest.mark.parametrize("seed", range(30))
def test_the_solver_finds_the_best_of_all_divisions_of_six_or_seven(seed):
    territory = make_random(seed, 6 + seed % 2)
    for question in random_questions(seed, territory, 5):
        agrees(territory, question)


@pytest.mark.parametrize("seed", range(100, 106))
def test_the_solver_finds_the_best_of_all_divisions_of_nine(seed):
    territory = make_random(seed, 9, extra=4)
    for question in random_questions(seed, territory, 2):
        agrees(territory, question)


@pytest.mark.parametrize("many_pairs", [0, 4_000])
@pytest.mark.parametrize("seed", range(200, 209))
def test_every_price_is_the_difference_to_the_best_of_all_divisions_with_that_pair(seed, many_pairs, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.solve.MANY_PAIRS", many_pairs)
    territory = make_random(seed, 6)
    floor = [0, 1500, 2500][seed % 3]
    question = Question(3, objective=[Objective(), Objective(0, 1)][seed % 2], floor=floor)
    solver = Solver(territory, question, seed=1)
    plan = solver.find(3)
    if isinstance(plan, NoPlan):
        assert best_by_force(territory, question) is None
        return
    sign = solver.problem.sign
    for i in territory.ids:
        for c in territory.ids:
            if plan.assignment[i] == c:
                continue
            amount, exact, _ = solver.price(plan, i, c, cap=float("inf"))
            forced = best_by_force(territory, question, pair=(i, c))
            assert exact
            if forced is None:
                assert amount is None
            else:
                assert amount == pytest.approx(sign * (plan.objective - forced))


@pytest.mark.parametrize("seed", range(300, 310))
def test_plain_floor_rows_and_cores_give_the_same_answers(seed, monkeypatch):
    territory = make_random(seed, 7)
    question = Question(2, floor=3000)
    with_cores = find_plan(territory, question, seed=1)
    monkeypatch.setattr("tyngdepunkt.structure.relaxation.MOST_CORES", 0)
    solver = Solver(territory, question, seed=1)
    without = solver.find(2)
    assert not Relaxation(solver.problem).has_cores
    assert getattr(with_cores, "objective", None) == getattr(without, "objective", None)


@pytest.mark.parametrize("seed", range(400, 408))
def test_a_capped_price_is_never_above_the_exact_one(seed):
    territory = make_random(seed, 7)
    solver = Solver(territory, Question(3), seed=1)
    plan = solver.find(3)
    chance = random.Random(seed)
    for i in territory.ids:
        c = chance.choice([c for c in plan.centres if c != plan.assignment[i]])
        capped, exact, _ = solver.price(plan, i, c, cap=20)
        whole, _, _ = solver.price(plan, i, c, cap=float("inf"))
        if exact:
            assert capped == whole
        else:
            assert capped >= 20
            assert whole is None or capped <= whole


@pytest.mark.parametrize("seed", range(500, 512))
def test_leaving_out_pairs_loses_nothing(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.solve.MANY_PAIRS", 0)
    monkeypatch.setattr("tyngdepunkt.structure.reduce._PAIRS_PER_MUNICIPALITY", 1 + seed % 3)
    territory = make_random(seed, 7)
    for question in random_questions(seed, territory, 4):
        agrees(territory, question)


@pytest.mark.parametrize("seed", range(600, 618))
def test_putting_whole_blocks_together_loses_nothing(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.solve.MANY_PAIRS", 0)
    monkeypatch.setattr("tyngdepunkt.structure.partition._FIRST_SHARE", [1e-6, 1e-2, 0.3][seed % 3])
    territory = make_random(seed, 7 + seed % 2)
    chance = random.Random(seed)
    for objective in (Objective(), Objective(0, 1), Objective(1, 0.01)):
        floor = chance.choice([500, 1500, 2500, 4000])
        wishes = {"not_centre": frozenset({territory.ids[chance.randrange(7)]})} if chance.random() < 0.3 else {}
        agrees(territory, Question(chance.randint(1, 4), objective, floor=floor, **wishes))


@pytest.mark.parametrize("seed", range(700, 710))
@pytest.mark.parametrize(("most_cores", "most_blocks"), [(0, 50), (600, 4), (600, 12)])
def test_bounds_hold_where_cores_or_blocks_are_too_many(seed, most_cores, most_blocks, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.partition._MOST_CORES", most_cores)
    monkeypatch.setattr("tyngdepunkt.structure.partition._MOST_BLOCKS", most_blocks)
    territory = make_random(seed, 8, extra=5)
    chance = random.Random(seed)
    question = Question(
        chance.randint(2, 3), [Objective(), Objective(0, 1)][seed % 2], floor=chance.choice([1500, 3000])
    )
    expected = best_by_force(territory, question)
    problem = pose(territory, question)
    witness = find_witness(problem, question.centres, seed=seed, effort=0.02) if seed % 3 else None
    found = partition_search(problem, question.centres, start=witness, seconds=60)
    if expected is None:
        assert found.centre_of is None
    else:
        assert found.score <= problem.sign * expected + 1e-6 <= found.bound + 2e-6


@pytest.mark.parametrize("seed", range(400, 416))
def test_a_search_that_is_handed_over_finds_the_best_of_all_divisions(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.relaxation._SMALL", 0)
    monkeypatch.setattr("tyngdepunkt.structure.search._HAND_OVER", 0)
    monkeypatch.setattr("tyngdepunkt.structure.solve._EASY", float("inf"))
    handed = []
    solve_whole = Relaxation.solve_whole

    def count(self, **limits):
        handed.append(1)
        return solve_whole(self, **limits)

    monkeypatch.setattr(Relaxation, "solve_whole", count)
    territory = make_random(seed, 7)
    for question in [Question(2), Question(3, objective=Objective(0, 1)), *random_questions(seed, territory, 2)]:
        agrees(territory, question)
    assert handed
