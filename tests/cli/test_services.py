"""`tyngdepunkt share`, `hosting` and `capacity`, and the worked examples of their page."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "share-and-host.md"
GAME = {
    "players": ["A", "B", "C"],
    "values": {"A": 0, "B": 0, "C": 0, "A,B": 60, "C,A": 72, " B , C ": 48, "B,C,A": 120},
    "splits": {"even": {"A": 40, "B": 40, "C": 40}, "bad": {"A": 100, "B": -5, "C": 20}},
}
PROBLEM = {
    "participants": ["A", "B"],
    "tasks": [
        {"id": "t", "fte_before": {"A": 1, "B": 1}, "fte_after": 2, "max_minutes": 30},
        {"id": "u", "fte_before": {"A": 2, "B": 0.5}, "fte_after": 2, "max_minutes": None},
    ],
    "minutes": {"A": {"A": 0, "B": 20}, "B": {"A": 25}},
    "job_tolerance": 1,
    "model": "balanced",
}


@pytest.fixture
def write(tmp_path):
    """Write an object to a file, or text as it is."""

    def save(content, name="asked.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return save


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def test_the_worked_examples_of_the_page_come_out_as_shown(tyngdepunkt, write, tmp_path, monkeypatch):
    page = PAGE.read_text(encoding="utf-8")
    for name, body in re.findall(r"`(\w+\.json)`:\n\n```json\n(.*?)^```", page, re.DOTALL | re.MULTILINE):
        write(body, name)
    monkeypatch.chdir(tmp_path)
    shown = re.findall(r"^```console\n(.*?)\n```\n\n```text\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(shown) == 5
    for command, lines in shown:
        said = tyngdepunkt(*command.split()[1:])
        assert said.code == 0, said.err
        for line in lines.splitlines():
            assert squeezed(line) in squeezed(said.out), line


def test_what_the_page_says_of_a_tolerance_of_zero_is_so(tyngdepunkt, write):
    page = PAGE.read_text(encoding="utf-8")
    problem = json.loads(re.search(r"`problem\.json`:\n\n```json\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[1])
    said = tyngdepunkt("hosting", write(problem | {"job_tolerance": 0}))
    assert said.code == 2
    assert "job_tolerance 0.6 in place of 0 works; nothing less does" in said.out


def test_a_game_by_its_values_is_shared(tyngdepunkt, write):
    said = tyngdepunkt("share", write(GAME), "--format", "json")
    assert said.code == 0
    answer = said.json
    assert answer["least_core_epsilon"] == -20
    assert answer["core_empty"] is False
    assert answer["prenucleolus"] == answer["nucleolus"] == {"A": 52, "B": 28, "C": 40}
    assert answer["shapley"] == pytest.approx({"A": 46, "B": 34, "C": 40})
    assert answer["splits"]["even"]["in_core"] is True
    assert answer["splits"]["even"]["best_deviation"] is None
    bad = answer["splits"]["bad"]
    assert (bad["efficient"], bad["off_by"], bad["in_core"]) == (False, -5, False)
    assert bad["worse_off"] == {"B": 5}
    assert bad["best_deviation"] == {"coalition": ["B", "C"], "gain": 33}
    assert "prices_balanced" in answer["certificate"]["checks"]


def test_there_is_no_nucleolus_without_an_imputation(tyngdepunkt, write):
    game = {"players": ["A", "B"], "values": {"A": 3, "B": 4, "A,B": 6}}
    answer = tyngdepunkt("share", write(game), "--format", "json").json
    assert answer["nucleolus"] is None
    assert answer["prenucleolus"] == {"A": 2.5, "B": 3.5}
    assert (answer["core_empty"], answer["least_core_epsilon"]) == (True, 0.5)
    assert "there is no nucleolus" in tyngdepunkt("share", write(game)).out


def test_a_single_player_has_no_epsilon(tyngdepunkt, write):
    answer = tyngdepunkt("share", write({"players": ["A"], "values": {"A": 3}}), "--format", "json").json
    assert answer["least_core_epsilon"] is None
    assert (answer["core_empty"], answer["nucleolus"]) == (False, {"A": 3})


def test_csv_has_a_line_for_each_split_and_player(tyngdepunkt, write):
    rows = list(csv.DictReader(io.StringIO(tyngdepunkt("share", write(GAME), "--format", "csv").out)))
    assert len(rows) == 15
    assert rows[-2]["worse_off_by"] == "5"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"A": 0, "B": 0}, "values lacks the coalition 'A,B'"),
        ({"A": 0, "B": 0, "A,B": 1, "B,A": 1}, "'B,A' twice, in another order"),
        ({"A": 0, "B": 0, "A,B": 1, "A,X": 1}, "'A,X' with 'X', who is no player"),
        ({"A": 0, "B": 0, "A,B": 1, "A,A": 1}, "'A,A', in which a player stands twice"),
        ({"A": 0, "B": "much", "A,B": 1}, 'is "much": give a number'),
        ({"A": 0, "B": True, "A,B": 1}, "is true: give a number"),
        ({"A": 0, "B": 0, "A,B": 1, "": 2}, "the empty coalition 2"),
    ],
)
def test_what_is_wrong_with_a_game_is_named(tyngdepunkt, write, values, said):
    refused = tyngdepunkt("share", write({"players": ["A", "B"], "values": values}), "--format", "json")
    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"players": ["A"], "values": {"A": 1, "A": 2}}', "'A' stands twice"),
        ('{"players": ["A"], "values": {"A": NaN}}', "NaN is no number"),
        ('{"players": ["A"], "values": {"A": 1e999}}', "give a number"),
        ('{"players": ["A", "A"], "values": {"A": 1}}', "'A' twice"),
        ('{"players": ["A,B"], "values": {"A,B": 1}}', "comma in the name"),
        ('{"players": [], "values": {}}', "give a list of names"),
        ('{"players": ["A"], "values": {"A": 1}, "split": {}}', "'split', which is not understood"),
        ('{"players": ["A"], "values": {"A": 1}, "splits": {"s": {}}}', "leaves out 'A'"),
        ('{"players": ["A"], "values": {"A": 1}, "splits": {"s": {"A": 1, "B": 2}}}', "'B', who is no player"),
        ("{}", "neither players and values"),
        ("[]", "no JSON object"),
        ("{", "not valid JSON"),
        ('{"participants": {"A": {}}, "services": []}', "services is no list, or empty"),
        ('{"participants": {"A": {}}, "services": [{"id": "s"}]}', "no cost of running it together"),
        (
            '{"participants": {"A": {"age": 1}}, "services": [{"id": "s", "fixed": 1}]}',
            "'age', which is not understood",
        ),
        (
            '{"participants": {"A": {}, "B": {}}, "services": [{"id": "s", "per_user": 1, "users": {"A": 1}}]}',
            "leaves out 'B', and it costs per user",
        ),
        (
            '{"participants": {"A": {}, "B": {}}, "services": [{"id": "s", "per_inhabitant": 1}]}',
            "B has none stated",
        ),
        (
            '{"participants": {"A": {}}, "services": [{"id": "s", "fixed": 1}], "keys": {"k": {"luck": 1}}}',
            "'luck', which is not understood",
        ),
        (
            '{"participants": {"A": {}}, "services": [{"id": "s", "fixed": {"value": -1}}]}',
            "give a number, 0 or more",
        ),
        (
            '{"participants": {"A": {}}, "services": [{"id": "s", "fixed": 1}], "splits": {"equal": {"A": 0}}}',
            "A split is called equal",
        ),
    ],
)
def test_a_file_that_is_no_game_is_refused_with_what_would_mend_it(tyngdepunkt, write, text, said):
    refused = tyngdepunkt("share", write(text))
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("tyngdepunkt: ")
    assert said in refused.err


def test_hosts_are_told_with_their_proof(tyngdepunkt, write):
    said = tyngdepunkt("hosting", write(PROBLEM), "--format", "json")
    assert said.code == 0
    answer = said.json
    assert answer["hosts"] in ({"t": "A", "u": "B"}, {"t": "B", "u": "A"})
    assert (answer["status"], answer["distinct_hosts"]) == ("optimal", 2)
    assert answer["total_minutes"] == answer["bound"] == 45
    assert answer["jobs_before"] == {"A": 3, "B": 1.5}
    assert answer["jobs_after"] == {"A": 2, "B": 2}
    assert answer["relaxation"] is None
    assert "models" not in answer


def test_the_least_tolerance_is_told_with_exit_code_two(tyngdepunkt, write):
    said = tyngdepunkt("hosting", write(PROBLEM | {"job_tolerance": 0}), "--format", "json")
    assert said.code == 2
    assert said.json["status"] == "infeasible"
    relaxation = said.json["relaxation"]
    assert (relaxation["constraint"], relaxation["from"], relaxation["to"]) == ("job_tolerance", 0, 1)
    assert said.json["hosts"] == {}


def test_the_least_minutes_are_told_first(tyngdepunkt, write):
    near = PROBLEM["tasks"][0] | {"max_minutes": 5}
    said = tyngdepunkt("hosting", write(PROBLEM | {"tasks": [near, PROBLEM["tasks"][1]]}), "--format", "json")
    assert said.code == 2
    relaxation = said.json["relaxation"]
    assert (relaxation["constraint"], relaxation["task"], relaxation["from"], relaxation["to"]) == (
        "max_minutes",
        "t",
        5,
        20,
    )
    assert (
        "t works from max_minutes 20, in place of 5"
        in tyngdepunkt("hosting", write(PROBLEM | {"tasks": [near, PROBLEM["tasks"][1]]})).out
    )


def test_both_models_stand_side_by_side(tyngdepunkt, write):
    said = tyngdepunkt("hosting", write(PROBLEM), "--both", "--format", "json")
    assert set(said.json["models"]) == {"balanced", "central"}
    assert said.json["model"] == "balanced"
    unnamed = {key: value for key, value in PROBLEM.items() if key != "model"}
    assert "central: " in tyngdepunkt("hosting", write(unnamed)).out
    rows = list(csv.DictReader(io.StringIO(tyngdepunkt("hosting", write(unnamed), "--format", "csv").out)))
    assert [row["model"] for row in rows] == ["balanced", "balanced", "central", "central"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"participants": []}, "give a list of names"),
        ({"tasks": []}, "tasks is no list, or empty"),
        ({"tasks": [{"id": "t", "fte_before": {"X": 1}, "fte_after": 1}]}, "'X', who is not among"),
        ({"tasks": [{"id": "t", "fte_before": {}, "fte_after": 1}]}, "fte_before is empty"),
        ({"tasks": [{"id": "t", "fte_before": {"A": -1}, "fte_after": 1}]}, "0 or more"),
        ({"tasks": [{"id": "t", "fte_before": {"A": 1}}]}, "fte_after is null"),
        ({"minutes": {"A": {"X": 1}}}, "names 'X'"),
        ({"minutes": {"A": {"A": 3}}}, "to oneself it is 0"),
        ({"job_tolerance": -1}, "0 or more"),
        ({"model": "spread"}, "use balanced or central"),
        ({"mode": "central"}, "'mode', which is not understood"),
    ],
)
def test_what_is_wrong_with_a_problem_is_named(tyngdepunkt, write, change, said):
    refused = tyngdepunkt("hosting", write(PROBLEM | change))
    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err


def test_capacity_of_some_municipalities_is_pooled(tyngdepunkt):
    said = tyngdepunkt("capacity", "--municipalities", "Herøy,1514,Vanylven", "--format", "json")
    assert said.code == 0
    pooled = {(block["service"], block["measure"]): block for block in said.json["blocks"]}
    assert pooled["barnevern", "full_time_equivalents"]["pooled_fte"] == 12.4
    assert pooled["barnevern", "full_time_equivalents"]["judgements"][0]["grade"] == "sufficient"
    wrong = [finding for finding in said.json["findings"] if not finding["agrees"]]
    assert {finding["computed"] for finding in wrong} >= {93.7, 20.6}
    assert len(said.json["reference"]) == 18


def test_capacity_of_every_block_of_a_plan(tyngdepunkt):
    said = tyngdepunkt("capacity", "--centres", "2", "--service", "barnevern", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert {row["block"] for row in rows} == {"Ålesund", "Molde"}
    one = tyngdepunkt("capacity", "--centres", "2", "--block", "Sande", "--service", "barnevern", "--format", "json")
    assert {block["block"] for block in one.json["blocks"]} == {"Ålesund"}


def test_capacity_without_blocks_shows_each_service_as_it_is(tyngdepunkt):
    said = tyngdepunkt("capacity", "--service", "barnevern", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert sum(row["measure"] == "posts_all" for row in rows) == 21
    assert "vulnerable" in tyngdepunkt("capacity", "--service", "barnevern").out


def test_the_size_of_services_is_told_in_every_form(tyngdepunkt):
    said = tyngdepunkt("capacity", "--structure", "--format", "json")
    ict = next(each for each in said.json["services"] if each["service"] == "IKT")
    assert ict["computed"]["services"] == ict["printed"]["services"] == 7
    assert said.json["blocks"] is None
    assert tyngdepunkt("capacity", "--structure", "--format", "csv").out.startswith("service,quantity,computed,printed")


def test_the_blocks_of_a_plan_are_set_beside_the_sizes_of_services(tyngdepunkt):
    blocks = tyngdepunkt("capacity", "--structure", "--centres", "4", "--format", "json").json["blocks"]
    assert (blocks["services"], blocks["alone"], blocks["cooperating_share"]) == (4, 0, 1)
    assert sum(map(len, blocks["groups"])) == 36
    two = tyngdepunkt("capacity", "--structure", "--municipalities", "Herøy,Sande").out
    assert "\nblocks " in two


def test_a_table_is_cut_to_the_width_of_the_terminal(tyngdepunkt, monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    said = tyngdepunkt("capacity", "--service", "barnevern").out
    whole = tyngdepunkt("capacity", "--service", "barnevern", "--wide").out
    table = said.split("--wide shows the whole table.")[0]
    assert max(map(len, table.splitlines())) <= 90
    assert table.count("\nbarnevern ") == whole.count("\nbarnevern ") > 20
    assert max(map(len, whole.splitlines())) > 90


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--municipalities", "Nowhere"], "Nowhere"),
        (["--municipalities", "Herøy", "--centres", "2"], "not both"),
        (["--service", "magic"], "'magic'"),
    ],
)
def test_what_cannot_be_asked_of_capacity_is_one_message(tyngdepunkt, words, said):
    refused = tyngdepunkt("capacity", *words)
    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err


def test_where_no_plan_exists_there_are_no_blocks_to_pool_in(tyngdepunkt):
    refused = tyngdepunkt("capacity", "--centres", "30", "--floor", "15000")
    assert (refused.code, refused.out) == (2, "")
    assert "No plan exists" in refused.err


def test_a_game_of_many_players_keeps_to_the_width_of_a_screen(tyngdepunkt, write):
    players = [f"Municipality {letter}" for letter in "ABCDEFGHIJ"]
    values = {
        ",".join(player for place, player in enumerate(players) if coalition >> place & 1): 10
        * (coalition.bit_count() - 1)
        for coalition in range(1, 2 ** len(players))
    }
    said = tyngdepunkt("share", write({"players": players, "values": values}))
    rows = [line for line in said.out.splitlines() if line.startswith("Municipality ")]
    assert len(rows) == len(players)
    assert all(len(line) < 80 for line in rows)


def test_a_unit_that_begins_with_a_number_is_set_apart_from_the_amount(tyngdepunkt, write):
    assert "gain 120 × 1000 NOK a year together" in tyngdepunkt("share", write({**GAME, "unit": "1000 NOK a year"})).out


@pytest.mark.parametrize(("command", "what"), [("share", "game"), ("hosting", "hosting problem")])
def test_a_file_that_is_not_there_is_named(tyngdepunkt, command, what):
    found = tyngdepunkt(command, "nowhere.json")
    assert found.code == 1
    assert found.err == f"tyngdepunkt: There is no file nowhere.json: give the path of the {what}.\n"
