"""Sentences made of reasons, in three languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tyngdepunkt
from tyngdepunkt.analysis import CHECKS
from tyngdepunkt.model import Reason, Relaxation, Status
from tyngdepunkt.texts import LANGUAGES, words
from tyngdepunkt.texts.reasons import CRITERIA, kind_sentence, relaxation_sentence, sentence

NAMES = {"0301": "Storvik", "0302": "Lillevik", "0303": "Øyane"}
ROOT = Path(tyngdepunkt.__file__).parent


def test_every_criterion_that_the_code_gives_has_a_sentence():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("structure", "analysis", "cooperation")
        for path in (ROOT / folder).glob("*.py")
    )
    given = set(re.findall(r"\bReason\(\s*\"(\w+)\"", code))
    assert len(given) > 10
    assert given <= set(CRITERIA)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_sentence_is_whole_whatever_the_reason_lacks(criterion, language):
    for value in (None, 1500.0):
        for threshold in (None, 2000.0):
            for ids in ((), ("0301",), ("0301", "0302", "0303")):
                for alternative in ("", "0303", "17"):
                    said = sentence(
                        Reason(criterion, value, "persons", threshold, ids, "", alternative), NAMES, language
                    )
                    assert said.endswith((".", "%")), said
                    assert "{" not in said
                    assert "  " not in said


def test_values_are_written_as_their_unit_asks():
    out = Reason("share_of_out_commuters", 0.4567, "share", None, ("0302", "0301"))
    assert sentence(out, NAMES, "en") == (
        "45.7% of those who live in Lillevik and work in another municipality work in Storvik."
    )
    assert sentence(out, NAMES, "nb").startswith("45,7\u00a0% av dem som bor i Lillevik")


def test_a_tie_is_held_against_the_strongest_elsewhere():
    tie = Reason("ties_to_centre", 1069, "persons", 70, ("0302", "0301"), "commuting", "0303")
    assert sentence(tie, NAMES, "en") == (
        "1,069 people commute between Lillevik and Storvik, both ways counted. "
        "With Øyane, the other centre that it has most with, it exchanges 70."
    )


def test_arithmetic_and_geography_are_told_apart():
    assert len({kind_sentence(kind, "nn") for kind in ("arithmetic", "geography", "unsettled")}) == 3


def test_many_names_are_cut_and_the_rest_counted():
    ids = tuple(f"{i:04d}" for i in range(30))
    assert sentence(Reason("disconnected", 2, "", 1, ids), {}, "en").endswith("0011 and 18 more.")


def test_a_relaxation_says_whether_something_nearer_may_work():
    assert relaxation_sentence(Relaxation("floor", 15000, 12310), "en") == (
        "A plan exists where the least population of a block is 12,310 in place of 15,000; nothing nearer works."
    )
    assert "may work too" in relaxation_sentence(Relaxation("floor", 15000, 12310, proven=False), "en")
    assert relaxation_sentence(Relaxation("together_1", 1, 0), "en") == (
        "A plan exists where one wish is dropped: municipalities that shall lie together."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_and_status_has_words(language):
    for check in CHECKS:
        assert words.check_sentence(check, language).endswith(".")
    for status in Status:
        assert words.status_word(status, language) != str(status)


def test_a_key_that_nobody_knows_is_shown_as_it_stands():
    assert words.function_word("courthouse", "nb") == "courthouse"
    assert sentence(Reason("moon", 3, "persons"), {}, "en") == "moon: 3 persons"
