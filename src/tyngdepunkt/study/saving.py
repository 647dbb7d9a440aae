"""Studies to disk: save one, make a new one. A folder appears whole or not at all."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tyngdepunkt.errors import SourceError
from tyngdepunkt.study import outlines, package, tomlfile
from tyngdepunkt.study.folder import reason
from tyngdepunkt.study.guide import FILE as GUIDE, write_guide
from tyngdepunkt.study.loading import load_study
from tyngdepunkt.study.package import BOUNDARIES, default_resource
from tyngdepunkt.study.study import Study
from tyngdepunkt.study.tomlfile import Heading
from tyngdepunkt.tables import TABLES, write_table

__all__ = ["new_study", "save_study"]

_COPIED = (tomlfile.FILE, package.FILE, GUIDE, outlines.FILE, *(table.file for table in TABLES.values()))


def save_study(study: Study, path: str | Path) -> Path:
    """
    Write a study to a new folder.

    Parameters
    ----------
    study
        The study.
    path
        The folder; it does not exist, or is empty.

    Returns
    -------
    The folder. Loaded again it gives the same study. What datapackage.json stated of files that are not there is lost.

    Raises
    ------
    SourceError
        Where the folder is not empty or cannot be written.
    """
    return _write(Path(path), {name: text.encode() for name, text in _texts(study).items()})


def new_study(path: str | Path, *, from_study: str | Path | None = None) -> Path:
    """
    Make a study of one's own: empty and documented, or a copy of another.

    Parameters
    ----------
    path
        The folder; it does not exist, or is empty.
    from_study
        Name of a shipped study, or a folder, to copy; None for an empty study, whose tables have their header only.

    Returns
    -------
    The folder.

    Raises
    ------
    SourceError
        Where the folder is not empty or cannot be written, or there is no study to copy.
    StudyError
        Where the study to copy has faults.
    """
    folder = Path(path)
    if from_study is not None:
        copied = load_study(from_study).folder
        return _write(folder, {name: (copied / name).read_bytes() for name in _COPIED if (copied / name).is_file()})
    name = folder.resolve().name or "study"
    everything = {table.name: [column.name for column in table.columns] for table in TABLES.values()}
    resources = [default_resource(each) for each in everything]
    texts = {table.file: f"{table.header}\n" for table in TABLES.values()}
    texts[tomlfile.FILE] = tomlfile.write_heading(Heading(name=name))
    texts[package.FILE] = package.write_package(name, "", resources, everything)
    texts[GUIDE] = write_guide(name)
    return _write(folder, {file: text.encode() for file, text in texts.items()})


def _texts(study: Study) -> dict[str, str]:
    """Return the files of a study."""
    texts = {TABLES[name].file: write_table(frame, TABLES[name]) for name, frame in study.tables.items()}
    present = {name: texts[TABLES[name].file].partition("\n")[0].split(",") for name in study.tables}
    if study.boundaries is not None:
        texts[outlines.FILE] = json.dumps(study.boundaries, ensure_ascii=False, separators=(",", ":")) + "\n"
        present[BOUNDARIES] = []
    title = study.title if study.title != study.name else ""
    texts[tomlfile.FILE] = tomlfile.write_heading(Heading(study.name, title, study.date, study.settings))
    texts[package.FILE] = package.write_package(study.name, study.title, study.resources.values(), present)
    texts[GUIDE] = write_guide(study.title)
    return texts


def _write(folder: Path, contents: Mapping[str, bytes]) -> Path:
    """Write files to a folder beside the one wanted, and move them there when all are whole."""
    try:
        occupied = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
        if not occupied:
            folder.parent.mkdir(parents=True, exist_ok=True)
            _move_in(folder, contents)
    except (OSError, ValueError) as error:
        told = f"{str(folder)!r} cannot be written ({reason(error)}): give a folder that you may write to."
        raise SourceError(told) from error
    if occupied:
        what = "is not empty" if folder.is_dir() else "is a file"
        raise SourceError(f"{folder} {what}: give the name of a folder that does not exist yet, or of an empty one.")
    return folder


def _move_in(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files beside a folder, and move them in when all are there: at once where it does not exist, else each."""
    beside = folder.parent / f".{folder.name[:40]}-{secrets.token_hex(4)}"
    beside.mkdir()
    placed: list[Path] = []
    try:
        for name, content in contents.items():
            (beside / name).write_bytes(content)
        if folder.exists():
            for name in contents:
                (beside / name).replace(folder / name)
                placed.append(folder / name)
        else:
            beside.rename(folder)
    except BaseException:
        for path in placed:
            with suppress(OSError):
                path.unlink()
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
