"""The report as PDF: what it holds, how it can be read, and what it bears."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from tests.report.conftest import NASTY
from tyngdepunkt.analysis import Layer
from tyngdepunkt.model import NoPlan, Question, Reason, Relaxation, Status
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.pdf import typeset
from tyngdepunkt.texts import LANGUAGES
from tyngdepunkt.texts.wording import Wording


@pytest.fixture(scope="session")
def pages(analysis):
    """Every language's report, as PDF."""
    return {language: PdfReader(io.BytesIO(typeset(analysis, language=language))) for language in LANGUAGES}


@pytest.fixture(scope="session")
def texts(pages):
    """The text of every language's report, on one line."""
    return {language: read(reader) for language, reader in pages.items()}


@pytest.fixture(scope="session")
def nasty_text(nasty):
    """The text of the report on the county with nasty names."""
    return read(PdfReader(io.BytesIO(typeset(nasty, language="en"))))


def read(reader) -> str:
    """Return the text of a PDF on one line, hyphens of broken words and thin spaces taken out."""
    text = "\n".join(page.extract_text() for page in reader.pages)
    text = re.sub(r"[\u00ad\u200b]", "", text)
    text = re.sub(r"(?<=\w)[-\u2010]\n(?=\w)", "", text)
    return re.sub(r"\s+", " ", text)


def squeeze(text: str) -> str:
    """Return a text without any space, as lines may break anywhere."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_holds_the_numbers_that_the_analysis_holds(analysis, texts, language):
    text, wording = squeeze(texts[language]), Wording(language)
    expected = [analysis.blocks.plan.objective]
    for layer in (analysis.blocks, analysis.gravity):
        expected += [block.population for block in layer.measure.blocks]
    expected += [block.jobs for block in analysis.blocks.measure.blocks]
    expected += [block.person_minutes for block in analysis.blocks.measure.blocks]
    expected += [point.answer.objective for point in analysis.frontier.points]
    expected += [reference.measure.objective for reference in analysis.references]
    expected += [reference.distance for reference in analysis.references]
    missing = [number for number in expected if squeeze(wording.count(number)) not in text]
    assert not missing


def test_the_report_names_the_cheapest_tipping_price_of_each_municipality(analysis, texts):
    text = texts["en"]
    for municipality, name in (("1546", "Sandøy"), ("1511", "Vanylven")):
        cheapest = min(p.amount for p in analysis.tipping if p.municipality == municipality)
        assert re.search(rf"{name} \S+ \S+ {Wording('en').count(cheapest)} ", text)


def test_the_report_says_why_a_price_under_a_floor_is_another_than_without(texts, mapless):
    assert "others may have to move along so that no block falls below" in texts["en"]
    assert "differ by what the least population costs" in texts["en"]
    free = replace(mapless.blocks.plan, question=replace(mapless.blocks.plan.question, floor=0))
    assert Briefing(replace(mapless, blocks=replace(mapless.blocks, plan=free)), "en").say_floored() == ""


def test_the_report_says_which_numbers_of_blocks_are_impossible_and_why(texts):
    text = texts["en"]
    assert "From 13 blocks." in text
    assert "at most reach the least population" in text
    assert "From 18 blocks." in text
    assert "266,274 inhabitants. So many blocks of such a size would need 270,000." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_all_in_that_language(texts, language):
    text = texts[language]
    words = {"nb": "hvilke kommuner kunne", "nn": "kva for kommunar kunne", "en": "which municipalities could"}
    for other, word in words.items():
        assert (word in text) == (other == language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_pdf_ua_with_language_title_and_tags(analysis, pages, language):
    reader = pages[language]
    catalogue = reader.trailer["/Root"]
    metadata = catalogue["/Metadata"].get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", metadata)
    assert catalogue["/Lang"].startswith(language)
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert Wording(language).say("Møre og Romsdal, 36 municipalities, 2017") in reader.metadata.title
    assert analysis.version in reader.metadata.author
    assert reader.metadata["/Keywords"]


def test_every_figure_has_an_alternative_text(pages):
    figures = [node for node in _structure(pages["en"]) if node.get("/S") in {"/Figure", "/Formula"}]
    assert len(figures) >= 4
    assert all(len(str(node.get("/Alt", ""))) > 40 for node in figures)
    assert any("Ålesund: " in str(node["/Alt"]) for node in figures)


def test_tables_have_headers_and_headings_are_in_order(pages):
    kinds = [node.get("/S") for node in _structure(pages["en"])]
    assert kinds.count("/TH") > 40
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H[1-6]", str(kind))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_fonts_are_those_that_come_with_typst(pages):
    fonts = {
        str(font["/BaseFont"])
        for page in pages["en"].pages
        for font in (page["/Resources"].get("/Font") or {}).values()
    }
    names = {re.sub(r"^/[A-Z]{6}\+", "", font) for font in fonts}
    assert names
    assert all(name.startswith(("LibertinusSerif", "NewCM")) for name in names)


def test_the_same_analysis_gives_the_same_bytes(nasty):
    assert typeset(nasty, language="en") == typeset(nasty, language="en")


def test_nasty_names_are_shown_as_text(nasty_text):
    text = nasty_text
    for name in NASTY[:4]:
        assert squeeze(name) in squeeze(text).replace("”", '"').replace("“", '"')
    assert "tlusda" in text
    assert "\u202e" not in text
    assert "\ufffd" in text
    assert "A" * 300 in squeeze(text)


def test_a_study_without_the_optional_tables_says_what_is_left_out(nasty_text):
    text = nasty_text
    assert "The study lacks these tables" in text
    for table in ("travel times", "functions", "divisions of state agencies", "plans of others"):
        assert table in text
    assert "Person-minutes" not in text
    assert "not stated" in text


def test_no_plan_at_all_is_said_with_its_reason_and_the_nearest_that_works(mapless):
    question = Question(18, floor=15_000)
    reason = Reason("total_population", 266_274, "persons", 270_000, alternative="17")
    none = NoPlan(question, "arithmetic", (reason,), (Relaxation("centres", 18, 12),), 0.1)
    empty = replace(
        mapless,
        blocks=Layer(none, None, (Reason("chosen_by_reader", 18),)),
        gravity=Layer(NoPlan(Question(6, floor=50_000), "geography", ()), None, ()),
        tipping=(),
        references=(),
    )
    text = read(PdfReader(io.BytesIO(typeset(empty, language="en"))))
    assert "No plan exists: the numbers alone forbid it" in text
    assert "A plan exists where the number of centres is 12 in place of 18" in text
    assert "No plan of centres of gravity meets the conditions" in text
    assert "Tipping municipalities" not in text


def test_an_interrupted_sweep_is_told(mapless):
    cut = replace(mapless, frontier=replace(mapless.frontier, points=mapless.frontier.points[:7], complete=False))
    text = read(PdfReader(io.BytesIO(typeset(cut, language="en"))))
    assert "The work was interrupted" in text


def _structure(reader):
    """Give every node of the structure tree, in reading order."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop(0)
        node = node.get_object() if hasattr(node, "get_object") else node
        if not hasattr(node, "get"):
            continue
        yield node
        kids = node.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        waiting[:0] = list(kids) if isinstance(kids, list) else [kids]


def test_wishes_are_told_on_the_first_page_and_among_the_choices(mapless):
    plan = mapless.blocks.plan
    question = replace(
        plan.question, max_minutes=240, together=(frozenset({"1516", "1517"}),), not_centre=frozenset({"1546"})
    )
    wished = replace(mapless, blocks=replace(mapless.blocks, plan=replace(plan, question=question)))
    reader = PdfReader(io.BytesIO(typeset(wished, language="en")))
    first = re.sub(r"\s+", " ", reader.pages[0].extract_text())
    assert "Longest time to the centre: 240 min." in first
    assert "Shall lie together: Ulstein and Hareid." in first
    assert "Shall not be centres: Sandøy." in first
    assert "Shall lie apart" not in first
    assert "Ulstein and Hareid Each group lies in one block." in read(reader)


def test_a_plan_that_is_not_proven_is_never_called_proven(mapless):
    plan = mapless.blocks.plan
    proof = replace(plan.certificate, status=Status.GAP, bound=18_300.0)
    open_plan = replace(plan, certificate=proof)
    text = read(
        PdfReader(io.BytesIO(typeset(replace(mapless, blocks=replace(mapless.blocks, plan=open_plan)), language="en")))
    )
    assert "It is proven that no plan can reach beyond 18,300." in text
    assert "It is proven that no other plan" not in text
