"""What moves cost, and why a municipality lies where it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt import __version__
from tyngdepunkt.shapes.ensembles import share_shape
from tyngdepunkt.shapes.plans import question_shape, reason_shapes

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        Explanation,
        Price,
        Stability,
    )
    from tyngdepunkt.study import Study

__all__ = ["explanation_shape", "price_shapes"]


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


def explanation_shape(
    study: Study, explanation: Explanation, stability: Stability | None = None, *, language: str = "en"
) -> dict[str, object]:
    """Return why a municipality lies where it does as a JSON object, each reason with its sentence in a language."""
    plan = explanation.plan
    return {
        "study": study.name,
        "municipality": explanation.municipality,
        "name": study.territory.names[explanation.municipality],
        "centre": plan.assignment[explanation.municipality],
        "status": plan.certificate.status,
        "reasons": reason_shapes(study, explanation.reasons, language=language),
        "prices": price_shapes(explanation.prices, stability),
        "keeps": stability and share_shape(stability.keeps(explanation.municipality)),
        "question": question_shape(plan.question),
        "version": __version__,
    }
