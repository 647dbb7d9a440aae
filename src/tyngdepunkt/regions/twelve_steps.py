"""The twelve steps of the Norwegian rule for commuting regions, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Reason
from tyngdepunkt.regions.evidence import Evidence

__all__ = ["NorwegianRule", "TwelveSteps"]

_OTHER_TRANSPORT = 10
"""The step that counts minutes with the help of other transport."""


@dataclass(frozen=True)
class NorwegianRule:
    """
    The limits of the rule.

    Parameters
    ----------
    share
        Commuters that tie a municipality to another, over its working-age population; and commuters in that a
        centre needs, over its own.
    near_share
        The lower share that is enough within `near` minutes.
    far
        Longest time to a region's centre [min].
    near
        Time below which `near_share` is enough [min].
    close
        Time below which no commuting is needed [min].
    alternative
        Longest time where other transport helps [min].
    """

    share: float = 0.08
    near_share: float = 0.06
    far: float = 75.0
    near: float = 45.0
    close: float = 30.0
    alternative: float = 90.0

    def __post_init__(self) -> None:
        """Refuse limits that are out of order."""
        if not 0 < self.near_share <= self.share < 1 or not 0 < self.close <= self.near <= self.far <= self.alternative:
            raise QuestionError(
                "The limits of the rule are out of order: 0 < near share ≤ share < 1 and 0 < close ≤ near ≤ far ≤ "
                "alternative."
            )


@dataclass(frozen=True)
class _Step:
    """A step by which one municipality joins another: its number and limits."""

    number: int
    floor: float | None
    limit: float
    above: bool = False  # whether the share must be above the floor, or may be just that
    below: bool = False  # whether the minutes must be below the limit, or may be just that

    @property
    def source(self) -> str:
        """The step as a source."""
        return _source(self.number)

    def is_enough(self, share: float) -> bool:
        """Return whether commuting ties the two."""
        return self.floor is None or share > self.floor or (share == self.floor and not self.above)

    def is_near(self, minutes: float) -> bool:
        """Return whether the way is short enough."""
        return minutes < self.limit or (minutes == self.limit and not self.below)


@dataclass(frozen=True)
class _Tie:
    """A way for one municipality to join another: how much it weighs, and why it is allowed."""

    share: float
    municipality: str
    other: str
    reasons: tuple[Reason, ...]


class TwelveSteps:
    """
    The steps, one after the other.

    Parameters
    ----------
    evidence
        What is known of the municipalities.
    rule
        The limits.
    """

    def __init__(self, evidence: Evidence, rule: NorwegianRule) -> None:
        self.evidence = evidence
        self.rule = rule
        self.region: dict[str, str] = {}
        self.step: dict[str, int] = {}
        self.centres: set[str] = set()
        self.reasons: dict[str, tuple[Reason, ...]] = {}
        self.undecided: dict[str, list[Reason]] = {i: [] for i in evidence.ids}

    def run(self) -> None:
        """Take all twelve."""
        rule = self.rule
        self._find_centres()
        self._join_centres(_Step(2, rule.share, rule.far))
        self._drop_centres()
        for number, floor, limit in ((4, rule.share, rule.far), (6, rule.near_share, rule.near), (8, None, rule.close)):
            for join, turn in ((self._join_centres, number), (self._join_rest, number + 1)):
                join(_Step(turn, floor, limit, above=number == 4, below=number != 4))  # noqa: PLR2004
        self._join_centres(_Step(_OTHER_TRANSPORT, rule.share, rule.alternative, above=True))
        self._fill_gaps()
        for i in self._rest():
            lost = self.reasons.get(i, ())
            self._place(i, i, 12, (*lost, Reason("own_region", municipalities=(i,), source=_source(12))))

    def _rest(self) -> list[str]:
        """Return those in no region, in order."""
        return [i for i in self.evidence.ids if i not in self.region]

    def _place(self, i: str, region: str, step: int, reasons: tuple[Reason, ...]) -> None:
        """Put a municipality into a region."""
        self.region[i] = region
        self.step[i] = step
        self.reasons[i] = reasons

    def _find_centres(self) -> None:
        """Take step 1."""
        evidence, source = self.evidence, _source(1)
        for i in evidence.ids:
            own = evidence.commuters.get((i, i), 0.0)
            into, out = evidence.jobs[i] - own, evidence.employed[i] - own
            share = into / evidence.working_age[i]
            if into > out and share >= self.rule.share:
                reasons = (
                    Reason("commuters_in", into, "persons", out, (i,), source),
                    Reason("commuters_in_share", share, "share", self.rule.share, (i,), source),
                )
                self.centres.add(i)
                self._place(i, i, 1, reasons)

    def _drop_centres(self) -> None:
        """Take step 3."""
        taken = {region for i, region in self.region.items() if i != region}
        for i in sorted(self.centres - taken):
            self.centres.discard(i)
            del self.region[i], self.step[i]
            self.reasons[i] = (Reason("nobody_joined", 0, "municipalities", 1, (i,), _source(3)),)

    def _join_centres(self, step: _Step) -> None:
        """Take step 2, 4, 6, 8 or 10: those that may join a centre join the one they are most tied to."""
        for i in self._rest():
            ties = [tie for centre in self._candidates(i, self.centres, step) if (tie := self._tie(step, i, centre))]
            if ties:
                best = max(ties, key=lambda tie: (tie.share, self.evidence.jobs[tie.other], tie.other))
                self._place(i, best.other, step.number, best.reasons)
                self.undecided[i] = [
                    note
                    for note in self.undecided[i]
                    if note.source != step.source or self._share(step, i, note.alternative) > best.share
                ]

    def _join_rest(self, step: _Step) -> None:
        """
        Take step 5, 7 or 9: rest joins rest, the strongest tie first.

        A region that comes about so is called after the one of the two with more jobs, and others join it by their
        ties with that one alone.
        """
        jobs = self.evidence.jobs
        open_to = {*self._rest(), *(region for region in self.region.values() if region not in self.centres)}
        ties = [
            tie
            for i in self._rest()
            for other in self._candidates(i, open_to - {i}, step)
            if (tie := self._tie(step, i, other))
        ]
        for tie in sorted(ties, key=lambda tie: (-tie.share, tie.municipality, tie.other)):
            i, other = tie.municipality, tie.other
            if i in self.region or self.region.get(other, other) != other:
                continue
            if other in self.region:
                self._place(i, other, step.number, tie.reasons)
            else:
                head = min(i, other, key=lambda each: (-jobs[each], each))
                self._place(i, head, step.number, tie.reasons)
                self._place(other, head, step.number, tie.reasons)

    def _candidates(self, i: str, allowed: set[str], step: _Step) -> list[str]:
        """Return those that a municipality may join: where no commuting is needed, any whose minutes are known."""
        evidence = self.evidence
        if step.floor is None:
            return sorted(other for other in allowed if evidence.minutes_between(i, other) is not None)
        return [other for other in evidence.partners[i] if other in allowed]

    def _share(self, step: _Step, i: str, other: str) -> float:
        """Return the share that a step looks at: commuters out in step 2, both ways in the others."""
        return self.evidence.out_share(i, other) if step.number == 2 else self.evidence.both_share(i, other)  # noqa: PLR2004

    def _tie(self, step: _Step, i: str, other: str) -> _Tie | None:
        """Return the tie of two where a step allows it, and note where only a travel time is missing."""
        share = self._share(step, i, other)
        if not step.is_enough(share):
            return None
        between = self.evidence.minutes_between
        if step.number == _OTHER_TRANSPORT:
            between = self.evidence.alternative_between
        minutes = between(i, other)
        if minutes is None:
            if all(note.alternative != other for note in self.undecided[i]):
                note = Reason("minutes_unknown", None, "min", step.limit, (i, other), step.source, other)
                self.undecided[i].append(note)
            return None
        if not step.is_near(minutes):
            return None
        criterion = "commuters_out_share" if step.number == 2 else "commuters_both_share"  # noqa: PLR2004
        reasons = (
            Reason(criterion, share, "share", step.floor, (i, other), step.source),
            Reason("minutes_to_centre", minutes, "min", step.limit, (i, other), step.source),
        )
        return _Tie(share, i, other, reasons)

    def _fill_gaps(self) -> None:
        """Take step 11: rest that touches two parts of a region that does not hang together joins it."""
        near = self.evidence.neighbours or {}
        for i in self._rest():
            for region in sorted({self.region[j] for j in near.get(i, ()) if j in self.region}):
                members = {j for j, its in self.region.items() if its == region}
                touched = sum(1 for part in _parts(members, near) if part & near[i])
                if touched > 1:
                    reason = Reason("between_parts", touched, "parts", 2, (i, region), _source(11))
                    self._place(i, region, 11, (reason,))
                    break


def _source(step: int) -> str:
    """Return a step as a source."""
    return f"TØI 1713/2019, step {step}"


def _parts(members: set[str], near: Mapping[str, frozenset[str]]) -> list[set[str]]:
    """Return the parts of a set that hang together."""
    left = set(members)
    parts = []
    while left:
        part = {min(left)}
        edge = set(part)
        while edge:
            edge = {j for i in edge for j in near.get(i, ()) if j in left} - part
            part |= edge
        left -= part
        parts.append(part)
    return parts
