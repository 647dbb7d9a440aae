"""
How labour market areas come about: areas that are not valid give up their zones one by one.

It follows the package `LabourMarketAreas` 3.4 step by step (Franconi, D'Alò and Ichim 2016), which is under another
licence and of which nothing is copied; the text of `docs/concepts/regions.md` says each step in words. Only commuters
that exist are held, and only what a move changes is computed anew: a move costs no more than the commuters of the
zones of the area that it touches.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.model import Progress, Step
from tyngdepunkt.regions.flows import Flows
from tyngdepunkt.regions.validity import LmaRule, link_strength

__all__ = ["Agglomeration", "Reserved"]

_RESERVE = 0
"""Where the zones of the reserve list are: the areas are numbered from 1."""
_STEPS = 512
"""Moves between two words about where the work is."""
_WORD = (1 << 64) - 1


@dataclass(frozen=True)
class Reserved:
    """
    A zone that went to the reserve list.

    Parameters
    ----------
    zone
        Its position.
    area
        Number of the area that it came from.
    case
        The package's letter: A, C and E where the area with the strongest link would have lost validity by it, B, D
        and F where it had no link to any; A and B for an area's only zone, C and D for one of several, E and F for
        the others of an area of which one had no link. G, ours alone, where the package would run for ever.
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
        self.zone_residents: list[float] = flows.residents.tolist()
        self.zone_jobs: list[float] = flows.jobs.tolist()
        self.zone_own: list[float] = flows.own.tolist()
        self._out = _Neighbours(flows.home, flows.work, flows.persons, n)
        self._in = _Neighbours(flows.work, flows.home, flows.persons, n)
        self.where = list(range(1, n + 1))
        self.members: dict[int, set[int]] = {i + 1: {i} for i in range(n)}
        self.residents = dict(enumerate(self.zone_residents, 1))
        self.jobs = dict(enumerate(self.zone_jobs, 1))
        self.inside = dict(enumerate(self.zone_own, 1))
        self.reserve: list[Reserved] = []
        self.moves = 0
        self._key: dict[int, float] = {}
        self._heap: list[tuple[float, int]] = []
        for area in self.members:
            self._judge(area)
        self._unsummed: tuple[int, float] | None = None
        self._print = 0
        self._seen: set[int] = set()

    def validity(self, area: int) -> float:
        """Return the validity of an area."""
        return self.rule.validity(self.inside[area], self.residents[area], self.jobs[area])

    def run(self, progress: Progress) -> None:
        """Dissolve areas until each is valid."""
        n = len(self.where)
        while (area := self._lowest()) is not None and self._key[area] < 1:
            if self.moves % _STEPS == 0:
                progress(Step("regions", n - sum(1 for key in self._key.values() if key < 1), n))
            self.moves += 1
            self._dissolve(area)

    def place_reserve(self) -> None:
        """
        Give each zone of the reserve list to the area it has the strongest link to, valid or not.

        The last zone goes first, and those that have no link to any area wait for a round in which they have one;
        where that never comes they stay without an area.
        """
        waiting = [zone for zone in reversed(range(len(self.where))) if self.where[zone] <= _RESERVE]
        for zone in waiting:
            if self.where[zone] < _RESERVE:
                self._leave(zone)
        placed = True
        while placed and waiting:
            still = []
            for zone in waiting:
                to, back = self._links(zone)
                best = self._strongest(zone, to, back)
                if best is None:
                    still.append(zone)
                else:
                    self._join(zone, best, to.get(best, 0.0) + back.get(best, 0.0))
            placed = len(still) < len(waiting)
            waiting = still

    def _lowest(self) -> int | None:
        """Return the area of the lowest validity, the lowest number of several."""
        heap = self._heap
        while heap and self._key.get(heap[0][1]) != heap[0][0]:
            heapq.heappop(heap)
        return heap[0][1] if heap else None

    def _judge(self, area: int) -> None:
        """Note an area's validity."""
        self._note(area, self.validity(area))

    def _note(self, area: int, key: float) -> None:
        """Note the figure by which an area is compared with the others."""
        self._key[area] = key
        heapq.heappush(self._heap, (key, area))

    def _dissolve(self, area: int) -> None:
        """Take the zone with most commuters across from an area, and seek a better place for it."""
        unsummed, self._unsummed = self._unsummed, None
        if unsummed is not None and unsummed[0] in self.members:
            self._judge(unsummed[0])
        many = len(self.members[area]) > 1
        zone = self._loosest(area) if many else next(iter(self.members[area]))
        to, back = self._links(zone)
        best = self._strongest(zone, to, back)
        self._leave(zone)
        if best is None:
            self._set_aside(zone, area, "D" if many else "B")
            if many:
                self._dissolve_rest(area)
        else:
            known = unsummed[1] if unsummed is not None and unsummed[0] == best else self._key[best]
            self._move(zone, area, best, to.get(best, 0.0) + back.get(best, 0.0), known, "C" if many else "A")
        if many and len(self.members.get(area, ())) > 1:
            self._leave_unsummed(area)

    def _move(self, zone: int, area: int, best: int, shared: float, known: float, case: str) -> None:
        """Let a zone join an area that does not lose validity by it, or else set it aside."""
        after = self.rule.validity(
            self.inside[best] + shared + self.zone_own[zone],
            self.residents[best] + self.zone_residents[zone],
            self.jobs[best] + self.zone_jobs[zone],
        )
        if after < known:
            self._set_aside(zone, area, case)
        elif self._was_here(zone, area, best):
            self._set_aside(zone, area, "G")
        else:
            self._join(zone, best, shared)

    def _dissolve_rest(self, area: int) -> None:
        """
        Dissolve what is left of an area whose loosest zone has no link to any other.

        Its zones stand alone, under numbers below 0. As often as there are zones, the area of the lowest validity, of
        these or any other, is looked at. One that stands alone joins the area it is closest to, or is set aside. To
        any other those that stand alone and commute to or from it are added; where none does, it is set aside as a
        whole. That last step is the package's, and surprising; where several zones could be added the package fails,
        and here all of them are.
        """
        alone = sorted(self.members.pop(area))
        for figures in (self.residents, self.jobs, self.inside, self._key):
            del figures[area]
        taken = min(_RESERVE, *self.members) if self.members else _RESERVE
        for number, zone in enumerate(alone, 1):
            self._stand(zone, taken - number)
        for _ in alone:
            lowest = self._lowest()
            if lowest is None or self._key[lowest] > 1:
                return
            if lowest < 0:
                zone = next(iter(self.members[lowest]))
                to, back = self._links(zone)
                best = self._strongest(zone, to, back)
                self._leave(zone)
                if best is None:
                    self._set_aside(zone, area, "F")
                else:
                    self._move(zone, area, best, to.get(best, 0.0) + back.get(best, 0.0), self._key[best], "E")
            else:
                self._add_or_drop(lowest, [zone for zone in alone if self.where[zone] < _RESERVE])

    def _add_or_drop(self, area: int, alone: list[int]) -> None:
        """Add to an area the zones that stand alone and have a link to it; where none has, set all of it aside."""
        added = False
        for zone in alone:
            to, back = self._links(zone)
            if area in to or area in back:
                self._leave(zone)
                self._join(zone, area, to.get(area, 0.0) + back.get(area, 0.0))
                added = True
        if not added:
            for zone in sorted(self.members[area]):
                self._leave(zone)
                self._set_aside(zone, area, "F")

    def _loosest(self, area: int) -> int:
        """
        Return the zone of an area that is to leave first.

        That is the one with most commuters in from other areas and out to any other zone; the lowest of several.
        """
        members = self.members[area]
        best, most = -1, -1.0
        for zone in sorted(members):
            zones, persons = self._in.of(zone)
            outside = sum(count for home, count in zip(zones, persons, strict=True) if home not in members)
            count = outside + self.zone_residents[zone] - self.zone_own[zone]
            if count > most:
                best, most = zone, count
        return best

    def _links(self, zone: int) -> tuple[dict[int, float], dict[int, float]]:
        """Return a zone's commuters to each other area, and from each [persons]."""
        where = self.where
        here = where[zone]
        both: list[dict[int, float]] = []
        for side in (self._out, self._in):
            found: dict[int, float] = {}
            zones, persons = side.of(zone)
            for other, count in zip(zones, persons, strict=True):
                area = where[other]
                if area > _RESERVE and area != here:
                    found[area] = found.get(area, 0.0) + count
            both.append(found)
        return both[0], both[1]

    def _strongest(self, zone: int, to: dict[int, float], back: dict[int, float]) -> int | None:
        """
        Return the area that a zone has the strongest link to; None without any.

        Of several, one that it only has commuters to goes before one that it has commuters from, and then the
        highest number.
        """
        best, most = None, -1.0
        residents, jobs = self.zone_residents[zone], self.zone_jobs[zone]
        for area in (*sorted(back), *sorted(area for area in to if area not in back)):
            strength = 0.0
            if area in back:
                strength += link_strength(back[area], self.residents[area], jobs)
            if area in to:
                strength += link_strength(to[area], residents, self.jobs[area])
            if strength >= most:
                best, most = area, strength
        return best

    def _leave(self, zone: int) -> None:
        """Take a zone out of its area; an area without zones is no more."""
        area = self.where[zone]
        members = self.members[area]
        members.discard(zone)
        self._put(zone, _RESERVE)
        if members:
            shared = self._shared(zone, members)
            self.residents[area] -= self.zone_residents[zone]
            self.jobs[area] -= self.zone_jobs[zone]
            self.inside[area] -= shared + self.zone_own[zone]
            self._judge(area)
        else:
            for figures in (self.members, self.residents, self.jobs, self.inside, self._key):
                del figures[area]

    def _join(self, zone: int, area: int, shared: float) -> None:
        """Put a zone that is in no area into one with which it shares so many commuters."""
        self.members[area].add(zone)
        self._put(zone, area)
        self.residents[area] += self.zone_residents[zone]
        self.jobs[area] += self.zone_jobs[zone]
        self.inside[area] += shared + self.zone_own[zone]
        self._judge(area)

    def _stand(self, zone: int, area: int) -> None:
        """Make an area of a zone alone."""
        self.members[area] = {zone}
        self._put(zone, area)
        self.residents[area] = self.zone_residents[zone]
        self.jobs[area] = self.zone_jobs[zone]
        self.inside[area] = self.zone_own[zone]
        self._judge(area)

    def _set_aside(self, zone: int, area: int, case: str) -> None:
        """Enter a zone that is in no area on the reserve list."""
        self.reserve.append(Reserved(zone, area, case))

    def _shared(self, zone: int, members: set[int]) -> float:
        """Return the commuters between a zone and others, both ways [persons]."""
        shared = 0.0
        for side in (self._out, self._in):
            zones, persons = side.of(zone)
            shared += sum(count for other, count in zip(zones, persons, strict=True) if other in members)
        return shared

    def _leave_unsummed(self, area: int) -> None:
        """
        Compare what is left of a dissolved area as the package does: by its rows, before they are added up.

        The package judges the rest of an area from which a zone was just taken by every pair of a row of its zones
        (residents, jobs) and a row of the commuters between them, and takes the lowest; when a zone would join it
        next, it holds against it the highest. So an area that has begun to dissolve as a rule goes on to its last
        zone. It is no part of the method as published, but of what all areas made with the package are like.
        """
        members = self.members[area]
        rows: set[float] = set()
        for zone in members:
            zones, persons = self._out.of(zone)
            rows.update(count for other, count in zip(zones, persons, strict=True) if other in members)
        rows = rows or {0.0}
        ends = {min(rows), max(rows)}
        inner = rows - ends
        if inner:
            ends |= {min(inner), max(inner)}
        low, high = float("inf"), float("-inf")
        for zone in members:
            residents, jobs = self.zone_residents[zone], self.zone_jobs[zone]
            whole = max(residents, jobs)
            for count in {*ends, whole} if whole in rows else ends:
                judged = self.rule.validity(count, residents, jobs)
                low, high = min(low, judged), max(high, judged)
        self._unsummed = (area, high)
        self._note(area, low)

    def _put(self, zone: int, area: int) -> None:
        """Note where a zone is, and carry the print of the whole along."""
        self._print ^= _mark(zone, self.where[zone]) ^ _mark(zone, area)
        self.where[zone] = area

    def _was_here(self, zone: int, area: int, best: int) -> bool:
        """Return whether all zones were in just these areas before, after a move out of the same area."""
        step = self._print ^ _mark(zone, _RESERVE) ^ _mark(zone, best) ^ _mark(-1, area)
        if step in self._seen:
            return True
        self._seen.add(step)
        return False


class _Neighbours:
    """For each zone, who it exchanges commuters with in one direction, and how many."""

    def __init__(
        self, near: NDArray[np.int64], far: NDArray[np.int64], persons: NDArray[np.float64], n_zones: int
    ) -> None:
        order = np.argsort(near, kind="stable")
        self._far = far[order]
        self._persons = persons[order]
        self._start = np.concatenate(([0], np.cumsum(np.bincount(near, minlength=n_zones)))).tolist()

    def of(self, zone: int) -> tuple[list[int], list[float]]:
        """Return the zones at the other end, and the commuters of each [persons]."""
        part = slice(self._start[zone], self._start[zone + 1])
        return self._far[part].tolist(), self._persons[part].tolist()


def _mark(zone: int, area: int) -> int:
    """Return 64 bits that stand for a zone in an area (the finisher of SplitMix64)."""
    bits = ((zone + 2) * 0x9E3779B97F4A7C15 + (area + 1) * 0xD1B54A32D192ED03) & _WORD
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & _WORD
    return bits ^ (bits >> 31)
