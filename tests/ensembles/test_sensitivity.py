"""One setting changed at a time, on the fictional county and the shipped study."""

from __future__ import annotations

import pytest

from tyngdepunkt.ensembles import Crew, measure_sensitivity, read_variations
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import NoPlan, Objective, Question, Status
from tyngdepunkt.structure import find_plan


def test_variations_are_read_in_order_and_each_once():
    base = Question(7, floor=15_000)
    assert [each.question for each in read_variations(base, "floor=0, 20000,0")] == [
        Question(7),
        Question(7, floor=20_000),
    ]
    assert [each.question.centres for each in read_variations(base, "centres=5-7,9")] == [5, 6, 7, 9]
    assert [each.question.seasonal for each in read_variations(base, "seasonal=yes,no")] == [True, False]
    assert [each.question.within_counties for each in read_variations(base, "within-counties=yes,no")] == [True, False]
    assert [each.question.max_minutes for each in read_variations(base, "max-minutes=60.5,none")] == [60.5, None]
    read = read_variations(base, "objective=access;ties=1,access=0.002")
    assert [each.question.objective for each in read] == [Objective(0, 1), Objective(1, 0.002)]
    assert [each.value for each in read] == ["access", "ties=1,access=0.002"]
    assert all(each.question.floor == 15_000 for each in read)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("floor", "give a setting with its values"),
        ("flor=3", "the settings are centres, floor, max-minutes, objective, seasonal, within-counties"),
        ("floor=-3", "whole numbers of inhabitants"),
        ("centres=7-5", "numbers or ranges"),
        ("seasonal=perhaps", "give yes"),
        ("within-counties=maybe", "give yes"),
        ("max-minutes=long", "give minutes"),
        ("objective=joy", "No objective is called 'joy'"),
    ],
)
def test_a_variation_that_is_not_understood_says_what_is(text, said):
    with pytest.raises(QuestionError, match=said):
        read_variations(Question(7), text)


def test_each_variation_has_the_plan_that_its_question_has_alone(shipped, seven):
    territory = shipped.territory
    variations = (*read_variations(seven.question, "floor=0,50000"), *read_variations(seven.question, "centres=6"))
    found = measure_sensitivity(territory, seven, variations, crew=Crew(2))
    assert found.complete
    assert [each.status for each in found.variations] == [Status.OPTIMAL, Status.INFEASIBLE, Status.OPTIMAL]
    for each in found.variations:
        alone = find_plan(territory, each.variation.question, seed=2017)
        if isinstance(alone, NoPlan):
            assert (each.objective, each.kept, each.centres, each.moved) == (None, None, (), ())
        else:
            assert (each.objective, each.centres) == (alone.objective, alone.centres)
    six = found.variations[2]
    assert {territory.names[i] for i in six.moved} == {"Ørskog", "Vestnes", "Rauma"}
    assert six.kept == pytest.approx(33 / 36)
    people = {m.name: m.population for m in territory.municipalities}
    moved = people["Ørskog"] + people["Vestnes"] + people["Rauma"]
    assert six.kept_people == pytest.approx(1 - moved / sum(people.values()))
    vestnes = territory.find("Vestnes")
    assert found.keeps(vestnes) == (0, 2)
    assert found.keeps(territory.find("Ålesund")) == (2, 2)


def test_an_interrupt_keeps_the_variations_done(shipped, seven):
    def stop(step):
        if step.done == 1:
            raise KeyboardInterrupt

    variations = read_variations(seven.question, "floor=0,10000")
    found = measure_sensitivity(shipped.territory, seven, variations, progress=stop)
    assert not found.complete
    assert [each.variation.value for each in found.variations] == ["0"]
