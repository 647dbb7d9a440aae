"""A question to the engine: which plan is sought."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model.wishes import Override, Position, Start

__all__ = ["Objective", "Question", "Sense"]


class Sense(StrEnum):
    """Whether more or less of an objective is better."""

    MAX = "max"
    MIN = "min"


@dataclass(frozen=True)
class Objective:
    """
    What a good plan has much, or little, of.

    ``ties`` is Σ over i ≠ c(i) of F[i, c(i)] + F[c(i), i]: commuters between a municipality and its
    centre [persons], the more the better. ``access`` is Σ p[i] · t[i, c(i)]: person-minutes to the
    centre, the fewer the better. With one weight alone the objective is that quantity itself; with
    both it is ``ties_weight · ties − access_weight · access``, the more the better.

    Parameters
    ----------
    ties
        Weight of a commuter between a municipality and its centre; 0 or more.
    access
        Weight of a person-minute; 0 or more.
    """

    ties: float = 1.0
    access: float = 0.0

    def __post_init__(self) -> None:
        """Refuse weights that mean nothing."""
        if not (0 <= self.ties < float("inf") and 0 <= self.access < float("inf")) or self.ties + self.access == 0:
            raise QuestionError("The weights of an objective are 0 or more, and at least one is above 0.")

    @property
    def sense(self) -> Sense:
        """Fewest for access alone, most for all others."""
        return Sense.MIN if self.ties == 0 else Sense.MAX

    @property
    def is_mixed(self) -> bool:
        """Whether both terms count."""
        return self.ties > 0 and self.access > 0

    @classmethod
    def from_text(cls, text: str) -> Objective:
        """
        Read ``ties``, ``access`` or a weighting such as ``ties=1,access=0.002``.

        Parameters
        ----------
        text
            Names of terms, each with its weight; a name alone weighs 1.

        Returns
        -------
        The objective.

        Raises
        ------
        QuestionError
            Where a term or a weight is not understood.
        """
        weights = {"ties": 0.0, "access": 0.0}
        for part in text.split(","):
            name, _, weight = part.strip().partition("=")
            if name.strip() not in weights:
                raise QuestionError(f"No objective is called {name!r}: use ties, access, or ties=1,access=0.002.")
            try:
                weights[name.strip()] = float(weight) if weight else 1.0
            except ValueError:
                raise QuestionError(f"The weight {weight!r} of {name} is not a number.") from None
        return cls(**weights)

    def __str__(self) -> str:
        """Return the text that `from_text` reads."""
        if self == Objective(1.0, 0.0):
            return "ties"
        if self == Objective(0.0, 1.0):
            return "access"
        return ",".join(
            f"{name}={weight:g}" for name, weight in (("ties", self.ties), ("access", self.access)) if weight
        )


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
