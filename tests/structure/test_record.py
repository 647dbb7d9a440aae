"""Why wishes on record clash, what would work, what is said beside a plan, and how the two layers lie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.counties import draw
from tyngdepunkt.model import NoPlan, Override, Plan, Position, Question, Stance, Start
from tyngdepunkt.structure import explain, find_nesting, find_plan, find_record, list_nesting

COUNTY = draw(
    "A - B - C - D - E - F",
    people=dict(zip("ABCDEF", [900, 3000, 800, 700, 4000, 300], strict=True)),
    flows={"AB": 9, "CB": 9, "DE": 9, "FE": 9},
    functions={"airport": "E", "hospital": "BE"},
)


def criteria(reasons):
    return [reason.criterion for reason in reasons]


def test_the_fewest_moves_that_work_are_told():
    start = Start.of("old", dict(zip("ABCDEF", "xyxyxy", strict=True)), most_moved=0)
    answer = find_plan(COUNTY, Question(2, start=start), seed=1)
    assert isinstance(answer, NoPlan)
    assert "most_moved" in criteria(answer.reasons)
    (moves,) = [each for each in answer.relaxations if each.constraint == "most_moved"]
    assert (moves.asked, moves.works, moves.proven) == (0, 2, True)
    assert isinstance(find_plan(COUNTY, Question(2, start=replace(start, most_moved=2)), seed=1), Plan)
    assert isinstance(find_plan(COUNTY, Question(2, start=replace(start, most_moved=1)), seed=1), NoPlan)


def test_positions_that_clash_are_named_with_their_sources():
    said = (
        Position("A", Stance.WITH, "C", "2017", "case 1"),
        Position("B", Stance.ALONE, "", "2016", "case 2"),
        Position("F", Stance.NOT_WITH, "A", "", "case 3"),
    )
    answer = find_plan(COUNTY, Question(3, positions=said), seed=1)
    assert isinstance(answer, NoPlan)
    named = {(reason.criterion, reason.alternative) for reason in answer.reasons}
    assert {("position_with", "case 1, 2017"), ("position_alone", "case 2, 2016")} <= named
    assert ("position_not_with", "case 3") not in named
    assert {each.constraint for each in answer.relaxations} >= {"positions_0", "positions_1"}


def test_a_position_against_a_wish_is_arithmetic_and_named():
    asked = Question(3, together=(frozenset("AB"),), positions=(Position("A", Stance.NOT_WITH, "B", "", "case 4"),))
    answer = find_plan(COUNTY, asked, seed=1)
    assert answer.kind == "arithmetic"
    assert criteria(answer.reasons) == ["apart", "position_not_with"]


def test_a_locked_block_that_does_not_hang_together_is_named():
    answer = find_plan(COUNTY, Question(3, locked=(frozenset("AC"),)), seed=1)
    assert answer.kind == "geography"
    assert [reason.municipalities for reason in answer.reasons if reason.criterion == "locked"] == [("A", "C")]
    assert "locked_0" in {each.constraint for each in answer.relaxations}


def test_counties_that_leave_too_many_parts_are_named():
    counties = dict(zip("ABCDEF", ["15", "16", "15", "15", "16", "16"], strict=True))
    territory = replace(COUNTY, municipalities=tuple(replace(m, county=counties[m.id]) for m in COUNTY.municipalities))
    answer = find_plan(territory, Question(2, within_counties=True), seed=1)
    assert answer.kind == "geography"
    (reason,) = [each for each in answer.reasons if each.criterion == "within_counties"]
    assert (reason.value, reason.threshold) == (4, 2)
    assert ("centres", 4) in [(each.constraint, each.works) for each in answer.relaxations]


def test_the_arithmetic_of_the_floor_leaves_out_those_for_whom_it_is_lifted():
    lifted = (Override("F", "an island"),)
    answer = find_plan(COUNTY, Question(4, floor=4000, overrides=lifted), seed=1)
    (reason,) = [each for each in answer.reasons if each.criterion.startswith("total_population")]
    assert reason.criterion == "total_population_but_lifted"
    assert (reason.value, reason.threshold, reason.municipalities, reason.alternative) == (9400, 12000, ("F",), "3")


def test_what_is_on_record_stands_beside_the_plan_and_in_the_explanation():
    override = Override("F", "an island")
    start = Start.of("old", dict(zip("ABCDEF", "xxxyyy", strict=True)), most_moved=1)
    said = Position("A", Stance.WITH, "B", "2017", "case 1")
    asked = Question(3, floor=4000, overrides=(override,), start=start, positions=(said,))
    plan = find_plan(COUNTY, asked, seed=1)
    assert plan.members["F"] == ("F",)
    found = {reason.criterion: reason for reason in find_record(COUNTY, plan)}
    assert (found["override"].value, found["override"].alternative) == (3700, "an island")
    assert found["moved"].municipalities == ("F",)
    assert found["position_with"].municipalities == ("A", "B")
    why = criteria(explain(COUNTY, plan, "F").reasons)
    assert {"override", "moved_from_start"} <= set(why)
    assert {"stays_from_start", "position_with"} <= set(criteria(explain(COUNTY, plan, "A").reasons))


def test_a_village_lies_with_its_municipality_unless_it_may_go_elsewhere():
    territory = replace(
        COUNTY,
        municipalities=tuple(replace(m, part_of="B" if m.id == "D" else "") for m in COUNTY.municipalities),
    )
    kept = find_plan(territory, Question(2), seed=1)
    assert kept.assignment["D"] == kept.assignment["B"]
    assert "part_held" in criteria(explain(territory, kept, "D").reasons)
    free = find_plan(territory, Question(2, split_parts=frozenset("D")), seed=1)
    assert free.assignment["D"] == free.assignment["E"]
    assert free.objective > kept.objective
    (reason,) = find_record(territory, free)
    assert (reason.criterion, reason.municipalities) == ("part_elsewhere", ("D", "B"))
    assert "part_elsewhere" in criteria(explain(territory, free, "B").reasons)
    asked = Question(2, together=(frozenset("DE"),), apart=(frozenset("BE"),))
    answer = find_plan(territory, asked, seed=1)
    assert (answer.kind, criteria(answer.reasons)) == ("arithmetic", ["apart", "part_held"])
    assert "parts" in {each.constraint for each in answer.relaxations}


def test_a_block_that_does_not_nest_names_who_is_the_cause():
    blocks = find_plan(COUNTY, Question(2, locked=(frozenset("ABC"),)), seed=1)
    gravity = find_plan(COUNTY, Question(2, locked=(frozenset("AB"),)), seed=1)
    nesting = find_nesting(COUNTY, blocks, gravity)
    assert nesting.nested == ("E",)
    (astride,) = nesting.astride
    assert (astride.centre, astride.area, dict(astride.elsewhere), astride.population) == ("B", "B", {"C": "E"}, 800)
    assert nesting.elsewhere == ("C",)
    assert [(area.centre, area.population, area.lacks) for area in nesting.areas] == [
        ("E", 5800, ()),
        ("B", 3900, ("airport",)),
    ]
    assert nesting.areas[0].has == {"airport": ("E",), "hospital": ("E",)}
    assert criteria(list_nesting(nesting)) == ["nested", "astride", "area_lacks"]


def test_layers_that_are_the_same_nest():
    plan = find_plan(COUNTY, Question(2), seed=1)
    nesting = find_nesting(COUNTY, plan, plan)
    assert nesting.astride == ()
    assert nesting.nested == plan.centres


@pytest.mark.parametrize("stance", list(Stance))
def test_a_position_kept_changes_nothing_that_was_so_already(stance):
    best = find_plan(COUNTY, Question(3), seed=1)
    alone = next((block[0] for block in best.members.values() if len(block) == 1), None)
    held = {
        Stance.WITH: Position("A", Stance.WITH, "B"),
        Stance.NOT_WITH: Position("A", Stance.NOT_WITH, "E"),
        Stance.ALONE: Position(alone, Stance.ALONE) if alone else None,
    }[stance]
    assert held is not None
    assert find_plan(COUNTY, Question(3, positions=(held,)), seed=1).objective == best.objective
