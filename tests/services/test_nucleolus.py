"""The nucleolus against cases worked out by hand, another's program, and what holds of every game."""

from __future__ import annotations

import itertools
from fractions import Fraction

import coopgame
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.services.games import NAMES, airport, bankruptcy, game_of, make_random, sizes_of, weighted_voting
from tyngdepunkt.errors import PlanError
from tyngdepunkt.services import (
    Game,
    Level,
    Nucleolus,
    find_least_core,
    find_nucleolus,
    find_prenucleolus,
    prove_nucleolus,
    shapley_value,
)

# v(A) = v(B) = v(C) = 0, v(AB) = 60, v(AC) = 72, v(BC) = 48, v(ABC) = 120
THREE = game_of([0, 0, 0, 60, 0, 72, 48, 120])


def amounts(found):
    return [float(each) for each in found.amounts]


@pytest.mark.parametrize(
    ("estate", "expected"),
    [
        (100, [Fraction(100, 3)] * 3),
        (200, [50, 75, 75]),
        (300, [50, 100, 150]),
    ],
)
def test_the_nucleolus_of_an_estate_is_that_of_the_talmud(estate, expected):
    assert find_nucleolus(bankruptcy(estate, [100, 200, 300])).amounts == tuple(expected)


def test_a_runway_is_paid_for_as_littlechild_says():
    # Runways of 1, 2 and 4. First ε = -x_1 with all in: x saved; by hand: pays 1/2, 3/4, 11/4.
    saved = find_nucleolus(airport([1, 2, 4])).amounts
    assert tuple(cost - each for cost, each in zip((1, 2, 4), saved, strict=True)) == (
        Fraction(1, 2),
        Fraction(3, 4),
        Fraction(11, 4),
    )


def test_of_two_left_gloves_and_one_right_the_right_gets_all():
    gloves = game_of([0, 0, 0, 0, 0, 1, 1, 1])  # A and B hold left gloves, C the right one
    assert find_nucleolus(gloves).amounts == (0, 0, 1)
    assert find_least_core(gloves).epsilon == 0


def test_three_pairs_that_balance_settle_all_at_once():
    found = find_prenucleolus(THREE)
    assert found.amounts == (52, 28, 40)
    assert [level.epsilon for level in found.levels] == [-20]
    assert shapley_value(THREE) == pytest.approx([46, 34, 40])


def test_the_two_differ_where_the_best_split_leaves_one_with_less_than_alone():
    game = game_of([0, 0, 0, 10, 0, 0, 0, 2])  # A and B gain 10 without C, and 2 with C
    assert find_prenucleolus(game).amounts == (3, 3, -4)
    assert find_nucleolus(game).amounts == (1, 1, 0)


def test_there_is_no_nucleolus_where_all_gain_less_than_each_alone():
    game = game_of([0, 3, 4, 6.5])
    assert find_nucleolus(game) is None
    assert find_prenucleolus(game).amounts == (Fraction(11, 4), Fraction(15, 4))
    assert find_least_core(game).epsilon == Fraction(1, 4)


def test_where_there_is_nothing_to_share_each_has_what_it_has_alone():
    game = game_of([0, 3, 4, 7])
    found = find_nucleolus(game)
    assert found.amounts == (3, 4)
    assert prove_nucleolus(game, found, rational=True)


def test_a_single_player_has_all_and_no_epsilon():
    game = game_of([0, 5])
    assert find_prenucleolus(game).amounts == find_nucleolus(game).amounts == (5,)
    assert find_least_core(game) is None


def test_the_security_council_shares_as_is_known():
    # 5 permanent members of weight 7, 10 others of weight 1, 39 needed: all five and four others.
    council = weighted_voting([7] * 5 + [1] * 10, 39)
    assert find_nucleolus(council).amounts == (Fraction(1, 5),) * 5 + (0,) * 10
    shares = shapley_value(council)
    assert shares[:5] == pytest.approx([0.1962704] * 5, abs=1e-6)
    assert shares[5:] == pytest.approx([0.0018648] * 10, abs=1e-6)


@pytest.mark.parametrize("seed", range(60))
def test_another_program_finds_the_same_on_random_games(seed):
    players = 2 + seed % 6
    game = make_random(seed, players)
    other = coopgame.Game(game.values[1:].tolist())
    slack = 1e-7 * game.scale
    pre = coopgame.prenucleolus(other)
    found = find_prenucleolus(game)
    assert amounts(found) == pytest.approx(pre["allocation"], abs=slack)
    assert float(found.levels[0].epsilon) == pytest.approx(pre["levels"][0], abs=slack)
    assert shapley_value(game) == pytest.approx(np.array(coopgame.shapley(other)), abs=slack)
    own = find_nucleolus(game)
    if own is None:
        with pytest.raises(ValueError, match="sum"):
            coopgame.nucleolus(other)
        return
    assert amounts(own) == pytest.approx(coopgame.nucleolus(other)["allocation"], abs=slack)


@pytest.mark.parametrize("seed", range(20))
def test_another_program_finds_the_same_where_least_amounts_bind(seed):
    chance = np.random.default_rng(seed)
    players = 4 + seed % 4
    values = chance.integers(0, 30, 1 << players).astype(float)
    values[[1 << i for i in range(players)]] = chance.integers(0, 6, players)
    values[0] = 0
    values[-1] = values[[1 << i for i in range(players)]].sum() + 1 + chance.integers(0, 12)
    game = game_of(values)
    found = find_nucleolus(game)
    assert any(level.kept for level in found.levels) or found.amounts == find_prenucleolus(game).amounts
    assert prove_nucleolus(game, found, rational=True)
    expected = coopgame.nucleolus(coopgame.Game(values[1:].tolist()))["allocation"]
    assert amounts(found) == pytest.approx(expected, abs=1e-6)


def test_another_program_finds_the_same_for_twelve_players():
    chance = np.random.default_rng(12)
    values = np.round(chance.random(1 << 12) * sizes_of(12) * 1000, 2)
    values[0] = 0
    game = game_of(values)
    expected = coopgame.prenucleolus(coopgame.Game(values[1:].tolist()))["allocation"]
    assert amounts(find_prenucleolus(game)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("seed", range(40))
def test_every_answer_is_proven_and_meets_kohlbergs_criterion(seed):
    game = make_random(1000 + seed, 3 + seed % 4)
    found = find_prenucleolus(game)
    assert "prices_balanced" in prove_nucleolus(game, found, rational=False)
    other = coopgame.Game(game.values[1:].tolist())
    if game.scale < 1e3:  # it compares in floating point
        assert coopgame.certify(other, amounts(found), "preimputation")["satisfied"]
    own = find_nucleolus(game)
    if own is not None:
        assert "nobody_below_alone" in prove_nucleolus(game, own, rational=True)


@pytest.mark.parametrize("seed", range(20))
def test_a_split_that_is_not_the_nucleolus_fails_the_proof(seed):
    game = make_random(2000 + seed, 4)
    found = find_prenucleolus(game)
    step = Fraction(game.scale) / 100
    moved = Nucleolus((found.amounts[0] + step, found.amounts[1] - step, *found.amounts[2:]), found.levels)
    with pytest.raises(PlanError):
        prove_nucleolus(game, moved, rational=False)


def test_a_proof_with_other_prices_fails():
    found = find_prenucleolus(THREE)
    level = found.levels[0]
    wrong = Level(level.epsilon, {3: Fraction(1, 2), 5: Fraction(1, 2)}, {}, level.settled)
    with pytest.raises(PlanError, match="balance"):
        prove_nucleolus(THREE, Nucleolus(found.amounts, (wrong,)), rational=False)
    with pytest.raises(PlanError, match="settle every amount"):
        prove_nucleolus(game_of([0, 0, 0, 60, 0, 72, 40, 121]), Nucleolus((52, 28, 41), ()), rational=False)


values_of = st.lists(st.integers(-20, 40), min_size=7, max_size=7).map(lambda values: game_of([0, *values]))


@settings(max_examples=40, deadline=None)
@given(values_of)
def test_the_whole_is_shared_and_the_core_is_met_where_there_is_one(game):
    found = find_prenucleolus(game)
    assert sum(found.amounts) == game.exact(game.everyone)
    if found.levels[0].epsilon <= 0:
        own = find_nucleolus(game)
        assert own.amounts == found.amounts
        for coalition in range(1, game.everyone):
            share = sum(own.amounts[i] for i in range(3) if coalition >> i & 1)
            assert share >= game.exact(coalition)
    assert shapley_value(game).sum() == pytest.approx(game.total)


@settings(max_examples=25, deadline=None)
@given(values_of, st.permutations(range(3)))
def test_an_order_of_names_changes_nothing(game, order):
    names = tuple(NAMES[i] for i in order)
    turned = Game(names, np.array([game.values[game.coalition(_members(names, s))] for s in range(8)]))
    found, other = find_prenucleolus(game), find_prenucleolus(turned)
    assert dict(zip(game.players, found.amounts, strict=True)) == dict(zip(names, other.amounts, strict=True))


@settings(max_examples=25, deadline=None)
@given(
    values_of,
    st.sampled_from([1e-3, 0.25, 7, 1e9]),
    st.lists(st.integers(-1000, 1000), min_size=3, max_size=3),
)
def test_other_units_and_what_each_has_besides_change_nothing_else(game, factor, own):
    added = [sum(own[i] for i in range(3) if s >> i & 1) for s in range(8)]
    other = Game(game.players, game.values * factor + np.array(added))
    expected = [float(each) * factor + own[i] for i, each in enumerate(find_prenucleolus(game).amounts)]
    slack = 1e-9 * max(other.scale, 1e-3)
    assert amounts(find_prenucleolus(other)) == pytest.approx(expected, abs=slack)
    assert shapley_value(other) == pytest.approx(shapley_value(game) * factor + np.array(own), abs=slack)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=5, max_size=5))
def test_players_alike_get_alike_and_one_who_adds_nothing_gets_nothing(values):
    alone, pair, mixed, three, other = values
    # A and B are alike, D adds nothing.
    small = {0: 0, 1: alone, 2: alone, 4: other, 3: pair, 5: mixed, 6: mixed, 7: three + 60}
    game = game_of([small[s & 7] for s in range(16)])
    shares = shapley_value(game)
    assert shares[0] == pytest.approx(shares[1])
    assert shares[3] == pytest.approx(0, abs=1e-9)
    found = find_prenucleolus(game)
    assert found.amounts[0] == found.amounts[1]
    if found.levels[0].epsilon <= 0:
        assert found.amounts[3] == 0


def test_games_with_very_many_ties_are_settled():
    for players in (9, 14):
        sizes = sizes_of(players)
        found = find_nucleolus(game_of(np.where(sizes * 2 > players, 1.0, 0.0)))
        assert found.amounts == (Fraction(1, players),) * players


def test_of_two_sides_of_a_market_the_nucleolus_splits_as_the_sides_do():
    sizes = list(itertools.product((0, 1), repeat=6))
    values = [min(sum(s[:3]), sum(s[3:])) for s in sizes]
    by_number = {sum(bit << i for i, bit in enumerate(s)): value for s, value in zip(sizes, values, strict=True)}
    assert find_nucleolus(game_of([by_number[s] for s in range(64)])).amounts == (Fraction(1, 2),) * 6


def _members(names, coalition):
    return [name for i, name in enumerate(names) if coalition >> i & 1]
