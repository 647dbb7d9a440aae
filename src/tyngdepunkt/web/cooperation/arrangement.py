"""One arrangement on a page, with its history: adding, changing, ending and removing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import FormData

from tyngdepunkt.errors import ConflictError, QuestionError
from tyngdepunkt.shapes.cooperation import change_shape
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import error_body, to_json
from tyngdepunkt.web.cooperation import drafts, guard, words
from tyngdepunkt.web.cooperation.drafts import Draft
from tyngdepunkt.web.cooperation.forms import Fields, complain_who, number_of, offers, overtaken_page, see_other, speech
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.store.register import Kept, RegisterStore

__all__ = ["make_arrangement"]

_TRIES = 5
"""How often an id is proposed anew where another took it at the same moment."""


def make_arrangement(counter: Counter) -> APIRouter:
    """
    Return the routes of one arrangement.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/cooperation/arrangement``, its form, and its JSON.
    """
    router = APIRouter()
    ledger = counter.ledger

    @router.get("/cooperation/arrangement", include_in_schema=False, response_model=None)
    def one(request: Request) -> Response:
        """Return one arrangement."""
        return counter.page(request, lambda frame: show_one(request, frame))

    def show_one(
        request: Request, frame: Frame, complaints: tuple[Complaint, ...] = (), status: int = 200
    ) -> HTMLResponse:
        arrangement = frame.asked.get("id", "")
        store = ledger.store()
        history = store.history(arrangement) if store else ()
        kept = ledger.entries().get(arrangement)
        if kept is None and not history:
            return counter.refuse(request, _no_arrangement(frame, arrangement), status=404)
        return counter.render(
            "coop_arrangement.html.j2",
            request,
            frame,
            status=status,
            kept=kept,
            arrangement_id=arrangement,
            draft=drafts.draft_of(kept.entry) if kept else None,
            history=history,
            complaints=(*frame.complaints, *complaints),
            **offers(),
            **speech(frame),
        )

    @router.get("/cooperation/arrangement/edit", include_in_schema=False, response_model=None)
    def edit(request: Request) -> Response:
        """Return the form of an arrangement, or of a new one."""
        return counter.page(request, lambda frame: show_form(request, frame))

    def show_form(request: Request, frame: Frame) -> HTMLResponse:
        arrangement = frame.asked.get("id", "")
        if not arrangement:
            year = str(frame.year) if frame.register.arrangements else ""
            draft = Draft(dict.fromkeys(drafts.COLUMNS, "") | {"snapshot": year}, {})
            return form_page(request, frame, draft, version=0)
        kept = ledger.entries().get(arrangement)
        if kept is None:
            return counter.refuse(request, _no_arrangement(frame, arrangement), status=404)
        return form_page(request, frame, drafts.draft_of(kept.entry), version=kept.version)

    def form_page(
        request: Request,
        frame: Frame,
        draft: Draft,
        *,
        version: int,
        complaints: tuple[Complaint, ...] = (),
        who: str = "",
        status: int = 200,
    ) -> HTMLResponse:
        return counter.render(
            "coop_form.html.j2",
            request,
            frame,
            status=status,
            draft=draft,
            seen_version=version,
            arrangement_id=frame.asked.get("id", ""),
            tasks=_tasks(frame),
            told_who=who,
            complaints=complaints,
            **offers(),
            **speech(frame),
        )

    @router.post("/cooperation/arrangement/edit", include_in_schema=False, response_model=None)
    def save(request: Request, form: Fields) -> Response:
        """Write an arrangement: added where it is new, changed where it still stands as it was seen."""
        return counter.page(request, lambda frame: write(request, frame, form))

    def write(request: Request, frame: Frame, form: FormData) -> Response:
        guard.check_form(request, form)
        arrangement, who = frame.asked.get("id", ""), str(form.get("who", "")).strip()
        version, mine = number_of(form, "version"), drafts.read_draft(form)
        store = ledger.begun()
        known = store.entries()
        if arrangement and arrangement not in known:
            return gone(request, frame, store, arrangement)
        if arrangement and form.get("resolve"):
            theirs = drafts.draft_of(known[arrangement].entry)
            base = _seen(store, arrangement, number_of(form, "seen"), known[arrangement])
            clashes = drafts.compare_drafts(base, theirs, mine)
            picks = {each.column: str(form.get(f"pick_{each.column}", "")) for each in clashes}
            open_ones = [each for each in clashes if picks[each.column] not in {"mine", "theirs"}]
            if open_ones or known[arrangement].version != version:
                return clash_page(request, frame, store, mine, seen=number_of(form, "seen"), who=who, picks=picks)
            mine = drafts.merge_drafts(mine, theirs, picks)
        complaints = complain_who(frame, who)
        entry, faults = drafts.check_draft(
            mine, arrangement or store.propose_id(), names=frame.names, known=known, wording=frame.wording
        )
        if entry is None or complaints:
            return form_page(
                request, frame, mine, version=version, complaints=(*faults, *complaints), who=who, status=422
            )
        if arrangement:
            try:
                store.change(entry, version=version, who=who)
            except ConflictError:
                return clash_page(request, frame, store, mine, seen=version, who=who)
        else:
            arrangement = _add(store, entry, who)
        return see_other(frame.href("/cooperation/arrangement", id=arrangement, done="saved"), who=who)

    def clash_page(
        request: Request,
        frame: Frame,
        store: RegisterStore,
        mine: Draft,
        *,
        seen: int,
        who: str,
        picks: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        arrangement = frame.asked.get("id", "")
        kept = store.entries().get(arrangement)
        if kept is None:
            return gone(request, frame, store, arrangement)
        base = _seen(store, arrangement, seen, kept)
        clashes = drafts.compare_drafts(base, drafts.draft_of(kept.entry), mine)
        unpicked = picks is not None
        complaints = tuple(
            Complaint(
                f"pick_{each.column}",
                frame.wording.say(
                    later("You both changed “{field}”."), field=frame.wording.say(words.FIELDS[each.column])
                ),
                frame.wording.say(later("Choose whose stands.")),
            )
            for each in clashes
            if unpicked and (picks or {}).get(each.column) not in {"mine", "theirs"}
        )
        return counter.render(
            "coop_clash.html.j2",
            request,
            frame,
            status=409,
            kept=kept,
            mine=mine,
            seen=seen,
            clashes=clashes,
            picks=picks or {},
            changes=[each for each in store.history(arrangement) if each.version > seen],
            told_who=who,
            complaints=complaints,
            **offers(),
            **speech(frame),
        )

    def gone(request: Request, frame: Frame, store: RegisterStore, arrangement: str) -> HTMLResponse:
        history = store.history(arrangement, limit=1)
        say = frame.wording.say
        told = say(later("{who} removed it meanwhile, and nothing was written."), who=history[0].who) if history else ""
        return counter.refuse(request, QuestionError(told or str(_no_arrangement(frame, arrangement))), status=409)

    @router.post("/cooperation/arrangement/end", include_in_schema=False, response_model=None)
    def end(request: Request, form: Fields) -> Response:
        """End an arrangement."""
        return counter.page(request, lambda frame: write_end(request, frame, form))

    def write_end(request: Request, frame: Frame, form: FormData) -> Response:
        guard.check_form(request, form)
        who, text = str(form.get("who", "")).strip(), str(form.get("last_year", "")).strip()
        complaints = complain_who(frame, who)
        if not (text.isdecimal() and 1800 <= int(text[:9]) <= 2200):  # noqa: PLR2004 - as the table has it
            say = frame.wording.say
            complaints += (
                Complaint(
                    "last_year",
                    say(later("“{given}” is not a year."), given=text),
                    say(later("Give a year from 1800 to 2200.")),
                ),
            )
        if complaints:
            return show_one(request, frame, complaints, 422)
        arrangement = frame.asked.get("id", "")
        try:
            ledger.begun().end(arrangement, year=int(text), version=number_of(form, "version"), who=who)
        except ConflictError as error:
            return overtaken_page(counter, request, frame, error)
        return see_other(frame.href("/cooperation/arrangement", id=arrangement, done="ended"), who=who)

    @router.post("/cooperation/arrangement/remove", include_in_schema=False, response_model=None)
    def remove(request: Request, form: Fields) -> Response:
        """Remove an arrangement that should not be there."""
        return counter.page(request, lambda frame: write_removal(request, frame, form))

    def write_removal(request: Request, frame: Frame, form: FormData) -> Response:
        guard.check_form(request, form)
        who = str(form.get("who", "")).strip()
        if complaints := complain_who(frame, who):
            return show_one(request, frame, complaints, 422)
        arrangement = frame.asked.get("id", "")
        try:
            ledger.begun().remove(arrangement, version=number_of(form, "version"), who=who)
        except ConflictError as error:
            return overtaken_page(counter, request, frame, error)
        except QuestionError as error:
            return show_one(request, frame, (Complaint("remove", frame.tell(error), ""),), 422)
        return see_other(frame.href("/cooperation/arrangement", id=arrangement, done="removed"), who=who)

    @router.get("/api/cooperation/arrangement")
    def one_data(request: Request) -> JSONResponse:
        """Return one arrangement with its version and its history."""
        frame = counter.frame(request)
        arrangement = frame.asked.get("id", "")
        kept, store = ledger.entries().get(arrangement), ledger.store()
        changes = store.history(arrangement) if store else ()
        if kept is None and not changes:
            body = error_body(str(_no_arrangement(frame, arrangement)), "id", "See /api/cooperation/register.")
            return JSONResponse(body, status_code=404)
        return to_json(
            {
                "arrangement": kept.entry.cells if kept else None,
                "participants": kept.entry.participants if kept else None,
                "version": kept.version if kept else None,
                "history": [change_shape(each) for each in changes],
            }
        )

    return router


def _tasks(frame: Frame) -> tuple[str, ...]:
    """Return the tasks that the register has, to choose from."""
    return tuple(sorted({each.task for each in frame.register.arrangements}))


def _no_arrangement(frame: Frame, arrangement: str) -> QuestionError:
    """Return that there is no such arrangement."""
    return QuestionError(frame.wording.say(later("The register has no arrangement {ids}."), ids=arrangement or "–"))


def _seen(store: RegisterStore, arrangement: str, version: int, kept: Kept) -> Draft:
    """Return an arrangement as it stood in a version; as it stands now where the history does not tell."""
    for change in store.history(arrangement):
        if change.version == version and change.after is not None:
            return drafts.draft_of(change.after)
        if change.version == version + 1 and change.before is not None:
            return drafts.draft_of(change.before)
    return drafts.draft_of(kept.entry)


def _add(store: RegisterStore, entry: object, who: str) -> str:
    """Add an arrangement under the next free id, and return it."""
    from tyngdepunkt.store.entries import Entry

    assert isinstance(entry, Entry)  # noqa: S101 - checked
    for attempt in range(_TRIES):
        try:
            store.add(entry, who=who)
        except ConflictError:
            if attempt == _TRIES - 1:
                raise
            entry = entry.with_cells(arrangement_id=store.propose_id())
        else:
            return entry.id
    return entry.id
