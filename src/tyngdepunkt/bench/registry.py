"""Which rows there are, and where their data lie."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from tyngdepunkt import bench
from tyngdepunkt.bench.row import Row
from tyngdepunkt.errors import QuestionError

__all__ = ["choose_rows", "default_data_folder", "find_rows"]

_DATA = Path("..", "shared", "data")
"""The data folder, from the project's root."""


def find_rows() -> tuple[Row, ...]:
    """
    Return every row of every module here.

    Returns
    -------
    In order of number and then of name.
    """
    found: list[Row] = []
    for module in pkgutil.iter_modules(bench.__path__):
        found += getattr(importlib.import_module(f"{bench.__name__}.{module.name}"), "ROWS", ())
    return tuple(sorted(found, key=lambda row: (row.number, row.name)))


def choose_rows(rows: tuple[Row, ...], wanted: str) -> tuple[Row, ...]:
    """
    Return the rows that a reader asks for.

    Parameters
    ----------
    rows
        All of them.
    wanted
        A name, the beginning of names, or a number; empty for all.

    Returns
    -------
    At least one.

    Raises
    ------
    QuestionError
        Where there is none of that name.
    """
    exact = tuple(row for row in rows if wanted in {"", row.name, str(row.number)})
    found = exact or tuple(row for row in rows if row.name.startswith(wanted))
    if not found:
        names = ", ".join(row.name for row in rows)
        raise QuestionError(f"No benchmark is called {wanted!r}: give one of {names}, or its number.")
    return found


def default_data_folder() -> Path:
    """
    Return where the data of the benchmarks lie beside the project.

    Returns
    -------
    The folder, there or not: seen from the project's root where the program runs from its source, else from here.
    """
    root = Path(__file__).resolve().parents[3]
    return ((root if (root / "pyproject.toml").is_file() else Path.cwd()) / _DATA).resolve()
