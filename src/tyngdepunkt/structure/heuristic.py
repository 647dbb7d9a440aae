"""
An independent heuristic: simulated annealing over connected divisions.

It knows nothing of the relaxation. It gives the exact search a plan to start from, and it is the witness against
it: a "proven" optimum that it beats is an error.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from tyngdepunkt.structure import graph
from tyngdepunkt.structure.problem import Problem

__all__ = ["anneal"]

_BARRED = 1e12


def anneal(
    problem: Problem, centres: int, *, seed: int, rounds: int = 2500, start: tuple[int, ...] | None = None
) -> tuple[int, ...] | None:
    """
    Look for a good plan by moving one municipality at a time between blocks, and by merging and splitting blocks.

    Parameters
    ----------
    problem
        What is posed.
    centres
        Number of blocks.
    seed
        Of the random moves; the same seed gives the same plan.
    rounds
        Moves tried.
    start
        A plan with as many blocks to start from; the position of each one's centre.

    Returns
    -------
    The position of each one's centre, or None where no plan was found that keeps every wish.
    """
    chance = random.Random(seed)  # noqa: S311 - a heuristic, not a secret
    division = _Division(problem, chance)
    if not (division.restore(start) if start is not None else division.grow(centres)):
        return None
    scale = max(1.0, sum(max(row) for row in division.worth) / max(1, len(problem)))
    best: tuple[float, tuple[int, ...]] | None = None
    energy = division.energy(scale)
    if division.is_kept:
        best = energy, division.plan()
    for turn in range(rounds):
        heat = scale * 0.3 * (1e-3 ** (turn / rounds))
        change = division.recombine() if chance.random() < 0.08 else division.shift()  # noqa: PLR2004
        if change is None:
            continue
        after = division.energy(scale)
        if after <= energy or chance.random() < math.exp((energy - after) / heat):
            energy = after
            if division.is_kept and (best is None or energy < best[0]):
                best = energy, division.plan()
        else:
            division.undo(change)
    return None if best is None else best[1]


@dataclass
class _Block:
    """A block as a set, what each municipality would gain it as centre, its best centre and its people."""

    subset: int
    gain: list[float]
    people: int
    centre: int = -1
    score: float = 0.0


class _Division:
    """A connected division under way."""

    def __init__(self, problem: Problem, chance: random.Random) -> None:
        self.problem = problem
        self.chance = chance
        self.near = problem.near
        self.worth = [
            [float(v) if ok else -_BARRED for v, ok in zip(row, allowed, strict=True)]
            for row, allowed in zip(problem.value.tolist(), problem.allowed.tolist(), strict=True)
        ]
        self.people = problem.population.tolist()
        self.blocks: list[_Block] = []
        self.block_of = [0] * len(problem)
        self.floor = problem.question.floor
        self.together = [graph.mask(group) for group in problem.together]
        self.apart = [graph.mask(group) for group in problem.apart]
        self.holders = [graph.mask(group) for group in problem.functions.values()]
        self.old = [
            graph.mask(i for i, b in enumerate(problem.start) if b == number)
            for number in range(max(problem.start, default=-1) + 1)
        ]
        asked = problem.question.start
        self.most_moved = len(problem) if asked is None else asked.most_moved
        self.is_kept = False

    def grow(self, centres: int) -> bool:
        """Start from blocks grown out of municipalities drawn by population; return whether all are placed."""
        n = len(self.problem)
        parts = graph.components(self.near, (1 << n) - 1)
        if len(parts) > centres:
            return False
        if self.old:
            return self._reshape(centres)
        seeds = [self.chance.choice(list(graph.members(part))) for part in parts]
        position = self.problem.territory.position
        wanted = [position[i] for i in sorted(self.problem.question.centre) if position[i] not in seeds]
        others = [i for i in range(n) if i not in seeds and i not in wanted]
        others.sort(key=lambda i: -(self.chance.random() ** (1 / (1 + self.people[i]))))
        seeds = (seeds + wanted + others)[:centres]
        subsets = [1 << i for i in seeds]
        free = ((1 << n) - 1) & ~graph.mask(seeds)
        while free:
            order = list(range(len(subsets)))
            self.chance.shuffle(order)
            moved = False
            for b in order:
                border = list(graph.members(graph.reach(self.near, subsets[b]) & free))
                if border:
                    i = self.chance.choice(border)
                    subsets[b] |= 1 << i
                    free &= ~(1 << i)
                    moved = True
            if not moved:
                return False
        self._place(subsets)
        return True

    def _reshape(self, centres: int) -> bool:
        """Start from the blocks of the plan to start from, the smallest merged or the largest split to be as many."""
        subsets = [part for old in self.old for part in graph.components(self.near, old)]
        while len(subsets) > centres:
            subsets.sort(key=int.bit_count)
            small = next((s for s in subsets if any(graph.reach(self.near, s) & t for t in subsets if t != s)), None)
            if small is None:
                return False
            subsets.remove(small)
            beside = [t for t in subsets if graph.reach(self.near, small) & t]
            joined = self.chance.choice(beside)
            subsets.remove(joined)
            subsets.append(small | joined)
        while len(subsets) < centres:
            subsets.sort(key=int.bit_count)
            subsets += self._split(subsets.pop())
        self._place(subsets)
        return True

    def _moved(self) -> int:
        """Return how many are moved from the plan to start from, by a matching that takes the largest share first."""
        shared = sorted(
            (
                ((old & block.subset).bit_count(), a, b)
                for a, old in enumerate(self.old)
                for b, block in enumerate(self.blocks)
                if old & block.subset
            ),
            reverse=True,
        )
        taken_old, taken, stay = 0, 0, 0
        for count, a, b in shared:
            if not (taken_old >> a & 1 or taken >> b & 1):
                taken_old |= 1 << a
                taken |= 1 << b
                stay += count
        return len(self.people) - stay

    def restore(self, plan: tuple[int, ...]) -> bool:
        """Start from a plan."""
        self._place([graph.mask(i for i, j in enumerate(plan) if j == c) for c in sorted(set(plan))])
        return True

    def _place(self, subsets: list[int]) -> None:
        """Take these sets as the blocks."""
        self.blocks = [self._block(subset) for subset in subsets]
        for b, subset in enumerate(subsets):
            for i in graph.members(subset):
                self.block_of[i] = b

    def _block(self, subset: int) -> _Block:
        """Return a set as a block."""
        rows = [self.worth[i] for i in graph.members(subset)]
        block = _Block(
            subset,
            [sum(column) for column in zip(*rows, strict=True)],
            sum(self.people[i] for i in graph.members(subset)),
        )
        self._settle(block)
        return block

    def _settle(self, block: _Block) -> None:
        """Find a block's best centre."""
        block.centre = max(graph.members(block.subset), key=block.gain.__getitem__)
        block.score = block.gain[block.centre]

    def energy(self, scale: float) -> float:
        """Return what is to be least: the objective's opposite, and a fine for each wish broken."""
        fine = 0.0
        score = 0.0
        for block in self.blocks:
            score += block.score
            if block.score < -_BARRED / 2:
                fine += 4
                score += _BARRED * round(-block.score / _BARRED)
            if block.people < self.floor:
                fine += 1 + 4 * (self.floor - block.people) / self.floor
            fine += sum(4 for whole in self.holders if not block.subset & whole)
            fine += sum(4 for whole in self.together if 0 != block.subset & whole != whole)
            fine += sum(4 for whole in self.apart if (block.subset & whole).bit_count() > 1)
        if self.old:
            fine += max(0, self._moved() - self.most_moved)
        self.is_kept = fine == 0
        return -score + fine * scale * 3

    def shift(self) -> list[tuple[int, _Block]] | None:
        """Move one municipality to a neighbouring block; return what was there before, or None where it cannot go."""
        i = self.chance.randrange(len(self.people))
        options = self.problem.neighbours[i]
        if not options:
            return None
        a, b = self.block_of[i], self.block_of[self.chance.choice(options)]
        if a == b:
            return None
        rest = self.blocks[a].subset & ~(1 << i)
        if not rest or not graph.is_connected(self.near, rest):
            return None
        before = [(a, self.blocks[a]), (b, self.blocks[b])]
        row = self.worth[i]
        self.blocks[a] = _Block(
            rest, [g - w for g, w in zip(self.blocks[a].gain, row, strict=True)], self.blocks[a].people - self.people[i]
        )
        self.blocks[b] = _Block(
            self.blocks[b].subset | 1 << i,
            [g + w for g, w in zip(self.blocks[b].gain, row, strict=True)],
            self.blocks[b].people + self.people[i],
        )
        self.block_of[i] = b
        self._settle(self.blocks[a])
        self._settle(self.blocks[b])
        return before

    def recombine(self) -> list[tuple[int, _Block]] | None:
        """Merge two neighbouring blocks and split one in two, or the merged one anew; return what was there before."""
        i = self.chance.randrange(len(self.people))
        others = sorted({self.block_of[m] for m in self.problem.neighbours[i]} - {self.block_of[i]})
        if not others:
            return None
        a, b = self.block_of[i], self.chance.choice(others)
        merged = self.blocks[a].subset | self.blocks[b].subset
        splittable = [c for c, block in enumerate(self.blocks) if c not in (a, b) and block.subset.bit_count() > 1]
        if splittable and self.chance.random() < 0.5:  # noqa: PLR2004
            c = self.chance.choice(splittable)
            first, second = self._split(self.blocks[c].subset)
            changed = {a: merged, b: first, c: second}
        else:
            first, second = self._split(merged)
            changed = {a: first, b: second}
        before = [(c, self.blocks[c]) for c in changed]
        for c, subset in changed.items():
            self._set(c, self._block(subset))
        return before

    def _split(self, subset: int) -> tuple[int, int]:
        """Cut a set in two connected parts along an edge of a random spanning tree."""
        start = self.chance.choice(list(graph.members(subset)))
        parent = {start: start}
        order = [start]
        stack = [start]
        while stack:
            v = stack.pop(self.chance.randrange(len(stack)))
            fresh = [w for w in self.problem.neighbours[v] if subset >> w & 1 and w not in parent]
            self.chance.shuffle(fresh)
            for w in fresh:
                parent[w] = v
                order.append(w)
                stack.append(w)
        cut = self.chance.choice(order[1:])
        below = {v: 1 << v for v in order}
        for v in reversed(order[1:]):
            below[parent[v]] |= below[v]
        return below[cut], subset & ~below[cut]

    def _set(self, number: int, block: _Block) -> None:
        """Put a block in its place."""
        self.blocks[number] = block
        for i in graph.members(block.subset):
            self.block_of[i] = number

    def undo(self, before: list[tuple[int, _Block]]) -> None:
        """Put back what a move replaced."""
        for number, block in before:
            self._set(number, block)

    def plan(self) -> tuple[int, ...]:
        """Return the position of each one's centre."""
        return tuple(self.blocks[b].centre for b in self.block_of)
