"""Staff against norms, pooled in blocks; services by size."""

from __future__ import annotations

import pytest

from tyngdepunkt.services import (
    CapacityNorm,
    Comparison,
    Grade,
    ServiceUnit,
    judge,
    pool_services,
    structure_of_service,
)

FTE = CapacityNorm("barnevern", "full_time_equivalents", None, 5, 6, 10, "N10:1")
PERSONS = CapacityNorm("plan", "persons", None, 2, 2, None, "N14:1")
PEOPLE = {"1": 2000, "2": 3000, "3": 9000, "4": 20000}


def unit(fte, *members, measure="full_time_equivalents", service="barnevern", year=2018):
    return ServiceUnit(service, measure, year, fte, members[0], members, 0, "-".join(members) if members[1:] else "")


def grades(service, measure, value, *norms, **options):
    return [(each.grade, each.is_full) for each in judge(service, measure, value, norms, **options)]


@pytest.mark.parametrize(
    ("value", "grade", "full"),
    [
        (4.9, Grade.VULNERABLE, False),
        (5, None, False),
        (5.9, None, False),
        (6, Grade.SUFFICIENT, False),
        (10, Grade.SUFFICIENT, True),
    ],
)
def test_a_grade_is_given_only_where_the_norm_gives_one(value, grade, full):
    assert grades("barnevern", "full_time_equivalents", value, FTE) == [(grade, full)]


def test_very_vulnerable_takes_a_norm_that_says_so():
    norm = CapacityNorm("", "persons", 1, 2, 3, None, "the reader's own")
    assert grades("anything", "persons", 0.5, norm) == [(Grade.VERY_VULNERABLE, None)]


def test_of_a_wider_measure_only_too_low_follows():
    assert grades("barnevern", "posts_all", 4.5, FTE) == [(Grade.VULNERABLE, False)]
    assert grades("barnevern", "posts_all", 12, FTE) == [(None, None)]
    assert judge("barnevern", "posts_all", 12, [FTE])[0].comparison is Comparison.WIDER


def test_of_a_narrower_measure_only_enough_follows():
    assert grades("plan", "full_time_equivalents", 2.4, PERSONS) == [(Grade.SUFFICIENT, None)]
    assert grades("plan", "full_time_equivalents", 1.5, PERSONS) == [(None, None)]


def test_measures_of_which_nothing_follows_are_not_compared():
    assert grades("barnevern", "posts_professional", 4, FTE) == []
    assert grades("plan", "full_time_equivalents", 4, FTE) == []


def test_pooled_is_the_sum_of_what_serves_the_block_alone():
    units = [unit(2.0, "1"), unit(3.5, "2"), unit(8.0, "3", "4")]
    (block,) = pool_services(units, {"small": ["1", "2"]}, PEOPLE, [FTE])
    assert (block.pooled_fte, block.is_whole, block.population) == (5.5, True, 5000)
    assert block.judgements[0].grade is None
    assert [each.fte for each in block.today] == [3.5, 2.0]
    (wide,) = pool_services(units, {"wide": ["1", "2", "3"]}, PEOPLE, [FTE])
    assert [each.arrangement for each in wide.crossing] == ["3-4"]
    assert (wide.pooled_fte, wide.is_whole) == (5.5, False)


def test_members_without_a_figure_are_named_and_the_sum_is_at_least():
    (block,) = pool_services([unit(2.0, "1")], {"b": ["1", "2"]}, PEOPLE, [FTE])
    assert (block.unknown, block.is_whole) == (("2",), False)
    assert block.judgements[0].grade is None  # 2 is too low, but there is more than 2


def test_years_and_measures_are_kept_apart():
    units = [unit(2.0, "1"), unit(2.2, "1", measure="posts_all"), unit(1.9, "1", year=2013)]
    blocks = pool_services(units, {"b": ["1"]}, PEOPLE)
    assert [(each.measure, each.year, each.pooled_fte) for each in blocks] == [
        ("full_time_equivalents", 2013, 1.9),
        ("full_time_equivalents", 2018, 2.0),
        ("posts_all", 2018, 2.2),
    ]


def test_where_there_is_no_norm_the_place_among_others_is_told():
    units = [unit(2.0, "1"), unit(3.0, "2"), unit(4.0, "3"), unit(5.0, "4")]
    (block,) = pool_services(units, {"b": ["1", "2"]}, PEOPLE)
    assert (block.distribution.units, block.distribution.median, block.distribution.percentile) == (4, 3.5, 87.5)


def test_services_are_counted_by_size():
    found = structure_of_service("IKT", [("1", "2"), ("2", "1")], PEOPLE)
    assert found.groups == (("4",), ("3",), ("1", "2"))
    assert (found.services, found.alone, found.shared) == (3, 2, 1)
    assert found.cooperating_share == 0.5
    assert (found.least, found.median, found.most) == (5000, 9000, 20000)
    assert found.mean == pytest.approx(34000 / 3)
    assert found.size_shares == pytest.approx((0, 0, 2 / 3, 1 / 3))


def test_arrangements_with_a_municipality_in_common_count_as_one():
    assert structure_of_service("x", [("1", "2"), ("2", "3"), ()], PEOPLE).groups == (("4",), ("1", "2", "3"))
