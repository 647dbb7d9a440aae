"""The solver alone, which is a peer: it must be right as well."""

from __future__ import annotations

import pytest

from tests.counties import best_by_force, make_random
from tyngdepunkt.bench.plain import solve_alone
from tyngdepunkt.model import Objective, Question


@pytest.mark.parametrize("floor", [0, 2_000])
@pytest.mark.parametrize("objective", [Objective(), Objective(0, 1)])
@pytest.mark.parametrize("seed", range(400, 404))
def test_the_solver_alone_finds_the_best_of_all_divisions(seed, objective, floor):
    territory = make_random(seed, 7)
    question = Question(2 + seed % 2, objective, floor=floor)
    expected = best_by_force(territory, question)
    reached = solve_alone(territory, question, seconds=60)
    assert reached.question == f"k = {question.centres}"
    if expected is None:
        assert reached.objective is None
    else:
        assert reached.objective == reached.bound == pytest.approx(expected)


def test_with_few_steps_the_question_is_a_narrower_one(shipped):
    territory = shipped.territory
    whole, near = (solve_alone(territory, Question(2), seconds=60, steps=steps) for steps in (None, 4))
    assert whole.objective == 14_454
    assert near.objective is None or near.objective < whole.objective


def test_with_next_to_no_time_there_is_no_plan(shipped):
    reached = solve_alone(shipped.territory, Question(6), seconds=0.0)
    assert (reached.objective, reached.bound, reached.gap) == (None, None, None)


def test_a_plan_that_nothing_stands_in_the_way_of_is_proven_all_the_same(shipped):
    everyone = len(shipped.territory)
    reached = solve_alone(shipped.territory, Question(everyone, Objective(0, 1)), seconds=60)
    assert reached.objective == reached.bound == 0
    assert reached.is_proven
