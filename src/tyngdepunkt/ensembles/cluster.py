"""Work on a Dask cluster, by the package distributed, which is needed for nothing else."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, TypeVar

from tyngdepunkt.ensembles.chunks import run_chunk_with_versions, versions
from tyngdepunkt.errors import QuestionError, SourceError

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["by_cluster", "connect", "count_hands"]

T = TypeVar("T")
R = TypeVar("R")

_CONNECTING = 20.0
"""Time that a scheduler has to answer, and then to have a worker [s]."""


def connect(address: str) -> Client:
    """
    Connect to a cluster.

    Parameters
    ----------
    address
        Of its scheduler.

    Returns
    -------
    A client, to be closed.

    Raises
    ------
    QuestionError
        Where the package distributed is not installed.
    SourceError
        Where no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise QuestionError(
            "Work on a cluster needs the package distributed, which is not installed: "
            "pip install 'tyngdepunkt[cluster]', here and on the cluster; or leave --cluster out."
        ) from error
    try:
        return Client(address, timeout=_CONNECTING, set_as_default=False, name="tyngdepunkt")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise SourceError(
            f"No Dask scheduler answers at {address}: start one with dask scheduler, and give the address that it "
            f"prints, such as tcp://127.0.0.1:8786. ({error})"
        ) from error


def count_hands(client: Client, address: str) -> int:
    """
    Count what a cluster can do at a time, once it can do anything.

    Parameters
    ----------
    client
        Connected to it.
    address
        Of its scheduler, for the message.

    Returns
    -------
    Threads of all workers together.

    Raises
    ------
    SourceError
        Where no worker comes.
    """
    try:
        client.wait_for_workers(1, timeout=_CONNECTING)
    except TimeoutError as error:
        raise SourceError(
            f"The cluster at {address} has no worker: start one or more with dask worker {address}."
        ) from error
    return max(1, sum(client.nthreads().values()))  # type: ignore[no-untyped-call]


def by_cluster(
    work: Callable[[T], R], chunks: Sequence[Sequence[T]], client: Client, address: str
) -> Generator[tuple[int, list[R]], None, None]:
    """
    Give each chunk's number and results as a cluster finishes them.

    The scheduler gives the chunks of a worker that dies to another, a few times over, and so are results that died
    with it before they were fetched.

    Parameters
    ----------
    work
        What is done with each task of a chunk.
    chunks
        The tasks.
    client
        Connected to the cluster.
    address
        Of its scheduler, for messages.

    Yields
    ------
    Number of the chunk, and its results in order. However it ends, nothing is left to do on the cluster.

    Raises
    ------
    SourceError
        Where workers die again and again over one chunk, lack the program or have other versions.
    """
    from distributed import KilledWorker, as_completed

    ours = versions()
    name = uuid.uuid4().hex  # else a cluster that has seen the like before may answer from memory
    numbers = {}
    for number, tasks in enumerate(chunks):
        key = f"tyngdepunkt-{name}-{number}"
        future = client.submit(run_chunk_with_versions, work, tasks, key=key, pure=False, priority=-number)
        numbers[future] = number
    try:
        for future in as_completed(list(numbers), loop=client.loop):  # type: ignore[no-untyped-call]
            try:
                theirs, found = future.result()
            except KilledWorker as error:
                raise SourceError(
                    f"Workers of the cluster at {address} died again and again over one piece of work; there may be "
                    f"too little memory. ({error})"
                ) from error
            except ModuleNotFoundError as error:
                raise SourceError(
                    f"A worker of the cluster at {address} lacks a package ({error}): install tyngdepunkt "
                    f"{ours['tyngdepunkt']} there, with the same versions as here."
                ) from error
            if theirs != ours:
                raise SourceError(_unlike(address, ours, theirs))
            yield numbers.pop(future), found
    finally:
        client.cancel(list(numbers), force=True)  # type: ignore[no-untyped-call]


def _unlike(address: str, ours: dict[str, str], theirs: dict[str, str]) -> str:
    """Return how the versions of a cluster differ from ours, as a message."""
    apart = [
        f"{name} {theirs.get(name, 'missing')} there and {ours.get(name, 'missing')} here"
        for name in dict.fromkeys(itertools.chain(ours, theirs))
        if ours.get(name) != theirs.get(name)
    ]
    return (
        f"The cluster at {address} has other versions, so that results could differ: {', '.join(apart)}. "
        "Install the same versions on both."
    )
