"""The seven items of long-term strategic cooperation as tables: block by block, with evidence and what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from tyngdepunkt.analysis.cooperation import (
    Evidence,
)
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import begin, clean
from tyngdepunkt.report.table import Table
from tyngdepunkt.report.tables.cooperation import rests_on, year_of
from tyngdepunkt.texts import cooperation, reasons
from tyngdepunkt.texts.wording import later

__all__ = ["list_assessments", "list_standings", "say_evidence"]


def list_standings(briefing: Briefing) -> Table:
    """
    Set the seven items of long-term strategic cooperation against the blocks.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row an item, one column a block.
    """
    say, own, review = briefing.wording.say, rests_on(briefing), briefing.analysis.cooperation
    assessments = () if review is None else review.assessments
    columns = (
        own.text("item", later("Item"), later("What long-term strategic cooperation has.")),
        *(
            own.text(f"block_{place}", briefing.name(each.group.name), later("How the item stands."))
            for place, each in enumerate(assessments)
        ),
    )
    rows = tuple(
        (
            begin(cooperation.item_word(item.item, briefing.language)),
            *(cooperation.standing_word(each.of(item.item).standing, briefing.language) for each in assessments),
        )
        for item in (assessments[0].items if assessments else ())
    )
    title = say(
        "The seven items of long-term strategic cooperation, {year}",
        year=year_of(None if review is None else review.measure),
    )
    return Table("standings", title, columns, rows)


def list_assessments(briefing: Briefing) -> Table:
    """
    List every item of every block with its evidence and what is missing.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a block and item.
    """
    say, own, review = briefing.wording.say, rests_on(briefing), briefing.analysis.cooperation
    columns = (
        *own.block(),
        own.text("item", later("Item"), later("What long-term strategic cooperation has.")),
        own.text("standing", later("Standing"), later("How the item stands.")),
        own.text("next", later("Next step"), later("Whether it is to be settled to come a step further.")),
        own.text("evidence", later("What is known"), later("What the register tells of it."), empty="–"),
        own.text("missing", later("What is missing"), later("What is not in place, or not known."), empty="–"),
        own.text("answer", later("What the cooperation answers"), later("Its own words."), empty="–"),
    )
    rows = tuple(
        (
            each.group.name,
            briefing.name(each.group.name),
            begin(cooperation.item_word(item.item, briefing.language)),
            cooperation.standing_word(item.standing, briefing.language),
            say("yes") if item.item in each.next_step else say("no"),
            say_evidence(briefing, item.evidence),
            say_evidence(briefing, item.missing),
            clean(item.answer.text) if item.answer and item.answer.text else None,
        )
        for each in (() if review is None else review.assessments)
        for item in each.items
    )
    title = say("The seven items, block by block, with evidence")
    return Table("assessments", title, columns, rows)


def say_evidence(briefing: Briefing, evidence: Iterable[Evidence]) -> str | None:
    """
    Say evidence as running text.

    Parameters
    ----------
    briefing
        The analysis and the language.
    evidence
        In order.

    Returns
    -------
    Sentences; None where there is nothing.
    """
    return " ".join(reasons.sentence(each.reason, briefing.names, briefing.language) for each in evidence) or None
