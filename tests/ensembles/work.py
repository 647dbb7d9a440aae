"""Pieces of work that worker processes and clusters can import."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tyngdepunkt.errors import PlanError, QuestionError


def square(number):
    return number * number


def square_slowly(number):
    time.sleep(0.05)
    return number * number


def tell_process(_):
    return os.getpid()


def print_and_square(number):
    print("a library that talks")  # noqa: T201
    return number * number


def die_once(task):
    """Kill the process that works, the first time that anybody is given this task."""
    number, mark = task
    if number == 3 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die(_):
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(number):
    if number == 2:
        raise QuestionError("Not two.")
    return number


def break_promise(_):
    raise PlanError(["first", "second"])


def raise_what_cannot_be_sent(_):
    class LocalError(Exception):
        pass

    raise LocalError("only here")


def note_and_wait(task):
    """Write down which process works, and take a long time."""
    number, folder = task
    (Path(folder) / str(os.getpid())).touch()
    if number:
        time.sleep(60)
    return number
