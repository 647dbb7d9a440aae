"""
Divisions of a study or of a bare graph: counted, drawn, and the one with fewest cut edges.

graph_of_study : the links of a study as a graph
the rest : see `tyngdepunkt.space`, where they are computed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.space import (
    Bounds,
    Clash,
    FewestCuts,
    Graph,
    Method,
    NoDivision,
    Sample,
    count_divisions,
    count_every,
    divide_graph,
    graph_of,
    read_graph,
    sample_divisions,
    within,
)
from tyngdepunkt.space.memory import GIGABYTES

if TYPE_CHECKING:
    from tyngdepunkt.study import Study

__all__ = [
    "GIGABYTES",
    "Bounds",
    "Clash",
    "FewestCuts",
    "Graph",
    "Method",
    "NoDivision",
    "Sample",
    "count_divisions",
    "count_every",
    "divide_graph",
    "graph_of_study",
    "read_graph",
    "sample_divisions",
    "within",
]


def graph_of_study(study: Study, *, seasonal: bool | None = None) -> Graph:
    """
    Return the links of a study as a graph.

    Parameters
    ----------
    study
        The study.
    seasonal
        Whether roads closed in winter count; None for the study's own setting.

    Returns
    -------
    Municipalities by position, joined by their links.
    """
    return graph_of(study.territory, seasonal=study.settings.seasonal if seasonal is None else seasonal)
