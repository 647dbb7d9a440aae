"""Commuters between zones, sparse: what every rule for regions starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Territory

__all__ = ["Flows", "flows_of_territory", "make_flows", "order_zones"]


@dataclass(frozen=True, eq=False)
class Flows:
    """
    Employed persons by zone of residence and zone of work; only pairs that anybody commutes between.

    Parameters
    ----------
    zones
        Ids, in the order of `order_zones`; the positions below count from 0.
    home, work
        Position of the zone of residence and of the zone of work, shape (n_pairs,); each pair once,
        in order of home and then of work. Those who work where they live are pairs too.
    persons
        Commuters of each pair, above 0, shape (n_pairs,) [persons].
    """

    zones: tuple[str, ...]
    home: NDArray[np.int64]
    work: NDArray[np.int64]
    persons: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self.zones)

    @cached_property
    def residents(self) -> NDArray[np.float64]:
        """Employed persons who live in each zone, shape (n_zones,) [persons]."""
        return _add_up(self.home, self.persons, len(self.zones))

    @cached_property
    def jobs(self) -> NDArray[np.float64]:
        """Employed persons who work in each zone, shape (n_zones,) [persons]."""
        return _add_up(self.work, self.persons, len(self.zones))

    @cached_property
    def own(self) -> NDArray[np.float64]:
        """Employed persons who live and work in each zone, shape (n_zones,) [persons]."""
        same = self.home == self.work
        return _add_up(self.home[same], self.persons[same], len(self.zones))

    @cached_property
    def total(self) -> float:
        """All of them [persons]."""
        return float(self.persons.sum())

    @cached_property
    def crossing(self) -> float:
        """Employed persons who work in another zone than they live in [persons]."""
        return float(self.persons[self.home != self.work].sum())

    def keep(self, wanted: NDArray[np.bool_]) -> Flows:
        """
        Return the flows between some of the zones.

        Parameters
        ----------
        wanted
            Whether each zone stays, shape (n_zones,).

        Returns
        -------
        Flows of which both ends stay; positions count anew.
        """
        place = np.cumsum(wanted) - 1
        both = wanted[self.home] & wanted[self.work]
        return Flows(
            zones=tuple(zone for zone, stays in zip(self.zones, wanted.tolist(), strict=True) if stays),
            home=place[self.home[both]],
            work=place[self.work[both]],
            persons=self.persons[both],
        )

    def internal_share(self, labels: Mapping[str, str]) -> float | None:
        """
        Return the share of all commuters who live and work in one region.

        Parameters
        ----------
        labels
            Zone id to its region; a zone that is missing is in none.

        Returns
        -------
        0 to 1; None where nobody is counted.
        """
        if not self.total:
            return None
        number = {region: i for i, region in enumerate(dict.fromkeys(labels.values()))}
        region = np.array([number[labels[zone]] if zone in labels else -1 for zone in self.zones], dtype=np.int64)
        inside = (region[self.home] == region[self.work]) & (region[self.home] >= 0)
        return float(self.persons[inside].sum()) / self.total


def make_flows(homes: Sequence[str], works: Sequence[str], persons: Iterable[float]) -> Flows:
    """
    Make flows of three columns.

    Parameters
    ----------
    homes, works
        Ids of the zones of residence and of work, in any order. A pair that stands twice is added up.
    persons
        Commuters of each row, 0 or more [persons]. A row of 0 names its zones and adds nothing.

    Returns
    -------
    The flows.
    """
    zones = order_zones({*homes, *works})
    place = {zone: i for i, zone in enumerate(zones)}
    n = max(1, len(zones))
    pair = np.fromiter((place[zone] for zone in homes), np.int64, len(homes)) * n
    pair += np.fromiter((place[zone] for zone in works), np.int64, len(works))
    kept, where = np.unique(pair, return_inverse=True)
    amount = _add_up(where, np.fromiter(persons, np.float64, len(homes)), len(kept))
    some = amount > 0
    return Flows(zones=zones, home=kept[some] // n, work=kept[some] % n, persons=amount[some])


def flows_of_territory(territory: Territory) -> Flows:
    """
    Return the commuters of a study's municipalities.

    Parameters
    ----------
    territory
        Whose municipalities.

    Returns
    -------
    The flows within the territory.

    Raises
    ------
    QuestionError
        Where nobody commutes at all.
    """
    home, work = np.nonzero(territory.commuters)
    if not len(home):
        raise QuestionError("The study has no commuters: its table commuting is empty.")
    ids = territory.ids
    return make_flows([ids[i] for i in home], [ids[j] for j in work], territory.commuters[home, work].tolist())


def order_zones(zones: Iterable[str]) -> tuple[str, ...]:
    """
    Put ids in order: as numbers where all are whole numbers, else as text.

    Parameters
    ----------
    zones
        Ids.

    Returns
    -------
    Each once; ids that are the same number (``"301"``, ``"0301"``) in the order of their text.

    Examples
    --------
    >>> order_zones(["10", "9", "0301"])
    ('9', '10', '0301')
    >>> order_zones(["B10", "B9"])
    ('B10', 'B9')
    """
    each = set(zones)
    if all(zone.isascii() and zone.isdecimal() for zone in each):
        return tuple(sorted(each, key=lambda zone: (int(zone), zone)))
    return tuple(sorted(each))


def _add_up(places: NDArray[np.int64], amounts: NDArray[np.float64], n_places: int) -> NDArray[np.float64]:
    """Return the sum of the amounts at each place, shape (n_places,)."""
    return np.bincount(places, amounts, n_places).astype(np.float64)
