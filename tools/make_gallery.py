"""
Draw the maps of docs/gallery.md, each from the answer of the command that stands beside it there.

Usage: python tools/make_gallery.py

Three maps and the tipping municipalities are of the study that ships; that of Norway needs the national tables beside
the project, and is left as it is where they are not there.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import shapely

from tyngdepunkt.analysis import find_plan, price_tipping
from tyngdepunkt.model import Plan, Question
from tyngdepunkt.report.country import country_map
from tyngdepunkt.report.maps import county_map
from tyngdepunkt.study import Study, load_study, new_study_from_tables

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
NATIONAL = ROOT.parent / "shared" / "data" / "norway"
SHIPPED = "more-og-romsdal-2017"
MOST_BYTES = 300_000
COARSE = 0.02
"""Tolerance of a country's outlines, of the areas beside them as simplified [degrees]."""
SMALL = 1.5e-3
"""Smallest part of a municipality that is drawn in a country [square degrees]."""
TIPS_BELOW = 40.0
"""Price below which a municipality is drawn as tipping [commuters]."""


def plan_of(study: Study, question: Question) -> Plan:
    """Return the best plan, which must be proven."""
    plan = find_plan(study, question)
    if not isinstance(plan, Plan) or plan.certificate.status != "optimal":
        raise SystemExit(f"No proven plan for {question}.")
    return plan


def inhabitants(study: Study, plan: Plan) -> dict[str, str]:
    """Return the inhabitants of each block, as the legend writes them."""
    people = dict(zip(study.territory.ids, study.territory.population.tolist(), strict=True))
    return {centre: f"{sum(people[i] for i in members):,}" for centre, members in plan.members.items()}


def draw_plan(study: Study, question: Question, title: str) -> str:
    """Draw the blocks of the best plan."""
    plan = plan_of(study, question)
    notes = inhabitants(study, plan)
    return county_map(study.boundaries or {}, study.territory, plan.assignment, language="en", title=title, notes=notes)


def draw_tipping(study: Study) -> str:
    """Draw who could lie in another block for few commuters, and where they would go, over the best plan."""
    plan = plan_of(study, Question(7, floor=15_000))
    prices = [p for p in price_tipping(study, plan) if p.amount is not None and p.amount < TIPS_BELOW]
    cheapest = {p.municipality: p for p in sorted(prices, key=lambda p: -(p.amount or 0))}
    tipped = {**plan.assignment, **{i: p.centre for i, p in cheapest.items()}}
    names = study.territory.names
    print(f"  tip below {TIPS_BELOW:g}:")
    for i, p in cheapest.items():
        print(f"    {names[i]} to {names[p.centre]}: {p.amount:g}")
    return county_map(
        study.boundaries or {},
        study.territory,
        plan.assignment,
        language="en",
        title="Seven blocks, and where those who tip would go",
        notes=inhabitants(study, plan),
        overlay=tipped,
        overlay_name=f"with the {len(cheapest)} that tip moved",
    )


def generalise(boundaries: dict[str, Any]) -> dict[str, Any]:
    """Return a country's outlines coarser, with borders still shared, and without islands too small to see."""
    features = boundaries["features"]
    coarse = shapely.coverage_simplify([shapely.geometry.shape(each["geometry"]) for each in features], COARSE)
    drawn = []
    for feature, geometry in zip(features, coarse, strict=True):
        parts = getattr(geometry, "geoms", [geometry])
        seen = [part for part in parts if part.area > SMALL] or [max(parts, key=lambda part: part.area)]
        rings = [[[round(x, 3), round(y, 3)] for x, y in ring.coords] for part in seen for ring in (part.exterior,)]
        drawn.append({**feature, "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}})
    return {**boundaries, "features": drawn}


def write_picture(name: str, svg: str) -> None:
    """Write a map, of bearable size."""
    size = len(svg.encode())
    if size > MOST_BYTES:
        raise SystemExit(f"{name} has {size} bytes.")
    (IMAGES / f"{name}.svg").write_text(svg, encoding="utf-8")
    print(f"{name}.svg: {size} bytes")


def main() -> int:
    """Draw every map."""
    study = load_study(SHIPPED)
    functions = frozenset({"airport", "hospital", "college"})
    write_picture("gallery-six", draw_plan(study, Question(6, floor=15_000), "The best of all numbers of blocks"))
    write_picture("gallery-seven", draw_plan(study, Question(7, floor=15_000), "Seven blocks of at least 15,000"))
    write_picture("gallery-tipping", draw_tipping(study))
    gravity = Question(4, floor=50_000, functions=functions)
    write_picture("gallery-gravity", draw_plan(study, gravity, "Four centres of gravity"))
    if not NATIONAL.is_dir():
        print("The national tables are not beside the project: the map of Norway stays as it is.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        norway = load_study(new_study_from_tables(Path(folder) / "norway", NATIONAL, year=2017))
        norway = replace(norway, boundaries=generalise(norway.boundaries or {}))
        plan = plan_of(norway, Question(19))
        svg = country_map(
            norway.boundaries or {},
            norway.territory,
            plan.assignment,
            language="en",
            title="Nineteen blocks of Norway",
            is_listed=True,
        )
    write_picture("gallery-norway", svg)
    return 0


if __name__ == "__main__":
    sys.exit(main())
