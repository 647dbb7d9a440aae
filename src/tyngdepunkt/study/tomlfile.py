"""``study.toml``: name, title and date of a study, and the settings that differ from the defaults."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import tomlkit

from tyngdepunkt.errors import Fault
from tyngdepunkt.study.settings import SETTINGS, Settings
from tyngdepunkt.tables.decoding import decode
from tyngdepunkt.tables.quoting import join_words, nearest, quote

__all__ = ["FILE", "Heading", "read_heading", "write_heading"]

FILE = "study.toml"
_TOP = {
    "name": "Name of the study: short, without spaces.",
    "title": "Title of the study, for readers.",
    "date": "Date of the division into municipalities, as 2017-01-01.",
}
_SYNTAX = 'Write name = value, one a line: text in "quotation marks", figures without separators, dates as 2017-01-01.'


@dataclass(frozen=True)
class Heading:
    """
    What ``study.toml`` says.

    Parameters
    ----------
    name
        Name of the study; empty where not stated.
    title
        Title for readers; empty where not stated.
    date
        Date of the division; None where not stated.
    settings
        The settings, defaults where it does not set them.
    places
        Section and key of what it sets, to the line that sets it.
    """

    name: str = ""
    title: str = ""
    date: dt.date | None = None
    settings: Settings = field(default_factory=Settings)
    places: Mapping[str, int] | None = None

    def line(self, place: str) -> int:
        """Return the line that sets something, 0 where none does."""
        return (self.places or {}).get(place, 0)


def read_heading(content: bytes) -> tuple[Heading, tuple[Fault, ...]]:
    """
    Read ``study.toml``.

    Parameters
    ----------
    content
        The file.

    Returns
    -------
    What it says, and every fault; what is faulty has its default.
    """
    decoded = decode(content, FILE)
    faults = list(decoded.faults)
    if decoded.text is None:
        return Heading(), tuple(faults)
    try:
        said = tomllib.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        return Heading(), (*faults, _not_toml(decoded.text, str(error)))
    lines = _places(decoded.text)
    top = {key: said.pop(key) for key in _TOP if key in said}
    settings: dict[str, Any] = {}
    for place, listed in _flat(said):
        setting = next((each for each in SETTINGS if each.place == place), None)
        if setting is None:
            faults.append(_unknown(place, lines))
            continue
        value = tuple(listed) if isinstance(listed, list) else listed
        if wanted := setting.check(value):
            faults.append(Fault(FILE, lines.get(place, 0), place, f"{_shown(value)} will not do.", f"Write {wanted}."))
        else:
            settings[setting.name] = value
    name, title, date = (_read_top(key, top.get(key), lines, faults) for key in _TOP)
    heading = Heading(name or "", title or "", date, Settings(**settings), lines)
    return heading, tuple(faults)


def write_heading(heading: Heading) -> str:
    """
    Write ``study.toml``, every setting with its meaning.

    Parameters
    ----------
    heading
        What it shall say.

    Returns
    -------
    The file's text. A setting that has its default is there as a comment.
    """
    lines = [
        "# The study, and its judgements that are in no table.",
        "# A line that begins with # counts for nothing: take the # away to set the value.",
        "",
    ]
    for key, meaning in _TOP.items():
        value = getattr(heading, key)
        sample = {"name": "my-study", "title": "My study", "date": dt.date(2017, 1, 1)}[key]
        lines += [f"# {meaning}", f"{'' if value else '# '}{key} = {tomlkit.item(value or sample).as_string()}", ""]
    section = ""
    for setting in SETTINGS:
        if setting.section != section:
            section = setting.section
            lines += [f"[{section}]", ""]
        value = getattr(heading.settings, setting.name)
        unit = f" [{setting.unit}]" if setting.unit else ""
        lines += [
            f"# {setting.meaning.removesuffix('.')}{unit}.",
            f"# Range: {setting.range}. Source of the default: {setting.source}.",
        ]
        mark = "# " if value == setting.default else ""
        example = 6 if value is None else list(value) if isinstance(value, tuple) else value
        lines += [f"{mark}{setting.key} = {tomlkit.item(example).as_string()}", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _not_toml(text: str, error: str) -> Fault:
    """Return the fault of a file that cannot be read, at the line where reading stopped."""
    lines = text.split("\n")
    found = re.search(r"at line (\d+)", error)
    row = int(found[1]) if found else len(lines)
    line = lines[min(row, len(lines)) - 1].strip()
    shown = f": {quote(line)}" if line else ""
    return Fault(FILE, row, "", f"The file cannot be read from here on{shown}.", _SYNTAX)


def _places(text: str) -> dict[str, int]:
    """Return the line on which each key is set, by section and key."""
    places: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if found := re.match(r"\s*\[\s*([\w.\- ]+?)\s*\]", line):
            section = found[1]
            places.setdefault(section, number)
        elif found := re.match(r"""\s*["']?([\w.\-]+?)["']?\s*=""", line):
            places.setdefault(f"{section}.{found[1]}" if section else found[1], number)
    return places


def _flat(said: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Give every value with its section and key; a section that is none of ours as a whole."""
    sections = {setting.section for setting in SETTINGS}
    for key, value in said.items():
        if not before and key in sections and isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        else:
            yield f"{before}{key}", value


def _unknown(place: str, lines: Mapping[str, int]) -> Fault:
    """Return the fault of a key that means nothing, with the one that was probably meant."""
    known = {setting.place: setting for setting in SETTINGS}
    section, _, key = place.rpartition(".")
    here = [setting.key for setting in SETTINGS if setting.section == section]
    sections = list(dict.fromkeys(setting.section for setting in SETTINGS))
    mend = f"Delete it; the study takes {join_words([*_TOP, *known], most=20)}."
    if near := nearest(key, here):
        mend = f"Write {near}."
    elif not section and (near := nearest(place, [*_TOP, *sections])):
        mend = f"Write {near}." if near in _TOP else f"Write [{near}] on a line of its own, and its settings below."
    elif found := [each for each in known.values() if nearest(key, [each.key])]:
        mend = f"Write {found[0].key} below [{found[0].section}]."
    shown = f"{key} below [{section}]" if section else key
    row = lines.get(place, 0)
    return Fault(FILE, row, place[:60], f"The study knows no setting {quote(shown)}.", mend)


def _read_top(key: str, value: object, lines: Mapping[str, int], faults: list[Fault]) -> Any:  # noqa: ANN401 - text or date
    """Read name, title or date; what is wrong is added to the faults."""
    wanted = ""
    if key == "date":
        if isinstance(value, dt.datetime):
            value = value.date()
        elif isinstance(value, str):
            value = _date(value)
        if value is not None and not isinstance(value, dt.date):
            wanted = "a date as 2017-01-01"
    elif value is not None and not (isinstance(value, str) and value.strip()):
        wanted = f'a text in quotation marks, such as {key} = "{"my-study" if key == "name" else "My study"}"'
    if wanted:
        faults.append(Fault(FILE, lines.get(key, 0), key, f"{_shown(value)} will not do.", f"Write {wanted}."))
        return None
    return value


def _date(text: str) -> dt.date | str:
    """Return the date that a text is, or the text."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return text


def _shown(value: object) -> str:
    """Return a value as a message quotes it."""
    if isinstance(value, bool):
        return quote(str(value).lower())
    try:
        return quote(str(list(value) if isinstance(value, tuple) else value))
    except ValueError:  # a whole number of thousands of digits
        return "The number"
