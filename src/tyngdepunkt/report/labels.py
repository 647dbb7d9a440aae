"""
Places for names on a map: within their own land where there is room, else in the sea beside it with a line to it.

Every name has a cost at every place of a coarse grid: other land or sea beneath it, distance from its land, other names
and markers that it would cover. Each in turn takes its cheapest place, round after round, until none wants
to move. No chance is involved: the same map comes out each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.report.outlines import Line, Point

__all__ = ["CELL", "Box", "Ground", "Name", "PlacedName", "fits_within", "place_names", "survey_ground", "text_width"]

CELL = 3.0
"""Side of the squares in which places are weighed [px]."""

_ROUNDS = 12
_OTHER_BLOCK, _OTHER_LAND, _SEA = 9.0, 5.0, 1.6  # cost of covering it altogether
_TOUCHED, _COVERED = 2.0, 40.0  # cost of touching another name or a mark, and of covering it altogether
_FAR_INSIDE, _FAR_OUTSIDE = 0.008, 0.06  # cost of a pixel's distance from the middle of one's land
_FITS_FROM = 0.93  # share of a name on its own land from which the land has room for it
_LEADER_FROM = 0.12  # share of a name on its own land below which a line leads to it


@dataclass(frozen=True)
class Box:
    """
    An upright rectangle.

    Parameters
    ----------
    x, y
        Its middle [px].
    width, height
        [px].
    """

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Name:
    """
    A name that seeks a place.

    Parameters
    ----------
    owner
        Id of the municipality that it names.
    text
        What is written.
    size
        Height of the letters [px].
    bold
        Whether it is set bold.
    """

    owner: str
    text: str
    size: float
    bold: bool = False

    @property
    def width(self) -> float:
        """Room that the text needs [px]."""
        return text_width(self.text, self.size, bold=self.bold)


@dataclass(frozen=True)
class PlacedName:
    """
    A name with its place.

    Parameters
    ----------
    name
        The name.
    x, y
        Its middle [px].
    leader
        Line from the name to the land, where the name lies off it; None where not needed.
    """

    name: Name
    x: float
    y: float
    leader: tuple[Point, Point] | None


@dataclass(frozen=True, eq=False)
class Ground:
    """
    Who owns each square of the map.

    Parameters
    ----------
    ids
        Municipality ids; an owner is its place among them.
    owners
        Owner of each square, −1 for sea, shape (rows, columns).
    middles
        Municipality id to the point of its land that is farthest from its edges, roughly [px].
    """

    ids: tuple[str, ...]
    owners: NDArray[np.int16]
    middles: Mapping[str, Point]

    def covers(self, box: Box) -> float:
        """Return the share of a box that is land, 0 to 1; a box that sticks out of the map counts as land."""
        rows, columns = self.owners.shape
        left, right = int((box.x - box.width / 2) / CELL), int((box.x + box.width / 2) / CELL) + 1
        top, bottom = int((box.y - box.height / 2) / CELL), int((box.y + box.height / 2) / CELL) + 1
        if left < 0 or top < 0 or right > columns or bottom > rows:
            return 1.0
        return float((self.owners[top:bottom, left:right] >= 0).mean())


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """
    Estimate how wide a text is in a common sans serif.

    Parameters
    ----------
    text
        The text.
    size
        Height of the letters [px].
    bold
        Whether it is set bold.

    Returns
    -------
    Width [px], rather too wide than too narrow.
    """
    wide = sum(0.32 if c in "iljtfrI.,:;'|()- \u202f\u00a0" else 0.88 if c in "mwMWÆæ%—" else 0.6 for c in text)
    return wide * size * (1.08 if bold else 1.0)


def survey_ground(polygons: Mapping[str, Sequence[Sequence[Line]]], width: float, height: float) -> Ground:
    """
    Lay the grid over the map.

    Parameters
    ----------
    polygons
        Municipality id to its polygons, each a sequence of rings [px].
    width, height
        Size of the map [px].

    Returns
    -------
    The ground.
    """
    rows, columns = int(height / CELL) + 1, int(width / CELL) + 1
    owners = np.full((rows, columns), -1, dtype=np.int16)
    ids = tuple(sorted(polygons))
    middles = {}
    for place, municipality in enumerate(ids):
        for polygon in polygons[municipality]:
            _fill(owners, polygon, place)
        first = polygons[municipality][0][0] if polygons[municipality] else ((0.0, 0.0),)
        middles[municipality] = _find_middle(owners == place, first)
    return Ground(ids, owners, middles)


def place_names(
    names: Sequence[Name], ground: Ground, *, blocks: Mapping[str, str], taken: Iterable[Box] = ()
) -> tuple[PlacedName, ...]:
    """
    Find a place for every name.

    Parameters
    ----------
    names
        The names; an earlier one chooses first.
    ground
        Who owns what.
    blocks
        Municipality id to its block: a name rather covers its own block than another.
    taken
        What must not be covered: markers, the legend.

    Returns
    -------
    The names with their places, in the order given.
    """
    fixed = [_fixed_cost(name, ground, blocks) for name in names]
    obstacles = tuple(taken)
    fixed = [cost + _covering(name, ground, obstacles) for name, cost in zip(names, fixed, strict=True)]
    places: list[Point | None] = [None] * len(names)
    for _ in range(_ROUNDS):
        before = list(places)
        for i, name in enumerate(names):
            others = tuple(
                Box(*place, other.width, other.size * 1.15)
                for j, (other, place) in enumerate(zip(names, places, strict=True))
                if j != i and place is not None
            )
            cost = fixed[i] + _covering(name, ground, others)
            row, column = divmod(int(np.argmin(cost)), cost.shape[1])
            places[i] = ((column + 0.5) * CELL, (row + 0.5) * CELL)
        if places == before:
            break
    return tuple(
        PlacedName(name, *place, _lead(name, place, ground))
        for name, place in zip(names, places, strict=True)
        if place is not None
    )


def fits_within(name: Name, ground: Ground) -> bool:
    """
    Tell whether a name has room on its own land.

    Parameters
    ----------
    name
        The name.
    ground
        Who owns what.

    Returns
    -------
    Whether there is a place where hardly any of it reaches beyond.
    """
    own = ground.owners == ground.ids.index(name.owner)
    return bool(_share_beneath(name, own).max() >= _FITS_FROM)


def _fixed_cost(name: Name, ground: Ground, blocks: Mapping[str, str]) -> NDArray[np.float64]:
    """Return what each place costs a name before other names are thought of, shape (rows, columns)."""
    own = ground.ids.index(name.owner)
    alike = [i for i, other in enumerate(ground.ids) if blocks.get(other) == blocks.get(name.owner, "")]
    share = _share_beneath(name, ground.owners == own)
    sea = _share_beneath(name, ground.owners < 0)
    kin = _share_beneath(name, np.isin(ground.owners, alike)) - share
    strangers = np.clip(1 - share - sea - kin, 0, 1)

    rows, columns = ground.owners.shape
    y, x = np.mgrid[0:rows, 0:columns] * CELL + CELL / 2
    middle = ground.middles[name.owner]
    # Sideways a name reaches toward its land by half its width.
    aside = np.clip(np.abs(x - middle[0]) - name.width / 2 * (share < _LEADER_FROM), 0, None)
    distance = np.hypot(aside, y - middle[1])
    cost = _SEA * sea + _OTHER_LAND * kin + _OTHER_BLOCK * strangers
    cost += distance * (_FAR_INSIDE + (_FAR_OUTSIDE - _FAR_INSIDE) * (1 - share))

    outside = (x - name.width / 2 < CELL) | (x + name.width / 2 > (columns - 1) * CELL)
    outside |= (y - name.size < CELL) | (y + name.size > (rows - 1) * CELL)
    return np.where(outside, 1e6, cost)


def _share_beneath(name: Name, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the share of a name's box, put in the middle of each square, that a mask covers."""
    rows, columns = mask.shape
    half_wide = max(1, round(name.width / 2 / CELL))
    half_high = max(1, round(name.size * 0.55 / CELL))
    sums = np.zeros((rows + 1, columns + 1))
    sums[1:, 1:] = mask.cumsum(axis=0).cumsum(axis=1)
    top, bottom = np.clip(np.arange(rows) - half_high, 0, rows), np.clip(np.arange(rows) + half_high + 1, 0, rows)
    left, right = (
        np.clip(np.arange(columns) - half_wide, 0, columns),
        np.clip(np.arange(columns) + half_wide + 1, 0, columns),
    )
    inside = sums[bottom][:, right] - sums[top][:, right] - sums[bottom][:, left] + sums[top][:, left]
    share: NDArray[np.float64] = inside / ((2 * half_wide + 1) * (2 * half_high + 1))
    return share


def _covering(name: Name, ground: Ground, boxes: Iterable[Box]) -> NDArray[np.float64]:
    """Return the cost of covering boxes, for the name put in the middle of each square."""
    rows, columns = ground.owners.shape
    x, y = (np.arange(columns) + 0.5) * CELL, (np.arange(rows) + 0.5) * CELL
    cost = np.zeros((rows, columns))
    for box in boxes:
        wide = np.clip((name.width + box.width) / 2 + 2 - np.abs(x - box.x), 0, min(name.width, box.width))
        high = np.clip((name.size * 1.15 + box.height) / 2 + 1 - np.abs(y - box.y), 0, min(name.size, box.height))
        across, down = np.flatnonzero(wide), np.flatnonzero(high)
        if len(across) and len(down):
            touched = np.s_[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
            shares = np.outer(high[touched[0]], wide[touched[1]]) / (name.size * min(name.width, box.width))
            cost[touched] += _TOUCHED + _COVERED * shares
    return cost


def _lead(name: Name, place: Point, ground: Ground) -> tuple[Point, Point] | None:
    """Return the line from a name off its land to the nearest of its land; None where it lies on it."""
    own = ground.owners == ground.ids.index(name.owner)
    row, column = int(place[1] / CELL), int(place[0] / CELL)
    if not own.any() or _share_beneath(name, own)[row, column] >= _LEADER_FROM:
        return None
    # To a point some way in towards the middle, so that it is plain which land is meant.
    middle = ground.middles[name.owner]
    x = min(max(middle[0], place[0] - name.width / 2), place[0] + name.width / 2)
    y = place[1] + (name.size * 0.6 if middle[1] > place[1] else -name.size * 0.6)
    if abs(middle[1] - place[1]) < name.size * 0.6:
        y = place[1]
    return (x, y), middle


def _fill(owners: NDArray[np.int16], polygon: Sequence[Line], owner: int) -> None:
    """Give an owner the squares whose middle lies in a polygon, row by row."""
    crossings: dict[int, list[float]] = {}
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            low, high = sorted((y1 / CELL - 0.5, y2 / CELL - 0.5))
            for row in range(max(0, int(np.ceil(low))), min(owners.shape[0], int(np.ceil(high)))):
                along = ((row + 0.5) * CELL - y1) / (y2 - y1)
                crossings.setdefault(row, []).append((x1 + along * (x2 - x1)) / CELL - 0.5)
    for row, places in crossings.items():
        places.sort()
        for start, end in zip(places[::2], places[1::2], strict=False):
            owners[row, max(0, int(np.ceil(start))) : max(0, int(np.ceil(end)))] = owner


def _find_middle(mask: NDArray[np.bool_], ring: Line) -> Point:
    """Return the point deepest within a mask; where it is empty (land smaller than a square) the ring's own middle."""
    if not mask.any():
        return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    rows, columns = np.nonzero(mask)
    top, left = int(rows.min()), int(columns.min())
    inside = np.pad(mask[top : rows.max() + 1, left : columns.max() + 1], 1)
    depth = inside.astype(np.int16)
    while inside.any():
        core = inside[1:-1, 1:-1] & inside[:-2, 1:-1] & inside[2:, 1:-1] & inside[1:-1, :-2] & inside[1:-1, 2:]
        inside = np.pad(core, 1)
        depth += inside
    rows, columns = np.nonzero(depth == depth.max())
    middle = len(rows) // 2
    return (float(columns[middle]) + left - 0.5) * CELL, (float(rows[middle]) + top - 0.5) * CELL
