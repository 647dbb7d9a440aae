"""Progress on standard error: nothing for the first two seconds, then where the work is."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from types import TracebackType

    from tyngdepunkt.model import Step

__all__ = ["ProgressLine"]

_QUIET = 2.0
"""Seconds before anything is said: shorter work needs no word."""
_REWRITE = 0.5
"""Seconds between two versions of the line on a terminal."""
_SPARSE = 10.0
"""Seconds between two lines where standard error is a file or a pipe."""


class ProgressLine:
    """
    Tell a person where long work is; called with each step, and speaking on its own where steps are long.

    On a terminal one line is written over and over and wiped at the end; elsewhere a line now and then.

    Parameters
    ----------
    task
        What is being done until the first step says so, as a key of `texts`.
    stream
        Where to; standard error where not given.
    """

    def __init__(self, task: str, stream: TextIO | None = None) -> None:
        self._task = task
        self._stream = stream or sys.stderr
        self._rewrites = self._stream.isatty()
        self._start = time.monotonic()
        self._step: Step | None = None
        self._over = threading.Event()
        self._speaker = threading.Thread(target=self._speak, daemon=True)
        self._width = 0

    def __call__(self, step: Step) -> None:
        """Take a step."""
        self._step = step

    def __enter__(self) -> Self:
        """Begin."""
        self._speaker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Fall silent, and wipe the line."""
        self._over.set()
        self._speaker.join()
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()

    def _speak(self) -> None:
        """Say where the work is until it is over."""
        pause = _QUIET
        while not self._over.wait(pause):
            text = self._text()
            if self._rewrites:
                self._stream.write("\r" + text.ljust(self._width))
                self._width = len(text)
            else:
                self._stream.write(text + "\n")
            self._stream.flush()
            pause = _REWRITE if self._rewrites else _SPARSE

    def _text(self) -> str:
        """Return what is being done, how far it is, and for how long."""
        from tyngdepunkt.texts.words import task_word

        step = self._step
        seconds = f"{time.monotonic() - self._start:.0f} s"
        # Not imported for this alone: where nothing has been compiled it has not been either.
        engine = sys.modules.get("tyngdepunkt.compiled")
        if engine is not None and engine.is_compiling():
            seconds += f"; {task_word('compile', 'en')}"
        if step is None:
            return f"{task_word(self._task, 'en')} ({seconds})"
        return f"{task_word(step.task, 'en')}: {step.done} of {step.total} ({seconds})"
