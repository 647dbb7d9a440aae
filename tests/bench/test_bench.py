"""The bench: a made-up row, in turn with a made-up peer; and the rows that there are."""

from __future__ import annotations

import dataclasses
import importlib.util
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tyngdepunkt.bench import Peer, Reached, Row, Verdict, choose_rows, find_rows, measure_row, registry
from tyngdepunkt.errors import QuestionError


class Stopwatch:
    """A clock that stands still but for the work that moves it, and a list of who worked."""

    def __init__(self):
        self.now = 0.0
        self.turns = []

    def __call__(self):
        return self.now

    def work(self, who, seconds):
        """Return work that takes so long."""

        def run(prepared):
            self.turns.append(who)
            self.now += seconds
            return sum(prepared)

        return run


@pytest.fixture
def stopwatch():
    return Stopwatch()


@pytest.fixture
def row(stopwatch):
    return Row(
        name="adding",
        number=0,
        work="adding three numbers",
        known="6",
        aim="under 3 s",
        prepare=lambda data: [1, 2, int((data / "three.txt").read_text())],
        run=stopwatch.work("ours", 2.0),
        check=lambda prepared, answer: Verdict(f"{answer} of {len(prepared)} numbers", answer == 6),
        needs=("three.txt",),
        seconds_aimed=3.0,
        peer=Peer(
            "the slow way",
            "slow-adder",
            "json",
            stopwatch.work("peer", 5.0),
            lambda _, ours, theirs: Verdict(str(theirs), ours == theirs),
        ),
    )


@pytest.fixture
def data(tmp_path):
    (tmp_path / "three.txt").write_text("3")
    return tmp_path


def test_a_row_and_its_peer_run_in_turn_and_the_ratio_is_told(row, data, stopwatch):
    measured = measure_row(row, data, repeats=3, clock=stopwatch)
    assert stopwatch.turns == ["ours", "peer", "ours", "peer", "peer", "ours", "ours", "peer"]
    assert measured.seconds == (2.0, 2.0, 2.0)
    assert measured.ratios == (2.5, 2.5, 2.5)
    assert (measured.median_seconds, measured.median_ratio, measured.meets_aim) == (2.0, 2.5, True)
    assert measured.verdict == Verdict("6 of 3 numbers", agrees=True)


def test_a_row_without_its_data_is_skipped_and_says_what_is_missing(row, tmp_path, stopwatch):
    measured = measure_row(row, tmp_path, clock=stopwatch)
    assert "no three.txt in" in measured.skipped
    assert measured.verdict is None
    assert (measured.median_seconds, measured.median_ratio, measured.meets_aim) == (None, None, None)
    assert stopwatch.turns == []


def test_a_peer_that_is_not_installed_is_named_with_its_package(row, data, stopwatch):
    absent = dataclasses.replace(row, peer=dataclasses.replace(row.peer, module="no_such_module"))
    measured = measure_row(absent, data, repeats=1, clock=stopwatch)
    assert measured.peer_skipped == "the slow way is not installed: pip install slow-adder"
    assert measured.seconds == (2.0,)
    assert measured.ratios == ()


def test_a_peer_that_fails_does_not_take_the_row_with_it(row, data, stopwatch):
    def fail(_):
        raise MemoryError("too much")

    failing = dataclasses.replace(row, peer=dataclasses.replace(row.peer, run=fail))
    measured = measure_row(failing, data, repeats=1, clock=stopwatch)
    assert measured.peer_skipped == "the slow way failed: MemoryError: too much"
    assert measured.verdict.agrees


def test_a_peer_that_fails_later_on_leaves_what_it_had_done(row, data, stopwatch):
    works = iter([lambda: 6, lambda: 6])

    def fail_at_last(_):
        return next(works, lambda: 1 / 0)()

    failing = dataclasses.replace(row, peer=dataclasses.replace(row.peer, run=fail_at_last))
    measured = measure_row(failing, data, repeats=3, clock=stopwatch)
    assert measured.peer_skipped.startswith("the slow way failed: ZeroDivisionError")
    assert (len(measured.seconds), len(measured.peer_seconds)) == (3, 1)
    assert measured.verdict.agrees


def test_every_answer_is_checked_and_not_the_first_alone(row, data, stopwatch):
    answers = iter([6, 6, 5])
    wavering = dataclasses.replace(row, peer=None, no_peer="none", run=lambda _: next(answers))
    measured = measure_row(wavering, data, repeats=2, clock=stopwatch)
    assert measured.verdict == Verdict("5 of 3 numbers", agrees=False)


def test_a_long_run_counts_without_another_before_it(row, data, stopwatch):
    long = dataclasses.replace(row, run=stopwatch.work("ours", 9.0))
    measured = measure_row(long, data, repeats=2, clock=stopwatch)
    assert measured.seconds == (9.0, 9.0)
    assert stopwatch.turns == ["ours", "peer", "ours", "peer", "peer"]


def test_a_row_without_a_peer_says_why(row, data, stopwatch):
    alone = dataclasses.replace(row, peer=None, no_peer="it is not on PyPI")
    assert measure_row(alone, data, repeats=1, clock=stopwatch).peer_skipped == "it is not on PyPI"


@pytest.fixture
def open_ended(stopwatch):
    """A row with a limit, at the end of which ours is at 99 of at most 100, the peer at 90 of at most 110."""

    def reach(objective, bound):
        def run(_, *, seconds):
            stopwatch.now += seconds
            return (Reached("k = 1", objective, bound),)

        return run

    return Row(
        name="open-ended",
        number=0,
        work="as far as one comes",
        known="",
        aim="a gap under 2 %",
        prepare=lambda _: None,
        run=reach(99.0, 100.0),
        check=lambda _, found: Verdict(f"{found[0].objective:g}"),
        limit=60.0,
        reach=lambda found: found,
        gaps_aimed={"k = 1": 0.02},
        peer=Peer(
            "the slow way",
            "slow-adder",
            "json",
            reach(90.0, 110.0),
            lambda _, ours, theirs: Verdict("", not ours[0].contradicts(theirs[0])),
        ),
    )


def test_where_neither_ends_it_is_gaps_that_are_compared(open_ended, tmp_path, stopwatch):
    measured = measure_row(open_ended, tmp_path, repeats=1, clock=stopwatch)
    assert measured.seconds == measured.peer_seconds == (60.0,)
    assert measured.ratios == ()
    assert measured.gap_ratios == {"k = 1": (pytest.approx((20 / 90) / (1 / 99)),)}
    assert measured.meets_aim
    assert measure_row(open_ended, tmp_path, repeats=1, limit=7, clock=stopwatch).seconds == (7.0,)


def test_a_peer_without_a_plan_is_lent_ours(open_ended, tmp_path, stopwatch):
    def bound(_, **__):
        return (Reached("k = 1", None, 110.0),)

    planless = dataclasses.replace(open_ended, peer=dataclasses.replace(open_ended.peer, run=bound))
    measured = measure_row(planless, tmp_path, repeats=1, clock=stopwatch)
    assert measured.gap_ratios == {"k = 1": (pytest.approx(11.0),)}


def test_where_the_peer_alone_does_not_end_it_took_at_least_so_long(open_ended, tmp_path, stopwatch):
    def prove(_, *, seconds):
        stopwatch.now += seconds / 10
        return (Reached("k = 1", 100.0, 100.0),)

    measured = measure_row(dataclasses.replace(open_ended, run=prove), tmp_path, repeats=1, clock=stopwatch)
    assert (measured.ratios, measured.is_least_ratio, measured.gap_ratios) == ((10.0,), True, {})


def test_a_gap_that_is_wider_than_aimed_at_misses_the_aim(open_ended, tmp_path, stopwatch):
    closer = dataclasses.replace(open_ended, gaps_aimed={"k = 1": 0.001})
    assert measure_row(closer, tmp_path, repeats=1, clock=stopwatch).meets_aim is False


@pytest.mark.parametrize(
    ("mine", "other", "can_both_be_right"),
    [
        ((99, 100), (90, 110), True),
        ((99, 100), (90, 98), False),
        ((99, 99), (99, 99), True),
        ((99, 99), (100, 100), False),
        ((50, 40), (60, 45), True),
        ((50, 40), (39, 39), False),
        ((50, 40), (None, 55), True),
    ],
)
def test_two_programs_contradict_each_other_where_no_answer_suits_both(mine, other, can_both_be_right):
    first, second = Reached("", *mine), Reached("", *other)
    assert first.contradicts(second) is second.contradicts(first) is not can_both_be_right


def test_rows_are_asked_for_by_name_number_or_beginning(row):
    other = dataclasses.replace(row, name="adding-much", number=3)
    assert choose_rows((row, other), "") == (row, other)
    assert choose_rows((row, other), "adding") == (row,)
    assert choose_rows((row, other), "adding-") == (other,)
    assert choose_rows((row, other), "3") == (other,)
    with pytest.raises(QuestionError, match="give one of adding, adding-much"):
        choose_rows((row, other), "division")


def test_the_rows_that_there_are_have_names_of_their_own_and_words():
    rows = find_rows()
    assert {"lma-brindisi", "lma-sardinia", "lma-40000"} <= {each.name for each in rows}
    assert len({each.name for each in rows}) == len(rows)
    for each in rows:
        assert each.name == each.name.lower()
        assert each.work
        assert each.aim
        assert each.peer is not None or each.no_peer


ROOT = Path(__file__).parents[2]


def test_every_peer_is_installed_by_one_extra_or_is_there_anyhow():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["bench"]]
    installed = {Requirement(each).name for each in named}
    assert {each.peer.package for each in find_rows() if each.peer} <= installed


def load_table():
    """Load the script that writes the table of the benchmarks."""
    spec = importlib.util.spec_from_file_location("benchmark_table", ROOT / "tools" / "benchmark_table.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_has_every_benchmark_as_it_is():
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert load_table().stale_rows(page) == [], "run: python tools/benchmark_table.py"


def test_a_line_of_the_page_has_ratios_and_no_seconds(row):
    measured = {
        "outcome": "6 of 3 numbers",
        "agrees": True,
        "memory": None,
        "meets_aim": True,
        "seconds": [2.0],
        "peer": "the slow way",
        "peer_outcome": "6",
        "peer_skipped": None,
        "is_least_ratio": True,
        "ratios": [123.4, 2.51, 3.0],
        "gap_ratios": {"k = 1": [22.2], "k = 2": [1.5, 0.5]},
    }
    assert load_table().line(row, [measured]) == (
        "| `adding` | 0 | adding three numbers | 6; aim: under 3 s | 6 of 3 numbers, as aimed | the slow way: 6 "
        "| at least 3 (2.5–120) | k = 1: 22; k = 2: 1 (0.5–1.5) |\n"
    )


@pytest.fixture
def only(row, monkeypatch):
    monkeypatch.setattr(registry, "find_rows", lambda: (row,))
    monkeypatch.setattr("tyngdepunkt.bench.find_rows", lambda: (row,))
    return row


def test_the_command_prints_the_ratio_and_whether_the_answer_came_out(tyngdepunkt, only, data):
    said = tyngdepunkt("bench", "--data", data, "--repeats", "2")
    assert said.code == 0
    assert "6 of 3 numbers (known: 6)" in said.out
    assert "yes" in said.out
    shape = tyngdepunkt("bench", only.name, "--data", data, "--format", "json").json
    assert shape[0]["agrees"] is True
    assert len(shape[0]["ratios"]) == 3


def test_the_command_says_what_it_skips_and_still_succeeds(tyngdepunkt, only, tmp_path):
    said = tyngdepunkt("bench", "--data", tmp_path / "nowhere")
    assert said.code == 0
    assert f"{only.name}, adding three numbers: skipped: no three.txt in" in said.out


def test_an_answer_that_is_not_the_known_one_is_an_error(tyngdepunkt, only, data):
    (data / "three.txt").write_text("4")
    said = tyngdepunkt("bench", "--data", data, "--repeats", "1")
    assert said.code == 1
    assert "NO" in said.out
    assert f"The known answer did not come out: {only.name}." in said.err


def test_a_peer_that_cannot_be_right_beside_ours_is_an_error(tyngdepunkt, row, data, monkeypatch):
    other = dataclasses.replace(row, peer=dataclasses.replace(row.peer, run=lambda _: 7))
    monkeypatch.setattr("tyngdepunkt.bench.find_rows", lambda: (other,))
    said = tyngdepunkt("bench", "--data", data, "--repeats", "1", "--clock", "processor")
    assert said.code == 1
    assert "Ours and the peer's cannot both be right: adding." in said.err


def test_the_command_prints_gaps_beside_each_other(tyngdepunkt, open_ended, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.bench.find_rows", lambda: (open_ended,))
    said = tyngdepunkt("bench", "--repeats", "1", "--limit", "3")
    assert said.code == 0
    assert "gap, peer / ours, k = 1: 22 (22–22)" in said.out
    shape = tyngdepunkt("bench", "--repeats", "1", "--format", "json").json[0]
    assert shape["reached"] == [[{"question": "k = 1", "objective": 99, "bound": 100, "gap": 1 / 99}]]
    assert shape["ratios"] == []


def test_after_an_interrupt_what_was_measured_is_told(tyngdepunkt, row, data, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    rows = (row, dataclasses.replace(row, name="endless", run=interrupt))
    monkeypatch.setattr("tyngdepunkt.bench.find_rows", lambda: rows)
    said = tyngdepunkt("bench", "--data", data, "--repeats", "1", "--format", "json")
    assert said.code == 130
    assert [each["name"] for each in said.json] == ["adding"]


def test_the_known_answers_of_the_labour_market_areas_come_out(tyngdepunkt):
    said = tyngdepunkt("bench", "lma-brindisi", "--repeats", "1", "--format", "json")
    assert said.code == 0
    if said.json[0]["skipped"]:
        pytest.skip(said.json[0]["skipped"])
    assert said.json[0]["agrees"] is True
