"""Chains of recombinations on a crew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from tyngdepunkt.ensembles.crew import Crew, run_all
from tyngdepunkt.model import Progress, silent
from tyngdepunkt.space import ChainRun, ChainTask, run_chain, run_chains

__all__ = ["chain_runner"]


def chain_runner(crew: Crew | None = None) -> Callable[[Sequence[ChainTask], Progress], list[ChainRun]]:
    """
    Return what runs chains for `tyngdepunkt.space.sample_divisions`.

    Parameters
    ----------
    crew
        Who runs them. On this machine chains run in threads of this process, for they are compiled and do not stand
        in one another's way, and an interrupt keeps the steps done; on a cluster each chain is one piece of work.

    Returns
    -------
    A function from tasks and progress to what each chain did, in order; chains that an interrupt cut off are missing.
    """
    crew = crew or Crew(None)
    if not crew.cluster:
        return partial(run_chains, threads=crew.size)

    def run(tasks: Sequence[ChainTask], progress: Progress = silent) -> list[ChainRun]:
        found = run_all(run_chain, tasks, crew=crew, chunk=1, task="sample", progress=progress)
        return [each for each in found if each is not None]

    return run
