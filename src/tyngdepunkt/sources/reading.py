"""Files of a provider as rows and features; what cannot be read is one error with file, line and what was wanted."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import SourceError
from tyngdepunkt.tables.quoting import quote

__all__ = ["read_features", "read_rows", "whole"]

_WHOLE = re.compile(r"[0-9]{1,15}")
_AGAIN = "get the file again from where it came."


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """
    Read a table.

    Parameters
    ----------
    path
        CSV in UTF-8 with commas; compressed where its name ends in ``.gz``.
    columns
        The columns wanted; others are passed over.

    Yields
    ------
    The line of each row, and its cells in the order of `columns`, without spaces around them.

    Raises
    ------
    SourceError
        Where the file cannot be read, a column is missing or a row is short.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if missing := [name for name in columns if name not in header]:
            told = f"{path.name} has no column {' and no column '.join(missing)}"
            raise SourceError(f"{told} (its first line is {quote(','.join(header))}): {_AGAIN}")
        places = [header.index(name) for name in columns]
        last = max(places)
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) <= last:
                raise SourceError(
                    f"{path.name}, line {reader.line_num}: {len(cells)} cells, not {len(header)}: {_AGAIN}"
                )
            yield reader.line_num, [cells[place].strip() for place in places]
    except csv.Error as error:
        raise SourceError(f"{path.name}, line {reader.line_num}, cannot be read ({error}): {_AGAIN}") from error


def whole(text: str, path: Path, line: int) -> int:
    """
    Read a whole number that is 0 or more.

    Parameters
    ----------
    text
        The cell.
    path, line
        Where it stands, for the error.

    Returns
    -------
    The number.

    Raises
    ------
    SourceError
        Where the cell is anything else: a blank or suppressed figure is not taken for 0.
    """
    if _WHOLE.fullmatch(text):
        return int(text)
    raise SourceError(f"{path.name}, line {line}: {quote(text)} is not a whole number of persons: {_AGAIN}")


def read_features(path: Path) -> list[dict[str, Any]]:
    """
    Read the features of a map.

    Parameters
    ----------
    path
        GeoJSON.

    Returns
    -------
    Its features, each with ``properties`` and ``geometry``.

    Raises
    ------
    SourceError
        Where the file is no GeoJSON feature collection.
    """
    try:
        said = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path.name} is not JSON ({error}): {_AGAIN}") from error
    features = said.get("features") if isinstance(said, dict) else None
    if not isinstance(features, list) or not all(
        isinstance(each, dict) and isinstance(each.get("properties"), dict) and isinstance(each.get("geometry"), dict)
        for each in features
    ):
        raise SourceError(f"{path.name} is no GeoJSON collection of features with properties and geometry: {_AGAIN}")
    return features


def _text(path: Path) -> str:
    """Return a file's text, unpacked where it is compressed."""
    try:
        content = path.read_bytes()
        plain = gzip.decompress(content) if path.name.endswith(".gz") else content
        return plain.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise SourceError(f"{path} cannot be read ({why}): {_AGAIN}") from error
