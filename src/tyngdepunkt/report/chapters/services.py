"""Services: staff today and pooled, printed sums that are wrong, how large services are, and who could host what."""

from __future__ import annotations

from dataclasses import replace

from tyngdepunkt.analysis import ServicesReview
from tyngdepunkt.analysis.services import Finding, HostModel
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Bullets, Grid, Heading, Paragraph, Part
from tyngdepunkt.report.printable import clean
from tyngdepunkt.report.table import Table
from tyngdepunkt.report.tables.capacity import INHABITANTS, list_capacity, list_sizes, name_finding, unit_of
from tyngdepunkt.report.tables.hosting import list_hosting, list_hosts, list_jobs
from tyngdepunkt.report.tables.structures import list_structures

__all__ = ["write_services"]

_MOST_ROWS = 40
"""Rows of a table up to which the report has it; the spreadsheet has them all."""
_MOST_NORMS = 4


def write_services(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on services.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter; none where the study has neither staffing nor a register.
    """
    say, review = briefing.wording.say, briefing.analysis.services
    if review is None:
        return []
    parts = [
        Heading(say("Services")),
        *_capacity(briefing, review),
        *_findings(briefing, review),
        *_structures(briefing, review),
        *_hosting(briefing, review),
    ]
    return [
        *parts,
        Heading(say("How the gain could be shared"), level=2),
        Paragraph(
            say(
                "What working together is worth, and how the gain can be shared so that nobody is worse off, takes"
                " figures on cost that only the municipalities have; none are made up here. With these figures,"
                " tyngdepunkt share computes it."
            )
        ),
    ]


def _capacity(briefing: Briefing, review: ServicesReview) -> list[Part]:
    """Return what services have of staff, today and pooled, against norms."""
    wording = briefing.wording
    say = wording.say
    heading = Heading(say("Staff, today and pooled"), level=2)
    if review.capacity is None:
        return [heading, Paragraph(briefing.say_lacking("staffing"))]
    sentences = [
        say(
            "Pooled is the staff of all services that serve members of the block only, added up: what a joint service"
            " or a region municipality starts with. Where a service crosses the border or a member has no figure, the"
            " sum is a least number."
        ),
        say(
            "Figures of unlike measures are never compared as one. A grade is given only where a norm with a source"
            " decides it; of a wider measure than the norm's it follows only that there is too little, of a narrower"
            " one only that there is enough."
        ),
    ]
    parts: list[Part] = [heading, Paragraph(" ".join(sentences))]
    if lacking := briefing.say_lacking("capacity_norms"):
        parts.append(Paragraph(lacking))
    table = list_capacity(briefing)
    normed = _having(table, "norm")
    shown = normed if normed.rows else table
    if shown.rows and len(shown.rows) <= _MOST_ROWS:
        title = say("Staff of services for which there is a norm, today and pooled") if normed.rows else table.title
        left = len(table.rows) - len(shown.rows)
        notes = [_norms(briefing, review)]
        if left:
            notes.append(
                wording.say_many(
                    "{count} row of services without a norm is in the spreadsheet.",
                    "{count} rows of services without a norm are in the spreadsheet.",
                    left,
                )
            )
        keys = ("block", "service", "counted", "services", "least", "most", "written", "grade")
        note = " ".join(each for each in notes if each)
        parts.append(Grid(replace(shown.pick(*keys), title=title, note=note), wide=True, breaks=True))
    sizes = list_sizes(briefing)
    if sizes.rows and len(sizes.columns) - 3 <= _MOST_NORMS:
        sources = dict.fromkeys(part for column in sizes.columns[3:] for part in column.source.split("; "))
        note = say("Norms: {sources}.", sources="; ".join(sources))
        shown = sizes.pick(*(column.key for column in sizes.columns[1:]))
        parts.append(Grid(replace(shown, note=note), wide=True))
    return parts


def _norms(briefing: Briefing, review: ServicesReview) -> str:
    """Return who set the norms for staff that judge something in a block, service by service."""
    used: dict[str, dict[str, None]] = {}
    for block in () if review.capacity is None else review.capacity.blocks:
        for judgement in block.judgements:
            if judgement.norm.measure != INHABITANTS:
                told = briefing.given(judgement.norm.source).split("; ")
                used.setdefault(block.service, {}).update(dict.fromkeys(told))
    named = [f"{clean(service)} ({'; '.join(sources)})" for service, sources in used.items()]
    return briefing.wording.say("Norms: {sources}.", sources=", ".join(named)) if named else ""


def _having(table: Table, key: str) -> Table:
    """Return the rows of a table that have a value in a column."""
    place = next(number for number, column in enumerate(table.columns) if column.key == key)
    return table.with_rows([row for row in table.rows if row[place] is not None])


def _findings(briefing: Briefing, review: ServicesReview) -> list[Part]:
    """Return the printed sums that their own rows do not give."""
    wording = briefing.wording
    if review.capacity is None:
        return []
    heading = Heading(wording.say("Printed sums that do not come out"), level=2)
    if lacking := briefing.say_lacking("control_figures"):
        return [heading, Paragraph(lacking)]
    wrong = [finding for finding in review.capacity.findings if not finding.agrees]
    right = len(review.capacity.findings) - len(wrong)
    agree = wording.say_many(
        "{count} printed sum agrees with its rows.", "{count} printed sums agree with their rows.", right
    )
    if not wrong:
        return [heading, Paragraph(agree)]
    return [heading, Bullets(tuple(_say_finding(briefing, each) for each in wrong)), Paragraph(agree)]


def _say_finding(briefing: Briefing, each: Finding) -> str:
    """Say how a printed sum and its rows differ."""
    wording = briefing.wording
    return wording.say(
        "{source} prints {printed} {unit} for {whom}; its own rows give {computed}.",
        source=clean(each.source),
        printed=wording.decimal(each.printed),
        whom=name_finding(briefing, each.municipality),
        computed=wording.decimal(each.computed),
        unit=unit_of(briefing, each.unit),
    )


def _structures(briefing: Briefing, review: ServicesReview) -> list[Part]:
    """Return the sizes of services against the sizes of municipalities."""
    say = briefing.wording.say
    heading = Heading(say("How large services are against municipalities"), level=2)
    if not review.structures:
        return [heading, Paragraph(briefing.say_lacking("arrangements", "participants"))]
    text = say(
        "A municipality that no arrangement names has the service alone. Arrangements that have a municipality in"
        " common count as one service, since the register does not say which agreement is the service itself. An"
        " arrangement whose row is of an earlier year may have ended or changed since."
    )
    table = list_structures(briefing)
    if not any(each.printed for each in review.structures):
        return [heading, Paragraph(text), Paragraph(briefing.say_lacking("control_figures"))]
    keys = ["service"]
    for key in ("services", "alone", "cooperating_share", "median"):
        keys += [key, f"{key}_printed"]
    return [heading, Paragraph(text), Grid(table.pick(*keys, "why"), wide=True, breaks=True)]


def _hosting(briefing: Briefing, review: ServicesReview) -> list[Part]:
    """Return who could host what in each block, by both models."""
    say = briefing.wording.say
    heading = Heading(say("Who could host what"), level=2)
    if lacking := briefing.say_lacking("staffing", "travel_times"):
        return [heading, Paragraph(lacking)]
    if not review.hosting:
        return []
    text = say(
        "Taken for given: each service lies whole at one of those who take part, all staff of today is kept, nobody"
        " loses any in net over all services, no service is bound to a place, and only services that two members or"
        " more have staff for are placed. Type A gathers host roles, type B spreads them; then the ways are least."
        " Each answer was checked again without the solver."
    )
    parts: list[Part] = [heading, Paragraph(text), Grid(list_hosting(briefing).pick(*_HOSTING), wide=True)]
    solved = [each for each in review.hosting if any(plan.hosts for plan in each.plans.values())]
    for each in solved:
        name = briefing.name(each.block)
        hosts, jobs = list_hosts(briefing, each), list_jobs(briefing, each)
        central, balanced = each.plans[HostModel.CENTRAL], each.plans[HostModel.BALANCED]
        absent = [i for i in each.members if i not in each.taking_part]
        if absent:
            parts.append(
                Paragraph(
                    say(
                        "In the block of {block} no figures of their own are known for {names}; they are left out of"
                        " the placing, not counted as zero.",
                        block=name,
                        names=briefing.name_all(absent),
                    )
                )
            )
        if dict(central.hosts) == dict(balanced.hosts):
            parts.append(Paragraph(say("In the block of {block} both types give the same hosts.", block=name)))
        title = say("A host for each service in the block of {block}", block=name)
        parts.append(Grid(replace(hosts.pick(*_HOSTS), title=title), wide=True))
        title = say("Jobs before and after in the block of {block}", block=name)
        parts.append(Grid(replace(jobs.pick("municipality", "before", "central", "balanced"), title=title)))
    return parts


_HOSTING = ("block", "tasks", "measure", "taking_part", "central", "balanced")
_HOSTS = ("service", "staff", "central", "central_minutes", "balanced", "balanced_minutes")
