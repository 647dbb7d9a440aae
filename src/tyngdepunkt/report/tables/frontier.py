"""Every number of centres as a table: what is won and lost from each to the next, with and without the floor."""

from __future__ import annotations

from tyngdepunkt.model import NoPlan, Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.table import Cell, Column, Kind, Table

__all__ = ["list_frontier"]


def list_frontier(briefing: Briefing) -> Table:
    """
    List the best plan for each number of centres.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a number of centres, in order.
    """
    say, analysis = briefing.wording.say, briefing.analysis
    unit, own = briefing.objective_unit, briefing.own_source("commuting")
    persons = say("persons")
    floor = briefing.wording.count(briefing.floor)
    none = "–"
    columns = (
        Column(
            "centres",
            say("Blocks"),
            Kind.COUNT,
            say("number"),
            briefing.own_source(),
            say("Number of centres, and so of blocks."),
        ),
        Column(
            "objective",
            say("Result"),
            Kind.COUNT,
            unit,
            own,
            say("What the best plan has of the objective, with no least population."),
            empty=none,
        ),
        Column(
            "bound",
            say("Proven bound"),
            Kind.COUNT,
            unit,
            own,
            say("No plan with this number of blocks is better than this."),
            empty=none,
        ),
        Column("status", say("Status"), Kind.TEXT, "", own, say("How good the plan is known to be.")),
        Column(
            "change",
            say("Change"),
            Kind.CHANGE,
            unit,
            own,
            say("Result less the result with one block fewer."),
            empty=none,
        ),
        Column(
            "internal_share",
            say("Work in the block they live in"),
            Kind.SHARE,
            say("per cent"),
            briefing.own_source("commuting"),
            say("Share of all persons of the commuting table who live and work in one block."),
            empty=none,
        ),
        Column(
            "smallest",
            say("Smallest block"),
            Kind.COUNT,
            persons,
            briefing.own_source("municipalities"),
            say("Inhabitants of the smallest block."),
            empty=none,
        ),
        Column(
            "floor_objective",
            say("Result, at least {floor}", floor=floor),
            Kind.COUNT,
            unit,
            own,
            say(
                "What the best plan has of the objective where each block has at least {floor} inhabitants.",
                floor=floor,
            ),
            empty=none,
        ),
        Column(
            "floor_bound",
            say("Proven bound, at least {floor}", floor=floor),
            Kind.COUNT,
            unit,
            own,
            say("No plan with this number of blocks and the least population is better than this."),
            empty=none,
        ),
        Column(
            "floor_status",
            say("Status, at least {floor}", floor=floor),
            Kind.TEXT,
            "",
            own,
            say("How good the plan is known to be."),
        ),
        Column(
            "floor_smallest",
            say("Smallest block, at least {floor}", floor=floor),
            Kind.COUNT,
            persons,
            briefing.own_source("municipalities"),
            say("Inhabitants of the smallest block."),
            empty=none,
        ),
        Column(
            "appeared",
            say("New centres"),
            Kind.TEXT,
            "",
            briefing.own_source(),
            say("Centres here that are none with one block fewer."),
            empty="",
        ),
        Column(
            "vanished",
            say("Centres no more"),
            Kind.TEXT,
            "",
            briefing.own_source(),
            say("Centres with one block fewer that are none here."),
            empty="",
        ),
    )
    rows: list[tuple[Cell, ...]] = []
    for point in analysis.frontier.points:
        other = analysis.frontier_with_floor.at(point.centres)
        rows.append(
            (
                point.centres,
                _objective(point.answer),
                _bound(point.answer),
                briefing.say_status(point.answer),
                point.change,
                point.measure.internal_share if point.measure else None,
                min(b.population for b in point.measure.blocks) if point.measure else None,
                _objective(other.answer) if other else None,
                _bound(other.answer) if other else None,
                _status_with_kind(briefing, other.answer) if other else None,
                min(b.population for b in other.measure.blocks) if other and other.measure else None,
                briefing.name_all(point.appeared) or None,
                briefing.name_all(point.vanished) or None,
            )
        )
    answers = [p.answer for both in (analysis.frontier, analysis.frontier_with_floor) for p in both.points]
    is_proven = all(each.certificate.status == "optimal" for each in answers if isinstance(each, Plan))
    return Table(
        "frontier",
        say("Every number of blocks: the best plan for each")
        if is_proven
        else say("Every number of blocks: the best plan found for each"),
        columns,
        tuple(rows),
    )


def _objective(answer: Plan | NoPlan) -> float | str | None:
    """Return the objective of a plan; None where there is none, a question mark where that is not settled."""
    if isinstance(answer, Plan):
        return answer.objective
    return "?" if answer.kind == "unsettled" else None


def _bound(answer: Plan | NoPlan) -> float | None:
    """Return the proven bound of a plan; None where there is none."""
    return answer.certificate.bound if isinstance(answer, Plan) else None


def _status_with_kind(briefing: Briefing, answer: Plan | NoPlan) -> str:
    """Return the status, and of an answer that no plan exists which kind it is."""
    if isinstance(answer, Plan):
        return briefing.say_status(answer)
    if answer.kind == "unsettled":
        return briefing.wording.say("none found in time: not settled")
    if answer.kind == "arithmetic":
        return briefing.wording.say("none: too few inhabitants")
    return briefing.wording.say("none: geography")
