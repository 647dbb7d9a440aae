"""
Print maps: a county in blocks, and several divisions of it side by side, as SVG.

A map says with colour, pattern, outline and name at once, so none of them is needed alone; nothing is fetched, neither
font nor picture. Borders that the study marks as indicative are dashed. Lines at sea show
where a block ends in a fjord; they are midway between the coasts and no legal border.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from tyngdepunkt.model import Territory
from tyngdepunkt.report.cartography import (
    BLOCK,
    MUNICIPAL,
    SEA,
    Flow,
    MapSheet,
    draw_borders,
    draw_centre,
    draw_flows,
    draw_land,
    draw_overlay,
    draw_overlay_sign,
    draw_scale_bar,
    draw_swatch,
    find_largest_flows,
    flow_stroke,
    pattern_key,
    scale_bar_size,
)
from tyngdepunkt.report.drawing import SANS, Stroke, draw_lines, draw_pattern, draw_text, fit_projection
from tyngdepunkt.report.labels import Box, Ground, Name, PlacedName, place_names, survey_ground
from tyngdepunkt.report.legend import SWATCH, Legend, LegendRow, draw_legend, lay_out_legend
from tyngdepunkt.report.outlines import BorderKind, Outlines, read_outlines
from tyngdepunkt.report.palette import PATTERNS, UNASSIGNED, BlockStyle, plan_styles
from tyngdepunkt.report.printable import clean
from tyngdepunkt.texts.shipped import given_text
from tyngdepunkt.texts.wording import Wording

__all__ = [
    "MARGIN",
    "Panel",
    "county_map",
    "describe_map",
    "draw_credit",
    "draw_names",
    "find_free_corner",
    "names_to_place",
    "seat_legend",
    "shorten_name",
    "small_multiple_maps",
    "wrap_map",
]

LEADER = Stroke("#3E4A54", 0.7)
MARGIN = 16.0
NAME_SIZE, CENTRE_SIZE, SMALL_SIZE = 11.5, 13.0, 10.0
LONGEST_NAME = 36
"""Characters of a name that are drawn."""
MOST_IN_CORNER = 16
"""Blocks up to which the legend seeks a free corner of the map; with more it stands below."""


@dataclass(frozen=True)
class Panel:
    """
    One of several small maps.

    Parameters
    ----------
    heading
        What stands above it.
    assignment
        Municipality id to the id of its centre.
    note
        A line below the heading, such as the objective; empty for none.
    """

    heading: str
    assignment: Mapping[str, str]
    note: str = ""


def county_map(
    boundaries: Mapping[str, Any],
    territory: Territory,
    assignment: Mapping[str, str],
    *,
    language: str,
    title: str = "",
    description: str = "",
    names: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    flows: int = 0,
    overlay: Mapping[str, str] | None = None,
    overlay_name: str = "",
    width: float = 760.0,
    most_height: float = math.inf,
    font: str = SANS,
    key: str = "map",
    of_areas: bool = False,
) -> str:
    """
    Draw a county in blocks.

    Parameters
    ----------
    boundaries
        The study's GeoJSON, EPSG:4326.
    territory
        Names, administrative centres and commuters.
    assignment
        Municipality id to the id of its centre; who is missing is drawn in no block.
    language
        ``nb``, ``nn`` or ``en``.
    title, description
        For those who do not see the picture; made from the assignment where empty.
    names
        Centre to the name of its block in the legend; the centre's own name where it is missing.
    notes
        Centre to a short text beside its name in the legend, such as inhabitants.
    flows
        How many of the largest flows of commuters between municipalities and their centres are drawn; 0 for none.
    overlay
        Municipality id to the name of its block in another plan, whose borders are drawn on top; None for none.
    overlay_name
        What the other plan is called.
    width
        [px].
    most_height
        What the whole picture may take; a taller county is drawn smaller [px].
    font
        Font families, as CSS names them.
    key
        Starts every id in the picture, so that several can stand on one page.
    of_areas
        Whether the blocks are the areas of centres of gravity, which the legend then calls them.

    Returns
    -------
    SVG.
    """
    wording = Wording(language, "report")
    outlines = read_outlines(boundaries)
    styles, beneath = plan_styles(territory, assignment), 0.0
    while True:  # once more where the legend needs room below a tall map
        projection, height = fit_projection(
            outlines.rings(outlines.polygons), width=width, margin=MARGIN, most_height=most_height - beneath
        )
        sheet = MapSheet(outlines, territory, assignment, styles, projection, key, of_areas)
        ground = survey_ground(sheet.polygons, width, height)
        drawn_flows = find_largest_flows(sheet, flows)
        rows = _legend_rows(sheet, wording, names or {}, notes or {}, drawn_flows, overlay_name if overlay else "")
        legend, corner, below = seat_legend(rows, ground, len(sheet.centres), width, height)
        credit, total = draw_credit(outlines, wording, height + below)
        if total <= most_height or total - height <= beneath:
            break
        beneath = total - height
    wide, high = scale_bar_size(projection)
    taken = [corner] if corner else []
    bar = find_free_corner(ground, wide, high, width, height, taken) or Box(
        width - wide / 2, height - high / 2, wide, high
    )
    marks = [Box(*place, 15, 15) for place in sheet.marks]
    placed = place_names(names_to_place(sheet, ground), ground, blocks=assignment, taken=[*marks, *taken, bar])

    seat = (corner.x - corner.width / 2, corner.y - corner.height / 2) if corner else (0.0, height)
    parts = [
        f'<rect width="{width:g}" height="{height:.1f}" fill="{SEA}"/>',
        draw_land(sheet),
        draw_overlay(sheet, overlay or {}, rim=True),
        draw_borders(sheet, beneath_overlay=bool(overlay)),
        draw_overlay(sheet, overlay or {}),
        draw_flows(drawn_flows),
        draw_names(placed, [draw_centre(place) for place in sheet.marks]),
        draw_scale_bar((bar.x, bar.y), projection),
        draw_legend(legend, *seat, framed=corner is not None),
        credit,
    ]
    return wrap_map(
        "".join(parts),
        sheet.styles,
        sheet.centres,
        title or wording.say("Map of the blocks"),
        description or describe_map(territory, assignment, language=language, names=names),
        size=(width, total),
        font=font,
        key=key,
    )


def small_multiple_maps(
    boundaries: Mapping[str, Any],
    territory: Territory,
    panels: Sequence[Panel],
    *,
    language: str,
    title: str = "",
    description: str = "",
    columns: int = 2,
    width: float = 760.0,
    font: str = SANS,
    key: str = "maps",
) -> str:
    """
    Draw several divisions of a county side by side, each centre in the same colour and pattern in all.

    Parameters
    ----------
    boundaries
        The study's GeoJSON, EPSG:4326.
    territory
        Names and administrative centres.
    panels
        The divisions, in the order they are read.
    language
        ``nb``, ``nn`` or ``en``.
    title, description
        For those who do not see the picture; made from the panels where empty.
    columns
        How many stand beside one another.
    width
        [px].
    font
        Font families, as CSS names them.
    key
        Starts every id in the picture, so that several can stand on one page.

    Returns
    -------
    SVG.
    """
    wording = Wording(language, "report")
    outlines = read_outlines(boundaries)
    gap, head = 14.0, 36.0 if any(panel.note for panel in panels) else 21.0
    each = (width - gap * (columns - 1)) / columns
    small, high = fit_projection(outlines.rings(outlines.polygons), width=each, margin=8.0)
    ground: Ground | None = None

    parts = []
    drawn: dict[str, BlockStyle] = {}
    for i, panel in enumerate(panels):
        row, column = divmod(i, columns)
        styles = plan_styles(territory, panel.assignment)
        drawn |= {f"{style.colour} {style.pattern}": style for style in styles.values()}
        sheet = MapSheet(outlines, territory, panel.assignment, styles, small, key)
        ground = ground or survey_ground(sheet.polygons, each, high)
        named = [replace(n, size=SMALL_SIZE) for n in names_to_place(sheet, ground) if n.bold]
        marks = [Box(*place, 11, 11) for place in sheet.marks]
        placed = place_names(named, ground, blocks=panel.assignment, taken=marks)
        parts += [
            f'<g transform="translate({column * (each + gap):.1f} {row * (high + head + gap):.1f})">',
            draw_text(panel.heading, (0, 13), 13, bold=True),
            draw_text(panel.note, (0, 28), 10.5, colour="#4A5058") if panel.note else "",
            f'<g transform="translate(0 {head:g})"><rect width="{each:.1f}" height="{high:.1f}" fill="{SEA}"/>',
            draw_land(sheet),
            draw_borders(sheet, scale=0.62),
            draw_names(placed, [draw_centre(place, 0.72) for place in sheet.marks]),
            "</g></g>",
        ]

    bottom = -(-len(panels) // columns) * (high + head + gap) - gap
    credit, total = draw_credit(outlines, wording, bottom)
    described = " ".join(
        f"{panel.heading}: {describe_map(territory, panel.assignment, language=language)}" for panel in panels
    )
    return wrap_map(
        "".join([*parts, credit]),
        drawn,
        sorted(drawn),
        title or wording.say("Maps of the blocks"),
        description or described,
        size=(width, total),
        font=font,
        key=key,
    )


def describe_map(
    territory: Territory,
    assignment: Mapping[str, str],
    *,
    language: str,
    names: Mapping[str, str] | None = None,
    of_areas: bool = False,
) -> str:
    """
    Say in words what a map of blocks shows.

    Parameters
    ----------
    territory
        Names.
    assignment
        Municipality id to the id of its centre.
    language
        ``nb``, ``nn`` or ``en``.
    names
        Centre to the name of its block; the centre's own name where it is missing.
    of_areas
        Whether they are the areas of centres of gravity, and no blocks.

    Returns
    -------
    Sentences that name every block and its municipalities: the alternative text.
    """
    wording = Wording(language, "report")
    blocks: dict[str, list[str]] = {}
    for municipality, centre in sorted(assignment.items()):
        blocks.setdefault(centre, []).append(territory.names.get(municipality, municipality))
    said = [
        wording.say_many(
            "The map shows {count} municipality in {blocks}.",
            "The map shows {count} municipalities in {blocks}.",
            len(assignment),
            blocks=wording.say_many("{count} area", "{count} areas", len(blocks))
            if of_areas
            else wording.say_many("{count} block", "{count} blocks", len(blocks)),
        )
    ]
    for centre, members in sorted(blocks.items(), key=lambda item: (-len(item[1]), item[0])):
        name = (names or {}).get(centre, territory.names.get(centre, centre))
        said.append(f"{name}: {wording.join(members)}.")
    return " ".join(said)


def names_to_place(sheet: MapSheet, ground: Ground) -> list[Name]:
    """Return the names to be placed: centres first, then the smallest land first, which has least choice."""
    sizes = {i: int((ground.owners == place).sum()) for place, i in enumerate(ground.ids)}
    written = {i: shorten_name(sheet.territory.names.get(i, i)) for i in ground.ids}
    names = [
        Name(i, text, CENTRE_SIZE, bold=True) if i in sheet.centres else Name(i, text, NAME_SIZE)
        for i, text in written.items()
    ]
    return sorted(names, key=lambda n: (not n.bold, sizes[n.owner], n.owner))


def draw_names(placed: Sequence[PlacedName], marks: Sequence[str]) -> str:
    """Draw lines to names, then the marks of centres, then the names, each with a light rim."""
    parts = [draw_lines([p.leader], LEADER) for p in placed if p.leader]
    parts += marks
    for p in placed:
        at = (p.x, p.y + p.name.size * 0.36)
        parts.append(draw_text(p.name.text, at, p.name.size, bold=p.name.bold, anchor="middle", halo=2.6))
    return "".join(parts)


def _legend_rows(
    sheet: MapSheet,
    wording: Wording,
    names: Mapping[str, str],
    notes: Mapping[str, str],
    flows: Sequence[Flow],
    overlay_name: str,
) -> list[LegendRow]:
    """Return the legend's rows: the blocks in the order of their names' notes, then what marks and lines mean."""
    rows = []
    for centre in sorted(sheet.centres, key=lambda c: (c not in notes, list(notes).index(c) if c in notes else 0, c)):
        name = names.get(centre, sheet.territory.names.get(centre, centre))
        rows.append(LegendRow(shorten_name(name), draw_swatch(sheet.fill(centre), SWATCH), notes.get(centre, "")))
    if any(i not in sheet.assignment for i in sheet.outlines.polygons):
        rows.append(LegendRow(wording.say("In no block"), draw_swatch(UNASSIGNED.colour, SWATCH)))

    across = ((0.0, 0.0), (SWATCH, 0.0))
    kinds = {border.kind for border in sheet.outlines.borders}
    if sheet.marks:
        text = wording.say("Centre of an area") if sheet.of_areas else wording.say("Centre of a block")
        rows.append(LegendRow(text, draw_centre((SWATCH / 2, 0.0), 0.85)))
    text = wording.say("Border of an area") if sheet.of_areas else wording.say("Border of a block")
    rows.append(LegendRow(text, draw_lines([across], BLOCK[BorderKind.REAL])))
    if BorderKind.SEA in kinds:
        text = wording.say("Border of an area at sea") if sheet.of_areas else wording.say("Border of a block at sea")
        rows.append(LegendRow(text, draw_lines([across], BLOCK[BorderKind.SEA])))
    if BorderKind.INDICATIVE in kinds:
        dashed = draw_lines([across], replace(MUNICIPAL[BorderKind.INDICATIVE], width=1.2))
        rows.append(LegendRow(wording.say("Indicative border"), dashed))
    if overlay_name:
        rows.append(
            LegendRow(wording.say("Borders of {plan}", plan=shorten_name(overlay_name)), draw_overlay_sign(across))
        )
    if flows:
        most = flows[0].commuters
        for commuters in sorted({_round_down(most), _round_down(most / 4)}, reverse=True):
            text = wording.say("{count} commuters to and from the centre", count=wording.count(commuters))
            rows.append(LegendRow(text, draw_lines([across], flow_stroke(commuters, most))))
    return rows


def shorten_name(text: str) -> str:
    """Return a text that a map has room for."""
    text = clean(text)
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def _round_down(value: float) -> int:
    """Return the greatest of 1, 2, 5, 10, 20 … that is not above a value."""
    steps = [m * 10**e for e in range(9) for m in (1, 2, 5)]
    return max((s for s in steps if s <= value), default=1)


def seat_legend(
    rows: Sequence[LegendRow], ground: Ground, blocks: int, width: float, height: float
) -> tuple[Legend, Box | None, float]:
    """Return the legend, the free corner where it stands or None, and the height that it needs below the map."""
    if blocks <= MOST_IN_CORNER:
        for columns in (1, 2):
            legend = lay_out_legend(rows, width=width, columns=columns)
            corner = find_free_corner(ground, legend.width, legend.height, width, height)
            if corner:
                return legend, corner, 0.0
    legend = lay_out_legend(rows, width=width)
    return legend, None, legend.height


def find_free_corner(
    ground: Ground, wide: float, high: float, width: float, height: float, taken: Sequence[Box] = ()
) -> Box | None:
    """Return the first corner, from the upper left on, in which a box covers no land and no other box."""
    edge = 8.0
    left, right = edge + wide / 2, width - edge - wide / 2
    top, bottom = edge + high / 2, height - edge - high / 2
    for x, y in ((left, top), (right, bottom), (right, top), (left, bottom)):
        box = Box(x, y, wide, high)
        clear = all(abs(x - t.x) > (wide + t.width) / 2 or abs(y - t.y) > (high + t.height) / 2 for t in taken)
        if clear and ground.covers(box) == 0:
            return box
    return None


def draw_credit(outlines: Outlines, wording: Wording, top: float) -> tuple[str, float]:
    """Draw whom the outlines come from and what dashes mean; return that and the height of the whole picture [px]."""
    told = [*(given_text(source, wording.language) for source in outlines.sources), *outlines.licences]
    lines = [wording.say("Boundaries: {source}.", source=", ".join(told))] if told else []
    if any(border.kind is BorderKind.INDICATIVE for border in outlines.borders):
        lines.append(
            wording.say("Dashed borders are indicative: drawn by us where later mergers removed the true ones.")
        )
    drawn = [draw_text(line, (2, top + 13 + i * 12.5), 9.5, colour="#4A5058") for i, line in enumerate(lines)]
    return "".join(drawn), top + (len(lines) * 12.5 + 6 if lines else 0)


def wrap_map(
    body: str,
    styles: Mapping[str, BlockStyle],
    centres: Sequence[str],
    title: str,
    description: str,
    *,
    size: tuple[float, float],
    font: str,
    key: str,
) -> str:
    """Return the finished picture with its title, its description and the patterns that it uses."""
    drawn = [styles[c] for c in centres if PATTERNS[styles[c].pattern].path]
    patterns = "".join(draw_pattern(style, pattern_key(key, style)) for style in drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]:g}" height="{size[1]:.0f}" '
        f'viewBox="0 0 {size[0]:g} {size[1]:.0f}" role="img" aria-labelledby="{key}-title {key}-description" '
        f'font-family="{escape(font)}">'
        f'<title id="{key}-title">{escape(clean(title), quote=False)}</title>'
        f'<desc id="{key}-description">{escape(clean(description), quote=False)}</desc>'
        f"<defs>{patterns}</defs>{body}</svg>"
    )
