"""
Worker processes on this machine: started bare, fed by pipes, and gone when their master is.

They are interpreters of their own that import only what the work needs, not forks, so that neither threads nor a
caller's script without a guard can disturb them. One that dies is replaced, and its chunk done again.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Generator, Sequence
from typing import IO, Any, TypeVar

from tyngdepunkt.ensembles.chunks import run_chunk
from tyngdepunkt.errors import SourceError

__all__ = ["by_processes", "serve"]

T = TypeVar("T")
R = TypeVar("R")

_TRIES = 3
"""Times that a chunk is given to a worker before its deaths are taken to be the chunk's doing."""
_LOOK = 0.2
"""Seconds between two looks at whether there has been an interrupt."""
_LENGTH = struct.Struct("<Q")
_START = "from tyngdepunkt.ensembles.processes import serve; serve()"


class _Foreman:
    """
    One thread, with one worker process at a time, that takes chunks until there are none.

    Parameters
    ----------
    work
        What is done with each task.
    waiting
        Number, tasks and tries so far of the chunks that nobody has taken.
    finished
        Where number and results go, or number and what went wrong.
    """

    def __init__(
        self,
        work: Callable[[Any], Any],
        waiting: queue.SimpleQueue[tuple[int, Sequence[Any], int] | None],
        finished: queue.SimpleQueue[tuple[int, list[Any] | Exception]],
    ) -> None:
        self._work, self._waiting, self._finished = work, waiting, finished
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._over = False
        self._thread = threading.Thread(target=self._oversee, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the process wherever it is, and the thread."""
        with self._lock:
            self._over = True
            if self._process is not None:
                self._process.kill()
        self._waiting.put(None)

    def join(self) -> None:
        """Wait until the thread has ended, after `stop`."""
        self._thread.join()

    def _oversee(self) -> None:
        """Take chunks until told to stop."""
        try:
            while (taken := self._waiting.get()) is not None:
                number, tasks, tries = taken
                try:
                    self._finished.put((number, self._give(tasks)))
                except (EOFError, OSError):
                    code = self._bury()
                    if self._over:
                        break
                    if tries + 1 < _TRIES:
                        self._waiting.put((number, tasks, tries + 1))
                    else:
                        self._finished.put((number, _deadly(code)))
        except Exception as error:  # noqa: BLE001 - passed on to the caller's thread, which raises it
            self._finished.put((-1, error))
        finally:
            self._bury()

    def _give(self, tasks: Sequence[Any]) -> list[Any] | Exception:
        """Return the results of a chunk, or the error that it ended in; `EOFError` where the worker dies."""
        with self._lock:
            if self._over:
                raise EOFError
            if self._process is None:
                self._process = _start()
            process = self._process
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        _send(process.stdin, (self._work, tasks))
        answer: list[Any] | Exception = _receive(process.stdout)
        return answer

    def _bury(self) -> int | None:
        """End the process, if there is one, and return its exit code."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what is left in a pipe has no reader any more
                    pipe.close()
        return process.wait()


def by_processes(
    work: Callable[[T], R], chunks: Sequence[Sequence[T]], workers: int
) -> Generator[tuple[int, list[R]], None, None]:
    """
    Give each chunk's number and results as worker processes finish them.

    Parameters
    ----------
    work
        What is done with each task of a chunk.
    chunks
        The tasks.
    workers
        Number of processes.

    Yields
    ------
    Number of the chunk, and its results in order. However it ends, the processes are gone.

    Raises
    ------
    SourceError
        Where workers die three times over one chunk.
    """
    waiting: queue.SimpleQueue[tuple[int, Sequence[Any], int] | None] = queue.SimpleQueue()
    finished: queue.SimpleQueue[tuple[int, list[Any] | Exception]] = queue.SimpleQueue()
    for number, tasks in enumerate(chunks):
        waiting.put((number, tasks, 0))
    foremen = [_Foreman(work, waiting, finished) for _ in range(workers)]
    try:
        left = len(chunks)
        while left:
            try:
                number, found = finished.get(timeout=_LOOK)
            except queue.Empty:
                continue
            if isinstance(found, Exception):
                raise found
            left -= 1
            yield number, found
    finally:
        for each in foremen:
            each.stop()
        for each in foremen:
            each.join()


def serve() -> None:
    """Be a worker: answer chunks from standard input on standard output, until the master is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the master's to hear
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up among the answers
    inbox: queue.SimpleQueue[tuple[Callable[[Any], Any], Sequence[Any]]] = queue.SimpleQueue()

    def listen() -> None:
        """Take in chunks; where there is nobody to send more, end at once, in the middle of work or not."""
        try:
            while True:
                inbox.put(_receive(source))
        except EOFError:
            os._exit(0)
        except Exception:  # noqa: BLE001 - whatever it is, the master has to learn that this worker is no more
            traceback.print_exc()
            os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        work, tasks = inbox.get()
        try:
            answer: list[Any] | Exception = run_chunk(work, tasks)
        except Exception as error:  # noqa: BLE001 - raised again by the master
            answer = _portable(error)
        _send(target, answer)


def _deadly(code: int | None) -> SourceError:
    """Return the error that a chunk has killed each worker that took it."""
    return SourceError(
        f"Worker processes died {_TRIES} times over one piece of work (exit code {code}); there may be too little "
        "memory: use fewer --workers."
    )


def _portable(error: Exception) -> Exception:
    """Return an error as it can be sent, with where it happened; one that cannot be sent as its text."""
    where = "In a worker process:\n" + traceback.format_exc()
    try:
        sent: Exception = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - an error may be written so that it cannot be read
        sent = RuntimeError(f"{type(error).__name__}: {error}")
    sent.add_note(where)
    return sent


def _start() -> subprocess.Popen[bytes]:
    """Start a worker that finds the same modules as this process, and does not hear the terminal's Ctrl-C."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    return subprocess.Popen(  # noqa: S603 - this same interpreter, with our own words
        [sys.executable, "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )


def _send(pipe: IO[bytes], content: object) -> None:
    """Send one thing."""
    packed = pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(packed)))
    pipe.write(packed)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:  # noqa: ANN401 - whatever was sent
    """Return the next thing sent; `EOFError` where there is no more."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    packed = pipe.read(length)
    if len(packed) < length:
        raise EOFError
    return pickle.loads(packed)  # noqa: S301 - from a process that we started, by a pipe that nobody else has
