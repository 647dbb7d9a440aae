"""A Dask cluster on this machine, and plans to ask many times over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tyngdepunkt.model import Question
from tyngdepunkt.structure import find_plan


@pytest.fixture(scope="package")
def cluster():
    """A cluster of two worker processes, without a page to look at; one that dies is started anew."""
    distributed = pytest.importorskip("distributed", reason="distributed is not installed: pip install '.[cluster]'")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as found:
        yield found


@pytest.fixture(scope="package")
def seven(shipped):
    """The best plan of the shipped study with seven blocks of 15,000 or more."""
    return find_plan(shipped.territory, Question(7, floor=15_000), seed=2017)


@pytest.fixture(scope="package")
def six(shipped):
    """The best plan of the shipped study with six blocks of 15,000 or more."""
    return find_plan(shipped.territory, Question(6, floor=15_000), seed=2017)


@pytest.fixture(scope="session")
def norway():
    """Norway's tables, where they are at hand."""
    folder = Path(__file__).parents[3] / "shared" / "data" / "norway"
    if not folder.is_dir():
        pytest.skip("the national tables of Norway (../shared/data/norway beside the project) are not at hand")
    return folder
