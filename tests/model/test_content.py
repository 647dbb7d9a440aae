"""A key stands for all that a value holds, and for nothing else."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pytest

from tests.counties import FICTION, draw
from tyngdepunkt.model import Objective, Question, content_key


def test_equal_values_made_apart_have_one_key():
    assert content_key(draw(FICTION)) == content_key(draw(FICTION))
    assert content_key(Question(3, centre=frozenset("AB"))) == content_key(Question(3, centre=frozenset("BA")))


OTHER = {
    "centres": 4,
    "objective": Objective(0.0, 1.0),
    "floor": 1,
    "max_minutes": 30.0,
    "together": (frozenset("AB"),),
    "apart": (frozenset("AB"),),
    "centre": frozenset("A"),
    "not_centre": frozenset("A"),
    "functions": frozenset({"hospital"}),
    "seasonal": True,
}


@pytest.mark.parametrize("name", OTHER)
def test_each_field_of_a_question_counts(name):
    asked = Question(3)
    assert content_key(replace(asked, **{name: OTHER[name]})) != content_key(asked)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (
            "municipalities",
            lambda county: (replace(county.municipalities[0], population=1001), *county.municipalities[1:]),
        ),
        ("links", lambda county: county.links[1:]),
        ("commuters", lambda county: county.commuters + np.eye(len(county), dtype=np.int64)),
        ("minutes", lambda county: county.minutes + 0.5),
        ("minutes_estimated", lambda county: np.ones((len(county), len(county)), dtype=bool)),
        ("functions", lambda _: {"hospital": frozenset("B")}),
    ],
)
def test_each_figure_of_a_territory_counts(name, change):
    county = draw(FICTION)
    assert content_key(replace(county, **{name: change(county)})) != content_key(county)


def test_a_new_field_gives_a_new_key_though_it_has_its_default():
    @dataclass(frozen=True)
    class Asked:
        floor: int = 0

    before = content_key(Asked())

    @dataclass(frozen=True)
    class Asked:  # the same class, a version later
        floor: int = 0
        lock: bool = False

    assert [field.name for field in fields(Asked)] == ["floor", "lock"]
    assert content_key(Asked()) != before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ((1,), (1.0,)),
        ((1,), (True,)),
        (("1",), (1,)),
        ((None,), ("None",)),
        (((1,), 2), ((1, 2),)),
        (({"a": "b"},), ({"b": "a"},)),
        (({"ab": "c"},), ({"a": "bc"},)),
        ((np.zeros((2, 3)),), (np.zeros((3, 2)),)),
        ((np.zeros(2, dtype=np.int64),), (np.zeros(2),)),
        ((0.1 + 0.2,), (0.3,)),
    ],
)
def test_values_that_look_alike_are_told_apart(one, other):
    assert content_key(*one) != content_key(*other)


def test_what_has_no_content_to_tell_is_refused():
    with pytest.raises(TypeError, match="function"):
        content_key(lambda: 1)
