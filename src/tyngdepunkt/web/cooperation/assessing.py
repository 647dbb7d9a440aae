"""How near a group is to long-term strategic cooperation, and the seven questions that it answers itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import FormData

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.shapes.cooperation import assessment_shape
from tyngdepunkt.texts.cooperation import inquiry_words, step_word
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import complaint_response, to_json
from tyngdepunkt.web.cooperation import guard
from tyngdepunkt.web.cooperation.forms import Fields, see_other
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import Answer, Assessment, Thresholds

__all__ = ["Group", "make_assessing", "read_group"]

Group = tuple[str, tuple[str, ...]]
"""What a group is called, and the ids of its members."""

_STANDINGS = ("met", "partly", "not_met")
_LONGEST = 5_000
"""Characters of an answer that are kept."""


def make_assessing(counter: Counter) -> APIRouter:
    """
    Return the routes of the assessment.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/cooperation/assess`` and its JSON.
    """
    router = APIRouter()

    @router.get("/cooperation/assess", include_in_schema=False, response_model=None)
    def assess(request: Request) -> Response:
        """Return the page."""
        return counter.page(request, lambda frame: show(request, frame))

    def show(
        request: Request,
        frame: Frame,
        *,
        told: dict[str, tuple[str, str]] | None = None,
        complaints: tuple[Complaint, ...] = (),
        status: int = 200,
    ) -> HTMLResponse:
        from tyngdepunkt.analysis.cooperation import Inquiry

        group, faults = read_group(frame)
        thresholds, more = _read_thresholds(frame)
        found = _assess(frame, group, thresholds) if group else None
        kept = {str(each.inquiry): each for each in _answers(frame, group)} if group else {}
        return counter.render(
            "coop_assess.html.j2",
            request,
            frame,
            status=status,
            group=group,
            assessment=found,
            thresholds=thresholds,
            inquiries=[(str(each), inquiry_words(each, frame.language)) for each in Inquiry],
            kept=kept,
            told=told or {},
            standings=_STANDINGS,
            step_name=step_word(found.step, frame.language) if found else "",
            known={each.id: each for each in frame.register.arrangements},
            complaints=(*frame.complaints, *faults, *more, *complaints),
        )

    @router.post("/cooperation/assess", include_in_schema=False, response_model=None)
    def answer(request: Request, form: Fields) -> Response:
        """Keep what the cooperation answers."""
        return counter.page(request, lambda frame: write(request, frame, form))

    def write(request: Request, frame: Frame, form: FormData) -> Response:
        from tyngdepunkt.analysis.cooperation import Inquiry

        guard.check_form(request, form)
        say = frame.wording.say
        group, faults = read_group(frame)
        if group is None or faults:
            raise QuestionError(say("Choose two municipalities or more first."))
        who = str(form.get("who", "")).strip()
        told = {
            str(each): (str(form.get(f"standing_{each}", "")), str(form.get(f"text_{each}", "")).strip()[:_LONGEST])
            for each in Inquiry
        }
        if not who:
            fault = Complaint("who", say("It is not said who makes the change."), say("Write your name."))
            return show(request, frame, told=told, complaints=(fault,), status=422)
        before = {str(each.inquiry): (str(each.standing or ""), each.text) for each in _answers(frame, group)}
        store = frame.ledger.begun()
        for inquiry, (standing, text) in told.items():
            if (standing, text) != before.get(inquiry, ("", "")) and standing in {"", *_STANDINGS}:
                store.answer(group[1], inquiry, standing=standing, text=text, who=who)
        return see_other(frame.href(**frame.carried, done="answered"), who=who)

    @router.get("/api/cooperation/assess")
    def assess_data(request: Request) -> JSONResponse:
        """Return the assessment."""
        frame = counter.frame(request)
        group, faults = read_group(frame)
        thresholds, more = _read_thresholds(frame)
        if complaints := (*frame.complaints, *faults, *more):
            return complaint_response(complaints)
        if frame.is_waiting:
            return to_json({"state": "working", "done": 0, "total": None}, status=202)
        if group is None:
            say = frame.wording.say
            fault = Complaint("member", say("Choose two municipalities or more first."), "member=1519&member=1520")
            return complaint_response((fault,))
        return to_json(assessment_shape(frame.study, _assess(frame, group, thresholds), language=frame.language))

    return router


def read_group(frame: Frame) -> tuple[Group | None, tuple[Complaint, ...]]:
    """
    Read which municipalities are meant: a block of the plan, or any.

    Parameters
    ----------
    frame
        What is looked at: ``member`` for each municipality, or ``block``.

    Returns
    -------
    group
        None where none is chosen.
    complaints
        What is wrong with the choice.
    """
    say = frame.wording.say
    ids, strange = [], []
    for told in frame.many.get("member", ()):
        try:
            ids.append(frame.study.territory.find(told))
        except QuestionError:
            strange.append(told)
    if strange:
        return None, (
            Complaint(
                "member",
                say(later("The study has no municipality “{given}”."), given=", ".join(strange)),
                say(later("Choose one of the list.")),
            ),
        )
    members = tuple(dict.fromkeys(ids))
    if len(members) == 1:
        return None, (
            Complaint(
                "member",
                say(later("One municipality alone does not cooperate.")),
                say(later("Choose two or more.")),
            ),
        )
    if members:
        return (frame.scene.named(members), members), ()
    block = frame.asked.get("block", "")
    if not block or not frame.blocks:
        return None, ()
    if block not in frame.blocks:
        return None, (
            Complaint(
                "block",
                say(later("The plan has no block “{given}”."), given=block),
                say(later("Choose one of the list.")),
            ),
        )
    if len(frame.blocks[block]) == 1:
        return None, (
            Complaint(
                "block",
                say(later("{name} is alone in its block."), name=block),
                say(later("Choose a block of two or more.")),
            ),
        )
    return (block, frame.blocks[block]), ()


def _read_thresholds(frame: Frame) -> tuple[Thresholds, tuple[Complaint, ...]]:
    """Return what the evidence is held against, and what is wrong with the fields."""
    from tyngdepunkt.analysis.cooperation import Thresholds

    say = frame.wording.say
    told: dict[str, float | None] = {}
    complaints = []
    for name in ("fixed_share", "top_host_share"):
        text = frame.asked.get(name, "").replace(",", ".").removesuffix("%").strip()
        told[name] = None
        if not text:
            continue
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if 0 <= value <= 100:  # noqa: PLR2004 - per cent
            told[name] = value / 100
        else:
            complaints.append(
                Complaint(
                    name,
                    say(later("“{given}” is not a share."), given=frame.asked[name]),
                    say(later("Give per cent, 0 to 100, or leave the field empty.")),
                )
            )
    return Thresholds(fixed_share=told["fixed_share"], top_host_share=told["top_host_share"]), tuple(complaints)


def _answers(frame: Frame, group: Group) -> list[Answer]:
    """Return what the cooperation answered before."""
    from tyngdepunkt.analysis.cooperation import Answer, Inquiry, Standing

    store = frame.ledger.store()
    return [
        Answer(
            Inquiry(each.inquiry), Standing(each.standing) if each.standing else None, each.text, each.who, each.moment
        )
        for each in (store.answers(group[1]) if store is not None else ())
    ]


def _assess(frame: Frame, group: Group, thresholds: Thresholds) -> Assessment:
    """Return the assessment of a group."""
    from tyngdepunkt.analysis.cooperation import assess_cooperation

    name, members = group
    return assess_cooperation(
        frame.study,
        members,
        year=frame.year,
        name=name,
        answers=_answers(frame, group),
        thresholds=thresholds,
        register=frame.register,
    )
