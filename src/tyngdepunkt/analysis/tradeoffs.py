"""What a study gives between two objectives, as the command line and the workbench ask for it."""

from __future__ import annotations

from tyngdepunkt.model import Objective, Partition, Plan, Progress, Question, silent
from tyngdepunkt.structure import SECONDS, Nearest, Pareto, find_pareto, nearest_point
from tyngdepunkt.study import Study

__all__ = ["find_front", "find_nearest"]


def find_front(
    study: Study,
    question: Question,
    objectives: tuple[Objective, Objective],
    *,
    centres: tuple[int, int] | None = None,
    points: int | None = None,
    step: float = 1.0,
    seed: int | None = None,
    seconds: float = SECONDS,
    progress: Progress = silent,
) -> Pareto:
    """
    Find the plans that no plan beats in both of two objectives.

    Parameters
    ----------
    study, question
        What is asked of what; the question's own objective counts for nothing.
    objectives
        The two.
    centres
        Least and most centres, where any number will do; the question's own alone by default.
    points
        So many evenly spaced points alone; all by default.
    step
        Amounts that differ by less than half of this are taken as alike, in the unit of each objective.
    seed
        Of the independent heuristic; the study's own by default.
    seconds
        Wall time for each search [s].
    progress
        Told how much of the second objective's range is done, in per cent.

    Returns
    -------
    The front; ended early, and marked so, where interrupted.

    Raises
    ------
    QuestionError
        Where an objective cannot be asked of this study, or the two are the same.
    """
    return find_pareto(
        study.territory,
        question,
        objectives,
        seed=study.settings.seed if seed is None else seed,
        centres=centres,
        points=points,
        step=step,
        seconds=seconds,
        progress=progress,
    )


def find_nearest(
    study: Study, front: Pareto, plan: Plan | Partition, question: Question, *, name: str
) -> Nearest | None:
    """
    Find which points of a front a plan lies nearest to.

    Parameters
    ----------
    study, front, plan
        The plan, the front and their study.
    question
        For its links and floor.
    name
        What the plan is called.

    Returns
    -------
    The nearest by the objectives and by municipalities placed differently; None where the front has no point.

    Raises
    ------
    QuestionError
        Where the plan does not place each municipality of the study once.
    """
    return nearest_point(study.territory, front, plan, question, name=name)
