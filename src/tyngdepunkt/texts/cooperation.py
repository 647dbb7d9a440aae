"""The words of cooperation: legal forms and why they fall, levels, the items of an assessment and its questions."""

from __future__ import annotations

from tyngdepunkt.texts.wording import Wording, later

__all__ = [
    "RULE_KEYS",
    "form_word",
    "inquiry_words",
    "item_word",
    "level_word",
    "provision_words",
    "registered_form_word",
    "rule_sentence",
    "standing_word",
    "step_word",
]

_FORMS = {
    "political_council": later("inter-municipal political council"),
    "task_community": later("municipal task community"),
    "host_administrative": later("host municipality, administrative"),
    "host_board": later("host municipality with an elected board"),
    "iks": later("inter-municipal company (IKS)"),
    "company": later("limited company (AS)"),
    "cooperative": later("cooperative (SA)"),
    "agreement": later("agreement on purchase and sale"),
}

_REGISTERED = {
    "IKS": _FORMS["iks"],
    "AS": _FORMS["company"],
    "SA": _FORMS["cooperative"],
    "P27": later("board under § 27"),
    "VK28b": later("host under § 28 b"),
    "VK28c": later("host with board under § 28 c"),
    "IPR": _FORMS["political_council"],
    "KO": _FORMS["task_community"],
    "VK20": _FORMS["host_administrative"],
    "VK20_board": _FORMS["host_board"],
    "agreement": _FORMS["agreement"],
    "other": later("other form"),
    "unknown": later("form not told"),
}

_LEVELS = {
    "local": later("local"),
    "subregional": later("subregional"),
    "regional": later("regional"),
    "higher": later("higher"),
    "unknown": later("level not told"),
}

_PROVISIONS = (
    later("Local Government Act of 2018 § 17-1 second paragraph, chapter 18"),
    later("Local Government Act of 2018 § 17-1 second paragraph, chapter 19"),
    later("Local Government Act of 2018 § 17-1 second paragraph, chapter 20"),
    later("Local Government Act of 2018 § 17-1 second paragraph, Inter-municipal Companies Act"),
    later("Local Government Act of 2018 § 17-1 second paragraph, Limited Liability Companies Act"),
    later("Local Government Act of 2018 § 17-1 second paragraph, Cooperatives Act"),
    later("Local Government Act of 1992 § 27"),
    later("Local Government Act of 1992 § 28 b"),
    later("Local Government Act of 1992 § 28 c"),
    later("Inter-municipal Companies Act"),
    later("Limited Liability Companies Act"),
    later("Cooperatives Act"),
    later("no provision of its own: a contract of purchase and sale"),
)

_RULES = {
    "council_no_decisions": later(
        "A political council makes no individual decisions; it decides on its own affairs and on grants only."
    ),
    "council_no_production": later(
        "A political council deals with matters of common interest and produces no services."
    ),
    "community_no_decisions": later("A task community makes no individual decisions."),
    "section_27_no_decisions": later(
        "The forms that took the place of the board under § 27 make no individual decisions, and so it is taken that"
        " the board made none either; the wording of § 27 itself has not been read."
    ),
    "section_27_council": later(
        "A board under § 27 that produces services is what the task community took the place of, not the political"
        " council."
    ),
    "administrative_no_principle": later(
        "An administrative host decides only where no matter of principle is at stake; that takes a host with an"
        " elected board."
    ),
    "host_no_person": later(
        "Cooperation with a host is part of the host municipality, and no legal person of its own."
    ),
    "person_only_special_law": later(
        "A legal person of its own makes individual decisions only where the law on the task opens for it: look there"
        " first."
    ),
    "person_always": later("It is always a legal person of its own."),
    "agreement_no_authority": later("Under an agreement no authority moves: each municipality decides itself."),
    "agreement_no_person": later("An agreement makes no legal person."),
    "no_form_for_several": later(
        "No form of today gives several tasks one board with one frame: each task takes its own, or a trial under"
        " exemption from the law."
    ),
    "host_is_default": later(
        "For statutory tasks with individual decisions the ministry points to a host municipality."
    ),
    "meant_for_political_council": later(
        "Meant for political cooperation on general matters; whether it is a legal person of its own is up to those who"
        " take part."
    ),
    "meant_for_task_community": later(
        "Meant for joint services and support; whether it is a legal person of its own is up to those who take part."
    ),
    "meant_for_host_administrative": later(
        "A host can make individual decisions for the others, in what is not a matter of principle."
    ),
    "meant_for_host_board": later(
        "A host with an elected board can decide in all matters; each participant has at least two members on it."
    ),
    "meant_for_iks": later("Meant for such as infrastructure, audit, waste and archives; a legal person of its own."),
    "meant_for_company": later("Meant for what is run as a business; a legal person of its own."),
    "meant_for_cooperative": later("Meant for what is run as a business by its members; a legal person of its own."),
    "meant_for_agreement": later("One buys from the other, and authority stays at home; the most common form of two."),
    "need_unknown": later("It is not known what the task needs in this respect: {needs}."),
}
RULE_KEYS = frozenset(_RULES)
"""Keys that have a sentence."""

_NEEDS = {
    "individual_decisions": later("individual decisions"),
    "matters_of_principle": later("matters of principle"),
    "own_legal_person": later("a legal person of its own"),
    "service_production": later("production of services"),
    "statutory": later("a duty by law"),
    "several_tasks_one_board": later("several tasks under one board"),
}


_ITEMS = {
    "fixed_partners": later("fixed partners"),
    "shared_ikt": later("shared IKT and digital skills"),
    "shared_goals": later("shared goals and plans for the whole"),
    "joint_steering": later("joint political and administrative steering"),
    "shared_roles": later("host and partner roles that are shared"),
    "predictable_change": later("foreseeable change and security for the staff"),
    "act_as_basis": later("the Local Government Act as main basis"),
}

_STANDINGS = {
    "met": later("in place"),
    "partly": later("partly in place"),
    "not_met": later("not in place"),
    "not_judged": later("shown, not judged"),
    "unknown": later("unknown"),
}

_STEPS = {
    "pragmatic": later("cooperation as it suits: fixed partners and shared IKT are not both in place"),
    "core": later("the core is in place: fixed partners and shared IKT"),
    "long_term": later("long-term strategic cooperation: all seven items are in place"),
}

_INQUIRIES = {
    "partners": later("Who shall cooperate with whom and on what, and shall it be the same partners throughout?"),
    "steering": later("How is the whole steered, by the councils and by the administrations together?"),
    "plan": later("Is there a plan with goals for the cooperation as a whole?"),
    "digital": later("Which systems do you have in common, and how do you build digital skills together?"),
    "bolder": later("Which larger tasks do you dare take on together, and who hosts what?"),
    "readiness": later("Are councils, administrations and staff ready, and do they know what the change brings?"),
    "dialogue": later("What do you want of county and state, and what would make it worth your while?"),
}


def item_word(item: str, language: str) -> str:
    """
    Name an item of long-term strategic cooperation.

    Parameters
    ----------
    item
        ``fixed_partners`` and its like.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A few words.
    """
    return Wording(language).say(_ITEMS[item])


def standing_word(standing: str, language: str) -> str:
    """
    Name how an item stands.

    Parameters
    ----------
    standing
        ``met``, ``partly``, ``not_met``, ``not_judged`` or ``unknown``.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A few words.
    """
    return Wording(language).say(_STANDINGS[standing])


def step_word(step: str, language: str) -> str:
    """
    Name how far a cooperation has come.

    Parameters
    ----------
    step
        ``pragmatic``, ``core`` or ``long_term``.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    A phrase.
    """
    return Wording(language).say(_STEPS[step])


def inquiry_words(inquiry: str, language: str) -> str:
    """
    Ask one of the seven questions to a cooperation.

    Parameters
    ----------
    inquiry
        ``partners`` and its like.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    The question.
    """
    return Wording(language).say(_INQUIRIES[inquiry])


def form_word(form: str, language: str) -> str:
    """
    Name a legal form.

    Parameters
    ----------
    form
        ``host_board`` and its like.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    Its name, without an article.
    """
    return Wording(language).say(_FORMS[form])


def registered_form_word(form: str, language: str) -> str:
    """
    Name a legal form as the register has it.

    Parameters
    ----------
    form
        ``VK28b`` and its like; ``unknown`` where it is not told.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    Its name.
    """
    return Wording(language).say(_REGISTERED[form])


def level_word(level: str, language: str) -> str:
    """
    Name how wide an arrangement reaches.

    Parameters
    ----------
    level
        ``local``, ``subregional``, ``regional``, ``higher`` or ``unknown``.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    An adjective, or that it is not told.
    """
    return Wording(language).say(_LEVELS[level])


def provision_words(provision: str, language: str) -> str:
    """
    Return a provision in a language.

    Parameters
    ----------
    provision
        As the rules have it, in English.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    The same in the language.
    """
    return Wording(language).say(provision)


def rule_sentence(key: str, language: str, *, needs: tuple[str, ...] = ()) -> str:
    """
    Say what a rule says.

    Parameters
    ----------
    key
        Of the rule.
    language
        ``nb``, ``nn`` or ``en``.
    needs
        The needs that are not known, for ``need_unknown``.

    Returns
    -------
    A sentence.
    """
    wording = Wording(language)
    if not needs:
        return wording.say(_RULES[key])
    return wording.say(_RULES[key], needs=wording.join(wording.say(_NEEDS[each]) for each in needs))
