"""
The independent witness: simulated annealing over connected divisions, compiled.

It knows nothing of the relaxation. It gives the exact search a plan to start from, and it is the witness against it:
a "proven" optimum that it beats is an error. Questions with wishes that the compiled search does not know go to
`heuristic` and `heuristic_sets`, which between them know all and are slower.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.model import Question
from tyngdepunkt.structure import heuristic, heuristic_sets
from tyngdepunkt.structure.problem import Problem

if TYPE_CHECKING:
    from tyngdepunkt.structure.division import Cooling, Division, Land, Room

__all__ = ["find_witness", "holding_move", "holding_pair", "is_plain"]

_CHUNK = 20_000
"""Steps between two looks at Ctrl-C: a few hundredths of a second."""
_STEPS_PER_MUNICIPALITY = 1_500
_DEARER = 1, 10
"""How many times as dear as usual it is to lack people, the next where the one before found no plan."""
_TRIES = 20
"""Attempts at blocks to start from before giving up."""
_BARRED = 1e3
"""How many times the largest value a pair costs that is not allowed."""
_SLOWER = 40
"""Compiled steps in the time of one of `heuristic`, more or less."""


def is_plain(problem: Problem) -> bool:
    """Return whether a question asks for nothing beyond centres, pairs that are allowed, connection and a floor."""
    question = problem.question
    return not (problem.together or problem.has_sets or problem.least) and question == Question(
        question.centres,
        question.objective,
        floor=question.floor,
        max_minutes=question.max_minutes,
        centre=question.centre,
        not_centre=question.not_centre,
        seasonal=question.seasonal,
    )


def holding_pair(allowed: NDArray[np.bool_], pair: tuple[int, int]) -> NDArray[np.bool_]:
    """Return which pairs are allowed where i has centre j: i and j no other; shape (n, n)."""
    held = allowed.copy()
    for one in pair:
        held[one] = False
        held[one, pair[1]] = allowed[one, pair[1]]
    if pair[0] != pair[1]:
        held[:, pair[0]] = False
    return held


def holding_move(allowed: NDArray[np.bool_], i: int, among: Sequence[int]) -> NDArray[np.bool_]:
    """Return which pairs are allowed where i has one of these centres; shape (n, n)."""
    if len(among) == 1:
        return holding_pair(allowed, (i, among[0]))
    held = allowed.copy()
    held[i] = False
    held[i, among] = allowed[i, among]
    if i not in among:
        held[:, i] = False
    return held


def find_witness(
    problem: Problem,
    centres: int,
    *,
    seed: int,
    effort: float = 1.0,
    start: tuple[int, ...] | None = None,
    pair: tuple[int, int] | None = None,
    seconds: float = np.inf,
) -> tuple[int, ...] | None:
    """
    Look for a good plan without any bound.

    Parameters
    ----------
    problem
        What is posed.
    centres
        Number of blocks.
    seed
        Of the random moves; the same seed gives the same plan.
    effort
        How many times as long as usual to look.
    start
        A plan with as many blocks to start from, only a little disturbed; the position of each one's centre.
    pair
        Positions (i, j) where i shall have centre j; None for no such wish.
    seconds
        Wall time; the compiled search takes fewer steps where this does not suffice for all [s].

    Returns
    -------
    The position of each one's centre, or None where no plan was found that keeps every wish.
    """
    if not is_plain(problem):
        if pair is not None:
            return None
        rounds = int(2500 * effort)
        if problem.has_sets or problem.least:
            return heuristic_sets.anneal_sets(problem, seed=seed, rounds=rounds, start=start)
        return heuristic.anneal(problem, centres, seed=seed, rounds=rounds, start=start)
    ends = time.monotonic() + seconds
    found = _anneal(problem, centres, seed=seed, effort=effort, start=start, pair=pair, seconds=seconds)
    if found is None and problem.question.floor and start is None and time.monotonic() < ends:
        # Where the floor is tight, what blocks are worth pulls away from it: any division first, then a good one.
        flat = replace(problem, value=np.zeros_like(problem.value))
        left = ends - time.monotonic()
        level = _anneal(flat, centres, seed=seed, effort=effort, start=None, pair=pair, seconds=left)
        if level is not None:
            left = ends - time.monotonic()
            found = _anneal(problem, centres, seed=seed, effort=effort, start=level, pair=pair, seconds=left)
    return found


def _anneal(
    problem: Problem,
    centres: int,
    *,
    seed: int,
    effort: float,
    start: tuple[int, ...] | None,
    pair: tuple[int, int] | None,
    seconds: float,
) -> tuple[int, ...] | None:
    """Anneal, compiled."""
    from tyngdepunkt.structure.division import Cooling, make_room, place

    n = len(problem)
    allowed = problem.allowed if pair is None else holding_pair(problem.allowed, pair)
    land, scale = _land(problem, allowed)
    chance = np.random.default_rng([seed, centres, *(pair or ())])
    division = _division(n, centres, chance)
    room = make_room(n)
    steps = max(_CHUNK, int(_STEPS_PER_MUNICIPALITY * n * effort))
    hot = 0.3 if start is None else 0.03
    # What a block without inhabitants costs has to grow with the number of those that could fill it.
    grown = max(1.0, n / (4 * centres))
    ends = time.monotonic() + seconds
    for dearer in _DEARER:
        if start is not None:
            numbers = {c: b for b, c in enumerate(sorted(set(start)))}
            place(land, division, np.array([numbers[c] for c in start], dtype=np.int64))
        elif not _start(problem, land, division, chance, pair):
            return None
        fine = dearer * grown * scale
        cooling = Cooling(hot * grown * scale, 2e-4 * grown * scale, fine, 30 * grown * fine, 0.1, steps)
        _cool(land, division, room, cooling, seconds=ends - time.monotonic())
        if room.best[0] >= 0:
            place(land, division, room.best)
            plan = tuple(int(j) for j in division.centre[division.block])
            return plan if all(allowed[i, j] for i, j in enumerate(plan)) else None
    return None


def _cool(land: Land, division: Division, room: Room, cooling: Cooling, *, seconds: float) -> None:
    """Take all steps, or faster cooling ones where there is no time for all, rather than breaking off while hot."""
    from tyngdepunkt.structure.division import run

    run(land, division, room, cooling, 0, 0)  # so that it is compiled before the clock is looked at
    began, at, taken = time.monotonic(), 0, 0
    while at < cooling.steps:
        upto = min(cooling.steps, at + _CHUNK)
        run(land, division, room, cooling, at, upto)
        taken, at = taken + upto - at, upto
        spent = time.monotonic() - began
        affordable = (seconds - spent) * taken / max(spent, 1e-9)
        if at < cooling.steps and affordable < cooling.steps - at:
            done = at / cooling.steps
            cooling = cooling._replace(steps=int(max(0.0, affordable) / (1 - done)))
            at = int(done * cooling.steps)


def _land(problem: Problem, allowed: NDArray[np.bool_]) -> tuple[Land, float]:
    """Return a problem as the compiled search reads it, and how much one municipality matters."""
    from tyngdepunkt.structure.division import Land

    n = len(problem)
    others = np.where(allowed & ~np.eye(n, dtype=bool), problem.value, -np.inf)
    best = others.max(axis=1)
    scale = max(1.0, float(np.abs(best[np.isfinite(best)]).mean())) if np.isfinite(best).any() else 1.0
    barred = -_BARRED * max(1.0, float(np.abs(problem.value).max()))
    starts = np.zeros(n + 1, dtype=np.int64)
    starts[1:] = np.cumsum([len(near) for near in problem.neighbours])
    ends = np.array([w for near in problem.neighbours for w in near], dtype=np.int64)
    value = np.ascontiguousarray(np.where(allowed, problem.value, barred))
    return Land(starts, ends, problem.population.astype(np.int64), value, int(problem.question.floor)), scale


def _division(n: int, centres: int, chance: np.random.Generator) -> Division:
    """Return an empty division."""
    from tyngdepunkt.structure.division import Division

    def ints(size: int) -> NDArray[np.int64]:
        return np.full(size, -1, dtype=np.int64)

    return Division(
        ints(n), ints(centres), ints(n), ints(n), ints(centres), ints(centres), ints(centres),
        np.zeros(centres), np.zeros((centres, n)), chance.integers(1 << 63, size=1, dtype=np.uint64),
    )  # fmt: skip


def _start(
    problem: Problem, land: Land, division: Division, chance: np.random.Generator, pair: tuple[int, int] | None
) -> bool:
    """Let blocks grow out of municipalities drawn by population, one in each part; return whether it went well."""
    from tyngdepunkt.structure import graph
    from tyngdepunkt.structure.division import grow

    n, centres = len(problem), len(division.first)
    parts = [list(graph.members(part)) for part in graph.components(problem.near, (1 << n) - 1)]
    if len(parts) > centres:
        return False
    position = problem.territory.position
    wanted = {position[i] for i in problem.question.centre} | ({pair[1]} if pair else set())
    may = np.diag(problem.allowed)
    for _ in range(_TRIES):
        seeds = sorted(wanted)
        for part in parts:
            if not wanted & set(part):
                seeds.append(int(chance.choice([i for i in part if may[i]] or part)))
        keys = chance.random(n) ** (1 / (1 + problem.population)) + may
        keys[seeds] = -1.0
        seeds += np.argsort(-keys)[: max(0, centres - len(seeds))].tolist()
        if len(seeds) == centres and grow(land, division, np.array(seeds, dtype=np.int64)):
            return True
    return False
