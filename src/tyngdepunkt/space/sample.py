"""
Samples of divisions: independent draws from the exact count, or chains of recombinations where there are too many.

Four methods. ``exact`` draws each division with the same chance, independently. ``recom`` is plain recombination
(DeFord, Duchin and Solomon 2021): quick, and with no distribution that anybody can name. ``reversible`` (Cannon et
al. 2022) tends to the distribution in which a division is as likely as the product of its blocks' numbers of spanning
trees, so that compact blocks are favoured. ``uniform`` is the same chain, accepting so that all divisions are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Progress, silent
from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.chains import ChainRun, ChainTask, check_chain, run_chains
from tyngdepunkt.space.diagnostics import Diagnosis, diagnose
from tyngdepunkt.space.diagram import build_space
from tyngdepunkt.space.graphs import Graph
from tyngdepunkt.space.memory import GIGABYTES
from tyngdepunkt.space.scores import SCORES, score_divisions

__all__ = ["WARMUP", "Method", "Sample", "sample_divisions"]

Ints = NDArray[np.int64]
Labels = NDArray[np.int32]

WARMUP = 1_000
"""Steps that a chain takes before the first that counts."""


class Method(StrEnum):
    """How divisions are drawn."""

    EXACT = "exact"
    RECOM = "recom"
    REVERSIBLE = "reversible"
    UNIFORM = "uniform"


@dataclass(frozen=True, eq=False)
class Sample:
    """
    Divisions drawn, their scores, and how far to trust them.

    Parameters
    ----------
    graph, blocks, bounds
        What was drawn from.
    method, seed
        How.
    count
        How many divisions there are in all; None where that is not known.
    every
        Steps from one division kept to the next.
    plans
        Block of each node, shape (n_chains, n_kept, n_nodes), blocks numbered as the nodes meet them.
    scores
        Name, as in `SCORES`, to the values after each step, shape (n_chains, n_steps); ``inside`` only where flows
        were given.
    moved
        Share of the steps that took a new division; 1 for exact draws.
    trees
        Spanning trees drawn for each step; 0 for exact draws.
    complete
        False where it was interrupted, and holds what was done by then.
    """

    graph: Graph
    blocks: int
    bounds: Bounds
    method: Method
    seed: int
    count: int | None
    every: int
    plans: Labels
    scores: Mapping[str, Ints]
    moved: float
    trees: float
    complete: bool

    @property
    def steps(self) -> int:
        """Steps of each chain."""
        return int(next(iter(self.scores.values())).shape[1])

    @cached_property
    def diagnoses(self) -> dict[str, Diagnosis]:
        """Name of each score to what the draws say of it, and how well."""
        return {name: diagnose(each, independent=self.method is Method.EXACT) for name, each in self.scores.items()}


def sample_divisions(
    graph: Graph,
    blocks: int,
    *,
    steps: int,
    seed: int,
    bounds: Bounds | None = None,
    method: Method = Method.EXACT,
    chains: int = 1,
    every: int = 1,
    warmup: int = WARMUP,
    flows: Ints | None = None,
    start: Labels | None = None,
    memory: float = GIGABYTES,
    progress: Progress = silent,
    run: Callable[[Sequence[ChainTask], Progress], list[ChainRun]] = run_chains,
) -> Sample:
    """
    Draw divisions of a graph into connected blocks.

    Parameters
    ----------
    graph
        The graph; for chains it must hang together.
    blocks
        Number of blocks.
    steps
        Draws, or steps of each chain after its warm-up.
    seed
        The same seed gives the same sample, however many processors there are.
    bounds
        Population of a block; none where not given.
    method
        How.
    chains
        Chains that are run side by side, each from a start of its own; for exact draws, so many times as many draws.
    every
        Keep each so many-th division; scores are kept for all.
    warmup
        Steps that each chain takes first; none for exact draws.
    flows
        Commuters by home and work, shape (n, n), for the score ``inside``.
    start
        Division that chains start from, block of each node; searched for where not given.
    memory
        Memory that exact counting may use [GB].
    progress
        Told now and then.
    run
        What runs the chains; threads of this process where not given. What it gives may be fewer chains than asked for,
        or shorter ones, where it was interrupted.

    Returns
    -------
    The sample. An interrupt (`KeyboardInterrupt`) ends chains early with what is done, marked as not complete.

    Raises
    ------
    QuestionError
        Where there is no such division, a chain cannot move or finds no start, or a number is out of range.
    SpaceTooLargeError
        Where the memory is not enough for exact draws.
    """
    graph.check_blocks(blocks)
    bounds = bounds or Bounds()
    for name, value, least in (("steps", steps, 1), ("chains", chains, 1), ("every", every, 1), ("warmup", warmup, 0)):
        if value < least:
            raise QuestionError(f"{value} {name} is too few: give {least} or more.")
    if method is Method.EXACT:
        space = build_space(graph, blocks, bounds=bounds, memory=memory, progress=progress)
        plans = space.draw(steps * chains, seed=seed, progress=progress)
        scores = {
            name: each.reshape(chains, steps) for name, each in score_divisions(graph, plans, flows=flows).items()
        }
        kept = plans.reshape(chains, steps, len(graph))[:, every - 1 :: every]
        return Sample(graph, blocks, bounds, method, seed, space.count, every, kept, scores, 1.0, 0.0, complete=True)
    check_chain(graph, blocks, bounds, start)
    reversible, uniform = method is not Method.RECOM, method is Method.UNIFORM
    tasks = [
        ChainTask(graph, blocks, bounds, reversible, uniform, seed, number, steps, every, warmup, flows, start)
        for number in range(chains)
    ]
    runs = run(tasks, progress)
    done = min((each.scores.shape[0] for each in runs), default=0)
    if not done:
        raise KeyboardInterrupt
    taken = sum(each.scores.shape[0] for each in runs)
    names = SCORES if flows is not None else SCORES[:-1]
    return Sample(
        graph,
        blocks,
        bounds,
        method,
        seed,
        None,
        every,
        np.stack([each.plans[: done // every] for each in runs]),
        {name: np.stack([each.scores[:done, place] for each in runs]) for place, name in enumerate(names)},
        sum(each.moved for each in runs) / taken,
        sum(each.trees for each in runs) / taken,
        complete=done == steps and len(runs) == chains,
    )
