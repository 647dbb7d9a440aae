"""Least parting sets and cheapest ways against looking at all of them, on small random neighbourhoods."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tests.counties import make_random
from tyngdepunkt.structure import graph
from tyngdepunkt.structure.parting import least_parting_set, list_links
from tyngdepunkt.structure.rewards import find_detours


@pytest.mark.parametrize("seed", range(12))
def test_the_least_parting_set_weighs_as_little_as_any(seed):
    neighbours = make_random(seed, size=9).neighbours(seasonal=False)
    near = graph.bits(neighbours)
    chance = np.random.default_rng(seed)
    weight = np.where(chance.random(9) < 0.25, 0.0, chance.random(9))
    within = chance.random(9) < 0.9
    inside = graph.mask(np.flatnonzero(within).tolist())
    links = list_links(neighbours)
    for i, j in combinations(np.flatnonzero(within).tolist(), 2):
        if near[i] >> j & 1:
            continue
        others = [v for v in np.flatnonzero(within).tolist() if v not in (i, j)]
        sets = [set(each) for size in range(len(others) + 1) for each in combinations(others, size)]
        parting = [each for each in sets if not graph.component(near, inside & ~graph.mask(each), 1 << i) >> j & 1]
        least = min(sum(weight[v] for v in each) for each in parting)
        is_less, found = least_parting_set(links, weight, within, i, j, 100.0)
        assert is_less
        assert set(np.flatnonzero(found).tolist()) in parting
        assert weight[found].sum() == pytest.approx(least, abs=1e-8)
        assert not least_parting_set(links, weight, within, i, j, least - 1e-6)[0]


@pytest.mark.parametrize("seed", range(6))
def test_the_cheapest_way_costs_what_the_cheapest_of_all_ways_does(seed):
    neighbours = make_random(seed, size=7).neighbours(seasonal=False)
    chance = np.random.default_rng(seed)
    cost = np.where(chance.random((7, 7)) < 0.15, np.inf, chance.integers(0, 9, (7, 7)).astype(float))
    found = find_detours(neighbours, cost)

    def cheapest(at, j, seen):
        """Return what the ways on from here to i cost, each with the cheapest."""
        least = {at: 0.0}
        for after in set(neighbours[at]) - seen:
            for i, paid in cheapest(after, j, seen | {after}).items():
                least[i] = min(least.get(i, np.inf), cost[after, j] + paid)
        return least

    for j in range(7):
        ways = cheapest(j, j, {j})
        assert found[:, j].tolist() == [ways.get(i, np.inf) for i in range(7)]
