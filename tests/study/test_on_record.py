"""What a study has on record: positions, overrides, counties and parts, read, checked, and asked for."""

from __future__ import annotations

import pytest

from tyngdepunkt.analysis import find_plan
from tyngdepunkt.errors import QuestionError, StudyError
from tyngdepunkt.model import Override, Position, Question, Stance
from tyngdepunkt.study import load_study

POSITIONS = """\
municipality_id,position,other_id,date,source,note
0301,not_with,1504,2017-05-18,case 41,
1532,alone,,2017,case 12,unanimous
"""

OVERRIDES = """\
municipality_id,layer,reason,source
1532,,ferry and two hours,council 3
1532,centres_of_gravity,an island region,
0301,blocks,a town,
"""


def test_positions_are_read_with_their_record(county):
    study = load_study(county.write("positions.csv", POSITIONS).folder)
    assert study.positions == (
        Position("0301", Stance.NOT_WITH, "1504", "2017-05-18", "case 41"),
        Position("1532", Stance.ALONE, "", "2017", "case 12"),
    )
    assert study.positions[0].record == "case 41, 2017-05-18"


def test_positions_are_respected_unless_the_study_or_the_reader_says_otherwise(county):
    study = load_study(county.write("positions.csv", POSITIONS).folder)
    asked = Question(3)
    assert study.with_record(asked).positions == study.positions
    assert study.with_record(asked, respect=False).positions == ()
    assert study.with_record(asked, layer="centres_of_gravity").positions == ()
    county.write("study.toml", "[blocks]\nrespect_positions = false\n")
    study = load_study(county.folder)
    assert study.with_record(asked).positions == ()
    assert study.with_record(asked, respect=True).positions == study.positions
    plan = find_plan(study, study.with_record(asked, respect=True))
    assert plan.members["1532"] == ("1532",)
    assert plan.assignment["0301"] != plan.assignment["1504"]


def test_a_study_without_the_tables_is_not_changed(county):
    study = load_study(county.folder)
    assert study.with_record(Question(2)) == Question(2)


def test_overrides_are_of_one_layer_and_those_of_the_reader_come_first(county):
    study = load_study(county.write("overrides.csv", OVERRIDES).folder)
    asked = Question(2, floor=5000, overrides=(Override("0301", "because I say so"),))
    assert study.with_record(asked).overrides == (
        Override("0301", "because I say so"),
        Override("1532", "ferry and two hours", "council 3"),
    )
    assert study.with_record(Question(2), layer="centres_of_gravity").overrides == (
        Override("1532", "an island region", "overrides"),
    )


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ("0301,with,,2017,case,", "other_id", "is with nobody"),
        ("0301,alone,1504,2017,case,", "other_id", "stays alone, and yet names"),
        ("0301,with,0301,2017,case,", "other_id", "paired with itself"),
        ("0301,with,1504,2018,case 50,", "position", "is with 1504 Bø here, and not_with in row 2"),
        ("0301,near,1504,2018,case 50,", "position", "near"),
        ("0301,with,9999,2018,case 50,", "other_id", "9999"),
        ("0301,with,1531,2018,,", "source", ""),
    ],
)
def test_a_position_that_means_nothing_is_told(county, row, column, problem):
    fault = county.write("positions.csv", POSITIONS + row + "\n").fault()
    assert (fault.file, fault.row, fault.column) == ("positions.csv", 4, column)
    assert problem in fault.problem


def test_an_override_without_a_reason_is_told(county):
    fault = county.write("overrides.csv", "municipality_id,layer,reason\n1532,,\n").fault()
    assert (fault.file, fault.column) == ("overrides.csv", "reason")


PARTS = """\
municipality_id,name,population,county,part_of
0301,Åsvik,9000,03,
1504,Bø,4000,15,
1531,Sørøya,2000,15,
1532,Ytre,500,15,1531
"""


def test_counties_and_parts_are_read(county):
    territory = load_study(county.write("municipalities.csv", PARTS).folder).territory
    assert [m.county for m in territory.municipalities] == ["03", "15", "15", "15"]
    assert territory.parts == {"1532": "1531"}


def test_blocks_within_counties_are_the_studys_own_where_it_says_so(county):
    county.write("municipalities.csv", PARTS)
    study = load_study(county.write("study.toml", "[blocks]\nwithin_counties = true\n").folder)
    assert study.settings.within_counties
    plan = find_plan(study, Question(2, within_counties=True))
    assert set(plan.members) == {"0301", "1504"} or set(plan.members) == {"0301", "1531"}


def test_counties_that_are_not_there_are_asked_for_by_column(county):
    with pytest.raises(QuestionError, match="column county"):
        find_plan(load_study(county.folder), Question(2, within_counties=True))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("500,15,1531", "500,15,1532", "is a part of itself"),
        ("500,15,1531", "500,15,7777", "7777"),
        ("2000,15,", "2000,15,1504", "which is itself a part"),
    ],
)
def test_a_part_of_what_is_not_whole_is_told(county, old, new, problem):
    fault = county.write("municipalities.csv", PARTS.replace(old, new, 1)).fault()
    assert (fault.file, fault.column) == ("municipalities.csv", "part_of")
    assert problem in fault.problem


def test_parts_of_one_another_are_told_of_both(county):
    broken = PARTS.replace("2000,15,", "2000,15,1532")
    faults = county.write("municipalities.csv", broken).faults()
    assert [(fault.row, fault.column) for fault in faults] == [(4, "part_of"), (5, "part_of")]
    with pytest.raises(StudyError):
        load_study(county.folder)
