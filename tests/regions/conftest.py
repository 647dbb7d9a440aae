"""Flows drawn as text, the data beside the project, and the command line of this stage in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tyngdepunkt.bench import default_data_folder
from tyngdepunkt.regions import Flows, make_flows


@pytest.fixture
def towns() -> Flows:
    """
    Two towns, 1 and 4, each with a village or two; all of village 6 works in town 4.

    Commuters: 1 keeps 90 and sends 5 to 4; 2 sends 40 to 1 and keeps 30; 3 sends 20 to 1 and 4 to 4 and keeps 12;
    4 keeps 80 and sends 6 to 1 and 2 to 5; 5 sends 30 to 4 and keeps 25; 6 sends 9 to 4, and 1 comes from 4.
    """
    return flows(
        "1-1 90, 1-4 5, 2-1 40, 2-2 30, 3-1 20, 3-4 4, 3-3 12, 4-4 80, 4-1 6, 4-5 2, 5-4 30, 5-5 25, 6-4 9, 4-6 1"
    )


def flows(text: str) -> Flows:
    """Read flows such as ``1-1 90, 2-1 40``: 90 live and work in 1, 40 live in 2 and work in 1."""
    rows = [part.split() for part in text.split(",")]
    pairs = [pair.split("-") for pair, _ in rows]
    return make_flows([home for home, _ in pairs], [work for _, work in pairs], [float(count) for _, count in rows])


@pytest.fixture(scope="session")
def benchmarks() -> Path:
    """The benchmark tables beside the project; without them the test is skipped."""
    folder = default_data_folder() / "benchmarks"
    if not folder.is_dir():
        pytest.skip("the benchmark tables are not beside the project, in ../shared/data/benchmarks")
    return folder
