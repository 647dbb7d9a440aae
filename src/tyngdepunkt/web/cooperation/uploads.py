"""Files that readers hand in: read once, and held for the address that shows what came of them."""

from __future__ import annotations

import json
import secrets
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from starlette.datastructures import UploadFile

    from tyngdepunkt.web.cooperation.frame import Frame

__all__ = ["Shelf", "read_upload"]

_HELD = 32
"""Things held, the oldest dropped first."""
_MOST_BYTES = 5_000_000
"""Size up to which a file is taken [bytes]."""

T = TypeVar("T")


class Shelf(Generic[T]):
    """Things held under words that cannot be guessed, until newer ones push them out."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def hold(self, thing: T) -> str:
        """Hold a thing, and return the word that it is asked for by."""
        key = secrets.token_urlsafe(9)
        with self._lock:
            self._held[key] = thing
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return key

    def take(self, key: str) -> T | None:
        """Return what is held under a word; None where nothing is, or no longer."""
        with self._lock:
            return self._held.get(key)


def read_upload(frame: Frame, file: UploadFile | None) -> tuple[dict[str, object] | None, tuple[Complaint, ...]]:
    """
    Read a JSON file that was handed in.

    Parameters
    ----------
    frame
        Whose language the complaints have.
    file
        The file; None where there is none.

    Returns
    -------
    content
        The object; None where there is none.
    complaints
        What is wrong with the file.
    """
    say = frame.wording.say
    if file is None or not file.filename:
        return None, (Complaint("file", say(later("No file is chosen.")), say(later("Choose a JSON file."))),)
    if (file.size or 0) > _MOST_BYTES:
        return None, (
            Complaint(
                "file",
                say(later("The file is larger than {size} MB."), size=str(_MOST_BYTES // 1_000_000)),
                say(later("Choose a JSON file.")),
            ),
        )
    try:
        content = json.loads(file.file.read())
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        return None, (Complaint("file", say(later("The file is no JSON object.")), say(later("Choose a JSON file."))),)
    return content, ()
