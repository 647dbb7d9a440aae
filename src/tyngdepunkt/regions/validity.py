"""When an area is a labour market area."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tyngdepunkt.errors import QuestionError

__all__ = ["LmaRule"]


@dataclass(frozen=True)
class LmaRule:
    """
    What a labour market area has at least; a large one may be less self-contained than a small one.

    Self-containment SC is the smaller of two shares: of the employed who live in the area, those who also work
    in it; and of those who work in it, those who also live there.

    Parameters
    ----------
    min_size
        Employed residents of the smallest area [persons]; above 0. Such an area needs the target self-containment.
    min_self_containment
        SC that an area of the target size and more needs; above 0, at most `target_self_containment`.
    target_size
        Employed residents from which on the lower self-containment is enough [persons]; above `min_size`.
    target_self_containment
        SC that is as good as any higher one; at most 1.

    Raises
    ------
    QuestionError
        Where the four do not fit together.

    Notes
    -----
    The defaults are those with which the package `LabourMarketAreas` 3.4 documents itself.
    """

    min_size: float = 1000.0
    min_self_containment: float = 0.6667
    target_size: float = 10000.0
    target_self_containment: float = 0.75

    def __post_init__(self) -> None:
        """Refuse sizes and shares that do not fit together."""
        problems = []
        if not 0 < self.min_size < self.target_size < math.inf:
            sizes = f"they are {self.min_size:g} and {self.target_size:g}"
            problems.append(f"the least size must be above 0 and below the target size; {sizes}")
        if not 0 < self.min_self_containment <= self.target_self_containment <= 1:
            shares = f"they are {self.min_self_containment:g} and {self.target_self_containment:g}"
            problems.append(f"the least self-containment must be above 0, and at most the target, at most 1; {shares}")
        if problems:
            raise QuestionError(f"No area can be judged by that rule: {', and '.join(problems)}.")

    def validity(self, inside: float, residents: float, jobs: float) -> float:
        """
        Judge an area: 1 and more is a labour market area, and below 1 the less the worse.

        With SZ the employed residents and SC the self-containment, in the order in which the package computes it, so
        that ties fall alike::

            min(SC / tarSC, 1) · [1 − (1 − minSC / tarSC) · max((tarSZ − SZ) / (tarSZ − minSZ), 0)] · tarSC / minSC

        An area with SC = 1 is valid whatever its size, and its validity is 1.

        Parameters
        ----------
        inside
            Employed who live and work in it [persons].
        residents, jobs
            Employed who live in it, and who work in it; above 0 [persons].

        Returns
        -------
        The validity.
        """
        containment = min(inside / residents, inside / jobs)
        if containment == 1:
            return 1.0
        reached = min(containment / self.target_self_containment, 1.0)
        small = max((self.target_size - residents) / (self.target_size - self.min_size), 0.0)
        eased = 1 - (1 - self.min_self_containment / self.target_self_containment) * small
        return reached * eased * (self.target_self_containment / self.min_self_containment)
