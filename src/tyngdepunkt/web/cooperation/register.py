"""The register on a page: the list, one arrangement with its history, and adding, changing, ending and undoing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from tyngdepunkt.errors import ConflictError, QuestionError
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import complaint_response, error_body
from tyngdepunkt.web.cooperation import drafts, guard, words
from tyngdepunkt.web.cooperation.drafts import Draft
from tyngdepunkt.web.cooperation.frame import Counter, Frame, to_json
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.model import Arrangement
    from tyngdepunkt.store.entries import Difference
    from tyngdepunkt.store.register import Change, Kept, RegisterStore

__all__ = ["Fields", "arrangement_shape", "change_shape", "make_register", "overtaken_page", "read_form", "see_other"]

_A_PAGE = 50
"""Arrangements on a page of the list."""
_HISTORY = 100
"""Changes that the history shows."""
_TRIES = 5
"""How often an id is proposed anew where another took it at the same moment."""


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """
    Read the fields of a form, and close the files among them once the answer is made.

    Parameters
    ----------
    request
        That sends it.

    Yields
    ------
    FormData
        The fields.
    """
    async with request.form() as form:
        yield form


Fields = Annotated[FormData, Depends(read_form)]


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


def make_register(counter: Counter) -> APIRouter:
    """
    Return the routes of the register.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    The list, one arrangement, its form, the history, and their JSON.
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
            **_offers(),
        )

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
            **_offers(),
            **_speech(frame),
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
            **_offers(),
            **_speech(frame),
        )

    @router.post("/cooperation/arrangement/edit", include_in_schema=False, response_model=None)
    def save(request: Request, form: Fields) -> Response:
        """Write an arrangement: added where it is new, changed where it still stands as it was seen."""
        return counter.page(request, lambda frame: write(request, frame, form))

    def write(request: Request, frame: Frame, form: FormData) -> Response:
        guard.check_form(request, form)
        arrangement, who = frame.asked.get("id", ""), str(form.get("who", "")).strip()
        version, mine = _number(form, "version"), drafts.read_draft(form)
        store = ledger.begun()
        known = store.entries()
        if arrangement and arrangement not in known:
            return gone(request, frame, store, arrangement)
        if arrangement and form.get("resolve"):
            theirs = drafts.draft_of(known[arrangement].entry)
            base = _seen(store, arrangement, _number(form, "seen"), known[arrangement])
            clashes = drafts.compare_drafts(base, theirs, mine)
            picks = {each.column: str(form.get(f"pick_{each.column}", "")) for each in clashes}
            open_ones = [each for each in clashes if picks[each.column] not in {"mine", "theirs"}]
            if open_ones or known[arrangement].version != version:
                return clash_page(request, frame, store, mine, seen=_number(form, "seen"), who=who, picks=picks)
            mine = drafts.merge_drafts(mine, theirs, picks)
        complaints = _complain_who(frame, who)
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
            **_offers(),
            **_speech(frame),
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
        complaints = _complain_who(frame, who)
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
            ledger.begun().end(arrangement, year=int(text), version=_number(form, "version"), who=who)
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
        if complaints := _complain_who(frame, who):
            return show_one(request, frame, complaints, 422)
        arrangement = frame.asked.get("id", "")
        if pointing := _pointing_at(ledger.entries(), arrangement):
            told = frame.wording.say(
                later("Other rows point to it: {ids}. Change these first, or end it instead."), ids=", ".join(pointing)
            )
            return show_one(request, frame, (Complaint("remove", told, ""),), 422)
        try:
            ledger.begun().remove(arrangement, version=_number(form, "version"), who=who)
        except ConflictError as error:
            return overtaken_page(counter, request, frame, error)
        return see_other(frame.href("/cooperation/arrangement", id=arrangement, done="removed"), who=who)

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
            "coop_history.html.j2", request, frame, status=status, changes=changes, complaints=complaints,
            most=_HISTORY, **_speech(frame),
        )  # fmt: skip

    @router.post("/cooperation/undo", include_in_schema=False, response_model=None)
    def undo(request: Request, form: Fields) -> Response:
        """Undo a change."""
        return counter.page(request, lambda frame: write_undo(request, frame, form))

    def write_undo(request: Request, frame: Frame, form: FormData) -> Response:
        guard.check_form(request, form)
        who = str(form.get("who", "")).strip() or guard.who_of(request)
        if complaints := _complain_who(frame, who):
            return show_history(request, frame, complaints, 422)
        store = ledger.store()
        number = _number(form, "change")
        if store is None or not number:
            raise QuestionError(frame.wording.say(later("There is nothing to undo.")))
        try:
            done = store.undo(number, who=who)
        except ConflictError as error:
            return overtaken_page(counter, request, frame, error)
        return see_other(frame.href("/cooperation/arrangement", id=done.arrangement, done="undone"), who=who)

    @router.get("/api/cooperation/register")
    def rows_data(request: Request) -> JSONResponse:
        """Return the arrangements that the filters leave."""
        frame = counter.frame(request)
        if complaints := (*frame.complaints, *_filter_complaints(frame)):
            return complaint_response(complaints)
        rows, _ = _select(frame)
        return to_json([arrangement_shape(each.arrangement, carried=each.is_carried) for each in rows])

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

    @router.get("/api/cooperation/history")
    def history_data() -> JSONResponse:
        """Return who changed what, latest first."""
        store = ledger.store()
        return to_json([change_shape(each) for each in (store.history(limit=_HISTORY) if store else ())])

    return router


def see_other(address: str, *, who: str = "") -> RedirectResponse:
    """
    Send the browser on after something was written, so that a reload writes nothing twice.

    Parameters
    ----------
    address
        Where to.
    who
        Who wrote, for the browser to remember.

    Returns
    -------
    The response.
    """
    response = RedirectResponse(address, status_code=303)
    guard.remember(response, who=who)
    return response


def overtaken_page(counter: Counter, request: Request, frame: Frame, error: ConflictError) -> HTMLResponse:
    """
    Return the page that says what another changed first.

    Parameters
    ----------
    counter
        Where pages are handed out.
    request, frame
        What is looked at.
    error
        What the store said.

    Returns
    -------
    The page, with status 409.
    """
    from tyngdepunkt.store.register import Change

    changes = [each for each in error.changes if isinstance(each, Change)]
    return counter.render(
        "coop_overtaken.html.j2", request, frame, status=409, changes=changes, error=error, **_speech(frame)
    )


def arrangement_shape(each: Arrangement, *, carried: bool) -> dict[str, object]:
    """
    Return an arrangement, in the shape of ``tyngdepunkt register list --format json``.

    Parameters
    ----------
    each
        The arrangement.
    carried
        Whether its row describes an earlier year than the one asked for.

    Returns
    -------
    The object; None for what is not known.
    """
    return {
        "arrangement_id": each.id,
        "name": each.name,
        "task": each.task,
        "legal_form": None if each.form == "unknown" else each.form,
        "form_basis": each.form_basis or None,
        "level": each.level,
        "level_basis": each.level_basis or None,
        "host_id": each.host or None,
        "snapshot": each.snapshot,
        "carried": carried,
        "year_start": each.year_start,
        "year_end": each.year_end,
        "participants": {part.municipality: part.basis for part in each.participants},
        "participants_basis": each.basis,
        "complete": each.is_complete,
        "outside": each.outside_text or None,
        "outside_kind": each.outside,
        "governing_body": each.governing_body or None,
        "fte": each.fte,
        "cost_nok": each.cost_nok,
        "note": each.note or None,
        "source": each.source or None,
    }


def change_shape(each: Change) -> dict[str, object]:
    """
    Return a change, in the shape of ``tyngdepunkt register history --format json``.

    Parameters
    ----------
    each
        The change.

    Returns
    -------
    The object.
    """
    return {
        "change": each.number,
        "batch": each.batch,
        "when": each.moment,
        "who": each.who,
        "act": each.act,
        "arrangement_id": each.arrangement,
        "version": each.version,
        "undoes": each.undoes,
        "differences": [vars(difference) for difference in each.differences],
    }


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


def _tasks(frame: Frame) -> tuple[str, ...]:
    """Return the tasks that the register has, to choose from."""
    return tuple(sorted({each.task for each in frame.register.arrangements}))


def _offers() -> dict[str, object]:
    """Return what the fields of the forms offer to choose from."""
    from tyngdepunkt.store.entries import ARRANGEMENTS, PARTICIPANTS

    return {
        "allowed": {column.name: column.allowed for column in ARRANGEMENTS.columns},
        "bases": PARTICIPANTS.column("basis").allowed,
        "fields": words.FIELDS,
        "hints": words.HINTS,
        "columns": drafts.COLUMNS,
    }


def _speech(frame: Frame) -> dict[str, object]:
    """Return what says values and changes in words."""

    def say_difference(each: Difference) -> tuple[str, str, str]:
        label = frame.wording.say(words.FIELDS.get(each.what, each.what))
        before, after = (
            words.say_value(each.what, text, frame.names, frame.wording) for text in (each.before, each.after)
        )
        return label, before, after

    return {
        "say_value": lambda column, text: words.say_value(column, text, frame.names, frame.wording),
        "say_basis": lambda basis: words.say_basis(basis, frame.wording),
        "say_difference": say_difference,
        "acts": words.ACTS,
    }


def _complain_who(frame: Frame, who: str) -> tuple[Complaint, ...]:
    """Return that it is not said who writes."""
    if who:
        return ()
    say = frame.wording.say
    return (Complaint("who", say(later("It is not said who makes the change.")), say(later("Write your name."))),)


def _no_arrangement(frame: Frame, arrangement: str) -> QuestionError:
    """Return that there is no such arrangement."""
    return QuestionError(frame.wording.say(later("The register has no arrangement {ids}."), ids=arrangement or "–"))


def _pointing_at(known: Mapping[str, Kept], arrangement: str) -> list[str]:
    """Return the ids of rows that name an arrangement as an earlier or a later one."""
    return [
        each
        for each, kept in known.items()
        if arrangement in {*str(kept.entry.cells["replaces"]).split("|"), str(kept.entry.cells["later_id"])}
    ]


def _number(form: FormData, name: str) -> int:
    """Return a whole number that the form carries along; 0 where it is none."""
    text = str(form.get(name, ""))
    return int(text[:9]) if text.isdecimal() else 0


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
