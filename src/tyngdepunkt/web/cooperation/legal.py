"""Which legal form carries what: of a task that the reader describes, and of the arrangements of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from tyngdepunkt.shapes.cooperation import advice_shape, form_checks_shape, say_verdict
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import complaint_response, to_json
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import FormCheck
    from tyngdepunkt.model import Act, FormNeeds

__all__ = ["NEEDS", "make_legal"]

NEEDS = {
    "statutory": (later("Is the task a duty by law?"), "no"),
    "individual_decisions": (later("Must the cooperation make individual decisions?"), "no"),
    "matters_of_principle": (later("Must it decide matters of principle?"), "no"),
    "own_legal_person": (later("Shall it be a legal person of its own?"), "any"),
    "service_production": (later("Is it to produce services?"), "yes"),
    "several_tasks_one_board": (later("Shall several tasks stand under one board?"), "no"),
}
"""Field of the form to its question and to what stands there first."""

_NO_FORM = frozenset({"unknown", "other"})
"""What the register has where it tells no form of the law."""

_VERDICTS = {
    "allowed": later("Allowed"),
    "conditional": later("Conditional"),
    "excluded": later("Excluded"),
    "unknown": later("Not known"),
}


def make_legal(counter: Counter) -> APIRouter:
    """
    Return the routes of legal form.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/cooperation/legal-form`` and its JSON.
    """
    router = APIRouter()

    @router.get("/cooperation/legal-form", include_in_schema=False, response_model=None)
    def advise(request: Request) -> Response:
        """Return the page."""
        return counter.page(request, lambda frame: show(request, frame))

    def show(request: Request, frame: Frame) -> HTMLResponse:
        from tyngdepunkt.analysis.cooperation import Verdict, advise_form

        needs, act, complaints = _read_needs(frame)
        is_asked = any(name in frame.asked for name in NEEDS)
        advice = advise_form(needs, act=act) if is_asked and not complaints else None
        checks = _checks(frame) if frame.register.arrangements else ()
        return counter.render(
            "coop_legal.html.j2",
            request,
            frame,
            needs=NEEDS,
            given={name: frame.asked.get(name) or first for name, (_, first) in NEEDS.items()},
            act=str(act),
            advice=advice,
            by_verdict={str(each): advice.having(each) for each in Verdict} if advice else {},
            verdicts=_VERDICTS,
            checks=checks,
            known={each.id: each for each in frame.register.arrangements},
            judged=sorted(
                (each for each in checks if each.verdict is not Verdict.UNKNOWN),
                key=lambda each: ("excluded", "conditional", "allowed").index(each.verdict),
            ),
            tally={str(verdict): sum(each.verdict is verdict for each in checks) for verdict in Verdict},
            without_form=sum(each.form in _NO_FORM for each in checks if each.verdict is Verdict.UNKNOWN),
            without_needs=sum(each.needs is None for each in checks if each.verdict is Verdict.UNKNOWN),
            reason=lambda each: say_verdict(each, advice, language=frame.language),
            own_reason=lambda each: say_verdict(each, language=frame.language),
            complaints=(*frame.complaints, *complaints),
        )

    @router.get("/api/cooperation/legal-form")
    def advise_data(request: Request) -> JSONResponse:
        """Return which forms a task allows."""
        from tyngdepunkt.analysis.cooperation import advise_form

        frame = counter.frame(request)
        needs, act, complaints = _read_needs(frame)
        if complaints:
            return complaint_response(complaints)
        advice = advise_form(needs, act=act)
        return to_json(advice_shape(advice, language=frame.language))

    @router.get("/api/cooperation/forms")
    def check_data(request: Request) -> JSONResponse:
        """Return whether the forms of the register can carry their tasks."""
        frame = counter.frame(request)
        if frame.complaints:
            return complaint_response(frame.complaints)
        tasks = {each.id: each.task for each in frame.register.arrangements}
        return to_json(form_checks_shape(frame.year, _checks(frame), tasks, language=frame.language))

    return router


def _checks(frame: Frame) -> tuple[FormCheck, ...]:
    """Return the check of every arrangement of the year."""
    from tyngdepunkt.analysis.cooperation import check_forms

    return check_forms(frame.study, frame.year, register=frame.register)


def _read_needs(frame: Frame) -> tuple[FormNeeds, Act, tuple[Complaint, ...]]:
    """Return what the task needs, by which act, and what is wrong with the fields."""
    from tyngdepunkt.model import Act, FormNeeds

    say = frame.wording.say
    told: dict[str, Any] = {}
    complaints = []
    for name, (_, first) in NEEDS.items():
        text = frame.asked.get(name) or first
        allowed = ("yes", "no", "any") if name == "own_legal_person" else ("yes", "no")
        if text not in allowed:
            complaints.append(
                Complaint(
                    name,
                    say(later("“{given}” is no answer."), given=text),
                    say(later("Give one of {choices}."), choices=", ".join(allowed)),
                )
            )
        told[name] = None if text == "any" else text == "yes"
    text = frame.asked.get("act") or Act.Y2018
    if text not in set(Act):
        complaints.append(
            Complaint(
                "act",
                say(later("“{given}” is no answer."), given=text),
                say(later("Give one of {choices}."), choices="2018, 1992"),
            )
        )
    return FormNeeds(**told), Act(text) if text in set(Act) else Act.Y2018, tuple(complaints)
