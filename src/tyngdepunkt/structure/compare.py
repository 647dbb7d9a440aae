"""Two plans side by side, difference first, and plans of others against the best."""

from __future__ import annotations

from collections.abc import Mapping

import highspy
import numpy as np

from tyngdepunkt.highs import QuietHighs
from tyngdepunkt.model import NoPlan, Partition, Plan, Question, Status, Territory
from tyngdepunkt.structure.measure import better_by, measure
from tyngdepunkt.structure.results import Difference, Frontier, PlanComparison, PlanMeasure, ReferenceComparison
from tyngdepunkt.structure.solve import Solver
from tyngdepunkt.structure.tipping import price

__all__ = ["compare", "compare_reference", "match_blocks", "match_by_gain"]


def compare(
    territory: Territory,
    first: Plan | Partition,
    second: Plan | Partition,
    question: Question,
    *,
    names: tuple[str, str],
    solver: Solver | None = None,
) -> PlanComparison:
    """
    Set two plans side by side.

    Parameters
    ----------
    territory
        Of which both are.
    first, second
        The plans.
    question
        The yardstick for both.
    names
        What they are called.
    solver
        Of the first plan's question, for what each difference costs; where None, or where the first plan is not
        proven optimal, nothing is priced.

    Returns
    -------
    The comparison. Blocks are matched one to one so that most inhabitants lie alike.
    """
    here, there = measure(territory, first, question), measure(territory, second, question)
    matched = match_blocks(territory, here, there)
    block_here = {i: b for b in here.blocks for i in b.members}
    block_there = {i: b for b in there.blocks for i in b.members}
    back = {there_name: here_name for here_name, there_name in matched.items()}
    centre_here = {b.name: b.centre for b in here.blocks}
    differences = []
    for i in territory.ids:
        a, b = block_here[i], block_there[i]
        if matched.get(a.name) == b.name:
            continue
        centre, cost, exact = "", None, True
        if solver is not None and isinstance(first, Plan) and first.certificate.status is Status.OPTIMAL:
            centre = centre_here[back[b.name]] if b.name in back else b.centre
            found = price(solver, first, i, centre)
            cost, exact = found.amount, found.exact
        differences.append(Difference(i, a.name, b.name, cost, exact, centre))
    return PlanComparison(names, (here, there), matched, tuple(differences))


def match_blocks(territory: Territory, first: PlanMeasure, second: PlanMeasure) -> dict[str, str]:
    """
    Match the blocks of two plans one to one so that most inhabitants lie in blocks that match.

    Parameters
    ----------
    territory
        For the populations.
    first, second
        The plans, measured.

    Returns
    -------
    Block of the first to block of the second; blocks that share nobody with their match are left out.
    """
    people = {m.id: m.population for m in territory.municipalities}
    gains = {
        (a.name, b.name): 1.0 + sum(people[i] for i in shared)
        for a in first.blocks
        for b in second.blocks
        if (shared := set(a.members) & set(b.members))
    }
    return match_by_gain(gains)


def match_by_gain(gains: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """
    Match names of two kinds one to one so that the sum of gains is largest.

    Parameters
    ----------
    gains
        Name of the first kind and of the second to what their match gains, above 0; pairs left out cannot match.

    Returns
    -------
    Name of the first kind to name of the second.
    """
    pairs = list(gains)
    solver = QuietHighs()
    none = np.array([], dtype=np.int32)
    count = len(pairs)
    gain = np.array(list(gains.values()))
    solver.addCols(count, -gain / gain.max(), np.zeros(count), np.ones(count), 0, none, none, np.array([]))
    solver.changeColsIntegrality(
        count, np.arange(count, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * count)
    )
    for side in (0, 1):
        for name in dict.fromkeys(pair[side] for pair in pairs):
            own = np.array([c for c, pair in enumerate(pairs) if pair[side] == name], dtype=np.int32)
            solver.addRow(-solver.getInfinity(), 1.0, len(own), own, np.ones(len(own)))
    solver.run()
    chosen = np.asarray(solver.getSolution().col_value) > 0.5  # noqa: PLR2004
    return {a: b for (a, b), taken in zip(pairs, chosen, strict=True) if taken}


def compare_reference(
    territory: Territory,
    plan: Partition,
    best: Plan,
    *,
    frontier: Frontier,
    frontier_with_floor: Frontier,
    solver: Solver,
) -> ReferenceComparison:
    """
    Measure a plan of others with the yardstick of ours, and set it beside the best.

    Parameters
    ----------
    territory
        Of which both are.
    plan
        The plan of others.
    best
        The plan chosen, proven optimal, that it is set beside; its question is the yardstick.
    frontier, frontier_with_floor
        Where the best plans with as many blocks are found.
    solver
        Of the chosen plan's question.

    Returns
    -------
    The comparison.
    """
    question = best.question
    measured = measure(territory, plan, question)
    count = len(measured.blocks)
    answers = [f.at(count) for f in (frontier, frontier_with_floor)]
    free, floored = (
        point.answer if point is not None else NoPlan(question.with_centres(count), "unsettled", ())
        for point in answers
    )
    distances = [
        better_by(question, answer.objective, measured.objective) if isinstance(answer, Plan) else None
        for answer in (free, floored)
    ]
    names = ("best", plan.name)
    return ReferenceComparison(
        plan=plan,
        measure=measured,
        best=free,
        best_with_floor=floored,
        distance=distances[0],
        distance_with_floor=distances[1],
        comparison=compare(territory, best, plan, question, names=names, solver=solver),
        below_floor=tuple(b.name for b in measured.blocks if b.shortfall),
        single=tuple(b.name for b in measured.blocks if len(b.members) == 1),
        disconnected=tuple(b.name for b in measured.blocks if not b.connected),
    )
