"""Stability and sensitivity cut short go on where they were."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tyngdepunkt.analysis.resamples import KeptResample, memory_of
from tyngdepunkt.ensembles import answering, measure_sensitivity, measure_stability, read_variations
from tyngdepunkt.ensembles.answering import AnswerTask
from tyngdepunkt.ensembles.resampling import Resampling
from tyngdepunkt.model import Question
from tyngdepunkt.store.answers import AnswerStore
from tyngdepunkt.structure import find_plan


@pytest.fixture
def answers(tmp_path):
    return AnswerStore(tmp_path / "answers.sqlite")


@pytest.fixture
def asked(monkeypatch):
    """The numbers of the tables that a solver was asked about."""
    seen = []

    def watched(*given, **kinds):
        seen.append(given[1])
        return answering_solver(*given, **kinds)

    answering_solver = answering.Solver
    monkeypatch.setattr(answering, "Solver", watched)
    return seen


@pytest.fixture
def mainland(fiction):
    """The fictional county without its island, so that there are plans, and its best plan with two blocks."""
    kept = [i for i in fiction.ids if i != "H"]
    places = [fiction.position[i] for i in kept]
    county = replace(
        fiction,
        municipalities=tuple(m for m in fiction.municipalities if m.id != "H"),
        commuters=fiction.commuters[places][:, places],
        minutes=None if fiction.minutes is None else fiction.minutes[places][:, places],
    )
    return county, find_plan(county, Question(2, seasonal=True), seed=1)


def stop_after(done):
    def stop(step):
        if step.done >= done:
            raise KeyboardInterrupt

    return stop


def test_resamples_cut_short_are_not_answered_again(mainland, answers, asked):
    county, plan = mainland
    short = measure_stability(county, plan, resamples=12, seed=3, memory=memory_of(answers), progress=stop_after(4))
    assert not short.complete
    done = len(asked)
    steps = []
    whole = measure_stability(county, plan, resamples=12, seed=3, memory=memory_of(answers), progress=steps.append)
    assert whole.complete
    assert len(asked) == 12
    assert 4 <= done < 12
    assert (steps[0].done, steps[0].total, steps[-1].done) == (done, 12, 12)
    fresh = measure_stability(county, plan, resamples=12, seed=3)
    for name in ("places", "centred", "together"):
        assert (getattr(whole, name) == getattr(fresh, name)).all()


def test_another_seed_method_or_table_is_answered_anew(mainland, answers, asked):
    county, plan = mainland
    ask = {"resamples": 1, "memory": memory_of(answers)}
    measure_stability(county, plan, seed=3, **ask)
    measure_stability(county, plan, seed=4, **ask)
    measure_stability(county, plan, seed=3, method=Resampling.BOOTSTRAP, **ask)
    measure_stability(county, plan, seed=3, numbers=(1, 2), **ask)
    assert len(asked) == 4
    measure_stability(county, plan, seed=4, **ask)
    assert len(asked) == 4


def test_variations_cut_short_are_not_answered_again(mainland, answers, asked):
    county, plan = mainland
    variations = read_variations(plan.question, "floor=0,1000,2000")
    measure_sensitivity(county, plan, variations, memory=memory_of(answers), progress=stop_after(1))
    done = len(asked)
    found = measure_sensitivity(county, plan, variations, memory=memory_of(answers))
    assert (done, len(asked)) == (1, 3)
    assert found.variations == measure_sensitivity(county, plan, variations).variations


def test_a_kept_answer_that_breaks_its_word_is_dropped(mainland, answers):
    county, plan = mainland
    task = AnswerTask(county, plan.question, 1, 60.0)
    memory = memory_of(answers)
    right = answering.answer_task(task)
    memory.keep(task, right)
    assert memory.recall(task) == right
    memory.keep(task, replace(right, objective=right.objective + 1))
    assert memory.recall(task) is None
    assert answers.recall(memory._key(task), KeptResample) is None


def test_an_answer_that_time_did_not_suffice_for_is_looked_for_again_with_more_time(mainland, answers):
    county, plan = mainland
    memory = memory_of(answers)
    task = AnswerTask(county, plan.question, 1, 1.0)
    open_answer = replace(answering.answer_task(task), settled=False)
    memory.keep(task, open_answer)
    assert memory.recall(task) == open_answer
    assert memory.recall(replace(task, seconds=2.0)) is None
