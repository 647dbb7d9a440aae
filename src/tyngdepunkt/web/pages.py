"""The page: whole for a browser, the answer alone for a request that the page itself makes."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import tyngdepunkt
from tyngdepunkt.errors import TyngdepunktError
from tyngdepunkt.texts import LANGUAGES, numbers, reasons, words
from tyngdepunkt.texts.shipped import given_text
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web import chrome
from tyngdepunkt.web.bonds import BONDS
from tyngdepunkt.web.origins import find_origin, list_sources
from tyngdepunkt.web.scene import Scene
from tyngdepunkt.web.sections import BLOCKS, sections_of
from tyngdepunkt.web.view import read_view

if TYPE_CHECKING:
    from tyngdepunkt.model import Plan
    from tyngdepunkt.study import Study
    from tyngdepunkt.web.desk import Desk

__all__ = ["asset_address", "make_environment", "make_pages", "scene_of", "wait_for_scene"]

_LONG_POLL = 0.7
"""Seconds that a request waits for an answer before the page shows where the work is [s]."""

_LOOK_AGAIN = 0.05
"""Seconds between two looks at whether it is there [s]."""

_TABLE_TITLES = {
    "blocks": later("Blocks"),
    "municipalities": later("Municipalities"),
    "layers": later("Both layers"),
    "frontier": later("Every number of blocks"),
    "commuting": later("Commuting"),
    "differences": later("Differences"),
    "sources": later("Sources"),
}

_SCRIPT_TEXTS = {
    "map": later("Map of the municipalities"),
    "zoom_in": later("Zoom in"),
    "zoom_out": later("Zoom out"),
    "no_map": later("The map needs WebGL, which this browser does not offer. The tables below say the same."),
    "lost": later("The server does not answer. Is it still running?"),
}

_FIELD_IDS = {
    "centres": "centres",
    "floor": "floor-0",
    "floor_own": "floor_own",
    "objective": "objective-ties",
    "minutes_per_commuter": "minutes_per_commuter",
    "max_minutes": "max_minutes",
    "commuters_from": "commuters_from",
    "together": "wish_b",
    "apart": "wish_b",
    "centre": "wish_a",
    "not_centre": "wish_a",
    "functions": "limits",
    **dict.fromkeys(BONDS, "wishing"),
    "reference": "reference",
    "municipality": "tables",
}
"""Field of a complaint to the id of what mends it."""


def scene_of(request: Request, desk: Desk, language: str) -> Scene:
    """
    Return what a request looks at.

    Parameters
    ----------
    request
        Its query is the view.
    desk
        Where answers are worked out.
    language
        The language of an address that says none.

    Returns
    -------
    The scene.
    """
    view, complaints = read_view(parse_qsl(request.url.query, keep_blank_values=True), desk.study, language)
    return Scene(desk, view, complaints, language)


def make_pages(desk: Desk, language: str) -> APIRouter:
    """
    Return the routes of the page.

    Parameters
    ----------
    desk
        Where answers are worked out.
    language
        The language of an address that says none.

    Returns
    -------
    ``/`` and the parts of it that are worked out when asked for.
    """
    router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    environments = {each: make_environment(desk.study, each) for each in LANGUAGES}

    def render(template: str, scene: Scene, *, partial: bool) -> str:
        found = environments[scene.view.language].get_template(template)
        return found.render(_context(scene, partial=partial))

    @router.get("/")
    def page(request: Request) -> HTMLResponse:
        scene = wait_for_scene(scene_of(request, desk, language))
        is_part = request.headers.get("HX-Request") == "true"
        body = render("results.html.j2" if is_part else "page.html.j2", scene, partial=is_part)
        headers = {"Vary": "HX-Request"}
        if is_part and "HX-History-Restore-Request" not in request.headers:
            address = scene.href() if scene.href() != "/" else "/"
            here = urlsplit(request.headers.get("HX-Current-URL", "")).query
            same = (f"?{here}" if here else "/") == address
            headers["HX-Push-Url"] = "false" if same else address.replace("?", "/?", 1)
        return HTMLResponse(body, headers=headers)

    @router.get("/parts/bars")
    def bars(request: Request) -> HTMLResponse:
        scene = scene_of(request, desk, language)
        scene.work.wait(_LONG_POLL)
        return HTMLResponse(render("part_bars.html.j2", scene, partial=True))

    @router.get("/parts/waiting")
    def waiting(request: Request) -> HTMLResponse:
        scene = _wait_for_point(scene_of(request, desk, language))
        return HTMLResponse(render("waiting.html.j2", scene, partial=True))

    @router.get("/parts/compared")
    def compared(request: Request) -> HTMLResponse:
        scene = scene_of(request, desk, language)
        if scene.work.wait(_LONG_POLL) and scene.comparison:
            scene.comparison.wait(_LONG_POLL)
        return HTMLResponse(render("part_compared.html.j2", scene, partial=True))

    @router.get("/parts/layers")
    def layers(request: Request) -> HTMLResponse:
        scene = wait_for_scene(scene_of(request, desk, language))
        if scene.gravity:
            scene.gravity.wait(_LONG_POLL)
        return HTMLResponse(render("part_layers.html.j2", scene, partial=True))

    @router.get("/parts/table")
    def table(request: Request) -> HTMLResponse:
        scene = wait_for_scene(scene_of(request, desk, language))
        return HTMLResponse(render("part_table.html.j2", scene, partial=True))

    @router.get("/parts/prices")
    def prices(request: Request) -> HTMLResponse:
        scene = scene_of(request, desk, language)
        scene.work.wait(_LONG_POLL)
        if scene.explanation:
            scene.explanation.wait(_LONG_POLL)
        return HTMLResponse(render("part_prices.html.j2", scene, partial=True))

    @router.get("/parts/stability")
    def stability(request: Request) -> HTMLResponse:
        scene = scene_of(request, desk, language)
        if scene.work.wait(_LONG_POLL) and scene.plan and scene.resamples:
            work = desk.stability(scene.plan)
            if work is not None:
                work.wait(_LONG_POLL)
        return HTMLResponse(render("stability.html.j2", scene, partial=True))

    return router


def wait_for_scene(scene: Scene) -> Scene:
    """
    Wait a moment for what may be ready in a moment.

    Parameters
    ----------
    scene
        What is asked for.

    Returns
    -------
    The scene as it is then.
    """
    scene = _wait_for_point(scene)
    if scene.point:
        if scene.refusal:
            scene.refusal.wait(_LONG_POLL)
        if scene.explanation:
            scene.explanation.wait(_LONG_POLL / 2)
        if scene.comparison:
            scene.comparison.wait(_LONG_POLL / 2)
    return scene


def _wait_for_point(scene: Scene) -> Scene:
    """Return the scene once its answer is there, or as it is after a moment."""
    deadline = time.monotonic() + _LONG_POLL
    while not scene.point and time.monotonic() < deadline:
        work = scene.alone or scene.work
        if work.is_done:
            break
        work.wait(_LOOK_AGAIN)
        scene = replace(scene)
    return replace(scene)


def make_environment(study: Study, language: str) -> Environment:
    """
    Return the templates of a language, strict about names that are not there.

    Parameters
    ----------
    study
        Whose names the filters know.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    The environment.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = study.territory.names
    environment.filters |= {
        "function_word": lambda key: words.function_word(key, language),
        "unit_word": lambda key: words.unit_word(key, language),
        "link_word": lambda key: words.link_word(key, language),
        "table_word": lambda name: words.table_word(name, language),
        "check_sentence": lambda key: words.check_sentence(key, language),
        "given": lambda text: given_text(text, language),
        "kind_sentence": lambda kind: reasons.kind_sentence(kind, language),
        "relaxation_sentence": lambda each: reasons.relaxation_sentence(each, language),
        "sentence": lambda reason: reasons.sentence(reason, names, language),
        "decimal": lambda value: numbers.format_decimal(value, language, digits=2),
        "origin": lambda column: find_origin(study, column),
        "set": frozenset,
        "with": lambda ids, one: ids | {one},
        "without": lambda groups, one: tuple(each for each in groups if each != one),
        "singles": lambda measure: sum(len(block.members) == 1 for block in measure.blocks),
    }
    return environment


def _context(scene: Scene, *, partial: bool) -> dict[str, object]:
    """Return the names that templates use."""
    from tyngdepunkt.report.palette import PATTERNS, TILE

    settings, territory = scene.study.settings, scene.study.territory
    functions = frozenset(settings.gravity_functions)
    return {
        "scene": scene,
        "language_href": lambda code: scene.href(language=code),
        "sections": sections_of(scene, BLOCKS),
        "say": scene.wording,
        "_": scene.wording.say,
        "_n": scene.wording.say_many,
        "partial": partial,
        "asset": asset_address,
        "assets_ready": chrome.assets_are_built(),
        "missing_assets": scene.wording.say(chrome.MISSING_ASSETS),
        "version": tyngdepunkt.__version__,
        "texts": {key: scene.wording.say(text) for key, text in _SCRIPT_TEXTS.items()},
        "table_titles": _TABLE_TITLES,
        "field_ids": _FIELD_IDS,
        "slots": [field for field in _FIELD_IDS if field not in BONDS],  # the form has no place for the others
        "patterns": PATTERNS,
        "tile": TILE,
        "frozenset": frozenset,
        "gravity_functions": functions if functions and functions <= set(territory.functions) else frozenset(),
        "bars": _bars(scene),
        "unit_of": lambda plan: _unit(plan, scene),
        "fault_is_ours": lambda fault: isinstance(fault, TyngdepunktError),
        "is_estimated": lambda a, b: (
            territory.minutes_estimated is not None
            and bool(territory.minutes_estimated[territory.position[a], territory.position[b]])
        ),
        "source_rows": list_sources(scene.study),
    }


def _unit(plan: Plan, scene: Scene) -> str:
    """Name the unit of a plan's objective."""
    return words.unit_word(plan.question.objective.unit, scene.view.language)


def _bars(scene: Scene) -> list[dict[str, object]]:
    """Return a bar for every number of blocks: its height 4 to 42, 0 where that is not known, None without a plan."""
    from tyngdepunkt.model import Plan

    points = {point.centres: point.answer for point in (scene.frontier.points if scene.frontier else ())}
    values = {k: answer.objective for k, answer in points.items() if isinstance(answer, Plan)}
    least, most = min([0.0, *values.values()]), max([1.0, *values.values()])
    best = scene.best.centres if scene.best else None
    heights = {k: 4 + 38 * (value - least) / (most - least) for k, value in values.items()}
    return [
        {"centres": k, "height": heights.get(k, None if k in points else 0), "is_best": k == best}
        for k in scene.numbers
    ]


@cache
def _digest(path: Path, _changed: float) -> str:
    """Return a short digest of a file, so that a new version has a new address."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset_address(name: str) -> str:
    """
    Return the address of an asset.

    Parameters
    ----------
    name
        Its file.

    Returns
    -------
    The address, another one once the file has changed.
    """
    path = chrome.ASSETS / name
    return f"/assets/{name}?v={_digest(path, path.stat().st_mtime)}" if path.is_file() else f"/assets/{name}"
