"""Where the figures come from, and with what program the answer can be had again."""

from __future__ import annotations

from collections.abc import Iterator

from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.chapters.data import list_used
from tyngdepunkt.report.document import Bullets, Heading, Paragraph, Part
from tyngdepunkt.report.printable import begin, clean

__all__ = ["write_sources"]


def write_sources(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on sources.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter.
    """
    wording, analysis = briefing.wording, briefing.analysis
    say, study = wording.say, analysis.study
    plans: tuple[str, ...] = tuple(
        f"{begin(briefing.plan_name(plan.name))}: {briefing.given(plan.source)}"
        for plan in study.reference_plans
        if plan.source
    )
    of_others: list[Part] = [Heading(say("The plans of others"), level=2), Bullets(plans)] if plans else []
    as_of = wording.date(study.date) if study.date else say("an unstated date")
    return [
        Heading(say("Sources")),
        Bullets(tuple(dict.fromkeys(_cited(briefing)))),
        *of_others,
        Heading(say("To have the same answer again"), level=2),
        Paragraph(
            say(
                "Study “{study}” as of {date}, tyngdepunkt version {version}, seed {seed}. The spreadsheet that goes"
                " with this report has the checksums of the tables that were read, and every figure behind the pages.",
                study=clean(study.name),
                date=as_of,
                version=analysis.version,
                seed=str(study.settings.seed),
            )
        ),
    ]


def _cited(briefing: Briefing) -> Iterator[str]:
    """Give the sources of the tables that this report rests on."""
    for table in list_used(briefing):
        resource = briefing.analysis.study.resources.get(table)
        if resource is not None:
            yield from (begin(briefing.given(source)) for source in resource.sources)
