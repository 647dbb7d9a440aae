"""Running a row and its peer in turn."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tyngdepunkt.bench.row import Measurement, Row, Verdict

__all__ = ["measure_row"]


def measure_row(
    row: Row, data: Path, *, repeats: int = 3, clock: Callable[[], float] = time.perf_counter
) -> Measurement:
    """
    Run a row several times, and its peer in turn with it.

    Each is run once beforehand, which is not timed; that answer is the one that is checked. Who goes first changes
    from one repeat to the next.

    Parameters
    ----------
    row
        The benchmark.
    data
        Folder of the data.
    repeats
        Timed runs of each.
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
    verdict: Verdict = row.check(prepared, row.run(prepared))
    peer_skipped = _warm_up_peer(row, prepared)
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(repeats):
        works: list[tuple[Callable[[Any], object], list[float]]] = [(row.run, ours)]
        if row.peer is not None and not peer_skipped:
            works.append((row.peer.run, theirs))
        for work, seconds in works if turn % 2 == 0 else reversed(works):
            start = clock()
            work(prepared)
            seconds.append(clock() - start)
    return Measurement(row, verdict=verdict, seconds=tuple(ours), peer_seconds=tuple(theirs), peer_skipped=peer_skipped)


def _warm_up_peer(row: Row, prepared: object) -> str:
    """Run the peer once; return why there is none, or how it failed."""
    if row.peer is None:
        return row.no_peer or "there is none"
    if importlib.util.find_spec(row.peer.module) is None:
        return f"{row.peer.name} is not installed: pip install {row.peer.package}"
    try:
        row.peer.run(prepared)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the peer's, and the row goes on without it
        return f"{row.peer.name} failed: {type(error).__name__}: {error}"
    return ""
