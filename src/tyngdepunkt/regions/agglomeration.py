"""
How labour market areas come about: areas that are not valid give up their zones one by one.

It follows the package `LabourMarketAreas` 3.4 step by step (Franconi, D'Alò and Ichim 2016), which is under another
licence and of which nothing is copied; `docs/concepts/labour-market-areas.md` says each step in words. Only commuters
that exist are held, and only what a move changes is computed anew: a move costs no more than the commuters of one
zone and the zones of one area, however large the country is.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.model import Progress, Step
from tyngdepunkt.regions.flows import Flows
from tyngdepunkt.regions.validity import LmaRule

__all__ = ["RESERVE", "Agglomeration", "Reserved"]

RESERVE = 0
"""In place of an area: the reserve list. Areas are numbered from 1."""
_MOST_MOVES = 1000
"""Moves of one zone after which it goes on the reserve list; of the tables tried none needed more than a few."""
_WORD = 2000
"""Moves between two words about where the work is."""


@dataclass(frozen=True)
class Reserved:
    """
    A zone that went to the reserve list.

    Parameters
    ----------
    zone
        Its position.
    area
        Number of the area that it came from; below 0 where it stood alone, after that area was dissolved.
    case
        The package's letter. A, C and E: the area with the strongest link would have lost validity by it; B, D and
        F: it had no link to any. A and B: it was the only zone of its area; C and D: the loosest of several; E and F:
        one of the others, the loosest of which had no link. G, ours alone: it has moved so often that the package
        would run for ever.
    """

    zone: int
    area: int
    case: str


class Agglomeration:
    """
    Zones on their way into areas.

    Parameters
    ----------
    flows
        Between zones each of which has residents, jobs and commuters to or from others.
    rule
        What an area has at least.
    """

    def __init__(self, flows: Flows, rule: LmaRule) -> None:
        n = len(flows)
        self.rule = rule
        self.where = list(range(1, n + 1))
        self.members: dict[int, set[int]] = {i + 1: {i} for i in range(n)}
        self.residents: dict[int, float] = dict(enumerate(flows.residents.tolist(), 1))
        self.jobs: dict[int, float] = dict(enumerate(flows.jobs.tolist(), 1))
        self.inside: dict[int, float] = dict(enumerate(flows.own.tolist(), 1))
        self.reserve: list[Reserved] = []
        self.moves = 0
        self._zone_residents: list[float] = flows.residents.tolist()
        self._zone_jobs: list[float] = flows.jobs.tolist()
        self._zone_own: list[float] = flows.own.tolist()
        self._out = _Rows(flows.home, flows.work, flows.persons, n)
        self._in = _Rows(flows.work, flows.home, flows.persons, n)
        self._inward = [0.0] * n  # commuters into each zone from the others of its area
        self._joined = [0] * n
        self._unsummed: int | None = None
        self._key: dict[int, float] = {}
        self._heap: list[tuple[float, int]] = []
        for area in self.members:
            self._note(area, self.validity(area))

    def validity(self, area: int) -> float:
        """Return the validity of an area."""
        return self.rule.validity(self.inside[area], self.residents[area], self.jobs[area])

    def run(self, progress: Progress) -> None:
        """Dissolve areas until each is valid."""
        n = len(self.where)
        while (area := self._lowest()) is not None and self._key[area] < 1:
            if self.moves % _WORD == 0:
                settled = sum(len(self.members[each]) for each, key in self._key.items() if key >= 1)
                progress(Step("regions", settled, n))
            self.moves += 1
            self._dissolve(area)

    def place_reserve(self) -> None:
        """
        Give each zone that is in no area to the one it has the strongest link to, valid or not.

        The last zone goes first, and those that have no link to any area wait for a round in which they have one;
        where that never comes they stay without.
        """
        waiting = [zone for zone in reversed(range(len(self.where))) if self.where[zone] <= RESERVE]
        for zone in waiting:
            if self.where[zone] != RESERVE:
                self._leave(zone, 0.0)
        placed = True
        while placed and waiting:
            still = []
            for zone in waiting:
                to, back = self._links(zone)
                best = self._strongest(zone, to, back)
                if best is None:
                    still.append(zone)
                else:
                    self._join(zone, best, to.get(best, 0.0), back.get(best, 0.0))
            placed = len(still) < len(waiting)
            waiting = still

    def _lowest(self) -> int | None:
        """Return the area of the lowest key, the lowest number of several."""
        heap = self._heap
        while heap and self._key.get(heap[0][1]) != heap[0][0]:
            heapq.heappop(heap)
        return heap[0][1] if heap else None

    def _note(self, area: int, key: float) -> None:
        """Note the figure by which an area is compared with others: its validity, but for one that is unsummed."""
        self._key[area] = key
        heapq.heappush(self._heap, (key, area))

    def _dissolve(self, area: int) -> None:
        """Take the loosest zone from an area, and seek a better place for it."""
        many = len(self.members[area]) > 1
        zone = self._loosest(area) if many else next(iter(self.members[area]))
        to, back = self._links(zone)
        best = self._strongest(zone, to, back)
        known = 0.0 if best is None else self._key[best]
        if self._unsummed is not None:
            if self._unsummed == best:
                known = self._judge_rows(best)[1]
            self._note(self._unsummed, self.validity(self._unsummed))
            self._unsummed = None
        self._leave(zone, to.get(area, 0.0) + back.get(area, 0.0))
        if best is not None:
            self._move(zone, area, best, to, back, known, "C" if many else "A")
        else:
            self.reserve.append(Reserved(zone, area, "D" if many else "B"))
            if many:
                self._dissolve_rest(area)
        if len(self.members.get(area, ())) > 1:
            self._leave_unsummed(area)

    def _move(
        self, zone: int, area: int, best: int, to: dict[int, float], back: dict[int, float], known: float, case: str
    ) -> None:
        """Let a zone join an area whose validity, known from before, does not fall by it; else set the zone aside."""
        there, here = to.get(best, 0.0), back.get(best, 0.0)
        after = self.rule.validity(
            self.inside[best] + there + here + self._zone_own[zone],
            self.residents[best] + self._zone_residents[zone],
            self.jobs[best] + self._zone_jobs[zone],
        )
        if after < known:
            self.reserve.append(Reserved(zone, area, case))
        elif self._joined[zone] >= _MOST_MOVES:
            self.reserve.append(Reserved(zone, area, "G"))
        else:
            self._joined[zone] += 1
            self._join(zone, best, there, here)

    def _dissolve_rest(self, area: int) -> None:
        """
        Dissolve what is left of an area whose loosest zone has no link to any other.

        Its zones stand alone, under numbers below 0. As often as there are zones, the area of the lowest validity, of
        these or any other, is looked at. One that stands alone joins the area it is closest to, or is set aside. To
        any other those that stand alone and commute to or from it are added; where none does, it is set aside as a
        whole. That last step is the package's, and surprising; where several zones could be added the package fails,
        and here all of them are.
        """
        alone = sorted(self.members[area])
        for zone in alone:
            to, back = self._links(zone)
            self._leave(zone, to.get(area, 0.0) + back.get(area, 0.0))
            self._stand(zone)
        for _ in alone:
            lowest = self._lowest()
            if lowest is None or self._key[lowest] > 1:
                return
            if lowest > RESERVE:
                self._add_or_drop(lowest)
                continue
            zone = next(iter(self.members[lowest]))
            to, back = self._links(zone)
            best = self._strongest(zone, to, back)
            self._leave(zone, 0.0)
            if best is None:
                self.reserve.append(Reserved(zone, lowest, "F"))
            else:
                self._move(zone, lowest, best, to, back, self._key[best], "E")

    def _add_or_drop(self, area: int) -> None:
        """Add to an area the zones that stand alone and have a link to it; where none has, set all of it aside."""
        added = False
        for other in sorted(number for number in self.members if number < RESERVE):
            zone = next(iter(self.members[other]))
            to, back = self._links(zone)
            if area in to or area in back:
                self._leave(zone, 0.0)
                self._join(zone, area, to.get(area, 0.0), back.get(area, 0.0))
                added = True
        if not added:
            for zone in sorted(self.members[area]):
                to, back = self._links(zone)
                self._leave(zone, to.get(area, 0.0) + back.get(area, 0.0))
                self.reserve.append(Reserved(zone, area, "F"))

    def _loosest(self, area: int) -> int:
        """
        Return the zone of an area that is to leave first.

        That is the one with most commuters in from other areas and out to any other zone; the lowest of several.
        """
        best, most = -1, -1.0
        for zone in self.members[area]:
            own = self._zone_own[zone]
            count = self._zone_jobs[zone] - own - self._inward[zone] + self._zone_residents[zone] - own
            if count > most or (count == most and zone < best):
                best, most = zone, count
        return best

    def _links(self, zone: int) -> tuple[dict[int, float], dict[int, float]]:
        """Return a zone's commuters to and from the other zones of each area, its own included [persons]."""
        where = self.where
        to: defaultdict[int, float] = defaultdict(float)
        back: defaultdict[int, float] = defaultdict(float)
        for rows, found in ((self._out, to), (self._in, back)):
            for other, count in rows.of(zone):
                found[where[other]] += count
            found.pop(RESERVE, None)
        return to, back

    def _strongest(self, zone: int, to: dict[int, float], back: dict[int, float]) -> int | None:
        """
        Return the area, not its own, that a zone has the strongest link to; None without any.

        The link of zone i and area j is f[j,i]² / (R[j] · W[i]) + f[i,j]² / (R[i] · W[j]), with f the commuters from
        one to the other, R the employed who live there and W those who work there; the order of the arithmetic is the
        package's, so that ties fall alike. Of several, one that the zone only has commuters to goes before one that
        it has commuters from, and then the highest number. Zones that stand alone are no such areas.
        """
        residents, jobs = self._zone_residents[zone], self._zone_jobs[zone]
        there, work_there = self.residents, self.jobs
        strength = {area: flow / there[area] * flow / jobs for area, flow in back.items()}
        for area, flow in to.items():
            strength[area] = strength.get(area, 0.0) + flow / residents * flow / work_there[area]
        strength.pop(self.where[zone], None)
        linked = {area: value for area, value in strength.items() if area > RESERVE}
        if not linked:
            return None
        most = max(linked.values())
        return max((area not in back, area) for area, value in linked.items() if value == most)[1]

    def _leave(self, zone: int, shared: float) -> None:
        """Take a zone out of its area, with the rest of which it shares so many commuters."""
        area = self.where[zone]
        members = self.members[area]
        members.discard(zone)
        self.where[zone] = RESERVE
        if not members:
            for figures in (self.members, self.residents, self.jobs, self.inside, self._key):
                del figures[area]
            return
        for other, count in self._out.of(zone):
            if other in members:
                self._inward[other] -= count
        self.residents[area] -= self._zone_residents[zone]
        self.jobs[area] -= self._zone_jobs[zone]
        self.inside[area] -= shared + self._zone_own[zone]
        self._note(area, self.validity(area))

    def _join(self, zone: int, area: int, to: float, back: float) -> None:
        """Put a zone that is in no area into one, to and from which it has so many commuters."""
        members = self.members[area]
        for other, count in self._out.of(zone):
            if other in members:
                self._inward[other] += count
        self._inward[zone] = back
        members.add(zone)
        self.where[zone] = area
        self.residents[area] += self._zone_residents[zone]
        self.jobs[area] += self._zone_jobs[zone]
        self.inside[area] += to + back + self._zone_own[zone]
        self._note(area, self.validity(area))

    def _stand(self, zone: int) -> None:
        """Make an area of a zone that is in none, under a number below 0."""
        area = -1 - zone
        self.members[area] = {zone}
        self.where[zone] = area
        self._inward[zone] = 0.0
        self.residents[area] = self._zone_residents[zone]
        self.jobs[area] = self._zone_jobs[zone]
        self.inside[area] = self._zone_own[zone]
        self._note(area, self.validity(area))

    def _leave_unsummed(self, area: int) -> None:
        """
        Compare what is left of a dissolved area as the package does: by its rows, before they are added up.

        The package judges the rest of an area from which a zone was just taken by every pair of a row of its zones
        (residents, jobs) and a row of the commuters between them, and takes the lowest; when a zone would join it
        next, it holds against it the highest. So an area that has begun to dissolve as a rule goes on to its last
        zone. It is no part of the method as published, but of what all areas made with the package are like.
        """
        self._unsummed = area
        members = self.members[area]
        lowest = self._lowest()
        rival = 1.0 if lowest is None else min(1.0, self._key[lowest])
        own = [self._zone_own[zone] for zone in members if self._zone_own[zone]]
        large = max(members, key=self._zone_residents.__getitem__)
        if own:
            some = self.rule.validity(min(own), self._zone_residents[large], self._zone_jobs[large])
            if some < rival:  # the lowest is no higher, so this area is the next whatever it is
                self._note(area, some)
                return
        self._note(area, self._judge_rows(area)[0])

    def _judge_rows(self, area: int) -> tuple[float, float]:
        """
        Return the lowest and the highest validity over the rows of zones and the rows of commuters of an area.

        Validity rises with the commuters of a row, or falls with them, but for a row that is all of a zone's residents
        and jobs, which gives 1: so the ends, their next ones and such rows tell all.
        """
        members = self.members[area]
        rows = {count for zone in members for other, count in self._out.of(zone) if other in members}
        rows |= {self._zone_own[zone] for zone in members if self._zone_own[zone]}
        rows = rows or {0.0}
        ends = {min(rows), max(rows)}
        if inner := rows - ends:
            ends |= {min(inner), max(inner)}
        judged = []
        for zone in members:
            residents, jobs = self._zone_residents[zone], self._zone_jobs[zone]
            whole = {max(residents, jobs)} & rows
            judged += [self.rule.validity(count, residents, jobs) for count in ends | whole]
        return min(judged), max(judged)


class _Rows:
    """For each zone, which others it exchanges commuters with in one direction, and how many."""

    def __init__(
        self, near: NDArray[np.int64], far: NDArray[np.int64], persons: NDArray[np.float64], n_zones: int
    ) -> None:
        order = np.argsort(near, kind="stable")
        order = order[near[order] != far[order]]
        self._far = far[order]
        self._persons = persons[order]
        self._start = np.concatenate(([0], np.cumsum(np.bincount(near[order], minlength=n_zones)))).tolist()

    def of(self, zone: int) -> zip[tuple[int, float]]:
        """Return the zones at the other end, each with the commuters [persons]."""
        part = slice(self._start[zone], self._start[zone + 1])
        return zip(self._far[part].tolist(), self._persons[part].tolist(), strict=True)
