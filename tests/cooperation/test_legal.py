"""Each rule of law with its provision and source, and every combination of needs."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.registers import draw_register
from tyngdepunkt.analysis.cooperation import advise_form, check_forms
from tyngdepunkt.cooperation import MEANT_FOR, PROVISIONS, RULES, Verdict, act_of, check_forms as check, forms_of
from tyngdepunkt.model import Act, FormNeeds, LegalForm, RegisteredForm
from tyngdepunkt.texts.cooperation import RULE_KEYS, form_word, provision_words, rule_sentence

PLAIN = FormNeeds(
    individual_decisions=False,
    matters_of_principle=False,
    own_legal_person=None,
    service_production=True,
    statutory=False,
    several_tasks_one_board=False,
)


def verdict(form, act="2018", **needs):
    """Return the verdict on a form, and the rules that bite, for a plain task with some needs."""
    advice = advise_form(FormNeeds(**{**vars(PLAIN), **needs}), act=Act(act))
    (found,) = [each for each in advice.verdicts if each.form == form]
    return found.verdict, [rule.key for rule in found.rules], found.provision


# The rules of the act of 2018, by the ministry's overview of forms of cooperation (and NIVI 2019:3 on grants)


@pytest.mark.parametrize(
    ("form", "needs", "expected", "rule", "provision"),
    [
        # chapter 18: no individual decisions, no production of services
        ("political_council", {"individual_decisions": True}, "excluded", "council_no_decisions", "chapter 18"),
        ("political_council", {"service_production": True}, "excluded", "council_no_production", "chapter 18"),
        # chapter 19: no individual decisions
        ("task_community", {"individual_decisions": True}, "excluded", "community_no_decisions", "chapter 19"),
        # chapter 20: without a board only what is not a matter of principle; part of the host
        (
            "host_administrative",
            {"matters_of_principle": True},
            "excluded",
            "administrative_no_principle",
            "chapter 20",
        ),
        ("host_administrative", {"own_legal_person": True}, "excluded", "host_no_person", "chapter 20"),
        ("host_board", {"own_legal_person": True}, "excluded", "host_no_person", "chapter 20"),
        # legal persons of their own: individual decisions only where special law opens for it
        (
            "iks",
            {"individual_decisions": True},
            "conditional",
            "person_only_special_law",
            "Inter-municipal Companies Act",
        ),
        ("company", {"individual_decisions": True}, "conditional", "person_only_special_law", "Limited Liability"),
        ("cooperative", {"individual_decisions": True}, "conditional", "person_only_special_law", "Cooperatives Act"),
        ("iks", {"own_legal_person": False}, "excluded", "person_always", "Inter-municipal Companies Act"),
        ("company", {"own_legal_person": False}, "excluded", "person_always", "Limited Liability"),
        ("cooperative", {"own_legal_person": False}, "excluded", "person_always", "Cooperatives Act"),
        # agreement: no authority moves, no legal person
        ("agreement", {"individual_decisions": True}, "excluded", "agreement_no_authority", "no provision"),
        ("agreement", {"own_legal_person": True}, "excluded", "agreement_no_person", "no provision"),
    ],
)
def test_a_rule_of_the_act_of_2018(form, needs, expected, rule, provision):
    found, rules, where = verdict(form, **needs)

    assert found == expected
    assert rule in rules
    assert provision in where
    assert "§ 17-1 second paragraph" in where or form == "agreement"


@pytest.mark.parametrize(
    ("form", "needs", "expected", "rule", "provision"),
    [
        # section 27: what took its place makes no individual decisions (the ministry's guide, chapter 6)
        ("political_council", {"individual_decisions": True}, "excluded", "section_27_no_decisions", "1992 § 27"),
        ("task_community", {"individual_decisions": True}, "excluded", "section_27_no_decisions", "1992 § 27"),
        ("political_council", {"service_production": True}, "excluded", "section_27_council", "1992 § 27"),
        # section 28 b and c: the host, without and with a board
        (
            "host_administrative",
            {"matters_of_principle": True},
            "excluded",
            "administrative_no_principle",
            "1992 § 28 b",
        ),
        ("host_board", {"own_legal_person": True}, "excluded", "host_no_person", "1992 § 28 c"),
    ],
)
def test_a_rule_of_the_act_of_1992(form, needs, expected, rule, provision):
    found, rules, where = verdict(form, "1992", **needs)

    assert (found, provision in where) == (expected, True)
    assert rule in rules


@pytest.mark.parametrize(
    ("form", "needs"),
    [
        ("political_council", {"service_production": False}),
        ("political_council", {"service_production": False, "own_legal_person": True}),
        ("task_community", {}),
        ("task_community", {"own_legal_person": True}),
        ("task_community", {"own_legal_person": False}),
        ("host_administrative", {"individual_decisions": True, "statutory": True}),
        ("host_administrative", {"individual_decisions": True, "own_legal_person": False}),
        ("host_board", {"individual_decisions": True, "matters_of_principle": True}),
        ("iks", {"own_legal_person": True}),
        ("company", {}),
        ("cooperative", {}),
        ("agreement", {"statutory": True}),
    ],
)
@pytest.mark.parametrize("act", ["2018", "1992"])
def test_what_nothing_stands_against_is_allowed(form, needs, act):
    assert verdict(form, act, **needs)[:2] == ("allowed", [])


@pytest.mark.parametrize("act", list(Act))
def test_no_form_is_plainly_allowed_for_several_tasks_under_one_board(act):
    for values in itertools.product([True, False], repeat=4):
        names = ("individual_decisions", "matters_of_principle", "service_production", "statutory")
        advice = advise_form(FormNeeds(**dict(zip(names, values, strict=True)), several_tasks_one_board=True), act=act)
        assert advice.having(Verdict.ALLOWED) == ()
        for each in advice.having(Verdict.CONDITIONAL):
            assert "no_form_for_several" in [rule.key for rule in each.rules]


def test_that_several_tasks_have_no_form_hides_no_rule_of_law():
    assert verdict("agreement", individual_decisions=True, several_tasks_one_board=True)[0] == "excluded"
    assert verdict("task_community", several_tasks_one_board=True)[0] == "conditional"


ANSWERS = list(
    itertools.product([True, False], [True, False], [True, False, None], [True, False], [True, False], [True, False])
)


@pytest.mark.parametrize("act", list(Act))
def test_every_combination_has_every_form_once_with_a_reason(act):
    assert len(ANSWERS) == 96
    for decisions, principle, person, production, statutory, several in ANSWERS:
        advice = advise_form(FormNeeds(decisions, principle, person, production, statutory, several), act=act)

        assert [each.form for each in advice.verdicts] == list(LegalForm)
        assert not advice.having(Verdict.UNKNOWN)
        for each in advice.verdicts:
            expected = expect(each.form, decisions, principle, person, production, several=several)
            assert each.verdict == expected, (each, advice.needs)
            assert each.provision == PROVISIONS[act][each.form]
            assert bool(each.rules) == (each.verdict is not Verdict.ALLOWED)
            assert all(rule.source and act in rule.acts for rule in each.rules)
        assert advice.host_is_default == (statutory and decisions)


def expect(form, decisions, principle, person, production, *, several):
    """Say again, form by form as the ministry's overview does, what holds; it shares nothing with the rules."""
    flagged = "conditional" if several else "allowed"
    if form == "political_council":
        return "excluded" if decisions or production else flagged
    if form == "task_community":
        return "excluded" if decisions else flagged
    if form == "host_administrative":
        return "excluded" if principle or person is True else flagged
    if form == "host_board":
        return "excluded" if person is True else flagged
    if form == "agreement":
        return "excluded" if decisions or person is True else flagged
    if person is False:
        return "excluded"
    return "conditional" if decisions else flagged


def test_statutory_alone_lets_no_form_fall():
    for act in Act:
        for needs in ANSWERS:
            one = FormNeeds(*needs[:4], statutory=True, several_tasks_one_board=needs[5])
            other = FormNeeds(*needs[:4], statutory=False, several_tasks_one_board=needs[5])
            verdicts = [
                [each.verdict for each in advise_form(each_needs, act=act).verdicts] for each_needs in (one, other)
            ]
            assert verdicts[0] == verdicts[1]


# What is not known


def test_a_need_that_is_not_known_leaves_open_what_it_would_decide():
    advice = advise_form(FormNeeds())

    assert {each.form for each in advice.having(Verdict.UNKNOWN)} == set(LegalForm) - {LegalForm.HOST_BOARD}
    (council,) = [each for each in advice.verdicts if each.form is LegalForm.POLITICAL_COUNCIL]
    assert council.missing == ("individual_decisions", "service_production")


def test_where_nothing_is_decided_nothing_of_principle_is():
    advice = advise_form(FormNeeds(individual_decisions=False))

    assert LegalForm.HOST_ADMINISTRATIVE in {each.form for each in advice.having(Verdict.ALLOWED)}


def test_a_form_falls_by_one_need_whatever_is_not_known_of_the_others():
    advice = advise_form(FormNeeds(individual_decisions=True))

    assert LegalForm.TASK_COMMUNITY in {each.form for each in advice.having(Verdict.EXCLUDED)}


# The register


REGISTER = """
    care    2013  A*B  VK28b      local  stated
    nav     2013  AB   P27        local  stated
    tax     2013  AB   AS         local  stated
    law     2013  AB   agreement  local  stated
    fire    2013  AB   unknown    local  stated
    port    2013  AB   other      local  stated
    music   2013  AB   KO         local  stated
    region  2021  AB   KO         local  stated
"""
NEEDS = {
    "care": FormNeeds(individual_decisions=True, matters_of_principle=False),
    "nav": FormNeeds(individual_decisions=True),
    "tax": FormNeeds(individual_decisions=True),
    "law": FormNeeds(individual_decisions=False),
    "fire": FormNeeds(individual_decisions=True),
    "port": FormNeeds(individual_decisions=True),
    "region": FormNeeds(individual_decisions=True),
}


def test_the_register_is_held_against_the_rules():
    checks = {each.arrangement: each for each in check(draw_register(REGISTER).at(2021), NEEDS)}

    assert {name: each.verdict.value for name, each in checks.items()} == {
        "care": "allowed",
        "nav": "excluded",  # a board under section 27
        "tax": "conditional",  # a company
        "law": "allowed",
        "fire": "unknown",  # the form is not told
        "port": "unknown",  # another form
        "music": "unknown",  # what it needs is not told
        "region": "excluded",
    }
    assert checks["nav"].act is Act.Y1992
    assert checks["region"].act is Act.Y2018
    assert checks["nav"].best.rules[0].key == "section_27_no_decisions"


def test_the_act_is_told_by_the_form_or_else_by_the_year():
    rows = draw_register("""
        one    2019  A  AS   local  stated
        two    2020  A  AS   local  stated
        three  2021  A  P27  local  stated
        four   2018  A  KO   local  stated
    """).arrangements

    assert [act_of(each) for each in rows] == [Act.Y1992, Act.Y2018, Act.Y1992, Act.Y2018]


def test_every_form_of_the_register_is_a_legal_form_or_none():
    none = {RegisteredForm.OTHER, RegisteredForm.UNKNOWN}

    assert {form for form in RegisteredForm if not forms_of(form)} == none
    assert {each for form in RegisteredForm for each in forms_of(form)} == set(LegalForm)


def test_the_shipped_register_judges_only_what_its_sources_tell(shipped):
    checks = check_forms(shipped, 2013)
    judged = [each for each in checks if each.verdict is not Verdict.UNKNOWN]

    assert len(checks) == 255
    assert {each.verdict for each in judged} == {Verdict.ALLOWED}
    assert len(judged) == 7
    assert set(shipped.register.needs) == {"IKT", "arkiv", "regionråd"}
    with_more = check_forms(shipped, 2013, needs={"NAV": FormNeeds(individual_decisions=True, source="ours")})
    assert [each.arrangement for each in with_more if each.verdict is Verdict.EXCLUDED] == ["N13_SOS_18"]


# Words


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_rule_form_and_provision_has_words(language):
    keys = {rule.key for rule in RULES} | set(MEANT_FOR.values()) | {"host_is_default", "need_unknown"}

    assert keys == RULE_KEYS
    for key in keys - {"need_unknown"}:
        assert rule_sentence(key, language).endswith(".")
    assert "{" not in rule_sentence("need_unknown", language, needs=("individual_decisions", "statutory"))
    for form in LegalForm:
        assert form_word(form, language)
    for provisions in PROVISIONS.values():
        for provision in provisions.values():
            assert (provision_words(provision, language) == provision) == (language == "en")


def test_no_rule_holds_twice_of_a_form_and_a_need():
    said = [(rule.form, rule.need, act) for rule in RULES for act in rule.acts]

    assert len(said) == len(set(said))


# The page


def test_the_page_lists_the_rules_as_they_are():
    text = (Path(__file__).parents[2] / "docs" / "concepts" / "legal-form.md").read_text(encoding="utf-8")
    bites = {
        ("individual_decisions", True): "individual decisions",
        ("matters_of_principle", True): "matters of principle",
        ("service_production", True): "production of services",
        ("own_legal_person", True): "own legal person asked for",
        ("own_legal_person", False): "own legal person refused",
        ("several_tasks_one_board", True): "several tasks under one board",
    }
    told = {}
    for line in text.partition("## The rules")[2].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and cells[0].startswith("`"):
            told[cells[0].strip("`")] = tuple(cells[1:5])
    meant = {}
    for key in dict.fromkeys(rule.key for rule in RULES):
        own = [rule for rule in RULES if rule.key == key]
        forms = ", ".join(f"`{rule.form}`" for rule in own)
        acts = {rule.acts for rule in own}
        assert len(acts) == 1
        meant[key] = (
            "every form" if len(own) == len(LegalForm) else forms,
            bites[own[0].need, own[0].value],
            own[0].verdict.value,
            "both" if len(own[0].acts) == 2 else own[0].acts[0].value,
        )
    assert told == meant
