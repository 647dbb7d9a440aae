"""The history of the register: who changed what, and undoing it, alone or with all that was done together."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import FormData

from tyngdepunkt.errors import ConflictError, QuestionError
from tyngdepunkt.shapes.cooperation import change_shape
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import to_json
from tyngdepunkt.web.cooperation import guard
from tyngdepunkt.web.cooperation.forms import Fields, complain_who, number_of, overtaken_page, see_other, speech
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.view import Complaint

__all__ = ["make_history"]

_HISTORY = 100
"""Changes that the history shows."""


def make_history(counter: Counter) -> APIRouter:
    """
    Return the routes of the history.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/cooperation/history``, its JSON, and undoing.
    """
    router = APIRouter()
    ledger = counter.ledger

    @router.get("/cooperation/history", include_in_schema=False, response_model=None)
    def history(request: Request) -> Response:
        """Return who changed what."""
        return counter.page(request, lambda frame: show_history(request, frame))

    def show_history(
        request: Request, frame: Frame, complaints: tuple[Complaint, ...] = (), status: int = 200
    ) -> HTMLResponse:
        store = ledger.store()
        changes = store.history(limit=_HISTORY) if store else ()
        return counter.render(
            "coop_history.html.j2",
            request,
            frame,
            status=status,
            changes=changes,
            together=store.count_batches(each.batch for each in changes) if store else {},
            complaints=complaints,
            most=_HISTORY,
            **speech(frame),
        )

    @router.post("/cooperation/undo", include_in_schema=False, response_model=None)
    def undo(request: Request, form: Fields) -> Response:
        """Undo a change, or all that was done together with it."""
        return counter.page(request, lambda frame: write_undo(request, frame, form))

    def write_undo(request: Request, frame: Frame, form: FormData) -> Response:
        guard.check_form(request, form)
        who = str(form.get("who", "")).strip() or guard.who_of(request)
        if complaints := complain_who(frame, who):
            return show_history(request, frame, complaints, 422)
        store = ledger.store()
        number = number_of(form, "change")
        if store is None or not number:
            raise QuestionError(frame.wording.say(later("There is nothing to undo.")))
        together = form.get("together") == "1"
        try:
            done = store.undo_batch(number, who=who) if together else (store.undo(number, who=who),)
        except ConflictError as error:
            return overtaken_page(counter, request, frame, error)
        except QuestionError as error:
            return show_history(request, frame, (Complaint(f"undo-{number}", frame.tell(error), ""),), 422)
        if together:
            return see_other(frame.href("/cooperation/history", done="undone"), who=who)
        return see_other(frame.href("/cooperation/arrangement", id=done[0].arrangement, done="undone"), who=who)

    @router.get("/api/cooperation/history")
    def history_data() -> JSONResponse:
        """Return who changed what, latest first."""
        store = ledger.store()
        return to_json([change_shape(each) for each in (store.history(limit=_HISTORY) if store else ())])

    return router
