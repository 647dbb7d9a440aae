"""
The register that the pages read and write.

As on the command line it is the study's own tables until something is written; then it is kept in a database. Without a
place of its own it is kept in a folder that is gone when the workbench ends.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.texts.wording import later

if TYPE_CHECKING:
    from tyngdepunkt.model import Register
    from tyngdepunkt.store.importing import Preview
    from tyngdepunkt.store.register import Kept, RegisterStore
    from tyngdepunkt.study import Study

__all__ = ["Ledger"]

_HELD = 8
"""Previews of imports that are held for who will apply them, the oldest dropped first."""


class Ledger:
    """
    The register of a study, wherever it is kept.

    Parameters
    ----------
    study
        Whose register it is; its tables are what it begins with.
    place
        File or address of the database; None to keep it until the workbench ends.
    """

    def __init__(self, study: Study, place: str | Path | None = None) -> None:
        self.study = study
        self._place = place
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._store: RegisterStore | None = None
        self._read: tuple[int, Register] | None = None
        self._held: OrderedDict[str, Preview] = OrderedDict()
        self._lock = threading.RLock()

    @property
    def is_kept(self) -> bool:
        """Whether what is written outlasts the workbench."""
        return self._place is not None

    def store(self, *, begin: bool = False) -> RegisterStore | None:
        """
        Return the database.

        Parameters
        ----------
        begin
            Whether to begin one where there is none.

        Returns
        -------
        The store; None where nothing has been written yet.

        Raises
        ------
        SourceError
            Where it cannot be opened.
        """
        from tyngdepunkt.store.register import RegisterStore

        with self._lock:
            if self._store is not None:
                return self._store
            place = self._place
            if place is None and begin:
                self._folder = tempfile.TemporaryDirectory(prefix="tyngdepunkt-")
                place = Path(self._folder.name) / "register.sqlite"
            if place is not None and (begin or "://" in str(place) or Path(place).is_file()):
                self._store = RegisterStore.open(self.study, place)
            return self._store

    def begun(self) -> RegisterStore:
        """Return the database, begun where there is none; `SourceError` where it cannot be opened."""
        store = self.store(begin=True)
        assert store is not None  # noqa: S101 - begun just now
        return store

    def register(self) -> Register:
        """Return the register as the analysis reads it; read anew once anything was written."""
        store = self.store()
        if store is None:
            return self.study.register
        latest = next((change.number for change in store.history(limit=1)), 0)
        with self._lock:
            if self._read is None or self._read[0] != latest:
                self._read = (latest, store.register())
            return self._read[1]

    def entries(self) -> dict[str, Kept]:
        """Return id to arrangement with its version, in the order of the register."""
        from tyngdepunkt.store.entries import entries_of
        from tyngdepunkt.store.register import Kept

        store = self.store()
        if store is not None:
            return store.entries()
        if "arrangements" not in self.study.tables:
            return {}
        return {each.id: Kept(each, 1) for each in entries_of(self.study.tables)}

    def hold(self, preview: Preview) -> str:
        """Hold the preview of an import until it is applied; return the word that it is asked for by."""
        key = secrets.token_urlsafe(12)
        with self._lock:
            self._held[key] = preview
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return key

    def take(self, key: str) -> Preview:
        """
        Return a preview that is held.

        Parameters
        ----------
        key
            As `hold` returned it.

        Returns
        -------
        The preview; it is held on until `drop`.

        Raises
        ------
        QuestionError
            Where it is held no longer.
        """
        with self._lock:
            found = self._held.get(key)
        if found is None:
            raise QuestionError(later("The preview is held no longer: choose the file once more."))
        return found

    def drop(self, key: str) -> None:
        """Hold a preview no longer."""
        with self._lock:
            self._held.pop(key, None)

    def close(self) -> None:
        """End; a register without a place of its own is gone."""
        with self._lock:
            self._store = None
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None
