"""A whole country at once: Norway's 426 municipalities of 2017, read where they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from tyngdepunkt.model import Question
from tyngdepunkt.structure import Solver

NATIONAL = Path(__file__).parents[2].parent / "shared" / "data" / "norway"


@pytest.mark.skipif(not NATIONAL.is_dir(), reason=f"the national tables are not at ../shared/data/{NATIONAL.name}")
def test_plans_of_a_country_are_proven(tmp_path):
    from tyngdepunkt.study import load_study
    from tyngdepunkt.study.national import new_study_from_tables

    folder = new_study_from_tables(tmp_path / "norway", NATIONAL, year=2017)
    solver = Solver(load_study(folder).territory, Question(1), seed=1)
    found = {k: solver.find(k) for k in (89, 159)}
    assert {k: plan.objective for k, plan in found.items()} == {89: 446_690, 159: 442_569}
    assert all(plan.certificate.status == "optimal" for plan in found.values())
