"""The commands that ask for plans, on the little county by hand and on the shipped study by its known answers."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

import tyngdepunkt.analysis as analysis_package
from tyngdepunkt.analysis import SECONDS as LIBRARY_SECONDS, find_plan, sweep_centres
from tyngdepunkt.cli.options import SECONDS
from tyngdepunkt.model import Interrupted, NoPlan, Question, Status


@pytest.fixture
def ask(tyngdepunkt, county):
    """Run a command on the little county."""
    return lambda *words: tyngdepunkt(*words, "--study", county)


def test_a_plan_as_json_has_the_fixed_keys(ask):
    said = ask("plan", "--centres", 2, "--format", "json")
    plan = said.json
    assert said.code == 0
    assert list(plan)[:8] == ["study", "centres", "assignment", "objective", "bound", "status", "seconds", "blocks"]
    assert plan["study"] == "little-county"
    assert plan["centres"] == ["0301", "1102"]
    assert plan["assignment"] == {
        "0301": "0301",
        "1101": "1102",
        "1102": "1102",
        "1103": "0301",
        "1104": "1102",
        "1105": "0301",
    }
    assert plan["objective"] == plan["bound"] == 133
    assert plan["status"] == "optimal"
    assert [(block["name"], block["population"]) for block in plan["blocks"]] == [("Vik", 8500), ("Åfjord", 7500)]
    assert plan["question"]["floor"] == 0


def test_whole_numbers_are_integers_in_json(ask):
    out = ask("plan", "--centres", 2, "--format", "json").out
    assert '"objective": 133,' in out
    assert '"bound": 133,' in out
    assert "133.0" not in out


def test_without_a_number_the_best_of_all_is_found(ask):
    assert len(ask("plan", "--format", "json").json["centres"]) == 2


def test_names_and_ids_both_name_municipalities(ask):
    by_name = ask("plan", "--centres", 2, "--centre", "ær", "--not-centre", "Åfjord", "--format", "json").json
    by_id = ask("plan", "--centres", 2, "--centre", "1103", "--not-centre", "0301", "--format", "json").json
    assert by_name["assignment"] == by_id["assignment"]
    assert by_id["centres"] == ["1102", "1103"]


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (["--together", "Åfjord,Bø"], lambda c: c["0301"] == c["1101"]),
        (["--apart", "1102,1104"], lambda c: c["1102"] != c["1104"]),
        (["--not-centre", "1102"], lambda c: "1102" not in c.values()),
        (["--floor", "2000"], lambda c: c["1101"] == "1101"),
        (["--max-minutes", "20"], lambda c: c["1101"] == "0301"),
        (["--functions", "school"], lambda c: c["1105"] == c["0301"]),
        (["--objective", "access"], lambda c: c["1101"] == "1101"),
    ],
)
def test_each_wish_is_kept(ask, options, holds):
    assert not holds(ask("plan", "--centres", 3, "--format", "json").json["assignment"])
    kept = ask("plan", "--centres", 3, *options, "--format", "json")
    assert kept.code == 0
    assert holds(kept.json["assignment"])


def test_wishes_are_kept_in_a_sweep_as_well(ask):
    points = ask("sweep", "--floor", 8000, "--format", "json").json
    assert [point["status"] for point in points] == ["optimal"] + ["infeasible"] * 5


def test_no_plan_is_an_answer_with_exit_code_two(ask):
    said = ask("plan", "--centres", 3, "--floor", 6000, "--format", "json")
    answer = said.json
    assert said.code == 2
    assert answer["status"] == "infeasible"
    assert answer["assignment"] is None
    assert answer["kind"] == "arithmetic"
    assert answer["reasons"][0]["text"]
    assert answer["relaxation"]["centres"] == {"asked": 3, "works": 2, "proven": True}


def test_no_plan_is_said_in_sentences(ask):
    said = ask("plan", "--centres", 3, "--floor", 6000)
    assert said.code == 2
    assert "No plan exists" in said.out
    assert "16,000 inhabitants" in said.out


def test_no_plan_as_csv_leaves_standard_output_empty(ask):
    said = ask("plan", "--centres", 3, "--floor", 6000, "--format", "csv")
    assert said.code == 2
    assert said.out == ""
    assert "No plan exists" in said.err


def test_time_that_ran_out_is_not_called_impossible(ask, monkeypatch):
    monkeypatch.setattr(analysis_package, "find_plan", lambda *_, **__: NoPlan(Question(3), "unsettled", ()))
    said = ask("plan", "--centres", 3, "--format", "json")
    assert said.json["status"] == "unsettled"
    assert said.code == 1


def test_the_csv_of_a_plan_can_be_compared(ask, tmp_path):
    plan = tmp_path / "mine.csv"
    plan.write_text(ask("plan", "--centres", 2, "--format", "csv").out, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(plan.read_text(encoding="utf-8"))))
    assert rows[0]["municipality_id"] == "0301"
    assert {row["block"] for row in rows} == {"Åfjord", "Vik"}
    assert ask("compare", plan, 2, "--format", "json").json["differences"] == []


def test_the_json_of_a_plan_can_be_compared(ask, tmp_path):
    plan = tmp_path / "mine.json"
    plan.write_text(ask("plan", "--centres", 2, "--format", "json").out, encoding="utf-8")
    compared = ask("compare", 2, plan, "--format", "json").json
    assert compared["plans"] == ["2 blocks", "mine"]
    assert compared["differences"] == []


def test_plans_are_compared_difference_first(ask):
    compared = ask("compare", 2, "The old districts", "--format", "json").json
    [difference] = compared["differences"]
    assert (difference["municipality"], difference["here"], difference["there"]) == ("1101", "Vik", "West")
    assert (difference["cost"], difference["exact"]) == (5, True)
    assert [measure["objective"] for measure in compared["measures"]] == [133, 128]


def test_an_equal_comparison_as_csv_has_its_header(ask):
    assert ask("compare", 2, 2, "--format", "csv").out.startswith("municipality_id,municipality,first: 2 blocks,")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "has no assignment"),
        ("{", "not valid JSON"),
        ("a,b\n1,2\n", "needs the columns"),
        ("municipality_id,block\n0301,A\n", "leaves out 1101 Bø"),
        ("municipality_id,block\n9999,A\n", "9999"),
    ],
)
def test_a_plan_that_cannot_be_read_is_named_with_what_is_wrong(ask, tmp_path, text, said):
    plan = tmp_path / "theirs.csv"
    plan.write_text(text, encoding="utf-8")
    refused = ask("compare", plan, 2)
    assert refused.code == 1
    assert said in refused.err


def test_an_unknown_plan_is_answered_with_those_that_there_are(ask):
    said = ask("compare", 2, "the new districts")
    assert said.code == 1
    assert "'the old districts'" in said.err


def test_a_sweep_as_json_is_a_list_with_the_fixed_keys(ask):
    points = ask("sweep", "--format", "json").json
    assert [list(point) for point in points] == [
        ["k", "objective", "bound", "status", "smallest_block", "internal_share"]
    ] * 6
    assert [point["objective"] for point in points] == [95, 133, 125, 95, 50, 0]
    assert points[0]["internal_share"] == 1
    assert points[5]["smallest_block"] == 500


def test_a_sweep_has_nulls_where_there_is_no_plan(ask):
    points = ask("sweep", "--floor", 6000, "--centres", "2-3", "--format", "json").json
    assert points[1] == {
        "k": 3,
        "objective": None,
        "bound": None,
        "status": "infeasible",
        "smallest_block": None,
        "internal_share": None,
    }


@pytest.mark.parametrize(("text", "numbers"), [("3", [3]), ("2-4", [2, 3, 4]), ("5,2", [2, 5]), ("1-2,4", [1, 2, 4])])
def test_a_sweep_takes_numbers_ranges_and_lists(ask, text, numbers):
    assert [point["k"] for point in ask("sweep", "--centres", text, "--format", "json").json] == numbers


@pytest.mark.parametrize("text", ["0", "2-99", "x", "4-2", "2-", "-3"])
def test_numbers_that_cannot_be_are_refused(ask, text):
    said = ask("sweep", "--centres", text)
    assert said.code == 1
    assert said.out == ""


def test_an_interrupted_plan_is_printed_as_far_as_it_came(ask, monkeypatch):
    def interrupted(study, question, **rest):
        raise Interrupted(find_plan(study, question, **rest))

    monkeypatch.setattr(analysis_package, "find_plan", interrupted)
    said = ask("plan", "--centres", 3, "--format", "json")
    assert said.code == 130
    assert len(json.loads(said.out)["assignment"]) == 6
    assert "Interrupted" in said.err


def test_a_place_in_a_plan_that_is_not_proven_is_explained_without_prices(ask, monkeypatch):
    def unproven(study, question, **rest):
        plan = find_plan(study, question, **rest)
        certificate = replace(plan.certificate, status=Status.GAP, bound=plan.objective + 1)
        return replace(plan, certificate=certificate)

    monkeypatch.setattr(analysis_package, "find_plan", unproven)
    said = ask("explain", "Bø", "--centres", 2, "--format", "json")
    assert said.code == 0
    assert said.json["prices"] == []
    assert "not proven best" in said.err


def test_two_files_of_one_name_are_told_apart(ask, tmp_path):
    for ending, form in (("json", "json"), ("csv", "csv")):
        (tmp_path / f"a.{ending}").write_text(ask("plan", "--centres", 3, "--format", form).out)
    said = ask("compare", tmp_path / "a.json", tmp_path / "a.csv")
    assert str(tmp_path / "a.json") in said.out
    assert str(tmp_path / "a.csv") in said.out


def test_parts_are_not_split_where_there_are_none(ask):
    said = ask("plan", "--centres", 3, "--split-parts", "all")
    assert said.code == 1
    assert "part_of" in said.err


def test_an_interrupted_sweep_prints_what_is_done(ask, monkeypatch):
    def stop_at_three(step):
        if step.done == 3:
            raise KeyboardInterrupt

    def interrupted(study, question, **rest):
        return sweep_centres(study, question, **{**rest, "progress": stop_at_three})

    monkeypatch.setattr(analysis_package, "sweep_centres", interrupted)
    said = ask("sweep", "--format", "json")
    assert said.code == 130
    assert [point["k"] for point in json.loads(said.out)] == [1, 2, 3]
    assert "3 of 6 numbers of centres" in said.err


def test_prices_are_those_worked_out_by_hand(ask):
    prices = ask("tipping", "--centres", 2, "--municipality", "Bø", "--municipality", "1103", "--format", "json").json
    assert [(each["municipality"], each["centre"], each["price"], each["exact"]) for each in prices] == [
        ("1101", "0301", 5, True),
        ("1103", "1102", 38, True),
    ]
    assert prices[0]["commuters"] == 40
    assert prices[0]["minutes"] == 20


def test_the_table_of_prices_shows_each_municipality_once_the_cheapest_first(ask):
    lines = ask("tipping", "--centres", 3).out.splitlines()
    assert "price [commuters]" in lines[0]
    assert lines[2].split()[1] == "Bø"
    assert len([line for line in lines if line.split()[:1] == ["1101"]]) == 1


def test_an_explanation_gives_reasons_and_prices(ask):
    said = ask("explain", "bø", "--centres", 2)
    assert said.out.startswith("Bø lies in the block of Vik.")
    assert "45 people commute" in said.out
    assert "Åfjord: the whole plan loses 5 commuters" in said.out
    explained = ask("explain", "1101", "--centres", 2, "--format", "json").json
    assert explained["centre"] == "1102"
    assert explained["reasons"][0]["criterion"] == "ties_to_centre"
    assert explained["prices"][0]["price"] == 5


def test_an_unknown_municipality_is_answered_with_one_like_it(ask):
    said = ask("explain", "Åfjorden")
    assert said.code == 1
    assert "Did you mean Åfjord?" in said.err


def test_a_seed_gives_the_same_plan_twice(ask):
    first, second = (ask("plan", "--centres", 2, "--seed", 7, "--format", "json").json for _ in range(2))
    assert first["assignment"] == second["assignment"]
    assert first["certificate"]["seed"] == 7


def test_the_help_states_the_librarys_own_limit_of_time():
    assert SECONDS == LIBRARY_SECONDS


@pytest.mark.parametrize(
    ("options", "objective"),
    [
        (["--centres", 2], 14454),
        (["--centres", 7], 18251),
        (["--centres", 7, "--floor", 15000], 17587),
        (["--centres", 12, "--floor", 15000], 5737),
        (["--centres", 7, "--seasonal", "--floor", 15000], 17793),
        (["--centres", 4, "--floor", 50000, "--functions", "airport,hospital,college"], 16054),
    ],
)
def test_the_shipped_study_has_its_known_answers(tyngdepunkt, options, objective):
    plan = tyngdepunkt("plan", *options, "--format", "json").json
    assert (plan["objective"], plan["bound"], plan["status"]) == (objective, objective, "optimal")


@pytest.mark.parametrize(("centres", "kind"), [(13, "geography"), (18, "arithmetic")])
def test_where_no_plan_exists_the_obstacle_is_told_apart(tyngdepunkt, centres, kind):
    said = tyngdepunkt("plan", "--centres", centres, "--floor", 15000, "--format", "json")
    assert said.code == 2
    assert said.json["kind"] == kind
    assert said.json["relaxation"]["centres"]["works"] == 12


def test_a_sweep_takes_up_what_was_done_before_unless_told_not_to(ask, tmp_path, monkeypatch):
    from tyngdepunkt.structure import Solver

    monkeypatch.setenv("TYNGDEPUNKT_CACHE", str(tmp_path / "cache"))
    whole = ask("sweep", "--centres", "1-4", "--no-cache", "--format", "csv")
    assert not (tmp_path / "cache").exists()
    assert ask("sweep", "--centres", "2-3").code == 0
    searched = []
    find = Solver.find
    monkeypatch.setattr(Solver, "find", lambda self, k, **options: searched.append(k) or find(self, k, **options))
    assert ask("sweep", "--centres", "1-4", "--format", "csv").out == whole.out
    assert searched == [1, 4]
    assert ask("plan", "--centres", "2").code == 0
    assert searched == [1, 4]
    assert ask("sweep", "--centres", "1-4", "--no-cache", "--format", "csv").out == whole.out
    assert searched == [1, 4, 1, 2, 3, 4]


def test_layers_say_that_unknown_institutions_of_the_state_are_not_none(ask, county):
    (county / "study.toml").write_text("[centres_of_gravity]\nfloor = 0\nfunctions = []\n", encoding="utf-8")
    words = ("layers", "--centres", 2, "--floor", 0)
    assert "unknown in this study, which is not to say that there are none" in ask(*words).out
    with (county / "functions.csv").open("a", encoding="utf-8") as table:
        table.write("1102,state_institution,Vik tingrett\n")
    assert "unknown in this study" not in ask(*words).out


def test_what_no_division_can_have_is_named_as_the_study_names_it(ask):
    said = ask("divide", "--blocks", 3, "--deviation", 0.1)
    assert said.code == 2
    assert "Åfjord with 6,000 inhabitants" in said.out
    assert "node" not in said.out


def test_a_plan_of_another_study_is_refused_without_all_of_its_names(ask, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("municipality_id,block\n" + "".join(f"{i},x\n" for i in range(5000, 5100)), encoding="utf-8")
    said = ask("compare", 2, other)
    assert said.code == 1
    assert said.err.count(",") == 11
    assert "and 88 more" in said.err
