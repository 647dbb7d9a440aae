"""What ``--help`` says, and that nothing heavy is loaded for it."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

COMMANDS = ("run", "report", "serve", "plan", "sweep", "tipping", "explain", "compare", "check", "new")
COMMANDS += ("stability", "sensitivity", "standing", "count", "sample", "divide", "pareto", "layers")
COMMANDS += ("share", "hosting", "capacity")
COOPERATION = (
    *(f"register {name}" for name in ("list", "measure", "forms", "import", "export", "history", "undo")),
    "assess",
    "legal-form",
)
HEAVY = (
    "altair",
    "babel",
    "fastapi",
    "highspy",
    "numpy",
    "pandas",
    "pandera",
    "tyngdepunkt.analysis",
    "typst",
    "sqlalchemy",
    "uvicorn",
)


def test_help_loads_nothing_heavy():
    code = (
        "import json, sys; from tyngdepunkt.cli.app import app; from tyngdepunkt.cli.guard import run_guarded\n"
        "run_guarded(app, ['plan', '--help']); run_guarded(app, ['--help']); print(json.dumps(sorted(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(said.stdout.splitlines()[-1]))
    assert loaded.isdisjoint(HEAVY)


def test_no_command_at_all_prints_the_help(tyngdepunkt):
    bare, asked = tyngdepunkt(), tyngdepunkt("--help")
    assert bare == asked
    assert bare.code == 0


@pytest.mark.parametrize("command", [*COMMANDS, *COOPERATION])
def test_each_command_ends_its_help_with_an_example(tyngdepunkt, command):
    text = tyngdepunkt(*command.split(), "--help").out
    description = text.partition("Options:")[0].partition("Arguments:")[0]
    assert f"Example: tyngdepunkt {command}" in description.rstrip().splitlines()[-1]


@pytest.mark.parametrize("command", ["run", "report", "plan", "sweep", "tipping", "explain", "compare"])
def test_constraints_are_options_of_the_same_name_in_all_commands(tyngdepunkt, command):
    text = tyngdepunkt(command, "--help").out
    for option in (
        "--floor",
        "--max-minutes",
        "--objective",
        "--together",
        "--apart",
        "--centre",
        "--not-centre",
        "--functions",
        "--seasonal",
        "--study",
        "--seed",
        "--format",
    ):
        assert f"{option} " in text, option
    assert ("--centres K" in text) == (command != "compare")  # there each plan has its own number


@pytest.mark.parametrize("unit", ["[persons]", "[min]", "[s]"])
def test_units_are_not_swallowed_by_markup(tyngdepunkt, unit):
    assert unit in tyngdepunkt("plan", "--help").out


@pytest.mark.parametrize("command", [*COMMANDS, *COOPERATION])
def test_every_option_states_its_default(tyngdepunkt, command):
    text = tyngdepunkt(*command.split(), "--help").out.partition("Options:")[2]
    options = re.split(r"\n  (?=-)", text)[1:]
    assert options[-1].startswith("-h, --help")
    for option in options[:-1]:
        assert "default:" in option.lower() or "required]" in option, option


def test_the_version_is_the_packages(tyngdepunkt):
    from tyngdepunkt import __version__

    assert tyngdepunkt("--version").out == f"tyngdepunkt {__version__}\n"
