"""
Games and splits out of stated parameters: what participants save by running services together, and how they pay.

Each service s has a cost for a group that runs it together, by the reader's own parameters:

    C_s(S) = fixed + per_participant · |S| + per_inhabitant · Σ inhabitants + per_user · Σ users,

and what each pays today, or would pay alone, A_s(i): as stated (``existing_cost``), else C_s({i}). A norm gives each
participant the professional environment it reaches a value, up to the norm's full-time equivalents:

    B_s(S) = value_per_fte · Σ over i in S of ( min(Σ fte of S, norm) − min(fte of i, norm) ).

The gain of a coalition is v(S) = Σ over services of ( Σ over i in S of A_s(i) − C_s(S) + B_s(S) ), counting for each
service only those who take part in it, and 0 where they are fewer than two: who is alone goes on as today. Nothing is
assumed beyond what is stated: a parameter left out counts for nothing, and one without a source is the reader's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.services.game import Game, check_players, sums_of

__all__ = [
    "COST_KEYS",
    "Cooperation",
    "KeySplit",
    "Norm",
    "Parameter",
    "Participant",
    "Service",
    "game_of_cooperation",
    "payments_of",
    "split_by_key",
    "split_by_keys",
    "stated_parameters",
]


@dataclass(frozen=True)
class Parameter:
    """
    A figure that the reader states.

    Parameters
    ----------
    value
        The figure.
    source
        Where it comes from; empty where it is the reader's own.
    """

    value: float
    source: str = ""


@dataclass(frozen=True)
class Participant:
    """
    One who may take part.

    Parameters
    ----------
    name
        Name or id.
    inhabitants
        Inhabitants [persons]; None where not stated.
    income
        Income per inhabitant, in any unit that is the same for all; None where not stated.
    """

    name: str
    inhabitants: float | None = None
    income: float | None = None


@dataclass(frozen=True)
class Norm:
    """
    What a professional environment is worth.

    Parameters
    ----------
    fte
        Full-time equivalents of an environment that is enough [FTE].
    value_per_fte
        What one full-time equivalent nearer to that is worth to a participant, in the unit of the costs.
    """

    fte: Parameter
    value_per_fte: Parameter


@dataclass(frozen=True)
class Service:
    """
    One service, and what it costs.

    Parameters
    ----------
    id
        Name of the service.
    participants
        Who take part in it.
    fixed, per_participant, per_inhabitant, per_user
        Cost of one organisation, and what each participant, inhabitant and user adds; None counts for nothing.
    existing_cost
        Participant to what it pays today; None where what it pays alone follows from the cost parameters.
    users, take_up, fte
        Participant to its users (what drives the cost), to what it actually takes out, and to its full-time
        equivalents; None where not stated.
    norm
        What a professional environment is worth; None where it is not counted.
    """

    id: str
    participants: tuple[str, ...]
    fixed: Parameter | None = None
    per_participant: Parameter | None = None
    per_inhabitant: Parameter | None = None
    per_user: Parameter | None = None
    existing_cost: Mapping[str, float] | None = None
    users: Mapping[str, float] | None = None
    take_up: Mapping[str, float] | None = None
    fte: Mapping[str, float] | None = None
    norm: Norm | None = None


@dataclass(frozen=True)
class Cooperation:
    """
    Participants, the services they may run together, and the keys by which they may pay.

    Parameters
    ----------
    participants
        In order.
    services
        In order.
    keys
        Name of a key to the weight of each of `COST_KEYS` in it; a key of one alone is there by itself.
    unit
        Of every cost (``"NOK a year"``); empty where not told.
    """

    participants: tuple[Participant, ...]
    services: tuple[Service, ...]
    keys: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    unit: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the participants."""
        return tuple(each.name for each in self.participants)


@dataclass(frozen=True)
class KeySplit:
    """
    What a cost key gives each participant.

    Parameters
    ----------
    name
        Of the key.
    gains
        Participant to what it gains: what it pays alone, less what it pays by the key, and what the norm is worth.
    payments
        Participant to what it pays by the key, in all services together.
    missing
        What the key needs and is not stated, one sentence each; gains and payments are then empty.
    """

    name: str
    gains: Mapping[str, float]
    payments: Mapping[str, float]
    missing: tuple[str, ...] = ()


COST_KEYS = ("equal", "inhabitants", "users", "existing_cost", "take_up", "income_adjusted")
"""
The cost keys used in practice (NIVI report 2020:1, *Strategisk kommunesamarbeid i Midt-Finnmark*, section 3.5).

equal : the same from each participant
inhabitants : by inhabitants
users : by users, or whatever drives the cost
existing_cost : by what each pays today
take_up : by what each actually takes out
income_adjusted : by inhabitants times income per inhabitant, after the model that is called Agdenes; the source names
    it without a formula, so this is our reading of it
"""


def game_of_cooperation(cooperation: Cooperation) -> Game:
    """
    Make the game of a cooperation.

    Parameters
    ----------
    cooperation
        With its parameters.

    Returns
    -------
    The game of its participants, in their order.

    Raises
    ------
    QuestionError
        Where a cost needs figures that a participant does not have; every one is named.
    """
    check_players(cooperation.names)
    _check_figures(cooperation)
    values = np.zeros(1 << len(cooperation.names))
    for service in cooperation.services:
        values += _Service(cooperation, service).gains()
    values[[1 << i for i in range(len(cooperation.names))]] = 0.0
    values[0] = 0.0
    return Game(cooperation.names, values, cooperation.unit)


def split_by_keys(cooperation: Cooperation) -> tuple[KeySplit, ...]:
    """
    Split by each key used in practice, and by the reader's mixes of them.

    Parameters
    ----------
    cooperation
        With its parameters.

    Returns
    -------
    One split for each key, those whose figures are not stated with what is missing.
    """
    keys: dict[str, Mapping[str, float]] = {name: {name: 1.0} for name in COST_KEYS}
    return tuple(split_by_key(cooperation, name, weights) for name, weights in (keys | dict(cooperation.keys)).items())


def split_by_key(cooperation: Cooperation, name: str, weights: Mapping[str, float]) -> KeySplit:
    """
    Split by one key, or a mix of keys.

    The cost of all together, service by service, is shared in proportion to what each key counts; of a mix, each key
    shares its own part of the cost.

    Parameters
    ----------
    cooperation
        With its parameters.
    name
        What the split is called.
    weights
        Key, as in `COST_KEYS`, to its weight; weights need not sum to 1.

    Returns
    -------
    What each pays and gains.

    Raises
    ------
    QuestionError
        Where a key is unknown, or the weights are not above 0.
    """
    _check_weights(name, weights)
    whole = sum(weights.values())
    n = len(cooperation.names)
    payments, gains = np.zeros(n), np.zeros(n)
    missing: dict[str, None] = {}
    for service in cooperation.services:
        costs = _Service(cooperation, service)
        together = costs.together()
        paid = np.zeros(n)
        for key, weight in weights.items():
            shares = costs.shares(key)
            if isinstance(shares, str):
                missing[shares] = None
            else:
                paid += weight / whole * together * shares
        payments += paid
        gains += costs.alone - paid + costs.norm_gains()
    if missing:
        return KeySplit(name, {}, {}, tuple(missing))
    names = cooperation.names
    return KeySplit(
        name, dict(zip(names, gains.tolist(), strict=True)), dict(zip(names, payments.tolist(), strict=True))
    )


class _Service:
    """A service's figures as arrays, in the order of the cooperation's participants."""

    def __init__(self, cooperation: Cooperation, service: Service) -> None:
        self._service = service
        self._participants = cooperation.participants
        self._takes_part = np.array([name in service.participants for name in cooperation.names], dtype=np.float64)
        self._count = int(self._takes_part.sum())
        own = self._cost_of_one()
        stated = service.existing_cost
        self.alone = own if stated is None else self._array(stated)

    def gains(self) -> NDArray[np.float64]:
        """Return what each coalition gains by running it together, shape (2 ** n,)."""
        counts = sums_of(self._takes_part)
        cost = _value(self._service.fixed) + sums_of(self._variable())
        gain = sums_of(self.alone) - cost
        norm = self._service.norm
        if norm is not None:
            fte = self._array(self._service.fte or {})
            most, worth = norm.fte.value, norm.value_per_fte.value
            own = sums_of(np.minimum(fte, most) * self._takes_part)
            gain = gain + worth * (counts * np.minimum(sums_of(fte), most) - own)
        return np.where(counts >= _TWO, gain, 0.0)

    def together(self) -> float:
        """Return what all who take part pay together; as today where they are fewer than two."""
        if self._count < _TWO:
            return float(self.alone.sum())
        return _value(self._service.fixed) + float(self._variable().sum())

    def norm_gains(self) -> NDArray[np.float64]:
        """Return what the norm is worth to each where all who take part run it together, shape (n,)."""
        norm = self._service.norm
        if norm is None or self._count < _TWO:
            return np.zeros(len(self._participants))
        fte = self._array(self._service.fte or {})
        reached = min(float(fte.sum()), norm.fte.value)
        return norm.value_per_fte.value * self._takes_part * (reached - np.minimum(fte, norm.fte.value))

    def shares(self, key: str) -> NDArray[np.float64] | str:
        """Return each one's share by a key, shape (n,), or what the key needs and is not stated."""
        if self._count < _TWO:
            return self._takes_part
        service = self._service
        counted: Mapping[str, Callable[[], NDArray[np.float64] | None]] = {
            "equal": lambda: self._takes_part,
            "inhabitants": self._inhabitants,
            "users": lambda: self._stated(service.users),
            "existing_cost": lambda: self.alone,
            "take_up": lambda: self._stated(service.take_up),
            "income_adjusted": self._incomes,
        }
        amounts = counted[key]()
        if amounts is None:
            return f"{_NEEDS[key]} of every participant in {service.id}"
        whole = float(amounts.sum())
        return amounts / whole if whole > 0 else f"{_NEEDS[key]} above 0 in {service.id}"

    def _variable(self) -> NDArray[np.float64]:
        """Return what each adds to the cost of running it together, shape (n,)."""
        service = self._service
        cost = _value(service.per_participant) * self._takes_part
        if service.per_inhabitant is not None:
            inhabitants = self._inhabitants()
            cost = cost + service.per_inhabitant.value * (0 if inhabitants is None else inhabitants)
        if service.per_user is not None:
            cost = cost + service.per_user.value * self._array(service.users or {})
        return cost

    def _cost_of_one(self) -> NDArray[np.float64]:
        """Return what each would pay alone by the cost parameters, shape (n,)."""
        return _value(self._service.fixed) * self._takes_part + self._variable()

    def _inhabitants(self) -> NDArray[np.float64] | None:
        """Return the inhabitants of those who take part, shape (n,); None where one is not stated."""
        return self._all([each.inhabitants for each in self._participants])

    def _incomes(self) -> NDArray[np.float64] | None:
        """Return inhabitants times income, shape (n,); None where one is not stated."""
        return self._all(
            [
                None if each.inhabitants is None or each.income is None else each.inhabitants * each.income
                for each in self._participants
            ]
        )

    def _all(self, figures: Sequence[float | None]) -> NDArray[np.float64] | None:
        """Return figures of those who take part, 0 for others, shape (n,); None where one is not stated."""
        taken = [0.0 if not part else figure for part, figure in zip(self._takes_part, figures, strict=True)]
        return None if any(each is None for each in taken) else np.array(taken, dtype=np.float64)

    def _stated(self, figures: Mapping[str, float] | None) -> NDArray[np.float64] | None:
        """Return stated figures, shape (n,); None where one who takes part has none."""
        if figures is None or not set(self._service.participants) <= figures.keys():
            return None
        return self._array(figures)

    def _array(self, figures: Mapping[str, float]) -> NDArray[np.float64]:
        """Return figures by participant, 0 for those who take no part, shape (n,)."""
        given = np.array([figures.get(each.name, 0.0) for each in self._participants], dtype=np.float64)
        taken: NDArray[np.float64] = self._takes_part * given
        return taken


_TWO = 2
_NEEDS = {
    "equal": "participants",
    "inhabitants": "inhabitants",
    "users": "users",
    "existing_cost": "what is paid today",
    "take_up": "take_up",
    "income_adjusted": "inhabitants and income",
}


def _value(parameter: Parameter | None) -> float:
    """Return a parameter's value; one that is left out counts for nothing."""
    return 0.0 if parameter is None else parameter.value


def _check_figures(cooperation: Cooperation) -> None:
    """Raise `QuestionError` where a service needs figures that are not stated, or names a stranger."""
    faults = []
    inhabitants = {each.name: each.inhabitants for each in cooperation.participants}
    for service in cooperation.services:
        strangers = [name for name in service.participants if name not in inhabitants]
        if strangers:
            faults.append(f"{service.id} has participants who are not listed: {', '.join(strangers)}")
        if service.per_inhabitant is not None:
            without = [name for name in service.participants if inhabitants.get(name, 0) is None]
            faults += [f"{service.id} costs per inhabitant, and {name} has none stated" for name in without]
        needs = [
            ("users", service.users, service.per_user is not None, "costs per user"),
            ("existing_cost", service.existing_cost, service.existing_cost is not None, "has existing costs"),
            ("fte", service.fte, service.norm is not None, "has a norm"),
        ]
        for what, figures, needed, why in needs:
            without = [name for name in service.participants if needed and name not in (figures or {})]
            faults += [f"{service.id} {why}, and {name} has no {what}" for name in without]
    if faults:
        raise QuestionError("The cooperation is not whole: " + "; ".join(faults) + ". State each figure.")


def _check_weights(name: str, weights: Mapping[str, float]) -> None:
    """Raise `QuestionError` unless weights make a key."""
    unknown = sorted(weights.keys() - set(COST_KEYS))
    if unknown:
        raise QuestionError(
            f"The key {name!r} weighs {', '.join(unknown)}, which is no cost key: use {', '.join(COST_KEYS)}."
        )
    if not weights or min(weights.values()) < 0 or not 0 < sum(weights.values()) < float("inf"):
        raise QuestionError(f"The weights of the key {name!r} are 0 or more, and at least one is above 0.")


def stated_parameters(cooperation: Cooperation) -> tuple[tuple[str, str, Parameter], ...]:
    """
    List every parameter that the reader states, so that each figure can be traced.

    Parameters
    ----------
    cooperation
        With its parameters.

    Returns
    -------
    Service, name of the parameter, and the parameter with its source, in order.
    """
    found = []
    for service in cooperation.services:
        norm = service.norm
        named = {
            "fixed": service.fixed,
            "per_participant": service.per_participant,
            "per_inhabitant": service.per_inhabitant,
            "per_user": service.per_user,
            "norm.fte": None if norm is None else norm.fte,
            "norm.value_per_fte": None if norm is None else norm.value_per_fte,
        }
        found += [(service.id, name, each) for name, each in named.items() if each is not None]
    return tuple(found)


def payments_of(cooperation: Cooperation, gains: Mapping[str, float]) -> dict[str, float]:
    """
    Return what each participant pays where it gains so much.

    Parameters
    ----------
    cooperation
        With its parameters.
    gains
        Participant to what it gains, together what all gain.

    Returns
    -------
    Participant to what it pays in all services together: what it would pay alone, and what the norm is worth to it,
    less what it gains. Below 0 where it is paid.
    """
    whole = np.zeros(len(cooperation.names))
    for service in cooperation.services:
        costs = _Service(cooperation, service)
        whole += costs.alone + costs.norm_gains()
    return {name: float(most - gains[name]) for name, most in zip(cooperation.names, whole, strict=True)}
