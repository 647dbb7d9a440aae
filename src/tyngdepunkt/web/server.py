"""The application on a port of this machine."""

from __future__ import annotations

import logging
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tyngdepunkt.errors import SourceError
from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.chrome import MISSING_ASSETS, assets_are_built

if TYPE_CHECKING:
    import uvicorn

    from tyngdepunkt.analysis import Answers
    from tyngdepunkt.study import Study

__all__ = ["serve"]

_LOOK_AGAIN = 0.05
"""Seconds between two looks at whether the server answers [s]."""

_PATIENCE = 10.0
"""Longest time that the browser waits for the page to be made ready [s]."""

_log = logging.getLogger(__name__)


def serve(
    study: Study,
    host: str = "127.0.0.1",
    *,
    port: int = 8000,
    open_browser: bool = True,
    language: str = "nb",
    answers: Answers | None = None,
    register: str | Path | None = None,
) -> None:
    """
    Serve the workbench until interrupted.

    Parameters
    ----------
    study
        The study.
    host
        Address to listen at; the default is reached from this machine alone.
    port
        Port to listen at; 0 for any that is free.
    open_browser
        Whether to open the page in the reader's browser.
    language
        The language of the page until the reader chooses another.
    answers
        Where answers are kept from run to run; None to keep them in memory alone.
    register
        File or address of the database that the register of cooperation is kept in, begun once something is written;
        None for the study's own place.

    Raises
    ------
    SourceError
        Where the port is taken or may not be used.
    """
    import uvicorn

    from tyngdepunkt.store.register import RegisterStore

    if not assets_are_built():
        sys.stderr.write(f"Warning: {MISSING_ASSETS} Until then the page shows its tables alone.\n")
    listener = _listen(host, port)
    name = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listener.getsockname()[1]}/"
    sys.stderr.write(f"The workbench of {study.title} is at {address} (stop it with Ctrl+C).\n")
    app = create_app(study, language=language, answers=answers, register=register or RegisterStore.place_of(study))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    wishes = {"open_browser": open_browser}
    threading.Thread(target=_receive, args=(server, address), kwargs=wishes, daemon=True).start()
    try:
        server.run(sockets=[listener])
    finally:
        server.should_exit = True


def _receive(server: uvicorn.Server, address: str, *, open_browser: bool) -> None:
    """
    Make ready what is made but once (templates, outlines, colours of blocks), then open the reader's browser.

    In this order, since a browser that starts beside it slows both down.
    """
    while not server.started:
        if server.should_exit:
            return
        time.sleep(_LOOK_AGAIN)
    for path in ("", "api/boundaries"):
        try:
            with urlopen(address + path, timeout=_PATIENCE) as response:  # noqa: S310 - our own page
                response.read()
        except OSError as error:  # whatever it is, the reader's browser will show it
            _log.debug("The page could not be had beforehand: %s", error)
    if open_browser and not server.should_exit:
        webbrowser.open(address)


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, or say in plain words why it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise SourceError(
            f"Port {port} at {host} cannot be used ({error}): "
            "stop the program that has it, or choose another with --port."
        ) from error
    return listener
