"""The twelve steps of the Norwegian rule: each by hand, and on the county that ships."""

from __future__ import annotations

import dataclasses
from collections import defaultdict

import pytest

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.regions import Evidence, NorwegianRule, evidence_of_territory, find_commuting_regions, make_flows


def county(commuting, *, minutes, jobs=None, neighbours=None, alternative=None):
    """
    Return evidence in which every municipality has 1,000 of working age, 800 of them employed at home.

    ``commuting`` and ``minutes`` name pairs of letters; commuting goes from the first to the second.
    """
    letters = sorted({letter for pair in (*commuting, *minutes, *(neighbours or {})) for letter in pair})
    commuters = {(letter, letter): 800.0 for letter in letters}
    commuters |= {(pair[0], pair[1]): float(count) for pair, count in commuting.items()}
    employed, working = defaultdict(float), defaultdict(float)
    for (home, work), count in commuters.items():
        employed[home] += count
        working[work] += count
    return Evidence(
        ids=tuple(letters),
        commuters=commuters,
        employed=employed,
        jobs=working | (jobs or {}),
        working_age=dict.fromkeys(letters, 1000.0),
        minutes={(min(pair), max(pair)): float(time) for pair, time in minutes.items()},
        alternative_minutes={(min(pair), max(pair)): float(time) for pair, time in (alternative or {}).items()},
        neighbours=neighbours,
    )


def steps(evidence):
    """Return municipality to region and step."""
    found = find_commuting_regions(evidence)
    return {place.municipality: (place.region, place.step) for place in found.placements}


def test_one_with_enough_commuters_to_a_centre_joins_it():
    found = find_commuting_regions(county({"BA": 80}, minutes={"AB": 75}))
    assert found.labels == {"A": "A", "B": "A"}
    assert [region.centre for region in found.regions] == ["A"]
    place = found.placements[1]
    assert place.step == 2
    assert [(reason.criterion, reason.value, reason.threshold) for reason in place.reasons] == [
        ("commuters_out_share", 0.08, 0.08),
        ("minutes_to_centre", 75, 75),
    ]
    assert found.internal_share == 1


@pytest.mark.parametrize(("commuters", "minutes"), [(79, 50), (80, 76)])
def test_too_few_commuters_or_too_far_away_and_it_is_a_region_of_its_own(commuters, minutes):
    assert steps(county({"BA": commuters}, minutes={"AB": minutes})) == {"A": ("A", 12), "B": ("B", 12)}


def test_of_several_centres_the_one_that_takes_most_is_joined():
    evidence = county(
        {"BA": 90, "BC": 100, "DA": 200, "DC": 1, "EC": 200}, minutes={"AB": 20, "BC": 60, "AD": 9, "CE": 9}
    )
    assert steps(evidence)["B"] == ("C", 2)


def test_a_centre_that_nobody_joins_is_rest_and_says_so():
    evidence = county({"BA": 70, "CA": 70}, minutes={"AB": 50, "AC": 50})
    found = find_commuting_regions(evidence)
    assert steps(evidence) == {letter: (letter, 12) for letter in "ABC"}
    assert found.placements[0].reasons[0].criterion == "nobody_joined"
    assert all(region.centre is None for region in found.regions)


def test_rest_joins_a_centre_by_commuters_both_ways_in_step_four():
    evidence = county({"BA": 200, "CA": 50, "AC": 31}, minutes={"AB": 20, "AC": 75})
    assert steps(evidence)["C"] == ("A", 4)
    exactly = county({"BA": 200, "CA": 50, "AC": 30}, minutes={"AB": 20, "AC": 75})
    assert steps(exactly)["C"] == ("C", 12)  # above 8 %, not just that


def test_rest_joins_rest_in_step_five_and_the_one_with_more_jobs_gives_the_name():
    evidence = county({"AB": 50, "BA": 50}, minutes={"AB": 60}, jobs={"B": 2000.0, "A": 850.0})
    evidence = dataclasses.replace(evidence, employed={"A": 2500.0, "B": 2500.0})
    found = find_commuting_regions(evidence)
    assert steps(evidence) == {"A": ("B", 5), "B": ("B", 5)}
    assert found.regions[0].centre is None


def test_nobody_joins_by_way_of_a_third():
    commuting = {"AB": 60, "BA": 60, "BC": 50, "CB": 50}
    evidence = county(commuting, minutes={"AB": 60, "BC": 60})
    evidence = dataclasses.replace(evidence, jobs={"A": 900.0, "B": 850.0, "C": 840.0})
    assert steps(evidence) == {"A": ("A", 5), "B": ("A", 5), "C": ("C", 12)}


def test_fewer_commuters_are_enough_in_less_than_three_quarters_of_an_hour():
    near = county({"BA": 200, "CA": 30, "AC": 30}, minutes={"AB": 20, "AC": 44})
    assert steps(near)["C"] == ("A", 6)
    not_near = county({"BA": 200, "CA": 30, "AC": 30}, minutes={"AB": 20, "AC": 45})
    assert steps(not_near)["C"] == ("C", 12)
    rest = county({"CA": 30, "AC": 30}, minutes={"AC": 44})
    assert steps(rest) == {"A": ("A", 7), "C": ("A", 7)}


def test_none_are_needed_in_less_than_half_an_hour():
    evidence = county({"BA": 200}, minutes={"AB": 20, "AC": 29, "BC": 40})
    assert steps(evidence)["C"] == ("A", 8)
    rest = county({}, minutes={"AC": 29})
    assert steps(rest) == {"A": ("A", 9), "C": ("A", 9)}


def test_other_transport_brings_a_centre_within_reach():
    commuting, minutes = {"BA": 200, "CA": 70, "AC": 20}, {"AB": 20, "AC": 120}
    assert steps(county(commuting, minutes=minutes, alternative={"AC": 90}))["C"] == ("A", 10)
    unknown = find_commuting_regions(county(commuting, minutes=minutes))
    assert unknown.undecided == ("C",)
    assert unknown.placements[2].undecided[0].threshold == 90


def test_one_that_lies_between_the_parts_of_a_region_joins_it():
    near = {"A": frozenset("C"), "B": frozenset("C"), "C": frozenset("AB"), "D": frozenset()}
    found = steps(county({"BA": 200, "CD": 1}, minutes={"AB": 20, "AC": 100}, neighbours=near))
    assert found["C"] == ("A", 11)
    assert found["D"] == ("D", 12)


def test_a_travel_time_that_is_not_known_decides_nothing_and_is_noted():
    found = find_commuting_regions(county({"BA": 200, "CA": 90}, minutes={"AB": 20}))
    place = found.placements[2]
    assert (place.region, place.step) == ("C", 12)
    (note,) = place.undecided
    assert (note.criterion, note.value, note.threshold, note.alternative) == ("minutes_unknown", None, 75, "A")
    assert found.undecided == ("C",)


def test_an_unknown_way_to_a_lesser_centre_is_not_noted():
    evidence = county({"BA": 200, "BC": 90, "DC": 300}, minutes={"AB": 20, "CD": 20})
    assert find_commuting_regions(evidence).undecided == ()


def test_limits_out_of_order_are_refused():
    with pytest.raises(QuestionError, match="out of order"):
        NorwegianRule(near=80)


REPORTED = {
    "1505": {"1554", "1560"},
    "1506": {"1547", "1557", "1579"},
    "1507": {"1531", "1532", "1528", "1578"},
    "1516": {"1517", "1515", "1514"},
    "1577": {"1520"},
    "1566": {"5061"},
}
"""Regions of the report in Møre og Romsdal, municipalities of 2020, by the municipality they are called after."""
ALONE = {"1511", "1525", "1535", "1539", "1563", "1573", "1576"}
SUCCESSOR = {
    **dict.fromkeys(("1504", "1523", "1529", "1534", "1546"), "1507"),
    **dict.fromkeys(("1502", "1543", "1545"), "1506"),
    **dict.fromkeys(("1548", "1551"), "1579"),
    **dict.fromkeys(("1524", "1526"), "1578"),
    "1519": "1577",
    "1567": "5061",
    "1571": "5055",
}
SEAT = {"1507": "1504", "1506": "1502", "1579": "1548", "1578": "1524", "1577": "1519", "5061": "1567", "5055": "1571"}


def merged(evidence):
    """Return the evidence of 2017 by the municipalities of 2020, with the minutes of their seats."""

    def new(i):
        return SUCCESSOR.get(i, i)

    def added(figures):
        total = defaultdict(float)
        for i, figure in figures.items():
            total[new(i)] += figure
        return dict(total)

    ids = tuple(sorted({new(i) for i in evidence.ids}))
    commuters = defaultdict(float)
    for (home, work), count in evidence.commuters.items():
        commuters[new(home), new(work)] += count
    minutes = {(a, b): evidence.minutes_between(SEAT.get(a, a), SEAT.get(b, b)) for a in ids for b in ids if a < b}
    minutes["1507", "1578"] = 64.0  # as the report prints it; over the seats of 2017 it is more than 75
    return Evidence(
        ids, commuters, added(evidence.employed), added(evidence.jobs), added(evidence.working_age), minutes
    )


def test_the_county_of_2017_merged_to_2020_gives_the_regions_of_the_report_but_for_vestnes(shipped):
    labels = find_commuting_regions(merged(evidence_of_territory(shipped.territory))).labels
    for label, others in REPORTED.items():
        assert {i for i, its in labels.items() if its == label} - {label, "1535", "5055"} == others
    assert {i for i in ALONE if labels[i] == i} == ALONE - {"1535"}
    assert labels["1535"] == "1506"  # the study has Vestnes 20 minutes from Molde by ferry without waiting


def test_the_county_that_ships_has_thirteen_regions(shipped):
    found = find_commuting_regions(evidence_of_territory(shipped.territory))
    assert len(found.regions) == 13
    assert found.estimated == {"working_age"}
    assert {region.label for region in found.regions if region.centre} == {"1502", "1504", "1505", "1516", "1519"}
    sande = next(place for place in found.placements if place.municipality == "1514")
    assert (sande.region, sande.step) == ("1516", 6)  # the report: by the 45-minute rule


def test_known_working_age_is_taken_and_nothing_is_called_an_estimate(fiction):
    known = dict.fromkeys(fiction.ids, 500.0)
    evidence = evidence_of_territory(fiction, working_age=known)
    assert evidence.working_age == known
    assert evidence.estimated == frozenset()


def test_a_larger_table_of_flows_has_minutes_only_within_the_study(fiction):
    table = make_flows(["B", "X", "A", "X", "B"], ["A", "A", "A", "X", "B"], [300, 400, 900, 500, 200])
    found = find_commuting_regions(evidence_of_territory(fiction, flows=table))
    assert {place.municipality for place in found.placements} == {"A", "B", "X"}
    assert found.labels["B"] == "A"
    assert found.undecided == ("X",)


def test_a_table_of_flows_from_elsewhere_is_refused(fiction):
    with pytest.raises(QuestionError, match="none of the study's municipalities"):
        evidence_of_territory(fiction, flows=make_flows(["X"], ["X"], [1]))
