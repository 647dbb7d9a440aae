"""Fronts between two objectives against every division and every choice of centres of small counties."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest

from tests.counties import all_plans, make_random, random_questions
from tests.structure.test_wishes import allows, draw_wishes, plain, with_columns
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Objective, Partition, Question, Sense, Threshold
from tyngdepunkt.structure import find_pareto, graph, nearest_point
from tyngdepunkt.structure.connected import Prices, list_around
from tyngdepunkt.structure.problem import pose
from tyngdepunkt.structure.relaxation import Relaxation
from tyngdepunkt.structure.search import Limits, search
from tyngdepunkt.structure.windows import find_ground

TIES, ACCESS, COHESION, BORDERS = (Objective.from_text(name) for name in ("ties", "access", "cohesion", "borders"))
PAIRS = [(TIES, ACCESS), (COHESION, BORDERS), (TIES, COHESION), (BORDERS, ACCESS), (ACCESS, COHESION)]
NO_THRESHOLD = Threshold(TIES, 0.0)
"""Makes `all_plans` look at every choice of centres."""


def sign(objective):
    """Return 1 where more is better."""
    return 1 if objective.sense is Sense.MAX else -1


def front_by_force(territory, question, objectives, *, also=None):
    """Return every efficient pair of amounts, best by the first first."""
    every = {
        tuple(objective.total(amounts) for objective in objectives)
        for amounts in all_plans(territory, replace(question, thresholds=(NO_THRESHOLD,)), also=also)
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


@pytest.mark.parametrize("by_blocks", [True, False])
def test_an_interrupted_front_keeps_the_points_found_and_says_which_are_proven(by_blocks, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.pareto.can_list", lambda _: by_blocks)
    territory = make_random(3, 7)
    whole = [point.amounts for point in find_pareto(territory, Question(3), (TIES, ACCESS), seed=1).points]
    told = []

    def stop(step):
        told.append(step)
        if len(told) == 2:
            raise KeyboardInterrupt

    front = find_pareto(territory, Question(3), (TIES, ACCESS), seed=1, progress=stop)
    assert front.interrupted
    assert not front.complete
    assert front.points
    for point in front.points:
        if point.plan.certificate.status == "optimal":
            assert point.amounts in whole
        best = max(ties for ties, minutes in whole if minutes <= point.amounts[1])
        assert point.plan.certificate.bound >= best


@pytest.mark.parametrize("seed", range(40, 50))
def test_a_front_keeps_every_wish(seed):
    territory = make_random(seed, 6 + seed % 2)
    objectives = PAIRS[seed % 5]
    for question in random_questions(seed, territory, 2):
        expected = front_by_force(territory, question, objectives)
        front = find_pareto(territory, question, objectives, seed=1)
        assert front.complete
        assert [point.amounts for point in front.points] == [pytest.approx(amounts) for amounts in expected]


@pytest.mark.parametrize("kind", ["overrides", "within_counties", "locked", "positions", "start"])
def test_a_front_keeps_recorded_wishes(kind):
    for seed in range(3):
        territory = make_random(60 + seed, 6)
        territory = with_columns(territory, county={i: "AB"[n % 5 < 2] for n, i in enumerate(territory.ids)})
        question = draw_wishes(random.Random(seed), territory, [kind])
        objectives = PAIRS[seed % 4]
        expected = front_by_force(territory, plain(question), objectives, also=allows(territory, question))
        front = find_pareto(territory, question, objectives, seed=1)
        assert front.complete
        assert [point.amounts for point in front.points] == [pytest.approx(amounts) for amounts in expected]


@pytest.mark.parametrize("seed", range(70, 76))
def test_a_front_reaches_a_threshold_of_a_third_objective(seed):
    territory = make_random(seed, 6)
    objectives, third = [((COHESION, BORDERS), TIES), ((TIES, COHESION), ACCESS)][seed % 2]
    plans = list(all_plans(territory, Question(3, thresholds=(NO_THRESHOLD,))))
    least = float(np.median([third.total(amounts) for amounts in plans]))
    kept = [amounts for amounts in plans if sign(third) * third.total(amounts) >= sign(third) * least]
    every = {tuple(objective.total(amounts) for objective in objectives) for amounts in kept}
    signs = [sign(objective) for objective in objectives]
    efficient = [
        a
        for a in every
        if not any(b != a and all(s * y >= s * x for s, x, y in zip(signs, a, b, strict=True)) for b in every)
    ]
    front = find_pareto(territory, Question(3, thresholds=(Threshold(third, least),)), objectives, seed=1)
    assert front.complete
    assert sorted(point.amounts for point in front.points) == sorted(efficient)


@pytest.mark.parametrize("seed", [80, 81, 83])
def test_whole_blocks_and_one_search_after_the_other_give_the_same_front(seed, monkeypatch):
    territory = make_random(seed, 8, extra=5)
    objectives = PAIRS[seed % 5]
    by_blocks = find_pareto(territory, Question(3), objectives, seed=1)
    monkeypatch.setattr("tyngdepunkt.structure.pareto.can_list", lambda _: False)
    by_searches = find_pareto(territory, Question(3), objectives, seed=1)
    assert by_blocks.complete
    assert by_searches.complete
    assert [p.amounts for p in by_blocks.points] == [pytest.approx(p.amounts) for p in by_searches.points]


@pytest.mark.parametrize("seed", range(90, 98))
def test_bounds_hold_where_blocks_or_plans_are_too_many(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.windows._MOST_BLOCKS", [20, 40, 60][seed % 3])
    monkeypatch.setattr("tyngdepunkt.structure.windows._BUDGET", 5)
    monkeypatch.setattr("tyngdepunkt.structure.windows._MOST_BRANCHES", [30, 60, 200][seed % 3])
    territory = make_random(seed, 8, extra=5)
    objectives = PAIRS[seed % 5]
    expected = front_by_force(territory, Question(3), objectives)
    front = find_pareto(territory, Question(3), objectives, seed=1)
    found = [point.amounts for point in front.points]
    if front.complete:
        assert found == [pytest.approx(amounts) for amounts in expected]
    signs = [sign(objective) for objective in objectives]
    for point in front.points:
        if point.plan.certificate.status == "optimal":
            assert any(point.amounts == pytest.approx(amounts) for amounts in expected)
        reaching = [a for a in expected if signs[1] * a[1] >= signs[1] * point.amounts[1] - 1e-6]
        best = max(signs[0] * a[0] for a in reaching)
        assert signs[0] * point.plan.certificate.bound >= best - 1e-6 * abs(best)


@pytest.mark.parametrize("seed", range(6))
def test_every_connected_block_worth_as_much_is_listed_once(seed):
    territory = make_random(seed, 8, extra=4)
    apart = (frozenset(territory.ids[:2]),) if seed % 3 == 0 else ()
    question = Question(2 + seed % 2, BORDERS, floor=[0, 2500][seed % 2], apart=apart, max_minutes=200)
    problem = pose(territory, question)
    rng = np.random.default_rng(seed)
    n = len(problem)
    gain = rng.normal(-10.0, 40.0, (n, n))  # no two centres serve a block alike
    bond = rng.integers(0, 30, (n, n)).astype(float) * (rng.random((n, n)) < 0.5)
    bond = np.triu(bond, 1) + np.triu(bond, 1).T
    sets = [[0, 1, 2], [2, 3], [4, 5, 6, 7]]
    weight = np.array([-40.0, 25.0, -70.0])
    words = np.array([graph.mask(members) for members in sets], dtype=np.uint64)
    prices = Prices(gain, bond, words, weight, gain[None])
    ground = find_ground(problem, (question.centres, question.centres))
    everyone = (1 << n) - 1
    for j, limit in itertools.product(range(n), (-80.0, 0.0)):
        expected = {}
        for block in range(1, 1 << n):
            rows = list(graph.members(block))
            rest = graph.components(problem.near, everyone & ~block)
            people = [int(problem.population[list(graph.members(part))].sum()) for part in [block, *rest]]
            fits = min(people) >= question.floor and len(rest) < question.centres <= 1 + n - len(rows)
            fits &= sum(people[1:]) >= question.floor * (question.centres - 1)
            own = sum(weight[t] for t, members in enumerate(sets) if block & graph.mask(members))
            worth = gain[rows, j].sum() + bond[np.ix_(rows, rows)].sum() / 2 + own
            may = [c for c in rows if problem.allowed[rows, c].all()]
            outdone = any(gain[rows, c].sum() > gain[rows, j].sum() for c in may)
            keeps = j in may and not any(set(group) <= set(rows) for group in problem.apart)
            if graph.is_connected(problem.near, block) and fits and worth >= limit and keeps:
                assert outdone or block not in expected
                if not outdone:
                    expected[block] = worth
        blocks, worths = np.zeros(1 << n, dtype=np.uint64), np.zeros(1 << n)
        found, _, done = list_around(ground, prices, j, limit, 0, 1 << 20, blocks, worths)
        assert done
        assert sorted(blocks[:found].tolist()) == sorted(expected)
        assert [expected[block] for block in blocks[:found].tolist()] == pytest.approx(worths[:found].tolist())


@pytest.mark.parametrize("objectives", [(TIES, ACCESS), (ACCESS, TIES)])
@pytest.mark.parametrize("seed", range(110, 114))
def test_the_hull_of_a_country_holds_what_is_best_for_some_weights_and_nothing_else(seed, objectives, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.pareto._MANY_PAIRS", 0)
    monkeypatch.setattr("tyngdepunkt.structure.solve.MANY_PAIRS", 0)
    # In a small county all weights are far from the solver's accuracy.
    monkeypatch.setattr("tyngdepunkt.structure.pareto._MINUTES", (1e-6, 100.0))
    territory = make_random(seed, 7)
    expected = front_by_force(territory, Question(3), objectives)
    front = find_pareto(territory, Question(3), objectives, seed=1)
    scores = [(sign(objectives[0]) * a, sign(objectives[1]) * b) for a, b in expected]
    hull = []
    for number, (a, b) in enumerate(scores):
        # The best for some weights: on or above every line from a point before to a point after.
        lines = [(p, q) for p in scores[:number] for q in scores[number + 1 :]]
        if all((p[0] - q[0]) * (b - p[1]) + (q[1] - p[1]) * (a - p[0]) > 0 for p, q in lines):
            hull.append(expected[number])
    found = [point.amounts for point in front.points]
    assert set(hull) <= set(found) <= set(expected)
    assert found == sorted(found, key=lambda amounts: -sign(objectives[0]) * amounts[0])
    assert (front.complete, front.supported) == (False, True)
    assert all(point.plan.certificate.status == "optimal" for point in front.points)
    few = find_pareto(territory, Question(3), objectives, seed=1, points=2)
    assert [point.amounts for point in few.points] == [expected[0], expected[-1]]


@pytest.mark.parametrize(("objectives", "centres"), [((TIES, COHESION), None), ((TIES, ACCESS), (2, 3))])
def test_a_front_that_a_country_is_too_large_for_is_refused(objectives, centres, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.pareto._MANY_PAIRS", 0)
    with pytest.raises(QuestionError):
        find_pareto(make_random(3, 6), Question(2), objectives, seed=1, centres=centres)


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
