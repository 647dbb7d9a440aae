"""How long work tells where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Progress", "Step", "silent"]


@dataclass(frozen=True)
class Step:
    """
    Where a piece of work is.

    Parameters
    ----------
    task
        What is being done, as a key of `texts` (``"sweep"``, ``"tipping"``).
    done, total
        How many parts are done, of how many.
    """

    task: str
    done: int
    total: int


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Take a step and say nothing."""
