"""A view with its answer: everything that the templates read, and what the map is told."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tyngdepunkt.model import NoPlan, Partition, Plan, Reason, Relaxation, Status, Step
from tyngdepunkt.texts.shipped import given_text
from tyngdepunkt.texts.wording import Wording
from tyngdepunkt.texts.words import constraint_word, objective_meaning, status_word
from tyngdepunkt.web import sheets
from tyngdepunkt.web.bonds import bond_pairs
from tyngdepunkt.web.trace import TRACES, Trace
from tyngdepunkt.web.view import MINUTES_PER_COMMUTER, MOST, TABLES, Complaint, View, first_view

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        BlockMeasure,
        Explanation,
        Frontier,
        FrontierPoint,
        Layer,
        Nesting,
        PlanComparison,
        PlanMeasure,
        Stability,
    )
    from tyngdepunkt.report.palette import BlockStyle
    from tyngdepunkt.study import Study
    from tyngdepunkt.web.desk import Desk, Work

__all__ = ["Figure", "Scene"]


_AT_ONCE = 0.5
"""Seconds that the page waits for what takes no time unless other work is under way."""


@dataclass(frozen=True)
class Figure:
    """
    One number that stands large at the top.

    Parameters
    ----------
    trace
        Key of where it comes from.
    value
        The number as a reader sees it.
    label
        What it says, in the reader's language.
    """

    trace: str
    value: str
    label: str


class _Shelf(Mapping[str, sheets.Sheet]):
    """Tables by name, each made when first taken."""

    def __init__(self, made: Mapping[str, Callable[[], sheets.Sheet]]) -> None:
        self._make = made
        self._made: dict[str, sheets.Sheet] = {}

    def __getitem__(self, name: str) -> sheets.Sheet:
        """Return a table."""
        if name not in self._made:
            self._made[name] = self._make[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self._make)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._make)


@dataclass(frozen=True, eq=False)
class Scene:
    """
    A view with its answer.

    Parameters
    ----------
    desk
        Where the answer is worked out, or was.
    view
        What the reader looks at.
    complaints
        What is wrong with the query.
    language
        The language of an address that says none.
    """

    desk: Desk
    view: View
    complaints: tuple[Complaint, ...]
    language: str

    @property
    def study(self) -> Study:
        """The study."""
        return self.desk.study

    @cached_property
    def wording(self) -> Wording:
        """Texts and numbers in the reader's language."""
        return Wording(self.view.language, "web")

    @cached_property
    def names(self) -> dict[str, str]:
        """Municipality id to name."""
        return self.study.territory.names

    @cached_property
    def work(self) -> Work[Frontier]:
        """The sweep over every number of centres."""
        return self.desk.frontier(self.view.wishes)

    @cached_property
    def frontier(self) -> Frontier | None:
        """What is known of the sweep; None while nothing of it can be shown."""
        return self.desk.known(self.view.wishes)

    @property
    def is_swept(self) -> bool:
        """Whether the sweep is over, so that nothing better is to come."""
        return self.work.value is not None

    @cached_property
    def best(self) -> FrontierPoint | None:
        """The best number of centres; None while unknown, and where no number has a plan."""
        return self.frontier.best if self.frontier else None

    @cached_property
    def centres(self) -> int:
        """The number of centres that is shown."""
        if self.view.centres == MOST:
            return self.most or 1
        return self.view.centres or (self.best.centres if self.best else 1)

    @property
    def is_settled(self) -> bool:
        """Whether the number of centres is known: given by the reader, or found."""
        return bool(self.view.centres) or self.frontier is not None

    @cached_property
    def most(self) -> int | None:
        """The most centres for which there is a plan; None while unknown, and where no number has one."""
        points = self.frontier.points if self.frontier else ()
        return max((point.centres for point in points if isinstance(point.answer, Plan)), default=None)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of centres that slider and bars step through: all, or in a large study those answered unasked."""
        return self.desk.numbers(self.view.wishes, self.centres if self.is_settled else None)

    @cached_property
    def point(self) -> FrontierPoint | None:
        """The answer for that number of centres, be the rest known or not; None while it is under way."""
        if self.frontier and (known := self.frontier.at(self.centres)):
            return known
        alone = self.alone.value if self.alone else None
        return alone.points[0] if alone and alone.points else None

    @cached_property
    def alone(self) -> Work[Frontier] | None:
        """The answer for that number alone, where the sweep has none, or not yet; None where there is no need."""
        if not self.view.centres or self.work.fault or (self.frontier and self.frontier.at(self.view.centres)):
            return None
        return self.desk.point(self.view.wishes.with_centres(self.view.centres))

    @cached_property
    def plan(self) -> Plan | None:
        """The plan, where there is one."""
        return self.point.answer if self.point and isinstance(self.point.answer, Plan) else None

    @cached_property
    def refusal(self) -> Work[Plan | NoPlan] | None:
        """Why there is no plan, as work; None where there is one, and while that is unknown."""
        return self.desk.refusal(self.point.answer.question) if self.point and not self.plan else None

    @property
    def no_plan(self) -> NoPlan | None:
        """Why there is no plan, where there is none; without reasons until they are found."""
        if not self.point or not isinstance(self.point.answer, NoPlan):
            return None
        found = self.refusal.value if self.refusal else None
        return found if isinstance(found, NoPlan) else self.point.answer

    @property
    def measure(self) -> PlanMeasure | None:
        """The plan, measured."""
        return self.point.measure if self.point else None

    @property
    def assignment(self) -> Mapping[str, str]:
        """Municipality id to the id of its centre; empty without a plan."""
        return self.plan.assignment if self.plan else {}

    @cached_property
    def reference(self) -> Partition | None:
        """The plan of others that is laid over."""
        return next((plan for plan in self.study.reference_plans if plan.name == self.view.reference), None)

    @cached_property
    def explanation(self) -> Work[Explanation] | None:
        """Why the municipality looked at lies where it does; None where there is nothing to explain."""
        if not self.plan or not self.view.municipality:
            return None
        return self.desk.explanation(self.plan, self.view.municipality)

    @cached_property
    def resamples(self) -> int:
        """Commuting tables that are drawn anew where the reader asks how firm a place is; 0 where it has no meaning."""
        from tyngdepunkt.analysis import reads_commuters

        plan = self.plan
        if not plan or plan.certificate.status != Status.OPTIMAL or not reads_commuters(plan.question.objective):
            return 0
        return self.study.settings.resamples(len(self.study.territory))

    @cached_property
    def stability(self) -> Work[Stability] | None:
        """How often municipalities keep their block; None where the reader has not asked for it."""
        return self.desk.stability(self.plan, begin=False) if self.plan and self.resamples else None

    @cached_property
    def comparison(self) -> Work[PlanComparison] | None:
        """The plan beside the plan of others, with prices; None where there is nothing to compare."""
        return self.desk.comparison(self.plan, self.reference) if self.plan and self.reference else None

    @property
    def compared(self) -> PlanComparison | None:
        """The plan beside the plan of others, with what is known of the prices so far."""
        if not self.plan or not self.reference or not self.comparison:
            return None
        if self.comparison.value:
            return self.comparison.value
        at_once = self.desk.comparison(self.plan, self.reference, price=False)
        at_once.wait(_AT_ONCE)
        return at_once.value

    @cached_property
    def is_gravity(self) -> bool:
        """Whether the question is the one for centres of gravity."""
        settings = self.study.settings
        return bool(self.view.wishes.functions) and self.view.wishes.floor == settings.gravity_floor

    # What the page says

    def href(self, **changes: Any) -> str:  # noqa: ANN401 - fields of several types
        """Return the address of this view, or of one that differs in some fields."""
        query = self.view.query(self.study, self.language, **changes)
        return f"?{query}" if query else "/"

    def named(self, ids: Sequence[str]) -> str:
        """Write municipalities as running text."""
        return self.wording.join(self.names.get(each, each) for each in ids)

    def given(self, text: str) -> str:
        """Write what the study says of itself, in the reader's language where it is known there."""
        return given_text(text, self.view.language)

    @cached_property
    def title(self) -> str:
        """The answer in one line."""
        say = self.wording
        if self.plan and self.measure:
            return say.say_many(
                "{count} block around {names}",
                "{count} blocks around {names}",
                self.centres,
                names=say.join(self.names[block.centre] for block in self.measure.blocks[:8])
                if self.centres <= 8  # noqa: PLR2004 - as many names as a line takes
                else say.say(
                    "{names} and others", names=", ".join(self.names[b.centre] for b in self.measure.blocks[:6])
                ),
            )
        if self.no_plan:
            return say.say_many("No plan with {count} block", "No plan with {count} blocks", self.centres)
        if self.work.fault:
            return say.say("The question could not be answered")
        if self.alone and self.desk.is_large:
            return say.say_many(
                "Finding the best plan with {count} block",
                "Finding the best plan with {count} blocks",
                self.view.centres or 0,
            )
        return say.say("Finding the best plan for every number of blocks")

    @cached_property
    def lead(self) -> str:
        """What makes the plan the best, in one sentence."""
        if not self.plan:
            return ""
        language = self.view.language
        meaning = objective_meaning(str(self.plan.question.objective), language)
        if self.plan.certificate.status == "optimal":
            return self.wording.say(
                "Of all ways to divide the municipalities so, this one has {meaning}.", meaning=meaning
            )
        return self.wording.say(
            "This is the best that was found. It should have {meaning}; how close it is stands in its certificate.",
            meaning=meaning,
        )

    @cached_property
    def wishes_line(self) -> str:
        """What the question asks for beside the number of blocks, in one line."""
        say, wishes = self.wording, self.view.wishes
        parts = []
        if wishes.floor:
            parts.append(say.say("at least {count} inhabitants in each block", count=say.count(wishes.floor)))
        if wishes.functions:
            from tyngdepunkt.texts.words import function_word

            words = say.join(function_word(each, self.view.language) for each in sorted(wishes.functions))
            parts.append(say.say("each with {functions}", functions=words))
        if wishes.max_minutes is not None:
            parts.append(say.say("at most {minutes} to the centre", minutes=say.minutes(wishes.max_minutes)))
        if wishes.seasonal:
            parts.append(say.say("roads closed in winter count"))
        number = len(wishes.together) + len(wishes.apart) + len(wishes.centre) + len(wishes.not_centre)
        if number:
            parts.append(say.say_many("{count} more wish", "{count} more wishes", number))
        return say.say("Asked for: {wishes}.", wishes=say.join(parts)) if parts else ""

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers at the top."""
        if not self.measure:
            return ()
        say, measure = self.wording, self.measure
        least = min(measure.blocks, key=lambda block: block.population)
        found = [Figure("ties", say.count(measure.ties), say.say("commuters between a municipality and its centre"))]
        objective = self.view.wishes.objective
        if objective.cohesion:
            label = say.say("work in another municipality of the same block")
            found.insert(0, Figure("cohesion", say.count(measure.cohesion), label))
        if objective.borders:
            label = say.say("agency borders across blocks")
            found.insert(0, Figure("borders", say.count(measure.borders), label))
        if measure.internal_share is not None:
            found.append(
                Figure("internal_share", say.share(measure.internal_share), say.say("live and work in the same block"))
            )
        if measure.person_minutes is not None and math.isfinite(measure.person_minutes):
            mean = measure.person_minutes / max(1, int(self.study.territory.population.sum()))
            found.append(Figure("mean_minutes", say.minutes(mean), say.say("to the centre for the average inhabitant")))
        found.append(
            Figure(
                "smallest_block",
                say.count(least.population),
                say.say("inhabitants in the smallest block, {name}", name=self.names[least.centre]),
            )
        )
        return tuple(found)

    @cached_property
    def chart_words(self) -> str:
        """What the chart of every number of blocks shows, in words."""
        if not self.frontier:
            return ""
        from tyngdepunkt.report.chart_words import describe_frontier

        return describe_frontier(self.frontier, language=self.view.language, chosen=self.centres)

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """What differs from one block fewer, a sentence each; empty where that cannot be said."""
        if not (self.point and self.plan and self.frontier) or self.point.change is None:
            return ()
        say, point = self.wording, self.point
        before = say.count(point.centres - 1)
        found = [
            say.say(
                "The result changes by {change} from {count} blocks.", change=say.change(point.change), count=before
            )
        ]
        if point.appeared:
            found.append(say.say("New as a centre: {names}.", names=self.named(point.appeared)))
        if point.vanished:
            found.append(say.say("No longer a centre: {names}.", names=self.named(point.vanished)))
        if point.moved:
            found.append(say.say("With another centre than before: {names}.", names=self.named(point.moved)))
        return tuple(found)

    def progress(self, step: Step | None) -> tuple[int, int]:
        """Return how many parts of a piece of work are done, of how many."""
        return (step.done, max(1, step.total)) if step else (0, 1)

    def status(self, value: str) -> str:
        """Name the status of an answer."""
        return status_word(value, self.view.language)

    def relaxed(self, relaxation: Relaxation) -> tuple[str, str] | None:
        """
        Return the words and the address that apply a relaxation.

        Parameters
        ----------
        relaxation
            The constraint that is loosened, and how far.

        Returns
        -------
        Words for a button, and where it leads; None for a constraint that has no control of its own.
        """
        say = self.wording
        match relaxation.constraint:
            case "centres":
                count = int(relaxation.works)
                return say.say_many("Use {count} block", "Use {count} blocks", count), self.href(centres=count)
            case "floor":
                count = int(relaxation.works)
                text = (
                    say.say("Lower the floor to {count}", count=say.count(count))
                    if count
                    else say.say("Drop the floor")
                )
                return text, self.href(floor=count, centres=self.centres)
            case "max_minutes":
                text = say.say("Allow {minutes} to the centre", minutes=say.minutes(relaxation.works))
                return text, self.href(max_minutes=float(relaxation.works), centres=self.centres)
            case "seasonal":
                return say.say("Count roads closed in winter"), self.href(seasonal=True, centres=self.centres)
            case "most_moved" if self.view.wishes.start is not None:
                count = int(relaxation.works)
                moves = replace(self.view.wishes.start, most_moved=count)
                text = say.say("Allow {count} to be moved", count=say.count(count))
                return text, self.href(start=moves, centres=self.centres)
            case "within_counties":
                return self._without("within_counties", self.href(within_counties=False, centres=self.centres))
            case "parts":
                every = frozenset(self.study.territory.parts)
                return self._without("parts", self.href(split_parts=every, centres=self.centres))
            case "centre" | "not_centre" | "functions" as kind:
                return self._without(kind, self.href(**{kind: frozenset(), "centres": self.centres}))
            case other:
                # One wish of several, by its place: together_0.
                wish, _, place = other.rpartition("_")
                if wish not in {"together", "apart", "locked", "positions"} or not place.isdecimal():
                    return None
                groups = getattr(self.view.wishes, wish)
                # A link respects all positions on record, or none.
                kept = groups if wish != "positions" else ()
                rest = tuple(group for index, group in enumerate(kept) if index != int(place))
                return self._without(wish, self.href(**{wish: rest, "centres": self.centres}))

    def _without(self, constraint: str, address: str) -> tuple[str, str]:
        """Return the words and the address that drop a constraint."""
        word = constraint_word(constraint, self.view.language)
        return self.wording.say("Drop the wish: {constraint}", constraint=word), address

    @property
    def bonds(self) -> list[tuple[str, str]]:
        """Names and values of the query for the wishes that the form does not offer."""
        return bond_pairs(self.view.wishes, first_view(self.study, self.view.language).wishes)

    @property
    def record(self) -> tuple[Reason, ...]:
        """Floors lifted, villages moved, who was moved from the plan to start from; none where there is no plan."""
        from tyngdepunkt.analysis import find_record

        return find_record(self.study, self.plan) if self.plan else ()

    # Both layers

    @cached_property
    def gravity(self) -> Work[Layer] | None:
        """The centres of gravity, begun when this is first looked at; None where there are no blocks."""
        return self.desk.gravity(self.view.wishes) if self.plan else None

    @cached_property
    def nesting(self) -> Nesting | None:
        """Blocks held against centres of gravity; None until these are there, and where they have no plan."""
        from tyngdepunkt.analysis import hold_layers

        layer = self.gravity.value if self.gravity else None
        return hold_layers(self.study, self.plan, layer.plan) if self.plan and layer else None

    @property
    def nesting_reasons(self) -> tuple[Reason, ...]:
        """What is to be said of how the layers lie."""
        from tyngdepunkt.analysis import list_nesting

        return list_nesting(self.nesting) if self.nesting else ()

    @property
    def layer_sheet(self) -> sheets.Sheet | None:
        """Every municipality in both layers; None where one is missing."""
        layer = self.gravity.value if self.gravity else None
        if self.nesting is None or layer is None or not isinstance(layer.plan, Plan):
            return None
        return sheets.layer_sheet(self.study.territory, self.assignment, layer.plan.assignment, self.nesting.elsewhere)

    # Where numbers come from

    @property
    def traces(self) -> Mapping[str, Trace]:
        """Key of a number to where it comes from."""
        return TRACES

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of the page, in order."""
        return TABLES

    @property
    def minutes_per_commuter(self) -> float:
        """Person-minutes that weigh as much as one commuter."""
        objective = self.view.wishes.objective
        return objective.ties / objective.access if objective.terms == ("ties", "access") else MINUTES_PER_COMMUTER

    @property
    def objective_choice(self) -> str:
        """Which of the form's objectives is asked for; one that the form does not offer, as it is written."""
        objective = self.view.wishes.objective
        return "weighted" if objective.terms == ("ties", "access") else str(objective)

    # Tables

    def comes_later(self, table: str) -> bool:
        """Return whether a table is so long that the page fetches it only when its tab is opened."""
        return self.desk.is_large and table in {"municipalities", "commuting"} and table != self.view.table

    @cached_property
    def sheets(self) -> Mapping[str, sheets.Sheet]:
        """The tables there are, by name; each made when first looked at."""
        territory = self.study.territory
        assignment = self.plan.assignment if self.plan else None
        made: dict[str, Callable[[], sheets.Sheet]] = {
            "municipalities": lambda: sheets.municipality_sheet(territory, assignment),
            "commuting": lambda: sheets.commuting_sheet(self.desk.flows, assignment, self.view.commuters_from),
        }
        if measure := self.measure:
            made["blocks"] = lambda: sheets.block_sheet(measure)
        if frontier := self.frontier:
            made["frontier"] = lambda: sheets.frontier_sheet(frontier)
        if compared := self.compared:
            made["differences"] = lambda: sheets.difference_sheet(compared)
        if municipality := self.view.municipality:
            made["neighbours"] = lambda: sheets.neighbour_sheet(territory, municipality, assignment)
        if self.explanation and (explanation := self.explanation.value):
            made["prices"] = lambda: sheets.price_sheet(explanation.prices)
        return _Shelf(made)

    # The map

    @cached_property
    def fills(self) -> dict[str, object]:
        """How the block around each municipality is filled, should it be a centre; for the map's script."""
        from tyngdepunkt.report.palette import PATTERNS, TILE, UNASSIGNED

        return {
            "patterns": {name: (each.path, each.width) for name, each in PATTERNS.items()},
            "fills": {each: _fill(style) for each, style in self.desk.styles.items()},
            "unassigned": _fill(UNASSIGNED),
            "tile": TILE,
        }

    def style(self, centre: str) -> BlockStyle:
        """Return the colour and the pattern of a centre's block, nearly always the same for every number of centres."""
        return self.restyled.get(centre) or self.desk.styles[centre]

    @cached_property
    def restyled(self) -> Mapping[str, BlockStyle]:
        """Centre id to style, where it would look like a block beside it in its usual one."""
        from tyngdepunkt.report.palette import plan_styles

        if not self.plan or not self.desk.is_large:
            return {}
        styles = plan_styles(self.study.territory, self.assignment)
        return {centre: style for centre, style in styles.items() if style != self.desk.styles[centre]}

    def block(self, centre: str) -> BlockMeasure | None:
        """Return the measures of the block around a centre."""
        if not self.measure:
            return None
        return next((block for block in self.measure.blocks if block.centre == centre), None)

    @cached_property
    def clashing(self) -> tuple[str, ...]:
        """Ids that the reasons for there being no plan name."""
        reasons = self.no_plan.reasons if self.no_plan else ()
        return tuple(dict.fromkeys(each for reason in reasons for each in reason.municipalities))

    @cached_property
    def map_data(self) -> dict[str, object]:
        """What the map and the controls of the page are told, to be written as JSON."""
        wishes = self.view.wishes
        reference = self.reference
        return {
            "centres": self.centres,
            "ready": self.point is not None,
            "feasible": self.plan is not None,
            "numbers": self.numbers if self.desk.is_large else None,
            "sweep": self.view.query(self.study, "", reference="", municipality="", centres=None)
            if self.is_swept
            else None,
            "assignment": dict(self.assignment),
            "fills": {centre: _fill(style) for centre, style in self.restyled.items()},
            "clashing": self.clashing,
            "reference": dict(reference.blocks) if reference else None,
            "municipality": self.view.municipality,
            "commuting": self.view.commuting,
            "commuters_from": self.view.commuters_from,
            "announce": " ".join(
                [self.title + ".", *(f"{figure.value} {figure.label}." for figure in self.figures[:1])]
                if self.point
                else [self.title + "."]
            ),
            "fields": {
                "centres": str(self.centres) if self.is_settled else "",
                "floor": str(wishes.floor) if wishes.floor in self.floors else "own",
                "floor_own": "" if wishes.floor in self.floors else str(wishes.floor),
                "objective": self.objective_choice,
                "minutes_per_commuter": f"{self.minutes_per_commuter:g}",
                "seasonal": wishes.seasonal,
                "max_minutes": "" if wishes.max_minutes is None else f"{wishes.max_minutes:g}",
                "functions": sorted(wishes.functions),
                "reference": self.view.reference,
                "commuting": self.view.commuting,
                "commuters_from": str(self.view.commuters_from),
            },
        }

    @property
    def floors(self) -> tuple[int, ...]:
        """The floors that the form offers by name."""
        settings = self.study.settings
        return tuple(sorted({0, settings.blocks_floor, settings.gravity_floor}))


def _fill(style: BlockStyle) -> tuple[str, str, str]:
    """Return a style as the map's script reads it: colour, colour of the strokes, name of the pattern."""
    return style.colour, style.pattern_colour, style.pattern
