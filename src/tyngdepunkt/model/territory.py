"""A territory: municipalities with what ties them together, as a stage needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError

__all__ = ["Division", "Link", "LinkKind", "Municipality", "Territory"]


@dataclass(frozen=True)
class Municipality:
    """
    A municipality on the date of the study.

    Parameters
    ----------
    id
        Four-digit municipality number, as text (``"1504"``, ``"0301"``).
    name
        Name as the municipality writes it.
    population
        Inhabitants [persons].
    employed_residents, jobs
        Employed persons by residence, and by place of work, wherever the other end lies [persons];
        None where unknown.
    area_km2
        Land and fresh water [km²]; None where unknown.
    centre
        Name of the administrative centre; empty where unknown.
    latitude, longitude
        Of the administrative centre [degrees, EPSG:4326]; None where unknown.
    district
        The part of the county it is counted to (``"Sunnmøre"``); empty where unknown.
    county
        Number or name of the county; empty where unknown.
    part_of
        Id of the municipality that this is a part of, where it is a village or district with figures of its own;
        empty for a municipality. The row of the municipality itself then holds the rest of it.
    """

    id: str
    name: str
    population: int
    employed_residents: int | None = None
    jobs: int | None = None
    area_km2: float | None = None
    centre: str = ""
    latitude: float | None = None
    longitude: float | None = None
    district: str = ""
    county: str = ""
    part_of: str = ""


class LinkKind(StrEnum):
    """How one gets from a municipality to its neighbour; ``none`` is a border without a link across it."""

    LAND = "land"
    BRIDGE_TUNNEL = "bridge_tunnel"
    FERRY = "ferry"
    BOAT = "boat"
    NONE = "none"


@dataclass(frozen=True)
class Link:
    """
    A border between two municipalities and the transport link across it.

    Parameters
    ----------
    a, b
        Municipality ids, ``a < b``.
    kind
        The link; `LinkKind.NONE` for a border that nothing crosses.
    seasonal
        Whether the link is closed for part of the year.
    """

    a: str
    b: str
    kind: LinkKind
    seasonal: bool = False


@dataclass(frozen=True)
class Division:
    """
    How a state agency divides the territory.

    Parameters
    ----------
    name
        Name of the agency or of the division.
    areas
        Municipality id to the name of the area that it lies in; municipalities may be missing.
    level
        ``"local"`` or ``"regional"``; empty where unknown.
    year
        Year the division was read for; None where unknown.
    source
        Where it was read.
    """

    name: str
    areas: Mapping[str, str]
    level: str = ""
    year: int | None = None
    source: str = ""


@dataclass(frozen=True, eq=False)
class Territory:
    """
    Municipalities, the links between them, and the flows that tie them.

    Parameters
    ----------
    municipalities
        In the order of every array below.
    links
        Every border, with the link across it.
    commuters
        Employed persons by home (row) and work (column), shape (n, n) [persons]; the diagonal works at home.
    minutes
        Quickest time between administrative centres by car and ferry without waiting, over the
        network of the study's travel times, shape (n, n) [min]; ``inf`` where there is no way;
        None where the study has no travel times.
    minutes_estimated
        Whether a quickest time rests on at least one estimated stretch, shape (n, n).
    functions
        Function (``"airport"``) to the ids of the municipalities that have it.
    divisions
        The state's divisions.
    """

    municipalities: tuple[Municipality, ...]
    links: tuple[Link, ...]
    commuters: NDArray[np.int64]
    minutes: NDArray[np.float64] | None = None
    minutes_estimated: NDArray[np.bool_] | None = None
    functions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    divisions: tuple[Division, ...] = ()

    def __len__(self) -> int:
        """Return the number of municipalities."""
        return len(self.municipalities)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Municipality ids, in order."""
        return tuple(m.id for m in self.municipalities)

    @cached_property
    def names(self) -> dict[str, str]:
        """Municipality id to name."""
        return {m.id: m.name for m in self.municipalities}

    @cached_property
    def parts(self) -> dict[str, str]:
        """Id of each part of a municipality to the id of its municipality; empty where the study has none."""
        return {m.id: m.part_of for m in self.municipalities if m.part_of}

    @cached_property
    def position(self) -> dict[str, int]:
        """Municipality id to its place in the arrays."""
        return {m.id: i for i, m in enumerate(self.municipalities)}

    @cached_property
    def population(self) -> NDArray[np.int64]:
        """Inhabitants, shape (n,) [persons]."""
        return np.array([m.population for m in self.municipalities], dtype=np.int64)

    def neighbours(self, *, seasonal: bool = False) -> tuple[tuple[int, ...], ...]:
        """
        Return each municipality's neighbours over transport links, as positions.

        Parameters
        ----------
        seasonal
            Whether links closed for part of the year count.

        Returns
        -------
        One tuple a municipality, ascending. Borders without a link are left out.
        """
        near: list[set[int]] = [set() for _ in self.municipalities]
        for link in self.links:
            if link.kind is LinkKind.NONE or (link.seasonal and not seasonal):
                continue
            a, b = self.position[link.a], self.position[link.b]
            near[a].add(b)
            near[b].add(a)
        return tuple(tuple(sorted(each)) for each in near)

    def find(self, text: str) -> str:
        """
        Find a municipality by id or by name, ignoring case.

        Parameters
        ----------
        text
            An id (``"1504"``) or a whole name (``"ålesund"``). Of a name in several languages, one is enough
            (``"Namsos"`` of ``"Namsos - Nåavmesjenjaelmie"``), and what stands in brackets may be left out.

        Returns
        -------
        The id.

        Raises
        ------
        QuestionError
            Where no municipality, or more than one, is so called.
        """
        wanted = text.strip().casefold()
        if text.strip() in self.position:
            return text.strip()
        found = [m.id for m in self.municipalities if m.name.casefold() == wanted]
        found = found or [m.id for m in self.municipalities if wanted in _short_names(m.name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise QuestionError(
                f"{text!r} is the name of {len(found)} municipalities ({', '.join(found)}): give the id."
            )
        close = [m.name for m in self.municipalities if wanted and m.name.casefold().startswith(wanted[:3])]
        hint = f" Did you mean {' or '.join(close)}?" if close else " Give an id such as " + self.ids[0] + "."
        raise QuestionError(f"No municipality is called {text!r} in this study.{hint}")


def _short_names(name: str) -> tuple[str, ...]:
    """Return what else a municipality may be called: one of its names, without what stands in brackets; case folded."""
    return tuple(part.partition(" (")[0].strip().casefold() for part in name.split(" - "))
