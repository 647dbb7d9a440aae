"""The plans of others, measured with the same yardstick as ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tyngdepunkt.analysis import ReferenceComparison
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Grid, Heading, Paragraph, Part
from tyngdepunkt.report.printable import begin, clean
from tyngdepunkt.report.tables.references import list_differences, list_references

__all__ = ["write_references"]

_MOST_NAMED = 10
"""Blocks named before the rest are counted."""


def write_references(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on the plans of others.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter; none where the study has no such plans.
    """
    say, references = briefing.wording.say, briefing.analysis.references
    if not references:
        return []
    table = list_references(briefing)
    note = say(
        "The distance is how much better the best plan with as many blocks is; it may be below zero where that plan"
        " must keep the least population and the plan of others does not."
    )
    if briefing.floor:
        note += " " + say(
            "The best plan that keeps the least population reaches less than the best of all, so the two distances"
            " differ by what the least population costs."
        )
    return [
        Heading(say("The plans of others")),
        Paragraph(
            say(
                "These plans have no centres of their own. Each of their blocks is measured by the centre that suits"
                " it best, and held against the best plan with as many blocks."
            )
        ),
        Grid(
            replace(
                table.pick(
                    "plan",
                    "blocks",
                    "objective",
                    "best",
                    "distance",
                    "best_floor",
                    "distance_floor",
                    "internal_share",
                    "differences",
                ),
                note=note,
            ),
            wide=True,
        ),
        *(part for reference in references for part in _write_one(briefing, reference)),
    ]


def _join_some(briefing: Briefing, blocks: Sequence[str]) -> str:
    """Write names of blocks as running text, counting the rest where they are many."""
    named = [clean(block) for block in blocks[:_MOST_NAMED]]
    if len(blocks) > _MOST_NAMED:
        named.append(briefing.wording.say_many("{count} more", "{count} more", len(blocks) - _MOST_NAMED))
    return briefing.wording.join(named)


def _write_one(briefing: Briefing, reference: ReferenceComparison) -> list[Part]:
    """Return the section on one plan of others."""
    wording = briefing.wording
    say = wording.say
    name = briefing.plan_name(reference.plan.name)
    sentences = [
        wording.say_many(
            "The plan has {count} block: {blocks}.",
            "The plan has {count} blocks: {blocks}.",
            len(reference.measure.blocks),
            blocks=_join_some(
                briefing, [f"{block.name} ({wording.count(block.population)})" for block in reference.measure.blocks]
            ),
        )
    ]
    for blocks, text in (
        (reference.below_floor, say("Below the least population: {blocks}.")),
        (reference.single, say("Of one municipality alone: {blocks}.")),
        (reference.disconnected, say("Do not hang together over the links that count: {blocks}.")),
    ):
        if blocks:
            sentences.append(text.format(blocks=_join_some(briefing, blocks)))
    if reference.plan.source:
        sentences.append(say("Source: {source}.", source=briefing.given(reference.plan.source).rstrip(".")))
    parts: list[Part] = [Heading(begin(name), level=2), Paragraph(" ".join(sentences))]
    if reference.comparison.differences:
        table = list_differences(briefing, reference).pick("municipality", "here", "there", "written")
        title = say(
            "Municipalities that lie differently in “{plan}”, and what that would cost the chosen plan", plan=name
        )
        note = say(
            "Blocks are paired so that most inhabitants lie alike. Who lies outside the pair of its block lies"
            " differently."
        )
        note = " ".join(filter(None, (note, briefing.say_floored())))
        parts.append(Grid(replace(table, title=title, note=note)))
    else:
        parts.append(Paragraph(say("No municipality lies differently from the chosen plan.")))
    return parts
