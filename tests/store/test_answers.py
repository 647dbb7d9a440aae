"""Answers found before: the same question hits, any other misses, damage is noticed, and nothing wrong comes out."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.counties import FICTION, draw
from tyngdepunkt.analysis import answers as recalling
from tyngdepunkt.analysis.answers import KeptAnswer, RecallingSolver
from tyngdepunkt.model import Certificate, NoPlan, Plan, Question, Reason, Relaxation, Status
from tyngdepunkt.store.answers import AnswerStore, cache_folder, open_answers
from tyngdepunkt.store.encoding import decode, encode
from tyngdepunkt.structure import Solver, solve, sweep, tipping_prices

FLOWS = {"BA": 60, "CA": 30, "DA": 50, "EA": 20, "EG": 20, "FG": 40}


@dataclass(frozen=True)
class Note:
    """Something to keep."""

    text: str
    number: float | None = None


@pytest.fixture
def store(tmp_path):
    return AnswerStore(tmp_path / "cache" / "answers.sqlite")


@pytest.fixture
def county():
    return draw(FICTION.replace("    H\n", ""), people={"A": 5000, "E": 3000, "G": 4000}, flows=FLOWS)


@pytest.fixture
def searches(monkeypatch):
    """How often the engine itself was asked, as the numbers of centres."""
    asked = []
    find = Solver.find

    def counted(self, centres, **options):
        asked.append(centres)
        return find(self, centres, **options)

    monkeypatch.setattr(Solver, "find", counted)
    return asked


def solver(county, store, question=Question(1, seasonal=True), seed=1):  # noqa: B008 - frozen
    return RecallingSolver(county, question, seed=seed, answers=store)


def test_what_is_kept_comes_back_equal():
    question = Question(2, together=(frozenset({"A", "B"}),), functions=frozenset({"airport"}), max_minutes=30.0)
    certificate = Certificate(Status.GAP, 4.5, "HiGHS", 0.25, 1, None, ("connected", "floor"))
    plan = Plan(question, {"A": "A", "B": "A"}, 4.0, certificate)
    refusal = NoPlan(question, "geography", (Reason("floor", 3, "persons", 5.0, ("A",)),), (Relaxation("floor", 5, 3),))
    for kept in (KeptAnswer(plan, None, 120.0, deep=True), KeptAnswer(None, refusal, float("inf"), deep=False)):
        assert decode(encode(kept), KeptAnswer) == kept


def test_text_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="Note"):
        decode('{"text": "a"}', Note)
    with pytest.raises(ValueError, match="Note"):
        decode('{"text": 1, "number": null}', Note)


def test_the_same_question_is_answered_once(county, store, searches):
    first = solver(county, store).find(2)
    again = solver(draw(FICTION.replace("    H\n", ""), people={"A": 5000, "E": 3000, "G": 4000}, flows=FLOWS), store)
    assert again.find(2) == first
    assert searches == [2]


def test_any_change_is_a_new_question(county, store, searches, monkeypatch):
    solver(county, store).find(2)
    solver(county, store, seed=2).find(2)
    solver(county, store, Question(1, seasonal=True, floor=1)).find(2)
    solver(county, store).find(3)
    solver(replace(county, commuters=county.commuters + 1), store).find(2)
    monkeypatch.setattr(recalling, "engine_version", lambda: "a later one")
    solver(county, store).find(2)
    assert searches == [2, 2, 2, 3, 2, 2]


def test_a_sweep_cut_short_goes_on_where_it_was(county, store, searches):
    def interrupt(step):
        if step.done == 3:
            raise KeyboardInterrupt

    asked = Question(1, seasonal=True)
    cut = sweep(county, asked, seed=1, progress=interrupt, solver=solver(county, store))
    assert not cut.complete
    whole = sweep(county, asked, seed=1, solver=solver(county, store))
    assert whole.complete
    assert sorted(searches) == [1, 2, 3, 4, 5, 6, 7]
    assert [p.answer.objective for p in whole.points] == [
        p.answer.objective for p in sweep(county, asked, seed=1).points
    ]


def test_a_gap_is_tried_again_only_with_more_time(county, store, searches):
    asked = solver(county, store)
    best = asked.find(2, seconds=5)
    loose = replace(best.certificate, status=Status.GAP, bound=best.objective + 1)
    key = _only_key(store)
    store.keep(key, KeptAnswer(replace(best, certificate=loose), None, 5.0, deep=True))
    assert asked.find(2, seconds=5).certificate.status is Status.GAP
    assert asked.find(2, seconds=4).certificate.status is Status.GAP
    assert searches == [2]
    assert asked.find(2, seconds=6).certificate.status is Status.OPTIMAL
    assert asked.find(2, seconds=600).certificate.status is Status.OPTIMAL
    assert searches == [2, 2]


def test_reasons_are_looked_for_where_only_a_sweep_was_there_before(county, store, searches):
    asked = solver(county, store, Question(1, seasonal=True, floor=9000))
    assert asked.find(2, reasons=False).relaxations == ()
    assert asked.find(2).relaxations
    assert asked.find(2, reasons=False).relaxations
    assert searches == [2, 2]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plan: replace(plan, objective=plan.objective + 1),
        lambda plan: replace(plan, assignment={**plan.assignment, "B": "G"}),
        lambda plan: replace(plan, question=replace(plan.question, floor=1)),
        lambda plan: replace(plan, assignment={"A": "A"}),
    ],
)
def test_a_plan_that_breaks_its_word_is_dropped(county, store, searches, spoil):
    best = solver(county, store).find(2)
    store.keep(_only_key(store), KeptAnswer(spoil(best), None, 120.0, deep=True))
    assert solver(county, store).find(2).assignment == best.assignment
    assert searches == [2, 2]


def test_prices_are_worked_out_once(county, store, monkeypatch):
    asked = solver(county, store)
    best = asked.find(2)
    first = tipping_prices(county, best, solver=asked)
    monkeypatch.setattr(Solver, "price", lambda *_, **__: pytest.fail("worked out again"))
    assert tipping_prices(county, best, solver=solver(county, store)) == first
    assert first == tipping_prices(county, best, solver=asked, cap=1.0)


def test_a_price_is_sought_again_with_a_higher_cap(county, store, monkeypatch):
    asked = solver(county, store)
    best = asked.find(2)
    with monkeypatch.context() as without:  # a plan to start from would be proven at once
        without.setattr(solve, "find_witness", lambda *_, **__: None)
        assert not all(p.exact for p in tipping_prices(county, best, cap=0.0, solver=asked))
    exact = {(p.municipality, p.centre): p.amount for p in tipping_prices(county, best)}
    assert {(p.municipality, p.centre): p.amount for p in tipping_prices(county, best, solver=asked)} == exact


def test_a_price_that_is_wrong_is_dropped(county, store):
    asked = solver(county, store)
    best = asked.find(2)
    right = tipping_prices(county, best, municipalities=["B"], solver=asked)
    keys = {key for (key,) in _rows(store, "SELECT key FROM answers")}
    for key in keys:
        kept = store.recall(key, recalling.KeptPrice)
        if kept is not None:
            store.keep(key, replace(kept, amount=kept.amount + 1))
    assert tipping_prices(county, best, municipalities=["B"], solver=asked) == right


def test_a_damaged_answer_counts_as_none(store):
    store.keep("a", Note("whole"))
    store.keep("b", Note("damaged"))
    other = zlib.compress(encode(Note("other")).encode())
    _rows(store, "UPDATE answers SET value = ? WHERE key = 'b'", other)
    assert store.recall("b", Note) is None
    assert store.recall("a", Note) == Note("whole")
    assert _rows(store, "SELECT key FROM answers") == [("a",)]


@pytest.mark.parametrize("damage", [b"this is no database" * 100, b"SQLite format 3\x00" + bytes(range(256)) * 20])
def test_a_damaged_file_is_put_aside_with_a_warning(store, caplog, damage):
    store.path.parent.mkdir()
    store.path.write_bytes(damage)
    assert store.recall("a", Note) is None
    assert "damaged" in caplog.text
    store.keep("a", Note("new"))
    assert AnswerStore(store.path).recall("a", Note) == Note("new")
    assert store.path.with_suffix(".damaged").read_bytes() == damage


def test_a_file_of_another_layout_is_begun_anew(store):
    store.keep("a", Note("old"))
    _rows(store, "PRAGMA user_version = 99")
    assert store.recall("a", Note) is None
    store.keep("b", Note("new"))
    assert store.recall("b", Note) == Note("new")


def test_where_nothing_can_be_written_nothing_is_kept_and_it_is_said_once(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    store = AnswerStore(tmp_path / "file" / "answers.sqlite")
    store.keep("a", Note("lost"))
    store.keep("b", Note("lost"))
    assert store.recall("a", Note) is None
    assert caplog.text.count("cannot be kept") == 1


def test_threads_may_keep_and_recall_at_once(store):
    def work(number):
        store.keep(str(number), Note("t", number))
        return store.recall(str(number), Note)

    with ThreadPoolExecutor(4) as pool:
        assert [note.number for note in pool.map(work, range(40))] == list(range(40))


def test_two_processes_may_keep_answers_at_once(store):
    code = (
        "import sys; from pathlib import Path\n"
        "from tyngdepunkt.model import Relaxation\n"
        "from tyngdepunkt.store.answers import AnswerStore\n"
        "store = AnswerStore(Path(sys.argv[1]))\n"
        "for i in range(40): store.keep(f'{sys.argv[2]}{i}', Relaxation('floor', i, i))\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(store.path), name], stderr=subprocess.PIPE)
        for name in ("a", "b")
    ]
    assert [process.communicate(timeout=60)[1] for process in started] == [b"", b""]
    found = [store.recall(f"{name}{i}", Relaxation) for name in ("a", "b") for i in range(40)]
    assert [each.asked for each in found] == [*range(40), *range(40)]


def test_the_environment_moves_the_folder_or_switches_it_off(tmp_path, monkeypatch):
    assert cache_folder({"TYNGDEPUNKT_CACHE": str(tmp_path)}) == tmp_path
    assert cache_folder({"TYNGDEPUNKT_CACHE": ""}) is None
    assert cache_folder({"XDG_CACHE_HOME": "base"}, platform="linux") == Path("base", "tyngdepunkt")
    assert cache_folder({}, platform="linux").parts[-2:] == (".cache", "tyngdepunkt")
    assert cache_folder({}, platform="darwin").parts[-2:] == ("Caches", "tyngdepunkt")
    assert cache_folder({"LOCALAPPDATA": "local"}, platform="win32") == Path("local", "tyngdepunkt")
    monkeypatch.setenv("TYNGDEPUNKT_CACHE", "")
    assert open_answers() is None


def _rows(store, statement, *values):
    """Run a statement on the file itself."""
    db = sqlite3.connect(store.path)
    try:
        with db:
            return db.execute(statement, values).fetchall()
    finally:
        db.close()


def _only_key(store):
    """Return the one key there is."""
    ((key,),) = _rows(store, "SELECT key FROM answers")
    return key
