"""Each question is worked out once; what nobody waits for gives way; what fails says so."""

from __future__ import annotations

import threading

import pytest

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Question, Step
from tyngdepunkt.web import desk as desk_module
from tyngdepunkt.web.desk import Desk, Work


@pytest.fixture
def desk(shipped):
    return Desk(shipped)


def test_the_same_question_is_asked_once(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "tyngdepunkt.analysis.sweep_centres", lambda _study, question, **_: asked.append(question) or "done"
    )
    first, second = desk.frontier(Question(3, floor=15000)), desk.frontier(Question(7, floor=15000))
    assert first is second
    assert first.wait(5)
    assert first.value == "done"
    assert asked == [Question(1, floor=15000)]


def test_work_tells_where_it_is(desk, monkeypatch):
    told, go_on = threading.Event(), threading.Event()

    def sweep(_study, _question, *, progress, **_):
        progress(Step("sweep", 3, 36))
        told.set()
        go_on.wait(5)
        return "done"

    monkeypatch.setattr("tyngdepunkt.analysis.sweep_centres", sweep)
    work = desk.frontier(Question(1))
    assert told.wait(5)
    assert work.step == Step("sweep", 3, 36)
    assert not work.is_done
    go_on.set()
    assert work.wait(5)


def test_what_cannot_be_asked_is_kept_as_a_fault(desk, monkeypatch):
    def sweep(*_, **__):
        raise QuestionError("There is no such thing.")

    monkeypatch.setattr("tyngdepunkt.analysis.sweep_centres", sweep)
    work = desk.frontier(Question(1))
    assert work.wait(5)
    assert isinstance(work.fault, QuestionError)
    assert work.value is None


def test_a_bug_is_logged_and_the_next_question_still_answered(desk, monkeypatch, caplog):
    def sweep(_study, question, **_):
        if question.floor:
            raise ZeroDivisionError
        return "done"

    monkeypatch.setattr("tyngdepunkt.analysis.sweep_centres", sweep)
    broken = desk.frontier(Question(1, floor=1))
    assert broken.wait(5)
    assert isinstance(broken.fault, ZeroDivisionError)
    assert "Traceback" in caplog.text
    assert desk.frontier(Question(1)).wait(5)


def test_work_that_nobody_asks_for_gives_way_and_is_taken_up_again(desk, monkeypatch):
    begun, done = [], []
    started, waiting = threading.Event(), threading.Event()

    def sweep(_study, question, *, progress, **_):
        begun.append(question.floor)
        started.set()
        if question.floor == 1 and len(begun) == 1:
            waiting.wait(5)
        progress(Step("sweep", 1, 2))
        done.append(question.floor)
        return question.floor

    monkeypatch.setattr("tyngdepunkt.analysis.sweep_centres", sweep)
    slow = desk.frontier(Question(1, floor=1))
    assert started.wait(5)
    quick = desk.frontier(Question(1, floor=2))
    slow.wanted -= 60
    waiting.set()
    assert quick.wait(5)
    assert slow.wait(5)
    assert begun == [1, 2, 1]
    assert done == [2, 1]


def test_what_was_asked_for_longest_ago_is_forgotten(desk, monkeypatch):
    monkeypatch.setattr(desk_module, "_KEPT", 2)
    monkeypatch.setattr("tyngdepunkt.analysis.sweep_centres", lambda _study, question, **_: question.floor)
    first = desk.frontier(Question(1, floor=1))
    assert first.wait(5)
    for floor in (2, 3):
        assert desk.frontier(Question(1, floor=floor)).wait(5)
    assert desk.frontier(Question(1, floor=1)) is not first


def test_waiting_ends_when_it_is_told_to():
    work = Work(lambda _progress: None)
    assert not work.wait(0.01)
    work.finish("done", None)
    assert work.wait(0.01)


def test_a_closed_desk_begins_nothing_and_leaves_nothing_under_way(desk, monkeypatch):
    started, told = threading.Event(), threading.Event()

    def sweep(_study, _question, *, progress, **_):
        started.set()
        while True:
            progress(Step("sweep", 1, 36))
            told.wait(0.01)

    monkeypatch.setattr("tyngdepunkt.analysis.sweep_centres", sweep)
    under_way = desk.frontier(Question(1))
    assert started.wait(5)
    desk.close()
    assert not under_way.is_done
    assert not desk.frontier(Question(1, floor=1)).wait(0.1)
    assert not [thread for thread in threading.enumerate() if thread is desk._sweeps._thread]
