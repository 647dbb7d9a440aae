"""What a benchmark is, and what measuring it gives."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Measurement", "Peer", "Row", "Verdict"]


@dataclass(frozen=True)
class Verdict:
    """
    What came out, held against what is known.

    Parameters
    ----------
    text
        What came out, in the words of the known answer.
    agrees
        Whether it is the known answer; None where none is known.
    """

    text: str
    agrees: bool | None = None


@dataclass(frozen=True)
class Peer:
    """
    Another's program for the same work.

    Parameters
    ----------
    name
        What it is called.
    package
        Package to install for it.
    module
        Module by which one sees whether it is installed.
    run
        Does the work on what the row's `prepare` gave. It imports the package itself.
    """

    name: str
    package: str
    module: str
    run: Callable[[Any], object]


@dataclass(frozen=True)
class Row:
    """
    One benchmark.

    Parameters
    ----------
    name
        By which it is asked for: lower case, with hyphens.
    number
        Of the row in the list of benchmarks.
    work
        What is done, in a few words.
    known
        The answer that is known, and must come out; empty where none is.
    aim
        What is aimed at, in words.
    prepare
        Gives what is worked on, from the data folder; not timed.
    run
        Does the work.
    check
        Holds the answer against what is known, given what was worked on and the answer; not timed.
    needs
        Files that must be there, relative to the data folder.
    seconds_aimed
        The time aimed at; None where there is none [s].
    peer
        Whose program does the same; None where none can be measured.
    no_peer
        Why there is none.
    """

    name: str
    number: int
    work: str
    known: str
    aim: str
    prepare: Callable[[Path], Any]
    run: Callable[[Any], Any]
    check: Callable[[Any, Any], Verdict]
    needs: tuple[str, ...] = ()
    seconds_aimed: float | None = None
    peer: Peer | None = None
    no_peer: str = ""


@dataclass(frozen=True)
class Measurement:
    """
    A row, run.

    Parameters
    ----------
    row
        Which.
    skipped
        Why it was not run; empty where it was.
    verdict
        What came out; None where it was not run.
    seconds
        Wall time of each repeat [s].
    peer_seconds
        Wall time of the peer in each repeat; empty where it was not run [s].
    peer_skipped
        Why the peer was not run; empty where it was.
    """

    row: Row
    skipped: str = ""
    verdict: Verdict | None = None
    seconds: tuple[float, ...] = ()
    peer_seconds: tuple[float, ...] = ()
    peer_skipped: str = ""

    @property
    def median_seconds(self) -> float | None:
        """Median wall time [s]; None where it was not run."""
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def ratios(self) -> tuple[float, ...]:
        """How many times as long as ours the peer took, repeat by repeat."""
        return tuple(peer / ours for ours, peer in zip(self.seconds, self.peer_seconds, strict=False))

    @property
    def median_ratio(self) -> float | None:
        """Median of the ratios; None without a peer."""
        return statistics.median(self.ratios) if self.ratios else None

    @property
    def is_in_time(self) -> bool | None:
        """Whether the median is within the time aimed at; None where there is no such time, or it was not run."""
        if self.median_seconds is None or self.row.seconds_aimed is None:
            return None
        return self.median_seconds <= self.row.seconds_aimed
