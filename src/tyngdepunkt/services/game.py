"""A cooperative game: what each coalition of participants gains by itself, and what a split of the whole is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError

__all__ = ["MOST_PLAYERS", "Game", "exact", "make_game", "sums_of"]

Number = TypeVar("Number", bound=np.generic)

MOST_PLAYERS = 20
"""Players beyond which a million coalitions no longer fit an answer that one waits for."""
_NOISE = 1e-14
"""Share of the largest value that is rounding of the numbers themselves."""


@dataclass(frozen=True, eq=False)
class Game:
    """
    Players and the gain of every coalition.

    Parameters
    ----------
    players
        Names, each once; the order decides nothing but the order of answers.
    values
        Gain of each coalition, shape (2 ** n,), in the reader's unit; the players in coalition number m are those
        whose bit is set in m, so 0 is the empty coalition, which gains 0, and the last is all players.
    unit
        Of the values (``"NOK"``); empty where not told.
    """

    players: tuple[str, ...]
    values: NDArray[np.float64]
    unit: str = ""
    _exact: dict[int, Fraction] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        """Return the number of players."""
        return len(self.players)

    @property
    def everyone(self) -> int:
        """The coalition of all players."""
        return (1 << len(self)) - 1

    @property
    def total(self) -> float:
        """What all gain together."""
        return float(self.values[-1])

    @cached_property
    def alone(self) -> NDArray[np.float64]:
        """What each player gains alone, shape (n,)."""
        return self.values[[1 << i for i in range(len(self))]]

    @cached_property
    def scale(self) -> float:
        """The largest gain or loss of any coalition; 1 where all are 0."""
        return float(np.abs(self.values).max()) or 1.0

    @cached_property
    def noise(self) -> float:
        """What is rounding of the numbers themselves, and no difference."""
        return _NOISE * self.scale

    def members(self, coalition: int) -> tuple[str, ...]:
        """Return the players of a coalition, in order."""
        return tuple(player for i, player in enumerate(self.players) if coalition >> i & 1)

    def coalition(self, players: Iterable[str]) -> int:
        """Return the number of the coalition of some players; `KeyError` where one is unknown."""
        place = {player: i for i, player in enumerate(self.players)}
        return sum(1 << place[player] for player in set(players))

    def value(self, *players: str) -> float:
        """Return what some players gain together."""
        return float(self.values[self.coalition(players)])

    def exact(self, coalition: int) -> Fraction:
        """Return a coalition's gain as an exact number."""
        if coalition not in self._exact:
            self._exact[coalition] = exact(self.values[coalition])
        return self._exact[coalition]

    def excess(self, amounts: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Return what each coalition would gain by leaving.

        Parameters
        ----------
        amounts
            What each player gets, shape (n,).

        Returns
        -------
        Excess v(S) − x(S) by coalition, shape (2 ** n,).
        """
        excess: NDArray[np.float64] = self.values - sums_of(amounts)
        return excess


def exact(value: float) -> Fraction:
    """Return a number as it is written: 0.1 is one tenth, not the nearest binary fraction."""
    return Fraction(repr(float(value)))


def sums_of(amounts: NDArray[Number]) -> NDArray[Number]:
    """
    Return the sum of the amounts of each coalition's players.

    Parameters
    ----------
    amounts
        One row a player, shape (n,) or (n, d).

    Returns
    -------
    Shape (2 ** n,) or (2 ** n, d).
    """
    sums = np.zeros((1, *amounts.shape[1:]), dtype=amounts.dtype)
    for amount in amounts:
        sums = np.concatenate([sums, sums + amount])
    return sums


def make_game(players: Iterable[str], values: Mapping[frozenset[str], float], *, unit: str = "") -> Game:
    """
    Make a game of the gains of coalitions.

    Parameters
    ----------
    players
        Names.
    values
        The gain of every coalition that is not empty; the empty one may be there with 0.
    unit
        Of the values.

    Returns
    -------
    The game.

    Raises
    ------
    QuestionError
        Where there are no players or too many, one stands twice, or a coalition is missing, unknown or without a
        number; coalitions are named.
    """
    names = tuple(players)
    check_players(names)
    place = {name: i for i, name in enumerate(names)}
    array = np.full(1 << len(names), np.nan)
    array[0] = 0.0
    faults = []
    for coalition, value in values.items():
        called = ",".join(sorted(coalition))
        if not coalition <= place.keys():
            strangers = ", ".join(sorted(coalition - place.keys()))
            faults.append(f"the coalition {called!r} has players who are not in the game: {strangers}")
        elif not np.isfinite(value):
            faults.append(f"the coalition {called!r} has no finite gain: {value}")
        elif not coalition and value:
            faults.append(f"the empty coalition gains 0, not {value}")
        else:
            array[sum(1 << place[name] for name in coalition)] = value
    named = {",".join(sorted(coalition)) for coalition in values}
    missing = [
        called
        for mask in np.flatnonzero(np.isnan(array)).tolist()
        if (called := ",".join(sorted(name for name in names if mask >> place[name] & 1))) not in named
    ]
    faults += [f"the coalition {called!r} is missing" for called in missing[:_SHOWN]]
    if len(missing) > _SHOWN:
        faults.append(f"and {len(missing) - _SHOWN} more coalitions are missing")
    if faults:
        raise QuestionError(
            "The game is not whole: " + "; ".join(faults) + ". Give one gain for every coalition that is not empty."
        )
    return Game(names, array, unit)


_SHOWN = 8
"""Missing coalitions that are named; the rest are counted."""


def check_players(names: tuple[str, ...]) -> None:
    """Raise `QuestionError` unless these can be the players of a game."""
    twice = sorted({name for name in names if names.count(name) > 1})
    if not names:
        raise QuestionError("A game needs at least one player.")
    if twice:
        raise QuestionError(f"Players stand twice: {', '.join(twice)}. Give each player once.")
    if len(names) > MOST_PLAYERS:
        raise QuestionError(
            f"{len(names)} players have {2 ** len(names) - 1:,} coalitions, too many to look at: give at most "
            f"{MOST_PLAYERS}, or let those who act as one be one player."
        )
