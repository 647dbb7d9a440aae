"""The workbench of the shipped study in a real browser: served by this process, drawn by Chromium, and no one else."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest

from tyngdepunkt.web import create_app
from tyngdepunkt.web.chrome import assets_are_built

ROOT = Path(__file__).parents[2]
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Mark every test of this folder, so that it can be left out."""
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


def missing(what):
    """Skip where something is missing, but fail in CI, where nothing may be."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def address(shipped):
    """Where the workbench answers; the sweep of the study's own question is done."""
    import uvicorn

    if not assets_are_built():
        missing("The workbench is not bundled: install the package with access to npm (pip install -e .).")
    app = create_app(shipped, language="en")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    from tyngdepunkt.web.view import first_view

    assert app.state.desk.frontier(first_view(shipped, "en").wishes).wait(120)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)
    listener.close()


@pytest.fixture(scope="session")
def browser():
    """Chromium of the machine."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        missing(f"No browser: none of {', '.join(names)} is on the path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Bench:
    """A page of the workbench, and what a test asks of it again and again."""

    def __init__(self, page, address):
        self.page = page
        self.address = address

    def open(self, query=""):
        """Open a view and wait until its map is drawn."""
        self.page.goto(f"{self.address}/{query}")
        self.drawn()

    def drawn(self):
        """Wait until the map is drawn and nothing is being worked out."""
        self.page.wait_for_selector("#map[data-drawn]", state="attached")
        self.page.wait_for_function("() => !document.querySelector('[hx-trigger^=load]')")

    @property
    def title(self):
        """The answer in one line."""
        return self.page.locator("#answer").inner_text()

    @property
    def view(self):
        """What the page was told last."""
        return json.loads(self.page.locator("#view").get_attribute("data-view"))

    def wait_for_title(self, text):
        """Wait until the answer says something."""
        self.page.wait_for_function("text => document.getElementById('answer')?.textContent.includes(text)", arg=text)

    def colours(self):
        """How many pixels of the map have each colour, the sixteenth of each channel."""
        return self.page.evaluate(
            """() => {
                const map = document.querySelector('#map canvas');
                const copy = document.createElement('canvas');
                [copy.width, copy.height] = [map.width, map.height];
                const pen = copy.getContext('2d', { willReadFrequently: true });
                pen.drawImage(map, 0, 0);
                const { data } = pen.getImageData(0, 0, copy.width, copy.height);
                const count = {};
                for (let i = 0; i < data.length; i += 4) {
                    const name = [data[i] >> 4, data[i + 1] >> 4, data[i + 2] >> 4].join();
                    count[name] = (count[name] ?? 0) + 1;
                }
                return count;
            }"""
        )

    def violations(self, part="html"):
        """What axe finds wrong in a part of the page under WCAG 2.1 A and AA and its own good practice, a line each."""
        source = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
        if not source.is_file():
            missing("axe-core is not here: run npm ci in frontend.")
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(source.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            """async (part) => {
                const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
                const { violations } = await axe.run(part, { runOnly: { type: 'tag', values: tags } });
                return violations.map((each) => [each.id, each.nodes.map((node) => node.html.slice(0, 160))]);
            }""",
            part,
        )
        return [f"{rule}: {node}" for rule, nodes in found for node in nodes]


NO_FAULTS = (
    "htmx:afterRequest",
    "htmx:sendAbort",
    "Failed to load resource: the server responded with a status of 409",
    "Failed to load resource: the server responded with a status of 422",
)


def is_fault(message):
    """Tell a fault from what is said of requests that newer ones have overtaken, and of forms that must be mended."""
    return message.type == "error" and not message.text.startswith(NO_FAULTS)


@pytest.fixture
def bench(browser, address):
    """A fresh page; afterwards: nothing left this machine, nothing broke the policy, no script failed."""
    context = browser.new_context(viewport={"width": 1240, "height": 760}, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if is_fault(message) else None)
    yield Bench(page, address)
    context.close()
    assert requests
    assert [url for url in requests if not url.startswith((f"{address}/", "data:", "blob:"))] == []
    assert complaints == []


@pytest.fixture(autouse=True, scope="session")
def _patience():
    """Leave the machine a moment to close the browser before warnings are looked for."""
    yield
    time.sleep(0.1)
