"""Labour market areas, held against the R package that the rule is known by: rows 1 and 2."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.bench.row import Row, Verdict

if TYPE_CHECKING:
    from tyngdepunkt.regions import Flows, LabourMarketAreas

__all__ = ["ROWS"]

_NO_PEER = "the peer is the R package LabourMarketAreas 3.4, which is not on PyPI"
_SEED = 1
_LARGE = 40_000


def _read(name: str, data: Path) -> Flows:
    """Read a table of flows."""
    from tyngdepunkt.regions import read_flows

    return read_flows(data / "benchmarks" / name)


def _find(flows: Flows) -> LabourMarketAreas:
    """Find the areas by the rule's own defaults: 1,000 and 10,000 persons, 66.67 and 75 %."""
    from tyngdepunkt.regions import find_labour_market_areas

    return find_labour_market_areas(flows)


def _prepare_brindisi(data: Path) -> tuple[Flows, dict[str, str]]:
    """Read the flows of Brindisi, and the labels that the package gives."""
    with (data / "benchmarks" / "lma_brindisi_expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = {row["community"]: row["cluster"] for row in csv.DictReader(stream)}
    return _read("lma_brindisi_flows.csv", data), expected


def _check_brindisi(prepared: tuple[Flows, dict[str, str]], found: LabourMarketAreas) -> Verdict:
    """Compare each label."""
    same = sum(found.labels.get(zone) == label for zone, label in prepared[1].items())
    text = f"{len(found.areas)} areas, {_percent(found)} internal, {same} of {len(prepared[1])} labels the same"
    agrees = dict(found.labels) == prepared[1] and _percent(found) == "83.953 %"
    return Verdict(text, agrees)


def _check_sardinia(_: Flows, found: LabourMarketAreas) -> Verdict:
    """Compare what is known of the answer."""
    text = f"{len(found.areas)} areas, {len(found.reserve)} on the reserve list, {_percent(found)} internal"
    return Verdict(text, text == "36 areas, 80 on the reserve list, 89.367 % internal")


def _make_large(_: Path) -> Flows:
    """Make a country of 40,000 zones."""
    from tyngdepunkt.regions.synthetic import make_country

    return make_country(_LARGE, seed=_SEED)


def _check_large(flows: Flows, found: LabourMarketAreas) -> Verdict:
    """Check what holds of every answer: each zone in one area, each area valid before the reserve list is placed."""
    placed = sorted(zone for area in found.areas for zone in area.zones)
    holds = placed == sorted(found.labels) and len(placed) + len(found.without_area) == len(flows)
    holds = holds and all(area.validity_before_reserve >= 1 for area in found.areas)
    return Verdict(f"{len(found.areas):,} areas of {len(flows):,} zones, {len(flows.persons):,} pairs", holds)


def _percent(found: LabourMarketAreas) -> str:
    """Return the internal share as the known answers have it."""
    return "–" if found.internal_share is None else f"{100 * found.internal_share:.3f} %"


ROWS = (
    Row(
        name="lma-brindisi",
        number=1,
        work="labour market areas of Brindisi, 20 zones",
        known="9 areas, 83.953 % internal, every label",
        aim="labels identical",
        prepare=_prepare_brindisi,
        run=lambda prepared: _find(prepared[0]),
        check=_check_brindisi,
        needs=("benchmarks/lma_brindisi_flows.csv", "benchmarks/lma_brindisi_expected.csv"),
        no_peer=_NO_PEER,
    ),
    Row(
        name="lma-sardinia",
        number=2,
        work="labour market areas of Sardinia, 377 zones",
        known="36 areas, 80 on the reserve list, 89.367 % internal",
        aim="identical, under 0.3 s",
        prepare=lambda data: _read("lma_sardinia_flows.csv", data),
        run=_find,
        check=_check_sardinia,
        needs=("benchmarks/lma_sardinia_flows.csv",),
        seconds_aimed=0.3,
        no_peer=_NO_PEER,
    ),
    Row(
        name="lma-40000",
        number=2,
        work="labour market areas of a made-up country, 40,000 zones",
        known="each zone in one area, each area valid",
        aim="under 60 s and 1 GB",
        prepare=_make_large,
        run=_find,
        check=_check_large,
        seconds_aimed=60.0,
        memory_aimed=10**9,
        no_peer=_NO_PEER,
    ),
)
