"""Fronts between two objectives against every division and every choice of centres of small counties."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.counties import all_plans, make_random
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Objective, Partition, Question, Sense, Threshold
from tyngdepunkt.structure import find_pareto, nearest_point
from tyngdepunkt.structure.problem import pose
from tyngdepunkt.structure.relaxation import Relaxation
from tyngdepunkt.structure.search import Limits, search

TIES, ACCESS, COHESION, BORDERS = (Objective.from_text(name) for name in ("ties", "access", "cohesion", "borders"))
PAIRS = [(TIES, ACCESS), (COHESION, BORDERS), (TIES, COHESION), (BORDERS, ACCESS), (ACCESS, COHESION)]
NO_THRESHOLD = Threshold(TIES, 0.0)
"""Makes `all_plans` look at every choice of centres."""


def sign(objective):
    """Return 1 where more is better."""
    return 1 if objective.sense is Sense.MAX else -1


def front_by_force(territory, question, objectives):
    """Return every efficient pair of amounts, best by the first first."""
    every = {
        tuple(objective.total(amounts) for objective in objectives)
        for amounts in all_plans(territory, replace(question, thresholds=(NO_THRESHOLD,)))
    }
    signs = [sign(objective) for objective in objectives]

    def beats(a, b):
        return a != b and all(s * x >= s * y for s, x, y in zip(signs, a, b, strict=True))

    return sorted((a for a in every if not any(beats(b, a) for b in every)), key=lambda a: -signs[0] * a[0])


@pytest.mark.parametrize("seed", range(20))
def test_a_front_holds_every_efficient_pair_and_no_other(seed, monkeypatch):
    if seed % 2:  # a plan that the heuristic hands over would hide a bound that is too low
        monkeypatch.setattr("tyngdepunkt.structure.pareto.find_witness", lambda *_, **__: None)
    territory = make_random(seed, 6)
    objectives = PAIRS[seed % 5]
    question = Question(
        2 + seed % 2,
        floor=[0, 1500][seed % 3 == 0],
        not_centre=frozenset({territory.ids[seed % 6]} if seed % 4 else ()),
    )
    front = find_pareto(territory, question, objectives, seed=1)
    assert front.complete
    assert [point.amounts for point in front.points] == [
        pytest.approx(amounts) for amounts in front_by_force(territory, question, objectives)
    ]
    assert all(point.plan.certificate.status == "optimal" for point in front.points)
    assert all("thresholds" in point.plan.certificate.checks for point in front.points)


@pytest.mark.parametrize("seed", range(30, 34))
def test_a_front_over_any_number_of_centres_is_the_best_of_each_number(seed):
    territory = make_random(seed, 6)
    objectives = PAIRS[seed % 2]
    expected = set()
    for k in range(1, 5):
        expected |= set(front_by_force(territory, Question(k), objectives))
    signs = [sign(objective) for objective in objectives]
    efficient = [
        a
        for a in expected
        if not any(b != a and all(s * y >= s * x for s, x, y in zip(signs, a, b, strict=True)) for b in expected)
    ]
    front = find_pareto(territory, Question(1), objectives, seed=1, centres=(1, 4))
    assert sorted(point.amounts for point in front.points) == sorted(efficient)


def test_evenly_spaced_points_are_efficient_and_the_front_is_not_called_complete():
    territory = make_random(3, 7)
    whole = find_pareto(territory, Question(3), (TIES, ACCESS), seed=1)
    some = find_pareto(territory, Question(3), (TIES, ACCESS), seed=1, points=3)
    every = [point.amounts for point in whole.points]
    assert len(every) > 3
    assert {every[0], every[-1]} <= {point.amounts for point in some.points} <= set(every)
    assert len(some.points) <= 3
    assert (some.complete, some.spaced) == (False, 3)


def test_amounts_with_fractions_are_told_apart_by_the_step():
    territory = make_random(5, 6)
    territory = replace(territory, minutes=territory.minutes * 1.0625)
    expected = front_by_force(territory, Question(2), (TIES, ACCESS))
    front = find_pareto(territory, Question(2), (TIES, ACCESS), seed=1, step=0.5)
    assert [point.amounts for point in front.points] == [pytest.approx(amounts) for amounts in expected]
    assert front.steps == (0.5, 0.5)


def test_an_interrupted_front_keeps_the_points_found():
    territory = make_random(3, 7)
    told = []

    def stop(step):
        told.append(step)
        if len(told) == 3:
            raise KeyboardInterrupt

    front = find_pareto(territory, Question(3), (TIES, ACCESS), seed=1, progress=stop)
    assert front.interrupted
    assert not front.complete
    assert len(front.points) == 3


def test_a_front_without_plans_says_why():
    front = find_pareto(make_random(3, 7), Question(3, floor=9_000_000), (TIES, ACCESS), seed=1)
    assert front.points == ()
    assert front.no_plan.kind == "arithmetic"


def test_a_plan_on_the_front_is_nearest_to_itself():
    territory = make_random(3, 7)
    front = find_pareto(territory, Question(3), (TIES, ACCESS), seed=1)
    plan = front.points[2].plan
    found = nearest_point(territory, front, plan, Question(3), name="mine")
    assert (found.by_objectives, found.distance, found.moved, found.dominated_by) == (2, 0.0, (), ())
    assert found.by_moves == 2


def test_a_plan_beside_the_front_is_told_who_would_move_and_what_beats_it():
    territory = make_random(3, 7)
    question = Question(2)
    front = find_pareto(territory, question, (COHESION, BORDERS), seed=1)
    best = front.points[0].plan
    ids = territory.ids
    # One municipality moved next door, whether or not the blocks still hang together.
    other = next(c for c in best.centres if c != best.assignment[ids[3]])
    blocks = {**best.assignment, ids[3]: other}
    found = nearest_point(territory, front, Partition("theirs", blocks), question, name="theirs")
    assert len(found.moved) <= 1
    assert found.distance >= 0
    for number in found.dominated_by:
        cohesion, borders = front.points[number].amounts
        assert cohesion >= found.amounts[0]
        assert borders <= found.amounts[1]


@pytest.mark.parametrize(
    ("objectives", "kind"), [((TIES, TIES), {}), ((TIES, ACCESS), {"points": 1}), ((TIES, ACCESS), {"step": 0.0})]
)
def test_a_front_that_means_nothing_is_refused(objectives, kind):
    with pytest.raises(QuestionError):
        find_pareto(make_random(3, 6), Question(2), objectives, seed=1, **kind)


def test_a_threshold_missed_within_the_solvers_accuracy_loses_no_plan(monkeypatch):
    # Were the relaxation blind to thresholds, the search alone must still find the best plan that reaches them.
    territory = make_random(11, 6)
    monkeypatch.setattr("tyngdepunkt.structure.joint.Joint.set_least", lambda *_: None)
    front = front_by_force(territory, Question(2), (TIES, ACCESS))
    problem = pose(territory, Question(2, TIES, thresholds=(Threshold(ACCESS, front[1][1]),)))
    outcome = search(Relaxation(problem), Limits(2, 2))
    assert outcome.is_proven
    assert outcome.score == front[1][0] < front[0][0]
