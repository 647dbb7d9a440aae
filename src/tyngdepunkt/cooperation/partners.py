"""Who cooperates with whom: partner sets, how they cross, and where the host roles lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from tyngdepunkt.model import Arrangement, Outside

__all__ = ["CrissCross", "Hosts", "count_hosts", "count_partner_sets", "measure_criss_cross", "partner_set"]

PartnerSet = frozenset[str]

_OUTSIDE = "outside: "


@dataclass(frozen=True)
class CrissCross:
    """
    How much the partner sets of arrangements cross.

    Two sets cross where they overlap and neither holds the other: A∩B, A∖B and B∖A are all non-empty. With n
    arrangements whose participants are all known there are n(n−1)/2 pairs; the criss-cross is the share of them that
    cross. It is 0 where every set is nested in, equal to or apart from every other, as fixed partners have it.
    The measure is ours: the reports describe the state of things and give no formula.

    Parameters
    ----------
    crossing
        Pairs that cross.
    pairs
        Pairs in all.
    left_out
        Arrangements left out, since not all who take part in them are known.
    """

    crossing: int
    pairs: int
    left_out: int

    @property
    def share(self) -> float | None:
        """Share of the pairs that cross, 0 to 1; None where there is no pair."""
        return self.crossing / self.pairs if self.pairs else None


@dataclass(frozen=True)
class Hosts:
    """
    Where the host roles lie.

    Parameters
    ----------
    roles
        Municipality id to the number of arrangements that it hosts, most first, then by id.
    unknown
        Arrangements of which no host is known; some have none.
    """

    roles: dict[str, int]
    unknown: int

    @property
    def known(self) -> int:
        """Arrangements of which the host is known."""
        return sum(self.roles.values())

    def top_share(self, hosts: int = 1) -> float | None:
        """Return the share of the known host roles that those with most hold; None where no host is known."""
        return sum(list(self.roles.values())[:hosts]) / self.known if self.known else None

    @property
    def concentration(self) -> float | None:
        """
        Herfindahl-Hirschman index of the known host roles, Σ sᵢ² with sᵢ the share of host i.

        From 1/n with n hosts alike to 1 with a single host; None where no host is known.
        """
        return sum((roles / self.known) ** 2 for roles in self.roles.values()) if self.known else None


def partner_set(arrangement: Arrangement) -> PartnerSet | None:
    """Return who takes part, those outside the study as one; None where not all are known."""
    if not arrangement.is_complete or arrangement.outside is Outside.UNTOLD:
        return None
    outside = {_OUTSIDE + arrangement.outside_text} if arrangement.outside is not Outside.NONE else set()
    return arrangement.members | outside


def count_partner_sets(arrangements: Iterable[Arrangement]) -> int:
    """Return the number of different partner sets, of arrangements whose participants are all known."""
    return len({found for each in arrangements if (found := partner_set(each))})


def measure_criss_cross(arrangements: Iterable[Arrangement]) -> CrissCross:
    """
    Measure how much the partner sets of arrangements cross.

    Parameters
    ----------
    arrangements
        Those of a municipality, or of a group.

    Returns
    -------
    The pairs that cross among those whose participants are all known.
    """
    every = list(arrangements)
    sets = Counter(found for each in every if (found := partner_set(each)))
    complete = sum(sets.values())
    crossing = sum(
        sets[one] * sets[other] for one, other in combinations(sets, 2) if one & other and one - other and other - one
    )
    return CrissCross(crossing, complete * (complete - 1) // 2, len(every) - complete)


def count_hosts(arrangements: Iterable[Arrangement]) -> Hosts:
    """Return where the host roles of arrangements lie."""
    every = list(arrangements)
    roles = Counter(each.host for each in every if each.host)
    ordered = dict(sorted(roles.items(), key=lambda item: (-item[1], item[0])))
    return Hosts(ordered, len(every) - sum(roles.values()))
