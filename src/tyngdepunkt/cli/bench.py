"""The command that measures: work with a known answer, beside a peer where one is installed."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.guard import INTERRUPTED, MENDABLE, tell
from tyngdepunkt.cli.layout import Row as Line, emit, table_text
from tyngdepunkt.cli.options import Format, command
from tyngdepunkt.cli.waiting import ProgressLine

if TYPE_CHECKING:
    from tyngdepunkt.bench import Measurement, Reached

__all__ = ["register"]

_BENCH = """
Run benchmarks: work with a known answer, ours and a peer's in turn.

NAME is the name or number of a benchmark, or the beginning of names; without it all are run. Each is run --repeats
times, a quick one once more before that; where the peer is installed it runs in turn, and the figure that says
something is the ratio, peer to ours. Seconds are of this machine, now. Where either may end with a gap, both are given
the same limit, and gaps are compared as well. A benchmark whose data are not there is skipped.
Exit code 1 where a known answer did not come out, or where ours and the peer's cannot both be right. Ctrl-C ends it
with what is measured.

Example: tyngdepunkt bench lma-sardinia --repeats 5
"""


class Clock(StrEnum):
    """What is timed."""

    WALL = "wall"
    PROCESSOR = "processor"


class Shape(StrEnum):
    """How the measurements are printed."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    command(app, name="bench", help=_BENCH)(run_benchmarks)


def run_benchmarks(
    *,
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="Name or number. Default: all.", show_default=False)
    ] = "",
    repeats: Annotated[int, typer.Option("--repeats", metavar="N", min=1, help="Timed runs of each.")] = 3,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", metavar="FOLDER", help="Where the data are. Default: ../shared/data from the project's root."
        ),
    ] = None,
    limit: Annotated[
        float | None,
        typer.Option(
            "--limit",
            metavar="SECONDS",
            min=1,
            help="What either is given for each question, where there is a limit [s]. Default: the benchmark's own.",
            show_default=False,
        ),
    ] = None,
    clock: Annotated[
        Clock,
        typer.Option(
            "--clock", help="Time on the wall, or processor time, which other work on the machine disturbs less."
        ),
    ] = Clock.WALL,
    shape: Annotated[
        Shape, typer.Option("--format", help="How the answer is printed on standard output.")
    ] = Shape.TABLE,
) -> None:
    """Print measurements."""
    from tyngdepunkt.bench import choose_rows, default_data_folder, find_rows, measure_row, processor_seconds
    from tyngdepunkt.model import Step

    rows = choose_rows(find_rows(), name)
    folder = default_data_folder() if data is None else data
    timer = processor_seconds if clock is Clock.PROCESSOR else time.perf_counter
    measured, interrupted = [], False
    with ProgressLine("bench") as progress:
        try:
            for done, row in enumerate(rows):
                progress(Step(row.name, done, len(rows)))
                measured.append(measure_row(row, folder, repeats=repeats, limit=limit, clock=timer))
        except KeyboardInterrupt:
            interrupted = True  # what is measured is told all the same
    emit(
        Format(shape.value),
        shape=lambda: [_shape(each) for each in measured],
        rows=lambda: [_line(each) for each in measured],
        text=lambda: _text(measured),
    )
    wrong = [each.row.name for each in measured if each.verdict is not None and each.verdict.agrees is False]
    apart = [each.row.name for each in measured if each.peer_verdict is not None and each.peer_verdict.agrees is False]
    if wrong:
        tell(f"The known answer did not come out: {', '.join(wrong)}.")
    if apart:
        tell(f"Ours and the peer's cannot both be right: {', '.join(apart)}.")
    if interrupted:
        raise typer.Exit(INTERRUPTED)
    if wrong or apart:
        raise typer.Exit(MENDABLE)


def _shape(measured: Measurement) -> dict[str, object]:
    """Return a measurement as JSON has it."""
    row, verdict, peer = measured.row, measured.verdict, measured.peer_verdict
    return {
        "name": row.name,
        "number": row.number,
        "work": row.work,
        "known": row.known,
        "outcome": verdict.text if verdict is not None else None,
        "agrees": verdict.agrees if verdict is not None else None,
        "aim": row.aim,
        "meets_aim": measured.meets_aim,
        "seconds": measured.seconds,
        "median_seconds": measured.median_seconds,
        "memory": measured.memory,
        "limit": row.limit,
        "reached": [[_reached(each) for each in run] for run in measured.reached],
        "skipped": measured.skipped or None,
        "peer": row.peer.name if row.peer is not None else None,
        "peer_outcome": peer.text if peer is not None else None,
        "peer_agrees": peer.agrees if peer is not None else None,
        "peer_seconds": measured.peer_seconds,
        "peer_reached": [[_reached(each) for each in run] for run in measured.peer_reached],
        "peer_skipped": measured.peer_skipped or None,
        "ratios": measured.ratios,
        "median_ratio": measured.median_ratio,
        "is_least_ratio": measured.is_least_ratio,
        "gap_ratios": measured.gap_ratios,
    }


def _reached(each: Reached) -> dict[str, object]:
    """Return how far a program came with a question as JSON has it."""
    return {"question": each.question, "objective": each.objective, "bound": each.bound, "gap": each.gap}


def _line(measured: Measurement) -> Line:
    """Return a measurement as a line of the table."""
    verdict = measured.verdict
    least = "≥ " if measured.is_least_ratio and measured.ratios else ""
    return {
        "benchmark": measured.row.name,
        "known answer": "skipped" if verdict is None else _agreement(verdict.agrees),
        "ours [s]": _spread(measured.seconds),
        "peer [s]": _spread(measured.peer_seconds),
        "peer / ours": least + _spread(measured.ratios),
        "aim": measured.row.aim,
        "aim met": measured.meets_aim,
    }


def _text(measured: list[Measurement]) -> str:
    """Return the table, and under it what came out and what was skipped."""
    notes = []
    for each in measured:
        row, verdict = each.row, each.verdict
        what = f"skipped: {each.skipped}" if verdict is None else verdict.text
        known = f" (known: {row.known})" if verdict is not None and row.known else ""
        notes.append(f"{row.name}, {row.work}: {what}{known}\n")
        if each.memory is not None:
            notes.append(f"  memory: {each.memory / 1e6:,.0f} MB at most\n")
        if row.peer is not None and each.peer_verdict is not None:
            notes.append(f"  {row.peer.name}: {each.peer_verdict.text}\n")
        notes += [
            f"  gap, peer / ours, {question}: {_spread(ratios)}\n" for question, ratios in each.gap_ratios.items()
        ]
        if verdict is not None and each.peer_skipped:
            notes.append(f"  no peer: {each.peer_skipped}\n")
    return table_text([_line(each) for each in measured]) + "\n" + "".join(notes)


def _agreement(agrees: bool | None) -> str:  # noqa: FBT001  # a verdict, not a switch
    """Return whether the known answer came out, in a word."""
    return {True: "yes", False: "NO", None: "none known"}[agrees]


def _spread(figures: tuple[float, ...]) -> str:
    """Return the median with the least and the most; a dash where there are none."""
    if not figures:
        return "–"
    ordered = sorted(figures)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return f"{median:.3g} ({ordered[0]:.3g}–{ordered[-1]:.3g})"
