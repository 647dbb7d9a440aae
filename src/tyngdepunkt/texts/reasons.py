"""
Sentences made of reasons: the one place where a decision gets its words.

A reason has a criterion and values (`tyngdepunkt.model.Reason`); here each criterion has its sentence, with
more sentences for the threshold and the alternative where the reason has them. Web, report and command line
all say the same thing, since they all ask here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tyngdepunkt.texts.wording import Wording, later
from tyngdepunkt.texts.words import constraint_word, function_word, unit_word

__all__ = ["CRITERIA", "ReasonLike", "RelaxationLike", "kind_sentence", "relaxation_sentence", "sentence"]

_MOST_NAMES = 12
"""Names written out before the rest are counted."""


class ReasonLike(Protocol):
    """What a sentence is made of; `tyngdepunkt.model.Reason` is one, with the same meaning of each field."""

    @property
    def criterion(self) -> str:
        """What is looked at."""

    @property
    def value(self) -> float | None:
        """The value found; None where unknown."""

    @property
    def unit(self) -> str:
        """Unit of value and threshold."""

    @property
    def threshold(self) -> float | None:
        """What the value is held against."""

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The ids concerned, the one most concerned first."""

    @property
    def alternative(self) -> str:
        """The nearest alternative."""


class RelaxationLike(Protocol):
    """A question that has an answer where the one asked has none; `tyngdepunkt.model.Relaxation` is one."""

    @property
    def constraint(self) -> str:
        """The constraint that is loosened."""

    @property
    def asked(self) -> float:
        """Its value in the question."""

    @property
    def works(self) -> float:
        """The nearest value for which a plan exists."""

    @property
    def proven(self) -> bool:
        """Whether nothing nearer works."""


@dataclass(frozen=True)
class _Sentence:
    """
    The texts of one criterion.

    Parameters
    ----------
    plain
        Said where none of the next two is.
    of_one
        Said instead where the reason names one municipality or none.
    unknown
        Said instead where the reason has no value.
    threshold, alternative, named
        Said as well where the reason has a threshold, an alternative, municipalities.
    """

    plain: str
    threshold: str = ""
    alternative: str = ""
    named: str = ""
    of_one: str = ""
    unknown: str = ""


_SENTENCES = {
    "ties_to_centre": _Sentence(
        later("{value} people commute between {first} and {second}, both ways counted."),
        of_one=later("{value} people commute between {first} and the centre, both ways counted."),
        alternative=later("With {alternative}, the other centre that it has most with, it exchanges {threshold}."),
    ),
    "ties_to_block": _Sentence(
        later("{value} people commute between {first} and the other municipalities of its block, both ways counted."),
        alternative=later("With the block of {alternative}, the other one that it has most with, it is {threshold}."),
    ),
    "thresholds": _Sentence(later("The plan shall reach what was asked of other objectives.")),
    "share_of_out_commuters": _Sentence(
        later("{value} of those who live in {first} and work in another municipality work in {second}."),
        of_one=later("{value} of those who live in {first} and work in another municipality work in the centre."),
    ),
    "minutes_to_centre": _Sentence(
        later("From {first} to {second} it takes {value} minutes by car and ferry, without waiting."),
        of_one=later("From {first} to the centre it takes {value} minutes by car and ferry, without waiting."),
        alternative=later("To {alternative}, the nearest of the other centres, it takes {threshold}."),
    ),
    "population_of_block": _Sentence(
        later("The block has {value} inhabitants."),
        threshold=later("At least {threshold} were asked for."),
    ),
    "neighbour_in_block": _Sentence(
        later("{first} is held to the block by its transport links to {others}."),
        of_one=later("A transport link to {first} holds the municipality to the block."),
    ),
    "cut_off_without": _Sentence(
        later("Without {first} these would be cut off from the rest of the block: {others}."),
    ),
    "floor_binds": _Sentence(
        later("Without {first} the block would have {value} inhabitants; at least {threshold} were asked for."),
    ),
    "is_centre": _Sentence(
        later("{first} is itself the centre of its block, and exchanges {value} commuters with the other members."),
        unknown=later("{first} is itself the centre of its block."),
    ),
    "fixed_centre": _Sentence(later("It was asked that {first} be a centre.")),
    "total_population": _Sentence(
        later("All municipalities together have {value} inhabitants."),
        threshold=later("So many blocks of such a size would need {threshold}."),
        alternative=later("Of such blocks the inhabitants suffice for {alternative} at most."),
    ),
    "total_population_of_one": _Sentence(
        later("All municipalities together have {value} inhabitants."),
        threshold=later("Even as one block they have fewer than the {threshold} that were asked for."),
    ),
    "total_population_but_lifted": _Sentence(
        later("The municipalities for which the least population is not lifted have {value} inhabitants together."),
        threshold=later("The blocks without any of those for which it is would need {threshold}."),
        named=later("It is lifted for {all}."),
        alternative=later("Of such blocks the inhabitants suffice for {alternative} at most."),
    ),
    "too_few_municipalities": _Sentence(
        later("{value} municipalities can be centres."),
        threshold=later("{threshold} centres were asked for."),
        named=later("Not allowed as centres: {all}."),
    ),
    "most_blocks": _Sentence(
        later("As the municipalities lie and hang together, {value} blocks at most reach the least population."),
        unknown=later("As the municipalities lie and hang together, so many blocks do not reach the least population."),
        threshold=later("{threshold} were asked for."),
        named=later("Short of inhabitants, even together with any one neighbour: {all}."),
    ),
    "floor": _Sentence(
        later("The block has {value} inhabitants; at least {threshold} were asked for."),
        unknown=later("Each block shall have at least {threshold} inhabitants."),
    ),
    "max_minutes": _Sentence(
        later("No municipality shall have more than {threshold} minutes to its centre."),
        named=later("Out of reach of every other centre that is allowed: {all}."),
        alternative=later("The nearest centre is {alternative}."),
    ),
    "together": _Sentence(later("These shall lie in one block: {all}.")),
    "apart": _Sentence(
        later("These shall lie in {value} different blocks: {all}."),
        unknown=later("These shall lie in different blocks: {all}."),
        threshold=later("There are {threshold} blocks."),
    ),
    "centre": _Sentence(
        later("These {value} shall be centres: {all}."),
        unknown=later("These shall be centres: {all}."),
        threshold=later("{threshold} centres were asked for."),
    ),
    "not_centre": _Sentence(later("These shall not be centres: {all}.")),
    "functions": _Sentence(
        later("Each block shall have this: {alternative}."),
        threshold=later("{value} municipalities have it, and {threshold} blocks were asked for."),
        named=later("It is found in {all}."),
    ),
    "override": _Sentence(
        later("The least population is lifted for {first}; the block lacks {value} inhabitants to it."),
        alternative=later("The reason on record: {alternative}."),
    ),
    "floor_lifted_for": _Sentence(later("The least population is lifted for {all}.")),
    "within_counties": _Sentence(
        later("No block shall cross the border of a county, and that leaves {value} parts with no link between them."),
        threshold=later("{threshold} blocks were asked for."),
    ),
    "county_border": _Sentence(
        later("No block shall cross the border of a county; across it from {first} lie {others}."),
        of_one=later("No block shall cross the border of a county."),
    ),
    "locked": _Sentence(later("These shall be a block, with nobody else in it: {all}.")),
    "position_with": _Sentence(
        later("{first} has recorded that it will be in a block with {second}."),
        of_one=later("{first} has recorded whom it will be in a block with."),
        alternative=later("Recorded: {alternative}."),
    ),
    "position_not_with": _Sentence(
        later("{first} has recorded that it will not be in a block with {second}."),
        of_one=later("{first} has recorded whom it will not be in a block with."),
        alternative=later("Recorded: {alternative}."),
    ),
    "position_alone": _Sentence(
        later("{first} has recorded that it will be a block alone."),
        alternative=later("Recorded: {alternative}."),
    ),
    "part_held": _Sentence(
        later("{first} is part of {second} and shall lie where {second} does."),
        of_one=later("{first} is part of a municipality and shall lie where that does."),
    ),
    "part_stays": _Sentence(
        later("{first}, part of {second}, may lie in another block, and lies in the same."),
        of_one=later("{first} is part of a municipality; it may lie in another block, and lies in the same."),
    ),
    "part_elsewhere": _Sentence(
        later("{first}, part of {second}, lies in another block than the rest of {second}."),
        of_one=later("{first} is part of a municipality, and lies in another block than the rest of it."),
    ),
    "most_moved": _Sentence(
        later("Municipalities moved from the plan to start from: {value}."),
        unknown=later("Few municipalities may be moved from the plan to start from."),
        threshold=later("At most {threshold} may be."),
        alternative=later("The plan is this: {alternative}."),
    ),
    "moved": _Sentence(
        later("Moved from the plan to start from: {value} municipalities."),
        unknown=later("Few municipalities may be moved from the plan to start from."),
        threshold=later("At most {threshold} may be."),
        named=later("They are {all}."),
        alternative=later("The plan is this: {alternative}."),
    ),
    "moved_from_start": _Sentence(
        later("{first} is one of {value} moved from the plan to start from."),
        unknown=later("{first} is moved from the plan to start from."),
        threshold=later("At most {threshold} may be."),
        alternative=later("The plan is this: {alternative}."),
    ),
    "stays_from_start": _Sentence(
        later("{first} stays where it lay in the plan to start from; {value} are moved."),
        unknown=later("{first} stays where it lay in the plan to start from."),
        threshold=later("At most {threshold} may be."),
        alternative=later("The plan is this: {alternative}."),
    ),
    "disconnected": _Sentence(
        later("Transport links that count join the municipalities into {value} parts, with nothing between them."),
        threshold=later("{threshold} blocks were asked for, and none can lie in two parts."),
        named=later("Cut off from the rest: {all}."),
    ),
    "nested": _Sentence(
        later("Blocks that each lie within one centre of gravity: {value}."),
        unknown=later("Some blocks each lie within one centre of gravity."),
        named=later("They are {all}."),
    ),
    "astride": _Sentence(
        later(
            "The block of {first} does not lie within one centre of gravity. In another than its centre: {others} "
            "({value} inhabitants)."
        ),
        of_one=later("The block of {first} does not lie within one centre of gravity."),
        alternative=later("That of the block's centre is {alternative}."),
    ),
    "area_lacks": _Sentence(
        later("The centre of gravity {first} lacks a function that the study knows."),
        alternative=later("It is this: {alternative}."),
    ),
    "chosen_best": _Sentence(
        later("The number, {value}, is the one with the best result of all."),
        unknown=later("No number of blocks has a plan."),
        alternative=later("Next best is {alternative}."),
    ),
    "chosen_best_of_some": _Sentence(
        later("The number, {value}, is the one with the best result of those that were worked out."),
        alternative=later("Next best is {alternative}."),
    ),
    "chosen_most": _Sentence(
        later("The number, {value}, is the largest for which a plan exists."),
    ),
    "chosen_most_found": _Sentence(
        later("The number is {value}: a plan was found for so many, and for no larger number."),
        threshold=later(
            "More than {threshold} are impossible; whether the numbers between have a plan is not settled."
        ),
    ),
    "chosen_by_reader": _Sentence(
        later("The number, {value}, is the one that was asked for."),
    ),
    "function_unknown": _Sentence(
        later("The study does not say where this is found, so it was not asked for: {alternative}."),
    ),
    "lss_exact_partners": _Sentence(
        later("Exactly these municipalities, and nobody else, take part in {value} of the group's arrangements."),
        unknown=later("Of no arrangement of the group are all participants known."),
        threshold=later("At least {threshold} was asked for."),
    ),
    "lss_partner_sets": _Sentence(
        later("The group's arrangements have {value} different sets of participants."),
        threshold=later("There are {threshold} arrangements whose participants are all known."),
    ),
    "lss_only_some": _Sentence(
        later("Arrangements that leave some of the group out: {value}."), named=later("Left out most often: {all}.")
    ),
    "lss_others_too": _Sentence(
        later("Arrangements in which others take part as well: {value}."), named=later("Most often: {all}.")
    ),
    "lss_partners_unknown": _Sentence(later("Arrangements of which not all participants are known: {value}.")),
    "lss_ikt_reach": _Sentence(later("The widest arrangement on IKT takes in {value} of the group's {threshold}.")),
    "lss_ikt_outside": _Sentence(
        later("Of the group these are outside it: {all}."), alternative=later("The arrangement is {alternative}.")
    ),
    "lss_no_ikt": _Sentence(later("The register has no arrangement on IKT at all, or calls it something else.")),
    "lss_digital_skills_unknown": _Sentence(
        later("Of shared digital skills the register knows nothing: ask the cooperation.")
    ),
    "lss_joint_plans": _Sentence(later("Arrangements of the group on joint plans: {value}.")),
    "lss_goals_unknown": _Sentence(
        later("Whether there are shared goals and a plan for the whole the register cannot tell: ask the cooperation.")
    ),
    "lss_council_of_all": _Sentence(later("Regional councils that take in the whole group: {value}.")),
    "lss_governing_bodies": _Sentence(later("{value} of {threshold} shared arrangements say which body steers them.")),
    "lss_steering_unknown": _Sentence(
        later("Whether councils and administrations steer it together the register cannot tell: ask the cooperation.")
    ),
    "lss_hosts": _Sentence(later("{value} of the group's {threshold} host something that they share.")),
    "lss_top_host": _Sentence(
        later("{first} holds {value} of the host roles that are known."),
        threshold=later("At most {threshold} was asked for."),
    ),
    "lss_hosts_nothing": _Sentence(later("Known to host nothing: {all}.")),
    "lss_hosts_unknown": _Sentence(later("Shared arrangements of which no host is known: {value}.")),
    "lss_oldest": _Sentence(
        later("The oldest of those whose first year is known began in {value}."),
        alternative=later("It is {alternative}."),
    ),
    "lss_change_unknown": _Sentence(
        later(
            "What is agreed with the staff, and how change is announced, the register cannot tell: ask the cooperation."
        )
    ),
    "lss_in_the_act": _Sentence(
        later("{value} of {threshold} shared arrangements have a form of the Local Government Act.")
    ),
    "lss_outside_the_act": _Sentence(later("Companies, agreements and other forms: {value}.")),
    "lss_move_into_the_act": _Sentence(
        later("With {value} more of them in a form of the act it would be more than half; unknown ones may count.")
    ),
    "lss_forms_unknown": _Sentence(later("Form not told: {value}.")),
}

CRITERIA = tuple(_SENTENCES)
"""Every criterion that has a sentence."""


def sentence(reason: ReasonLike, names: Mapping[str, str], language: str) -> str:
    """
    Say a reason in words.

    Parameters
    ----------
    reason
        The reason.
    names
        Municipality id to name; an id that is not there is shown as it stands.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    One sentence or a few; a criterion without a sentence gives its key and value.
    """
    wording = Wording(language)
    called = [names.get(i, i) for i in reason.municipalities]
    values = {
        "value": _quantity(reason.value, reason.unit, wording),
        "threshold": _quantity(reason.threshold, reason.unit, wording),
        "alternative": names.get(reason.alternative, function_word(reason.alternative, language)),
        "first": called[0] if called else wording.say("the municipality"),
        "second": called[1] if len(called) > 1 else "",
        "others": _list(called[1:], wording),
        "all": _list(called, wording),
    }
    texts = _SENTENCES.get(reason.criterion)
    if texts is None:
        return f"{reason.criterion}: {values['value']} {unit_word(reason.unit, language)}".strip()
    if texts.unknown and reason.value is None:
        parts = [texts.unknown]
    elif texts.of_one and len(called) < 2:  # noqa: PLR2004
        parts = [texts.of_one]
    else:
        parts = [texts.plain]
    if reason.threshold is not None:
        parts.append(texts.threshold)
    if called:
        parts.append(texts.named)
    if reason.alternative:
        parts.append(texts.alternative)
    return " ".join(wording.say(part, **values) for part in parts if part)


def kind_sentence(kind: str, language: str) -> str:
    """
    Say in general why no plan exists.

    Parameters
    ----------
    kind
        ``"arithmetic"``, ``"geography"`` or ``"unsettled"``, as in `tyngdepunkt.model.NoPlan`.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A sentence.
    """
    wording = Wording(language)
    if kind == "arithmetic":
        return wording.say("No plan exists: the numbers alone forbid it, wherever the borders run.")
    if kind == "unsettled":
        return wording.say("No plan was found in the time allowed, and it is not settled whether there is one.")
    return wording.say(
        "No plan exists: the numbers would allow one, but not the way the municipalities lie and hang together."
    )


def relaxation_sentence(relaxation: RelaxationLike, language: str) -> str:
    """
    Say which question nearby has an answer.

    Parameters
    ----------
    relaxation
        The constraint that is loosened, and how far.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A sentence.
    """
    wording = Wording(language)
    name = relaxation.constraint.rstrip("_0123456789")
    values = {
        "constraint": constraint_word(name, language),
        "works": wording.count(relaxation.works),
        "asked": wording.count(relaxation.asked),
    }
    if name not in {"centres", "floor", "max_minutes", "most_moved"}:
        return wording.say("A plan exists where one wish is dropped: {constraint}.", **values)
    if relaxation.proven:
        return wording.say(
            "A plan exists where the {constraint} is {works} in place of {asked}; nothing nearer works.", **values
        )
    return wording.say(
        "A plan exists where the {constraint} is {works} in place of {asked}; something nearer may work too.", **values
    )


def _quantity(value: float | None, unit: str, wording: Wording) -> str:
    """Write a value as its unit asks for."""
    if unit == "year":
        return "–" if value is None else str(round(value))
    if unit in {"share", "%"}:
        return wording.share(value if unit == "share" or value is None else value / 100)
    return wording.count(None if value is None else round(value)) if unit == "min" else wording.count(value)


def _list(called: Sequence[str], wording: Wording) -> str:
    """Write names as running text, counting the rest where they are many."""
    if len(called) <= _MOST_NAMES:
        return wording.join(called)
    rest = wording.say_many("{count} more", "{count} more", len(called) - _MOST_NAMES)
    return wording.join([*called[:_MOST_NAMES], rest])
