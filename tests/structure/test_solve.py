"""Answers on the fictional county, worked out by hand, and properties that hold on any."""

from __future__ import annotations

import importlib
import random
from dataclasses import replace

import highspy
import pytest
from hypothesis import given, settings, strategies as st

from tests.counties import draw, make_random, relabelled
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.highs import QuietHighs
from tyngdepunkt.model import Interrupted, NoPlan, Objective, Plan, Question
from tyngdepunkt.structure import find_plan, measure, sweep
from tyngdepunkt.structure.impossible import most_blocks, plainly_impossible
from tyngdepunkt.structure.problem import pose
from tyngdepunkt.structure.relaxation import Relaxation


def test_the_best_plan_of_the_fictional_county(fiction):
    plan = find_plan(fiction, Question(3), seed=1)
    assert plan.centres == ("A", "G", "H")
    assert plan.members["A"] == ("A", "B", "C", "D", "E")
    assert plan.objective == plan.certificate.bound == 205


def test_an_island_that_nothing_reaches_needs_a_centre_of_its_own(fiction):
    answer = find_plan(fiction, Question(2), seed=1)
    assert isinstance(answer, NoPlan)
    assert answer.kind == "geography"
    assert answer.reasons[0].criterion == "disconnected"
    assert answer.reasons[0].municipalities == ("H",)
    assert answer.relaxations[0].works == 3


def test_a_winter_road_joins_blocks_only_where_asked(fiction):
    assert isinstance(find_plan(fiction, Question(2), seed=1), NoPlan)
    assert isinstance(find_plan(fiction, Question(2, seasonal=True), seed=1), Plan)


def test_too_high_a_floor_for_so_many_is_arithmetic():
    territory = draw("\n A - B - C\n", people={"A": 4000, "B": 4000, "C": 4000})
    answer = find_plan(territory, Question(2, floor=6001), seed=1)
    assert answer.kind == "arithmetic"
    assert answer.reasons[0].criterion == "total_population"
    assert (answer.reasons[0].value, answer.reasons[0].threshold) == (12000, 12002)


def test_enough_people_in_the_wrong_places_is_geography():
    # 12,000 are enough for two of 6,000, but a line of 4,000 + 4,000 + 4,000 cannot be cut so.
    territory = draw("\n A - B - C\n", people={"A": 4000, "B": 4000, "C": 4000})
    answer = find_plan(territory, Question(2, floor=6000), seed=1)
    assert answer.kind == "geography"
    assert [r.criterion for r in answer.reasons] == ["most_blocks", "floor"]
    found = {r.constraint: r.works for r in answer.relaxations}
    assert found == {"centres": 1, "floor": 4000}


def test_no_more_blocks_than_sets_that_reach_the_floor_fit_side_by_side():
    territory = draw("\n A - B - C - D\n", people={"A": 1000, "B": 4000, "C": 1000, "D": 2000})
    assert most_blocks(pose(territory, Question(1, floor=3000))) == 2
    assert most_blocks(pose(territory, Question(1, floor=4001))) == 1


def test_a_wish_that_contradicts_itself_is_named():
    territory = draw("\n A - B - C\n")
    wish = frozenset("AB")
    answer = find_plan(territory, Question(2, together=(wish,), apart=(wish,)), seed=1)
    assert answer.reasons[0].criterion == "apart"
    assert {r.constraint for r in answer.relaxations} == {"together_0", "apart_0"}


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"centres": 0}, "ask for 1 to 8"),
        ({"centres": 9}, "ask for 1 to 8"),
        ({"floor": -1}, "0 or more"),
        ({"max_minutes": float("nan")}, "0 or more"),
        ({"centre": frozenset("X")}, "'X'"),
        ({"together": (frozenset("A"),)}, "two municipalities or more"),
        ({"functions": frozenset({"opera"})}, "airport, hospital"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_can(fiction, wish, said):
    with pytest.raises(QuestionError, match=said):
        find_plan(fiction, Question(**{"centres": 3, **wish}), seed=1)


def test_access_without_travel_times_names_the_missing_table(fiction):
    bare = replace(fiction, minutes=None, minutes_estimated=None)
    with pytest.raises(QuestionError, match="travel_times"):
        find_plan(bare, Question(3, objective=Objective(0, 1)), seed=1)
    assert find_plan(bare, Question(3), seed=1).objective == 205


def test_one_municipality_alone_is_a_county():
    territory = draw("\n A\n")
    plan = find_plan(territory, Question(1), seed=1)
    assert plan.assignment == {"A": "A"}
    assert plan.objective == 0


counties = st.builds(make_random, st.integers(0, 10_000), st.integers(4, 9))


@settings(max_examples=25, deadline=None)
@given(counties, st.integers(1, 4), st.sampled_from([0, 1500, 3000]))
def test_each_municipality_once_and_people_and_flows_conserved(territory, k, floor):
    answer = find_plan(territory, Question(min(k, len(territory)), floor=floor), seed=1)
    if isinstance(answer, NoPlan):
        return
    found = measure(territory, answer, answer.question)
    assert sorted(i for b in found.blocks for i in b.members) == sorted(territory.ids)
    assert sum(b.population for b in found.blocks) == territory.population.sum()
    assert all(b.connected and not b.shortfall for b in found.blocks)
    assert sum(b.ties for b in found.blocks) == answer.objective
    assert 0 <= found.internal_share <= 1


@settings(max_examples=20, deadline=None)
@given(counties, st.integers(1, 4), st.randoms(use_true_random=False))
def test_order_and_labels_do_not_matter(territory, k, chance):
    order = list(range(len(territory)))
    chance.shuffle(order)
    first = find_plan(territory, Question(k, floor=1500), seed=1)
    second = find_plan(relabelled(territory, order), Question(k, floor=1500), seed=1)
    assert getattr(first, "objective", None) == getattr(second, "objective", None)


@settings(max_examples=20, deadline=None)
@given(counties, st.integers(1, 4))
def test_a_looser_limit_never_hurts(territory, k):
    chance = random.Random(k)
    tight = Question(
        k,
        floor=2000,
        max_minutes=40,
        apart=(frozenset(chance.sample(territory.ids, 2)),),
        not_centre=frozenset(chance.sample(territory.ids, 1)),
    )
    strict = find_plan(territory, tight, seed=1)
    if isinstance(strict, NoPlan):
        return
    for looser in (
        {"floor": 1000},
        {"max_minutes": 60},
        {"max_minutes": None},
        {"apart": ()},
        {"not_centre": frozenset()},
    ):
        assert find_plan(territory, replace(tight, **looser), seed=1).objective >= strict.objective


def test_the_same_seed_gives_the_same_plan_twice():
    territory = make_random(5, 12, extra=6)
    first, second = (find_plan(territory, Question(4, floor=2000), seed=7) for _ in range(2))
    assert first.assignment == second.assignment


def stop_after(monkeypatch, name, calls):
    """Press Ctrl-C at a call of a function, after so many others."""
    module, _, function = name.rpartition(".")
    real, left = getattr(importlib.import_module(module), function), [calls]

    def stopped(*args, **kwargs):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return real(*args, **kwargs)

    monkeypatch.setattr(name, stopped)


@pytest.mark.parametrize(
    ("name", "calls", "many_pairs", "question"),
    [
        ("tyngdepunkt.structure.division.run", 2, 4_000, Question(3)),
        ("tyngdepunkt.structure.solve.search", 0, 4_000, Question(3, floor=1500)),
        ("tyngdepunkt.structure.reduce.search", 0, 0, Question(3)),
        ("tyngdepunkt.structure.partition._list", 0, 0, Question(3, floor=1500)),
        ("tyngdepunkt.structure.generation.price_blocks", 1, 0, Question(3, Objective.from_text("cohesion"))),
    ],
)
def test_ctrl_c_gives_the_best_plan_by_then_with_a_bound_that_holds(name, calls, many_pairs, question, monkeypatch):
    territory = make_random(11, 9, extra=4)
    best = find_plan(territory, question, seed=1)
    monkeypatch.setattr("tyngdepunkt.structure.solve.MANY_PAIRS", many_pairs)
    # Poor plans, so that there is something left to search for.
    monkeypatch.setattr("tyngdepunkt.structure.anneal._CHUNK", 40)
    monkeypatch.setattr("tyngdepunkt.structure.anneal._STEPS_PER_MUNICIPALITY", 10)
    stop_after(monkeypatch, name, calls)
    with pytest.raises(Interrupted) as stop:
        find_plan(territory, question, seed=1)
    plan = stop.value.plan
    assert plan.objective <= best.objective <= plan.certificate.bound
    assert "connected" in plan.certificate.checks


def test_ctrl_c_before_there_is_a_plan_gives_none(fiction, monkeypatch):
    stop_after(monkeypatch, "tyngdepunkt.structure.solve.plainly_impossible", 0)
    with pytest.raises(KeyboardInterrupt) as stop:
        find_plan(fiction, Question(3), seed=1)
    assert not isinstance(stop.value, Interrupted)


def test_a_part_with_too_few_inhabitants_is_geography_at_once(fiction):
    answer = find_plan(fiction, Question(3, floor=1500), seed=1)
    assert isinstance(answer, NoPlan)
    assert answer.kind == "geography"
    assert plainly_impossible(pose(fiction, Question(3, floor=1500))) == "geography"


def test_more_inhabitants_than_there_are_is_said_in_so_many_words():
    answer = find_plan(make_random(5, 8), Question(1, floor=10**6), seed=1)
    assert answer.kind == "arithmetic"
    assert answer.reasons[0].criterion == "total_population_of_one"
    (lower,) = answer.relaxations
    assert (lower.constraint, lower.works) == ("floor", answer.reasons[0].value)


def test_an_interrupted_sweep_keeps_what_is_done(fiction):
    def stop(step):
        if step.done == 4:
            raise KeyboardInterrupt

    found = sweep(fiction, Question(1), seed=1, progress=stop)
    assert not found.complete
    assert [p.centres for p in found.points] == [1, 2, 3, 4]


def test_the_frontier_tells_what_changes_from_each_number_to_the_next(fiction):
    found = sweep(fiction, Question(1), seed=1)
    assert found.complete
    assert isinstance(found.at(2).answer, NoPlan)
    step = found.at(4)
    assert step.change == step.answer.objective - found.at(3).answer.objective
    assert set(step.answer.centres) - set(found.at(3).answer.centres) == set(step.appeared)
    assert found.best.centres == 3
    assert not found.best_is_an_end


@pytest.mark.parametrize(("objective", "floor", "best"), [("access", 0, 8), ("cohesion", 0, 1), ("cohesion", 3_000, 1)])
def test_an_objective_that_wants_an_end_of_the_numbers_is_said_to(objective, floor, best):
    territory = make_random(8, 8)
    found = sweep(territory, Question(1, floor=floor, objective=Objective(**{"ties": 0.0, objective: 1.0})), seed=1)
    assert found.best.centres == best
    assert found.best_is_an_end
    only = replace(found, points=found.points[:1])
    assert not only.best_is_an_end


@pytest.mark.parametrize("lost", ["kNotset", "kUnknown", "kSolveError"])
def test_a_solver_that_has_lost_its_way_is_started_afresh(lost, monkeypatch):
    problem = pose(make_random(4, 7), Question(3))
    expected = Relaxation(problem).solve()
    ask, said = QuietHighs.getModelStatus, []

    def forget(self):
        said.append(ask(self))
        return getattr(highspy.HighsModelStatus, lost) if len(said) == 1 else said[-1]

    monkeypatch.setattr(QuietHighs, "getModelStatus", forget)
    assert Relaxation(problem).solve().bound == pytest.approx(expected.bound)
    assert len(said) > 1


def test_a_search_for_what_works_nearby_ends_with_the_nearest_found_by_then(monkeypatch):
    territory = draw("\n A - B - C - D - E - F - G - H\n")
    question = Question(2, floor=5000)
    patient = find_plan(territory, question, seed=1)
    (floor,) = (each for each in patient.relaxations if each.constraint == "floor")
    monkeypatch.setattr("tyngdepunkt.structure.impossible._PATIENCE", -1.0)
    hurried = find_plan(territory, question, seed=1)
    assert hurried.kind == patient.kind == "arithmetic"
    (nearest,) = (each for each in hurried.relaxations if each.constraint == "floor")
    assert nearest.works <= floor.works
    assert floor.proven
    assert nearest.proven is (nearest.works == floor.works)
