"""Municipalities by their names."""

from __future__ import annotations

import numpy as np
import pytest

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Municipality, Territory


@pytest.fixture
def north():
    names = {
        "1806": "Narvik",
        "1818": "Herøy (Nordland)",
        "1515": "Herøy (Møre og Romsdal)",
        "5007": "Namsos - Nåavmesjenjaelmie",
        "5421": "Senja",
        "5422": "Bø - Senja",
    }
    return Territory(tuple(Municipality(i, name, 1000) for i, name in names.items()), (), np.zeros((6, 6)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1806", "1806"),
        ("narvik", "1806"),
        ("Namsos", "5007"),
        ("nåavmesjenjaelmie", "5007"),
        ("Namsos - Nåavmesjenjaelmie", "5007"),
        ("Herøy (Nordland)", "1818"),
        ("Senja", "5421"),  # a whole name comes before one of several
    ],
)
def test_a_municipality_is_found_by_id_name_or_one_of_its_names(north, text, wanted):
    assert north.find(text) == wanted


def test_a_name_that_fits_two_is_refused_with_both(north):
    with pytest.raises(QuestionError, match=r"2 municipalities \(1818, 1515\)"):
        north.find("Herøy")
