"""
Every table of the page: what the map and the chart show, as rows; the page and the CSV files read the same ones.

Values are kept as they are (ids, numbers, None where unknown); how they are written is the template's and
the CSV's own affair, by the kind of their column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.model import Plan, Territory
from tyngdepunkt.texts.wording import later

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Frontier, PlanComparison, PlanMeasure, Price

__all__ = [
    "Column",
    "Sheet",
    "block_sheet",
    "commuting_sheet",
    "difference_sheet",
    "flows",
    "frontier_sheet",
    "layer_sheet",
    "municipality_sheet",
    "neighbour_sheet",
    "price_sheet",
    "to_csv",
]


@dataclass(frozen=True)
class Column:
    """
    A column of a table.

    Parameters
    ----------
    key
        Its name in rows and CSV.
    title
        Its header, in English, as a catalogue has it.
    kind
        How a value is written: ``text``, ``id``, ``municipality``, ``municipalities``, ``block``, ``names``,
        ``count``, ``change``, ``share``, ``minutes``, ``shortfall``, ``status``, ``price``, ``link``, ``yes``.
    trace
        Key of `tyngdepunkt.web.trace.TRACES`; empty where there is no number to trace.
    """

    key: str
    title: str
    kind: str = "text"
    trace: str = ""

    @property
    def is_number(self) -> bool:
        """Whether values stand to the right."""
        return self.kind in {"count", "change", "share", "minutes", "price"}


@dataclass(frozen=True)
class Sheet:
    """
    A table.

    Parameters
    ----------
    name
        Its name in addresses and file names.
    title
        Its caption, in English, as a catalogue has it.
    columns
        From left to right; the first names the row.
    rows
        Column key to value.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, object], ...]


def block_sheet(measure: PlanMeasure) -> Sheet:
    """
    Return the blocks of a plan, most inhabitants first.

    Parameters
    ----------
    measure
        The plan, measured.

    Returns
    -------
    One row a block.
    """
    columns = (
        Column("block", later("Block"), "block"),
        Column("members", later("Municipalities"), "municipalities"),
        Column("population", later("Inhabitants"), "count", "population"),
        Column("floor", later("Floor"), "shortfall", "floor"),
        Column("jobs", later("Jobs"), "count", "jobs"),
        Column("stay_share", later("Stay"), "share", "stay_share"),
        Column("ties", later("Ties to the centre"), "count", "ties"),
        Column("person_minutes", later("Person-minutes to the centre"), "count", "person_minutes"),
        Column("smallest_member", later("Smallest member"), "municipality", "smallest"),
        Column("farthest_member", later("Farthest member"), "municipality", "farthest"),
        Column("farthest_minutes", later("Its minutes"), "minutes", "minutes"),
        Column("functions", later("Functions"), "functions"),
        Column("cohesion", later("Commuters within it"), "count", "cohesion"),
        Column("cut_by_regional", later("Regional agencies that cut it"), "names", "cut_by_regional"),
        Column("cut_by_local", later("Local agencies that cut it"), "names", "cut_by_local"),
    )
    rows = tuple(
        {
            "block": block.centre,
            "members": block.members,
            "population": block.population,
            "floor": (block.floor, block.shortfall),
            "jobs": block.jobs,
            "stay_share": block.stay_share,
            "ties": block.ties,
            "person_minutes": block.person_minutes,
            "smallest_member": block.smallest_member,
            "farthest_member": block.farthest_member,
            "farthest_minutes": block.farthest_minutes,
            "functions": tuple(sorted(function for function, members in block.functions.items() if members)),
            "cohesion": block.cohesion,
            "cut_by_regional": block.cut_by_regional,
            "cut_by_local": block.cut_by_local,
        }
        for block in measure.blocks
    )
    return Sheet("blocks", later("Blocks"), columns, rows)


def municipality_sheet(territory: Territory, assignment: Mapping[str, str] | None) -> Sheet:
    """
    Return every municipality with its block.

    Parameters
    ----------
    territory
        The municipalities.
    assignment
        Municipality id to the id of its centre; None where there is no plan.

    Returns
    -------
    One row a municipality, in order of id.
    """
    columns = (
        Column("municipality", later("Municipality"), "municipality"),
        Column("id", later("Number"), "id"),
        Column("block", later("Block"), "block"),
        Column("population", later("Inhabitants"), "count", "population"),
        Column("jobs", later("Jobs"), "count", "jobs"),
        Column("ties", later("Commuters with the centre"), "count", "ties"),
        Column("minutes", later("Minutes to the centre"), "minutes", "minutes"),
        Column("district", later("District"), "text"),
    )
    rows = []
    for municipality in sorted(territory.municipalities, key=lambda each: each.id):
        centre = (assignment or {}).get(municipality.id)
        i = territory.position[municipality.id]
        j = None if centre is None else territory.position[centre]
        own = centre == municipality.id
        rows.append(
            {
                "municipality": municipality.id,
                "id": municipality.id,
                "block": centre,
                "population": municipality.population,
                "jobs": municipality.jobs,
                "ties": None if j is None or own else int(territory.commuters[i, j] + territory.commuters[j, i]),
                "minutes": None if j is None or own or territory.minutes is None else float(territory.minutes[i, j]),
                "district": municipality.district,
            }
        )
    return Sheet("municipalities", later("Municipalities"), columns, tuple(rows))


def layer_sheet(
    territory: Territory, blocks: Mapping[str, str], gravity: Mapping[str, str], elsewhere: Collection[str]
) -> Sheet:
    """
    Return every municipality with its block and its centre of gravity.

    Parameters
    ----------
    territory
        The municipalities.
    blocks, gravity
        Municipality id to the id of its centre, in either layer.
    elsewhere
        Ids of those that belong otherwise in the two layers.

    Returns
    -------
    One row a municipality, in order of id.
    """
    columns = (
        Column("municipality", later("Municipality"), "municipality"),
        Column("id", later("Number"), "id"),
        Column("block", later("Block"), "block"),
        Column("gravity", later("Centre of gravity"), "municipality"),
        Column("population", later("Inhabitants"), "count", "population"),
        Column("differs", later("Another than its block's centre"), "yes"),
    )
    rows = tuple(
        {
            "municipality": municipality.id,
            "id": municipality.id,
            "block": blocks[municipality.id],
            "gravity": gravity[municipality.id],
            "population": municipality.population,
            "differs": municipality.id in elsewhere,
        }
        for municipality in sorted(territory.municipalities, key=lambda each: each.id)
    )
    return Sheet("layers", later("Both layers"), columns, rows)


def flows(territory: Territory) -> tuple[tuple[str, str, int, int], ...]:
    """
    Return who commutes between each two municipalities.

    Parameters
    ----------
    territory
        The municipalities.

    Returns
    -------
    Ids of the two, in order, and commuters from the first to the second and back [persons]; the most first.
    """
    found = []
    both = np.triu(territory.commuters + territory.commuters.T, k=1)
    for i, j in zip(*(each.tolist() for each in np.nonzero(both)), strict=True):
        there, back = int(territory.commuters[i, j]), int(territory.commuters[j, i])
        a, b = territory.ids[i], territory.ids[j]
        found.append((a, b, there, back) if a < b else (b, a, back, there))
    return tuple(sorted(found, key=lambda each: (-each[2] - each[3], each[:2])))


def commuting_sheet(
    found: Sequence[tuple[str, str, int, int]], assignment: Mapping[str, str] | None, commuters_from: int
) -> Sheet:
    """
    Return the lines that the map draws.

    Parameters
    ----------
    found
        Who commutes between each two, see `flows`.
    assignment
        Municipality id to the id of its centre; None where there is no plan.
    commuters_from
        Fewest commuters of a line, both ways [persons].

    Returns
    -------
    One row a line, the most commuters first.
    """
    columns = (
        Column("first", later("Between"), "municipality"),
        Column("second", later("and"), "municipality"),
        Column("there", later("There"), "count", "commuters"),
        Column("back", later("Back"), "count", "commuters"),
        Column("both", later("Both ways"), "count", "commuters"),
        Column("tie", later("Counts as a tie"), "yes", "ties"),
        Column("inside", later("Inside one block"), "yes"),
    )
    inside = assignment or {}
    rows = tuple(
        {
            "first": a,
            "second": b,
            "there": there,
            "back": back,
            "both": there + back,
            "tie": bool(inside) and (inside.get(a) == b or inside.get(b) == a),
            "inside": bool(inside) and inside.get(a) == inside.get(b),
        }
        for a, b, there, back in found
        if there + back >= commuters_from
    )
    return Sheet("commuting", later("Commuting"), columns, rows)


def frontier_sheet(frontier: Frontier) -> Sheet:
    """
    Return every number of blocks.

    Parameters
    ----------
    frontier
        The sweep.

    Returns
    -------
    One row a number of blocks.
    """
    columns = (
        Column("k", later("Blocks"), "centres"),
        Column("status", later("Answer"), "status"),
        Column("objective", later("Result"), "count", "objective"),
        Column("change", later("Change"), "change", "change"),
        Column("bound", later("No plan is better than"), "count"),
        Column("smallest_block", later("Smallest block"), "count", "smallest_block"),
        Column("internal_share", later("Live and work in one block"), "share", "internal_share"),
        Column("appeared", later("New centres"), "municipalities"),
        Column("vanished", later("Centres no more"), "municipalities"),
    )
    rows = []
    for point in frontier.points:
        plan = point.answer if isinstance(point.answer, Plan) else None
        rows.append(
            {
                "k": point.centres,
                "status": plan.certificate.status.value if plan else "infeasible",
                "objective": plan.objective if plan else None,
                "change": point.change,
                "bound": plan.certificate.bound if plan else None,
                "smallest_block": min(block.population for block in point.measure.blocks) if point.measure else None,
                "internal_share": point.measure.internal_share if point.measure else None,
                "appeared": point.appeared,
                "vanished": point.vanished,
            }
        )
    return Sheet("frontier", later("Every number of blocks"), columns, tuple(rows))


def difference_sheet(comparison: PlanComparison) -> Sheet:
    """
    Return the municipalities that two plans place differently.

    Parameters
    ----------
    comparison
        The two plans side by side.

    Returns
    -------
    One row a municipality.
    """
    columns = (
        Column("municipality", later("Municipality"), "municipality"),
        Column("here", later("Block here"), "text"),
        Column("there", later("Block in the other plan"), "text"),
        Column("price", later("What the difference costs"), "price", "price"),
    )
    rows = tuple(
        {
            "municipality": each.municipality,
            "here": each.here,
            "there": each.there,
            "price": (each.cost, each.exact) if each.centre else None,
        }
        for each in comparison.differences
    )
    return Sheet("differences", later("Differences"), columns, rows)


def price_sheet(prices: Sequence[Price]) -> Sheet:
    """
    Return what it costs to have a municipality in each other block.

    Parameters
    ----------
    prices
        One a block.

    Returns
    -------
    One row a block.
    """
    columns = (
        Column("centre", later("Block"), "block"),
        Column("price", later("Price"), "price", "price"),
        Column("commuters", later("Commuters"), "count", "commuters"),
        Column("minutes", later("Minutes"), "minutes", "minutes"),
    )
    rows = tuple(
        {
            "centre": each.centre,
            "price": (each.amount, each.exact),
            "commuters": each.commuters,
            "minutes": each.minutes,
        }
        for each in prices
    )
    return Sheet("prices", later("Price in another block"), columns, rows)


def neighbour_sheet(territory: Territory, municipality: str, assignment: Mapping[str, str] | None) -> Sheet:
    """
    Return the neighbours of a municipality.

    Parameters
    ----------
    territory
        The municipalities and the links between them.
    municipality
        Its id.
    assignment
        Municipality id to the id of its centre; None where there is no plan.

    Returns
    -------
    One row a neighbour, in order of id.
    """
    columns = (
        Column("neighbour", later("Neighbour"), "municipality"),
        Column("link", later("Link"), "link", "link"),
        Column("block", later("Block"), "block"),
    )
    rows = []
    for link in territory.links:
        if municipality not in {link.a, link.b}:
            continue
        other = link.b if link.a == municipality else link.a
        rows.append(
            {
                "neighbour": other,
                "link": (link.kind.value, link.seasonal),
                "block": (assignment or {}).get(other),
            }
        )
    return Sheet("neighbours", later("Neighbours"), columns, tuple(rows))


def to_csv(sheet: Sheet, names: Mapping[str, str]) -> str:
    """
    Return a table as CSV: comma, dot decimals, one header, ids beside names.

    Parameters
    ----------
    sheet
        The table.
    names
        Municipality id to name.

    Returns
    -------
    The text; unknown values are empty.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([name for column in sheet.columns for name in _csv_names(column)])
    for row in sheet.rows:
        writer.writerow([cell for column in sheet.columns for cell in _csv_cells(column, row[column.key], names)])
    return out.getvalue()


def _csv_names(column: Column) -> tuple[str, ...]:
    """Return the names of the CSV columns that a column becomes."""
    match column.kind:
        case "municipality" | "block":
            return f"{column.key}_id", column.key
        case "price":
            return column.key, f"{column.key}_is"
        case "link":
            return column.key, "seasonal"
        case "shortfall":
            return column.key, "below_floor_by"
        case _:
            return (column.key,)


def _csv_cells(column: Column, value: object, names: Mapping[str, str]) -> tuple[object, ...]:
    """Return the CSV cells that a value becomes."""
    match column.kind, value:
        case "municipality" | "block", None:
            return "", ""
        case "municipality" | "block", str(id_):
            return id_, names.get(id_, id_)
        case "municipalities", tuple(ids):
            return (_joined(names.get(str(each), str(each)) for each in ids),)
        case "names" | "functions", tuple(texts):
            return (_joined(str(each) for each in texts),)
        case "price", None:
            return "", ""
        case "price", (None, _):
            return "", "impossible"
        case "price", (float(amount), exact):
            return int(amount) if amount.is_integer() else amount, "exact" if exact else "at least"
        case "link" | "shortfall", (first, second):
            return first, int(bool(second)) if column.kind == "link" else second
        case "yes", bool(holds):
            return (int(holds),)
        case _, float(number) if number == float("inf"):
            return ("",)
        case _, float(number) if number.is_integer():
            return (int(number),)
        case _, None:
            return ("",)
        case _:
            return (value,)


def _joined(texts: Iterable[str]) -> str:
    """Join texts in one CSV cell."""
    return "; ".join(texts)
