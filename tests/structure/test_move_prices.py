"""Prices at country size say the same as prices with every pair, or less than they know, never more."""

from __future__ import annotations

import random

import pytest

from tests.counties import make_random
from tyngdepunkt.model import Objective, Plan, Question
from tyngdepunkt.structure import Solver, move_prices, relaxation, search, solve, tipping_prices


@pytest.fixture
def as_in_a_country(monkeypatch):
    """Take a small county for a country: few pairs have variables, and path rows wait until they are violated."""

    def take(most):
        monkeypatch.setattr(solve, "MANY_PAIRS", 1)
        monkeypatch.setattr(relaxation, "_SMALL", 0)
        monkeypatch.setattr(relaxation, "_FEW_ACTIVE", 5)
        monkeypatch.setattr(solve, "price_pairs", _few(most))

    return take


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("most", "hand_over"), [(0, 20), (15, 0), (10_000, 20)])
def test_every_move_and_each_cheapest_cost_what_they_do_with_all_pairs(
    seed, most, hand_over, as_in_a_country, monkeypatch
):
    monkeypatch.setattr(search, "_HAND_OVER", hand_over)
    county = make_random(seed, size=9)
    objective = [Objective(), Objective(0.0, 1.0), Objective(1.0, 0.01)][seed % 3]
    question = Question(2 + seed % 2, objective=objective, floor=2000 if seed % 2 else 0)
    small = Solver(county, question, seed=1)
    best = small.find(question.centres)
    if not isinstance(best, Plan):
        pytest.skip("no plan to price")
    right = {(p.municipality, p.centre): p for p in tipping_prices(county, best, solver=small)}
    assert all(p.exact for p in right.values())
    as_in_a_country(most)
    large = Solver(county, question, seed=1)
    for (i, c), known in right.items():
        amount, exact, assignment = large.price(best, i, c, cap=float("inf"))
        assert exact
        assert amount == (None if known.amount is None else pytest.approx(known.amount, abs=1e-6))
        assert amount is None or assignment[i] == c
    for i in county.ids:
        amounts = [p.amount for (m, _), p in right.items() if m == i and p.amount is not None]
        amount, exact, assignment = large.cheapest(best, i)
        assert exact
        assert amount == (pytest.approx(min(amounts), abs=1e-6) if amounts else None)
        if amount is not None:
            assert right[i, assignment[i]].amount == pytest.approx(amount, abs=1e-6)


def test_a_price_above_the_cap_is_given_as_at_least_the_cap(as_in_a_country):
    county = make_random(5, size=10)
    small = Solver(county, Question(3), seed=1)
    best = small.find(3)
    pairs = [(i, c) for i in county.ids for c in best.centres if c != best.assignment[i]]
    right = {pair: small.price(best, *pair, cap=50.0)[:2] for pair in pairs}
    as_in_a_country(12)
    large = Solver(county, Question(3), seed=1)
    for pair in random.Random(1).sample(pairs, 12):
        amount, exact, assignment = large.price(best, *pair, cap=50.0)
        if exact:
            assert right[pair] == (pytest.approx(amount), True)
            assert assignment[pair[0]] == pair[1]
        else:
            assert amount >= 50.0 - 1e-6
            assert right[pair][0] >= 50.0 - 1e-6


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("cap", [None, 40.0])
def test_in_a_country_the_cheapest_of_each_is_found_and_all_below_the_cap(seed, cap, as_in_a_country):
    county = make_random(seed, size=10)
    question = Question(3, floor=1500 if seed % 2 else 0)
    small = Solver(county, question, seed=1)
    best = small.find(3)
    if not isinstance(best, Plan):
        pytest.skip("no plan to price")
    right = {(p.municipality, p.centre): p for p in tipping_prices(county, best, solver=small)}
    as_in_a_country(20)
    found = tipping_prices(county, best, cap=cap, solver=Solver(county, question, seed=1))
    assert [(p.municipality, p.centre) for p in found] == list(right)
    cheapest = {}
    for pair, price in right.items():
        cheapest[pair[0]] = min(cheapest.get(pair[0], float("inf")), _size(price))
    for price in found:
        known = right[price.municipality, price.centre]
        if price.exact:
            assert _size(price) == pytest.approx(_size(known), abs=1e-6)
        else:
            assert max(cap or 0.0, cheapest[price.municipality]) - 1e-6 <= price.amount <= _size(known) + 1e-6
    for i, amount in cheapest.items():
        assert min(_size(p) for p in found if p.municipality == i and p.exact) == pytest.approx(amount)


def _size(price):
    """Return a price, infinite where the move is impossible."""
    return float("inf") if price.amount is None else price.amount


def _few(most):
    """Return a way to prepare prices that uses few pairs."""
    return lambda *given, **named: move_prices.price_pairs(*given, **named, most=most)
