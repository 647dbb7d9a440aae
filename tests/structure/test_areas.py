"""Few large blocks with a floor: bounds and plans by areas of centres, against every division of small counties."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from tests.counties import best_by_force, make_random
from tyngdepunkt.model import Objective, Question
from tyngdepunkt.structure.anneal import find_witness
from tyngdepunkt.structure.partition import partition_search
from tyngdepunkt.structure.pricing import Pairs, cores_of, price_centres
from tyngdepunkt.structure.problem import pose

OBJECTIVES = (Objective(), Objective(0, 1), Objective(1, 0.01))


@pytest.mark.parametrize("seed", range(24))
def test_areas_bound_the_best_of_all_divisions(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.partition._MOST_CORES", 0)
    monkeypatch.setattr("tyngdepunkt.structure.areas._ROUNDS", [60, 3][seed % 2])
    chance = random.Random(seed)
    territory = make_random(seed, 7, extra=5)
    k = chance.randint(2, 4)
    # Floors up to the mean leave both limits tight, and whole thousands of people tie.
    floor = chance.choice([500, 1500, int(0.8 * territory.population.sum() / k)])
    cap = {"max_minutes": 40} if seed % 5 == 0 else {}
    question = Question(k, OBJECTIVES[seed % 3], floor=floor, **cap)
    expected = best_by_force(territory, question)
    problem = pose(territory, question)
    start = find_witness(problem, k, seed=seed, effort=0.02) if seed % 4 else None
    found = partition_search(problem, k, start=start, seed=seed, seconds=60)
    if expected is None:
        assert found.centre_of is None
    else:
        assert found.score <= problem.sign * expected + 1e-6
        assert found.bound >= problem.sign * expected - 1e-6


@pytest.mark.parametrize("seed", range(20))
def test_no_block_within_the_limits_is_worth_more_than_its_centre(seed):
    chance = np.random.default_rng(seed)
    n = 7
    people = chance.choice([0, 1, 1, 2, 5], n).astype(np.int64)
    gain = chance.integers(-4, 5, n).astype(float)
    floor = int(chance.integers(0, people.sum() + 1))
    most = int(chance.integers(floor, people.sum() + 1))
    own = np.full(n, -np.inf)
    own[0] = 3.0
    starts = np.array([0] + [n - 1] * n)
    forced = chance.random(n - 1) < (0.3 if seed % 2 else 0.0)
    pairs = Pairs(starts, np.arange(1, n), gain[1:], forced, own, people, floor, most)
    rho, choice, rate = np.empty(n), np.empty(n, dtype=np.int64), np.empty(n)
    price_centres(pairs, cores_of(None), np.zeros(n), rho, choice, rate)
    blocks = [list(b) for size in range(n) for b in itertools.combinations(range(1, n), size)]
    held = set((np.flatnonzero(forced) + 1).tolist())
    kept = [b for b in blocks if held <= set(b) and floor <= people[0] + people[b].sum() <= most]
    worths = [-np.inf, *(3.0 + gain[b].sum() for b in kept)]
    assert rho[0] >= max(worths) - 1e-9
    # The rate is a price per person at which it does not pay to be within the limits: the dual of the same.
    heads = (gain + rate[0] * people)[1:]
    inside = np.where(forced, heads, np.maximum(0.0, heads)).sum() + 3.0 + rate[0] * people[0]
    limit = floor if rate[0] > 0 else most
    if np.isfinite(rho[0]):
        assert rho[0] == pytest.approx(inside - rate[0] * limit)
