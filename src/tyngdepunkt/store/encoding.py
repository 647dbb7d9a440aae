"""Values of the model as JSON text and back, by their own type hints, so that a new field needs no line here."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping, Set as AbstractSet
from enum import Enum
from functools import cache
from typing import Any, TypeVar

__all__ = ["decode", "encode"]

T = TypeVar("T")


def encode(value: object) -> str:
    """
    Write a value as text.

    Parameters
    ----------
    value
        A dataclass of dataclasses, mappings, sequences, sets, enumerations, texts, numbers and None.

    Returns
    -------
    JSON; endless numbers as Python's ``json`` writes them.
    """
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def decode(text: str, shape: type[T]) -> T:
    """
    Read a value back.

    Parameters
    ----------
    text
        What `encode` wrote.
    shape
        The dataclass that it was.

    Returns
    -------
    A value equal to the one written.

    Raises
    ------
    ValueError
        Where the text is not of that shape.
    """
    try:
        found: T = _shaped(json.loads(text), shape)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"This is no {shape.__name__}: {error}") from error
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever the model holds
    """Return a value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, AbstractSet):
        return [_plain(each) for each in sorted(value)]
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"A {type(value).__name__} cannot be written: {value!r}.")


@cache
def _hints(shape: type) -> dict[str, Any]:
    """Return the types of a dataclass's fields."""
    return typing.get_type_hints(shape)


def _shaped(value: Any, shape: Any) -> Any:  # noqa: ANN401 - JSON in, the model out
    """Return JSON as a value of a type."""
    origin, inner = typing.get_origin(shape), typing.get_args(shape)
    if origin in {typing.Union, types.UnionType}:
        if value is None:
            return None
        (only,) = (each for each in inner if each is not type(None))
        return _shaped(value, only)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[1:] == (Ellipsis,) else inner
        return tuple(_shaped(each, kind) for each, kind in zip(value, kinds, strict=True))
    if origin is frozenset:
        return frozenset(_shaped(each, inner[0]) for each in value)
    if origin is not None and issubclass(origin, Mapping):
        return {_shaped(key, inner[0]): _shaped(each, inner[1]) for key, each in value.items()}
    if dataclasses.is_dataclass(shape) and isinstance(shape, type):
        hints = _hints(shape)
        names = {field.name for field in dataclasses.fields(shape)}
        if set(value) != names:
            raise KeyError(f"fields {sorted(set(value) ^ names)}")
        return shape(**{name: _shaped(each, hints[name]) for name, each in value.items()})
    if isinstance(shape, type) and issubclass(shape, Enum):
        return shape(value)
    if shape is float and isinstance(value, int | float):
        return float(value)
    if not isinstance(value, shape):
        raise TypeError(f"{value!r} is no {shape.__name__}")
    return value
