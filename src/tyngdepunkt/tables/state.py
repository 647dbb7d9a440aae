"""How the state divides the territory, and how others would: agencies, their divisions, reference plans."""

from __future__ import annotations

from tyngdepunkt.tables.columns import Schema, Text, Whole, column

__all__ = ["Agencies", "Divisions", "ReferencePlans"]

_RECORD = "the study's own record"
_AGENCY = "the agency, or a survey of agencies"


class Agencies(Schema):
    """The state's agencies, one row for each division that is kept."""

    agency: Text = column(
        "Name of the agency, with the year or kind of unit where it has several divisions",
        source=_AGENCY,
        example="Politidistrikt 2018",
        text=True,
        also=("etat", "name", "navn"),
    )
    level: Text = column(
        "Whether its areas are local or regional",
        source=_AGENCY,
        example="regional",
        blank=True,
        allowed=("local", "regional"),
    )
    year: Whole = column(
        "Year that the division was read for",
        unit="year",
        source=_AGENCY,
        example="2018",
        blank=True,
        least=1800,
        most=2200,
        also=("år",),
    )
    source: Text = column(
        "Where the division was read", source=_RECORD, example="NIVI 2018:1 p. 12", blank=True, also=("kilde",)
    )
    note: Text = column(
        "What is doubtful", source=_RECORD, example="20 municipalities only", blank=True, also=("merknad",)
    )


class Divisions(Schema):
    """The area of each agency that a municipality lies in; municipalities may be missing."""

    agency: Text = column(
        "Name of the agency", source=_AGENCY, example="Politidistrikt 2018", text=True, also=("etat",)
    )
    municipality_id: Text = column(
        "Municipality",
        source=_AGENCY,
        example="1504",
        text=True,
        also=("code", "kommunenummer", "kommunenr"),
    )
    area: Text = column(
        "Name of the agency's area that the municipality lies in",
        source=_AGENCY,
        example="Møre og Romsdal politidistrikt",
        text=True,
        also=("region", "område", "distrikt"),
    )
    note: Text = column(
        "Where the source leaves a choice, what was chosen",
        source=_RECORD,
        example="nearest of several",
        blank=True,
        also=("merknad",),
    )


class ReferencePlans(Schema):
    """Plans that others proposed or decided, each with the block of every municipality."""

    plan: Text = column(
        "Name of the plan",
        source="whoever made the plan",
        example="county governor 2016",
        text=True,
        also=("name", "forslag"),
    )
    municipality_id: Text = column(
        "Municipality",
        source="whoever made the plan",
        example="1504",
        text=True,
        also=("code", "kommunenummer", "kommunenr"),
    )
    block: Text = column(
        "Name of the block that the plan puts it in",
        source="whoever made the plan",
        example="Nye Ålesund",
        text=True,
        also=("region", "blokk"),
    )
    source: Text = column(
        "Where the plan was read", source=_RECORD, example="NIVI 2018:1 figure 3.3", blank=True, also=("kilde",)
    )
