"""The layers hold, and the contract that says so can fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def copy(tmp_path):
    """A copy of the code that may be broken."""
    ignored = shutil.ignore_patterns("__pycache__", "assets", "studies")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder):
    """Run the import linter on the code in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_layers_hold(copy):
    said = lint(copy)
    assert said.returncode == 0, said.stdout


BROKEN = [
    ("errors.py", "import tyngdepunkt.model", "Arrows point one way"),
    ("highs.py", "import tyngdepunkt.errors", "Arrows point one way"),
    ("compiled.py", "import tyngdepunkt.model", "Arrows point one way"),
    ("model/plan.py", "import tyngdepunkt.tables.registry", "Arrows point one way"),
    ("structure/solve.py", "import tyngdepunkt.study", "Arrows point one way"),
    ("store/answers.py", "import tyngdepunkt.analysis", "Arrows point one way"),
    ("structure/solve.py", "import pandas", "A stage knows the model only"),
    ("cooperation/measures.py", "import tyngdepunkt.store", "Arrows point one way"),
    ("study/study.py", "import tyngdepunkt.store", "Arrows point one way"),
    ("report/document.py", "import tyngdepunkt.web", "Arrows point one way"),
    ("texts/words.py", "from tyngdepunkt.model import Plan", "Texts know nothing of the rest"),
    ("analysis/whole.py", "from tyngdepunkt.texts import translator", "Only faces speak to readers"),
    ("cli/services.py", "from tyngdepunkt.services import share_gains", "Faces ask the analysis only"),
    ("shapes/plans.py", "from tyngdepunkt.structure import measure", "Faces ask the analysis only"),
    ("shapes/plans.py", "from tyngdepunkt.cli import layout", "Arrows point one way"),
    ("cli/space.py", "from tyngdepunkt.space import Graph", "Faces ask the analysis only"),
    ("web/view.py", "from tyngdepunkt.regions import Flows", "Faces ask the analysis only"),
    ("report/charts.py", "from tyngdepunkt.ensembles import Share", "Faces ask the analysis only"),
]
"""A module, the line that breaks it, and the contract that forbids it."""


def test_a_layer_broken_on_purpose_is_reported(copy):
    for module, line, _ in BROKEN:
        path = copy / "src" / "tyngdepunkt" / module
        text = path.read_text(encoding="utf-8")
        head = "from __future__ import annotations\n"
        path.write_text(text.replace(head, f"{head}{line}\n", 1), encoding="utf-8")
    said = lint(copy)
    assert said.returncode != 0
    parts = re.split(r"\n([^\n]+)\n-+\n", said.stdout)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    for module, line, contract in BROKEN:
        importer = f"tyngdepunkt.{module.removesuffix('.py').replace('/', '.')}"
        imported = line.split()[1]
        assert f"{contract} BROKEN" in said.stdout
        assert f"{importer} -> {imported}" in told[contract], (module, line)
