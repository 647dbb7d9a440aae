"""The whole analysis of the shipped study, as people who know the county would read it."""

from __future__ import annotations

from tyngdepunkt.model import Plan


def names_of(whole, ids):
    """Return the names of ids."""
    return {whole.study.territory.names[i] for i in ids}


def test_the_best_of_all_numbers_is_six(whole):
    assert whole.blocks.plan.objective == 18_276
    assert names_of(whole, whole.blocks.plan.centres) == {
        "Ålesund", "Molde", "Kristiansund", "Ulstein", "Volda", "Surnadal",
    }  # fmt: skip
    assert whole.blocks.reasons[0].criterion == "chosen_best"


def test_the_centres_of_gravity_are_four(whole):
    assert isinstance(whole.gravity.plan, Plan)
    assert names_of(whole, whole.gravity.plan.centres) == {"Ålesund", "Molde", "Kristiansund", "Volda"}
    assert all(all(holders for holders in block.functions.values()) for block in whole.gravity.measure.blocks)


def test_31_of_36_lie_as_the_county_governor_recommended(whole):
    governor = next(r for r in whole.references if r.plan.name == "county governor 2016")
    assert names_of(whole, [d.municipality for d in governor.comparison.differences]) == {
        "Halsa", "Rindal", "Stranda", "Sykkylven", "Vanylven",
    }  # fmt: skip
    assert all(d.cost is not None and d.cost > 0 for d in governor.comparison.differences)


def test_every_reference_plan_is_measured_with_the_same_yardstick(whole):
    assert len(whole.references) == 4
    for reference in whole.references:
        assert sum(b.population for b in reference.measure.blocks) == 266_274
        assert reference.distance >= 0
        assert {b.name for b in reference.measure.blocks if b.population < 15_000} == set(reference.below_floor)


def test_every_municipality_has_a_price_in_every_other_block(whole):
    assert len(whole.tipping) == 36 * 5
    assert len({(p.municipality, p.centre) for p in whole.tipping}) == 36 * 5


def test_the_analysis_names_the_version_and_the_tables_it_was_made_from(whole):
    assert whole.version
    assert all(len(checksum) == 64 for checksum in whole.checksums.values())
    assert {"municipalities", "neighbours", "commuting"} <= set(whole.checksums)


def test_a_number_of_centres_of_gravity_that_is_not_settled_is_not_called_the_most(shipped, monkeypatch):
    from tyngdepunkt.analysis import whole as module
    from tyngdepunkt.model import NoPlan, Question
    from tyngdepunkt.structure import MostCentres

    monkeypatch.setattr(module, "most_of", lambda *_, **__: MostCentres(1, 5, is_known=False))
    layer = module.find_gravity(shipped, Question(0))
    assert isinstance(layer.plan, NoPlan)
    assert layer.plan.kind == "unsettled"
    assert layer.measure is None
    assert "chosen_most" not in {reason.criterion for reason in layer.reasons}
