"""Shapes and texts as SVG, and the projection that brings degrees onto a page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from tyngdepunkt.report.outlines import Line, Point
from tyngdepunkt.report.palette import PATTERNS, TILE, BlockStyle
from tyngdepunkt.report.printable import clean

__all__ = [
    "SANS",
    "Projection",
    "Stroke",
    "draw_lines",
    "draw_path",
    "draw_pattern",
    "draw_text",
    "fit_projection",
    "path_data",
]

SANS = "Arial, Helvetica, 'Liberation Sans', sans-serif"
"""Fonts that letters are set in, the first that the machine has; none is fetched."""

KM_PER_DEGREE = 111.32
"""Length of a degree of latitude [km]."""

HALO = "#FFFFFF"


@dataclass(frozen=True)
class Projection:
    """
    Equirectangular, true in scale along the middle latitude: x = (λ − λ₀) · cos φₘ · s, y = (φ₁ − φ) · s.

    Parameters
    ----------
    west, north
        λ₀ and φ₁: what lies at the origin [degrees, EPSG:4326].
    middle
        φₘ [degrees].
    scale
        s: size of a degree of latitude [px].
    x, y
        Where the origin lies on the page [px].
    """

    west: float
    north: float
    middle: float
    scale: float
    x: float = 0.0
    y: float = 0.0

    def point(self, place: Point) -> Point:
        """Return the place on the page of a longitude and latitude [px]."""
        return (
            self.x + (place[0] - self.west) * math.cos(math.radians(self.middle)) * self.scale,
            self.y + (self.north - place[1]) * self.scale,
        )

    def line(self, line: Line) -> Line:
        """Return a line on the page [px]."""
        return tuple(self.point(place) for place in line)

    @property
    def pixels_per_km(self) -> float:
        """Size of a kilometre [px]."""
        return self.scale / KM_PER_DEGREE


@dataclass(frozen=True)
class Stroke:
    """
    How a line is drawn.

    Parameters
    ----------
    colour
        As ``#RRGGBB``.
    width
        [px].
    dashes
        Lengths of dash and gap by turns [px]; empty for an unbroken line.
    opacity
        0 to 1.
    """

    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    opacity: float = 1.0

    @property
    def attributes(self) -> str:
        """The stroke as SVG attributes."""
        text = f'fill="none" stroke="{self.colour}" stroke-width="{self.width:g}" stroke-linejoin="round"'
        if self.dashes:
            text += f' stroke-dasharray="{" ".join(f"{d:g}" for d in self.dashes)}"'
        if not self.dashes or min(self.dashes) < 1:
            text += ' stroke-linecap="round"'
        if self.opacity < 1:
            text += f' stroke-opacity="{self.opacity:g}"'
        return text


def fit_projection(lines: Iterable[Line], *, width: float, margin: float) -> tuple[Projection, float]:
    """
    Fit lines into a width.

    Parameters
    ----------
    lines
        What shall be seen [degrees, EPSG:4326].
    width
        Of the page [px].
    margin
        Left free on all sides [px].

    Returns
    -------
    projection
        From degrees to pixels.
    height
        Of the page [px].
    """
    points = [point for line in lines for point in line]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    middle = (south + north) / 2
    scale = (width - 2 * margin) / ((east - west) * math.cos(math.radians(middle)))
    return Projection(west, north, middle, scale, margin, margin), (north - south) * scale + 2 * margin


def path_data(lines: Iterable[Line]) -> str:
    """
    Return lines as SVG path data; a line that ends where it starts is closed.

    Parameters
    ----------
    lines
        [px].

    Returns
    -------
    The value of an attribute ``d``, rounded to a tenth of a pixel.
    """
    parts = []
    for line in lines:
        closed = line[0] == line[-1]
        points = [f"{x:.1f} {y:.1f}" for x, y in (line[:-1] if closed else line)]
        parts.append("M" + "L".join(points) + ("Z" if closed else ""))
    return "".join(parts)


def draw_path(lines: Iterable[Line], attributes: str) -> str:
    """Return lines as one path with the given attributes; nothing where there are none."""
    data = path_data(lines)
    return f'<path d="{data}" {attributes}/>' if data else ""


def draw_lines(lines: Iterable[Line], stroke: Stroke) -> str:
    """Return lines drawn with a stroke."""
    return draw_path(lines, stroke.attributes)


def draw_pattern(style: BlockStyle, key: str) -> str:
    """
    Return a block's fill as an SVG pattern.

    Parameters
    ----------
    style
        The style.
    key
        Id of the pattern in the picture.

    Returns
    -------
    A ``<pattern>`` to be put in ``<defs>``.
    """
    pattern = PATTERNS[style.pattern]
    strokes = (
        f'<path d="{pattern.path}" fill="none" stroke="{style.pattern_colour}" stroke-width="{pattern.width:g}" '
        'stroke-linecap="round"/>'
        if pattern.path
        else ""
    )
    return (
        f'<pattern id="{key}" patternUnits="userSpaceOnUse" width="{TILE}" height="{TILE}">'
        f'<rect width="{TILE}" height="{TILE}" fill="{style.colour}"/>{strokes}</pattern>'
    )


def draw_text(
    text: str,
    place: Point,
    size: float,
    *,
    bold: bool = False,
    anchor: str = "start",
    colour: str = "#141414",
    halo: float = 0.0,
) -> str:
    """
    Return a text.

    Parameters
    ----------
    text
        What is written.
    place
        Where its base line starts, ends or has its middle, as `anchor` says [px].
    size
        Of the letters [px].
    bold
        Whether it is bold.
    anchor
        ``start``, ``middle`` or ``end``.
    colour
        As ``#RRGGBB``.
    halo
        Width of the light rim around the letters [px]; 0 for none.

    Returns
    -------
    One or two ``<text>``: the rim is a text of its own, hidden from screen readers, since not every reader of SVG
    knows ``paint-order``.
    """
    attributes = f'x="{place[0]:.1f}" y="{place[1]:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
    if bold:
        attributes += ' font-weight="bold"'
    written = escape(clean(text), quote=False)
    rim = (
        f'<text {attributes} aria-hidden="true" fill="{HALO}" stroke="{HALO}" stroke-width="{halo:g}" '
        f'stroke-linejoin="round" stroke-opacity="0.85">{written}</text>'
        if halo
        else ""
    )
    return f'{rim}<text {attributes} fill="{colour}">{written}</text>'
