"""The command that asks for the plans between two objectives, on the little county by hand."""

from __future__ import annotations

import pytest

import tyngdepunkt.analysis as analysis_package
from tyngdepunkt.analysis import Pareto, find_front
from tyngdepunkt.model import Objective


@pytest.fixture
def ask(tyngdepunkt, county):
    """Run a command on the little county."""
    return lambda *words: tyngdepunkt(*words, "--study", county)


def test_a_front_as_json_has_its_points_with_amounts_status_and_assignment(ask):
    said = ask("pareto", "--objectives", "ties,access", "--centres", 3, "--format", "json")
    front = said.json
    assert said.code == 0
    assert front["objectives"] == ["ties", "access"]
    assert front["units"] == ["commuters", "person-minutes"]
    assert front["complete"] is True
    assert front["nearest"] is None
    # By hand: Øy alone with Bø at Vik, then Bø at Åfjord in place of Vik, then Bø alone and Øy at Åfjord.
    assert [point["objectives"] for point in front["points"]] == [
        {"ties": 125, "access": 80000},
        {"ties": 120, "access": 70000},
        {"ties": 88, "access": 55000},
    ]
    for point in front["points"]:
        assert point["status"] == "optimal"
        assert point["bound"] == point["objectives"]["ties"]
        assert set(point["assignment"].values()) == set(point["centres"])


def test_a_plan_of_others_is_told_its_nearest_points(ask):
    said = ask(
        "pareto", "--objectives", "ties,access", "--centres", 2, "--plan", "the old districts", "--format", "json"
    )
    nearest = said.json["nearest"]
    assert nearest["plan"] == "the old districts"
    assert nearest["objectives"] == {"ties": 128, "access": 95000}
    assert nearest["keeps"] is True
    assert set(nearest["by_moves"]["moved"]) <= set(said.json["points"][0]["assignment"])


def test_a_front_for_reading_says_whether_it_is_whole(ask):
    out = ask("pareto", "--objectives", "cohesion,ties", "--centres", 2).out
    assert "These are all" in out
    assert "cohesion [commuters]" in out
    out = ask("pareto", "--objectives", "ties,access", "--points", 2, "--centres", "2-4", "--plan", 2).out
    assert "evenly spaced" in out
    assert "Nearest in the objectives: point" in out


def test_a_front_as_csv_has_one_row_a_point(ask):
    lines = ask("pareto", "--objectives", "ties,access", "--centres", 3, "--format", "csv").out.splitlines()
    assert lines[0] == "point,ties [commuters],access [person-minutes],status,blocks,centres,moved"
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["1", "125", "80000", "optimal"],
        ["2", "120", "70000", "optimal"],
        ["3", "88", "55000", "optimal"],
    ]


def test_weightings_are_given_one_an_option(ask):
    said = ask(
        *("pareto", "--objectives", "ties=1,cohesion=0.5", "--objectives", "access", "--centres", 2, "--format", "json")
    )
    assert said.json["objectives"] == ["ties=1,cohesion=0.5", "access"]
    assert said.json["units"] == ["points", "person-minutes"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--objectives", "ties"), "names 1 objectives"),
        (("--objectives", "ties,ties"), "the same"),
        (("--objectives", "ties,access", "--objective", "ties"), "--objectives"),
        (("--objectives", "ties,access", "--centres", "2,4"), "leaves numbers out"),
        (("--objectives", "ties,borders"), "this study has none"),
    ],
)
def test_what_cannot_be_asked_is_said(ask, words, message):
    said = ask("pareto", *words)
    assert said.code == 1
    assert message in said.err


def test_a_front_without_plans_exits_with_two(ask):
    said = ask("pareto", "--objectives", "ties,access", "--centres", 3, "--floor", 9000, "--format", "json")
    assert said.code == 2
    assert said.json["status"] == "infeasible"


def test_an_interrupted_front_is_printed_and_said_so(ask, monkeypatch):
    def cut_short(*given, **kinds):
        whole = find_front(*given, **kinds)
        return Pareto(whole.objectives, whole.points[:1], complete=False, numbers=whole.numbers, interrupted=True)

    monkeypatch.setattr(analysis_package, "find_front", cut_short)
    said = ask("pareto", "--objectives", "ties,access", "--centres", 3, "--format", "json")
    assert said.code == 130
    assert len(said.json["points"]) == 1
    assert "before the interrupt" in said.err


def test_cohesion_and_agencies_show_in_a_plan(ask):
    plan = ask("plan", "--centres", 2, "--objective", "cohesion", "--format", "json").json
    assert plan["objective"] == plan["cohesion"]
    assert plan["borders"] is None
    assert plan["question"]["objective"] == str(Objective(0, 0, 1))
    assert (
        "commute to another municipality of the same block"
        in ask("plan", "--centres", 2, "--objective", "cohesion").out
    )


def test_pareto_offers_no_option_that_it_does_not_read(ask):
    said = ask("pareto", "--help").out
    assert "--objectives" in said
    assert "--objective " not in said
