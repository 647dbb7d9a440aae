"""Arrangements and their legal forms as tables: each with whether its form can carry its task."""

from __future__ import annotations

from tyngdepunkt.analysis.cooperation import (
    MEANT_FOR,
    PROVISIONS,
    RULES,
    FormCheck,
    Verdict,
)
from tyngdepunkt.model import Act, Arrangement, LegalForm, RegisteredForm
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.printable import begin, clean
from tyngdepunkt.report.table import Cell, Table
from tyngdepunkt.report.tables.columns import Origin, from_analysis, from_column
from tyngdepunkt.texts import cooperation
from tyngdepunkt.texts.wording import later

__all__ = ["list_arrangements", "list_forms"]

_BASES = {
    "stated": later("stated"),
    "derived": later("derived"),
    "list": later("from a list of another year"),
    "partial": later("some are named"),
    "uncertain": later("uncertain"),
    "unknown": later("unknown"),
}


_VERDICTS = {
    Verdict.ALLOWED: later("can carry it"),
    Verdict.CONDITIONAL: later("can carry it on a condition"),
    Verdict.EXCLUDED: later("cannot carry it"),
    Verdict.UNKNOWN: later("unknown"),
}


def list_forms(briefing: Briefing) -> Table:
    """
    List the legal forms with their provisions and what they cannot carry.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row a form.
    """
    say, language = briefing.wording.say, briefing.language
    law = Origin(briefing.wording, say("the act named; the ministry's overview of forms of cooperation"))
    columns = (
        law.text("form", later("Form"), later("The legal form.")),
        law.text("provision", later("Provision from 2020 on"), later("Where the form stands today.")),
        law.text("before", later("Provision before"), later("Where the form stood until 2019.")),
        law.text("meant", later("What it is for"), later("What the form is meant for.")),
        law.text("limits", later("Where it falls or takes a condition"), later("Its rules."), empty="–"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            begin(cooperation.form_word(form, language)),
            begin(cooperation.provision_words(PROVISIONS[Act.Y2018][form], language)),
            begin(cooperation.provision_words(PROVISIONS[Act.Y1992][form], language)),
            cooperation.rule_sentence(MEANT_FOR[form], language),
            " ".join(
                dict.fromkeys(
                    cooperation.rule_sentence(rule.key, language)
                    for rule in RULES
                    if rule.form is form and Act.Y2018 in rule.acts and rule.key != _FOR_EVERY_FORM
                )
            )
            or None,
        )
        for form in LegalForm
    )
    return Table("forms", say("Legal forms of cooperation and where they stand"), columns, rows)


_FOR_EVERY_FORM = "no_form_for_several"
"""A rule that is the same for every form is told once, in the text."""


def list_arrangements(briefing: Briefing) -> Table:
    """
    List the arrangements of the picture, each with whether its form can carry its task.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    One row an arrangement, in the order of the register.
    """
    say, review = briefing.wording.say, briefing.analysis.cooperation
    told, people = from_column(briefing, "arrangements.source"), from_column(briefing, "participants.source")
    law = from_analysis(briefing, "arrangements", "task_needs")
    columns = (
        told.ident("id", later("Arrangement"), later("Id of the row of the register.")),
        told.text("name", later("Name"), later("What it is called.")),
        told.text("task", later("Service area"), later("What it is about.")),
        told.ident("snapshot", later("Describes"), later("The year that the row describes.")),
        told.text(
            "carried",
            later("Carried over"),
            later("Whether the row describes an earlier year and nothing came after: it may have ended or changed."),
        ),
        people.text("participants", later("Municipalities"), later("Those known to take part."), empty="–"),
        people.text("basis", later("They are"), later("How it is known who takes part.")),
        told.text("outside", later("Others"), later("Who takes part that is not of the study."), empty="–"),
        told.text("level", later("Level"), later("How wide it reaches.")),
        told.text("form", later("Form"), later("The legal form.")),
        told.text("host", later("Host"), later("The municipality that hosts it."), empty=say("unknown")),
        law.text("verdict", later("The form"), later("Whether the form can carry the task.")),
        law.text("why", later("Why"), later("The rules that bite, or what is not known."), empty="–"),
        told.text("source", later("Source"), later("Where the row was read."), empty=""),
    )
    if review is None:
        return Table("arrangements", say("The arrangements of the picture"), columns, ())
    picture = review.measure.picture
    checks = {check.arrangement: check for check in review.forms}
    rows = tuple(
        _arrangement_row(briefing, each, checks[each.id], carried=each.id in picture.carried)
        for each in picture.arrangements
    )
    title = say("The arrangements of the picture of {year}", year=str(review.year))
    return Table("arrangements", title, columns, rows)


def _arrangement_row(briefing: Briefing, each: Arrangement, check: FormCheck, *, carried: bool) -> tuple[Cell, ...]:
    """Return an arrangement as a row."""
    say, language = briefing.wording.say, briefing.language
    return (
        each.id,
        clean(each.name),
        clean(each.task),
        str(each.snapshot),
        say("yes") if carried else say("no"),
        ", ".join(briefing.name(i) for i in sorted(each.members)) or None,
        say(_BASES[each.basis]),
        clean(each.outside_text) or None,
        cooperation.level_word(each.level, language),
        cooperation.registered_form_word(each.form, language),
        briefing.name(each.host) if each.host else None,
        say(_VERDICTS[check.verdict]),
        _why(briefing, check),
        clean(each.source),
    )


def _why(briefing: Briefing, check: FormCheck) -> str | None:
    """Return why a form can carry its task or cannot; None where nothing needs saying."""
    say, language = briefing.wording.say, briefing.language
    if check.needs is None:
        return say("No source of the study tells what the task needs.")
    if check.best is None:
        if check.form is RegisteredForm.UNKNOWN:
            return say("The form is not told.")
        return say("The form is none of the Local Government Act's.")
    said = [cooperation.rule_sentence(rule.key, language) for rule in check.best.rules]
    if check.best.missing:
        said.append(cooperation.rule_sentence("need_unknown", language, needs=check.best.missing))
    return " ".join(dict.fromkeys(said)) or None
