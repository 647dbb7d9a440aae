"""Every text that the report asks for is there in Bokmål and in Nynorsk."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest

import tyngdepunkt
from tyngdepunkt.messages import Message
from tyngdepunkt.texts.catalogues import find_broken, find_untranslated, list_messages, read_catalogue
from tyngdepunkt.texts.wording import Wording

ROOT = Path(tyngdepunkt.__file__).parent


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_text_of_the_report_is_untranslated(language):
    messages = list_messages([ROOT / "report", ROOT / "texts"])
    assert len(messages) > 400
    assert find_untranslated(messages, language, "report", "common") == ()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_shared_word_is_untranslated_in_the_catalogue_that_every_face_reads(language):
    assert find_untranslated(list_messages([ROOT / "texts"]), language, "common") == ()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_is_wrong_with_a_file_is_told_in_every_language(language):
    places = [ROOT / name for name in ("tables", "store", "study", "services", "jsonfile.py")]
    asked = list_messages(places)
    assert len(asked) > 150
    assert find_untranslated(asked, language, "faults") == ()
    assert {m.id for m in read_catalogue(language, "faults") if m.id} == set(asked)


def test_a_message_is_said_with_what_it_is_made_of():
    wanted = Message("Write {value}.", value=Message("{low} or {high}", low=3, high=4))
    assert wanted == "Write 3 or 4."
    assert Wording("nn", "web").tell(wanted) == "Skriv 3 eller 4."
    assert Wording("nn").tell(copy.copy(wanted)) == "Skriv 3 eller 4."
    assert Wording("nn").tell("{as it stands}") == "{as it stands}"


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("domain", ["report", "common", "faults"])
def test_translations_have_the_same_places_for_values(language, domain):
    assert find_broken(language, domain) == ()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_catalogue_keeps_texts_that_nobody_asks_for(language):
    asked = {m if isinstance(m, str) else m[0] for m in list_messages([ROOT / "report", ROOT / "texts"])}
    kept = {
        m.id if isinstance(m.id, str) else m.id[0]
        for domain in ("report", "common")
        for m in read_catalogue(language, domain)
        if m.id
    }
    assert kept == asked


def test_a_missing_text_is_found(tmp_path):
    (tmp_path / "face.py").write_text('say("Nobody has said this yet.")\nsay_many("{count} bat", "{count} bats", 2)\n')
    messages = list_messages([tmp_path])
    assert messages == (("{count} bat", "{count} bats"), "Nobody has said this yet.")
    assert find_untranslated(messages, "nb", "report", "common") == messages


@pytest.mark.parametrize("domain", ["report", "common", "cli", "faults", "web"])
def test_nynorsk_is_not_bokmaal_and_keeps_to_one_form_of_a_word(domain):
    texts = [
        m.string if isinstance(m.string, str) else " ".join(m.string) for m in read_catalogue("nn", domain) if m.id
    ]
    words = set(re.findall(r"\w+", " ".join(texts).lower()))
    bokmaal = {"ikke", "hvordan", "hva", "hvem", "hvilke", "kommuner", "innbyggere", "fra", "noen", "være", "medlemmer"}
    others = {"blei", "gje", "gjev", "fyrst", "prenta", "prova", "augneblink"}
    assert words & (bokmaal | others) == set()
