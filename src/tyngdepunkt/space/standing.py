"""Where a plan stands among all plans, or among a sample of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.space.diagnostics import effective_size

__all__ = ["Standing", "stand"]


@dataclass(frozen=True)
class Standing:
    """
    How many plans score lower than one, as high, and higher.

    Parameters
    ----------
    below, equal, above
        Shares of the plans; they sum to 1.
    percentile
        ``below`` plus half of ``equal``, times 100 [per cent].
    error
        Standard error of the percentile from having a sample only [percentage points]; 0 where all plans were looked
        at.
    effective
        Independent plans that the sample is worth.
    """

    below: float
    equal: float
    above: float
    percentile: float
    error: float
    effective: float


def stand(plan_score: float, scores: ArrayLike, *, independent: bool = False, exhaustive: bool = False) -> Standing:
    """
    Find where a plan stands.

    Each draw counts 1 where it scores lower than the plan, ½ where it scores the same and 0 where it scores higher.
    The percentile is the mean of that, and its error that of a mean over draws that resemble one another. Where no
    draw or every draw is lower, the error is instead what one draw more could change, so that it is never 0.

    Parameters
    ----------
    plan_score
        Score of the plan.
    scores
        Scores of the sample in the same unit, shape (n_draws,) or (n_chains, n_draws).
    independent
        Whether the draws are independent, as those from an exact count are.
    exhaustive
        Whether the scores are those of all plans there are.

    Returns
    -------
    The standing.

    Raises
    ------
    QuestionError
        Where there are no scores to compare with.

    Examples
    --------
    >>> stand(3, [1, 2, 3, 4], exhaustive=True).percentile
    62.5
    """
    values = np.atleast_2d(np.asarray(scores, dtype=np.float64))
    if not values.size:
        raise QuestionError("There is no plan to compare with: the sample is empty.")
    below, equal = float((values < plan_score).mean()), float((values == plan_score).mean())
    marks = (values < plan_score) + 0.5 * (values == plan_score)
    alike = bool(marks.std() == 0)
    effective = float(values.size)
    if not (independent or exhaustive):
        # Marks that never change say nothing of how alike the draws are; their scores do.
        effective = effective_size(values if alike else marks)
    if exhaustive:
        error = 0.0
    elif alike:
        error = 1 / (effective + 1)
    else:
        error = float(marks.std()) / np.sqrt(effective)
    return Standing(below, equal, max(0.0, 1 - below - equal), 100 * float(marks.mean()), 100 * float(error), effective)
