"""
Prices of moves at country size, where a relaxation with all pairs of municipality and centre is too large.

`reduce.bounds` gives for each pair a bound B on every plan that uses it. Let P be the pairs of highest B, and b the
highest B outside P. A plan in which i has centre j uses only pairs of P, and then the search over P finds it; or it
uses another, and scores at most b. So where the search over P finds one of at least b, that is the best, and the price
is exact. One search does for all centres that i may move to: it gives the cheapest move.

Beyond that the move is made part of the problem. The duals of the relaxation over P with the move give all pairs bounds
of their own, and where none outside P reaches the plan found, that is the best all the same. Else the pairs that do are
few, and are searched with the move.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tyngdepunkt.structure.anneal import holding_move
from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.reduce import Bounds, needed_score, reduced_search, refine_bounds
from tyngdepunkt.structure.relaxation import Relaxation
from tyngdepunkt.structure.search import Limits, Outcome, search

__all__ = ["Far", "MovePrice", "PricedPairs", "price_move", "price_pairs"]

MOST_PRICED = 4_000
"""Pairs that the search for all prices may use; more make more prices exact by it, and each one dearer."""

Far = Callable[[Sequence[int], tuple[int, ...] | None, Bounds, float, float], Outcome]
"""Finds the best plan with a move: given to which centres, a plan known, bounds, the score that matters, seconds."""


@dataclass(frozen=True, eq=False)
class PricedPairs:
    """
    What the prices of all moves from one best plan rest on.

    Parameters
    ----------
    centres
        Number of centres of the best plan.
    peak
        Its score, more is better.
    relaxation
        Over the pairs of P.
    bounds
        On all plans, B among them.
    outside
        b, the highest B outside P; −inf where P holds all.
    """

    centres: int
    peak: float
    relaxation: Relaxation
    bounds: Bounds
    outside: float


@dataclass(frozen=True)
class MovePrice:
    """
    What a move costs.

    Parameters
    ----------
    amount
        The price; None where the move is impossible.
    exact
        Whether that is the price itself, and not the least that it may be.
    centre_of
        The plan found, the position of each one's centre; None where none was.
    """

    amount: float | None
    exact: bool
    centre_of: tuple[int, ...] | None


def price_pairs(
    problem: Problem,
    best: tuple[int, ...],
    *,
    cuts: Iterable[tuple[int, int, int]] = (),
    seconds: float,
    most: int = MOST_PRICED,
) -> PricedPairs:
    """
    Prepare to price the moves from a best plan.

    Parameters
    ----------
    problem
        What is posed.
    best
        The position of each one's centre in the best plan.
    cuts
        Path rows found before.
    seconds
        Wall time for the bounds [s].
    most
        Pairs that a search may use.

    Returns
    -------
    What `price_move` needs.
    """
    centres, peak = len(set(best)), problem.score(best)
    found = reduced_search(problem, centres, start=best, cuts=cuts, seconds=seconds)
    known = refine_bounds(problem, centres, found.relaxation, found.bounds)
    each = known.each
    ranked = np.sort(each[problem.allowed])[::-1]
    least = ranked[most] if len(ranked) > most else -np.inf
    pairs = problem.allowed & (each > least)
    pairs[range(len(best)), best] = True
    pairs |= np.diag(pairs.any(axis=0)) & problem.allowed
    outside = float(each[problem.allowed & ~pairs].max(initial=-np.inf))
    relaxation = Relaxation(problem, pairs=pairs, cuts=found.cuts)
    return PricedPairs(centres, peak, relaxation, known, outside)


def price_move(priced: PricedPairs, i: int, among: Sequence[int], *, cap: float, seconds: float, far: Far) -> MovePrice:
    """
    Find what it costs that a municipality has one of several centres.

    Parameters
    ----------
    priced
        What `price_pairs` gave.
    i
        Position of the municipality.
    among
        Positions of the centres; those that are not allowed count for nothing.
    cap
        A price above this need not be known exactly, in the unit of the objective.
    seconds
        Wall time after which the price is given as "at least" [s].
    far
        How to find the best plan with one of the moves where P does not suffice.

    Returns
    -------
    The price of the cheapest move, whose centre is i's in the plan found.
    """
    ends = time.monotonic() + seconds
    relaxation, known, outside = priced.relaxation, priced.bounds, priced.outside
    problem = relaxation.problem
    allowed = [j for j in among if problem.allowed[i, j]]
    sought = priced.peak - cap
    best, score, within = None, -np.inf, -np.inf
    if any(relaxation.pairs[i, j] for j in allowed):
        outcome = search(relaxation, _limits(priced, i, allowed, enough=sought, seconds=seconds))
        best, score, within = outcome.centre_of, outcome.score, outcome.bound
        if not (outcome.is_proven and score >= outside):
            held = replace(problem, allowed=holding_move(problem.allowed, i, allowed))
            known = refine_bounds(held, priced.centres, relaxation, known)
            outside = float(known.each[held.allowed & ~relaxation.pairs].max(initial=-np.inf))
        if outcome.is_proven and (score >= outside or outside < needed_score(problem, score)):
            return MovePrice(None if best is None else priced.peak - score, exact=True, centre_of=best)
    # A pair without a variable was not searched, one with has been but for plans that use other pairs too.
    each = known.each[i]
    most = np.where(relaxation.pairs[i], np.minimum(each, max(within, outside)), each)
    beaten = max(score, sought)
    open_ = sorted((j for j in allowed if most[j] >= needed_score(problem, beaten)), key=lambda j: -most[j])
    bound = beaten if open_ or best is not None else float(most[allowed].max(initial=-np.inf))
    if open_:
        outcome = far(open_, best, known, beaten, max(1.0, ends - time.monotonic()))
        bound = min(float(most[open_].max()), outcome.bound)
        if outcome.centre_of is not None and outcome.score > score:
            best, score = outcome.centre_of, outcome.score
        bound = max(bound, score)
    if np.isneginf(bound):
        return MovePrice(None, exact=True, centre_of=None)
    return MovePrice(max(0.0, priced.peak - bound), exact=best is not None and score >= bound, centre_of=best)


def _limits(priced: PricedPairs, i: int, among: Sequence[int], *, enough: float, seconds: float) -> Limits:
    """Return the limits under which i has one of these centres."""
    k = priced.centres
    if len(among) == 1:
        return Limits(k, k, pairs=((i, among[0]),), enough=enough, seconds=seconds)
    others = np.setdiff1d(np.flatnonzero(priced.relaxation.pairs[i]), among)
    barred = tuple((i, int(j)) for j in others)
    return Limits(k, k, barred=barred, enough=enough, seconds=seconds)
