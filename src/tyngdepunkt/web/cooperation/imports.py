"""A spreadsheet of the register: what it would change is seen first, then done as a whole; and the way back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import FormData, UploadFile

from tyngdepunkt.errors import ConflictError, QuestionError
from tyngdepunkt.shapes.cooperation import preview_shape
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.cooperation import guard, words
from tyngdepunkt.web.cooperation.forms import Fields, overtaken_page, see_other
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.store.importing import Preview

__all__ = ["make_imports"]

_MOST_BYTES = 20_000_000
"""Size up to which a file is taken [bytes]."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make_imports(counter: Counter) -> APIRouter:
    """
    Return the routes of import and export.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/cooperation/import`` and the register as a file.
    """
    router = APIRouter()
    ledger = counter.ledger

    @router.get("/cooperation/import", include_in_schema=False, response_model=None)
    def choose(request: Request) -> Response:
        """Return the page on which a file is chosen."""
        return counter.page(request, lambda frame: counter.render("coop_import.html.j2", request, frame))

    @router.post("/cooperation/import", include_in_schema=False, response_model=None)
    def preview(request: Request, form: Fields) -> Response:
        """Return what a file would change, or do it."""
        return counter.page(request, lambda frame: act(request, frame, form))

    def act(request: Request, frame: Frame, form: FormData) -> Response:
        guard.check_form(request, form)
        return apply(request, frame, form) if form.get("held") else show(request, frame, form)

    def show(request: Request, frame: Frame, form: FormData) -> HTMLResponse:
        from tyngdepunkt.store.database import IN_MEMORY
        from tyngdepunkt.store.importing import preview_import
        from tyngdepunkt.store.register import RegisterStore

        file = form.get("file")
        complaints = _complain_file(frame, file)
        if complaints or not isinstance(file, UploadFile):
            return counter.render("coop_import.html.j2", request, frame, status=422, complaints=complaints)
        store = ledger.store() or RegisterStore.open(frame.study, IN_MEMORY)
        found = preview_import(
            store, file.file.read(), file.filename or "", remove_missing=form.get("remove_missing") == "1"
        )
        held = "" if found.faults or found.changes_nothing else ledger.hold(found)
        return page(request, frame, found, held, status=422 if found.faults else 200)

    def page(
        request: Request,
        frame: Frame,
        found: Preview,
        held: str,
        *,
        status: int = 200,
        complaints: tuple[Complaint, ...] = (),
    ) -> HTMLResponse:
        from tyngdepunkt.store.importing import Outcome

        def say(column: str, text: str) -> str:
            return words.say_value(column, text, frame.names, frame.wording)

        return counter.render(
            "coop_preview.html.j2",
            request,
            frame,
            status=status,
            preview=found,
            held=held,
            say_value=say,
            fields=words.FIELDS,
            outcomes=_OUTCOMES,
            by_outcome={str(each): found.having(each) for each in Outcome},
            complaints=complaints,
        )

    def apply(request: Request, frame: Frame, form: FormData) -> Response:
        from tyngdepunkt.store.importing import apply_import

        held, who = str(form["held"]), str(form.get("who", "")).strip()
        try:
            found = ledger.take(held)
        except QuestionError as error:
            raise QuestionError(frame.wording.say(str(error))) from error
        if not who:
            say = frame.wording.say
            fault = Complaint("who", say("It is not said who makes the change."), say("Write your name."))
            return page(request, frame, found, held, status=422, complaints=(fault,))
        try:
            apply_import(ledger.begun(), found, who=who)
        except ConflictError as error:
            ledger.drop(held)
            return overtaken_page(counter, request, frame, error)
        ledger.drop(held)
        return see_other(frame.href("/cooperation/history", done="imported"), who=who)

    @router.get("/cooperation/register.{form}")
    def export(form: str, request: Request) -> Response:
        """Return the whole register as a workbook or as comma-separated values."""
        from tyngdepunkt.store.sheets import write_csv, write_xlsx

        frame = counter.frame(request)
        known = ledger.entries()
        entries = [kept.entry for kept in known.values()]
        versions = {each: kept.version for each, kept in known.items()}
        name = f"{frame.study.name}-register.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        if form == "csv":
            body = write_csv(entries, versions=versions).encode("utf-8-sig")
            return Response(body, media_type="text/csv; charset=utf-8", headers=headers)
        if form == "xlsx":
            with tempfile.TemporaryDirectory(prefix="tyngdepunkt-") as folder:
                file = Path(folder) / name
                write_xlsx(entries, file, names=frame.names, versions=versions)
                return Response(file.read_bytes(), media_type=_XLSX, headers=headers)
        return JSONResponse(
            {
                "error": {
                    "message": f"There is no register.{form}.",
                    "field": None,
                    "mend": "Ask for xlsx or csv.",
                    "others": [],
                }
            },
            status_code=404,
        )

    @router.post("/api/cooperation/import/preview", response_model=None)
    def preview_data(request: Request, form: Fields) -> Response:
        """Return what a file would change; nothing is written."""
        from tyngdepunkt.store.database import IN_MEMORY
        from tyngdepunkt.store.importing import preview_import
        from tyngdepunkt.store.register import RegisterStore
        from tyngdepunkt.web.chrome import complaint_response, to_json

        frame = counter.frame(request)
        file = form.get("file")
        complaints = _complain_file(frame, file)
        if complaints or not isinstance(file, UploadFile):
            return complaint_response(complaints)
        store = ledger.store() or RegisterStore.open(frame.study, IN_MEMORY)
        found = preview_import(
            store, file.file.read(), file.filename or "", remove_missing=form.get("remove_missing") == "1"
        )
        return to_json(
            preview_shape(found, language=frame.language),
            status=422 if found.faults else 200,
        )

    return router


_OUTCOMES = {
    "added": later("Added"),
    "changed": later("Changed"),
    "unchanged": later("Unchanged"),
    "fault": later("Faulty"),
    "removed": later("Removed"),
    "missing": later("Not in the file, and left as they are"),
}


def _complain_file(frame: Frame, file: object) -> tuple[Complaint, ...]:
    """Return what is wrong with an upload before anything of it is read."""
    say = frame.wording.say
    if not isinstance(file, UploadFile) or not file.filename:
        return (
            Complaint("file", say(later("No file is chosen.")), say(later("Choose a file of the type .xlsx or .csv."))),
        )
    if (file.size or 0) > _MOST_BYTES:
        return (
            Complaint(
                "file",
                say(later("The file is larger than {size} MB."), size=str(_MOST_BYTES // 1_000_000)),
                say(later("Is it the right one? Else import it by tyngdepunkt register import.")),
            ),
        )
    return ()
