"""The cooperation of a year: measured by municipality, block and task; its network and its matrices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from tyngdepunkt.shapes.cooperation import block_shape, host_shapes, measure_shape, task_shape
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import complaint_response, to_json
from tyngdepunkt.web.cooperation import sheets
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.cooperation.pictures import choose_threshold, draw_network_picture
from tyngdepunkt.web.sheets import to_csv
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import Network, RegisterMeasure
    from tyngdepunkt.model import Level
    from tyngdepunkt.web.sheets import Sheet

__all__ = ["make_overview"]

_TABLES = ("municipalities", "blocks", "tasks", "hosts", "pairs", "matrix-tasks", "matrix-partners")
_SHADES = 5
"""Shades of a matrix's cells."""


def make_overview(counter: Counter) -> APIRouter:
    """
    Return the routes of the overview.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/cooperation``, its matrix, tables and JSON.
    """
    router = APIRouter()

    @router.get("/cooperation", include_in_schema=False, response_model=None)
    def overview(request: Request) -> Response:
        """Return the page."""
        return counter.page(request, lambda frame: show(request, frame))

    def show(request: Request, frame: Frame) -> HTMLResponse:
        measure = _measure(frame)
        network = _network(frame)
        least, faults = _threshold(frame, network)
        shown = _from(network, least)
        tables = {
            "municipalities": sheets.municipality_sheet(measure),
            **({"blocks": sheets.block_sheet(measure)} if measure.blocks else {}),
            "tasks": sheets.task_sheet(measure),
            "hosts": sheets.host_sheet(measure, frame.names),
            "pairs": sheets.pair_sheet(shown),
        }
        say = frame.wording
        picture = draw_network_picture(
            frame,
            network,
            least=least,
            blocks=_colours(frame),
            title=say.say("Network of cooperation in {year}", year=str(frame.year)),
            description=say.say_many(
                "{count} pair of municipalities shares at least {least}; the table of pairs below says the same.",
                "{count} pairs of municipalities share at least {least}; the table of pairs below says the same.",
                len(shown.edges),
                least=say.count(least),
            ),
        )
        return counter.render(
            "coop_overview.html.j2",
            request,
            frame,
            measure=measure,
            tables=tables,
            picture=picture,
            least=least,
            lines=len(shown.edges),
            pairs=len(network.edges),
            complaints=(*frame.complaints, *faults),
            levels=_levels(frame),
        )

    @router.get("/cooperation/matrix", include_in_schema=False, response_model=None)
    def matrix(request: Request) -> Response:
        """Return the page of the matrices."""
        return counter.page(request, lambda frame: show_matrix(request, frame))

    def show_matrix(request: Request, frame: Frame) -> HTMLResponse:
        name = "matrix-partners" if frame.asked.get("of") == "partners" else "matrix-tasks"
        sheet = _matrix(frame, name)
        keys = [column.key for column in sheet.columns[1:]]
        off = [int(str(row[key])) for row in sheet.rows for key in keys if row["municipality"] != key]
        return counter.render(
            "coop_matrix.html.j2", request, frame, sheet=sheet, most=max(off, default=1) or 1, shades=_SHADES
        )

    @router.get("/cooperation/tables/{name}.csv")
    def table(name: str, request: Request) -> Response:
        """Return a table as CSV."""
        frame = _checked(counter.frame(request))
        if isinstance(frame, JSONResponse):
            return frame
        found = _table(frame, name)
        if found is None:
            raise HTTPException(404, f"There is no table {name!r}; there are {', '.join(_TABLES)}.")
        file = f"{frame.study.name}-cooperation-{name}-{frame.year}.csv"
        return Response(
            to_csv(found, frame.names),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{file}"'},
        )

    @router.get("/api/cooperation")
    def measures(request: Request) -> JSONResponse:
        """Return the measures of a year."""
        frame = _checked(counter.frame(request))
        if isinstance(frame, JSONResponse):
            return frame
        measure = _measure(frame)
        return to_json(
            {
                "study": frame.study.name,
                "year": measure.year,
                "snapshots": measure.by_snapshot,
                "carried": len(measure.picture.carried),
                "doubled": measure.picture.doubled,
                "participations": measure.participations,
                "counted_participations": measure.counted_participations,
                "municipalities": [measure_shape(each) for each in measure.municipalities],
                "blocks": [block_shape(each) for each in (*measure.blocks, measure.whole)] if measure.blocks else [],
                "tasks": [task_shape(each) for each in measure.tasks],
                "hosts": host_shapes(measure.whole.hosts, frame.names),
            }
        )

    @router.get("/api/cooperation/network")
    def network_data(request: Request) -> JSONResponse:
        """Return the network."""
        frame = _checked(counter.frame(request))
        if isinstance(frame, JSONResponse):
            return frame
        network = _network(frame)
        least, faults = _threshold(frame, network) if frame.asked.get("least") else (1, ())
        if faults:
            return complaint_response(faults)
        return to_json({"year": frame.year, "least": least, **vars(_from(network, least))})

    return router


def _checked(frame: Frame) -> Frame | JSONResponse:
    """Return the frame of a request for data, or what is wrong with it, or that the plan is not there yet."""
    if frame.complaints:
        return complaint_response(frame.complaints)
    if frame.is_waiting:
        step = frame.settled.work.step
        return to_json(
            {"state": "working", "done": step.done if step else 0, "total": step.total if step else None}, status=202
        )
    return frame


def _measure(frame: Frame) -> RegisterMeasure:
    """Return the measures of the year, held against the plan where there is one."""
    from tyngdepunkt.analysis.cooperation import measure_register

    return measure_register(frame.study, frame.year, plan=frame.plan, register=frame.register)


def _levels(frame: Frame) -> tuple[Level, ...]:
    """Return the levels that the network counts; all where none is asked for."""
    from tyngdepunkt.model import Level

    asked = {each for each in Level if each in frame.many.get("level", ())}
    return tuple(each for each in Level if each in asked) or tuple(Level)


def _network(frame: Frame) -> Network:
    """Return the network of the year."""
    from tyngdepunkt.analysis.cooperation import draw_network

    return draw_network(frame.study, frame.year, levels=_levels(frame), register=frame.register)


def _threshold(frame: Frame, network: Network) -> tuple[int, tuple[Complaint, ...]]:
    """Return the fewest shared arrangements of a line, and what is wrong with the one asked for."""
    told = frame.asked.get("least", "")
    if not told:
        return choose_threshold(network), ()
    if told.isdecimal() and int(told[:9]) >= 1:
        return int(told[:9]), ()
    say = frame.wording.say
    fault = Complaint(
        "least",
        say(later("“{given}” is not a number of arrangements."), given=told),
        say(later("Give a whole number, 1 or more.")),
    )
    return choose_threshold(network), (fault,)


def _from(network: Network, least: int) -> Network:
    """Return a network with the lines of a threshold only."""
    return replace(network, edges=tuple(each for each in network.edges if each.shared >= least))


def _colours(frame: Frame) -> Mapping[str, str]:
    """Return municipality id to the colour of its block, where the plan has centres of its own."""
    from tyngdepunkt.model import Plan

    if not isinstance(frame.plan, Plan):
        return {}
    return {i: frame.settled.style(centre).colour for i, centre in frame.plan.assignment.items()}


def _matrix(frame: Frame, name: str) -> Sheet:
    """Return a matrix."""
    from tyngdepunkt.analysis.cooperation import tabulate_partners, tabulate_tasks

    tabulate = tabulate_tasks if name == "matrix-tasks" else tabulate_partners
    return sheets.matrix_sheet(tabulate(frame.study, frame.year, register=frame.register), name, frame.names)


def _table(frame: Frame, name: str) -> Sheet | None:
    """Return a table by its name; None where there is none."""
    match name:
        case "municipalities":
            return sheets.municipality_sheet(_measure(frame))
        case "blocks":
            measure = _measure(frame)
            return sheets.block_sheet(measure) if measure.blocks else None
        case "tasks":
            return sheets.task_sheet(_measure(frame))
        case "hosts":
            return sheets.host_sheet(_measure(frame), frame.names)
        case "pairs":
            network = _network(frame)
            return sheets.pair_sheet(
                _from(network, int(frame.asked["least"])) if frame.asked.get("least", "").isdecimal() else network
            )
        case "matrix-tasks" | "matrix-partners":
            return _matrix(frame, name)
        case _:
            return None
