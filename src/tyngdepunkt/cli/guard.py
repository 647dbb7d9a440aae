"""Exit codes, and what is said when something goes wrong."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Sequence

import typer

from tyngdepunkt.errors import NoDivisionError, TyngdepunktError

__all__ = ["INTERRUPTED", "MENDABLE", "NO_PLAN", "drop_stdout", "run_guarded", "tell"]

MENDABLE = 1
"""Exit code of what the user can mend: a wrong option, a faulty study."""
NO_PLAN = 2
"""Exit code of the answer that no plan exists."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""

_FOREIGN = (
    (re.compile(r"\bValue error, "), ""),
    (re.compile(r"Input should be a valid integer, [^.]*"), "it is not a whole number"),
    (re.compile(r"Input should be a valid number, [^.]*"), "it is not a number"),
    (re.compile(r"Input should be greater than or equal to (\S+)"), r"give \1 or more"),
    (re.compile(r"Input should be less than or equal to (\S+)"), r"give \1 or less"),
)
"""Wording of the libraries that read options, to what we say in its place."""


def run_guarded(app: typer.Typer, arguments: Sequence[str]) -> int:
    """
    Run a command line and say in one message what the user can mend.

    Parameters
    ----------
    app
        The application.
    arguments
        The words after the program's name; without any, the help is printed.

    Returns
    -------
    The exit code: 0 done, 1 something to mend, 2 no plan exists, 130 interrupted.
    A reader that closes the pipe early is no failure. Errors of ours keep their traceback.
    """
    _speak_utf8()
    try:
        code = app(list(arguments) or ["--help"], prog_name="tyngdepunkt", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        tell(f"tyngdepunkt: {_in_our_words(error.format_message())}")
        context = getattr(error, "ctx", None)
        if context is not None:
            tell(f"See: {context.command_path} --help")
        return MENDABLE
    except TyngdepunktError as error:
        tell(f"tyngdepunkt: {error}")
        return NO_PLAN if isinstance(error, NoDivisionError) else MENDABLE
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        drop_stdout()
        return 0
    if code == INTERRUPTED:
        tell("Interrupted.")
    return code if isinstance(code, int) else 0


def tell(text: str) -> None:
    """Write a line to standard error; that it is closed is no reason to fail."""
    with contextlib.suppress(BrokenPipeError):
        print(text, file=sys.stderr)  # noqa: T201  # this is the room that prints


def _in_our_words(message: str) -> str:
    """Return a message about an option without the wording of the libraries that read it."""
    for wording, ours in _FOREIGN:
        message = wording.sub(ours, message)
    return message


def _speak_utf8() -> None:
    """Let names with æ, ø and å through to files and pipes whatever the machine's locale is."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
        if encoding != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


def drop_stdout() -> None:
    """Point standard output at nothing, so that the interpreter's last flush stays quiet."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
