"""Compilation at first use, kept on disk for the next time."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

__all__ = ["compiled"]

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """
    Return a function that is compiled when it is first called.

    It lets other threads run meanwhile, so that progress can be told and Ctrl-C be heard between calls.

    Parameters
    ----------
    function
        A function of numbers, arrays and named tuples of these.

    Returns
    -------
    The same function, compiled by Numba.
    """
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(function))
