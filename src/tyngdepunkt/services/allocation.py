"""
Hosts for tasks, exactly.

Variables: y[t, p] = 1 where participant p hosts task t, for each host that the task may have; z[p] = 1 where p hosts
any. Rows, for all t and p:

====== ================================================ ==========================================
one     Σ_p y[t, p] = 1                                  one host each
jobs    Σ_t after[t] y[t, p] ≥ before[p] − tolerance     nobody loses more in net
spread  z[p] ≤ Σ_t y[t, p]                               balanced: as many hosts as can be
gather  y[t, p] ≤ z[p]                                   central: as few
====== ================================================ ==========================================

First the number of hosts, then, with that number, the minutes. Where the jobs rows leave no plan, the least tolerance
for which there is one: the same rows, with the tolerance as what is made least. Each plan is verified without the
solver, and held against a local search that knows nothing of it: one that is beaten is an error, not a result.

Where nothing may be lost and nothing is saved, the jobs rows ask for sums that come out exactly, which no method is
known to settle quickly for many tasks. Then time can run out before either a plan or its impossibility is found, and
the answer says just that.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import PlanError
from tyngdepunkt.highs import QuietHighs, run_interruptibly, solver_version
from tyngdepunkt.model import Progress, Status, Step, silent
from tyngdepunkt.services.game import exact
from tyngdepunkt.services.host_checks import breaches_of_hosts, largest_loss, measure_hosts, verify_hosting
from tyngdepunkt.services.host_search import search_hosts, search_least_loss
from tyngdepunkt.services.hosting import HostingPlan, HostingProblem, HostModel, HostRelaxation
from tyngdepunkt.services.offices import fewest_offices

__all__ = ["HOST_SECONDS", "allocate_hosts"]

HOST_SECONDS = 30.0
"""Wall time after which an answer has a gap in place of a proof [s]."""
_SLACK = 1e-9
_ROUNDING = 1e-6
_HALF = 0.5
_STEPS = 3


def allocate_hosts(
    problem: HostingProblem, *, seconds: float = HOST_SECONDS, seed: int = 1, progress: Progress = silent
) -> HostingPlan:
    """
    Find a host for each task.

    Parameters
    ----------
    problem
        What is asked.
    seconds
        Wall time after which to answer with a gap [s]. An interrupt (`KeyboardInterrupt`) ends the work sooner, with
        what is found.
    seed
        Of the independent search.
    progress
        Told after each stage.

    Returns
    -------
    A verified plan with its certificate; or, where none exists, the least that would have to give way.

    Raises
    ------
    PlanError
        Where an answer fails its verification: a bug of ours.
    """
    start = time.monotonic()
    unreached, within = _reach(problem)
    if any(each.works is None for each in unreached):
        return _no_plan(problem, unreached, start)
    searched = search_hosts(within, seed=seed)
    spread = search_least_loss(within, seed=seed) if searched is None else searched
    if searched is None and _keeps_all(within, spread):
        searched = spread
    progress(Step("hosting", 1, _STEPS))
    program = _Program(within)
    count = program.best_count(searched, seconds=seconds / 2)
    progress(Step("hosting", 2, _STEPS))
    if count is None or not count.hosts:
        spare = seconds / 4 if count else max(seconds / 4, seconds - (time.monotonic() - start))
        tolerance, hosts = program.least_tolerance(spread, seconds=spare)
        if tolerance.works is None or tolerance.works > problem.job_tolerance:
            least = problem.job_tolerance if tolerance.bound is None else tolerance.bound
            settled = bool(unreached) or count is None or least > problem.job_tolerance + _ROUNDING
            answer = _no_plan(problem, (*unreached, tolerance), start, is_settled=settled)
            return replace(answer, is_complete=not program.interrupted)
        count = program.best_count(hosts, seconds=seconds / 4)  # what loses least turned out to lose little enough
    if unreached:
        return _no_plan(problem, unreached, start)
    if count is None:
        raise PlanError(["There was a plan that loses little enough, and then there was none."])
    left = max(seconds / 4, seconds - (time.monotonic() - start))
    found = program.least_minutes(count, searched, seconds=left)
    progress(Step("hosting", 3, _STEPS))
    distinct, minutes = measure_hosts(problem, found.hosts)
    plan = HostingPlan(
        problem=problem,
        status=Status.OPTIMAL if found.proven and count.proven else Status.GAP,
        hosts=found.hosts,
        jobs_before=problem.jobs_before,
        jobs_after=problem.jobs_after(found.hosts),
        distinct_hosts=distinct,
        distinct_bound=round(count.bound),
        total_minutes=minutes,
        bound=found.bound,
        relaxations=(),
        solver=solver_version(),
        seconds=time.monotonic() - start,
        is_complete=not program.interrupted,
    )
    return verify_hosting(plan, searched)


@dataclass(frozen=True)
class _Found:
    """Hosts that a stage found, none where time ran out first; the bound on what it sought; and whether it is met."""

    hosts: Mapping[str, str]
    bound: float
    proven: bool


class _Program:
    """The integer program of a problem, built anew for each stage."""

    def __init__(self, problem: HostingProblem) -> None:
        self._problem = problem
        self.interrupted = False
        self._pairs = [(t, host) for t, task in enumerate(problem.tasks) for host in problem.hosts_of(task)]

    def best_count(self, start: Mapping[str, str] | None, *, seconds: float) -> _Found | None:
        """Return hosts as many different ones, or as few, as can be; None where there is no plan."""
        solver = self._build(tolerance=self._problem.job_tolerance)
        many = self._problem.model is HostModel.BALANCED
        self._count_columns(solver, cost=-1.0 if many else 1.0)
        found = self._solve(solver, start, seconds)
        if found is None or not found.hosts:
            return found
        number = len(set(found.hosts.values()))
        if many:
            bound = np.floor(min(-found.bound, len(self._problem.participants)) + _ROUNDING)
        else:
            bound = np.ceil(max(found.bound, 1.0) - _ROUNDING)
        proven = found.proven or bound == number
        return _Found(found.hosts, float(number if proven else bound), proven)

    def least_minutes(self, count: _Found, start: Mapping[str, str] | None, *, seconds: float) -> _Found:
        """Return hosts of the fewest minutes, as many different ones as there were."""
        problem = self._problem
        cost = [problem.total_time(problem.tasks[t], host) or 0.0 for t, host in self._pairs]
        solver = self._build(tolerance=problem.job_tolerance, cost=cost)
        columns = self._count_columns(solver, cost=0.0)
        number, minutes = measure_hosts(problem, count.hosts)
        infinity = solver.getInfinity()
        lower, upper = (number, infinity) if problem.model is HostModel.BALANCED else (-infinity, number)
        solver.addRow(lower, upper, len(columns), columns, np.ones(len(columns)))
        if start is None or measure_hosts(problem, start)[0] != number or measure_hosts(problem, start)[1] > minutes:
            start = count.hosts
        found = self._solve(solver, start, seconds)
        if found is None:
            raise PlanError([f"A plan with {number} hosts was found, and then none with as many."])
        reached = measure_hosts(problem, found.hosts)[1]
        bound = max(0.0, min(found.bound, reached))
        if all(each.is_integer() for each in cost):
            bound = float(np.ceil(bound - _ROUNDING))
        proven = found.proven or bound >= reached
        return _Found(found.hosts, reached if proven else bound, proven)

    def least_tolerance(self, start: Mapping[str, str], *, seconds: float) -> tuple[HostRelaxation, Mapping[str, str]]:
        """Return the least tolerance for which there is a plan, and its hosts."""
        problem = self._problem
        found = self._solve(self._build(tolerance=None), start, seconds)
        if found is None:
            raise PlanError(["Without a limit to what is lost there is no plan, yet every task can have a host."])
        loss, searched = largest_loss(problem, found.hosts), largest_loss(problem, start)
        if searched < loss - Fraction(1, 10**6):
            if found.proven:
                raise PlanError([f"A tolerance of {float(loss)} was called least, and a search found {searched}."])
            found, loss = replace(found, hosts=start), searched
        step = _step_of(problem)
        least = loss if found.proven else Fraction(max(0.0, found.bound - _ROUNDING))
        least = loss if step == 0 else min(loss, math.ceil(least / step) * step)
        relaxation = HostRelaxation(
            constraint="job_tolerance",
            asked=problem.job_tolerance,
            works=float(loss),
            bound=float(least),
            proven=least == loss,
        )
        return relaxation, found.hosts

    def _build(self, *, tolerance: float | None, cost: list[float] | None = None) -> QuietHighs:
        """Return the rows one and jobs; with the tolerance as the column to be made least where it is None."""
        problem, pairs = self._problem, self._pairs
        solver = QuietHighs()
        infinity = solver.getInfinity()
        for option in ("mip_abs_gap", "mip_feasibility_tolerance", "primal_feasibility_tolerance"):
            solver.setOptionValue(option, _SLACK)
        solver.setOptionValue("mip_rel_gap", 0.0)
        for place in range(len(pairs)):
            solver.addCol(cost[place] if cost else 0.0, 0.0, 1.0, 0, [], [])
            solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        if tolerance is None:
            solver.addCol(1.0, 0.0, infinity, 0, [], [])
        for t in range(len(problem.tasks)):
            own = np.array([place for place, pair in enumerate(pairs) if pair[0] == t], dtype=np.int64)
            solver.addRow(1.0, 1.0, len(own), own, np.ones(len(own)))
        for participant, before in problem.jobs_before.items():
            columns = [place for place, pair in enumerate(pairs) if pair[1] == participant]
            work = [problem.tasks[pairs[place][0]].fte_after for place in columns]
            if tolerance is None:
                columns, work = [*columns, len(pairs)], [*work, 1.0]
            least = before - (tolerance or 0.0) - _SLACK
            if least > 0:
                solver.addRow(least, infinity, len(columns), np.array(columns, dtype=np.int64), np.array(work, float))
        return solver

    def _count_columns(self, solver: QuietHighs, *, cost: float) -> NDArray[np.int64]:
        """Add z[p] and its rows, and return its columns."""
        infinity = solver.getInfinity()
        first = solver.getNumCol()
        for number, participant in enumerate(self._problem.participants):
            solver.addCol(cost, 0.0, 1.0, 0, [], [])
            column = first + number
            solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
            own = [place for place, pair in enumerate(self._pairs) if pair[1] == participant]
            if self._problem.model is HostModel.BALANCED:
                signs = np.array([1.0, *[-1.0] * len(own)])
                solver.addRow(-infinity, 0.0, len(signs), np.array([column, *own]), signs)
            else:
                for place in own:
                    solver.addRow(-infinity, 0.0, 2, np.array([place, column]), np.array([1.0, -1.0]))
        return np.arange(first, solver.getNumCol())

    def _solve(self, solver: QuietHighs, start: Mapping[str, str] | None, seconds: float) -> _Found | None:
        """Solve, and return hosts with the bound; None where there is no plan."""
        if self.interrupted:
            return _Found(dict(start or {}), -np.inf, proven=False)
        ids = [self._problem.tasks[t].id for t, _ in self._pairs]
        solver.setOptionValue("time_limit", seconds)
        if start is not None:
            chosen = [float(start[i] == host) for i, (_, host) in zip(ids, self._pairs, strict=True)]
            solver.setSolution(len(chosen), np.arange(len(chosen)), np.array(chosen))
        self.interrupted = not run_interruptibly(solver)
        status, info = solver.getModelStatus(), solver.getInfo()
        # Every column is bounded but the loss, which is 0 or more and made least: what is one of the two is infeasible.
        if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
            return None
        hosts = dict(start or {})
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            values = solver.getSolution().col_value
            hosts = {i: host for i, (_, host), value in zip(ids, self._pairs, values, strict=False) if value > _HALF}
        return _Found(hosts, info.mip_dual_bound, status == highspy.HighsModelStatus.kOptimal)


def _step_of(problem: HostingProblem) -> Fraction:
    """Return the largest number of which every loss is a multiple, since every full-time equivalent is; 0 for none."""
    figures = [exact(each) for task in problem.tasks for each in (*task.fte_before.values(), task.fte_after)]
    shared = math.lcm(*(each.denominator for each in figures))
    return Fraction(math.gcd(*(int(each * shared) for each in figures)), shared)


def _keeps_all(problem: HostingProblem, hosts: Mapping[str, str]) -> bool:
    """Return whether hosts keep every guarantee."""
    return not any(True for _ in breaches_of_hosts(problem, hosts))


def _reach(problem: HostingProblem) -> tuple[tuple[HostRelaxation, ...], HostingProblem]:
    """Return what would bring every task within reach, and the problem in which it does."""
    relaxations, tasks = [], []
    for task in problem.tasks:
        tasks.append(task)
        if problem.hosts_of(task):
            continue
        times = [problem.longest_time(task, host) for host in task.fte_before]
        works = min((each for each in times if each is not None), default=None)
        constraint = "reach" if works is None else "max_minutes"
        relaxations.append(
            HostRelaxation(
                constraint=constraint,
                asked=task.max_minutes,
                works=works,
                task=task.id,
                bound=works,
                offices=fewest_offices(problem, task),
            )
        )
        tasks[-1] = replace(task, max_minutes=works)
    return tuple(relaxations), replace(problem, tasks=tuple(tasks))


def _no_plan(
    problem: HostingProblem, relaxations: tuple[HostRelaxation, ...], start: float, *, is_settled: bool = True
) -> HostingPlan:
    """Return the answer that there is no plan, or that time ran out before that was known."""
    return HostingPlan(
        problem=problem,
        status=Status.INFEASIBLE,
        hosts={},
        jobs_before=problem.jobs_before,
        jobs_after={},
        distinct_hosts=None,
        distinct_bound=None,
        total_minutes=None,
        bound=None,
        relaxations=relaxations,
        solver=solver_version(),
        seconds=time.monotonic() - start,
        is_settled=is_settled,
    )
