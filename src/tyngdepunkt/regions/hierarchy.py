"""
A nested hierarchy of regions: from every zone alone to all in one, the closest two joined each time.

The rule is Intramax: Masser and Brown 1975, *Hierarchical aggregation procedures for interaction data*, Environment
and Planning A 7.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Progress, Step, silent
from tyngdepunkt.regions.flows import Flows

__all__ = ["Hierarchy", "Merge", "build_hierarchy"]

_WORD = 500
"""Merges between two words about where the work is."""


@dataclass(frozen=True)
class Merge:
    """
    Two regions that become one.

    Parameters
    ----------
    regions
        How many there are after it.
    kept, joined
        Labels of the two: the one whose label the new region has, and the other.
    strength
        How strong their link was [times what would be expected, both ways added up]; 0 where nobody commutes between
        them.
    """

    regions: int
    kept: str
    joined: str
    strength: float


@dataclass(frozen=True)
class Hierarchy:
    """
    Regions within regions.

    Parameters
    ----------
    zones
        Ids, in order.
    merges
        One for each number of regions from n − 1 down to 1. A region is called after its zone with most jobs.
    """

    zones: tuple[str, ...]
    merges: tuple[Merge, ...]

    def labels_at(self, regions: int) -> Mapping[str, str]:
        """
        Return the regions of one level.

        Parameters
        ----------
        regions
            How many.

        Returns
        -------
        Zone id to the label of its region.

        Raises
        ------
        QuestionError
            Where there are not so many zones, or less than one region is asked for.
        """
        if not 1 <= regions <= len(self.zones):
            raise QuestionError(
                f"There are {len(self.zones)} zones, so ask for 1 to {len(self.zones)} regions, not {regions}."
            )
        into = {merge.joined: merge.kept for merge in self.merges if merge.regions >= regions}
        label = {}
        for zone in self.zones:
            at = zone
            while at in into:
                at = into[at]
            label[zone] = at
        return label


def build_hierarchy(flows: Flows, *, progress: Progress = silent) -> Hierarchy:
    """
    Join the two regions with the strongest link, until there is one.

    The link of two regions a and b is how many commute between them, set against how many would if all N commuters
    chose their work by the number of jobs alone: N · f[a,b] / (R[a] · W[b]) + N · f[b,a] / (R[b] · W[a]), with f the
    commuters from one to the other, R the employed who live there and W those who work there. So small regions find
    their place first, and large ones are joined late. Regions that nobody commutes between come last, the two with
    fewest jobs first.

    Parameters
    ----------
    flows
        Commuters between zones.
    progress
        Told now and then.

    Returns
    -------
    The hierarchy. Ties fall to the regions whose labels come first in the order of ids.

    Examples
    --------
    >>> from tyngdepunkt.regions.flows import make_flows
    >>> flows = make_flows(["a", "b", "b", "c", "c"], ["a", "a", "b", "a", "c"], [50, 30, 10, 5, 20])
    >>> [(merge.kept, merge.joined, round(merge.strength, 3)) for merge in build_hierarchy(flows).merges]
    [('a', 'b', 1.015), ('a', 'c', 0.242)]
    """
    return Hierarchy(flows.zones, tuple(_merge_all(flows, progress)))


def _merge_all(flows: Flows, progress: Progress) -> list[Merge]:
    """Return every merge, in order. Regions are numbered anew at each, so that what is stale is known by its number."""
    n = len(flows)
    centre = list(range(n))  # of each region, the zone with most jobs
    residents: list[float] = flows.residents.tolist()
    jobs: list[float] = flows.jobs.tolist()
    to: list[dict[int, float]] = [{} for _ in range(n)]
    back: list[dict[int, float]] = [{} for _ in range(n)]
    for i, j, count in zip(flows.home.tolist(), flows.work.tolist(), flows.persons.tolist(), strict=True):
        if i != j:
            to[i][j] = count
            back[j][i] = count
    alive = set(range(n))
    most_jobs = list(jobs)

    def entry(a: int, b: int) -> tuple[float, int, int, int, int]:
        """Return two regions as the queue has them: the strongest first, then in the order of their centres."""
        if centre[a] > centre[b]:
            a, b = b, a
        strength = 0.0
        if b in to[a]:
            strength += to[a][b] / residents[a] / jobs[b]
        if b in back[a]:
            strength += back[a][b] / residents[b] / jobs[a]
        return (-strength, centre[a], centre[b], a, b)

    queue = [entry(i, j) for i in range(n) for j in to[i].keys() | back[i].keys() if i < j]
    heapq.heapify(queue)
    merges: list[Merge] = []
    while len(alive) > 1:
        while queue and not (queue[0][3] in alive and queue[0][4] in alive):
            heapq.heappop(queue)
        if queue:
            strength, _, _, a, b = heapq.heappop(queue)
        else:
            strength = 0.0
            a, b = heapq.nsmallest(2, alive, key=lambda region: (jobs[region], centre[region]))
        if (-most_jobs[b], centre[b]) < (-most_jobs[a], centre[a]):
            a, b = b, a
        new = len(centre)
        centre.append(centre[a])
        most_jobs.append(most_jobs[a])
        residents.append(residents[a] + residents[b])
        jobs.append(jobs[a] + jobs[b])
        alive -= {a, b}
        alive.add(new)
        for side, other_side in ((to, back), (back, to)):
            side.append(_joined(side, a, b))
            for region, count in side[new].items():
                ends = other_side[region]
                ends.pop(a, None)
                ends.pop(b, None)
                ends[new] = count
            side[a] = side[b] = {}
        for region in to[new].keys() | back[new].keys():
            heapq.heappush(queue, entry(new, region))
        merges.append(Merge(len(alive), flows.zones[centre[a]], flows.zones[centre[b]], -strength * flows.total))
        if len(merges) % _WORD == 0:
            progress(Step("regions", len(merges), n - 1))
    return merges


def _joined(side: list[dict[int, float]], a: int, b: int) -> dict[int, float]:
    """Return the commuters of two regions together with each other region, their own left out."""
    large, small = (side[a], side[b]) if len(side[a]) >= len(side[b]) else (side[b], side[a])
    found = dict(large)
    for region, count in small.items():
        found[region] = found.get(region, 0.0) + count
    found.pop(a, None)
    found.pop(b, None)
    return found
