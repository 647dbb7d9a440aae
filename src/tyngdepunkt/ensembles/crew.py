"""
Who does many like pieces of work: this process, several on this machine, or a Dask cluster.

A piece of work is a function that can be imported and one argument that can be pickled, and its result depends on
nothing else. So it does not matter who does it, in which order, or how often: the results are the same, bit for bit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TypeVar

from tyngdepunkt.ensembles.chunks import run_chunk
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Progress, Step, silent

__all__ = ["Crew", "run_all"]

T = TypeVar("T")
R = TypeVar("R")

_CHUNKS = 8
"""Chunks for each worker, more or less: few enough to cost little, many enough to end together and show progress."""
_LARGEST = 5
"""Pieces in a chunk at most: what is lost where a worker dies or the work is interrupted."""


@dataclass(frozen=True)
class Crew:
    """
    Who does the work.

    Parameters
    ----------
    workers
        Processes on this machine; 1 for this one alone, None for as many as there are processors.
    cluster
        Address of the scheduler of a Dask cluster (``"tcp://10.0.0.5:8786"``); empty for this machine.

    Raises
    ------
    QuestionError
        Where there are no workers.
    """

    workers: int | None = 1
    cluster: str = ""

    def __post_init__(self) -> None:
        """Refuse a crew of nobody."""
        if self.workers is not None and self.workers < 1:
            raise QuestionError(f"{self.workers} workers do nothing: give 1 or more.")

    @property
    def size(self) -> int:
        """Processes on this machine."""
        return self.workers or os.cpu_count() or 1


def run_all(
    work: Callable[[T], R],
    tasks: Sequence[T],
    *,
    crew: Crew | None = None,
    chunk: int | None = None,
    task: str = "ensemble",
    progress: Progress = silent,
    finished: Callable[[int, R], None] | None = None,
) -> list[R | None]:
    """
    Do pieces of work side by side.

    Parameters
    ----------
    work
        A function at the top of a module; it must be there on the machines of a cluster too.
    tasks
        Its argument for each piece. What several hold in common is sent once for each chunk.
    crew
        Who does it; this process where not given.
    chunk
        Pieces that are sent at a time; by default so many that each worker gets several chunks.
    task
        What is being done, as a key of `texts`.
    progress
        Told after each chunk.
    finished
        Told number and result of each piece of work as its chunk is done, here and before `progress`.

    Returns
    -------
    The results in the order of the tasks. An interrupt (`KeyboardInterrupt`) ends the work with what is done; the
    rest is None. However it ends, no process is left behind.

    Raises
    ------
    SourceError
        Where no cluster answers, its workers have other versions, or workers die again and again.
    QuestionError
        Where a cluster is named and the package for it is not installed.
    """
    crew = crew or Crew()
    results: list[R | None] = [None] * len(tasks)
    done = 0
    with ExitStack() as open_things:
        try:
            hands = crew.size
            client = None
            if crew.cluster:
                from tyngdepunkt.ensembles.cluster import by_cluster, connect, count_hands

                client = open_things.enter_context(connect(crew.cluster))
                hands = count_hands(client, crew.cluster)
            size = chunk or max(1, min(_LARGEST, len(tasks) // (_CHUNKS * hands)))
            chunks = [tuple(tasks[start : start + size]) for start in range(0, len(tasks), size)]
            arriving: Generator[tuple[int, list[R]], None, None]
            if client is not None:
                arriving = by_cluster(work, chunks, client, crew.cluster)
            elif min(hands, len(chunks)) > 1:
                from tyngdepunkt.ensembles.processes import by_processes

                arriving = by_processes(work, chunks, min(hands, len(chunks)))
            else:
                arriving = _one_by_one(work, chunks)
            progress(Step(task, 0, len(tasks)))
            for number, found in open_things.enter_context(closing(arriving)):
                results[number * size : number * size + len(found)] = found
                done += len(found)
                if finished is not None:
                    for place, each in enumerate(found, start=number * size):
                        finished(place, each)
                progress(Step(task, done, len(tasks)))
        except KeyboardInterrupt:
            return results
    return results


def _one_by_one(work: Callable[[T], R], chunks: Sequence[Sequence[T]]) -> Generator[tuple[int, list[R]], None, None]:
    """Give each chunk's number and results, done in this process."""
    for number, tasks in enumerate(chunks):
        yield number, run_chunk(work, tasks)
