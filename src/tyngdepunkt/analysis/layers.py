"""Both layers of a study, side by side: blocks for services, centres of gravity for regional policy."""

from __future__ import annotations

from dataclasses import dataclass

from tyngdepunkt.analysis.answers import Answers
from tyngdepunkt.analysis.numbers import numbers_around
from tyngdepunkt.analysis.questions import sweep_centres
from tyngdepunkt.analysis.whole import Layer, find_blocks, find_gravity, hold_layers, seconds_each
from tyngdepunkt.model import Progress, Question, Step, silent
from tyngdepunkt.structure import Frontier, Nesting
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


def find_layers(
    study: Study, question: Question, *, progress: Progress = silent, answers: Answers | None = None
) -> Layers:
    """
    Find both layers of a study and hold them against one another.

    Parameters
    ----------
    study
        The study; what its centres of gravity are to have is in its settings.
    question
        What the blocks are to be; with 0 centres their number is the best of all, in a country of a ladder of them.
    progress
        Told of each step.
    answers
        Where answers are kept from run to run, so that work cut short goes on where it was; None for nowhere.

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
        numbers = numbers_around(study, 0)
        frontier = sweep_centres(
            study,
            question.with_centres(1),
            centres=numbers,
            seconds=seconds_each(study, len(numbers)),
            progress=progress,
            answers=answers,
        )
        if not frontier.complete:
            raise KeyboardInterrupt
    blocks, _ = find_blocks(study, question, frontier, answers=answers)
    progress(Step("gravity", 0, 1))
    gravity = find_gravity(study, question, answers=answers)
    progress(Step("gravity", 1, 1))
    return Layers(study, blocks, gravity, hold_layers(study, blocks.plan, gravity.plan))
