"""Counties of six states divided so that fewest edges are cut, held against HiGHS alone; row 10."""

from __future__ import annotations

import functools
import itertools
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.bench.row import Peer, Reached, Row, Verdict
from tyngdepunkt.bench.structure import ALONE, compare_reached

if TYPE_CHECKING:
    from tyngdepunkt.space import Bounds, FewestCuts, Graph, NoDivision

__all__ = ["ROWS"]

_KNOWN = {"ME": 16, "NM": 17, "ID": 10, "WV": 23, "OK": 40, "IA": 33}
"""Fewest cut edges within half a per cent of the mean (Validi and Buchanan 2022)."""
_AIMED = {"ME": 5.0, "NM": 5.0, "ID": 5.0, "WV": 60.0, "OK": 600.0, "IA": 600.0}
_DEVIATION = "0.005"
_SECONDS = 120.0
_CHOSEN = 0.5
"""A variable of 0 or 1 above this is 1, but for rounding."""
"""What either program is given for one state [s]."""
_QUESTION = "cut edges"


@dataclass(frozen=True)
class _Asked:
    """A state's counties, and how they shall be divided."""

    graph: Graph
    blocks: int
    bounds: Bounds


def _prepare(state: str, data: Path) -> _Asked:
    """Read the counties of a state, and as a warm-up divide four nodes, so that nothing is compiled in time."""
    from tyngdepunkt.space import Graph, divide_graph, read_graph, within

    divide_graph(Graph((1, 1, 1, 1), ((0, 1), (1, 2), (2, 3))), 3)
    file = data / _file(state)
    graph, blocks = read_graph(file), int(json.loads(file.read_text(encoding="utf-8"))["k"])
    return _Asked(graph, blocks, within(_DEVIATION, blocks=blocks, total=graph.total))


def _divide(asked: _Asked, *, seconds: float) -> FewestCuts | NoDivision:
    """Divide them."""
    from tyngdepunkt.space import divide_graph

    return divide_graph(asked.graph, asked.blocks, bounds=asked.bounds, seconds=seconds)


def _reach(found: FewestCuts | NoDivision) -> tuple[Reached, ...]:
    """Tell how far it came."""
    from tyngdepunkt.space import NoDivision

    if isinstance(found, NoDivision):
        return (Reached(_QUESTION),)
    return (Reached(_QUESTION, float(found.objective), float(found.bound)),)


def _check(known: int, _: object, found: FewestCuts | NoDivision) -> Verdict:
    """Hold the cut edges against those published."""
    from tyngdepunkt.space import NoDivision

    if isinstance(found, NoDivision):
        return Verdict("no division", agrees=False)
    proven = "proven" if found.bound == found.objective else f"at least {found.bound}"
    return Verdict(f"{found.objective}, {proven}", agrees=found.objective == found.bound == known)


def _divide_alone(asked: _Asked, *, seconds: float) -> tuple[Reached, ...]:
    """
    Divide them by the plain labelling model: a cut for each disconnected part, solved again until there is none.

    Binary x[i, b] says whether node i is in block b; y[e] ≥ x[i, b] − x[j, b] and the reverse, whether edge e is cut.
    Of blocks that differ in name only one is kept: the i-th most populous node has one of the first i blocks.
    """
    from highspy import HighsModelStatus

    from tyngdepunkt.highs import QuietHighs

    graph, blocks = asked.graph, range(asked.blocks)
    heaviest = sorted(range(len(graph)), key=lambda node: -graph.population[node])
    ends = time.monotonic() + seconds
    bound = 0.0
    model = QuietHighs()
    x = [[model.addBinary() for _ in blocks] for _ in range(len(graph))]
    y = [model.addVariable(0, 1) for _ in graph.edges]
    for i in range(len(graph)):
        model.addConstr(sum(x[i]) == 1)
    for b in blocks:
        people = sum(graph.population[i] * x[i][b] for i in range(len(graph)))
        model.addConstr(people >= asked.bounds.least)
        model.addConstr(people <= (graph.total if asked.bounds.most is None else asked.bounds.most))
        for (i, j), cut in zip(graph.edges, y, strict=True):
            model.addConstr(cut >= x[i][b] - x[j][b])
            model.addConstr(cut >= x[j][b] - x[i][b])
        for i in heaviest[:b]:
            model.addConstr(x[i][b] <= 0)
    while True:
        model.setOptionValue("time_limit", model.getRunTime() + max(0.1, ends - time.monotonic()))
        model.minimize(sum(y))
        bound = max(bound, model.getInfo().mip_dual_bound)
        if model.getModelStatus() != HighsModelStatus.kOptimal:
            # What it has by then may lie in several parts.
            return (Reached(_QUESTION, bound=float(math.ceil(bound - 1e-6))),)
        cuts = 0
        for b in blocks:
            members = {i for i in range(len(graph)) if model.val(x[i][b]) > _CHOSEN}
            root = next(i for i in heaviest if i in members)
            main = graph.component(members, root)
            while left := members - main:
                part = graph.component(left, min(left))
                border = {j for i in part for j in graph.neighbours[i]} - part
                beyond = graph.component(set(range(len(graph))) - border, root)
                border = {j for j in border if beyond.intersection(graph.neighbours[j])}  # a minimal separator
                for i, c in itertools.product(part, blocks):
                    model.addConstr(x[i][c] + x[root][c] - 1 <= sum(x[j][c] for j in border))
                    cuts += 1
                members -= part
        if not cuts:
            fewest = float(round(model.getObjectiveValue()))
            return (Reached(_QUESTION, fewest, fewest),)


def _file(state: str) -> str:
    """Return the file of a state's counties."""
    return f"benchmarks/cut_edges_{state}.json"


ROWS = tuple(
    Row(
        name=f"cut-edges-{state.lower()}",
        number=10,
        work=f"fewest cut edges, counties of {state}, connected, within 0.5 % of the mean",
        known=f"{known}, proven",
        aim=f"proven in {_AIMED[state]:.0f} s",
        prepare=functools.partial(_prepare, state),
        run=_divide,
        check=functools.partial(_check, known),
        needs=(_file(state),),
        limit=_SECONDS,
        reach=_reach,
        seconds_aimed=_AIMED[state],
        peer=Peer(
            ALONE, "highspy", "highspy", _divide_alone, lambda _, ours, theirs: compare_reached(_reach(ours), theirs)
        ),
    )
    for state, known in _KNOWN.items()
)
