"""
A bound on the plans that move few from a plan to start from, where pairs are too many for a relaxation.

A plan that moves at most m matches its blocks one to one with old blocks so that n − m or more stay. Let each who stays
be paid λ, 0 or more. Each block is matched with at most one old block b, so with C[i, j] = value[i, j] − u[i] no plan
scores more than

    Σ u − λ (n − m) + the k largest of ρ[j],
    ρ[j] = C[j, j] + the largest over b of λ · [j in b] + Σ over i ≠ j of max(0, C[i, j] + λ · [i in b]),

whatever u and λ are; that an old block is matched only once is left out. Both are found by subgradients.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure.descent import SHORTEST, find_limit, first_state, keep_best, take_step
from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.rewards import find_rewards

__all__ = ["bound_moves"]

Floats = NDArray[np.float64]

_ROUNDS = 1_500
_CARE = 0.15
"""Length of a step in λ, which everybody is paid, for one in a single u."""


def bound_moves(problem: Problem, centres: int, *, score: float, ends: float) -> float:
    """
    Return what no plan that moves few scores more than.

    Parameters
    ----------
    problem
        What is posed, with a plan to start from; of its other wishes those count that pairs come to.
    centres
        k.
    score
        Of a plan that is known, towards which the steps are measured; −inf for none.
    ends
        When to stop, by `time.monotonic` [s].

    Returns
    -------
    The bound, more is better.
    """
    n, stay = len(problem), problem.least_staying
    value = np.where(problem.allowed, problem.shared_value, -np.inf)
    old = np.array(problem.start)
    # Where nobody is paid for staying it is the bound of `reduce`; from there on.
    point = np.append(find_rewards(value, centres, forced=problem.forced), 0.0)
    best, state = point.copy(), first_state()
    direction, care = np.zeros(n + 1), np.append(np.ones(n), _CARE)
    finite = np.isfinite(value)
    limit = find_limit(np.nonzero(finite)[1], value[finite], n)
    for _ in range(_ROUNDS):
        bound, slope = _look(problem, value, old, centres, stay, point)
        if not np.isfinite(bound):
            break
        if not keep_best(bound, point, best, state):
            continue
        if state[1] < SHORTEST or time.monotonic() > ends:
            break
        distance = bound - score if np.isfinite(score) else 0.05 * abs(bound)
        reach = state[1] * max(distance, 1e-9 * abs(bound))
        if not take_step(point, direction, slope, care, reach, limit):
            break
        point[n] = max(0.0, point[n])
    return float(state[0])


def _look(
    problem: Problem, value: Floats, old: NDArray[np.int64], centres: int, stay: int, point: Floats
) -> tuple[float, Floats]:
    """Return the bound at a point (u, λ), and how it changes with each of them."""
    n = len(value)
    u, rate = point[:n], float(point[n])
    gain = value - u[:, None]
    held = problem.forced | np.eye(n, dtype=bool)
    by_itself = np.where(held, gain, np.maximum(gain, 0.0))
    paid = np.where(held, gain + rate, np.maximum(gain + rate, 0.0))
    with np.errstate(invalid="ignore"):
        more = np.where(np.isfinite(gain), paid - by_itself, 0.0)
    blocks = (np.arange(int(old.max()) + 1)[:, None] == old[None, :]).astype(np.float64) @ more
    matched = blocks.argmax(axis=0)
    rho = by_itself.sum(axis=0) + blocks[matched, np.arange(n)]
    chosen = np.argpartition(-rho, centres - 1)[:centres]
    bound = float(u.sum() - rate * stay + rho[chosen].sum())
    inside = old[:, None] == matched[None, chosen]
    serves = held[:, chosen] & np.isfinite(gain[:, chosen]) | (gain[:, chosen] + rate * inside > 0)
    slope = np.append(1.0 - serves.sum(axis=1), float((serves & inside).sum() - stay))
    return bound, slope
