"""A county small enough to analyse while one waits, with what a report must bear; and the shipped one in part."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from tyngdepunkt.analysis import (
    Analysis,
    Layer,
    analyse,
    find_plan,
    measure_answer,
    price_tipping,
    review_cooperation,
    review_services,
    sweep_centres,
)
from tyngdepunkt.model import Question, Reason

NASTY = (
    '#import "evil.typ"',
    "$x$ *bold* _slanted_",
    "<b>&amp;</b>",
    "=1+1",
    "\u202etlusda\u202c",
    "A" * 300,
    "\u6f22\u5b57 \U0001f600",
    "@label `raw` \\ [x] {y}",
)
"""Names that markup, formulas, fonts and lines do not bear, unless one takes care."""


@pytest.fixture(scope="session")
def analysis(shipped):
    """The shipped study analysed in part: as much as the report shows, in a few seconds."""
    question = Question(6, floor=15_000)
    gravity = Question(4, floor=50_000, functions=frozenset({"airport", "hospital", "college"}))
    frontier = sweep_centres(shipped, Question(1), centres=range(1, 10))
    floored = sweep_centres(shipped, Question(1, floor=15_000), centres=[5, 6, 7, 8, 9, 13, 18])
    plan, areas = find_plan(shipped, question), find_plan(shipped, gravity)
    return Analysis(
        study=shipped,
        frontier=frontier,
        frontier_with_floor=floored,
        blocks=Layer(plan, measure_answer(shipped, plan, question), (Reason("chosen_best", 6, alternative="5"),)),
        gravity=Layer(areas, measure_answer(shipped, areas, gravity), (Reason("chosen_most", 4),)),
        tipping=price_tipping(shipped, plan, municipalities=["1546", "1511"]),
        references=_references(shipped, plan, frontier, floored),
        version="0.0.0",
        checksums=dict(shipped.checksums),
        cooperation=review_cooperation(shipped, plan),
        services=review_services(shipped, plan),
    )


@pytest.fixture(scope="session")
def mapless(analysis):
    """The same with neither maps nor the chapters on cooperation and services: quicker to typeset."""
    bare = replace(analysis, cooperation=None, services=None)
    return replace(bare, study=replace(analysis.study, boundaries=None))


def _references(study, plan, frontier, floored):
    """Return two plans of others, measured."""
    from tyngdepunkt.structure import Solver, compare_reference

    solver = Solver(study.territory, plan.question, seed=2017)
    return tuple(
        compare_reference(study.territory, other, plan, frontier=frontier, frontier_with_floor=floored, solver=solver)
        for other in study.reference_plans[:2]
    )


@pytest.fixture(scope="session")
def nasty(tmp_path_factory):
    """A chain of eight municipalities with nasty names and none of the optional tables."""
    from tyngdepunkt.study import load_study

    folder = tmp_path_factory.mktemp("nasty")
    write_chain(folder, NASTY)
    return analyse(load_study(folder))


def write_chain(folder: Path, names: tuple[str, ...]) -> None:
    """Write a study of municipalities in a row, the first id with a leading zero."""
    ids = [f"{301 + place:04d}" for place in range(len(names))]
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    rows = [f"{i},{name},{1000 * (place + 1)}" for place, (i, name) in enumerate(zip(ids, quoted, strict=True))]
    _write(folder / "municipalities.csv", "municipality_id,name,population", rows)
    _write(
        folder / "neighbours.csv",
        "a_id,b_id,link,seasonal",
        [f"{a},{b},land,0" for a, b in itertools.pairwise(ids)],
    )
    _write(
        folder / "commuting.csv", "home_id,work_id,commuters", [f"{a},{b},{50 + int(a) % 7}" for a in ids for b in ids]
    )


def _write(path: Path, header: str, rows: list[str]) -> None:
    """Write a table."""
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
