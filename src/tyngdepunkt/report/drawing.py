"""Shapes and texts as SVG, and the projection that brings degrees onto a page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape

from tyngdepunkt.report.outlines import Line, Point
from tyngdepunkt.report.palette import PATTERNS, TILE, BlockStyle
from tyngdepunkt.report.printable import clean

__all__ = [
    "SANS",
    "ConicProjection",
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

_TALL = 5.0
"""Degrees of latitude from which east and west would be stretched by more than a tenth without a cone."""


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

    def plane(self, place: Point) -> Point:
        """Return how far east and north of the origin a longitude and latitude lie [degrees of latitude]."""
        return (place[0] - self.west) * math.cos(math.radians(self.middle)), place[1] - self.north

    def point(self, place: Point) -> Point:
        """Return the place on the page of a longitude and latitude [px]."""
        east, north = self.plane(place)
        return self.x + east * self.scale, self.y - north * self.scale

    def line(self, line: Line) -> Line:
        """Return a line on the page [px]."""
        return tuple(self.point(place) for place in line)

    @property
    def pixels_per_km(self) -> float:
        """Size of a kilometre [px]."""
        return self.scale / KM_PER_DEGREE

    def magnify(self, corner: Point, times: float, onto: Point) -> Projection:
        """Return the projection in which a corner on the page lies elsewhere and all is so many times as large."""
        x, y = onto[0] + (self.x - corner[0]) * times, onto[1] + (self.y - corner[1]) * times
        return replace(self, scale=self.scale * times, x=x, y=y)


@dataclass(frozen=True)
class ConicProjection(Projection):
    """
    Lambert's conformal cone on a sphere, for land that reaches over many degrees of latitude.

    With φ₁ and φ₂ the parallels: n = ln(cos φ₁ / cos φ₂) / ln(t(φ₂) / t(φ₁)), t(φ) = tan(45° + φ/2);
    ρ(φ) = cos φ₁ · (t(φ₁) / t(φ))ⁿ / n; east = ρ(φ) · sin n(λ - λ₀), north = ρ(φ₀) - ρ(φ) · cos n(λ - λ₀).

    Parameters
    ----------
    parallels
        φ₁ and φ₂, along which the scale is true [degrees].
    """

    parallels: tuple[float, float] = (0.0, 0.0)

    @cached_property
    def cone(self) -> tuple[float, float]:
        """Share n of a turn that the cone has, and cos φ₁ · t(φ₁)ⁿ / n."""
        first, second = (math.radians(each) for each in self.parallels)
        n = math.log(math.cos(first) / math.cos(second)) / math.log(_stretch(second) / _stretch(first))
        return n, math.cos(first) * _stretch(first) ** n / n

    @cached_property
    def top(self) -> float:
        """Distance ρ(φ₀) of the origin from the tip of the cone [radii of the Earth]."""
        return self.radius(self.north)

    def radius(self, latitude: float) -> float:
        """Return ρ, how far from the tip of the cone a latitude lies [radii of the Earth]."""
        n, size = self.cone
        return float(size / _stretch(math.radians(latitude)) ** n)

    def plane(self, place: Point) -> Point:
        """Return how far east and north of the origin a longitude and latitude lie [degrees of latitude]."""
        turned = self.cone[0] * math.radians(place[0] - self.west)
        here = self.radius(place[1])
        return math.degrees(here * math.sin(turned)), math.degrees(self.top - here * math.cos(turned))


def _stretch(latitude: float) -> float:
    """Return tan(45° + φ/2) of a latitude [radians]."""
    return math.tan(math.pi / 4 + latitude / 2)


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


def fit_projection(
    lines: Iterable[Line], *, width: float, margin: float, most_height: float = math.inf
) -> tuple[Projection, float]:
    """
    Fit lines into a width, and into a height where one is given.

    Parameters
    ----------
    lines
        What shall be seen [degrees, EPSG:4326].
    width
        Of the page [px].
    margin
        Left free on all sides [px].
    most_height
        Of the page; what is taller is drawn smaller, in the middle of the width [px].

    Returns
    -------
    projection
        From degrees to pixels; on a cone where the lines reach over `_TALL` degrees of latitude or more.
    height
        Of the page [px].
    """
    points = {point for line in lines for point in line}
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    plain = Projection(west, north, (south + north) / 2, 1.0)
    if north - south >= _TALL:
        sixth = (north - south) / 6
        plain = ConicProjection((west + east) / 2, north, plain.middle, 1.0, parallels=(south + sixth, north - sixth))
    laid = [plain.plane(point) for point in points]
    left, right = min(p[0] for p in laid), max(p[0] for p in laid)
    low, high = min(p[1] for p in laid), max(p[1] for p in laid)
    scale = min((width - 2 * margin) / (right - left), (most_height - 2 * margin) / max(high - low, 1e-9))
    x = (width - (right - left) * scale) / 2 - left * scale
    fitted = replace(plain, scale=scale, x=x, y=margin + high * scale)
    return fitted, (high - low) * scale + 2 * margin


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
