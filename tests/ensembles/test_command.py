"""`tyngdepunkt stability`, `sensitivity` and `standing`, and shares beside prices."""

from __future__ import annotations

import csv
import io

import pytest


@pytest.fixture
def ask(tyngdepunkt, county):
    """Run a command on the little county, in this process."""
    return lambda *words: tyngdepunkt(*words, "--study", county)


def test_stability_as_json_has_the_keys_that_are_documented(ask):
    words = ("stability", "--centres", 2, "--resamples", 30, "--seed", 3, "--workers", 1, "--numbers", "1-2")
    said = ask(*words, "--format", "json")
    found = said.json
    assert said.code == 0
    assert (found["resamples"], found["solved"], found["unsettled"], found["complete"]) == (30, 30, 0, True)
    assert (found["method"], found["seed"], found["pairs"], found["years"]) == ("poisson", 3, None, [])
    assert found["centres"] == ["0301", "1102"]
    assert sum(found["best_numbers"].values()) == pytest.approx(1)
    by_id = {each["municipality"]: each for each in found["municipalities"]}
    # Bø has 40 commuters with Åfjord and 45 with Vik: it is torn, and nobody else is.
    assert 0.5 < by_id["1101"]["keeps"]["share"] < 0.9
    assert by_id["1101"]["keeps"]["low"] < by_id["1101"]["keeps"]["share"] < by_id["1101"]["keeps"]["high"]
    assert by_id["1101"]["blocks"]["1102"] == by_id["1101"]["keeps"]
    assert {i for i, each in by_id.items() if each["keeps"]["share"] < 1} == {"1101"}
    assert found["whole"] == by_id["1101"]["keeps"]
    for each in by_id.values():
        shares = [*each["blocks"].values(), each["new_block"]]
        assert sum(share["share"] for share in shares) == pytest.approx(1)
    assert ask(*words, "--format", "json").out == said.out


def test_pairs_are_given_where_asked_for(ask):
    words = ("stability", "--centres", 2, "--resamples", 20, "--workers", 1, "--pairs", "--method", "bootstrap")
    pairs = ask(*words, "--format", "json").json["pairs"]
    together = pairs["together"]
    assert pairs["ids"] == ["0301", "1101", "1102", "1103", "1104", "1105"]
    assert all(together[i][i] == 1 for i in range(6))
    assert together == [list(row) for row in zip(*together, strict=True)]
    assert (together[0][3], together[0][2]) == (1, 0)


def test_stability_to_read_and_as_csv(ask):
    words = ("stability", "--centres", 2, "--resamples", 40, "--workers", 1)
    text = ask(*words).out
    assert text.startswith("40 commuting tables drawn anew (poisson, seed 2017), each answered exactly for 2 blocks.\n")
    assert "5 of 6 municipalities keep theirs in every table, so in 91.2 % or more." in text
    rows = list(csv.DictReader(io.StringIO(ask(*words, "--format", "csv").out)))
    assert len(rows) == 6
    assert [row["else most with"] for row in rows if row["municipality"] == "Bø"] == ["Åfjord"]


def test_another_year_is_told_beside_the_shares(ask, county):
    turned = (county / "commuting.csv").read_text(encoding="utf-8").replace("1101,1102,45", "1101,1102,30")
    lines = [f"2018,{line}" for line in turned.splitlines()[1:]]
    (county / "commuting_other_years.csv").write_text(
        "\n".join(["year,home_id,work_id,commuters", *lines]) + "\n", encoding="utf-8"
    )
    said = ask("stability", "--centres", 2, "--resamples", 5, "--workers", 1, "--format", "json")
    assert said.json["years"] == [{"year": 2018, "settled": True, "centres": ["0301", "1102"], "moved": ["1101"]}]
    text = ask("stability", "--centres", 2, "--resamples", 5, "--workers", 1).out
    assert "With the table of 2018, Bø would lie elsewhere." in text


def test_a_year_that_leaves_a_municipality_out_is_a_fault(tyngdepunkt, county):
    (county / "commuting_other_years.csv").write_text(
        "year,home_id,work_id,commuters\n2018,0301,1101,5\n", encoding="utf-8"
    )
    said = tyngdepunkt("check", county)
    assert said.code == 1
    assert "The year 2018 leaves out 1102 Vik" in said.out + said.err


def test_no_plan_is_said_as_everywhere(ask):
    said = ask("stability", "--centres", 2, "--floor", 9000)
    assert (said.code, said.out.startswith("No plan exists")) == (2, True)


def test_a_cluster_that_is_not_there_is_one_message(ask, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.ensembles.cluster._CONNECTING", 0.5)
    said = ask("stability", "--centres", 2, "--resamples", 5, "--cluster", "tcp://127.0.0.1:1")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("tyngdepunkt: ")
    assert "Traceback" not in said.err


def test_sensitivity_is_printed_variation_by_variation(ask):
    words = ("sensitivity", "--centres", 2, "--workers", 1, "--vary", "floor=0,7000,9000", "--vary", "centres=1")
    found = ask(*words, "--format", "json").json
    told = [(each["setting"], each["value"], each["status"]) for each in found["variations"]]
    assert told == [
        ("floor", "0", "optimal"),
        ("floor", "7000", "optimal"),
        ("floor", "9000", "infeasible"),
        ("centres", "1", "optimal"),
    ]
    assert [each["kept"] for each in found["variations"]] == [1, 1, None, pytest.approx(3 / 6)]
    assert found["variations"][3]["moved"] in (["0301", "1103", "1105"], ["1101", "1102", "1104"])
    assert {each["variations"] for each in found["municipalities"]} == {3}
    assert "Keep their block in fewest variations: " in ask(*words).out
    assert len(ask(*words, "--format", "csv").out.splitlines()) == 5


def test_a_variation_that_is_not_understood_is_one_message(ask):
    said = ask("sensitivity", "--centres", 2, "--vary", "florr=3")
    assert (said.code, said.out) == (1, "")
    assert "--vary 'florr=3' is not understood" in said.err


def test_a_plan_is_placed_among_all(ask):
    # A tree of six: two blocks are made by cutting one of five links, and Bø with Vik is the best of them.
    found = ask("standing", 2, "--format", "json").json
    assert (found["count"], found["draws"], found["exhaustive"], found["in_space"]) == (5, 5, True, True)
    assert (found["objective"], found["better"], found["worse"], found["ranks"]) == (133, 0, 4 / 5, [1, 1])
    old = ask("standing", "the old districts", "--format", "json").json
    assert (old["objective"], old["better"], old["equal"], old["ranks"]) == (128, 1 / 5, 1 / 5, [2, 2])
    text = ask("standing", "the old districts").out
    assert "It beats 60 % of them; 20 % are as good, 20 % are better." in text
    assert "Its rank, from the best: 2." in text
    bars = list(csv.DictReader(io.StringIO(ask("standing", 2, "--format", "csv").out)))
    assert sum(float(bar["share"]) for bar in bars) == pytest.approx(1)


def test_a_plan_below_the_floor_is_placed_and_said_to_be_none_of_them(ask):
    text = ask("standing", "the old districts", "--floor", 7000).out
    assert "The plan itself is none of these" in text


def test_chains_that_have_not_mixed_are_said_so(tyngdepunkt):
    said = tyngdepunkt("standing", "county governor 2016", "--method", "uniform", "--draws", 200)
    assert said.code == 0
    assert "THE CHAINS HAVE NOT MIXED" in said.out
    said = tyngdepunkt("sample", "--blocks", 7, "--method", "recom", "--steps", 50)
    assert "The chains have not mixed" in said.out


def test_how_firm_a_place_is_stands_beside_the_price(ask):
    words = ("--centres", 2, "--resamples", 40, "--workers", 1)
    text = ask("explain", "Bø", *words).out
    assert "commuting tables drawn anew (" in text
    found = ask("explain", "Bø", *words, "--format", "json").json
    assert found["keeps"]["share"] + found["prices"][0]["lies_there"]["share"] == pytest.approx(1)
    assert ask("explain", "Bø", "--centres", 2, "--format", "json").json["keeps"] is None
    prices = ask("tipping", *words, "--format", "json").json
    assert all("keeps" in price for price in prices)
    assert "keeps block [%]" in ask("tipping", *words).out


def test_a_study_is_counted_and_sampled_as_it_is(ask, tyngdepunkt, county):
    assert ask("count", "--blocks", 2, "--format", "json").json["count"] == 5
    assert tyngdepunkt("count", county, "--format", "json").json["counts"]["2"] == 5
    found = tyngdepunkt("sample", county, "--blocks", 2, "--steps", 4, "--format", "json").json
    assert found["nodes"] == ["0301", "1101", "1102", "1103", "1104", "1105"]
    assert set(found["scores"]) == {"cut_edges", "smallest", "largest", "inside"}
    said = ask("count", county, "--blocks", 2)
    assert (said.code, said.out) == (1, "")
    assert "Give GRAPH or --study, not both" in said.err


def test_roads_closed_in_winter_are_no_part_of_a_bare_graph(tyngdepunkt, tmp_path):
    file = tmp_path / "graph.json"
    file.write_text('{"population": [1, 2], "edges": [[0, 1]]}', encoding="utf-8")
    assert "not of a bare graph" in tyngdepunkt("count", file, "--seasonal").err
    assert tyngdepunkt("count", "--blocks", 2, "--seasonal", "--format", "json").json["count"] > 11_228


def test_a_range_that_is_not_understood_is_named_by_its_own_option(tyngdepunkt):
    found = tyngdepunkt("stability", "--centres", 2, "--numbers", "9-4")
    assert found.code == 1
    assert "--numbers '9-4' is not understood" in found.err
