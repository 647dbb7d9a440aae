"""What is said when something goes wrong, and with which exit code."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import tyngdepunkt.study as study_package
from tyngdepunkt.errors import SourceError

PROGRAM = (sys.executable, "-m", "tyngdepunkt")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plan", "--centers", "7"], "--centers"),
        (["plan", "--centres", "many"], "'--centres'"),
        (["plan", "--centres", "0"], "--centres"),
        (["plan", "--format", "xml"], "xml"),
        (["explain"], "MUNICIPALITY"),
        (["plans"], "plans"),
        (["plan", "--objective", "wealth"], "No objective is called 'wealth'"),
        (["plan", "--centres", "37"], "37"),
        (["plan", "--together", "Ålesund"], "fewer than two municipalities"),
        (["plan", "--functions", "opera"], "opera"),
        (["plan", "--max-minutes", "long"], "'--max-minutes': it is not a number"),
        (["plan", "--centres", "1.5"], "'--centres': it is not a whole number"),
        (["plan", "--centres", "0"], "'--centres': give 1 or more"),
        (["stability", "--method", "x"], "'--method': 'x' is not one of 'poisson', 'bootstrap'"),
        (
            ["divide", "--blocks", "2", "--objective", "ties"],
            "divide has no objective 'ties': it finds the fewest cut-edges",
        ),
        (["plan", "--centres", "7", "--override", "1573="], "The floor is lifted for Smøla without a reason"),
        (["plan", "--study", "nowhere"], "nowhere"),
    ],
)
def test_what_the_user_can_mend_is_one_message_and_exit_code_one(tyngdepunkt, words, said):
    refused = tyngdepunkt(*words)
    assert refused.code == 1
    assert refused.out == ""
    assert refused.err.startswith("tyngdepunkt: ")
    assert said in refused.err
    assert "Traceback" not in refused.err


def test_a_study_with_faults_is_refused_with_all_of_them(tyngdepunkt, county):
    (county / "commuting.csv").write_text("home_id,work_id,commuters\n301,1101,-4\n", encoding="utf-8")
    refused = tyngdepunkt("plan", "--study", county)
    assert refused.code == 1
    assert "commuting.csv, row 2" in refused.err
    assert "-4" in refused.err


def test_an_error_of_ours_keeps_its_traceback(tyngdepunkt, monkeypatch):
    def broken(_):
        return 1 / 0

    monkeypatch.setattr(study_package, "load_study", broken)
    with pytest.raises(ZeroDivisionError):
        tyngdepunkt("plan")


def test_an_error_of_a_source_is_not_taken_for_a_broken_pipe(tyngdepunkt, monkeypatch):
    def gone(_):
        raise SourceError("The disk is gone.")

    monkeypatch.setattr(study_package, "load_study", gone)
    refused = tyngdepunkt("plan")
    assert (refused.code, refused.err) == (1, "tyngdepunkt: The disk is gone.\n")


def test_an_interrupt_exits_with_130(tyngdepunkt, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(study_package, "load_study", interrupted)
    stopped = tyngdepunkt("plan")
    assert (stopped.code, stopped.out, stopped.err) == (130, "", "Interrupted.\n")


def test_a_reader_that_closes_the_pipe_is_no_failure(county):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        said = subprocess.run(
            [*PROGRAM, "sweep", "--study", str(county)], stdout=pipe, stderr=subprocess.PIPE, text=True, check=False
        )
    assert "rror" not in said.stderr
    assert said.returncode == 0


def test_names_with_norwegian_letters_pass_through_any_locale(county):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    said = subprocess.run(
        [*PROGRAM, "explain", "1101", "--study", str(county)], capture_output=True, env=environment, check=True
    )
    assert "Bø" in said.stdout.decode("utf-8")


def test_colour_never_reaches_a_pipe(county):
    environment = {**os.environ, "FORCE_COLOR": "1"}
    for words in (["plan", "--help"], ["plan", "--study", str(county)]):
        said = subprocess.run([*PROGRAM, *words], capture_output=True, env=environment, check=True)
        assert b"\x1b" not in said.stdout + said.stderr
