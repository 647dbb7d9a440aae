"""The second layer: centres of gravity for regional policy, with their functions."""

from __future__ import annotations

from tyngdepunkt.analysis import Layer, list_nesting
from tyngdepunkt.model import NoPlan, Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.chapters.blocks import MOST_PORTRAITS
from tyngdepunkt.report.document import Bullets, Grid, Heading, Paragraph, Part
from tyngdepunkt.report.pictures import picture_gravity
from tyngdepunkt.report.tables.layers import list_astride, list_gravity, list_members

__all__ = ["write_gravity"]

_SEVERAL = 2
_FAR = 0.05
"""Share of the bound from which on a better plan may look quite different."""


def write_gravity(briefing: Briefing) -> list[Part]:
    """
    Write the chapter on the centres of gravity.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the chapter.
    """
    wording, layer = briefing.wording, briefing.analysis.gravity
    say = wording.say
    intro = Paragraph(_introduction(briefing))
    head = Heading(say("Centres of gravity"))
    if isinstance(layer.plan, NoPlan) or layer.measure is None:
        return [head, intro, Bullets(briefing.say_no_plan(layer.plan))]
    table = list_gravity(briefing)
    functions = [f"function_{function}" for function in briefing.gravity_functions]
    is_long = briefing.is_country and len(layer.measure.blocks) > MOST_PORTRAITS
    number = ["number"] if briefing.is_country else []
    reasons = [*_reasons(briefing, layer), *_gap(briefing, layer.plan)]
    return [
        head,
        intro,
        *([Paragraph(" ".join(reasons))] if reasons else []),
        *(
            [Grid(table.pick(*number, "centre", "members", "population", *functions, "stay_share"), wide=True)]
            if functions or not is_long
            else []
        ),
        *picture_gravity(briefing),
        *_members(briefing, layer, is_long=is_long),
        *_nesting(briefing),
    ]


def _reasons(briefing: Briefing, layer: Layer) -> list[str]:
    """Return why there are so many, and in one sentence what could not be asked for."""
    unknown = [str(reason.alternative) for reason in layer.reasons if reason.criterion == "function_unknown"]
    if len(unknown) < _SEVERAL:
        return [briefing.say_reason(reason) for reason in layer.reasons]
    lacking = briefing.wording.say(
        "The study does not say where these are found, so they were not asked for: {functions}.",
        functions=briefing.functions(unknown),
    )
    known = [briefing.say_reason(reason) for reason in layer.reasons if reason.criterion != "function_unknown"]
    return [*known, lacking]


def _gap(briefing: Briefing, plan: Plan) -> list[str]:
    """Return how far the plan may be from the best with as many, where it is not proven to be that."""
    wording, bound = briefing.wording, plan.certificate.bound
    if plan.certificate.status == "optimal" or bound is None:
        return []
    gap = wording.say(
        "The areas shown are one way to have so many, and not proven to be the best: the result is {value}, and no plan"
        " with so many can reach beyond {bound}.",
        value=wording.count(plan.objective),
        bound=wording.count(bound),
    )
    far = abs(bound - plan.objective) > _FAR * abs(bound)
    return [gap, wording.say("Other plans may draw the areas quite differently.")] if far else [gap]


def _members(briefing: Briefing, layer: Layer, *, is_long: bool) -> list[Part]:
    """Return which municipalities each area has, in a table where the areas are many."""
    if is_long:
        table = list_members(briefing, layer, title=briefing.wording.say("The centres of gravity and their areas"))
        return [Grid(table.pick("number", "population", "stay_share", "names"), wide=True, breaks=True)]
    blocks = layer.measure.blocks if layer.measure else ()
    return [Paragraph(briefing.name_all(block.members) + ".", lead=briefing.name(block.centre)) for block in blocks]


def _nesting(briefing: Briefing) -> list[Part]:
    """Return how the two layers lie to one another; nothing where the blocks have no plan."""
    nesting = briefing.analysis.nesting
    if nesting is None:
        return []
    head = Heading(briefing.wording.say("The layers held against one another"), level=2)
    reasons = list_nesting(nesting)
    if not briefing.is_country or len(nesting.astride) <= MOST_PORTRAITS:
        return [head, Bullets(tuple(briefing.say_reason(reason) for reason in reasons))]
    nested = tuple(briefing.say_reason(reason) for reason in reasons if reason.criterion == "nested")
    return [head, *([Bullets(nested)] if nested else []), Grid(list_astride(briefing, nesting), wide=True, breaks=True)]


def _introduction(briefing: Briefing) -> str:
    """Return what a centre of gravity is, and what was asked of it."""
    say = briefing.wording.say
    sentences = [say("A centre of gravity is an area for regional policy, around a town with its hinterland.")]
    if briefing.gravity_floor:
        floor = briefing.wording.count(briefing.gravity_floor)
        sentences.append(say("Here it has at least {floor} inhabitants.", floor=floor))
    if briefing.gravity_functions:
        functions = briefing.functions(briefing.gravity_functions)
        sentences.append(say("It has these functions within its borders: {functions}.", functions=functions))
    sentences.append(say("The areas are a layer of their own: a block need not lie in one of them alone."))
    return " ".join(sentences)
