"""A bare table of flows, read from a file: home, work, persons, by their names or, without names we know, by place."""

from __future__ import annotations

import csv
import gzip
import itertools
import math
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from tyngdepunkt.errors import Fault, SourceError
from tyngdepunkt.regions.flows import Flows, make_flows

__all__ = ["read_flows"]

_COLUMNS = ("home", "work", "persons")
_NAMES = {
    name: column
    for column, names in {
        "home": "home home_id home_code home_zone residence bosted bostedskommune bustad bustadkommune",
        "work": "work work_id work_code work_zone workplace arbeidssted arbeidsstedskommune arbeidsstad",
        "persons": "persons commuters flow flows count personer antall pendlere pendlarar sysselsatte sysselsette",
    }.items()
    for name in names.split()
}
"""What a header may call a column, to what the column is; in any order where all three are there."""
_SHOWN = 20
"""Faults that are listed; the rest are counted."""


def read_flows(path: Path) -> Flows:
    """
    Read flows from CSV.

    The first line is a header. Where it has a name that we know for each of the zone of residence, the zone of work and
    the commuters (``home``, ``work``, ``persons``, or those of a study's table commuting) [persons], they are taken by
    name, in any order. Where it has none of these names, they are the first three columns in that order. Other columns
    are not read. Ids are text: ``0301`` stays ``0301``.
    Cells are set apart by comma, semicolon or tab, as the header has it; a file that ends in ``.gz`` is unpacked.
    A pair that stands twice is added up.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    The flows.

    Raises
    ------
    SourceError
        Where the file cannot be read, or with every fault in it.
    """
    lines = _lines(path)
    header = next(lines, [])
    if len(header) < len(_COLUMNS):
        raise SourceError(
            f"The flow table {path} needs at least three columns, home, work and persons, set apart by comma, "
            f"semicolon or tab, under a header; its first line has {len(header)}."
        )
    places = _find_columns(path, header)
    homes: list[str] = []
    works: list[str] = []
    persons = array("d")
    faults: list[Fault] = []
    known: dict[str, str] = {}  # each id is held once, however many rows name it
    for home, work, amount in _rows(path, lines, places, faults):
        homes.append(known.setdefault(home, home))
        works.append(known.setdefault(work, work))
        persons.append(amount)
    if not faults and not any(persons):
        faults.append(Fault(path.name, 0, "", "Nobody commutes in it.", "Give at least one row of persons above 0."))
    if not faults and _is_row(header) and {header[0].strip(), header[1].strip()} <= known.keys():
        faults.append(
            Fault(
                path.name, 1, "", "The first line is a row like the others, and would be lost.", "Put a header on top."
            )
        )
    if faults:
        raise SourceError(_message(path, faults))
    return make_flows(homes, works, persons)


def _lines(path: Path) -> Iterator[list[str]]:
    """Yield the lines of a file as cells, read as they are asked for."""
    try:
        with _open(path) as stream:
            head = stream.readline()
            reader = csv.reader(itertools.chain([head], stream), delimiter=max(",;\t", key=head.count))
            yield from reader
    except UnicodeDecodeError as error:
        raise SourceError(
            f"The flow table {path} is not UTF-8 text (byte {error.start}): save it as CSV in UTF-8."
        ) from error
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise SourceError(f"The flow table {path} cannot be read: {why}") from error
    except csv.Error as error:
        raise SourceError(f"The flow table {path} is not CSV: line {reader.line_num}: {error}.") from error


def _open(path: Path) -> TextIO:
    """Open a file for reading, unpacked where it is packed."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _find_columns(path: Path, header: list[str]) -> tuple[int, int, int]:
    """Return where home, work and persons stand; refuse a header whose names say another order than their places."""
    meant = [_NAMES.get(cell.strip().casefold()) for cell in header]
    if all(meant.count(column) == 1 for column in _COLUMNS):
        return meant.index("home"), meant.index("work"), meant.index("persons")
    wrong = [
        f"{cell.strip()} where {column} is expected"
        for cell, found, column in zip(header, meant, _COLUMNS, strict=False)
        if found not in {None, column}
    ]
    if wrong:
        raise SourceError(
            f"The flow table {path} has {' and '.join(wrong)}: call its columns home, work and persons, in any order, "
            "or put them first in that order."
        )
    return 0, 1, 2


def _rows(
    path: Path, lines: Iterator[list[str]], places: tuple[int, int, int], faults: list[Fault]
) -> Iterator[tuple[str, str, float]]:
    """Yield home, work and persons of each line that is right, and add a fault for each that is not."""
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) <= max(places):
            problem = f"It has {len(line)} of the {max(places) + 1} cells."
            faults.append(Fault(path.name, number, "", problem, "Give home, work and persons."))
            continue
        home, work, persons = (line[place].strip() for place in places)
        amount = _number(persons)
        for cell, column in ((home, "home"), (work, "work")):
            if not cell:
                faults.append(Fault(path.name, number, column, "The zone is missing.", "Give its id."))
        if amount is None:
            problem = f"{persons!r} is not a number of persons."
            faults.append(Fault(path.name, number, "persons", problem, "Give 0 or more, with a dot for decimals."))
        elif home and work:
            yield home, work, amount


def _number(text: str) -> float | None:
    """Return a number of persons, or None where the text is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 and "_" not in text else None


def _is_row(line: list[str]) -> bool:
    """Return whether a line could be a row: something, something, a number."""
    return bool(line[0].strip() and line[1].strip()) and _number(line[2]) is not None


def _message(path: Path, faults: list[Fault]) -> str:
    """Return one message of every fault, the first of them in full."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    lines = [f"  - {fault}" for fault in faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        lines.append(f"  - and {len(faults) - _SHOWN} more")
    return "\n".join([f"The flow table {path} has {count}:", *lines])
