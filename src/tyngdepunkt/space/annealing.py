"""A division with few cut edges, found by recombination as in simulated annealing; nothing is proven of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.chains import make_land
from tyngdepunkt.space.graphs import Graph

if TYPE_CHECKING:
    from tyngdepunkt.space import recombination

__all__ = ["anneal_cut"]

_NO_CAP = 1 << 60
_RUNS = 3
"""Runs, each from a start of its own."""
_STEPS = 400
"""Steps of a run, for each block; at least so many for four."""
_COOLING = 40
"""Parts of a run, each cooler than the one before."""
_HOTTEST, _COLDEST = 3.0, 0.15
"""Edges that a step of the first part, and of the last, may add, more or less."""
_SEARCH = 1_000
"""Steps of the search for a start, for each block."""
_HEAT = 0.1
"""How much further from the bounds a step of that search may lead at first [share of the mean population]."""


def anneal_cut(
    graph: Graph,
    blocks: int,
    *,
    bounds: Bounds,
    seed: int,
    ends: float = np.inf,
    tell: Callable[[tuple[int, ...]], None],
) -> None:
    """
    Look for divisions with few cut edges.

    Parameters
    ----------
    graph
        The graph; it hangs together.
    blocks
        Number of blocks, 2 or more.
    bounds
        Population of a block.
    seed
        The same seed gives the same divisions, but for time running out.
    ends
        When to stop, by the monotonic clock [s].
    tell
        Told each division that cuts fewer edges than all before, as the block of each node.
    """
    from tyngdepunkt.space import recombination

    land = make_land(graph, None)
    most = _NO_CAP if bounds.most is None else bounds.most
    rules = recombination.Rules(least=bounds.least, most=most, reversible=0, power=1.0, flips=0)
    work = recombination.make_work(len(graph), trees=False)
    best = np.zeros(len(graph), dtype=np.int32)
    least = len(graph.edges) + 1
    steps = max(1, _STEPS * max(blocks, 4) // _COOLING)
    cooling = (_COLDEST / _HOTTEST) ** (1 / (_COOLING - 1))
    for run in range(_RUNS):
        words = np.random.SeedSequence(seed, spawn_key=(run,)).generate_state(4, np.uint64)
        chain = recombination.Chain(
            block=np.zeros(len(graph), dtype=np.int64),
            people=np.zeros(blocks, dtype=np.int64),
            inside=np.zeros(blocks, dtype=np.int64),
            cut=np.zeros(1, dtype=np.int64),
            source=words.astype(np.uint64),
        )
        if not _start(chain, land, rules, work, ends):
            continue
        chain.cut[0] = (chain.block[land.edges[:, 0]] != chain.block[land.edges[:, 1]]).sum()
        for part in range(_COOLING):
            cut = recombination.anneal(land, rules, chain, work, steps, _HOTTEST * cooling**part, best)
            if cut < least:
                least = cut
                tell(tuple(best.tolist()))
            if time.monotonic() > ends:
                return


def _start(
    chain: recombination.Chain,
    land: recombination.Land,
    rules: recombination.Rules,
    work: recombination.Work,
    ends: float,
) -> bool:
    """Bring a chain within the bounds; return whether it is."""
    from tyngdepunkt.space import recombination

    blocks = chain.people.shape[0]
    hottest = _HEAT * float(land.people.sum()) / blocks
    for part in range(_COOLING):
        heat = max(hottest * (1 - (part + 1) / _COOLING), 1e-9)
        begin = int(part > 0)
        left = recombination.find_start(land, rules, chain, work, begin, begin + _SEARCH * blocks // _COOLING, heat)
        if left == 0:
            return True
        if time.monotonic() > ends:
            break
    return False
