"""
The print map of a country: blocks by number, and where they crowd, again at a larger scale in the free corners.

A map of several hundred municipalities has no room for their names, nor a legend for their blocks. So each block
carries its number in the table of blocks, and its name as well where its land is wide enough for both. No two
blocks that touch have the same colour, and nothing is told by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tyngdepunkt.model import Territory
from tyngdepunkt.report.cartography import (
    BLOCK,
    DARK,
    SEA,
    MapSheet,
    draw_borders,
    draw_land,
    draw_overlay,
    draw_overlay_sign,
    draw_scale_bar,
    draw_swatch,
    scale_bar_size,
)
from tyngdepunkt.report.drawing import SANS, Stroke, draw_lines, draw_text, fit_projection
from tyngdepunkt.report.labels import CELL, Box, Ground, Name, PlacedName, fits_within, place_names, survey_ground
from tyngdepunkt.report.legend import SWATCH, LegendRow, draw_legend, lay_out_legend
from tyngdepunkt.report.maps import (
    MARGIN,
    SMALL_SIZE,
    describe_map,
    draw_credit,
    draw_names,
    find_free_corner,
    shorten_name,
    wrap_map,
)
from tyngdepunkt.report.outlines import BorderKind, Outlines, Point, read_outlines
from tyngdepunkt.report.palette import COLOURS, UNASSIGNED, BlockStyle, plan_styles
from tyngdepunkt.texts.wording import Wording

__all__ = ["country_map", "number_blocks"]

TIMES = 3.0
"""How much larger than the map an inset is."""
FRAME = Stroke(DARK, 1.1)
LETTERS = "ABCD"
MOST_INSETS = 2
LARGEST_INSET, SMALLEST_INSET, INSET_STEP = 0.48, 0.24, 0.02
"""Sides that an inset may have, as shares of the map's width."""
WORTH_AN_INSET = 0.04
"""Share of the municipalities that must lie in a window for it to be shown larger."""
SEEN_FROM = 6
"""Squares of the grid from which a block that a window cuts is named in the inset too."""
NUMBER_SIZE = 10.5
EDGE = 8.0
"""Room between the edge of the map and what stands along it [px]."""
BORDER_SCALE = 0.55
"""Of the strokes of borders, which are made for a county."""


@dataclass(frozen=True)
class Inset:
    """
    A part of the map that is drawn again, larger.

    Parameters
    ----------
    letter
        What it is called, on the map and beside it.
    window
        The part of the map [px].
    seat
        Where the inset stands [px].
    """

    letter: str
    window: Box
    seat: Box


def number_blocks(territory: Territory, assignment: Mapping[str, str]) -> dict[str, int]:
    """
    Give each block its number in the table of blocks.

    Parameters
    ----------
    territory
        Inhabitants.
    assignment
        Municipality id to the id of its centre.

    Returns
    -------
    Centre to its number, from 1 on, most inhabitants first and ties by id.
    """
    population: dict[str, int] = {}
    for municipality, centre in assignment.items():
        here = territory.municipalities[territory.position[municipality]].population
        population[centre] = population.get(centre, 0) + here
    ranked = sorted(population, key=lambda centre: (-population[centre], centre))
    return {centre: rank for rank, centre in enumerate(ranked, start=1)}


def country_map(
    boundaries: Mapping[str, Any],
    territory: Territory,
    assignment: Mapping[str, str],
    *,
    language: str,
    title: str = "",
    is_listed: bool = False,
    overlay: Mapping[str, str] | None = None,
    overlay_name: str = "",
    width: float = 760.0,
    most_height: float = math.inf,
    font: str = SANS,
    key: str = "country",
    of_areas: bool = False,
) -> str:
    """
    Draw a country in blocks, each with its number.

    Parameters
    ----------
    boundaries
        The study's GeoJSON, EPSG:4326.
    territory
        Names and inhabitants.
    assignment
        Municipality id to the id of its centre; who is missing is drawn in no block.
    language
        ``nb``, ``nn`` or ``en``.
    title
        For those who do not see the picture.
    is_listed
        Whether the numbers are explained below the map, for a picture with no table beside it.
    overlay, overlay_name
        Municipality id to the name of its block in another plan, whose borders are drawn on top, and what that plan is
        called; None for none.
    width
        [px].
    most_height
        What the whole picture may take; a taller country is drawn smaller [px].
    font
        Font families, as CSS names them.
    key
        Starts every id in the picture.
    of_areas
        Whether the blocks are the areas of centres of gravity, which the legend then calls them.

    Returns
    -------
    SVG.
    """
    wording = Wording(language, "report")
    outlines = read_outlines(boundaries)
    numbers = number_blocks(territory, assignment)
    rows = [LegendRow(shorten_name(territory.names[c]), _draw_number(f"{n}")) for c, n in numbers.items() if is_listed]
    listed = lay_out_legend(rows, width=width) if rows else None
    credit, below = draw_credit(outlines, wording, listed.height if listed else 0.0)
    projection, height = fit_projection(
        outlines.rings(outlines.polygons), width=width, margin=MARGIN, most_height=most_height - below
    )
    styles = _colour_blocks(territory, assignment)
    sheet = MapSheet(outlines, territory, assignment, styles, projection, key, of_areas)
    lands = survey_ground(sheet.polygons, width, height)
    legend = lay_out_legend(
        _legend_rows(sheet, wording, overlay_name if overlay else "", is_listed=is_listed), width=width, columns=1
    )
    taken: list[Box] = []
    insets = _find_insets(lands, width, height)
    taken += [inset.seat for inset in insets]
    for wide, high in (scale_bar_size(projection), (legend.width, legend.height)):
        taken.append(_find_free_edge(lands, wide, high, taken, width, height))
    bar, seat = taken[-2:]

    ground = survey_ground(_by_block(sheet), width, height)
    shown = [c for c in ground.ids if not any(_holds(inset.window, ground.middles[c]) for inset in insets)]
    placed = _place_labels(ground, shown, numbers, territory.names, taken)
    parts = [
        f'<rect width="{width:g}" height="{height:.1f}" fill="{SEA}"/>',
        draw_land(sheet),
        draw_overlay(sheet, overlay or {}, rim=True),
        draw_borders(sheet, scale=BORDER_SCALE),
        draw_overlay(sheet, overlay or {}),
        draw_names(placed, ()),
        *(_draw_inset(sheet, inset, numbers, overlay or {}, wording) for inset in insets),
        draw_scale_bar((bar.x, bar.y), projection),
        draw_legend(legend, seat.x - legend.width / 2, seat.y - legend.height / 2, framed=False),
        f'<g transform="translate(0 {height:.1f})">',
        draw_legend(listed, 0.0, 0.0, framed=False) if listed else "",
        credit,
        "</g>",
    ]
    return wrap_map(
        "".join(parts),
        {},
        (),
        title or wording.say("Map of the blocks"),
        describe_map(territory, assignment, language=language),
        size=(width, height + below),
        font=font,
        key=key,
    )


def _colour_blocks(territory: Territory, assignment: Mapping[str, str]) -> dict[str, BlockStyle]:
    """Give each block a plain colour that no neighbour has: its own where it is free, else the least used."""
    own = plan_styles(territory, assignment)
    beside: dict[str, set[str]] = {centre: set() for centre in own}
    for link in territory.links:
        a, b = assignment.get(link.a), assignment.get(link.b)
        if a and b and a != b:
            beside[a].add(b)
            beside[b].add(a)
    given: dict[str, str] = {}
    for centre in number_blocks(territory, assignment):
        used = {given[other] for other in beside[centre] if other in given}
        free = [colour for colour in COLOURS if colour not in used] or list(COLOURS)
        uses = list(given.values())
        own_first = sorted(free, key=lambda colour: (colour != own[centre].colour, uses.count(colour)))
        given[centre] = own_first[0]
    return {centre: BlockStyle(colour, "solid", colour) for centre, colour in given.items()}


def _by_block(sheet: MapSheet) -> dict[str, list[Any]]:
    """Return the polygons of each block on the page, those of all its members together [px]."""
    found: dict[str, list[Any]] = {}
    for municipality, polygons in sheet.polygons.items():
        if municipality in sheet.assignment:
            found.setdefault(sheet.assignment[municipality], []).extend(polygons)
    return found


def _find_insets(lands: Ground, width: float, height: float) -> list[Inset]:
    """Return the windows where municipalities crowd most, each with a free corner to be shown larger in."""
    middles = np.array([lands.middles[i] for i in lands.ids])
    found: list[Inset] = []
    for letter in LETTERS[:MOST_INSETS]:
        seat = _free_square(lands, width, height, [inset.seat for inset in found])
        if seat is None:
            break
        side = seat.width / TIMES
        taken = [inset.window for inset in found]
        window = _densest_window(middles, side, taken)
        if window is None or _count_within(middles, window) < WORTH_AN_INSET * len(middles):
            break
        found.append(Inset(letter, window, seat))
    return found


def _find_free_edge(lands: Ground, wide: float, high: float, taken: Sequence[Box], width: float, height: float) -> Box:
    """Return the lowest place along the right edge, else the left, where a box covers neither land nor other boxes."""
    for x in (width - wide / 2 - EDGE, wide / 2 + EDGE):
        y = height - high / 2 - EDGE
        while y > high / 2:
            box = Box(x, y, wide, high)
            clear = all(abs(x - t.x) > (wide + t.width) / 2 or abs(y - t.y) > (high + t.height) / 2 for t in taken)
            if clear and lands.covers(box) == 0:
                return box
            y -= CELL
    return Box(width - wide / 2 - EDGE, height - high / 2 - EDGE, wide, high)


def _free_square(lands: Ground, width: float, height: float, taken: Sequence[Box]) -> Box | None:
    """Return the largest square in a corner that covers no land; None where all are too small."""
    for step in range(round((LARGEST_INSET - SMALLEST_INSET) / INSET_STEP) + 1):
        side = (LARGEST_INSET - step * INSET_STEP) * width
        corner = find_free_corner(lands, side, side, width, height, taken)
        if corner:
            return corner
    return None


def _densest_window(middles: np.ndarray[Any, Any], side: float, taken: Sequence[Box]) -> Box | None:
    """Return the square with most municipalities that meets no other, the uppermost and leftmost of several."""
    places = [Box(float(x), float(y), side, side) for x, y in middles]
    free = [box for box in places if all(max(abs(box.x - other.x), abs(box.y - other.y)) >= side for other in taken)]
    return max(free, key=lambda box: (_count_within(middles, box), -box.y, -box.x), default=None)


def _count_within(middles: np.ndarray[Any, Any], box: Box) -> int:
    """Return how many places a box holds."""
    return int((np.abs(middles - (box.x, box.y)) <= box.width / 2).all(axis=1).sum())


def _holds(box: Box, place: Point) -> bool:
    """Tell whether a box holds a place."""
    return abs(place[0] - box.x) <= box.width / 2 and abs(place[1] - box.y) <= box.height / 2


def _place_labels(
    ground: Ground,
    centres: Iterable[str],
    numbers: Mapping[str, int],
    names: Mapping[str, str],
    taken: Sequence[Box],
) -> tuple[PlacedName, ...]:
    """Find a place for the number of each block, with its name where its own land has room for both."""
    labels = []
    for centre in sorted(centres, key=lambda each: numbers[each]):
        long = Name(centre, f"{numbers[centre]} {shorten_name(names.get(centre, centre))}", SMALL_SIZE, bold=True)
        short = Name(centre, f"{numbers[centre]}", NUMBER_SIZE, bold=True)
        labels.append(long if fits_within(long, ground) else short)
    return place_names(labels, ground, blocks={centre: centre for centre in ground.ids}, taken=taken)


def _draw_inset(
    sheet: MapSheet, inset: Inset, numbers: Mapping[str, int], overlay: Mapping[str, str], wording: Wording
) -> str:
    """Draw a window on the map, and what lies in it again at a larger scale."""
    window, seat = inset.window, inset.seat
    left, top = window.x - window.width / 2, window.y - window.height / 2
    x, y = seat.x - seat.width / 2, seat.y - seat.height / 2
    # Drawn at the origin, so that names are placed within the inset as within a map of its own.
    closer = sheet.projection.magnify((left, top), TIMES, (0.0, 0.0))
    part = replace(sheet, projection=closer, outlines=_cut_out(sheet, window))
    ground = survey_ground(_by_block(part), seat.width - CELL, seat.height - CELL)
    seen = [c for place, c in enumerate(ground.ids) if (ground.owners == place).sum() >= SEEN_FROM]
    title = wording.say("{letter}: {times} times as large", letter=inset.letter, times=wording.count(TIMES))
    heading = Box(seat.width / 2, 9, seat.width, 18)
    placed = _place_labels(ground, seen, numbers, sheet.territory.names, [heading])
    clip = f"{sheet.key}-inset-{inset.letter}"
    box = f'width="{seat.width:.1f}" height="{seat.height:.1f}"'
    return "".join(
        (
            _draw_frame(left, top, window),
            draw_text(inset.letter, (left + 3, top + 11), NUMBER_SIZE, bold=True, halo=2.2),
            f'<clipPath id="{clip}"><rect {box}/></clipPath>',
            f'<g transform="translate({x:.1f} {y:.1f})"><rect {box} fill="{SEA}"/><g clip-path="url(#{clip})">',
            draw_land(part),
            draw_overlay(part, overlay, rim=True),
            draw_borders(part, scale=BORDER_SCALE * 1.4),
            draw_overlay(part, overlay),
            draw_names(placed, ()),
            "</g>",
            draw_text(title, (6, 14), NUMBER_SIZE, bold=True, halo=2.6),
            _draw_frame(0.0, 0.0, seat),
            "</g>",
        )
    )


def _cut_out(sheet: MapSheet, window: Box) -> Outlines:
    """Return the outlines of the municipalities that reach into a window, so that the rest is not drawn twice."""
    left, right = window.x - window.width / 2, window.x + window.width / 2
    top, bottom = window.y - window.height / 2, window.y + window.height / 2

    def reaches(lines: Iterable[Sequence[Point]]) -> bool:
        points = [point for line in lines for point in line]
        if not points:
            return False
        across, down = [p[0] for p in points], [p[1] for p in points]
        return min(across) <= right and max(across) >= left and min(down) <= bottom and max(down) >= top

    near = {i for i, polygons in sheet.polygons.items() if reaches(ring for polygon in polygons for ring in polygon)}
    polygons = {i: polygons for i, polygons in sheet.outlines.polygons.items() if i in near}
    borders = tuple(border for border in sheet.outlines.borders if {border.a, border.b} - {""} <= near)
    return replace(sheet.outlines, polygons=polygons, borders=borders)


def _draw_frame(x: float, y: float, box: Box) -> str:
    """Draw a rectangle around a box."""
    right, bottom = x + box.width, y + box.height
    return draw_lines([((x, y), (right, y), (right, bottom), (x, bottom), (x, y))], FRAME)


def _draw_number(number: str) -> str:
    """Draw a number as a sign of the legend."""
    return draw_text(number, (SWATCH / 2, 4), NUMBER_SIZE, bold=True, anchor="middle")


def _legend_rows(sheet: MapSheet, wording: Wording, overlay_name: str, *, is_listed: bool) -> list[LegendRow]:
    """Return what the numbers and the lines mean."""
    across = ((0.0, 0.0), (SWATCH, 0.0))
    text = wording.say("Border of an area") if sheet.of_areas else wording.say("Border of a block")
    rows = [LegendRow(text, draw_lines([across], BLOCK[BorderKind.REAL]))]
    if not is_listed:
        rows.insert(0, LegendRow(wording.say("Number in the table"), _draw_number("12")))
    if any(i not in sheet.assignment for i in sheet.outlines.polygons):
        rows.append(LegendRow(wording.say("In no block"), draw_swatch(UNASSIGNED.colour, SWATCH)))
    if overlay_name:
        told = wording.say("Borders of {plan}", plan=shorten_name(overlay_name))
        rows.append(LegendRow(told, draw_overlay_sign(across)))
    return rows
