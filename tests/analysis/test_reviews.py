"""Cooperation and services in the light of a plan: the figures again from the tables, and what is left out."""

from __future__ import annotations

import dataclasses

import pytest

from tests.report.conftest import write_chain
from tyngdepunkt.analysis import analyse, review_cooperation, review_services
from tyngdepunkt.analysis.cooperation import Answer, Inquiry, Item, Standing, measure_register
from tyngdepunkt.analysis.services import HostModel
from tyngdepunkt.model import Certificate, NoPlan, Plan, Question, Status
from tyngdepunkt.study import load_study

CENTRES = {"Sunnmøre": "1504", "Romsdal": "1502", "Nordmøre": "1505"}
ALL_PICTURE, ALL_ROWS = 263, 310


@pytest.fixture(scope="module")
def districts(shipped):
    """The three districts as a plan."""
    assignment = {m.id: CENTRES[m.district] for m in shipped.territory.municipalities}
    return Plan(Question(3), assignment, 0.0, Certificate(Status.HEURISTIC, None, "by hand", 0.0, 1))


@pytest.fixture(scope="module")
def cooperation(shipped, districts):
    """The cooperation of the shipped study, held against its districts."""
    return review_cooperation(shipped, districts)


@pytest.fixture(scope="module")
def services(shipped, districts):
    """The services of the shipped study, held against its districts."""
    return review_services(shipped, districts)


@pytest.fixture
def chain(tmp_path):
    """Four municipalities in a row, with a register of three arrangements."""
    write_chain(tmp_path, ("A", "B", "C", "D"))
    (tmp_path / "arrangements.csv").write_text(
        "arrangement_id,name,service_area,snapshot,participants_basis,later_id,level\n"
        "x,Old,IKT,2013,stated,y,local\ny,New,IKT,2018,stated,,local\nz,Fire,brann,2013,stated,,local\n",
        encoding="utf-8",
    )
    (tmp_path / "participants.csv").write_text(
        "arrangement_id,municipality_id,basis\n"
        + "".join(f"{a},{m},stated\n" for a, ms in (("x", "12"), ("y", "123"), ("z", "34")) for m in _ids(ms)),
        encoding="utf-8",
    )
    return load_study(tmp_path)


def _ids(numbers: str) -> list[str]:
    """Return ids of municipalities of a chain."""
    return [f"030{number}" for number in numbers]


def without(study, *tables):
    """Return a study without some of its tables."""
    return dataclasses.replace(study, tables={name: t for name, t in study.tables.items() if name not in tables})


def test_the_picture_holds_each_arrangement_once_and_never_adds_years(cooperation):
    assert cooperation.year == 2018
    assert sum(cooperation.rows.values()) == ALL_ROWS
    assert sum(cooperation.measure.by_snapshot.values()) == len(cooperation.measure.picture) == ALL_PICTURE
    assert cooperation.measure.by_snapshot == {2013: 208, 2017: 6, 2018: 49}
    shown = {each.id for each in cooperation.measure.picture.arrangements}
    assert not any(old in shown for each in cooperation.measure.picture.arrangements for old in each.replaces)


def test_the_year_that_others_counted_is_held_apart(cooperation):
    assert cooperation.counted.year == 2013
    assert (cooperation.counted.participations, cooperation.counted.counted_participations) == (1262, 1407)
    assert {each.snapshot for each in cooperation.counted.picture.arrangements} == {2013}


def test_the_blocks_come_out_again_from_the_tables(shipped, districts, cooperation):
    people = shipped.tables["participants"].groupby("arrangement_id")["municipality_id"].agg(set).to_dict()
    rows = {row["arrangement_id"]: row for row in shipped.tables["arrangements"].to_dict("records")}
    shown = [i for i, row in rows.items() if row["later_id"] == "" or rows[row["later_id"]]["snapshot"] > 2018]
    assert [group.name for group in cooperation.measure.blocks] == sorted(districts.centres)
    for group in cooperation.measure.blocks:
        block = set(districts.members[group.name])
        touching = [i for i in shown if people.get(i, set()) & block]
        crossing = [i for i in touching if people[i] - block or rows[i]["outside_kind"] in {"municipalities", "both"}]
        assert group.total == len(touching)
        assert group.placing.crossing == len(crossing)
        assert group.placing.inside + group.placing.unknown == len(touching) - len(crossing)


def test_every_block_of_two_or_more_is_assessed_on_seven_items(cooperation, districts):
    assert [each.group.name for each in cooperation.assessments] == sorted(districts.centres)
    for each in cooperation.assessments:
        assert [item.item for item in each.items] == list(Item)
        assert each.of(Item.SHARED_GOALS).standing is Standing.UNKNOWN


def test_a_study_without_a_register_has_no_cooperation_to_review(shipped, districts):
    assert review_cooperation(without(shipped, "arrangements"), districts) is None
    assert review_cooperation(without(shipped, "participants"), districts) is None
    assert review_services(without(shipped, "arrangements", "staffing"), districts) is None


def test_what_needs_a_missing_table_is_left_out_and_the_rest_comes(shipped, districts):
    bare = review_services(without(shipped, "staffing"), districts)
    assert (bare.capacity, bare.hosting) == (None, ())
    assert [each.structure.service for each in bare.structures][:2] == ["IKT", "barnevern"]
    alone = review_services(without(shipped, "arrangements", "participants", "travel_times"), districts)
    assert (alone.structures, alone.year, alone.hosting) == ((), None, ())
    assert len(alone.capacity.units) > 50


def test_without_a_plan_there_are_no_blocks_and_the_register_is_measured_all_the_same(shipped):
    none = NoPlan(Question(18, floor=15_000), "arithmetic", ())
    found = review_cooperation(shipped, none)
    assert (found.measure.blocks, found.assessments) == ((), ())
    assert len(found.measure.picture) == ALL_PICTURE
    assert found.measure.inside_share is None
    assert review_services(shipped, none, seconds=1.0).capacity.blocks == ()


def test_blocks_whose_centres_have_the_same_name_stay_apart(shipped, districts):
    renamed = tuple(
        dataclasses.replace(m, name="Nes") if m.id in CENTRES.values() else m for m in shipped.territory.municipalities
    )
    twins = dataclasses.replace(shipped)
    twins.__dict__["territory"] = dataclasses.replace(shipped.territory, municipalities=renamed)
    found = review_cooperation(twins, districts)
    named = measure_register(twins, 2018, plan=districts)
    assert [group.name for group in named.blocks] == ["Nes (1502)", "Nes (1504)", "Nes (1505)"]
    assert [len(group.members) for group in found.measure.blocks] == [
        len(districts.members[c]) for c in sorted(CENTRES.values())
    ]


def test_hosts_keep_every_job_and_are_found_in_both_models(services):
    solved = [each for each in services.hosting if any(plan.hosts for plan in each.plans.values())]
    assert solved
    for each in services.hosting:
        assert list(each.plans) == [HostModel.CENTRAL, HostModel.BALANCED]
    for each in solved:
        for plan in each.plans.values():
            after = dict.fromkeys(each.members, 0.0)
            for task in plan.problem.tasks:
                after[plan.hosts[task.id]] += task.fte_after
            for i in each.members:
                before = sum(task.fte_before.get(i, 0) for task in plan.problem.tasks)
                assert after[i] >= before - 1e-6


def test_for_a_single_service_the_least_loss_is_that_of_the_second_largest(services):
    single = [each for each in services.hosting for plan in each.plans.values() if len(plan.problem.tasks) == 1]
    assert single
    for each in single:
        for plan in each.plans.values():
            (task,) = plan.problem.tasks
            second = sorted(task.fte_before.values())[-2]
            assert [(r.constraint, r.works, r.proven) for r in plan.relaxations] == [("job_tolerance", second, True)]


def test_the_sizes_of_services_are_of_the_year_of_the_register(services, cooperation):
    assert services.year == cooperation.year == 2018
    (protection,) = [each for each in services.structures if each.structure.service == "barnevern"]
    assert set(protection.arrangements) <= {each.id for each in cooperation.measure.picture.arrangements}


def test_the_whole_analysis_carries_the_review_of_a_small_register(chain):
    told = []
    found = analyse(chain, Question(1), progress=told.append)
    assert found.complete
    assert len(found.cooperation.measure.picture) == 2
    assert found.cooperation.measure.blocks[0].total == 2
    assert found.services.capacity is None
    assert {"cooperation", "services"} <= {step.task for step in told}


def test_an_interrupt_ends_the_work_with_the_stages_done(chain):
    def interrupt(step):
        if step.task == "services":
            raise KeyboardInterrupt

    found = analyse(chain, Question(1), progress=interrupt)
    assert not found.complete
    assert found.cooperation is not None
    assert found.services is None


def test_a_register_that_was_kept_and_its_answers_take_precedence(chain):
    kept = dataclasses.replace(chain.register, arrangements=chain.register.arrangements[:1])
    asked = []

    def replies(members):
        asked.append(tuple(members))
        return [Answer(Inquiry.PLAN, Standing.MET, "We have one.")]

    found = analyse(chain, Question(1), register=kept, replies=replies)
    assert found.cooperation.is_kept
    assert found.cooperation.year == 2013
    assert len(found.cooperation.measure.picture) == 1
    assert asked == [tuple(_ids("1234"))]
    assert found.cooperation.assessments[0].of(Item.SHARED_GOALS).standing is Standing.MET
