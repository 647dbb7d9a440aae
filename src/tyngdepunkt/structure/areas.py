"""
Where few blocks are large: a search by where the centres are.

With few centres the bound L of `pricing` is close, and what it leaves open is mostly where each centre lies: in one of
several municipalities side by side. To say of one of these that it is no centre gains little, as its neighbour takes
its place. So a part of the space is described by areas, sets of municipalities that share nobody, with a number of
centres each, and a part is split by splitting an area in two: of its c centres 0, 1, …, c lie in the first half. Each
plan is in exactly one of these parts. The bound of a part is Σ u + the largest ρ of each area, as many as it has
centres; the steps on u go on from where they were. A municipality that lies so far behind in its area that no plan
with it as a centre can be better than the best known is left out.
"""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.structure.anneal import find_witness
from tyngdepunkt.structure.pricing import Areas, Pairs, choose_centres, cores_of, descend, price_centres
from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.reduce import needed_score, rounded_bound
from tyngdepunkt.structure.search import Outcome

__all__ = ["plan_around", "search_areas"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_ROUNDS = 60
"""Subgradient steps for each part."""
_LAST_ROUNDS = 600
"""And for one in which all centres are known."""
_STEP = 0.3
"""Length of the first of these; 1 is the step of someone who knows nothing."""
_FAINT = 1e-3
"""Weight of a centre that was never among the chosen, when an area is split."""
_UNKNOWN = 0.02
"""How far below the bound the best plan is taken to lie while none is known [share of the bound]."""
_PARTS_A_TRY = 10
"""Parts to one set of centres around which a plan is looked for."""
_EARLY = 30
"""Parts up to which a better plan is worth leaving out pairs by it and beginning anew."""
_EFFORT = 0.5
"""How many times as long as usual such a plan is bettered."""


@dataclass(order=True)
class _Part:
    """A part of the space, the least bounded first."""

    key: float
    number: int
    areas: Areas = field(compare=False)
    u: Floats = field(compare=False)


def search_areas(
    problem: Problem,
    centres: int,
    pairs: Pairs,
    *,
    u: Floats,
    bound: float,
    start: tuple[int, ...] | None,
    seed: int,
    ends: float,
) -> Outcome:
    """
    Look for a better plan, and lower the bound on all, by where the centres may be.

    Parameters
    ----------
    problem
        What is posed; nothing but centres, pairs, connection and floor, see `anneal.is_plain`.
    centres
        k.
    pairs
        Those that may be in a plan better than the one known.
    u
        What each municipality pays, to begin with, shape (n,).
    bound
        No plan of these pairs is better.
    start
        The plan that is known; the position of each one's centre.
    seed
        Of the random moves by which plans are bettered.
    ends
        When to stop, by `time.monotonic` [s].

    Returns
    -------
    The plan and the bound; a part of the space in which all centres are known keeps the bound of its relaxation. A
    better plan found early ends the search, for pairs to be left out by it.
    """
    n = len(problem)
    best, score = start, -np.inf if start is None else problem.score(start)
    first = Areas(np.where(pairs.own > -np.inf, 0, -1), np.array([centres]))
    queue, settled, looked = [_Part(-bound, 0, first, u)], -np.inf, 0
    tried: set[tuple[int, ...]] = set()
    while queue and time.monotonic() < ends:
        needed = needed_score(problem, score)
        if -queue[0].key < needed or -queue[0].key <= settled:
            break
        part = heapq.heappop(queue)
        looked += 1
        at, often, state = part.u.copy(), np.zeros(n), np.array([np.inf, _STEP, 0.0])
        open_ = pairs._replace(own=np.where(part.areas.of >= 0, pairs.own, -np.inf))
        target = score if np.isfinite(score) else bound - _UNKNOWN * abs(bound)
        descend(open_, cores_of(None), part.areas, part.u.copy(), at, often, state, target, _ROUNDS)
        reached = min(-part.key, float(state[0]))
        if reached < needed:
            continue
        rho, rate = _worths(open_, at)
        chosen = choose_centres(rho, part.areas)
        key = tuple(sorted(chosen.tolist()))
        if key not in tried and len(tried) <= looked // _PARTS_A_TRY:
            tried.add(key)
            found = plan_around(problem, chosen, rate, seed=seed + len(tried), seconds=(ends - time.monotonic()) / 4)
            if found is not None and problem.score(found) > score:
                best, score = found, problem.score(found)
                if looked <= _EARLY:
                    heapq.heappush(queue, replace(part, key=-reached))
                    break
                needed = needed_score(problem, score)
        areas = _leave_out(part.areas, rho, chosen, float(at.sum() + rho[chosen].sum()), needed)
        halves = _halves(problem, areas, often)
        if halves is None:
            # All centres are known, so that steps cost little.
            open_ = open_._replace(own=np.where(areas.of >= 0, pairs.own, -np.inf))
            descend(open_, cores_of(None), areas, at.copy(), at, often, state, target, _LAST_ROUNDS)
            settled = max(settled, min(reached, float(state[0])))
            continue
        for child in _split(areas, *halves):
            heapq.heappush(queue, _Part(-reached, looked * n + len(queue), child, at))
    left = max([settled, *(-part.key for part in queue)])
    return Outcome(best, score, max(score, rounded_bound(problem, left)), looked)


def _worths(pairs: Pairs, u: Floats) -> tuple[Floats, Floats]:
    """Return what each centre is worth, and its rate per person."""
    n = len(u)
    rho, choice, rate = np.empty(n), np.empty(n, dtype=np.int64), np.empty(n)
    price_centres(pairs, cores_of(None), u, rho, choice, rate)
    return rho, rate


def plan_around(
    problem: Problem, chosen: Ints, rate: Floats, *, seed: int, seconds: float, effort: float = _EFFORT
) -> tuple[int, ...] | None:
    """
    Look for a plan from centres: blocks grow to where the next costs least, and are then bettered by random moves.

    Parameters
    ----------
    problem
        What is posed.
    chosen
        Positions of the centres to begin with.
    rate
        What a person is worth to the block of each centre that lacks people, below 0 where it has too many, shape (n,).
    seed
        Of the random moves.
    seconds
        Wall time [s].
    effort
        How many times as long as usual the plan is bettered.

    Returns
    -------
    The position of each one's centre, or None where no plan was found.
    """
    worth = problem.value[:, chosen] + rate[chosen][None, :] * problem.population[:, None]
    worth = np.where(problem.allowed[:, chosen], worth, -np.inf)
    with np.errstate(invalid="ignore"):
        cost = worth.max(axis=1, keepdims=True) - worth
    plan = np.full(len(problem), -1)
    queue = [(-1.0, int(j), b) for b, j in enumerate(chosen)]
    while queue:
        _, i, b = heapq.heappop(queue)
        if plan[i] < 0 and cost[i, b] < np.inf:
            plan[i] = chosen[b]
            for w in problem.neighbours[i]:
                if plan[w] < 0:
                    heapq.heappush(queue, (float(cost[w, b]), w, b))
    if (plan < 0).any():
        return None
    start = tuple(int(j) for j in plan)
    return find_witness(problem, len(chosen), seed=seed, effort=effort, start=start, seconds=seconds)


def _leave_out(areas: Areas, rho: Floats, chosen: Ints, bound: float, needed: float) -> Areas:
    """Return areas without those that are centres of no plan with a score as needed."""
    least = np.full(len(areas.centres), np.inf)
    np.minimum.at(least, areas.of[chosen], rho[chosen])
    with np.errstate(invalid="ignore"):
        keep = (areas.of >= 0) & (bound + np.minimum(0.0, rho - least[areas.of]) >= needed)
    keep[chosen] = True
    return areas._replace(of=np.where(keep, areas.of, -1))


def _halves(problem: Problem, areas: Areas, often: Floats) -> tuple[int, Ints, Ints] | None:
    """Return the area in which it is least clear where the centres are, in two halves; None where all are known."""
    widest, found = -1.0, None
    for area, count in enumerate(areas.centres.tolist()):
        inside = np.flatnonzero(areas.of == area)
        if len(inside) == count:
            continue
        weight = often[inside] + _FAINT
        order = np.argsort(-weight)
        apart = np.array([_differences(problem, inside, inside[a]) for a in order[:count]])
        width = weight * apart.min(axis=0)
        if width.sum() > widest:
            far = int(width.argmax())
            near = int(order[apart[:, far].argmin()])
            nearer = _differences(problem, inside, inside[near]) <= _differences(problem, inside, inside[far])
            nearer[near], nearer[far] = True, False
            widest, found = float(width.sum()), (area, inside[nearer], inside[~nearer])
    return found


def _differences(problem: Problem, inside: Ints, centre: int) -> Floats:
    """Return how much it matters whether one or another is the centre, summed over all."""
    apart: Floats = np.abs(problem.value[:, inside] - problem.value[:, [centre]]).sum(axis=0)
    return apart


def _split(areas: Areas, area: int, first: Ints, second: Ints) -> list[Areas]:
    """Return the areas with one split in two, for each number of its centres that may lie in the first half."""
    count, found = int(areas.centres[area]), []
    for inside in range(max(0, count - len(second)), min(count, len(first)) + 1):
        of, centres = areas.of.copy(), areas.centres.copy()
        of[first], of[second] = (area if inside else -1), (len(centres) if inside < count else -1)
        centres[area] = inside
        found.append(Areas(of, np.append(centres, count - inside)))
    return found
