"""What moves cost, and why a municipality lies where it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt import __version__
from tyngdepunkt.cli.layout import Row, percent
from tyngdepunkt.cli.shapes.ensembles import share_shape
from tyngdepunkt.cli.shapes.plans import question_shape, reason_shapes, unit_of

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        Explanation,
        Price,
        Stability,
    )
    from tyngdepunkt.model import Plan
    from tyngdepunkt.study import Study

__all__ = ["explanation_shape", "price_rows", "price_shapes"]


def price_shapes(prices: Iterable[Price], stability: Stability | None = None) -> list[dict[str, object]]:
    """
    Return prices as JSON objects.

    Parameters
    ----------
    prices
        The prices.
    stability
        How often municipalities keep their block, and lie in the other; None where that was not asked for.

    Returns
    -------
    One object a price; `price` is None where impossible, at least that much where not exact.
    """
    return [
        {
            "municipality": price.municipality,
            "centre": price.centre,
            "price": price.amount,
            "exact": price.exact,
            "possible": price.amount is not None,
            "minutes": price.minutes,
            "commuters": price.commuters,
            "assignment": price.assignment,
            **_firmness(price, stability),
        }
        for price in prices
    ]


def _firmness(price: Price, stability: Stability | None) -> dict[str, object]:
    """Return how often a price's municipality keeps its block and lies in the other; nothing where not known."""
    if stability is None:
        return {}
    return {
        "keeps": share_shape(stability.keeps(price.municipality)),
        "lies_there": share_shape(stability.lies_with(price.municipality, price.centre)),
    }


def price_rows(study: Study, plan: Plan, prices: Iterable[Price], stability: Stability | None = None) -> list[Row]:
    """Return prices as rows, each municipality with its own block and the other, and how often it keeps its own."""
    names = study.territory.names
    unit = unit_of(plan.question.objective)
    return [
        {
            "municipality_id": price.municipality,
            "municipality": names[price.municipality],
            "block": names[plan.assignment[price.municipality]],
            "other block": names[price.centre],
            f"price [{unit}]": price.amount,
            "price is": "impossible" if price.amount is None else "exact" if price.exact else "at least",
            "minutes to other centre [min]": price.minutes,
            "commuters with other centre [persons]": price.commuters,
            **(
                {}
                if stability is None
                else {
                    "keeps block [%]": percent(stability.keeps(price.municipality).share, 2),
                    "lies in other [%]": percent(stability.lies_with(price.municipality, price.centre).share, 2),
                }
            ),
        }
        for price in prices
    ]


def explanation_shape(study: Study, explanation: Explanation, stability: Stability | None = None) -> dict[str, object]:
    """Return why a municipality lies where it does as a JSON object, each reason with its sentence."""
    plan = explanation.plan
    return {
        "study": study.name,
        "municipality": explanation.municipality,
        "name": study.territory.names[explanation.municipality],
        "centre": plan.assignment[explanation.municipality],
        "status": plan.certificate.status,
        "reasons": reason_shapes(study, explanation.reasons),
        "prices": price_shapes(explanation.prices, stability),
        "keeps": stability and share_shape(stability.keeps(explanation.municipality)),
        "question": question_shape(plan.question),
        "version": __version__,
    }
