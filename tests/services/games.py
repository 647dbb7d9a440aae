"""Games to test with: by hand, and at random in five kinds."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.services import Game

NAMES = "ABCDEFGHIJKLMNOPQRST"


def sizes_of(players):
    """Return how many players each coalition has."""
    return np.array([coalition.bit_count() for coalition in range(1 << players)])


def game_of(values, names=NAMES):
    """Make a game of values by coalition number, the empty one first."""
    values = np.array(values, dtype=float)
    players = len(values).bit_length() - 1
    return Game(tuple(names[:players]), values)


def make_random(seed, players):
    """Make a game: whole numbers, any scale, winning or losing, nearly convex, or with hundredths."""
    chance = np.random.default_rng(seed)
    count, sizes = 1 << players, sizes_of(players)
    kinds = (
        lambda: chance.integers(0, 20, count),
        lambda: chance.normal(size=count) * 10.0 ** chance.integers(-3, 10),
        lambda: chance.integers(0, 2, count),
        lambda: sizes**2 + chance.integers(0, 3, count),
        lambda: np.round(chance.random(count) * sizes, 2),
    )
    values = np.array(kinds[seed % 5](), dtype=float)
    values[0] = 0
    return game_of(values)


def bankruptcy(estate, claims):
    """Make the game of an estate that is too small: a coalition gains what the claims of the others leave."""
    count = 1 << len(claims)
    owed = [sum(claim for i, claim in enumerate(claims) if not s >> i & 1) for s in range(count)]
    return game_of([max(0.0, estate - each) for each in owed])


def airport(costs):
    """Make the game of what a runway saves: each alone pays for its own, together the longest is enough."""
    count = 1 << len(costs)
    members = [[cost for i, cost in enumerate(costs) if s >> i & 1] for s in range(count)]
    return game_of([sum(each) - max(each, default=0) for each in members])


def weighted_voting(weights, quota):
    """Make the game of votes: a coalition with the quota gains 1."""
    count = 1 << len(weights)
    return game_of([float(sum(w for i, w in enumerate(weights) if s >> i & 1) >= quota) for s in range(count)])
