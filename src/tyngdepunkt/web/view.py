"""
What the reader looks at, as a link says it.

A view is the query of the address: the question, the number of centres, the plan laid over, the municipality
looked at, and what the map shows. Every view has one shortest query, so that a link can be sent, and Back
and Forward undo and redo the question.

::

    centres=7              number of centres; best: the best of all numbers; most: the most that have a plan;
                           absent: the study's own, or the best
    floor=15000            least population of a block [persons]; 0 for none
    objective=ties         ties, access, cohesion, borders, or ties=1,access=0.002
    seasonal=1             roads closed in winter count
    max_minutes=90         longest time to the centre [min]
    together=1517,1516     in one block; repeatable
    apart=1502,1505        in different blocks; repeatable
    centre=1519            is a centre; repeatable
    not_centre=1520        is not a centre; repeatable
    functions=hospital     each block has one; repeatable
    reference=NIVI 2013    the plan laid over
    municipality=1524      the one looked at
    commuting=1            lines on the map
    commuters_from=100     fewest commuters of a line and of a row [persons]; in a large study 500 where absent
    table=frontier         the table shown
    language=nn

The wishes that the form does not offer are in `bonds`. A form may also send ``floor=own`` with ``floor_own``,
``objective=weighted`` with ``minutes_per_commuter``, and ``wish`` with ``wish_a`` and ``wish_b``; and ``together``,
``apart`` and ``centre`` take names as well as ids.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Objective, Question
from tyngdepunkt.texts import LANGUAGES
from tyngdepunkt.texts.wording import Wording, later
from tyngdepunkt.web.bonds import bond_pairs, read_bonds

if TYPE_CHECKING:
    from tyngdepunkt.study import Study

__all__ = ["COMMUTERS_FROM", "MINUTES_PER_COMMUTER", "MOST", "TABLES", "Complaint", "View", "first_view", "read_view"]

MOST = 0
"""Stands for the most centres for which a plan exists."""

COMMUTERS_FROM = 100
"""Fewest commuters, both ways, of a line that the map draws until the reader says otherwise [persons]."""

COMMUTERS_FROM_LARGE = 500
"""The same in a study of many municipalities, whose lines would otherwise hide one another [persons]."""

MINUTES_PER_COMMUTER = 500.0
"""Person-minutes that weigh as much as one commuter where both count, until the reader says otherwise [min]."""

TABLES = ("blocks", "municipalities", "layers", "frontier", "commuting", "differences", "sources")
"""The tables of the page, in order."""

_WISHES = ("centre", "not_centre", "together", "apart")


@dataclass(frozen=True)
class Complaint:
    """
    What is wrong with one field of the question.

    Parameters
    ----------
    field
        Name of the field in the query.
    message
        What is wrong, in the reader's language.
    mend
        What would put it right, in the reader's language.
    """

    field: str
    message: str
    mend: str


@dataclass(frozen=True)
class View:
    """
    What the reader looks at.

    Parameters
    ----------
    wishes
        The question, but for the number of centres (which stands at 1).
    centres
        The number of centres; None for the best of all numbers, `MOST` for the most that have a plan.
    language
        ``nb``, ``nn`` or ``en``.
    reference
        Name of the plan of others that is laid over; empty for none.
    municipality
        Id of the one looked at; empty for none.
    commuting
        Whether the map draws commuting as lines.
    commuters_from
        Fewest commuters of a line, both ways [persons].
    table
        Which of `TABLES` is in front.
    """

    wishes: Question
    centres: int | None = None
    language: str = "nb"
    reference: str = ""
    municipality: str = ""
    commuting: bool = False
    commuters_from: int = COMMUTERS_FROM
    table: str = TABLES[0]

    def query(self, study: Study, default_language: str = "", /, **changes: Any) -> str:  # noqa: ANN401 - fields of several types
        """
        Return the shortest query that gives this view, or one that differs in some fields.

        Parameters
        ----------
        study
            Whose settings stand for what the query leaves out.
        default_language
            The language that an address without one has; empty: always say the language.
        **changes
            Fields of the view, or of its question, with another value.

        Returns
        -------
        The query without its question mark; empty for the first view.
        """
        view = self.changed(**changes)
        first = first_view(study, view.language)
        wishes = view.wishes
        pairs: list[tuple[str, str]] = []
        if view.centres != first.centres:
            pairs.append(("centres", {None: "best", MOST: "most"}.get(view.centres, str(view.centres))))
        if wishes.floor != first.wishes.floor:
            pairs.append(("floor", str(wishes.floor)))
        if wishes.objective != first.wishes.objective:
            pairs.append(("objective", str(wishes.objective)))
        if wishes.seasonal != first.wishes.seasonal:
            pairs.append(("seasonal", str(int(wishes.seasonal))))
        if wishes.max_minutes is not None:
            pairs.append(("max_minutes", f"{wishes.max_minutes:g}"))
        pairs += [("together", ",".join(sorted(group))) for group in wishes.together]
        pairs += [("apart", ",".join(sorted(group))) for group in wishes.apart]
        pairs += [("centre", each) for each in sorted(wishes.centre)]
        pairs += [("not_centre", each) for each in sorted(wishes.not_centre)]
        pairs += [("functions", each) for each in sorted(wishes.functions)]
        pairs += bond_pairs(wishes, first.wishes)
        if view.reference:
            pairs.append(("reference", view.reference))
        if view.municipality:
            pairs.append(("municipality", view.municipality))
        if view.commuting:
            pairs.append(("commuting", "1"))
        if view.commuters_from != first.commuters_from:
            pairs.append(("commuters_from", str(view.commuters_from)))
        if view.table != TABLES[0]:
            pairs.append(("table", view.table))
        if view.language != default_language:
            pairs.append(("language", view.language))
        return urlencode(pairs)

    def changed(self, **changes: Any) -> View:  # noqa: ANN401 - fields of several types
        """
        Return the view with other values.

        Parameters
        ----------
        **changes
            Fields of the view, or of its question, with another value.

        Returns
        -------
        A new view.
        """
        own = {name: value for name, value in changes.items() if name in View.__dataclass_fields__}
        asked = {name: value for name, value in changes.items() if name not in own}
        view = replace(self, **own)
        return replace(view, wishes=replace(view.wishes, **asked)) if asked else view


def first_view(study: Study, language: str) -> View:
    """
    Return the view of an address without a query: the study's own settings.

    Parameters
    ----------
    study
        The study.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    The view.
    """
    from tyngdepunkt.analysis import is_large

    settings = study.settings
    wishes = Question(
        centres=1,
        objective=Objective.from_text(str(settings.objective)),
        floor=settings.blocks_floor,
        seasonal=settings.seasonal,
        within_counties=settings.within_counties,
    )
    wishes = study.with_record(wishes)
    least = COMMUTERS_FROM_LARGE if is_large(study) else COMMUTERS_FROM
    return View(wishes=wishes, centres=settings.blocks_centres, language=language, commuters_from=least)


def read_view(pairs: Iterable[tuple[str, str]], study: Study, language: str) -> tuple[View, tuple[Complaint, ...]]:
    """
    Read a view from a query, every fault of it at once.

    Parameters
    ----------
    pairs
        Names and values as the address or a form gives them; a name may stand more than once. Of a field
        that takes one value the last counts. Unknown names are passed over.
    study
        What municipalities, functions and plans there are.
    language
        The language where the query says none.

    Returns
    -------
    The view, and what is wrong with the query; a field that is wrong keeps its first value.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value.strip())
    last = {name: values[-1] for name, values in given.items()}
    if last.get("language") in LANGUAGES:
        language = last["language"]
    reader = _Reader(study, Wording(language, "web"))
    first = first_view(study, language)
    wishes = replace(
        first.wishes,
        objective=reader.objective(last, first.wishes.objective),
        floor=reader.floor(last, first.wishes.floor),
        seasonal=last["seasonal"] in {"1", "true", "on"} if last.get("seasonal") else first.wishes.seasonal,
        max_minutes=reader.minutes(last.get("max_minutes", "")),
        together=reader.groups("together", [*given.get("together", ()), *_wished(last, "together")]),
        apart=reader.groups("apart", [*given.get("apart", ()), *_wished(last, "apart")]),
        centre=reader.municipalities("centre", [*given.get("centre", ()), *_wished(last, "centre")]),
        not_centre=reader.municipalities("not_centre", [*given.get("not_centre", ()), *_wished(last, "not_centre")]),
        functions=reader.functions(given.get("functions", ())),
        **read_bonds(given, reader, first.wishes),
    )
    view = replace(
        first,
        wishes=wishes,
        centres=reader.centres(last.get("centres", ""), first.centres),
        reference=reader.reference(last.get("reference", "")),
        municipality=reader.municipality(last.get("municipality", "")),
        commuting=last.get("commuting") == "1",
        commuters_from=reader.whole("commuters_from", last.get("commuters_from", ""), first.commuters_from),
        table=last["table"] if last.get("table") in TABLES else TABLES[0],
    )
    return view, tuple(reader.complaints)


class _Reader:
    """Read one field after another, and keep what is wrong with each."""

    def __init__(self, study: Study, wording: Wording) -> None:
        self.study = study
        self.wording = wording
        self.complaints: list[Complaint] = []

    def complain(self, field: str, message: str, mend: str, **values: str) -> None:
        """Keep what is wrong with a field."""
        self.complaints.append(Complaint(field, self.wording.say(message, **values), self.wording.say(mend, **values)))

    def centres(self, text: str, default: int | None) -> int | None:
        """Read the number of centres."""
        most = len(self.study.territory)
        if not text:
            return default
        if text in {"best", "most"}:
            return None if text == "best" else MOST
        if text.isdecimal() and 1 <= int(text) <= most:
            return int(text)
        self.complain(
            "centres",
            later("“{given}” is not a number of blocks that this study can have."),
            later("Give a whole number from 1 to {most}."),
            given=text,
            most=str(most),
        )
        return default

    def floor(self, last: dict[str, str], default: int) -> int:
        """Read the floor, from its own field where the form says so."""
        if last.get("floor") == "own":
            if last.get("floor_own", ""):
                return self.whole("floor_own", last["floor_own"], default)
            return default
        return self.whole("floor", last.get("floor", ""), default)

    def whole(self, field: str, text: str, default: int) -> int:
        """Read a whole number, 0 or more; thousands may be set apart by spaces."""
        joined = "".join(text.split())
        if not joined:
            return default
        if joined.isdecimal() and len(joined) <= 9:  # noqa: PLR2004 - more people than that there are not
            return int(joined)
        self.complain(
            field,
            later("“{given}” is not a number of people."),
            later("Give a whole number, 0 or more, such as 15000."),
            given=text,
        )
        return default

    def minutes(self, text: str) -> float | None:
        """Read the longest time to the centre; empty for none."""
        if not text:
            return None
        value = _number(text)
        if value is None or value < 0:
            self.complain(
                "max_minutes",
                later("“{given}” is not a number of minutes."),
                later("Give a number, 0 or more, such as 60."),
                given=text,
            )
            return None
        if self.study.territory.minutes is None:
            self.complain(
                "max_minutes",
                later("A longest time needs travel times, and this study has none."),
                later("Leave the field empty, or add the table travel_times to the study."),
            )
            return None
        return value

    def objective(self, last: dict[str, str], default: Objective) -> Objective:
        """Read the objective, with the weight in its own field where the form says so."""
        text = last.get("objective", "")
        if not text:
            return default
        if text == "weighted":
            weight = _number(last.get("minutes_per_commuter", "") or f"{MINUTES_PER_COMMUTER:g}")
            if weight is None or weight <= 0:
                self.complain(
                    "minutes_per_commuter",
                    later("“{given}” is not a number of person-minutes."),
                    later("Give a number above 0, such as 500."),
                    given=last.get("minutes_per_commuter", ""),
                )
                return default
            objective = Objective(1.0, 1.0 / weight)
        else:
            try:
                objective = Objective.from_text(text)
            except QuestionError:
                self.complain(
                    "objective",
                    later("“{given}” is not an objective."),
                    later("Use ties, access, cohesion, borders, or ties=1,access=0.002."),
                    given=text,
                )
                return default
        if objective.borders and not self.study.territory.divisions:
            self.complain(
                "objective",
                later("Agency borders need the state's divisions, and this study has none."),
                later("Choose commuting, or add the tables divisions and agencies to the study."),
            )
            return default
        if objective.access and self.study.territory.minutes is None:
            self.complain(
                "objective",
                later("Travel to the centre needs travel times, and this study has none."),
                later("Choose commuting, or add the table travel_times to the study."),
            )
            return default
        return objective

    def municipality(self, text: str, field: str = "municipality") -> str:
        """Find a municipality by id or name; empty for none."""
        if not text:
            return ""
        try:
            return self.study.territory.find(text)
        except QuestionError:
            self.complain(
                field,
                later("No municipality of this study is called “{given}”."),
                later("Give the number of a municipality, such as {example}, or its whole name."),
                given=text,
                example=self.study.territory.ids[0],
            )
            return ""

    def municipalities(self, field: str, texts: Sequence[str]) -> frozenset[str]:
        """Find municipalities, each text one or several with commas between."""
        return frozenset(
            found for text in texts for part in text.split(",") if part.strip()
            if (found := self.municipality(part.strip(), field))
        )  # fmt: skip

    def groups(self, field: str, texts: Sequence[str]) -> tuple[frozenset[str], ...]:
        """Find groups of municipalities, each text one group."""
        groups: list[frozenset[str]] = []
        for text in texts:
            known = len(self.complaints)
            group = self.municipalities(field, [text])
            if len(group) > 1 and group not in groups:
                groups.append(group)
            elif len(group) < 2 and text and len(self.complaints) == known:  # noqa: PLR2004 - two make a group
                self.complain(
                    field,
                    later("One municipality alone can be neither together nor apart."),
                    later("Choose two different municipalities."),
                )
        return tuple(groups)

    def functions(self, texts: Sequence[str]) -> frozenset[str]:
        """Read functions that each block shall have."""
        known = self.study.territory.functions
        asked = {part.strip() for text in texts for part in text.split(",") if part.strip()}
        for unknown in sorted(asked - set(known)):
            self.complain(
                "functions",
                later("This study knows no function called “{given}”."),
                later("Choose among {known}."),
                given=unknown,
                known=", ".join(sorted(known)) or "–",
            )
        return frozenset(asked & set(known))

    def reference(self, text: str) -> str:
        """Find a plan of others by name; empty for none."""
        names = {plan.name.casefold(): plan.name for plan in self.study.reference_plans}
        if text and text.casefold() not in names:
            self.complain(
                "reference",
                later("This study has no plan called “{given}”."),
                later("Choose among {known}."),
                given=text,
                known=", ".join(names.values()) or "–",
            )
        return names.get(text.casefold(), "")


def _wished(last: dict[str, str], kind: str) -> list[str]:
    """Return what the small form for one more wish adds to a kind of wishes."""
    if last.get("wish") != kind or kind not in _WISHES or not last.get("wish_a"):
        return []
    if kind in {"together", "apart"}:
        return [f"{last['wish_a']},{last.get('wish_b', '')}"]
    return [last["wish_a"]]


def _number(text: str) -> float | None:
    """Read a number with a decimal point or comma; None where it is none."""
    try:
        value = float("".join(text.split()).replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
