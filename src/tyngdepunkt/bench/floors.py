"""A floor on large territories: Norway with a floor (row 4), and made-up ones by distance (row 6)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tyngdepunkt.bench.plain import solve_alone
from tyngdepunkt.bench.row import Peer, Reached, Row, Verdict
from tyngdepunkt.bench.structure import ALONE, check_reached, prepare_norway, reach_plans

if TYPE_CHECKING:
    from pathlib import Path

    from tyngdepunkt.model import NoPlan, Plan, Question, Territory

__all__ = ["ROWS", "make_territory"]

_SECONDS = 60.0
_NORWAY = {(105, 10_000): (434_531, 0.0005), (89, 15_000): (434_299, 0.001)}
"""Ties that were found before, and the gap aimed at [share], by number of centres and floor."""
_NORWAY_STEPS = {105: 6, 89: 6}
"""
Links from a centre that the solver alone looks at, by number of centres: with all pairs it does not get past its first
relaxation in time. Plans of ours have fewer.
"""
_UNITS = 420
_SHARES = {28: 0.85, 7: 0.9, 4: 0.95}
"""Floor by number of centres [share of the mean population of a block]."""
_STEPS = {28: 6, 7: 8, 4: 9}
"""The same for the made-up territory."""
_GAP = 0.01
_SIDE = 600
"""Minutes across the made-up territory."""


def make_territory(units: int, *, seed: int) -> Territory:
    """
    Make up a territory with populations, neighbours and minutes, and without flows.

    Parameters
    ----------
    units
        Municipalities.
    seed
        The same seed gives the same territory.

    Returns
    -------
    Populations and neighbours as `space.synthetic.make_graph` makes them; minutes are the distance in a straight line
    between points at random, whole.
    """
    import numpy as np

    from tyngdepunkt.model import Link, LinkKind, Municipality, Territory
    from tyngdepunkt.space.synthetic import make_graph

    graph = make_graph(units, seed=seed)
    # The same draw as the graph's own, so that neighbours lie next to one another.
    places = np.random.default_rng(seed).random((units, 2))
    minutes = np.rint(np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2)) * _SIDE)
    ids = [f"{i:04d}" for i in range(1, units + 1)]
    return Territory(
        tuple(Municipality(i, f"Sted {i}", people) for i, people in zip(ids, graph.population, strict=True)),
        tuple(Link(ids[a], ids[b], LinkKind.LAND) for a, b in graph.edges),
        np.zeros((units, units), dtype=np.int64),
        minutes,
        np.zeros((units, units), dtype=bool),
    )


def _made_up(_: Path) -> Territory:
    """Make up the territory of the benchmark."""
    return make_territory(_UNITS, seed=1)


def _questions_of_norway(_: Territory) -> list[Question]:
    """Return what is asked of Norway."""
    from tyngdepunkt.model import Question

    return [Question(k, floor=floor) for k, floor in _NORWAY]


def _questions_by_distance(made_up: Territory) -> list[Question]:
    """Return what is asked of the made-up territory: fewest person-minutes."""
    from tyngdepunkt.model import Objective, Question

    people = int(made_up.population.sum())
    return [Question(k, Objective(0, 1), floor=int(share * people / k)) for k, share in _SHARES.items()]


def _find(
    questions: Callable[[Territory], list[Question]], territory: Territory, *, seconds: float
) -> dict[int, Plan | NoPlan]:
    """Find a plan for each number of centres with its floor."""
    from tyngdepunkt.structure import find_plan

    return {q.centres: find_plan(territory, q, seed=1, seconds=seconds) for q in questions(territory)}


def _find_alone(
    questions: Callable[[Territory], list[Question]], steps: Mapping[int, int], territory: Territory, *, seconds: float
) -> tuple[Reached, ...]:
    """Let the solver alone find them."""
    return tuple(solve_alone(territory, q, seconds=seconds, steps=steps[q.centres]) for q in questions(territory))


def _check(known: Mapping[int, float], _: Territory, found: dict[int, Plan | NoPlan]) -> Verdict:
    """See that there is a plan with a bound for each, and where one was known before, that it is no worse."""
    texts, right = [], True
    for each, k in zip(reach_plans(found), found, strict=True):
        if each.objective is None or each.gap is None:
            return Verdict(f"no plan with a bound for {each.question}", agrees=False)
        right &= each.objective >= known.get(k, each.objective)
        texts.append(f"{k}: {each.objective:,.0f}, {100 * each.gap:.3f} % from the bound")
    return Verdict("; ".join(texts), right)


def _spoken(steps: Mapping[int, int]) -> str:
    """Return numbers of links in words, each once."""
    return ", ".join(map(str, dict.fromkeys(steps.values())))


ROWS = (
    Row(
        name="plan-country-floor",
        number=4,
        work="plan by ties, Norway 2017, floor 10,000 with k = 105 and floor 15,000 with k = 89",
        known="105: at least 434,531; 89: at least 434,299",
        aim="gaps under 0.05 % and 0.1 % in 60 s each",
        prepare=prepare_norway,
        run=functools.partial(_find, _questions_of_norway),
        check=functools.partial(_check, {k: known for (k, _), (known, _) in _NORWAY.items()}),
        needs=("norway/commuting_2017.csv.gz", "norway/boundaries_2017_territory.geojson"),
        limit=_SECONDS,
        reach=reach_plans,
        gaps_aimed={f"k = {k}": gap for (k, _), (_, gap) in _NORWAY.items()},
        peer=Peer(
            f"{ALONE}, pairs at most {_spoken(_NORWAY_STEPS)} links apart",
            "highspy",
            "highspy",
            functools.partial(_find_alone, _questions_of_norway, _NORWAY_STEPS),
            check_reached,
        ),
    ),
    Row(
        name="plan-floor-distance",
        number=6,
        work="plan by person-minutes, 420 made-up municipalities, k = 28, 7, 4, floor .85, .9, .95 of the mean",
        known="",
        aim="gaps under 1 % in 60 s each",
        prepare=_made_up,
        run=functools.partial(_find, _questions_by_distance),
        check=functools.partial(_check, {}),
        limit=_SECONDS,
        reach=reach_plans,
        gaps_aimed={f"k = {k}": _GAP for k in _SHARES},
        peer=Peer(
            f"{ALONE}, pairs at most {_spoken(_STEPS)} links apart",
            "highspy",
            "highspy",
            functools.partial(_find_alone, _questions_by_distance, _STEPS),
            check_reached,
        ),
    ),
)
