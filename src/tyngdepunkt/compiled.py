"""Compilation at first use, kept on disk for the next time where there is a place to keep it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba
from numba.core import event

__all__ = ["compiled", "is_compiling", "seconds_compiling"]

P = ParamSpec("P")
R = TypeVar("R")


class _Watch(event.Listener):
    """Counts what is being compiled, one function within another."""

    depth = 0
    began = 0.0
    spent = 0.0

    def on_start(self, event: event.Event) -> None:  # noqa: ARG002 - Numba hands it over, whatever is done with it
        """Take note that a function begins to be compiled."""
        if not self.depth:
            self.began = time.monotonic()
        self.depth += 1

    def on_end(self, event: event.Event) -> None:  # noqa: ARG002 - as above
        """Take note that one is done."""
        self.depth -= 1
        if not self.depth:
            self.spent += time.monotonic() - self.began


_WATCH = _Watch()
event.register("numba:compile", _WATCH)  # type: ignore[no-untyped-call]  # Numba has no types


def is_compiling() -> bool:
    """Return whether something is being compiled just now, which takes seconds, and happens once."""
    return _WATCH.depth > 0


def seconds_compiling() -> float:
    """Return for how long this process has been compiling so far, which a limit on time does not mean [s]."""
    return _WATCH.spent


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """
    Return a function that is compiled when it is first called.

    It lets other threads run meanwhile, so that progress can be told and Ctrl-C be heard between calls. What is
    compiled is kept beside the module, or in the user's cache where that folder cannot be written to; where neither
    can, it is compiled again by each process. Numba sees that a module has changed, but not that a compiled function
    has which it imports from another.

    Parameters
    ----------
    function
        A function of numbers, arrays and named tuples of these.

    Returns
    -------
    The same function, compiled by Numba.
    """
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no place to keep it: a read-only installation and home
        made = numba.njit(nogil=True)(function)
    return cast("Callable[P, R]", made)
