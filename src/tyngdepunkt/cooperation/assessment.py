"""
How near a group of municipalities is to long-term strategic cooperation: seven items, each with its evidence.

The items are those by which NIVI Analyse tells long-term strategic cooperation from buying and selling as it suits. The
register can tell something of four of them; of the others it knows little or nothing, and the item stays unknown until
the cooperation itself has answered. An answer counts as stated evidence and is marked so; it never hides what the
register says. Thresholds have no source and are the reader's to set: without them the evidence is shown and not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tyngdepunkt.cooperation.measures import GroupCooperation, measure_group
from tyngdepunkt.cooperation.partners import count_hosts, partner_set
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Arrangement, Picture, Reason, RegisteredForm

__all__ = [
    "IN_THE_ACT",
    "ITEM_OF",
    "MOST_IMPORTANT",
    "Answer",
    "Assessment",
    "Evidence",
    "Inquiry",
    "Item",
    "ItemAssessment",
    "Standing",
    "Step",
    "Thresholds",
    "assess_group",
]


class Item(StrEnum):
    """What long-term strategic cooperation has; the two most important first."""

    FIXED_PARTNERS = "fixed_partners"
    SHARED_IKT = "shared_ikt"
    SHARED_GOALS = "shared_goals"
    JOINT_STEERING = "joint_steering"
    SHARED_ROLES = "shared_roles"
    PREDICTABLE_CHANGE = "predictable_change"
    ACT_AS_BASIS = "act_as_basis"


MOST_IMPORTANT = (Item.FIXED_PARTNERS, Item.SHARED_IKT)
"""The two that NIVI calls the most important."""


class Inquiry(StrEnum):
    """The seven questions to a cooperation."""

    PARTNERS = "partners"
    STEERING = "steering"
    PLAN = "plan"
    DIGITAL = "digital"
    BOLDER = "bolder"
    READINESS = "readiness"
    DIALOGUE = "dialogue"


ITEM_OF: Mapping[Inquiry, Item] = {
    Inquiry.PARTNERS: Item.FIXED_PARTNERS,
    Inquiry.STEERING: Item.JOINT_STEERING,
    Inquiry.PLAN: Item.SHARED_GOALS,
    Inquiry.DIGITAL: Item.SHARED_IKT,
    Inquiry.BOLDER: Item.SHARED_ROLES,
    Inquiry.READINESS: Item.PREDICTABLE_CHANGE,
}
"""The item that an answer is evidence for; the dialogue with county and state is for none, and is kept all the same."""


class Standing(StrEnum):
    """How an item stands."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_JUDGED = "not_judged"
    """There is evidence, and no threshold to hold it against."""
    UNKNOWN = "unknown"


class Step(StrEnum):
    """How far a cooperation has come."""

    PRAGMATIC = "pragmatic"
    """Fixed partners and shared IKT are not both in place."""
    CORE = "core"
    """They are."""
    LONG_TERM = "long_term"
    """All seven items are met."""


@dataclass(frozen=True)
class Thresholds:
    """
    What the evidence is held against; all are the reader's to set, and None judges nothing.

    Parameters
    ----------
    fixed_share
        Least share of the group's arrangements that exactly the group takes part in, 0 to 1.
    top_host_share
        Largest share of the host roles that one municipality may hold, 0 to 1.
    ikt_tasks, plan_tasks, council_tasks
        What the register calls IKT, joint plans, and regional councils: service areas, in capitals or not.
    """

    fixed_share: float | None = None
    top_host_share: float | None = None
    ikt_tasks: frozenset[str] = frozenset({"IKT"})
    plan_tasks: frozenset[str] = frozenset({"plan", "energi- og klimaplan"})
    council_tasks: frozenset[str] = frozenset({"regionråd"})

    def __post_init__(self) -> None:
        """Refuse shares that are none."""
        for name in ("fixed_share", "top_host_share"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise QuestionError(f"{name} is a share, 0 to 1, not {value:g}.")

    def is_ikt(self, arrangement: Arrangement) -> bool:
        """Return whether an arrangement is about IKT."""
        return _among(arrangement.task, self.ikt_tasks)

    def is_plan(self, arrangement: Arrangement) -> bool:
        """Return whether an arrangement is about a joint plan."""
        return _among(arrangement.task, self.plan_tasks)

    def is_council(self, arrangement: Arrangement) -> bool:
        """Return whether an arrangement is a regional council."""
        return _among(arrangement.task, self.council_tasks)


@dataclass(frozen=True)
class Answer:
    """
    What a cooperation answered to one of the seven questions.

    Parameters
    ----------
    inquiry
        The question.
    standing
        How they judge the item themselves: met, partly, not met; None where they only wrote.
    text
        In their own words.
    who
        Who answered.
    when
        Day or moment, as ISO 8601; empty where not told.
    """

    inquiry: Inquiry
    standing: Standing | None = None
    text: str = ""
    who: str = ""
    when: str = ""


@dataclass(frozen=True)
class Evidence:
    """
    Something that bears on an item.

    Parameters
    ----------
    reason
        What, as values.
    arrangements
        Ids of the arrangements that it rests on.
    """

    reason: Reason
    arrangements: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemAssessment:
    """
    One item, assessed.

    Parameters
    ----------
    item
        The item.
    standing
        How it stands.
    basis
        ``register`` where the register tells, ``stated`` where only the answer does, empty where nothing does.
    evidence
        What is known.
    missing
        What is not in place, or not known, and what it would take.
    answer
        What the cooperation answered; None where it has not.
    contradicted
        Whether the register says otherwise than the answer.
    """

    item: Item
    standing: Standing
    basis: str
    evidence: tuple[Evidence, ...]
    missing: tuple[Evidence, ...]
    answer: Answer | None = None
    contradicted: bool = False


@dataclass(frozen=True)
class Assessment:
    """
    A group, assessed.

    Parameters
    ----------
    group
        The group, measured.
    year
        Of the picture.
    items
        The seven items, the two most important first.
    step
        How far the group has come, as far as is known.
    next_step
        The items to settle to come one step further, in order; empty at the last.
    thresholds
        What the evidence was held against.
    answers
        Every answer that was given, also those that are evidence for no item.
    """

    group: GroupCooperation
    year: int
    items: tuple[ItemAssessment, ...]
    step: Step
    next_step: tuple[Item, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)
    answers: tuple[Answer, ...] = ()

    def of(self, item: Item) -> ItemAssessment:
        """Return one item."""
        return next(each for each in self.items if each.item is item)


IN_THE_ACT = frozenset(
    {
        RegisteredForm.P27,
        RegisteredForm.VK28B,
        RegisteredForm.VK28C,
        RegisteredForm.IPR,
        RegisteredForm.KO,
        RegisteredForm.VK20,
        RegisteredForm.VK20_BOARD,
    }
)
"""Forms that the Local Government Act itself has rules for; companies and agreements stand elsewhere."""

_REGISTER, _STATED = "register", "stated"


def assess_group(
    picture: Picture,
    members: Iterable[str],
    *,
    name: str = "",
    answers: Iterable[Answer] = (),
    thresholds: Thresholds | None = None,
) -> Assessment:
    """
    Assess how near a group is to long-term strategic cooperation.

    Parameters
    ----------
    picture
        The arrangements of one year.
    members
        Ids, two or more.
    name
        What the group is called.
    answers
        What the cooperation itself answered; of several to one question the last counts.
    thresholds
        What the evidence is held against.

    Returns
    -------
    The assessment.

    Raises
    ------
    QuestionError
        Where the group has fewer than two members.
    """
    group = frozenset(members)
    if len(group) < 2:  # noqa: PLR2004 - one alone does not cooperate
        raise QuestionError("An assessment is of two municipalities or more.")
    against = thresholds or Thresholds()
    given = tuple(answers)
    by_item = {ITEM_OF[each.inquiry]: each for each in given if each.inquiry in ITEM_OF}
    case = _Case(picture, group, against)
    judged = {
        Item.FIXED_PARTNERS: case.fixed_partners(),
        Item.SHARED_IKT: case.shared_ikt(),
        Item.SHARED_GOALS: case.shared_goals(),
        Item.JOINT_STEERING: case.joint_steering(),
        Item.SHARED_ROLES: case.shared_roles(),
        Item.PREDICTABLE_CHANGE: case.predictable_change(),
        Item.ACT_AS_BASIS: case.act_as_basis(),
    }
    items = tuple(_with_answer(item, *judged[item], by_item.get(item)) for item in Item)
    met = {each.item for each in items if each.standing is Standing.MET}
    step = Step.LONG_TERM if met == set(Item) else Step.CORE if met.issuperset(MOST_IMPORTANT) else Step.PRAGMATIC
    ahead = MOST_IMPORTANT if step is Step.PRAGMATIC else tuple(Item)
    return Assessment(
        group=measure_group(picture, group, name=name),
        year=picture.year,
        items=items,
        step=step,
        next_step=tuple(item for item in ahead if item not in met),
        thresholds=against,
        answers=given,
    )


def _with_answer(
    item: Item, standing: Standing, evidence: list[Evidence], missing: list[Evidence], answer: Answer | None
) -> ItemAssessment:
    """Return an item with what was answered: it settles what the register cannot tell, and hides nothing."""
    told = standing in (Standing.MET, Standing.PARTLY, Standing.NOT_MET)
    if answer is None or answer.standing is None:
        basis = _REGISTER if told or standing is Standing.NOT_JUDGED else ""
        return ItemAssessment(item, standing, basis, tuple(evidence), tuple(missing), answer)
    if told:
        contradicted = answer.standing is not standing
        return ItemAssessment(item, standing, _REGISTER, tuple(evidence), tuple(missing), answer, contradicted)
    return ItemAssessment(item, answer.standing, _STATED, tuple(evidence), tuple(missing), answer)


_Judged = tuple[Standing, list[Evidence], list[Evidence]]


class _Case:
    """One group's arrangements, sorted once for all the items."""

    def __init__(self, picture: Picture, group: frozenset[str], thresholds: Thresholds) -> None:
        self.group = group
        self.thresholds = thresholds
        self.touching = picture.touching(group)
        self.shared = tuple(each for each in self.touching if len(each.members & group) > 1)
        self.vague = tuple(each for each in picture.arrangements if not each.is_complete)
        self.knows_ikt = any(thresholds.is_ikt(each) for each in picture.arrangements)

    def fixed_partners(self) -> _Judged:
        """Judge whether the same partners cooperate on all: the share of arrangements that exactly the group has."""
        known = [each for each in self.touching if partner_set(each) is not None]
        exact = [each for each in known if partner_set(each) == self.group]
        crossing = [each for each in known if each not in exact and each.members - self.group]
        fewer = [each for each in known if each.members < self.group]
        sets = {partner_set(each) for each in known}
        share = len(exact) / len(known) if known else None
        limit = self.thresholds.fixed_share
        evidence = [
            _evidence("lss_exact_partners", share, "share", exact, threshold=limit),
            _evidence("lss_partner_sets", len(sets), "", known, threshold=len(known)),
        ]
        missing = []
        if fewer:
            missing.append(_evidence("lss_only_some", len(fewer), "", fewer, self._left_out(fewer)))
        if crossing:
            missing.append(_evidence("lss_others_too", len(crossing), "", crossing, self._outsiders(crossing)))
        if vague := len(self.touching) - len(known):
            missing.append(_evidence("lss_partners_unknown", vague, ""))
        return self._fixed_standing(share, limit), evidence, missing

    def _fixed_standing(self, share: float | None, limit: float | None) -> Standing:
        """Return how fixed partners stand: all or nothing without a threshold."""
        if share is None:
            return Standing.UNKNOWN
        if share in (0.0, 1.0):
            return Standing.MET if share else Standing.NOT_MET
        if limit is None:
            return Standing.NOT_JUDGED
        return Standing.MET if share >= limit else Standing.NOT_MET

    def shared_ikt(self) -> _Judged:
        """Judge whether one arrangement on IKT takes in the whole group; a register without any calls it otherwise."""
        if not self.knows_ikt:
            return Standing.UNKNOWN, [], [_evidence("lss_no_ikt"), _evidence("lss_digital_skills_unknown")]
        own = [each for each in self.touching if self.thresholds.is_ikt(each)]
        common = [each for each in own if each.members >= self.group]
        widest = max(own, key=lambda each: len(each.members & self.group), default=None)
        reached = frozenset() if widest is None else widest.members & self.group
        vague = [each for each in self.vague if self.thresholds.is_ikt(each)]
        evidence = [
            _evidence(
                "lss_ikt_reach",
                len(reached),
                "municipalities",
                [widest] if widest else [],
                tuple(sorted(reached)),
                threshold=len(self.group),
            )
        ]
        missing = []
        if not common:
            missing.append(
                _evidence(
                    "lss_ikt_outside",
                    len(self.group - reached),
                    "municipalities",
                    own,
                    tuple(sorted(self.group - reached)),
                    alternative="" if widest is None else widest.name,
                )
            )
        missing.append(_evidence("lss_digital_skills_unknown"))
        if common:
            return Standing.MET, evidence, missing
        if vague:
            return Standing.UNKNOWN, evidence, [*missing, _evidence("lss_partners_unknown", len(vague), "", vague)]
        return Standing.PARTLY if len(reached) > 1 else Standing.NOT_MET, evidence, missing

    def shared_goals(self) -> _Judged:
        """Show joint plans; whether they make one whole the register cannot tell."""
        plans = [each for each in self.shared if self.thresholds.is_plan(each)]
        evidence = [_evidence("lss_joint_plans", len(plans), "", plans)]
        return Standing.UNKNOWN, evidence, [_evidence("lss_goals_unknown")]

    def joint_steering(self) -> _Judged:
        """Show regional councils and governing bodies; whether they steer all of it the register cannot tell."""
        councils = [each for each in self.shared if self.thresholds.is_council(each) and each.members >= self.group]
        steered = [each for each in self.shared if each.governing_body]
        evidence = [_evidence("lss_council_of_all", len(councils), "", councils)]
        if steered:
            evidence.append(_evidence("lss_governing_bodies", len(steered), "", steered, threshold=len(self.shared)))
        return Standing.UNKNOWN, evidence, [_evidence("lss_steering_unknown")]

    def shared_roles(self) -> _Judged:
        """Judge whether each hosts something of what at least two of the group do together."""
        hosts = count_hosts(self.shared)
        idle = tuple(sorted(self.group - set(hosts.roles)))
        top = hosts.top_share()
        limit = self.thresholds.top_host_share
        leader = tuple(list(hosts.roles)[:1])
        hosted = [each for each in self.shared if each.host]
        evidence = [
            _evidence("lss_hosts", len(self.group) - len(idle), "municipalities", hosted, threshold=len(self.group))
        ]
        if top is not None:
            evidence.append(_evidence("lss_top_host", top, "share", hosted, leader, threshold=limit))
        missing = []
        if idle:
            missing.append(_evidence("lss_hosts_nothing", len(idle), "municipalities", (), idle))
        if hosts.unknown:
            missing.append(_evidence("lss_hosts_unknown", hosts.unknown, ""))
        if top is not None and limit is not None and top > limit:
            return (Standing.UNKNOWN if hosts.unknown else Standing.NOT_MET), evidence, missing
        if not idle:
            return Standing.MET, evidence, missing
        return (Standing.UNKNOWN if hosts.unknown or not self.shared else Standing.NOT_MET), evidence, missing

    def predictable_change(self) -> _Judged:
        """Show how long arrangements have lasted; of what is agreed with the staff the register knows nothing."""
        begun = [each for each in self.shared if each.year_start is not None]
        evidence = []
        if begun:
            first = min(begun, key=lambda each: (each.year_start or 0, each.id))
            evidence.append(_evidence("lss_oldest", first.year_start, "year", [first], alternative=first.name))
        return Standing.UNKNOWN, evidence, [_evidence("lss_change_unknown")]

    def act_as_basis(self) -> _Judged:
        """Judge whether more than half of what the group shares stands in the Local Government Act."""
        inside = [each for each in self.shared if each.form in IN_THE_ACT]
        untold = [each for each in self.shared if each.form is RegisteredForm.UNKNOWN]
        elsewhere = [each for each in self.shared if each not in inside and each not in untold]
        half = len(self.shared) / 2
        evidence = [_evidence("lss_in_the_act", len(inside), "", inside, threshold=len(self.shared))]
        missing = []
        if elsewhere:
            missing.append(_evidence("lss_outside_the_act", len(elsewhere), "", elsewhere))
        if untold:
            missing.append(_evidence("lss_forms_unknown", len(untold), "", untold))
        if not self.shared:
            return Standing.UNKNOWN, evidence, missing
        if len(inside) > half:
            return Standing.MET, evidence, missing
        missing.append(_evidence("lss_move_into_the_act", len(self.shared) // 2 + 1 - len(inside)))
        if len(inside) + len(untold) <= half:
            return Standing.NOT_MET, evidence, missing
        return Standing.UNKNOWN, evidence, missing

    def _left_out(self, arrangements: Iterable[Arrangement]) -> tuple[str, ...]:
        """Return the members that arrangements leave out, those left out most often first."""
        return _most_often(self.group - each.members for each in arrangements)

    def _outsiders(self, arrangements: Iterable[Arrangement]) -> tuple[str, ...]:
        """Return the municipalities outside the group that take part, those that do so most often first."""
        return _most_often(each.members - self.group for each in arrangements)


def _among(task: str, names: frozenset[str]) -> bool:
    """Return whether a service area is among some, in capitals or not."""
    return task.casefold() in {name.casefold() for name in names}


def _most_often(groups: Iterable[frozenset[str]]) -> tuple[str, ...]:
    """Return what is in most groups first, then by id."""
    found: dict[str, int] = {}
    for group in groups:
        for each in group:
            found[each] = found.get(each, 0) + 1
    return tuple(sorted(found, key=lambda each: (-found[each], each)))


def _evidence(
    criterion: str,
    value: float | None = None,
    unit: str = "",
    arrangements: Iterable[Arrangement] = (),
    municipalities: tuple[str, ...] = (),
    *,
    threshold: float | None = None,
    alternative: str = "",
) -> Evidence:
    """Return evidence from the register."""
    reason = Reason(criterion, value, unit, threshold, municipalities, "arrangements", alternative)
    return Evidence(reason, tuple(each.id for each in arrangements))
