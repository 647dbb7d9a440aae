"""The commands that give the whole analysis a face, on the little county."""

from __future__ import annotations

from dataclasses import replace

import pytest

import tyngdepunkt.analysis as analysis_package
import tyngdepunkt.report as report_package
from tyngdepunkt.analysis import analyse, whole
from tyngdepunkt.errors import SourceError
from tyngdepunkt.texts.catalogues import find_broken, find_untranslated, list_messages

FOLDER = "src/tyngdepunkt/cli"


@pytest.fixture
def settled(county):
    """The little county with settings that it can keep, and no commuting tables drawn anew."""
    (county / "study.toml").write_text(
        'name = "little-county"\ntitle = "The little county"\ndate = 2017-01-01\n'
        "[blocks]\nfloor = 1000\n[centres_of_gravity]\nfloor = 7000\nfunctions = []\n[stability]\nresamples = 0\n",
        encoding="utf-8",
    )
    return county


@pytest.fixture
def unset(monkeypatch):
    """Reports that are not typeset: for what is not about what they hold."""
    monkeypatch.setattr("tyngdepunkt.report.pdf.typeset", lambda *_, **__: b"%PDF-")


def test_a_run_writes_the_report_and_prints_a_summary(tyngdepunkt, settled, tmp_path):
    settings = settled / "study.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("resamples = 0", "resamples = 20"), encoding="utf-8"
    )
    said = tyngdepunkt("run", "--study", settled, "--out", tmp_path / "out")
    assert said.code == 0
    assert said.out.startswith("The little county (1 January 2017)\n")
    assert "133 people commute between a municipality and its centre" in said.out
    assert "Bø → Åfjord: the whole plan loses 5 commuters." in said.out
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == ["tyngdepunkt-little-county-nb.pdf", "tyngdepunkt-little-county-nb.xlsx"]
    for name in files:
        assert (tmp_path / "out" / name).as_posix() in said.out


@pytest.mark.usefixtures("unset")
def test_a_run_speaks_the_language_that_is_given(tyngdepunkt, settled, tmp_path):
    said = tyngdepunkt("run", "--study", settled, "--out", tmp_path / "out", "--language", "nn", "--language", "en")
    assert "133 pendlar mellom ein kommune og senteret" in said.out
    assert {path.stem[-2:] for path in (tmp_path / "out").iterdir()} == {"nn", "en"}


@pytest.mark.usefixtures("unset")
def test_a_run_as_json_holds_both_layers_and_every_number(tyngdepunkt, settled, tmp_path):
    found = tyngdepunkt("run", "--study", settled, "--out", tmp_path / "out", "--format", "json").json
    assert found["blocks"]["objective"] == 133
    assert found["centres_of_gravity"]["centres"] == ["0301", "1102"]
    assert [point["k"] for point in found["frontier"]] == [1, 2, 3, 4, 5, 6]
    assert found["checksums"].keys() >= {"municipalities", "neighbours", "commuting"}
    assert found["references"][0]["plan"] == "the old districts"
    assert len(found["files"]) == 2


@pytest.mark.usefixtures("unset")
def test_options_take_precedence_over_the_studys_settings(tyngdepunkt, settled, tmp_path):
    options = ("--centres", 3, "--floor", 2000, "--format", "json", "--out", tmp_path / "out", "--study", settled)
    blocks = tyngdepunkt("run", *options).json["blocks"]
    assert blocks["question"]["floor"] == 2000
    assert len(blocks["centres"]) == 3


def test_a_report_prints_where_its_files_are(tyngdepunkt, settled, tmp_path):
    said = tyngdepunkt("report", "--study", settled, "--out", tmp_path / "council", "--language", "en")
    assert said.code == 0
    assert said.out.split() == [
        (tmp_path / "council" / f"tyngdepunkt-little-county-en.{form}").as_posix() for form in ("pdf", "xlsx")
    ]


def test_an_interrupted_run_prints_what_is_done_and_writes_no_report(tyngdepunkt, settled, tmp_path, monkeypatch):
    def cut_short(study, question, **rest):
        analysis = analyse(study, question, **rest)
        frontier = replace(analysis.frontier, points=analysis.frontier.points[:3], complete=False)
        return replace(analysis, frontier=frontier, complete=False)

    monkeypatch.setattr(analysis_package, "analyse", cut_short)
    said = tyngdepunkt("run", "--study", settled, "--out", tmp_path / "out")
    assert said.code == 130
    assert "133 people commute" in said.out
    assert "no report is written" in said.err
    assert not (tmp_path / "out").exists()


def test_an_interrupted_run_does_not_say_of_what_it_never_came_to_that_there_is_no_plan(
    tyngdepunkt, settled, tmp_path, monkeypatch
):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(whole, "find_gravity", stop)
    said = tyngdepunkt("run", "--study", settled, "--out", tmp_path / "out")
    assert said.code == 130
    assert "Not looked for: the work was cut short before." in said.out
    assert "No plan was found" not in said.out
    assert "Numbers of blocks worked out, with no least population: 6." in said.out
    found = tyngdepunkt("run", "--study", settled, "--out", tmp_path / "out", "--format", "json").json
    assert found["centres_of_gravity"] is None
    assert found["complete"] is False


def test_what_cannot_be_written_is_told_before_the_work(tyngdepunkt, settled, tmp_path, monkeypatch):
    monkeypatch.setattr(analysis_package, "analyse", lambda *_, **__: pytest.fail("it was worked out for nothing"))
    (tmp_path / "taken").write_text("a file is in the way", encoding="utf-8")
    for command in ("run", "report"):
        said = tyngdepunkt(command, "--study", settled, "--out", tmp_path / "taken" / "out")
        assert said.code == 1
        assert "Choose a folder that can be written to" in said.err


def test_a_summary_is_printed_even_where_the_report_cannot_be_written(tyngdepunkt, settled, tmp_path, monkeypatch):
    def full(*_, **__):
        raise SourceError("The report could not be written: no space left.")

    monkeypatch.setattr(report_package, "write_report", full)
    said = tyngdepunkt("run", "--study", settled, "--out", tmp_path / "out")
    assert said.code == 1
    assert "133 people commute" in said.out
    assert "no space left" in said.err


def test_a_folder_that_cannot_be_written_to_is_named(tyngdepunkt, settled, tmp_path):
    (tmp_path / "out").write_text("a file is in the way", encoding="utf-8")
    said = tyngdepunkt("report", "--study", settled, "--out", tmp_path / "out")
    assert said.code == 1
    assert said.err.startswith("tyngdepunkt: ")


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_word_of_the_summary_is_in_norwegian(language, pytestconfig):
    messages = list_messages([pytestconfig.rootpath / FOLDER])
    assert find_untranslated(messages, language, "cli", "common") == ()
    assert find_broken(language, "cli") == ()
