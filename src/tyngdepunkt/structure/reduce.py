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
    "Bounds",
    "Reduced",
    "bounds",
    "find_needed",
    "least_of_groups",
    "needed_score",
    "reduced_search",
    "refine_bounds",
    "rounded_bound",
]


MANY_PAIRS = 4_000
"""Allowed pairs from which it pays to leave out most; a matter of seconds, not of truth."""
_PAIRS_PER_MUNICIPALITY = 8
_MOST_PAIRS = 40_000
_ENOUGH_PAIRS = 35_000
"""Pairs that a relaxation may have, and from which on it is given up where still more are needed."""
_GLANCE = 25
"""Relaxations in which to look for a better plan before it is asked which pairs are missing."""
_GROWTH = 2
"""How many times as many pairs the next relaxation may have."""


@dataclass(frozen=True, eq=False)
class Bounds:
    """
    Bounds on the plans of a problem, and the multipliers that gave them.

    Parameters
    ----------
    highest
        No plan has a better score.
    each
        B, shape (n, n): no plan that uses the pair has a better score; −inf where not allowed.
    value
        What each pair is worth when connection is paid for, shape (n, n); −inf where not allowed.
    rewards
        u, shape (n,).
    """

    highest: float
    each: NDArray[np.float64]
    value: NDArray[np.float64]
    rewards: NDArray[np.float64]


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
    bounds
        To begin the next search with.
    """

    outcome: Outcome
    relaxation: Relaxation
    bounds: Bounds

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
    known: Bounds | None = None,
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
    known
        Bounds on these plans, or on those of the same problem with more pairs allowed; None to begin with none.
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
    found = _first_bounds(problem, centres, known)
    score = -np.inf if start is None else problem.score(start)
    best, cuts = start, tuple(cuts)
    pairs = find_needed(problem, found.each, max(score, enough))
    pairs &= _most_promising(problem, found.each, _PAIRS_PER_MUNICIPALITY * n)
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
            found = refine_bounds(problem, centres, relaxation, found)
            needed = find_needed(problem, found.each, max(score, enough))
            is_whole = not (needed & ~pairs).any()
            if is_whole and not (outcome.is_settled or outcome.bound <= enough):
                outcome = search(relaxation, _limits(centres, enough, ends), start=best)
                if outcome.score > score:
                    best, score = outcome.centre_of, outcome.score
        except KeyboardInterrupt as stop:
            # Its own bound is on the plans of few pairs.
            within = rounded_bound(problem, found.highest)
            raise Stopped(Stopped.by(stop, problem, best).centre_of, within) from None
        if is_whole:
            joined = _joined(problem, outcome, best, score, max(found.highest, enough))
            return Reduced(replace(joined, bound=max(joined.bound, enough)), relaxation, found)
        cuts = tuple(dict.fromkeys((*cuts, *relaxation.cuts)))  # a relaxation has those of its own pairs only
        count = int(pairs.sum())
        # With more pairs the bounds get tighter, and fewer pairs are needed.
        most = min(_GROWTH * count, _MOST_PAIRS)
        if time.monotonic() > ends or (int(needed.sum()) > most and count > _ENOUGH_PAIRS):
            left = max(rounded_bound(problem, found.highest), enough)
            return Reduced(Outcome(best, score, left, 0), relaxation, found)
        if int(needed.sum()) > most:
            needed &= _most_promising(problem, found.each, most)
        pairs = needed


def _limits(centres: int, enough: float, ends: float, *, nodes: float = np.inf) -> Limits:
    """Return the limits of a search that ends in time."""
    return Limits(centres, centres, enough=enough, seconds=max(1.0, ends - time.monotonic()), nodes=nodes)


def find_needed(problem: Problem, each: NDArray[np.float64], score: float) -> NDArray[np.bool_]:
    """
    Return the pairs that may be in a better plan than one of a score.

    Parameters
    ----------
    problem
        What is posed.
    each
        B, shape (n, n).
    score
        More is better.

    Returns
    -------
    Shape (n, n).
    """
    return np.asarray((each >= needed_score(problem, score)) & problem.allowed)


def _most_promising(problem: Problem, each: NDArray[np.float64], count: int) -> NDArray[np.bool_]:
    """Return so many pairs of highest bound."""
    count = min(each.size, count)
    return np.asarray((each >= np.partition(each.ravel(), -count)[-count]) & problem.allowed)


def _first_bounds(problem: Problem, centres: int, known: Bounds | None) -> Bounds:
    """Return bounds without a relaxation, from those known or from none."""
    value = problem.shared_value if known is None else known.value
    value = np.where(problem.allowed, value, -np.inf)
    start = None if known is None else known.rewards
    rewards = find_rewards(value, centres, start=start, forced=problem.forced)
    highest, each = bounds(problem, centres, value - rewards[:, None], rewards)
    if known is not None:
        highest, each = min(highest, known.highest), np.minimum(each, known.each)
    return Bounds(highest, each, value, rewards)


def refine_bounds(problem: Problem, centres: int, relaxation: Relaxation, known: Bounds) -> Bounds:
    """
    Tighten bounds by what a relaxation's duals say that connection is worth.

    Parameters
    ----------
    problem
        What is posed.
    centres
        k.
    relaxation
        Of this problem, or of the same with more pairs allowed; it is solved for the pairs that this one allows.
    known
        Bounds on the plans of the problem, or of the same with more pairs allowed.

    Returns
    -------
    The tighter of both, with the relaxation's multipliers; those known where it has no answer.
    """
    relaxation.set_centres(centres, centres)
    relaxation.set_limits(np.zeros(problem.allowed.shape), problem.allowed.astype(np.float64))
    if not _is_solved(relaxation):
        return replace(known, each=np.where(problem.allowed, known.each, -np.inf))
    with relaxation.central_duals():
        value = np.where(problem.allowed, problem.share(relaxation.connected_value()), -np.inf)
    rewards = find_rewards(value, centres, start=known.rewards, forced=problem.forced)
    highest, each = bounds(problem, centres, value - rewards[:, None], rewards)
    return Bounds(min(highest, known.highest), np.minimum(each, known.each), value, rewards)


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
