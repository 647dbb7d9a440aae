"""How often municipalities keep their blocks: by hand, by brute force, and on the shipped study."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.counties import best_by_force, draw, make_random
from tyngdepunkt.ensembles import Crew, Resampling, measure_stability, redraw
from tyngdepunkt.ensembles.answering import AnswerTask, answer_task
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Certificate, Objective, Plan, Question, Status
from tyngdepunkt.structure import find_plan
from tyngdepunkt.study import load_study, new_study_from_tables


@pytest.fixture
def torn():
    """Five in a row; C leans to A a little more than to E::

    A - B - C - D - E
    """
    flows = {"BA": 500, "DE": 500, "CA": 52, "CE": 48}
    territory = draw("A - B - C - D - E", flows=flows, people={"A": 3000, "E": 3000})
    return territory, find_plan(territory, Question(2), seed=1)


def test_who_is_torn_between_two_centres_is_found_out(torn):
    territory, plan = torn
    assert plan.members == {"A": ("A", "B", "C"), "E": ("D", "E")}
    found = measure_stability(territory, plan, resamples=200, seed=1)
    # C lies with A where a Poisson variable of mean 52 is above one of mean 48: in about 64 of 100 draws.
    assert abs(found.keeps("C").share - 0.64) < 3 * found.keeps("C").error
    assert found.keeps("C").count + found.lies_with("C", "E").count == 200
    assert found.least_stable[0] == "C"
    for calm in "ABDE":
        assert found.keeps(calm).share == 1
        assert found.keeps(calm).low > 0.98
    assert found.unchanged == found.keeps("C").count
    assert found.shares_block("C", "A") == found.keeps("C")
    assert found.shares_block("A", "E").count == 0
    assert (np.diag(found.together) == found.solved).all()
    assert found.is_centre("A").share == 1
    assert found.is_centre("C").share == 0


def test_places_add_up_to_the_resamples(torn):
    territory, plan = torn
    found = measure_stability(territory, plan, resamples=60, seed=2, method=Resampling.BOOTSTRAP)
    assert (found.places.sum(axis=1) == found.solved).all()
    assert found.centred.sum() == found.solved * 2
    assert found.solved + found.unsettled == 60


@pytest.mark.parametrize("seed", range(6))
def test_every_resample_is_answered_as_brute_force_answers_it(seed):
    territory, question = make_random(seed, 6), Question(3, floor=[0, 1500][seed % 2])
    for number in range(3):
        task = AnswerTask(territory, question, 1, 60.0, method=Resampling.POISSON, ensemble_seed=seed, number=number)
        drawn = redraw(territory.commuters, Resampling.POISSON, seed=seed, number=number)
        answer = answer_task(task)
        assert answer.settled
        assert answer.objective == best_by_force(replace(territory, commuters=drawn), question)


def test_the_best_number_of_centres_is_the_fewest_of_the_best():
    territory = make_random(3, 6)
    task = AnswerTask(territory, Question(2), 1, 60.0, numbers=(1, 2, 3, 4, 5, 6))
    objectives = {k: best_by_force(territory, Question(k)) for k in range(1, 7)}
    best = max(objectives.values())
    assert answer_task(task).best_number == min(k for k, value in objectives.items() if value == best)


def test_the_result_does_not_depend_on_who_works_or_in_how_many_chunks(torn):
    territory, plan = torn
    alone = measure_stability(territory, plan, resamples=30, seed=5, numbers=(2, 3))
    together = measure_stability(territory, plan, resamples=30, seed=5, numbers=(2, 3), crew=Crew(2))
    for name in ("places", "centred", "together"):
        assert (getattr(alone, name) == getattr(together, name)).all()
    assert alone.numbers == together.numbers
    assert sum(alone.numbers.values()) == 30


def test_an_interrupt_keeps_the_resamples_done(torn):
    territory, plan = torn

    def stop(step):
        if step.done:
            raise KeyboardInterrupt

    found = measure_stability(territory, plan, resamples=60, seed=1, progress=stop)
    assert not found.complete
    assert 0 < found.solved < 60
    assert (found.places.sum(axis=1) == found.solved).all()


def test_an_interrupt_before_the_first_resample_is_an_interrupt(torn):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_stability(*torn, resamples=60, seed=1, progress=stop)


def test_other_years_are_counted_apart(torn):
    territory, plan = torn
    turned = territory.commuters.copy()
    turned[2] = turned[2][::-1]  # C leans to E instead
    found = measure_stability(territory, plan, resamples=5, seed=1, years={2019: turned, 2018: territory.commuters})
    assert [year.year for year in found.years] == [2018, 2019]
    assert [year.kept for year in found.years] == [(True,) * 5, (True, True, False, True, True)]
    assert found.solved == 5


def test_what_has_no_meaning_is_refused(torn):
    territory, plan = torn
    with pytest.raises(QuestionError, match="0 resamples show nothing"):
        measure_stability(territory, plan, resamples=0, seed=1)
    with pytest.raises(QuestionError, match="9 centres cannot be tried"):
        measure_stability(territory, plan, resamples=1, seed=1, numbers=(2, 9))
    access = find_plan(territory, Question(2, objective=Objective(0, 1)), seed=1)
    with pytest.raises(QuestionError, match="reads no commuting table"):
        measure_stability(territory, access, resamples=1, seed=1)
    loose = Certificate(Status.GAP, 99.0, "none", 0.0, 1)
    with pytest.raises(QuestionError, match="not proven to be the best"):
        measure_stability(territory, Plan(plan.question, plan.assignment, 98.0, loose), resamples=1, seed=1)


def test_the_shipped_study_is_firm_at_six_and_restless_at_seven(shipped, six, seven):
    """As docs/concepts/stability.md tells."""
    territory, names = shipped.territory, shipped.territory.names
    firm = measure_stability(territory, six, resamples=24, seed=2017)
    assert {names[i] for i in firm.ids if firm.keeps(i).share < 1} == {"Sandøy"}
    restless = measure_stability(territory, seven, resamples=24, seed=2017)
    assert {names[i] for i in restless.least_stable[:4]} == {"Norddal", "Stranda", "Stordal", "Rauma"}
    assert restless.whole.share < firm.whole.share


def test_the_county_of_the_year_after_has_the_same_blocks_at_six(shipped, norway, tmp_path):
    """Statistics Norway's table for 2018, where it is at hand; Møre og Romsdal had the same municipalities then."""
    import pandas as pd

    national = pd.read_csv(norway / "commuting_2018.csv.gz", dtype={"home_code": str, "work_code": str})
    inside = national["home_code"].isin(shipped.territory.ids) & national["work_code"].isin(shipped.territory.ids)
    folder = new_study_from_tables(tmp_path / "county", norway, year=2017, county="15")
    rows = national[inside].set_axis(["home_id", "work_id", "commuters"], axis=1)
    rows.assign(year=2018).to_csv(folder / "commuting_other_years.csv", index=False)
    study = load_study(folder)
    assert list(study.other_years) == [2018]
    assert study.other_years[2018].sum() == national[inside]["commuters"].sum()
    plan = find_plan(shipped.territory, Question(6, floor=15_000), seed=2017)
    found = measure_stability(shipped.territory, plan, resamples=1, seed=1, years=study.other_years)
    moved = {shipped.territory.names[i] for i, kept in zip(found.ids, found.years[0].kept, strict=True) if not kept}
    assert found.years[0].settled
    assert moved <= {"Sandøy"}
