"""Questions answered side by side, those left out that were answered before: what a run cut short goes on from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from tyngdepunkt.ensembles.answering import Answer, AnswerTask, answer_task
from tyngdepunkt.ensembles.crew import Crew, run_all
from tyngdepunkt.model import Progress, Step, silent

__all__ = ["Memory", "answer_all"]


class Memory(Protocol):
    """Where answers to tasks are kept from run to run."""

    def recall(self, task: AnswerTask) -> Answer | None:
        """Return the answer kept of a task, or None."""

    def keep(self, task: AnswerTask, answer: Answer) -> None:
        """Keep the answer to a task."""


def answer_all(
    tasks: Sequence[AnswerTask],
    *,
    memory: Memory | None = None,
    crew: Crew | None = None,
    chunk: int | None = None,
    task: str = "ensemble",
    progress: Progress = silent,
) -> list[Answer | None]:
    """
    Answer questions, each that was answered before from memory.

    Parameters
    ----------
    tasks
        The questions.
    memory
        Where answers are kept as soon as they are there; None for nowhere.
    crew, chunk, task
        As for `tyngdepunkt.ensembles.run_all`.
    progress
        Told after each chunk; what was recalled counts as done.

    Returns
    -------
    The answers in the order of the tasks; None for those that an interrupt cut off.
    """
    answers = [None if memory is None else memory.recall(each) for each in tasks]
    asked = [place for place, answer in enumerate(answers) if answer is None]
    recalled = len(tasks) - len(asked)

    def keep(place: int, answer: Answer) -> None:
        answers[asked[place]] = answer
        if memory is not None:
            memory.keep(tasks[asked[place]], answer)

    def tell(step: Step) -> None:
        progress(replace(step, done=step.done + recalled, total=len(tasks)))

    run_all(
        answer_task,
        [tasks[place] for place in asked],
        crew=crew,
        chunk=chunk,
        task=task,
        progress=tell,
        finished=keep,
    )
    return answers
