"""A question to the engine: which plan is sought."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model.wishes import Override, Position, Start

__all__ = ["TERMS", "Objective", "Question", "Sense", "Threshold"]


class Sense(StrEnum):
    """Whether more or less of an objective is better."""

    MAX = "max"
    MIN = "min"


TERMS = {"ties": 1, "access": -1, "cohesion": 1, "borders": -1}
"""Terms of an objective, in order: 1 where more of it is better, −1 where fewer is."""

_UNITS = {"ties": "commuters", "access": "person-minutes", "cohesion": "commuters", "borders": "borders"}
_PART = re.compile(r"\s*(?P<name>[^=\[\]]*?)\s*(\[(?P<agencies>[^\]]*)\])?\s*(=(?P<weight>.*))?", re.DOTALL)
_COMMA = re.compile(r",(?![^\[]*\])")


@dataclass(frozen=True)
class Objective:
    """
    What a good plan has much, or little, of.

    ``ties`` is Σ over i ≠ c(i) of F[i, c(i)] + F[c(i), i]: commuters between a municipality and its
    centre [persons], the more the better. ``access`` is Σ p[i] · t[i, c(i)]: person-minutes to the
    centre, the fewer the better. ``cohesion`` is Σ over ordered pairs i ≠ j in one block of F[i, j]:
    commuters who cross a municipal border and stay within the block [persons], the more the better.
    ``borders`` is Σ over agencies and blocks of the number of the agency's areas that the block touches
    less 1: agency borders cut across a block, the fewer the better; municipalities of unknown area, and
    blocks of none but those, count for nothing.

    With one term alone the objective is that quantity itself, whatever its weight; with several it is
    their weighted sum, fewer-is-better ones taken off: the more the better.

    Parameters
    ----------
    ties
        Weight of a commuter between a municipality and its centre; 0 or more.
    access
        Weight of a person-minute; 0 or more.
    cohesion
        Weight of a commuter who stays within a block; 0 or more.
    borders
        Weight of an agency border cut across a block; 0 or more.
    agencies
        Which agencies count for borders: levels (``"regional"``, ``"local"``), names of agencies, or
        ``"all"``. Regional ones by default, as local divisions are many and cut by their nature.
    """

    ties: float = 1.0
    access: float = 0.0
    cohesion: float = 0.0
    borders: float = 0.0
    agencies: tuple[str, ...] = ("regional",)

    def __post_init__(self) -> None:
        """Refuse weights that mean nothing."""
        weights = [getattr(self, name) for name in TERMS]
        if not all(0 <= weight < float("inf") for weight in weights) or not any(weights):
            raise QuestionError("The weights of an objective are 0 or more, and at least one is above 0.")
        if self.borders and not self.agencies:
            raise QuestionError("The objective borders needs agencies to count: regional, local, all, or their names.")

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of the terms that count."""
        return tuple(name for name in TERMS if getattr(self, name) > 0)

    @property
    def weights(self) -> dict[str, float]:
        """Term to its weight, those that count alone; a single term weighs 1."""
        if not self.is_mixed:
            return dict.fromkeys(self.terms, 1.0)
        return {name: float(getattr(self, name)) for name in self.terms}

    @property
    def sense(self) -> Sense:
        """Fewest for access or borders alone, most for all others."""
        return Sense.MIN if not self.is_mixed and TERMS[self.terms[0]] < 0 else Sense.MAX

    @property
    def is_mixed(self) -> bool:
        """Whether several terms count."""
        return len(self.terms) > 1

    @property
    def unit(self) -> str:
        """Commuters, person-minutes or borders; points for several terms."""
        return "points" if self.is_mixed else _UNITS[self.terms[0]]

    @property
    def has_free_centres(self) -> bool:
        """Whether it does not matter which of its members is a block's centre."""
        return not self.ties and not self.access

    def total(self, amounts: Mapping[str, float]) -> float:
        """
        Return the objective of a plan from the amounts of its terms.

        Parameters
        ----------
        amounts
            Term to its amount, in its own unit; terms that do not count may be missing.

        Returns
        -------
        The amount itself for a single term, else the weighted sum, fewer-is-better ones taken off.
        """
        if not self.is_mixed:
            return float(amounts[self.terms[0]])
        return float(sum(TERMS[name] * weight * amounts[name] for name, weight in self.weights.items()))

    @classmethod
    def from_text(cls, text: str) -> Objective:
        """
        Read a term such as ``ties`` or ``borders[local]``, or a weighting such as ``ties=1,access=0.002``.

        Parameters
        ----------
        text
            Names of terms, each with its weight; a name alone weighs 1. After ``borders`` the agencies that count may
            stand in brackets, parted by semicolons: levels, names, or ``all``.

        Returns
        -------
        The objective.

        Raises
        ------
        QuestionError
            Where a term or a weight is not understood.
        """
        weights = dict.fromkeys(TERMS, 0.0)
        agencies: tuple[str, ...] = ("regional",)
        for part in _COMMA.split(text):
            found = _PART.fullmatch(part)
            name = found["name"] if found else part.strip()
            if found is None or name not in weights or (found["agencies"] is not None and name != "borders"):
                raise QuestionError(
                    f"No objective is called {name!r}: use {', '.join(TERMS)}, or a weighting such as "
                    "ties=1,access=0.002."
                )
            try:
                weights[name] = float(found["weight"]) if found["weight"] else 1.0
            except ValueError:
                raise QuestionError(f"The weight {found['weight']!r} of {name} is not a number.") from None
            if found["agencies"] is not None:
                agencies = tuple(sorted({a.strip() for a in found["agencies"].split(";") if a.strip()}))
        return cls(**weights, agencies=agencies)

    def __str__(self) -> str:
        """Return the text that `from_text` reads."""
        which = "" if not self.borders or self.agencies == ("regional",) else f"[{';'.join(self.agencies)}]"
        named = {name: name + which * (name == "borders") for name in self.terms}
        if not self.is_mixed and getattr(self, self.terms[0]) == 1:
            return named[self.terms[0]]
        return ",".join(f"{named[name]}={getattr(self, name):g}" for name in self.terms)


@dataclass(frozen=True)
class Threshold:
    """
    What a plan shall reach of an objective other than the one sought.

    Parameters
    ----------
    objective
        Of which.
    value
        The plan has at least this of it where more is better, at most this where fewer is; in the objective's unit.
    """

    objective: Objective
    value: float


@dataclass(frozen=True)
class Question:
    """
    Which plan is sought.

    Parameters
    ----------
    centres
        Number of centres, and so of blocks.
    objective
        What the plan shall have most or least of.
    floor
        Least population of a block [persons]; 0 for none.
    max_minutes
        Longest time from a municipality to its centre [min]; None for no cap.
    together
        Groups of municipality ids, each of which lies in one block.
    apart
        Groups of municipality ids, no two of which lie in one block.
    centre
        Ids that are centres.
    not_centre
        Ids that are not centres.
    functions
        Functions of which each block has at least one (``"hospital"``).
    thresholds
        What the plan reaches of other objectives.
    seasonal
        Whether links closed for part of the year hold a block together.
    overrides
        Municipalities whose block may lie below the floor, each with the reason.
    within_counties
        Whether no block crosses the border of a county.
    start
        The plan to start from, with the most municipalities that may be moved; None to start from nothing.
    locked
        Groups of municipality ids, each of which is a block: together, and with nobody else.
    positions
        Recorded positions that no plan goes against.
    split_parts
        Ids of parts of municipalities that may lie in another block than the rest of their municipality.
    """

    centres: int
    objective: Objective = Objective()
    floor: int = 0
    max_minutes: float | None = None
    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()
    centre: frozenset[str] = frozenset()
    not_centre: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    thresholds: tuple[Threshold, ...] = ()
    seasonal: bool = False
    overrides: tuple[Override, ...] = ()
    within_counties: bool = False
    start: Start | None = None
    locked: tuple[frozenset[str], ...] = ()
    positions: tuple[Position, ...] = ()
    split_parts: frozenset[str] = frozenset()

    def with_centres(self, centres: int) -> Question:
        """Return the same question for another number of centres."""
        return replace(self, centres=centres)
