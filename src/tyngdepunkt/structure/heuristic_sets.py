"""
The independent heuristic where pairs and sets count: simulated annealing over connected divisions, block by block.

As in `heuristic`, it knows nothing of the relaxation. What a block scores depends on its members alone, so each set of
members is looked at once and remembered.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.model import Question
from tyngdepunkt.structure import graph
from tyngdepunkt.structure.form import Form
from tyngdepunkt.structure.matching import count_moved, old_blocks
from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.verify import keeps

__all__ = ["anneal_sets"]

_LAST_HEAT = 1e-3
_RECOMBINE = 0.3
_BARRED = 4.0
_REMEMBERED = 200_000


@dataclass(frozen=True)
class _Block:
    """What a block adds: its centre, its score, its score by each threshold, and how many wishes it breaks."""

    centre: int
    score: float
    reached: tuple[float, ...]
    fine: float


def anneal_sets(
    problem: Problem, *, seed: int, rounds: int, start: tuple[int, ...] | None = None
) -> tuple[int, ...] | None:
    """
    Look for a good plan by moving, merging and splitting, with pairs, sets and thresholds counted.

    Parameters
    ----------
    problem
        What is posed.
    seed
        Of the random moves; the same seed gives the same plan.
    rounds
        Moves tried.
    start
        A plan with as many blocks to start from; the position of each one's centre.

    Returns
    -------
    The position of each one's centre, or None where no plan was found that keeps every wish known here.
    """
    chance = random.Random(seed)  # noqa: S311 - a heuristic, not a secret
    yard = _Yard(problem)
    blocks = _grown(problem, chance) if start is None else _restored(start)
    if blocks is None:
        return None
    scale = max(1e-9, _spread(problem.form) / max(1, len(problem)))
    best: tuple[float, list[int]] | None = None
    energy, kept = yard.energy(blocks, scale)
    if kept:
        best = energy, blocks
    for turn in range(rounds):
        heat = scale * 0.5 * (_LAST_HEAT ** (turn / rounds))
        changed = _recombined(problem, blocks, chance) if chance.random() < _RECOMBINE else None
        changed = changed or _shifted(problem, blocks, chance)
        if changed is None:
            continue
        after, kept = yard.energy(changed, scale)
        if after <= energy or chance.random() < math.exp((energy - after) / heat):
            blocks, energy = changed, after
            if kept and (best is None or energy < best[0]):
                best = energy, blocks
    if best is None:
        return None
    plan, ids = yard.plan(best[1]), problem.territory.ids
    # A wish that is not known here may be broken; such a plan is no answer to the question, nor a witness.
    kept = keeps(problem.territory, _asked(problem), {ids[i]: ids[j] for i, j in enumerate(plan)})
    return plan if kept else None


def _asked(problem: Problem) -> Question:
    """Return the question of a problem without its thresholds, which the problem itself may have set anew."""
    return replace(problem.question, thresholds=())


def _spread(form: Form) -> float:
    """Return how much a plan may gain or lose in all, roughly: what the heat is measured in."""
    by_centre = float(np.abs(form.value).mean(axis=1).sum())
    return max(1.0, by_centre + float(form.bond.sum()) / 2 + sum(abs(t.weight) for t in form.touches))


class _Yard:
    """What blocks are worth, remembered."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = problem.population.tolist()
        self.forms = (problem.form, *(least.form for least in problem.least))
        self.touches = [[(graph.mask(t.members), t.weight) for t in form.touches] for form in self.forms]
        self.floor = problem.question.floor
        self.wishes = [graph.mask(group) for group in problem.together]
        self.apart = [graph.mask(group) for group in problem.apart]
        self.holders = [graph.mask(group) for group in problem.functions.values()]
        self.old = old_blocks(problem.start)
        asked = problem.question.start
        self.most_moved = len(problem) if asked is None else asked.most_moved
        self.known: dict[int, _Block] = {}
        self.sizes = [max(1.0, _spread(form) / max(1, len(problem))) for form in self.forms]

    def block(self, subset: int) -> _Block:
        """Return what a block adds."""
        found = self.known.get(subset)
        if found is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            found = self.known[subset] = self._block(subset)
        return found

    def _block(self, subset: int) -> _Block:
        """Look at a block."""
        problem = self.problem
        rows = np.fromiter(graph.members(subset), dtype=np.int64)
        grid = np.ix_(rows, rows)
        ways: NDArray[np.int64] = (~problem.allowed[grid]).sum(axis=0)
        gains = [form.value[grid].sum(axis=0) for form in self.forms]
        # Thresholds decide of centres that serve the objective alike; both count in their own size.
        lean = sum((gain / size for gain, size in zip(gains, self.sizes, strict=True)), np.zeros(len(rows)))
        best = int(max(range(len(rows)), key=lambda c: (-ways[c], lean[c])))
        scores = []
        for form, touches, gain in zip(self.forms, self.touches, gains, strict=True):
            score = float(gain[best]) + float(form.bond[grid].sum()) / 2
            scores.append(score + sum(weight for members, weight in touches if subset & members))
        people = sum(self.people[i] for i in rows.tolist())
        fine = _BARRED * int(ways[best])
        if people < self.floor:
            fine += 1 + 4 * (self.floor - people) / self.floor
        fine += sum(_BARRED for members in self.holders if not subset & members)
        fine += sum(_BARRED for members in self.wishes if 0 != subset & members != members)
        fine += sum(_BARRED for members in self.apart if (subset & members).bit_count() > 1)
        return _Block(int(rows[best]), scores[0], tuple(scores[1:]), fine)

    def energy(self, blocks: list[int], scale: float) -> tuple[float, bool]:
        """Return what is to be least, the objective's opposite and a fine for each wish broken; and whether none is."""
        found = [self.block(subset) for subset in blocks]
        fine = sum(block.fine for block in found)
        if self.old:
            fine += max(0, count_moved(self.old, blocks) - self.most_moved)
        for number, least in enumerate(self.problem.least):
            short = least.score - least.slack - sum(block.reached[number] for block in found)
            if short > 0:
                fine += 1 + short / self.sizes[number + 1]
        return -sum(block.score for block in found) + fine * scale * 3, fine == 0

    def plan(self, blocks: list[int]) -> tuple[int, ...]:
        """Return the position of each one's centre."""
        centre_of = [0] * len(self.problem)
        for subset in blocks:
            for i in graph.members(subset):
                centre_of[i] = self.block(subset).centre
        return tuple(centre_of)


def _restored(plan: tuple[int, ...]) -> list[int]:
    """Return a plan's blocks."""
    return [graph.mask(i for i, j in enumerate(plan) if j == c) for c in sorted(set(plan))]


def _grown(problem: Problem, chance: random.Random) -> list[int] | None:
    """Return blocks grown out of municipalities drawn by population, or None where they do not reach everybody."""
    n, near, centres = len(problem), problem.near, problem.question.centres
    parts = graph.components(near, (1 << n) - 1)
    seeds = [chance.choice(list(graph.members(part))) for part in parts]
    fixed = [problem.territory.position[i] for i in sorted(problem.question.centre)]
    others = [i for i in range(n) if i not in seeds and i not in fixed]
    others.sort(key=lambda i: -(chance.random() ** (1 / (1 + int(problem.population[i])))))
    seeds = ([*seeds, *(i for i in fixed if i not in seeds), *others])[:centres]
    if len(parts) > centres:
        return None
    blocks = [1 << i for i in seeds]
    free = ((1 << n) - 1) & ~graph.mask(seeds)
    while free:
        grew = False
        for b in chance.sample(range(len(blocks)), len(blocks)):
            border = list(graph.members(graph.reach(near, blocks[b]) & free))
            if border:
                i = chance.choice(border)
                blocks[b] |= 1 << i
                free &= ~(1 << i)
                grew = True
        if not grew:
            return None
    return blocks


def _shifted(problem: Problem, blocks: list[int], chance: random.Random) -> list[int] | None:
    """Return the blocks with one municipality moved next door, or None where it cannot go."""
    i = chance.randrange(len(problem))
    if not problem.neighbours[i]:
        return None
    to = chance.choice(problem.neighbours[i])
    a = next(b for b, subset in enumerate(blocks) if subset >> i & 1)
    rest = blocks[a] & ~(1 << i)
    if blocks[a] >> to & 1 or not rest or not graph.is_connected(problem.near, rest):
        return None
    changed = [subset | 1 << i if subset >> to & 1 else subset for subset in blocks]
    changed[a] = rest
    return changed


def _recombined(problem: Problem, blocks: list[int], chance: random.Random) -> list[int] | None:
    """Return the blocks with two merged and one split, the merged one or another; None where there is nothing to do."""
    i = chance.randrange(len(problem))
    a = next(b for b, subset in enumerate(blocks) if subset >> i & 1)
    beside = [b for b, subset in enumerate(blocks) if b != a and subset & problem.near[i]]
    if not beside:
        return None
    b = chance.choice(beside)
    merged = blocks[a] | blocks[b]
    rest = [subset for c, subset in enumerate(blocks) if c not in (a, b)]
    others = [c for c, subset in enumerate(rest) if subset & (subset - 1)]
    if others and chance.random() < 0.5:  # noqa: PLR2004
        split = rest.pop(chance.choice(others))
        return [*rest, merged, *_split(problem, split, chance)]
    return [*rest, *_split(problem, merged, chance)]


def _split(problem: Problem, subset: int, chance: random.Random) -> tuple[int, int]:
    """Cut a connected set in two connected parts along an edge of a random spanning tree."""
    start = chance.choice(list(graph.members(subset)))
    parent = {start: start}
    order, stack = [start], [start]
    while stack:
        v = stack.pop(chance.randrange(len(stack)))
        fresh = [w for w in problem.neighbours[v] if subset >> w & 1 and w not in parent]
        chance.shuffle(fresh)
        for w in fresh:
            parent[w] = v
            order.append(w)
            stack.append(w)
    below = {v: 1 << v for v in order}
    for v in reversed(order[1:]):
        below[parent[v]] |= below[v]
    cut = below[chance.choice(order[1:])]
    return cut, subset & ~cut
