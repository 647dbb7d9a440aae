"""The first page: the question, and the answer in brief."""

from __future__ import annotations

from tyngdepunkt.model import NoPlan, Plan
from tyngdepunkt.report.briefing import Briefing
from tyngdepunkt.report.document import Box, Facts, Part
from tyngdepunkt.report.tables.provenance import list_wishes
from tyngdepunkt.report.tables.tipping import cheapest, write_price
from tyngdepunkt.texts import words

__all__ = ["write_front"]

_CENTRES_NAMED, _LARGEST_NAMED = 24, 10
"""Centres that are all named on the first page, and how many of the largest where there are more."""

_TIPPING_NAMED = 3
"""Tipping municipalities named on the first page."""

_DIFFERENT_NAMED = 8
"""Municipalities that lie differently in a plan of others, named up to so many."""


def write_front(briefing: Briefing) -> list[Part]:
    """
    Write the question, the answer in brief and a few figures.

    Parameters
    ----------
    briefing
        The analysis and the language.

    Returns
    -------
    The parts of the first page, after its title.
    """
    say = briefing.wording.say
    answers = (
        *_blocks(briefing),
        *_gravity(briefing),
        *_tipping(briefing),
        *_references(briefing),
        *_cooperation(briefing),
    )
    return [
        Box(say("The question"), (_question(briefing),)),
        Box(say("The answer in brief"), answers),
        Facts(_facts(briefing)),
    ]


def _question(briefing: Briefing) -> str:
    """Return the question as running text."""
    wording, territory = briefing.wording, briefing.territory
    sentences = [
        wording.say(
            "Into how many blocks should the {municipalities} municipalities with their {population} inhabitants be"
            " gathered, around which centres, and which municipalities could as well lie elsewhere?",
            municipalities=wording.count(len(territory)),
            population=wording.count(int(territory.population.sum())),
        ),
        wording.say(
            "The best plan has {meaning}.", meaning=words.objective_meaning(briefing.objective, briefing.language)
        ),
        wording.say(
            "Each block hangs together over borders that are read off the map; how they are crossed is not stated."
        )
        if briefing.links_from_map
        else wording.say("Each block hangs together over roads and ferries."),
    ]
    if briefing.floor:
        sentences.append(
            wording.say("A block for services has at least {floor} inhabitants.", floor=wording.count(briefing.floor))
        )
    sentences += [f"{wish}: {asked}." for wish, asked, _ in list_wishes(briefing) if asked]
    if briefing.gravity_floor:
        sentences.append(
            wording.say(
                "A centre of gravity for regional policy has at least {floor} inhabitants.",
                floor=wording.count(briefing.gravity_floor),
            )
        )
    if briefing.gravity_functions:
        sentences.append(
            wording.say(
                "A centre of gravity has these functions: {functions}.",
                functions=briefing.functions(briefing.gravity_functions),
            )
        )
    return " ".join(sentences)


def _blocks(briefing: Briefing) -> list[str]:
    """Return what is to be said of the chosen blocks."""
    wording, layer = briefing.wording, briefing.analysis.blocks
    if isinstance(layer.plan, NoPlan) or layer.measure is None:
        return [" ".join(briefing.say_no_plan(layer.plan))]
    plan, measure = layer.plan, layer.measure
    largest_first = [block.centre for block in measure.blocks]
    if len(largest_first) > _CENTRES_NAMED:
        first = wording.say(
            "{count} blocks, the largest around {centres}.",
            count=wording.count(len(plan.centres)),
            centres=briefing.name_all(largest_first[:_LARGEST_NAMED]),
        )
    else:
        first = wording.say_many(
            "{count} block, around {centres}.",
            "{count} blocks, around {centres}.",
            len(plan.centres),
            centres=briefing.name_all(largest_first),
        )
    smallest = min(measure.blocks, key=lambda block: (block.population, block.centre))
    second = [
        _worth(briefing, plan),
        wording.say(
            "{share} of the commuters counted live and work in the same block.",
            share=wording.share(measure.internal_share),
        ),
        wording.say(
            "The smallest block, {block}, has {population} inhabitants.",
            block=briefing.name(smallest.centre),
            population=wording.count(smallest.population),
        ),
    ]
    return [" ".join((first, *(briefing.say_reason(reason) for reason in layer.reasons))), " ".join(second)]


def _worth(briefing: Briefing, plan: Plan) -> str:
    """Return the objective of the plan and how good it is known to be."""
    wording, value = briefing.wording, briefing.wording.count(plan.objective)
    terms = briefing.question.objective.terms
    if terms == ("ties",):
        sentence = wording.say(
            "{value} people commute between their municipality and its centre, both ways counted.", value=value
        )
    elif terms == ("access",):
        sentence = wording.say("The inhabitants are {value} person-minutes from their centres.", value=value)
    elif terms == ("cohesion",):
        sentence = wording.say("{value} people work in another municipality of their own block.", value=value)
    elif terms == ("borders",):
        sentence = wording.say_many(
            "{count} border of a state agency cuts across a block.",
            "{count} borders of state agencies cut across blocks.",
            round(plan.objective),
        )
    else:
        sentence = wording.say("The result is {value}.", value=value)
    match plan.certificate.status:
        case "optimal":
            proof = wording.say("It is proven that no other plan that keeps the conditions does better.")
        case "gap":
            proof = wording.say(
                "It is proven that no plan can reach beyond {bound}.", bound=wording.count(plan.certificate.bound)
            )
        case _:
            proof = wording.say("It was found by search, and it is not proven that nothing is better.")
    return f"{sentence} {proof}"


def _gravity(briefing: Briefing) -> list[str]:
    """Return what is to be said of the centres of gravity."""
    wording, layer = briefing.wording, briefing.analysis.gravity
    if isinstance(layer.plan, NoPlan) or layer.measure is None:
        return [
            wording.say(
                "No plan of centres of gravity meets the conditions; the chapter on centres of gravity says why."
            )
        ]
    centres = [block.centre for block in layer.measure.blocks]
    if len(centres) > _CENTRES_NAMED:
        told = wording.say(
            "{count} centres of gravity for regional policy, the largest {centres}.",
            count=wording.count(len(centres)),
            centres=briefing.name_all(centres[:_LARGEST_NAMED]),
        )
    else:
        told = wording.say_many(
            "{count} centre of gravity for regional policy: {centres}.",
            "{count} centres of gravity for regional policy: {centres}.",
            len(centres),
            centres=briefing.name_all(centres),
        )
    if layer.plan.certificate.status != "optimal":
        told += " " + wording.say("Their areas are not proven to be the best for so many.")
    return [told]


def _tipping(briefing: Briefing) -> list[str]:
    """Return what is to be said of the municipalities that tip first."""
    prices = cheapest(briefing)[:_TIPPING_NAMED]
    if not prices:
        return []
    named = [
        briefing.wording.say(
            "{municipality} to {centre} ({price})",
            municipality=briefing.name(price.municipality),
            centre=briefing.name(price.centre),
            price=write_price(briefing, price),
        )
        for price in prices
    ]
    return [
        briefing.wording.say(
            "The municipalities that tip first, with what the whole plan would lose in {unit}: {named}.",
            unit=briefing.objective_unit or briefing.wording.say("the objective"),
            named=briefing.wording.join(named),
        )
    ]


def _references(briefing: Briefing) -> list[str]:
    """Return what is to be said of the plan of others that lies nearest to ours."""
    say = briefing.wording.say
    references = briefing.analysis.references
    if not references:
        return []
    nearest = min(references, key=lambda each: (len(each.comparison.differences), each.plan.name))
    different = [difference.municipality for difference in nearest.comparison.differences]
    if not different:
        told = say("“{plan}” places every municipality as this one does.", plan=briefing.plan_name(nearest.plan.name))
        return [told]
    told = briefing.wording.say_many(
        "Of the plans of others, “{plan}” is most like this one: {count} municipality lies differently.",
        "Of the plans of others, “{plan}” is most like this one: {count} municipalities lie differently.",
        len(different),
        plan=briefing.plan_name(nearest.plan.name),
    )
    if len(different) <= _DIFFERENT_NAMED:
        told += " " + say("They are {names}.", names=briefing.name_all(different))
    return [told]


def _cooperation(briefing: Briefing) -> list[str]:
    """Return what is to be said of the cooperation of today, seen from the blocks."""
    wording, review = briefing.wording, briefing.analysis.cooperation
    if review is None or review.measure.inside_share is None:
        return []
    return [
        wording.say(
            "Of the arrangements of cooperation in {year} of which it is known, {share} lie within one block; the rest"
            " cross a border.",
            year=str(review.year),
            share=wording.share(review.measure.inside_share),
        )
    ]


def _facts(briefing: Briefing) -> tuple[tuple[str, str], ...]:
    """Return a few figures and what they count."""
    wording, analysis, territory = briefing.wording, briefing.analysis, briefing.territory
    facts = [
        (wording.count(len(territory)), wording.say("municipalities")),
        (wording.count(int(territory.population.sum())), wording.say("inhabitants")),
    ]
    if isinstance(analysis.blocks.plan, Plan) and analysis.blocks.measure is not None:
        facts.append((wording.count(len(analysis.blocks.plan.centres)), wording.say("blocks")))
        facts.append(
            (wording.share(analysis.blocks.measure.internal_share), wording.say("work in the block they live in"))
        )
    if isinstance(analysis.gravity.plan, Plan):
        facts.append((wording.count(len(analysis.gravity.plan.centres)), wording.say("centres of gravity")))
    return tuple(facts)
