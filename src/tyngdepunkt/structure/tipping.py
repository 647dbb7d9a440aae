"""Tipping municipalities: what it costs to have each in another block of the best plan."""

from __future__ import annotations

from collections.abc import Iterable

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Plan, Progress, Status, Step, Territory, silent
from tyngdepunkt.structure.results import Price
from tyngdepunkt.structure.solve import SECONDS, Solver

__all__ = ["price", "tipping_prices"]


def tipping_prices(
    territory: Territory,
    plan: Plan,
    *,
    municipalities: Iterable[str] | None = None,
    cap: float = float("inf"),
    seconds: float = SECONDS,
    progress: Progress = silent,
    solver: Solver | None = None,
) -> tuple[Price, ...]:
    """
    Find the price of every municipality in every other block of an optimal plan.

    price(i, c) = the best objective less the best objective with c a centre and i in its block, the same number of
    centres, floor and other wishes; i may itself be a centre of the best plan. A small price: the municipality tips.

    Parameters
    ----------
    territory
        Of which the plan is.
    plan
        An optimal plan.
    municipalities
        Ids to price; all by default.
    cap
        Prices above this are given as "at least" it, in the unit of the objective.
    seconds
        Wall time for each price after which it is given as "at least" [s].
    progress
        Told after each price.
    solver
        One that has answered the plan's question already.

    Returns
    -------
    One price for each municipality and each centre other than its own, in order of id; those found so far where
    interrupted (`KeyboardInterrupt`).

    Raises
    ------
    QuestionError
        Where the plan is not proven optimal: a difference from something else is no price.
    """
    if plan.certificate.status is not Status.OPTIMAL:
        raise QuestionError(
            "Prices are differences from the best plan, and this plan is not proven to be the best "
            f"(its bound is {plan.certificate.bound}): give the search more time, or loosen the question."
        )
    solver = solver or Solver(territory, plan.question, seed=plan.certificate.seed)
    wanted = territory.ids if municipalities is None else tuple(municipalities)
    pairs = [(i, c) for i in wanted for c in plan.centres if c != plan.assignment[i]]
    found: list[Price] = []
    try:
        for i, c in pairs:
            found.append(price(solver, plan, i, c, cap=cap, seconds=seconds))
            progress(Step("tipping", len(found), len(pairs)))
    except KeyboardInterrupt:
        pass
    return tuple(found)


def price(
    solver: Solver, plan: Plan, municipality: str, centre: str, *, cap: float = float("inf"), seconds: float = SECONDS
) -> Price:
    """
    Find one price.

    Parameters
    ----------
    solver
        One of the plan's question.
    plan
        An optimal plan.
    municipality, centre
        Ids; the centre need not be one of the plan's.
    cap, seconds
        As for `tipping_prices`.

    Returns
    -------
    The price.
    """
    territory = solver.territory
    amount, exact, assignment = solver.price(plan, municipality, centre, cap=cap, seconds=seconds)
    i, j = territory.position[municipality], territory.position[centre]
    return Price(
        municipality=municipality,
        centre=centre,
        amount=amount,
        exact=exact,
        minutes=None if territory.minutes is None else float(territory.minutes[i, j]),
        commuters=int(territory.commuters[i, j] + territory.commuters[j, i]),
        assignment=assignment,
    )
