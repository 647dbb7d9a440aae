"""Splits: what a test of one says, and what keys do."""

from __future__ import annotations

import pytest

from tests.services.games import game_of, make_random
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.services import check_split, make_game, share_gains

# v(AB) = 60, v(AC) = 72, v(BC) = 48, v(ABC) = 120, v(B) = 10
GAME = game_of([0, 0, 10, 60, 0, 72, 48, 120])


def test_a_split_in_the_core_leaves_nobody_worse_off():
    test = check_split(GAME, {"A": 50, "B": 30, "C": 40})
    assert (test.in_core, test.worse_off, test.best_deviation, test.off_by) == (True, {}, None, 0)


def test_who_would_be_worse_off_and_by_how_much_is_said():
    test = check_split(GAME, {"A": 110, "B": 4, "C": 6})
    assert test.worse_off == {"B": 6}
    assert (test.best_deviation.coalition, test.best_deviation.gain) == (("B", "C"), 38)
    assert not test.in_core


def test_of_several_coalitions_that_gain_most_the_smallest_is_named():
    test = check_split(game_of([0, 5, 0, 5, 0, 5, 0, 9]), {"A": 0, "B": 0, "C": 9})
    assert test.best_deviation.coalition == ("A",)


def test_a_split_of_more_than_there_is_is_not_in_the_core_though_nobody_would_leave():
    test = check_split(GAME, {"A": 60, "B": 60, "C": 60})
    assert (test.efficient, test.off_by, test.in_core, test.best_deviation) == (False, 60, False, None)


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ({"A": 1, "B": 2}, "leaves out C"),
        ({"A": 1, "B": 2, "C": 3, "D": 4}, "names D"),
        ({"A": 1, "B": 2, "C": float("nan")}, "no finite amount for C"),
    ],
)
def test_a_split_that_is_none_is_refused(amounts, said):
    with pytest.raises(QuestionError, match=said):
        check_split(GAME, amounts, name="mine")


def test_an_empty_core_is_told_with_how_far_it_is_from_one():
    sharing = share_gains(game_of([0, 0, 0, 9, 0, 9, 9, 9]))  # any two gain all there is
    assert sharing.core_empty
    assert sharing.least_core_epsilon == 3
    assert sharing.solutions["nucleolus"].best_deviation.gain == pytest.approx(3)


@pytest.mark.parametrize("seed", range(25))
def test_the_core_is_empty_just_where_the_prenucleolus_is_outside_it(seed):
    sharing = share_gains(make_random(seed, 5))
    if abs(sharing.least_core_epsilon) > 1e-6:
        assert sharing.core_empty is not sharing.solutions["prenucleolus"].in_core


@pytest.mark.parametrize("factor", [1e-3, 1, 1e9])
def test_the_test_of_a_split_does_not_depend_on_the_unit(factor):
    game = game_of(GAME.values * factor)
    fair = share_gains(game).nucleolus
    assert check_split(game, fair).in_core
    short = {**fair, "A": fair["A"] - 0.001 * factor}
    assert not check_split(game, short).efficient


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({("A",): 0.0}, "'B' is missing"),
        ({("A",): 0.0, ("B",): 0.0, ("A", "B"): 1.0, ("A", "X"): 1.0}, "not in the game: X"),
        ({("A",): 0.0, ("B",): float("inf"), ("A", "B"): 1.0}, "'B' has no finite gain"),
        ({(): 2.0, ("A",): 0.0, ("B",): 0.0, ("A", "B"): 1.0}, "empty coalition gains 0"),
    ],
)
def test_a_game_that_is_not_whole_is_refused(values, said):
    with pytest.raises(QuestionError, match=said):
        make_game(("A", "B"), {frozenset(names): value for names, value in values.items()})


def test_too_many_players_are_refused_before_anything_is_computed():
    with pytest.raises(QuestionError, match="too many"):
        make_game([f"P{i}" for i in range(21)], {})
    with pytest.raises(QuestionError, match="stand twice: A"):
        make_game(["A", "A"], {})
