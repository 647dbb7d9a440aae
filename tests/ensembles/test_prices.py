"""Prices found side by side are those found one after the other, whoever finds them."""

from __future__ import annotations

import pytest

from tests.counties import make_random
from tyngdepunkt.analysis import prices as analysis_prices
from tyngdepunkt.analysis.answers import solver_of
from tyngdepunkt.analysis.prices import find_prices
from tyngdepunkt.ensembles import Crew, price_side_by_side
from tyngdepunkt.model import Plan, Question
from tyngdepunkt.structure import Solver, tipping_prices


@pytest.fixture(scope="module")
def county():
    return make_random(4, size=9)


@pytest.fixture(scope="module")
def best(county):
    plan = Solver(county, Question(3), seed=1).find(3)
    assert isinstance(plan, Plan)
    return plan


@pytest.fixture(scope="module")
def one_by_one(county, best):
    return tipping_prices(county, best)


def test_the_prices_are_the_same_side_by_side(county, best, one_by_one, monkeypatch):
    monkeypatch.setattr(analysis_prices, "_MANY", 1)
    steps = []
    solver = Solver(county, best.question, seed=1)
    found = find_prices(county, best, solver=solver, crew=Crew(1), progress=steps.append)
    assert [(p.municipality, p.centre) for p in found] == [(p.municipality, p.centre) for p in one_by_one]
    assert [(p.amount, p.exact) for p in found] == [(p.amount, p.exact) for p in one_by_one]
    assert (steps[-1].task, steps[-1].done, steps[-1].total) == ("tipping", len(found), len(found))


def test_two_workers_give_the_very_prices_of_one(county, best):
    pairs = [(i, c) for i in county.ids for c in best.centres if c != best.assignment[i]]
    one, two = (
        price_side_by_side(county, best, pairs, cap=float("inf"), seconds=60.0, crew=Crew(workers))
        for workers in (1, 2)
    )
    assert one == two
    assert len(one) == len(pairs)


def test_prices_kept_are_not_found_again(county, best, one_by_one, monkeypatch):
    monkeypatch.setattr(analysis_prices, "_MANY", 1)
    kept = Kept()

    def ask():
        solver = solver_of(county, best.question, seed=1, answers=kept)
        return find_prices(county, best, solver=solver, crew=Crew(1))

    first = ask()
    kept.forget(next(iter(kept.answers)))
    asked = []
    alone = analysis_prices.price_side_by_side
    monkeypatch.setattr(
        analysis_prices,
        "price_side_by_side",
        lambda territory, plan, pairs, **rest: asked.extend(pairs) or alone(territory, plan, pairs, **rest),
    )
    assert [(p.amount, p.exact) for p in ask()] == [(p.amount, p.exact) for p in first]
    assert asked == [(one_by_one[0].municipality, one_by_one[0].centre)]


class Kept:
    """Answers kept in memory."""

    def __init__(self):
        self.answers = {}

    def recall(self, key, shape):
        found = self.answers.get(key)
        return found if isinstance(found, shape) else None

    def keep(self, key, answer):
        self.answers[key] = answer

    def forget(self, key):
        self.answers.pop(key, None)
