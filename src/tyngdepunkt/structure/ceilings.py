"""
What a plan can score at most where pairs or sets count and there are too many for a relaxation.

The parts of the objective are bounded one by one and the bounds added: centres as `partition` prices them, sets by what
each can give at most, pairs by what k blocks lose of them at least.

With q(i) the inhabitants of the block of i, Σ p[i] / q(i) over everybody is k. Let i answer for its pairs with those
more populous than itself. In a block of q inhabitants it keeps no more of them than a knapsack of q − p[i] inhabitants
holds, the last one in part (Dantzig 1957), and loses the rest, l(i, q). So for any λ of 0 or more

    Σ of pairs lost ≥ λ k + Σ over i of the least of l(i, q) − λ p[i] / q,   max(P, p[i]) ≤ q ≤ R,

R being what the other k − 1 blocks leave. The least is taken over steps of q, l at the upper end of each and 1 / q at
the lower.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure.partition import price_problem
from tyngdepunkt.structure.problem import Problem

__all__ = ["find_ceiling", "least_loss"]

Floats = NDArray[np.float64]

_STEP = 1.03
"""Ratio of one size of block to the next, where blocks of all sizes are looked at."""
_HALVINGS = 40
"""Times that the range of λ is narrowed by a third."""


def find_ceiling(problem: Problem, centres: int, *, ends: float) -> float:
    """
    Return what no plan scores more than.

    Parameters
    ----------
    problem
        What is posed; its thresholds count for nothing.
    centres
        k.
    ends
        When to stop looking for a lower one, by `time.monotonic` [s].

    Returns
    -------
    The bound, more is better; −inf where no k blocks can reach the floor.
    """
    by_centre = 0.0
    if problem.value.any():
        by_centre = price_problem(problem, centres, score=-np.inf, ends=ends, turns=1).bound
    sets = (t.weight * (min(centres, len(t.members)) if t.weight > 0 else 1) for t in problem.form.touches)
    return by_centre + _most_of_pairs(problem, centres) + sum(sets)


def _most_of_pairs(problem: Problem, centres: int) -> float:
    """Return what a plan can have at most of the pairs within its blocks."""
    allowed = problem.allowed.astype(np.float64)
    bond = np.where(allowed @ allowed.T > 0, problem.form.bond, 0.0)
    if not bond.any():
        return 0.0
    lost = least_loss(bond, problem.population.astype(np.float64), centres, floor=problem.question.floor)
    return float(bond.sum()) / 2 - lost


def least_loss(bond: Floats, population: Floats, centres: int, *, floor: int) -> float:
    """
    Return what a division loses at least of its pairs, by how many each one's block can hold.

    Parameters
    ----------
    bond
        What a and b add in one block, symmetric, 0 or more, shape (n, n).
    population
        What each counts for against the floor, shape (n,) [persons].
    centres
        k.
    floor
        P [persons]; 0 for none.

    Returns
    -------
    The loss, 0 or more.
    """
    people = np.maximum(population, 1e-6)
    least = np.maximum(people, float(floor))
    # The other blocks have the floor each, or at least the smallest municipalities.
    ascending = np.sort(people)
    others = max((centres - 1) * float(floor), float(ascending[: centres - 1].sum()))
    most = max(float(people.sum()) - others, float(least.max()))
    steps = 2 + int(np.log(most / least.min()) / np.log(_STEP))
    sizes = np.geomspace(float(least.min()), most, steps)
    sizes[-1] = most
    lost = np.array([_losses(bond, people, i, sizes) for i in range(len(people))])
    # From size t to the next: what is lost at the larger, the share at the smaller; sizes that cannot be, left out.
    worst, share = lost[:, 1:], people[:, None] / np.maximum(sizes[None, :-1], least[:, None])
    possible = sizes[None, 1:] >= least[:, None]

    def bound(rate: float) -> float:
        return float(rate * centres + np.where(possible, worst - rate * share, np.inf).min(axis=1).sum())

    low, high = 0.0, float(bond.sum()) + 1.0
    for _ in range(_HALVINGS):
        # Any λ is right; the bound is concave in λ, so the best is found by thirds.
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (a, high) if bound(a) < bound(b) else (low, b)
    return max(0.0, bound(low), bound(high), bound((low + high) / 2))


def _losses(bond: Floats, people: Floats, i: int, sizes: Floats) -> Floats:
    """Return what i loses at least, in a block of each size, of its pairs with those more populous; ties by order."""
    above = (people > people[i]) | ((people == people[i]) & (np.arange(len(people)) < i))
    others = np.flatnonzero(above & (bond[i] > 0))
    amount, weight = bond[i, others], people[others]
    order = np.argsort(-amount / weight)
    amount, weight = amount[order], weight[order]
    room = sizes[:, None] - people[i]
    fits = weight[None, :] <= room + 1e-9 * sizes[:, None]
    used = np.cumsum(np.where(fits, weight[None, :], 0.0), axis=1)
    before = np.where(fits, used - weight[None, :], used)
    part = np.clip((room - before) / weight[None, :], 0.0, 1.0)
    kept = np.where(fits, part * amount[None, :], 0.0).sum(axis=1)
    return np.asarray(np.maximum(0.0, amount.sum() - kept))
