"""How the answer was found, how good it is known to be, and what was verified."""

from __future__ import annotations

from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Bullets, Formula, Grid, Heading, Paragraph, Part
from tyngdepunkt.report.tables.provenance import checks_of, list_certificates

__all__ = ["write_method"]


def write_method(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on method and proof.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter.
    """
    say, analysis = briefing.wording.say, briefing.analysis
    checks = dict.fromkeys(
        (*checks_of(analysis.blocks.plan, briefing.language), *checks_of(analysis.gravity.plan, briefing.language))
    )
    parts: list[Part] = [
        Heading(say("Method and proof")),
        Paragraph(
            say(
                "A plan picks a number of centres and gives each municipality one of them, such that each block hangs"
                " together in the network of neighbours with a transport link. Of all such plans that keep the"
                " conditions the best is sought."
            )
        ),
        *_formula(briefing),
        Paragraph(
            say(
                "The problem is solved as an integer programme. Sets of municipalities that part a member from its"
                " centre give rows that are added until every block is connected. The least population is held by"
                " cores: the smallest connected sets around a centre that reach it. The solver gives a bound with the"
                " plan; where the two meet, the plan is proven best."
            )
        ),
        Paragraph(
            say(
                "No answer rests on the solver's word alone. Each is checked again from the tables, without the"
                " solver, and held against a search by chance; a plan that the search beats would be an error and no"
                " result."
            )
        ),
        Grid(list_certificates(briefing), wide=True),
    ]
    if checks:
        parts += [Heading(say("What was verified"), level=2), Bullets(tuple(checks))]
    return parts


def _formula(briefing: Briefing) -> list[Part]:
    """Return the objective as a formula, with its symbols."""
    say = briefing.wording.say
    terms = briefing.question.objective.terms
    name = "mixed" if terms == ("ties", "access") else terms[0] if len(terms) == 1 else "several"
    alts = {
        "ties": say(
            "Most of the sum, over every municipality i that is not its own centre c of i, of the commuters from i to"
            " c of i plus the commuters from c of i to i."
        ),
        "access": say(
            "Least of the sum, over every municipality i, of its inhabitants times its minutes to its centre c of i."
        ),
        "cohesion": say(
            "Most of the sum, over every two municipalities i and j in one block, of the commuters from i to j plus the"
            " commuters from j to i."
        ),
        "borders": say(
            "Least of the sum, over every state agency and every block, of the number of the agency's areas that the"
            " block touches, less 1."
        ),
        "several": say(
            "Most of the weighted sum of the terms, of which ties and commuting within the blocks are added and travel"
            " to the centre and agency borders across blocks taken off."
        ),
        "mixed": say(
            "Most of the weight of ties times the commuters to and from the centres, less the weight of travel times"
            " the person-minutes to the centres."
        ),
    }
    symbols = {
        "ties": say(
            "c(i) is the centre of municipality i, and F[i, j] is the number of persons who live in i and work in j."
        ),
        "access": say(
            "c(i) is the centre of municipality i, p[i] its inhabitants and t[i, j] the minutes from i to j."
        ),
        "cohesion": say(
            "B is a block, and F[i, j] is the number of persons who live in i and work in j. Any member may be called"
            " the centre; the most populous is."
        ),
        "borders": say(
            "d is a state agency, B a block, and a(d, B) the number of the agency's areas that the block touches;"
            " municipalities of unknown area count for nothing. Any member may be called the centre; the most populous"
            " is."
        ),
        "several": say(
            "T are the commuters to and from the centres, A the person-minutes to them, C the commuters who stay within"
            " a block, D the agency borders across blocks; the weights are {weights}.",
            weights=briefing.objective,
        ),
        "mixed": say(
            "c(i) is the centre of municipality i, F[i, j] the number of persons who live in i and work in j, p[i] the"
            " inhabitants and t[i, j] the minutes; w and v are the weights."
        ),
    }
    return [Formula(name, alts[name]), Paragraph(symbols[name])]
