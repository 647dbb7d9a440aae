"""The bare graph that a space is counted on: nodes with inhabitants, and which of them are neighbours."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.jsonfile import read_object
from tyngdepunkt.model import Territory

__all__ = ["Graph", "graph_of", "read_graph"]


@dataclass(frozen=True)
class Graph:
    """
    Nodes by position, with inhabitants and neighbours.

    Parameters
    ----------
    population
        Inhabitants of each node [persons], 0 or more.
    edges
        Pairs of neighbours ``(a, b)``, ``a < b``, each once and ascending.
    """

    population: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        """Return the number of nodes."""
        return len(self.population)

    @cached_property
    def total(self) -> int:
        """All inhabitants [persons]."""
        return sum(self.population)

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """Each node's neighbours, ascending."""
        near: list[list[int]] = [[] for _ in self.population]
        for a, b in self.edges:
            near[a].append(b)
            near[b].append(a)
        return tuple(tuple(sorted(each)) for each in near)

    @cached_property
    def parts(self) -> tuple[tuple[int, ...], ...]:
        """The connected parts, each ascending, the one with the lowest node first."""
        found: list[tuple[int, ...]] = []
        left = set(range(len(self)))
        while left:
            part = self.component(left, min(left))
            found.append(tuple(sorted(part)))
            left -= part
        return tuple(found)

    def component(self, within: set[int], start: int) -> set[int]:
        """Return the nodes of a set that hang together with a start, by way of the set."""
        found, border = {start}, [start]
        while border:
            fresh = [node for node in self.neighbours[border.pop()] if node in within and node not in found]
            found.update(fresh)
            border += fresh
        return found

    def check_blocks(self, blocks: int) -> None:
        """Raise `QuestionError` unless a division into so many blocks can be asked for at all."""
        if blocks != 1 and len(self) == 1:
            raise QuestionError(f"A graph of one node is one block, and cannot be divided into {blocks}: give 1.")
        if not 1 <= blocks <= len(self):
            raise QuestionError(
                f"A graph of {len(self)} nodes cannot be divided into {blocks} blocks: give 1 to {len(self)}."
            )


def graph_of(territory: Territory, *, seasonal: bool = False) -> Graph:
    """
    Return a territory as a bare graph.

    Parameters
    ----------
    territory
        Its municipalities become nodes, in their order.
    seasonal
        Whether links closed for part of the year count.

    Returns
    -------
    The graph of transport links.
    """
    near = territory.neighbours(seasonal=seasonal)
    edges = tuple((a, b) for a, others in enumerate(near) for b in others if a < b)
    return Graph(tuple(m.population for m in territory.municipalities), edges)


def read_graph(path: Path) -> Graph:
    """
    Read a graph from a JSON file.

    Parameters
    ----------
    path
        A file with an object that has ``population``, a list of inhabitants by node [persons], and ``edges``, a
        list of pairs of positions in it, from 0. An edge may stand twice; other keys count for nothing.

    Returns
    -------
    The graph; it need not hang together.

    Raises
    ------
    SourceError
        Where the file cannot be read or holds something else; every fault is named.
    """
    content, faults = read_object(path, "graph")
    if not {"population", "edges"} <= content.keys():
        raise SourceError(
            f'The graph {path} is no graph: give an object {{"population": [1200, 800], "edges": [[0, 1]]}}, '
            "inhabitants by node and pairs of nodes by position."
        )
    people: Any = content["population"]
    edges: Any = content["edges"]
    for fault in (*_people_faults(people), *_edge_faults(edges, len(people) if isinstance(people, list) else 0)):
        faults.add(fault)
    faults.check()
    return Graph(tuple(map(int, people)), tuple(sorted({(min(edge), max(edge)) for edge in edges})))


def _people_faults(people: object) -> Iterable[str]:
    """Give what is wrong with a list of inhabitants."""
    if not isinstance(people, list) or not people:
        yield "population is no list of inhabitants: give one whole number for each node."
        return
    for node, value in enumerate(people):
        if not _is_whole(value) or value < 0:
            yield f"population[{node}] is {json.dumps(value)}: give a whole number, 0 or more."


def _edge_faults(edges: object, size: int) -> Iterable[str]:
    """Give what is wrong with a list of edges between so many nodes."""
    if not isinstance(edges, list):
        yield "edges is no list: give pairs of nodes by position, such as [[0, 1], [1, 2]]."
        return
    for place, edge in enumerate(edges):
        named = f"edges[{place}] is {json.dumps(edge)}"
        if not isinstance(edge, list) or len(edge) != len(("a", "b")) or not all(isinstance(i, int) for i in edge):
            yield f"{named}: give a pair of nodes by position, such as [0, 1]."
        elif not all(0 <= node < size for node in edge):
            yield f"{named}, but population has nodes 0 to {size - 1} only: positions are counted from 0."
        elif edge[0] == edge[1]:
            yield f"{named}: a node is no neighbour of itself; leave it out."


def _is_whole(value: object) -> bool:
    """Return whether a value is a whole number, 12 or 12.0."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())
