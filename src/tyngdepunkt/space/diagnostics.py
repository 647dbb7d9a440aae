"""How much a sample can be trusted: effective size, agreement between chains, and the error of its mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Diagnosis", "autocorrelation", "diagnose", "effective_size", "split_rhat"]

Floats = NDArray[np.float64]

_MIXED = 1.01
"""Split R̂ above which chains have not mixed (Vehtari et al. 2021)."""
_WORTH = 400
"""Effective draws below which they have not either (Vehtari et al. 2021)."""


@dataclass(frozen=True)
class Diagnosis:
    """
    What the draws of one score say, and how well.

    Parameters
    ----------
    mean, deviation
        Mean and standard deviation, in the unit of the score.
    error
        Standard error of the mean, deviation over the root of `effective`.
    effective
        Independent draws that would know the mean as well.
    correlated
        Steps that are worth one independent draw: draws over `effective`.
    rhat
        Split R̂: 1 where the halves of all chains agree; above 1.01 the chains are too short. NaN where there are
        too few draws to tell.
    """

    mean: float
    deviation: float
    error: float
    effective: float
    correlated: float
    rhat: float

    @property
    def has_mixed(self) -> bool:
        """Whether chains with these draws can be trusted: R̂ is 1.01 or less, and 400 draws or more are effective."""
        return self.rhat <= _MIXED and self.effective >= _WORTH


def diagnose(draws: ArrayLike, *, independent: bool = False) -> Diagnosis:
    """
    Judge the draws of one score.

    Parameters
    ----------
    draws
        Values, shape (n_draws,) or (n_chains, n_draws).
    independent
        Whether the draws are known to be independent, as those from an exact count are.

    Returns
    -------
    The diagnosis. A score that never changes has no error and counts all draws as effective.
    """
    values = _by_chain(draws)
    size = float(values.size)
    deviation = float(values.std(ddof=1)) if size > 1 else 0.0
    effective = size if independent else effective_size(values)
    error = deviation / np.sqrt(effective) if effective else float("nan")
    mean = float(values.mean()) if size else float("nan")
    correlated = size / effective if effective else 1.0
    return Diagnosis(mean, deviation, float(error), effective, correlated, split_rhat(values))


def autocorrelation(draws: ArrayLike) -> Floats:
    """
    Return how draws resemble those some steps before them.

    Parameters
    ----------
    draws
        Values of one chain, shape (n_draws,).

    Returns
    -------
    ρ(0) = 1, ρ(1), …, shape (n_draws,); all 0 after the first where the values never change.
    """
    values = np.asarray(draws, dtype=np.float64)
    covariance = _autocovariance(values)
    found = np.zeros_like(covariance)
    found[0] = 1.0
    return covariance / covariance[0] if covariance[0] > 0 else found


def effective_size(draws: ArrayLike) -> float:
    """
    Return how many independent draws would know the mean as well.

    With M chains of N draws, ρ the autocorrelation within and between chains, the size is M N / τ with
    τ = 1 + 2 Σ ρ(t), summed in pairs for as long as the pairs are positive and made to fall (Geyer 1992; Vehtari et
    al. 2021).

    Parameters
    ----------
    draws
        Values, shape (n_draws,) or (n_chains, n_draws).

    Returns
    -------
    At most M N; all draws where the values never change.
    """
    values = _by_chain(draws)
    chains, length = values.shape
    if length < len("halves"):
        return float(values.size)
    covariance = np.array([_autocovariance(each) for each in values]).mean(axis=0)
    within = covariance[0] * length / (length - 1)
    spread = float(values.mean(axis=1).var(ddof=1)) if chains > 1 else 0.0
    together = covariance[0] + spread
    if together <= 0:
        return float(values.size)
    rho = 1 - (within - covariance * length / (length - 1)) / together
    rho[0] = 1.0
    pairs = rho[: length // 2 * 2].reshape(-1, 2).sum(axis=1)
    ends = np.flatnonzero(pairs <= 0)
    pairs = np.minimum.accumulate(pairs[: ends[0]] if ends.size else pairs)
    tau = max(2 * float(pairs.sum()) - 1, 1.0)
    return values.size / tau


def split_rhat(draws: ArrayLike) -> float:
    """
    Return by how much the halves of all chains disagree (Gelman et al. 2013, section 11.4).

    √(((n − 1)/n W + B/n) / W), with n draws in a half, W the mean variance within halves and B/n the variance of
    their means.

    Parameters
    ----------
    draws
        Values, shape (n_draws,) or (n_chains, n_draws).

    Returns
    -------
    R̂, 1 where they agree or never change; inf where halves differ and never change within; NaN below four draws.
    """
    values = _by_chain(draws)
    half = values.shape[1] // 2
    if half < len("ab"):
        return float("nan")
    halves = np.concatenate([values[:, :half], values[:, -half:]])
    within = float(halves.var(axis=1, ddof=1).mean())
    between = float(halves.mean(axis=1).var(ddof=1))
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt(((half - 1) / half * within + between) / within))


def _by_chain(draws: ArrayLike) -> Floats:
    """Return values with one row a chain."""
    return np.atleast_2d(np.asarray(draws, dtype=np.float64))


def _autocovariance(values: Floats) -> Floats:
    """Return the covariance of a chain with itself so many steps later, by Fourier's transform."""
    length = values.shape[0]
    size = 1 << (2 * length - 1).bit_length()
    spectrum = np.fft.rfft(values - values.mean(), size)
    return np.asarray(np.fft.irfft(spectrum * spectrum.conj(), size)[:length] / length)
