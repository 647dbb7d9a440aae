"""Wishes on record on the command line: overrides, locks, moves, positions, counties, parts, and both layers."""

from __future__ import annotations

import csv
import io

import pytest

from tyngdepunkt.analysis import layers, numbers
from tyngdepunkt.analysis.questions import sweep_centres
from tyngdepunkt.structure import SECONDS, Solver
from tyngdepunkt.study import load_study


@pytest.fixture
def ask(tyngdepunkt, county):
    """Run a command on the little county."""
    return lambda *words: tyngdepunkt(*words, "--study", county)


def test_an_override_lifts_the_floor_and_is_shown_with_its_reason(ask):
    asked = ("plan", "--centres", 3, "--floor", 6000, "--override", "Øy=a ferry from all")
    plan = ask(*asked, "--format", "json").json
    assert plan["assignment"]["1105"] == "1105"
    low = next(block for block in plan["blocks"] if block["shortfall"])
    assert low["shortfall"] == 5500
    assert low["overrides"] == [{"municipality": "1105", "reason": "a ferry from all", "source": ""}]
    assert plan["question"]["overrides"] == low["overrides"]
    assert [each["criterion"] for each in plan["record"]] == ["override"]
    shown = ask(*asked).out
    assert "The least population is lifted for Øy; the block lacks 5,500 inhabitants to it." in shown
    assert "The reason on record: a ferry from all." in shown
    assert ask("plan", "--centres", 3, "--floor", 6000).code == 2


@pytest.mark.parametrize("text", ["1105", "1105=", "1105=  "])
def test_an_override_without_a_reason_is_refused(ask, text):
    said = ask("plan", "--centres", 3, "--floor", 6000, "--override", text)
    assert said.code == 1
    assert "without a reason" in said.err


def test_a_locked_block_is_a_block(ask):
    plan = ask("plan", "--centres", 3, "--lock", "Bø,Vik", "--lock", "Nes", "--format", "json").json
    members = [block["members"] for block in plan["blocks"]]
    assert ["1101", "1102"] in members
    assert ["1104"] in members
    assert plan["question"]["locked"] == [["1101", "1102"], ["1104"]]


def test_a_plan_starts_from_another_and_moves_few(ask, tmp_path):
    old = tmp_path / "old.csv"
    old.write_text("municipality_id,block\n0301,x\n1101,x\n1102,y\n1103,x\n1104,x\n1105,y\n", encoding="utf-8")
    assert ask("plan", "--centres", 2, "--from", old, "--move-at-most", 0).code == 2
    one, all_that_pay = (
        ask("plan", "--centres", 2, "--from", old, "--move-at-most", most, "--format", "json").json for most in (1, 3)
    )
    assert len(one["moved"]) == 1
    assert one["question"]["start"]["most_moved"] == 1
    assert all_that_pay["moved"] == ["1101", "1104", "1105"]
    assert (one["objective"], all_that_pay["objective"]) == (95, 133)
    assert ask("plan", "--centres", 2, "--format", "json").json["moved"] is None


def test_a_number_of_centres_is_a_plan_to_start_from(ask):
    two = ask("plan", "--centres", 2, "--format", "json").json
    three = ask("plan", "--centres", 3, "--from", 2, "--move-at-most", 1, "--format", "json").json
    assert len(three["moved"]) == 1
    assert len(two["centres"]) == 2


@pytest.mark.parametrize(("words", "missing"), [(("--from", "2"), "--move-at-most"), (("--move-at-most", 2), "--from")])
def test_half_a_wish_names_the_other_half(ask, words, missing):
    said = ask("plan", "--centres", 2, *words)
    assert said.code == 1
    assert missing in said.err


def test_nobody_lies_against_a_position_unless_told_to(ask, county):
    (county / "positions.csv").write_text(
        "municipality_id,position,other_id,source\n1101,not_with,1102,case 7\n", encoding="utf-8"
    )
    kept = ask("plan", "--centres", 2, "--format", "json").json
    assert kept["assignment"]["1101"] == "0301"
    assert "positions" in kept["certificate"]["checks"]
    ignored = ask("plan", "--centres", 2, "--ignore-positions", "--format", "json").json
    assert ignored["assignment"]["1101"] == "1102"
    assert "case 7" in ask("explain", "Bø", "--centres", 2).out
    refused = ask("plan", "--centres", 2, "--together", "Bø,Vik")
    assert refused.code == 2
    assert "Bø has recorded that it will not be in a block with Vik. Recorded: case 7." in refused.out


def test_counties_and_villages(ask, county):
    (county / "municipalities.csv").write_text(
        "municipality_id,name,population,county,part_of\n0301,Åfjord,6000,3,\n1101,Bø,2000,3,1102\n1102,Vik,5000,11,\n"
        "1103,Ær,1000,3,\n1104,Nes,1500,11,\n1105,Øy,500,3,\n",
        encoding="utf-8",
    )
    assert ask("plan", "--centres", 2, "--within-counties").code == 2
    plan = ask("plan", "--centres", 2, "--within-counties", "--split-parts", "all", "--format", "json").json
    assert plan["assignment"]["1101"] == "0301"
    assert "Bø, part of Vik, lies in another block than the rest of Vik." in [e["text"] for e in plan["record"]]
    assert next(block["parts"] for block in plan["blocks"] if "1101" in block["members"]) == ["1101"]
    said = ask("plan", "--centres", 2, "--split-parts", "Nes")
    assert said.code == 1
    assert "1104 is no part of a municipality" in said.err


def test_both_layers_are_shown_side_by_side(ask, county):
    (county / "study.toml").write_text(
        '[blocks]\nfloor = 0\n[centres_of_gravity]\nfloor = 7500\nfunctions = ["school"]\n', encoding="utf-8"
    )
    said = ask("layers", "--centres", 3, "--format", "json").json
    assert list(said) == ["study", "blocks", "centres_of_gravity", "nesting", "version"]
    assert said["nesting"]["elsewhere"] == []
    assert {area["centre"] for area in said["nesting"]["areas"]} == set(said["centres_of_gravity"]["centres"])
    rows = list(csv.DictReader(io.StringIO(ask("layers", "--centres", 3, "--format", "csv").out)))
    assert {row["layers differ"] for row in rows} == {"no"}
    locked = ("layers", "--centres", 2, "--lock", "Åfjord,Bø,Ær")
    assert ask(*locked).code == 2
    differs = ask("layers", "--centres", 2, "--lock", "Vik,Nes")
    assert (
        "The block of Åfjord does not lie within one centre of gravity. In another than its centre: Bø" in differs.out
    )
    assert "school" in differs.out


def test_every_name_that_is_not_known_is_told_at_once(ask):
    said = ask("plan", "--centres", 3, "--together", "Bø,Nowhere", "--lock", "Elsewhere", "--centre", "Vik")
    assert said.code == 1
    assert "'Nowhere'" in said.err
    assert "'Elsewhere'" in said.err
    assert "'Vik'" not in said.err
    assert ask("plan", "--centres", 3, "--centre", "Nowhere").err.startswith("tyngdepunkt: No municipality is called")


def test_layers_say_how_sure_they_are_and_keep_what_they_found(ask, county, monkeypatch, tmp_path):
    (county / "study.toml").write_text(
        "[blocks]\nfloor = 1000\n[centres_of_gravity]\nfloor = 7000\nfunctions = []\n", encoding="utf-8"
    )
    monkeypatch.setenv("TYNGDEPUNKT_CACHE", str(tmp_path / "kept"))
    said = ask("layers").out
    assert said.count("proven best.") == 2
    assert "is the largest for which a plan exists" in said
    monkeypatch.setattr(Solver, "find", lambda *_, **__: pytest.fail("it is asked anew"))
    assert ask("layers").out == said


def test_layers_of_a_country_look_at_a_ladder_of_numbers(ask, county, monkeypatch):
    (county / "study.toml").write_text("[centres_of_gravity]\nfloor = 7000\nfunctions = []\n", encoding="utf-8")
    monkeypatch.setattr(numbers, "MANY", 3)
    asked = []
    monkeypatch.setattr(
        layers, "sweep_centres", lambda *words, **more: asked.append(more) or sweep_centres(*words, **more)
    )
    assert ask("layers").code == 0
    assert asked[0]["seconds"] < SECONDS
    assert list(asked[0]["centres"]) == list(numbers.numbers_around(load_study(county), 0))
