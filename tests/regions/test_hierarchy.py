"""The nested hierarchy: by hand, by the definition, and what holds of every level."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from tests.regions.conftest import flows
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.regions import build_hierarchy, make_flows


def test_the_strongest_link_is_joined_first_by_hand(towns):
    merges = build_hierarchy(towns).merges
    # 4 and 6: 354 · 9 / (9 · 131) + 354 · 1 / (89 · 1) = 28.3 / ... the strongest of all
    first = merges[0]
    assert (first.kept, first.joined, first.regions) == ("4", "6", 5)
    residents_4, jobs_4 = 80 + 6 + 2 + 1, 80 + 5 + 4 + 30 + 9
    assert first.strength == pytest.approx(354 * (9 / 9 / jobs_4 + 1 / residents_4 / 1))


def test_two_towns_are_left_before_they_are_joined(towns):
    labels = build_hierarchy(towns).labels_at(2)
    assert labels == {"1": "1", "2": "1", "3": "1", "4": "4", "5": "4", "6": "4"}


def test_regions_that_nobody_commutes_between_are_joined_last_with_strength_nought():
    merges = build_hierarchy(flows("1-1 9, 1-2 1, 2-2 5, 3-3 2, 4-4 3")).merges
    assert [(merge.kept, merge.joined) for merge in merges] == [("1", "2"), ("4", "3"), ("1", "4")]
    assert [merge.strength > 0 for merge in merges] == [True, False, False]


@pytest.mark.parametrize("regions", [0, 7])
def test_more_regions_than_zones_cannot_be_asked_for(towns, regions):
    with pytest.raises(QuestionError, match="1 to 6"):
        build_hierarchy(towns).labels_at(regions)


def by_definition(table):
    """Return the strengths of the merges, each found by looking at every pair of regions anew."""
    n = len(table)
    region = list(range(n))
    rows = list(zip(table.home.tolist(), table.work.tolist(), table.persons.tolist(), strict=True))
    strengths = []
    while len(set(region)) > 1:
        residents, jobs, between = {}, {}, {}
        for home, work, count in rows:
            a, b = region[home], region[work]
            residents[a] = residents.get(a, 0) + count
            jobs[b] = jobs.get(b, 0) + count
            between[a, b] = between.get((a, b), 0) + count
        link = {}
        for (a, b), count in between.items():
            if a != b:
                pair = (min(a, b), max(a, b))
                link[pair] = link.get(pair, 0) + table.total * count / residents[a] / jobs[b]
        if not link:
            break
        strongest = max(link.values())
        strengths.append(strongest)
        a, b = min(pair for pair, strength in link.items() if strength >= strongest * (1 - 1e-12))
        region = [a if each == b else each for each in region]
    return strengths


@st.composite
def tables(draw):
    """A small table without ties worth speaking of: no two flows alike."""
    n = draw(st.integers(2, 8))
    rows = []
    for i in range(n):
        rows.append((str(i), str(i), 50 + 13.37 * i + draw(st.floats(0, 1))))
        others = draw(st.sets(st.integers(0, n - 1), max_size=4)) - {i}
        rows += [(str(i), str(j), draw(st.integers(1, 40)) + 0.01 * (i * n + j)) for j in sorted(others)]
    return rows


@settings(max_examples=50, deadline=None)
@given(tables())
def test_each_merge_is_the_strongest_there_is(rows):
    table = make_flows(*zip(*rows, strict=True))
    found = [merge.strength for merge in build_hierarchy(table).merges if merge.strength]
    assert found == pytest.approx(by_definition(table))


@settings(max_examples=50, deadline=None)
@given(tables())
def test_the_levels_are_nested_and_each_has_as_many_regions_as_asked_for(rows):
    table = make_flows(*zip(*rows, strict=True))
    hierarchy = build_hierarchy(table)
    finer = {zone: zone for zone in table.zones}
    for regions in range(len(table), 0, -1):
        labels = hierarchy.labels_at(regions)
        assert len(set(labels.values())) == regions
        assert all(labels[label] == label for label in labels.values())
        assert all(labels[zone] == labels[finer[zone]] for zone in table.zones)
        finer = labels
