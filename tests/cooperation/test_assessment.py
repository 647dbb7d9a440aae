"""The seven items, each with what the register tells and what it does not."""

from __future__ import annotations

import pytest

from tests.registers import draw_register
from tyngdepunkt.analysis.cooperation import Answer, Inquiry, Item, Standing, Step, Thresholds, assess_cooperation
from tyngdepunkt.cooperation import ITEM_OF, assess_group
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.texts.cooperation import inquiry_words, item_word, standing_word, step_word
from tyngdepunkt.texts.reasons import CRITERIA

FIRM = """
    IKT      2013  A*B  VK28b  local  stated
    care     2013  AB*  VK28b  local  stated
    plan     2013  AB   KO     local  stated
"""
LOOSE = """
    IKT      2013  A*C  VK28b      local  stated
    care     2013  AB   AS         local  stated
    waste    2013  ABC  IKS        local  stated
    law      2013  AB   agreement  local  stated
"""


def assess(picture, members="AB", **more):
    return assess_group(draw_register(picture).at(2013), members, **more)


def standings(assessment):
    return {each.item: each.standing for each in assessment.items}


def said(item):
    return {each.reason.criterion: each.reason for each in (*item.evidence, *item.missing)}


def test_there_are_seven_items_and_the_two_most_important_come_first():
    items = [each.item for each in assess(FIRM).items]

    assert len(items) == 7
    assert items[:2] == [Item.FIXED_PARTNERS, Item.SHARED_IKT]


def test_a_firm_cooperation_lacks_only_what_the_register_cannot_tell():
    found = assess(FIRM)

    assert standings(found) == {
        Item.FIXED_PARTNERS: Standing.MET,
        Item.SHARED_IKT: Standing.MET,
        Item.SHARED_GOALS: Standing.UNKNOWN,
        Item.JOINT_STEERING: Standing.UNKNOWN,
        Item.SHARED_ROLES: Standing.MET,
        Item.PREDICTABLE_CHANGE: Standing.UNKNOWN,
        Item.ACT_AS_BASIS: Standing.MET,
    }
    assert found.step is Step.CORE
    assert found.next_step == (Item.SHARED_GOALS, Item.JOINT_STEERING, Item.PREDICTABLE_CHANGE)


def test_answers_settle_what_the_register_cannot_tell_and_are_marked():
    answers = [Answer(each, Standing.MET, "ja") for each in (Inquiry.PLAN, Inquiry.STEERING, Inquiry.READINESS)]
    found = assess(FIRM, answers=answers)

    assert found.step is Step.LONG_TERM
    assert found.next_step == ()
    assert found.of(Item.SHARED_GOALS).basis == "stated"
    assert found.of(Item.SHARED_IKT).basis == "register"


def test_an_answer_does_not_hide_what_the_register_says():
    found = assess(LOOSE, answers=[Answer(Inquiry.DIGITAL, Standing.MET)]).of(Item.SHARED_IKT)

    assert found.standing is Standing.NOT_MET
    assert found.basis == "register"
    assert found.contradicted


def test_words_alone_judge_nothing_and_the_last_answer_counts():
    found = assess(FIRM, answers=[Answer(Inquiry.PLAN, Standing.MET), Answer(Inquiry.PLAN, None, "we talk")])

    assert found.of(Item.SHARED_GOALS).standing is Standing.UNKNOWN
    assert found.of(Item.SHARED_GOALS).answer.text == "we talk"


def test_the_dialogue_with_the_state_is_kept_and_is_evidence_for_no_item():
    found = assess(FIRM, answers=[Answer(Inquiry.DIALOGUE, None, "more tasks")])

    assert found.answers[0].text == "more tasks"
    assert all(each.answer is None for each in found.items)
    assert set(ITEM_OF) == set(Inquiry) - {Inquiry.DIALOGUE}


def test_partners_that_change_are_shown_and_judged_only_by_the_readers_threshold():
    # AB: care and law of four arrangements; IKT leaves B out and has C, waste has C too
    plain = assess(LOOSE).of(Item.FIXED_PARTNERS)
    told = said(plain)

    assert plain.standing is Standing.NOT_JUDGED
    assert told["lss_exact_partners"].value == 0.5
    assert told["lss_partner_sets"].value == 3
    assert told["lss_others_too"].municipalities == ("C",)
    assert assess(LOOSE, thresholds=Thresholds(fixed_share=0.5)).of(Item.FIXED_PARTNERS).standing is Standing.MET
    assert assess(LOOSE, thresholds=Thresholds(fixed_share=0.51)).of(Item.FIXED_PARTNERS).standing is Standing.NOT_MET


def test_who_is_left_out_is_named_the_most_often_first():
    found = assess("fire 2013 AB AS local stated\nlaw 2013 BC AS local stated\nnav 2013 B AS local stated", "ABC")

    assert said(found.of(Item.FIXED_PARTNERS))["lss_only_some"].municipalities == ("A", "C")
    assert found.of(Item.FIXED_PARTNERS).standing is Standing.NOT_MET


def test_shared_ikt_names_those_outside_it():
    partly = assess("IKT 2013 A*B VK28b local stated\nlaw 2013 ABC AS local stated", "ABC").of(Item.SHARED_IKT)

    assert partly.standing is Standing.PARTLY
    assert said(partly)["lss_ikt_outside"].municipalities == ("C",)
    assert (
        assess("IKT 2013 A*B VK28b local partial\nlaw 2013 ABC AS local stated", "ABC").of(Item.SHARED_IKT).standing
        is Standing.UNKNOWN
    )


def test_a_register_without_ikt_may_call_it_something_else():
    picture = "it 2013 A*B VK28b local stated\nlaw 2013 AB AS local stated"
    unknown, told = assess(picture), assess(picture, thresholds=Thresholds(ikt_tasks=frozenset({"IT"})))

    assert unknown.of(Item.SHARED_IKT).standing is Standing.UNKNOWN
    assert "lss_no_ikt" in said(unknown.of(Item.SHARED_IKT))
    assert told.of(Item.SHARED_IKT).standing is Standing.MET


def test_host_roles_are_shared_where_each_hosts_something_that_they_share():
    one = assess("fire 2013 A*B VK28b local stated").of(Item.SHARED_ROLES)
    vague = assess("fire 2013 A*B VK28b local stated\nlaw 2013 AB AS local stated").of(Item.SHARED_ROLES)

    assert one.standing is Standing.NOT_MET
    assert said(one)["lss_hosts_nothing"].municipalities == ("B",)
    assert vague.standing is Standing.UNKNOWN  # the host of law is not told
    assert assess(FIRM, thresholds=Thresholds(top_host_share=0.4)).of(Item.SHARED_ROLES).standing is Standing.UNKNOWN


def test_the_act_is_the_main_basis_where_more_than_half_stand_in_it_whatever_the_unknown_forms_are():
    shares = {
        "a 2013 AB KO local stated\nb 2013 AB KO local stated\nc 2013 AB unknown local stated": Standing.MET,
        "a 2013 AB KO local stated\nb 2013 AB unknown local stated": Standing.UNKNOWN,
        "a 2013 AB KO local stated\nb 2013 AB AS local stated": Standing.NOT_MET,
        "a 2013 AB AS local stated\nb 2013 AB IKS local stated\nc 2013 AB unknown local stated": Standing.NOT_MET,
    }

    for picture, standing in shares.items():
        assert assess(picture).of(Item.ACT_AS_BASIS).standing is standing, picture


def test_how_many_more_forms_of_the_act_it_takes_is_told():
    found = assess("a 2013 AB KO local stated\nb 2013 AB AS local stated\nc 2013 AB AS local stated")

    assert said(found.of(Item.ACT_AS_BASIS))["lss_move_into_the_act"].value == 1  # two of three are more than half


def test_a_group_that_shares_nothing_is_not_judged_by_what_is_not_there():
    found = assess("fire 2013 AC AS local stated")

    assert standings(found)[Item.SHARED_ROLES] is Standing.UNKNOWN
    assert standings(found)[Item.ACT_AS_BASIS] is Standing.UNKNOWN
    assert found.step is Step.PRAGMATIC


def test_one_alone_is_refused_and_so_is_a_share_that_is_none():
    with pytest.raises(QuestionError, match="two municipalities"):
        assess(FIRM, "A")
    with pytest.raises(QuestionError, match="0 to 1"):
        Thresholds(fixed_share=40)


def test_sore_sunnmore_has_shared_ikt_and_partners_that_change(shipped):
    group = ["Herøy", "Ulstein", "Hareid", "Sande", "Vanylven", "Volda", "Ørsta"]
    found = assess_cooperation(shipped, group, year=2018)

    assert found.of(Item.SHARED_IKT).standing is Standing.MET
    assert found.of(Item.SHARED_IKT).evidence[0].arrangements == ("S18_25",)
    assert found.of(Item.FIXED_PARTNERS).standing is Standing.NOT_JUDGED
    assert found.next_step == (Item.FIXED_PARTNERS,)


def test_every_piece_of_evidence_has_a_sentence_and_every_word_its_languages():
    register = draw_register()
    for members in ("AB", "ABC", "DE", "ABCDE"):
        for item in assess_group(register.at(2013), members).items:
            assert {each.reason.criterion for each in (*item.evidence, *item.missing)} <= set(CRITERIA)
    for language in ("nb", "nn", "en"):
        assert all(item_word(each, language) for each in Item)
        assert all(standing_word(each, language) for each in Standing)
        assert all(step_word(each, language) for each in Step)
        assert all(inquiry_words(each, language).endswith("?") for each in Inquiry)
