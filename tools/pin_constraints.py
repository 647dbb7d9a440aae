"""
Write ``constraints.txt``: every package that a fresh environment installs today, names and versions only.

    python3 tools/pin_constraints.py

Needs nothing but Python; makes an environment in a temporary folder, with the project's dependencies, its
extras and what it is built with.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]

_HEAD = """\
# Every package that tyngdepunkt installs, with its extras and its build, at the versions last tested with.
# Names and versions only; written by tools/pin_constraints.py.
"""


def wanted() -> list[str]:
    """Return what the project asks for, its own name left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    asked = [*project["project"]["dependencies"], *(each for extra in extras for each in extra)]
    # An editable install needs editables, which the build asks for on its own.
    asked += [*project["build-system"]["requires"], "editables"]
    return [each for each in asked if not each.startswith("tyngdepunkt")]


def main() -> None:
    """Install, list, write."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        pip = [Path(folder) / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", *wanted()], check=True)
        listed = subprocess.run([*pip, "list", "--format=freeze"], check=True, capture_output=True, text=True).stdout
    pins = sorted(
        (line for line in listed.splitlines() if not line.startswith(("pip==", "setuptools=="))), key=str.lower
    )
    (ROOT / "constraints.txt").write_text(_HEAD + "\n".join(pins) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
