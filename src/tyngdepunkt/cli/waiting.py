"""Progress on standard error: nothing for the first two seconds, then where the work is, and how long it may take."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
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
_PACE = 60.0
"""Seconds by whose steps the rest is judged: what was known before comes all at once, and says nothing of the rest."""
_ENDS = 2
"""Steps that a pace is between."""
_FEWEST = 5.0
"""Seconds of steps before anything is said of what is left."""
_MINUTES = 100.0
"""Seconds from which what is left is given in minutes."""


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
        self._steps: deque[tuple[float, Step]] = deque()
        self._over = threading.Event()
        self._speaker = threading.Thread(target=self._speak, daemon=True)
        self._width = 0

    def __call__(self, step: Step) -> None:
        """Take a step."""
        now, last = time.monotonic(), self._step
        if last is not None and (last.task, last.total) != (step.task, step.total):
            self._steps = deque()
        self._steps.append((now, step))
        while len(self._steps) > _ENDS and now - self._steps[0][0] > _PACE:
            self._steps.popleft()
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
        return f"{task_word(step.task, 'en')}: {step.done} of {step.total} ({seconds}{self._left(step)})"

    def _left(self, step: Step) -> str:
        """Return how long the rest takes at the pace of the last minute, where there is a pace."""
        steps = list(self._steps)  # a copy: the next step may come meanwhile
        if not steps:
            return ""
        began, first = steps[0]
        spent, done = time.monotonic() - began, step.done - first.done
        if spent < _FEWEST or done <= 0 or step.done >= step.total:
            return ""
        left = spent / done * (step.total - step.done)
        return f", about {left / 60:.0f} min left" if left >= _MINUTES else f", about {max(1.0, left):.0f} s left"
