"""A plan that breaks a promise does not pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tyngdepunkt.errors import PlanError
from tyngdepunkt.model import Certificate, Objective, Plan, Question, Status
from tyngdepunkt.structure import verify
from tyngdepunkt.structure.verify import objective_of

GOOD = {"A": "A", "B": "A", "C": "A", "D": "A", "E": "A", "F": "G", "G": "G", "H": "H"}


def make_plan(territory, assignment=GOOD, *, witness=None, bound="same", status=Status.OPTIMAL, **wishes):
    """Return a plan with the objective that it really has."""
    wishes = {"centres": 3, **wishes}
    question = Question(**wishes)
    objective = objective_of(territory, question, assignment)
    bound = objective if bound == "same" else bound
    return Plan(question, assignment, objective, Certificate(status, bound, "by hand", 0.0, 1, witness))


def breaches(territory, plan):
    """Return what the verifier finds broken, as one text."""
    with pytest.raises(PlanError) as found:
        verify(territory, plan)
    return " ".join(found.value.breaches)


def test_a_sound_plan_passes_and_tells_what_was_checked(fiction):
    checks = verify(fiction, make_plan(fiction, floor=1000, functions=frozenset()))
    assert checks == (
        "each_once",
        "centres_in_own_block",
        "number_of_centres",
        "connected",
        "floor",
        "objective",
        "bound",
    )


def test_the_objective_is_counted_both_ways_between_each_and_its_centre(fiction):
    # B 60 + 5 back, C 30, D 50, E 20, F 40
    assert make_plan(fiction).objective == 205


def test_person_minutes_are_population_times_minutes(fiction):
    plan = make_plan(fiction, objective=Objective(0, 1))
    # B 1000 x 10, C 1000 x 20, D 1000 x 10, E 3000 x 20, F 1000 x 10
    assert plan.objective == 110_000


def test_a_municipality_left_out_is_named(fiction):
    short = {i: c for i, c in GOOD.items() if i != "C"}
    plan = replace(make_plan(fiction), assignment=short)
    assert "'C'" in breaches(fiction, plan)


def test_a_centre_that_is_no_municipality_is_named(fiction):
    assert "'X'" in breaches(fiction, replace(make_plan(fiction), assignment={**GOOD, "C": "X"}))


def test_a_centre_in_another_block_is_named(fiction):
    plan = replace(make_plan(fiction), assignment={**GOOD, "H": "G", "C": "H"})
    assert "Centre H lies in the block of G" in breaches(fiction, plan)


def test_a_block_in_two_parts_is_named_with_those_cut_off(fiction):
    plan = make_plan(fiction, {**GOOD, "E": "G"})
    assert "Block G does not reach E" in breaches(fiction, plan)


def test_a_road_closed_in_winter_holds_only_where_asked(fiction):
    other = {**GOOD, "C": "G"}
    assert "Block G does not reach C" in breaches(fiction, make_plan(fiction, other))
    verify(fiction, make_plan(fiction, other, seasonal=True))


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"centres": 4}, "3 centres, not 4"),
        ({"floor": 1001}, "Block H has 1000 inhabitants, below 1001"),
        ({"max_minutes": 15}, "minutes to its centre, over 15"),
        ({"together": (frozenset("CG"),)}, "C, G are not together"),
        ({"apart": (frozenset("AB"),)}, "A, B are not apart"),
        ({"centre": frozenset("B")}, "B is not a centre"),
        ({"not_centre": frozenset("G")}, "G is a centre"),
        ({"functions": frozenset({"hospital"})}, "Block H has no hospital"),
    ],
)
def test_a_broken_wish_is_named(fiction, wish, said):
    assert said in breaches(fiction, make_plan(fiction, **wish))


def test_a_wrong_objective_is_found(fiction):
    assert "The objective is 205" in breaches(fiction, replace(make_plan(fiction), objective=206))


def test_an_optimum_with_a_bound_elsewhere_is_found(fiction):
    assert "Called optimal" in breaches(fiction, make_plan(fiction, bound=300.0))
    verify(fiction, make_plan(fiction, bound=300.0, status=Status.GAP))


def test_a_plan_better_than_its_bound_is_found(fiction):
    assert "better than its bound" in breaches(fiction, make_plan(fiction, bound=100.0, status=Status.GAP))


def test_a_proven_optimum_that_the_heuristic_beats_is_an_error(fiction):
    assert "The heuristic found 206" in breaches(fiction, make_plan(fiction, witness=206.0))
