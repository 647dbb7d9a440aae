"""Chains of recombinations: their start, their steps, and many of them side by side."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.lists import join_lists
from tyngdepunkt.model import Progress, Step, silent
from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.diagram import in_order
from tyngdepunkt.space.graphs import Graph
from tyngdepunkt.space.scores import SCORES, both_ways

if TYPE_CHECKING:
    from tyngdepunkt.space.recombination import Chain, Land, Rules

__all__ = ["ChainRun", "ChainTask", "check_chain", "make_land", "run_chain", "run_chains"]

Ints = NDArray[np.int64]
Labels = NDArray[np.int32]

_NO_CAP = 1 << 60
_LOOK = 0.2
"""Seconds between two looks at whether to go on."""
_ATTEMPTS = 20
"""Attempts at a start before giving up."""
_SEARCH = 2_000
"""Steps of one attempt, for each block."""
_COOLING = 20
"""Parts of an attempt, each less ready than the one before to make things worse."""
_HEAT = 0.1
"""How much worse a step of the first part may make things, more or less [share of the mean population of a block]."""
_FLIPS = 10
"""Single nodes offered to a neighbouring block between two recombinations, where all divisions shall be alike."""


@dataclass(frozen=True, eq=False)
class ChainTask:
    """
    What one chain shall do; it can be sent to another machine.

    Parameters
    ----------
    graph, blocks, bounds
        What is divided.
    reversible
        Whether the chain shall tend to a known distribution.
    uniform
        Whether in that distribution all divisions are alike, and not as likely as they have spanning trees.
    seed, number
        Seed of the sample, and which of its chains this is.
    steps, every, warmup
        Steps that count; keep each so many-th; steps before.
    flows
        Commuters by home and work, shape (n, n); None for none.
    start
        Block of each node; None where a start is to be found.
    """

    graph: Graph
    blocks: int
    bounds: Bounds
    reversible: bool
    uniform: bool
    seed: int
    number: int
    steps: int
    every: int
    warmup: int
    flows: Ints | None = None
    start: Labels | None = None


@dataclass(frozen=True, eq=False)
class ChainRun:
    """
    What one chain did.

    Parameters
    ----------
    plans
        Block of each node, shape (n_kept, n_nodes), blocks numbered as the nodes meet them.
    scores
        After each step done, as in `SCORES`, shape (n_steps, 4).
    moved, trees
        Steps that took a new division, and trees drawn.
    """

    plans: Labels
    scores: Ints
    moved: int
    trees: int


def run_chains(
    tasks: Sequence[ChainTask], progress: Progress = silent, *, threads: int | None = None
) -> list[ChainRun]:
    """
    Run chains side by side on this machine.

    Parameters
    ----------
    tasks
        What each shall do; at least one, all with as many steps.
    progress
        Told now and then.
    threads
        Chains at a time; as many as there are processors where not given.

    Returns
    -------
    What each did, in order. An interrupt (`KeyboardInterrupt`) ends them all where they are.
    """
    stop, done = threading.Event(), np.zeros(len(tasks), dtype=np.int64)
    steps = sum(task.steps for task in tasks)
    with ThreadPoolExecutor(min(len(tasks), threads or os.cpu_count() or 1)) as pool:
        futures = [pool.submit(run_chain, task, stop=stop, done=done[i : i + 1]) for i, task in enumerate(tasks)]
        try:
            while wait(futures, timeout=_LOOK).not_done:
                progress(Step("sample", int(done.sum()), steps))
        except KeyboardInterrupt:
            stop.set()
        except BaseException:
            stop.set()
            raise
    return [each.result() for each in futures]


def run_chain(task: ChainTask, *, stop: threading.Event | None = None, done: Ints | None = None) -> ChainRun:
    """
    Run one chain; what it gives depends on nothing but its task.

    Parameters
    ----------
    task
        What to do.
    stop
        Ends the chain early where set.
    done
        Steps done, one number, kept up to date.

    Returns
    -------
    What it did.

    Raises
    ------
    QuestionError
        Where no start is found.
    """
    from tyngdepunkt.space import recombination

    land = make_land(task.graph, task.flows)
    rules = recombination.Rules(
        least=task.bounds.least,
        most=_NO_CAP if task.bounds.most is None else task.bounds.most,
        reversible=int(task.reversible),
        power=0.0 if task.uniform else 1.0,
        flips=_FLIPS if task.uniform else 0,
    )
    stop = stop or threading.Event()
    chain = _start(task, land, rules, stop)
    work = recombination.make_work(len(task.graph), trees=task.uniform)
    scores = np.zeros((task.steps, len(SCORES)), dtype=np.int64)
    plans = np.zeros((task.steps // task.every, len(task.graph)), dtype=np.int32)
    tally = np.zeros(2, dtype=np.int64)
    at, chunk = -task.warmup, 100
    while at < task.steps and not stop.is_set():
        began = time.perf_counter()
        end = min(at + chunk, task.steps)
        recombination.run(land, rules, chain, work, at, end, task.every, plans, scores, tally)
        at = end
        if done is not None:
            done[0] = max(0, at)
        spent = max(time.perf_counter() - began, 1e-6)
        chunk = int(min(max(chunk * _LOOK / spent, 1), 4 * chunk))
    at = max(0, at)
    return ChainRun(plans[: at // task.every], scores[:at], int(tally[0]), int(tally[1]))


def check_chain(graph: Graph, blocks: int, bounds: Bounds, start: Labels | None) -> None:
    """
    Refuse what a chain cannot do.

    Parameters
    ----------
    graph, blocks, bounds
        What is divided.
    start
        Block of each node; None where a start is to be found.

    Raises
    ------
    QuestionError
        Where a chain would have nowhere to go, or the start is no division within the bounds.
    """
    if blocks == 1:
        raise QuestionError("One block can be made in one way only, so a chain has nowhere to go: give 2 or more.")
    if len(graph.parts) > 1:
        raise QuestionError(
            f"The graph is in {len(graph.parts)} parts that no edge joins, and recombination cannot move a block from "
            "one part to another: use the method exact, or join the parts."
        )
    if not bounds.allow(blocks, graph.total):
        raise QuestionError(
            f"{blocks} blocks cannot share {graph.total:,} inhabitants with {_words(bounds)} in each: loosen the "
            "bounds, or change the number of blocks."
        )
    if start is None:
        return
    if start.shape != (len(graph),) or len(set(start.tolist())) != blocks:
        raise QuestionError(f"The start has to give each of the {len(graph)} nodes one of {blocks} blocks.")
    for block in sorted(set(start.tolist())):
        members = set(np.flatnonzero(start == block).tolist())
        people = sum(graph.population[node] for node in members)
        if not bounds.hold(people):
            raise QuestionError(f"Block {block} of the start has {people:,} inhabitants, not {_words(bounds)}.")
        if graph.component(members, min(members)) != members:
            raise QuestionError(f"Block {block} of the start does not hang together.")


def _words(bounds: Bounds) -> str:
    """Return bounds in words."""
    return f"{bounds.least:,} or more" if bounds.most is None else f"{bounds.least:,} to {bounds.most:,}"


def make_land(graph: Graph, flows: Ints | None) -> Land:
    """
    Return a graph as a chain reads it.

    Parameters
    ----------
    graph
        The graph.
    flows
        Commuters by home and work, shape (n, n); None for none.

    Returns
    -------
    The same in arrays.
    """
    from tyngdepunkt.space.recombination import Land

    starts, ends = join_lists(graph.neighbours)
    people = np.array(graph.population, dtype=np.int64)
    return Land(
        starts=starts,
        ends=ends,
        edges=np.array(graph.edges, dtype=np.int64).reshape(-1, 2),
        people=people,
        by_people=np.argsort(people, kind="stable").astype(np.int64),
        flows=np.zeros((0, 0), dtype=np.int32) if flows is None else both_ways(flows).astype(np.int32),
    )


def _start(task: ChainTask, land: Land, rules: Rules, stop: threading.Event) -> Chain:
    """Return a chain at its start."""
    from tyngdepunkt.space.recombination import Chain

    source = np.random.SeedSequence(task.seed, spawn_key=(task.number,)).generate_state(4, np.uint64)
    words: NDArray[np.uint64] = source.astype(np.uint64)
    chain = Chain(
        block=np.zeros(len(task.graph), dtype=np.int64),
        people=np.zeros(task.blocks, dtype=np.int64),
        inside=np.zeros(task.blocks, dtype=np.int64),
        cut=np.zeros(1, dtype=np.int64),
        source=words,
    )
    if task.start is None:
        _search_start(chain, land, rules, stop)
    else:
        chain.block[:] = in_order(task.start[None, :])[0]
    chain.cut[0] = (chain.block[land.edges[:, 0]] != chain.block[land.edges[:, 1]]).sum()
    for block in range(task.blocks):
        members = np.flatnonzero(chain.block == block)
        chain.people[block] = land.people[members].sum()
        if land.flows.shape[0]:
            chain.inside[block] = land.flows[np.ix_(members, members)].sum(dtype=np.int64) // 2
    return chain


def _search_start(chain: Chain, land: Land, rules: Rules, stop: threading.Event) -> None:
    """Find a division within the bounds by recombination, as in simulated annealing."""
    from tyngdepunkt.space.recombination import find_start, make_work

    work = make_work(land.people.shape[0], trees=False)
    blocks = chain.people.shape[0]
    hottest = _HEAT * float(land.people.sum()) / blocks
    for _ in range(_ATTEMPTS):
        for part in range(_COOLING):
            heat = max(hottest * (1 - (part + 1) / _COOLING), 1e-9)
            begin = int(part > 0)
            left = find_start(land, rules, chain, work, begin, begin + _SEARCH * blocks // _COOLING, heat)
            if left == 0 or stop.is_set():
                return
    raise QuestionError(
        f"No division into {blocks} blocks within these bounds was found in {_ATTEMPTS} attempts, so no chain can "
        "start; there may be none. Count them first, loosen the bounds, or give a start."
    )
