"""Files of any content are read, or refused with a message; never anything else."""

from __future__ import annotations

import contextlib
import copy
import json

import pytest
from hypothesis import given, settings, strategies as st

from tyngdepunkt.errors import SourceError, TyngdepunktError
from tyngdepunkt.services import HostingProblem, parse_game, parse_hosting, read_game

GAME = {"players": ["A", "B"], "values": {"A": 1, "B": 2, "A,B": 4}, "splits": {"s": {"A": 1, "B": 3}}, "unit": "kr"}
COOPERATION = {
    "participants": {"A": {"inhabitants": 10, "income": 1}, "B": {"inhabitants": 20}},
    "services": [
        {
            "id": "s",
            "participants": ["A", "B"],
            "fixed": {"value": 5, "source": "budget"},
            "per_user": 1,
            "users": {"A": 1, "B": 2},
            "fte": {"A": 1, "B": 2},
            "norm": {"fte": 5, "value_per_fte": {"value": 1}},
        }
    ],
    "keys": {"mix": {"equal": 1, "users": 2}},
}
HOSTING = {
    "participants": ["A", "B"],
    "tasks": [{"id": "t", "fte_before": {"A": 1, "B": 1}, "fte_after": 2, "max_minutes": 30}],
    "minutes": {"A": {"B": 5}, "B": {"A": None}},
    "job_tolerance": 1,
    "model": "central",
}
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.sampled_from(["", "A", "A,B", "equal"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["A", "B", "id", "x"]), inner, max_size=3)
    ),
    max_leaves=4,
)


def places_in(content, at=()):
    """Yield the way to every value of an object."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in pairs:
        yield (*at, key)
        yield from places_in(value, (*at, key))


def changed(content, at, value):
    """Return an object with another value somewhere."""
    other = copy.deepcopy(content)
    inner = other
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return other


def test_what_the_files_say_is_what_is_read():
    game = parse_game(GAME)
    assert (game.game.value("A", "B"), game.game.unit, game.splits) == (4, "kr", {"s": {"A": 1, "B": 3}})
    whole = parse_game(COOPERATION).cooperation
    assert whole.services[0].fixed.source == "budget"
    assert whole.keys == {"mix": {"equal": 1, "users": 2}}
    hosting = parse_hosting(HOSTING)
    assert (hosting.model, hosting.problem.time("A", "B"), hosting.problem.time("B", "A")) == ("central", 5, None)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([GAME, COOPERATION, HOSTING]), st.data())
def test_whatever_stands_somewhere_is_read_or_refused(content, data):
    at = data.draw(st.sampled_from(list(places_in(content))))
    other = changed(content, at, data.draw(anything))
    with contextlib.suppress(TyngdepunktError):
        found = parse_hosting(other).problem if content is HOSTING else parse_game(other)
        assert isinstance(found, HostingProblem) or (found.game is None) is not (found.cooperation is None)


def test_every_fault_of_a_file_is_told_at_once(tmp_path):
    path = tmp_path / "game.json"
    path.write_text(json.dumps({"players": ["A", "A"], "values": {"A": "x", "B": 1}, "unit": 3}), encoding="utf-8")
    with pytest.raises(SourceError, match="has 4 faults") as refused:
        read_game(path)
    assert str(path) in str(refused.value)
