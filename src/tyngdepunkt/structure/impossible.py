"""
Why no plan exists: the numbers or the map, which constraints clash, and what would work instead.

The floor alone has a sharp test. Each block of a plan holds a smallest connected set that reaches the floor, and
those of different blocks share nobody; so no more blocks are possible than such sets can be packed side by side.
Where nothing but the floor is asked, that many are possible too, since all others can join a block next to them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

import highspy
import numpy as np

from tyngdepunkt.highs import QuietHighs
from tyngdepunkt.model import NoPlan, Question, Reason, Relaxation
from tyngdepunkt.structure import graph, keeping
from tyngdepunkt.structure.anneal import find_witness, without_worth
from tyngdepunkt.structure.cores import Budget, TooManyCoresError, find_cores
from tyngdepunkt.structure.divisible import is_divisible
from tyngdepunkt.structure.problem import Problem, pose
from tyngdepunkt.structure.relaxation import Relaxation as Relaxed
from tyngdepunkt.structure.search import Limits, search

__all__ = ["explain_no_plan", "is_possible", "most_blocks", "most_by_people", "packed_out", "plainly_impossible"]

_PACKING_SETS = 400_000
_SECONDS = 10.0
_PATIENCE = 60.0
"""Seconds for the nearest value of one constraint for which there is a plan; then the nearest found is given."""
_MANY_PAIRS = 20_000
"""Pairs above which no search is tried: a relaxation of them all would take too long."""


def plainly_impossible(problem: Problem) -> str:
    """
    Return why a problem has no plan where that shows without a search.

    Parameters
    ----------
    problem
        What is posed.

    Returns
    -------
    ``"arithmetic"``, ``"geography"``, or an empty text where it does not show.
    """
    if any(_arithmetic(problem)):
        return "arithmetic"
    k, floor = problem.question.centres, problem.question.floor
    parts = graph.components(problem.near, (1 << len(problem)) - 1)
    if len(parts) > k:
        return "geography"
    if floor and any(sum(int(problem.population[i]) for i in graph.members(part)) < floor for part in parts):
        return "geography"
    if not problem.allowed.any(axis=1).all() or int(np.diag(problem.allowed).sum()) < k:
        return "geography"
    return ""


def packed_out(problem: Problem) -> bool:
    """Return whether there is plainly no plan, or too few sets that reach the floor fit side by side."""
    if plainly_impossible(problem):
        return True
    k = problem.question.centres
    return bool(problem.question.floor) and (most_by_people(problem) < k or most_blocks(problem) < k)


def _arithmetic(problem: Problem) -> Iterator[Reason]:
    """Give the reasons that the numbers alone hold against a problem."""
    question, n, k = problem.question, len(problem), problem.question.centres
    total = int(problem.population.sum())
    if question.floor * k > total:
        lifted = keeping.find_lifted(problem.territory, question)
        rest = total - question.floor * len(lifted)
        yield Reason(
            "total_population_but_lifted" if lifted else "total_population" if k > 1 else "total_population_of_one",
            rest,
            "persons",
            question.floor * (k - len(lifted)),
            lifted,
            source="municipalities",
            alternative=str(total // question.floor),
        )
    if n - len(question.not_centre) < k:
        yield Reason("too_few_municipalities", n - len(question.not_centre), "", k, tuple(sorted(question.not_centre)))
    if len(question.centre) > k:
        yield Reason("centre", len(question.centre), "", k, tuple(sorted(question.centre)))
    if both := question.centre & question.not_centre:
        yield Reason("not_centre", municipalities=tuple(sorted(both)))
    for group in question.apart:
        if len(group) > k:
            yield Reason("apart", len(group), "", k, tuple(sorted(group)))
    for group in keeping.find_apart(question):
        for joined in problem.together:
            held = frozenset(problem.territory.ids[i] for i in joined)
            if len(both := group & held) > 1:
                yield Reason("apart", municipalities=tuple(sorted(both)))
                yield from keeping.reasons_of_positions(question, held)
                yield from keeping.reasons_of_parts(problem.territory, question, held)
    for group in question.locked:
        for other in keeping.find_own_blocks(question):
            if group & other and group != other:
                yield Reason("locked", municipalities=tuple(sorted(group)))
                yield from keeping.reasons_of_positions(question, group)
    for function, holders in problem.functions.items():
        if len(holders) < k:
            ids = tuple(problem.territory.ids[i] for i in holders)
            yield Reason("functions", len(holders), "", k, ids, "functions", function)


def most_blocks(problem: Problem) -> int:
    """
    Return a number that no plan has more blocks than: how many connected sets that reach the floor fit side by side.

    Parameters
    ----------
    problem
        With a floor above 0.

    Returns
    -------
    The number; where the sets are too many to look at, what `most_by_people` gives.
    """
    packing = _pack(problem)
    most = most_by_people(problem)
    return most if packing is None else min(most, packing[0])


def most_by_people(problem: Problem) -> int:
    """
    Return a number that no plan has more blocks than, counted from inhabitants and map without looking at blocks.

    Those who reach the floor alone have a block each, at best; all other blocks lie among the rest, and in each of the
    parts that these fall into there are at most as many as its inhabitants reach the floor times.

    Parameters
    ----------
    problem
        What is posed.

    Returns
    -------
    The number; that of the municipalities where there is no floor.
    """
    floor, n = problem.question.floor, len(problem)
    if not floor:
        return n
    alone = [i for i in range(n) if problem.population[i] >= floor]
    rest = ((1 << n) - 1) & ~graph.mask(alone)
    people = (
        sum(int(problem.population[m]) for m in graph.members(part)) for part in graph.components(problem.near, rest)
    )
    return len(alone) + sum(each // floor for each in people)


def _pack(problem: Problem) -> tuple[int, bool] | None:
    """Return how many connected sets that reach the floor fit side by side, and whether so many do; None: too many."""
    people = tuple(problem.population.tolist())
    return _pack_sets(problem.near, people, problem.question.floor, problem.allowed.tobytes())


@lru_cache(maxsize=8)
def _pack_sets(near: tuple[int, ...], people: tuple[int, ...], floor: int, allowed: bytes) -> tuple[int, bool] | None:
    """Return the same, worked out once for all numbers of centres."""
    n, population = len(near), list(people)
    may = np.frombuffer(allowed, dtype=np.bool_).reshape(n, n)
    everyone = (1 << n) - 1
    sets: set[int] = set()
    budget = Budget(_PACKING_SETS)
    try:
        for i in range(n):
            sets.update(find_cores(near, population, everyone, i, floor=floor, budget=budget))
    except TooManyCoresError:
        return None
    around = [graph.mask(np.flatnonzero(may[:, j]).tolist()) for j in range(n)]
    least = [s for s in sets if _stands_alone(near, s, population, floor) and any(not s & ~a for a in around)]
    if not least:
        return 0, True
    solver = QuietHighs()
    none = np.array([], dtype=np.int32)
    count = len(least)
    solver.addCols(count, -np.ones(count), np.zeros(count), np.ones(count), 0, none, none, np.array([]))
    solver.changeColsIntegrality(
        count, np.arange(count, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * count)
    )
    for i in range(n):
        own = np.array([c for c, s in enumerate(least) if s >> i & 1], dtype=np.int32)
        if len(own):
            solver.addRow(-solver.getInfinity(), 1.0, len(own), own, np.ones(len(own)))
    solver.setOptionValue("time_limit", _SECONDS)
    solver.run()
    bound = -solver.getInfo().mip_dual_bound
    if not np.isfinite(bound):
        return None
    # Where the time ran out the bound still holds, but so many may not fit.
    return int(np.floor(bound + 1e-6)), solver.getModelStatus() == highspy.HighsModelStatus.kOptimal


def _stands_alone(near: tuple[int, ...], subset: int, population: list[int], floor: int) -> bool:
    """Return whether no smaller connected set within a set reaches the floor."""
    for i in graph.members(subset):
        for part in graph.components(near, subset & ~(1 << i)):
            if sum(population[m] for m in graph.members(part)) >= floor:
                return False
    return True


def explain_no_plan(problem: Problem, *, began: float, deep: bool, settled: bool = True) -> NoPlan:
    """
    Say why a problem has no plan.

    Parameters
    ----------
    problem
        A problem without a plan.
    began
        When the question was asked, by `time.monotonic` [s].
    deep
        Whether to look for the smallest set of constraints that clash, and for the nearest question with an answer.
    settled
        Whether it is proven that there is none; if not, time ran out before a plan was found.

    Returns
    -------
    The answer, with reasons and relaxations.
    """
    question = problem.question
    if not settled:
        return NoPlan(question, "unsettled", (), (), time.monotonic() - began)
    reasons = tuple(_arithmetic(problem))
    kind = "arithmetic" if reasons else "geography"
    relaxations: tuple[Relaxation, ...] = ()
    if deep:
        clash = _smallest_clash(problem)
        if not reasons:
            reasons = tuple(_parted(problem)) + tuple(reason for key in clash for reason in _geographic(problem, key))
        relaxations = tuple(_relaxations(problem, clash))
    elif not reasons:
        reasons = tuple(_parted(problem)) or tuple(_geographic(problem, "floor" if question.floor else ""))
    return NoPlan(question, kind, reasons, relaxations, time.monotonic() - began)


def is_possible(problem: Problem) -> bool | None:
    """Return whether a problem has a plan; None where ten seconds did not settle it."""
    if plainly_impossible(problem):
        return False
    question = problem.question
    only_floor = not problem.together and question == Question(
        question.centres,
        question.objective,
        floor=question.floor,
        seasonal=question.seasonal,
        overrides=question.overrides,
    )
    if find_witness(without_worth(problem), question.centres, seed=0, effort=0.2) is not None:
        return True
    if question.floor:
        if most_by_people(problem) < question.centres:
            return False
        packing = _pack(problem)
        if packing is not None and packing[0] < question.centres:
            return False
        if packing is not None and packing[1] and only_floor and problem.allowed.all():
            return True
    if int(problem.allowed.sum()) > _MANY_PAIRS:
        return None
    if is_divisible(problem, seconds=_SECONDS) is False:
        return False
    k = question.centres
    limits = Limits(k, k, seconds=_SECONDS)
    outcome = search(Relaxed(problem), limits, first=True)
    if outcome.centre_of is not None:
        return True
    return False if np.isneginf(outcome.bound) else None


_Loosen = Callable[[Question], Question]


def _constraints(question: Question, parts: Mapping[str, str]) -> dict[str, _Loosen]:
    """Return the question's constraints, each with what the question is without it; parts of municipalities too."""
    found: dict[str, _Loosen] = {}
    if question.floor:
        found["floor"] = lambda q: replace(q, floor=0)
    if question.max_minutes is not None:
        found["max_minutes"] = lambda q: replace(q, max_minutes=None)
    if question.functions:
        found["functions"] = lambda q: replace(q, functions=frozenset())
    for number, group in enumerate(question.together):
        found[f"together {number}"] = lambda q, g=group: replace(q, together=tuple(x for x in q.together if x != g))  # type: ignore[misc]
    for number, group in enumerate(question.apart):
        found[f"apart {number}"] = lambda q, g=group: replace(q, apart=tuple(x for x in q.apart if x != g))  # type: ignore[misc]
    if question.thresholds:
        found["thresholds"] = lambda q: replace(q, thresholds=())
    if question.centre:
        found["centre"] = lambda q: replace(q, centre=frozenset())
    if question.not_centre:
        found["not_centre"] = lambda q: replace(q, not_centre=frozenset())
    if question.within_counties:
        found["within_counties"] = lambda q: replace(q, within_counties=False)
    for number, group in enumerate(question.locked):
        found[f"locked {number}"] = lambda q, g=group: replace(q, locked=tuple(x for x in q.locked if x != g))  # type: ignore[misc]
    for number, said in enumerate(question.positions):
        found[f"positions {number}"] = lambda q, p=said: replace(  # type: ignore[misc]
            q, positions=tuple(x for x in q.positions if x != p)
        )
    if question.start is not None:
        found["most_moved"] = lambda q: replace(q, start=None)
    held = frozenset(parts) - question.split_parts
    if held:
        found["parts"] = lambda q: replace(q, split_parts=q.split_parts | held)
    return found


def _smallest_clash(problem: Problem) -> list[str]:
    """Return constraints without any one of which the rest would have a plan: leave each out in turn."""
    question = problem.question
    clash = []
    for key, loosen in _constraints(question, problem.territory.parts).items():
        without = loosen(question)
        if is_possible(pose(problem.territory, without)) is False:
            question = without
        else:
            clash.append(key)
    return clash


def _parted(problem: Problem) -> Iterator[Reason]:
    """Give the reason that the county is in more parts than there are blocks, where it is."""
    question, ids = problem.question, problem.territory.ids
    near = graph.bits(problem.territory.neighbours(seasonal=question.seasonal))
    parts = graph.components(near, (1 << len(problem)) - 1)
    if len(parts) > question.centres:
        small = sorted(parts, key=lambda part: sum(problem.population[i] for i in graph.members(part)))
        lost = tuple(ids[i] for part in small[: len(parts) - question.centres] for i in graph.members(part))
        yield Reason("disconnected", len(parts), "", question.centres, lost, "neighbours")


def _geographic(problem: Problem, key: str) -> Iterator[Reason]:
    """Give the reasons that connection, distance and wishes hold against a problem, for one constraint of the clash."""
    question, ids = problem.question, problem.territory.ids
    name, _, number = key.partition(" ")
    if name == "floor":
        most = most_blocks(problem)
        low = tuple(
            ids[i]
            for i in range(len(problem))
            if problem.population[i] < question.floor
            and all(problem.population[m] + problem.population[i] < question.floor for m in problem.neighbours[i])
        )
        yield Reason("most_blocks", most, "", question.centres, low, "neighbours")
        yield Reason("floor", None, "persons", question.floor, (), "question")
        lifted = tuple(sorted(override.municipality for override in question.overrides))
        if lifted:
            yield Reason("floor_lifted_for", len(lifted), "", None, lifted, "question")
    elif name == "max_minutes":
        minutes = problem.territory.minutes
        lonely = [i for i in range(len(problem)) if minutes is not None and int(problem.allowed[i].sum()) <= 1]
        yield Reason("max_minutes", None, "min", question.max_minutes, tuple(ids[i] for i in lonely), "travel_times")
    elif name == "functions":
        for function, holders in problem.functions.items():
            yield Reason(
                "functions", len(holders), "", question.centres, tuple(ids[i] for i in holders), "functions", function
            )
    elif name == "thresholds":
        yield Reason("thresholds", None, "", None, (), "question")
    elif name in ("together", "apart"):
        yield Reason(name, municipalities=tuple(sorted(getattr(question, name)[int(number)])), source="question")
    elif name in ("centre", "not_centre"):
        yield Reason(name, municipalities=tuple(sorted(getattr(question, name))), source="question")
    elif name == "within_counties":
        parts = graph.components(problem.near, (1 << len(problem)) - 1)
        yield Reason(name, len(parts), "", question.centres, source="municipalities")
    elif name == "locked":
        yield Reason(name, municipalities=tuple(sorted(question.locked[int(number)])), source="question")
    elif name == "positions":
        yield keeping.reason_of(question.positions[int(number)])
    elif name == "most_moved" and question.start is not None:
        yield Reason(
            name, None, "municipalities", question.start.most_moved, source="question", alternative=question.start.name
        )
    elif name == "parts":
        yield from keeping.reasons_of_parts(problem.territory, question, frozenset(ids))


def _relaxations(problem: Problem, clash: list[str]) -> Iterator[Relaxation]:
    """Give the nearest questions with an answer: other centres, a lower floor, a longer way, one wish fewer."""
    question, n = problem.question, len(problem)
    others = sorted((k for k in range(1, n + 1) if k != question.centres), key=lambda k: (abs(k - question.centres), k))
    unsure = False
    ends = time.monotonic() + _PATIENCE
    for k in others:
        possible = is_possible(pose(problem.territory, question.with_centres(k)))
        if possible:
            yield Relaxation("centres", question.centres, k, proven=not unsure)
            break
        unsure = unsure or possible is None
        if time.monotonic() > ends:
            break
    if "floor" in clash or (question.floor and not clash):
        yield from _largest_floor(problem)
    if "max_minutes" in clash and problem.territory.minutes is not None and question.max_minutes is not None:
        times = np.unique(problem.territory.minutes)
        longer = times[np.isfinite(times) & (times > question.max_minutes)]
        low, high, unsure = 0, len(longer) - 1, False
        works: float | None = None
        ends = time.monotonic() + _PATIENCE
        while low <= high:
            if time.monotonic() > ends:
                unsure = True
                break
            middle = (low + high) // 2
            possible = is_possible(pose(problem.territory, replace(question, max_minutes=float(longer[middle]))))
            unsure = unsure or possible is None
            if possible:
                works, high = float(longer[middle]), middle - 1
            else:
                low = middle + 1
        if works is not None:
            yield Relaxation("max_minutes", question.max_minutes, works, proven=not unsure)
    if "most_moved" in clash:
        yield from _fewest_moves(problem)
    for key in clash:
        name, _, _ = key.partition(" ")
        if name not in ("floor", "max_minutes", "most_moved"):
            without = _constraints(question, problem.territory.parts)[key](question)
            if is_possible(pose(problem.territory, without)):
                yield Relaxation(key.replace(" ", "_"), 1, 0)


def _largest_floor(problem: Problem) -> Iterator[Relaxation]:
    """Give the largest floor for which the question has an answer, if any has."""
    question = problem.question
    most = min(question.floor - 1, int(problem.population.sum()) // question.centres)
    low, high, unsure = 0, most, False
    if not is_possible(pose(problem.territory, replace(question, floor=0))):
        return
    if is_possible(pose(problem.territory, replace(question, floor=most))):
        low = most
    ends = time.monotonic() + _PATIENCE
    while low < high:
        if time.monotonic() > ends:
            unsure = True
            break
        middle = (low + high + 1) // 2
        possible = is_possible(pose(problem.territory, replace(question, floor=middle)))
        unsure = unsure or possible is None
        if possible:
            low = middle
        else:
            high = middle - 1
    yield Relaxation("floor", question.floor, low, proven=not unsure)


def _fewest_moves(problem: Problem) -> Iterator[Relaxation]:
    """Give the fewest moves from the plan to start from for which the question has an answer, if any has."""
    question, start = problem.question, problem.question.start
    if start is None or not is_possible(pose(problem.territory, replace(question, start=None))):
        return
    low, high, unsure = start.most_moved + 1, len(problem), False
    ends = time.monotonic() + _PATIENCE
    while low < high:
        if time.monotonic() > ends:
            low, unsure = high, True
            break
        middle = (low + high) // 2
        moves = replace(start, most_moved=middle)
        possible = is_possible(pose(problem.territory, replace(question, start=moves)))
        unsure = unsure or possible is None
        if possible:
            high = middle
        else:
            low = middle + 1
    yield Relaxation("most_moved", start.most_moved, low, proven=not unsure)
