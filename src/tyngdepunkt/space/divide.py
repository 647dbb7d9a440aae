"""
The division of a bare graph that cuts the fewest edges, with proof.

First a division is looked for by annealing. Then the bound is raised: is there a division that cuts one edge, two, and
so on (`tyngdepunkt.space.cutting`)? The first that there is is the best, and so is one found before where none cuts
fewer. Every answer is verified without any of that.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt.errors import PlanError, QuestionError
from tyngdepunkt.model import Progress, Status, Step, silent
from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.graphs import Graph

if TYPE_CHECKING:
    from tyngdepunkt.space.cutting import Cutter

__all__ = ["SECONDS", "Clash", "FewestCuts", "NoDivision", "divide_graph", "verify_division"]

SECONDS = 300.0
"""Wall time to stop after where nothing else is said [s]."""
_SHARE = 0.2
"""Share of the time that annealing may take."""
_PROBE = 4_000
"""Nodes of the search for a block around one node, where no division has been found."""
_MORE = 1.1
"""Where no division has been found, the next number of edges that is tried, in times of the one before."""
_MOST_PEOPLE = 1 << 40
"""Most inhabitants: up to there no sum in the search can overflow [persons]."""


@dataclass(frozen=True)
class FewestCuts:
    """
    A division, and how good it is known to be.

    Parameters
    ----------
    graph, blocks, bounds
        What was asked.
    assignment
        Block of each node, numbered from 0 as the nodes meet them.
    objective
        Edges between blocks.
    bound
        No division cuts fewer edges.
    status
        `Status.OPTIMAL` where the two are the same, else `Status.GAP`.
    heuristic_objective
        Edges cut by the division that annealing found; None where it found none.
    nodes
        Nodes of the search.
    seconds
        Wall time [s].
    seed
        Of the annealing.
    complete
        False where it was interrupted.
    """

    graph: Graph
    blocks: int
    bounds: Bounds
    assignment: tuple[int, ...]
    objective: int
    bound: int
    status: Status
    heuristic_objective: int | None
    nodes: int
    seconds: float
    seed: int
    complete: bool

    @property
    def populations(self) -> tuple[int, ...]:
        """Inhabitants of each block [persons]."""
        people = [0] * self.blocks
        for block, own in zip(self.assignment, self.graph.population, strict=True):
            people[block] += own
        return tuple(people)


@dataclass(frozen=True)
class Clash:
    """
    What makes a division impossible.

    Parameters
    ----------
    criterion
        ``"window"``: no whole number of inhabitants is allowed; ``"total"``: all inhabitants are too few or too many
        for so many blocks; ``"node"``: one node alone has too many; ``"part"``: a part that no edge joins to the rest
        can make no number of blocks; ``"parts"``: the numbers of blocks that the parts can make do not add up;
        ``"alone"``: no block can have a node; ``"all"``: every division has been ruled out.
    nodes
        Whom it is about; empty where it is about all.
    value
        Inhabitants of these [persons].
    """

    criterion: str
    nodes: tuple[int, ...]
    value: int

    @property
    def kind(self) -> str:
        """``"arithmetic"`` where the numbers alone forbid it, ``"geography"`` where the edges do."""
        return "arithmetic" if self.criterion in {"window", "total", "node"} else "geography"


@dataclass(frozen=True)
class NoDivision:
    """
    That there is no division, or that none was found in time.

    Parameters
    ----------
    graph, blocks, bounds
        What was asked.
    clash
        Why there is none; None where that is not settled.
    bound
        No division cuts fewer edges; None where there is none.
    nodes, seconds, seed, complete
        As for `FewestCuts`.
    """

    graph: Graph
    blocks: int
    bounds: Bounds
    clash: Clash | None
    bound: int | None
    nodes: int
    seconds: float
    seed: int
    complete: bool


def divide_graph(
    graph: Graph,
    blocks: int,
    *,
    bounds: Bounds | None = None,
    seconds: float = SECONDS,
    seed: int = 1,
    progress: Progress = silent,
) -> FewestCuts | NoDivision:
    """
    Divide a graph into connected blocks that fewest edges lie between.

    Parameters
    ----------
    graph
        The graph. Where it does not hang together, each block lies within one of its parts.
    blocks
        Number of blocks, 1 to the number of nodes.
    bounds
        Least and most population of a block; none where not given.
    seconds
        Wall time to stop after, more or less [s].
    seed
        Seed of the annealing. Where the answer is proven, only which of the best divisions it is depends on it.
    progress
        Told how many edges are ruled out, of how many the best division found cuts.

    Returns
    -------
    The best division found and the bound; or why there is none. An interrupt (`KeyboardInterrupt`) ends the work early
    with what is done, marked as not complete.

    Raises
    ------
    QuestionError
        Where there cannot be so many blocks, or there are over 2⁴⁰ inhabitants.
    PlanError
        Where the answer fails its verification, which is a fault of ours.
    """
    graph.check_blocks(blocks)
    if graph.total > _MOST_PEOPLE:
        raise QuestionError(
            f"The graph has {graph.total:,} inhabitants, and {_MOST_PEOPLE:,} is the most: count in more."
        )
    if seconds <= 0:
        raise QuestionError(f"{seconds} seconds is too little: give more than 0.")
    return _Work(graph, blocks, bounds or Bounds(), seconds, seed, progress).run()


def verify_division(found: FewestCuts) -> None:
    """
    Check a division against what was asked, without anything of the search.

    Parameters
    ----------
    found
        The division.

    Raises
    ------
    PlanError
        Where it does not hold; every breach is named.
    """
    graph, breaches = found.graph, []
    if len(found.assignment) != len(graph):
        raise PlanError([f"{len(found.assignment)} of {len(graph)} nodes have a block."])
    members: dict[int, set[int]] = {}
    for node, block in enumerate(found.assignment):
        members.setdefault(block, set()).add(node)
    if list(members) != list(range(found.blocks)):
        breaches.append(f"The blocks are {', '.join(map(str, members))}, not 0 to {found.blocks - 1} in order.")
    for block, nodes in members.items():
        people = sum(graph.population[node] for node in nodes)
        if not found.bounds.hold(people):
            breaches.append(f"Block {block} has {people:,} inhabitants, which is not within the bounds.")
        if graph.component(nodes, min(nodes)) != nodes:
            breaches.append(f"Block {block} does not hang together.")
    cut = sum(found.assignment[a] != found.assignment[b] for a, b in graph.edges)
    if cut != found.objective:
        breaches.append(f"{cut} edges lie between blocks, not {found.objective}.")
    if found.bound > cut or (found.status is Status.OPTIMAL) != (found.bound == cut):
        breaches.append(f"The bound is {found.bound}, and the status {found.status}, with {cut} edges cut.")
    if found.heuristic_objective is not None and found.heuristic_objective < cut:
        breaches.append(f"Annealing found a division that cuts {found.heuristic_objective} edges, fewer than {cut}.")
    if breaches:
        raise PlanError(breaches)


class _Work:
    """One question under way."""

    def __init__(
        self, graph: Graph, blocks: int, bounds: Bounds, seconds: float, seed: int, progress: Progress
    ) -> None:
        self.graph, self.blocks, self.bounds, self.seed, self.progress = graph, blocks, bounds, seed, progress
        self.began = time.monotonic()
        self.seconds = seconds
        self.best: tuple[int, ...] | None = None
        self.cut = len(graph.edges) + 1
        self.heuristic: int | None = None
        self.bound = max(0, blocks - len(graph.parts))
        self.nodes = 0
        self.clash = _clash_of_numbers(graph, blocks, bounds)

    def run(self) -> FewestCuts | NoDivision:
        """Look for the best division until it is proven, impossible, out of time or interrupted."""
        complete = True
        if self.clash is None:
            try:
                self._search()
            except KeyboardInterrupt:
                complete = False
        spent = time.monotonic() - self.began
        if self.best is None:
            bound = None if self.clash else self.bound
            return NoDivision(
                self.graph, self.blocks, self.bounds, self.clash, bound, self.nodes, spent, self.seed, complete
            )
        found = FewestCuts(
            self.graph,
            self.blocks,
            self.bounds,
            self.best,
            self.cut,
            self.bound,
            Status.OPTIMAL if self.bound == self.cut else Status.GAP,
            self.heuristic,
            self.nodes,
            spent,
            self.seed,
            complete,
        )
        verify_division(found)
        return found

    def _search(self) -> None:
        """Anneal, then raise the bound."""
        from tyngdepunkt.space.annealing import anneal_cut
        from tyngdepunkt.space.cutting import Cutter, OutOfTimeError

        cutter = Cutter(self.graph, self.bounds, ends=self.began + self.seconds, look=self._tell)
        try:
            if len(self.graph.parts) == 1 and self.blocks > 1:
                ends = self.began + _SHARE * self.seconds
                anneal_cut(self.graph, self.blocks, bounds=self.bounds, seed=self.seed, ends=ends, tell=self._take)
                self.heuristic = None if self.best is None else self.cut
            self.clash = _clash_of_parts(self.graph, cutter, self.blocks)
            if self.clash is None and self.best is None and len(self.graph.parts) == 1 and self.blocks > 1:
                self.clash = _find_alone(self.graph, cutter, self.blocks)
            if self.clash is None:
                self._raise_bound(cutter)
        except OutOfTimeError:
            pass
        finally:
            self.nodes = cutter.nodes

    def _raise_bound(self, cutter: Cutter) -> None:
        """Ask whether there is a division that cuts so many edges, and more and more."""
        while self.bound < self.cut:
            budget = self.bound
            if self.best is None:
                budget = min(max(budget, int(budget * _MORE)), self.cut - 1)
            found = cutter.find(cutter.all, self.blocks, budget, tell=lambda cut: self._take(self._labels(cut[1])))
            if found is not None:
                self._take(self._labels(found[1]))
                self.bound = self.cut
                return
            self.bound = min(max(budget + 1, cutter.next_budget(self.blocks, budget)), self.cut)
            self._tell()
        if self.best is None:
            self.clash = Clash("all", (), self.graph.total)

    def _labels(self, blocks: tuple[int, ...]) -> tuple[int, ...]:
        """Return the block of each node."""
        return tuple(next(b for b, nodes in enumerate(blocks) if nodes >> v & 1) for v in range(len(self.graph)))

    def _take(self, labels: tuple[int, ...]) -> None:
        """Keep a division where it cuts fewer edges than all before."""
        cut = sum(labels[a] != labels[b] for a, b in self.graph.edges)
        if cut < self.cut:
            names: dict[int, int] = {}
            self.best = tuple(names.setdefault(block, len(names)) for block in labels)
            self.cut = cut

    def _tell(self) -> None:
        """Say how far it is."""
        self.progress(Step("divide", self.bound, min(self.cut, len(self.graph.edges))))


def _clash_of_numbers(graph: Graph, blocks: int, bounds: Bounds) -> Clash | None:
    """Return what in the numbers alone makes a division impossible; None for nothing."""
    if bounds.most is not None and bounds.least > bounds.most:
        return Clash("window", (), graph.total)
    if not bounds.allow(blocks, graph.total):
        return Clash("total", (), graph.total)
    for node, people in enumerate(graph.population):
        if bounds.most is not None and people > bounds.most:
            return Clash("node", (node,), people)
    return None


def _clash_of_parts(graph: Graph, cutter: Cutter, blocks: int) -> Clash | None:
    """Return what in the parts of a graph makes a division impossible; None for nothing."""
    fewest = greatest = 0
    for part in graph.parts:
        few, many = cutter.range_of(sum(1 << node for node in part))
        if few > many:
            return Clash("part", part, sum(graph.population[node] for node in part))
        fewest, greatest = fewest + few, greatest + many
    return None if fewest <= blocks <= greatest else Clash("parts", (), graph.total)


def _find_alone(graph: Graph, cutter: Cutter, blocks: int) -> Clash | None:
    """Return the first node, the most populous first, that no block can have; None where none is found."""
    for node in sorted(range(len(graph)), key=lambda node: -graph.population[node]):
        if cutter.is_alone(node, blocks, _PROBE):
            return Clash("alone", (node,), graph.population[node])
    return None
