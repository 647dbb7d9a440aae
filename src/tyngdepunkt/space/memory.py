"""The memory that exact counting may take, and what is said when it is not enough."""

from __future__ import annotations

from tyngdepunkt.errors import QuestionError

__all__ = ["GIGABYTES", "SpaceTooLargeError"]

GIGABYTES = 4.0
"""Memory that counting may take where the caller does not say [GB, 10⁹ bytes]."""


class SpaceTooLargeError(QuestionError):
    """
    The divisions cannot be counted within the memory allowed.

    Parameters
    ----------
    allowed
        Memory allowed [GB].
    needed
        Rough guess at what it would take [GB], by how the frontier still grows; inf where there is none.
    done, nodes
        Nodes taken in before memory ran out, of how many.
    partial
        Partial divisions after that many.
    """

    def __init__(self, *, allowed: float, needed: float, done: int, nodes: int, partial: int) -> None:
        self.allowed, self.needed, self.done, self.nodes, self.partial = allowed, needed, done, nodes, partial
        guess = "far more than any machine has" if needed > 1e5 else f"about {needed:,.0f} GB"  # noqa: PLR2004
        super().__init__(
            f"Too many divisions to count in {allowed:g} GB: after {done} of {nodes} nodes there are more than "
            f"{partial:,} partial divisions to keep apart, and the rest would take {guess} by a rough guess. "
            "Allow more memory, loosen or drop the bounds on population, or draw a sample by recombination instead."
        )
