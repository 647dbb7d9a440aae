"""Cooperation: the register in figures, how near each block is to long-term cooperation, and the legal forms."""

from __future__ import annotations

from dataclasses import replace

from tyngdepunkt.analysis import CooperationReview
from tyngdepunkt.analysis.cooperation import (
    MOST_IMPORTANT,
    Assessment,
    Inquiry,
    Item,
    RegisterMeasure,
    Standing,
    Verdict,
)
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Bullets, Grid, Heading, Paragraph, Part
from tyngdepunkt.report.pictures import picture_network
from tyngdepunkt.report.printable import begin, clean
from tyngdepunkt.report.tables.arrangements import list_forms
from tyngdepunkt.report.tables.assessments import list_standings, say_evidence
from tyngdepunkt.report.tables.cooperation import (
    closest_partners,
    compare_tasks,
    list_block_cooperation,
    list_kinds,
    list_municipal_cooperation,
    list_task_cooperation,
)
from tyngdepunkt.texts import cooperation

__all__ = ["write_cooperation"]

_MOST_BLOCKS = 8
"""Blocks up to which a table has a column for each."""
_MOST_MUNICIPALITIES = 60
"""Municipalities up to which the report has a row for each; the spreadsheet has them all."""
_TASKS = ("task", "municipalities", "printed", "difference", "incomplete", "verdict")
_GAPS_NAMED = 3
_FORMS_NAMED = 8


def write_cooperation(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on cooperation.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter; none where the study has no register.
    """
    say, review = briefing.wording.say, briefing.analysis.cooperation
    if review is None:
        return []
    return [
        Heading(say("Cooperation")),
        Paragraph(_basis(briefing, review), lead=say("Year and basis")),
        *_blocks(briefing, review),
        *_network(briefing, review),
        *_counts(briefing, review),
        *_assessments(briefing, review),
        *_forms(briefing, review),
    ]


def _basis(briefing: Briefing, review: CooperationReview) -> str:
    """Return which rows the picture has, of which years, and how they are known."""
    wording, measure = briefing.wording, review.measure
    years = [f"{wording.count(number)} ({year})" for year, number in measure.by_snapshot.items()]
    sentences = [
        wording.say(
            "The register has {rows} rows, each the state of an arrangement in one year. Rows of different years are"
            " never added together.",
            rows=wording.count(sum(review.rows.values())),
        ),
        wording.say(
            "The picture of {year} has each arrangement once, by its latest row: {arrangements} arrangements with"
            " {participations} participations, from rows of these years: {years}.",
            year=str(review.year),
            arrangements=wording.count(len(measure.picture)),
            participations=wording.count(measure.participations),
            years=wording.join(years),
        ),
    ]
    carried = len(measure.picture.carried)
    if carried:
        sentences.append(
            wording.say(
                "Of these, {carried} describe an earlier year and nothing came after them; whether they still held in"
                " {year} is not known.",
                carried=wording.count(carried),
                year=str(review.year),
            )
        )
    if review.is_kept:
        sentences.append(
            wording.say("It is the register as it was kept and changed since, not the tables that the study came with.")
        )
    incomplete = sum(not each.is_complete for each in measure.picture.arrangements)
    if incomplete:
        sentences.append(
            wording.say_many(
                "Of {count} arrangement not all participants are known.",
                "Of {count} arrangements not all participants are known.",
                incomplete,
            )
        )
    return " ".join(sentences)


def _blocks(briefing: Briefing, review: CooperationReview) -> list[Part]:
    """Return where the arrangements lie, seen from the blocks."""
    wording, placing = briefing.wording, review.measure.placing
    parts: list[Part] = [Heading(wording.say("Inside the blocks and across their borders"), level=2)]
    if placing is not None:
        parts.append(
            Paragraph(
                wording.say(
                    "{inside} arrangements lie within one block and {crossing} cross the border of one; of {unknown} it"
                    " is not known. Of what is known, {share} lie inside.",
                    inside=wording.count(placing.inside),
                    crossing=wording.count(placing.crossing),
                    unknown=wording.count(placing.unknown),
                    share=wording.share(placing.inside_share),
                )
            )
        )
    note = wording.say(
        "Inside: all participants are known and lie in the block. An arrangement across a border counts in each block"
        " that it touches. Criss-cross is the share of pairs of arrangements whose participants overlap though neither"
        " holds the other's; fixed partners give 0. Host concentration is 1 where one municipality hosts all."
    )
    table = list_block_cooperation(briefing).pick(
        "block",
        "total",
        "inside",
        "crossing",
        "unplaced",
        "inside_share",
        "partner_sets",
        "criss_cross",
        "top_host",
        "top_host_share",
        "concentration",
    )
    parts.append(Grid(replace(table, note=note), wide=True))
    kinds = list_kinds(briefing)
    if len(review.measure.blocks) > _MOST_BLOCKS:
        kinds = kinds.pick("kind", "block_0")
    parts.append(Grid(kinds, wide=True))
    return parts


def _network(briefing: Briefing, review: CooperationReview) -> list[Part]:
    """Return the picture of who cooperates with whom, and the table that says the same."""
    say = briefing.wording.say
    heading = Heading(say("Who cooperates with whom"), level=2)
    text = Paragraph(
        say(
            "The picture ties municipalities that share two local arrangements or more. Arrangements of a whole region"
            " or county are left out: they tie everybody to everybody. The spreadsheet has every pair."
        )
    )
    table = list_municipal_cooperation(briefing)
    keys = ["municipality", "block", "total", "inside_share", "crossing", "partner_sets", "hosted", "partners"]
    if not review.measure.blocks:
        keys = [key for key in keys if key not in {"block", "inside_share", "crossing"}]
    notes = [say("Closest partners: with whom most local arrangements are shared, and how many.")]
    if any(each.control is not None for each in review.measure.municipalities):
        keys.append("gap")
        notes.append(
            say(
                "Gap: another's count of {year} less the register's; below zero where the register has more.",
                year=str(review.year),
            )
        )
    picture = picture_network(briefing)
    parts: list[Part] = [text, *picture] if picture else []
    if len(table.rows) <= _MOST_MUNICIPALITIES and closest_partners(briefing):
        parts.append(Grid(replace(table.pick(*keys), note=" ".join(notes)), wide=True, breaks=True))
    return [heading, *parts] if parts else []


def _counts(briefing: Briefing, review: CooperationReview) -> list[Part]:
    """Return how the register stands against what others counted."""
    wording, measure = briefing.wording, review.counted
    if measure is None:
        lacking = briefing.say_lacking("arrangement_controls", "task_participation")
        return [Paragraph(lacking)] if lacking else []
    parts: list[Part] = [Heading(wording.say("Against the counts of others, {year}", year=str(measure.year)), level=2)]
    sentences = []
    if measure.counted_participations is not None:
        sentences.append(
            wording.say(
                "In {year} the register has {own} of the {counted} participations that another counted.",
                year=str(measure.year),
                own=wording.count(measure.participations),
                counted=wording.count(measure.counted_participations),
            )
        )
        sentences.append(_largest_gaps(briefing, measure))
    counted, told, agree = compare_tasks(measure)
    if counted:
        sentences.append(
            wording.say(
                "Of {counted} tasks counted, the register tells {told} from others, and {agree} of these agree exactly."
                " The table has the rest. Where not all participants are known the true number may be higher.",
                counted=wording.count(counted),
                told=wording.count(told),
                agree=wording.count(agree),
            )
        )
    parts.append(Paragraph(" ".join(each for each in sentences if each)))
    if not counted:
        return parts
    table = list_task_cooperation(briefing)
    place = {column.key: number for number, column in enumerate(table.columns)}
    rows = [row for row in table.rows if row[place["printed"]] is not None and row[place["difference"]] != 0]
    if rows:
        title = wording.say("Tasks in which the register and the printed count differ, {year}", year=str(measure.year))
        shown = replace(table, title=title).with_rows(rows)
        parts.append(Grid(shown.pick(*_TASKS), wide=True, breaks=True))
    return parts


def _largest_gaps(briefing: Briefing, measure: RegisterMeasure) -> str:
    """Return which municipalities the register lacks most of."""
    wording = briefing.wording
    gaps = sorted(
        ((each.gap, each.municipality) for each in measure.municipalities if each.gap), key=lambda g: (-g[0], g[1])
    )
    if not gaps:
        return ""
    named = [f"{briefing.name(i)} ({wording.change(gap)})" for gap, i in gaps[:_GAPS_NAMED]]
    return wording.say("The largest gaps are those of {named}; all are in the spreadsheet.", named=wording.join(named))


def _assessments(briefing: Briefing, review: CooperationReview) -> list[Part]:
    """Return how near each block is to long-term strategic cooperation."""
    say, assessments = briefing.wording.say, review.assessments
    if not assessments:
        return []
    parts: list[Part] = [
        Heading(say("How near to long-term strategic cooperation"), level=2),
        Paragraph(
            say(
                "Long-term strategic cooperation has seven items; the first two matter most. What the register cannot"
                " tell is unknown until the cooperation itself has answered, and no threshold without a source judges"
                " what it does tell."
            )
        ),
    ]
    if len(assessments) <= _MOST_BLOCKS:
        parts.append(Grid(list_standings(briefing), wide=True))
    steps = {each.step for each in assessments}
    if len(steps) == 1:
        step = cooperation.step_word(min(steps), briefing.language)
        parts.append(Paragraph(say("Every block stands at the same step: {step}.", step=step)))
    parts += [
        Paragraph(_say_step(briefing, each, told=len(steps) == 1), lead=briefing.name(each.group.name))
        for each in assessments
    ]
    if any(item.standing is Standing.UNKNOWN for each in assessments for item in each.items):
        text = say(
            "The spreadsheet has all seven items of each block, with what is known and what is missing. What the"
            " register cannot tell, the cooperation itself settles by answering these questions:"
        )
        asked = tuple(cooperation.inquiry_words(inquiry, briefing.language) for inquiry in Inquiry)
        parts += [Paragraph(text), Bullets(asked)]
    return parts


def _say_step(briefing: Briefing, each: Assessment, *, told: bool) -> str:
    """Return how far a block has come unless told, what the next step takes, and the first that is known of that."""
    wording, language = briefing.wording, briefing.language
    sentences = [] if told else [begin(cooperation.step_word(each.step, language)) + "."]
    if each.next_step:
        items = [cooperation.item_word(item, language) for item in each.next_step]
        sentences.append(wording.say("To come one step further: {items}.", items=wording.join(items)))
    for item in each.next_step:
        found = each.of(item)
        known = found.evidence[:1]
        if item is Item.SHARED_IKT:
            known += found.missing[:1]  # who is outside it
        if item in MOST_IMPORTANT and (said := say_evidence(briefing, known)):
            sentences.append(said)
    return " ".join(sentences)


def _forms(briefing: Briefing, review: CooperationReview) -> list[Part]:
    """Return which arrangements have a form that cannot carry their task, and the forms with their provisions."""
    wording = briefing.wording
    judged = [check for check in review.forms if check.verdict is not Verdict.UNKNOWN]
    falls = [check for check in judged if check.verdict is Verdict.EXCLUDED]
    conditional = [check for check in judged if check.verdict is Verdict.CONDITIONAL]
    untold = sum(check.needs is None for check in review.forms)
    names = {each.id: each.name for each in review.measure.picture.arrangements}
    parts: list[Part] = [Heading(wording.say("Legal form"), level=2)]
    if lacking := briefing.say_lacking("task_needs"):
        parts.append(Paragraph(lacking))
    else:
        sentences = [
            wording.say(
                "Whether a form can carry its task is known for {judged} of {all} arrangements.",
                judged=wording.count(len(judged)),
                all=wording.count(len(review.forms)),
            ),
            wording.say_many(
                "{count} of these has a form that cannot.", "{count} of these have a form that cannot.", len(falls)
            )
            if falls
            else wording.say("None of these has a form that cannot."),
        ]
        if conditional:
            sentences.append(
                wording.say_many(
                    "{count} has a form that can on a condition.",
                    "{count} have a form that can on a condition.",
                    len(conditional),
                )
            )
        sentences.append(
            wording.say(
                "For {untold} no source of the study tells what the task needs; for the others the form is not told.",
                untold=wording.count(untold),
            )
        )
        parts.append(Paragraph(" ".join(sentences)))
    named = tuple(
        f"{clean(names[check.arrangement])} ({cooperation.registered_form_word(check.form, briefing.language)}): "
        + " ".join(cooperation.rule_sentence(rule.key, briefing.language) for rule in check.best.rules)
        for check in (*falls, *conditional)[:_FORMS_NAMED]
        if check.best is not None
    )
    if named:
        parts.append(Bullets(named))
    note = cooperation.rule_sentence("no_form_for_several", briefing.language)
    table = list_forms(briefing).pick("form", "provision", "limits")
    parts.append(Grid(replace(table, note=note), wide=True, breaks=True))
    return parts
