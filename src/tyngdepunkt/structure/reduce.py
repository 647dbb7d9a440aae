"""
Country size: few of the n² pairs of municipality and centre can be in a plan as good as the best known.

For any u and any μ of 0 or more, L(u, μ) = Σ u[i] + the k largest of ρ[j] is a bound on every plan, where
ρ[j] = C[j, j] + Σ over i ≠ j of max(0, C[i, j]) and C[i, j] is the value, with connection paid for by μ (see
`Relaxation.connected_value`), less u[i]. A plan in
which i has centre j must have j among its centres, and everyone on some way from j to i in the block with them, so it
scores at most

    B[i, j] = L + min(0, ρ[j] − ρ(k)) − the least Σ of max(0, −C[s, j]) over the ways from j to i,

ρ(k) being the k-th largest. Pairs with B below the score of a plan that is known can be left out without loss.

First u is found by subgradients and the most promising pairs are solved exactly; then the duals of their relaxation,
connection included, price all pairs. Where no pair left out can be in a better plan, the answer is proven for all.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.relaxation import OutOfTimeError, Relaxation
from tyngdepunkt.structure.rewards import find_detours, find_rewards
from tyngdepunkt.structure.search import Limits, Outcome, Stopped, search

__all__ = [
    "MANY_PAIRS",
    "Reduced",
    "bounds",
    "least_of_groups",
    "needed_score",
    "reduced_search",
    "refined_bounds",
    "rounded_bound",
]


MANY_PAIRS = 4_000
"""Allowed pairs from which it pays to leave out most; a matter of seconds, not of truth."""
_PAIRS_PER_MUNICIPALITY = 8
_MOST_PAIRS = 40_000
_GLANCE = 25
"""Relaxations in which to look for a better plan before it is asked which pairs are missing."""
_GROWTH = 2
"""How many times as many pairs the next relaxation may have."""


@dataclass(frozen=True, eq=False)
class Reduced:
    """
    What a reduced search found.

    Parameters
    ----------
    outcome
        The plan and a bound that holds for all pairs.
    relaxation
        The last relaxation solved.
    rewards
        u, to begin the next search with, shape (n,).
    """

    outcome: Outcome
    relaxation: Relaxation
    rewards: NDArray[np.float64]

    @property
    def cuts(self) -> tuple[tuple[int, int, int], ...]:
        """Path rows found, for the next search."""
        return self.relaxation.cuts


def reduced_search(
    problem: Problem,
    centres: int,
    *,
    start: tuple[int, ...] | None = None,
    cuts: Iterable[tuple[int, int, int]] = (),
    rewards: NDArray[np.float64] | None = None,
    first: NDArray[np.bool_] | None = None,
    enough: float = -np.inf,
    seconds: float,
) -> Reduced:
    """
    Find the best plan, and prove it, with variables for few pairs.

    Parameters
    ----------
    problem
        What is posed.
    centres
        k.
    start
        A plan known to keep the wishes; the position of each one's centre.
    cuts
        Path rows found before.
    rewards
        u to begin with, shape (n,): of a problem much like this; None to begin with none.
    first
        Pairs that get a variable at once, shape (n, n): those of plans that may do; None for none.
    enough
        Only plans of a better score are sought; the bound says no less than this.
    seconds
        Wall time after which to answer with a gap [s].

    Returns
    -------
    The plan and the bound.
    """
    ends = time.monotonic() + seconds
    n = len(problem)
    value = np.where(problem.allowed, problem.shared_value, -np.inf)
    rewards = find_rewards(value, centres, start=rewards, forced=problem.forced)
    bound, each = bounds(problem, centres, value - rewards[:, None], rewards)
    score = -np.inf if start is None else problem.score(start)
    best = start
    pairs = _needed(problem, each, max(score, enough))
    pairs &= _most_promising(problem, each, _PAIRS_PER_MUNICIPALITY * n)
    if first is not None:
        pairs |= first & problem.allowed
    while True:
        if best is not None:
            pairs[range(n), best] = True
        pairs |= np.diag(np.asarray(pairs.any(axis=0)))
        relaxation = Relaxation(problem, pairs=pairs, cuts=cuts)
        try:
            outcome = search(relaxation, _limits(centres, enough, ends, nodes=_GLANCE), start=best)
            if outcome.centre_of is not None and outcome.score > score:
                best, score = outcome.centre_of, outcome.score
            refined = _refined(problem, centres, relaxation, rewards)
            if refined is not None:
                bound, each, rewards = min(bound, refined[0]), np.minimum(each, refined[1]), refined[2]
            needed = _needed(problem, each, max(score, enough))
            is_whole = not (needed & ~pairs).any()
            if is_whole and not (outcome.is_settled or outcome.bound <= enough):
                outcome = search(relaxation, _limits(centres, enough, ends), start=best)
                if outcome.score > score:
                    best, score = outcome.centre_of, outcome.score
        except KeyboardInterrupt as stop:
            # Its own bound is on the plans of few pairs.
            raise Stopped(Stopped.by(stop, problem, best).centre_of, rounded_bound(problem, bound)) from None
        if is_whole:
            found = _joined(problem, outcome, best, score, max(bound, enough))
            return Reduced(replace(found, bound=max(found.bound, enough)), relaxation, rewards)
        cuts = relaxation.cuts
        if int(needed.sum()) > _GROWTH * int(pairs.sum()):  # with more pairs the bounds get tighter, and fewer do
            needed &= _most_promising(problem, each, _GROWTH * int(pairs.sum()))
        if time.monotonic() > ends or int((pairs | needed).sum()) > _MOST_PAIRS:
            left = max(rounded_bound(problem, bound), enough)
            return Reduced(Outcome(best, score, left, 0), relaxation, rewards)
        pairs = needed


def _limits(centres: int, enough: float, ends: float, *, nodes: float = np.inf) -> Limits:
    """Return the limits of a search that ends in time."""
    return Limits(centres, centres, enough=enough, seconds=max(1.0, ends - time.monotonic()), nodes=nodes)


def _needed(problem: Problem, each: NDArray[np.float64], score: float) -> NDArray[np.bool_]:
    """Return the pairs that may be in a better plan than one of this score."""
    return np.asarray((each >= needed_score(problem, score)) & problem.allowed)


def _most_promising(problem: Problem, each: NDArray[np.float64], count: int) -> NDArray[np.bool_]:
    """Return so many pairs of highest bound."""
    count = min(each.size, count)
    return np.asarray((each >= np.partition(each.ravel(), -count)[-count]) & problem.allowed)


def _refined(
    problem: Problem, centres: int, relaxation: Relaxation, rewards: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]] | None:
    """Return L, B and u when a relaxation's duals pay for connection; None where it has no answer."""
    n = len(problem)
    relaxation.set_centres(centres, centres)
    relaxation.set_limits(np.zeros((n, n)), np.ones((n, n)))
    if not _is_solved(relaxation):
        return None
    with relaxation.central_duals():
        value = np.where(problem.allowed, problem.share(relaxation.connected_value()), -np.inf)
    rewards = find_rewards(value, centres, start=rewards, forced=problem.forced)
    return (*bounds(problem, centres, value - rewards[:, None], rewards), rewards)


def refined_bounds(
    problem: Problem, centres: int, relaxation: Relaxation, rewards: NDArray[np.float64]
) -> NDArray[np.float64]:
    """
    Return the bounds on the plans that use each pair, as tight as they come.

    Parameters
    ----------
    problem
        What is posed.
    centres
        k.
    relaxation
        One that was searched for this number of centres, whose duals say what connection is worth.
    rewards
        u to begin with, shape (n,).

    Returns
    -------
    B, shape (n, n); −inf where not allowed.
    """
    value = np.where(problem.allowed, problem.shared_value, -np.inf)
    _, each = bounds(problem, centres, value - rewards[:, None], rewards)
    refined = _refined(problem, centres, relaxation, rewards)
    return each if refined is None else np.minimum(each, refined[1])


def bounds(
    problem: Problem, centres: int, gain: NDArray[np.float64], rewards: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """
    Return the bound on every plan, and on the plans that use each pair.

    Parameters
    ----------
    problem
        For the neighbours.
    centres
        k.
    gain
        C, shape (n, n); −inf where not allowed.
    rewards
        u, shape (n,).

    Returns
    -------
    L and B, as the module's head defines them; B is −inf where not allowed.
    """
    n = len(problem)
    worth = np.where(problem.forced, gain, np.maximum(gain, 0.0))
    np.fill_diagonal(worth, 0.0)
    rho = worth.sum(axis=0) + np.diag(gain)
    ranked = np.sort(rho)[::-1]
    bound = float(rewards.sum() + ranked[:centres].sum())
    detour = find_detours(problem.neighbours, np.where(problem.forced, 0.0, np.maximum(-gain, 0.0)))
    with np.errstate(invalid="ignore"):
        each = bound + np.minimum(0.0, rho - ranked[centres - 1])[None, :] - detour
    each[~np.isfinite(each)] = -np.inf
    return bound, least_of_groups(problem, each.reshape(n, n))


def least_of_groups(problem: Problem, each: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return bounds on the plans that use each pair, for those who lie together the least of theirs; shape (n, n)."""
    for group in problem.together:
        each[list(group)] = each[list(group)].min(axis=0)
    return each


def _is_solved(relaxation: Relaxation) -> bool:
    """Solve a relaxation, and return whether there is an answer."""
    try:
        return relaxation.solve() is not None
    except OutOfTimeError:
        return False


def needed_score(problem: Problem, score: float) -> float:
    """Return the least bound at which a pair may be in a better plan than one of this score."""
    return score + 1 - 1e-6 * max(1.0, abs(score) * 1e-3) if problem.whole else score - 1e-9 * abs(score)


def rounded_bound(problem: Problem, bound: float) -> float:
    """Return a bound rounded down where scores are whole."""
    if not np.isfinite(bound):
        return bound
    return float(np.floor(bound + 1e-6 * max(1.0, abs(bound) * 1e-3))) if problem.whole else bound


def _joined(problem: Problem, outcome: Outcome, best: tuple[int, ...] | None, score: float, bound: float) -> Outcome:
    """Return an outcome for all pairs: the search covers every pair that could be in a better plan."""
    reached = min(outcome.bound, rounded_bound(problem, bound)) if outcome.centre_of is not None else outcome.bound
    return Outcome(best, score, max(score, reached), outcome.nodes)
