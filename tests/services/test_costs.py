"""Games and splits out of costs, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.services import (
    COST_KEYS,
    Cooperation,
    Norm,
    Parameter,
    Participant,
    Service,
    game_of_cooperation,
    payments_of,
    share_gains,
    split_by_key,
    split_by_keys,
)

WHO = (Participant("A", 1000, 1.0), Participant("B", 3000, 2.0), Participant("C", 6000, 1.0))
PLAN = Service("plan", ("A", "B", "C"), fixed=Parameter(600.0, "budget"), per_inhabitant=Parameter(0.1))


def cooperation(*services, keys=None):
    return Cooperation(WHO, services, keys or {}, "NOK")


def test_each_who_joins_saves_the_fixed_cost_once():
    game = game_of_cooperation(cooperation(PLAN))
    assert game.value("A", "B") == game.value("B", "C") == 600
    assert game.value("A", "B", "C") == 1200
    assert [game.value(name) for name in "ABC"] == [0, 0, 0]


def test_what_each_pays_today_takes_the_place_of_what_the_formula_says():
    service = Service(
        "IKT",
        ("A", "B"),
        fixed=Parameter(100.0),
        per_user=Parameter(2.0),
        users={"A": 10.0, "B": 20.0},
        existing_cost={"A": 150.0, "B": 90.0},
    )
    game = game_of_cooperation(cooperation(service))
    assert game.value("A", "B") == 150 + 90 - (100 + 60)
    assert game.value("A", "B", "C") == game.value("A", "B")  # C takes no part
    assert game.value("A", "C") == 0


def test_a_larger_environment_is_worth_something_up_to_the_norm():
    service = Service(
        "barnevern",
        ("A", "B", "C"),
        per_participant=Parameter(0.0),
        fte={"A": 2.0, "B": 4.0, "C": 7.0},
        norm=Norm(Parameter(6.0), Parameter(10.0)),
    )
    game = game_of_cooperation(cooperation(service))
    assert game.value("A", "B") == 10 * ((6 - 2) + (6 - 4))
    assert game.value("A", "C") == 10 * (6 - 2)  # C has the norm already
    assert game.value("A", "B", "C") == 10 * (4 + 2)


def test_a_service_that_costs_more_together_counts_against_the_coalition():
    dear = Service("dear", ("A", "B"), fixed=Parameter(500.0), existing_cost={"A": 100.0, "B": 100.0})
    assert game_of_cooperation(cooperation(dear)).value("A", "B") == -300


@pytest.mark.parametrize(
    ("key", "paid"),
    [
        ("equal", (1600 / 3, 1600 / 3, 1600 / 3)),
        ("inhabitants", (160, 480, 960)),
        ("income_adjusted", (1600 / 13, 1600 * 6 / 13, 1600 * 6 / 13)),
        ("existing_cost", (1600 * 700 / 2800, 1600 * 900 / 2800, 1600 * 1200 / 2800)),
    ],
)
def test_a_key_shares_the_cost_of_all_together(key, paid):
    split = split_by_key(cooperation(PLAN), key, {key: 1.0})
    assert tuple(split.payments.values()) == pytest.approx(paid)
    alone = (700, 900, 1200)
    assert tuple(split.gains.values()) == pytest.approx([a - p for a, p in zip(alone, paid, strict=True)])


def test_of_a_mix_each_key_shares_its_part():
    mixed = split_by_key(cooperation(PLAN), "mix", {"equal": 40, "inhabitants": 60})
    assert mixed.payments["A"] == pytest.approx(0.4 * 1600 / 3 + 0.6 * 160)


def test_a_key_without_its_figures_says_what_it_needs():
    splits = {split.name: split for split in split_by_keys(cooperation(PLAN))}
    assert set(splits) == set(COST_KEYS)
    assert splits["users"].missing == ("users of every participant in plan",)
    assert splits["take_up"].gains == {}


def test_every_key_shares_all_that_is_gained():
    service = Service(
        "PPT",
        ("A", "C"),
        fixed=Parameter(90.0),
        per_user=Parameter(1.0),
        users={"A": 5.0, "C": 15.0},
        take_up={"A": 1.0, "C": 2.0},
        fte={"A": 1.0, "C": 2.0},
        norm=Norm(Parameter(5.0), Parameter(7.0)),
    )
    only = Service("only", ("B",), fixed=Parameter(50.0), users={"B": 1.0}, take_up={"B": 1.0})
    whole = cooperation(service, only)
    game = game_of_cooperation(whole)
    for split in split_by_keys(whole):
        assert not split.missing
        assert sum(split.gains.values()) == pytest.approx(game.total)
        assert payments_of(whole, split.gains) == pytest.approx(split.payments)


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (Service("s", ("A", "X"), fixed=Parameter(1.0)), "not listed: X"),
        (Service("s", ("A", "B"), per_user=Parameter(1.0), users={"A": 1.0}), "costs per user, and B has no users"),
        (Service("s", ("A", "B"), fixed=Parameter(1.0), existing_cost={"B": 1.0}), "A has no existing_cost"),
        (Service("s", ("A",), fixed=Parameter(1.0), norm=Norm(Parameter(1.0), Parameter(1.0))), "A has no fte"),
    ],
)
def test_a_figure_that_is_not_stated_is_asked_for_and_never_guessed(service, said):
    with pytest.raises(QuestionError, match=said):
        game_of_cooperation(cooperation(service))


def test_inhabitants_that_a_cost_needs_are_asked_for():
    whole = Cooperation((Participant("A", 10.0), Participant("B")), (PLAN_OF_TWO,))
    with pytest.raises(QuestionError, match="B has none stated"):
        game_of_cooperation(whole)


PLAN_OF_TWO = Service("plan", ("A", "B"), per_inhabitant=Parameter(1.0))


@pytest.mark.parametrize(
    ("weights", "said"), [({"age": 1.0}, "no cost key"), ({"equal": 0.0}, "above 0"), ({}, "above 0")]
)
def test_weights_that_make_no_key_are_refused(weights, said):
    with pytest.raises(QuestionError, match=said):
        split_by_key(cooperation(PLAN), "mine", weights)


def test_twelve_participants_and_twenty_services_are_shared():
    chance = np.random.default_rng(1)
    who = tuple(Participant(f"P{i}", float(chance.integers(1000, 20000)), 1.0) for i in range(12))
    names = tuple(each.name for each in who)
    services = tuple(
        Service(
            f"s{number}",
            tuple(name for name in names if chance.random() < 0.8),
            fixed=Parameter(float(chance.integers(500, 3000))),
            per_inhabitant=Parameter(float(chance.random())),
        )
        for number in range(20)
    )
    whole = Cooperation(who, services)
    sharing = share_gains(
        game_of_cooperation(whole), {each.name: each.gains for each in split_by_keys(whole) if not each.missing}
    )
    assert sharing.solutions["nucleolus"].in_core
    assert sharing.least_core_epsilon <= 0
    assert len(sharing.splits) == 4
