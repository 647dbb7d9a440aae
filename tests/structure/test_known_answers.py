"""Møre og Romsdal 2017: the figures that anyone who works on this county may check, all proven."""

from __future__ import annotations

import pytest

from tyngdepunkt.model import NoPlan, Objective, Plan, Question, Status
from tyngdepunkt.structure import Solver, find_pareto, find_plan, sweep, tipping_prices

NO_FLOOR = {
    1: 10_394, 2: 14_454, 3: 15_906, 4: 17_142, 5: 17_905, 6: 18_276, 7: 18_251, 8: 18_182,
    13: 17_664, 28: 12_663, 36: 0,
}  # fmt: skip
FLOOR_15000 = {
    2: 14_454, 3: 15_906, 4: 17_142, 5: 17_905, 6: 18_276, 7: 17_587, 8: 16_844, 9: 15_663,
    10: 13_870, 11: 11_345, 12: 5_737,
}  # fmt: skip

COHESION = {2: 28_385, 3: 28_226, 4: 27_977, 5: 27_746, 6: 27_453, 7: 27_142, 8: 26_845}
COHESION_15000 = {2: 27_733, 3: 26_175, 4: 25_003, 5: 23_480, 6: 22_122, 7: 20_796, 8: 19_472}
BORDERS_15000 = {1: 7, 2: 5, 3: 4, 4: 4, 5: 4, 6: 4, 7: 4, 8: 4}


def objectives(frontier):
    """Return k to objective where there is a plan, having seen that all is proven."""
    assert all(isinstance(p.answer, NoPlan) or p.answer.certificate.status is Status.OPTIMAL for p in frontier.points)
    return {p.centres: p.answer.objective for p in frontier.points if isinstance(p.answer, Plan)}


def test_every_number_of_centres_without_a_floor(shipped):
    frontier = sweep(shipped.territory, Question(1), seed=1)
    found = objectives(frontier)
    assert sorted(found) == list(range(1, 37))
    assert {k: found[k] for k in NO_FLOOR} == NO_FLOOR
    assert frontier.best.centres == 6


def test_every_number_of_centres_with_a_floor_of_15000(shipped):
    frontier = sweep(shipped.territory, Question(1, floor=15_000), seed=1)
    found = objectives(frontier)
    assert sorted(found) == list(range(1, 13))
    assert {k: found[k] for k in FLOOR_15000} == FLOOR_15000
    kinds = {p.centres: p.answer.kind for p in frontier.points if isinstance(p.answer, NoPlan)}
    assert {k for k, kind in kinds.items() if kind == "geography"} == {13, 14, 15, 16, 17}
    assert {k for k, kind in kinds.items() if kind == "arithmetic"} == set(range(18, 37))


@pytest.mark.parametrize(("k", "expected"), [(7, 17_793), (8, 16_966)])
def test_the_two_roads_closed_in_winter_change_the_answer(shipped, k, expected):
    plan = find_plan(shipped.territory, Question(k, floor=15_000, seasonal=True), seed=1)
    assert plan.objective == expected == plan.certificate.bound


def test_centres_of_gravity_of_at_least_50000_have_airport_hospital_and_college(shipped):
    functions = frozenset({"airport", "hospital", "college"})
    solver = Solver(shipped.territory, Question(1, floor=50_000, functions=functions), seed=1)
    assert [solver.find(k).objective for k in (2, 3, 4)] == [14_454, 15_297, 16_054]
    plan = solver.find(4)
    names = shipped.territory.names
    assert {names[c] for c in plan.centres} == {"Ålesund", "Molde", "Kristiansund", "Volda"}
    volda = next(c for c in plan.centres if names[c] == "Volda")
    assert {"Vanylven", "Sande", "Herøy", "Ulstein", "Volda", "Ørsta"} <= {names[i] for i in plan.members[volda]}


def test_no_plan_for_thirteen_blocks_says_what_would_work(shipped):
    answer = find_plan(shipped.territory, Question(13, floor=15_000), seed=1)
    assert answer.kind == "geography"
    assert answer.reasons[0].value == 12
    assert {r.constraint: r.works for r in answer.relaxations}["centres"] == 12
    assert all(r.proven for r in answer.relaxations)
    floor = int({r.constraint: r.works for r in answer.relaxations}["floor"])
    assert isinstance(find_plan(shipped.territory, Question(13, floor=floor), seed=1), Plan)
    assert isinstance(find_plan(shipped.territory, Question(13, floor=floor + 1), seed=1), NoPlan)


def test_the_cheapest_prices_without_a_floor(shipped):
    solver = Solver(shipped.territory, Question(7), seed=1)
    prices = tipping_prices(shipped.territory, solver.find(7), solver=solver)
    assert len(prices) == 36 * 6
    assert all(p.exact for p in prices)
    names = shipped.territory.names
    cheapest = min((p for p in prices if p.amount is not None), key=lambda p: p.amount)
    assert (names[cheapest.municipality], names[cheapest.centre], cheapest.amount) == ("Vanylven", "Ulstein", 32)


def test_prices_above_a_cap_are_given_as_at_least(shipped):
    solver = Solver(shipped.territory, Question(7, floor=15_000), seed=1)
    prices = tipping_prices(shipped.territory, solver.find(7), cap=500, solver=solver)
    assert all(p.exact or p.amount >= 500 for p in prices)
    assert sorted(p.amount for p in prices if p.exact and p.amount is not None)[:7] == [7, 18, 24, 32, 36, 36, 36]


@pytest.mark.parametrize(
    ("objective", "floor", "known"),
    [("cohesion", 0, COHESION), ("cohesion", 15_000, COHESION_15000), ("borders", 15_000, BORDERS_15000)],
)
def test_commuting_within_blocks_and_agency_borders_are_proven(shipped, objective, floor, known):
    question = Question(1, Objective.from_text(objective), floor=floor)
    assert objectives(sweep(shipped.territory, question, seed=1, centres=sorted(known))) == known


def test_the_plans_between_ties_and_travel_for_six_centres(shipped):
    front = find_pareto(shipped.territory, Question(6), (Objective(), Objective(0, 1)), seed=1)
    assert front.complete
    assert [point.amounts for point in front.points] == [(18_276, 5_248_257), (18_269, 5_154_807), (18_237, 5_109_479)]


def test_a_front_with_cohesion_is_that_of_all_divisions_in_two(shipped):
    # By every one of the 11,228 connected divisions in two, with a program that shares nothing with this one.
    objectives = (Objective(), Objective.from_text("cohesion"))
    front = find_pareto(shipped.territory, Question(2, floor=15_000), objectives, seed=1)
    assert front.complete
    assert [point.amounts for point in front.points] == [
        (14_454, 26_579), (11_846, 26_670), (11_800, 26_756), (10_927, 26_942), (10_925, 27_189), (10_923, 27_382),
        (10_913, 27_535), (10_788, 27_733),
    ]  # fmt: skip


def test_a_front_of_cohesion_and_access_without_a_floor_is_whole(shipped):
    objectives = (Objective.from_text("cohesion"), Objective(0, 1))
    front = find_pareto(shipped.territory, Question(8), objectives, seed=1)
    assert front.complete
    assert len(front.points) == 104
    assert front.points[0].amounts[0] == COHESION[8]
