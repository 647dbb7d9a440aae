"""
The network of cooperation as a map: municipalities at their centres, tied by the arrangements that they share.

The width of a tie says how many arrangements two municipalities share; the legend gives the number for some widths, and
the table beside the picture gives every one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tyngdepunkt.analysis.cooperation import Edge, Network
from tyngdepunkt.model import Territory
from tyngdepunkt.report.cartography import BLOCK, MapSheet, draw_borders
from tyngdepunkt.report.drawing import SANS, Stroke, draw_lines, draw_path, fit_projection
from tyngdepunkt.report.labels import Box, place_names, survey_ground
from tyngdepunkt.report.legend import SWATCH, LegendRow, draw_legend
from tyngdepunkt.report.maps import MARGIN, draw_credit, draw_names, names_to_place, seat_legend, wrap_map
from tyngdepunkt.report.outlines import BorderKind, Line, Point, read_outlines
from tyngdepunkt.texts.wording import Wording

__all__ = ["describe_network", "drawn_ties", "network_map"]

LAND, SEA = "#F4F1E8", "#E8F0F5"
TIE, NODE = "#16324A", "#FFFFFF"
WIDEST, NARROWEST = 7.0, 0.7
LEAST = 2
"""Arrangements that two municipalities must share for their tie to be drawn; single ones would hide the others."""
_NAMED = 5
"""Ties named in the alternative text."""


def drawn_ties(network: Network) -> tuple[Edge, ...]:
    """
    Pick the ties that are drawn.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    Those of `LEAST` arrangements or more; every one where there are none such.
    """
    strong = tuple(edge for edge in network.edges if edge.shared >= LEAST)
    return strong or network.edges


def network_map(
    boundaries: Mapping[str, Any],
    territory: Territory,
    network: Network,
    assignment: Mapping[str, str],
    *,
    language: str,
    width: float = 760.0,
    font: str = SANS,
    key: str = "network",
) -> str:
    """
    Draw the network of cooperation on the land.

    Parameters
    ----------
    boundaries
        The study's GeoJSON, EPSG:4326.
    territory
        Names and administrative centres; who has no place told is not drawn.
    network
        The ties.
    assignment
        Municipality id to the id of its centre, whose blocks are outlined; empty for none.
    language
        ``nb``, ``nn`` or ``en``.
    width
        [px].
    font
        Font families, as CSS names them.
    key
        Starts every id in the picture.

    Returns
    -------
    SVG.
    """
    wording = Wording(language, "report")
    outlines = read_outlines(boundaries)
    projection, height = fit_projection(outlines.rings(outlines.polygons), width=width, margin=MARGIN)
    sheet = MapSheet(outlines, territory, assignment, {}, projection, key)
    ground = survey_ground(sheet.polygons, width, height)
    places = {i: place for i in network.nodes if (place := sheet.place(i))}
    ties = [edge for edge in drawn_ties(network) if edge.a in places and edge.b in places]
    most = max((edge.shared for edge in ties), default=1)

    legend, corner, below = seat_legend(_legend_rows(ties, sheet, wording), ground, 1, width, height)
    marks = [Box(*place, 9, 9) for place in places.values()]
    taken = [*marks, *([corner] if corner else [])]
    beside = replace(ground, middles={**ground.middles, **places})  # a name stands by its node, not amid its land
    placed = place_names(names_to_place(sheet, ground), beside, blocks=assignment, taken=taken)
    seat = (corner.x - corner.width / 2, corner.y - corner.height / 2) if corner else (0.0, height)
    credit, total = draw_credit(outlines, wording, height + below)
    land = [ring for polygons in sheet.polygons.values() for polygon in polygons for ring in polygon]
    parts = [
        f'<rect width="{width:g}" height="{height:.1f}" fill="{SEA}"/>',
        draw_path(land, f'fill="{LAND}" fill-rule="nonzero"'),
        draw_borders(sheet, scale=0.6),
        *(draw_lines([(places[e.a], places[e.b])], _stroke(e.shared, most)) for e in reversed(ties)),
        draw_names(placed, [_draw_node(place) for place in places.values()]),
        draw_legend(legend, *seat, framed=corner is not None),
        credit,
    ]
    title = wording.say("Network of cooperation")
    described = describe_network(territory, network, language=language)
    return wrap_map("".join(parts), {}, (), title, described, size=(width, total), font=font, key=key)


def describe_network(territory: Territory, network: Network, *, language: str) -> str:
    """
    Say in words what the network shows.

    Parameters
    ----------
    territory
        Names.
    network
        The network.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    Sentences: the alternative text.
    """
    wording, names = Wording(language, "report"), territory.names
    ties = drawn_ties(network)
    said = [
        wording.say_many(
            "The map ties {count} pair of municipalities by the arrangements that they share.",
            "The map ties {count} pairs of municipalities by the arrangements that they share.",
            len(ties),
        )
    ]
    if ties:
        strongest = [f"{names.get(e.a, e.a)}–{names.get(e.b, e.b)} ({wording.count(e.shared)})" for e in ties[:_NAMED]]
        said.append(wording.say("Most are shared by {pairs}.", pairs=wording.join(strongest)))
    alone = [names.get(i, i) for i in network.nodes if not any(i in (e.a, e.b) for e in ties)]
    if alone:
        said.append(wording.say("Without a tie: {names}.", names=wording.join(alone)))
    return " ".join(said)


def _stroke(shared: int, most: int) -> Stroke:
    """Return the stroke of a tie: its width in proportion to the arrangements."""
    return Stroke(TIE, max(NARROWEST, WIDEST * shared / most), (), 0.72)


def _draw_node(place: Point) -> str:
    """Draw the mark of a municipality."""
    return f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="3.2" fill="{NODE}" stroke="{TIE}" stroke-width="1.4"/>'


def _legend_rows(ties: list[Edge], sheet: MapSheet, wording: Wording) -> list[LegendRow]:
    """Return what lines mean: some widths, and the border of a block."""
    across: Line = ((0.0, 0.0), (SWATCH, 0.0))
    numbers = sorted({edge.shared for edge in ties}, reverse=True)
    shown = dict.fromkeys([*numbers[:1], *numbers[len(numbers) // 2 : len(numbers) // 2 + 1], *numbers[-1:]])
    rows = [
        LegendRow(
            wording.say_many("{count} shared arrangement", "{count} shared arrangements", number),
            draw_lines([across], _stroke(number, numbers[0])),
        )
        for number in shown
    ]
    if len(sheet.centres) > 1:
        rows.append(LegendRow(wording.say("Border of a block"), draw_lines([across], BLOCK[BorderKind.REAL])))
    return rows
