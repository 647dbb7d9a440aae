"""What moves cost, and why a municipality lies where it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.cli.layout import Row, percent, table_text
from tyngdepunkt.cli.screen.plans import voice
from tyngdepunkt.shapes.plans import unit_of

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        Explanation,
        Price,
        Stability,
    )
    from tyngdepunkt.model import Plan
    from tyngdepunkt.study import Study
    from tyngdepunkt.texts.wording import Wording

__all__ = ["cheapest", "explanation_text", "price_rows", "price_sentence", "prices_text"]


def prices_text(study: Study, plan: Plan, prices: Sequence[Price], stability: Stability | None = None) -> str:
    """Write for each municipality its cheapest other block, the cheapest first."""
    if not prices:
        return "There is no other block to lie in.\n"
    rows = price_rows(study, plan, cheapest(prices), stability)
    rest = len(prices) - len(rows)
    more = f"\nThe other {rest:,} prices: --format csv or --format json.\n" if rest else ""
    return table_text(rows) + more


def explanation_text(study: Study, explanation: Explanation, stability: Stability | None = None) -> str:
    """Write why a municipality lies where it does, and what it would take to lie elsewhere."""
    from tyngdepunkt.texts.reasons import sentence

    names = study.territory.names
    plan, here = explanation.plan, explanation.municipality
    lines = [f"{names[here]} lies in the block of {names[plan.assignment[here]]}.", "", "Why:"]
    lines += [f"  - {sentence(reason, names, 'en')}" for reason in explanation.reasons]
    if stability is not None:
        keeps = stability.keeps(here)
        sure = f"{100 * keeps.low:.1f} to {100 * keeps.high:.1f} % at 95 % confidence"
        said = f"It keeps its block in {keeps.count:,} of {keeps.draws:,} commuting tables drawn anew ({sure})."
        lines += ["", said]
    if not explanation.prices:
        return "\n".join([*lines, "", "There is no other block to lie in."]) + "\n"
    lines += ["", "What it would take to lie in the block of:"]
    lines += [f"  - {price_sentence(study, plan, price, voice('en'))}" for price in explanation.prices]
    return "\n".join(lines) + "\n"


def cheapest(prices: Iterable[Price]) -> list[Price]:
    """Return each municipality's cheapest move, the cheapest first, the impossible last."""
    best: dict[str, Price] = {}
    for price in sorted(prices, key=_by_amount):
        best.setdefault(price.municipality, price)
    return sorted(best.values(), key=_by_amount)


def price_sentence(study: Study, plan: Plan, price: Price, wording: Wording) -> str:
    """Return a price as a sentence with the commuters and minutes that stand beside it."""
    from tyngdepunkt.texts.wording import later
    from tyngdepunkt.texts.words import unit_word

    unit = unit_word(unit_of(plan.question.objective), wording.language)
    values = {
        "centre": study.territory.names[price.centre],
        "price": "" if price.amount is None else f"{wording.count(price.amount)} {unit}",
        "commuters": wording.count(price.commuters),
    }
    if price.amount is None:
        text = later("{centre}: impossible under what was asked. Commuters to and from it: {commuters}.")
    elif price.exact:
        text = later("{centre}: the whole plan loses {price}. Commuters to and from it: {commuters}.")
    else:
        text = later("{centre}: the whole plan loses at least {price}. Commuters to and from it: {commuters}.")
    return wording.say(text, **values)


def _by_amount(price: Price) -> tuple[float, bool, str, str]:
    """Return what orders prices: the amount, of two alike the exact one, then the ids."""
    amount = float("inf") if price.amount is None else price.amount
    return (amount, not price.exact, price.municipality, price.centre)


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
