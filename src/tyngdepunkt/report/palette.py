"""
A colour and a pattern for every centre, the same wherever it is drawn.

Which centre has which style does not depend on how many centres there are, so a reader who moves k sees blocks grow and
vanish and no block change its clothes. No two municipalities share both colour and pattern: nine colours that stay
apart in every kind of colour vision, times eight patterns, then the same in paler tiers. Page, report and sheet
read this one table.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from tyngdepunkt.model import Territory

__all__ = [
    "COLOURS",
    "PATTERNS",
    "TILE",
    "UNASSIGNED",
    "BlockStyle",
    "Pattern",
    "block_style",
    "contrast",
    "plan_styles",
    "territory_styles",
]

TILE = 10
"""Side of the square that a pattern repeats [px]."""

COLOURS = ("#86B9F6", "#E99F78", "#F7E497", "#CE9DCD", "#7EE0C4", "#A4B8A2", "#D1CBF7", "#EFC1A3", "#B7F6C6")
"""
Fills. Found by search for the greatest least distance in OKLab under normal, protan, deutan and tritan vision
(Machado and others 2009, full severity), light enough for dark letters, away from the colour of the sea.
"""

INK = "#141414"
"""Colour of letters on any fill."""

_LEAST_CONTRAST = 4.5  # WCAG 2.1, success criterion 1.4.3: letters against what they stand on
_PATTERN_CONTRAST = 1.9  # pattern against its fill: seen at arm's length, yet calm
_LINEAR_BELOW = 0.04045  # of the sRGB curve
_PALER = 0.22  # share of white that each further tier of fills gets


@dataclass(frozen=True)
class Pattern:
    """
    Strokes that fill a square tile and repeat without a seam.

    Parameters
    ----------
    name
        What it is called.
    path
        SVG path data in a square of `TILE` by `TILE`; also what a canvas's ``Path2D`` reads. Drawn as strokes
        with round ends, not filled. Empty for none.
    width
        Width of the strokes [px of the tile].
    """

    name: str
    path: str
    width: float


PATTERNS: Mapping[str, Pattern] = {
    p.name: p
    for p in (
        Pattern("solid", "", 0.0),
        Pattern("diagonal", "M-2 2L2 -2M0 10L10 0M8 12L12 8", 1.5),
        Pattern("dots", "M2.5 2.5h.01M7.5 7.5h.01", 2.6),
        Pattern("horizontal", "M-1 2.5H11M-1 7.5H11", 1.3),
        Pattern("antidiagonal", "M-2 8L2 12M0 0L10 10M8 -2L12 2", 1.5),
        Pattern("crosshatch", "M0 10L10 0M0 0L10 10", 1.1),
        Pattern("vertical", "M2.5 -1V11M7.5 -1V11", 1.3),
        Pattern("waves", "M-5 5Q-2.5 10 0 5T5 5T10 5T15 5", 1.3),
    )
}
"""The patterns by name."""


@dataclass(frozen=True)
class BlockStyle:
    """
    How a block is drawn.

    Parameters
    ----------
    colour
        Fill, as ``#RRGGBB``.
    pattern
        Name of the pattern over it, a key of `PATTERNS`.
    pattern_colour
        Colour of the pattern's strokes, as ``#RRGGBB``.
    ink
        Colour of letters, as ``#RRGGBB``: contrast of 4.5 or more against fill and strokes.
    """

    colour: str
    pattern: str
    pattern_colour: str
    ink: str = INK


UNASSIGNED = BlockStyle("#F2EFE9", "solid", "#D5D0C6")
"""For municipalities that lie in no block."""


def block_style(centre_id: str, all_centre_ids: Sequence[str]) -> BlockStyle:
    """
    Return a centre's style among a list of municipalities, by its place in the list.

    `territory_styles` knows who lies beside whom and is to be preferred; report and page use that.

    Parameters
    ----------
    centre_id
        Id of the centre.
    all_centre_ids
        Ids of all municipalities that could be centres, always in the same order.

    Returns
    -------
    The style; no other id of the list has the same.

    Raises
    ------
    ValueError
        Where the id is not in the list.
    """
    tier, within = divmod(all_centre_ids.index(centre_id), len(COLOURS) * len(PATTERNS))
    turn, colour = divmod(within, len(COLOURS))
    return _style(tier, (colour + turn) % len(PATTERNS), colour)


def territory_styles(territory: Territory) -> Mapping[str, BlockStyle]:
    """
    Return the style of every municipality of a territory, should it be a centre.

    From the most populous on, each gets the colour and the pattern that are farthest, over the borders, from those who
    already have them, and rather shares with a small one than with a large one, whose block reaches far. So
    neighbours seldom share either, and the most likely centres do not share a colour.

    Parameters
    ----------
    territory
        Municipalities with their inhabitants and borders; the order of rows does not matter.

    Returns
    -------
    Municipality id to style; no two are the same.
    """
    ranked = sorted(territory.municipalities, key=lambda m: (-m.population, m.id))
    borders = frozenset((link.a, link.b) for link in territory.links)
    return _spread_styles(tuple((m.id, m.population) for m in ranked), borders)


def plan_styles(territory: Territory, assignment: Mapping[str, str]) -> Mapping[str, BlockStyle]:
    """
    Return the style of every block of a plan.

    It is that of `territory_styles`, but where there are so many municipalities that some differ in nothing but how
    pale they are: there a block that would look like one beside it takes another, and the larger of the two keeps its
    own.

    Parameters
    ----------
    territory
        Municipalities with their inhabitants and borders.
    assignment
        Municipality id to the id of its centre.

    Returns
    -------
    Centre id to style. No two are the same, and blocks that border on each other seldom share a colour or a pattern,
    never both.
    """
    ranked = sorted(territory.municipalities, key=lambda m: (-m.population, m.id))
    borders = frozenset((link.a, link.b) for link in territory.links)
    places = _spread_places(tuple((m.id, m.population) for m in ranked), borders)
    blocks = dict.fromkeys(m.id for m in ranked if assignment.get(m.id) == m.id)
    if len(ranked) <= len(COLOURS) * len(PATTERNS):
        return {centre: _style(*places[centre]) for centre in blocks}
    beside: dict[str, set[str]] = {centre: set() for centre in blocks}
    for a, b in borders:
        one, other = assignment.get(a), assignment.get(b)
        if one is not None and other is not None and one != other:
            beside[one].add(other)
            beside[other].add(one)
    tiers = 2 + len(blocks) // (len(COLOURS) * len(PATTERNS))
    every = list(product(range(tiers), range(len(PATTERNS)), range(len(COLOURS))))
    taken: dict[str, tuple[int, int, int]] = {}
    for centre in blocks:
        near = tuple(taken[other] for other in beside[centre] if other in taken)
        own, used = places[centre], set(taken.values())
        if own in used or any(own[1] == pattern or own[2] == colour for _, pattern, colour in near):
            own = min((each for each in every if each not in used), key=lambda each: (_likeness(each, near), each))
        taken[centre] = own
    return {centre: _style(*place) for centre, place in taken.items()}


def _likeness(place: tuple[int, int, int], near: Iterable[tuple[int, int, int]]) -> int:
    """Return how much a style looks like those beside it: both colour and pattern weigh far more than either."""
    alike = [(place[1] == pattern) + (place[2] == colour) for _, pattern, colour in near]
    return sum(alike) + 100 * alike.count(2)


def contrast(one: str, other: str) -> float:
    """
    Return the contrast of two colours, 1 to 21, as WCAG 2.1 defines it.

    Parameters
    ----------
    one, other
        As ``#RRGGBB``.

    Returns
    -------
    (L₁ + 0.05) / (L₂ + 0.05), L₁ the relative luminance of the lighter.
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=16)
def _spread_styles(
    ranked: tuple[tuple[str, int], ...], borders: frozenset[tuple[str, str]]
) -> Mapping[str, BlockStyle]:
    """Give styles in the order of rank."""
    return {i: _style(*place) for i, place in _spread_places(ranked, borders).items()}


@lru_cache(maxsize=16)
def _spread_places(
    ranked: tuple[tuple[str, int], ...], borders: frozenset[tuple[str, str]]
) -> Mapping[str, tuple[int, int, int]]:
    """Give tier, pattern and colour in the order of rank, each as far as can be from its like."""
    near: dict[str, set[str]] = {i: set() for i, _ in ranked}
    for a, b in borders:
        near[a].add(b)
        near[b].add(a)
    weight = {i: 0.25 + (population / max(1, ranked[0][1])) ** 0.5 for i, population in ranked}

    places: dict[str, tuple[int, int, int]] = {}
    tiers = -(-len(ranked) // (len(COLOURS) * len(PATTERNS)))
    free = np.array(list(product(range(tiers), range(len(PATTERNS)), range(len(COLOURS)))))
    position = {i: place for place, (i, _) in enumerate(ranked)}
    pattern_cost = np.zeros((len(ranked), len(PATTERNS)))
    colour_cost = np.zeros((len(ranked), len(COLOURS)))
    for i, _ in ranked:
        costs = free[:, 0] + pattern_cost[position[i], free[:, 1]] + colour_cost[position[i], free[:, 2]]
        cheapest = int(costs.argmin())
        place = tuple(free[cheapest].tolist())
        places[i] = place
        _, pattern, colour = place
        free = np.delete(free, cheapest, axis=0)
        # One for being used at all, so that unused ones go first; more the nearer and larger the user.
        steps = np.full(len(ranked), float(len(ranked)))
        for other, count in _count_steps(i, near).items():
            steps[position[other]] = max(1, count)
        closeness = weight[i] * (1 + 5 / steps**1.5)
        pattern_cost[:, pattern] += closeness
        colour_cost[:, colour] += 2 * closeness
    return places


@lru_cache(maxsize=1024)
def _style(tier: int, pattern: int, colour: int) -> BlockStyle:
    """Return the style of a pattern and a colour, paler for each tier."""
    fill = _mix(COLOURS[colour], "#FFFFFF", 1 - (1 - _PALER) ** tier)
    return BlockStyle(fill, list(PATTERNS)[pattern], _pattern_colour(fill))


def _count_steps(start: str, near: Mapping[str, set[str]]) -> dict[str, int]:
    """Return the number of borders from one municipality to each that can be reached."""
    steps = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for beside in near[here]:
            if beside not in steps:
                steps[beside] = steps[here] + 1
                queue.append(beside)
    return steps


@lru_cache(maxsize=256)
def _pattern_colour(fill: str) -> str:
    """Return a darker shade of the fill for its pattern, or a lighter one where a darker would swallow letters."""
    for towards in ("#000000", "#FFFFFF"):
        for step in range(1, 100):
            stroke = _mix(fill, towards, step / 100)
            if contrast(fill, stroke) >= _PATTERN_CONTRAST:
                if contrast(stroke, INK) >= _LEAST_CONTRAST:
                    return stroke
                break
    return _mix(fill, "#FFFFFF", 0.8)


def _mix(one: str, other: str, share: float) -> str:
    """Return one colour with a share of another, in sRGB."""
    parts = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


def _channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.1)."""
    shares = [v / 255 for v in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
