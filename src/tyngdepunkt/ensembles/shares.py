"""A share that was counted in a sample, and how far to trust it."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Share", "share_of"]

_Z = 1.959963984540054
"""Quantile of the normal distribution that leaves 2.5 % above it."""


@dataclass(frozen=True)
class Share:
    """
    A share of independent draws, with its 95 % interval.

    Parameters
    ----------
    count, draws
        How many of how many.
    share
        The one over the other, 0 to 1.
    low, high
        The interval of Wilson (1927): the shares among all draws there could be that do not make this one surprising.
        It is never a single point, for 200 of 200 does not prove always.
    """

    count: int
    draws: int
    share: float
    low: float
    high: float

    @property
    def error(self) -> float:
        """The Monte Carlo error: half the width of the interval."""
        return (self.high - self.low) / 2


def share_of(count: int, draws: int) -> Share:
    """
    Return a share with its interval.

    With p the share of m draws and z = 1.96, the ends are (p + z²/2m ± z √(p(1 − p)/m + z²/4m²)) / (1 + z²/m).

    Parameters
    ----------
    count, draws
        How many of how many; at least one draw.

    Returns
    -------
    The share.

    Examples
    --------
    >>> whole = share_of(200, 200)
    >>> f"{whole.low:.3f} to {whole.high:.3f}"
    '0.981 to 1.000'
    """
    share = count / draws
    middle = share + _Z**2 / (2 * draws)
    spread = _Z * math.sqrt(share * (1 - share) / draws + _Z**2 / (4 * draws**2))
    scale = 1 + _Z**2 / draws
    low = 0.0 if count == 0 else (middle - spread) / scale
    high = 1.0 if count == draws else (middle + spread) / scale
    return Share(count, draws, share, low, high)
