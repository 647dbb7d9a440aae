"""
The independent witness: simulated annealing over connected divisions, compiled.

It knows nothing of the relaxation. It gives the exact search a plan to start from, and it is the witness against it:
a "proven" optimum that it beats is an error. It knows every objective and every wish; what it finds under wishes is
checked by `verify` before it is believed.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.lists import join_lists
from tyngdepunkt.model import Question
from tyngdepunkt.structure import graph
from tyngdepunkt.structure.form import Form
from tyngdepunkt.structure.matching import match_largest, old_blocks
from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.search import Stopped
from tyngdepunkt.structure.verify import keeps

if TYPE_CHECKING:
    from tyngdepunkt.structure.division import Cooling, Division, Land, Room

__all__ = ["find_witness", "holding_move", "holding_pair", "is_plain", "without_worth"]

_CHUNK = 20_000
"""Steps between two looks at Ctrl-C: a few hundredths of a second."""
_STEPS_PER_MUNICIPALITY = 1_200
_DEARER = 1, 10
"""How many times as dear as usual it is to break wishes, the next where the one before found no plan."""
_TRIES = 20
"""Attempts at blocks to start from before giving up."""
_HEAT_FORGIVEN = 7.0
"""Up to how many times as hot as usual it may be before it is dearer to break wishes."""
_BARRED = 1e3
"""How many times the largest number of the objective a pair costs that is not allowed."""
_HOT = 0.3
_HOT_FROM_A_PLAN = 0.03
"""Heat of the first step in what a municipality matters, by itself and from a plan that is only to be bettered."""


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
    heat: float = 1.0,
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
    heat
        How many times as hot as usual the first step is.
    seconds
        Wall time; fewer steps are taken where this does not suffice for all [s].

    Returns
    -------
    The position of each one's centre, or None where no plan was found that keeps every wish.
    """
    ends = time.monotonic() + seconds

    def look(posed: Problem, start: tuple[int, ...] | None) -> tuple[int, ...] | None:
        left = ends - time.monotonic()
        return _anneal(posed, centres, seed=seed, effort=effort, start=start, pair=pair, heat=heat, seconds=left)

    plain, stopped = is_plain(problem), False
    try:
        found = look(problem, start)
        is_tight = (problem.question.floor or not plain) and start is None and time.monotonic() < ends
        if found is None and is_tight and (level := look(without_worth(problem), None)) is not None:
            # What blocks are worth pulled away from what the wishes leave: any division first, then a good one.
            found = look(problem, level)
    except Stopped as stop:
        found, stopped = stop.centre_of, True
    # A wish that is not known here may be broken; such a plan is no answer to the question, nor a witness.
    kept = found if found is None or plain or _is_kept(problem, found) else None
    if stopped:
        raise Stopped(kept)
    return kept


def without_worth(problem: Problem) -> Problem:
    """Return a problem with the same plans, all of them worth nothing."""
    form = Form(np.zeros_like(problem.value), np.zeros_like(problem.form.bond), ())
    return replace(problem, form=form, value=form.value, whole=True)


def _is_kept(problem: Problem, plan: tuple[int, ...]) -> bool:
    """Return whether a plan keeps the problem's wishes; of thresholds those that the problem may have set anew."""
    ids = problem.territory.ids
    asked = replace(problem.question, thresholds=(), centres=len(set(plan)))
    return problem.reaches(plan) and keeps(problem.territory, asked, {ids[i]: ids[j] for i, j in enumerate(plan)})


def _anneal(
    problem: Problem,
    centres: int,
    *,
    seed: int,
    effort: float,
    start: tuple[int, ...] | None,
    pair: tuple[int, int] | None,
    heat: float,
    seconds: float,
) -> tuple[int, ...] | None:
    """Anneal, compiled."""
    from tyngdepunkt.structure.division import Cooling, make_division, make_room, place

    n = len(problem)
    allowed = problem.allowed if pair is None else holding_pair(problem.allowed, pair)
    land, scale = _land(problem, allowed, centres)
    chance = np.random.default_rng([seed, centres, *(pair or ())])
    division = make_division(land, centres, chance.integers(1 << 63, size=1, dtype=np.uint64))
    room = make_room(land)
    steps = max(_CHUNK, int(_STEPS_PER_MUNICIPALITY * n * effort))
    hot = heat * (_HOT if start is None and not problem.start else _HOT_FROM_A_PLAN)
    # What a block without inhabitants costs has to grow with the number of those that could fill it.
    grown = max(1.0, n / (4 * centres))
    ends = time.monotonic() + seconds
    for dearer in _DEARER:
        reshaped = _reshape(problem, centres, chance) if problem.start and start is None else None
        if start is not None:
            numbers = {c: b for b, c in enumerate(sorted(set(start)))}
            block = np.array([numbers[c] for c in start], dtype=np.int64)
        elif reshaped is not None:
            block = reshaped
        elif _start(problem, land, division, chance, pair):
            block = division.block.copy()
        else:
            return None
        land = land._replace(home=_homes(problem, block))
        place(land, division, block)
        # In greater heat wishes would be broken more lightly, if that were not dearer too.
        fine = dearer * max(1.0, heat / _HEAT_FORGIVEN) * grown * scale
        cooling = Cooling(hot * grown * scale, 2e-4 * grown * scale, fine, 30 * grown * fine, 0.1, steps)
        stopped = False
        try:
            _cool(land, division, room, cooling, seconds=ends - time.monotonic())
        except KeyboardInterrupt:
            stopped = True
        plan = None
        if room.best[0] >= 0:
            place(land, division, room.best)
            plan = tuple(int(j) for j in division.centre[division.block])
            plan = plan if all(allowed[i, j] for i, j in enumerate(plan)) else None
        if stopped:
            raise Stopped(plan)
        if room.best[0] >= 0:
            return plan
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


def _land(problem: Problem, allowed: NDArray[np.bool_], centres: int) -> tuple[Land, float]:
    """Return a problem as the compiled search reads it, and how much one municipality matters."""
    from tyngdepunkt.structure.division import Land

    n = len(problem)
    forms = (problem.form, *(least.form for least in problem.least))
    sizes = [_size(form, allowed) for form in forms]
    value = np.stack([np.where(allowed, form.value, 0.0) for form in forms])
    value[0] = problem.value
    value[0, ~allowed] = -_BARRED * max(1.0, problem.form.largest)
    has_pairs = any(form.bond.any() for form in forms)
    bond = np.stack([form.bond if has_pairs else form.bond[:0, :0] for form in forms])
    lean = 1.0 / np.array(sizes) if len(forms) > 1 else np.ones(1)
    least = np.array([-np.inf, *(least.score - least.slack for least in problem.least)])
    starts, ends = join_lists(problem.neighbours)
    members, weight, dear, broken = _sets(problem, forms, centres)
    within = [[s for s, own in enumerate(members) if i in own] for i in range(n)]
    sets_from, sets = join_lists(within)
    land = Land(
        starts, ends, problem.population.astype(np.int64), int(problem.question.floor), value, bond, lean, least,
        sets_from, sets, weight, dear, broken, np.full(n, -1, dtype=np.int64), n - problem.least_staying,
    )  # fmt: skip
    return land, sizes[0]


def _size(form: Form, allowed: NDArray[np.bool_]) -> float:
    """Return how much one municipality matters to a form: its most valuable centre, half its pairs, its sets."""
    n = len(allowed)
    others = np.where(allowed & ~np.eye(n, dtype=bool), form.value, -np.inf)
    best = others.max(axis=1)
    by_centre = float(np.abs(best[np.isfinite(best)]).mean()) if np.isfinite(best).any() else 0.0
    by_set = sum(abs(touch.weight) for touch in form.touches) / n
    return max(1.0, by_centre + float(form.bond.sum()) / (2 * n) + by_set)


def _sets(
    problem: Problem, forms: tuple[Form, ...], centres: int
) -> tuple[list[frozenset[int]], NDArray[np.float64], NDArray[np.int64], int]:
    """Return the sets of which it matters how many blocks touch them: what that adds, how many wishes it breaks."""
    wishes = [(group, 1, -1) for group in problem.together]
    wishes += [(group, -1, len(group)) for group in problem.apart]
    wishes += [(holders, -1, centres) for holders in problem.functions.values()]
    number: dict[tuple[int, ...], int] = {}
    for members in (*(touch.members for form in forms for touch in form.touches), *(wish[0] for wish in wishes)):
        number.setdefault(members, len(number))
    weight, dear = np.zeros((len(forms), len(number))), np.zeros(len(number), dtype=np.int64)
    for f, form in enumerate(forms):
        for touch in form.touches:
            weight[f, number[touch.members]] += touch.weight
    for members, cost, _ in wishes:
        dear[number[members]] += cost
    return [frozenset(members) for members in number], weight, dear, sum(wish[2] for wish in wishes)


def _homes(problem: Problem, block: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the block in which each one would count as not moved: its old one's largest share; −1 for none."""
    home = np.full(len(problem), -1, dtype=np.int64)
    if problem.start:
        blocks = [graph.mask(np.flatnonzero(block == b).tolist()) for b in range(int(block.max()) + 1)]
        old = old_blocks(problem.start)
        for row, column in match_largest(old, blocks).items():
            home[list(graph.members(old[row]))] = column
    return home


def _start(
    problem: Problem, land: Land, division: Division, chance: np.random.Generator, pair: tuple[int, int] | None
) -> bool:
    """Let blocks grow out of municipalities drawn by population, one in each part; return whether it went well."""
    from tyngdepunkt.structure.division import grow

    n, centres = len(problem), len(division.first)
    parts = [list(graph.members(part)) for part in graph.components(problem.near, (1 << n) - 1)]
    if len(parts) > centres:
        return False
    position = problem.territory.position
    wanted = {position[i] for i in problem.question.centre} | ({pair[1]} if pair else set())
    may = np.diag(problem.allowed)
    group_of = {i: set(group) for group in problem.together for i in group}
    for _ in range(_TRIES):
        seeds = sorted(wanted)
        for part in parts:
            if not wanted & set(part):
                seeds.append(int(chance.choice([i for i in part if may[i]] or part)))
        keys = chance.random(n) ** (1 / (1 + problem.population)) + may
        # Those who shall lie together need no more than one block to grow out of them.
        taken = set(seeds).union(*(group_of.get(i, set()) for i in seeds))
        spare: list[int] = []
        for i in np.argsort(-keys).tolist():
            if len(seeds) >= centres:
                break
            if i in taken:
                spare += [i] if i not in seeds else []
                continue
            seeds.append(i)
            taken |= group_of.get(i, {i})
        seeds += spare[: max(0, centres - len(seeds))]
        if len(seeds) == centres and grow(land, division, np.array(seeds, dtype=np.int64)):
            return True
    return False


def _reshape(problem: Problem, centres: int, chance: np.random.Generator) -> NDArray[np.int64] | None:
    """Return the blocks of the plan to start from, the smallest merged or the largest cut in two to be as many."""
    near = problem.near
    blocks = [part for old in old_blocks(problem.start) for part in graph.components(near, old)]
    while len(blocks) > centres:
        blocks.sort(key=int.bit_count)
        small = next((s for s in blocks if any(graph.reach(near, s) & t for t in blocks if t != s)), None)
        if small is None:
            return None
        beside = [t for t in blocks if t != small and graph.reach(near, small) & t]
        joined = beside[int(chance.integers(len(beside)))]
        blocks = [s for s in blocks if s not in (small, joined)] + [small | joined]
    while len(blocks) < centres:
        blocks.sort(key=int.bit_count)
        blocks += _cut_in_two(problem, blocks.pop(), chance)
    block = np.empty(len(problem), dtype=np.int64)
    for number, subset in enumerate(blocks):
        block[list(graph.members(subset))] = number
    return block


def _cut_in_two(problem: Problem, subset: int, chance: np.random.Generator) -> tuple[int, int]:
    """Cut a connected set in two connected parts along an edge of a random spanning tree."""
    members = list(graph.members(subset))
    start = members[int(chance.integers(len(members)))]
    parent, order, stack = {start: start}, [start], [start]
    while stack:
        v = stack.pop(int(chance.integers(len(stack))))
        fresh = [w for w in problem.neighbours[v] if subset >> w & 1 and w not in parent]
        for w in chance.permutation(fresh).astype(np.int64).tolist():
            parent[w] = v
            order.append(w)
            stack.append(w)
    below = {v: 1 << v for v in order}
    for v in reversed(order[1:]):
        below[parent[v]] |= below[v]
    cut = below[order[1 + int(chance.integers(len(order) - 1))]]
    return cut, subset & ~cut
