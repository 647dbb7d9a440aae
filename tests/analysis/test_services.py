"""Capacity, service size and hosting of the study that ships, and of one that lacks tables."""

from __future__ import annotations

import dataclasses

import pytest

from tyngdepunkt.analysis.services import (
    Grade,
    HostModel,
    assess_capacity,
    compare_structures,
    find_hosts,
    hosting_of_block,
    structure_of_municipalities,
)
from tyngdepunkt.errors import QuestionError

THREE = ("1515", "1514", "1511")
SERVICES = 15


def without(study, *tables):
    """Return a study without some of its tables."""
    return dataclasses.replace(study, tables={name: t for name, t in study.tables.items() if name not in tables})


def test_child_protection_of_all_36_in_2017_has_six_services_below_five(shipped):
    answer = assess_capacity(shipped, services=["barnevern"])
    units = [unit for unit in answer.units if unit.measure == "posts_all" and unit.year == 2017]
    assert sorted(i for unit in units for i in unit.members) == sorted(shipped.territory.ids)
    assert len(units) == 21
    weak = [
        unit for unit in units if any(j.grade is Grade.VULNERABLE for j in unit.judgements if j.measure == "posts_all")
    ]
    names = shipped.territory.names
    assert [names[unit.host] for unit in weak] == ["Stranda", "Vanylven", "Aure", "Smøla", "Sande", "Sandøy"]
    assert not any(j.grade is Grade.SUFFICIENT for unit in units for j in unit.judgements if j.measure == "posts_all")


def test_the_fifteen_functions_of_heroy_sande_and_vanylven_sum_to_93_7(shipped):
    answer = assess_capacity(shipped, {"three": THREE})
    pooled = [
        each
        for each in answer.blocks
        if (each.measure, each.year, len(each.today)) == ("full_time_equivalents", 2018, 3)
    ]
    assert len(pooled) == SERVICES
    assert all(each.is_whole for each in pooled)
    assert sum(each.pooled_fte for each in pooled) == pytest.approx(93.7)
    (protection,) = [each for each in pooled if each.service == "barnevern"]
    assert protection.pooled_fte == pytest.approx(12.4)
    assert (protection.judgements[0].grade, protection.judgements[0].is_full) == (Grade.SUFFICIENT, True)


def test_the_printed_sums_that_are_wrong_are_told(shipped):
    findings = {(f.source, f.municipality): f for f in assess_capacity(shipped).findings}
    table = "NIVI 2018:1 table 3.4 p. 19"
    assert (findings[table, ""].printed, findings[table, ""].computed) == (91.7, 93.7)
    assert (findings[table, "1511"].printed, findings[table, "1511"].computed) == (18.6, 20.6)
    assert [findings[table, i].agrees for i in ("1515", "1514", "1511", "")] == [True, True, False, False]


def test_fosen_has_107_85_and_is_named_as_elsewhere(shipped):
    answer = assess_capacity(shipped)
    assert len(answer.reference) == 18
    assert sum(each.fte for each in answer.reference) == pytest.approx(107.85)
    assert {each.area for each in answer.reference} == {"Fosen"}
    (finding,) = [f for f in answer.findings if f.about == "reference_staffing"]
    assert finding.agrees


def test_every_norm_that_ships_has_a_source(shipped):
    norms = assess_capacity(shipped).norms
    assert len(norms) == 12
    assert all(norm.source for norm in norms)
    assert all(norm.very_vulnerable_below is None for norm in norms)


def test_a_service_across_the_border_of_a_block_is_named_and_not_divided(shipped):
    answer = assess_capacity(shipped, {"two": ("1516", "1519")}, services=["barnevern"])
    (block,) = [each for each in answer.blocks if each.measure == "posts_all"]
    assert [each.arrangement for each in block.crossing] == ["B17_02"]
    assert (block.pooled_fte, block.is_whole) == (None, False)


def test_ict_comes_out_as_printed_but_for_the_year_of_the_inhabitants(shipped):
    (found,) = compare_structures(shipped, services=["IKT"])
    rounded = {name: round(found.computed[name], 1) for name in found.printed}
    for name in ("services", "alone", "shared", "below_3000", "from_3000", "from_5000", "from_15000"):
        assert rounded[name] == found.printed[name]
    assert round(found.computed["cooperating_share"]) == found.printed["cooperating_share"]
    assert found.population_total == 266_274
    assert abs(found.population_printed - 266_856) < 5
    assert found.computed["mean"] == pytest.approx(266_274 / 7)


def test_the_municipalities_by_size_come_out_as_printed(shipped):
    shares = structure_of_municipalities(shipped).size_shares
    assert [round(100 * share, 1) for share in shares] == [30.6, 19.4, 41.7, 8.3]


def test_where_a_service_differs_from_what_is_printed_the_reasons_are_there(shipped):
    found = {each.structure.service: each for each in compare_structures(shipped)}
    assert list(found) == ["IKT", "barnevern", "legevakt", "PPT", "landbruk", "brann"]
    assert found["brann"].incomplete == ("T18_02",)
    assert len(found["barnevern"].older) == 6
    assert found["PPT"].structure.services == found["PPT"].printed["services"] == 18


def test_snapshots_are_never_added_up(shipped):
    (early,) = compare_structures(shipped, year=2013, services=["barnevern"])
    (late,) = compare_structures(shipped, services=["barnevern"])
    assert not set(early.arrangements) & set(late.arrangements)
    assert all(i.startswith("N13") for i in early.arrangements)


def test_hosts_of_a_block_of_the_study_keep_every_guarantee(shipped):
    problem = hosting_of_block(shipped, THREE, kept_share=0.95, job_tolerance=3.0)
    assert len(problem.tasks) == SERVICES - 1  # the state's posts in NAV are not the municipalities' to move
    assert problem.minutes["1515"]["1511"] == 73
    plans = find_hosts(problem, models=tuple(HostModel))
    for plan in plans.values():
        assert all(plan.jobs_after[i] >= plan.jobs_before[i] - 3 for i in THREE)
    assert plans[HostModel.BALANCED].distinct_hosts >= plans[HostModel.CENTRAL].distinct_hosts


def test_what_a_study_lacks_is_named(shipped):
    with pytest.raises(QuestionError, match="staffing"):
        assess_capacity(without(shipped, "staffing"))
    with pytest.raises(QuestionError, match="travel_times"):
        hosting_of_block(without(shipped, "travel_times"), THREE)
    with pytest.raises(QuestionError, match="arrangements"):
        compare_structures(without(shipped, "arrangements"))
    with pytest.raises(QuestionError, match="'barnvern'"):
        assess_capacity(shipped, services=["barnvern"])
    with pytest.raises(QuestionError, match="two or more of Molde"):
        hosting_of_block(shipped, ("1502", "1504"))
    bare = assess_capacity(without(shipped, "capacity_norms", "control_figures", "reference_staffing", "participants"))
    assert (bare.norms, bare.findings, bare.reference) == ((), (), ())
    assert {unit.judgements for unit in bare.units} == {()}
