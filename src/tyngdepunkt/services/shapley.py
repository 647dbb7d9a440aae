"""The Shapley value: each player's average contribution, over every order in which all could have joined."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.services.game import Game

__all__ = ["shapley_value"]


def shapley_value(game: Game) -> NDArray[np.float64]:
    """
    Return the Shapley value.

    φ_i = Σ over S without i of |S|! (n − |S| − 1)! / n! · (v(S ∪ {i}) − v(S)); Shapley, *A value for n-person games*,
    1953.

    Parameters
    ----------
    game
        The game.

    Returns
    -------
    What each player gets, shape (n,); it sums to what all gain.
    """
    n = len(game)
    sizes = np.zeros(1, dtype=np.int64)
    for _ in range(n - 1):
        sizes = np.concatenate([sizes, sizes + 1])
    weight = np.array([1 / (n * math.comb(n - 1, size)) for size in range(n)])[sizes]
    shares = np.empty(n)
    for i in range(n):
        halves = game.values.reshape(-1, 2, 1 << i)
        shares[i] = math.fsum(weight * (halves[:, 1, :] - halves[:, 0, :]).ravel())
    return shares
