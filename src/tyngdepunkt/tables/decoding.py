"""A file's bytes as text, whatever the spreadsheet that wrote it; what was not UTF-8 is read all the same, and told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tyngdepunkt.errors import Fault
from tyngdepunkt.messages import Message
from tyngdepunkt.tables.quoting import quote

__all__ = ["Decoded", "decode"]

_SAVE_AS_UTF8 = Message("Save it again as “CSV UTF-8 (comma delimited)”.")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class Decoded:
    """
    A file as text.

    Parameters
    ----------
    text
        What it says, without a byte order mark; None where it is no text at all.
    faults
        What was wrong with the way it is written.
    """

    text: str | None
    faults: tuple[Fault, ...] = ()


def decode(content: bytes, file: str) -> Decoded:
    """
    Read bytes as text.

    Parameters
    ----------
    content
        The file.
    file
        Its name, for the faults.

    Returns
    -------
    The text and the faults. A file in Latin-1 (Windows-1252) or UTF-16 is a fault, and its text is there.
    """
    if content.startswith(_WORKBOOKS):
        return _refused(file, Message("The file is a spreadsheet workbook that is only called .csv."))
    if content.startswith(_BYTE_ORDER_MARKS):
        text = content.decode("utf-16", errors="replace")
        problem = Message("The file is saved as UTF-16 (“Unicode text”), not as UTF-8.")
        return Decoded(text, (Fault(file, 0, "", problem, _SAVE_AS_UTF8),))
    content = content.removeprefix(b"\xef\xbb\xbf")
    faults: tuple[Fault, ...] = ()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", errors="replace")
        faults = (_latin(content, error.start, file),)
    if _NOT_TEXT.search(text):
        return _refused(file, Message("The file holds bytes that are no text."))
    return Decoded(text, faults)


def _refused(file: str, problem: str) -> Decoded:
    """Return that a file is no text."""
    return Decoded(
        None, (Fault(file, 0, "", problem, Message("Open it in the spreadsheet and save it as “CSV UTF-8”.")),)
    )


def _latin(content: bytes, start: int, file: str) -> Fault:
    """Return the fault of a file that is not UTF-8, with the first word in which it shows."""
    before = content[:start].decode("cp1252", errors="replace")
    after = content[start : start + 40].decode("cp1252", errors="replace")
    row = len(re.findall(r"\r\n|\r|\n", before)) + 1
    word = re.split(r"[\s,;\"]", before)[-1] + re.split(r"[\s,;\"]", after)[0]
    problem = Message("The file is not saved as UTF-8 but, as {word} shows, as Latin-1 (Windows).", word=quote(word))
    return Fault(file, row, "", problem, _SAVE_AS_UTF8)
