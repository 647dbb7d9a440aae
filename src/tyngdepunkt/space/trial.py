"""The choice of an order by trial."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.space.bounds import Bounds
from tyngdepunkt.space.forward import Words, expand_all
from tyngdepunkt.space.graphs import Graph
from tyngdepunkt.space.memory import GIGABYTES
from tyngdepunkt.space.route import Route

__all__ = ["choose_route"]

_BLOCKS = 3
"""Blocks in a trial run."""
_ROWS = 100_000
"""Partial divisions at which a trial run is given up."""
_TRIALS = 8
"""Orders that are tried."""
_ENOUGH = 300_000
"""Partial divisions to expect at which it is not worth looking for a better order."""
_BEYOND = 1e11
"""Partial divisions to expect at which a trial run is given up too, and the guess kept."""
_WORTH, _WORTH_FREE = 1.0, 0.05
"""Moves worth trying to make an order cheaper, where populations matter and where they do not."""


def choose_route(graph: Graph, blocks: int, bounds: Bounds) -> Route:
    """
    Choose an order of the nodes.

    Where populations matter, each candidate is tried with few blocks and without populations. A partial division is
    then expected as often as there are divisions of the nodes so far that come to it, or populations that can be told
    apart, whichever is less; the order with the fewest in all is chosen.

    Parameters
    ----------
    graph, blocks, bounds
        What shall be counted.

    Returns
    -------
    The best route found.
    """
    from tyngdepunkt.space.order import candidate_orders

    free = bounds.most is None and bounds.least == 0
    routes = [Route(graph, order.tolist()) for order in candidate_orders(graph, worth=_WORTH_FREE if free else _WORTH)]
    best = routes[0]
    if free:
        return best
    few = min(blocks, _BLOCKS)
    highest = bounds.least if bounds.most is None else bounds.most
    apart = np.minimum(highest + 1.0, 2.0 ** np.arange(len(graph), 0.0, -1.0)) ** max(1, few - 1)
    for route in routes[:_TRIALS]:
        limit = best.growth.sum() if best.absolute else np.inf
        if limit < _ENOUGH:
            break
        growth = _try(route, few, apart, limit)
        if growth is not None:
            best = route.expecting(growth)
    return best


def _try(route: Route, blocks: int, apart: NDArray[np.float64], limit: float) -> NDArray[np.float64] | None:
    """Return how many partial divisions to expect after each node; None where that is no fewer than a limit."""
    guess: list[float] = []
    for expanded in expand_all(route, (blocks, blocks), Bounds(), memory=GIGABYTES):
        guess.append(float(np.minimum(_floats(expanded.numbers), apart[len(guess)]).sum()))
        if sum(guess) >= _BEYOND:
            return np.array(guess + guess[-1:] * (len(route.order) - len(guess)))
        if sum(guess) >= limit or expanded.rows.shape[0] > _ROWS:
            return None
    return np.array(guess) if len(guess) == len(route.order) else None


def _floats(numbers: Words) -> NDArray[np.float64]:
    """Return numbers in limbs as floats."""
    return np.asarray(numbers @ 2.0 ** (64 * np.arange(numbers.shape[1])))
