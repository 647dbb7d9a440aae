"""Progress on standard error."""

from __future__ import annotations

import io
import re
import time

import numba
import numpy as np
import pytest

from tyngdepunkt.cli import waiting
from tyngdepunkt.cli.waiting import ProgressLine
from tyngdepunkt.compiled import is_compiling
from tyngdepunkt.model import Step
from tyngdepunkt.texts.words import task_word


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def hurried(monkeypatch):
    """The same manners in a thousandth of the time."""
    for name in ("_QUIET", "_REWRITE", "_SPARSE"):
        monkeypatch.setattr(waiting, name, getattr(waiting, name) / 1000)


def wait_for(stream, text):
    ends = time.monotonic() + 10
    while text not in stream.getvalue():
        assert time.monotonic() < ends, stream.getvalue()
        time.sleep(0.001)


def test_short_work_says_nothing():
    stream = io.StringIO()
    with ProgressLine("plan", stream) as progress:
        progress(Step("sweep", 1, 36))
    assert stream.getvalue() == ""


@pytest.mark.usefixtures("hurried")
def test_long_work_speaks_before_its_first_step():
    stream = io.StringIO()
    with ProgressLine("plan", stream):
        wait_for(stream, "Finding the plan (0 s)\n")


@pytest.mark.usefixtures("hurried")
def test_the_rest_is_judged_by_the_steps_seen_and_not_by_what_was_known_before(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    line = ProgressLine("tipping", io.StringIO())
    line(Step("tipping", 400, 1000))
    assert line._text() == "Tipping prices: 400 of 1000 (0 s)"
    now[0] += 10
    line(Step("tipping", 500, 1000))
    assert line._text() == "Tipping prices: 500 of 1000 (10 s, about 50 s left)"
    now[0] += 40  # nothing came: it takes longer
    assert line._text() == "Tipping prices: 500 of 1000 (50 s, about 4 min left)"
    line(Step("resamples", 1, 20))
    assert "left" not in line._text()


@pytest.mark.usefixtures("hurried")
def test_steps_are_counted():
    stream = io.StringIO()
    with ProgressLine("sweep", stream) as progress:
        progress(Step("sweep", 7, 36))
        wait_for(stream, "Every number of centres: 7 of 36")


@pytest.mark.usefixtures("hurried")
def test_a_terminal_has_one_line_that_is_wiped():
    stream = Terminal()
    with ProgressLine("sweep", stream) as progress:
        progress(Step("sweep", 7, 36))
        wait_for(stream, "7 of 36")
    text = stream.getvalue()
    assert "\n" not in text
    assert text.endswith(" \r")


@pytest.mark.usefixtures("hurried")
def test_the_line_says_when_something_is_compiled():
    stream = io.StringIO()

    @numba.njit
    def add(a, b):
        # Many steps, so that the line has time to be written while they are compiled.
        for i in range(a):
            b += np.sqrt(i) + np.array([1.0, b]).sum()
        return b

    assert not is_compiling()
    with ProgressLine("plan", stream):
        add(2, 1.0)
    assert "first time only)" in stream.getvalue()
    assert not is_compiling()


def test_every_piece_of_work_has_words_and_not_only_a_key(pytestconfig):
    source = "\n".join(path.read_text(encoding="utf-8") for path in (pytestconfig.rootpath / "src").rglob("*.py"))
    tasks = set(re.findall(r'\b(?:ProgressLine|Step)\(\s*"([a-z_]+)"', source))
    assert {"regions", "bench", "sweep"} <= tasks
    for language in ("nb", "nn", "en"):
        assert {task for task in tasks if task_word(task, language) == task} == set()
