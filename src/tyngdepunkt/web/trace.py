"""
Where each number of the page comes from: its rule in words, its unit, and the tables that it is made of.

Titles, licences, sources and years are the study's own (`tyngdepunkt.study.Resource`); only the rule is
written here, once for page and CSV.
"""

from __future__ import annotations

from dataclasses import dataclass

from tyngdepunkt.texts.wording import later

__all__ = ["TRACES", "Trace"]


@dataclass(frozen=True)
class Trace:
    """
    Where a number comes from.

    Parameters
    ----------
    title
        What the number is called, in English.
    rule
        How it is made, in English.
    unit
        Key of its unit (``"persons"``); empty for none.
    columns
        The study's columns that it is made of, as ``table.column``; empty where it is set by the reader.
    """

    title: str
    rule: str
    unit: str = ""
    columns: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables, in order, each once."""
        return tuple(dict.fromkeys(column.partition(".")[0] for column in self.columns))


_COMMUTERS = "commuting.commuters"
_POPULATION = "municipalities.population"
_MINUTES = "travel_times.minutes"

TRACES = {
    "population": Trace(
        later("Inhabitants"),
        later("Inhabitants of the municipality; of a block, those of its members added up."),
        "persons",
        (_POPULATION,),
    ),
    "jobs": Trace(
        later("Jobs"),
        later("Employed persons by place of work; of a block, those of its members added up."),
        "persons",
        ("municipalities.jobs",),
    ),
    "stay_share": Trace(
        later("Stay"),
        later(
            "Of the employed who live in the block, the share that also works in it. "
            "Those who work in their own municipality count."
        ),
        "share",
        (_COMMUTERS,),
    ),
    "internal_share": Trace(
        later("Live and work in one block"),
        later("Share of all commuters in the study who live and work in the same block."),
        "share",
        (_COMMUTERS,),
    ),
    "ties": Trace(
        later("Ties to the centre"),
        later(
            "Commuters between each municipality and its centre, both ways, added up. "
            "Those who live in the centre itself do not count."
        ),
        "persons",
        (_COMMUTERS,),
    ),
    "person_minutes": Trace(
        later("Person-minutes to the centre"),
        later("Inhabitants times minutes to the centre, added up over the members."),
        "person-minutes",
        (_POPULATION, _MINUTES),
    ),
    "minutes": Trace(
        later("Minutes to the centre"),
        later(
            "Quickest time between the administrative centres by car and ferry, without waiting, "
            "over the network of the study's travel times. Some stretches are estimates."
        ),
        "min",
        (_MINUTES,),
    ),
    "smallest": Trace(
        later("Smallest member"), later("The member with the fewest inhabitants."), "persons", (_POPULATION,)
    ),
    "farthest": Trace(
        later("Farthest member"), later("The member with most minutes to the centre."), "min", (_MINUTES,)
    ),
    "floor": Trace(
        later("Floor"),
        later("Whether the block has the inhabitants that the question asks for, or how many it lacks."),
        "persons",
        (_POPULATION,),
    ),
    "cohesion": Trace(
        later("Commuters within it"),
        later("Commuters who work in another municipality of the same block."),
        "persons",
        (_COMMUTERS,),
    ),
    "borders": Trace(
        later("Agency borders across blocks"),
        later(
            "For each agency that counts and each block, the number of the agency's areas that the block touches, "
            "less 1, added up. Municipalities of unknown area count for nothing."
        ),
        "borders",
        ("divisions.area", "agencies.level"),
    ),
    "cut_by_regional": Trace(
        later("Regional agencies that cut it"),
        later("Regional state agencies whose own areas divide the block in two or more."),
        "",
        ("divisions.area", "agencies.level"),
    ),
    "cut_by_local": Trace(
        later("Local agencies that cut it"),
        later(
            "Local state agencies whose own areas divide the block in two or more. They are many and cut most blocks."
        ),
        "",
        ("divisions.area", "agencies.level"),
    ),
    "commuters": Trace(
        later("Commuters"),
        later("Employed persons who live in the one municipality and work in the other."),
        "persons",
        (_COMMUTERS,),
    ),
    "objective": Trace(
        later("Result"),
        later("What the question asks for most or least of, for the best plan with that number of blocks."),
        "",
        (_COMMUTERS, _POPULATION, _MINUTES),
    ),
    "mean_minutes": Trace(
        later("Minutes to the centre, average"),
        later("Person-minutes to the centre divided by all inhabitants."),
        "min",
        (_POPULATION, _MINUTES),
    ),
    "change": Trace(
        later("Change"),
        later("The result less the result with one block fewer."),
        "",
        (_COMMUTERS, _POPULATION, _MINUTES),
    ),
    "smallest_block": Trace(
        later("Smallest block"), later("Inhabitants of the block that has the fewest."), "persons", (_POPULATION,)
    ),
    "price": Trace(
        later("Price"),
        later(
            "The best result less the best result with the municipality in that block, with the same number of "
            "blocks and the same wishes. A small price: the municipality tips."
        ),
        "",
        (_COMMUTERS, _POPULATION, _MINUTES),
    ),
    "link": Trace(
        later("Link"),
        later("How one gets across the border. Neighbours come from the table, never from the map."),
        "",
        ("neighbours.link",),
    ),
}
"""Key of a number to where it comes from."""
