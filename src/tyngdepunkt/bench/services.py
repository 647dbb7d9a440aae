"""Cost splits: the nucleolus of random games beside another program, and a cooperation that one waits for (row 11)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.bench.row import Peer, Row, Verdict

if TYPE_CHECKING:
    from tyngdepunkt.analysis.services import GivenGame, ShareAnswer
    from tyngdepunkt.services import Game, Nucleolus

__all__ = ["ROWS"]

_PLAYERS = (6, 8, 10, 12, 14, 16, 18)
_PARTICIPANTS, _SERVICES = 12, 20
_TAKE_PART = 0.8
"""Chance that a municipality takes part in a service: most do in most."""
_SEED = 11
_CLOSE = 1e-7


def _make_games(_: Path) -> tuple[Game, ...]:
    """Make one random game of each number of players: gains to the hundredth that grow with the coalition."""
    import numpy as np

    from tyngdepunkt.services import Game

    chance = np.random.default_rng(_SEED)
    games = []
    for players in _PLAYERS:
        sizes = np.bitwise_count(np.arange(1 << players))
        values = np.round(chance.random(1 << players) * sizes * 100, 2)
        values[0] = 0.0
        games.append(Game(tuple(f"P{i}" for i in range(players)), values))
    return tuple(games)


def _find_all(games: tuple[Game, ...]) -> tuple[Nucleolus, ...]:
    """Find the prenucleolus of each game."""
    from tyngdepunkt.services import find_prenucleolus

    return tuple(find_prenucleolus(game) for game in games)


def _find_all_by_coopgame(games: tuple[Game, ...]) -> list[list[float]]:
    """Let coopgame find the prenucleolus of each game."""
    import coopgame

    return [coopgame.prenucleolus(coopgame.Game(game.values[1:].tolist()))["allocation"] for game in games]


def _check_all(games: tuple[Game, ...], found: tuple[Nucleolus, ...]) -> Verdict:
    """Prove each answer without the solver."""
    from tyngdepunkt.errors import PlanError
    from tyngdepunkt.services import prove_nucleolus

    for game, each in zip(games, found, strict=True):
        try:
            prove_nucleolus(game, each, rational=False)
        except PlanError as error:
            return Verdict(f"{len(game.players)} players: {error}", agrees=False)
    return Verdict(f"{len(found)} proven", agrees=True)


def _check_coopgame(games: tuple[Game, ...], ours: tuple[Nucleolus, ...], theirs: list[list[float]]) -> Verdict:
    """Hold coopgame's answers against ours."""
    import numpy as np

    apart = [
        float(np.abs(np.array([float(amount) for amount in mine.amounts]) - other).max()) / game.scale
        for game, mine, other in zip(games, ours, theirs, strict=True)
    ]
    same = sum(each < _CLOSE for each in apart)
    return Verdict(f"{same} of {len(games)} the same", same == len(games))


def _make_cooperation(_: Path) -> GivenGame:
    """Make up a cooperation: costs with a fixed part, so that all can gain."""
    import numpy as np

    from tyngdepunkt.services import Cooperation, GivenGame, Parameter, Participant, Service

    chance = np.random.default_rng(_SEED)
    participants = tuple(
        Participant(f"P{i}", float(chance.integers(1_000, 20_000)), float(chance.uniform(0.8, 1.3)))
        for i in range(_PARTICIPANTS)
    )
    services = tuple(
        Service(
            id=f"service {number}",
            participants=tuple(each.name for each in participants if chance.random() < _TAKE_PART),
            fixed=Parameter(float(chance.integers(500, 3_000))),
            per_inhabitant=Parameter(float(chance.uniform(0.1, 1.0))),
        )
        for number in range(_SERVICES)
    )
    return GivenGame(None, Cooperation(participants, services), {})


def _share(given: GivenGame) -> ShareAnswer:
    """Share out what all gain, and test every cost key."""
    from tyngdepunkt.analysis.services import share_values

    return share_values(given)


def _check_shared(_: GivenGame, found: ShareAnswer) -> Verdict:
    """See that the nucleolus lies in the core, which a shared fixed cost always has."""
    sharing = found.sharing
    leaving = sum(test.best_deviation is not None for test in sharing.splits.values())
    text = f"in the core; {leaving} of {len(sharing.splits)} keys leave a group better off by itself"
    return Verdict(text, sharing.solutions["nucleolus"].in_core and not sharing.core_empty)


ROWS = (
    Row(
        name="nucleolus",
        number=11,
        work=f"prenucleolus of random games of {', '.join(map(str, _PLAYERS))} players, exact and with proof",
        known=f"{len(_PLAYERS)} proven",
        aim="the same as coopgame",
        prepare=_make_games,
        run=_find_all,
        check=_check_all,
        peer=Peer("coopgame", "coopgame-py", "coopgame", _find_all_by_coopgame, _check_coopgame),
    ),
    Row(
        name="share-cooperation",
        number=11,
        work=f"every solution and cost key of {_PARTICIPANTS} participants and {_SERVICES} services",
        known="",
        aim="while one waits, under 2 s",
        prepare=_make_cooperation,
        run=_share,
        check=_check_shared,
        seconds_aimed=2.0,
        no_peer="no other program makes the game from costs and tests the keys",
    ),
)
