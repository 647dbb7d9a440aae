"""How firm a place is: asked for by a button, worked out once, and shown from then on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.web.conftest import TestClient, until_done
from tyngdepunkt.web import create_app


@pytest.fixture(scope="module")
def few(shipped):
    """A client of the shipped study with few tables drawn anew."""
    study = replace(shipped, settings=replace(shipped.settings, stability_resamples=6))
    with TestClient(create_app(study), raise_server_exceptions=False) as client:
        yield client


def test_shares_are_shown_once_the_reader_has_asked(few):
    view = "centres=7&municipality=1539&language=en"
    before = until_done(few, f"/?{view}").text
    assert "How firm is its place?" in before
    assert "drawn anew" not in before
    part = until_done(few, f"/parts/stability?{view}").text
    assert "of 6 tables (95 per cent confidence:" in part
    after = until_done(few, f"/?{view}").text
    assert "of 6 tables (95 per cent confidence:" in after
    assert "How firm is its place?" not in after


def test_shares_are_open_to_other_programs(few):
    found = until_done(few, "/api/stability?centres=7").json()
    assert (found["resamples"], found["solved"], len(found["municipalities"])) == (6, 6, 36)
    kept = {each["municipality"]: each["keeps"]["share"] for each in found["municipalities"]}
    assert kept["1539"] * 6 == round(kept["1539"] * 6)
    assert until_done(few, "/api/stability?centres=7&objective=access").status_code == 422


def test_a_study_that_asks_for_no_tables_has_no_button(shipped):
    study = replace(shipped, settings=replace(shipped.settings, stability_resamples=0))
    with TestClient(create_app(study), raise_server_exceptions=False) as client:
        page = until_done(client, "/?centres=7&municipality=1539&language=en").text
        assert 'id="panel"' in page
        assert "How firm is its place?" not in page
        assert until_done(client, "/api/stability?centres=7").status_code == 422
