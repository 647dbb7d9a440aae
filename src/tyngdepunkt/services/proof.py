"""Whether a split is the nucleolus, seen without a solver from the prices that came with it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from tyngdepunkt.errors import PlanError
from tyngdepunkt.services.algebra import Settled
from tyngdepunkt.services.game import Game
from tyngdepunkt.services.nucleolus import Nucleolus

__all__ = ["PROOF_CHECKS", "prove_nucleolus"]

PROOF_CHECKS = ("sums_to_whole", "prices_balanced", "none_gains_more", "split_settled", "nobody_below_alone")
"""What is seen; the last for the nucleolus only."""
_CLOSE = 1e-8


def prove_nucleolus(game: Game, found: Nucleolus, *, rational: bool) -> tuple[str, ...]:
    """
    Prove that a split is the prenucleolus, or the nucleolus.

    At each level, Σ λ_S x(S) + Σ κ_i x_i + Σ μ_T x(T) is 0 for every x, since the prices balance (Σ λ_S 1_S + Σ κ_i 1_i
    + Σ μ_T 1_T = 0). With x(T) settled and x_i at least v({i}), Σ λ_S x(S) is then at most what it is here, so the
    largest of the excesses priced cannot be below ε: the level is the least. No coalition that is not settled exceeds
    it, and at the end all amounts are settled: no other split does as well (compare Kohlberg, *On the nucleolus of a
    characteristic function game*, 1971).

    Parameters
    ----------
    game
        The game.
    found
        The split with its levels.
    rational
        Whether it is the nucleolus, in which nobody has less than alone.

    Returns
    -------
    The checks that it passed, as in `PROOF_CHECKS`.

    Raises
    ------
    PlanError
        Where it is not what it is said to be, with every breach.
    """
    breaches = list(_breaches(game, found, rational=rational))
    if breaches:
        raise PlanError(breaches)
    return PROOF_CHECKS if rational else PROOF_CHECKS[:-1]


def _breaches(game: Game, found: Nucleolus, *, rational: bool) -> Iterator[str]:
    """Give what is broken."""
    n, x = len(game), found.amounts
    everyone, slack = game.everyone, _CLOSE * game.scale

    def sum_of(coalition: int) -> Fraction:
        return sum((x[i] for i in range(n) if coalition >> i & 1), Fraction(0))

    if sum_of(everyone) != game.exact(everyone):
        yield f"The amounts sum to {float(sum_of(everyone))}, not to {game.total}."
    if rational:
        low = [name for i, name in enumerate(game.players) if x[i] < game.exact(1 << i) - exact_noise(game)]
        if low:
            yield f"Less than alone: {', '.join(low)}."
        if not found.levels:  # all have just what they have alone: there is no other such split
            if sum(game.exact(1 << i) for i in range(n)) < game.exact(everyone) - exact_noise(game):
                yield "There is more to share out than what each has alone, and no proof of how."
            return
    excess = game.excess(np.array([float(each) for each in x]))
    settled = Settled(n)
    settled.add(everyone, game.exact(everyone))
    for number, level in enumerate(found.levels, start=1):
        priced = level.prices
        balance = [
            sum((price for coalition, price in priced.items() if coalition >> i & 1), Fraction(0))
            + level.kept.get(i, Fraction(0))
            + sum((factor for coalition, factor in level.settled.items() if coalition >> i & 1), Fraction(0))
            for i in range(n)
        ]
        if any(balance) or sum(priced.values()) != 1 or min([*priced.values(), *level.kept.values()]) < 0:
            yield f"The prices of level {number} do not balance."
        is_settled = settled.are_settled()
        if not all(is_settled[coalition] for coalition in level.settled):
            yield f"Level {number} leans on coalitions that were not settled before."
        if any(game.exact(coalition) - sum_of(coalition) != level.epsilon for coalition in priced):
            yield f"A coalition priced at level {number} has another excess than {float(level.epsilon)}."
        if any(x[i] != game.exact(1 << i) for i in level.kept):
            yield f"A player kept at level {number} has more than alone."
        free = ~is_settled
        if excess[free].max(initial=-np.inf) > float(level.epsilon) + slack:
            worst = int(np.argmax(np.where(free, excess, -np.inf)))
            yield f"{','.join(game.members(worst))} exceed level {number}, {float(level.epsilon)}: {excess[worst]}."
        for coalition in (*priced, *(1 << i for i in level.kept)):
            settled.add(coalition, sum_of(coalition))
    if settled.rank < n:
        yield "The levels do not settle every amount."


def exact_noise(game: Game) -> Fraction:
    """Return the rounding of a game's numbers as an exact number."""
    return Fraction(game.noise)
