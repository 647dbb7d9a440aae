"""What a benchmark is, and what measuring it gives."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

__all__ = ["Measurement", "Peer", "Reached", "Row", "Verdict"]


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
class Reached:
    """
    How far a program came with one question.

    Parameters
    ----------
    question
        Which of a row's, in a word or two (``"k = 105"``).
    objective
        Of the best plan it found; None where it found none.
    bound
        What it proves no plan to be better than; None where it proves nothing.
    """

    question: str
    objective: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """How far the plan may be from the best [share of its objective]; None without a plan or without a bound."""
        if self.objective is None or self.bound is None:
            return None
        apart = abs(self.bound - self.objective)
        return apart / abs(self.objective) if apart else 0.0

    @property
    def is_proven(self) -> bool:
        """Whether the plan is proven to be the best."""
        return self.gap == 0

    def contradicts(self, other: Reached) -> bool:
        """Return whether this and another cannot both be right: the best lies between a plan and its bound."""
        if self.gap is None or other.gap is None:
            return False
        (low, high), (least, most) = (
            sorted((float(each.objective or 0), float(each.bound or 0))) for each in (self, other)
        )
        return low > most or least > high


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
        Does the work on what the row's `prepare` gave. It imports the package itself. Where the row has a limit it
        takes `seconds` as well, and gives a `Reached` for each question.
    check
        Holds its answer against ours, given what was worked on, ours and the peer's; not timed.
    """

    name: str
    package: str
    module: str
    run: Callable[..., Any]
    check: Callable[[Any, Any, Any], Verdict]


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
        Does the work; where there is a limit it takes `seconds` as well.
    check
        Holds the answer against what is known, given what was worked on and the answer; not timed.
    needs
        Files that must be there, relative to the data folder.
    limit
        What either program is given for each question, after which it answers with a gap [s]; None for no limit.
    reach
        Tells how far an answer of `run` came with each question; None where a row has no questions of its own.
    seconds_aimed
        The time aimed at; None where there is none [s].
    memory_aimed
        Memory that the process may take at most; None where that does not matter [byte].
    gaps_aimed
        Question to the gap aimed at [share].
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
    run: Callable[..., Any]
    check: Callable[[Any, Any], Verdict]
    needs: tuple[str, ...] = ()
    limit: float | None = None
    reach: Callable[[Any], tuple[Reached, ...]] | None = None
    seconds_aimed: float | None = None
    memory_aimed: int | None = None
    gaps_aimed: Mapping[str, float] = field(default_factory=dict)
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
        What came out; None where it was not run. Of several runs, the first that came out wrong.
    seconds
        Time of each repeat [s].
    reached
        How far each repeat came with each question; empty where the row has none.
    memory
        The most memory that the process had taken once ours had run; None where the row does not ask or the system
        does not say [byte].
    peer_skipped
        Why the peer was not run; empty where it was.
    peer_verdict
        The peer's answer held against ours; None where it was not run. Of several runs, the first that was wrong.
    peer_seconds
        Time of the peer in each repeat; empty where it was not run [s].
    peer_reached
        How far the peer came with each question in each repeat.
    """

    row: Row
    skipped: str = ""
    verdict: Verdict | None = None
    seconds: tuple[float, ...] = ()
    reached: tuple[tuple[Reached, ...], ...] = ()
    memory: int | None = None
    peer_skipped: str = ""
    peer_verdict: Verdict | None = None
    peer_seconds: tuple[float, ...] = ()
    peer_reached: tuple[tuple[Reached, ...], ...] = ()

    @property
    def median_seconds(self) -> float | None:
        """Median time [s]; None where it was not run."""
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def ratios(self) -> tuple[float, ...]:
        """
        How many times as long as ours the peer took, repeat by repeat.

        There are none where ours was still at a question when its time was up: then it is the limit that is measured.
        """
        if not all(each.is_proven for run in self.reached for each in run):
            return ()
        return tuple(peer / ours for ours, peer in zip(self.seconds, self.peer_seconds, strict=False))

    @property
    def is_least_ratio(self) -> bool:
        """Whether the peer was still at a question when its time was up, so that the ratios are at least these."""
        return not all(each.is_proven for run in self.peer_reached for each in run)

    @property
    def median_ratio(self) -> float | None:
        """Median of the ratios; None where there are none."""
        return statistics.median(self.ratios) if self.ratios else None

    @property
    def gap_ratios(self) -> dict[str, tuple[float, ...]]:
        """
        Question to how many times as wide as ours the peer's gap was, repeat by repeat; of questions that we left open.

        A peer that has a bound and no plan is lent ours, which is as good as any that it could find by luck.
        """
        found: dict[str, list[float]] = {}
        for mine, others in zip(self.reached, self.peer_reached, strict=False):
            theirs = {each.question: each for each in others}
            for each in mine:
                peer = theirs.get(each.question)
                if peer is not None and peer.objective is None:
                    peer = replace(peer, objective=each.objective)
                if each.gap and peer is not None and peer.gap is not None:
                    found.setdefault(each.question, []).append(peer.gap / each.gap)
        return {question: tuple(ratios) for question, ratios in found.items()}

    @property
    def meets_aim(self) -> bool | None:
        """Whether time, memory and gaps are as aimed at; None where there is no such aim, or it was not run."""
        row, met = self.row, []
        if row.seconds_aimed is not None and self.median_seconds is not None:
            met.append(self.median_seconds <= row.seconds_aimed)
        if row.memory_aimed is not None and self.memory is not None:
            met.append(self.memory <= row.memory_aimed)
        met += [
            each.gap is not None and each.gap <= row.gaps_aimed[each.question]
            for run in self.reached
            for each in run
            if each.question in row.gaps_aimed
        ]
        return all(met) if met else None
