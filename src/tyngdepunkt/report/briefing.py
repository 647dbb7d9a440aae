"""What every chapter of a report needs at hand: the analysis, and the language with the names in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tyngdepunkt.model import NoPlan, Plan, Question, Reason, Territory
from tyngdepunkt.report.printable import clean
from tyngdepunkt.texts import reasons, words
from tyngdepunkt.texts.shipped import given_text
from tyngdepunkt.texts.wording import Wording

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Analysis

__all__ = ["Briefing"]


@dataclass(frozen=True, eq=False)
class Briefing:
    """
    An analysis on its way to readers of one language.

    Parameters
    ----------
    analysis
        What is reported.
    language
        ``nb``, ``nn`` or ``en``.
    """

    analysis: Analysis
    language: str

    @cached_property
    def wording(self) -> Wording:
        """Texts and numbers in the language."""
        return Wording(self.language, "report")

    @cached_property
    def territory(self) -> Territory:
        """The study's territory with names that can be shown."""
        territory = self.analysis.study.territory
        return replace(
            territory,
            municipalities=tuple(
                replace(m, name=clean(m.name) or m.id, district=clean(m.district)) for m in territory.municipalities
            ),
        )

    @property
    def is_country(self) -> bool:
        """Whether the municipalities are so many that a page has room for figures of blocks alone."""
        from tyngdepunkt.analysis import is_large

        return is_large(self.analysis.study)

    @cached_property
    def links_from_map(self) -> int:
        """Neighbours whose link nobody states, only the map."""
        from tyngdepunkt.study import count_links_from_map

        return count_links_from_map(self.analysis.study)

    @cached_property
    def names(self) -> dict[str, str]:
        """Municipality id to name."""
        return self.territory.names

    @cached_property
    def question(self) -> Question:
        """The question that the chosen blocks answer."""
        answer = self.analysis.blocks.plan
        return answer.question

    @property
    def floor(self) -> int:
        """Least population of a block; 0 for none."""
        return self.question.floor

    def say_floored(self) -> str:
        """Say why a price under a least population is not the price without one; empty where there is none."""
        if not self.floor:
            return ""
        return self.wording.say(
            "Each price is of plans in which every block keeps at least {floor} inhabitants: where a municipality"
            " moves, others may have to move along so that no block falls below. Without a least population the same"
            " move may cost something else.",
            floor=self.wording.count(self.floor),
        )

    @cached_property
    def gravity_functions(self) -> tuple[str, ...]:
        """Functions that each centre of gravity was asked to have, in the order of the study's settings."""
        asked = self.analysis.gravity.plan.question.functions
        stated = [f for f in self.analysis.study.settings.gravity_functions if f in asked]
        return (*stated, *sorted(asked - set(stated)))

    @property
    def gravity_floor(self) -> int:
        """Least population of the area of a centre of gravity; 0 for none."""
        return self.analysis.gravity.plan.question.floor

    @property
    def objective(self) -> str:
        """The objective as text, as `words.objective_word` reads it."""
        return str(self.question.objective)

    @property
    def objective_unit(self) -> str:
        """Unit of the objective."""
        return words.unit_word(self.question.objective.unit, self.language)

    @property
    def title(self) -> str:
        """Title of the study, in the language where it has one there."""
        return self.given(self.analysis.study.title)

    def given(self, text: str) -> str:
        """Return what a study says, in the language where it is the shipped study's."""
        return given_text(clean(text), self.language)

    def source(self, place: str) -> str:
        """Return the table of a figure of the study's own, and where it was read; `place` is table.column."""
        table, _, column = place.partition(".")
        resource = self.analysis.study.resources.get(table)
        stated = (
            self.given(resource.columns[column]) if resource and column in resource.columns else self.sources(table)
        )
        return f"{words.table_word(table, self.language)}: {stated}"

    def sources(self, table: str) -> str:
        """Return where a table's figures come from, as the study states it."""
        resource = self.analysis.study.resources.get(table)
        stated = [self.given(source) for source in resource.sources] if resource else []
        return "; ".join(stated) or self.wording.say("not stated")

    def own_source(self, *tables: str) -> str:
        """Return what a column that was computed here rests on."""
        if not tables:
            return self.wording.say("this analysis")
        named = self.wording.join([words.table_word(table, self.language) for table in tables])
        return self.wording.say("this analysis, from {tables}", tables=named)

    def say_lacking(self, *tables: str) -> str:
        """Return a sentence that names the tables, of some, that the study does not have; empty where it has all."""
        missing = [words.table_word(t, self.language) for t in tables if t not in self.analysis.study.tables]
        if not missing:
            return ""
        return self.wording.say_many(
            "What follows from this table is left out, since the study does not have it: {tables}.",
            "What follows from these tables is left out, since the study does not have them: {tables}.",
            len(missing),
            tables=self.wording.join(missing),
        )

    def name(self, municipality: str) -> str:
        """Return a municipality's name."""
        return self.names.get(municipality, clean(municipality))

    def name_all(self, municipalities: Iterable[str]) -> str:
        """Return names as running text."""
        return self.wording.join([self.name(i) for i in municipalities])

    def plan_name(self, name: str) -> str:
        """Return the name of a plan of others."""
        return self.given(name)

    def functions(self, functions: Iterable[str]) -> str:
        """Return functions as running text, in the order of the study."""
        return self.wording.join([words.function_word(f, self.language) for f in functions])

    def say_reason(self, reason: Reason) -> str:
        """Return a reason as a sentence."""
        return reasons.sentence(reason, self.names, self.language)

    def say_no_plan(self, answer: Plan | NoPlan) -> tuple[str, ...]:
        """Return why no plan exists, and what would give one, as sentences; none of a plan."""
        if isinstance(answer, Plan):
            return ()
        return (
            reasons.kind_sentence(answer.kind, self.language),
            *(self.say_reason(reason) for reason in answer.reasons),
            *(reasons.relaxation_sentence(relaxation, self.language) for relaxation in answer.relaxations),
        )

    def say_status(self, answer: Plan | NoPlan) -> str:
        """Return how good an answer is known to be, in a few words."""
        status = "infeasible" if isinstance(answer, NoPlan) else str(answer.certificate.status)
        return words.status_word(status, self.language)
