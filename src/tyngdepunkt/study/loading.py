"""Studies by name or folder: which ship, load, check."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from tyngdepunkt.errors import Fault, SourceError, StudyError
from tyngdepunkt.study.inspecting import Inspection, inspect_folder
from tyngdepunkt.study.study import Study
from tyngdepunkt.tables.quoting import join_words

__all__ = ["check_study", "find_folder", "inspect_study", "load_study", "shipped_studies"]


def shipped_studies() -> tuple[str, ...]:
    """Return the names of the studies inside the package, in order."""
    return tuple(
        sorted(path.name for path in _shelf().iterdir() if path.is_dir() and (path / "municipalities.csv").is_file())
    )


def find_folder(name_or_path: str | Path) -> Path:
    """
    Find the folder of a study.

    Parameters
    ----------
    name_or_path
        Name of a shipped study, or a folder. A folder that has the name of a shipped study is given as ``./name``.

    Returns
    -------
    The folder; it need not exist.
    """
    if isinstance(name_or_path, str) and name_or_path in shipped_studies():
        return _shelf() / name_or_path
    return Path(name_or_path)


def check_study(path: str | Path) -> tuple[Fault, ...]:
    """
    List everything that is wrong with a study.

    Parameters
    ----------
    path
        A folder, or the name of a shipped study.

    Returns
    -------
    Every fault, in order of file and row; none when the study is fine. Whatever the files hold, nothing else is raised.

    Raises
    ------
    SourceError
        Where there is no such folder.
    """
    return inspect_study(path).faults


def inspect_study(path: str | Path) -> Inspection:
    """
    Read and check a study, and tell all that was found.

    Parameters
    ----------
    path
        A folder, or the name of a shipped study.

    Returns
    -------
    What it holds, every fault as for `check_study`, and remarks: what is not wrong and should be known.

    Raises
    ------
    SourceError
        Where there is no such folder.
    """
    return inspect_folder(_existing(path))


def load_study(name_or_path: str | Path) -> Study:
    """
    Load a study.

    Parameters
    ----------
    name_or_path
        Name of a shipped study (``"more-og-romsdal-2017"``), or a folder.

    Returns
    -------
    The study. What ``study.toml`` and ``datapackage.json`` do not state, or where they are missing: the folder's name,
    no date, the settings' defaults, sources ``"not stated"``.

    Raises
    ------
    SourceError
        Where there is no such folder.
    StudyError
        Where anything is wrong, with every fault.
    """
    folder = _existing(name_or_path)
    inspection = inspect_folder(folder)
    if inspection.faults:
        raise StudyError(inspection.faults)
    heading = inspection.heading
    name = heading.name or folder.resolve().name
    return Study(
        folder=folder,
        name=name,
        title=heading.title or name,
        date=heading.date,
        settings=heading.settings,
        tables=inspection.tables,
        resources=inspection.resources,
        boundaries=inspection.boundaries,
        checksums=inspection.checksums,
    )


def _existing(name_or_path: str | Path) -> Path:
    """Return a study's folder, or say which there are."""
    folder = find_folder(name_or_path)
    try:
        exists = folder.exists()
    except (OSError, ValueError):
        exists = True  # told when it is opened
    if not exists:
        shipped = join_words(shipped_studies(), last="or")
        raise SourceError(
            f"No study {str(name_or_path)!r}: give a folder, or the name of a study that ships ({shipped}). "
            f"`tyngdepunkt new {name_or_path}` makes an empty one."
        )
    return folder


def _shelf() -> Path:
    """Return the folder of the studies that ship."""
    return Path(str(files("tyngdepunkt") / "studies"))
