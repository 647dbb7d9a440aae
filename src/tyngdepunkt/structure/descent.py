"""
Subgradient steps on the multipliers of a Lagrangian bound, compiled: the same wherever they are taken.

Any multipliers give a true bound, as long as its terms can be added up: where they run away, all digits of the bound
cancel out, and what is left may be below a plan. So no multiplier is let beyond a limit.

Source: B. T. Polyak, USSR Computational Mathematics and Mathematical Physics 9 (1969) 14-29; M. Held, P. Wolfe and
H. P. Crowder, Mathematical Programming 6 (1974) 62-88.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled

__all__ = ["SHORTEST", "find_limit", "first_state", "keep_best", "take_step"]

Floats = NDArray[np.float64]

SHORTEST = 1e-4
"""Length of the steps, as a share of the first, at which to stop."""
_PATIENCE = 20
"""Steps without gain before they are made shorter."""
_SHRINK = 0.6
_MOMENTUM = 0.5
_GAIN = 1e-7
"""What is a gain, as a share of the bound."""
_STILL = 1e-9
"""A direction this short, squared, is none: what is left of it is momentum and rounding."""
_BEYOND = 10.0
"""How many times what any block can be worth a multiplier may be."""


def first_state() -> Floats:
    """Return the least bound, the length of the steps and how many gained nothing, before the first step."""
    return np.array([np.inf, 1.0, 0.0])


@compiled
def find_limit(columns: NDArray[np.int64], value: Floats, count: int) -> float:
    """
    Return how large a multiplier may be.

    Parameters
    ----------
    columns, value
        The centre of each pair, and what it is worth, finite; shape (n_pairs,).
    count
        Number of centres.

    Returns
    -------
    Ten times what any block can be worth or cost, in the unit of the objective.
    """
    worth = np.ones(count)
    for pair in range(len(columns)):
        worth[columns[pair]] += abs(value[pair])
    return float(_BEYOND * worth.max())


@compiled
def keep_best(bound: float, u: Floats, best: Floats, state: Floats) -> bool:
    """
    Take note of a bound.

    Parameters
    ----------
    bound
        At u.
    u, best
        Where the steps are, and the multipliers of the least bound; changed in place.
    state
        As `first_state`; changed in place.

    Returns
    -------
    Whether to step on from u; if not, u is the best again, and the steps are shorter.
    """
    if bound < state[0] - _GAIN * abs(state[0]) or state[0] == np.inf:
        state[0], state[2] = bound, 0.0
        best[:] = u
        return True
    state[2] += 1.0
    if state[2] <= _PATIENCE:
        return True
    state[1], state[2] = state[1] * _SHRINK, 0.0
    u[:] = best
    return False


@compiled
def take_step(u: Floats, direction: Floats, slope: Floats, care: Floats, reach: float, limit: float) -> bool:
    """
    Take a step.

    Parameters
    ----------
    u
        The multipliers; changed in place.
    direction
        Of the step before, then of this one.
    slope
        How the bound changes with each multiplier.
    care
        The unit of length of each multiplier.
    reach
        How far down the bound is hoped to go, in its unit.
    limit
        As `find_limit`.

    Returns
    -------
    Whether there was a direction to step in.
    """
    size = 0.0
    for i in range(len(u)):
        direction[i] = care[i] * slope[i] + _MOMENTUM * direction[i]
        size += direction[i] ** 2
    if size < _STILL:
        return False
    for i in range(len(u)):
        u[i] = min(limit, max(-limit, u[i] - reach / size * care[i] * direction[i]))
    return True
