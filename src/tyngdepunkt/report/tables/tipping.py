"""Tipping prices as tables: what it costs to have a municipality in another block, exact or as “at least”."""

from __future__ import annotations

import math

from tyngdepunkt.analysis import Price
from tyngdepunkt.model import Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.table import Cell, Column, Kind, Table

__all__ = ["cheapest", "list_cheapest", "list_prices", "write_price"]


def write_price(briefing: Briefing, price: Price) -> str:
    """
    Write a price: a number, “at least” a number, or that it is impossible.

    Parameters
    ----------
    briefing
        The analysis and the language.
    price
        The price.

    Returns
    -------
    The text, without unit.
    """
    if price.amount is None:
        return briefing.wording.say("impossible")
    written = briefing.wording.count(price.amount)
    return written if price.exact else briefing.wording.say("at least {price}", price=written)


def cheapest(briefing: Briefing) -> tuple[Price, ...]:
    """
    Pick each municipality's cheapest other block, the cheapest of all first.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One price a municipality that can lie elsewhere; of two alike the exact one, then the lower id.
    """
    found: dict[str, Price] = {}
    for price in sorted(briefing.analysis.tipping, key=_order):
        if price.amount is not None:
            found.setdefault(price.municipality, price)
    return tuple(found.values())


def list_prices(briefing: Briefing) -> Table:
    """
    List every price, by municipality and then by price.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a municipality and other centre; impossible ones last.
    """
    place = briefing.territory.position
    prices = sorted(briefing.analysis.tipping, key=lambda price: (place[price.municipality], _order(price)))
    return Table("tipping", briefing.wording.say("Tipping prices"), _columns(briefing), _rows(briefing, prices))


def list_cheapest(briefing: Briefing, *, most: int) -> Table:
    """
    List the municipalities that tip first.

    Parameters
    ----------
    briefing
        The analysis and the language.
    most
        Rows at most.

    Returns
    -------
    One row a municipality with its cheapest other block, the cheapest first.
    """
    prices = list(cheapest(briefing)[:most])
    title = briefing.wording.say("The municipalities that tip first, and where to")
    return Table("tipping", title, _columns(briefing), _rows(briefing, prices))


def _order(price: Price) -> tuple[float, bool, str, str]:
    """Return what prices are sorted by: amount, exact before “at least”, ids; impossible last."""
    return (math.inf if price.amount is None else price.amount, not price.exact, price.municipality, price.centre)


def _columns(briefing: Briefing) -> tuple[Column, ...]:
    """Return the columns of a table of prices."""
    say, own = briefing.wording.say, briefing.own_source("commuting")
    return (
        Column(
            "municipality_id",
            say("Municipality id"),
            Kind.ID,
            "",
            briefing.source("municipalities.name"),
            say("The municipality that would lie elsewhere."),
        ),
        Column(
            "municipality",
            say("Municipality"),
            Kind.TEXT,
            "",
            briefing.source("municipalities.name"),
            say("The municipality that would lie elsewhere."),
        ),
        Column("here", say("Lies with"), Kind.TEXT, "", briefing.own_source(), say("Centre of its block in the plan.")),
        Column(
            "there_id",
            say("Could lie with, id"),
            Kind.ID,
            "",
            briefing.own_source(),
            say("Another centre of the plan."),
        ),
        Column(
            "there", say("Could lie with"), Kind.TEXT, "", briefing.own_source(), say("Another centre of the plan.")
        ),
        Column(
            "price",
            say("Price"),
            Kind.COUNT,
            briefing.objective_unit,
            own,
            say("What the best plan loses of the objective where the municipality lies with that centre."),
            empty=say("impossible"),
        ),
        Column(
            "exactness",
            say("Price is"),
            Kind.TEXT,
            "",
            own,
            say("Exact, a least value, or impossible: no plan has the municipality there."),
        ),
        Column(
            "written",
            say("Price"),
            Kind.COUNT,
            briefing.objective_unit,
            own,
            say("What the best plan loses of the objective where the municipality lies with that centre."),
        ),
        Column(
            "commuters",
            say("Commuters with that centre"),
            Kind.COUNT,
            say("persons"),
            briefing.source("commuting.commuters"),
            say("Between the municipality and that centre, both ways."),
        ),
        Column(
            "minutes",
            say("Minutes to that centre"),
            Kind.MINUTES,
            say("min"),
            briefing.source("travel_times.minutes"),
            say("By car and ferry, without waiting."),
        ),
        *_kept_column(briefing),
    )


def _kept_column(briefing: Briefing) -> tuple[Column, ...]:
    """Return the column of how often a municipality keeps its block; none where that was not worked out."""
    stability, wording = briefing.analysis.stability, briefing.wording
    if stability is None:
        return ()
    meaning = wording.say(
        "Share of {count} commuting tables drawn anew in whose best plan the municipality keeps its block.",
        count=wording.count(stability.solved),
    )
    own = briefing.own_source("commuting")
    return (Column("kept", wording.say("Keeps its block"), Kind.SHARE, "", own, meaning),)


def _rows(briefing: Briefing, prices: list[Price]) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each price."""
    say = briefing.wording.say
    plan, stability = briefing.analysis.blocks.plan, briefing.analysis.stability
    rows: list[tuple[Cell, ...]] = []
    for price in prices:
        exactness = say("impossible") if price.amount is None else say("exact") if price.exact else say("at least")
        rows.append(
            (
                price.municipality,
                briefing.name(price.municipality),
                briefing.name(plan.assignment[price.municipality]) if isinstance(plan, Plan) else None,
                price.centre,
                briefing.name(price.centre),
                price.amount,
                exactness,
                write_price(briefing, price),
                price.commuters,
                price.minutes,
                *(() if stability is None else (stability.keeps(price.municipality).share,)),
            )
        )
    return tuple(rows)
