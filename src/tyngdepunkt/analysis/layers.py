"""Both layers of a study, side by side: blocks for services, centres of gravity for regional policy."""

from __future__ import annotations

from dataclasses import dataclass

from tyngdepunkt.analysis.whole import Layer, find_blocks, find_gravity, hold_layers
from tyngdepunkt.model import Progress, Question, Step, silent
from tyngdepunkt.structure import Frontier, Nesting, sweep
from tyngdepunkt.study import Study

__all__ = ["Layers", "find_layers"]


@dataclass(frozen=True, eq=False)
class Layers:
    """
    The two layers.

    Parameters
    ----------
    study
        Of which.
    blocks
        The layer for services.
    gravity
        The layer for regional policy.
    nesting
        What nests and what does not; None where either layer has no plan.
    """

    study: Study
    blocks: Layer
    gravity: Layer
    nesting: Nesting | None


def find_layers(study: Study, question: Question, *, progress: Progress = silent) -> Layers:
    """
    Find both layers of a study and hold them against one another.

    Parameters
    ----------
    study
        The study; what its centres of gravity are to have is in its settings.
    question
        What the blocks are to be; with 0 centres their number is the best of all.
    progress
        Told of each step.

    Returns
    -------
    The layers.

    Raises
    ------
    QuestionError
        Where the question or the settings cannot be asked of this study.
    KeyboardInterrupt
        Where interrupted: half a comparison is none.
    """
    frontier = Frontier((), complete=True)
    if not question.centres:
        frontier = sweep(study.territory, question.with_centres(1), seed=study.settings.seed, progress=progress)
        if not frontier.complete:
            raise KeyboardInterrupt
    blocks, _ = find_blocks(study, question, frontier)
    progress(Step("gravity", 0, 1))
    gravity = find_gravity(study, question)
    progress(Step("gravity", 1, 1))
    return Layers(study, blocks, gravity, hold_layers(study, blocks.plan, gravity.plan))
