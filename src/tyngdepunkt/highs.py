"""HiGHS, made quiet: standard output belongs to the answers."""

from __future__ import annotations

import threading

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
    Run a solver so that Ctrl-C ends it with what it has.

    In a thread of its own: the library's way to do so prints on standard output, and has one lock for all solvers of
    the process, so that two cannot work side by side.

    Parameters
    ----------
    solver
        With its model.

    Returns
    -------
    Whether it ended by itself.
    """
    stop, failed = threading.Event(), []

    def look(event: highspy.HighsCallbackEvent) -> None:
        event.interrupt(stop.is_set())  # said both ways: the solver remembers

    def run() -> None:
        try:
            solver.run()
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            failed.append(error)

    watched = (solver.cbSimplexInterrupt, solver.cbIpmInterrupt, solver.cbMipInterrupt)
    for each in watched:
        each.subscribe(look)
    thread = threading.Thread(target=run, name="tyngdepunkt-solver", daemon=True)
    thread.start()
    is_over = False
    while not is_over:
        try:
            thread.join(_WAIT)
        except KeyboardInterrupt:
            stop.set()
        is_over = not thread.is_alive()
    for each in watched:
        each.unsubscribe(look)
    if failed:
        raise failed[0]
    return not stop.is_set()


def solver_version() -> str:
    """Return name and version of the solver, as a certificate names it."""
    return f"HiGHS {QuietHighs().version()}"
