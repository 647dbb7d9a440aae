"""The prices of a plan's moves: those kept before, and the rest found here or side by side."""

from __future__ import annotations

from collections.abc import Iterable

from tyngdepunkt.analysis.answers import RecallingSolver
from tyngdepunkt.ensembles import Crew, price_side_by_side
from tyngdepunkt.model import Plan, Progress, Status, Step, Territory, silent
from tyngdepunkt.structure import SECONDS, Price, Solver, price, tipping_prices

__all__ = ["find_prices"]

_MANY = 60
"""Prices to find from which it pays to start worker processes, which takes seconds."""


def find_prices(
    territory: Territory,
    plan: Plan,
    *,
    solver: Solver,
    municipalities: Iterable[str] | None = None,
    cap: float | None = None,
    seconds: float = SECONDS,
    crew: Crew | None = None,
    progress: Progress = silent,
) -> tuple[Price, ...]:
    """
    Find the prices of municipalities in the other blocks of an optimal plan.

    Parameters
    ----------
    territory, plan
        An optimal plan and its territory.
    solver
        One of the plan's question; what it keeps is used, and what is found is kept there.
    municipalities, cap, seconds
        As for `tyngdepunkt.structure.tipping_prices`.
    crew
        Who finds them where they are many and each is a search of its own; this process where not given.
    progress
        Told as prices are found.

    Returns
    -------
    Prices in order of id, the same whoever finds them; those found so far where interrupted.

    Raises
    ------
    QuestionError
        Where the plan is not proven optimal.
    """
    wanted = territory.ids if municipalities is None else tuple(municipalities)
    pairs = [(i, c) for i in wanted for c in plan.centres if c != plan.assignment[i]]
    is_proven = plan.certificate.status is Status.OPTIMAL
    if crew is None or len(pairs) < _MANY or solver.bounds_prices or not is_proven:
        return tipping_prices(
            territory, plan, municipalities=wanted, cap=cap, seconds=seconds, progress=progress, solver=solver
        )
    limit = float("inf") if cap is None else cap
    found: dict[tuple[str, str], Price] = {}
    if isinstance(solver, RecallingSolver):
        for pair in pairs:
            if solver.recall_price(plan, *pair, cap=limit, seconds=seconds) is not None:
                found[pair] = price(solver, plan, *pair, cap=limit, seconds=seconds)
    known = len(found)

    def tell(step: Step) -> None:
        """Pass on progress, what was known before included."""
        progress(Step(step.task, known + step.done, len(pairs)))

    left = [pair for pair in pairs if pair not in found]
    for each in price_side_by_side(territory, plan, left, cap=limit, seconds=seconds, crew=crew, progress=tell):
        found[each.municipality, each.centre] = each
        if isinstance(solver, RecallingSolver):
            amounts = each.amount, each.exact, each.assignment
            solver.keep_price(plan, each.municipality, each.centre, amounts, cap=limit, seconds=seconds)
    return tuple(found[pair] for pair in pairs if pair in found)
