"""Cooperation as a network and as matrices, for pictures and for the tables that say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.model import Level, Picture

__all__ = ["Edge", "Matrix", "Network", "draw_network", "tabulate_partners", "tabulate_tasks"]


@dataclass(frozen=True)
class Edge:
    """
    Two municipalities that cooperate.

    Parameters
    ----------
    a, b
        Ids, ``a < b``.
    shared
        Arrangements that both are known to take part in.
    bilateral
        Those of them in which nobody else is known to take part, and all participants are known.
    """

    a: str
    b: str
    shared: int
    bilateral: int


@dataclass(frozen=True)
class Network:
    """
    Who shares how many arrangements with whom.

    Parameters
    ----------
    nodes
        Municipality id to the number of arrangements that it is known to take part in, in order of id.
    edges
        Pairs that share at least one, most first, then by id.
    left_out
        Arrangements in which none of the municipalities, or a single one, is known to take part.
    """

    nodes: dict[str, int]
    edges: tuple[Edge, ...]
    left_out: int


@dataclass(frozen=True, eq=False)
class Matrix:
    """
    A table of counts.

    Parameters
    ----------
    rows, columns
        Ids of municipalities, or names of service areas.
    counts
        Number of arrangements, shape (rows, columns).
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: NDArray[np.int64]


def draw_network(picture: Picture, municipalities: Iterable[str], *, levels: Iterable[Level] | None = None) -> Network:
    """
    Draw the network of cooperation.

    Parameters
    ----------
    picture
        The arrangements of one year.
    municipalities
        Ids of the nodes.
    levels
        Which levels count; all by default. Those that take in a whole county tie everybody to everybody.

    Returns
    -------
    The network.
    """
    ids = tuple(sorted(municipalities))
    wanted = frozenset(levels) if levels is not None else frozenset(Level)
    nodes: Counter[str] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    bilateral: Counter[tuple[str, str]] = Counter()
    left_out = 0
    for each in picture.arrangements:
        if each.level not in wanted:
            continue
        present = sorted(each.members.intersection(ids))
        nodes.update(present)
        pairs = list(combinations(present, 2))
        left_out += not pairs
        shared.update(pairs)
        if len(each.members) == len(present) == 2 and each.is_complete:  # noqa: PLR2004 - the two of a pair
            bilateral.update(pairs)
    ordered = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    edges = tuple(Edge(a, b, number, bilateral[a, b]) for (a, b), number in ordered)
    return Network({i: nodes[i] for i in ids}, edges, left_out)


def tabulate_tasks(picture: Picture, municipalities: Iterable[str]) -> Matrix:
    """
    Count arrangements by municipality and service area.

    Parameters
    ----------
    picture
        The arrangements of one year.
    municipalities
        Ids of the rows.

    Returns
    -------
    Municipalities by id, service areas by name.
    """
    ids = tuple(sorted(municipalities))
    tasks = tuple(sorted({each.task for each in picture.arrangements}))
    counts = np.zeros((len(ids), len(tasks)), dtype=np.int64)
    column = {task: place for place, task in enumerate(tasks)}
    for row, municipality in enumerate(ids):
        for each in picture.of(municipality):
            counts[row, column[each.task]] += 1
    return Matrix(ids, tasks, counts)


def tabulate_partners(picture: Picture, municipalities: Iterable[str]) -> Matrix:
    """
    Count the arrangements that each two municipalities share; on the diagonal those of one.

    Parameters
    ----------
    picture
        The arrangements of one year.
    municipalities
        Ids of rows and columns.

    Returns
    -------
    The table, symmetric.
    """
    ids = tuple(sorted(municipalities))
    place = {municipality: position for position, municipality in enumerate(ids)}
    counts = np.zeros((len(ids), len(ids)), dtype=np.int64)
    for each in picture.arrangements:
        present = [place[i] for i in each.members if i in place]
        counts[np.ix_(present, present)] += 1
    return Matrix(ids, ids, counts)
