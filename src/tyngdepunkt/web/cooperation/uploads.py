"""Files that readers hand in: read once, and held for the address that shows what came of them."""

from __future__ import annotations

import json
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData, UploadFile

from tyngdepunkt.errors import TyngdepunktError
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import error_body, to_json
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.web.cooperation.frame import Frame
    from tyngdepunkt.web.desk import Work

__all__ = ["Shelf", "answer_work", "read_body", "say_fault", "take_upload"]

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


def take_upload(
    frame: Frame, form: FormData, parse: Callable[[Mapping[str, object]], T]
) -> tuple[T | None, tuple[Complaint, ...]]:
    """
    Take in the JSON file of a form.

    Parameters
    ----------
    frame
        Whose language the complaints have.
    form
        The form, with the file in its field ``file``.
    parse
        Makes of the object what it asks.

    Returns
    -------
    asked
        What the file asks; None where anything is wrong.
    complaints
        What is wrong, each fault by itself.
    """
    file = form.get("file")
    content, complaints = _read_upload(frame, file if isinstance(file, UploadFile) else None)
    if content is None:
        return None, complaints
    try:
        return parse(content), ()
    except TyngdepunktError as error:
        return None, frame.complain("file", error)


async def read_body(request: Request, parse: Callable[[Mapping[str, object]], T]) -> T | JSONResponse:
    """
    Read the JSON that a program sends.

    Parameters
    ----------
    request
        With one JSON object as its body.
    parse
        Makes of the object what it asks.

    Returns
    -------
    What it asks, or a response that says what is wrong.
    """
    try:
        content = json.loads(await request.body())
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        return JSONResponse(error_body("The body is no JSON object.", "body"), status_code=422)
    try:
        return parse(content)
    except TyngdepunktError as error:
        return JSONResponse(error_body(str(error), "body"), status_code=422)


def answer_work(work: Work[T], shape: Callable[[T], object], *, seconds: float) -> JSONResponse:
    """
    Return what came of a piece of work as JSON, or that it goes on.

    Parameters
    ----------
    work
        The work.
    shape
        Makes of its value what JSON holds.
    seconds
        How long to wait for it [s].

    Returns
    -------
    The response; status 202 where the work goes on.
    """
    if not work.wait(seconds):
        step = work.step
        return to_json({"state": "working", "done": step.done if step else 0, "total": None}, status=202)
    if work.fault:
        raise work.fault
    assert work.value is not None  # noqa: S101 - done without a fault
    return to_json(shape(work.value))


def say_fault(frame: Frame, work: Work[T] | None) -> str:
    """Say why a piece of work failed; empty where it did not."""
    if work is None or work.fault is None:
        return ""
    if isinstance(work.fault, TyngdepunktError):
        return frame.tell(work.fault)
    return frame.wording.say(
        later("Something went wrong in the program itself. The log of the server has the details.")
    )


def _read_upload(frame: Frame, file: UploadFile | None) -> tuple[dict[str, object] | None, tuple[Complaint, ...]]:
    """Return the object of a JSON file that was handed in, None where there is none, and what is wrong with it."""
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
