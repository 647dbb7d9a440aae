"""
Tipping municipalities: what it costs to have each in another block of the best plan.

In a county every price is found, one after the other. In a country there are tens of thousands, and nearly all are
large: there the cheapest of each municipality is found, those below the cap, and the others have a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Plan, Progress, Status, Step, Territory, silent
from tyngdepunkt.structure.results import Price
from tyngdepunkt.structure.solve import SECONDS, Solver

__all__ = ["find_prices", "price", "tipping_prices"]


def tipping_prices(
    territory: Territory,
    plan: Plan,
    *,
    municipalities: Iterable[str] | None = None,
    cap: float | None = None,
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
        Prices above this may be given as "at least", in the unit of the objective. By default every price is found, in
        a country (`Solver.bounds_prices`) the cheapest of each municipality.
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
    wanted = territory.ids if municipalities is None else tuple(municipalities)
    pairs = [(i, c) for i in wanted for c in plan.centres if c != plan.assignment[i]]
    found: dict[tuple[str, str], Price] = {}
    try:
        for each in find_prices(territory, plan, municipalities=wanted, cap=cap, seconds=seconds, solver=solver):
            found[each.municipality, each.centre] = each
            progress(Step("tipping", len(found), len(pairs)))
    except KeyboardInterrupt:
        pass
    return tuple(found[pair] for pair in pairs if pair in found)


def find_prices(
    territory: Territory,
    plan: Plan,
    *,
    municipalities: Sequence[str],
    cap: float | None = None,
    seconds: float = SECONDS,
    solver: Solver | None = None,
) -> Iterator[Price]:
    """
    Give the prices of municipalities as they are found.

    Parameters
    ----------
    territory, plan, municipalities, cap, seconds, solver
        As for `tipping_prices`.

    Yields
    ------
    One price for each municipality and each centre other than its own; in a country the cheap ones first.

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
    if solver.bounds_prices:
        yield from _find_cheapest(solver, plan, municipalities, cap=cap or 0.0, seconds=seconds)
        return
    pairs = [(i, c) for i in municipalities for c in plan.centres if c != plan.assignment[i]]
    for i, c in pairs:
        yield price(solver, plan, i, c, cap=np.inf if cap is None else cap, seconds=seconds)


def _find_cheapest(
    solver: Solver, plan: Plan, municipalities: Sequence[str], *, cap: float, seconds: float
) -> Iterator[Price]:
    """Give each municipality's cheapest price, then its others: found where below the cap, else bounded."""
    if len(plan.centres) == 1:
        return
    territory = solver.territory
    position = territory.position
    least = solver.bound_prices(plan, seconds=seconds)
    others = {i: [c for c in plan.centres if c != plan.assignment[i]] for i in municipalities}

    def lowest(i: str) -> float:
        """Return the least that a municipality's cheapest price can be."""
        return min(float(least[position[i], position[c]]) for c in others[i])

    for i in sorted(municipalities, key=lambda i: (lowest(i), i)):
        amount, exact, assignment = solver.cheapest(plan, i, seconds=seconds)
        to = None if assignment is None else assignment[i]
        if to is not None:
            yield _priced(territory, i, to, amount, exact=exact, assignment=assignment)
        for c in others[i]:
            if c == to:
                continue
            low = max(float(least[position[i], position[c]]), np.inf if amount is None else amount)
            if low < cap:
                yield price(solver, plan, i, c, cap=cap, seconds=seconds)
            else:
                none = bool(np.isinf(low))
                yield _priced(territory, i, c, None if none else low, exact=none, assignment=None)


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
    amount, exact, assignment = solver.price(plan, municipality, centre, cap=cap, seconds=seconds)
    return _priced(solver.territory, municipality, centre, amount, exact=exact, assignment=assignment)


def _priced(
    territory: Territory,
    municipality: str,
    centre: str,
    amount: float | None,
    *,
    exact: bool,
    assignment: Mapping[str, str] | None,
) -> Price:
    """Return a price with what a reader wants to know beside it."""
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
