"""HiGHS, made quiet: standard output belongs to the answers."""

from __future__ import annotations

import highspy

__all__ = ["QuietHighs", "solver_version"]


class QuietHighs(highspy.Highs):
    """A HiGHS solver that prints nothing, its banner included, and uses one thread, so that runs are repeatable."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.setOptionValue("threads", 1)

    def enableCallbacks(self) -> None:  # noqa: N802 - the library's name
        """Fall silent before the first call that would print; the constructor makes this one."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def solver_version() -> str:
    """Return name and version of the solver, as a certificate names it."""
    return f"HiGHS {QuietHighs().version()}"
