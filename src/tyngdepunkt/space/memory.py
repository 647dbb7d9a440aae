"""The memory that exact counting may take, and what is said when it is not enough."""

from __future__ import annotations

from tyngdepunkt.errors import QuestionError

__all__ = ["GIGABYTES", "SpaceTooLargeError"]

GIGABYTES = 3.5
"""Memory that partial divisions may take unless told otherwise [GB, 10⁹ bytes]; the program has some besides."""
_ABSURD = 1e5
"""Gigabytes beyond which a guess is not written out."""


class SpaceTooLargeError(QuestionError):
    """
    The divisions cannot be counted within the memory allowed.

    Parameters
    ----------
    allowed
        Memory allowed [GB].
    needed
        Rough guess at what it would take [GB], by how the frontier still grows.
    done, nodes
        Nodes taken in before memory ran out, of how many; 0 where the guess alone was enough.
    partial
        Partial divisions after that many.
    """

    def __init__(self, *, allowed: float, needed: float, done: int = 0, nodes: int = 0, partial: int = 0) -> None:
        self.allowed, self.needed, self.done, self.nodes, self.partial = allowed, needed, done, nodes, partial
        guess = "far more than any machine has" if needed > _ABSURD else f"about {max(needed, 0.1):,.1f} GB"
        reached = (
            f"; {done} of {nodes} nodes gave more than {partial:,} partial divisions to keep apart" if done else ""
        )
        super().__init__(
            f"There are too many divisions to count in {allowed:g} GB of memory{reached}. By a rough guess it would "
            f"take {guess}. Allow more memory, loosen or drop the bounds on population, or draw a sample by "
            "recombination instead."
        )
