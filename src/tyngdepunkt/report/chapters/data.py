"""What the figures are, who measured or estimated them, and where they end."""

from __future__ import annotations

from tyngdepunkt.model import LinkKind
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Bullets, Grid, Heading, Paragraph, Part
from tyngdepunkt.report.printable import begin
from tyngdepunkt.report.tables.provenance import list_sources
from tyngdepunkt.texts import words

__all__ = ["OPTIONAL_TABLES", "list_used", "write_data"]

OPTIONAL_TABLES = (
    "travel_times",
    "functions",
    "divisions",
    "reference_plans",
    "arrangements",
    "participants",
    "arrangement_controls",
    "task_participation",
    "task_needs",
    "staffing",
    "capacity_norms",
    "control_figures",
)
"""Tables that a study may lack, and that pages of this report rest on."""


def list_used(briefing: Briefing) -> tuple[str, ...]:
    """
    List the tables that a report rests on; what else a study holds is in the spreadsheet's list alone.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    Keys of tables, those that the study lacks included.
    """
    stability = briefing.analysis.stability
    years = ("commuting_other_years",) if stability is not None and stability.years else ()
    return ("municipalities", "neighbours", "commuting", *years, *OPTIONAL_TABLES, "boundaries")


def write_data(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on the figures and their limits.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter.
    """
    say = briefing.wording.say
    return [
        Heading(say("The figures and their limits")),
        Paragraph(_commuting(briefing), lead=say("Commuting")),
        Paragraph(_neighbours(briefing), lead=say("Neighbours")),
        *_travel_times(briefing),
        *_borders(briefing),
        *_missing(briefing),
        Grid(
            list_sources(briefing, tables=list_used(briefing)).pick("table", "rows", "source", "year", "licence"),
            breaks=True,
        ),
        *_notes(briefing),
    ]


def _commuting(briefing: Briefing) -> str:
    """Return what the commuting table holds."""
    wording, territory = briefing.wording, briefing.territory
    return " ".join(
        (
            wording.say(
                "The table counts {persons} employed persons who both live and work in the study's municipalities,"
                " those who work where they live included.",
                persons=wording.count(int(territory.commuters.sum())),
            ),
            wording.say(
                "Those who commute out of the study's municipalities, or into them, are not in it: towards the outer"
                " border ties are understated."
            ),
            wording.say(
                "It is a register: it says where people are registered as living and employed, not how often they"
                " travel."
            ),
        )
    )


def _neighbours(briefing: Briefing) -> str:
    """Return who counts as whose neighbour."""
    wording, links = briefing.wording, briefing.territory.links
    joined = [link for link in links if link.kind is not LinkKind.NONE]
    seasonal = [link for link in joined if link.seasonal]
    if briefing.links_from_map:
        every = briefing.links_from_map == len(links)
        told = (
            wording.say(
                "The table of neighbours has {pairs} pairs, and no source states how any of these borders is crossed.",
                pairs=wording.count(len(links)),
            )
            if every
            else wording.say(
                "The table of neighbours has {pairs} pairs. Of {count} of them no source states how the border is"
                " crossed.",
                pairs=wording.count(len(links)),
                count=wording.count(briefing.links_from_map),
            )
        )
        return f"{told} " + wording.say(
            "The link is read off the map, and where the map shows land or a sound there may be no road, no ferry, or"
            " nothing at all. So a block may hang together over a fjord or a mountain that nobody crosses. Before a"
            " plan is used for more than a comparison, check the pairs that it rests on."
        )
    sentences = [
        wording.say(
            "Who is whose neighbour is read from a table, never from the map. {pairs} pairs share a border, on land or"
            " at sea; {joined} of these have a transport link across it, {year_round} of them all year.",
            pairs=wording.count(len(links)),
            joined=wording.count(len(joined)),
            year_round=wording.count(len(joined) - len(seasonal)),
        )
    ]
    if seasonal:
        pairs = wording.join([f"{briefing.name(link.a)}–{briefing.name(link.b)}" for link in seasonal])
        sentences.append(
            wording.say("Links closed for part of the year, {pairs}, count as well.", pairs=pairs)
            if briefing.question.seasonal
            else wording.say("Links closed for part of the year, {pairs}, do not count.", pairs=pairs)
        )
    return " ".join(sentences)


def _travel_times(briefing: Briefing) -> list[Part]:
    """Return how many travel times were stated and how many estimated."""
    wording, tables = briefing.wording, briefing.analysis.study.tables
    if "travel_times" not in tables:
        return []
    basis = tables["travel_times"]["basis"]
    text = wording.say(
        "{stated} times between municipal centres are stated in a source, and {estimated} are estimates by those who"
        " made the study. They hold for car and ferry, without waiting for the ferry. Times between other pairs are"
        " the quickest way over these. They are used for travel to the centre, not for who belongs together by"
        " commuting.",
        stated=wording.count(int((basis == "stated").sum())),
        estimated=wording.count(int((basis == "estimated").sum())),
    )
    return [Paragraph(text, lead=wording.say("Travel times"))]


def _borders(briefing: Briefing) -> list[Part]:
    """Return which borders on the map are indicative."""
    wording, boundaries = briefing.wording, briefing.analysis.study.boundaries
    if not boundaries:
        return []
    indicative = sorted(
        {
            str(feature["properties"].get("municipality_id"))
            for feature in boundaries.get("features", ())
            if feature.get("properties", {}).get("kind") == "municipality" and feature["properties"].get("indicative")
        }
    )
    sentences = [
        wording.say("The outlines on the maps are generalised. They are for the eye, and no answer rests on them.")
    ]
    if indicative:
        sentences.append(
            wording.say_many(
                "The outline of {count} municipality is indicative, since no map of its border was at hand: {names}.",
                "The outlines of {count} municipalities are indicative, since no map of their borders was at hand:"
                " {names}.",
                len(indicative),
                names=briefing.name_all(indicative),
            )
        )
    return [Paragraph(" ".join(sentences), lead=wording.say("Borders"))]


def _notes(briefing: Briefing) -> list[Part]:
    """Return what the study says one should know of the tables that this report rests on."""
    resources = briefing.analysis.study.resources
    notes = [
        f"{begin(words.table_word(table, briefing.language))}: {briefing.given(resources[table].description)}"
        for table in list_used(briefing)
        if table in resources and resources[table].description
    ]
    return (
        [Paragraph(briefing.wording.say("What the study says of its tables:")), Bullets(tuple(notes))] if notes else []
    )


def _missing(briefing: Briefing) -> list[Part]:
    """Return which tables are missing, and that what rests on them is left out."""
    wording, tables = briefing.wording, briefing.analysis.study.tables
    missing = [words.table_word(table, briefing.language) for table in OPTIONAL_TABLES if table not in tables]
    if not missing:
        return []
    return [
        Paragraph(
            wording.say(
                "The study lacks these tables, and what rests on them is left out: {tables}.",
                tables=wording.join(missing),
            )
        )
    ]
