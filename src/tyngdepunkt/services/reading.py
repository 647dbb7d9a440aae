"""Games and cooperations, read from JSON files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tyngdepunkt.services.costs import COST_KEYS, Cooperation, Norm, Parameter, Participant, Service
from tyngdepunkt.services.game import MOST_PLAYERS, Game, make_game
from tyngdepunkt.services.jsonfile import Faults, read_object

__all__ = ["GivenGame", "read_game"]

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
    content, faults = read_object(path, "game")
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
    faults.add("it has neither players and values, nor participants and services: give one or the other.")
    faults.check()
    raise AssertionError  # pragma: no cover - there is a fault


def _players_and_values(
    content: Mapping[str, object], faults: Faults
) -> tuple[tuple[str, ...], dict[frozenset[str], float]]:
    """Return players and the gain of each coalition."""
    players = faults.names(content.get("players"), "players")
    for name in players:
        if _SEPARATOR in name:
            faults.add(f"the player {name!r} has a comma in the name, which joins names: leave it out.")
    if len(players) > MOST_PLAYERS:
        faults.add(f"players has {len(players)} names, too many coalitions to look at: give at most {MOST_PLAYERS}.")
        return players, {}
    values: dict[frozenset[str], float] = {}
    known = set(players)
    for key, given in faults.mapping(content.get("values"), "values").items():
        names = [name.strip() for name in key.split(_SEPARATOR)] if key.strip() else []
        coalition = frozenset(names)
        strangers = sorted(coalition - known)
        if strangers:
            faults.add(f"values has the coalition {key!r} with {', '.join(map(repr, strangers))}, who is no player.")
            continue
        if len(coalition) < len(names):
            faults.add(f"values has the coalition {key!r}, in which a player stands twice.")
            continue
        if coalition in values:
            faults.add(f"values has the coalition {key!r} twice, in another order: give it once.")
            continue
        number = faults.number(given, f"values[{key!r}]")
        values[coalition] = 0.0 if number is None else number
        if not names and number:
            faults.add(f"values gives the empty coalition {number:g}: it gains 0.")
    missing = [
        names
        for mask in range(1, 1 << len(players))
        if frozenset(names := [name for i, name in enumerate(players) if mask >> i & 1]) not in values
    ]
    for names in missing[:_SHOWN]:
        faults.add(f"values lacks the coalition {_SEPARATOR.join(names)!r}: give its gain.")
    if len(missing) > _SHOWN:
        faults.add(f"values lacks {len(missing) - _SHOWN} more coalitions, of {(1 << len(players)) - 1} in all.")
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
                faults.add(f"{place} leaves out {player!r}: give each player an amount.")
        for player in splits[name]:
            if player not in players:
                faults.add(f"{place} has {player!r}, who is no player.")
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
        faults.add('participants is empty: give each with its figures, such as {"Herøy": {"inhabitants": 8957}}.')
    if len(names) > MOST_PLAYERS:
        faults.add(f"participants has {len(names)}, too many coalitions to look at: give at most {MOST_PLAYERS}.")
    services = content.get("services")
    if not isinstance(services, list) or not services:
        faults.add("services is no list, or empty: give each service with its id and costs.")
        services = []
    read = tuple(_service(each, f"services[{number}]", names, faults) for number, each in enumerate(services))
    ids = [each.id for each in read if each.id]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        faults.add(f"services has {twice!r} twice: give each service once.")
    keys = {}
    if content.get("keys") is not None:
        for name, weights in faults.mapping(content["keys"], "keys").items():
            place = f"keys[{name!r}]"
            keys[name] = faults.numbers(weights, place, least=0)
            faults.known(keys[name], COST_KEYS, place)
            if name in COST_KEYS:
                faults.add(f"{place} is the name of a key that is there already: call the mix something else.")
            elif not sum(keys[name].values()):
                faults.add(f"{place} weighs nothing: give at least one weight above 0.")
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
                faults.add(f"{place}.participants has {name!r}, who is not among the participants.")
    figures: dict[str, dict[str, float] | None] = {}
    for key in _BY_PARTICIPANT:
        figures[key] = None
        if said.get(key) is not None:
            figures[key] = faults.numbers(said[key], f"{place}.{key}", least=0)
            for name in figures[key] or ():
                if name not in members:
                    faults.add(f"{place}.{key} has {name!r}, who takes no part in it.")
    needed = {
        "users": (said.get("per_user") is not None, "it costs per user"),
        "fte": (said.get("norm") is not None, "it has a norm"),
        "existing_cost": (figures["existing_cost"] is not None, "it has existing costs"),
    }
    for key, (needs, why) in needed.items():
        for name in members:
            if needs and name not in (figures[key] or {}):
                faults.add(f"{place}.{key} leaves out {name!r}, and {why}.")
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
        faults.add(f"{place} has no cost of running it together: give one or more of {', '.join(_COSTS)}.")
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
