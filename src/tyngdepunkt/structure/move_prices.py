"""
Prices of moves at country size, where a relaxation with all pairs of municipality and centre is too large.

`reduce.bounds` gives for each pair a bound B on every plan that uses it. Let P be the pairs of highest B, and b the
highest B outside P. A plan in which i has centre j uses only pairs of P, and then the search over P finds it; or it
uses another, and scores at most b. So the best such plan scores at most max(b, the best over P): where the search over
P finds one of at least b, that is it, and elsewhere the price is at least the best of all less that maximum. A move
that is not in P at all is priced by its own B without any search.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.reduce import reduced_search, refined_bounds
from tyngdepunkt.structure.relaxation import Relaxation
from tyngdepunkt.structure.search import Limits, search

__all__ = ["PricedPairs", "price_pair", "price_pairs"]

MOST_PRICED = 4_000
"""Pairs that the search for a price may use; more make prices exact farther up, and each one dearer."""
_MOST_GROWN = 4
"""How many times as many it may use where prices would else be exact only up to a trifle."""
_TRIFLE = 0.01
"""What is a trifle [share of what the average block scores]."""


@dataclass(frozen=True, eq=False)
class PricedPairs:
    """
    What the prices of all moves from one best plan rest on.

    Parameters
    ----------
    problem, centres
        Of the best plan.
    peak
        Its score, more is better.
    relaxation
        Over the pairs of P.
    each
        B, shape (n, n); −inf where not allowed.
    outside
        b, the highest of `each` outside P; −inf where P holds all.
    """

    problem: Problem
    centres: int
    peak: float
    relaxation: Relaxation
    each: NDArray[np.float64]
    outside: float

    @property
    def reach(self) -> float:
        """Price up to which each is found exactly; one above it is at least so much."""
        return self.peak - self.outside


def price_pairs(
    problem: Problem,
    best: tuple[int, ...],
    *,
    cap: float,
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
    cap
        Prices above this need not be known exactly, in the unit of the objective.
    cuts
        Path rows found before.
    seconds
        Wall time for the bounds [s].
    most
        Pairs that a search may use; a few times as many where prices would else be exact only up to a trifle.

    Returns
    -------
    What `price_pair` needs.
    """
    centres, peak = len(set(best)), problem.score(best)
    found = reduced_search(problem, centres, start=best, cuts=cuts, seconds=seconds)
    each = refined_bounds(problem, centres, found.relaxation)
    ranked = np.sort(each[problem.allowed])[::-1]
    size = most
    while most <= size < min(len(ranked), _MOST_GROWN * most) and peak - ranked[size] < _TRIFLE * abs(peak) / centres:
        size += most
    least = ranked[size] if len(ranked) > size else -np.inf
    pairs = problem.allowed & (each > max(least, peak - cap - 1))
    pairs[range(len(best)), best] = True
    pairs |= np.diag(pairs.any(axis=0)) & problem.allowed
    outside = float(each[problem.allowed & ~pairs].max(initial=-np.inf))
    return PricedPairs(problem, centres, peak, Relaxation(problem, pairs=pairs, cuts=found.cuts), each, outside)


def price_pair(priced: PricedPairs, pair: tuple[int, int], *, cap: float, seconds: float) -> PairPrice:
    """
    Find what it costs that i has centre j.

    Parameters
    ----------
    priced
        What `price_pairs` gave.
    pair
        Positions of i and j; an allowed pair.
    cap
        A price above this need not be known exactly, in the unit of the objective.
    seconds
        Wall time after which the price is given as "at least" [s].

    Returns
    -------
    The price.
    """
    if not priced.relaxation.pairs[pair]:
        return PairPrice(max(0.0, priced.peak - float(priced.each[pair])), exact=False, centre_of=None)
    enough = max(priced.peak - cap, priced.outside)
    limits = Limits(priced.centres, priced.centres, pairs=(pair,), enough=enough, seconds=seconds)
    outcome = search(priced.relaxation, limits)
    if outcome.is_proven and outcome.centre_of is not None and outcome.score >= priced.outside:
        return PairPrice(priced.peak - outcome.score, exact=True, centre_of=outcome.centre_of)
    bound = max(outcome.bound, priced.outside)
    if np.isneginf(bound):
        return PairPrice(None, exact=True, centre_of=None)
    return PairPrice(max(0.0, priced.peak - bound), exact=False, centre_of=outcome.centre_of)


@dataclass(frozen=True)
class PairPrice:
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
