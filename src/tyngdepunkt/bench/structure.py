"""Best plans, proven: of the shipped county at every number of centres, and of a whole country (rows 3 and 5)."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.bench.plain import solve_alone
from tyngdepunkt.bench.row import Peer, Reached, Row, Verdict

if TYPE_CHECKING:
    from tyngdepunkt.model import NoPlan, Plan, Territory
    from tyngdepunkt.structure import Frontier, MostCentres, Price

__all__ = ["ALONE", "ROWS", "check_reached", "prepare_norway", "reach_plans"]

_SHIPPED = "more-og-romsdal-2017"
_FLOOR = 15_000
_LIMIT = 120.0
"""What either program is given for one question [s]."""
_PEER_CENTRES = 6
_PEER_SWEEP = (2, 4, 6, 7)
"""Numbers of centres that the solver alone answers of a sweep, floor or no; from 8 with the floor it takes minutes."""
_PEER_STEPS = 10
"""Links from a centre that the solver alone looks at in a country; the best plan with 19 has 9, others fewer."""
_NORWAY = {19: 421_296, 46: 443_264, 89: 446_690, 105: 446_212, 159: 442_569}
"""Best ties by number of centres on the 426 municipalities of 2017; 46 was known as at least so many."""
_NO_FLOOR = {2: 14_454, 6: 18_276, 7: 18_251, 8: 18_182, 28: 12_663, 36: 0}
_WITH_FLOOR = {2: 14_454, 6: 18_276, 7: 17_587, 8: 16_844, 11: 11_345, 12: 5_737}
_TRIES = 3
"""Starts of the peer that looks for the most blocks; more do not find more."""

ALONE = "HiGHS alone, solved again with cuts"


def reach_plans(found: Mapping[int, Plan | NoPlan]) -> tuple[Reached, ...]:
    """
    Tell how far plans came.

    Parameters
    ----------
    found
        Number of centres to the answer.

    Returns
    -------
    One for each.
    """
    from tyngdepunkt.model import Plan

    return tuple(
        Reached(f"k = {k}", plan.objective, _bound(plan)) if isinstance(plan, Plan) else Reached(f"k = {k}")
        for k, plan in found.items()
    )


def _bound(plan: Plan) -> float | None:
    """Return the bound of a plan: its own objective where that is proven to be the best."""
    return plan.objective if plan.certificate.status == "optimal" else plan.certificate.bound


def check_reached(_: Territory, ours: Mapping[int, Plan | NoPlan], theirs: tuple[Reached, ...]) -> Verdict:
    """
    See that what the solver alone reached does not contradict ours.

    Parameters
    ----------
    ours, theirs
        Number of centres to our answer; how far the solver alone came.

    Returns
    -------
    How far, in words, and whether both can be right.
    """
    return compare_reached(reach_plans(ours), theirs)


def compare_reached(ours: tuple[Reached, ...], theirs: tuple[Reached, ...]) -> Verdict:
    """
    See whether what two programs reached can both be right.

    Parameters
    ----------
    ours, theirs
        How far each came with questions of the same names.

    Returns
    -------
    How far the other came, in words, and whether both can be right.
    """
    mine = {each.question: each for each in ours}
    wrong = [each.question for each in theirs if each.contradicts(mine[each.question])]
    text = "; ".join(f"{each.question}: {_spoken(each)}" if len(theirs) > 1 else _spoken(each) for each in theirs)
    return Verdict(f"{text}; contradicts ours for {', '.join(wrong)}" if wrong else text, not wrong)


def _spoken(each: Reached) -> str:
    """Return in words how far a program came."""
    if each.objective is None:
        return "no plan" if each.bound is None else f"no plan, at best {each.bound:,.0f}"
    proof = "without a bound" if each.gap is None else f"{100 * each.gap:.2f} % from its bound"
    return f"{each.objective:,.0f}, {'proven' if each.is_proven else proof}"


def _county(_: Path) -> Territory:
    """Load the shipped county."""
    from tyngdepunkt.study import load_study

    return load_study(_SHIPPED).territory


def _sweeps(county: Territory, *, seconds: float) -> tuple[Frontier, Frontier]:
    """Answer every number of centres without a floor and with it."""
    from tyngdepunkt.model import Question
    from tyngdepunkt.structure import sweep

    free, floored = (sweep(county, Question(1, floor=floor), seed=1, seconds=seconds) for floor in (0, _FLOOR))
    return free, floored


def _reach_sweeps(found: tuple[Frontier, Frontier]) -> tuple[Reached, ...]:
    """Tell how far each sweep came with the numbers that the peer answers too."""
    reached = []
    for side, floor in zip(found, (0, _FLOOR), strict=True):
        answers = {point.centres: point.answer for point in side.points if point.centres in _PEER_SWEEP}
        reached += [dataclasses.replace(each, question=_named(each.question, floor)) for each in reach_plans(answers)]
    return tuple(reached)


def _named(question: str, floor: int) -> str:
    """Return a question's name with its floor."""
    return f"{question}, floor {floor:,}" if floor else question


def _sweep_alone(county: Territory, *, seconds: float) -> tuple[Reached, ...]:
    """Let the solver alone answer a few numbers of centres, one by one, without a floor and with it."""
    from tyngdepunkt.model import Question

    return tuple(
        solve_alone(county, Question(k, floor=floor), seconds=seconds, name=_named(f"k = {k}", floor))
        for floor in (0, _FLOOR)
        for k in _PEER_SWEEP
    )


def _check_sweeps(_: Territory, found: tuple[Frontier, Frontier]) -> Verdict:
    """Hold the frontiers against the known answers; every plan must be proven."""
    from tyngdepunkt.model import Plan

    plans = [{p.centres: p.answer for p in f.points if isinstance(p.answer, Plan)} for f in found]
    best = [{k: each.objective for k, each in side.items()} for side in plans]
    right = all(side.items() >= known.items() for side, known in zip(best, (_NO_FLOOR, _WITH_FLOOR), strict=True)) and [
        len(side) for side in best
    ] == [max(_NO_FLOOR), max(_WITH_FLOOR)]
    proven = sum(each.certificate.status == "optimal" for side in plans for each in side.values())
    total = sum(map(len, plans))
    peak = found[0].best
    text = (
        f"peak at k = {peak.centres if peak else '–'}, {len(plans[1])} numbers of centres possible with the floor, "
        f"{'all' if proven == total else f'{proven} of {total}'} proven"
    )
    return Verdict(text, right and proven == total)


def _prices(county: Territory) -> tuple[Price, ...]:
    """Price every municipality in every other block of the best seven with the floor."""
    from tyngdepunkt.analysis import Crew
    from tyngdepunkt.analysis.prices import find_prices
    from tyngdepunkt.model import Plan, Question
    from tyngdepunkt.structure import Solver

    solver = Solver(county, Question(7, floor=_FLOOR), seed=1)
    plan = solver.find(7)
    return find_prices(county, plan, solver=solver, crew=Crew(None)) if isinstance(plan, Plan) else ()


def _check_prices(county: Territory, found: tuple[Price, ...]) -> Verdict:
    """Hold the cheapest against what is known, and see that all are exact."""
    cheapest = sorted(p.amount for p in found if p.amount is not None)[:3]
    exact = sum(p.exact for p in found)
    text = f"{exact} of {len(found)} exact, the cheapest {', '.join(f'{c:g}' for c in cheapest)}"
    return Verdict(text, exact == len(found) == len(county) * 6 and cheapest == [7, 18, 24])


def prepare_norway(data: Path) -> Territory:
    """Make the study of Norway 2017 out of the national tables, and load it."""
    from tyngdepunkt.study import load_study
    from tyngdepunkt.study.national import new_study_from_tables

    with tempfile.TemporaryDirectory() as folder:
        return load_study(new_study_from_tables(Path(folder) / "norway", data / "norway", year=2017)).territory


def _best_of_norway(country: Territory, *, seconds: float) -> dict[int, Plan | NoPlan]:
    """Find the best plan for five numbers of centres."""
    from tyngdepunkt.model import Question
    from tyngdepunkt.structure import Solver

    solver = Solver(country, Question(1), seed=1)
    return {k: solver.find(k, seconds=seconds) for k in _NORWAY}


def _norway_alone(country: Territory, *, seconds: float) -> tuple[Reached, ...]:
    """Let the solver alone find them."""
    from tyngdepunkt.model import Question

    return tuple(solve_alone(country, Question(k), seconds=seconds, steps=_PEER_STEPS) for k in _NORWAY)


def _check_norway(_: Territory, found: dict[int, Plan | NoPlan]) -> Verdict:
    """Hold the objectives against the known answers; all must be proven."""
    from tyngdepunkt.model import Plan

    proven = {k: p.objective for k, p in found.items() if isinstance(p, Plan) and p.certificate.status == "optimal"}
    text = ", ".join(f"{k}: {value:,.0f}" for k, value in proven.items())
    return Verdict(f"proven {text}", proven == _NORWAY)


def _best_six(county: Territory, *, seconds: float) -> dict[int, Plan | NoPlan]:
    """Find the best six with the floor."""
    from tyngdepunkt.model import Question
    from tyngdepunkt.structure import find_plan

    question = Question(_PEER_CENTRES, floor=_FLOOR)
    return {_PEER_CENTRES: find_plan(county, question, seed=1, seconds=seconds)}


def _best_six_alone(county: Territory, *, seconds: float) -> tuple[Reached, ...]:
    """Let the solver alone find them."""
    from tyngdepunkt.model import Question

    return (solve_alone(county, Question(_PEER_CENTRES, floor=_FLOOR), seconds=seconds),)


def _check_six(_: Territory, found: dict[int, Plan | NoPlan]) -> Verdict:
    """Hold the objective against the known answer; it must be proven."""
    (reached,) = reach_plans(found)
    known = reached.is_proven and reached.objective == _WITH_FLOOR[_PEER_CENTRES]
    return Verdict(_spoken(reached), known)


def _most_blocks(county: Territory) -> MostCentres:
    """Find into how many blocks with the floor the county can be divided."""
    from tyngdepunkt.model import Question
    from tyngdepunkt.structure import most_centres

    return most_centres(county, Question(1, floor=_FLOOR), most=len(county))


def _most_blocks_by_spopt(county: Territory) -> int:
    """Let the max-p heuristic look for a division into as many blocks with the floor as it can, from several starts."""
    import numpy as np
    from geopandas import GeoDataFrame, points_from_xy
    from libpysal.weights import W
    from spopt.region import MaxPHeuristic

    # Where they lie counts for nothing, as neighbours are given; what they shall be alike in is the peer's to ask for.
    places = range(len(county))
    table = GeoDataFrame({"people": np.asarray(county.population)}, geometry=points_from_xy(places, places))
    near = W({i: list(ids) for i, ids in enumerate(county.neighbours())}, silence_warnings=True)
    most = 0
    for start in range(_TRIES):
        np.random.seed(start)  # noqa: NPY002 - spopt takes no seed and draws from here
        model = MaxPHeuristic(table, near, ["people"], "people", _FLOOR, top_n=2)
        model.solve()
        most = max(most, int(model.p))
    return most


def _check_most(_: Territory, found: MostCentres) -> Verdict:
    """Hold the number against the known answer; it must be proven."""
    text = f"{found.number}, {'proven' if found.is_proven else f'at most {found.at_most}'}"
    return Verdict(text, found.is_proven and found.number == max(_WITH_FLOOR))


def _check_spopt(_: Territory, ours: MostCentres, theirs: int) -> Verdict:
    """See that the heuristic finds no more blocks than are proven to be possible."""
    return Verdict(f"{theirs}, heuristic", theirs <= ours.at_most)


ROWS = (
    Row(
        name="plan-country",
        number=3,
        work="best plan by ties, Norway 2017, 426 municipalities, k = 19, 46, 89, 105, 159, true connection",
        known="19: 421,296; 46: at least 443,264; 89: 446,690; 105: 446,212; 159: 442,569",
        aim="all five proven, under 20 s together",
        prepare=prepare_norway,
        run=_best_of_norway,
        check=_check_norway,
        needs=("norway/commuting_2017.csv.gz", "norway/boundaries_2017_territory.geojson"),
        limit=_LIMIT,
        reach=reach_plans,
        seconds_aimed=20.0,
        peer=Peer(
            f"{ALONE}, pairs at most {_PEER_STEPS} links apart", "highspy", "highspy", _norway_alone, check_reached
        ),
    ),
    Row(
        name="plan-county",
        number=5,
        work="best six blocks of at least 15,000, Møre og Romsdal 2017",
        known="18,276, proven",
        aim="quicker than the solver alone",
        prepare=_county,
        run=_best_six,
        check=_check_six,
        limit=_LIMIT,
        reach=reach_plans,
        peer=Peer(ALONE, "highspy", "highspy", _best_six_alone, check_reached),
    ),
    Row(
        name="sweep-county",
        number=5,
        work="every k from 1 to 36, without a floor and with 15,000, Møre og Romsdal 2017",
        known="peak at k = 6, 12 numbers of centres possible with the floor, all proven",
        aim="proven, under 3 s",
        prepare=_county,
        run=_sweeps,
        check=_check_sweeps,
        limit=_LIMIT,
        reach=_reach_sweeps,
        seconds_aimed=3.0,
        peer=Peer(
            f"{ALONE}, k = {', '.join(map(str, _PEER_SWEEP))} only",
            "highspy",
            "highspy",
            _sweep_alone,
            lambda _, ours, theirs: compare_reached(_reach_sweeps(ours), theirs),
        ),
    ),
    Row(
        name="most-blocks-county",
        number=5,
        work="the most blocks of at least 15,000, Møre og Romsdal 2017",
        known="12, proven",
        aim="more than a heuristic finds, and proven",
        prepare=_county,
        run=_most_blocks,
        check=_check_most,
        peer=Peer(f"spopt, max-p from {_TRIES} starts", "spopt", "spopt", _most_blocks_by_spopt, _check_spopt),
    ),
    Row(
        name="tipping-county",
        number=5,
        work="all tipping prices at k = 7 with the floor, exact, Møre og Romsdal 2017",
        known="216 exact, the cheapest 7, 18, 24",
        aim="under 20 s",
        prepare=_county,
        run=_prices,
        check=_check_prices,
        seconds_aimed=20.0,
        no_peer="nobody else computes them",
    ),
)
