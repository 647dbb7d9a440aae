"""Rows that are quick: their known answers come out, and anything else does not pass for them."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tyngdepunkt.bench import default_data_folder, find_rows
from tyngdepunkt.bench.services import _check_all, _check_coopgame
from tyngdepunkt.bench.space import _check_gerrychain, _check_rate, _prepare_made_up, _recombine
from tyngdepunkt.bench.structure import _check_spopt
from tyngdepunkt.services import Game, find_prenucleolus
from tyngdepunkt.structure import MostCentres

ROWS = {row.name: row for row in find_rows()}


def spoilt_plans(found):
    (k, plan), *_ = found.items()
    yield {k: dataclasses.replace(plan, objective=plan.objective - 1)}
    yield {k: dataclasses.replace(plan, certificate=dataclasses.replace(plan.certificate, status="gap", bound=2e4))}


def spoilt_areas(found):
    zone, label = next(iter(found.labels.items()))
    yield dataclasses.replace(found, labels=dict(found.labels) | {zone: label + "0"})
    yield dataclasses.replace(found, labels={})


def spoilt_cuts(found):
    yield dataclasses.replace(found, objective=found.objective + 1)
    yield dataclasses.replace(found, bound=found.bound - 1)


def spoilt_counts(found):
    yield (found[0] + 1, *found[1:])
    yield ()


def spoilt_most(found):
    yield dataclasses.replace(found, number=found.number - 1)
    yield dataclasses.replace(found, at_most=found.at_most + 1)


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("plan-county", spoilt_plans),
        ("lma-brindisi", spoilt_areas),
        ("cut-edges-me", spoilt_cuts),
        ("count-fl25", spoilt_counts),
        ("most-blocks-county", spoilt_most),
    ],
)
def test_the_known_answer_comes_out_and_no_other_passes_for_it(name, spoil):
    row, folder = ROWS[name], default_data_folder()
    missing = [each for each in row.needs if not (folder / each).exists()]
    if missing:
        pytest.skip(f"no {missing[0]}")
    prepared = row.prepare(folder)
    found = row.run(prepared, **({} if row.limit is None else {"seconds": row.limit}))
    assert row.check(prepared, found).agrees is True
    for wrong in spoil(found):
        assert row.check(prepared, wrong).agrees is False


@pytest.fixture(scope="module")
def chain():
    sampling = _prepare_made_up(36, 7)
    return sampling, _recombine(sampling)


def test_a_chain_with_a_wrong_score_or_a_division_out_of_bounds_does_not_pass(chain):
    sampling, sample = chain
    assert _check_rate(sampling, sample).agrees
    smallest = sample.scores["smallest"].copy()
    smallest[0, 1_234] = sampling.bounds.least - 1
    scattered = sample.plans.copy()
    scattered[0, -1] = np.arange(36) % 7
    for wrong in (
        dataclasses.replace(sample, scores={**sample.scores, "smallest": smallest}),
        dataclasses.replace(sample, plans=scattered),
        dataclasses.replace(sample, scores={**sample.scores, "inside": sample.scores["inside"] + 1}),
    ):
        assert _check_rate(sampling, wrong).agrees is False


def test_a_peers_chain_that_tends_elsewhere_is_noticed(chain):
    sampling, sample = chain
    scores = np.stack([sample.scores[name][0] for name in ("cut_edges", "smallest", "largest", "inside")], axis=1)
    assert _check_gerrychain(sampling, sample, scores).agrees
    assert not _check_gerrychain(sampling, sample, scores + 3).agrees


def test_a_heuristic_that_finds_more_than_is_possible_is_noticed():
    assert _check_spopt(None, MostCentres(12, 12), 11).agrees
    assert not _check_spopt(None, MostCentres(12, 12), 13).agrees


def test_a_nucleolus_without_its_proof_does_not_pass():
    game = Game(("a", "b"), np.array([0.0, 1.0, 2.0, 5.0]))
    found = find_prenucleolus(game)
    assert _check_all((game,), (found,)).agrees
    moved = dataclasses.replace(found, amounts=tuple(reversed(found.amounts)))
    assert _check_all((game,), (moved,)).agrees is False
    assert _check_coopgame((game,), (found,), [[2.0, 3.0]]).agrees
    assert not _check_coopgame((game,), (found,), [[3.0, 2.0]]).agrees
