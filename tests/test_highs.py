"""The solver keeps quiet and to one thread."""

from __future__ import annotations

import threading

import highspy
import numpy as np
import pytest

from tyngdepunkt.highs import QuietHighs, run_interruptibly, solver_version


def make_knapsack(items=60, rows=25, seed=0):
    """Return a solver with a whole-numbered problem that takes it a while."""
    chance = np.random.default_rng(seed)
    solver = QuietHighs()
    for worth in chance.integers(50, 100, items):
        solver.addVar(0, 1)
        solver.changeColCost(solver.getNumCol() - 1, -float(worth))
        solver.changeColIntegrality(solver.getNumCol() - 1, highspy.HighsVarType.kInteger)
    for _ in range(rows):
        weights = chance.integers(50, 100, items).astype(float)
        solver.addRow(0, weights.sum() / 3, items, np.arange(items), weights)
    return solver


def test_the_solver_prints_nothing_and_uses_one_thread(capfd):
    solver = QuietHighs()
    solver.addVars(1, np.zeros(1), np.ones(1))
    solver.changeColCost(0, -1.0)
    solver.run()
    assert solver.getInfo().objective_function_value == -1.0
    assert solver.getOptionValue("threads")[1] == 1
    assert capfd.readouterr() == ("", "")


def test_a_certificate_names_the_solver_and_its_version():
    name, version = solver_version().split()
    assert name == "HiGHS"
    assert version[0].isdigit()


def test_two_solvers_work_side_by_side():
    solvers = [make_knapsack(seed=seed, items=30, rows=5) for seed in range(3)]
    alone = [make_knapsack(seed=seed, items=30, rows=5) for seed in range(3)]
    ended = []
    threads = [threading.Thread(target=lambda one=one: ended.append(run_interruptibly(one))) for one in solvers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended == [True] * 3
    for one, other in zip(solvers, alone, strict=True):
        other.run()
        assert one.getInfo().objective_function_value == other.getInfo().objective_function_value


def test_ctrl_c_ends_a_solver_with_what_it_has_and_the_next_run_goes_on(monkeypatch):
    solver = make_knapsack()
    join, waits = threading.Thread.join, []

    def press(self, timeout=None):
        join(self, timeout)
        if timeout is not None:
            waits.append(timeout)
            if len(waits) == 3:
                raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "join", press)
    assert not run_interruptibly(solver)
    assert solver.getModelStatus() == highspy.HighsModelStatus.kInterrupt
    monkeypatch.undo()
    solver.setOptionValue("time_limit", solver.getRunTime() + 0.2)
    assert run_interruptibly(solver)
    assert solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit


def test_what_goes_wrong_in_a_solver_is_raised_where_it_is_waited_for(monkeypatch):
    monkeypatch.setattr(QuietHighs, "run", lambda _self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_interruptibly(QuietHighs())
