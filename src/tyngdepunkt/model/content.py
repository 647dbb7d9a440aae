"""Values by their content: the same figures have the same key, whoever made them, and any other figure has another."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Set as AbstractSet
from enum import Enum

import numpy as np

__all__ = ["content_key"]


def content_key(*parts: object) -> str:
    """
    Return a key that stands for all that values hold.

    Dataclasses count field by field, by name, so a new field gives a new key by itself; mappings and sets count
    whatever their order, sequences in theirs; arrays with type and shape. Nothing is rounded.

    Parameters
    ----------
    *parts
        Dataclasses, mappings, sequences, sets, arrays, enumerations, texts, numbers and None, in one another.

    Returns
    -------
    SHA-256, as 64 hexadecimal digits.

    Raises
    ------
    TypeError
        Where a value is of another kind, whose content cannot be told.

    Examples
    --------
    >>> content_key({"a": 1, "b": 2}) == content_key({"b": 2, "a": 1})
    True
    >>> content_key("12", "3") == content_key("1", "23")
    False
    """
    return _digest(parts).hex()


def _digest(value: object) -> bytes:
    """Return the SHA-256 of a value; what it is made of counts by its own."""
    match value:
        case Enum():
            return _hash("enum", type(value).__name__, value.name)
        case None | bool() | int() | float() | str():
            return _hash(type(value).__name__, repr(value))
        case np.ndarray():
            return _hash("array", value.dtype.str, repr(value.shape), np.ascontiguousarray(value).tobytes())
        case np.generic():
            return _digest(value.item())
        case Mapping():
            return _hash("mapping", *sorted(_digest(key) + _digest(each) for key, each in value.items()))
        case AbstractSet():
            return _hash("set", *sorted(_digest(each) for each in value))
        case tuple() | list():
            return _hash("sequence", *(_digest(each) for each in value))
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = sorted(field.name for field in dataclasses.fields(value))
            return _hash(type(value).__name__, *(_hash(name, _digest(getattr(value, name))) for name in fields))
        case _:
            raise TypeError(f"The content of a {type(value).__name__} cannot be told: {value!r}.")


def _hash(*parts: str | bytes) -> bytes:
    """Return the SHA-256 of parts, told apart by their lengths."""
    found = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else part.encode()
        found.update(len(raw).to_bytes(8, "big"))
        found.update(raw)
    return found.digest()
