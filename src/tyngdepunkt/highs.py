"""HiGHS, made quiet: standard output belongs to the answers."""

from __future__ import annotations

import highspy

__all__ = ["QuietHighs", "run_interruptibly", "solver_version"]


class QuietHighs(highspy.Highs):
    """A HiGHS solver that prints nothing, its banner included, and uses one thread, so that runs are repeatable."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.setOptionValue("threads", 1)

    def enableCallbacks(self) -> None:  # noqa: N802 - the library's name
        """Fall silent before the first call that would print; the constructor makes this one."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


_WAIT = 0.1
"""Seconds between two looks at whether someone has pressed Ctrl-C."""


def run_interruptibly(solver: QuietHighs) -> bool:
    """
    Run a solver so that Ctrl-C ends it with what it has; its own way to be interrupted prints on standard output.

    Parameters
    ----------
    solver
        With its model.

    Returns
    -------
    Whether it ended by itself.
    """
    solver.HandleUserInterrupt = True
    solver.startSolve()
    by_itself = True
    while True:
        try:
            while not solver.wait(_WAIT)[0]:
                pass
        except KeyboardInterrupt:
            by_itself = False
            solver.cancelSolve()  # type: ignore[no-untyped-call]  # HiGHS has types for its core only
        else:
            return by_itself


def solver_version() -> str:
    """Return name and version of the solver, as a certificate names it."""
    return f"HiGHS {QuietHighs().version()}"
