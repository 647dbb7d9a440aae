"""Every number of centres: what the searches of different numbers and questions can tell each other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from tests.counties import draw, make_random
from tyngdepunkt.errors import PlanError
from tyngdepunkt.model import NoPlan, Plan, Question, Status
from tyngdepunkt.structure import Frontier, Solver, better_plan, find_plan, share_plans, sweep
from tyngdepunkt.structure.merging import merge_blocks
from tyngdepunkt.structure.problem import pose


def objectives_of(frontier):
    """Return the objective of each number of centres, None where there is no plan."""
    return {p.centres: p.answer.objective if isinstance(p.answer, Plan) else None for p in frontier.points}


class Hurried(Solver):
    """A solver that finds nothing in time for some numbers, unless it is given a division to start from."""

    slow = frozenset({2, 3})

    def find(self, centres, **how):
        """Find the plan, or none in time."""
        if centres in self.slow and centres not in self.hints:
            return NoPlan(self.question.with_centres(centres), "unsettled", ())
        return super().find(centres, **how)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_number_without_a_plan_in_time_gets_one_from_a_larger_number(seed):
    territory, question = make_random(seed, 7), Question(1, floor=1000)
    told = []
    hurried = sweep(territory, question, seed=1, solver=Hurried(territory, question, seed=1), found=told.append)
    patient = sweep(territory, question, seed=1)
    assert hurried.complete
    assert objectives_of(hurried) == objectives_of(patient)
    if isinstance(patient.points[3].answer, Plan):
        assert [p.centres for p in told][-2:] == [3, 2]


def test_blocks_are_merged_where_it_costs_least():
    # A and B lie far apart in commuting, C and D near; B to C is the way between.
    territory = draw("\n A - B - C - D\n", flows={"BA": 5, "CB": 1, "DC": 50})
    problem = pose(territory, Question(2))
    assert merge_blocks(problem, (0, 1, 2, 3), 3) in {(0, 1, 2, 2), (0, 1, 3, 3)}
    two = merge_blocks(problem, (0, 1, 2, 3), 2)
    assert len(set(two[:2])) == len(set(two[2:])) == 1


def test_blocks_are_not_merged_against_a_wish():
    territory = draw("\n A - B - C\n", flows={"BA": 5, "CB": 1})
    problem = pose(territory, Question(2, apart=(frozenset("AB"),)))
    merged = merge_blocks(problem, (0, 1, 2), 2)
    assert merged is None or merged[0] != merged[1]
    assert merge_blocks(problem, (0, 1, 2), 1) is None


def worse(frontier, centres, plan):
    """Return a frontier in which a number has a poor plan and a poor bound, as after too short a search."""
    certificate = replace(plan.certificate, status=Status.GAP, bound=10_000.0, heuristic_objective=None)
    points = tuple(
        replace(p, answer=replace(plan, certificate=certificate)) if p.centres == centres else p
        for p in frontier.points
    )
    return Frontier(points, frontier.complete)


def test_a_plan_with_a_floor_is_one_without_and_a_bound_without_is_one_with():
    territory = draw("\n A - B - C - D - E\n", flows={"BA": 50, "CB": 20, "DE": 40, "CD": 10})
    loose, tight = (sweep(territory, Question(1, floor=floor), seed=1) for floor in (0, 1500))
    both = {k for k, value in objectives_of(tight).items() if value is not None}
    poor = find_plan(territory, Question(2, centre=frozenset("C"), apart=(frozenset("BC"),)), seed=1)
    poor = replace(poor, question=Question(2))
    assert poor.objective < loose.at(2).answer.objective
    mended, same = share_plans(territory, worse(loose, 2, poor), tight)
    assert mended.at(2).answer.objective == tight.at(2).answer.objective
    assert mended.at(2).answer.question == Question(2)
    assert mended.at(2).measure.objective == tight.at(2).answer.objective
    assert mended.at(3).change == mended.at(3).answer.objective - mended.at(2).answer.objective
    assert same == tight
    assert 2 in both


def test_a_bound_without_a_floor_proves_a_plan_with_one():
    territory = draw("\n A - B - C - D - E\n", flows={"BA": 50, "CB": 20, "DE": 40, "CD": 10})
    loose, tight = (sweep(territory, Question(1, floor=floor), seed=1) for floor in (0, 1500))
    best = tight.at(2).answer
    assert best.objective == loose.at(2).answer.objective
    _, proven = share_plans(territory, loose, worse(tight, 2, best))
    assert proven.at(2).answer.certificate.status is Status.OPTIMAL
    assert proven.at(2).answer.certificate.bound == best.objective


def test_a_plan_where_none_was_proven_to_be_is_an_error():
    territory = draw("\n A - B - C\n", flows={"BA": 5})
    plan = find_plan(territory, Question(2), seed=1)
    assert better_plan(territory, NoPlan(Question(2), "unsettled", ()), plan).assignment == plan.assignment
    with pytest.raises(PlanError):
        better_plan(territory, NoPlan(Question(2), "geography", ()), plan)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_proven_stays_as_it_is(seed):
    territory = make_random(seed, 7)
    loose, tight = (sweep(territory, Question(1, floor=floor), seed=1) for floor in (0, 2500))
    assert share_plans(territory, loose, tight) == (loose, tight)
