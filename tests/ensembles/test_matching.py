"""Blocks matched one to one, against every way to pair them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tyngdepunkt.ensembles.matching import assign, match_centres


@pytest.mark.parametrize("seed", range(60))
def test_the_pairing_gains_as_much_as_the_best_of_all(seed):
    source = np.random.default_rng(seed)
    rows, columns = source.integers(1, 6, size=2)
    gain = source.choice([0, 0, 1, 7, 1000, 94_593], size=(rows, columns))
    pairs = assign(gain)
    assert len(pairs) == min(rows, columns)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    small, wide = (gain, columns) if rows <= columns else (gain.T, rows)
    best = max(
        sum(small[a, b] for a, b in enumerate(chosen)) for chosen in itertools.permutations(range(wide), len(small))
    )
    assert sum(gain[a, b] for a, b in pairs) == best


def test_a_block_that_changes_its_centre_is_the_same_block():
    # 0 1 | 2 3 becomes 0 1 | 2 3 around other centres.
    people = np.array([10, 20, 30, 40])
    assert match_centres([0, 0, 2, 2], [1, 1, 3, 3], people) == {1: 0, 3: 2}


def test_the_block_with_most_of_the_inhabitants_is_the_match():
    # The block of 2 takes 1 over, who is most of the block of 0: then its own people decide.
    people = np.array([10, 20, 30, 40])
    assert match_centres([0, 0, 2, 2], [0, 2, 2, 2], people) == {0: 0, 2: 2}


def test_blocks_that_share_nobody_do_not_match():
    # One block becomes two: the larger part is the block, the other is new.
    people = np.array([10, 20, 30])
    assert match_centres([0, 0, 0], [0, 1, 1], people) == {1: 0}
