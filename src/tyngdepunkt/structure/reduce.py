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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.relaxation import OutOfTimeError, Relaxation
from tyngdepunkt.structure.search import Limits, Outcome, Stopped, search

__all__ = [
    "MANY_PAIRS",
    "Reduced",
    "bounds",
    "find_detours",
    "find_rewards",
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
_DIVERGED = 1e15
"""A bound beyond which the subgradient only runs away, as it does where there is no plan."""


@dataclass(frozen=True, eq=False)
class Reduced:
    """
    What a reduced search found.

    Parameters
    ----------
    outcome
        The plan and a bound that holds for all pairs.
    relaxation
        The last relaxation solved; None where none was.
    cuts
        Path rows found, for the next search.
    """

    outcome: Outcome
    relaxation: Relaxation | None
    cuts: tuple[tuple[int, int, int], ...]


def reduced_search(
    problem: Problem,
    centres: int,
    *,
    start: tuple[int, ...] | None = None,
    cuts: Iterable[tuple[int, int, int]] = (),
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
    seconds
        Wall time after which to answer with a gap [s].

    Returns
    -------
    The plan and the bound.
    """
    ends = time.monotonic() + seconds
    value = np.where(problem.allowed, problem.shared_value, -np.inf)
    rewards = find_rewards(value, centres, forced=problem.forced)
    bound, each = bounds(problem, centres, value - rewards[:, None], rewards)
    score = -np.inf if start is None else problem.score(start)
    best = start
    few = min(each.size, _PAIRS_PER_MUNICIPALITY * len(problem))
    pairs = each >= np.partition(each.ravel(), -few)[-few]
    while True:
        if best is not None:
            pairs[range(len(best)), best] = True
        pairs |= np.eye(len(problem), dtype=bool) & (pairs.any(axis=0)[None, :])
        relaxation = Relaxation(problem, pairs=pairs, cuts=cuts)
        limits = Limits(centres, centres, seconds=max(1.0, ends - time.monotonic()))
        try:
            outcome = search(relaxation, limits, start=best)
        except KeyboardInterrupt as stop:
            # Its own bound is on the plans of few pairs.
            raise Stopped(Stopped.by(stop, problem, best).centre_of, rounded_bound(problem, bound)) from None
        cuts = relaxation.cuts
        if outcome.centre_of is not None and outcome.score > score:
            best, score = outcome.centre_of, outcome.score
        # The root's duals tell what connection is worth; the search has moved on, so solve the root again.
        n = len(problem)
        relaxation.set_limits(np.zeros((n, n)), np.ones((n, n)))
        if _is_solved(relaxation):
            value = np.where(problem.allowed, problem.share(relaxation.connected_value()), -np.inf)
            rewards = find_rewards(value, centres, start=rewards, forced=problem.forced)
            priced, ranked = bounds(problem, centres, value - rewards[:, None], rewards)
            bound = min(bound, priced)
            each = np.minimum(each, ranked)
        needed = (each >= needed_score(problem, score)) & problem.allowed
        left_out = needed & ~pairs
        if not left_out.any():
            return Reduced(_joined(problem, outcome, best, score, bound), relaxation, cuts)
        if time.monotonic() > ends or int((pairs | needed).sum()) > _MOST_PAIRS:
            return Reduced(Outcome(best, score, rounded_bound(problem, bound), outcome.nodes), relaxation, cuts)
        pairs = needed


def refined_bounds(problem: Problem, centres: int, relaxation: Relaxation | None) -> NDArray[np.float64]:
    """
    Return the bounds on the plans that use each pair, as tight as they come.

    Parameters
    ----------
    problem
        What is posed.
    centres
        k.
    relaxation
        One that was searched for this number of centres, whose duals say what connection is worth; None for none.

    Returns
    -------
    B, shape (n, n); −inf where not allowed.
    """
    value = np.where(problem.allowed, problem.value, -np.inf)
    rewards = find_rewards(value, centres)
    _, each = bounds(problem, centres, value - rewards[:, None], rewards)
    if relaxation is not None:
        n = len(problem)
        relaxation.set_centres(centres, centres)
        relaxation.set_limits(np.zeros((n, n)), np.ones((n, n)))
        if _is_solved(relaxation):
            value = np.where(problem.allowed, relaxation.connected_value(), -np.inf)
            rewards = find_rewards(value, centres, start=rewards)
            each = np.minimum(each, bounds(problem, centres, value - rewards[:, None], rewards)[1])
    return each


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


def find_detours(neighbours: Sequence[Sequence[int]], cost: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each (i, j) the least sum of cost[s, j] over ways from j to i, j itself not counted; shape (n, n)."""
    n = len(cost)
    least = np.full((n, n), np.inf)
    np.fill_diagonal(least, 0.0)
    lists = [np.array(near, dtype=np.int64) for near in neighbours]
    changed = True
    order = range(n)
    while changed:
        changed = False
        for i in order:
            if not len(lists[i]):
                continue
            through = least[lists[i]].min(axis=0) + cost[i]
            through[i] = 0.0
            if (through < least[i]).any():
                np.minimum(least[i], through, out=least[i])
                changed = True
        order = order[::-1]
    return least


def find_rewards(
    value: NDArray[np.float64],
    centres: int,
    *,
    start: NDArray[np.float64] | None = None,
    forced: NDArray[np.bool_] | None = None,
    rounds: int = 1200,
    nearest: int = 40,
) -> NDArray[np.float64]:
    """Return u by subgradient steps on the relaxation without connection, over each one's most valuable centres."""
    n = len(value)
    count = min(nearest, n)
    forced = np.zeros((n, n), dtype=np.bool_) if forced is None else forced
    columns = np.argpartition(np.where(forced, -np.inf, -value), count - 1, axis=1)[:, :count]
    rows = np.repeat(np.arange(n), count)
    columns = columns.ravel()
    keep = np.isfinite(value[rows, columns]) & (rows != columns)
    rows, columns = rows[keep], columns[keep]
    gains, held = value[rows, columns], forced[rows, columns]
    own = np.diag(value)
    second = np.sort(value, axis=1)[:, -min(2, n)]
    u = np.where(np.isfinite(second), second * 0.5, 0.0) if start is None else start
    best, best_u, step, stalled = np.inf, u, 1.0, 0
    target = -np.inf
    direction = np.zeros(n)
    for turn in range(rounds):
        left = gains - u[rows]
        rho = np.bincount(columns, np.where(held, left, np.maximum(left, 0.0)), n) + own - u
        top = np.argpartition(-rho, centres - 1)[:centres]
        bound = float(u.sum() + rho[top].sum())
        open_ = np.zeros(n, dtype=bool)
        open_[top] = True
        if turn % 10 == 0:
            target = max(target, _greedy(value, top))
        if bound < best - 1e-7 * abs(best) or not np.isfinite(best):
            best, best_u, stalled = bound, u, 0
        else:
            stalled += 1
            if stalled > 20:  # noqa: PLR2004 - so many steps without gain before they are made smaller
                step, stalled, u = step * 0.6, 0, best_u
        if step < 1e-4:  # noqa: PLR2004
            break
        served = np.bincount(rows, (held | (left > 0)) & open_[columns], n) + open_
        direction = 1.0 - served + 0.5 * direction
        size = float(direction @ direction)
        if size == 0 or not abs(bound) < _DIVERGED:
            break
        distance = bound - target if np.isfinite(target) else 0.05 * abs(bound)
        u = u - step * max(distance, 1e-9 * abs(bound)) / size * direction
    return np.asarray(best_u)


def _greedy(value: NDArray[np.float64], top: NDArray[np.int64]) -> float:
    """Return the score of these centres with each of the others at its most valuable: near that of a plan."""
    others = np.setdiff1d(np.arange(len(value)), top)
    return float(value[np.ix_(others, top)].max(axis=1).sum()) if len(others) else 0.0


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
