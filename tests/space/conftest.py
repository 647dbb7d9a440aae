"""Graphs small enough to list all divisions of, the data beside the project, and the commands in this process."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tyngdepunkt.bench import default_data_folder
from tyngdepunkt.space import Graph, read_graph


@pytest.fixture
def square() -> Graph:
    """
    Four nodes in a ring, with inhabitants::

        0 (10) - 1 (20)
           |        |
        3 (40) - 2 (30)
    """
    return Graph((10, 20, 30, 40), ((0, 1), (0, 3), (1, 2), (2, 3)))


def grid(rows: int, columns: int, people: int = 1) -> Graph:
    """Return a grid in which each node has as many inhabitants."""
    edges = [(r * columns + c, r * columns + c + 1) for r in range(rows) for c in range(columns - 1)]
    edges += [(r * columns + c, (r + 1) * columns + c) for r in range(rows - 1) for c in range(columns)]
    return Graph((people,) * (rows * columns), tuple(sorted(edges)))


def path(nodes: int) -> Graph:
    """Return nodes in a row, one inhabitant each."""
    return Graph((1,) * nodes, tuple((node, node + 1) for node in range(nodes - 1)))


def make_random(seed: int, *, most: int = 8) -> Graph:
    """Return a random graph, in several parts or one, with few or many edges and some empty nodes."""
    source = random.Random(seed)
    n = source.randint(1, most)
    pairs = list(itertools.combinations(range(n), 2))
    edges = source.sample(pairs, min(len(pairs), source.choice([0, n - 1, n, n + 2, 2 * n, 99])))
    return Graph(tuple(source.choice([0, 1, 2, 5, source.randint(0, 1000)]) for _ in range(n)), tuple(sorted(edges)))


def list_divisions(graph: Graph) -> list[tuple[int, ...]]:
    """List every division into connected blocks by trying all there are, blocks numbered as the nodes meet them."""
    return [
        labels
        for labels in _labelled(len(graph))
        if all(hangs_together(graph, [v for v in range(len(graph)) if labels[v] == b]) for b in set(labels))
    ]


def _labelled(n: int) -> Iterator[tuple[int, ...]]:
    if n == 0:
        yield ()
        return
    for labels in _labelled(n - 1):
        for b in range(max(labels, default=-1) + 2):
            yield (*labels, b)


def hangs_together(graph: Graph, members: list[int]) -> bool:
    """Return whether nodes hang together, by union and find."""
    leader = {v: v for v in members}

    def find(v):
        while leader[v] != v:
            v = leader[v]
        return v

    for a, b in graph.edges:
        if a in leader and b in leader:
            leader[find(a)] = find(b)
    return len({find(v) for v in members}) <= 1


def populations(graph: Graph, labels: tuple[int, ...]) -> list[int]:
    """Return the population of each block."""
    return [
        sum(p for p, b in zip(graph.population, labels, strict=True) if b == block) for block in sorted(set(labels))
    ]


@pytest.fixture(scope="session")
def benchmarks() -> Path:
    """The benchmark graphs beside the project; without them the test is skipped."""
    folder = default_data_folder() / "benchmarks"
    if not folder.is_dir():
        pytest.skip("the benchmark graphs are not beside the project, in ../shared/data/benchmarks")
    return folder


@pytest.fixture(scope="session")
def fl25(benchmarks) -> Graph:
    """25 precincts of Florida."""
    return read_graph(benchmarks / "fl25.json")


@pytest.fixture(scope="session")
def fl70(benchmarks) -> Graph:
    """70 precincts of Florida, mended."""
    from tyngdepunkt.bench.space import read_fl70

    return read_fl70(benchmarks / "fl70.json")
