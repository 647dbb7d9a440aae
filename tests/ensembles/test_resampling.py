"""Tables drawn anew: what they keep on average, and that a number and a seed decide them."""

from __future__ import annotations

import numpy as np
import pytest

from tyngdepunkt.ensembles import Resampling, redraw, share_of

TABLE = np.array([[900, 30, 0], [60, 400, 5], [0, 0, 0]])


@pytest.mark.parametrize("method", Resampling)
def test_a_table_is_decided_by_seed_and_number_alone(method):
    first = redraw(TABLE, method, seed=3, number=7)
    redraw(TABLE, method, seed=3, number=6)
    assert (redraw(TABLE, method, seed=3, number=7) == first).all()
    assert (redraw(TABLE, method, seed=3, number=8) != first).any()
    assert (redraw(TABLE, method, seed=4, number=7) != first).any()


@pytest.mark.parametrize("method", Resampling)
def test_nobody_commutes_where_nobody_did(method):
    drawn = sum(redraw(TABLE, method, seed=1, number=number) for number in range(50))
    assert (drawn[TABLE == 0] == 0).all()
    assert (drawn[TABLE > 0] > 0).all()


def test_poisson_has_the_cell_as_mean_and_as_variance():
    cell = np.array([redraw(TABLE, Resampling.POISSON, seed=1, number=number)[1, 0] for number in range(2_000)])
    assert abs(cell.mean() - 60) < 4 * np.sqrt(60 / 2_000)
    assert abs(cell.var() - 60) < 4 * 60 * np.sqrt(2 / 2_000)


def test_the_bootstrap_keeps_the_employed_residents_of_each():
    for number in range(20):
        drawn = redraw(TABLE, Resampling.BOOTSTRAP, seed=1, number=number)
        assert drawn.sum(axis=1).tolist() == [930, 465, 0]


def test_the_interval_of_a_share_is_wilsons():
    # Worked out by hand from the formula: p = 0.2, m = 50, z = 1.96.
    share = share_of(10, 50)
    assert (share.share, round(share.low, 4), round(share.high, 4)) == (0.2, 0.1124, 0.3304)
    assert round(share.error, 4) == 0.109
    never, always = share_of(0, 100), share_of(100, 100)
    assert (never.low, always.high) == (0, 1)
    assert round(never.high, 4) == round(1 - always.low, 4) == 0.037


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    source = np.random.default_rng(1)
    for truth in (0.03, 0.4, 0.9):
        shares = [share_of(int(count), 200) for count in source.binomial(200, truth, size=1_000)]
        covered = np.mean([share.low <= truth <= share.high for share in shares])
        assert 0.92 < covered < 0.98
