"""Splits of what all gain, each tested: who would be worse off, and which of them would rather leave together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.services.game import Game
from tyngdepunkt.services.nucleolus import Level, Nucleolus, find_nucleolus, find_prenucleolus
from tyngdepunkt.services.proof import prove_nucleolus
from tyngdepunkt.services.shapley import shapley_value

__all__ = ["CORE_TOLERANCE", "Deviation", "Sharing", "SplitTest", "check_split", "share_gains"]

CORE_TOLERANCE = 1e-6
"""Least ε above which the core counts as empty, in the unit of the values."""
_CLOSE = 1e-9
"""Share of the largest value by which a split may miss a sum or a coalition's gain and still count as meeting it."""


@dataclass(frozen=True)
class Deviation:
    """
    Players who would rather leave together.

    Parameters
    ----------
    coalition
        Who.
    gain
        What they gain more by themselves than the split gives them, in the unit of the values.
    """

    coalition: tuple[str, ...]
    gain: float


@dataclass(frozen=True)
class SplitTest:
    """
    A split, and what it does to whom.

    Parameters
    ----------
    name
        What it is called.
    amounts
        Player to what it gets.
    efficient
        Whether the amounts sum to what all gain.
    off_by
        The sum of the amounts less what all gain; 0 where they are the same.
    in_core
        Whether it sums to the whole and no player and no coalition is better off alone.
    worse_off
        Player to how much less it gets than it has alone.
    best_deviation
        The coalition, not everyone, that would gain most by leaving; the smallest of several; None where none would.
    """

    name: str
    amounts: Mapping[str, float]
    efficient: bool
    off_by: float
    in_core: bool
    worse_off: Mapping[str, float]
    best_deviation: Deviation | None


@dataclass(frozen=True, eq=False)
class Sharing:
    """
    How what all gain can be shared out.

    Parameters
    ----------
    game
        The game.
    least_core_epsilon
        The least ε such that some split gives each proper coalition at least v(S) − ε; below 0 where the core has an
        interior; None for a single player.
    core_empty
        Whether every split leaves some coalition better off alone: ε above `CORE_TOLERANCE`.
    prenucleolus, shapley
        Player to amount.
    nucleolus
        The same; None where all together gain less than the sum of what each gains alone.
    solutions
        The three, tested, by name.
    splits
        The reader's splits, tested, by name.
    levels
        The levels of excess of the prenucleolus, with the prices that prove them.
    checks
        What was proven of the two without the solver.
    """

    game: Game
    least_core_epsilon: float | None
    core_empty: bool
    prenucleolus: Mapping[str, float]
    nucleolus: Mapping[str, float] | None
    shapley: Mapping[str, float]
    solutions: Mapping[str, SplitTest]
    splits: Mapping[str, SplitTest]
    levels: tuple[Level, ...]
    checks: tuple[str, ...]


def share_gains(game: Game, splits: Mapping[str, Mapping[str, float]] | None = None) -> Sharing:
    """
    Find how what all gain can be shared out, and test splits.

    Parameters
    ----------
    game
        The game.
    splits
        Name to what each player gets.

    Returns
    -------
    The sharing, its solutions proven without the solver.

    Raises
    ------
    QuestionError
        Where a split leaves a player out, names one who is not in the game, or gives no number.
    PlanError
        Where a solution fails its proof: a bug of ours.
    """
    prenucleolus, nucleolus = find_prenucleolus(game), find_nucleolus(game)
    checks = prove_nucleolus(game, prenucleolus, rational=False)
    if nucleolus is not None:
        checks = prove_nucleolus(game, nucleolus, rational=True)
    epsilon = float(prenucleolus.levels[0].epsilon) if prenucleolus.levels else None
    solutions = {
        "prenucleolus": _amounts(game, prenucleolus),
        **({} if nucleolus is None else {"nucleolus": _amounts(game, nucleolus)}),
        "shapley": dict(zip(game.players, shapley_value(game).tolist(), strict=True)),
    }
    return Sharing(
        game=game,
        least_core_epsilon=epsilon,
        core_empty=epsilon is not None and epsilon > max(CORE_TOLERANCE, game.noise),
        prenucleolus=solutions["prenucleolus"],
        nucleolus=solutions.get("nucleolus"),
        shapley=solutions["shapley"],
        solutions={name: check_split(game, amounts, name=name) for name, amounts in solutions.items()},
        splits={name: check_split(game, amounts, name=name) for name, amounts in (splits or {}).items()},
        levels=prenucleolus.levels,
        checks=checks,
    )


def check_split(game: Game, amounts: Mapping[str, float], *, name: str = "") -> SplitTest:
    """
    Test a split.

    Parameters
    ----------
    game
        The game.
    amounts
        Player to what it gets.
    name
        What the split is called.

    Returns
    -------
    What it does to whom.

    Raises
    ------
    QuestionError
        Where it leaves a player out, names one who is not in the game, or gives no number.
    """
    missing = [player for player in game.players if player not in amounts]
    strangers = [player for player in amounts if player not in game.players]
    wrong = [player for player, amount in amounts.items() if not np.isfinite(amount)]
    if missing or strangers or wrong:
        said = [
            *([f"leaves out {', '.join(missing)}"] if missing else []),
            *([f"names {', '.join(strangers)}, who are not in the game"] if strangers else []),
            *([f"has no finite amount for {', '.join(wrong)}"] if wrong else []),
        ]
        raise QuestionError(f"The split {name!r} {'; '.join(said)}. Give each player one amount.")
    x = np.array([float(amounts[player]) for player in game.players])
    slack = _CLOSE * max(game.scale, float(np.abs(x).max()))
    off_by = float(x.sum() - game.total)
    efficient = abs(off_by) <= slack
    worse = {
        player: float(less)
        for player, less in zip(game.players, (game.alone - x).tolist(), strict=True)
        if less > slack
    }
    deviation = _best_deviation(game, x, slack)
    return SplitTest(
        name=name,
        amounts=dict(zip(game.players, x.tolist(), strict=True)),
        efficient=efficient,
        off_by=0.0 if efficient else off_by,
        in_core=efficient and deviation is None,
        worse_off=worse,
        best_deviation=deviation,
    )


def _best_deviation(game: Game, x: NDArray[np.float64], slack: float) -> Deviation | None:
    """Return the proper coalition that gains most by leaving, the smallest of several."""
    proper = game.excess(x)[1 : game.everyone]
    best = proper.max(initial=-np.inf)
    if best <= slack:
        return None
    first = min((np.flatnonzero(proper >= best - slack * 1e-3) + 1).tolist(), key=lambda s: (s.bit_count(), s))
    return Deviation(game.members(first), float(best))


def _amounts(game: Game, found: Nucleolus) -> dict[str, float]:
    """Return a solution by player."""
    return dict(zip(game.players, map(float, found.amounts), strict=True))
