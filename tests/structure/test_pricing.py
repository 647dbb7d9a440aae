"""Prices at country size say the same as prices with every pair, or less than they know, never more."""

from __future__ import annotations

import random

import pytest

from tests.counties import make_random
from tyngdepunkt.model import Objective, Plan, Question
from tyngdepunkt.structure import Solver, solve
from tyngdepunkt.structure.pricing import price_pair, price_pairs


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
