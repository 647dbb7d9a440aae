"""The parts that a report is made of, in the order a reader meets them; what they look like is the template's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tyngdepunkt.report.table import Column, Kind, Table
from tyngdepunkt.texts.wording import Wording

__all__ = ["Box", "Bullets", "Facts", "Figure", "Formula", "Grid", "Heading", "Paragraph", "Part", "prepare"]


@dataclass(frozen=True)
class Heading:
    """
    A heading.

    Parameters
    ----------
    text
        What it says.
    level
        1 for a chapter, 2 for a section.
    """

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """
    Running text.

    Parameters
    ----------
    text
        One paragraph.
    lead
        Words set off before it, such as the name of the block that it portrays; empty for none.
    """

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Bullets:
    """
    A list.

    Parameters
    ----------
    items
        One text each.
    """

    items: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """
    A framed text that is read before all else.

    Parameters
    ----------
    title
        Its heading.
    items
        One text each; a single one is a paragraph, several are a list.
    """

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """
    A few figures in large type.

    Parameters
    ----------
    items
        The figure and what it counts.
    """

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figure:
    """
    A picture.

    Parameters
    ----------
    svg
        The picture as SVG.
    alt
        What it shows, for those who do not see it.
    caption
        Its caption.
    width
        Share of the text's width, 0 to 1.
    floats
        Whether it may stand at the head or the foot of a later page, so that the text fills this one.
    """

    svg: str
    alt: str
    caption: str
    width: float = 1.0
    floats: bool = False


@dataclass(frozen=True)
class Grid:
    """
    A table in the report.

    Parameters
    ----------
    table
        What it holds.
    wide
        Whether its type is set smaller, for tables of many columns.
    breaks
        Whether it may run over to the next page though it would fit on one.
    """

    table: Table
    wide: bool = False
    breaks: bool = False


@dataclass(frozen=True)
class Formula:
    """
    A formula; the template knows how each is drawn.

    Parameters
    ----------
    name
        ``"ties"``, ``"access"``, ``"cohesion"``, ``"borders"``, ``"mixed"`` (ties and access) or ``"several"``.
    alt
        The formula in words.
    """

    name: str
    alt: str


_NARROWEST, _WIDEST, _LIST, _MARGIN = 4, 42, 90, 4
"""Letters that a table's column asks room for, one of long lists apart; longer cells are broken into lines."""

Part = Heading | Paragraph | Bullets | Box | Facts | Figure | Grid | Formula


def prepare(part: Part, wording: Wording) -> dict[str, Any]:
    """
    Return a part as plain values for the template, every number written out.

    Parameters
    ----------
    part
        The part.
    wording
        The language of its numbers.

    Returns
    -------
    A dictionary with ``part``, the name of its kind, and what belongs to that.
    """
    match part:
        case Heading(text, level):
            return {"part": "heading", "text": text, "level": level}
        case Paragraph(text, lead):
            return {"part": "paragraph", "text": text, "lead": lead}
        case Bullets(items):
            return {"part": "bullets", "items": list(items)}
        case Box(title, items):
            return {"part": "box", "title": title, "items": list(items)}
        case Facts(items):
            return {"part": "facts", "items": [list(item) for item in items]}
        case Figure(svg, alt, caption, width, floats):
            return {"part": "figure", "svg": svg, "alt": alt, "caption": caption, "width": width, "floats": floats}
        case Formula(name, alt):
            return {"part": "formula", "name": name, "alt": alt}
        case Grid(table, wide, breaks):
            rows = [
                [column.write(cell, wording) for column, cell in zip(table.columns, row, strict=True)]
                for row in table.rows
            ]
            columns = [
                {
                    "name": column.name,
                    "unit": column.unit,
                    "align": "left" if column.kind in {Kind.TEXT, Kind.ID} else "right",
                    "width": _width(column, [row[place] for row in rows]),
                }
                for place, column in enumerate(table.columns)
            ]
            return {
                "part": "table",
                "caption": table.title,
                "note": table.note,
                "wide": wide,
                "breaks": breaks,
                "columns": columns,
                "rows": rows,
            }


def _width(column: Column, cells: list[str]) -> int:
    """Return a column's share of the table's width, in letters: what must not be broken, within reason."""
    words = [*column.name.split(), column.unit]
    longest_word = max((len(word) for word in words), default=0)
    longest_cell = max((len(cell) for cell in cells), default=0)
    return max(longest_word, min(longest_cell, _LIST if column.is_list else _WIDEST), _NARROWEST) + _MARGIN
