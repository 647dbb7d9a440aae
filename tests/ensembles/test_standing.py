"""Where a plan stands: against all divisions by brute force, and on the shipped study."""

from __future__ import annotations

import numpy as np
import pytest

from tests.counties import all_plans, make_random
from tyngdepunkt.ensembles import Crew, place_plan
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Objective, Partition, Question
from tyngdepunkt.space import Method, SpaceTooLargeError, score_by_best_centres
from tyngdepunkt.structure import measure


@pytest.mark.parametrize(
    "text", ["ties", "access", "ties=1,access=0.001", "cohesion", "borders[all]", "ties=2,cohesion=0.5,borders[all]=30"]
)
@pytest.mark.parametrize("seed", range(2))
def test_a_plan_stands_where_looking_at_every_division_puts_it(seed, text):
    territory = make_random(seed, 7)
    question = Question(3, objective=Objective.from_text(text), floor=[0, 1_500][seed])
    divisions = []
    every = list(all_plans(territory, question, also=lambda blocks: divisions.append(blocks) is None))
    totals = [question.objective.total(amounts) for amounts in every]
    sign = 1 if question.objective.sense == "max" else -1
    count = len(divisions)
    assert count == len(totals) > 0
    for chosen in (0, count // 2, count - 1):
        blocks = {i: str(number) for number, block in enumerate(divisions[chosen]) for i in block}
        place = place_plan(territory, Partition("some", blocks), question, name="some", draws=100, seed=1)
        own = totals[chosen]
        assert (place.exhaustive, place.count, place.draws, place.in_space) == (True, count, count, True)
        assert place.objective == pytest.approx(own)
        better = sum(sign * (each - own) > 1e-9 for each in totals)
        assert place.standing.above == pytest.approx(better / count)
        assert place.standing.below == pytest.approx(sum(sign * (own - each) > 1e-9 for each in totals) / count)
        assert place.standing.error == 0
        assert place.ranks == (1 + better, 1 + better)
        assert sum(bar.share for bar in place.histogram) == pytest.approx(1)


def test_the_score_is_the_one_that_plans_of_others_are_measured_by(shipped):
    territory = shipped.territory
    for text in ("ties", "access", "ties=1,access=0.002", "cohesion", "borders", "ties=1,cohesion=0.5,borders[all]=20"):
        objective = Objective.from_text(text)
        for plan in shipped.reference_plans:
            question = Question(1, objective=objective)
            place = place_plan(territory, plan, question, name=plan.name, draws=200, seed=1, method=Method.RECOM)
            assert place.objective == pytest.approx(measure(territory, plan, question).objective)


def test_the_county_governors_plan_beats_nearly_all(shipped):
    """As docs/concepts/standing.md tells."""
    governor = shipped.reference_plans[0]
    place = place_plan(shipped.territory, governor, Question(1), name=governor.name, draws=20_000, seed=2017)
    assert (place.question.centres, place.objective, place.count) == (8, 17_423, 247_311_641_922)
    assert place.standing.below > 0.999
    assert place.in_space
    assert place.mixed
    floored = place_plan(shipped.territory, governor, Question(1, floor=15_000), name="", draws=20_000, seed=2017)
    assert floored.count == 154_190_681
    assert not floored.in_space


def test_nothing_beats_the_best_plan(shipped, seven):
    place = place_plan(shipped.territory, seven, seven.question, name="best", draws=20_000, seed=1)
    assert place.objective == seven.objective == 17_587
    assert (place.standing.above, place.better_low) == (0, 0)
    assert 0 < place.better_high < 0.001
    assert place.ranks[0] == 1


def test_chains_agree_with_the_exact_count_or_say_that_they_do_not(shipped, seven):
    territory = shipped.territory
    moved = dict(seven.assignment)
    for name in ("Rauma", "Nesset", "Sunndal"):  # a plan in the middle of the field, rather than at its end
        moved[territory.find(name)] = territory.find("Vestnes")
    plan = Partition("middling", moved)
    exact = place_plan(territory, plan, Question(7), name="", draws=20_000, seed=1)
    chains = place_plan(territory, plan, Question(7), name="", draws=40_000, seed=1, method=Method.UNIFORM)
    assert (exact.method, chains.method, chains.count, chains.ranks) == (Method.EXACT, Method.UNIFORM, None, None)
    assert exact.mixed
    assert abs(exact.diagnosis.mean - chains.diagnosis.mean) < 5 * np.hypot(
        exact.diagnosis.error, chains.diagnosis.error
    )
    short = place_plan(territory, plan, Question(7), name="", draws=400, seed=1, method=Method.UNIFORM)
    assert not short.mixed


def test_too_little_memory_makes_it_draw_chains_unless_told_otherwise(shipped):
    governor = shipped.reference_plans[0]
    asked = {"name": "", "draws": 400, "seed": 1, "memory": 1e-6, "crew": Crew(1)}
    place = place_plan(shipped.territory, governor, Question(1), **asked)
    assert (place.method, place.count, place.exhaustive) == (Method.UNIFORM, None, False)
    with pytest.raises(SpaceTooLargeError):
        place_plan(shipped.territory, governor, Question(1), **asked, method=Method.EXACT)


def test_where_there_is_no_division_it_is_said(shipped):
    governor = shipped.reference_plans[0]
    with pytest.raises(QuestionError, match="no division into 8 connected blocks of 40,000 inhabitants or more"):
        place_plan(shipped.territory, governor, Question(1, floor=40_000), name="", draws=100, seed=1)


def test_a_seed_gives_the_same_standing_twice(shipped, seven):
    for method in (Method.EXACT, Method.UNIFORM):
        first, second, other = (
            place_plan(shipped.territory, seven, seven.question, name="", draws=2_000, seed=seed, method=method)
            for seed in (1, 1, 2)
        )
        assert first.histogram == second.histogram
        assert first.histogram != other.histogram


def test_scores_by_best_centres_worked_out_by_hand():
    gain = np.array([[0, 1, 5, 0], [2, 0, 0, 0], [3, 1, 0, 7], [0, 4, 1, 0]], dtype=float)
    plans = np.array([[0, 0, 0, 0], [0, 0, 1, 1], [0, 1, 2, 3]], dtype=np.int32)
    # Together: columns sum to 5, 6, 6, 7. Two pairs: 2 and 1, then 1 and 7. Alone: nothing.
    assert score_by_best_centres(plans, gain).tolist() == [7, 2 + 7, 0]
