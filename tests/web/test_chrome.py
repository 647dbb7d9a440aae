"""Headers, assets and the errors that are ours."""

from __future__ import annotations

import threading

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tyngdepunkt.errors import SourceError
from tyngdepunkt.web import chrome, create_app, server
from tyngdepunkt.web.chrome import add_error_shape


@pytest.mark.parametrize(
    "path", ["/", "/api/study", "/api/boundaries", "/nowhere", "/tables/chairs.csv", "/assets/none"]
)
def test_every_answer_keeps_the_page_to_itself(client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_fault_of_the_program_keeps_shape_and_headers(client, monkeypatch, caplog):
    monkeypatch.setattr("tyngdepunkt.web.api._unchanging", lambda *_: 1 / 0)
    response = client.get("/api/commuting")
    assert response.status_code == 500
    assert "The log of the server" in response.json()["error"]["message"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in response.text


def test_answers_are_not_kept_by_the_browser(client):
    assert client.get("/api/plan?centres=6").headers["Cache-Control"] == "no-store"


def test_a_page_without_assets_says_so_and_shows_its_tables(client, monkeypatch, tmp_path):
    monkeypatch.setattr(chrome, "ASSETS", tmp_path)
    page = client.get("/?language=en").text
    assert "Map and styling are missing." in page
    assert "npm could not be reached" in page
    assert "<script" not in page
    assert '<button type="submit">Show' in page


@pytest.mark.usefixtures("endless")
def test_serving_without_assets_says_what_is_missing(shipped, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(chrome, "ASSETS", tmp_path)
    monkeypatch.setattr("uvicorn.Server.run", lambda _self, sockets: sockets[0].close())
    server.serve(shipped, port=0, open_browser=False)
    said = capsys.readouterr().err
    assert "pip install" in said
    assert "http://localhost:" in said


@pytest.mark.usefixtures("endless")
def test_the_browser_is_opened_once_the_page_can_be_had_at_once(shipped, monkeypatch):
    asked, serving = [], []
    run, fetch = uvicorn.Server.run, server.urlopen

    def open_browser(address):
        asked.append(f"browser {address}")
        serving[0].should_exit = True

    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets: serving.append(self) or run(self, sockets))
    monkeypatch.setattr(server, "urlopen", lambda address, **more: asked.append(address) or fetch(address, **more))
    monkeypatch.setattr("webbrowser.open", open_browser)
    # In a thread of its own, for a browser test may have left a loop in this one.
    thread = threading.Thread(target=server.serve, args=(shipped,), kwargs={"port": 0})
    thread.start()
    thread.join()
    assert asked[0].startswith("http://localhost:")
    assert asked == [asked[0], f"{asked[0]}api/boundaries", f"browser {asked[0]}"]


def test_a_port_that_is_taken_is_a_plain_message(shipped):
    listener = server._listen("127.0.0.1", 0)
    listener.listen()
    try:
        port = listener.getsockname()[1]
        with pytest.raises(SourceError, match=rf"Port {port} at 127.0.0.1 cannot be used.*--port"):
            server.serve(shipped, port=port, open_browser=False)
    finally:
        listener.close()


def test_a_language_that_is_none_is_refused(shipped):
    with pytest.raises(KeyError, match="'sv' is not a language"):
        create_app(shipped, language="sv")


@pytest.mark.usefixtures("endless")
def test_the_language_of_an_app_needs_no_query(shipped):
    with TestClient(create_app(shipped, language="nn")) as client:
        page = client.get("/").text
    assert '<html lang="nn"' in page
    assert 'href="?language=nb"' in page


def test_what_cannot_be_read_is_told_in_our_own_words():
    app = FastAPI()
    add_error_shape(app)

    @app.get("/blocks/{number}")
    def blocks(number: int, floor: int) -> int:
        return number + floor

    with TestClient(app, raise_server_exceptions=False) as client:
        error = client.get("/blocks/many?floor=high").json()["error"]
    assert (error["field"], error["message"]) == ("number", "number is missing, or is not what is asked for.")
    assert [each["field"] for each in error["others"]] == ["floor"]
    assert "valid integer" not in str(error)
