"""Prices at country size say the same as prices with every pair, or less than they know, never more."""

from __future__ import annotations

import random

import pytest

from tests.counties import make_random
from tyngdepunkt.model import Objective, Plan, Question
from tyngdepunkt.structure import Solver, move_prices, solve, tipping_prices
from tyngdepunkt.structure.move_prices import price_pair, price_pairs


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("most", [0, 15, 10_000])
def test_few_pairs_price_as_all_do(seed, most):
    county = make_random(seed, size=9)
    objective = [Objective(), Objective(0.0, 1.0), Objective(1.0, 0.01)][seed % 3]
    floor = 2000 if seed % 2 else 0
    for k in (2, 3):
        solver = Solver(county, Question(k, objective=objective, floor=floor), seed=1)
        best = solver.find(k)
        if not isinstance(best, Plan):
            continue
        centre_of = tuple(county.position[best.assignment[i]] for i in county.ids)
        priced = price_pairs(solver.problem, centre_of, cap=float("inf"), seconds=10, most=most)
        for i in county.ids:
            for c in best.centres:
                if c == best.assignment[i]:
                    continue
                right, exact, _ = solver.price(best, i, c, cap=float("inf"))
                assert exact
                pair = county.position[i], county.position[c]
                if not solver.problem.allowed[pair]:
                    continue
                found = price_pair(priced, pair, cap=float("inf"), seconds=10)
                if found.exact:
                    assert found.amount == (right if right is None else pytest.approx(right, abs=1e-6))
                else:
                    assert found.amount is not None
                    assert right is None or found.amount <= right + 1e-6
                if most == 10_000:
                    assert found.exact


def test_a_solver_of_many_pairs_gives_the_same_prices(monkeypatch):
    county = make_random(5, size=10)
    small = Solver(county, Question(3), seed=1)
    best = small.find(3)
    pairs = [(i, c) for i in county.ids for c in best.centres if c != best.assignment[i]]
    right = {pair: small.price(best, *pair, cap=50.0)[:2] for pair in pairs}
    monkeypatch.setattr(solve, "MANY_PAIRS", 1)
    large = Solver(county, Question(3), seed=1)
    for pair in random.Random(1).sample(pairs, 12):
        amount, exact, assignment = large.price(best, *pair, cap=50.0)
        if exact:
            assert right[pair] == (pytest.approx(amount), True)
            assert assignment[pair[0]] == pair[1]
        else:
            assert amount >= 50.0 - 1e-6
            assert right[pair][0] >= 50.0 - 1e-6


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("most", [12, 30])
@pytest.mark.parametrize("cap", [None, 40.0])
def test_in_a_country_the_cheapest_of_each_is_found_and_all_below_the_cap(seed, most, cap, monkeypatch):
    county = make_random(seed, size=10)
    question = Question(3, floor=1500 if seed % 2 else 0)
    small = Solver(county, question, seed=1)
    best = small.find(3)
    if not isinstance(best, Plan):
        pytest.skip("no plan to price")
    right = {(p.municipality, p.centre): p for p in tipping_prices(county, best, solver=small)}
    assert all(p.exact for p in right.values())
    monkeypatch.setattr(solve, "MANY_PAIRS", 1)
    monkeypatch.setattr(solve, "price_pairs", _few(most))
    large = Solver(county, question, seed=1)
    found = tipping_prices(county, best, cap=cap, solver=large)
    _, reach = large.bound_prices(best)
    assert [(p.municipality, p.centre) for p in found] == list(right)
    cheapest = {}
    for pair, price in right.items():
        cheapest[pair[0]] = min(cheapest.get(pair[0], float("inf")), _size(price))
    for price in found:
        known = right[price.municipality, price.centre]
        if price.exact:
            assert _size(price) == pytest.approx(_size(known), abs=1e-6)
        else:
            assert price.amount <= _size(known) + 1e-6
            least = min(reach, max(cap or 0.0, cheapest[price.municipality]))
            assert price.amount >= least - 1e-6
    for i, amount in cheapest.items():
        if amount < reach:
            assert min(_size(p) for p in found if p.municipality == i and p.exact) == pytest.approx(amount)


def _size(price):
    """Return a price, infinite where the move is impossible."""
    return float("inf") if price.amount is None else price.amount


def _few(most):
    """Return a way to prepare prices that uses few pairs."""
    return lambda *given, **named: move_prices.price_pairs(*given, **named, most=most)
