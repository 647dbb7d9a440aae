"""The workbench of the shipped study, asked in-process."""

from __future__ import annotations

import threading
import time
import warnings

import pytest

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Step
from tyngdepunkt.web import create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette would rather have httpx2 than httpx; either will do
    from fastapi.testclient import TestClient


@pytest.fixture(scope="session")
def client(shipped):
    """A client of the workbench; questions that several tests ask are answered once."""
    with TestClient(create_app(shipped), raise_server_exceptions=False) as client:
        yield client


def until_done(client, path, *, part=False):
    """Ask until the work is done, and leave the processor to the work meanwhile."""
    deadline, pause = time.monotonic() + 120, 0.05
    while time.monotonic() < deadline:
        response = client.get(path, headers={"HX-Request": "true"} if part else {})
        if response.status_code != 202 and "load delay" not in response.text:
            return response
        time.sleep(pause)
        pause = min(1.0, 1.5 * pause)
    raise TimeoutError(path)


@pytest.fixture(scope="session")
def ask(client):
    """Ask until the work is done: JSON is no longer 202, a page no longer asks for itself."""

    return lambda path, *, part=False: until_done(client, path, part=part)


@pytest.fixture
def endless(monkeypatch):
    """Sweeps that come to the third number and stay there until the test is over."""
    over = threading.Event()

    def sweep(_study, _question, *, progress, **_):
        while not over.wait(0.02):
            progress(Step("sweep", 3, 36))

    monkeypatch.setattr("tyngdepunkt.analysis.sweep_centres", sweep)
    yield
    over.set()


@pytest.fixture(scope="module")
def unswept():
    """No sweep over the numbers of centres is done: for pages that need no plan of ours."""

    def sweep(*_, **__):
        raise QuestionError("No sweep in this test.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tyngdepunkt.analysis.sweep_centres", sweep)
        yield
