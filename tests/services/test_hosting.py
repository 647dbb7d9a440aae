"""Hosts against every choice of hosts of small problems, and what no plan may break."""

from __future__ import annotations

import itertools
import random
import threading
from dataclasses import replace
from fractions import Fraction

import pytest

from tyngdepunkt.errors import PlanError, QuestionError
from tyngdepunkt.model import Status, Step
from tyngdepunkt.services import (
    HostingProblem,
    HostModel,
    Task,
    allocate_hosts,
    allocation,
    breaches_of_hosts,
    host_search,
)
from tyngdepunkt.services.host_checks import HOST_CHECKS, largest_loss, measure_hosts, verify_hosting
from tyngdepunkt.services.offices import fewest_offices

NEAR = {"A": {"B": 10, "C": 30}, "B": {"A": 12, "C": 20}, "C": {"A": 31, "B": 20}}


def problem_of(*tasks, minutes=NEAR, tolerance=0.0, model="balanced", participants="ABC"):
    return HostingProblem(tuple(participants), tasks, minutes, tolerance, HostModel(model))


def make_random(seed):
    """Make a problem of 3 to 5 participants and 2 to 5 tasks, some of them impossible."""
    chance = random.Random(seed)
    names = "ABCDE"[: 3 + seed % 3]
    minutes = {a: {b: chance.randint(5, 120) for b in names if b != a and chance.random() < 0.92} for a in names}
    tasks = []
    for number in range(2 + seed % 4):
        members = [name for name in names if chance.random() < 0.75] or [names[0]]
        before = {name: chance.choice([0, 0.5, 0.8, 1, 1.5, 2, 3.1]) for name in members}
        kept = round(sum(before.values()) * chance.choice([0.8, 0.9, 1, 1, 1.1]), 2)
        tasks.append(Task(f"t{number}", before, kept, chance.choice([None, None, 60, 90, 119])))
    tolerance = chance.choice([0, 0.5, 1, 2, 5])
    return problem_of(
        *tasks, minutes=minutes, tolerance=tolerance, model=chance.choice(["balanced", "central"]), participants=names
    )


def best_by_force(problem):
    """Return the best number of hosts and minutes of all choices, and the least tolerance of all; None where none."""
    best, least = None, None
    for chosen in itertools.product(*(problem.hosts_of(task) for task in problem.tasks)):
        hosts = {task.id: host for task, host in zip(problem.tasks, chosen, strict=True)}
        loss = largest_loss(problem, hosts)
        least = loss if least is None else min(least, loss)
        if not list(breaches_of_hosts(problem, hosts)):
            distinct, minutes = measure_hosts(problem, hosts)
            score = (-distinct if problem.model == "balanced" else distinct, minutes)
            best = score if best is None else min(best, score)
    return best, least


@pytest.mark.parametrize("seed", range(90))
def test_the_best_of_all_choices_is_found_or_the_least_that_must_give_way(seed):
    problem = make_random(seed)
    best, least = best_by_force(problem)
    plan = allocate_hosts(problem)
    if best is not None:
        assert plan.status is Status.OPTIMAL
        sign = -1 if problem.model == "balanced" else 1
        assert (sign * plan.distinct_hosts, plan.total_minutes) == best
        assert plan.bound == plan.total_minutes
        assert plan.distinct_bound == plan.distinct_hosts
        return
    assert (plan.status, plan.hosts, plan.is_settled) == (Status.INFEASIBLE, {}, True)
    first = plan.relaxations[0]
    if least is not None:
        assert (first.constraint, first.works, first.proven) == ("job_tolerance", float(least), True)
        assert allocate_hosts(replace(problem, job_tolerance=first.works)).status is Status.OPTIMAL
        return
    out = [task for task in problem.tasks if not problem.hosts_of(task)]
    reached = [each for each in plan.relaxations if each.constraint in {"max_minutes", "reach"}]
    assert [each.task for each in reached] == [task.id for task in out]
    for task, each in zip(out, reached, strict=True):
        times = [problem.longest_time(task, host) for host in task.fte_before]
        assert each.works == min((t for t in times if t is not None), default=None)


@pytest.mark.parametrize("seed", range(200, 240))
def test_all_that_must_give_way_together_makes_a_plan_possible(seed):
    problem = make_random(seed)
    plan = allocate_hosts(problem)
    if plan.hosts or any(each.works is None for each in plan.relaxations):
        return
    limits = {each.task: each.works for each in plan.relaxations}
    tasks = tuple(replace(task, max_minutes=limits.get(task.id, task.max_minutes)) for task in problem.tasks)
    loosened = replace(problem, tasks=tasks, job_tolerance=limits.get("", problem.job_tolerance))
    assert allocate_hosts(loosened).status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(300, 330))
def test_no_plan_breaks_a_guarantee(seed):
    problem = make_random(seed)
    for model in HostModel:
        plan = allocate_hosts(replace(problem, model=model))
        if not plan.hosts:
            continue
        for task in problem.tasks:
            host = plan.hosts[task.id]
            assert host in task.fte_before
            for start in set(task.fte_before) - {host}:
                assert problem.minutes[start][host] <= (task.max_minutes or 1e9)
        for name in problem.participants:
            before = sum(task.fte_before.get(name, 0) for task in problem.tasks)
            after = sum(task.fte_after for task in problem.tasks if plan.hosts[task.id] == name)
            assert after >= before - problem.job_tolerance - 1e-9


def test_minutes_run_from_participant_to_host():
    task = Task("t", {"A": 1.0, "B": 1.0}, 2.0)
    plan = allocate_hosts(problem_of(task, tolerance=1))
    assert (plan.hosts, plan.total_minutes) == ({"t": "B"}, 10)  # from A to B 10, from B to A 12


def test_roles_are_spread_or_gathered():
    tasks = [Task(f"t{i}", {"A": 1.0, "B": 1.0, "C": 1.0}, 3.0) for i in range(3)]
    balanced = allocate_hosts(problem_of(*tasks, tolerance=9))
    central = allocate_hosts(problem_of(*tasks, tolerance=9, model="central"))
    assert (balanced.distinct_hosts, central.distinct_hosts) == (3, 1)
    assert (balanced.total_minutes, central.total_minutes) == (43 + 30 + 50, 3 * 30)
    assert balanced.checks == HOST_CHECKS


def test_work_may_be_saved_and_jobs_kept_all_the_same():
    tasks = (Task("t", {"A": 2.0, "B": 1.0}, 2.0), Task("u", {"A": 0.5, "B": 1.0}, 1.4))
    plan = allocate_hosts(problem_of(*tasks, tolerance=0.6))
    assert plan.hosts == {"t": "A", "u": "B"}
    assert plan.jobs_before == {"A": 2.5, "B": 2, "C": 0}
    assert plan.jobs_after == {"A": 2, "B": 1.4, "C": 0}


def test_the_least_tolerance_is_exact_in_hundredths():
    tasks = (Task("t", {"A": 1.0, "B": 1.0}, 2.0), Task("u", {"A": 2.0, "B": 0.51}, 2.0))
    first = allocate_hosts(problem_of(*tasks)).relaxations[0]
    assert (first.constraint, first.asked, first.works, first.proven) == ("job_tolerance", 0, 1, True)
    assert allocate_hosts(problem_of(*tasks, tolerance=1)).hosts
    assert not allocate_hosts(problem_of(*tasks, tolerance=0.99)).hosts


def test_a_sum_that_comes_out_exactly_in_decimals_is_kept():
    tasks = (Task("t", {"A": 0.1, "B": 0.0}, 0.1), Task("u", {"A": 0.2, "B": 0.3}, 0.5), Task("v", {"A": 0.2}, 0.2))
    problem = problem_of(*tasks, tolerance=0.2)
    assert largest_loss(problem, allocate_hosts(problem).hosts) == Fraction(1, 5)


def test_a_way_that_is_not_known_closes_a_host_even_for_work_that_is_bound_to_no_place():
    task = Task("t", {"A": 1.0, "B": 1.0}, 2.0)
    minutes = {"A": {}, "B": {"A": 12}}
    assert allocate_hosts(problem_of(task, minutes=minutes, tolerance=1)).hosts == {"t": "A"}
    none = allocate_hosts(problem_of(task, minutes={}, tolerance=1))
    assert [(r.constraint, r.task, r.works) for r in none.relaxations] == [("reach", "t", None)]


def test_every_task_out_of_reach_is_named_with_the_least_that_works():
    tasks = (
        Task("t", {"A": 1.0, "C": 1.0}, 2.0, 20),
        Task("u", {"A": 1.0, "B": 1.0}, 2.0, 5),
        Task("v", {"A": 1.0}, 1.0, 5),
    )
    plan = allocate_hosts(problem_of(*tasks, tolerance=9))
    assert [(r.constraint, r.task, r.asked, r.works) for r in plan.relaxations] == [
        ("max_minutes", "t", 20, 30),
        ("max_minutes", "u", 5, 10),
    ]


def test_beside_the_limit_stands_the_fewest_offices_that_would_do():
    names = "ABCD"
    minutes = {a: {b: 10 * abs(names.index(a) - names.index(b)) for b in names if b != a} for a in names}
    task = Task("t", dict.fromkeys(names, 1.0), 4.0, 10)
    plan = allocate_hosts(problem_of(task, minutes=minutes, participants=names, tolerance=9))
    assert (plan.relaxations[0].works, plan.relaxations[0].offices) == (20, ("A", "C"))
    apart = allocate_hosts(problem_of(task, minutes={}, participants=names, tolerance=9))
    assert (apart.relaxations[0].constraint, apart.relaxations[0].offices) == ("reach", tuple(names))
    assert len(fewest_offices(plan.problem, replace(task, max_minutes=20))) == 1


@pytest.mark.parametrize("seed", range(12))
def test_no_fewer_offices_would_do(seed):
    problem = make_random(seed)
    for task in problem.tasks:
        offices = fewest_offices(problem, task)
        limit = float("inf") if task.max_minutes is None else task.max_minutes

        def reached(chosen, task=task, limit=limit):
            times = ([problem.time(start, office) for office in chosen] for start in task.fte_before)
            return all(any(t is not None and t <= limit for t in each) for each in times)

        assert reached(offices)
        assert not any(reached(c) for c in itertools.combinations(task.fte_before, len(offices) - 1))
        assert (len(offices) == 1) is bool(problem.hosts_of(task))


def test_where_both_must_give_way_both_are_told():
    tasks = (Task("t", {"A": 3.0, "C": 2.0}, 4.0, 20),)
    plan = allocate_hosts(problem_of(*tasks))
    assert [(r.constraint, r.works) for r in plan.relaxations] == [("max_minutes", 30), ("job_tolerance", 3)]


def test_one_who_takes_no_part_hosts_nothing_and_loses_nothing():
    plan = allocate_hosts(problem_of(Task("t", {"A": 1.0, "B": 0.0}, 1.0)))
    assert plan.hosts == {"t": "A"}
    assert plan.jobs_after["C"] == 0


def test_where_time_runs_out_the_answer_has_no_proof_and_says_so(monkeypatch):
    monkeypatch.setattr(host_search, "_KICKS", 0)  # the search alone may take longer than the time allowed
    chance = random.Random(5)
    names = "ABCDEFGHIJKL"
    minutes = {a: {b: chance.randint(5, 90) for b in names if b != a} for a in names}
    tasks = []
    for number in range(40):
        before = {name: round(chance.random() * 4, 1) for name in names if chance.random() < 0.8}
        tasks.append(Task(f"t{number}", before, round(sum(before.values()), 2)))
    told: list[Step] = []
    plan = allocate_hosts(problem_of(*tasks, minutes=minutes, participants=names), seconds=0.4, progress=told.append)
    assert not plan.is_settled
    tolerance = plan.relaxations[0]
    assert not tolerance.proven
    assert 0 <= tolerance.bound < tolerance.works < 10
    assert [step.task for step in told] == ["hosting", "hosting"]


def test_a_plan_found_while_the_least_tolerance_is_sought_is_a_plan(monkeypatch):
    """Let the first stage and the searches find nothing in time."""
    problem = problem_of(*(Task(f"t{i}", {"A": 1.0, "B": 1.0, "C": 1.0}, 3.0) for i in range(3)))
    whole = allocate_hosts(problem)
    solve, calls = allocation._Program._solve, []

    def out_of_time(program, solver, start, seconds):
        calls.append(seconds)
        if len(calls) == 1:
            return allocation._Found({}, float("-inf"), proven=False)
        return solve(program, solver, start, seconds)

    monkeypatch.setattr(allocation._Program, "_solve", out_of_time)
    monkeypatch.setattr(allocation, "search_hosts", lambda *_, **__: None)
    monkeypatch.setattr(allocation, "_keeps_all", lambda *_: False)
    plan = allocate_hosts(problem)
    assert (plan.status, plan.total_minutes, plan.distinct_hosts) == (Status.OPTIMAL, whole.total_minutes, 3)


def test_an_interrupt_ends_the_work_with_what_is_found(monkeypatch):
    tasks = [Task(f"t{i}", {"A": 1.0, "B": 1.0, "C": 1.0}, 3.0) for i in range(4)]
    whole = allocate_hosts(problem_of(*tasks, tolerance=9))
    calls = []

    def wait(thread, seconds=None):
        calls.append(thread)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return original(thread, seconds)

    original = threading.Thread.join
    monkeypatch.setattr(threading.Thread, "join", wait)
    plan = allocate_hosts(problem_of(*tasks, tolerance=9))
    assert (plan.is_complete, whole.is_complete) == (False, True)
    assert plan.bound <= whole.total_minutes <= plan.total_minutes
    assert plan.distinct_hosts <= plan.distinct_bound
    assert not list(breaches_of_hosts(plan.problem, plan.hosts))


def test_a_plan_that_breaks_its_promises_is_refused():
    problem = problem_of(Task("t", {"A": 1.0, "B": 1.0}, 2.0, 11), tolerance=1)
    plan = allocate_hosts(problem)
    with pytest.raises(PlanError, match="12 minutes to A"):
        verify_hosting(replace(plan, hosts={"t": "A"}), None)
    with pytest.raises(PlanError, match="takes no part"):
        verify_hosting(replace(plan, hosts={"t": "C"}), None)
    with pytest.raises(PlanError, match="has no host"):
        verify_hosting(replace(plan, hosts={}), None)
    with pytest.raises(PlanError, match="goes from 1 to 0"):
        verify_hosting(replace(plan, problem=replace(problem, job_tolerance=0)), None)
    with pytest.raises(PlanError, match="fewer than the bound"):
        verify_hosting(replace(plan, bound=11.0), None)
    with pytest.raises(PlanError, match="past the bound"):
        verify_hosting(replace(plan, distinct_bound=0), None)
    two = problem_of(*(Task(i, {"A": 1.0, "B": 1.0}, 2.0) for i in "tu"), tolerance=2)
    best = allocate_hosts(two)
    worse = {"t": "A", "u": "A"}
    claimed = replace(
        best, hosts=worse, jobs_after=two.jobs_after(worse), distinct_hosts=1, total_minutes=24.0, bound=24.0
    )
    with pytest.raises(PlanError, match="independent search"):
        verify_hosting(claimed, best.hosts)


@pytest.mark.parametrize(
    ("tasks", "options", "said"),
    [
        ((), {}, "no tasks"),
        ((Task("t", {}, 1.0),), {}, "nobody takes part in the task t"),
        ((Task("t", {"X": 1.0}, 1.0),), {}, "X of the task t"),
        ((Task("t", {"A": -1.0}, 1.0),), {}, "0 or more"),
        ((Task("t", {"A": 1.0}, 1.0), Task("t", {"A": 1.0}, 1.0)), {}, "stands twice"),
        ((Task("t", {"A": 1.0}, 1.0),), {"tolerance": -1}, "tolerance is -1"),
        ((Task("t", {"A": 1.0}, 1.0),), {"minutes": {"A": {"X": 1}}}, "minutes has X"),
    ],
)
def test_a_problem_that_cannot_be_asked_is_refused(tasks, options, said):
    with pytest.raises(QuestionError, match=said):
        problem_of(*tasks, **options)
