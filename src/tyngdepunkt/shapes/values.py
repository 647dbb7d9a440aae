"""Values as JSON can hold them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence, Set as AbstractSet
from enum import Enum

__all__ = ["plain"]


def plain(value: object) -> object:
    """
    Return a value as JSON can hold it.

    Parameters
    ----------
    value
        Text, number, dataclass, mapping, set or sequence, at any depth.

    Returns
    -------
    Whole numbers as integers, infinite ones as None (there is no way, no bound), sets in ascending order,
    dataclasses as objects.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return None
        return int(value) if float(value).is_integer() else float(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, AbstractSet):
        return sorted((plain(each) for each in value), key=str)
    if isinstance(value, Sequence):
        return [plain(each) for each in value]
    return plain(value.item()) if hasattr(value, "item") else str(value)
