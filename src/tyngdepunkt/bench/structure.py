"""Best plans, proven: of the shipped county at every number of centres, and of a whole country (rows 3 and 5)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt.bench.row import Peer, Row, Verdict

if TYPE_CHECKING:
    from tyngdepunkt.model import NoPlan, Plan, Territory
    from tyngdepunkt.structure import Frontier, Price

__all__ = ["ROWS", "prepare_norway"]

_SHIPPED = "more-og-romsdal-2017"
_FLOOR = 15_000
_PEER_CENTRES = 6
_NORWAY = {19: 421_296, 46: 443_264, 89: 446_690, 105: 446_212, 159: 442_569}
"""Best ties by number of centres on the 426 municipalities of 2017; 46 was known as at least so many."""
_NO_FLOOR = {2: 14_454, 6: 18_276, 7: 18_251, 8: 18_182, 28: 12_663, 36: 0}
_WITH_FLOOR = {2: 14_454, 6: 18_276, 7: 17_587, 8: 16_844, 11: 11_345, 12: 5_737}


def _county(_: Path) -> Territory:
    """Load the shipped county."""
    from tyngdepunkt.study import load_study

    return load_study(_SHIPPED).territory


def _sweeps(county: Territory) -> tuple[Frontier, Frontier]:
    """Answer every number of centres without a floor and with it."""
    from tyngdepunkt.model import Question
    from tyngdepunkt.structure import sweep

    return sweep(county, Question(1), seed=1), sweep(county, Question(1, floor=_FLOOR), seed=1)


def _check_sweeps(_: Territory, found: tuple[Frontier, Frontier]) -> Verdict:
    """Hold the frontiers against the known answers; all must be proven."""
    from tyngdepunkt.model import Plan

    plans = [{p.centres: p.answer for p in f.points if isinstance(p.answer, Plan)} for f in found]
    right = all(
        side[k].objective == best and side[k].certificate.status == "optimal"
        for side, known in zip(plans, (_NO_FLOOR, _WITH_FLOOR), strict=True)
        for k, best in known.items()
    )
    peak = found[0].best
    text = f"peak at k = {peak.centres if peak else '–'}, {len(plans[1])} numbers of centres possible with the floor"
    return Verdict(text, right and len(plans[1]) == max(_WITH_FLOOR))


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


def _best_of_norway(country: Territory) -> dict[int, Plan | NoPlan]:
    """Find the best plan for five numbers of centres."""
    from tyngdepunkt.model import Question
    from tyngdepunkt.structure import Solver

    solver = Solver(country, Question(1), seed=1)
    return {k: solver.find(k) for k in _NORWAY}


def _check_norway(_: Territory, found: dict[int, Plan | NoPlan]) -> Verdict:
    """Hold the objectives against the known answers; all must be proven."""
    from tyngdepunkt.model import Plan

    proven = {k: p.objective for k, p in found.items() if isinstance(p, Plan) and p.certificate.status == "optimal"}
    text = ", ".join(f"{k}: {value:,.0f}" for k, value in proven.items())
    return Verdict(f"proven {text}", proven == _NORWAY)


def _ours_alone(county: Territory) -> Plan | NoPlan:
    """Find the best six with the floor."""
    from tyngdepunkt.model import Question
    from tyngdepunkt.structure import find_plan

    return find_plan(county, Question(_PEER_CENTRES, floor=_FLOOR), seed=1)


def _check_alone(_: Territory, found: Plan | NoPlan) -> Verdict:
    """Hold the objective against the known answer."""
    from tyngdepunkt.model import Plan

    if not isinstance(found, Plan):
        return Verdict("no plan", agrees=False)
    return Verdict(f"{found.objective:,.0f}, {found.certificate.status}", found.objective == _WITH_FLOOR[_PEER_CENTRES])


def _plain_solver(county: Any) -> float:  # noqa: ANN401 - what the row prepared
    """
    Solve the same with the solver alone: floor rows, and a cut for each disconnected part, solved again until none.

    The bare formulation that a good textbook gives; it shares the solver with ours, so the ratio is what the
    formulation is worth.
    """
    import numpy as np
    from highspy import Highs

    from tyngdepunkt.structure import graph

    n, near = len(county), graph.bits(county.neighbours())
    value = (county.commuters + county.commuters.T).astype(float)
    model = Highs()  # type: ignore[no-untyped-call]
    model.silent()
    x = [[model.addBinary() for _ in range(n)] for _ in range(n)]
    for i in range(n):
        model.addConstr(sum(x[i]) == 1)
        for j in range(n):
            if i != j:
                model.addConstr(x[i][j] <= x[j][j])
    model.addConstr(sum(x[j][j] for j in range(n)) == _PEER_CENTRES)
    for j in range(n):
        model.addConstr(sum(int(county.population[i]) * x[i][j] for i in range(n)) >= _FLOOR * x[j][j])
    while True:
        model.maximize(sum(value[i, j] * x[i][j] for i in range(n) for j in range(n) if i != j))
        centre = np.array([[model.val(x[i][j]) for j in range(n)] for i in range(n)]).argmax(axis=1)
        cut = False
        for j in set(centre.tolist()):
            block = graph.mask(np.flatnonzero(centre == j).tolist())
            for part in graph.components(near, block & ~graph.component(near, block, 1 << j)):
                border = list(graph.members(graph.reach(near, part) & ~part))
                for i in graph.members(part):
                    model.addConstr(x[i][j] <= sum(x[s][j] for s in border))
                    cut = True
        if not cut:
            return float(model.getObjectiveValue())


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
        seconds_aimed=20.0,
        no_peer="none on PyPI gives an exact answer with true connection at this size",
    ),
    Row(
        name="plan-county",
        number=5,
        work="best six blocks of at least 15,000, Møre og Romsdal 2017",
        known="18,276",
        aim="quicker than the solver alone",
        prepare=_county,
        run=_ours_alone,
        check=_check_alone,
        peer=Peer("HiGHS alone, solved again with cuts", "highspy", "highspy", _plain_solver),
    ),
    Row(
        name="sweep-county",
        number=5,
        work="every k from 1 to 36, without a floor and with 15,000, Møre og Romsdal 2017",
        known="peak at k = 6; 12 numbers of centres possible with the floor",
        aim="proven, under 3 s",
        prepare=_county,
        run=_sweeps,
        check=_check_sweeps,
        seconds_aimed=3.0,
        no_peer="the solver alone takes minutes from k = 8; see plan-county for one k",
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
