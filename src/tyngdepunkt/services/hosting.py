"""Which participant hosts which task: the problem, and the answer with its certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Status
from tyngdepunkt.services.game import exact

__all__ = ["HostModel", "HostRelaxation", "HostingPlan", "HostingProblem", "Task"]


class HostModel(StrEnum):
    """Whether host roles are spread, or gathered."""

    BALANCED = "balanced"
    CENTRAL = "central"


@dataclass(frozen=True)
class Task:
    """
    A task that some participants run together.

    Parameters
    ----------
    id
        Name of the task.
    fte_before
        Participant to its full-time equivalents today; who is not there takes no part [FTE].
    fte_after
        What all the work takes at its host [FTE].
    max_minutes
        Longest time from any participant to the host; None where the work is bound to no place [min].
    """

    id: str
    fte_before: Mapping[str, float]
    fte_after: float
    max_minutes: float | None = None


@dataclass(frozen=True, eq=False)
class HostingProblem:
    """
    Tasks to be hosted, and what no participant shall lose.

    Parameters
    ----------
    participants
        Names or ids.
    tasks
        In order.
    minutes
        From whom, to whom, how long [min]; to oneself 0; a pair that is not there cannot be travelled.
    job_tolerance
        What a participant may lose in net over all tasks [FTE].
    model
        Whether to spread host roles or to gather them.
    """

    participants: tuple[str, ...]
    tasks: tuple[Task, ...]
    minutes: Mapping[str, Mapping[str, float]]
    job_tolerance: float = 0.0
    model: HostModel = HostModel.BALANCED

    def __post_init__(self) -> None:
        """Refuse what cannot be asked, with every fault."""
        faults = []
        known = set(self.participants)
        ids = [task.id for task in self.tasks]
        if len(known) < len(self.participants):
            faults.append("a participant stands twice")
        if not self.tasks:
            faults.append("there are no tasks")
        faults += [f"the task {i} stands twice" for i in sorted({i for i in ids if ids.count(i) > 1})]
        if not 0 <= self.job_tolerance < float("inf"):
            faults.append(f"the tolerance is {self.job_tolerance}, and must be 0 or more")
        for task in self.tasks:
            if not task.fte_before:
                faults.append(f"nobody takes part in the task {task.id}")
            strangers = sorted(task.fte_before.keys() - known)
            if strangers:
                faults.append(f"{', '.join(strangers)} of the task {task.id} are no participants")
            if not all(0 <= each < float("inf") for each in (*task.fte_before.values(), task.fte_after)):
                faults.append(f"the full-time equivalents of the task {task.id} must be 0 or more")
            if task.max_minutes is not None and not task.max_minutes >= 0:
                faults.append(f"the longest time of the task {task.id} must be 0 or more")
        for start, ends in self.minutes.items():
            if not {start, *ends} <= known:
                faults.append(f"minutes has {', '.join(sorted({start, *ends} - known))}, who are no participants")
            faults += [f"the minutes from {start} to {end} must be 0 or more" for end, t in ends.items() if not t >= 0]
        if faults:
            raise QuestionError("The hosting problem cannot be asked: " + "; ".join(faults) + ".")

    def time(self, start: str, end: str) -> float | None:
        """Return how long one travels [min]; 0 to oneself, None where one cannot."""
        return 0.0 if start == end else self.minutes.get(start, {}).get(end)

    def total_time(self, task: Task, host: str) -> float | None:
        """Return the minutes of all who take part in a task to a host; None where one of them cannot travel [min]."""
        times = [self.time(each, host) for each in task.fte_before]
        return None if any(each is None for each in times) else sum(each for each in times if each is not None)

    def longest_time(self, task: Task, host: str) -> float | None:
        """Return the longest time of any who take part in a task to a host; None where one cannot travel [min]."""
        times = [self.time(each, host) for each in task.fte_before]
        return None if any(each is None for each in times) else max(each for each in times if each is not None)

    def hosts_of(self, task: Task) -> tuple[str, ...]:
        """
        Return who may host a task.

        A host is one who takes part, and whom all who take part can travel to, within the task's longest time where it
        has one. A way that is not known cannot be added up, so it closes a host for every task, also for one that is
        bound to no place.
        """
        found = []
        for host in self.participants:
            longest = self.longest_time(task, host) if host in task.fte_before else None
            if longest is not None and (task.max_minutes is None or longest <= task.max_minutes):
                found.append(host)
        return tuple(found)

    @cached_property
    def jobs_before(self) -> dict[str, float]:
        """Full-time equivalents of each participant today, over all tasks [FTE]."""
        return {p: float(sum(exact(t.fte_before.get(p, 0.0)) for t in self.tasks)) for p in self.participants}

    def jobs_after(self, hosts: Mapping[str, str]) -> dict[str, float]:
        """Return the full-time equivalents of each participant with those hosts, over all tasks [FTE]."""
        return {p: float(sum(exact(t.fte_after) for t in self.tasks if hosts[t.id] == p)) for p in self.participants}


@dataclass(frozen=True)
class HostRelaxation:
    """
    What would have to give way for a plan to exist.

    Parameters
    ----------
    constraint
        ``"max_minutes"`` of a task, ``"job_tolerance"``, or ``"reach"`` of a task that no limit mends: a way to each of
        its possible hosts is unknown.
    asked
        Its value in the problem; None for reach without a limit.
    works
        The least value for which a plan exists; None for reach.
    task
        Whose limit; empty for the tolerance.
    bound
        Nothing below this works; the same as `works` where that is proven.
    proven
        Whether nothing less works.
    """

    constraint: str
    asked: float | None
    works: float | None
    task: str = ""
    bound: float | None = None
    proven: bool = True


@dataclass(frozen=True, eq=False)
class HostingPlan:
    """
    A host for each task, or what would have to give way for that.

    Parameters
    ----------
    problem
        What was asked.
    status
        Proven best (`Status.OPTIMAL`), within a gap of a bound, or that no plan exists.
    hosts
        Task to its host; empty where there is no plan.
    jobs_before, jobs_after
        Participant to its full-time equivalents over all tasks; after is empty where there is no plan [FTE].
    distinct_hosts
        How many different hosts there are; None where there is no plan.
    distinct_bound
        No plan has more (balanced) or fewer (central) different hosts.
    total_minutes
        Minutes from each task's participants to its host, added up; None where there is no plan [min].
    bound
        No plan with so many hosts has fewer minutes; None where there is no plan [min].
    relaxations
        What would have to give way, all of it together, in order: first the longest times of tasks out of reach, then
        the tolerance; empty where there is a plan.
    solver, seconds
        Who proved it, in what wall time [s].
    checks
        What was verified outside the solver.
    is_settled
        Whether it is known that there is a plan, or that there is none. If not, time ran out first: `status` says that
        none was found, and the tolerance in `relaxations` is one that works.
    """

    problem: HostingProblem
    status: Status
    hosts: Mapping[str, str]
    jobs_before: Mapping[str, float]
    jobs_after: Mapping[str, float]
    distinct_hosts: int | None
    distinct_bound: int | None
    total_minutes: float | None
    bound: float | None
    relaxations: tuple[HostRelaxation, ...]
    solver: str
    seconds: float
    checks: tuple[str, ...] = ()
    is_settled: bool = True
