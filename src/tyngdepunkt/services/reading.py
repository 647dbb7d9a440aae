"""Games and cooperations, read from JSON files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tyngdepunkt.jsonfile import Faults, read_object
from tyngdepunkt.messages import Message
from tyngdepunkt.services.costs import COST_KEYS, Cooperation, Norm, Parameter, Participant, Service
from tyngdepunkt.services.game import MOST_PLAYERS, Game, make_game

__all__ = ["GivenGame", "parse_game", "read_game"]

_SHOWN = 8
_SEPARATOR = ","
_COSTS = ("fixed", "per_participant", "per_inhabitant", "per_user")
_BY_PARTICIPANT = ("existing_cost", "users", "take_up", "fte")


@dataclass(frozen=True, eq=False)
class GivenGame:
    """
    What a file gives: a game by its values, or a cooperation whose game follows from its parameters.

    Parameters
    ----------
    game
        The game; None where a cooperation is given.
    cooperation
        The cooperation; None where a game is given.
    splits
        The reader's splits: name to what each player gains.
    """

    game: Game | None
    cooperation: Cooperation | None
    splits: Mapping[str, Mapping[str, float]]


def read_game(path: Path) -> GivenGame:
    """
    Read a game, or a cooperation.

    Parameters
    ----------
    path
        A JSON file with ``players`` and ``values``, the gain of every coalition, its names joined by commas; or with
        ``participants`` and ``services``. Either may have ``splits``.

    Returns
    -------
    The one or the other.

    Raises
    ------
    SourceError
        Where the file cannot be read, or with every fault in it.
    """
    return _parse(*read_object(path, "game"))


def parse_game(content: Mapping[str, object]) -> GivenGame:
    """
    Read a game, or a cooperation, out of an object that is there already.

    Parameters
    ----------
    content
        As the file of `read_game` has it.

    Returns
    -------
    The one or the other.

    Raises
    ------
    SourceError
        With every fault in it.
    """
    return _parse(content, Faults("game"))


def _parse(content: Mapping[str, object], faults: Faults) -> GivenGame:
    """Return what an object gives."""
    if "values" in content or "players" in content:
        faults.known(content, ("players", "values", "splits", "unit"), "the game")
        players, values = _players_and_values(content, faults)
        splits = _splits(content.get("splits"), players, faults)
        unit = _unit(content, faults)
        faults.check()
        return GivenGame(make_game(players, values, unit=unit), None, splits)
    if "participants" in content or "services" in content:
        faults.known(content, ("participants", "services", "keys", "splits", "unit"), "the cooperation")
        cooperation = _cooperation(content, faults)
        splits = _splits(content.get("splits"), cooperation.names, faults)
        faults.check()
        return GivenGame(None, cooperation, splits)
    faults.add(Message("it has neither players and values, nor participants and services: give one or the other."))
    faults.check()
    raise AssertionError  # pragma: no cover - there is a fault


def _players_and_values(
    content: Mapping[str, object], faults: Faults
) -> tuple[tuple[str, ...], dict[frozenset[str], float]]:
    """Return players and the gain of each coalition."""
    players = faults.names(content.get("players"), "players")
    for name in players:
        if _SEPARATOR in name:
            faults.add(
                Message("the player {name} has a comma in the name, which joins names: leave it out.", name=repr(name))
            )
    if len(players) > MOST_PLAYERS:
        faults.add(
            Message(
                "players has {players} names, too many coalitions to look at: give at most {most}.",
                players=len(players),
                most=MOST_PLAYERS,
            )
        )
        return players, {}
    values: dict[frozenset[str], float] = {}
    known = set(players)
    for key, given in faults.mapping(content.get("values"), "values").items():
        names = [name.strip() for name in key.split(_SEPARATOR)] if key.strip() else []
        coalition = frozenset(names)
        strangers = sorted(coalition - known)
        if strangers:
            faults.add(
                Message(
                    "values has the coalition {key} with {strangers}, who is no player.",
                    key=repr(key),
                    strangers=", ".join(map(repr, strangers)),
                )
            )
            continue
        if len(coalition) < len(names):
            faults.add(Message("values has the coalition {key}, in which a player stands twice.", key=repr(key)))
            continue
        if coalition in values:
            faults.add(Message("values has the coalition {key} twice, in another order: give it once.", key=repr(key)))
            continue
        number = faults.number(given, f"values[{key!r}]")
        values[coalition] = 0.0 if number is None else number
        if not names and number:
            faults.add(Message("values gives the empty coalition {number}: it gains 0.", number=format(number, "g")))
    missing = [
        names
        for mask in range(1, 1 << len(players))
        if frozenset(names := [name for i, name in enumerate(players) if mask >> i & 1]) not in values
    ]
    for names in missing[:_SHOWN]:
        faults.add(Message("values lacks the coalition {names}: give its gain.", names=repr(_SEPARATOR.join(names))))
    if len(missing) > _SHOWN:
        faults.add(
            Message(
                "values lacks {missing} more coalitions, of {all} in all.",
                missing=len(missing) - _SHOWN,
                all=(1 << len(players)) - 1,
            )
        )
    return players, values


def _splits(given: object, players: tuple[str, ...], faults: Faults) -> dict[str, dict[str, float]]:
    """Return the reader's splits."""
    if given is None:
        return {}
    splits = {}
    for name, amounts in faults.mapping(given, "splits").items():
        place = f"splits[{name!r}]"
        splits[name] = faults.numbers(amounts, place)
        for player in players:
            if isinstance(amounts, dict) and player not in amounts:
                faults.add(
                    Message(
                        "{place} leaves out {player}: give each player an amount.", place=place, player=repr(player)
                    )
                )
        for player in splits[name]:
            if player not in players:
                faults.add(Message("{place} has {player}, who is no player.", place=place, player=repr(player)))
    return splits


def _cooperation(content: Mapping[str, object], faults: Faults) -> Cooperation:
    """Return a cooperation."""
    participants = []
    for name, about in faults.mapping(content.get("participants"), "participants").items():
        place = f"participants[{name!r}]"
        said = faults.mapping(about, place)
        faults.known(said, ("inhabitants", "income"), place)
        inhabitants, income = (
            faults.number(said[key], f"{place}.{key}", least=0) if said.get(key) is not None else None
            for key in ("inhabitants", "income")
        )
        participants.append(Participant(name.strip(), inhabitants, income))
    names = tuple(each.name for each in participants)
    if not names:
        faults.add(
            Message(
                "participants is empty: give each with its figures, such as {example}.",
                example='{"Herøy": {"inhabitants": 8957}}',
            )
        )
    if len(names) > MOST_PLAYERS:
        faults.add(
            Message(
                "participants has {names}, too many coalitions to look at: give at most {most}.",
                names=len(names),
                most=MOST_PLAYERS,
            )
        )
    services = content.get("services")
    if not isinstance(services, list) or not services:
        faults.add(Message("services is no list, or empty: give each service with its id and costs."))
        services = []
    read = tuple(_service(each, f"services[{number}]", names, faults) for number, each in enumerate(services))
    ids = [each.id for each in read if each.id]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        faults.add(Message("services has {twice} twice: give each service once.", twice=repr(twice)))
    keys = {}
    if content.get("keys") is not None:
        for name, weights in faults.mapping(content["keys"], "keys").items():
            place = f"keys[{name!r}]"
            keys[name] = faults.numbers(weights, place, least=0)
            faults.known(keys[name], COST_KEYS, place)
            if name in COST_KEYS:
                faults.add(
                    Message(
                        "{place} is the name of a key that is there already: call the mix something else.", place=place
                    )
                )
            elif not sum(keys[name].values()):
                faults.add(Message("{place} weighs nothing: give at least one weight above 0.", place=place))
    return Cooperation(tuple(participants), read, keys, _unit(content, faults))


def _service(given: object, place: str, names: tuple[str, ...], faults: Faults) -> Service:
    """Return a service."""
    said = faults.mapping(given, place)
    faults.known(said, ("id", "participants", "norm", *_COSTS, *_BY_PARTICIPANT), place)
    called = faults.text(said.get("id"), f"{place}.id")
    place = f"services[{called!r}]" if called else place
    members = names
    if said.get("participants") is not None:
        members = faults.names(said["participants"], f"{place}.participants")
        for name in members:
            if name not in names:
                faults.add(
                    Message(
                        "{place}.participants has {name}, who is not among the participants.",
                        place=place,
                        name=repr(name),
                    )
                )
    figures: dict[str, dict[str, float] | None] = {}
    for key in _BY_PARTICIPANT:
        figures[key] = None
        if said.get(key) is not None:
            figures[key] = faults.numbers(said[key], f"{place}.{key}", least=0)
            for name in figures[key] or ():
                if name not in members:
                    faults.add(
                        Message(
                            "{place}.{key} has {name}, who takes no part in it.", place=place, key=key, name=repr(name)
                        )
                    )
    needed = {
        "users": (said.get("per_user") is not None, Message("it costs per user")),
        "fte": (said.get("norm") is not None, Message("it has a norm")),
        "existing_cost": (figures["existing_cost"] is not None, Message("it has existing costs")),
    }
    for key, (needs, why) in needed.items():
        for name in members:
            if needs and name not in (figures[key] or {}):
                faults.add(
                    Message(
                        "{place}.{key} leaves out {name}, and {why}.", place=place, key=key, name=repr(name), why=why
                    )
                )
    norm = None
    if said.get("norm") is not None:
        about = faults.mapping(said["norm"], f"{place}.norm")
        faults.known(about, ("fte", "value_per_fte"), f"{place}.norm")
        parts = [_parameter(about.get(key), f"{place}.norm.{key}", faults) for key in ("fte", "value_per_fte")]
        norm = Norm(parts[0] or Parameter(0.0), parts[1] or Parameter(0.0))
    costs = {
        key: _parameter(said[key], f"{place}.{key}", faults) if said.get(key) is not None else None for key in _COSTS
    }
    if not any(costs.values()) and said:
        faults.add(
            Message(
                "{place} has no cost of running it together: give one or more of {costs}.",
                place=place,
                costs=", ".join(_COSTS),
            )
        )
    return Service(
        id=called,
        participants=members,
        fixed=costs["fixed"],
        per_participant=costs["per_participant"],
        per_inhabitant=costs["per_inhabitant"],
        per_user=costs["per_user"],
        existing_cost=figures["existing_cost"],
        users=figures["users"],
        take_up=figures["take_up"],
        fte=figures["fte"],
        norm=norm,
    )


def _parameter(given: object, place: str, faults: Faults) -> Parameter | None:
    """Return a parameter: a number, or a number with its source."""
    if isinstance(given, dict):
        faults.known(given, ("value", "source"), place)
        value = faults.number(given.get("value"), f"{place}.value", least=0)
        source = faults.text(given["source"], f"{place}.source") if given.get("source") is not None else ""
        return None if value is None else Parameter(value, source)
    value = faults.number(given, place, least=0)
    return None if value is None else Parameter(value)


def _unit(content: Mapping[str, object], faults: Faults) -> str:
    """Return the unit of the values; empty where not told."""
    return "" if content.get("unit") is None else faults.text(content["unit"], "unit")
