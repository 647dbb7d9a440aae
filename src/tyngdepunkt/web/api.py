"""
The JSON that the page uses, open to other programs on the same machine.

Every address takes the query of a view (`tyngdepunkt.web.view`), so what the page shows can be had as figures
by putting ``/api/plan`` or ``/tables/blocks.csv`` before the same query.

::

    GET /api                   what there is
    GET /api/study             name, title, date, municipalities, plans of others, settings
    GET /api/boundaries        the study's outlines, GeoJSON, EPSG:4326
    GET /api/commuting         commuters between each two municipalities: [[a, b, there, back], ...] [persons]
    GET /api/plan              the plan: study, centres, assignment, objective, bound, status, seconds, blocks
    GET /api/sweep             every number of centres: k, objective, bound, status, smallest_block,
                               internal_share, assignment
    GET /api/explanation       why the municipality of the query lies where it does, and its prices
    GET /api/stability         how often each municipality keeps its block where the commuting table is drawn anew
    GET /api/comparison        the plan beside the plan of others that the query names
    GET /api/layers            blocks and centres of gravity, and how they lie to one another
    GET /api/chart/frontier    the chart of every number of centres, Vega-Lite
    GET /tables/NAME.csv       blocks, municipalities, frontier, commuting, differences, prices, neighbours,
                               layers
    GET /map.svg               the map as a picture

Work that takes long is answered with status 202 and ``{"state": "working", "done", "total"}``; ask again.
A question without a plan is an answer: status 200, ``"status": "infeasible"``, ``reasons``, ``relaxation``.
Every error has the shape ``{"error": {"message", "field", "mend", "others": [...]}}``: 404 for what is not
there, 422 for a query that is wrong, 500 for a fault of the program, 503 for a study that cannot be read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

import tyngdepunkt
from tyngdepunkt.errors import TyngdepunktError
from tyngdepunkt.model import NoPlan, Plan
from tyngdepunkt.shapes.ensembles import stability_shape
from tyngdepunkt.shapes.plans import comparison_shape, no_plan_shape, plan_shape, point_shape
from tyngdepunkt.shapes.prices import explanation_shape
from tyngdepunkt.shapes.runs import layers_shape
from tyngdepunkt.web import sheets
from tyngdepunkt.web.chrome import complaint_response, to_json
from tyngdepunkt.web.pages import scene_of
from tyngdepunkt.web.scene import Scene

if TYPE_CHECKING:
    from tyngdepunkt.analysis import FrontierPoint
    from tyngdepunkt.model import Territory
    from tyngdepunkt.web.desk import Desk, Work

__all__ = ["make_api"]

_LONG_POLL = 1.0
"""Seconds that a request waits before it is told that the work goes on [s]."""


_CHART_HEIGHT = 300
"""Height of the chart [px]."""


class _NotYetError(Exception):
    """Carries the answer that the work goes on, or that it failed."""

    def __init__(self, response: JSONResponse) -> None:
        super().__init__()
        self.response = response


def make_api(desk: Desk, language: str) -> APIRouter:
    """
    Return the routes of the JSON, the CSV files and the picture of the map.

    Parameters
    ----------
    desk
        Where answers are worked out.
    language
        The language of an address that says none.

    Returns
    -------
    The routes.
    """
    router = APIRouter()
    study = desk.study

    def look(request: Request) -> Scene:
        scene = scene_of(request, desk, language)
        if scene.complaints:
            raise _NotYetError(complaint_response(scene.complaints))
        return scene

    @router.get("/api")
    def contents() -> JSONResponse:
        """Return what there is."""
        paths = ["study", "boundaries", "commuting", "plan", "sweep", "explanation", "stability", "comparison"]
        paths.append("chart/frontier")
        paths += [f"cooperation{part}" for part in ("", "/network", "/register", "/history", "/legal-form", "/forms")]
        paths += ["services/capacity", "services/sizes"]
        return JSONResponse({"version": tyngdepunkt.__version__, "paths": [f"/api/{path}" for path in paths]})

    @router.get("/api/study")
    def describe() -> JSONResponse:
        """Return the study."""
        return to_json(
            {
                "name": study.name,
                "title": study.title,
                "date": study.date,
                "municipalities": study.territory.municipalities,
                "reference_plans": {plan.name: plan.blocks for plan in study.reference_plans},
                "settings": study.settings,
                "version": tyngdepunkt.__version__,
            }
        )

    @router.get("/api/boundaries")
    def boundaries(request: Request) -> Response:
        """Return the outlines."""
        if study.boundaries is None:
            raise HTTPException(404, "This study has no boundaries, so there is no map; the tables say the same.")
        return _unchanging(request, outlines())

    @router.get("/api/commuting")
    def commuting(request: Request) -> Response:
        """Return who commutes between each two municipalities."""
        return _unchanging(request, lines())

    @cache
    def outlines() -> _Text:
        return _Text(_with_places(study.boundaries or {}, study.territory))

    @cache
    def lines() -> _Text:
        return _Text(desk.flows)

    @router.get("/api/plan")
    def plan(request: Request) -> JSONResponse:
        """Return the plan, or why there is none."""
        scene = look(request)
        _need(scene.work)
        return to_json(_plan_shape(scene, _need(scene.refusal) if scene.refusal else None))

    @router.get("/api/sweep")
    def sweep(request: Request) -> JSONResponse:
        """Return every number of centres."""
        return to_json([_point_shape(point) for point in _need(look(request).work).points])

    @router.get("/api/explanation")
    def explanation(request: Request) -> JSONResponse:
        """Return why a municipality lies where it does."""
        scene = look(request)
        _need(scene.work)
        if not scene.view.municipality:
            raise HTTPException(422, "Name a municipality: municipality=1504.")
        if scene.explanation is None:
            raise HTTPException(422, "There is no plan to explain: ask /api/plan why.")
        found = _need(scene.explanation)
        return to_json(explanation_shape(study, found, language=scene.view.language))

    @router.get("/api/stability")
    def stability(request: Request) -> JSONResponse:
        """Return how often each municipality keeps its block."""
        scene = look(request)
        _need(scene.work)
        work = desk.stability(scene.plan) if scene.plan and scene.resamples else None
        if work is None:
            raise HTTPException(
                422,
                "Commuting tables are drawn anew for a plan that is proven best by an objective that reads them, and "
                "in a study whose setting stability.resamples asks for them.",
            )
        found = _need(work)
        return to_json(stability_shape(study, found))

    @router.get("/api/comparison")
    def comparison(request: Request) -> JSONResponse:
        """Return the plan beside a plan of others."""
        scene = look(request)
        _need(scene.work)
        if scene.reference is None:
            known = ", ".join(each.name for each in study.reference_plans) or "none"
            raise HTTPException(422, f"Name a plan of others: reference=NAME. The study has {known}.")
        if scene.comparison is None or scene.plan is None:
            raise HTTPException(422, "There is no plan to compare: ask /api/plan why.")
        return to_json(comparison_shape(study, _need(scene.comparison), scene.plan.question))

    @router.get("/api/layers")
    def layers(request: Request) -> JSONResponse:
        """Return both layers, and how they lie to one another."""
        from tyngdepunkt.analysis import Layer, Layers

        scene = look(request)
        _need(scene.work)
        if scene.gravity is None or scene.plan is None:
            raise HTTPException(422, "There is no plan to hold against the centres of gravity: ask /api/plan why.")
        found = _need(scene.gravity)
        both = Layers(study, Layer(scene.plan, scene.measure, ()), found, scene.nesting)
        return to_json(layers_shape(both, language=scene.view.language))

    @router.get("/api/chart/frontier")
    def chart(request: Request) -> JSONResponse:
        """Return the chart of every number of centres; where there is a floor, without it as well."""
        from tyngdepunkt.report.charts import frontier_chart

        scene = look(request)
        wishes = scene.view.wishes
        floored = _need(scene.work)
        # In a large study the sweep without a floor is only for who asks for it.
        both = bool(wishes.floor) and not desk.is_large
        free = _need(desk.frontier(replace(wishes, floor=0))) if both else floored
        chart = frontier_chart(
            free,
            floored if both else None,
            language=scene.view.language,
            chosen=scene.centres,
            height=_CHART_HEIGHT,
        )
        return JSONResponse({**chart, "width": "container"})

    @router.get("/tables/{name}.csv")
    def table(name: str, request: Request) -> Response:
        """Return a table as CSV."""
        scene = look(request)
        _need(scene.work)
        if name == "prices" and scene.explanation:
            _need(scene.explanation)
        if name == "differences" and scene.comparison:
            _need(scene.comparison)
        if name == "layers" and scene.gravity:
            _need(scene.gravity)
        found = scene.layer_sheet if name == "layers" else scene.sheets.get(name)
        if found is None:
            raise HTTPException(404, f"This view has no table {name!r}; it has {', '.join(sorted(scene.sheets))}.")
        file = f"{study.name}-{name}-{scene.centres}.csv"
        return Response(
            sheets.to_csv(found, scene.names),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{file}"'},
        )

    @router.get("/map.svg")
    def picture(request: Request) -> Response:
        """Return the map as a picture."""
        from tyngdepunkt.report.country import country_map
        from tyngdepunkt.report.maps import county_map

        scene = look(request)
        _need(scene.work)
        if study.boundaries is None:
            raise HTTPException(404, "This study has no boundaries, so there is no map; the tables say the same.")
        draw = partial(country_map, is_listed=True) if desk.is_large else county_map
        svg = draw(
            study.boundaries,
            study.territory,
            scene.assignment,
            language=scene.view.language,
            title=scene.title,
            overlay=scene.reference.blocks if scene.reference else None,
            overlay_name=scene.given(scene.reference.name) if scene.reference else "",
        )
        # The picture styles itself; it runs nothing and fetches nothing.
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        return Response(svg, media_type="image/svg+xml", headers={"Content-Security-Policy": policy})

    return router


def _plan_shape(scene: Scene, refusal: Plan | NoPlan | None) -> dict[str, object]:
    """Return the answer of a scene: its plan, or why there is none."""
    if scene.plan and scene.measure:
        return plan_shape(scene.study, scene.plan, scene.measure, language=scene.view.language)
    answer = refusal if isinstance(refusal, NoPlan) else scene.no_plan
    if answer is None:
        raise HTTPException(500, "There is neither a plan nor a reason that there is none.")
    return no_plan_shape(scene.study, answer, language=scene.view.language)


def _point_shape(point: FrontierPoint) -> dict[str, object]:
    """Return one number of centres with its assignment, which the page colours the map by."""
    assignment = point.answer.assignment if isinstance(point.answer, Plan) else None
    return {**point_shape(point), "assignment": assignment}


def answer_not_yet(_request: Request, error: Exception) -> Response:
    """
    Answer that the work goes on, or what is wrong.

    Parameters
    ----------
    _request
        The request; not looked at.
    error
        What a route raised.

    Returns
    -------
    The response that it carries.
    """
    if not isinstance(error, _NotYetError):
        raise error
    return error.response


NOT_YET = _NotYetError
"""What a route raises where there is no answer yet."""


def _need(work: Work[Any] | None) -> Any:  # noqa: ANN401 - whatever the work gives
    """Return what came out of a piece of work, or answer that it goes on."""
    if work is None:
        raise HTTPException(422, "There is nothing to work out.")
    if not work.wait(_LONG_POLL):
        step = work.step
        state = {"state": "working", "done": step.done if step else 0, "total": step.total if step else None}
        raise _NotYetError(JSONResponse(state, status_code=202, headers={"Retry-After": "1"}))
    if work.fault:
        if isinstance(work.fault, TyngdepunktError):
            raise work.fault
        raise HTTPException(500, "Something went wrong in the program itself. The log of the server has the details.")
    return work.value


class _Text:
    """JSON that stays the same while the program runs, written once."""

    def __init__(self, value: object) -> None:
        self.body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        self.tag = f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def _unchanging(request: Request, text: _Text) -> Response:
    """Return JSON that stays the same, or that the browser has it already."""
    headers = {"ETag": text.tag, "Cache-Control": "private, no-cache"}
    if text.tag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return Response(text.body, media_type="application/json", headers=headers)


def _with_places(boundaries: Mapping[str, Any], territory: Territory) -> dict[str, Any]:
    """
    Return the outlines with a point for each municipality, which marks, names and lines start from.

    It is the administrative centre; where that is unknown, a point well inside the largest part of the municipality.
    """
    from tyngdepunkt.report.outlines import find_inner_point, read_outlines

    polygons = read_outlines(boundaries).polygons
    points = []
    for each in territory.municipalities:
        known = each.longitude is not None and each.latitude is not None
        if not known and each.id not in polygons:
            continue
        place = (each.longitude, each.latitude) if known else find_inner_point(polygons[each.id])
        points.append(
            {
                "type": "Feature",
                "properties": {
                    "kind": "centre",
                    "municipality_id": each.id,
                    "name": each.name,
                    "population": each.population,
                    "known": known,
                },
                "geometry": {"type": "Point", "coordinates": place},
            }
        )
    return {**boundaries, "features": [*boundaries["features"], *points]}
