"""
Write the pages of ``docs/reference`` that the code itself knows: commands and settings.

    python tools/reference_pages.py            write them
    python tools/reference_pages.py --check    fail where one is stale
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path

from tyngdepunkt.cli.app import app
from tyngdepunkt.cli.guard import run_guarded
from tyngdepunkt.study import SETTINGS

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
COMMANDS = (
    "run",
    "report",
    "serve",
    "plan",
    "sweep",
    "tipping",
    "explain",
    "compare",
    "pareto",
    "stability",
    "sensitivity",
    "standing",
    "layers",
    "check",
    "new",
    "regions",
    "count",
    "sample",
    "divide",
    "share",
    "hosting",
    "capacity",
    "register",
    "register list",
    "register measure",
    "register forms",
    "register import",
    "register export",
    "register history",
    "register undo",
    "assess",
    "legal-form",
    "bench",
)

_CLI = """\
# Command line

Written by `tools/reference_pages.py` from the commands' own help; do not edit by hand.
What the JSON holds: [shapes of JSON](json.md).
"""

_SETTINGS = """\
# Settings of a study

Written by `tools/reference_pages.py` from the code; do not edit by hand.

What a study judges for itself stands in its `study.toml`, beside `name`, `title` and `date`. What is not there has its
default. On the command line an option of the same name takes precedence for `run` and `report`; the commands that ask a
single question (`plan`, `sweep`, `tipping`, `explain`, `compare`) take objective and seasonal roads from here, and have
no floor unless one is given.

| setting | default | range | unit | meaning | source of the default |
|---|---|---|---|---|---|
"""


def help_of(*words: str) -> str:
    """Return what ``tyngdepunkt WORDS --help`` prints on a terminal of 100 columns."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "100"
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            run_guarded(app, [*words, "--help"])
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    return said.getvalue()


def commands_page() -> str:
    """Return the page of commands."""
    parts = [_CLI, f"```text\n{help_of()}```\n"]
    parts += [f"## {command}\n\n```text\n{help_of(*command.split())}```\n" for command in COMMANDS]
    return "\n".join(parts)


def settings_page() -> str:
    """Return the page of settings."""
    rows = []
    for setting in SETTINGS:
        default = "left out" if setting.default is None else f"`{json.dumps(setting.default)}`"
        cells = (f"`{setting.place}`", default, setting.range, setting.unit, setting.meaning, setting.source)
        rows.append("| " + " | ".join(cells) + " |\n")
    return _SETTINGS + "".join(rows)


PAGES = {"cli.md": commands_page, "settings.md": settings_page}


def main() -> int:
    """Write the pages, or name those that are stale."""
    stale = []
    for name, render in PAGES.items():
        page = FOLDER / name
        if "--check" not in sys.argv[1:]:
            page.write_text(render(), encoding="utf-8")
        elif not page.is_file() or page.read_text(encoding="utf-8") != render():
            stale.append(name)
    if stale:
        print(f"Stale: {', '.join(stale)}. Run: python tools/reference_pages.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
