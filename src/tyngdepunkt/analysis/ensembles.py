"""The same question of a study asked many times over: stability, sensitivity, and where a plan stands among all."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt.analysis.answers import Answers
from tyngdepunkt.analysis.resamples import memory_of
from tyngdepunkt.ensembles import (
    Crew,
    Place,
    Resampling,
    Sensitivity,
    Stability,
    Variation,
    measure_sensitivity,
    measure_stability,
    place_plan,
)
from tyngdepunkt.ensembles.standing import DRAWS
from tyngdepunkt.model import Partition, Plan, Progress, Question, silent
from tyngdepunkt.space import Method
from tyngdepunkt.space.memory import GIGABYTES
from tyngdepunkt.structure import SECONDS
from tyngdepunkt.study import Study

__all__ = ["place_among_all", "resample_commuting", "vary_settings"]


def resample_commuting(
    study: Study,
    plan: Plan,
    *,
    resamples: int,
    seed: int | None = None,
    method: Resampling = Resampling.POISSON,
    numbers: Sequence[int] = (),
    crew: Crew | None = None,
    seconds: float = SECONDS,
    answers: Answers | None = None,
    progress: Progress = silent,
) -> Stability:
    """
    Find how often each municipality keeps its block where the commuting table is drawn anew, and in other years.

    Parameters
    ----------
    study, plan
        The plan, proven best, and its study; the commuting tables of other years that the study has are answered too.
    resamples
        Tables to draw.
    seed
        Of the tables; the study's own by default. The same seed gives the same result, whoever does the work.
    method
        How tables are drawn.
    numbers
        Numbers of centres among which the best is sought in each resample besides.
    crew
        Who does the work; this process by default.
    seconds
        Wall time for each plan [s].
    answers
        Where the answers to tables are kept from run to run; None for nowhere.
    progress
        Told as resamples are done.

    Returns
    -------
    The stability; of the resamples done where interrupted.

    Raises
    ------
    QuestionError
        Where the plan is not proven best, or its objective reads no commuting table.
    """
    return measure_stability(
        study.territory,
        plan,
        resamples=resamples,
        seed=study.settings.seed if seed is None else seed,
        method=method,
        numbers=numbers,
        years=study.other_years,
        crew=crew,
        seconds=seconds,
        memory=memory_of(answers),
        progress=progress,
    )


def vary_settings(
    study: Study,
    plan: Plan,
    variations: Sequence[Variation],
    *,
    crew: Crew | None = None,
    seconds: float = SECONDS,
    answers: Answers | None = None,
    progress: Progress = silent,
) -> Sensitivity:
    """
    Find what becomes of a plan where one setting changes, variation by variation.

    Parameters
    ----------
    study, plan
        The plan and its study.
    variations
        What changes, as `tyngdepunkt.ensembles.read_variations` reads them.
    crew
        Who does the work; this process by default.
    seconds
        Wall time for each variation [s].
    answers
        Where the answers to variations are kept from run to run; None for nowhere.
    progress
        Told as variations are done.

    Returns
    -------
    The variations; those done where interrupted.

    Raises
    ------
    QuestionError
        Where a variation cannot be asked of this study.
    """
    return measure_sensitivity(
        study.territory,
        plan,
        variations,
        crew=crew,
        seconds=seconds,
        memory=memory_of(answers),
        progress=progress,
    )


def place_among_all(
    study: Study,
    plan: Plan | Partition,
    question: Question,
    *,
    name: str,
    draws: int = DRAWS,
    seed: int | None = None,
    method: Method | None = None,
    memory: float = GIGABYTES,
    crew: Crew | None = None,
    progress: Progress = silent,
) -> Place:
    """
    Find where a plan stands among all connected divisions of a study into as many blocks.

    Parameters
    ----------
    study, plan
        The plan and its study.
    question
        The yardstick; its objective, floor and links count.
    name
        What the plan is called.
    draws
        Divisions that are drawn.
    seed
        Of the draws; the study's own by default.
    method
        How they are drawn; from the exact count where it can be made, by default.
    memory
        Memory for counting [GB].
    crew
        Who runs chains; this machine by default.
    progress
        Told now and then.

    Returns
    -------
    Where it stands.

    Raises
    ------
    QuestionError
        Where the plan does not fit the study, or there is no division with the floor.
    """
    return place_plan(
        study.territory,
        plan,
        question,
        name=name,
        draws=draws,
        seed=study.settings.seed if seed is None else seed,
        method=method,
        memory=memory,
        crew=crew,
        progress=progress,
    )
