"""`tyngdepunkt count`, `tyngdepunkt sample` and `tyngdepunkt divide`."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.space.conftest import grid, hangs_together, path
from tyngdepunkt.space import annealing, cutting


@pytest.fixture
def file(tmp_path, square):
    found = tmp_path / "square.json"
    found.write_text(json.dumps({"population": square.population, "edges": square.edges}), encoding="utf-8")
    return found


def test_a_count_is_printed(tyngdepunkt, file):
    said = tyngdepunkt("count", file, "--blocks", 2, "--format", "json")
    assert said.code == 0
    assert said.json == {"count": 6, "blocks": 2, "least": 0, "most": None}


def test_floors_and_deviations_count(tyngdepunkt, file):
    assert tyngdepunkt("count", file, "--blocks", 2, "--floor", 30, "--format", "json").json["count"] == 4
    said = tyngdepunkt("count", file, "--blocks", 2, "--deviation", "0.2", "--format", "json").json
    assert said == {"count": 2, "blocks": 2, "least": 40, "most": 60}


def test_without_a_number_every_number_of_blocks_is_counted(tyngdepunkt, file):
    assert tyngdepunkt("count", file, "--format", "json").json["counts"] == {"1": 1, "2": 6, "3": 4, "4": 1}
    assert tyngdepunkt("count", file, "--format", "csv").out == "blocks,count\n1,1\n2,6\n3,4\n4,1\n"
    said = tyngdepunkt("count", file, "--floor", 30)
    assert said.out.startswith("Divisions into connected blocks of 30 inhabitants or more:\n")


def test_a_number_longer_than_a_word_is_printed_whole(tyngdepunkt, tmp_path):
    graph = path(150)
    file = tmp_path / "row.json"
    file.write_text(json.dumps({"population": graph.population, "edges": graph.edges}), encoding="utf-8")
    said = tyngdepunkt("count", file, "--blocks", 75, "--format", "json")
    assert said.json["count"] == 46413034868354394849492907436302560970058760


def test_none_is_an_answer(tyngdepunkt, file):
    said = tyngdepunkt("count", file, "--blocks", 2, "--floor", 60, "--format", "json")
    assert (said.code, said.json["count"]) == (0, 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--blocks", 9], "cannot be divided into 9 blocks: give 1 to 4"),
        (["--blocks", 2, "--floor", 3, "--deviation", 0.1], "Give --floor or --deviation, not both"),
        (["--deviation", 0.1], "give --blocks as well"),
        (["--blocks", 0], "'--blocks'"),
    ],
)
def test_what_cannot_be_asked_is_said_on_standard_error(tyngdepunkt, file, words, said):
    done = tyngdepunkt("count", file, *words)
    assert (done.code, done.out) == (1, "")
    assert said in done.err


def test_a_broken_graph_is_said_on_standard_error(tyngdepunkt, tmp_path):
    file = tmp_path / "broken.json"
    file.write_text('{"population": [1, 2], "edges": [[0, 2], [1, 1]]}', encoding="utf-8")
    done = tyngdepunkt("sample", file, "--blocks", 2)
    assert (done.code, done.out) == (1, "")
    assert "has 2 faults" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("method", ["exact", "recom", "reversible", "uniform"])
def test_a_sample_is_printed_with_its_scores(tyngdepunkt, file, square, method):
    words = ("sample", file, "--blocks", 2, "--floor", 30, "--steps", 20, "--seed", 5, "--method", method)
    said = tyngdepunkt(*words, "--format", "json")
    assert said.code == 0
    assert len(said.json["assignments"]) == 20
    for plan in said.json["assignments"]:
        assert sorted(set(plan)) == [0, 1]
        assert all(hangs_together(square, [v for v in range(4) if plan[v] == b]) for b in (0, 1))
    assert said.json["count"] == (4 if method == "exact" else None)
    assert len(said.json["scores"]["cut_edges"]["values"]) == 20
    assert said.json["scores"]["cut_edges"]["mean"] == 2
    assert tyngdepunkt(*words, "--format", "json").out == said.out


def test_csv_has_a_line_for_each_division_kept(tyngdepunkt, file):
    words = ("--blocks", 2, "--steps", 10, "--every", 5, "--chains", 2, "--method", "recom", "--warmup", 3)
    rows = list(csv.DictReader(io.StringIO(tyngdepunkt("sample", file, *words, "--format", "csv").out)))
    assert [(row["chain"], row["step"]) for row in rows] == [("1", "5"), ("1", "10"), ("2", "5"), ("2", "10")]
    assert all(len(row["assignment"].split("|")) == 4 for row in rows)


def test_the_table_says_how_many_there_are_and_how_far_to_trust_it(tyngdepunkt, file):
    said = tyngdepunkt("sample", file, "--blocks", 2, "--steps", 50)
    assert said.out.startswith("50 divisions of the 6 there are into 2 connected blocks, drawn by the method exact")
    assert "smallest block [persons]" in said.out
    said = tyngdepunkt("sample", file, "--blocks", 2, "--steps", 50, "--method", "recom")
    assert "1 chain; 100.0 % of the steps moved." in said.out


def test_memory_that_is_too_little_is_an_error_and_no_crash(tyngdepunkt, tmp_path):
    file = tmp_path / "grid.json"
    people = [(node * node * 7919) % 100_003 for node in range(64)]
    file.write_text(json.dumps({"population": people, "edges": grid(8, 8).edges}), encoding="utf-8")
    said = tyngdepunkt("count", file, "--blocks", 2, "--deviation", 0.01, "--memory", 0.01)
    assert (said.code, said.out) == (1, "")
    assert "too many divisions to count in 0.01 GB" in said.err


def test_the_best_division_is_printed(tyngdepunkt, file):
    said = tyngdepunkt(
        "divide", file, "--blocks", 2, "--deviation", 0.1, "--objective", "cut-edges", "--format", "json"
    )
    assert said.code == 0
    assert said.json["seconds"] >= 0
    assert {**said.json, "seconds": 0, "nodes": 0} == {
        "assignment": [0, 1, 1, 0],
        "objective": 2,
        "bound": 2,
        "status": "optimal",
        "seconds": 0,
        "populations": [50, 50],
        "question": {"blocks": 2, "objective": "cut-edges", "least": 45, "most": 55},
        "nodes": 0,
        "seed": 1,
        "complete": True,
        "heuristic_objective": 2,
    }


def test_without_a_graph_the_study_is_divided_and_one_edge_is_one_edge(tyngdepunkt, tmp_path):
    said = tyngdepunkt("divide", "--blocks", 1, "--format", "json")
    assert (said.code, said.json["objective"], len(said.json["assignment"])) == (0, 0, 36)
    assert "{Molde, Ålesund, Kristiansund, " in tyngdepunkt("divide", "--blocks", 1).out
    two = tmp_path / "two.json"
    two.write_text(json.dumps({"population": [5, 5], "edges": [[0, 1]]}), encoding="utf-8")
    assert ": 1 edge cut, proven fewest" in tyngdepunkt("divide", two, "--blocks", 2).out


def test_the_best_division_in_csv_has_a_line_for_each_node(tyngdepunkt, file):
    said = tyngdepunkt("divide", file, "--blocks", 2, "--floor", 50, "--format", "csv")
    assert said.out == "node,block\n0,0\n1,1\n2,1\n3,0\n"


def test_the_table_says_how_good_the_division_is(tyngdepunkt, file):
    said = tyngdepunkt("divide", file, "--blocks", 2, "--floor", 50)
    assert said.out.startswith("2 connected blocks of 50 inhabitants or more: 2 edges cut, proven fewest (")
    assert "    0      2                     50              +0.00          2  {0, 3}\n" in said.out


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        (("--blocks", 3, "--floor", 40), "arithmetic", "100 inhabitants are too few or too many for 3 blocks"),
        (("--blocks", 4, "--deviation", 0.1), "arithmetic", "node 0 with 31 inhabitants is more than"),
        (("--blocks", 3, "--floor", 32), "geography", "node 0 with 31 inhabitants lies in no block"),
    ],
)
def test_that_there_is_no_division_is_an_answer_of_its_own(tyngdepunkt, tmp_path, words, kind, said):
    file = tmp_path / "row.json"
    file.write_text('{"population": [31, 8, 30, 31], "edges": [[0, 1], [1, 2], [2, 3]]}', encoding="utf-8")
    done = tyngdepunkt("divide", file, *words, "--format", "json")
    assert done.code == 2
    assert (done.json["status"], done.json["kind"], done.json["assignment"]) == ("infeasible", kind, None)
    table = tyngdepunkt("divide", file, *words)
    assert (table.code, table.err) == (2, "")
    assert table.out.startswith("There is no division into")
    assert said in table.out
    assert tyngdepunkt("divide", file, *words, "--format", "csv").out == ""


def test_parts_that_cannot_be_blocks_are_named(tyngdepunkt, tmp_path):
    file = tmp_path / "parts.json"
    file.write_text('{"population": [5, 20, 20], "edges": [[1, 2]]}', encoding="utf-8")
    said = tyngdepunkt("divide", file, "--blocks", 2, "--floor", 6, "--format", "json")
    assert said.code == 2
    assert said.json["reasons"] == [
        {
            "criterion": "part",
            "nodes": [0],
            "value": 5,
            "text": "the part of node 0, which no edge joins to the rest, with 5 inhabitants can be no blocks.",
        }
    ]


def test_a_division_that_time_ran_out_on_is_something_to_mend(tyngdepunkt, file, monkeypatch):
    def run_out(*_, **__):
        raise cutting.OutOfTimeError

    monkeypatch.setattr(cutting.Cutter, "find", run_out)
    monkeypatch.setattr(annealing, "_RUNS", 0)
    said = tyngdepunkt("divide", file, "--blocks", 2, "--format", "json")
    assert (said.code, said.json["status"], said.json["bound"]) == (1, "unsettled", 1)
    assert "whether there is one is not settled" in tyngdepunkt("divide", file, "--blocks", 2).out


def test_an_interrupt_prints_what_was_found(tyngdepunkt, file, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(cutting.Cutter, "find", interrupt)
    said = tyngdepunkt("divide", file, "--blocks", 2, "--format", "json")
    assert said.code == 130
    assert (said.json["objective"], said.json["bound"], said.json["status"]) == (2, 1, "gap")
    assert not said.json["complete"]
    assert "Interrupted" in said.err
    assert "no division cuts fewer than 1 edges" in tyngdepunkt("divide", file, "--blocks", 2).out
