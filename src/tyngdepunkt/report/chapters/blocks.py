"""The chosen blocks: the map, the table, and a portrait of each."""

from __future__ import annotations

from tyngdepunkt.analysis import BlockMeasure, Layer, find_record
from tyngdepunkt.model import NoPlan, Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Bullets, Grid, Heading, Paragraph, Part
from tyngdepunkt.report.pictures import picture_blocks
from tyngdepunkt.report.tables.layers import list_blocks, list_members

__all__ = ["MOST_PORTRAITS", "write_blocks"]

MOST_PORTRAITS = 16
"""Blocks of a country up to which each has a portrait in words."""

_AGENCIES_NAMED = 4
"""Agencies named in a portrait before the rest are counted."""


def write_blocks(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on the chosen blocks.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter.
    """
    say, layer = briefing.wording.say, briefing.analysis.blocks
    head = Heading(say("The blocks"))
    if isinstance(layer.plan, NoPlan) or layer.measure is None:
        return [head, Bullets(briefing.say_no_plan(layer.plan))]
    table = list_blocks(briefing)
    figures = [
        *(["number"] if briefing.is_country else []),
        "block",
        "members",
        "population",
        "jobs",
        "employed_residents",
        "stay_share",
        "ties",
        *(["person_minutes"] if layer.measure.person_minutes is not None else []),
        "cohesion",
        *(["cut_by_regional", "cut_by_local"] if briefing.territory.divisions else []),
    ]
    return [
        head,
        Paragraph(
            say(
                "A block is a fixed group of municipalities for services. Inside it a municipality chooses its own"
                " form: to be part of one region municipality, or to stay as it is in binding cooperation."
            )
        ),
        Grid(table.pick(*figures), wide=True),
        *picture_blocks(briefing),
        Heading(say("The blocks one by one"), level=2),
        *_one_by_one(briefing, layer),
        *_record(briefing, layer.plan),
    ]


def _one_by_one(briefing: Briefing, layer: Layer) -> list[Part]:
    """Return a portrait of each block; in a country with many a table with their municipalities."""
    blocks = layer.measure.blocks if layer.measure else ()
    if not briefing.is_country or len(blocks) <= MOST_PORTRAITS:
        return [Paragraph(_portrait(briefing, block), lead=briefing.name(block.centre)) for block in blocks]
    table = list_members(briefing, layer, title=briefing.wording.say("The municipalities of each block"))
    return [Grid(table.pick("number", "names"), wide=True, breaks=True)]


def _record(briefing: Briefing, plan: Plan) -> list[Part]:
    """Return what the plan owes to what is on record; nothing where nothing is."""
    found = find_record(briefing.analysis.study, plan)
    if not found:
        return []
    heading = Heading(briefing.wording.say("On record: lifted floors, villages, moves and positions"), level=2)
    return [heading, Bullets(tuple(briefing.say_reason(reason) for reason in found))]


def _portrait(briefing: Briefing, block: BlockMeasure) -> str:
    """Return one paragraph on a block."""
    wording = briefing.wording
    others = [i for i in block.members if i != block.centre]
    sentences = []
    if others:
        sentences.append(
            wording.say(
                "{count} municipalities with {population} inhabitants: {members}.",
                count=wording.count(len(block.members)),
                members=briefing.name_all([block.centre, *others]),
                population=wording.count(block.population),
            )
        )
    else:
        sentences.append(
            wording.say(
                "One municipality alone, with {population} inhabitants.",
                population=wording.count(block.population),
            )
        )
    if block.floor:
        sentences.append(
            wording.say(
                "The block lacks {shortfall} to the least population of {floor}.",
                shortfall=wording.count(block.shortfall),
                floor=wording.count(block.floor),
            )
            if block.shortfall
            else wording.say("The least population of {floor} is met.", floor=wording.count(block.floor))
        )
    if block.jobs is not None and block.employed_residents is not None:
        sentences.append(
            wording.say(
                "It has {jobs} jobs for {residents} employed residents.",
                jobs=wording.count(block.jobs),
                residents=wording.count(block.employed_residents),
            )
        )
    if block.stay_share is not None:
        sentences.append(
            wording.say(
                "Of those who live in the block and work in the study's municipalities, {share} work in the block.",
                share=wording.share(block.stay_share),
            )
        )
    if others:
        sentences += _extremes(briefing, block)
    sentences += _agencies(briefing, block)
    return " ".join(sentences)


def _extremes(briefing: Briefing, block: BlockMeasure) -> list[str]:
    """Return what is to be said of the smallest member and the farthest."""
    wording = briefing.wording
    smallest = briefing.territory.municipalities[briefing.territory.position[block.smallest_member]]
    sentences = [
        wording.say(
            "Fewest inhabitants has {smallest}, {population}.",
            smallest=smallest.name,
            population=wording.count(smallest.population),
        )
    ]
    if block.farthest_member is not None:
        sentences.append(
            wording.say(
                "Farthest from the centre is {farthest}, {minutes} away.",
                farthest=briefing.name(block.farthest_member),
                minutes=wording.minutes(block.farthest_minutes),
            )
        )
    return sentences


def _agencies(briefing: Briefing, block: BlockMeasure) -> list[str]:
    """Return what is to be said of the state agencies whose borders cut the block."""
    wording = briefing.wording
    if not briefing.territory.divisions:
        return []
    if not block.cut_by:
        return [wording.say("No state agency's border cuts it.")]
    sentences = []
    known = {*block.cut_by_regional, *block.cut_by_local}
    regional = block.cut_by_regional
    unknown = tuple(name for name in block.cut_by if name not in known)
    if regional:
        named = list(regional[:_AGENCIES_NAMED])
        if len(regional) > _AGENCIES_NAMED:
            named.append(wording.say_many("{count} more", "{count} more", len(regional) - _AGENCIES_NAMED))
        sentences.append(
            wording.say_many(
                "The borders of {count} regional division of state agencies cut it: {named}.",
                "The borders of {count} regional divisions of state agencies cut it: {named}.",
                len(regional),
                named=wording.join(named),
            )
        )
    else:
        sentences.append(wording.say("No regional state agency's border cuts it."))
    if block.cut_by_local:
        sentences.append(
            wording.say_many(
                "The borders of {count} local division cut it too.",
                "The borders of {count} local divisions cut it too.",
                len(block.cut_by_local),
            )
        )
    if unknown:
        sentences.append(wording.say("Of unknown level, and cutting it: {named}.", named=wording.join(unknown)))
    return sentences
