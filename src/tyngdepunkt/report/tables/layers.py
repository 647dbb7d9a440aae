"""The two layers as tables: blocks and centres of gravity, and where each municipality lies in them."""

from __future__ import annotations

from collections.abc import Mapping

from tyngdepunkt.analysis import Layer, Nesting
from tyngdepunkt.model import Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.table import Cell, Column, Kind, Table
from tyngdepunkt.texts import words

__all__ = ["list_agencies", "list_astride", "list_blocks", "list_gravity", "list_members", "list_municipalities"]


def list_blocks(briefing: Briefing) -> Table:
    """
    List the chosen blocks, most inhabitants first.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a block; no rows where no plan exists.
    """
    say, source = briefing.wording.say, briefing.source
    persons, minutes = say("persons"), say("min")
    columns = (
        Column(
            "centre_id",
            say("Centre id"),
            Kind.ID,
            "",
            source("municipalities.name"),
            say("Municipality id of the centre."),
        ),
        Column(
            "number",
            say("No."),
            Kind.COUNT,
            say("rank"),
            briefing.own_source(),
            say("Rank by inhabitants; on the map of a country blocks carry it."),
        ),
        Column(
            "block",
            say("Block"),
            Kind.TEXT,
            "",
            source("municipalities.name"),
            say("The block, by the name of its centre."),
        ),
        Column(
            "members",
            say("Municipalities"),
            Kind.COUNT,
            say("number"),
            briefing.own_source(),
            say("Number of municipalities in the block."),
        ),
        Column(
            "population",
            say("Inhabitants"),
            Kind.COUNT,
            persons,
            source("municipalities.population"),
            say("Inhabitants of the block."),
        ),
        Column(
            "shortfall",
            say("Lacks to the least population"),
            Kind.COUNT,
            persons,
            briefing.own_source(),
            say("Inhabitants that the block lacks to the least population asked for; 0 where it has them."),
        ),
        Column(
            "jobs",
            say("Jobs"),
            Kind.COUNT,
            persons,
            source("municipalities.jobs"),
            say("Employed persons by place of work in the block, wherever they live."),
        ),
        Column(
            "employed_residents",
            say("Employed residents"),
            Kind.COUNT,
            persons,
            source("municipalities.employed_residents"),
            say("Employed persons by residence in the block, wherever they work."),
        ),
        Column(
            "stay_share",
            say("Work in the block they live in"),
            Kind.SHARE,
            say("per cent"),
            briefing.own_source("commuting"),
            say("Share of the commuting table's persons who live in the block that also work in it."),
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
            "person_minutes",
            say("Person-minutes to the centre"),
            Kind.COUNT,
            say("person-minutes"),
            briefing.own_source("travel_times", "municipalities"),
            say("Inhabitants times minutes to the centre, added up over the members."),
        ),
        Column(
            "smallest_member",
            say("Smallest member"),
            Kind.TEXT,
            "",
            source("municipalities.name"),
            say("The member with fewest inhabitants."),
        ),
        Column(
            "farthest_member",
            say("Farthest member"),
            Kind.TEXT,
            "",
            source("travel_times.minutes"),
            say("The member with most minutes to the centre."),
        ),
        Column(
            "farthest_minutes",
            say("Its minutes to the centre"),
            Kind.MINUTES,
            minutes,
            source("travel_times.minutes"),
            say("By car and ferry, without waiting."),
        ),
        Column(
            "cohesion",
            say("Commuters within it"),
            Kind.COUNT,
            say("commuters"),
            briefing.own_source("commuting"),
            say("Commuters who work in another municipality of the same block."),
        ),
        Column(
            "cut_by_regional",
            say("Regional agencies that cut it"),
            Kind.COUNT,
            say("number"),
            briefing.own_source("divisions", "agencies"),
            say("Regional divisions of state agencies that part the block in two or more."),
        ),
        Column(
            "cut_by_local",
            say("Local agencies that cut it"),
            Kind.COUNT,
            say("number"),
            briefing.own_source("divisions", "agencies"),
            say(
                "Local divisions of state agencies that part the block in two or more; they are many and cut most"
                " blocks."
            ),
        ),
    )
    measure = briefing.analysis.blocks.measure
    rows: list[tuple[Cell, ...]] = [
        (
            block.centre,
            number,
            briefing.name(block.centre),
            len(block.members),
            block.population,
            block.shortfall,
            block.jobs,
            block.employed_residents,
            block.stay_share,
            block.ties,
            block.person_minutes,
            briefing.name(block.smallest_member),
            None if block.farthest_member is None else briefing.name(block.farthest_member),
            block.farthest_minutes,
            block.cohesion,
            len(block.cut_by_regional) if briefing.territory.divisions else None,
            len(block.cut_by_local) if briefing.territory.divisions else None,
        )
        for number, block in enumerate(measure.blocks if measure else (), start=1)
    ]
    return Table("blocks", say("The blocks of the chosen plan, most inhabitants first"), columns, tuple(rows))


def list_gravity(briefing: Briefing) -> Table:
    """
    List the centres of gravity with the functions that they have, most inhabitants first.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a centre of gravity, one column a function; no rows where no plan exists.
    """
    say = briefing.wording.say
    functions = briefing.gravity_functions
    columns = (
        Column(
            "centre_id",
            say("Centre id"),
            Kind.ID,
            "",
            briefing.source("municipalities.name"),
            say("Municipality id of the centre."),
        ),
        Column(
            "number",
            say("No."),
            Kind.COUNT,
            say("rank"),
            briefing.own_source(),
            say("Rank by inhabitants; on the map of a country blocks carry it."),
        ),
        Column(
            "centre",
            say("Centre of gravity"),
            Kind.TEXT,
            "",
            briefing.source("municipalities.name"),
            say("The area, by the name of its centre."),
        ),
        Column(
            "members",
            say("Municipalities"),
            Kind.COUNT,
            say("number"),
            briefing.own_source(),
            say("Number of municipalities in the area."),
        ),
        Column(
            "population",
            say("Inhabitants"),
            Kind.COUNT,
            say("persons"),
            briefing.source("municipalities.population"),
            say("Inhabitants of the area."),
        ),
        *(
            Column(
                f"function_{function}",
                words.function_word(function, briefing.language).capitalize(),
                Kind.TEXT,
                "",
                briefing.source("functions.function"),
                say("Municipalities of the area that have it."),
                empty=say("none"),
            )
            for function in functions
        ),
        Column(
            "stay_share",
            say("Work in the area they live in"),
            Kind.SHARE,
            say("per cent"),
            briefing.own_source("commuting"),
            say("Share of the commuting table's persons who live in the area that also work in it."),
        ),
    )
    measure = briefing.analysis.gravity.measure
    rows: list[tuple[Cell, ...]] = [
        (
            block.centre,
            number,
            briefing.name(block.centre),
            len(block.members),
            block.population,
            *(briefing.name_all(block.functions.get(function, ())) or None for function in functions),
            block.stay_share,
        )
        for number, block in enumerate(measure.blocks if measure else (), start=1)
    ]
    return Table("centres_of_gravity", say("The centres of gravity and their functions"), columns, tuple(rows))


def list_members(briefing: Briefing, layer: Layer, *, title: str) -> Table:
    """
    List the municipalities of each block by name, for a country, whose blocks are too many for a portrait of each.

    Parameters
    ----------
    briefing
        The analysis and the language.
    layer
        The blocks, or the centres of gravity.
    title
        Caption of the table.

    Returns
    -------
    One row a block, most inhabitants first; its centre comes first among its municipalities.
    """
    say, source = briefing.wording.say, briefing.source
    names = source("municipalities.name")
    columns = (
        Column("number", say("No."), Kind.COUNT, say("rank"), briefing.own_source(), say("Rank by inhabitants.")),
        Column("population", say("Inhabitants"), Kind.COUNT, say("persons"), source("municipalities.population")),
        Column(
            "stay_share",
            say("Work in the area they live in"),
            Kind.SHARE,
            say("per cent"),
            briefing.own_source("commuting"),
        ),
        Column("names", say("Municipalities, the centre first"), Kind.TEXT, "", names, is_list=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for number, block in enumerate(layer.measure.blocks if layer.measure else (), start=1):
        others = [i for i in block.members if i != block.centre]
        listed = ", ".join(briefing.name(i) for i in (block.centre, *others))
        rows.append((number, block.population, block.stay_share, listed))
    return Table("members", title, columns, tuple(rows))


def list_astride(briefing: Briefing, nesting: Nesting) -> Table:
    """
    List the blocks that do not lie within one centre of gravity, for a country, where they are many.

    Parameters
    ----------
    briefing
        The analysis and the language.
    nesting
        The layers held against one another.

    Returns
    -------
    One row a block, most inhabitants elsewhere first.
    """
    say, own = briefing.wording.say, briefing.own_source()
    columns = (
        Column("block", say("Block"), Kind.TEXT, "", own),
        Column("area", say("Centre of gravity"), Kind.TEXT, "", own),
        Column("elsewhere", say("Municipalities in another"), Kind.COUNT, say("number"), own),
        Column("population", say("Their inhabitants"), Kind.COUNT, say("persons"), own),
    )
    found = sorted(nesting.astride, key=lambda block: (-block.population, block.centre))
    rows = tuple(
        (briefing.name(block.centre), briefing.name(block.area), len(block.elsewhere), block.population)
        for block in found
    )
    title = say("Blocks that do not lie in one centre of gravity: that of the block's centre, and who lies in another")
    return Table("astride", title, columns, rows)


def list_municipalities(briefing: Briefing) -> Table:
    """
    List every municipality with its centre in both layers, and what ties it to the centre of its block.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a municipality, in the study's order.
    """
    say, source = briefing.wording.say, briefing.source
    persons = say("persons")
    columns = (
        Column(
            "municipality_id",
            say("Municipality id"),
            Kind.ID,
            "",
            source("municipalities.name"),
            say("As on the date of the study."),
        ),
        Column("name", say("Municipality"), Kind.TEXT, "", source("municipalities.name"), say("Its name.")),
        Column(
            "population",
            say("Inhabitants"),
            Kind.COUNT,
            persons,
            source("municipalities.population"),
            say("On the date of the study."),
        ),
        Column(
            "block_id",
            say("Block, centre id"),
            Kind.ID,
            "",
            briefing.own_source(),
            say("Municipality id of the centre."),
        ),
        Column(
            "block", say("Block"), Kind.TEXT, "", briefing.own_source(), say("The block, by the name of its centre.")
        ),
        Column(
            "minutes",
            say("Minutes to the centre"),
            Kind.MINUTES,
            say("min"),
            source("travel_times.minutes"),
            say("By car and ferry, without waiting."),
        ),
        Column(
            "out",
            say("Commuters to the centre"),
            Kind.COUNT,
            persons,
            source("commuting.commuters"),
            say("Persons who live in the municipality and work in the centre."),
        ),
        Column(
            "in",
            say("Commuters from the centre"),
            Kind.COUNT,
            persons,
            source("commuting.commuters"),
            say("Persons who live in the centre and work in the municipality."),
        ),
        Column(
            "gravity_id",
            say("Centre of gravity, id"),
            Kind.ID,
            "",
            briefing.own_source(),
            say("Municipality id of the centre."),
        ),
        Column(
            "gravity",
            say("Centre of gravity"),
            Kind.TEXT,
            "",
            briefing.own_source(),
            say("The area, by the name of its centre."),
        ),
    )
    blocks, gravity = _assignment(briefing.analysis.blocks.plan), _assignment(briefing.analysis.gravity.plan)
    territory = briefing.territory
    rows: list[tuple[Cell, ...]] = []
    for i, municipality in enumerate(territory.municipalities):
        centre = blocks.get(municipality.id)
        area = gravity.get(municipality.id)
        j = None if centre is None else territory.position[centre]
        rows.append(
            (
                municipality.id,
                municipality.name,
                municipality.population,
                centre,
                None if centre is None else briefing.name(centre),
                None if j is None or territory.minutes is None else float(territory.minutes[i, j]),
                None if j is None or i == j else int(territory.commuters[i, j]),
                None if j is None or i == j else int(territory.commuters[j, i]),
                area,
                None if area is None else briefing.name(area),
            )
        )
    return Table("municipalities", say("The municipalities"), columns, tuple(rows))


def list_agencies(briefing: Briefing) -> Table:
    """
    List the state's divisions that cut a block, block by block.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a block and agency.
    """
    say = briefing.wording.say
    columns = (
        Column(
            "block", say("Block"), Kind.TEXT, "", briefing.own_source(), say("The block, by the name of its centre.")
        ),
        Column(
            "agency",
            say("Agency"),
            Kind.TEXT,
            "",
            briefing.source("divisions"),
            say("An agency whose division parts the block in two or more."),
        ),
        Column(
            "level",
            say("Level"),
            Kind.TEXT,
            "",
            briefing.source("agencies"),
            say("Whether the agency's areas are regional or local; empty where the study does not say."),
        ),
    )
    levels = {"regional": say("regional"), "local": say("local")}
    level_of = {d.name: levels.get(d.level, "") for d in briefing.territory.divisions}
    measure = briefing.analysis.blocks.measure
    rows = [
        (briefing.name(block.centre), agency, level_of[agency])
        for block in (measure.blocks if measure else ())
        for agency in block.cut_by
    ]
    return Table("agencies", say("State agencies whose borders cut a block"), columns, tuple(rows))


def _assignment(answer: object) -> Mapping[str, str]:
    """Return the assignment of a plan; empty where there is no plan."""
    return answer.assignment if isinstance(answer, Plan) else {}
