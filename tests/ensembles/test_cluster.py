"""Work on a Dask cluster of two worker processes: the same results, also where one is killed under way."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from tests.ensembles import work
from tyngdepunkt.ensembles import Crew, chunks, measure_stability, run_all
from tyngdepunkt.ensembles.chains import chain_runner
from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.space import Bounds, Method, graph_of, sample_divisions


@pytest.fixture
def crew(cluster):
    """The cluster as a crew."""
    return Crew(cluster=cluster.scheduler_address)


def worker_processes(cluster):
    """Return the ids of the processes that work."""
    return [worker.pid for worker in cluster.workers.values()]


def test_a_cluster_gives_the_same_results_in_order(crew):
    steps = []
    assert run_all(work.square, range(10), crew=crew, chunk=3, progress=steps.append) == [n * n for n in range(10)]
    assert [step.done for step in steps][0::4] == [0, 10]


def test_resamples_are_the_same_where_a_worker_is_killed_under_way(cluster, crew, shipped, seven):
    territory, killed = shipped.territory, []

    def kill_one(step):
        if step.done and not killed:
            killed.append(worker_processes(cluster)[0])
            os.kill(killed[0], signal.SIGKILL)

    alone = measure_stability(territory, seven, resamples=8, seed=1)
    together = measure_stability(territory, seven, resamples=8, seed=1, crew=crew, progress=kill_one)
    assert len(killed) == 1
    assert together.complete
    assert together.solved == alone.solved == 8
    for name in ("places", "centred", "together"):
        assert (getattr(together, name) == getattr(alone, name)).all()


def test_chains_are_the_same_on_a_cluster(crew, shipped):
    graph = graph_of(shipped.territory)
    asked = {"steps": 300, "seed": 5, "bounds": Bounds(15_000), "method": Method.REVERSIBLE, "chains": 3}
    alone = sample_divisions(graph, 7, **asked)
    together = sample_divisions(graph, 7, **asked, run=chain_runner(crew))
    assert (alone.plans == together.plans).all()
    assert all((alone.scores[name] == together.scores[name]).all() for name in alone.scores)
    assert together.complete


def test_an_interrupt_keeps_what_is_done_and_leaves_the_cluster_idle(crew):
    def stop(step):
        if step.done:
            raise KeyboardInterrupt

    found = run_all(work.square_slowly, range(60), crew=crew, chunk=2, progress=stop)
    assert None in found
    assert {value for value in found if value is not None} <= {n * n for n in range(60)}
    assert any(value is not None for value in found)
    assert run_all(work.square, range(3), crew=crew) == [0, 1, 4]


def test_an_error_on_the_cluster_is_raised_here(crew):
    with pytest.raises(QuestionError, match=r"Not two\."):
        run_all(work.refuse, range(4), crew=crew, chunk=1)


@pytest.mark.parametrize("name", ["numpy", "source of tyngdepunkt"])
def test_a_cluster_with_other_versions_is_refused(crew, monkeypatch, name):
    monkeypatch.setattr("tyngdepunkt.ensembles.cluster.versions", lambda: {**chunks.versions(), name: "1.0"})
    with pytest.raises(
        SourceError, match=rf"other versions, so that results could differ: {name} \S+ there and 1.0 here"
    ):
        run_all(work.square, range(3), crew=crew)


def test_without_the_package_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(QuestionError, match=r"pip install 'tyngdepunkt\[cluster\]'"):
        run_all(work.square, range(3), crew=Crew(cluster="tcp://127.0.0.1:1"))


@pytest.mark.usefixtures("cluster")
def test_an_address_where_nobody_answers_is_said(monkeypatch):
    monkeypatch.setattr("tyngdepunkt.ensembles.cluster._CONNECTING", 0.5)
    with pytest.raises(SourceError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        run_all(work.square, range(3), crew=Crew(cluster="tcp://127.0.0.1:1"))
    with pytest.raises(SourceError, match="No Dask scheduler answers at nonsense"):
        run_all(work.square, range(3), crew=Crew(cluster="nonsense://x"))
