"""The solver keeps quiet and to one thread."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.highs import QuietHighs, solver_version


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
