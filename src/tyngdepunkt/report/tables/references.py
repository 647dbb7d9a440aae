"""The plans of others as tables, measured with the same yardstick as ours."""

from __future__ import annotations

from tyngdepunkt.analysis import Difference, ReferenceComparison
from tyngdepunkt.model import Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import clean
from tyngdepunkt.report.table import Cell, Column, Kind, Table

__all__ = ["list_differences", "list_reference_blocks", "list_references"]


def list_references(briefing: Briefing) -> Table:
    """
    List the plans of others against the best plans with as many blocks.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a plan.
    """
    say, unit, own = briefing.wording.say, briefing.objective_unit, briefing.own_source("commuting")
    plan_source = briefing.source("reference_plans")
    none = say("no plan")
    columns = (
        Column("plan", say("Plan"), Kind.TEXT, "", plan_source, say("What the plan is called.")),
        Column("blocks", say("Blocks"), Kind.COUNT, say("number"), plan_source, say("Number of its blocks.")),
        Column(
            "objective",
            say("Result"),
            Kind.COUNT,
            unit,
            own,
            say("What the plan has of the objective, each of its blocks measured by its best centre."),
        ),
        Column(
            "best",
            say("Best, same number"),
            Kind.COUNT,
            unit,
            own,
            say("What the best plan with as many blocks has, with no least population."),
            empty=none,
        ),
        Column(
            "distance",
            say("Distance"),
            Kind.COUNT,
            unit,
            own,
            say("How much better the best plan with as many blocks is."),
            empty=none,
        ),
        Column(
            "best_floor",
            say("Best with least population"),
            Kind.COUNT,
            unit,
            own,
            say("What the best plan with as many blocks has where each has the least population."),
            empty=none,
        ),
        Column(
            "distance_floor",
            say("Distance to that"),
            Kind.COUNT,
            unit,
            own,
            say(
                "How much better that plan is; below zero where the plan of others does not keep the least population."
            ),
            empty=none,
        ),
        Column(
            "below_floor",
            say("Blocks below the least population"),
            Kind.COUNT,
            say("number"),
            briefing.own_source("municipalities"),
            say("Blocks with fewer inhabitants than the least population."),
        ),
        Column(
            "single",
            say("Single municipalities"),
            Kind.COUNT,
            say("number"),
            plan_source,
            say("Blocks of one municipality."),
        ),
        Column(
            "internal_share",
            say("Work in the block they live in"),
            Kind.SHARE,
            say("per cent"),
            briefing.own_source("commuting"),
            say("Share of all persons of the commuting table who live and work in one block."),
        ),
        Column(
            "differences",
            say("Municipalities that lie differently"),
            Kind.COUNT,
            say("number"),
            briefing.own_source(),
            say("Municipalities outside the blocks that correspond to one another, against the chosen plan."),
        ),
        Column("source", say("Source"), Kind.TEXT, "", plan_source, say("Where the plan was read.")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            briefing.plan_name(reference.plan.name),
            len(reference.measure.blocks),
            reference.measure.objective,
            reference.best.objective if isinstance(reference.best, Plan) else None,
            reference.distance,
            reference.best_with_floor.objective if isinstance(reference.best_with_floor, Plan) else None,
            reference.distance_with_floor,
            len(reference.below_floor),
            len(reference.single),
            reference.measure.internal_share,
            len(reference.comparison.differences),
            briefing.given(reference.plan.source),
        )
        for reference in briefing.analysis.references
    ]
    return Table(
        "reference_plans", say("The plans of others against the best with as many blocks"), columns, tuple(rows)
    )


def list_reference_blocks(briefing: Briefing) -> Table:
    """
    List the blocks of the plans of others, each measured by its best centre.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a plan and block.
    """
    say = briefing.wording.say
    plan_source = briefing.source("reference_plans")
    columns = (
        Column("plan", say("Plan"), Kind.TEXT, "", plan_source, say("What the plan is called.")),
        Column("block", say("Block"), Kind.TEXT, "", plan_source, say("What the plan calls the block.")),
        Column(
            "centre_id",
            say("Centre id"),
            Kind.ID,
            "",
            briefing.own_source(),
            say("Municipality id of its best centre."),
        ),
        Column(
            "centre",
            say("Best centre"),
            Kind.TEXT,
            "",
            briefing.own_source(),
            say("The member that serves the block best as its centre."),
        ),
        Column("members", say("Municipalities"), Kind.TEXT, "", plan_source, say("The members.")),
        Column(
            "population",
            say("Inhabitants"),
            Kind.COUNT,
            say("persons"),
            briefing.source("municipalities.population"),
            say("Inhabitants of the block."),
        ),
        Column(
            "shortfall",
            say("Lacks to the least population"),
            Kind.COUNT,
            say("persons"),
            briefing.own_source(),
            say("Inhabitants that the block lacks to the least population asked for; 0 where it has them."),
        ),
        Column(
            "ties",
            say("Ties to the centre"),
            Kind.COUNT,
            say("commuters"),
            briefing.own_source("commuting"),
            say("Commuters between the members and their centre, both ways."),
        ),
        Column(
            "connected",
            say("Hangs together"),
            Kind.TEXT,
            "",
            briefing.own_source("neighbours"),
            say("Whether the members hang together over the links that count."),
        ),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            briefing.plan_name(reference.plan.name),
            clean(block.name),
            block.centre,
            briefing.name(block.centre),
            briefing.name_all(block.members),
            block.population,
            block.shortfall,
            block.ties,
            say("yes") if block.connected else say("no"),
        )
        for reference in briefing.analysis.references
        for block in reference.measure.blocks
    ]
    return Table("reference_blocks", say("The blocks of the plans of others"), columns, tuple(rows))


def list_differences(briefing: Briefing, *references: ReferenceComparison) -> Table:
    """
    List the municipalities that a plan of others places differently from the chosen plan.

    Parameters
    ----------
    briefing
        The analysis and the language.
    *references
        The plans of others.

    Returns
    -------
    One row a plan and municipality.
    """
    say, unit = briefing.wording.say, briefing.objective_unit
    own, plan_source = briefing.own_source("commuting"), briefing.source("reference_plans")
    cost_meaning = say(
        "What the chosen plan loses of the objective where the municipality lies as the plan of others has it."
    )
    columns = (
        Column("plan", say("Plan"), Kind.TEXT, "", plan_source, say("What the plan is called.")),
        Column(
            "municipality_id",
            say("Municipality id"),
            Kind.ID,
            "",
            briefing.source("municipalities.name"),
            say("The municipality that lies differently."),
        ),
        Column(
            "municipality",
            say("Municipality"),
            Kind.TEXT,
            "",
            briefing.source("municipalities.name"),
            say("The municipality that lies differently."),
        ),
        Column("here", say("In the chosen plan"), Kind.TEXT, "", own, say("Its block in the chosen plan.")),
        Column(
            "there", say("In the plan of others"), Kind.TEXT, "", plan_source, say("Its block in the plan of others.")
        ),
        Column("cost", say("Costs"), Kind.COUNT, unit, own, cost_meaning, empty=say("no price")),
        Column(
            "exactness",
            say("Cost is"),
            Kind.TEXT,
            "",
            own,
            say("Exact, a least value, or no price: no centre corresponds, or it is impossible."),
        ),
        Column("written", say("Costs"), Kind.COUNT, unit, own, cost_meaning),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            briefing.plan_name(reference.plan.name),
            difference.municipality,
            briefing.name(difference.municipality),
            _block(briefing, difference.here),
            _block(briefing, difference.there),
            difference.cost,
            say("no price") if difference.cost is None else say("exact") if difference.exact else say("at least"),
            _cost(briefing, difference),
        )
        for reference in references
        for difference in reference.comparison.differences
    ]
    return Table("differences", say("Municipalities that lie differently"), columns, tuple(rows))


def _block(briefing: Briefing, name: str) -> str:
    """Return the name of a block, be it the id of a centre or a name given to it."""
    return briefing.names.get(name, clean(name))


def _cost(briefing: Briefing, difference: Difference) -> str:
    """Write a cost: a number, “at least” a number, or that there is none."""
    if difference.cost is None:
        return briefing.wording.say("no price")
    written = briefing.wording.count(difference.cost)
    return written if difference.exact else briefing.wording.say("at least {price}", price=written)
