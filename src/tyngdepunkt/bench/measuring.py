"""Running a row and its peer in turn."""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tyngdepunkt.bench.row import Measurement, Peer, Reached, Row, Verdict

__all__ = ["measure_row", "processor_seconds"]

_WARM = 5.0
"""A run that takes longer than this is no different for having been run before, and counts as it is [s]."""


def processor_seconds() -> float:
    """
    Return the time that the processor has spent on this process and on those it has waited for.

    Unlike time on the wall it hardly grows with what else the machine does.

    Returns
    -------
    Seconds, counted from when the process began.
    """
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


@dataclass
class _Runs:
    """What a program's runs gave: seconds of each that counts, how far it came, and the first verdict that matters."""

    seconds: list[float] = field(default_factory=list)
    reached: list[tuple[Reached, ...]] = field(default_factory=list)
    verdict: Verdict | None = None

    def judge(self, verdict: Verdict) -> None:
        """Keep a verdict: the first, until there is one that does not agree."""
        agreed = self.verdict is None or self.verdict.agrees is not False
        if self.verdict is None or (agreed and verdict.agrees is False):
            self.verdict = verdict


def measure_row(
    row: Row,
    data: Path,
    *,
    repeats: int = 3,
    limit: float | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Measurement:
    """
    Run a row several times, and its peer in turn with it.

    Each is run once beforehand, which is not timed unless it is long. Who goes first changes from one repeat to the
    next. Every answer is checked, the peer's too.

    Parameters
    ----------
    row
        The benchmark.
    data
        Folder of the data.
    repeats
        Timed runs of each.
    limit
        What either is given for each question where the row has a limit; the row's own where not given [s].
    clock
        Gives the time [s].

    Returns
    -------
    What came out and how long it took; or why it was skipped.
    """
    missing = [name for name in row.needs if not (data / name).exists()]
    if missing:
        return Measurement(row, skipped=f"no {' and no '.join(missing)} in {data.as_posix()}", peer_skipped=row.no_peer)
    prepared = row.prepare(data)
    limits = {} if row.limit is None else {"seconds": row.limit if limit is None else limit}
    ours, theirs = _Runs(), _Runs()

    def run_ours(*, counts: bool = True) -> object:
        answer, seconds = _timed(functools.partial(row.run, prepared, **limits), clock)
        if counts or seconds > _WARM:
            ours.seconds.append(seconds)
            ours.reached += [] if row.reach is None else [row.reach(answer)]
        ours.judge(row.check(prepared, answer))
        return answer

    def run_peer(peer: Peer, *, counts: bool = True) -> str:
        try:
            answer, seconds = _timed(functools.partial(peer.run, prepared, **limits), clock)
        except Exception as error:  # noqa: BLE001 - a peer may raise anything; it is told, and ours goes on
            return f"{peer.name} failed: {type(error).__name__}: {error}"
        if counts or seconds > _WARM:
            theirs.seconds.append(seconds)
            theirs.reached += [] if row.reach is None else [tuple(answer)]
        theirs.judge(peer.check(prepared, first, answer))
        return ""

    first = run_ours(counts=False)
    memory = None if row.memory_aimed is None else _peak_memory()
    peer_skipped = _missing(row)
    if row.peer is not None and not peer_skipped:
        peer_skipped = run_peer(row.peer, counts=False)
    for turn in range(repeats):
        for is_ours in (True, False) if turn % 2 == 0 else (False, True):
            # Those that have counted their first run have one less to do.
            if is_ours and len(ours.seconds) < repeats:
                run_ours()
            elif not is_ours and row.peer is not None and not peer_skipped and len(theirs.seconds) < repeats:
                peer_skipped = run_peer(row.peer)
    return Measurement(
        row,
        verdict=ours.verdict,
        seconds=tuple(ours.seconds),
        reached=tuple(ours.reached),
        memory=memory,
        peer_skipped=peer_skipped,
        peer_verdict=theirs.verdict,
        peer_seconds=tuple(theirs.seconds),
        peer_reached=tuple(theirs.reached),
    )


def _timed(work: Callable[[], Any], clock: Callable[[], float]) -> tuple[Any, float]:
    """Do some work; return what it gives and how long it took."""
    start = clock()
    answer = work()
    return answer, clock() - start


def _missing(row: Row) -> str:
    """Return why a row has no peer to run; empty where it has."""
    if row.peer is None:
        return row.no_peer or "there is none"
    if importlib.util.find_spec(row.peer.module) is None:
        return f"{row.peer.name} is not installed: pip install {row.peer.package}"
    return ""


def _peak_memory() -> int | None:
    """Return the most memory that this process has taken so far [byte]; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows has none
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # there in bytes, elsewhere in kilobytes
