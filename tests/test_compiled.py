"""Functions are compiled, and kept where they can be."""

from __future__ import annotations

from numba.core.caching import CacheImpl

from tyngdepunkt.compiled import compiled


def add_one(number):
    return number + 1


def test_a_function_is_compiled_at_its_first_call():
    quick = compiled(add_one)
    assert not quick.signatures
    assert quick(2) == 3
    assert len(quick.signatures) == 1


def test_a_function_is_compiled_where_nothing_can_be_written(monkeypatch):
    monkeypatch.setattr(CacheImpl, "_locator_classes", [])
    assert compiled(add_one)(2) == 3
