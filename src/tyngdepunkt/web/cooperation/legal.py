"""Which legal form carries what: of a task that the reader describes, and of the arrangements of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

import tyngdepunkt
from tyngdepunkt.texts.cooperation import rule_sentence
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import complaint_response
from tyngdepunkt.web.cooperation.frame import Counter, Frame, to_json
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import FormAdvice, FormCheck, FormVerdict
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
            reason=lambda each: reason_of(each, frame.language, advice),
            own_reason=lambda each: reason_of(each, frame.language),
            complaints=(*frame.complaints, *complaints),
        )

    @router.get("/api/cooperation/legal-form")
    def advise_data(request: Request) -> JSONResponse:
        """Return which forms a task allows."""
        from tyngdepunkt.analysis.cooperation import Verdict, advise_form

        frame = counter.frame(request)
        needs, act, complaints = _read_needs(frame)
        if complaints:
            return complaint_response(complaints)
        advice = advise_form(needs, act=act)
        return to_json(
            {
                "act": advice.act,
                **{
                    str(verdict): [_verdict_shape(each, frame, advice) for each in advice.having(verdict)]
                    for verdict in (Verdict.ALLOWED, Verdict.CONDITIONAL, Verdict.EXCLUDED)
                },
                "version": tyngdepunkt.__version__,
            }
        )

    @router.get("/api/cooperation/forms")
    def check_data(request: Request) -> JSONResponse:
        """Return whether the forms of the register can carry their tasks."""
        from tyngdepunkt.analysis.cooperation import Verdict

        frame = counter.frame(request)
        if frame.complaints:
            return complaint_response(frame.complaints)
        checks = _checks(frame)
        return to_json(
            {
                "year": frame.year,
                "counts": {str(verdict): sum(each.verdict is verdict for each in checks) for verdict in Verdict},
                "arrangements": [
                    {
                        "arrangement_id": each.arrangement,
                        "legal_form": each.form,
                        "act": each.act,
                        "verdict": each.verdict,
                        "provision": each.best.provision if each.best else None,
                        "reason": reason_of(each.best, frame.language) if each.best else None,
                        "needs": each.needs,
                    }
                    for each in checks
                ],
            }
        )

    return router


def reason_of(each: FormVerdict, language: str, advice: FormAdvice | None = None) -> str:
    """
    Say why a form is allowed, conditional, excluded or not known.

    Parameters
    ----------
    each
        What the rules say of it.
    language
        The reader's.
    advice
        All of the advice, where a host may be what the ministry points to.

    Returns
    -------
    A sentence or a few.
    """
    said = [rule_sentence(rule.key, language) for rule in each.rules]
    if each.missing:
        said.append(rule_sentence("need_unknown", language, needs=each.missing))
    said = said or [rule_sentence(f"meant_for_{each.form}", language)]
    if advice and advice.host_is_default and each.verdict == "allowed" and each.form.startswith("host"):
        said.append(rule_sentence("host_is_default", language))
    return " ".join(dict.fromkeys(said))


def _verdict_shape(each: FormVerdict, frame: Frame, advice: FormAdvice) -> dict[str, object]:
    """Return a verdict for JSON."""
    return {
        "form": each.form,
        "provision": each.provision,
        "reason": reason_of(each, frame.language, advice),
        "rules": [rule.key for rule in each.rules],
        "sources": list(dict.fromkeys(rule.source for rule in each.rules)),
    }


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
