"""Hosting: who could host what in a block, by the staff that its members have today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tyngdepunkt.analysis.services.staff import latest_rows
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Progress, silent
from tyngdepunkt.services import (
    HOST_SECONDS,
    HostingPlan,
    HostingProblem,
    HostModel,
    Task,
    allocate_hosts,
)
from tyngdepunkt.study import Study

__all__ = ["find_hosts", "hosting_of_block", "pooled_tasks"]


def find_hosts(
    problem: HostingProblem,
    *,
    models: Sequence[HostModel] = (),
    seconds: float = HOST_SECONDS,
    seed: int = 1,
    progress: Progress = silent,
) -> dict[HostModel, HostingPlan]:
    """
    Find a host for each task.

    Parameters
    ----------
    problem
        What is asked.
    models
        By which models, each on its own; the problem's own by default.
    seconds
        Wall time for each, after which to answer with a gap [s].
    seed
        Of the independent search.
    progress
        Told after each stage.

    Returns
    -------
    Model to a verified plan with its certificate, or to the least that would have to give way; models up to the one
    at which the reader interrupted the work (`KeyboardInterrupt`).
    """
    plans = {}
    for model in models or (problem.model,):
        plans[model] = allocate_hosts(replace(problem, model=model), seconds=seconds, seed=seed, progress=progress)
        if not plans[model].is_complete:
            break
    return plans


def hosting_of_block(
    study: Study,
    members: Sequence[str],
    *,
    max_minutes: Mapping[str, float | None] | None = None,
    kept_share: float = 1.0,
    job_tolerance: float = 0.0,
    measure: str = "full_time_equivalents",
    model: HostModel = HostModel.BALANCED,
) -> HostingProblem:
    """
    Make a hosting problem of a block: the services for which each of two members or more has staff of its own.

    Parameters
    ----------
    study
        Whose staffing and travel times.
    members
        Ids of the block.
    max_minutes
        Service to the longest time to its host; a service that is not there is bound to no place [min].
    kept_share
        Share of the staff of today that a joint service keeps, 0 to 1; the reader's own.
    job_tolerance
        What a municipality may lose in net over all tasks [full-time equivalents]; the reader's own.
    measure
        What is counted, as in the table staffing; unlike measures are never added up.
    model
        Whether to spread host roles or to gather them.

    Returns
    -------
    The problem, with the latest figures of each service, in the ids of the study.

    Raises
    ------
    QuestionError
        Where the study has no staffing or no travel times, or nothing to pool.
    """
    territory = study.territory
    if territory.minutes is None:
        raise QuestionError(f"Hosting needs the table travel_times, which the study {study.name} does not have.")
    if not 0 <= kept_share <= 1:
        raise QuestionError(f"The share of the staff that is kept is {kept_share:g}: give 0 to 1.")
    tasks = pooled_tasks(study, members, max_minutes=max_minutes, kept_share=kept_share, measure=measure)
    if not tasks:
        names = ", ".join(territory.names[i] for i in members)
        raise QuestionError(f"No service with figures of the measure {measure} is there for two or more of {names}.")
    minutes = {
        a: {
            b: float(territory.minutes[territory.position[a], territory.position[b]])
            for b in members
            if a != b and np.isfinite(territory.minutes[territory.position[a], territory.position[b]])
        }
        for a in members
    }
    return HostingProblem(tuple(sorted(members)), tasks, minutes, job_tolerance, model)


def pooled_tasks(
    study: Study,
    members: Sequence[str],
    *,
    measure: str,
    max_minutes: Mapping[str, float | None] | None = None,
    kept_share: float = 1.0,
) -> tuple[Task, ...]:
    """
    Return the services for which each of two members of a block or more has staff of its own.

    Parameters
    ----------
    study
        Whose staffing.
    members
        Ids of the block.
    measure, max_minutes, kept_share
        As in `hosting_of_block`.

    Returns
    -------
    A task for each, by the latest figures; none where no service has figures for two.

    Raises
    ------
    QuestionError
        Where the study has no staffing.
    """
    tasks = []
    latest = latest_rows(study.table("staffing"))
    for service, rows in latest[latest["measure"] == measure].groupby("service"):
        own = rows[
            rows["municipality_id"].isin(list(members))
            & (rows["arrangement_id"] == "")
            & ~rows["note"].str.startswith("state posts")  # which no municipality can move
        ]
        before = {str(i): float(fte) for i, fte in zip(own["municipality_id"], own["fte"], strict=True)}
        if len(before) > 1:
            kept = round(sum(before.values()) * kept_share, 6)
            tasks.append(Task(str(service), before, kept, (max_minutes or {}).get(str(service))))
    return tuple(tasks)
