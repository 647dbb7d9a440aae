"""Made-up commuters between the zones of a made-up country of any size: for benchmarks and tests."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.regions.flows import Flows

__all__ = ["make_country"]

_REACH = 6
"""Zones across, as far as anyone commutes."""
_DECAY = 2.0
"""How fast commuting falls with distance."""
_STAY = 8.0
"""How much the own zone draws more than one at a distance of one zone."""


def make_country(n_zones: int, *, seed: int) -> Flows:
    """
    Make a country of zones in a square grid, most of them villages and some of them towns.

    People: 100 to 50,000 employed residents in each zone (Pareto). Everyone works within six zones of home; a zone
    draws by its size, and less the farther it is. Counts are drawn (Poisson), so no two zones are quite alike.

    Parameters
    ----------
    n_zones
        How many.
    seed
        Of the random numbers; the same seed gives the same country.

    Returns
    -------
    The flows: some 45 pairs a zone, and three in ten work in their own.
    """
    chance = np.random.default_rng(seed)
    side = int(np.ceil(np.sqrt(n_zones)))
    people = np.minimum(100 * (1 + chance.pareto(1.2, n_zones)), 50_000)
    homes, works, draws = [], [], []
    every = np.arange(n_zones)
    row, column = np.divmod(every, side)
    for down in range(-_REACH, _REACH + 1):
        for across in range(-_REACH, _REACH + 1):
            distance = np.hypot(down, across)
            if distance > _REACH:
                continue
            there = (row + down) * side + column + across
            inside = (row + down >= 0) & (column + across >= 0) & (column + across < side)
            inside &= (there >= 0) & (there < n_zones)
            pull = _STAY if distance == 0 else distance**-_DECAY
            homes.append(every[inside])
            works.append(there[inside])
            draws.append(people[there[inside]] * pull)
    home, work, draw = np.concatenate(homes), np.concatenate(works), np.concatenate(draws)
    share = draw / np.bincount(home, draw, n_zones)[home]
    count = chance.poisson(people[home] * share).astype(np.float64)
    order = np.lexsort((work, home))
    order = order[count[order] > 0]
    zones = tuple(str(i) for i in range(1, n_zones + 1))
    return Flows(zones=zones, home=home[order], work=work[order], persons=count[order])
