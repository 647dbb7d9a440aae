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
for which there is one, in the same way. Each answer is verified without the solver, and held against a local search
that knows nothing of it: one that is beaten is an error, not a result.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np

from tyngdepunkt.errors import PlanError
from tyngdepunkt.model import Progress, Status, Step, silent
from tyngdepunkt.services.game import exact
from tyngdepunkt.services.host_checks import largest_loss, verify_hosting
from tyngdepunkt.services.host_search import search_hosts, search_least_loss
from tyngdepunkt.services.hosting import HostingPlan, HostingProblem, HostModel, HostRelaxation
from tyngdepunkt.structure.highs import QuietHighs, solver_version

__all__ = ["HOST_SECONDS", "allocate_hosts"]

HOST_SECONDS = 60.0
"""Wall time after which an answer has a gap in place of a proof [s]."""
_SLACK = 1e-9
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
        Wall time after which to answer with a gap [s].
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
    program = _Program(problem, start + seconds)
    unreached, problem_within = _reach(problem)
    if unreached:
        relaxations = [*unreached]
        if all(each.works is not None for each in unreached):
            within = _Program(problem_within, start + seconds)
            if not within.is_possible(seed):
                relaxations.append(within.least_tolerance(seed))
        return _no_plan(problem, relaxations, start)
    progress(Step("hosting", 1, _STEPS))
    count = program.best_count(seed)
    if count is None:
        return _no_plan(problem, [program.least_tolerance(seed)], start)
    progress(Step("hosting", 2, _STEPS))
    found = program.least_minutes(count, seed)
    progress(Step("hosting", 3, _STEPS))
    plan = HostingPlan(
        problem=problem,
        status=Status.OPTIMAL if found.proven and count.proven else Status.GAP,
        hosts=found.hosts,
        jobs_before=problem.jobs_before,
        jobs_after=problem.jobs_after(found.hosts),
        distinct_hosts=len(set(found.hosts.values())),
        distinct_bound=round(count.bound),
        total_minutes=_minutes(problem, found.hosts),
        bound=found.bound,
        relaxations=(),
        solver=solver_version(),
        seconds=time.monotonic() - start,
    )
    return verify_hosting(plan, search_hosts(problem, seed=seed))


@dataclass(frozen=True)
class _Found:
    """Hosts that a stage found, the bound on what it sought, and whether the bound is reached."""

    hosts: Mapping[str, str]
    bound: float
    proven: bool


class _Program:
    """The integer program of a problem, built anew for each stage."""

    def __init__(self, problem: HostingProblem, deadline: float) -> None:
        self._problem, self._deadline = problem, deadline
        self._pairs = [(t, host) for t, task in enumerate(problem.tasks) for host in problem.hosts_of(task)]

    def is_possible(self, seed: int) -> bool:
        """Return whether there is a plan."""
        return self.best_count(seed) is not None

    def best_count(self, seed: int) -> _Found | None:
        """Return hosts as many, or as few, as can be; None where there is no plan."""
        solver = self._build(tolerance=self._problem.job_tolerance)
        many = self._problem.model is HostModel.BALANCED
        z = self._count_columns(solver, cost=-1.0 if many else 1.0)
        found = self._solve(solver, search_hosts(self._problem, seed=seed))
        if found is None:
            return None
        del z
        bound = np.floor(-found.bound + 1e-6) if many else np.ceil(found.bound - 1e-6)
        return _Found(found.hosts, float(bound), found.proven or bound == len(set(found.hosts.values())))

    def least_minutes(self, count: _Found, seed: int) -> _Found:
        """Return hosts of the fewest minutes, as many different ones as there were."""
        problem = self._problem
        minutes = [problem.total_time(problem.tasks[t], host) or 0.0 for t, host in self._pairs]
        solver = self._build(tolerance=problem.job_tolerance, cost=minutes)
        z = self._count_columns(solver, cost=0.0)
        number = float(len(set(count.hosts.values())))
        infinity = solver.getInfinity()
        many = problem.model is HostModel.BALANCED
        ends = (number, infinity) if many else (-infinity, number)
        solver.addRow(*ends, len(z), z, np.ones(len(z)))
        start = search_hosts(problem, seed=seed)
        if (
            start is None
            or len(set(start.values())) != number
            or _minutes(problem, start) > _minutes(problem, count.hosts)
        ):
            start = dict(count.hosts)
        found = self._solve(solver, start)
        if found is None:
            raise PlanError([f"A plan with {number:g} hosts was found, and then none with as many."])
        reached = _minutes(problem, found.hosts)
        bound = min(found.bound, reached)
        whole = all(float(each).is_integer() for each in minutes)
        if whole:
            bound = float(np.ceil(bound - 1e-6))
        return _Found(found.hosts, reached if found.proven else bound, found.proven or bound >= reached)

    def least_tolerance(self, seed: int) -> HostRelaxation:
        """Return the least tolerance for which there is a plan."""
        problem = self._problem
        solver = self._build(tolerance=None)
        start = search_least_loss(problem, seed=seed)
        found = self._solve(solver, start)
        if found is None:
            raise PlanError(
                ["Without a limit to what a participant may lose there is no plan, yet no task is out of reach."]
            )
        loss = largest_loss(problem, found.hosts)
        if start is not None and found.proven and largest_loss(problem, start) < loss - Fraction(1, 10**6):
            raise PlanError([f"A tolerance of {float(loss)} was called least, and a search found a lower one."])
        return HostRelaxation("job_tolerance", problem.job_tolerance, float(loss), proven=found.proven)

    def _build(self, *, tolerance: float | None, cost: list[float] | None = None) -> QuietHighs:
        """Return the rows one and jobs; with the tolerance as the column to be made least where it is None."""
        problem = self._problem
        solver = QuietHighs()
        infinity = solver.getInfinity()
        for option, value in (
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", _SLACK),
            ("mip_feasibility_tolerance", 1e-9),
            ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
        ):
            solver.setOptionValue(option, value)
        for place, _ in enumerate(self._pairs):
            solver.addCol(cost[place] if cost else 0.0, 0.0, 1.0, 0, [], [])
            solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        loss = len(self._pairs)
        if tolerance is None:
            solver.addCol(1.0, 0.0, infinity, 0, [], [])
        for t, _ in enumerate(problem.tasks):
            own = [place for place, pair in enumerate(self._pairs) if pair[0] == t]
            solver.addRow(1.0, 1.0, len(own), np.array(own), np.ones(len(own)))
        before = problem.jobs_before
        for participant in problem.participants:
            own = [place for place, pair in enumerate(self._pairs) if pair[1] == participant]
            work = [problem.tasks[self._pairs[place][0]].fte_after for place in own]
            least = before[participant] - (tolerance or 0.0) - _SLACK
            if tolerance is None:
                own, work = [*own, loss], [*work, 1.0]
            elif least <= 0:
                continue
            solver.addRow(least, infinity, len(own), np.array(own, dtype=np.int64), np.array(work, dtype=np.float64))
        return solver

    def _count_columns(self, solver: QuietHighs, *, cost: float) -> np.ndarray:  # type: ignore[type-arg]
        """Add z[p] and its rows, and return its columns."""
        infinity = solver.getInfinity()
        first = solver.getNumCol()
        many = self._problem.model is HostModel.BALANCED
        for number, participant in enumerate(self._problem.participants):
            solver.addCol(cost, 0.0, 1.0, 0, [], [])
            column = first + number
            solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
            own = [place for place, pair in enumerate(self._pairs) if pair[1] == participant]
            if many:
                solver.addRow(
                    -infinity, 0.0, len(own) + 1, np.array([column, *own]), np.array([1.0, *[-1.0] * len(own)])
                )
            else:
                for place in own:
                    solver.addRow(-infinity, 0.0, 2, np.array([place, column]), np.array([1.0, -1.0]))
        return np.arange(first, solver.getNumCol())

    def _solve(self, solver: QuietHighs, start: Mapping[str, str] | None) -> _Found | None:
        """Solve, and return hosts with the bound; None where there is no plan."""
        problem = self._problem
        solver.setOptionValue("time_limit", max(0.1, self._deadline - time.monotonic()))
        if start is not None:
            chosen = [place for place, (t, host) in enumerate(self._pairs) if start[problem.tasks[t].id] == host]
            taken = set(chosen)
            solver.setSolution(
                len(self._pairs),
                np.arange(len(self._pairs)),
                np.array([float(k in taken) for k in range(len(self._pairs))]),
            )
        solver.HandleKeyboardInterrupt = True
        solver.solve()
        status = solver.getModelStatus()
        info = solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            if start is None:
                raise TimeoutError
            values = None
        else:
            values = np.array(solver.getSolution().col_value)
        if values is None:
            hosts = dict(start or {})
        else:
            hosts = {
                problem.tasks[t].id: host
                for place, (t, host) in enumerate(self._pairs)
                if values[place] > 0.5  # noqa: PLR2004
            }
        return _Found(hosts, info.mip_dual_bound, status == highspy.HighsModelStatus.kOptimal)


def _reach(problem: HostingProblem) -> tuple[list[HostRelaxation], HostingProblem]:
    """Return what would bring every task within reach, and the problem in which it does."""
    relaxations, tasks = [], []
    for task in problem.tasks:
        tasks.append(task)
        if problem.hosts_of(task):
            continue
        times = [problem.longest_time(task, host) for host in task.fte_before]
        known = [each for each in times if each is not None]
        if not known:
            relaxations.append(HostRelaxation("reach", task.max_minutes, None, task.id))
        else:
            relaxations.append(HostRelaxation("max_minutes", task.max_minutes, min(known), task.id))
            tasks[-1] = type(task)(task.id, task.fte_before, task.fte_after, min(known))
    within = HostingProblem(problem.participants, tuple(tasks), problem.minutes, problem.job_tolerance, problem.model)
    return relaxations, within


def _no_plan(problem: HostingProblem, relaxations: list[HostRelaxation], start: float) -> HostingPlan:
    """Return the answer that there is no plan."""
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
        relaxations=tuple(relaxations),
        solver=solver_version(),
        seconds=time.monotonic() - start,
    )


def _minutes(problem: HostingProblem, hosts: Mapping[str, str]) -> float:
    """Return the minutes of a plan [min]."""
    return float(sum(exact(problem.total_time(task, hosts[task.id]) or 0.0) for task in problem.tasks))
