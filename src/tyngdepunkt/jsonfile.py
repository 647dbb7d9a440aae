"""JSON files, read strictly: no key twice, no number that is none; every fault named."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from tyngdepunkt.errors import ContentError, SourceError
from tyngdepunkt.messages import Message

__all__ = ["Faults", "read_object"]

_SHOWN = 12
"""Faults of a file that are written out; beyond that they repeat themselves."""
_LARGEST = 1e100
"""No figure of ours is larger, and sums of such still fit a number."""


class Faults:
    """
    What is wrong with a file, collected so that all is told at once.

    Parameters
    ----------
    what
        What it should be (``"game"``).
    path
        The file; None where it was not read from one.
    """

    def __init__(self, what: str, path: Path | None = None) -> None:
        self._called = what if path is None else f"{what} {path}"
        self._found: list[str] = []

    def __bool__(self) -> bool:
        """Return whether anything is wrong."""
        return bool(self._found)

    def add(self, fault: str) -> None:
        """Note what is wrong, where, and what would mend it."""
        self._found.append(fault)

    def number(self, value: object, place: str, *, least: float | None = None) -> float | None:
        """Return a finite number, or note that it is none."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            number = float(value)
            if abs(number) <= _LARGEST and (least is None or number >= least):
                return number
        said = _said(value)
        if least is None:
            self.add(Message("{place} is {value}: give a number.", place=place, value=said))
        else:
            self.add(
                Message(
                    "{place} is {value}: give a number, {least} or more.", place=place, value=said, least=f"{least:g}"
                )
            )
        return None

    def text(self, value: object, place: str) -> str:
        """Return a text that is not blank, or note that it is none."""
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.add(Message("{place} is {value}: give a text.", place=place, value=_said(value)))
        return ""

    def mapping(self, value: object, place: str) -> Mapping[str, object]:
        """Return an object, or note that it is none."""
        if isinstance(value, dict):
            return value
        self.add(Message("{place} is {value}: give an object, {{...}}.", place=place, value=_said(value)))
        return {}

    def numbers(self, value: object, place: str, *, least: float | None = None) -> dict[str, float]:
        """Return an object of numbers by name, leaving out what is wrong, which is noted."""
        given = self.mapping(value, place)
        read = {name: self.number(each, f"{place}[{name!r}]", least=least) for name, each in given.items()}
        return {name: each for name, each in read.items() if each is not None}

    def names(self, value: object, place: str) -> tuple[str, ...]:
        """Return a list of names, each once, or note what is wrong."""
        if not isinstance(value, list) or not value:
            self.add(Message("{place} is {value}: give a list of names.", place=place, value=_said(value)))
            return ()
        names = [self.text(each, f"{place}[{number}]") for number, each in enumerate(value)]
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            self.add(Message("{place} has {name} twice: give each name once.", place=place, name=repr(name)))
        return tuple(dict.fromkeys(name for name in names if name))

    def known(self, given: Iterable[str], allowed: Iterable[str], place: str) -> None:
        """Note each key that is not understood."""
        allowed = tuple(allowed)
        for key in given:
            if key not in allowed:
                self.add(
                    Message(
                        "{place} has {key}, which is not understood: use {allowed}.",
                        place=place,
                        key=repr(key),
                        allowed=", ".join(allowed),
                    )
                )

    def check(self) -> None:
        """Raise `ContentError` with everything that is wrong, if anything is."""
        if not self._found:
            return
        shown = self._found[:_SHOWN]
        if len(self._found) > _SHOWN:
            shown.append(Message("and {count} more", count=len(self._found) - _SHOWN))
        raise ContentError(self._called, shown, count=len(self._found))


def read_object(path: Path, what: str) -> tuple[Mapping[str, object], Faults]:
    """
    Read a file that holds one JSON object.

    Parameters
    ----------
    path
        The file.
    what
        What it should be, for messages (``"game"``).

    Returns
    -------
    The object, and what is wrong with it so far: keys that stand twice.

    Raises
    ------
    SourceError
        Where the file cannot be read, or holds something else.
    """
    faults = Faults(what, path)

    def without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
        for key in sorted(key for key, times in Counter(key for key, _ in pairs).items() if times > 1):
            faults.add(Message("{key} stands twice in one object: give it once.", key=repr(key)))
        return dict(pairs)

    def no_number(text: str) -> float:
        faults.add(Message("{text} is no number that JSON knows: give a finite one, or null.", text=text))
        return 0.0

    try:
        content = json.loads(
            path.read_text(encoding="utf-8-sig"), object_pairs_hook=without_doubles, parse_constant=no_number
        )
    except FileNotFoundError as error:
        raise SourceError(
            Message("There is no file {path}: give the path of the {what}.", path=path, what=what)
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise SourceError(f"The {what} {path} cannot be read as UTF-8 text: {why}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise SourceError(f"The {what} {path} is not valid JSON: {error}") from error
    if not isinstance(content, dict):
        raise SourceError(Message("The {what} {path} is no JSON object: give {{...}}.", what=what, path=path))
    return content, faults


def _said(value: object) -> str:
    """Return a value as the file has it, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:37] + "..."  # noqa: PLR2004
