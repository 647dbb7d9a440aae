"""Every command of README, tutorial and concept pages is run, and what is shown is what comes out."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import tyngdepunkt.study as studies
from tyngdepunkt.cli.app import app
from tyngdepunkt.cli.guard import NO_PLAN, run_guarded

ROOT = Path(__file__).parents[2]
RUN = ("README.md", "docs/tutorial.md")
CONCEPTS = tuple(sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs" / "concepts").glob("*.md")))
READ = tuple(sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs" / "how-to").glob("*.md"))) + CONCEPTS
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"`([\w/]+\.(?:json|csv|toml))`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"^ {4,}(tyngdepunkt .+)$", re.MULTILINE)


def shown_commands(page):
    """Return each command of a page that starts the program, with the lines of output that are shown below it."""
    found = []
    for language, body in _FENCED.findall((ROOT / page).read_text(encoding="utf-8")):
        if language == "console":
            found += [(line.removeprefix(".venv/bin/"), []) for line in body.splitlines() if "pip install" not in line]
        elif language == "text":
            found[-1][1].extend(body.splitlines())
    return found


COMMANDS = [(page, *each) for page in RUN + CONCEPTS for each in shown_commands(page)]
MENTIONED = [
    (page, command) for page in READ for command in _INDENTED.findall((ROOT / page).read_text(encoding="utf-8"))
]


def squeezed(text):
    """Return text with each run of blanks made one."""
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture(scope="module")
def run(tmp_path_factory, shipped):
    """Run a command in a folder that all share, each once; the files that the pages let a reader save are there."""
    folder = tmp_path_factory.mktemp("reader")
    for page in RUN + CONCEPTS:
        for name, body in _FILE.findall((ROOT / page).read_text(encoding="utf-8")):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(body, encoding="utf-8")
    done = {}
    read = studies.load_study

    def run_once(command):
        if command not in done:
            out, err = io.StringIO(), io.StringIO()
            with (
                pytest.MonkeyPatch.context() as own,
                contextlib.chdir(folder),
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(err),
            ):
                own.setattr(studies, "load_study", lambda place: shipped if place == shipped.name else read(place))
                own.setenv("XDG_DATA_HOME", str(folder / "data"))
                own.delenv("TYNGDEPUNKT_REGISTER", raising=False)
                code = run_guarded(app, shlex.split(command)[1:])
            done[command] = (code, out.getvalue(), err.getvalue())
        return done[command]

    return run_once


def test_readme_tutorial_and_concepts_show_commands():
    assert len(COMMANDS) > 12
    shown = {page for page, _, lines in COMMANDS if lines}
    assert len(shown.intersection(CONCEPTS)) > 12
    assert {command.split()[0] for _, command, _ in COMMANDS} == {"tyngdepunkt"}


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        pytest.param(
            command, shown, id=f"{page}: {command}", marks=[pytest.mark.slow] if command.endswith("run") else []
        )
        for page, command, shown in COMMANDS
        if command != "tyngdepunkt serve"
    ],
)
def test_a_command_does_what_is_shown(run, command, shown):
    code, out, err = run(command)
    assert code == (NO_PLAN if any("No plan exists:" in line for line in shown) else 0), err
    said = squeezed(out)
    for line in shown:
        assert squeezed(line) in said


@pytest.mark.slow
def test_the_readmes_run_leaves_the_report_where_it_says(run):
    _, out, _ = run("tyngdepunkt run")
    assert out.rstrip().splitlines()[-2:] == [
        f"  tyngdepunkt-out/tyngdepunkt-more-og-romsdal-2017-nb.{form}" for form in ("pdf", "xlsx")
    ]


@pytest.mark.parametrize(("page", "command"), MENTIONED, ids=str)
def test_a_command_that_is_mentioned_has_options_that_exist(run, page, command):
    code, out, err = run(f"{command} --help")
    assert code == 0, f"{page}: {err}"
    assert out.startswith(f"Usage: tyngdepunkt {command.split()[1]}")


def fetch(address):
    """Fetch a page of our own, as soon as the server that has said its address answers."""
    ends = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(address, timeout=120) as page:  # noqa: S310 - an address of this machine
                return page.read().decode("utf-8")
        except urllib.error.URLError:
            assert time.monotonic() < ends
            time.sleep(0.05)


def test_serve_answers_until_it_is_stopped(tmp_path):
    """Start it as README and tutorial do, but on a port that is free and without opening a browser."""
    assert [command for _, command, _ in COMMANDS].count("tyngdepunkt serve") == len(RUN)
    program = [sys.executable, "-m", "tyngdepunkt", "serve", "--port", "0", "--no-browser"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(program, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            said = ""
            while (address := re.search(r"http://\S+", said)) is None:
                line = server.stderr.readline()
                assert line, said
                said += line
            assert "Møre og Romsdal" in fetch(address.group())
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=120) == 0
        finally:
            server.kill()
