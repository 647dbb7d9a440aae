"""The files of a study's folder: which are there, and what is said where one is missing or misnamed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tyngdepunkt.errors import Fault, SourceError
from tyngdepunkt.study import outlines, package, tomlfile
from tyngdepunkt.tables import TABLES
from tyngdepunkt.tables.quoting import nearest, quote

__all__ = ["Files", "open_folder", "reason"]

_OWN = {outlines.FILE, package.FILE, tomlfile.FILE, *(table.file for table in TABLES.values())}
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
# Names of files are longer and fewer than those of columns: only a slip counts as near.
_NEAR = 0.75
_ENDINGS = (".csv", ".txt", ".tsv", ".geojson", ".json", ".toml", *_WORKBOOKS)


@dataclass(frozen=True)
class Files:
    """
    A study's files as they lie in its folder.

    Parameters
    ----------
    folder
        The folder.
    contents
        Name of a file to its bytes; only files that a study has.
    faults
        Files that are missing, misnamed or cannot be opened.
    """

    folder: Path
    contents: Mapping[str, bytes]
    faults: tuple[Fault, ...]

    @property
    def checksums(self) -> dict[str, str]:
        """Name of a table, or of another file without its ending, to the SHA-256 of its bytes."""
        return {
            name.rpartition(".")[0]: hashlib.sha256(content).hexdigest()
            for name, content in sorted(self.contents.items())
        }


def open_folder(folder: Path) -> Files:
    """
    Read every file that a study has.

    Parameters
    ----------
    folder
        The study's folder.

    Returns
    -------
    The files and the faults.

    Raises
    ------
    SourceError
        Where there is no such folder, or it cannot be opened.
    """
    try:
        paths = sorted(folder.iterdir())
    except (OSError, ValueError) as error:
        raise SourceError(f"{str(folder)!r} cannot be opened ({reason(error)}): give the folder of a study.") from None
    contents, faults = {}, []
    for path in paths:
        if path.name in _OWN:
            try:
                contents[path.name] = path.read_bytes()
            except OSError as error:
                problem = f"The file cannot be opened ({reason(error)})."
                faults.append(Fault(path.name, 0, "", problem, "Put a file there that can be read."))
    there = set(contents) | {fault.file for fault in faults}
    absent = {own.rpartition(".")[0]: own for own in _OWN - there}
    misnamed = {meant: path.name for path in paths if (meant := _meant(path.name, absent))}
    for stem, file in absent.items():
        if stem in misnamed:
            faults.append(_misnamed(misnamed[stem], file))
        elif stem in TABLES and TABLES[stem].required:
            table = TABLES[stem]
            needed = ", ".join(column.name for column in table.columns if not column.blank)
            mend = f"Add it, one row for each {table.row}, with the columns {needed}."
            faults.append(Fault(file, 0, "", "The file is missing.", mend))
    return Files(folder, contents, tuple(faults))


def reason(error: Exception) -> str:
    """Return why the system could not open or write something."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _meant(name: str, absent: Mapping[str, str]) -> str | None:
    """Return which absent file, without its ending, a file under another name probably is."""
    if name in _OWN or name.startswith((".", "~")) or not name.casefold().endswith(_ENDINGS):
        return None
    return nearest(name.casefold().split(".")[0].strip(), absent, cutoff=_NEAR)


def _misnamed(name: str, file: str) -> Fault:
    """Return the fault of a file that is missing, or there under another name."""
    save = "Save it as “CSV UTF-8” and call it" if name.casefold().endswith(_WORKBOOKS) else "Rename it to"
    stem = file.rpartition(".")[0]
    required = stem in TABLES and TABLES[stem].required
    otherwise = "" if required else "; if it is something else, take it out of the folder"
    return Fault(file, 0, "", f"The file is missing, and {quote(name)} is there.", f"{save} {file}{otherwise}.")
