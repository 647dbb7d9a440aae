"""
Labour market areas by the rule of Coombes and Bond, as ISTAT and Eurostat use it.

Coombes and Bond 2008, *Travel-to-Work Areas: the 2007 review*; Franconi, D'Alò and Ichim 2016, *Istat
implementation of the algorithm to develop labour market areas*; label for label as the R package `LabourMarketAreas`
3.4, function ``findClusters``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.model import Progress, Reason, silent
from tyngdepunkt.regions.agglomeration import RESERVE, Agglomeration
from tyngdepunkt.regions.flows import Flows
from tyngdepunkt.regions.validity import LmaRule

__all__ = ["LabourMarketArea", "LabourMarketAreas", "ReserveEntry", "find_labour_market_areas"]

_WITHOUT_LINK = {"B", "D", "F"}


@dataclass(frozen=True)
class LabourMarketArea:
    """
    One labour market area.

    Parameters
    ----------
    label
        Its number, as text: that of the zone it began with, in the order of ids, from 1.
    centre
        Id of the zone with most jobs, the first of several.
    zones
        Ids, in order.
    residents, jobs
        Employed who live in it, and who work in it [persons].
    inside
        Employed who live and work in it [persons].
    self_containment
        The smaller of inside / residents and inside / jobs, 0 to 1.
    validity
        1 and more is valid. Zones of the reserve list are given to areas at the end whatever they do to their
        validity, so this may be below 1.
    validity_before_reserve
        The same before they were; 1 or more.
    """

    label: str
    centre: str
    zones: tuple[str, ...]
    residents: float
    jobs: float
    inside: float
    self_containment: float
    validity: float
    validity_before_reserve: float


@dataclass(frozen=True)
class ReserveEntry:
    """
    A zone that could not be placed while the areas were made.

    Parameters
    ----------
    zone
        Its id.
    came_from
        Label of the area that it was taken from; empty where it stood alone after its area was dissolved.
    case
        The package's letter; see `tyngdepunkt.regions.agglomeration.Reserved`.
    label
        Label of the area that it was given to at the end; empty where no area has a link to it.
    """

    zone: str
    came_from: str
    case: str
    label: str

    @property
    def reason(self) -> Reason:
        """Why it was set aside, as values."""
        criterion = "no_link_to_an_area" if self.case in _WITHOUT_LINK else "validity_would_fall"
        return Reason(criterion, municipalities=(self.zone,), source="lma", alternative=self.label)


@dataclass(frozen=True)
class LabourMarketAreas:
    """
    Every zone in its labour market area.

    Parameters
    ----------
    rule
        What an area has at least.
    labels
        Zone id to the label of its area, in order of ids; zones without an area are missing.
    areas
        In order of their numbers.
    reserve
        Zones that were on the reserve list, in the order in which they came there.
    without_area
        Ids of zones that the rule places nowhere, to why: ``"no_residents"`` and ``"no_jobs"`` where nobody employed
        lives or works there, ``"no_exchange"`` where nobody commutes in or out (counted again without the zones that
        are left out), ``"no_link"`` where nobody commutes to or from any area.
    internal_share
        Share of the commuters between the zones that the rule works on who live and work in one area, 0 to 1; None
        where there are none.
    moves
        How many times an area was dissolved.
    """

    rule: LmaRule
    labels: Mapping[str, str]
    areas: tuple[LabourMarketArea, ...]
    reserve: tuple[ReserveEntry, ...]
    without_area: Mapping[str, str]
    internal_share: float | None
    moves: int

    @cached_property
    def by_label(self) -> dict[str, LabourMarketArea]:
        """Label to area."""
        return {area.label: area for area in self.areas}


def find_labour_market_areas(
    flows: Flows, rule: LmaRule | None = None, *, progress: Progress = silent
) -> LabourMarketAreas:
    """
    Divide zones into labour market areas.

    Every zone begins as an area of its own. As long as an area is not valid, the least valid of all gives up the
    zone that commutes most across its border, to the area that the zone has the strongest link to, if that one does
    not lose validity; else the zone goes on the reserve list. At the end each zone on that list is given to the area
    it has the strongest link to.

    Parameters
    ----------
    flows
        Commuters between zones.
    rule
        What an area has at least; the defaults of `LmaRule` where not given.
    progress
        Told now and then.

    Returns
    -------
    The areas. Ties fall by the order of ids, so with ties the answer hangs on what the zones are called.

    Examples
    --------
    Two towns with a village each, and the villages' people at work in town:

    >>> from tyngdepunkt.regions.flows import make_flows
    >>> rows = [("1", "1", 90), ("2", "1", 40), ("2", "2", 30), ("3", "3", 80), ("4", "3", 50), ("4", "4", 9)]
    >>> rows += [("1", "2", 2), ("3", "4", 3), ("1", "3", 5), ("3", "1", 5)]
    >>> flows = make_flows(*zip(*rows))
    >>> found = find_labour_market_areas(flows, LmaRule(50, 0.6667, 100, 0.75))
    >>> dict(found.labels)
    {'1': '1', '2': '1', '3': '3', '4': '3'}
    """
    rule = rule or LmaRule()
    left_out, kept = _set_apart(flows)
    work = Agglomeration(kept, rule)
    work.run(progress)
    before = {area: work.validity(area) for area in work.members}
    work.place_reserve()
    labels = {zone: str(area) for zone, area in zip(kept.zones, work.where, strict=True) if area != RESERVE}
    unplaced = {zone: "no_link" for zone in kept.zones if zone not in labels}
    return LabourMarketAreas(
        rule=rule,
        labels=labels,
        areas=tuple(_area(work, kept, area, before[area]) for area in sorted(work.members)),
        reserve=tuple(
            ReserveEntry(
                zone=kept.zones[entry.zone],
                came_from=str(entry.area) if entry.area > RESERVE else "",
                case=entry.case,
                label=labels.get(kept.zones[entry.zone], ""),
            )
            for entry in work.reserve
        ),
        without_area={**left_out, **unplaced},
        internal_share=kept.internal_share(labels),
        moves=work.moves,
    )


def _set_apart(flows: Flows) -> tuple[dict[str, str], Flows]:
    """Return the zones that the rule cannot work on, with why, and the flows between the others."""
    left_out: dict[str, str] = {}
    while len(flows):
        why = _faults(flows)
        bad = why > 0
        if not bad.any():
            break
        names = ("", "no_residents", "no_jobs", "no_exchange")
        left_out.update({zone: names[k] for zone, k in zip(flows.zones, why.tolist(), strict=True) if k})
        flows = flows.keep(~bad)
    return left_out, flows


def _faults(flows: Flows) -> NDArray[np.int64]:
    """Return 1 for zones without residents, 2 without jobs, 3 without commuters across, else 0; shape (n_zones,)."""
    closed = (flows.own == flows.residents) & (flows.own == flows.jobs)
    return np.select([flows.residents == 0, flows.jobs == 0, closed], [1, 2, 3], 0)


def _area(work: Agglomeration, flows: Flows, number: int, before: float) -> LabourMarketArea:
    """Return an area as it stands at the end."""
    zones = sorted(work.members[number])
    residents, jobs, inside = work.residents[number], work.jobs[number], work.inside[number]
    return LabourMarketArea(
        label=str(number),
        centre=flows.zones[max(zones, key=lambda zone: (flows.jobs[zone], -zone))],
        zones=tuple(flows.zones[zone] for zone in zones),
        residents=residents,
        jobs=jobs,
        inside=inside,
        self_containment=min(inside / residents, inside / jobs),
        validity=work.validity(number),
        validity_before_reserve=before,
    )
