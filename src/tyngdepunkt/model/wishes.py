"""Wishes that carry more than ids: an override with its reason, a recorded position, a plan to start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from tyngdepunkt.errors import QuestionError

__all__ = ["Override", "Position", "Stance", "Start"]


@dataclass(frozen=True, order=True)
class Override:
    """
    A municipality whose block may lie below the floor, and why.

    Parameters
    ----------
    municipality
        Id.
    reason
        Why the floor is lifted, as whoever decided it has recorded it; never empty.
    source
        Where that is recorded; empty where it was given with the question.

    Raises
    ------
    QuestionError
        Where there is no reason: a floor that anyone may lift without one is no floor.
    """

    municipality: str
    reason: str
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse an override without a reason."""
        if not self.reason.strip():
            raise QuestionError(
                f"The floor is lifted for {self.municipality} without a reason: give one, as 1511=islands far from all."
            )


class Stance(StrEnum):
    """What a municipality has said of its place in a division."""

    WITH = "with"
    NOT_WITH = "not_with"
    ALONE = "alone"


@dataclass(frozen=True, order=True)
class Position:
    """
    What a municipality's council has recorded of whom it would share a block with.

    Parameters
    ----------
    municipality
        Id of the one that has said so.
    stance
        With the other, not with the other, or alone.
    other
        Id of the other; empty for alone.
    date
        Day or year of the decision, as text; empty where unknown.
    source
        Where it is recorded.
    """

    municipality: str
    stance: Stance
    other: str = ""
    date: str = ""
    source: str = ""

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The ids concerned, the one that has said so first."""
        return (self.municipality, self.other) if self.other else (self.municipality,)

    @property
    def record(self) -> str:
        """Source and date, with a comma between."""
        return ", ".join(part for part in (self.source, self.date) if part)


@dataclass(frozen=True)
class Start:
    """
    A plan to start from, and how many municipalities may be moved from it.

    Blocks have no names in common between two plans, so moved are those outside the one-to-one matching of the old
    blocks with the new that leaves most municipalities where they are.

    Parameters
    ----------
    name
        What the plan is called.
    blocks
        Each municipality id with the name of its block, in order of id.
    most_moved
        m, the most that may be moved [municipalities].
    """

    name: str
    blocks: tuple[tuple[str, str], ...]
    most_moved: int

    @classmethod
    def of(cls, name: str, blocks: Mapping[str, str], *, most_moved: int) -> Start:
        """
        Start from blocks given as a mapping.

        Parameters
        ----------
        name
            What the plan is called.
        blocks
            Municipality id to the name of its block.
        most_moved
            m [municipalities].

        Returns
        -------
        The start.
        """
        return cls(name, tuple(sorted(blocks.items())), most_moved)

    @cached_property
    def block_of(self) -> dict[str, str]:
        """Municipality id to the name of its block."""
        return dict(self.blocks)
