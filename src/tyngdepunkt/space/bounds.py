"""How few and how many inhabitants a block may have."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tyngdepunkt.errors import QuestionError

__all__ = ["Bounds", "within"]


@dataclass(frozen=True)
class Bounds:
    """
    Least and most population of a block, both allowed.

    Parameters
    ----------
    least
        The floor [persons]; 0 for none.
    most
        The cap [persons]; None for none.
    """

    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        """Refuse bounds that mean nothing."""
        if self.least < 0:
            raise QuestionError(f"A floor of {self.least} persons means nothing: give 0 or more.")

    def hold(self, people: int) -> bool:
        """Return whether a block of so many inhabitants is allowed."""
        return self.least <= people and (self.most is None or people <= self.most)

    def allow(self, blocks: int, total: int) -> bool:
        """Return whether so many blocks can share all inhabitants, as far as arithmetic says."""
        return blocks * self.least <= total and (self.most is None or total <= blocks * self.most)


def within(deviation: float | str | Fraction, *, blocks: int, total: int) -> Bounds:
    """
    Return bounds around the mean population of a block.

    A block of p inhabitants is allowed where |p − m| ≤ x m, m being ``total / blocks``; both ends are allowed, m is
    not rounded, and x is taken as it is written in decimals, so that 0.01 is one hundredth exactly.

    Parameters
    ----------
    deviation
        x, as a share of the mean: 0.01 for one per cent; 0 or more.
    blocks
        Number of blocks.
    total
        All inhabitants [persons].

    Returns
    -------
    The least and the most whole number of persons. Where no whole number lies between, least is above most, and
    nothing is allowed.

    Raises
    ------
    QuestionError
        Where the deviation is negative or no number.
    """
    try:
        share = Fraction(str(deviation))
    except ValueError as error:
        raise QuestionError(f"A deviation of {deviation} is no share: give one such as 0.01.") from error
    if share < 0:
        raise QuestionError(f"A deviation of {deviation} is negative: give a share such as 0.01.")
    mean = Fraction(total, blocks)
    low, high = (1 - share) * mean, (1 + share) * mean
    return Bounds(max(0, -(-low.numerator // low.denominator)), high.numerator // high.denominator)
