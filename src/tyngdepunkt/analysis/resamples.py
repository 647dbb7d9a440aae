"""Answers to drawn tables and to variations, kept from run to run so that work cut short goes on where it was."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tyngdepunkt.analysis.answers import Answers, engine_version
from tyngdepunkt.ensembles.answering import Answer, AnswerTask
from tyngdepunkt.ensembles.recalling import Memory
from tyngdepunkt.ensembles.resampling import redraw
from tyngdepunkt.errors import PlanError
from tyngdepunkt.model import Certificate, Plan, Status, Territory, content_key
from tyngdepunkt.sources_key import sources_key
from tyngdepunkt.structure import verify

__all__ = ["KeptResample", "memory_of"]


@dataclass(frozen=True)
class KeptResample:
    """
    The answer to one task, and how hard it was looked for.

    Parameters
    ----------
    answer
        The answer.
    seconds
        Time limit under which it was found [s].
    """

    answer: Answer
    seconds: float


def memory_of(answers: Answers | None) -> Memory | None:
    """
    Return where answers to tasks are kept.

    Parameters
    ----------
    answers
        Where all answers are kept; None for nowhere.

    Returns
    -------
    The memory; None for none.
    """
    return None if answers is None else _KeptAnswers(answers)


class _KeptAnswers:
    """
    Answers to tasks, each under the content of all that decides it but the time limit.

    Parameters
    ----------
    answers
        Where they are kept.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._territory: tuple[Territory, str] | None = None

    def recall(self, task: AnswerTask) -> Answer | None:
        """Return the answer kept of a task: proven, or looked for as long, and verified anew; else None."""
        key = self._key(task)
        kept = self._answers.recall(key, KeptResample)
        if kept is None:
            return None
        if not _keeps_its_word(task, kept.answer):
            self._answers.forget(key)
            return None
        numbered = not task.numbers or kept.answer.best_number is not None
        return kept.answer if (kept.answer.settled and numbered) or kept.seconds >= task.seconds else None

    def keep(self, task: AnswerTask, answer: Answer) -> None:
        """Keep the answer to a task."""
        self._answers.keep(self._key(task), KeptResample(answer, task.seconds))

    def _key(self, task: AnswerTask) -> str:
        """Return the key of a task; that of its territory is worked out once where several have it in common."""
        if self._territory is None or self._territory[0] is not task.territory:
            self._territory = (task.territory, content_key(task.territory))
        return content_key(
            "resample",
            engine_version(),
            sources_key("ensembles/answering", "ensembles/resampling"),
            np.__version__,
            self._territory[1],
            task.question,
            task.seed,
            task.numbers,
            task.method,
            task.ensemble_seed,
            task.number,
            task.favoured,
        )


def _keeps_its_word(task: AnswerTask, answer: Answer) -> bool:
    """Return whether a kept plan is one for its task, by the table that it was found for, without the solver."""
    if answer.centre_of is None:
        return answer.objective is None
    territory = task.territory
    if task.method is not None:
        drawn = redraw(territory.commuters, task.method, seed=task.ensemble_seed, number=task.number)
        territory = replace(territory, commuters=drawn)
    if len(answer.centre_of) != len(territory) or answer.objective is None:
        return False
    try:
        assignment = {i: territory.ids[c] for i, c in zip(territory.ids, answer.centre_of, strict=True)}
        witness = Certificate(Status.HEURISTIC, None, "", 0.0, task.seed)
        return bool(verify(territory, Plan(task.question, assignment, answer.objective, witness)))
    except (IndexError, PlanError):
        return False
