"""
Answers found before, in one SQLite file that several processes may use at once.

It is a cache: what it gives is whole, or it gives nothing. Each answer lies under a key that stands for all that
decides it (`tyngdepunkt.model.content_key`) with a checksum of its own; a damaged answer counts as none, and a damaged
file is put aside and begun anew. A folder that cannot be written to only means that everything is worked out again.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from tyngdepunkt.store.encoding import decode, encode

__all__ = ["CACHE_VARIABLE", "AnswerStore", "cache_folder", "open_answers"]

CACHE_VARIABLE = "TYNGDEPUNKT_CACHE"
"""Environment variable with the folder of kept answers; empty for keeping none."""

_FILE = "answers.sqlite"
_LAYOUT = 1
"""Version of the file's layout; a file of another is begun anew."""
_PATIENCE = 10.0
"""Longest wait for another process that writes [s]."""
_MOST_BYTES = 512 * 1024 * 1024
"""Size from which the older half of the answers is dropped, when the file is opened."""

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

_log = logging.getLogger(__name__)

T = TypeVar("T")


class AnswerStore:
    """
    A file of answers.

    Parameters
    ----------
    path
        The file; it and its folder are made when the first answer is kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_useless = False
        if path.is_file() and path.stat().st_size > _MOST_BYTES:
            self._work(lambda db: db.execute("DELETE FROM answers WHERE rowid <= (SELECT avg(rowid) FROM answers)"))

    def recall(self, key: str, shape: type[T]) -> T | None:
        """
        Return the answer kept under a key.

        Parameters
        ----------
        key
            What was asked, see `tyngdepunkt.model.content_key`.
        shape
            The dataclass that was kept.

        Returns
        -------
        The answer; None where there is none, or none that is whole.
        """
        if not self.path.is_file():
            return None
        row = self._work(lambda db: db.execute("SELECT value, checksum FROM answers WHERE key = ?", (key,)).fetchone())
        if row is None:
            return None
        try:
            value, checksum = row
            if hashlib.sha256(value).hexdigest() != checksum:
                raise ValueError("checksum")  # noqa: TRY301 - damaged in whatever way, it counts as none
            return decode(zlib.decompress(value).decode(), shape)
        except (TypeError, ValueError, zlib.error):
            self.forget(key)
            return None

    def keep(self, key: str, answer: object) -> None:
        """
        Keep an answer under a key, in place of what was kept there.

        Parameters
        ----------
        key
            What was asked.
        answer
            A dataclass.
        """
        value = zlib.compress(encode(answer).encode())
        row = (key, value, hashlib.sha256(value).hexdigest())
        self._work(lambda db: db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", row))

    def forget(self, key: str) -> None:
        """
        Drop what is kept under a key.

        Parameters
        ----------
        key
            What was asked.
        """
        self._work(lambda db: db.execute("DELETE FROM answers WHERE key = ?", (key,)))

    def _work(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return what work on the file gives; None where the file cannot be used, or was damaged and is begun anew."""
        if self._is_useless:
            return None
        try:
            with self._opened() as db:
                return work(db)
        except (OSError, sqlite3.OperationalError) as error:
            if getattr(error, "sqlite_errorcode", None) in _BUSY:
                return None  # another writes for long: this once without
            # A full disk, a folder that may not be written to: from now on without.
            _log.warning("Answers cannot be kept in %s (%s): they are worked out again.", self.path, error)
            self._is_useless = True
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)
        return None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for one piece of work: threads and processes share the file, and nothing else."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as db:
            # No waiting for the disk: what a power cut damages has a checksum that tells.
            db.execute("PRAGMA synchronous = OFF")
            if db.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
                self._lay_out(db)
            with db:
                yield db

    @staticmethod
    def _lay_out(db: sqlite3.Connection) -> None:
        """Make the one table, in place of that of another version; only once, whoever comes first."""
        db.execute("BEGIN IMMEDIATE")
        if db.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
            db.execute("DROP TABLE IF EXISTS answers")
            db.execute("CREATE TABLE answers (key TEXT PRIMARY KEY, value BLOB NOT NULL, checksum TEXT NOT NULL)")
            db.execute(f"PRAGMA user_version = {_LAYOUT}")
        db.commit()

    def _begin_anew(self, error: sqlite3.DatabaseError) -> None:
        """Put a damaged file aside."""
        _log.warning(
            "The answers kept in %s are damaged (%s): the file is put aside, and they are worked out again.",
            self.path,
            error,
        )
        try:
            self.path.replace(self.path.with_suffix(".damaged"))
        except FileNotFoundError:
            pass  # another process was first
        except OSError:
            self._is_useless = True


def open_answers() -> AnswerStore | None:
    """
    Return the answers of this user.

    Returns
    -------
    The store; None where the environment says that none shall be kept.
    """
    folder = cache_folder()
    return None if folder is None else AnswerStore(folder / _FILE)


def cache_folder(environment: Mapping[str, str] = os.environ, *, platform: str = sys.platform) -> Path | None:
    """
    Return where answers are kept.

    Parameters
    ----------
    environment
        Variables of the process.
    platform
        As `sys.platform` names it.

    Returns
    -------
    The folder, there or not: what `CACHE_VARIABLE` says, else the user's cache as the system has it; None where the
    variable is empty, and for a user who has no home.
    """
    told = environment.get(CACHE_VARIABLE)
    if told is not None:
        return Path(told) if told.strip() else None
    if platform == "win32":
        base = environment.get("LOCALAPPDATA") or "~/AppData/Local"
    elif platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = environment.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        return Path(base).expanduser() / "tyngdepunkt"
    except RuntimeError:  # a user without a home
        return None
