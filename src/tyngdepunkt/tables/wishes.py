"""The tables of what is on record before a question is asked: positions of councils, floors lifted with a reason."""

from __future__ import annotations

from tyngdepunkt.model import Stance
from tyngdepunkt.tables.columns import Schema, Text, column

__all__ = ["Overrides", "Positions"]

_COUNCIL = "the municipality's own decision"
_RECORD = "the study's own record"


class Positions(Schema):
    """
    What councils have recorded of whom they will share a block with; no plan goes against it unless told to.

    A position is a council's decision on a block of municipalities. A referendum on a merger is none.
    """

    municipality_id: Text = column(
        "Municipality whose council has decided",
        source=_COUNCIL,
        example="1511",
        text=True,
        also=("code", "kommunenummer", "kommunenr"),
    )
    position: Text = column(
        "In a block with the other, not in a block with it, or a block alone",
        source=_COUNCIL,
        example="not_with",
        allowed=tuple(stance.value for stance in Stance),
        also=("stance", "standpunkt", "vedtak"),
    )
    other_id: Text = column(
        "The other municipality; blank for alone",
        source=_COUNCIL,
        example="1514",
        blank=True,
        also=("with", "other", "annen_kommune"),
    )
    date: Text = column(
        "Day or year of the decision", source=_COUNCIL, example="2017-05-18", blank=True, also=("year", "dato", "år")
    )
    source: Text = column(
        "Where the decision is recorded", source=_RECORD, example="council case 41/2017", text=True, also=("kilde",)
    )
    note: Text = column(
        "What else one should know", source=_RECORD, example="unanimous", blank=True, also=("merknad", "comment")
    )


class Overrides(Schema):
    """Municipalities whose block, or area, may have fewer inhabitants than is asked for, each with the reason."""

    municipality_id: Text = column(
        "Municipality for which the least population is lifted",
        source=_RECORD,
        example="1511",
        text=True,
        also=("code", "kommunenummer", "kommunenr"),
    )
    layer: Text = column(
        "Of which layer the least population is lifted; blank for blocks",
        source=_RECORD,
        example="blocks",
        blank=True,
        allowed=("blocks", "centres_of_gravity"),
        also=("lag",),
    )
    reason: Text = column(
        "Why, as whoever decided it has put it",
        source=_RECORD,
        example="two hours and a ferry from every other centre",
        text=True,
        also=("grunn", "begrunnelse", "grunngjeving"),
    )
    source: Text = column(
        "Who decided it, and where that is recorded", source=_RECORD, example="regional council 3/2017", blank=True
    )
