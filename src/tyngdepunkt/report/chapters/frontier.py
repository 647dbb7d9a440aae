"""Every number of blocks: what is won and lost from each to the next."""

from __future__ import annotations

from dataclasses import replace

from tyngdepunkt.model import NoPlan, Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Bullets, Grid, Heading, Paragraph, Part
from tyngdepunkt.report.pictures import picture_frontier
from tyngdepunkt.report.tables.frontier import list_frontier

__all__ = ["write_frontier"]


def write_frontier(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on every number of blocks.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter.
    """
    say = briefing.wording.say
    table = list_frontier(briefing)
    with_floor = ["floor_objective", "floor_smallest"] if briefing.floor else []
    if briefing.is_country:  # the number before is seldom one block fewer there
        shown = table.pick("centres", "objective", "internal_share", "smallest", *with_floor)
        note = say(
            "“–”: no plan exists. “?”: none was found before the time was up; whether there is one is not settled."
        )
    else:
        shown = table.pick(
            "centres", "objective", "change", "internal_share", "smallest", *with_floor, "appeared", "vanished"
        )
        note = say(
            "“–”: no plan exists. New centres and centres no more: against one block fewer, with no least population."
        )
    return [
        Heading(say("Every number of blocks")),
        Paragraph(_introduction(briefing)),
        *_findings(briefing),
        *_impossible(briefing),
        *picture_frontier(briefing),
        Grid(replace(shown, note=note), wide=True),
    ]


def _introduction(briefing: Briefing) -> str:
    """Return what the chapter shows."""
    if not briefing.floor:
        return briefing.wording.say(
            "How many blocks is a choice. The figure and the table give the best plan known for each number."
        )
    return briefing.wording.say(
        "How many blocks is a choice. The figure and the table give the best plan known for each number, with no least"
        " population and with at least {floor} inhabitants in each block.",
        floor=briefing.wording.count(briefing.floor),
    )


def _findings(briefing: Briefing) -> list[Part]:
    """Return what the frontier shows in words."""
    wording, analysis = briefing.wording, briefing.analysis
    items = []
    is_whole = len(analysis.frontier.points) >= len(briefing.territory)
    best = analysis.frontier.best
    if best is not None and isinstance(best.answer, Plan):
        found = {
            "centres": wording.count(best.centres),
            "value": wording.count(best.answer.objective),
            "unit": briefing.objective_unit,
        }
        items.append(
            wording.say("With no least population the best number is {centres}, with {value} {unit}.", **found)
            if is_whole
            else wording.say(
                "With no least population the best number of those worked out is {centres}, with {value} {unit}.",
                **found,
            )
        )
    best = analysis.frontier_with_floor.best
    floor = wording.count(briefing.floor)
    if briefing.floor and best is not None and isinstance(best.answer, Plan):
        found = {
            "floor": floor,
            "centres": wording.count(best.centres),
            "value": wording.count(best.answer.objective),
            "unit": briefing.objective_unit,
        }
        items.append(
            wording.say(
                "With at least {floor} inhabitants in each block the best number is {centres}, with {value} {unit}.",
                **found,
            )
            if is_whole
            else wording.say(
                "With at least {floor} inhabitants in each block the best number of those worked out is {centres},"
                " with {value} {unit}.",
                **found,
            )
        )
    possible = [p.centres for p in analysis.frontier_with_floor.points if isinstance(p.answer, Plan)]
    if briefing.floor and possible:
        found = {"floor": floor, "most": wording.count(max(possible))}
        items.append(
            wording.say("The largest number of blocks with at least {floor} inhabitants each is {most}.", **found)
            if is_whole
            else wording.say(
                "The largest number of blocks with at least {floor} inhabitants each for which a plan was found is"
                " {most}.",
                **found,
            )
        )
    items += _limits(briefing)
    if not (analysis.frontier.complete and analysis.frontier_with_floor.complete):
        items.append(wording.say("The work was interrupted: some numbers of blocks are missing."))
    return [Bullets(tuple(items))] if items else []


def _limits(briefing: Briefing) -> list[str]:
    """Return what was left out, or not settled, for lack of time."""
    wording, analysis = briefing.wording, briefing.analysis
    items = []
    frontiers = (analysis.frontier, *([analysis.frontier_with_floor] if briefing.floor else []))
    shown = len(analysis.frontier.points)
    if analysis.frontier.complete and shown < len(briefing.territory):
        items.append(
            wording.say(
                "With so many municipalities not every number of blocks was worked out: {count} of {all} were.",
                count=wording.count(shown),
                all=wording.count(len(briefing.territory)),
            )
        )
    answers = [point.answer for frontier in frontiers for point in frontier.points]
    unproven = sum(isinstance(each, Plan) and each.certificate.status != "optimal" for each in answers)
    if unproven:
        items.append(
            wording.say_many(
                "{count} of the plans is not proven to be the best: the time was up. The spreadsheet has the proven"
                " bound of each.",
                "{count} of the plans are not proven to be the best: the time was up. The spreadsheet has the proven"
                " bound of each.",
                unproven,
            )
        )
    unsettled = sum(isinstance(each, NoPlan) and each.kind == "unsettled" for each in answers)
    if unsettled:
        items.append(
            wording.say_many(
                "For {count} number of blocks no plan was found before the time was up; whether there is one is not"
                " settled.",
                "For {count} numbers of blocks no plan was found before the time was up; whether there is one is not"
                " settled.",
                unsettled,
            )
        )
    return items


def _impossible(briefing: Briefing) -> list[Part]:
    """Return why the first number without a plan, of each kind, has none."""
    found: dict[str, NoPlan] = {}
    for point in briefing.analysis.frontier_with_floor.points:
        if isinstance(point.answer, NoPlan):
            found.setdefault(point.answer.kind, point.answer)
    parts: list[Part] = []
    for answer in found.values():
        lead = briefing.wording.say_many("From {count} block", "From {count} blocks", answer.question.centres)
        reasons = " ".join(briefing.say_no_plan(answer))
        parts.append(Paragraph(reasons, lead=lead))
    return parts
