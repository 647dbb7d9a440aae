"""The measures of cooperation, worked out by hand on a register of ten arrangements, and on the shipped one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings, strategies as st

from tests.registers import draw_register
from tyngdepunkt.analysis.cooperation import (
    draw_network,
    latest_year,
    measure_group_of,
    measure_register,
    tabulate_partners,
    tabulate_tasks,
)
from tyngdepunkt.cooperation import (
    CrissCross,
    Place,
    Placing,
    count_hosts,
    count_partner_sets,
    draw_network as draw_of,
    measure_criss_cross,
    measure_group,
    measure_municipality,
    measure_tasks,
    place,
    place_in_blocks,
    tabulate_partners as tabulate,
)
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import (
    Arrangement,
    Basis,
    ControlTotal,
    Level,
    Outside,
    Participation,
    Partition,
    Register,
    TaskCount,
)


@pytest.fixture
def picture():
    """The small register of 2013."""
    return draw_register().at(2013)


# Snapshots


def test_a_year_has_each_arrangement_once_by_its_latest_row():
    register = draw_register("""
        fire-old   2013  AB   unknown  local  stated
        waste      2013  ABC  IKS      local  stated
        fire-new   2018  ABC  unknown  local  stated  <fire-old
        nav        2017  AB   unknown  local  stated
    """)

    assert [each.id for each in register.at(2013).arrangements] == ["fire-old", "waste"]
    assert register.at(2013).carried == frozenset()
    assert [each.id for each in register.at(2018).arrangements] == ["waste", "fire-new", "nav"]
    assert register.at(2018).carried == {"waste", "nav"}
    assert [each.id for each in register.at(2017).arrangements] == ["fire-old", "waste", "nav"]


def test_an_arrangement_that_has_ended_is_in_no_later_picture():
    register = draw_register("fire 2013 AB unknown local stated until=2015")

    assert len(register.at(2015)) == 1
    assert len(register.at(2016)) == 0


def test_two_rows_that_replace_the_same_one_are_told():
    register = draw_register("""
        care-13  2013  AB  VK28b  local  stated
        care-17  2017  AB  VK28b  local  stated  <care-13
        care-18  2018  AB  VK28b  local  stated  <care-13
    """)

    assert register.at(2018).doubled == (("care-17", "care-18"),)


def test_rows_that_name_each_other_do_not_both_vanish():
    register = draw_register("""
        old  2013  AB  unknown  local  stated  <new
        new  2018  AB  unknown  local  stated  <old
    """)

    assert [each.id for each in register.at(2018).arrangements] == ["new"]


def test_a_year_before_the_register_begins_is_refused():
    with pytest.raises(QuestionError, match="begins in 2013"):
        draw_register().at(2012)
    with pytest.raises(QuestionError, match="no arrangement yet"):
        Register(()).at(2013)
    with pytest.raises(QuestionError, match="no arrangement yet"):
        latest_year(Register(()))


# Placing


@pytest.mark.parametrize(
    ("arrangement", "where"),
    [
        ("fire", Place.INSIDE),
        ("ikt", Place.CROSSING),
        ("waste", Place.INSIDE),
        ("audit", Place.CROSSING),
        ("lawyer", Place.UNKNOWN),  # A and C are inside, and others are not named
        ("roads", Place.CROSSING),  # municipalities of another county
        ("power", Place.INSIDE),  # a company lies on no side
        ("council", Place.CROSSING),
        ("port", Place.CROSSING),
    ],
)
def test_an_arrangement_is_placed_by_those_who_are_known(picture, arrangement, where):
    (found,) = [each for each in picture.arrangements if each.id == arrangement]

    assert place(found, frozenset("ABC")) is where


def test_somebody_outside_of_whom_nothing_is_told_leaves_it_open(picture):
    (port,) = [each for each in picture.arrangements if each.id == "port"]

    assert place(port, frozenset("DE")) is Place.UNKNOWN


def test_where_nobody_is_known_nobody_knows_the_block(picture):
    blocks = {"A": "west", "B": "west", "C": "west", "D": "east", "E": "east"}
    places = Counter(place_in_blocks(each, blocks) for each in picture.arrangements)

    # inside: fire, waste, power; crossing: ikt, audit, roads, council; unknown: lawyer, energy, port
    assert places == {Place.INSIDE: 3, Place.CROSSING: 4, Place.UNKNOWN: 3}


def test_the_inside_share_is_of_what_is_known():
    assert Placing(3, 4, 9).inside_share == 3 / 7
    assert Placing(0, 0, 9).inside_share is None


# Partners


def test_partner_sets_are_counted_where_all_are_known(picture):
    # AB (fire), ABCD, ABC, BCDE, AB with municipalities, AB with others, ABCDE; not lawyer, energy, port
    assert count_partner_sets(picture.arrangements) == 6  # both ABs with "somebody" outside are one set


def test_criss_cross_counts_pairs_that_overlap_without_nesting(picture):
    # Complete sets of A: AB, ABCD, ABC, AB+x, AB+x, ABCDE: 15 pairs.
    # AB+x (twice) crosses ABCD, ABC and ABCDE: 6 pairs; all others are nested or equal.
    assert measure_criss_cross(picture.of("A")) == CrissCross(crossing=6, pairs=15, left_out=1)


def test_nested_sets_do_not_cross():
    register = draw_register("""
        one    2013  AB    unknown  local  stated
        two    2013  ABC   unknown  local  stated
        three  2013  ABCD  unknown  local  stated
    """)

    assert measure_criss_cross(register.arrangements).share == 0
    assert measure_criss_cross(register.arrangements[:1]).share is None


def test_host_roles_are_counted_and_their_concentration_is_the_sum_of_squares(picture):
    hosts = count_hosts(picture.arrangements)

    assert hosts.roles == {"A": 3, "D": 1}
    assert (hosts.known, hosts.unknown) == (4, 6)
    assert hosts.top_share() == 0.75
    assert hosts.top_share(2) == 1.0
    assert hosts.concentration == pytest.approx(0.75**2 + 0.25**2)


def test_without_a_known_host_there_is_no_concentration():
    hosts = count_hosts(draw_register("fire 2013 AB unknown local stated").arrangements)

    assert hosts.concentration is None
    assert hosts.top_share() is None


# Municipality and group


def test_a_municipality_is_measured(picture):
    found = measure_municipality(
        picture, "A", control=ControlTotal("A", 2013, None, 9), block="west", members=["A", "B", "C"]
    )

    assert found.total == 7
    assert found.by_level == {
        Level.LOCAL: 4,
        Level.SUBREGIONAL: 0,
        Level.REGIONAL: 2,
        Level.HIGHER: 1,
        Level.UNKNOWN: 0,
    }
    assert found.by_form == {"AS": 2, "VK28b": 2, "IKS": 1, "IPR": 1, "agreement": 1}
    assert found.by_basis == {Basis.STATED: 5, Basis.DERIVED: 1, Basis.PARTIAL: 1}
    assert found.by_snapshot == {2013: 7}
    assert (found.control_total, found.gap) == (9, 2)
    assert (found.incomplete, found.hosted, found.partner_sets) == (1, 3, 5)
    # inside: fire, waste, power; crossing: ikt, roads, council; unknown: lawyer
    assert found.placing == Placing(3, 3, 1)
    assert found.inside_share == 0.5


def test_without_a_count_of_others_there_is_no_gap(picture):
    found = measure_municipality(picture, "A")

    assert (found.control_total, found.gap, found.inside_share) == (None, None, None)


def test_a_group_counts_each_arrangement_once(picture):
    found = measure_group(picture, "ABC", name="west")

    assert found.total == 8  # all but energy and port
    assert found.members == ("A", "B", "C")
    assert found.placing == Placing(inside=3, crossing=4, unknown=1)
    assert found.shared_by_all == 3  # ikt, waste, council
    assert found.only_all == 1  # waste
    assert (found.fte, found.fte_unknown, found.cost_nok, found.cost_unknown) == (None, 3, None, 3)


def test_tasks_are_held_against_another_count(picture):
    counts = [
        TaskCount("Fire and rescue", 2013, 3, ("fire",)),
        TaskCount("Law", 2013, 5, ("lawyer", "energy")),
        TaskCount("Everything else", 2013, 2),
    ]
    fire, law, rest, *others = measure_tasks(picture, counts)

    assert (fire.arrangements, fire.municipalities, fire.difference, fire.is_complete) == (1, 2, 1, True)
    assert (law.arrangements, law.municipalities, law.difference, law.is_complete) == (2, 2, 3, False)
    assert law.incomplete == 2
    assert (rest.arrangements, rest.difference, rest.is_complete) == (None, None, False)
    assert [each.task for each in others] == ["audit", "council", "ikt", "port", "power", "roads", "waste"]


# Network and matrices


def test_the_network_is_weighted_by_shared_arrangements(picture):
    network = draw_of(picture, "ABCDE")
    edges = {(each.a, each.b): (each.shared, each.bilateral) for each in network.edges}

    assert network.nodes == {"A": 7, "B": 7, "C": 5, "D": 4, "E": 3}
    assert edges["A", "B"] == (6, 3)  # fire, roads, power are of the two alone
    assert edges["A", "C"] == (4, 0)  # the lawyer's other participants are not named
    assert edges["D", "E"] == (3, 1)
    assert network.left_out == 1  # energy


def test_the_network_can_leave_out_levels(picture):
    network = draw_of(picture, "ABCDE", levels=[Level.LOCAL])

    assert {(each.a, each.b) for each in network.edges} == {("A", "B"), ("A", "C"), ("D", "E")}


def test_the_matrix_of_partners_says_what_the_network_says(picture):
    matrix = tabulate(picture, "ABCDE")
    network = draw_of(picture, "ABCDE")

    assert (matrix.counts == matrix.counts.T).all()
    assert dict(zip(matrix.rows, matrix.counts.diagonal().tolist(), strict=True)) == network.nodes
    for edge in network.edges:
        assert matrix.counts[matrix.rows.index(edge.a), matrix.columns.index(edge.b)] == edge.shared


# Properties


@st.composite
def registers(draw):
    """Draw rows of one year with any participants, forms, levels and bases."""
    rows = []
    for number in range(draw(st.integers(1, 8))):
        basis = draw(st.sampled_from(list(Basis)))
        members = sorted(draw(st.sets(st.sampled_from("ABCDEF"), max_size=5))) if basis is not Basis.UNKNOWN else []
        rows.append(
            Arrangement(
                id=f"r{number}",
                name="",
                task=draw(st.sampled_from(["fire", "ikt", "waste"])),
                snapshot=2013,
                participants=tuple(Participation(each, basis) for each in members),
                basis=basis,
                host=draw(st.sampled_from(["", *members])),
                level=draw(st.sampled_from(list(Level))),
                outside=draw(st.sampled_from(list(Outside))),
            )
        )
    return rows


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rows=registers(), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_measure(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    one, other = Register(tuple(rows)).at(2013), Register(tuple(mixed)).at(2013)

    assert measure_group(one, "ABC") == measure_group(other, "ABC")
    for each in "ABCDEF":
        assert measure_municipality(one, each, members="ABC") == measure_municipality(other, each, members="ABC")
    assert measure_tasks(one) == measure_tasks(other)
    assert draw_of(one, "ABCDEF") == draw_of(other, "ABCDEF")


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rows=registers())
def test_measures_add_up_and_stay_within_their_bounds(rows):
    picture = Register(tuple(rows)).at(2013)
    whole = measure_group(picture, "ABCDEF")

    for found in [measure_municipality(picture, each, members="ABC") for each in "ABC"]:
        assert (
            sum(found.by_level.values()) == sum(found.by_task.values()) == sum(found.by_basis.values()) == found.total
        )
        assert found.placing.inside + found.placing.crossing + found.placing.unknown == found.total
        assert 0 <= found.criss_cross.crossing <= found.criss_cross.pairs
    known = whole.hosts.concentration
    assert known is None or 1 / len(whole.hosts.roles) - 1e-9 <= known <= 1
    larger = measure_group(picture, "ABCD").placing
    assert larger.inside >= measure_group(picture, "ABC").placing.inside  # a wider block takes in no less


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rows=registers())
def test_an_arrangement_lies_in_a_block_of_a_plan_or_not_whoever_asks(rows):
    blocks = {"A": "x", "B": "x", "C": "x", "D": "y", "E": "y", "F": "z"}
    for each in rows:
        asked = {place(each, frozenset(i for i in blocks if blocks[i] == blocks[member])) for member in each.members}
        assert asked <= {place_in_blocks(each, blocks)} or place_in_blocks(each, blocks) is Place.CROSSING


# The shipped register


def test_the_register_of_2013_has_1262_of_the_1407_participations_that_nivi_counted(shipped):
    measure = measure_register(shipped, 2013)

    assert len(measure.picture) == 255
    assert measure.participations == 1262
    assert measure.counted_participations == 1407


def test_the_gap_of_each_municipality_is_between_minus_2_and_11(shipped):
    names = shipped.territory.names
    gaps = {names[each.municipality]: each.gap for each in measure_register(shipped, 2013).municipalities}

    assert (min(gaps.values()), max(gaps.values())) == (-2, 11)
    assert sum(gaps.values()) == 1407 - 1262
    assert gaps["Kristiansund"] == 11
    assert gaps["Tingvoll"] == gaps["Sunndal"] == gaps["Rindal"] == 9
    assert gaps["Rauma"] == gaps["Vestnes"] == -2
    assert gaps["Eide"] == -1


def test_levels_are_those_that_the_makers_of_the_study_counted(shipped):
    register = shipped.register.at(2013)

    assert Counter(each.level for each in register.arrangements) == {
        Level.LOCAL: 140,
        Level.REGIONAL: 71,
        Level.HIGHER: 26,
        Level.UNKNOWN: 18,
    }


def test_37_of_47_tasks_agree_with_the_count_of_2013_and_the_others_are_named(shipped):
    counted = [each for each in measure_register(shipped, 2013).tasks if each.count is not None]
    comparable = [each for each in counted if each.difference is not None]

    assert len(counted) == 50
    assert len(comparable) == 47
    assert sum(each.difference == 0 for each in comparable) == 37
    assert {
        each.service_areas[0]: (each.municipalities, each.count.municipalities)
        for each in comparable
        if each.difference
    } == {
        "veg- og bompengeselskap": (28, 30),
        "brann": (23, 25),
        "energi": (10, 21),
        "miljørettet helsevern": (15, 20),
        "byggesakstilsyn": (12, 17),
        "landbruk": (15, 16),
        "kommuneadvokat": (2, 10),
        "psykisk helse og rus": (10, 8),
        "nasjonalparkstyre": (6, 8),
        "matrikkel": (3, 5),
    }
    assert [each.task for each in counted if each.difference is None] == [
        "Interkommunale planer",
        "Øvrig landbruk inkl. skog",
        "Plankontor/planadministrasjon",
    ]


def test_2018_is_the_later_rows_and_those_that_nothing_came_after(shipped):
    measure = measure_register(shipped, 2018)

    assert measure.by_snapshot == {2013: 208, 2017: 6, 2018: 49}
    assert len(measure.picture.carried) == 214
    assert measure.picture.doubled == (("S18_15", "B17_02"),)
    table = shipped.table("arrangements")
    assert {each.id for each in measure.picture.arrangements} == set(
        table[(table["snapshot"] > 2013) | (table["later_id"] == "")]["arrangement_id"]
    )


def test_the_rows_of_2018_for_sore_sunnmore_are_near_nivis_count(shipped):
    names = shipped.territory.names
    found = {names[each.municipality]: each for each in measure_register(shipped, 2018).municipalities}
    table = {"Ulstein": 35, "Hareid": 35, "Herøy": 32, "Sande": 32, "Volda": 30, "Ørsta": 29, "Vanylven": 26}

    assert {name: found[name].control_total for name in table} == table
    assert found["Molde"].control_total is None
    rows = Counter(each for row in shipped.register.arrangements if row.id.startswith("S18") for each in row.members)
    by_name = {names[each]: number for each, number in rows.items()}
    assert {name: by_name[name] for name in table} == {
        "Ulstein": 34,
        "Hareid": 33,
        "Herøy": 32,
        "Sande": 32,
        "Volda": 29,
        "Ørsta": 28,
        "Vanylven": 27,
    }


def test_with_all_in_one_block_only_other_counties_lie_outside(shipped):
    one = Partition("one", dict.fromkeys(shipped.territory.ids, "all"))
    measure = measure_register(shipped, 2013, plan=one)
    (block,) = measure.blocks

    assert measure.placing.crossing == block.placing.crossing == measure.whole.placing.crossing
    assert block.placing.crossing == sum(
        each.outside in ("municipalities", "both") and bool(each.members) for each in measure.picture.arrangements
    )
    assert measure.inside_share == block.inside_share


def test_each_municipality_in_a_block_of_its_own_shares_nothing_inside(shipped):
    alone = Partition("alone", {each: each for each in shipped.territory.ids})
    measure = measure_register(shipped, 2013, plan=alone)

    for each in measure.municipalities:
        assert each.placing.inside + each.placing.crossing + each.placing.unknown == each.total
        assert each.placing.inside == sum(
            row.members == {each.municipality} and row.is_complete and row.outside in ("none", "others")
            for row in measure.picture.of(each.municipality)
        )


def test_a_plan_that_leaves_someone_out_is_refused(shipped):
    with pytest.raises(QuestionError, match="leaves out"):
        measure_register(shipped, 2013, plan=Partition("half", {"1504": "a"}))


def test_network_and_matrices_of_the_study_agree(shipped):
    network, partners, tasks = (
        draw_network(shipped, 2013),
        tabulate_partners(shipped, 2013),
        tabulate_tasks(shipped, 2013),
    )

    assert sum(network.nodes.values()) == partners.counts.diagonal().sum() == tasks.counts.sum() == 1262
    assert 2 * sum(each.shared for each in network.edges) == partners.counts.sum() - 1262
    assert measure_group_of(shipped, ["Volda", "1520"], year=2018).members == ("1519", "1520")
