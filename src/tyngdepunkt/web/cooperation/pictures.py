"""
The network of cooperation as a picture: municipalities where they lie, lines between those that share arrangements.

A line is the thicker and darker the more the two share, and a circle the larger the more arrangements a municipality
takes part in. The table of pairs beside it says the same in numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from tyngdepunkt.web.cooperation.frame import Frame

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import Edge, Network

__all__ = ["LINES", "choose_threshold", "draw_network_picture"]

LINES = 90
"""Most lines that the picture draws until the reader says otherwise; more hide one another."""

_WIDTH, _MARGIN, _NAME = 900.0, 44.0, 13.0
_LABELS = "network-title network-text"
_TINTS = ("#9db7cf", "#6f97bd", "#3f74a8", "#0a4a86", "#002c54")


def choose_threshold(network: Network) -> int:
    """
    Return the fewest shared arrangements from which the picture draws a line, where the reader does not say.

    Parameters
    ----------
    network
        The network, most first.

    Returns
    -------
    The least number that leaves at most `LINES`.
    """
    if len(network.edges) <= LINES:
        return 1
    return network.edges[LINES].shared + 1


def draw_network_picture(
    frame: Frame, network: Network, *, least: int, blocks: Mapping[str, str], title: str, description: str
) -> str:
    """
    Draw the network.

    Parameters
    ----------
    frame
        Where the municipalities and the language are from.
    network
        The network.
    least
        Fewest shared arrangements of a line.
    blocks
        Municipality id to the colour of its block; empty without a plan.
    title, description
        For those who do not see it.

    Returns
    -------
    SVG without styles or scripts of its own; empty where no place is known.
    """
    places, height = _places(frame)
    if not places:
        return ""
    edges = [each for each in reversed(network.edges) if each.shared >= least and {each.a, each.b} <= places.keys()]
    most = max((each.shared for each in edges), default=1)
    parts = [
        f'<svg class="network" viewBox="0 0 {_WIDTH:g} {height:.0f}" role="img" aria-labelledby="{_LABELS}">',
        f'<title id="network-title">{escape(title)}</title><desc id="network-text">{escape(description)}</desc>',
        _land(frame, height),
        *(_draw_line(each, places, least, most) for each in edges),
        *_draw_nodes(frame, network, places, blocks),
        "</svg>",
    ]
    return "".join(parts)


def _draw_line(each: Edge, places: Mapping[str, tuple[float, float]], least: int, most: int) -> str:
    """Draw a line: width and tint by its number between the least and the most."""
    share = (each.shared - least) / max(1, most - least)
    (ax, ay), (bx, by) = places[each.a], places[each.b]
    tint = _TINTS[min(len(_TINTS) - 1, int(share * len(_TINTS)))]
    return (
        f'<line x1="{ax:.1f}" y1="{ay:.1f}" x2="{bx:.1f}" y2="{by:.1f}" stroke="{tint}" '
        f'stroke-width="{1 + 6 * share:.1f}" stroke-linecap="round"/>'
    )


def _draw_nodes(
    frame: Frame, network: Network, places: Mapping[str, tuple[float, float]], blocks: Mapping[str, str]
) -> list[str]:
    """Draw circles by the number of arrangements, and the names where they find room."""
    most = max(network.nodes.values(), default=1) or 1
    radii = {i: 4 + 8 * math.sqrt(network.nodes.get(i, 0) / most) for i in places}
    circles = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radii[i]:.1f}" fill="{blocks.get(i, "#f9c255")}" stroke="#16212b" '
        'stroke-width="1.5"/>'
        for i, (x, y) in places.items()
    ]
    return circles + _draw_names(frame.names, places, radii, network.nodes)


def _draw_names(
    names: Mapping[str, str],
    places: Mapping[str, tuple[float, float]],
    radii: Mapping[str, float],
    nodes: Mapping[str, int],
) -> list[str]:
    """Draw names beside their circles, those with most arrangements first; each at the side where it overlaps least."""
    taken = [(x - radii[i], y - radii[i], x + radii[i], y + radii[i]) for i, (x, y) in places.items()]
    drawn = []
    for i in sorted(places, key=lambda each: (-nodes.get(each, 0), each)):
        (x, y), radius, wide = places[i], radii[i] + 4, len(names[i]) * _NAME * 0.56
        seats = (
            (x + radius, y + _NAME * 0.35, "start", x + radius),
            (x - radius, y + _NAME * 0.35, "end", x - radius - wide),
            (x, y - radius, "middle", x - wide / 2),
            (x, y + radius + _NAME * 0.75, "middle", x - wide / 2),
        )
        boxes = [(left, top - _NAME * 0.8, left + wide, top + _NAME * 0.25) for _, top, _, left in seats]
        costs = [sum(_overlap(box, other) for other in taken) + _outside(box) for box in boxes]
        best = costs.index(min(costs))
        tx, ty, anchor, _ = seats[best]
        taken.append(boxes[best])
        drawn.append(
            f'<text x="{tx:.1f}" y="{ty:.1f}" text-anchor="{anchor}" font-size="{_NAME:g}" fill="#16212b" '
            f'stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke">{escape(names[i])}</text>'
        )
    return drawn


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """Return the area that two boxes have in common."""
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _outside(box: tuple[float, ...]) -> float:
    """Return a cost for a box that leaves the picture."""
    return 1e4 * (max(0.0, -box[0]) + max(0.0, box[2] - _WIDTH))


def _frame_of(frame: Frame) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of what is known of places [degrees]."""
    known = [
        (m.longitude, m.latitude) for m in frame.study.territory.municipalities if None not in (m.longitude, m.latitude)
    ]
    if not known:
        return None
    east = [float(x) for x, _ in known if x is not None]
    north = [float(y) for _, y in known if y is not None]
    return min(east), min(north), max(east), max(north)


def _project(frame: Frame) -> tuple[Any, float] | None:
    """Return what turns longitude and latitude into places on the picture, and its height."""
    found = _frame_of(frame)
    if found is None:
        return None
    west, south, east, north = found
    narrow = math.cos(math.radians((south + north) / 2))
    scale = (_WIDTH - 2 * _MARGIN) / max(1e-6, (east - west) * narrow)
    height = max(200.0, (north - south) * scale + 2 * _MARGIN)

    def place(longitude: float, latitude: float) -> tuple[float, float]:
        return _MARGIN + (longitude - west) * narrow * scale, _MARGIN + (north - latitude) * scale

    return place, height


def _places(frame: Frame) -> tuple[dict[str, tuple[float, float]], float]:
    """Return municipality id to its place on the picture, and the height of the picture."""
    found = _project(frame)
    if found is None:
        return {}, 0.0
    place, height = found
    return {
        m.id: place(m.longitude, m.latitude)
        for m in frame.study.territory.municipalities
        if m.longitude is not None and m.latitude is not None
    }, height


def _land(frame: Frame, height: float) -> str:
    """Draw sea and land below the network, as far as the study has outlines."""
    sea = f'<rect width="{_WIDTH:g}" height="{height:.0f}" rx="12" fill="#e8f0f5"/>'
    found = _project(frame)
    if frame.study.boundaries is None or found is None:
        return sea
    place, _ = found
    paths = []
    for feature in frame.study.boundaries["features"]:
        if feature["properties"].get("kind") != "municipality":
            continue
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for rings in polygons:
            for ring in rings:
                steps = [place(x, y) for x, y, *_ in ring]
                paths.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in steps) + "Z")
    return sea + f'<path d="{"".join(paths)}" fill="#fff" stroke="#c9d6e0" stroke-width="0.8" fill-rule="evenodd"/>'
