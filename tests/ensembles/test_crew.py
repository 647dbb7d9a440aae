"""Work shared among processes: the same results, whoever dies; and nobody left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ensembles import work
from tyngdepunkt.ensembles import Crew, run_all
from tyngdepunkt.errors import PlanError, QuestionError, SourceError

ROOT = Path(__file__).parents[2]
TWO = Crew(workers=2)


def is_alive(process):
    """Return whether a process runs; one that has ended and is not waited for does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_until(true, *, seconds=30):
    """Wait until something is true; fail where it does not become so."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_results_come_in_the_order_of_the_tasks_whoever_works():
    squares = [number * number for number in range(23)]
    assert run_all(work.square, range(23)) == squares
    assert run_all(work.square, range(23), crew=TWO, chunk=3) == squares


def test_nothing_to_do_is_soon_done():
    assert run_all(work.square, [], crew=TWO) == []


def test_several_processes_work_and_none_is_left():
    # The sleep lets the second process, which takes a while to start, have its share.
    run_all(work.square_slowly, range(40), crew=TWO, chunk=1)
    workers = set(run_all(work.tell_process, range(8), crew=TWO, chunk=1))
    assert os.getpid() not in workers
    assert not any(is_alive(process) for process in workers)


def test_one_worker_is_this_process():
    assert set(run_all(work.tell_process, range(4))) == {os.getpid()}


def test_progress_is_told_chunk_by_chunk():
    steps = []
    run_all(work.square, range(10), chunk=4, task="stability", progress=steps.append)
    assert [(step.task, step.done, step.total) for step in steps] == [("stability", done, 10) for done in (0, 4, 8, 10)]


def test_the_chunk_of_a_worker_that_dies_is_done_again(tmp_path):
    tasks = [(number, str(tmp_path / "died")) for number in range(8)]
    assert run_all(work.die_once, tasks, crew=TWO, chunk=2) == list(range(8))
    assert (tmp_path / "died").exists()


def test_a_chunk_that_kills_every_worker_is_given_up():
    with pytest.raises(SourceError, match=r"died 3 times over one piece of work \(exit code -9\)"):
        run_all(work.die, range(2), crew=TWO, chunk=1)


def test_an_error_of_a_worker_is_raised_here_with_where_it_happened():
    with pytest.raises(QuestionError, match=r"Not two\.") as caught:
        run_all(work.refuse, range(4), crew=TWO, chunk=1)
    assert "in refuse" in caught.value.__notes__[0]
    with pytest.raises(PlanError) as caught:
        run_all(work.break_promise, range(2), crew=TWO, chunk=1)
    assert caught.value.breaches == ("first", "second")
    with pytest.raises(RuntimeError, match="LocalError: only here"):
        run_all(work.raise_what_cannot_be_sent, range(2), crew=TWO, chunk=1)


def test_what_a_worker_prints_is_not_taken_for_an_answer():
    assert run_all(work.print_and_square, range(4), crew=TWO, chunk=1) == [0, 1, 4, 9]


def test_an_interrupt_keeps_what_is_done():
    def stop(step):
        if step.done >= 4:
            raise KeyboardInterrupt

    for crew in (Crew(), TWO):
        found = run_all(work.square_slowly, range(30), crew=crew, chunk=2, progress=stop)
        done = {number: value for number, value in enumerate(found) if value is not None}
        assert len(done) >= 4
        assert None in found
        assert all(value == number * number for number, value in done.items())


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_its_master(tmp_path, end):
    """A master that is interrupted, or killed with no chance to tidy up, in the middle of long work."""
    script = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell may have had this process ignore it
        "from tests.ensembles import work\n"
        "from tyngdepunkt.ensembles import Crew, run_all\n"
        f"print(run_all(work.note_and_wait, [(n, {str(tmp_path)!r}) for n in (1, 2)], crew=Crew(2), chunk=1))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    with subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True) as master:
        try:
            wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
            workers = [int(mark.name) for mark in tmp_path.iterdir()]
            assert all(is_alive(process) for process in workers)
            master.send_signal(end)
            said, _ = master.communicate(timeout=30)
        finally:
            master.kill()
    assert said == ("[None, None]\n" if end is signal.SIGINT else "")
    wait_until(lambda: not any(is_alive(process) for process in workers))


def test_nobody_cannot_work():
    with pytest.raises(QuestionError, match="give 1 or more"):
        Crew(workers=0)
