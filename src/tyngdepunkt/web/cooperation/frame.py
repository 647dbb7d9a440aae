"""What every page on cooperation has around it: the reader's view, the year, the plan held against, and the errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

import tyngdepunkt
from tyngdepunkt.errors import ContentError, QuestionError, TyngdepunktError
from tyngdepunkt.texts import LANGUAGES, cooperation, reasons
from tyngdepunkt.texts.wording import Wording, later
from tyngdepunkt.web import chrome
from tyngdepunkt.web.cooperation import guard
from tyngdepunkt.web.cooperation.traces import TRACES
from tyngdepunkt.web.origins import list_sources
from tyngdepunkt.web.pages import asset_address, make_environment, scene_of, wait_for_scene
from tyngdepunkt.web.sections import COOPERATION, VIEW_PLAN, sections_of
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.model import Partition, Plan, Register
    from tyngdepunkt.study import Study
    from tyngdepunkt.web.cooperation.ledger import Ledger
    from tyngdepunkt.web.desk import Desk
    from tyngdepunkt.web.scene import Scene

__all__ = ["Counter", "Frame"]

_PARTS = (
    ("/cooperation", later("Overview")),
    ("/cooperation/matrix", later("Matrix")),
    ("/cooperation/register", later("Register")),
    ("/cooperation/assess", later("Assessment")),
    ("/cooperation/legal-form", later("Legal form")),
    ("/services", later("Services")),
)

_WITHIN = {
    "/cooperation/register": (
        "/cooperation/arrangement",
        "/cooperation/arrangement/edit",
        "/cooperation/arrangement/end",
        "/cooperation/arrangement/remove",
        "/cooperation/history",
        "/cooperation/undo",
        "/cooperation/import",
    )
}
"""Pages that belong to a part and do not lie below it."""

_OWN = ("year", "plan")


@dataclass(frozen=True, eq=False)
class Frame:
    """
    What the reader looks at on a page on cooperation.

    Parameters
    ----------
    scene
        The view of the blocks, which these pages carry along.
    ledger
        The register.
    path
        Of the page.
    asked
        The last value of each field of the address.
    many
        Every value of each field.
    """

    scene: Scene
    ledger: Ledger
    path: str
    asked: Mapping[str, str]
    many: Mapping[str, Sequence[str]]

    @property
    def study(self) -> Study:
        """The study."""
        return self.scene.study

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.scene.view.language

    @property
    def wording(self) -> Wording:
        """Texts and numbers in the reader's language."""
        return self.scene.wording

    @property
    def names(self) -> dict[str, str]:
        """Municipality id to name."""
        return self.scene.names

    @cached_property
    def register(self) -> Register:
        """The register."""
        return self.ledger.register()

    @cached_property
    def current_study(self) -> Study:
        """The study with the register as it stands now among its tables."""
        store = self.ledger.store()
        return replace(self.study, tables={**self.study.tables, **store.tables()}) if store else self.study

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the register describes."""
        return tuple(self.register.snapshots)

    @cached_property
    def complaints(self) -> tuple[Complaint, ...]:
        """What is wrong with year and plan."""
        say = self.wording.say
        found = []
        told = self.asked.get("year", "")
        if told and not (told.isdecimal() and len(told) == 4 and self.years and int(told) >= self.years[0]):  # noqa: PLR2004 - a year
            first = str(self.years[0]) if self.years else "–"
            found.append(
                Complaint(
                    "year",
                    say("“{given}” is no year that the register has a picture of.", given=told),
                    say("Give a year from {first} on.", first=first),
                )
            )
        plan = self.asked.get("plan", "")
        if plan and plan != VIEW_PLAN and plan not in {each.name for each in self.study.reference_plans}:
            found.append(
                Complaint(
                    "plan",
                    say("The study has no plan “{given}”.", given=plan),
                    say("Choose one of the list."),
                )
            )
        return tuple(found)

    @cached_property
    def year(self) -> int:
        """The year looked at: the one asked for, else the last; `QuestionError` where the register holds nothing."""
        from tyngdepunkt.analysis.cooperation import latest_year

        if self.asked.get("year") and not any(each.field == "year" for each in self.complaints):
            return int(self.asked["year"])
        return latest_year(self.register)

    @cached_property
    def plan_name(self) -> str:
        """What the plan held against is asked for by; empty for none."""
        return "" if any(each.field == "plan" for each in self.complaints) else self.asked.get("plan", "")

    @cached_property
    def plan(self) -> Plan | Partition | None:
        """The plan that cooperation is held against; None for none, and while it is being worked out."""
        if self.plan_name == VIEW_PLAN:
            return self.settled.plan
        return next((each for each in self.study.reference_plans if each.name == self.plan_name), None)

    @cached_property
    def settled(self) -> Scene:
        """The view of the blocks once its answer has been waited for a moment."""
        return wait_for_scene(self.scene)

    @property
    def is_waiting(self) -> bool:
        """Whether the plan of the view is still being worked out."""
        return self.plan_name == VIEW_PLAN and not self.settled.point and not self.settled.work.is_done

    @property
    def has_no_plan(self) -> bool:
        """Whether there is no plan for what the view asks."""
        return self.plan_name == VIEW_PLAN and self.plan is None and not self.is_waiting

    @cached_property
    def blocks(self) -> dict[str, tuple[str, ...]]:
        """Name of each block of the plan to its members; empty without a plan."""
        if self.plan is None:
            return {}
        return {self.names.get(name, name): tuple(ids) for name, ids in self.plan.members.items()}

    def href(self, path: str = "", /, **changes: object) -> str:
        """
        Return the address of a page with what is looked at kept.

        Parameters
        ----------
        path
            Of the page; empty for this one.
        **changes
            Fields with another value; None leaves one out. ``language`` changes the language.

        Returns
        -------
        Path and query.
        """
        told = {"language": str(changes.pop("language"))} if "language" in changes else {}
        pairs = parse_qsl(self.scene.view.query(self.study, self.scene.language, **told))
        own = {name: self.asked.get(name) for name in _OWN} | changes
        for name, value in own.items():
            values = value if isinstance(value, list | tuple) else [value]
            pairs += [(name, str(each)) for each in values if each not in (None, "")]
        return (path or self.path) + (f"?{urlencode(pairs)}" if pairs else "")

    @property
    def carried(self) -> dict[str, object]:
        """The fields of the address that belong to the page alone, so that the same page shows the same."""
        view = {name for name, _ in parse_qsl(self.scene.view.query(self.study, ""))}
        return {
            name: list(values)
            for name, values in self.many.items()
            if name not in view and name not in _OWN and name != "language"
        }

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """Return the fields that a form carries along: the view, year and plan, without those that it has itself."""
        pairs = parse_qsl(self.scene.view.query(self.study, self.scene.language))
        pairs += [(name, self.asked[name]) for name in _OWN if self.asked.get(name)]
        return [(name, value) for name, value in pairs if name not in without]

    def tell(self, error: Exception) -> str:
        """Say what is wrong, in the reader's language as far as the error knows its words."""
        message = error.args[0] if error.args else ""
        return self.wording.tell(message) if isinstance(message, str) else str(error)

    def complain(self, field: str, error: TyngdepunktError) -> tuple[Complaint, ...]:
        """Return what is wrong with what a field holds, each fault of a file by itself."""
        if isinstance(error, ContentError):
            return tuple(Complaint(field, self.wording.tell(fault), "") for fault in error.faults)
        return (Complaint(field, self.tell(error), ""),)

    def sentence(self, reason: reasons.ReasonLike) -> str:
        """Say a reason in the reader's language."""
        return reasons.sentence(reason, self.names, self.language)


class Counter:
    """
    Where pages are handed out: frames made of requests, and templates filled in.

    Parameters
    ----------
    desk
        Where answers are worked out.
    ledger
        The register.
    language
        The language of an address that says none.
    """

    def __init__(self, desk: Desk, ledger: Ledger, language: str) -> None:
        self.desk = desk
        self.ledger = ledger
        self.language = language
        self._environments = {each: make_environment(desk.study, each) for each in LANGUAGES}
        for code, environment in self._environments.items():
            environment.filters |= _make_filters(desk.study, code)

    def frame(self, request: Request) -> Frame:
        """Return what a request looks at."""
        many: dict[str, list[str]] = {}
        for name, value in parse_qsl(request.url.query, keep_blank_values=True):
            many.setdefault(name, []).append(value.strip())
        scene = scene_of(request, self.desk, self.language)
        return Frame(scene, self.ledger, request.url.path, {k: v[-1] for k, v in many.items()}, many)

    def render(
        self, template: str, request: Request, frame: Frame, *, status: int = 200, **context: object
    ) -> HTMLResponse:
        """
        Fill a template in.

        Parameters
        ----------
        template
            Its name.
        request
            Whose cookies say who the reader is.
        frame
            What is looked at.
        status
            Of the answer.
        **context
            What else the template reads.

        Returns
        -------
        The page.
        """
        token = guard.token_of(request)
        scene = frame.scene
        found = self._environments[frame.language].get_template(template)
        parts = [(path, title, frame.href(path), _is_part(frame.path, path)) for path, title in _PARTS]
        body = found.render(
            {
                "frame": frame,
                "scene": scene,
                "say": frame.wording,
                "_": frame.wording.say,
                "_n": frame.wording.say_many,
                "partial": False,
                "asset": asset_address,
                "assets_ready": chrome.assets_are_built(),
                "missing_assets": frame.wording.say(chrome.MISSING_ASSETS),
                "version": tyngdepunkt.__version__,
                "sections": sections_of(scene, COOPERATION),
                "language_href": lambda code: frame.href(language=code, **frame.carried),
                "parts": parts,
                "traces": TRACES,
                "source_rows": [row for row in list_sources(frame.study) if row.table in _SOURCES],
                "token": token,
                "token_field": guard.FIELD,
                "who": guard.who_of(request),
                "complaints": frame.complaints,
                **context,
            }
        )
        # A browser that may tell no page where it comes from keeps the origin of a form back as well.
        response = HTMLResponse(body, status_code=status, headers={"Referrer-Policy": "same-origin"})
        if token != request.cookies.get("tyngdepunkt-token"):
            guard.remember(response, token=token)
        return response

    def page(self, request: Request, make: Callable[[Frame], Response]) -> Response:
        """
        Return a page, or one that says what is wrong.

        Parameters
        ----------
        request
            The request.
        make
            Makes the page of a frame.

        Returns
        -------
        The page; 403 for a form from elsewhere, 422 for what the reader can mend.
        """
        try:
            return make(self.frame(request))
        except guard.ForeignFormError as error:
            return self.refuse(request, error, status=403)
        except QuestionError as error:
            return self.refuse(request, error, status=422)

    def refuse(self, request: Request, error: TyngdepunktError, *, status: int) -> HTMLResponse:
        """Return a page that says what is wrong."""
        frame = self.frame(request)
        message = frame.wording.say(str(error)) if isinstance(error, guard.ForeignFormError) else frame.tell(error)
        return self.render("coop_message.html.j2", request, frame, status=status, message=message)


_SOURCES = frozenset(
    {
        "arrangements",
        "participants",
        "arrangement_controls",
        "task_participation",
        "task_needs",
        "staffing",
        "capacity_norms",
        "reference_staffing",
        "control_figures",
        "municipalities",
        "travel_times",
        "reference_plans",
    }
)
"""Tables that the pages on cooperation are made of."""


def _make_filters(study: Study, language: str) -> dict[str, Callable[[object], str]]:
    """Return what turns words of the register and the law into words of a language."""
    names = study.territory.names
    return {
        "form_name": lambda form: cooperation.registered_form_word(str(form or "unknown"), language),
        "law_form_name": lambda form: cooperation.form_word(str(form), language),
        "level_name": lambda level: cooperation.level_word(str(level or "unknown"), language),
        "item_name": lambda item: cooperation.item_word(str(item), language),
        "standing_name": lambda standing: cooperation.standing_word(str(standing), language),
        "municipality_name": lambda each: names.get(str(each), str(each)),
        "provision": lambda text: cooperation.provision_words(str(text), language),
    }


def _is_part(path: str, part: str) -> bool:
    """Return whether a page belongs to a part."""
    return path == part or path in _WITHIN.get(part, ()) or (part != "/cooperation" and path.startswith(f"{part}/"))
