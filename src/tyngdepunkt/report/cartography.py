"""What is drawn on a map: land in blocks, borders, centres, flows of commuters, the plan laid over it, the scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tyngdepunkt.model import Territory
from tyngdepunkt.report.drawing import Projection, Stroke, draw_lines, draw_path, draw_text
from tyngdepunkt.report.outlines import BorderKind, Line, Outlines, Point, trace_block
from tyngdepunkt.report.palette import PATTERNS, UNASSIGNED, BlockStyle

__all__ = [
    "BLOCK",
    "DARK",
    "MUNICIPAL",
    "SEA",
    "Flow",
    "MapSheet",
    "draw_borders",
    "draw_centre",
    "draw_flows",
    "draw_land",
    "draw_overlay",
    "draw_overlay_sign",
    "draw_scale_bar",
    "draw_swatch",
    "find_largest_flows",
    "flow_stroke",
    "pattern_key",
    "scale_bar_size",
]

SEA = "#E8F0F5"
DARK = "#1C252D"
COAST = Stroke("#5F6E7A", 0.6)
MUNICIPAL = {
    BorderKind.REAL: Stroke("#3A444D", 0.8),
    BorderKind.INDICATIVE: Stroke("#3A444D", 0.9, (3.2, 2.4)),
}
BLOCK = {
    BorderKind.REAL: Stroke(DARK, 2.2),
    BorderKind.INDICATIVE: Stroke(DARK, 2.2, (6.0, 3.6)),
    BorderKind.SEA: Stroke(DARK, 1.7, (0.1, 3.8)),
}
OVERLAY = Stroke("#C2006B", 2.0, (9.0, 3.0))
OVERLAY_RIM = Stroke("#FFFFFF", 4.4, (), 0.9)
BENEATH_OVERLAY = 2.3
"""How much wider blocks' borders are when another plan's are drawn on top, so that both are seen where they meet."""
FLOW = "#16324A"
WIDEST_FLOW, NARROWEST_FLOW = 7.0, 0.8
BAR_HALVES_KM = (2, 5, 10, 25, 50, 100, 200, 500)
"""Lengths that half a scale bar may stand for [km]."""
BAR_HALF_PX = 34.0
"""Least length of half a scale bar: its three labels need that much [px]."""


@dataclass(frozen=True, eq=False)
class MapSheet:
    """
    What the drawing of a map rests on.

    Parameters
    ----------
    outlines
        Polygons and borders.
    territory
        Names, administrative centres and commuters.
    assignment
        Municipality id to the id of its centre.
    styles
        Municipality id to the style of its block, were it a centre.
    projection
        From degrees to pixels.
    key
        Starts every id in the picture.
    of_areas
        Whether what is drawn are the areas of centres of gravity, and no blocks.
    """

    outlines: Outlines
    territory: Territory
    assignment: Mapping[str, str]
    styles: Mapping[str, BlockStyle]
    projection: Projection
    key: str
    of_areas: bool = False

    @property
    def centres(self) -> tuple[str, ...]:
        """Ids of the centres, in order."""
        return tuple(sorted(set(self.assignment.values())))

    @cached_property
    def polygons(self) -> dict[str, list[list[Line]]]:
        """Municipality id to its polygons on the page [px]."""
        return {
            municipality: [[self.projection.line(ring) for ring in polygon] for polygon in polygons]
            for municipality, polygons in self.outlines.polygons.items()
        }

    @property
    def marks(self) -> list[Point]:
        """Where the blocks' centres are marked [px]; those whose place the study does not tell are left out."""
        return [place for centre in self.centres if (place := self.place(centre))]

    def fill(self, centre: str) -> str:
        """Return the value of a fill for a block."""
        style = self.styles[centre]
        return f"url(#{pattern_key(self.key, style)})" if PATTERNS[style.pattern].path else style.colour

    def place(self, municipality: str) -> Point | None:
        """Return where an administrative centre lies on the page [px]; None where the study does not tell."""
        at = self.territory.position.get(municipality)
        found = None if at is None else self.territory.municipalities[at]
        if found is None or found.longitude is None or found.latitude is None:
            return None
        return self.projection.point((found.longitude, found.latitude))


def pattern_key(key: str, style: BlockStyle) -> str:
    """
    Return the id of a style's pattern in a picture.

    Parameters
    ----------
    key
        Starts every id in the picture.
    style
        The style.

    Returns
    -------
    An id of letters, digits and hyphens after the key.
    """
    return f"{key}-{style.pattern}-{style.colour.removeprefix('#')}"


@dataclass(frozen=True)
class Flow:
    """
    Commuters between a municipality and the centre of its block.

    Parameters
    ----------
    commuters
        Both ways added [persons].
    start, end
        The two on the page [px].
    """

    commuters: int
    start: Point
    end: Point


def draw_land(sheet: MapSheet) -> str:
    """
    Fill every block as one shape, and what lies in none in grey.

    Parameters
    ----------
    sheet
        The map.

    Returns
    -------
    SVG.
    """
    parts = []
    for centre in sheet.centres:
        members = [i for i, c in sheet.assignment.items() if c == centre]
        rings = [sheet.projection.line(ring) for ring in trace_block(sheet.outlines, members)]
        parts.append(draw_path(rings, f'fill="{sheet.fill(centre)}" fill-rule="evenodd"'))
    left = [i for i in sheet.outlines.polygons if i not in sheet.assignment]
    rings = [sheet.projection.line(ring) for ring in trace_block(sheet.outlines, left)]
    parts.append(draw_path(rings, f'fill="{UNASSIGNED.colour}" fill-rule="evenodd"'))
    return "".join(parts)


def draw_borders(sheet: MapSheet, *, scale: float = 1.0, beneath_overlay: bool = False) -> str:
    """
    Draw the coast, the municipalities' borders, and on top the blocks' borders.

    Parameters
    ----------
    sheet
        The map.
    scale
        Of widths and dashes.
    beneath_overlay
        Whether another plan's borders will be drawn on top; then the blocks' are wider.

    Returns
    -------
    SVG.
    """
    between_blocks = set(sheet.outlines.between(sheet.assignment))
    thin: dict[BorderKind, list[Line]] = {kind: [] for kind in BorderKind}
    thick: dict[BorderKind, list[Line]] = {kind: [] for kind in BorderKind}
    for border in sheet.outlines.borders:
        layer = thick if border in between_blocks else thin
        layer[border.kind].extend(sheet.projection.line(line) for line in border.lines)

    heavy = scale * (BENEATH_OVERLAY if beneath_overlay else 1.0)
    strokes = [(thin[BorderKind.OUTER], COAST, scale)]
    strokes += [(thin[kind], stroke, scale) for kind, stroke in MUNICIPAL.items()]
    strokes += [(thick[kind], stroke, heavy) for kind, stroke in BLOCK.items()]
    return "".join(
        draw_lines(lines, replace(s, width=s.width * wider, dashes=tuple(d * wider for d in s.dashes)))
        for lines, s, wider in strokes
    )


def draw_overlay(sheet: MapSheet, blocks: Mapping[str, str], *, rim: bool = False) -> str:
    """
    Draw the borders of another plan.

    Parameters
    ----------
    sheet
        The map.
    blocks
        Municipality id to its block in that plan; nothing is drawn where it is empty.
    rim
        Whether the light rim beneath the lines is drawn instead of the lines.

    Returns
    -------
    SVG.
    """
    lines = [sheet.projection.line(line) for border in sheet.outlines.between(blocks) for line in border.lines]
    return draw_lines(lines, OVERLAY_RIM if rim else OVERLAY)


def draw_overlay_sign(line: Line) -> str:
    """
    Draw a border of another plan for the legend.

    Parameters
    ----------
    line
        [px].

    Returns
    -------
    SVG.
    """
    return draw_lines([line], OVERLAY_RIM) + draw_lines([line], OVERLAY)


def draw_centre(place: Point, scale: float = 1.0) -> str:
    """
    Draw the mark of a block's centre: a ring with a dot.

    Parameters
    ----------
    place
        [px].
    scale
        Of the mark.

    Returns
    -------
    SVG.
    """
    x, y = place
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{5.4 * scale:.1f}" fill="#FFFFFF" stroke="{DARK}" '
        f'stroke-width="{1.8 * scale:.1f}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="{2.3 * scale:.1f}" fill="{DARK}"/>'
    )


def draw_swatch(fill: str, width: float) -> str:
    """
    Draw a fill for the legend.

    Parameters
    ----------
    fill
        Value of a fill.
    width
        [px].

    Returns
    -------
    SVG.
    """
    return f'<rect y="-5.5" width="{width:g}" height="11" fill="{fill}" stroke="{DARK}" stroke-width="0.6"/>'


def find_largest_flows(sheet: MapSheet, number: int) -> list[Flow]:
    """
    Find the largest flows between municipalities and their centres.

    Parameters
    ----------
    sheet
        The map.
    number
        How many at most.

    Returns
    -------
    The largest first, ties by id; municipalities whose place is not told are left out.
    """
    found = []
    position, commuters = sheet.territory.position, sheet.territory.commuters
    for i, c in sorted(sheet.assignment.items()):
        start, end = sheet.place(i), sheet.place(c)
        if i == c or start is None or end is None:
            continue
        a, b = position[i], position[c]
        found.append(Flow(int(commuters[a, b] + commuters[b, a]), start, end))
    return sorted((f for f in found if f.commuters), key=lambda f: -f.commuters)[: max(0, number)]


def flow_stroke(commuters: float, most: float) -> Stroke:
    """
    Return the stroke of a flow: its width in proportion to the commuters.

    Parameters
    ----------
    commuters
        [persons].
    most
        Those of the largest flow on the map [persons].

    Returns
    -------
    The stroke.
    """
    return Stroke(FLOW, max(NARROWEST_FLOW, WIDEST_FLOW * commuters / most), (), 0.8)


def draw_flows(flows: Sequence[Flow]) -> str:
    """
    Draw flows as straight lines with a light rim.

    Parameters
    ----------
    flows
        The largest first, so that small ones stay seen.

    Returns
    -------
    SVG.
    """
    parts = []
    for flow in flows:
        stroke = flow_stroke(flow.commuters, flows[0].commuters)
        line = (flow.start, flow.end)
        parts.append(draw_lines([line], Stroke("#FFFFFF", stroke.width + 1.6, (), 0.75)))
        parts.append(draw_lines([line], stroke))
        parts.append(f'<circle cx="{flow.start[0]:.1f}" cy="{flow.start[1]:.1f}" r="2.2" fill="{FLOW}"/>')
    return "".join(parts)


def scale_bar_size(projection: Projection) -> tuple[float, float]:
    """
    Return how much room the scale bar needs.

    Parameters
    ----------
    projection
        Of the map.

    Returns
    -------
    Width and height [px].
    """
    return 2 * _bar_half(projection) * projection.pixels_per_km + 60, 34.0


def _bar_half(projection: Projection) -> int:
    """Return what half the scale bar stands for: the shortest length on which its labels do not meet [km]."""
    fitting = (km for km in BAR_HALVES_KM if km * projection.pixels_per_km >= BAR_HALF_PX)
    return next(fitting, BAR_HALVES_KM[-1])


def draw_scale_bar(middle: Point, projection: Projection) -> str:
    """
    Draw a bar with its middle and its end told in kilometres.

    Parameters
    ----------
    middle
        [px].
    projection
        Of the map.

    Returns
    -------
    SVG.
    """
    kilometres = _bar_half(projection)
    half = kilometres * projection.pixels_per_km
    x, y = middle[0] - half, middle[1] + 6
    light = f'height="4" fill="#FFFFFF" stroke="{DARK}" stroke-width="0.8"'
    parts = [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{2 * half:.1f}" {light}/>',
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{half:.1f}" height="4" fill="{DARK}"/>',
    ]
    for i, text in enumerate(("0", f"{kilometres}", f"{2 * kilometres} km")):
        parts.append(draw_text(text, (x + i * half, y - 4), 9.5, anchor="middle"))
    return "".join(parts)
