"""The pages on cooperation and services: every one, in three languages, with what is wrong said by the field."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from tyngdepunkt.tables import TABLES
from tyngdepunkt.web import create_app
from tyngdepunkt.web.cooperation.traces import TRACES
from tyngdepunkt.web.cooperation.words import FIELDS

PAGES = (
    "/cooperation?plan=county governor 2016",
    "/cooperation?year=2013",
    "/cooperation/matrix",
    "/cooperation/matrix?of=partners",
    "/cooperation/register",
    "/cooperation/arrangement?id=S18_15",
    "/cooperation/arrangement/edit",
    "/cooperation/arrangement/edit?id=S18_15",
    "/cooperation/history",
    "/cooperation/import",
    "/cooperation/assess?member=1519&member=1520",
    "/cooperation/legal-form?statutory=yes&individual_decisions=yes",
    "/services?member=1514&member=1515&member=1511",
    "/services/sizes",
    "/services/hosting?member=1514&member=1515",
    "/services/sharing?member=1514&member=1515",
)


@pytest.fixture(scope="module")
def reader(shipped, unswept):  # noqa: ARG001 - no sweep is begun
    """A client that only reads."""
    with TestClient(create_app(shipped, language="en"), base_url="http://localhost") as client:
        yield client


def text_of(html):
    """What a reader sees, more or less."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_without_inline_scripts_and_names_no_other_machine(reader, path):
    page = reader.get(path)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page.text) == []
    assert re.findall(r"(?:https?:)?//[\w.]+", page.text) == []


@pytest.mark.parametrize(
    ("language", "title"),
    [("nb", "Samarbeid i 2018"), ("nn", "Samarbeid i 2018"), ("en", "Cooperation in 2018")],
)
def test_the_overview_stands_in_three_languages(reader, language, title):
    page = reader.get(f"/cooperation?language={language}").text
    assert f'<html lang="{language}"' in page
    assert text_of(re.search(r"<h1.*?</h1>", page)[0]) == title


def test_the_other_part_of_the_workbench_keeps_language_and_view(reader):
    page = reader.get("/cooperation?centres=7&language=nn").text
    sections = page[page.index('id="sections"') :]
    assert 'href="/?centres=7&amp;language=nn"' in sections[: sections.index("</nav>")]


def test_years_are_told_apart_and_said_to_be(reader):
    old, new = (reader.get("/api/cooperation", params={"year": year}).json() for year in (2013, 2018))
    assert old["snapshots"] == {"2013": 255}
    assert new["snapshots"] == {"2013": 208, "2017": 6, "2018": 49}
    assert "Years are never added together" in text_of(reader.get("/cooperation").text)


def test_control_totals_stand_beside_the_registers_with_the_gap(reader):
    found = reader.get("/api/cooperation?year=2013").json()["municipalities"]
    told = [each for each in found if each["control_total"] is not None]
    assert len(told) == 36
    assert all(each["gap"] == each["control_total"] - each["total"] for each in told)
    rows = list(csv.DictReader(io.StringIO(reader.get("/cooperation/tables/municipalities.csv?year=2013").text)))
    assert {row["municipality_id"]: int(row["gap"]) for row in rows} == {
        each["municipality_id"]: each["gap"] for each in told
    }


def test_with_a_plan_the_page_says_what_lies_inside_and_across(reader):
    path = "/api/cooperation?plan=county governor 2016"
    data = reader.get(path).json()
    assert {"inside", "crossing", "inside_unknown", "inside_share"} <= data["municipalities"][0].keys()
    assert len(data["blocks"]) > 2
    page = text_of(reader.get("/cooperation?plan=county governor 2016").text)
    assert "Block by block" in page


def test_the_printed_count_of_tasks_stands_beside_the_registers(reader):
    page = text_of(reader.get("/cooperation?year=2013").text)
    assert re.search(r"Legevakt 7 29 29 0 0 yes", page)
    assert re.search(r"Energi-/kraftselskap 7 10 21 \+11 6 no", page)


def test_the_picture_and_its_table_show_the_same_pairs(reader):
    page = reader.get("/cooperation?least=25").text
    table = page[page.index('id="caption-pairs"') :]
    rows = table[: table.index("</table>")].count("<tr>") - 1
    assert rows == page.count("<line ")
    assert rows == len(reader.get("/api/cooperation/network?least=25").json()["edges"])


def test_the_matrix_is_symmetric_and_downloadable(reader):
    rows = list(csv.DictReader(io.StringIO(reader.get("/cooperation/tables/matrix-partners.csv").text)))
    ids = [row["municipality_id"] for row in rows]
    assert all(rows[i][b] == rows[k][a] for i, a in enumerate(ids) for k, b in enumerate(ids))


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/cooperation?year=1900", "year"),
        ("/cooperation?plan=none such", "plan"),
        ("/cooperation?least=many", "least"),
        ("/cooperation/register?municipality=nowhere", "municipality"),
        ("/cooperation/assess?member=1519", "member"),
        ("/cooperation/assess?member=9999&member=1519", "member"),
        ("/cooperation/assess?member=1519&member=1520&fixed_share=much", "fixed_share"),
        ("/cooperation/legal-form?statutory=maybe", "statutory"),
        ("/services/hosting?member=1514&member=1515&job_tolerance=x", "job_tolerance"),
        ("/services/sharing?member=1514&member=1515&service-1=IKT&fixed-1=x", "fixed-1"),
    ],
)
def test_what_is_wrong_stands_in_a_summary_and_by_the_field(reader, path, field):
    page = reader.get(path).text
    summary = page[page.index("<ds-error-summary") : page.index("</ds-error-summary>")]
    assert f'href="#{field}"' in summary
    assert re.search(rf'id="error-{field}"[^>]*><p', page)
    assert re.search(rf'id="{field}"', page)


@pytest.mark.parametrize(
    "path",
    [
        "/api/cooperation?year=1900",
        "/api/cooperation/network?least=0",
        "/api/cooperation/register?municipality=nowhere",
        "/api/cooperation/arrangement?id=none",
        "/api/cooperation/assess",
        "/api/cooperation/legal-form?act=1800",
        "/api/cooperation/forms?year=x",
        "/api/services/capacity?member=9999",
        "/api/services/hosting",
        "/cooperation/tables/none.csv",
        "/services/tables/none.csv",
        "/cooperation/register.pdf",
    ],
)
def test_every_error_of_the_data_has_the_one_shape(reader, path):
    found = reader.get(path)
    assert found.status_code in {404, 422}
    assert found.json()["error"].keys() == {"message", "field", "mend", "others"}


def test_what_a_reader_writes_is_never_markup(reader):
    nasty = '"><script>alert(1)</script>'
    for path, fields in (
        ("/cooperation", ("year", "plan", "least")),
        ("/cooperation/register", ("text", "task")),
        ("/cooperation/assess", ("member",)),
        ("/services/sharing", ("service-1", "fixed-1")),
    ):
        for field in fields:
            page = reader.get(path, params={field: nasty})
            assert "<script>alert" not in page.text


def test_the_list_is_filtered_and_paged(reader):
    page = text_of(reader.get("/cooperation/register").text)
    assert "263 arrangements" in page
    assert "Page 1 of 6" in page
    found = reader.get("/api/cooperation/register?task=barnevern&municipality=Volda").json()
    assert [each["arrangement_id"] for each in found if each["snapshot"] == 2018]
    assert all("1519" in each["participants"] or each["host_id"] == "1519" for each in found)
    assert len(reader.get("/api/cooperation/register?rows=all").json()) == 310


def test_the_assessment_has_seven_items_each_with_evidence_or_what_is_missing(reader):
    found = reader.get("/api/cooperation/assess?member=1519&member=1520").json()
    assert len(found["items"]) == 7
    assert all(each["evidence"] or each["missing"] for each in found["items"])


def test_legal_form_says_for_every_form_why(reader):
    found = reader.get("/api/cooperation/legal-form?individual_decisions=yes&language=nb").json()
    forms = [each["form"] for verdict in ("allowed", "conditional", "excluded") for each in found[verdict]]
    assert len(set(forms)) == 8
    assert {each["form"] for each in found["conditional"]} == {"iks", "company", "cooperative"}
    page = text_of(reader.get("/cooperation/legal-form?individual_decisions=yes").text)
    table = page[page.index("Legal forms for the task") : page.index("The register held against the law")]
    told = ("allowed", "conditional", "excluded")
    assert [table.count(each.capitalize()) for each in told] == [len(found[each]) for each in told]
    asked = "statutory=yes&individual_decisions=yes"
    checked = text_of(reader.get(f"/cooperation/legal-form?{asked}").text)
    checked = checked[checked.index("The register held against the law") :]
    assert "For statutory tasks" not in checked  # what is said of the reader's task is not said of others
    told = reader.get("/api/cooperation/forms").json()["arrangements"]
    unknown = [each for each in told if each["verdict"] == "unknown"]
    formless = sum(each["legal_form"] in {"unknown", "other"} for each in unknown)
    assert f"of {formless} the form is not told or is another" in checked
    assert "Et oppgavefellesskap treffer ikke enkeltvedtak." in [each["reason"] for each in found["excluded"]]


def test_a_printed_sum_that_is_wrong_is_shown_beside_what_its_rows_give(reader):
    page = text_of(reader.get("/services").text)
    assert re.search(r"91\.7\d* 93\.7", page)
    assert "107.85" in page


def test_hosting_shows_both_types_and_what_would_have_to_give_way(reader):
    path = "/services/hosting?member=1514&member=1515&member=1511&task=barnevern&minutes-barnevern=40"
    for _ in range(100):
        page = reader.get(path).text
        if "Type A" in page and "load delay" not in page:
            break
    said = text_of(page)
    assert said.count("No plan keeps everything that is asked") == 2
    assert "Each may lose 6.50 full-time equivalents in net" in said


def test_a_game_is_shared_and_the_answer_names_who_would_leave(reader):
    game = {
        "players": ["A", "B", "C"],
        "values": {"A": 0, "B": 0, "C": 0, "A,B": 60, "A,C": 72, "B,C": 48, "A,B,C": 120},
        "splits": {"mine": {"A": 73, "B": 21, "C": 26}},
    }
    for _ in range(100):
        found = reader.post("/api/services/share", json=game)
        if found.status_code != 202:
            break
    answer = found.json()
    assert answer["core_empty"] is False
    assert answer["splits"]["mine"]["best_deviation"] == {"coalition": ["B", "C"], "gain": 1.0}
    assert reader.post("/api/services/share", json={"players": ["A"]}).status_code == 422
    assert reader.post("/api/services/hosting", content=b"[").json()["error"]["field"] == "body"


def test_every_column_that_a_number_is_traced_to_is_in_the_schema():
    for trace in TRACES.values():
        for column in trace.columns:
            table, _, name = column.partition(".")
            assert TABLES[table].column(name)


def test_every_column_of_the_register_has_a_name_on_the_page():
    assert {column.name for column in TABLES["arrangements"].columns} <= FIELDS.keys()
