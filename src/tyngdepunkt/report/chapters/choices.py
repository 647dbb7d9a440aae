"""What was chosen before the answer was sought, and what the answer does not say."""

from __future__ import annotations

from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Bullets, Grid, Heading, Paragraph, Part
from tyngdepunkt.report.tables.provenance import list_settings

__all__ = ["write_choices"]


def write_choices(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on choices and on what is left out.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter.
    """
    say = briefing.wording.say
    return [
        Heading(say("Choices, and what they leave open")),
        Paragraph(
            say(
                "The answer follows from the figures and from these choices. Another reader may choose otherwise, and"
                " will then get another answer with the same proof."
            )
        ),
        Grid(list_settings(briefing), breaks=True),
        Heading(say("What this report does not say"), level=2),
        Bullets(
            (
                say(
                    "It compels nobody. It shows which municipalities belong together by commuting, travel and size;"
                    " councils decide."
                ),
                say(
                    "It keeps the positions that stand in the study, and knows no others; nor does it know referendums,"
                    " identity, language or the money that a merger brings or costs."
                )
                if briefing.question.positions
                else say(
                    "It does not know the positions that councils have recorded, nor referendums, identity, language"
                    " or the money that a merger brings or costs."
                ),
                say(
                    "It does not measure grants, taxes or democracy for each municipality, and of services only what"
                    " the study has figures for. A gain for every participant is not certified here."
                )
                if briefing.analysis.services
                else say(
                    "It does not measure services, jobs, grants or democracy for each municipality. A gain for every"
                    " participant is not certified here."
                ),
                say("Of parts of municipalities it knows those that have a row of their own in the study.")
                if briefing.territory.parts
                else say("It divides no municipality: villages that might go elsewhere follow their municipality."),
            )
        ),
    ]
