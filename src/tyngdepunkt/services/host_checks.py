"""A hosting plan, checked without the solver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from tyngdepunkt.errors import PlanError
from tyngdepunkt.model import Status
from tyngdepunkt.services.game import exact
from tyngdepunkt.services.hosting import HostingPlan, HostingProblem, HostModel

__all__ = ["HOST_CHECKS", "breaches_of_hosts", "largest_loss", "measure_hosts", "verify_hosting"]

HOST_CHECKS = ("one_host_each", "within_reach", "jobs_kept", "figures_recomputed", "bound", "heuristic")
_SLACK = Fraction(1, 10**9)


def largest_loss(problem: HostingProblem, hosts: Mapping[str, str]) -> Fraction:
    """Return the most that a participant loses in net, 0 where nobody does [FTE]."""
    return max(
        Fraction(0),
        *(
            sum((exact(t.fte_before.get(p, 0.0)) for t in problem.tasks), Fraction(0))
            - sum((exact(t.fte_after) for t in problem.tasks if hosts[t.id] == p), Fraction(0))
            for p in problem.participants
        ),
    )


def breaches_of_hosts(problem: HostingProblem, hosts: Mapping[str, str]) -> Iterator[str]:
    """
    Give every guarantee that hosts break, a sentence each.

    Parameters
    ----------
    problem
        What was asked.
    hosts
        Task to its host.
    """
    for task in problem.tasks:
        host = hosts.get(task.id)
        if host is None:
            yield f"{task.id} has no host."
            continue
        if host not in task.fte_before:
            yield f"{host} hosts {task.id} and takes no part in it."
        for start in task.fte_before:
            minutes = 0.0 if start == host else problem.minutes.get(start, {}).get(host)
            if minutes is None:
                yield f"{start} cannot travel to {host}, which hosts {task.id}."
            elif task.max_minutes is not None and minutes > task.max_minutes:
                yield f"{start} has {minutes:g} minutes to {host}, and {task.id} allows {task.max_minutes:g}."
    if set(hosts) - {task.id for task in problem.tasks}:
        yield "Tasks that nobody asked for have hosts."
    for participant in problem.participants:
        before = sum((exact(task.fte_before.get(participant, 0.0)) for task in problem.tasks), Fraction(0))
        after = sum((exact(task.fte_after) for task in problem.tasks if hosts.get(task.id) == participant), Fraction(0))
        if before - after > exact(problem.job_tolerance) + _SLACK:
            yield f"{participant} goes from {float(before):g} to {float(after):g} full-time equivalents."


def verify_hosting(plan: HostingPlan, searched: Mapping[str, str] | None) -> HostingPlan:
    """
    Verify a plan.

    Parameters
    ----------
    plan
        A plan with hosts.
    searched
        What the independent search found; None where it found nothing.

    Returns
    -------
    The plan, with the checks that it passed.

    Raises
    ------
    PlanError
        Where it breaks what it promises, with every breach.
    """
    problem, hosts = plan.problem, plan.hosts
    breaches = list(breaches_of_hosts(problem, hosts))
    if not breaches:
        distinct, minutes = measure_hosts(problem, hosts)
        if distinct != plan.distinct_hosts or minutes != plan.total_minutes:
            breaches.append(f"{distinct} hosts and {minutes} minutes, not as told.")
        if dict(plan.jobs_after) != problem.jobs_after(hosts):
            breaches.append("The full-time equivalents are not as told.")
        if plan.bound is None or plan.bound > minutes + float(_SLACK):
            breaches.append(f"{minutes} minutes are fewer than the bound, {plan.bound}.")
        if plan.status is Status.OPTIMAL and searched is not None:
            breaches += _beaten(problem, (distinct, minutes), measure_hosts(problem, searched))
    if breaches:
        raise PlanError(breaches)
    return replace(plan, checks=HOST_CHECKS)


def measure_hosts(problem: HostingProblem, hosts: Mapping[str, str]) -> tuple[int, float]:
    """Return how many different hosts there are, and the minutes to them, added up anew [min]."""
    minutes = sum(
        (
            exact(problem.minutes[start][hosts[task.id]])
            for task in problem.tasks
            for start in task.fte_before
            if start != hosts[task.id]
        ),
        Fraction(0),
    )
    return len(set(hosts.values())), float(minutes)


def _beaten(problem: HostingProblem, ours: tuple[int, float], theirs: tuple[int, float]) -> Iterator[str]:
    """Give that the independent search found something better."""
    sign = -1 if problem.model is HostModel.BALANCED else 1
    if (sign * theirs[0], theirs[1]) < (sign * ours[0], ours[1] - float(_SLACK)):
        yield f"An independent search found {theirs[0]} hosts and {theirs[1]} minutes, which is better than {ours}."
