"""The list of the register: the arrangements of a year, or every row, as the filters leave them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.shapes.cooperation import arrangement_shape
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import complaint_response, to_json
from tyngdepunkt.web.cooperation.forms import offers
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.model import Arrangement

__all__ = ["make_listing"]

_A_PAGE = 50
"""Arrangements on a page of the list."""


@dataclass(frozen=True)
class Row:
    """
    An arrangement of the list.

    Parameters
    ----------
    arrangement
        The arrangement.
    is_carried
        Whether its row describes an earlier year than the one looked at.
    """

    arrangement: Arrangement
    is_carried: bool


def make_listing(counter: Counter) -> APIRouter:
    """
    Return the routes of the list.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/cooperation/register`` and its JSON.
    """
    router = APIRouter()
    ledger = counter.ledger

    @router.get("/cooperation/register", include_in_schema=False, response_model=None)
    def listing(request: Request) -> Response:
        """Return the list."""
        return counter.page(request, lambda frame: show_list(request, frame))

    def show_list(request: Request, frame: Frame) -> HTMLResponse:
        rows, tasks = _select(frame) if frame.register.arrangements else ((), ())
        pages = max(1, -(-len(rows) // _A_PAGE))
        asked = frame.asked.get("page", "")
        page = min(int(asked[:6]), pages) if asked.isdecimal() and int(asked[:6]) else 1
        return counter.render(
            "coop_register.html.j2",
            request,
            frame,
            rows=rows[(page - 1) * _A_PAGE : page * _A_PAGE],
            number=len(rows),
            page=page,
            pages=pages,
            tasks=tasks,
            is_empty=not frame.register.arrangements,
            is_kept=ledger.is_kept,
            complaints=(*frame.complaints, *_filter_complaints(frame)),
            status=200,
            **offers(),
        )

    @router.get("/api/cooperation/register")
    def rows_data(request: Request) -> JSONResponse:
        """Return the arrangements that the filters leave."""
        frame = counter.frame(request)
        if complaints := (*frame.complaints, *_filter_complaints(frame)):
            return complaint_response(complaints)
        rows, _ = _select(frame)
        return to_json([arrangement_shape(each.arrangement, carried=each.is_carried) for each in rows])

    return router


def _select(frame: Frame) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the arrangements that the filters leave, by name, and the tasks that can be chosen."""
    if frame.asked.get("rows") == "all":
        found = [Row(each, is_carried=False) for each in frame.register.arrangements]
    else:
        picture = frame.register.at(frame.year)
        found = [Row(each, each.id in picture.carried) for each in picture.arrangements]
    tasks = tuple(sorted({each.arrangement.task for each in found}))
    asked = frame.asked
    text = asked.get("text", "").casefold()
    municipality = _municipality(frame)
    kept = [
        row
        for row in found
        if (not asked.get("task") or row.arrangement.task == asked["task"])
        and (not municipality or municipality in row.arrangement.members or row.arrangement.host == municipality)
        and (not asked.get("form") or row.arrangement.form == asked["form"])
        and (not asked.get("level") or row.arrangement.level == asked["level"])
        and (not text or text in " ".join(_searched(row.arrangement)).casefold())
    ]
    return tuple(sorted(kept, key=lambda row: (row.arrangement.name.casefold(), row.arrangement.id))), tasks


def _searched(each: Arrangement) -> tuple[str, ...]:
    """Return what a text is looked for in."""
    return each.id, each.name, each.task, each.note, each.source, each.outside_text, each.governing_body


def _municipality(frame: Frame) -> str:
    """Return the id of the municipality that the list is of; empty for all, and where it is not known."""
    told = frame.asked.get("municipality", "")
    try:
        return frame.study.territory.find(told) if told else ""
    except QuestionError:
        return ""


def _filter_complaints(frame: Frame) -> tuple[Complaint, ...]:
    """Return what is wrong with the filters."""
    told = frame.asked.get("municipality", "")
    if told and not _municipality(frame):
        say = frame.wording.say
        return (
            Complaint(
                "municipality",
                say(later("The study has no municipality “{given}”."), given=told),
                say(later("Choose one of the list.")),
            ),
        )
    return ()
