"""What all gain together, how it can be shared, and whom each split leaves worse off; costs are the reader's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import FormData

from tyngdepunkt.model import Progress, content_key
from tyngdepunkt.shapes.services import sharing_shape
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.cooperation import guard
from tyngdepunkt.web.cooperation.assessing import Group, read_group
from tyngdepunkt.web.cooperation.forms import Fields, see_other
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.cooperation.hosting import read_decimal
from tyngdepunkt.web.cooperation.uploads import Shelf, answer_work, read_body, say_fault, take_upload
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.analysis.services import GivenGame, ShareAnswer, SplitTest
    from tyngdepunkt.web.desk import Work

__all__ = ["make_sharing"]

_LONG_POLL = 0.7
"""Seconds that a request waits for an answer before the page shows where the work is [s]."""
_LINES = 3
"""Services that the form has room for; more go into a file."""

_COSTS = {
    "fixed": later("Fixed cost of a service, whoever takes part"),
    "per_participant": later("Cost for each participant"),
    "per_inhabitant": later("Cost for each inhabitant"),
    "norm_fte": later("Full-time equivalents of a whole service"),
    "value_per_fte": later("Worth of each full-time equivalent nearer to that"),
}
_SPLITS = {
    "prenucleolus": later("prenucleolus"),
    "nucleolus": later("nucleolus"),
    "shapley": later("Shapley value"),
    "equal": later("equal shares"),
    "inhabitants": later("by inhabitants"),
    "users": later("by users"),
    "existing_cost": later("by cost of today"),
    "take_up": later("by use"),
    "income_adjusted": later("by inhabitants, adjusted for income"),
    "mix": later("your mix of keys"),
}
"""Name of a solution or cost key to words."""


@dataclass(frozen=True)
class Line:
    """
    One service of the form.

    Parameters
    ----------
    name
        Of the service.
    costs
        Each of the costs to its number; what is not stated is not there.
    source
        Where the reader has the numbers from.
    """

    name: str
    costs: Mapping[str, float]
    source: str


def make_sharing(counter: Counter) -> APIRouter:
    """
    Return the routes of sharing.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/services/sharing`` and its JSON.
    """
    router = APIRouter()
    shelf: Shelf[GivenGame] = Shelf()

    @router.get("/services/sharing", include_in_schema=False, response_model=None)
    def sharing(request: Request) -> Response:
        """Return the page."""
        return counter.page(request, lambda frame: show(request, frame))

    def show(request: Request, frame: Frame, complaints: tuple[Complaint, ...] = (), status: int = 200) -> HTMLResponse:
        group, faults = read_group(frame)
        lines, mix, more = _read_lines(frame)
        held = shelf.take(frame.asked.get("held", ""))
        given = held
        if given is None and group and lines and not more:
            given = _given(frame, group, lines, mix)
        work = solve(given) if given else None
        if work:
            work.wait(_LONG_POLL)
        answer = work.value if work else None
        return counter.render(
            "coop_sharing.html.j2",
            request,
            frame,
            status=status,
            group=group,
            costs=_COSTS,
            numbers=range(1, _LINES + 1),
            work=work,
            answer=answer,
            tests=_tests(answer) if answer else {},
            split_name=lambda name: frame.wording.say(_SPLITS[name]) if name in _SPLITS else name,
            named=lambda each: frame.names.get(each, each),
            fault=say_fault(frame, work),
            lost=bool(frame.asked.get("held")) and held is None,
            complaints=(*frame.complaints, *faults, *more, *complaints),
        )

    def solve(given: GivenGame) -> Work[ShareAnswer]:
        from tyngdepunkt.analysis.services import share_values

        def run(_progress: Progress) -> ShareAnswer:
            return share_values(given)

        return counter.desk.other(("sharing", _key(given)), run)

    @router.post("/services/sharing", include_in_schema=False, response_model=None)
    def upload(request: Request, form: Fields) -> Response:
        """Take a game in."""
        return counter.page(request, lambda frame: take(request, frame, form))

    def take(request: Request, frame: Frame, form: FormData) -> Response:
        from tyngdepunkt.analysis.services import parse_game

        guard.check_form(request, form)
        given, faults = take_upload(frame, form, parse_game)
        if given is None:
            return show(request, frame, faults, 422)
        return see_other(frame.href("/services/sharing", held=shelf.hold(given)))

    @router.post("/api/services/share", response_model=None)
    async def share_data(request: Request) -> JSONResponse:
        """Return how a game can be shared out, asked as the file of ``tyngdepunkt share`` is."""
        from tyngdepunkt.analysis.services import parse_game

        given = await read_body(request, parse_game)
        if isinstance(given, JSONResponse):
            return given
        return answer_work(solve(given), sharing_shape, seconds=_LONG_POLL)

    return router


def _key(given: GivenGame) -> str:
    """Return what stands for all of a game."""
    game = given.game
    values = None if game is None else (game.players, game.values, game.unit)
    return content_key(values, given.cooperation, given.splits)


def _read_lines(frame: Frame) -> tuple[tuple[Line, ...], Mapping[str, float], tuple[Complaint, ...]]:
    """Return the services of the form, the weights of the mix of keys, and what is wrong with the fields."""
    say = frame.wording.say
    complaints = []

    def number(field: str) -> float | None:
        text = frame.asked.get(field, "")
        value = read_decimal(text) if text else None
        if text and value is None:
            complaints.append(
                Complaint(
                    field,
                    say(later("“{given}” is not a number."), given=text),
                    say(later("Give a number, 0 or more, or leave the field empty.")),
                )
            )
        return value

    lines = []
    for place in range(1, _LINES + 1):
        costs = {key: value for key in _COSTS if (value := number(f"{key}-{place}")) is not None}
        name = frame.asked.get(f"service-{place}", "")
        if not name and not costs:
            continue
        if not name:
            complaints.append(
                Complaint(f"service-{place}", say(later("The service has no name.")), say(later("Fill it in.")))
            )
        if not costs.keys() & {"fixed", "per_participant", "per_inhabitant"}:
            complaints.append(
                Complaint(
                    f"fixed-{place}",
                    say(later("The service has no cost.")),
                    say(later("Give a cost: fixed, for each participant or for each inhabitant.")),
                )
            )
        if len(costs.keys() & {"norm_fte", "value_per_fte"}) == 1:
            complaints.append(
                Complaint(
                    f"norm_fte-{place}",
                    say(later("A norm counts only with what each full-time equivalent nearer to it is worth.")),
                    say(later("Give both, or neither.")),
                )
            )
        lines.append(Line(name, costs, frame.asked.get(f"source-{place}", "")))
    names = [each.name for each in lines]
    if len(set(names)) < len(names):
        complaints.append(
            Complaint("service-1", say(later("Two services have the same name.")), say(later("Give each its own.")))
        )
    mix = {key: value for key in ("equal", "inhabitants") if (value := number(f"mix-{key}"))}
    return tuple(lines), mix, tuple(complaints)


def _given(frame: Frame, group: Group, lines: tuple[Line, ...], mix: Mapping[str, float]) -> GivenGame:
    """Return the game of a group: inhabitants and staff of the study, costs of the reader."""
    from tyngdepunkt.analysis.services import GivenGame, Norm, Parameter, Service, cooperation_of_block

    services = []
    for each in lines:
        told: dict[str, Any] = {key: Parameter(value, each.source) for key, value in each.costs.items()}
        fte, worth = told.pop("norm_fte", None), told.pop("value_per_fte", None)
        norm = Norm(fte, worth) if fte and worth else None
        services.append(Service(each.name, (), norm=norm, **told))
    keys = {"mix": mix} if mix else {}
    unit = frame.asked.get("unit", "")
    return GivenGame(None, cooperation_of_block(frame.current_study, group[1], services, keys=keys, unit=unit), {})


def _tests(answer: ShareAnswer) -> dict[str, SplitTest]:
    """Return solutions and splits by name, each once."""
    return dict(answer.sharing.solutions) | {
        name: test for name, test in answer.sharing.splits.items() if name not in answer.sharing.solutions
    }
