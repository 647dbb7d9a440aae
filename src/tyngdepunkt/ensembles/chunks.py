"""A chunk of work as it is sent out, and what has to be alike wherever it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import metadata
from typing import TypeVar

import tyngdepunkt
from tyngdepunkt.sources_key import sources_key

__all__ = ["run_chunk", "run_chunk_with_versions", "versions"]

T = TypeVar("T")
R = TypeVar("R")

_PACKAGES = ("highspy", "numba", "numpy")
"""What has to be of one version everywhere for results to be the same, besides the program itself."""

_SHOWN = 16
"""Digits of the key of the source files that are sent and shown; chance makes two alike once in 10^19."""


def run_chunk(work: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
    """Return the results of a chunk, in order."""
    return [work(each) for each in tasks]


def run_chunk_with_versions(work: Callable[[T], R], tasks: Sequence[T]) -> tuple[dict[str, str], list[R]]:
    """Return the versions of what works here, and the results of a chunk."""
    return versions(), run_chunk(work, tasks)


def versions() -> dict[str, str]:
    """Return what results depend on, by name: versions, and what the program's own source files say."""
    ours = {"tyngdepunkt": tyngdepunkt.__version__, "source of tyngdepunkt": sources_key()[:_SHOWN]}
    return {**ours, **{name: metadata.version(name) for name in _PACKAGES}}
