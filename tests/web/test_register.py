"""The register edited on its pages: nothing is lost, nothing is written for another site, faults are by their field."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from tyngdepunkt.store.register import RegisterStore
from tyngdepunkt.web import create_app

EDIT = "/cooperation/arrangement/edit"
SHEETS = {"xlsx": "PK", "csv": "\ufeffarrangement_id"}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Where the register is kept."""
    return tmp_path_factory.mktemp("register") / "register.sqlite"


@pytest.fixture(scope="module")
def app(shipped, unswept, place):  # noqa: ARG001 - no sweep is begun
    """A workbench whose register may be written to."""
    app = create_app(shipped, language="en", register=place)
    yield app
    app.state.desk.close()


@pytest.fixture
def browser(app):
    """Begin a browser: one that keeps its own cookies, and does not go where it is sent."""

    def begin():
        client = TestClient(app, base_url="http://localhost", follow_redirects=False)
        client.headers["Sec-Fetch-Site"] = "same-origin"
        return client

    return begin


def fields_of(page):
    """The fields of the form of a page, as a browser would send them."""
    form = page[page.index('<form class="sheet-form" method="post"') :]
    form = form[: form.index("</form>")]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and (not re.search('type="(checkbox|radio)"', tag) or " checked" in tag):
            found.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = [unescape(chosen[1]) if chosen else ""]
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = [unescape(text)]
    return found


def arrangement(client, id_):
    """What the register has of an arrangement."""
    return client.get("/api/cooperation/arrangement", params={"id": id_}).json()


def test_an_arrangement_is_added_shown_ended_and_the_ending_undone(browser):
    anne = browser()
    form = fields_of(anne.get(EDIT).text)
    form |= {"name": "Felles IKT", "service_area": "IKT", "participant": ["1519", "1520"], "fte": "2,5", "who": "Anne"}
    added = anne.post(EDIT, data=form)
    assert added.status_code == 303
    page = anne.get(added.headers["location"]).text
    id_ = re.search(r"id=(R\d+)", added.headers["location"])[1]
    found = arrangement(anne, id_)
    assert found["arrangement"]["fte"] == 2.5
    assert found["participants"].keys() == {"1519", "1520"}
    assert "It is written." in page

    end = fields_of(page) | {"last_year": "2020"}
    assert end["who"] == ["Anne"]  # remembered by the browser
    assert anne.post(f"/cooperation/arrangement/end?id={id_}", data=end).status_code == 303
    ended = arrangement(anne, id_)
    assert ended["arrangement"]["year_end"] == 2020
    number = ended["history"][0]["change"]
    undo = {"token": end["token"], "change": str(number)}
    assert anne.post("/cooperation/undo", data=undo).status_code == 303
    assert arrangement(anne, id_)["arrangement"]["year_end"] is None
    assert [each["act"] for each in arrangement(anne, id_)["history"]] == ["undo", "end", "add"]
    assert anne.post("/cooperation/undo", data=undo).status_code == 409


def test_what_is_wrong_is_said_by_the_field_and_what_was_written_is_kept(browser):
    client = browser()
    form = fields_of(client.get(EDIT).text)
    form |= {"service_area": "brann", "year_start": "soon", "fte": "many", "replaces": "X1", "note": "<b>kept</b>"}
    answer = client.post(EDIT, data=form)
    assert answer.status_code == 422
    summary = answer.text[answer.text.index("<ds-error-summary") : answer.text.index("</ds-error-summary>")]
    for field in ("name", "year_start", "fte", "replaces", "who"):
        assert f'href="#{field}"' in summary
        assert re.search(rf'id="error-{field}"[^>]*><p', answer.text)
    assert fields_of(answer.text)["note"] == ["<b>kept</b>"]
    assert fields_of(answer.text)["service_area"] == ["brann"]
    assert "<b>kept" not in answer.text


def test_two_who_edit_at_once_lose_nothing(browser):
    anne, bo = browser(), browser()
    path = f"{EDIT}?id=S18_15"
    first, second = fields_of(anne.get(path).text), fields_of(bo.get(path).text)
    assert anne.post(path, data=first | {"name": "Annes", "fte": "12.5", "who": "Anne"}).status_code == 303
    clash = bo.post(path, data=second | {"name": "Bos", "governing_body": "board", "who": "Bo"})
    assert clash.status_code == 409
    assert "Annes" in clash.text
    assert "Bos" in clash.text
    assert arrangement(bo, "S18_15")["arrangement"]["name"] == "Annes"  # nothing of Bo's is written yet

    choice = fields_of(clash.text)
    assert choice["pick_fte"] == ["theirs"]  # she alone changed it
    assert choice["pick_governing_body"] == ["mine"]  # he alone changed it
    assert "pick_name" not in choice  # both did, and nobody chooses for them
    open_ = bo.post(path, data=choice)
    assert open_.status_code == 409
    assert "You both changed “Name”." in open_.text
    assert bo.post(path, data=fields_of(open_.text) | {"pick_name": "mine"}).status_code == 303
    found = arrangement(bo, "S18_15")["arrangement"]
    assert (found["name"], found["fte"], found["governing_body"]) == ("Bos", 12.5, "board")


def test_a_third_change_during_the_choice_is_shown_too(browser):
    anne, bo = browser(), browser()
    path = f"{EDIT}?id=S18_16"
    first, second = fields_of(anne.get(path).text), fields_of(bo.get(path).text)
    anne.post(path, data=first | {"note": "one", "who": "Anne"})
    clash = bo.post(path, data=second | {"note": "two", "who": "Bo"})
    again = fields_of(anne.get(path).text)
    anne.post(path, data=again | {"note": "three", "who": "Anne"})
    answer = bo.post(path, data=fields_of(clash.text) | {"pick_note": "mine"})
    assert answer.status_code == 409
    assert "three" in answer.text
    assert arrangement(bo, "S18_16")["arrangement"]["note"] == "three"


def test_what_was_removed_meanwhile_is_not_written_over(browser):
    anne, bo = browser(), browser()
    added = anne.post(EDIT, data=fields_of(anne.get(EDIT).text) | {"name": "X", "service_area": "IKT", "who": "Anne"})
    id_ = re.search(r"id=(R\d+)", added.headers["location"])[1]
    path = f"{EDIT}?id={id_}"
    second = fields_of(bo.get(path).text)
    shown = fields_of(anne.get(f"/cooperation/arrangement?id={id_}").text)
    assert anne.post(f"/cooperation/arrangement/remove?id={id_}", data=shown | {"who": "Anne"}).status_code == 303
    answer = bo.post(path, data=second | {"note": "mine", "who": "Bo"})
    assert answer.status_code == 409
    assert "Anne removed it meanwhile" in answer.text
    assert arrangement(bo, id_)["arrangement"] is None


def test_what_other_rows_point_to_is_not_removed(browser):
    client = browser()
    shown = fields_of(client.get("/cooperation/arrangement?id=N13_SOS_13").text)
    answer = client.post("/cooperation/arrangement/remove?id=N13_SOS_13", data=shown | {"who": "Anne"})
    assert answer.status_code == 422
    assert "Other rows point to N13_SOS_13: S18_15" in answer.text
    assert arrangement(client, "N13_SOS_13")["arrangement"] is not None


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null", "Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "elsewhere.example"},
    ],
)
@pytest.mark.parametrize("path", [f"{EDIT}?id=S18_20", "/cooperation/undo", "/cooperation/import"])
def test_a_form_of_another_site_is_refused(browser, path, headers):
    client = browser()
    form = fields_of(client.get(f"{EDIT}?id=S18_20").text) | {"name": "Theirs", "who": "X", "change": "1"}
    before = arrangement(client, "S18_20")
    assert client.post(path, data=form, headers=headers).status_code == 403
    assert arrangement(client, "S18_20") == before


def test_a_form_without_the_browsers_own_word_is_refused(browser):
    client = browser()
    path = f"{EDIT}?id=S18_21"
    form = fields_of(client.get(path).text) | {"name": "Theirs", "who": "X"}
    assert client.post(path, data=form | {"token": "x" * 43}).status_code == 403
    assert browser().post(path, data=form).status_code == 403  # a browser without the cookie
    assert arrangement(client, "S18_21")["arrangement"]["name"] != "Theirs"


def test_an_import_is_seen_first_and_applied_as_a_whole(browser):
    client = browser()
    token = fields_of(client.get("/cooperation/import").text)["token"][0]
    text = client.get("/cooperation/register.csv").text.replace("\nS18_22,", "\nS18_22,New ", 1)
    seen = client.post("/cooperation/import", data={"token": token}, files={"file": ("r.csv", text.encode())})
    assert seen.status_code == 200
    assert re.search(r'<span class="was">.*?</span> → New ', seen.text)
    assert not arrangement(client, "S18_22")["arrangement"]["name"].startswith("New ")
    held = fields_of(seen.text)
    assert client.post("/cooperation/import", data=held).status_code == 422  # by whom?
    assert client.post("/cooperation/import", data=held | {"who": "Per"}).status_code == 303
    assert arrangement(client, "S18_22")["arrangement"]["name"].startswith("New ")
    assert client.post("/cooperation/import", data=held | {"who": "Per"}).status_code == 422  # held no longer


def test_an_import_overtaken_by_a_change_writes_nothing(browser):
    client = browser()
    token = fields_of(client.get("/cooperation/import").text)["token"][0]
    text = client.get("/cooperation/register.csv").text
    text = text.replace("\nS18_23,", "\nS18_23,Late ", 1).replace("\nS18_24,", "\nS18_24,Late ", 1)
    seen = client.post("/cooperation/import", data={"token": token}, files={"file": ("r.csv", text.encode())})
    form = fields_of(client.get(f"{EDIT}?id=S18_23").text) | {"note": "first", "who": "Anne"}
    assert client.post(f"{EDIT}?id=S18_23", data=form).status_code == 303
    assert client.post("/cooperation/import", data=fields_of(seen.text) | {"who": "Per"}).status_code == 409
    assert not arrangement(client, "S18_24")["arrangement"]["name"].startswith("Late ")


def test_an_import_is_undone_as_one(browser):
    client = browser()
    token = fields_of(client.get("/cooperation/import").text)["token"][0]
    text = client.get("/cooperation/register.csv").text
    text = text.replace("\nS18_25,", "\nS18_25,Whole ", 1).replace("\nS18_26,", "\nS18_26,Whole ", 1)
    seen = client.post("/cooperation/import", data={"token": token}, files={"file": ("r.csv", text.encode())})
    assert client.post("/cooperation/import", data=fields_of(seen.text) | {"who": "Per"}).status_code == 303
    page = client.get("/cooperation/history").text
    assert "Undo all 2 that were done together" in page
    number = re.search(r'name="change" value="(\d+)"><input type="hidden" name="together"', page)[1]
    undo = {"token": token, "change": number, "together": "1", "who": "Per"}
    assert client.post("/cooperation/undo", data=undo).status_code == 303
    for id_ in ("S18_25", "S18_26"):
        assert not arrangement(client, id_)["arrangement"]["name"].startswith("Whole ")
    assert client.post("/cooperation/undo", data=undo).status_code == 409


def test_every_fault_of_an_import_is_named_and_nothing_can_be_applied(browser):
    client = browser()
    token = fields_of(client.get("/cooperation/import").text)["token"][0]
    text = client.get("/cooperation/register.csv").text.replace(",2018,", ",tjue,", 2)
    seen = client.post("/cooperation/import", data={"token": token}, files={"file": ("r.csv", text.encode())})
    assert seen.status_code == 422
    assert seen.text.count("column snapshot: “tjue” is not a number") == 2
    assert 'name="held"' not in seen.text
    told = client.post(
        "/cooperation/import?language=nn", data={"token": token}, files={"file": ("r.csv", text.encode())}
    )
    assert told.text.count("kolonne snapshot: “tjue” er ikkje eit tal. Skriv eit heilt tal") == 2
    data = client.post("/api/cooperation/import/preview", files={"file": ("r.csv", text.encode())})
    assert data.status_code == 422
    assert len(data.json()["faults"]) == 2


def test_every_fault_of_a_game_is_told_in_the_language_of_the_page(browser):
    client = browser()
    token = fields_of(client.get("/cooperation/import").text)["token"][0]
    game = b'{"players": ["A", "B"], "values": {"A": "x", "B": 1, "A,B": 3}, "value": 1}'
    answer = client.post(
        "/services/sharing?language=nb", data={"token": token}, files={"file": ("g.json", game, "application/json")}
    )
    assert answer.status_code == 422
    assert "values[&#39;A&#39;] er &#34;x&#34;: gi et tall." in answer.text
    assert "som ikke er forstått: bruk players, values" in answer.text


@pytest.mark.parametrize("form", SHEETS)
def test_what_is_exported_says_when_imported_that_nothing_changes(browser, form):
    client = browser()
    token = fields_of(client.get("/cooperation/import").text)["token"][0]
    file = client.get(f"/cooperation/register.{form}").content
    assert file.startswith(SHEETS[form].encode())
    seen = client.post("/cooperation/import", data={"token": token}, files={"file": (f"r.{form}", file)})
    assert "there is nothing to import" in seen.text


def test_answers_to_the_seven_questions_are_kept_and_count_as_stated(browser):
    client = browser()
    path = "/cooperation/assess?member=1514&member=1515"
    form = fields_of(client.get(path).text) | {"standing_plan": "met", "text_plan": "Planen av 2018", "who": "Anne"}
    assert client.post(path, data=form).status_code == 303
    items = client.get(f"/api{path}").json()["items"]
    stated = next(each for each in items if each["item"] == "shared_goals")
    assert (stated["standing"], stated["basis"], stated["answer"]["who"]) == ("met", "stated", "Anne")
    assert "Planen av 2018" in client.get(path).text


def test_measures_follow_what_is_written(browser):
    client = browser()
    before = client.get("/api/cooperation?year=2018").json()["municipalities"]
    form = fields_of(client.get(EDIT).text)
    form |= {"name": "Ny", "service_area": "IKT", "snapshot": "2018", "participant": ["1502", "1504"], "who": "Anne"}
    assert client.post(EDIT, data=form).status_code == 303
    after = client.get("/api/cooperation?year=2018").json()["municipalities"]
    grown = {a["municipality_id"] for a, b in zip(after, before, strict=True) if a["total"] == b["total"] + 1}
    assert grown == {"1502", "1504"}


def test_the_register_is_the_one_that_the_commands_read(browser, shipped, place):
    browser().get("/cooperation/register")
    assert len(RegisterStore.open(shipped, place).entries()) >= 310


def test_without_a_place_the_register_is_gone_when_the_workbench_ends(shipped, unswept):  # noqa: ARG001 - no sweep
    with TestClient(create_app(shipped, language="en"), base_url="http://localhost") as client:
        assert "is gone when the workbench ends" in client.get("/cooperation/register").text
        form = fields_of(client.get(EDIT).text) | {"name": "Ny", "service_area": "IKT", "who": "Anne"}
        assert client.post(EDIT, data=form).status_code == 200
        assert arrangement(client, "R1")["arrangement"]["name"] == "Ny"
