"""
A space of divisions that is kept: every division has a rank, and every rank its division.

Counting forwards says which partial divisions there are and where each choice leads; adding up backwards says how
many completions each has. With both kept, the division of a given rank is found by going forwards once more, and a
uniform draw is a uniform rank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import NoDivisionError, QuestionError
from tyngdepunkt.model import Progress, Step, silent
from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.count import whole
from tyngdepunkt.space.forward import Links, Words, expand_all
from tyngdepunkt.space.graphs import Graph
from tyngdepunkt.space.memory import GIGABYTES, SpaceTooLargeError
from tyngdepunkt.space.trial import choose_route

__all__ = ["Space", "build_space"]

_BATCH = 5_000
"""Divisions that are found at a time."""


@dataclass(frozen=True, eq=False)
class Space:
    """
    Every division of a graph into connected blocks within bounds.

    Parameters
    ----------
    graph
        The graph.
    blocks
        Number of blocks.
    bounds
        Population of a block.
    count
        How many divisions there are.
    order
        The nodes in the order in which they are taken in.
    frontiers
        Nodes of the frontier before each of them.
    steps
        For each node where the choices of each partial division before begin, and where each leads.
    completions
        For each node, how many completions each partial division after it has, shape (n_partial, limbs).
    """

    graph: Graph
    blocks: int
    bounds: Bounds
    count: int
    order: tuple[int, ...]
    frontiers: tuple[tuple[int, ...], ...]
    steps: tuple[tuple[Links, Links], ...]
    completions: tuple[Words, ...]

    def divisions(self, ranks: Sequence[int]) -> NDArray[np.int32]:
        """
        Return the divisions of given ranks.

        Parameters
        ----------
        ranks
            Each 0 to ``count − 1``. Different ranks are different divisions.

        Returns
        -------
        Block of each node, shape (n_ranks, n_nodes): 0 for the block of node 0, 1 for that of the first node not in
        it, and so on.

        Raises
        ------
        QuestionError
            Where there is no such rank.
        """
        from tyngdepunkt.space.expansion import descend

        wrong = [rank for rank in ranks if not 0 <= rank < self.count]
        if wrong:
            raise QuestionError(f"There is no division of rank {wrong[0]:,}: there are {self.count:,}, counted from 0.")
        limbs = self.completions[0].shape[1] if self.completions else 1
        rank = np.array([_limbs(each, limbs) for each in ranks], dtype=np.uint64).reshape(len(ranks), limbs)
        at, begun = np.zeros(len(ranks), dtype=np.int64), np.zeros(len(ranks), dtype=np.int64)
        labels = np.zeros((len(ranks), len(self.graph)), dtype=np.int64)
        for node, frontier, (first, links), later in zip(
            self.order, self.frontiers, self.steps, self.completions, strict=True
        ):
            descend(first, links, later, np.array(frontier, dtype=np.int64), node, at, rank, begun, labels)
        return in_order(labels)

    def draw(self, draws: int, *, seed: int, progress: Progress = silent) -> NDArray[np.int32]:
        """
        Draw divisions, each as likely as any other, independently.

        Parameters
        ----------
        draws
            How many; the same division may come more than once.
        seed
            The same seed gives the same divisions.
        progress
            Told now and then.

        Returns
        -------
        Block of each node as in `divisions`, shape (draws, n_nodes).

        Raises
        ------
        NoDivisionError
            Where there is no division at all.
        """
        if self.count == 0:
            raise NoDivisionError("There is no division within these bounds, and so none to draw.")
        ranks = draw_ranks(self.count, draws, seed)
        found = [np.zeros((0, len(self.graph)), dtype=np.int32)]
        for start in range(0, draws, _BATCH):
            found.append(self.divisions(ranks[start : start + _BATCH]))
            progress(Step("sample", min(start + _BATCH, draws), draws))
        return np.concatenate(found)

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        """Give every division, in order of rank."""
        for start in range(0, self.count, _BATCH):
            for division in self.divisions(range(start, min(start + _BATCH, self.count))):
                yield tuple(division.tolist())


def build_space(
    graph: Graph, blocks: int, *, bounds: Bounds | None = None, memory: float = GIGABYTES, progress: Progress = silent
) -> Space:
    """
    Count the divisions of a graph and keep the way to each.

    Parameters
    ----------
    graph, blocks, bounds, memory, progress
        As for `tyngdepunkt.space.count.count_divisions`; keeping takes more memory than counting.

    Returns
    -------
    The space; empty where there is no such division.

    Raises
    ------
    QuestionError
        Where there cannot be so many blocks.
    SpaceTooLargeError
        Where the memory is not enough.
    """
    graph.check_blocks(blocks)
    bounds = bounds or Bounds()
    nothing = Space(graph, blocks, bounds, 0, (), (), (), ())
    if not bounds.allow(blocks, graph.total):
        return nothing
    route = choose_route(graph, blocks, bounds)
    steps: list[tuple[Links, Links]] = []
    final = None
    for final in expand_all(route, (blocks, blocks), bounds, memory=memory, keep=True, progress=progress):
        steps.append((final.first, final.links))
    if final is None or not final.rows.shape[0]:
        return nothing
    completions = _add_up(steps, final.numbers.shape[1], memory)
    return Space(
        graph,
        blocks,
        bounds,
        whole(final.numbers[0]),
        tuple(route.order),
        tuple(tuple(nodes) for nodes in route.nodes[:-1]),
        tuple(steps),
        completions,
    )


def draw_ranks(count: int, draws: int, seed: int) -> list[int]:
    """Return whole numbers below a count, however large, each as likely as any other."""
    source = np.random.default_rng(seed)
    bits = (count - 1).bit_length()
    size = max(1, -(-bits // 8))
    ranks: list[int] = []
    while len(ranks) < draws:
        fresh = source.bytes(size * (draws - len(ranks)))
        for start in range(0, len(fresh), size):
            rank = int.from_bytes(fresh[start : start + size], "little") & ((1 << bits) - 1)
            if rank < count:
                ranks.append(rank)
    return ranks


def in_order(labels: NDArray[np.integer]) -> NDArray[np.int32]:
    """
    Return divisions with their blocks numbered in the order in which the nodes meet them.

    Parameters
    ----------
    labels
        Block of each node under any numbers from 0, shape (n_divisions, n_nodes).

    Returns
    -------
    The same divisions, equal ones now equal row by row.
    """
    found = np.full_like(labels, -1, dtype=np.int32)
    names = np.full((labels.shape[0], int(labels.max(initial=0)) + 1), -1, dtype=np.int32)
    met = np.zeros(labels.shape[0], dtype=np.int32)
    every = np.arange(labels.shape[0])
    for node in range(labels.shape[1]):
        here = labels[:, node]
        fresh = names[every, here] < 0
        names[every[fresh], here[fresh]] = met[fresh]
        met += fresh
        found[:, node] = names[every, here]
    return found


def _add_up(steps: Sequence[tuple[Links, Links]], limbs: int, memory: float) -> tuple[Words, ...]:
    """Return the completions of each partial division after each node, from the last node back."""
    from tyngdepunkt.space.expansion import add_completions

    kept = sum(first.nbytes + links.nbytes for first, links in steps)
    coming = sum(first.shape[0] * limbs * 8 for first, _ in steps)
    if kept + coming > memory * 1e9:
        raise SpaceTooLargeError(allowed=memory, needed=(kept + coming) / 1e9)
    later = np.zeros((1, limbs), dtype=np.uint64)
    later[0, 0] = 1
    found = [later]
    for first, links in reversed(steps[1:]):
        now = np.zeros((first.shape[0] - 1, limbs), dtype=np.uint64)
        add_completions(first, links, later, now)
        found.append(now)
        later = now
    return tuple(reversed(found))


def _limbs(number: int, limbs: int) -> list[int]:
    """Return a number as limbs, the lowest first."""
    return [number >> 64 * place & 0xFFFFFFFFFFFFFFFF for place in range(limbs)]
