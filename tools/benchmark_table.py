"""
Write the table of ``docs/benchmarks.md`` from what ``tyngdepunkt bench --format json`` measured.

    python tools/benchmark_table.py FILE...

Each FILE is such an answer; of a row in several of them the repeats are put together. A row in none of them keeps its
line. Seconds never reach the page.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tyngdepunkt.bench import Row, find_rows

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_HEAD = (
    "| benchmark | row | work | known answer | ours | beside it | time, peer to ours | gap, peer to ours |\n"
    "|---|---|---|---|---|---|---|---|\n"
)
_NOT_RUN = "not run for this page"


def known_cells(row: Row) -> str:
    """Return the start of a row's line: what the row itself says."""
    known = "; aim: ".join(filter(None, (row.known or "none known", row.aim)))
    return f"| `{row.name}` | {row.number} | {row.work} | {known} |"


def spread(ratios: Iterable[float]) -> str:
    """Return the median of ratios, with the least and the most, two figures each; a dash where there are none."""
    found = sorted(ratios)
    if not found:
        return "–"
    median = rounded(statistics.median(found))
    return median if len(found) == 1 else f"{median} ({rounded(found[0])}–{rounded(found[-1])})"


def rounded(ratio: float) -> str:
    """Return a number with two figures, and all that it has before the point."""
    return f"{float(f'{ratio:.2g}'):,.0f}" if ratio >= 10 else f"{ratio:.2g}"


def line(row: Row, measured: list[Mapping[str, Any]]) -> str:
    """Return the line of a row."""
    if not measured:
        peer = row.peer.name if row.peer else f"none: {row.no_peer}"
        return f"{known_cells(row)} {_NOT_RUN} | {peer} | – | – |\n"
    last = measured[-1]
    ours = [last["outcome"]]
    if last["agrees"] is False:
        ours.insert(0, "**does not come out**:")
    if last["memory"] is not None:
        ours.append(f"in {last['memory'] / 1e9:.1f} GB")
    if last["meets_aim"] is not None:
        ours.append("as aimed" if last["meets_aim"] else "aim missed")
    if last["peer"] is None:
        peer = f"none: {row.no_peer}"
    elif last["peer_outcome"] is None:
        peer = f"{last['peer']}: {last['peer_skipped']}"
    else:
        peer = f"{last['peer']}: {last['peer_outcome']}"
    least = "at least " if last["is_least_ratio"] and last["ratios"] else ""
    times = least + spread(ratio for each in measured for ratio in each["ratios"])
    questions = dict.fromkeys(question for each in measured for question in each["gap_ratios"])
    gaps = "; ".join(
        f"{question}: {spread(ratio for each in measured for ratio in each['gap_ratios'].get(question, ()))}"
        for question in questions
    )
    return f"{known_cells(row)} {', '.join(ours)} | {peer} | {times} | {gaps or '–'} |\n"


def written_lines(page: str) -> dict[str, str]:
    """Return name of a row to its line on the page."""
    lines = [each + "\n" for each in page.splitlines() if each.startswith("| `")]
    return {each.split("`")[1]: each for each in lines}


def stale_rows(page: str) -> list[str]:
    """Return the rows that the page does not have, or says something else of than they do."""
    written = written_lines(page)
    return [row.name for row in find_rows() if not written.get(row.name, "").startswith(known_cells(row) + " ")]


def main(files: list[str]) -> None:
    """Write the lines anew that there is something new to say in."""
    measured: dict[str, list[Mapping[str, Any]]] = {}
    for file in files:
        for each in json.loads(Path(file).read_text(encoding="utf-8")):
            if each["skipped"] is None:
                measured.setdefault(each["name"], []).append(each)
    page = PAGE.read_text(encoding="utf-8")
    written, stale = written_lines(page), set(stale_rows(page))
    table = _HEAD
    for row in find_rows():
        is_kept = row.name not in measured and row.name not in stale
        table += written[row.name] if is_kept else line(row, measured.get(row.name, []))
    before, _, rest = page.partition("| benchmark |")
    after = rest[rest.index("\n\n") :]
    PAGE.write_text(before + table.rstrip("\n") + after, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
