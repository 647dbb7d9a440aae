"""Steps on multipliers go no farther than a bound can be added up, and come to rest."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.structure.descent import SHORTEST, find_limit, first_state, keep_best, take_step


def test_no_multiplier_goes_beyond_the_limit_however_far_a_step_would_reach():
    u, direction = np.zeros(3), np.zeros(3)
    assert take_step(u, direction, np.array([1.0, -1.0, 1e-3]), np.ones(3), 1e30, 500.0)
    assert u.tolist() == [-500.0, 500.0, -500.0]


def test_what_is_left_of_a_direction_by_rounding_alone_is_none():
    u, direction = np.ones(2), np.array([1e-12, 0.0])
    assert not take_step(u, direction, np.zeros(2), np.ones(2), 1.0, 500.0)
    assert u.tolist() == [1.0, 1.0]


def test_the_limit_is_what_ten_blocks_can_be_worth():
    assert find_limit(np.array([0, 1, 1]), np.array([4.0, -3.0, 5.0]), 2) == 10 * (1 + 3 + 5)


def test_steps_get_shorter_where_they_gain_nothing_and_start_from_the_best_again():
    u, best, state = np.zeros(1), np.zeros(1), first_state()
    assert keep_best(10.0, u, best, state)
    u[0] = 7.0
    gains = [keep_best(11.0, u, best, state) for _ in range(21)]
    assert gains == [True] * 20 + [False]
    assert (u[0], state[0]) == (0.0, 10.0)
    assert SHORTEST < state[1] < 1.0
