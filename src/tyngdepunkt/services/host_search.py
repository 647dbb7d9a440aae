"""A local search for hosts that knows nothing of the solver: a start for it, and a check on its proofs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.services.hosting import HostingProblem, HostModel

__all__ = ["search_hosts", "search_least_loss"]

_STARTS = 6
_SLACK = 1e-9


def search_hosts(problem: HostingProblem, *, seed: int) -> dict[str, str] | None:
    """
    Search for good hosts.

    Parameters
    ----------
    problem
        What is asked; each task has a possible host.
    seed
        The same seed finds the same.

    Returns
    -------
    Task to its host, keeping every guarantee; None where none was found, which proves nothing.
    """
    search = _Search(problem)
    sign = -1.0 if problem.model is HostModel.BALANCED else 1.0
    big = 1.0 + float(search.minutes[np.isfinite(search.minutes)].sum())

    def score(hosts: NDArray[np.int64]) -> float:
        short = np.maximum(search.least - search.after(hosts) - _SLACK, 0.0).sum()
        return float(
            short * big * (len(search.least) + 1) * 10
            + sign * big * len(np.unique(hosts))
            + search.minutes[search.tasks, hosts].sum()
        )

    best = search.run(score, seed)
    if (search.least - search.after(best)).max() > _SLACK:
        return None
    return search.named(best)


def search_least_loss(problem: HostingProblem, *, seed: int) -> dict[str, str]:
    """
    Search for hosts with which the greatest loss of a participant is small.

    Parameters
    ----------
    problem
        What is asked; each task has a possible host.
    seed
        The same seed finds the same.

    Returns
    -------
    Task to its host.
    """
    search = _Search(problem)

    def score(hosts: NDArray[np.int64]) -> float:
        loss = np.maximum(search.before - search.after(hosts), 0.0)
        return float(loss.max() + 1e-4 * np.square(loss).sum())

    return search.named(search.run(score, seed))


class _Search:
    """A problem as arrays, and descent from random starts by moving one task or swapping the hosts of two."""

    def __init__(self, problem: HostingProblem) -> None:
        self._problem = problem
        self._names = problem.participants
        place = {name: i for i, name in enumerate(self._names)}
        self.tasks = np.arange(len(problem.tasks))
        self.minutes = np.full((len(problem.tasks), len(self._names)), np.inf)
        for t, task in enumerate(problem.tasks):
            for host in problem.hosts_of(task):
                self.minutes[t, place[host]] = problem.total_time(task, host)
        self._choices = [np.flatnonzero(np.isfinite(row)) for row in self.minutes]
        self._work = np.array([task.fte_after for task in problem.tasks])
        self.before = np.array([problem.jobs_before[name] for name in self._names])
        self.least = self.before - problem.job_tolerance

    def after(self, hosts: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return full-time equivalents by participant, shape (participants,)."""
        after: NDArray[np.float64] = np.bincount(hosts, weights=self._work, minlength=len(self._names)).astype(float)
        return after

    def named(self, hosts: NDArray[np.int64]) -> dict[str, str]:
        """Return hosts by name."""
        return {task.id: self._names[host] for task, host in zip(self._problem.tasks, hosts, strict=True)}

    def run(self, score: Callable[[NDArray[np.int64]], float], seed: int) -> NDArray[np.int64]:
        """Return the best hosts of several descents."""
        chance = np.random.default_rng(seed)
        best, lowest = None, np.inf
        for number in range(_STARTS):
            hosts = np.array(
                [
                    choices[int(np.argmin(self.minutes[t, choices]))] if number == 0 else chance.choice(choices)
                    for t, choices in enumerate(self._choices)
                ]
            )
            value = self._descend(hosts, score, chance)
            if value < lowest:
                best, lowest = hosts, value
        assert best is not None  # noqa: S101 - there is at least one start
        return best

    def _descend(
        self, hosts: NDArray[np.int64], score: Callable[[NDArray[np.int64]], float], chance: np.random.Generator
    ) -> float:
        """Improve hosts in place until no move or swap does, and return their score."""
        value = score(hosts)
        improved = True
        while improved:
            improved = False
            for t in chance.permutation(len(hosts)):
                before = hosts[t]
                for host in self._choices[t]:
                    hosts[t] = host
                    new = score(hosts)
                    if new < value - _SLACK:
                        value, before, improved = new, host, True
                hosts[t] = before
            for t, s in _pairs(len(hosts), chance):
                a, b = hosts[t], hosts[s]
                if a == b or not (np.isfinite(self.minutes[t, b]) and np.isfinite(self.minutes[s, a])):
                    continue
                hosts[t], hosts[s] = b, a
                new = score(hosts)
                if new < value - _SLACK:
                    value, improved = new, True
                else:
                    hosts[t], hosts[s] = a, b
        return value


def _pairs(count: int, chance: np.random.Generator) -> list[tuple[int, int]]:
    """Return pairs of tasks in a random order."""
    pairs = [(t, s) for t in range(count) for s in range(t)]
    return [pairs[k] for k in chance.permutation(len(pairs))]
