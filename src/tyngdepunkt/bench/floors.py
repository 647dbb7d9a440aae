"""A floor on large territories: Norway with a floor (row 4), and made-up ones by distance (row 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.bench.row import Row, Verdict
from tyngdepunkt.bench.structure import prepare_norway

if TYPE_CHECKING:
    from pathlib import Path

    from tyngdepunkt.model import NoPlan, Plan, Territory

__all__ = ["ROWS", "make_territory"]

_SECONDS = 60.0
_NORWAY = {(105, 10_000): (434_531, 0.0005), (89, 15_000): (434_299, 0.001)}
"""Ties that were found before, and the gap aimed at [share], by number of centres and floor."""
_UNITS = 420
_SHARES = {28: 0.85, 7: 0.9, 4: 0.95}
"""Floor by number of centres [share of the mean population of a block]."""
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


def _floors_of_norway(country: Territory) -> dict[int, tuple[Plan | NoPlan, int, float]]:
    """Find a plan of Norway for each number of centres with its floor."""
    from tyngdepunkt.model import Question
    from tyngdepunkt.structure import find_plan

    return {
        k: (find_plan(country, Question(k, floor=floor), seed=1, seconds=_SECONDS), known, aim)
        for (k, floor), (known, aim) in _NORWAY.items()
    }


def _floors_by_distance(made_up: Territory) -> dict[int, tuple[Plan | NoPlan, int, float]]:
    """Find a plan by person-minutes for each number of centres with its floor."""
    from tyngdepunkt.model import Objective, Question
    from tyngdepunkt.structure import find_plan

    people = int(made_up.population.sum())
    found: dict[int, tuple[Plan | NoPlan, int, float]] = {}
    for k, share in _SHARES.items():
        question = Question(k, Objective(0, 1), floor=int(share * people / k))
        found[k] = find_plan(made_up, question, seed=1, seconds=_SECONDS), 0, _GAP
    return found


def _check(_: Territory, found: dict[int, tuple[Plan | NoPlan, int, float]]) -> Verdict:
    """Hold the plans against those found before, and their gaps against the aim."""
    from tyngdepunkt.model import Plan

    texts, right = [], True
    for k, (plan, known, aim) in found.items():
        if not isinstance(plan, Plan) or plan.certificate.bound is None:
            return Verdict(f"no plan for k = {k}", agrees=False)
        gap = abs(plan.certificate.bound - plan.objective) / abs(plan.objective)
        right &= plan.objective >= known and gap <= aim
        texts.append(f"{k}: {plan.objective:,.0f}, {gap:.3%} from the bound")
    return Verdict("; ".join(texts), right)


ROWS = (
    Row(
        name="plan-country-floor",
        number=4,
        work="plan by ties, Norway 2017, floor 10,000 with k = 105 and floor 15,000 with k = 89, 60 s each",
        known="105: at least 434,531; 89: at least 434,299",
        aim="gaps under 0.05 % and 0.1 %",
        prepare=prepare_norway,
        run=_floors_of_norway,
        check=_check,
        needs=("norway/commuting_2017.csv.gz", "norway/boundaries_2017_territory.geojson"),
        no_peer="the solver alone has a gap of 0.5 % and 2.5 % after two minutes",
    ),
    Row(
        name="plan-floor-distance",
        number=6,
        work="plan by person-minutes, 420 made-up municipalities, k = 28, 7, 4, floor .85, .9, .95 of the mean",
        known="",
        aim="gaps under 1 %, in 60 s each",
        prepare=_made_up,
        run=_floors_by_distance,
        check=_check,
        no_peer="the solver alone has a gap of 1 % or no plan after two minutes",
    ),
)
