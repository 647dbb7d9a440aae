"""The page says what the analysis holds, in three languages, and works without a script."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from fastapi.testclient import TestClient

from tyngdepunkt.web import create_app

LANGUAGES = ("nb", "nn", "en")


def text_of(html):
    """What a reader sees, more or less."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def view_data(html):
    return json.loads(unescape(re.search(r'data-view="([^"]*)"', html)[1]))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nb", "6 blokker rundt Ålesund, Molde, Kristiansund, Ulstein, Volda og Surnadal"),
        ("nn", "6 blokker rundt Ålesund, Molde, Kristiansund, Ulstein, Volda og Surnadal"),
        ("en", "6 blocks around Ålesund, Molde, Kristiansund, Ulstein, Volda and Surnadal"),
    ],
)
def test_the_first_page_shows_the_best_of_all_numbers(ask, language, title):
    page = ask(f"/?language={language}")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert re.search(r"<h1[^>]*>([^<]*)</h1>", page.text)[1] == title
    assert re.search(r"18.276", text_of(page.text))


def test_the_language_without_a_query_is_bokmal(ask):
    assert '<html lang="nb"' in ask("/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_names_another_machine(ask, language):
    for query in ("", "centres=13", "municipality=1524&reference=NIVI 2013&commuting=1", "centres=99&floor=x"):
        page = ask(f"/?{query}&language={language}").text
        # The name space of SVG is a name and no address; nothing is fetched from it.
        assert re.findall(r"(?:https?:)?//[\w.]+", page.replace("http://www.w3.org/2000/svg", "")) == []


def test_nothing_in_the_page_needs_inline_scripts_or_styles(ask):
    page = ask("/?municipality=1524&reference=NIVI 2013").text
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page) == []


def test_a_request_of_the_page_itself_gets_the_answer_alone(ask):
    part = ask("/?centres=7&language=en", part=True)
    assert "<html" not in part.text
    assert '<form id="question"' not in part.text
    assert part.headers["Vary"].split(", ")[0] == "HX-Request"
    assert part.headers["HX-Push-Url"] == "/?centres=7&language=en"
    assert view_data(part.text)["centres"] == 7


def test_the_address_is_the_shortest_that_gives_the_view(client):
    query = "centres=7&floor=15000&floor_own=&objective=ties&minutes_per_commuter=500&seasonal=0&commuters_from=100"
    assert client.get(f"/?{query}", headers={"HX-Request": "true"}).headers["HX-Push-Url"] == "/?centres=7"


def test_an_address_that_stays_is_no_step_in_the_history(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/?centres=7"}
    assert client.get("/?centres=7", headers=headers).headers["HX-Push-Url"] == "false"


def test_the_map_is_told_what_the_table_says(ask):
    page = ask("/?centres=7&language=en").text
    data = view_data(page)
    assert len(data["assignment"]) == 36
    table = page[page.index('id="panel-municipalities"') : page.index('id="panel-frontier"')]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)[1:]
    assert len(rows) == 36
    names = {re.search(r'data-pick="(\d+)"', row)[1]: text_of(row) for row in rows}
    for municipality, centre in data["assignment"].items():
        assert re.search(rf'data-pick="{centre}">([^<]*)', page)[1] in names[municipality]


def test_no_plan_says_why_and_what_would_work(ask):
    page = ask("/?centres=13&language=en")
    said = text_of(page.text)
    assert "No plan with 13 blocks" in said
    assert "12 blocks at most" in said
    assert re.search(r'href="\?centres=12&amp;language=en">Use 12 blocks', page.text)
    assert re.search(r'href="\?centres=13&amp;floor=\d+&amp;language=en">Lower the floor to 14,534', page.text)
    assert view_data(page.text)["clashing"]


def test_wishes_that_clash_can_be_dropped_by_a_button(ask):
    page = ask("/?centres=6&together=1504,1502&apart=1504,1502&language=en")
    assert "No plan with 6 blocks" in text_of(page.text)
    assert re.search(r'href="\?centres=6&amp;apart=1502%2C1504&amp;language=en">Drop the wish', page.text)
    assert re.search(r'href="\?centres=6&amp;together=1502%2C1504&amp;language=en">Drop the wish', page.text)


def test_a_municipality_is_explained_with_its_price_elsewhere(ask):
    page = ask("/?municipality=1524&language=en").text
    panel = text_of(page[page.index('id="panel"') : page.index('id="tables"')])
    assert "Norddal" in panel
    assert "In the block of Ålesund" in panel
    assert "69 people commute between Norddal and Ålesund" in panel
    assert re.search(r"Molde 453 10 100 min", panel)
    assert "Stranda" in panel


def test_a_plan_of_others_is_compared_difference_first(ask):
    page = ask("/?reference=county governor 2016&language=en").text
    said = text_of(page)
    assert "5 municipalities lie differently in “county governor 2016”" in said
    assert view_data(page)["reference"]["1547"] == "Nye Molde"
    table = page[page.index('id="panel-differences"') : page.index('id="panel-sources"')]
    assert [name for name in ("Vanylven", "Stranda", "Sykkylven", "Rindal", "Halsa") if name in table] == [
        "Vanylven", "Stranda", "Sykkylven", "Rindal", "Halsa",
    ]  # fmt: skip


def test_centres_of_gravity_are_the_most_with_every_function(ask):
    page = ask("/?centres=most&floor=50000&functions=airport,hospital,college&language=en").text
    assert "4 blocks around Ålesund, Molde, Kristiansund and Volda" in text_of(page)


def test_what_is_wrong_stands_by_the_field_and_in_a_summary(client):
    page = client.get("/?floor=own&floor_own=many&max_minutes=x&language=en").text
    summary = page[page.index("<ds-error-summary") : page.index("</ds-error-summary>")]
    assert 'href="#floor_own"' in summary
    assert 'href="#max_minutes"' in summary
    assert re.search(r'id="error-floor_own"[^>]*><p[^>]*>“many” is not a number of people', page)


def test_what_a_reader_writes_is_never_markup(client):
    nasty = '"><script>alert(1)</script>'
    for name in ("floor", "municipality", "reference", "together", "functions", "centres", "language", "table"):
        page = client.get("/", params={name: nasty})
        assert page.status_code == 200
        assert "<script>alert" not in page.text


def test_each_number_says_its_rule_its_table_and_its_source(ask):
    page = ask("/?language=en").text
    card = text_of(page[page.index('id="trace-top-ties"') :][:1500])
    assert "commuting.commuters" in card
    assert "both ways, added up" in card
    assert "Statistics Norway, table 03321" in card
    assert re.search(r"\b2017\b", card)


def test_the_form_keeps_what_has_no_field_of_its_own(ask):
    page = ask("/?together=1517,1516&municipality=1524&table=frontier&language=nn").text
    kept = page[page.index('id="kept"') : page.index('class="centres"')]
    values = dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', kept))
    assert values["together"] == "1516,1517"
    assert (values["municipality"], values["table"], values["language"]) == ("1524", "frontier", "nn")


def test_language_links_lead_to_the_same_view(ask):
    page = ask("/?centres=7&municipality=1524&language=nn").text
    links = page[page.index('id="languages"') :]
    links = links[: links.index("</nav>")]
    assert 'href="?centres=7&amp;municipality=1524"' in links
    assert 'href="?centres=7&amp;municipality=1524&amp;language=en"' in links


def test_the_part_of_the_comparison_brings_its_table(ask):
    part = ask("/parts/compared?reference=NIVI 2013&language=en").text
    assert part.lstrip().startswith('<div class="compared" id="compared"')
    assert '<div id="differences" class="stack" hx-swap-oob="outerHTML">' in part


def test_the_price_part_stands_alone(ask):
    part = ask("/parts/prices?municipality=1524&language=en").text
    assert part.lstrip().startswith('<div id="prices"')
    assert "Why" in part


@pytest.mark.usefixtures("endless")
def test_a_study_without_boundaries_or_plans_of_others_still_has_a_page(shipped):
    tables = {name: shipped.tables[name] for name in ("municipalities", "neighbours", "commuting")}
    bare = replace(shipped, boundaries=None, tables=tables, resources={})
    with TestClient(create_app(bare, language="en")) as client:
        assert client.get("/?floor=0&municipality=1524").status_code == 200
        assert client.get("/api/boundaries").status_code == 404


@pytest.mark.usefixtures("endless")
def test_the_page_says_how_far_the_sweep_has_come(shipped):
    with TestClient(create_app(shipped, language="en")) as client:
        page = client.get("/").text
    assert "3 of 36 numbers of blocks answered" in text_of(page)
    assert re.search(r'<progress[^>]* max="36" value="3"', page)
    assert 'hx-trigger="load delay' in page
