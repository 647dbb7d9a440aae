"""The most centres that a floor leaves room for, in a county and in a country."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from tests.counties import all_divisions, draw, make_random
from tyngdepunkt.model import NoPlan, Plan, Question
from tyngdepunkt.structure import find_plan, most_centres
from tyngdepunkt.structure.anneal import find_witness
from tyngdepunkt.structure.impossible import most_blocks, most_by_people
from tyngdepunkt.structure.problem import pose


def most_by_force(territory, floor):
    """Return the largest number of blocks that all reach the floor, over every division."""
    people = territory.population
    return max(
        k
        for k in range(1, len(territory) + 1)
        if any(
            all(sum(int(people[i]) for i in block) >= floor for block in division)
            for division in all_divisions(territory, k)
        )
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([900, 1500, 2500, 3500]))
def test_the_most_is_what_brute_force_finds_and_no_bound_is_below_it(seed, floor):
    territory = make_random(seed, 7)
    most = most_by_force(territory, floor)
    problem = pose(territory, Question(1, floor=floor))
    assert most_by_people(problem) >= most
    assert most_blocks(problem) >= most
    found = most_centres(territory, Question(1, floor=floor), most=7)
    assert (found.number, found.at_most, found.is_proven) == (most, most, True)


@pytest.mark.parametrize("seed", range(8))
def test_in_a_country_the_most_lies_between_what_is_found_and_what_there_is_room_for(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.most.MANY_PAIRS", 0)
    territory = make_random(seed, 7)
    most = most_by_force(territory, 2500)
    found = most_centres(territory, Question(1, floor=2500), most=7, seed=1)
    assert found.number <= most <= found.at_most
    assert isinstance(find_plan(territory, Question(found.number, floor=2500), seed=1), Plan)
    if found.at_most < 7:
        assert isinstance(find_plan(territory, Question(found.at_most + 1, floor=2500), seed=1), NoPlan)


def test_those_who_reach_the_floor_alone_part_the_rest():
    # C reaches 5,000 alone, and those on either side of it have not enough for two blocks together.
    territory = draw("\n A - B - C - D - E\n", people={"A": 3000, "B": 1500, "C": 9000, "D": 3000, "E": 2500})
    assert most_by_people(pose(territory, Question(1, floor=5000))) == 2


def test_a_tight_floor_does_not_keep_the_witness_from_a_plan():
    # All commute to A, which pulls them together; only two and two do for the floor.
    pulled = dict.fromkeys(("BA", "CA", "DA", "EA", "FA"), 900)
    territory = draw("\n A - B - C - D - E - F\n", flows=pulled)
    found = find_witness(pose(territory, Question(3, floor=2000)), 3, seed=1, effort=0.1)
    assert found is not None
    assert len(set(found)) == 3
