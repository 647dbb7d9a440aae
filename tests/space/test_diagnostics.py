"""How far a sample can be trusted, on series whose answer is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.space import diagnose, stand
from tyngdepunkt.space.diagnostics import autocorrelation, effective_size, split_rhat


def series(size, rho, seed, chains=1):
    """Return series in which each value keeps a share of the one before."""
    source = np.random.default_rng(seed)
    values = np.zeros((chains, size))
    values[:, 0] = source.normal(size=chains) / math.sqrt(1 - rho**2)
    for t in range(1, size):
        values[:, t] = rho * values[:, t - 1] + source.normal(size=chains)
    return values


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_the_effective_size_of_an_autoregressive_series_is_the_formulas(rho):
    values = series(20_000, rho, seed=1, chains=4)
    assert effective_size(values) == pytest.approx(values.size * (1 - rho) / (1 + rho), rel=0.1)


def test_autocorrelation_falls_as_it_should():
    rho = autocorrelation(series(100_000, 0.8, seed=2)[0])
    assert rho[:4] == pytest.approx([1, 0.8, 0.64, 0.512], abs=0.02)
    assert autocorrelation([3, 3, 3]).tolist() == [1, 0, 0]


def test_chains_that_agree_have_an_rhat_of_one_and_those_that_do_not_have_more():
    together = series(2_000, 0.0, seed=3, chains=4)
    assert split_rhat(together) == pytest.approx(1, abs=0.005)
    assert split_rhat(together + np.array([[0], [0], [0], [3]])) > 1.5
    assert split_rhat(np.linspace(0, 1, 1000)) > 1.5


def test_a_score_that_never_changes_has_no_error():
    found = diagnose(np.full((2, 100), 7))
    assert (found.mean, found.error, found.effective, found.rhat) == (7, 0, 200, 1)
    assert split_rhat([[1, 1, 1, 1], [2, 2, 2, 2]]) == math.inf


def test_too_few_draws_say_nothing_of_agreement():
    assert math.isnan(diagnose([1.0, 2.0]).rhat)
    assert diagnose([5.0]).mean == 5


def test_chains_that_sit_apart_are_worth_little():
    values = series(1_000, 0.0, seed=4, chains=4) + np.array([[0], [10], [20], [30]])
    assert effective_size(values) < 20


def test_a_plan_stands_where_its_score_falls():
    found = stand(20, [10, 20, 20, 30, 40], exhaustive=True)
    assert (found.below, found.equal) == (0.2, 0.4)
    assert found.above == pytest.approx(0.4)
    assert found.percentile == pytest.approx(40)
    assert found.error == 0


def test_the_error_of_a_percentile_is_that_of_a_share():
    draws = np.random.default_rng(5).normal(size=10_000)
    found = stand(0, draws, independent=True)
    assert found.percentile == pytest.approx(50, abs=4 * 0.5)
    assert found.error == pytest.approx(0.5, rel=0.01)
    assert stand(0, series(10_000, 0.9, seed=6)).error > 3 * found.error


def test_a_plan_beyond_all_draws_is_not_beyond_doubt():
    found = stand(9, [1, 2, 3], independent=True)
    assert found.percentile == 100
    assert found.error == pytest.approx(25)


def test_nothing_to_compare_with_is_refused():
    with pytest.raises(QuestionError, match="sample is empty"):
        stand(1, [])
