"""
Small counties for tests: drawn as text, or made at random; and every division of one, by brute force.

The brute force shares no code with the package beyond the words of the domain.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from tyngdepunkt.model import Division, Link, LinkKind, Municipality, Objective, Question, Sense, Territory

__all__ = ["FICTION", "all_divisions", "all_plans", "best_by_force", "draw", "make_random"]

FICTION = """
    A - B - C
    |   |   .
    D - E   F ~ G

    H
"""
"""
The fictional county: letters are municipalities, ``-`` and ``|`` are roads, ``~`` is a ferry, ``.`` is a road that
is closed in winter, and H is an island that nothing reaches.
"""


def draw(
    picture: str,
    *,
    people: Mapping[str, int] | None = None,
    flows: Mapping[str, int] | None = None,
    minutes: Mapping[str, float] | None = None,
    functions: Mapping[str, str] | None = None,
) -> Territory:
    """
    Read a county from a picture of letters joined by ``-`` ``|`` (road), ``~`` (ferry), ``.`` (seasonal road).

    ``flows`` and ``minutes`` name pairs of letters; minutes hold both ways, and the rest is the quickest way
    over linked pairs. Without ``minutes`` each link takes ten.
    """
    lines = picture.splitlines()
    at = {(row, col): ch for row, line in enumerate(lines) for col, ch in enumerate(line) if ch.isalpha()}
    letters = sorted(at.values())
    joins: dict[tuple[str, str], str] = {}
    for row, line in enumerate(lines):
        for col, ch in enumerate(line):
            if ch not in "-|~.":
                continue
            ends = _ends(at, row, col)
            assert ends is not None, f"the link at line {row}, column {col} joins nothing"
            joins[ends] = ch
    municipalities = tuple(
        Municipality(letter, f"{letter}-vik", (people or {}).get(letter, 1000)) for letter in letters
    )
    kinds = {"-": LinkKind.LAND, "|": LinkKind.LAND, ".": LinkKind.LAND, "~": LinkKind.FERRY}
    links = tuple(Link(a, b, kinds[ch], seasonal=ch == ".") for (a, b), ch in sorted(joins.items()))
    n = len(letters)
    place = {letter: i for i, letter in enumerate(letters)}
    commuters = np.zeros((n, n), dtype=np.int64)
    for pair, persons in (flows or {}).items():
        commuters[place[pair[0]], place[pair[1]]] = persons
    direct = np.full((n, n), np.inf)
    np.fill_diagonal(direct, 0.0)
    for a, b in joins:
        direct[place[a], place[b]] = direct[place[b], place[a]] = 10.0
    for pair, value in (minutes or {}).items():
        direct[place[pair[0]], place[pair[1]]] = direct[place[pair[1]], place[pair[0]]] = value
    holders = {f: frozenset(ids) for f, ids in (functions or {}).items()}
    return Territory(municipalities, links, commuters, _quickest(direct), np.zeros((n, n), dtype=bool), holders)


def _ends(at: Mapping[tuple[int, int], str], row: int, col: int) -> tuple[str, str] | None:
    """Return the two letters that a link's sign lies between, across or down."""
    for steps in (((0, -2), (0, 2)), ((-1, 0), (1, 0))):
        found = [at.get((row + dr, col + dc)) for dr, dc in steps]
        if all(found):
            first, second = sorted(letter for letter in found if letter)
            return first, second
    return None


def _quickest(direct: np.ndarray) -> np.ndarray:
    """Return the quickest ways over direct ones."""
    out = direct.copy()
    for via in range(len(out)):
        out = np.minimum(out, out[:, [via]] + out[[via], :])
    return out


def make_random(seed: int, size: int, *, extra: int = 3) -> Territory:
    """Make a connected county at random: a tree and some more links, whole populations, flows and minutes."""
    chance = random.Random(seed)
    ids = [f"{i:04d}" for i in range(1, size + 1)]
    pairs = {tuple(sorted((ids[i], ids[chance.randrange(i)]))) for i in range(1, size)}
    for _ in range(extra):
        a, b = chance.sample(ids, 2)
        pairs.add(tuple(sorted((a, b))))
    links = tuple(Link(a, b, chance.choice([LinkKind.LAND, LinkKind.FERRY]), seasonal=False) for a, b in sorted(pairs))
    municipalities = tuple(Municipality(i, f"Sted {i}", chance.choice([500, 1000, 1500, 2500, 4000])) for i in ids)
    commuters = np.array([[chance.choice([0, 0, 1, 5, 20, 80]) for _ in ids] for _ in ids], dtype=np.int64)
    direct = np.full((size, size), np.inf)
    np.fill_diagonal(direct, 0.0)
    for link in links:
        a, b = ids.index(link.a), ids.index(link.b)
        direct[a, b] = direct[b, a] = chance.choice([10, 15, 20, 30])
    functions = {"hospital": frozenset(chance.sample(ids, max(2, size // 3)))}
    estimated = np.zeros((size, size), dtype=bool)
    return Territory(municipalities, links, commuters, _quickest(direct), estimated, functions, _agencies(seed, ids))


def _agencies(seed: int, ids: list[str]) -> tuple[Division, ...]:
    """Make agencies at random: three regional and one local, one of each with municipalities of unknown area."""
    chance = random.Random(f"agencies {seed}")
    found = []
    for number in range(4):
        names = "ABCD" if number == 3 else "AB"
        known = [i for i in ids if number % 2 == 0 or chance.random() < 0.6]
        areas = {i: f"{number}{chance.choice(names)}" for i in known}
        found.append(Division(f"Etat {number}", areas, "local" if number == 3 else "regional"))
    return tuple(found)


def all_divisions(territory: Territory, blocks: int, *, seasonal: bool = False) -> Iterator[list[list[int]]]:
    """Give every division into that many connected blocks, as lists of positions."""
    near = territory.neighbours(seasonal=seasonal)

    def hangs_together(block: list[int]) -> bool:
        seen, queue = {block[0]}, [block[0]]
        while queue:
            fresh = [m for m in near[queue.pop()] if m in block and m not in seen]
            seen.update(fresh)
            queue += fresh
        return len(seen) == len(block)

    def place(i: int, division: list[list[int]]) -> Iterator[list[list[int]]]:
        if i == len(territory):
            if len(division) == blocks and all(hangs_together(b) for b in division):
                yield [list(b) for b in division]
            return
        for block in division:
            block.append(i)
            yield from place(i + 1, division)
            block.pop()
        if len(division) < blocks:
            division.append([i])
            yield from place(i + 1, division)
            division.pop()

    yield from place(0, [])


def best_by_force(
    territory: Territory,
    question: Question,
    *,
    pair: tuple[str, str] | None = None,
    also: Callable[[list[set[str]]], bool] | None = None,
) -> float | None:
    """
    Return the best objective over every division and every choice of centres, or None where no plan exists.

    With a pair, only plans count in which the first has the second as its centre; with a rule, only divisions (sets of
    ids) that it allows.
    """
    sign = 1 if question.objective.sense is Sense.MAX else -1
    reached = [
        sign * question.objective.total(amounts)
        for amounts in all_plans(territory, question, pair=pair, also=also)
        if all(_reaches(threshold.objective, amounts, threshold.value) for threshold in question.thresholds)
    ]
    return sign * max(reached) if reached else None


def _reaches(objective: Objective, amounts: Mapping[str, float], value: float) -> bool:
    """Return whether amounts are no worse than a value."""
    sign = 1 if objective.sense is Sense.MAX else -1
    return sign * objective.total(amounts) >= sign * value - 1e-9


def all_plans(
    territory: Territory,
    question: Question,
    *,
    pair: tuple[str, str] | None = None,
    also: Callable[[list[set[str]]], bool] | None = None,
) -> Iterator[dict[str, float]]:
    """
    Give the terms of every plan that keeps a question's wishes, its thresholds apart; see `best_by_force`.

    Where no threshold parts them, only each block's best centre for the objective is looked at.
    """
    objective = question.objective
    sign = 1 if objective.sense is Sense.MAX else -1
    agencies = [
        d
        for d in territory.divisions
        if "all" in objective.agencies or d.level in objective.agencies or d.name in objective.agencies
    ]
    for division in all_divisions(territory, question.centres, seasonal=question.seasonal):
        if not _keeps(territory, question, division):
            continue
        if also is not None and not also([{territory.ids[i] for i in block} for block in division]):
            continue
        shared = {"cohesion": 0.0, "borders": 0.0}
        for block in division:
            ids = [territory.ids[i] for i in block]
            shared["cohesion"] += sum(int(territory.commuters[a, b]) for a in block for b in block if a != b)
            touched = [len({d.areas[i] for i in ids if i in d.areas}) for d in agencies]
            shared["borders"] += sum(number - 1 for number in touched if number)
        options = [_centres(territory, question, block, pair) for block in division]
        if not question.thresholds:
            options = [
                sorted(each, key=lambda own: sign * objective.total({**own, "cohesion": 0, "borders": 0}))[-1:]
                for each in options
            ]
        for chosen in itertools.product(*options):
            yield {
                **shared,
                "ties": sum(own["ties"] for own in chosen),
                "access": sum(own["access"] for own in chosen),
            }


def _keeps(territory: Territory, question: Question, division: list[list[int]]) -> bool:
    """Return whether a division keeps floor, functions, together and apart."""
    ids = [{territory.ids[i] for i in block} for block in division]
    people = {m.id: m.population for m in territory.municipalities}
    if any(sum(people[i] for i in block) < question.floor for block in ids):
        return False
    if any(not territory.functions[f] & block for f in question.functions for block in ids):
        return False
    if any(len([1 for block in ids if group & block]) > 1 for group in question.together):
        return False
    return not any(len(group & block) > 1 for group in question.apart for block in ids)


def _centres(
    territory: Territory, question: Question, block: list[int], pair: tuple[str, str] | None
) -> list[dict[str, float]]:
    """Return ties and access of a block around each centre that it may have."""
    ids = territory.ids
    found = []
    for c in block:
        if ids[c] in question.not_centre or any(ids[i] in question.centre and i != c for i in block):
            continue
        if pair is not None and pair[0] in [ids[i] for i in block] and ids[c] != pair[1]:
            continue
        if pair is not None and ids[c] == pair[1] and pair[0] not in [ids[i] for i in block]:
            continue
        assert territory.minutes is not None
        minutes = [float(territory.minutes[i, c]) for i in block]
        if question.max_minutes is not None and max(minutes) > question.max_minutes:
            continue
        ties = sum(int(territory.commuters[i, c] + territory.commuters[c, i]) for i in block if i != c)
        access = sum(territory.municipalities[i].population * t for i, t in zip(block, minutes, strict=True))
        found.append({"ties": float(ties), "access": float(access)})
    return found


def random_questions(
    seed: int, territory: Territory, count: int, *, objectives: Sequence[Objective] = ()
) -> list[Question]:
    """Return questions with wishes drawn at random, many of them impossible; by ties and access unless told others."""
    chance = random.Random(seed)
    ids = list(territory.ids)
    objectives = objectives or [Objective(), Objective(0, 1), Objective(1, 0.001), Objective(2.5, 0.01)]
    questions = []
    for _ in range(count):
        kind = {
            "centres": chance.randint(1, min(5, len(ids))),
            "objective": chance.choice(objectives),
            "floor": chance.choice([0, 0, 1500, 2500, 3500, 5000]),
            "max_minutes": chance.choice([None, None, 20, 35, 50]),
            "together": chance.choice([(), (frozenset(chance.sample(ids, 2)),)]),
            "apart": chance.choice([(), (), (frozenset(chance.sample(ids, chance.choice([2, 3]))),)]),
            "centre": chance.choice([frozenset(), frozenset(), frozenset(chance.sample(ids, 1))]),
            "not_centre": chance.choice([frozenset(), frozenset(chance.sample(ids, 2))]),
            "functions": chance.choice([frozenset(), frozenset(), frozenset({"hospital"})]),
        }
        questions.append(Question(**kind))
    return questions


def relabelled(territory: Territory, order: list[int]) -> Territory:
    """Return the same county with its municipalities in another order."""
    grid = np.ix_(order, order)
    return Territory(
        tuple(territory.municipalities[i] for i in order),
        tuple(reversed(territory.links)),
        territory.commuters[grid],
        None if territory.minutes is None else territory.minutes[grid],
        None if territory.minutes_estimated is None else territory.minutes_estimated[grid],
        territory.functions,
        territory.divisions,
    )


def pairs_of(territory: Territory) -> list[tuple[str, str]]:
    """Return every ordered pair of ids."""
    return list(itertools.permutations(territory.ids, 2))
