"""The names of the analysis are found where the type checker is told that they are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tyngdepunkt import analysis


def test_every_name_is_loaded_from_where_it_is_declared():
    tree = ast.parse(Path(analysis.__file__).read_text(encoding="utf-8"))
    told = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module.startswith("tyngdepunkt.")
        for alias in node.names
    }
    assert told == analysis._HOMES
    assert all(getattr(analysis, name).__name__ == name for name in told if name not in ("CHECKS", "SECONDS"))


def test_a_name_that_is_not_there_is_an_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = analysis.nothing
