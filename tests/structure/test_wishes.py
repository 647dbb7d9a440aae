"""Overrides, counties, locked blocks, positions, parts and moves, against every division of small counties."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from tests.counties import best_by_force, draw, make_random
from tyngdepunkt.errors import PlanError, QuestionError
from tyngdepunkt.model import NoPlan, Objective, Override, Plan, Position, Question, Stance, Start
from tyngdepunkt.structure import Solver, find_plan, measure, verify
from tyngdepunkt.structure.divisible import find_division
from tyngdepunkt.structure.matching import find_moved, match_most
from tyngdepunkt.structure.problem import pose
from tyngdepunkt.structure.stays import bound_moves
from tyngdepunkt.structure.verify import keeps


def with_columns(territory, *, county=None, part_of=None):
    """Return the territory with a county for each municipality, and parts of municipalities."""
    return replace(
        territory,
        municipalities=tuple(
            replace(m, county=(county or {}).get(m.id, ""), part_of=(part_of or {}).get(m.id, ""))
            for m in territory.municipalities
        ),
    )


def least_moved(before, division):
    """Return the fewest moved from one division to another, over every one-to-one matching of their blocks."""
    old = [{i for i, b in before.items() if b == name} for name in sorted(set(before.values()))]
    size = max(len(old), len(division))
    old = old + [set()] * (size - len(old))
    new = list(division) + [set()] * (size - len(division))
    most = max(
        sum(len(old[row] & new[column]) for row, column in enumerate(order))
        for order in itertools.permutations(range(size))
    )
    return len(before) - most


def allows(territory, question):
    """Return the rule that the wishes of this module make, written without the package."""
    people = {m.id: m.population for m in territory.municipalities}
    county = {m.id: m.county for m in territory.municipalities}
    lifted = {override.municipality for override in question.overrides}

    def rule(division):
        block_of = {i: number for number, block in enumerate(division) for i in block}
        if any(sum(people[i] for i in block) < question.floor and not block & lifted for block in division):
            return False
        if question.within_counties and any(len({county[i] for i in block}) > 1 for block in division):
            return False
        if any(set(group) not in division for group in question.locked):
            return False
        for position in question.positions:
            together = position.other in division[block_of[position.municipality]]
            if position.stance is Stance.ALONE and division[block_of[position.municipality]] != {position.municipality}:
                return False
            if position.stance is Stance.WITH and not together:
                return False
            if position.stance is Stance.NOT_WITH and together:
                return False
        for m in territory.municipalities:
            if m.part_of and m.id not in question.split_parts and block_of[m.id] != block_of[m.part_of]:
                return False
        start = question.start
        return start is None or least_moved(dict(start.blocks), division) <= start.most_moved

    return rule


def plain(question):
    """Return a question without the wishes that `allows` stands for."""
    return replace(
        question,
        floor=0,
        overrides=(),
        within_counties=False,
        locked=(),
        positions=(),
        split_parts=frozenset(),
        start=None,
    )


def agrees(territory, question):
    """Assert that the answer is the best division that the wishes allow, and say whether there is one."""
    expected = best_by_force(territory, plain(question), also=allows(territory, question))
    answer = find_plan(territory, question, seed=1)
    if expected is None:
        assert isinstance(answer, NoPlan), question
        assert answer.kind in ("arithmetic", "geography")
        return False
    assert isinstance(answer, Plan), (question, expected, answer)
    assert answer.objective == pytest.approx(expected)
    assert answer.certificate.status == "optimal"
    return True


def draw_wishes(chance, territory, kinds):
    """Return a question with wishes of some kinds, drawn at random."""
    ids = list(territory.ids)
    question = Question(
        chance.randint(1, 4),
        objective=chance.choice([Objective(), Objective(0, 1), Objective(1, 0.001)]),
        floor=chance.choice([0, 2500, 4000]),
    )
    if "overrides" in kinds:
        some = chance.sample(ids, chance.choice([1, 2]))
        question = replace(
            question, floor=chance.choice([2500, 4000, 6000]), overrides=tuple(Override(i, "islands") for i in some)
        )
    if "within_counties" in kinds:
        question = replace(question, within_counties=True, floor=chance.choice([0, 1500]))
    if "locked" in kinds:
        a = chance.choice(ids)
        beside = [ids[n] for n in territory.neighbours()[ids.index(a)]]
        group = frozenset([a, *beside[: chance.choice([0, 1, 2])]])
        question = replace(question, floor=chance.choice([0, 1000]), centres=chance.randint(2, 4), locked=(group,))
    if "positions" in kinds:
        a, b, c, d, e = chance.sample(ids, 5)
        said = [Position(a, Stance.WITH, b), Position(c, Stance.NOT_WITH, d), Position(e, Stance.ALONE)]
        said = tuple(chance.sample(said, chance.choice([1, 2])))
        question = replace(question, floor=chance.choice([0, 1000]), centres=chance.randint(2, 4), positions=said)
    if "start" in kinds:
        blocks = {i: f"old {chance.randrange(3)}" for i in ids}
        question = replace(question, start=Start.of("old", blocks, most_moved=chance.choice([1, 2, 3])))
    return question


@pytest.mark.parametrize("kind", ["overrides", "within_counties", "locked", "positions", "start"])
def test_a_wish_is_kept_and_the_plan_is_the_best_of_all_divisions_that_keep_it(kind):
    found = 0
    for seed in range(14):
        chance = random.Random(seed)
        territory = make_random(seed, 6 + seed % 2)
        territory = with_columns(territory, county={i: "15" if i < "0004" else "16" for i in territory.ids})
        found += agrees(territory, draw_wishes(chance, territory, {kind}))
    assert found >= 2


@pytest.mark.parametrize("seed", range(20))
def test_wishes_hold_together_and_with_parts(seed):
    chance = random.Random(seed)
    territory = make_random(900 + seed, 7)
    county = {i: "15" if i < "0005" else "16" for i in territory.ids}
    territory = with_columns(territory, county=county, part_of={"0007": chance.choice(territory.ids[:6])})
    kinds = set(chance.sample(["overrides", "within_counties", "locked", "positions", "start"], 2))
    question = draw_wishes(chance, territory, kinds)
    agrees(territory, question)
    agrees(territory, replace(question, split_parts=frozenset({"0007"})))


@pytest.mark.parametrize("objective", ["cohesion", "borders", "ties=1,cohesion=0.5"])
def test_wishes_hold_where_pairs_and_sets_count(objective):
    found = 0
    for seed in range(8):
        chance = random.Random(seed)
        territory = make_random(950 + seed, 6)
        if seed % 2:
            territory = with_columns(territory, part_of={"0006": chance.choice(territory.ids[:5])})
        kinds = set(chance.sample(["overrides", "locked", "positions", "start"], 2))
        question = replace(draw_wishes(chance, territory, kinds), objective=Objective.from_text(objective))
        found += agrees(territory, replace(question, floor=question.floor // 2))
    assert found >= 2


@pytest.mark.parametrize("kind", ["overrides", "within_counties", "locked", "positions", "start", "parts", "all"])
@pytest.mark.parametrize("seed", range(4))
def test_leaving_out_pairs_and_listing_blocks_loses_nothing_under_these_wishes(kind, seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.solve.MANY_PAIRS", 0)
    monkeypatch.setattr("tyngdepunkt.structure.reduce._PAIRS_PER_MUNICIPALITY", 1 + seed % 3)
    monkeypatch.setattr("tyngdepunkt.structure.partition._FIRST_SHARE", [1e-6, 1e-2, 0.3][seed % 3])
    chance = random.Random(seed)
    territory = make_random(700 + seed, 7)
    parts = {"0007": chance.choice(territory.ids[:6])} if kind in ("parts", "all") else {}
    territory = with_columns(territory, county={i: "15" if i < "0005" else "16" for i in territory.ids}, part_of=parts)
    kinds = {"locked", "positions", "start", "overrides"} if kind == "all" else {kind}
    question = draw_wishes(chance, territory, kinds)
    agrees(territory, replace(question, floor=0, overrides=()))
    agrees(territory, replace(question, floor=max(1500, question.floor)))


@pytest.mark.parametrize("objective", ["cohesion", "borders", "ties=1,cohesion=0.5", "access=0.01,borders[all]=20"])
@pytest.mark.parametrize("seed", range(5))
def test_no_division_is_better_than_the_bound_where_pairs_and_sets_are_too_many(objective, seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.solve.MANY_PAIRS", 0)
    monkeypatch.setattr("tyngdepunkt.structure.solve._MORE", 1)
    monkeypatch.setattr("tyngdepunkt.structure.solve._TURNS", 2)
    chance = random.Random(seed)
    territory = make_random(740 + seed, 7)
    kinds = set(chance.sample(["overrides", "locked", "positions", "start"], seed % 3))
    asked = replace(draw_wishes(chance, territory, kinds), objective=Objective.from_text(objective))
    for floor in (0, 2500):
        question = replace(asked, floor=floor, overrides=asked.overrides if floor else ())
        best = best_by_force(territory, plain(question), also=allows(territory, question))
        answer = find_plan(territory, question, seed=1, seconds=10)
        if best is None:
            assert isinstance(answer, NoPlan)
        elif isinstance(answer, Plan):
            sign = 1 if question.objective.sense == "max" else -1
            assert sign * answer.objective <= sign * best + 1e-6 <= sign * answer.certificate.bound + 2e-6


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_that_moves_few_is_better_than_their_bound(seed):
    territory = make_random(760 + seed, 7)
    chance = random.Random(seed)
    parts = {"0007": chance.choice(territory.ids[:6])} if seed % 3 == 0 else {}
    territory = with_columns(territory, part_of=parts)
    question = replace(draw_wishes(chance, territory, {"start"}), floor=0, centres=3)
    problem = pose(territory, question)
    best = best_by_force(territory, plain(question), also=allows(territory, question))
    for score in (-math.inf, -math.inf if best is None else problem.sign * best):
        bound = bound_moves(problem, 3, score=score, ends=math.inf)
        assert best is None or bound >= problem.sign * best - 1e-6


def test_where_nobody_may_be_moved_the_bound_is_what_the_plan_to_start_from_scores():
    territory = make_random(5, 9)
    before = find_plan(territory, Question(3, Objective(0, 1)), seed=1)
    start = Start.of("old", dict(before.assignment), most_moved=0)
    problem = pose(territory, Question(3, start=start))
    plan = find_plan(territory, problem.question, seed=1)
    assert plan.objective <= bound_moves(problem, 3, score=plan.objective, ends=math.inf) <= plan.objective * 1.001


@pytest.mark.parametrize("seed", range(6))
def test_plain_floor_rows_lift_the_floor_as_cores_do(seed, monkeypatch):
    monkeypatch.setattr("tyngdepunkt.structure.relaxation.MOST_CORES", 0)
    territory = make_random(800 + seed, 7)
    agrees(territory, draw_wishes(random.Random(seed), territory, {"overrides"}))


@pytest.mark.parametrize("seed", range(4))
def test_a_price_is_the_difference_to_the_best_division_that_keeps_the_wishes(seed):
    territory = make_random(600 + seed, 6)
    chance = random.Random(seed)
    blocks = {i: f"old {chance.randrange(2)}" for i in territory.ids}
    question = Question(
        2, floor=3000, overrides=(Override("0002", "islands"),), start=Start.of("old", blocks, most_moved=3)
    )
    solver = Solver(territory, question, seed=1)
    plan = solver.find(2)
    if isinstance(plan, NoPlan):
        pytest.skip("no plan to price")
    for i in territory.ids:
        for c in territory.ids:
            if plan.assignment[i] == c:
                continue
            amount, exact, _ = solver.price(plan, i, c, cap=float("inf"))
            forced = best_by_force(territory, plain(question), pair=(i, c), also=allows(territory, question))
            assert exact
            assert amount == (None if forced is None else pytest.approx(plan.objective - forced))


@given(st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=4), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_matching_shares_the_most(rows):
    width = min(len(row) for row in rows)
    shared = [row[:width] for row in rows]
    matched = match_most(shared)
    assert len(set(matched.values())) == len(matched)
    size = max(len(shared), width)
    table = [[shared[r][c] if r < len(shared) and c < width else 0 for c in range(size)] for r in range(size)]
    most = max(sum(table[r][c] for r, c in enumerate(order)) for order in itertools.permutations(range(size)))
    assert sum(shared[r][c] for r, c in matched.items()) == most


@given(seed=st.integers(0, 10_000))
@settings(max_examples=5, deadline=None, derandomize=True)
def test_more_moves_and_more_overrides_never_make_a_plan_worse(seed):
    chance = random.Random(seed)
    territory = make_random(seed, 7)
    question = draw_wishes(chance, territory, {"start", "overrides"})
    answers = [
        find_plan(territory, replace(question, start=replace(question.start, most_moved=most)), seed=1)
        for most in (1, 3, 7)
    ]
    answers.append(find_plan(territory, replace(question, start=None), seed=1))
    everyone = tuple(Override(i, "trial") for i in territory.ids)
    answers.append(find_plan(territory, replace(question, start=None, overrides=everyone), seed=1))
    answers.append(find_plan(territory, replace(question, start=None, overrides=(), floor=0), seed=1))
    values = [
        float("-inf") if isinstance(a, NoPlan) else a.objective * (1 if question.objective.sense == "max" else -1)
        for a in answers
    ]
    assert values == sorted(values)
    assert values[-1] == pytest.approx(values[-2])


@given(seed=st.integers(0, 10_000))
@settings(max_examples=8, deadline=None, derandomize=True)
def test_asking_for_what_the_best_plan_has_changes_nothing(seed):
    territory = make_random(seed, 7)
    best = find_plan(territory, Question(3), seed=1)
    block = random.Random(seed).choice(list(best.members.values()))
    kept = Start.of("best", best.assignment, most_moved=0)
    for asked in (Question(3, locked=(frozenset(block),)), Question(3, start=kept)):
        answer = find_plan(territory, asked, seed=1)
        assert answer.objective == best.objective
    assert find_moved(best.assignment, answer.assignment) == ()
    assert measure(territory, answer, answer.question).moved == ()


def test_an_override_lifts_the_floor_for_its_own_block_and_no_other():
    county = draw("A - B - C - D", people={"A": 300, "B": 5000, "C": 5000, "D": 200}, flows={"BC": 1})
    assert isinstance(find_plan(county, Question(4, floor=4000), seed=1), NoPlan)
    one = Override("A", "two hours by boat")
    assert isinstance(find_plan(county, Question(4, floor=4000, overrides=(one,)), seed=1), NoPlan)
    plan = find_plan(county, Question(3, floor=4000, overrides=(one,)), seed=1)
    measured = measure(county, plan, plan.question)
    low = [block for block in measured.blocks if block.shortfall]
    assert [(block.population, block.shortfall, block.overrides) for block in low] == [(300, 3700, (one,))]
    assert "floor_or_override" in plan.certificate.checks
    assert "floor" not in plan.certificate.checks


def test_an_override_needs_a_reason():
    with pytest.raises(QuestionError, match="without a reason"):
        Override("1511", " ")


def test_counties_that_the_study_does_not_give_are_asked_for():
    with pytest.raises(QuestionError, match="column county"):
        find_plan(draw("A - B"), Question(1, within_counties=True), seed=1)


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"locked": (frozenset("AB"),)}, "are not a block"),
        ({"positions": (Position("A", Stance.NOT_WITH, "B"),)}, "against its position"),
        ({"positions": (Position("D", Stance.ALONE),)}, "against its position"),
        ({"start": Start.of("old", dict(zip("ABCD", "xyxy", strict=True)), most_moved=1)}, "are moved"),
        ({"within_counties": True}, "crosses the border"),
        ({}, "is not with its municipality"),
    ],
)
def test_verification_finds_a_wish_that_is_broken(change, check):
    county = with_columns(
        draw("A - B - C - D", flows={"AB": 5, "CD": 5, "BC": 1}),
        county=dict(zip("ABCD", ["15", "15", "15", "16"], strict=True)),
    )
    plan = find_plan(county, Question(2), seed=1)
    assert plan.members in ({"A": ("A", "B"), "C": ("C", "D")}, {"B": ("A", "B"), "C": ("C", "D")})
    broken = replace(plan, question=replace(plan.question, **change))
    if not change:
        county = with_columns(county, part_of={"D": "A"})
    elif "locked" in change:
        broken = replace(broken, question=replace(broken.question, locked=(frozenset("BC"),)))
    with pytest.raises(PlanError, match=check):
        verify(county, broken)


def test_a_plan_can_start_from_one_with_another_number_of_blocks():
    county = draw("A - B - C - D - E - F", flows={"AB": 9, "CD": 9, "EF": 9, "BC": 1})
    old = dict(zip("ABCDEF", "xxyyyy", strict=True))
    for centres, least in ((1, 2), (2, 0), (3, 1), (6, 4)):
        start = Start.of("old", old, most_moved=least)
        plan = find_plan(county, Question(centres, start=start), seed=1)
        assert len(find_moved(old, plan.assignment)) == least
        if least:
            fewer = replace(start, most_moved=least - 1)
            assert isinstance(find_plan(county, Question(centres, start=fewer), seed=1), NoPlan)


@pytest.mark.parametrize("kind", ["overrides", "locked", "start"])
def test_whether_there_is_any_division_is_told_as_by_looking_at_all(kind):
    told = set()
    for seed in range(10):
        chance = random.Random(seed)
        territory = make_random(1000 + seed, 6)
        centre = frozenset(chance.sample(territory.ids, chance.choice([0, 0, 1])))
        barred = frozenset(chance.sample(territory.ids, 2)) - centre
        question = replace(draw_wishes(chance, territory, {kind}), centre=centre, not_centre=barred)
        expected = best_by_force(territory, plain(question), also=allows(territory, question)) is not None
        possible, plan = find_division(pose(territory, question), seconds=20)
        assert possible is expected
        if plan is not None:
            ids = territory.ids
            assert keeps(territory, question, {ids[i]: ids[j] for i, j in enumerate(plan)})
        assert (plan is None) is not expected
        told.add(expected)
    assert told == {True, False}
