"""
The official Norwegian rule for commuting regions (BA regions), in its twelve steps of 2019.

Gundersen, Holmen and Hansen 2019, *Inndeling i BA-regioner 2020*, TØI report 1713/2019. Where the report's text leaves
room, `docs/concepts/twelve-steps.md` says how it is read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tyngdepunkt.model import Reason
from tyngdepunkt.regions.evidence import Evidence
from tyngdepunkt.regions.twelve_steps import NorwegianRule, TwelveSteps

__all__ = ["CommutingRegion", "CommutingRegions", "Placement", "find_commuting_regions"]


@dataclass(frozen=True)
class Placement:
    """
    Where a municipality lies, and by which step of the rule.

    Parameters
    ----------
    municipality
        Its id.
    region
        Id of the municipality that its region is called after.
    step
        1 to 12; see `find_commuting_regions`.
    reasons
        The shares and minutes that decided, each with its limit.
    undecided
        Steps by which it would lie elsewhere if an unknown travel time were short enough: each with the limit [min],
        the municipality concerned as the alternative, and the step in the source.
    """

    municipality: str
    region: str
    step: int
    reasons: tuple[Reason, ...]
    undecided: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class CommutingRegion:
    """
    One commuting region.

    Parameters
    ----------
    label
        Id of the municipality that it is called after: its centre, or where it has none the one with most jobs.
    centre
        Id of its centre; None for a region without one.
    members
        Ids, in order.
    """

    label: str
    centre: str | None
    members: tuple[str, ...]


@dataclass(frozen=True)
class CommutingRegions:
    """
    Every municipality in its commuting region.

    Parameters
    ----------
    rule
        The limits.
    placements
        In order of municipality id.
    regions
        In order of label.
    internal_share
        Share of the commuters who live and work in one region, 0 to 1; None where nobody is counted.
    estimated
        What of the evidence is estimated, as keys.
    """

    rule: NorwegianRule
    placements: tuple[Placement, ...]
    regions: tuple[CommutingRegion, ...]
    internal_share: float | None
    estimated: frozenset[str]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Municipality id to the label of its region."""
        return {placement.municipality: placement.region for placement in self.placements}

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """Ids of municipalities whose place hangs on a travel time that is not known."""
        return tuple(placement.municipality for placement in self.placements if placement.undecided)


def find_commuting_regions(evidence: Evidence, rule: NorwegianRule | None = None) -> CommutingRegions:
    """
    Divide municipalities into commuting regions by the twelve steps.

    A share is that of the commuters over the working-age population of the municipality where they live; *in and out*
    is the share one way and the share the other way, added up. A municipality is *rest* when it is in no region.

    1. A centre has more commuters in than out, and in at least 8 % of its own working-age population.
    2. One that is no centre joins the centre that takes most of its commuters, of those that take 8 % and lie within
       75 minutes.
    3. A centre that nobody joined is rest.
    4. Rest joins a centre with in and out above 8 %, within 75 minutes.
    5. Rest joins rest likewise: a region without a centre.
    6. Rest joins a centre with in and out at least 6 %, in less than 45 minutes.
    7. Rest joins rest likewise.
    8. Rest joins a centre in less than 30 minutes, whatever the commuting.
    9. Rest joins rest likewise.
    10. Rest joins a centre with in and out above 8 %, within 90 minutes with other transport.
    11. Rest that lies between the parts of a region joins it.
    12. Each that is left is a region.

    Nobody joins by way of a third: what counts is commuting with the centre itself. A travel time that is not known
    decides nothing, and is noted.

    Parameters
    ----------
    evidence
        Commuters, working-age population, minutes and neighbours.
    rule
        The limits; those of 2019 where not given.

    Returns
    -------
    The regions, each municipality with the step that placed it.
    """
    steps = TwelveSteps(evidence, rule or NorwegianRule())
    steps.run()
    labels = steps.region
    members: dict[str, list[str]] = {}
    for i in evidence.ids:
        members.setdefault(labels[i], []).append(i)
    inside = sum(count for (home, work), count in evidence.commuters.items() if labels[home] == labels[work])
    total = sum(evidence.commuters.values())
    return CommutingRegions(
        rule=steps.rule,
        placements=tuple(
            Placement(i, labels[i], steps.step[i], steps.reasons[i], tuple(steps.undecided[i])) for i in evidence.ids
        ),
        regions=tuple(
            CommutingRegion(label, label if label in steps.centres else None, tuple(members[label]))
            for label in sorted(members)
        ),
        internal_share=inside / total if total else None,
        estimated=evidence.estimated,
    )
