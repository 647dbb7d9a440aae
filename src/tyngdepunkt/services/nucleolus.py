"""
The least core, the prenucleolus and the nucleolus, exactly.

The prenucleolus makes the largest excess v(S) − x(S) of any coalition as small as can be, then the next largest, and
so on; the nucleolus does so among splits that leave nobody with less than alone (Schmeidler, *The nucleolus of a
characteristic function game*, 1969). Level by level (Maschler, Peleg and Shapley 1979; Kopelowitz 1967):

    least ε   such that   x(S) ≥ v(S) − ε for each coalition S that is not settled, x(N) = v(N),
                          x(T) as found for each T settled before, and x_i ≥ v({i}) for the nucleolus.

Coalitions with a price (a dual value) above 0 have excess ε in every such split, and are settled with it; so is every
combination of settled ones. At least one is new each time, so there are fewer levels than players.

A linear program finds which coalitions have a price, on rows taken up as they are broken. The numbers themselves are
then computed anew in exact fractions: the prices λ from Σ λ_S 1_S + Σ μ_T 1_T = 0, Σ λ_S = 1, and ε from the prices.
Those prices are the proof that `verify` looks at without a solver.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tyngdepunkt.services.algebra import Settled, solve_exactly
from tyngdepunkt.services.game import Game
from tyngdepunkt.services.least_excess import LeastExcess

__all__ = ["Level", "Nucleolus", "find_least_core", "find_nucleolus", "find_prenucleolus"]


@dataclass(frozen=True)
class Level:
    """
    One level of excess, with the prices that prove that it can be no lower.

    Parameters
    ----------
    epsilon
        The excess.
    prices
        Coalition to its price; each above 0, together 1.
    kept
        Players who get just what they have alone, each with the price of that, above 0; only for the nucleolus.
    settled
        Factor of each coalition that was settled before, and of all players; of either sign.
    """

    epsilon: Fraction
    prices: dict[int, Fraction]
    kept: dict[int, Fraction]
    settled: dict[int, Fraction]


@dataclass(frozen=True)
class Nucleolus:
    """
    A split with its proof.

    Parameters
    ----------
    amounts
        What each player gets, in the order of the players.
    levels
        The levels of excess, highest first.
    """

    amounts: tuple[Fraction, ...]
    levels: tuple[Level, ...]


def find_least_core(game: Game) -> Level | None:
    """
    Find the least ε for which each proper coalition gets at least v(S) − ε.

    Parameters
    ----------
    game
        The game.

    Returns
    -------
    The level; below 0 where the core has an interior, above 0 where it is empty. None for a single player, who has
    no proper coalition.
    """
    return next(iter(_levels(game, Settled(len(game)), rational=False)), None)


def find_prenucleolus(game: Game) -> Nucleolus:
    """
    Find the prenucleolus.

    Parameters
    ----------
    game
        The game.

    Returns
    -------
    The split, of which there is always exactly one.
    """
    settled = Settled(len(game))
    levels = tuple(_levels(game, settled, rational=False))
    return Nucleolus(tuple(settled.amounts()), levels)


def find_nucleolus(game: Game) -> Nucleolus | None:
    """
    Find the nucleolus.

    Parameters
    ----------
    game
        The game.

    Returns
    -------
    The split; None where all together gain less than the sum of what each gains alone.
    """
    short = sum(game.exact(1 << i) for i in range(len(game))) - game.exact(game.everyone)
    if short > game.noise:
        return None
    if short >= 0:  # nothing to share out beyond what each has alone
        each = short / len(game)
        return Nucleolus(tuple(game.exact(1 << i) - each for i in range(len(game))), ())
    settled = Settled(len(game))
    levels = tuple(_levels(game, settled, rational=True))
    return Nucleolus(tuple(settled.amounts()), levels)


def _levels(game: Game, settled: Settled, *, rational: bool) -> Iterable[Level]:
    """Yield the levels of excess, settling coalitions on the way."""
    sums = {game.everyone: game.exact(game.everyone)}
    settled.add(game.everyone, sums[game.everyone])
    program = LeastExcess(game, rational=rational)
    while settled.rank < len(game):
        tight, kept, leaned = program.solve(sums, settled.are_settled())
        level = _price(game, {coalition: sums[coalition] for coalition in leaned}, tight, kept)
        yield level
        for i in level.kept:
            if settled.add(1 << i, game.exact(1 << i)):
                sums[1 << i] = game.exact(1 << i)
        for coalition in level.prices:
            amount = game.exact(coalition) - level.epsilon
            if settled.add(coalition, amount):
                sums[coalition] = amount


def _price(game: Game, sums: dict[int, Fraction], tight: list[int], kept: list[int]) -> Level:
    """Compute the prices of a level, and its excess, in exact numbers."""
    n = len(game)
    rows = [*tight, *(1 << i for i in kept), *sums]
    columns = [
        [*(Fraction(coalition >> i & 1) for i in range(n)), Fraction(place < len(tight))]
        for place, coalition in enumerate(rows)
    ]
    found = solve_exactly(columns, [*[Fraction(0)] * n, Fraction(1)])
    if found is None or min(found[: len(tight) + len(kept)], default=Fraction(0)) < 0:
        raise ArithmeticError(f"The solver's prices are none: {tight}, {kept}, {list(sums)}.")
    prices = {rows[k]: found[k] for k in range(len(tight)) if found[k]}
    least = {i: found[len(tight) + k] for k, i in enumerate(kept) if found[len(tight) + k]}
    factors = dict(zip(sums, found[len(tight) + len(kept) :], strict=True))
    epsilon = sum((price * game.exact(coalition) for coalition, price in prices.items()), Fraction(0))
    epsilon += sum((price * game.exact(1 << i) for i, price in least.items()), Fraction(0))
    epsilon += sum((factor * sums[coalition] for coalition, factor in factors.items()), Fraction(0))
    return Level(epsilon, prices, least, factors)
