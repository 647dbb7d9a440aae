"""The municipalities that tip: what it costs to have them elsewhere, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tyngdepunkt.analysis import OtherYear
from tyngdepunkt.model import Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Grid, Heading, Paragraph, Part
from tyngdepunkt.report.tables.tipping import cheapest, list_cheapest

__all__ = ["write_tipping"]

_MOST_ROWS = 18
"""Rows in the report; the spreadsheet has every price."""


def write_tipping(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on tipping municipalities.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter, or why there are no prices; none where there is no plan, or its work was interrupted.
    """
    wording, analysis = briefing.wording, briefing.analysis
    say = wording.say
    if not analysis.tipping:
        plan = analysis.blocks.plan
        if isinstance(plan, Plan) and plan.certificate.status != "optimal" and len(plan.centres) > 1:
            lacks = say(
                "A price is what the best plan loses, and this plan is not proven to be the best. So none were sought."
            )
            return [Heading(say("Tipping municipalities")), Paragraph(lacks)]
        return []
    figures = ["municipality", "here", "there", "written", "commuters"]
    if briefing.territory.minutes is not None:
        figures.append("minutes")
    if analysis.stability is not None:
        figures.append("kept")
    table = list_cheapest(briefing, most=_MOST_ROWS)
    note = say(
        "Each municipality's cheapest other block; the spreadsheet has all {count} prices.",
        count=wording.count(len(analysis.tipping)),
    )
    return [
        Heading(say("Tipping municipalities")),
        Paragraph(
            say(
                "The price of having a municipality in another block is what the best plan loses when the municipality"
                " must lie there, with the same number of blocks and the same conditions; the other municipalities may"
                " move too. Where the price is small, the municipality tips: its place is its own choice, more than"
                " the figures'."
            )
        ),
        Paragraph(" ".join(filter(None, (briefing.say_floored(), _count_prices(briefing))))),
        Paragraph(_say_stability(briefing)),
        *([Grid(replace(table.pick(*figures), note=note))] if cheapest(briefing) else []),
    ]


def _say_stability(briefing: Briefing) -> str:
    """Return how firm the places are against chance in the commuting table, or that it was not worked out."""
    wording, stability = briefing.wording, briefing.analysis.stability
    if stability is None:
        return wording.say(
            "How often municipalities keep their block where the commuting table is drawn anew was not worked out here."
        )
    whole = stability.whole
    sentences = [_say_year(briefing, stability.ids, year) for year in stability.years]
    drawn = wording.say(
        "Beside the price stands how often the municipality keeps its block where the commuting table is drawn anew,"
        " each figure by chance around itself (Poisson): {count} tables, each with its own proven best plan. In {share}"
        " of them every municipality keeps its block (95 per cent confidence: {low} to {high}).",
        count=wording.count(stability.solved),
        share=wording.share(whole.share),
        low=wording.share(whole.low),
        high=wording.share(whole.high),
    )
    return " ".join([drawn, *sentences])


def _say_year(briefing: Briefing, ids: Sequence[str], year: OtherYear) -> str:
    """Return who would lie elsewhere by the commuting table of another year."""
    moved = [i for i, kept in zip(ids, year.kept, strict=True) if not kept]
    if not moved:
        return briefing.wording.say(
            "With the commuting table of {year} nobody would lie elsewhere.", year=str(year.year)
        )
    return briefing.wording.say(
        "With the commuting table of {year}, {names} would lie elsewhere.",
        year=str(year.year),
        names=briefing.name_all(moved),
    )


def _count_prices(briefing: Briefing) -> str:
    """Return how many prices there are, and of what kind."""
    wording, prices = briefing.wording, briefing.analysis.tipping
    impossible = sum(price.amount is None for price in prices)
    least = sum(price.amount is not None and not price.exact for price in prices)
    sentences = [
        wording.say_many(
            "{count} price was sought, of each municipality with each other centre of the plan.",
            "{count} prices were sought, of each municipality with each other centre of the plan.",
            len(prices),
        )
    ]
    if impossible:
        sentences.append(
            wording.say_many(
                "{count} of them is impossible: no plan has the municipality there.",
                "{count} of them are impossible: no plan has the municipality there.",
                impossible,
            )
        )
    if least:
        sentences.append(wording.say_many("{count} is given as “at least”.", "{count} are given as “at least”.", least))
    if not impossible and not least:
        sentences.append(wording.say("All are exact."))
    return " ".join(sentences)
