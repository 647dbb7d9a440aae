"""What every test may ask for: the fictional county, the shipped study, and its whole analysis made once."""

from __future__ import annotations

import os

import pytest

from tests.counties import FICTION, draw

os.environ["TYNGDEPUNKT_CACHE"] = ""  # a test works its answers out, and leaves none in the user's own cache


@pytest.fixture
def fiction():
    """
    The fictional county::

        A - B - C
        |   |   .        . is closed in winter, ~ is a ferry
        D - E   F ~ G

        H                H is an island that nothing reaches

    People: A 5000, E 3000, G 4000, others 1000. Commuters: all from B, C, D to A, a few from E to A and to G as many
    (a tie), F to G.
    """
    return draw(
        FICTION,
        people={"A": 5000, "E": 3000, "G": 4000},
        flows={"BA": 60, "CA": 30, "DA": 50, "EA": 20, "EG": 20, "FG": 40, "AA": 900, "GG": 500, "AB": 5},
        functions={"hospital": "AG", "airport": "E"},
    )


@pytest.fixture(scope="session")
def shipped():
    """The study that ships: Møre og Romsdal 2017."""
    from tyngdepunkt.study import load_study

    return load_study("more-og-romsdal-2017")


@pytest.fixture(scope="session")
def whole(shipped):
    """The whole analysis of the shipped study, as `tyngdepunkt run` makes it, with fewer tables drawn anew."""
    from dataclasses import replace

    from tyngdepunkt.analysis import analyse

    return analyse(replace(shipped, settings=replace(shipped.settings, stability_resamples=12)))
