"""Commuting tables as they could have come out: each drawn with a seed of its own."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

__all__ = ["Resampling", "redraw"]

Ints = NDArray[np.int64]


class Resampling(StrEnum):
    """
    How a commuting table is drawn anew.

    ``poisson`` draws each cell from the Poisson distribution whose mean is the cell's figure: what counts of
    independent rare events do from year to year. ``bootstrap`` draws the employed residents of each municipality anew
    from among themselves, with replacement, so that their number stays.
    """

    POISSON = "poisson"
    BOOTSTRAP = "bootstrap"


def redraw(commuters: Ints, method: Resampling, *, seed: int, number: int) -> Ints:
    """
    Draw a commuting table anew.

    Parameters
    ----------
    commuters
        F, employed persons by home (row) and work (column), shape (n, n) [persons].
    method
        How. A cell of 0 stays 0 either way.
    seed
        Of the whole ensemble.
    number
        Which of its tables, from 0; the same table whoever draws it, and however many there are.

    Returns
    -------
    The table, shape (n, n) [persons].

    Examples
    --------
    >>> redraw(np.array([[900, 30], [60, 400]]), Resampling.BOOTSTRAP, seed=1, number=0).sum(axis=1)
    array([930, 460])
    """
    source = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
    if method is Resampling.POISSON:
        return source.poisson(commuters).astype(np.int64)
    drawn = np.zeros_like(commuters)
    for home, flows in enumerate(commuters):
        if total := int(flows.sum()):
            drawn[home] = source.multinomial(total, flows / total)
    return drawn
