"""
Which legal form can carry a task: the rules of law as a table, and what they say of a task and of a register.

Each rule holds of one form where the task has one need, and says that the form falls or is conditional. The rules are
those of the ministry's overview of forms of cooperation and its guide of 2023, as far as these have been read; what
they do not tell is no rule here. The words for readers are made elsewhere, of the rules' keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tyngdepunkt.model import Act, Arrangement, FormNeeds, LegalForm, Picture, RegisteredForm

__all__ = [
    "FIRST_YEAR_OF_2018",
    "MEANT_FOR",
    "PROVISIONS",
    "RULES",
    "FormAdvice",
    "FormCheck",
    "FormVerdict",
    "Rule",
    "Verdict",
    "act_of",
    "advise_form",
    "check_forms",
    "forms_of",
]

FIRST_YEAR_OF_2018 = 2020
"""First year in which cooperation is under the act of 2018; section 27 and 28 b, c of that of 1992 held before."""

_OVERVIEW = "the ministry's overview of forms of cooperation"
_GUIDE = "the ministry's guide to cooperation (2023)"
_WARNING = "NIVI Analyse: joint steering of several tasks is an open gap"

_DECISIONS = "individual_decisions"
_PRINCIPLE = "matters_of_principle"
_PERSON = "own_legal_person"
_PRODUCTION = "service_production"
_SEVERAL = "several_tasks_one_board"


class Verdict(StrEnum):
    """What the rules say of a form."""

    ALLOWED = "allowed"
    CONDITIONAL = "conditional"
    """Only where something more holds, which the rule names."""
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"
    """A need that would decide it is not known."""


@dataclass(frozen=True)
class Rule:
    """
    One rule of law about one form.

    Parameters
    ----------
    key
        What it is called, here and in the texts.
    form
        The form that it is about.
    need
        The need that it looks at, a field of `FormNeeds`.
    verdict
        What holds where it bites: the form falls, or is conditional.
    source
        Where it was read.
    acts
        The acts under which it holds.
    value
        The value of the need that makes it bite.
    inferred
        Whether it follows from the sources rather than stands in them.
    """

    key: str
    form: LegalForm
    need: str
    verdict: Verdict
    source: str
    acts: tuple[Act, ...] = (Act.Y1992, Act.Y2018)
    value: bool = True
    inferred: bool = False


PROVISIONS: Mapping[Act, Mapping[LegalForm, str]] = {
    Act.Y2018: {
        LegalForm.POLITICAL_COUNCIL: "Local Government Act of 2018 § 17-1 second paragraph, chapter 18",
        LegalForm.TASK_COMMUNITY: "Local Government Act of 2018 § 17-1 second paragraph, chapter 19",
        LegalForm.HOST_ADMINISTRATIVE: "Local Government Act of 2018 § 17-1 second paragraph, chapter 20",
        LegalForm.HOST_BOARD: "Local Government Act of 2018 § 17-1 second paragraph, chapter 20",
        LegalForm.IKS: "Local Government Act of 2018 § 17-1 second paragraph, Inter-municipal Companies Act",
        LegalForm.COMPANY: "Local Government Act of 2018 § 17-1 second paragraph, Limited Liability Companies Act",
        LegalForm.COOPERATIVE: "Local Government Act of 2018 § 17-1 second paragraph, Cooperatives Act",
        LegalForm.AGREEMENT: "no provision of its own: a contract of purchase and sale",
    },
    Act.Y1992: {
        LegalForm.POLITICAL_COUNCIL: "Local Government Act of 1992 § 27",
        LegalForm.TASK_COMMUNITY: "Local Government Act of 1992 § 27",
        LegalForm.HOST_ADMINISTRATIVE: "Local Government Act of 1992 § 28 b",
        LegalForm.HOST_BOARD: "Local Government Act of 1992 § 28 c",
        LegalForm.IKS: "Inter-municipal Companies Act",
        LegalForm.COMPANY: "Limited Liability Companies Act",
        LegalForm.COOPERATIVE: "Cooperatives Act",
        LegalForm.AGREEMENT: "no provision of its own: a contract of purchase and sale",
    },
}
"""Act and form to where the form stands; the act of 1992 has one board, section 27, for council and task community."""

MEANT_FOR: Mapping[LegalForm, str] = {form: f"meant_for_{form}" for form in LegalForm}
"""Form to the key of what it is meant for, the reason why it is there where nothing stands against it."""

_OWN_PERSONS = (LegalForm.IKS, LegalForm.COMPANY, LegalForm.COOPERATIVE)


def _write_rules() -> tuple[Rule, ...]:
    """Return every rule, form by form."""
    council, community = LegalForm.POLITICAL_COUNCIL, LegalForm.TASK_COMMUNITY
    administrative, board = LegalForm.HOST_ADMINISTRATIVE, LegalForm.HOST_BOARD
    agreement = LegalForm.AGREEMENT
    falls, conditional = Verdict.EXCLUDED, Verdict.CONDITIONAL
    new, old = (Act.Y2018,), (Act.Y1992,)
    replaced = f"{_GUIDE}, chapter 6"
    hosts = f"{_OVERVIEW}; {_GUIDE}, chapter 5"
    return (
        Rule("council_no_decisions", council, _DECISIONS, falls, f"{_OVERVIEW}; NIVI 2019:3", new),
        Rule("council_no_production", council, _PRODUCTION, falls, _OVERVIEW, new),
        Rule("section_27_no_decisions", council, _DECISIONS, falls, replaced, old, inferred=True),
        Rule("section_27_council", council, _PRODUCTION, falls, replaced, old, inferred=True),
        Rule("community_no_decisions", community, _DECISIONS, falls, _OVERVIEW, new),
        Rule("section_27_no_decisions", community, _DECISIONS, falls, replaced, old, inferred=True),
        Rule("administrative_no_principle", administrative, _PRINCIPLE, falls, _OVERVIEW),
        Rule("host_no_person", administrative, _PERSON, falls, hosts),
        Rule("host_no_person", board, _PERSON, falls, hosts),
        *(Rule("person_only_special_law", form, _DECISIONS, conditional, _OVERVIEW) for form in _OWN_PERSONS),
        *(Rule("person_always", form, _PERSON, falls, _OVERVIEW, value=False) for form in _OWN_PERSONS),
        Rule("agreement_no_authority", agreement, _DECISIONS, falls, _OVERVIEW),
        Rule("agreement_no_person", agreement, _PERSON, falls, _OVERVIEW),
        *(Rule("no_form_for_several", form, _SEVERAL, conditional, _WARNING) for form in LegalForm),
    )


RULES: tuple[Rule, ...] = _write_rules()
"""Every rule, form by form."""


@dataclass(frozen=True)
class FormVerdict:
    """
    What the rules say of one form.

    Parameters
    ----------
    form
        The form.
    verdict
        What they say.
    provision
        Where the form stands.
    rules
        The rules that bite, those that make it fall first; none where it is allowed.
    missing
        Needs that are not known and would decide it; fields of `FormNeeds`.
    """

    form: LegalForm
    verdict: Verdict
    provision: str
    rules: tuple[Rule, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormAdvice:
    """
    The forms for a task, each once.

    Parameters
    ----------
    needs
        What the task needs.
    act
        The act that is applied.
    verdicts
        Every form, in order of `LegalForm`.
    """

    needs: FormNeeds
    act: Act
    verdicts: tuple[FormVerdict, ...]

    def having(self, verdict: Verdict) -> tuple[FormVerdict, ...]:
        """Return the forms with a verdict, in order."""
        return tuple(each for each in self.verdicts if each.verdict is verdict)

    @property
    def host_is_default(self) -> bool:
        """Whether a host is what the ministry points to: a statutory task with individual decisions."""
        return self.needs.statutory is True and self.needs.individual_decisions is True


@dataclass(frozen=True)
class FormCheck:
    """
    Whether the form of an arrangement can carry its task.

    Parameters
    ----------
    arrangement
        Id.
    form
        The form in the register.
    act
        The act that is applied.
    verdict
        What the rules say; `Verdict.UNKNOWN` where form or needs are not known.
    best
        The verdict on the form, as one of `LegalForm`; None where the form is not known, or none of them.
    needs
        What the task needs; None where no source tells.
    """

    arrangement: str
    form: RegisteredForm
    act: Act
    verdict: Verdict
    best: FormVerdict | None
    needs: FormNeeds | None


def advise_form(needs: FormNeeds, *, act: Act = Act.Y2018) -> FormAdvice:
    """
    Say which forms a task allows.

    Parameters
    ----------
    needs
        What it needs. That a legal person of its own is None means that either will do; that nothing is said of
        several tasks under one board means that it is not asked for.
    act
        The act that is applied.

    Returns
    -------
    Every form once: allowed, conditional, excluded, or unknown where a need that would decide it is not known.
    """
    return FormAdvice(needs, act, tuple(_judge(form, needs, act) for form in LegalForm))


def act_of(arrangement: Arrangement) -> Act:
    """Return the act that an arrangement stands under: by its form where that tells, else by its year."""
    match arrangement.form:
        case RegisteredForm.P27 | RegisteredForm.VK28B | RegisteredForm.VK28C:
            return Act.Y1992
        case RegisteredForm.IPR | RegisteredForm.KO | RegisteredForm.VK20 | RegisteredForm.VK20_BOARD:
            return Act.Y2018
        case _:
            return Act.Y2018 if arrangement.snapshot >= FIRST_YEAR_OF_2018 else Act.Y1992


def forms_of(form: RegisteredForm) -> tuple[LegalForm, ...]:
    """Return what a form of the register is: two for the board of section 27, none for other or unknown ones."""
    return _FORMS.get(form, ())


_FORMS = {
    RegisteredForm.IKS: (LegalForm.IKS,),
    RegisteredForm.AS: (LegalForm.COMPANY,),
    RegisteredForm.SA: (LegalForm.COOPERATIVE,),
    RegisteredForm.P27: (LegalForm.POLITICAL_COUNCIL, LegalForm.TASK_COMMUNITY),
    RegisteredForm.VK28B: (LegalForm.HOST_ADMINISTRATIVE,),
    RegisteredForm.VK28C: (LegalForm.HOST_BOARD,),
    RegisteredForm.IPR: (LegalForm.POLITICAL_COUNCIL,),
    RegisteredForm.KO: (LegalForm.TASK_COMMUNITY,),
    RegisteredForm.VK20: (LegalForm.HOST_ADMINISTRATIVE,),
    RegisteredForm.VK20_BOARD: (LegalForm.HOST_BOARD,),
    RegisteredForm.AGREEMENT: (LegalForm.AGREEMENT,),
}
_KINDEST_FIRST = (Verdict.ALLOWED, Verdict.CONDITIONAL, Verdict.UNKNOWN, Verdict.EXCLUDED)


def check_forms(picture: Picture, needs: Mapping[str, FormNeeds]) -> tuple[FormCheck, ...]:
    """
    Check whether the forms of a register can carry their tasks.

    Parameters
    ----------
    picture
        The arrangements of one year.
    needs
        Service area to what it needs, as far as sources tell.

    Returns
    -------
    Every arrangement, in the order of the register. A board under section 27 is judged by the kinder of what it
    became. Where form or needs are not known, the verdict is unknown: nothing is taken for granted.
    """
    return tuple(_check(each, needs.get(each.task)) for each in picture.arrangements)


def _check(arrangement: Arrangement, needs: FormNeeds | None) -> FormCheck:
    """Check one arrangement."""
    act = act_of(arrangement)
    forms = forms_of(arrangement.form)
    if needs is None or not forms:
        return FormCheck(arrangement.id, arrangement.form, act, Verdict.UNKNOWN, None, needs)
    judged = [_judge(form, needs, act) for form in forms]
    best = min(judged, key=lambda each: _KINDEST_FIRST.index(each.verdict))
    return FormCheck(arrangement.id, arrangement.form, act, best.verdict, best, needs)


def _judge(form: LegalForm, needs: FormNeeds, act: Act) -> FormVerdict:
    """Judge one form."""
    own = [rule for rule in RULES if rule.form is form and act in rule.acts]
    bite = [rule for rule in own if getattr(needs, rule.need) is rule.value]
    falls = tuple(rule for rule in bite if rule.verdict is Verdict.EXCLUDED)
    provision = PROVISIONS[act][form]
    if falls:
        return FormVerdict(form, Verdict.EXCLUDED, provision, falls)
    missing = tuple(dict.fromkeys(_missing(own, needs)))
    if missing:
        return FormVerdict(form, Verdict.UNKNOWN, provision, tuple(bite), missing)
    return FormVerdict(form, Verdict.CONDITIONAL if bite else Verdict.ALLOWED, provision, tuple(bite))


def _missing(rules: Iterable[Rule], needs: FormNeeds) -> Iterable[str]:
    """Give the needs of rules that are not known; where nothing is decided, nothing of principle is."""
    settled = {_PERSON, _SEVERAL} | ({_PRINCIPLE} if needs.individual_decisions is False else set())
    for rule in rules:
        if rule.need not in settled and getattr(needs, rule.need) is None:
            yield rule.need
