"""The four terms of an objective, alone and weighted, with thresholds and wishes, against every division."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from tests.counties import FICTION, best_by_force, draw, make_random, random_questions
from tests.structure.test_brute_force import agrees
from tests.structure.test_wishes import agrees as keeps_wishes, draw_wishes, with_columns
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Division, NoPlan, Objective, Plan, Question, Sense, Threshold
from tyngdepunkt.structure import Solver, find_plan, measure
from tyngdepunkt.structure.anneal import find_witness
from tyngdepunkt.structure.problem import pose
from tyngdepunkt.structure.relaxation import Relaxation
from tyngdepunkt.structure.search import Limits, search

OBJECTIVES = [
    Objective.from_text(text)
    for text in (
        "cohesion",
        "borders",
        "borders[all]",
        "borders[local;Etat 1]",
        "cohesion=1,borders=7",
        "ties=1,cohesion=0.5",
        "access=0.01,borders[all]=20",
        "ties=1,cohesion=0.5,access=0.002,borders=10",
    )
]


@pytest.mark.parametrize("seed", range(600, 624))
def test_every_term_and_mixture_finds_the_best_of_all_divisions(seed):
    territory = make_random(seed, 6 + seed % 2)
    for question in random_questions(seed, territory, 3, objectives=OBJECTIVES):
        agrees(territory, question)


@pytest.mark.parametrize("seed", range(660, 684))
def test_the_search_finds_the_best_without_a_plan_to_start_from(seed):
    # A plan that the heuristic hands over would hide a bound that is too low.
    territory = make_random(seed, 6 + seed % 2)
    for number, question in enumerate(random_questions(seed, territory, 4, objectives=OBJECTIVES)):
        asked = replace(question, functions=frozenset(), max_minutes=None, floor=[1500, 2500, 3500][number % 3])
        if number % 2:
            asked = replace(asked, thresholds=(Threshold(Objective(0, 0, 1), 60.0 + 10 * seed % 70),))
        expected = best_by_force(territory, asked)
        problem = pose(territory, asked)
        outcome = search(Relaxation(problem), Limits(asked.centres, asked.centres))
        assert outcome.is_settled
        if expected is None:
            assert outcome.centre_of is None
        else:
            assert outcome.score == pytest.approx(problem.sign * expected)


@pytest.mark.parametrize("seed", range(640, 652))
def test_terms_keep_the_wishes_that_move_floors_borders_and_blocks(seed):
    chance = random.Random(seed)
    territory = make_random(seed, 6)
    territory = with_columns(territory, county={i: "15" if i < "0004" else "16" for i in territory.ids})
    kinds = set(chance.sample(["overrides", "within_counties", "locked", "positions", "start"], 1 + seed % 2))
    for objective in chance.sample(OBJECTIVES, 2):
        keeps_wishes(territory, replace(draw_wishes(chance, territory, kinds), objective=objective))


@pytest.mark.parametrize("seed", range(700, 712))
def test_a_threshold_on_another_objective_is_kept_at_least_loss(seed):
    territory = make_random(seed, 6)
    for number, question in enumerate(random_questions(seed, territory, 3, objectives=OBJECTIVES)):
        other = (Objective(), Objective(0, 1), Objective(0, 0, 1), Objective(0, 0, 0, 1))[(seed + number) % 4]
        if other.borders and question.objective.agencies != other.agencies:
            other = replace(other, agencies=question.objective.agencies)
        free = find_plan(territory, replace(question, objective=other), seed=1)
        if isinstance(free, NoPlan):
            continue
        share = 0.9 if other.sense is Sense.MAX else 1.1
        agrees(territory, replace(question, thresholds=(Threshold(other, round(free.objective * share, 3)),)))


def test_a_threshold_that_cannot_be_reached_leaves_no_plan():
    territory = make_random(1, 6)
    answer = find_plan(territory, Question(2, thresholds=(Threshold(Objective(0, 0, 1), 1e6),)), seed=1)
    assert isinstance(answer, NoPlan)


@pytest.mark.parametrize("seed", range(800, 806))
def test_a_price_of_cohesion_is_the_loss_of_having_two_in_one_block(seed):
    territory = make_random(seed, 6)
    question = Question(3, Objective(0, 0, 1), floor=[0, 1500][seed % 2])
    solver = Solver(territory, question, seed=1)
    plan = solver.find(3)
    assert isinstance(plan, Plan)
    for i in territory.ids[:3]:
        for c in territory.ids[2:]:
            if plan.assignment[i] == c or i == c:
                continue
            amount, exact, _ = solver.price(plan, i, c, cap=float("inf"))
            forced = best_by_force(territory, question, pair=(i, c))
            assert exact
            assert amount == (None if forced is None else pytest.approx(plan.objective - forced))


@pytest.mark.parametrize("seed", range(900, 906))
def test_the_heuristic_scores_as_the_solver_does_and_never_better(seed):
    territory = make_random(seed, 8)
    for objective in OBJECTIVES:
        question = Question(3, objective, floor=1500)
        problem = pose(territory, question)
        found = find_witness(problem, 3, seed=seed, effort=0.1)
        answer = find_plan(territory, question, seed=1)
        if found is None or isinstance(answer, NoPlan):
            continue
        assert problem.score(found) <= problem.sign * answer.objective + 1e-6
    assert find_witness(problem, 3, seed=seed, effort=0.1) == found


def county():
    """The fictional county without its island and its winter road, with two agencies, one of which leaves A out."""
    territory = draw(
        FICTION.replace(".", "|").replace("H", " "),
        people={"A": 5000, "C": 3000},
        flows={"AB": 10, "BA": 5, "BC": 30, "DE": 4, "FG": 7, "CF": 2, "AD": 1, "AA": 900},
    )
    regions = {"A": "north", "B": "north", "C": "north", "D": "south", "E": "south", "F": "south", "G": "south"}
    offices = {i: "west" if i in "DE" else "east" for i in "BCDEFG"}
    return replace(territory, divisions=(Division("Police", regions, "regional"), Division("Court", offices, "local")))


def test_cohesion_counts_both_ways_within_a_block_and_nobody_at_home():
    plan = find_plan(county(), Question(2, Objective(0, 0, 1)), seed=1)
    assert isinstance(plan, Plan)
    # One cut: A-D-E with its B by the road A-B cut costs most; D and E by themselves lose one commuter from A.
    assert plan.objective == 10 + 5 + 30 + 4 + 7 + 2
    assert plan.members == {"A": ("A", "B", "C", "F", "G"), "D": ("D", "E")}


def test_borders_count_areas_beyond_the_first_in_each_block_and_no_unknown_ones():
    one = find_plan(county(), Question(1, Objective(0, 0, 0, 1, ("all",))), seed=1)
    assert isinstance(one, Plan)
    assert one.objective == 2
    alone = find_plan(county(), Question(2, Objective(0, 0, 0, 1, ("local",)), apart=(frozenset("AB"),)), seed=1)
    assert isinstance(alone, Plan)
    # A's office is unknown: A with D and E cuts nothing.
    assert alone.objective == 0


def test_local_and_regional_agencies_are_counted_apart():
    territory = county()
    question = Question(1, Objective(0, 0, 0, 1, ("all",)))
    plan = find_plan(territory, question, seed=1)
    (block,) = measure(territory, plan, question).blocks
    assert block.cut_by == ("Court", "Police")
    assert block.cut_by_regional == ("Police",)
    assert block.cut_by_local == ("Court",)


def test_a_centre_that_is_free_is_the_fixed_one_or_the_most_populous():
    territory = county()
    free = find_plan(territory, Question(2, Objective(0, 0, 1)), seed=1)
    fixed = find_plan(territory, Question(2, Objective(0, 0, 1), centre=frozenset("G")), seed=1)
    barred = find_plan(territory, Question(2, Objective(0, 0, 1), not_centre=frozenset("A")), seed=1)
    assert free.centres == ("A", "D")
    assert fixed.members == {"D": ("D", "E"), "G": ("A", "B", "C", "F", "G")}
    assert barred.members == {"C": ("A", "B", "C", "F", "G"), "D": ("D", "E")}


@pytest.mark.parametrize(
    "text",
    [
        "ties",
        "access",
        "cohesion",
        "borders",
        "borders[local]",
        "borders[NAV, fylke;all]",
        "ties=1,cohesion=0.5,access=0.002,borders[all]=10",
        "ties=2.5",
    ],
)
def test_an_objective_reads_what_it_writes(text):
    objective = Objective.from_text(text)
    assert Objective.from_text(str(objective)) == objective


def test_terms_keep_their_order_in_text():
    assert str(Objective.from_text("borders=10,access=0.002,ties=1")) == "ties=1,access=0.002,borders=10"


@pytest.mark.parametrize(
    "text", ["ties[local]", "cohesions", "borders[local=2", "borders[]", "cohesion=many", "cohesion=-1"]
)
def test_an_objective_that_means_nothing_is_refused(text):
    with pytest.raises(QuestionError):
        Objective.from_text(text)


def test_borders_without_agencies_says_what_is_missing():
    territory = make_random(1, 6)
    with pytest.raises(QuestionError, match="this study has none"):
        find_plan(replace(territory, divisions=()), Question(2, Objective(0, 0, 0, 1)), seed=1)
    with pytest.raises(QuestionError, match="No agency is called NAV"):
        find_plan(territory, Question(2, Objective(0, 0, 0, 1, ("NAV",))), seed=1)


def test_bonds_of_a_form_are_symmetric_and_whole_counts_stay_whole():
    problem = pose(make_random(2, 7), Question(3, Objective(0, 0, 1)))
    assert np.array_equal(problem.form.bond, problem.form.bond.T)
    assert problem.whole
    assert not pose(make_random(2, 7), Question(3, Objective(1, 0, 0.3))).whole
