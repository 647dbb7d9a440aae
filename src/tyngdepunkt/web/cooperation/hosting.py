"""Who hosts what in a block: both models side by side, the guarantees certified or the least that would give way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import FormData

from tyngdepunkt.errors import QuestionError, TyngdepunktError
from tyngdepunkt.model import Progress, content_key
from tyngdepunkt.shapes.services import host_plan_shape
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.chrome import complaint_response
from tyngdepunkt.web.cooperation import guard
from tyngdepunkt.web.cooperation.assessing import Group, read_group
from tyngdepunkt.web.cooperation.forms import Fields, see_other
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.cooperation.uploads import Shelf, answer_work, read_body, say_fault, take_upload
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.analysis.services import HostingPlan, HostingProblem, HostModel
    from tyngdepunkt.web.desk import Work

__all__ = ["make_hosting", "read_decimal"]

_LONG_POLL = 0.7
"""Seconds that a request waits for an answer before the page shows where the work is [s]."""


@dataclass(frozen=True)
class Wanted:
    """
    What is asked of the services of a block.

    Parameters
    ----------
    tasks
        Those chosen.
    max_minutes
        Task to the longest time to its host [min].
    kept_share
        Share of the staff that a joint service keeps, 0 to 1.
    job_tolerance
        Full-time equivalents that each may lose in net.
    """

    tasks: tuple[str, ...]
    max_minutes: Mapping[str, float]
    kept_share: float
    job_tolerance: float


def make_hosting(counter: Counter) -> APIRouter:
    """
    Return the routes of hosting.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/services/hosting`` and its JSON.
    """
    router = APIRouter()
    shelf: Shelf[HostingProblem] = Shelf()

    @router.get("/services/hosting", include_in_schema=False, response_model=None)
    def hosting(request: Request) -> Response:
        """Return the page."""
        return counter.page(request, lambda frame: show(request, frame))

    def show(request: Request, frame: Frame, complaints: tuple[Complaint, ...] = (), status: int = 200) -> HTMLResponse:
        group, faults = read_group(frame)
        wanted, more = _read_wanted(frame)
        offered, refused = _offer(frame, group)
        held = shelf.take(frame.asked.get("held", ""))
        problem = held
        if problem is None and offered is not None and wanted.tasks and not more:
            problem = _problem(frame, group, wanted)
        work = solve(problem) if problem else None
        if work:
            work.wait(_LONG_POLL)
        lost = bool(frame.asked.get("held")) and held is None
        return counter.render(
            "coop_hosting.html.j2",
            request,
            frame,
            status=status,
            group=group,
            offered=offered,
            refused=refused,
            wanted=wanted,
            problem=problem,
            work=work,
            plans=work.value if work else None,
            fault=say_fault(frame, work),
            named=lambda each: frame.names.get(each, each),
            lost=lost,
            complaints=(*frame.complaints, *faults, *more, *complaints),
        )

    def solve(problem: HostingProblem) -> Work[dict[HostModel, HostingPlan]]:
        from tyngdepunkt.analysis.services import HostModel, find_hosts

        def run(progress: Progress) -> dict[HostModel, HostingPlan]:
            return find_hosts(problem, models=tuple(HostModel), progress=progress)

        return counter.desk.other(("hosting", content_key(problem)), run)

    @router.post("/services/hosting", include_in_schema=False, response_model=None)
    def upload(request: Request, form: Fields) -> Response:
        """Take a problem in."""
        return counter.page(request, lambda frame: take(request, frame, form))

    def take(request: Request, frame: Frame, form: FormData) -> Response:
        from tyngdepunkt.analysis.services import parse_hosting

        guard.check_form(request, form)
        given, faults = take_upload(frame, form, parse_hosting)
        if given is None:
            return show(request, frame, faults, 422)
        return see_other(frame.href("/services/hosting", held=shelf.hold(given.problem)))

    @router.get("/api/services/hosting")
    def hosting_data(request: Request) -> JSONResponse:
        """Return the hosts of a block's services, by both models."""
        frame = counter.frame(request)
        group, faults = read_group(frame)
        wanted, more = _read_wanted(frame)
        if complaints := (*frame.complaints, *faults, *more):
            return complaint_response(complaints)
        if group is None:
            say = frame.wording.say
            return complaint_response(
                (Complaint("member", say("Choose two municipalities or more first."), "member=1519&member=1520"),)
            )
        problem = _problem(frame, group, wanted)
        return answer(problem)

    @router.post("/api/services/hosting", response_model=None)
    async def solve_data(request: Request) -> JSONResponse:
        """Return the hosts of a problem, by both models."""
        from tyngdepunkt.analysis.services import parse_hosting

        given = await read_body(request, parse_hosting)
        if isinstance(given, JSONResponse):
            return given
        return answer(given.problem)

    def answer(problem: HostingProblem) -> JSONResponse:
        def shape(plans: dict[HostModel, HostingPlan]) -> object:
            return {str(model): host_plan_shape(plan) for model, plan in plans.items()}

        return answer_work(solve(problem), shape, seconds=_LONG_POLL)

    return router


def read_decimal(text: str) -> float | None:
    """
    Read a number as a reader writes it.

    Parameters
    ----------
    text
        With a decimal comma or point, thousands set apart by spaces.

    Returns
    -------
    The number; None where it is none, or below 0.
    """
    joined = "".join(text.split()).replace(",", ".")
    try:
        value = float(joined)
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None


def _read_wanted(frame: Frame) -> tuple[Wanted, tuple[Complaint, ...]]:
    """Return what is asked of the services, and what is wrong with the fields."""
    say = frame.wording.say
    complaints = []

    def number(field: str, first: float, most: float = float("inf")) -> float:
        text = frame.asked.get(field, "")
        value = read_decimal(text) if text else first
        if value is None or value > most:
            complaints.append(
                Complaint(
                    field,
                    say(later("“{given}” is not a number."), given=text),
                    say(later("Give a number, 0 or more, or leave the field empty."))
                    if most == float("inf")
                    else say(later("Give per cent, 0 to 100, or leave the field empty.")),
                )
            )
            return first
        return value

    minutes = {
        name.removeprefix("minutes-"): number(name, 0.0)
        for name, text in frame.asked.items()
        if name.startswith("minutes-") and text
    }
    wanted = Wanted(
        tuple(frame.many.get("task", ())),
        minutes,
        number("kept_share", 100.0, 100.0) / 100,
        number("job_tolerance", 0.0),
    )
    return wanted, tuple(complaints)


def _offer(frame: Frame, group: Group | None) -> tuple[HostingProblem | None, str]:
    """Return the services of a group that could be pooled, or why there are none."""
    from tyngdepunkt.analysis.services import hosting_of_block

    if group is None:
        return None, ""
    try:
        return hosting_of_block(frame.current_study, group[1]), ""
    except TyngdepunktError as error:
        return None, frame.tell(error)


def _problem(frame: Frame, group: Group | None, wanted: Wanted) -> HostingProblem:
    """Return the problem of the services chosen; all of them where none is."""
    from tyngdepunkt.analysis.services import hosting_of_block

    assert group is not None  # noqa: S101 - asked for before
    problem = hosting_of_block(
        frame.current_study,
        group[1],
        max_minutes=dict(wanted.max_minutes),
        kept_share=wanted.kept_share,
        job_tolerance=wanted.job_tolerance,
    )
    if not wanted.tasks:
        return problem
    chosen = tuple(each for each in problem.tasks if each.id in wanted.tasks)
    if not chosen:
        raise QuestionError(
            frame.wording.say(later("None of the tasks chosen has staff in two of the municipalities."))
        )
    return replace(problem, tasks=chosen)
