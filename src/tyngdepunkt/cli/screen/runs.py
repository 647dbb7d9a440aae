"""The layers held against one another, and a whole analysis in short."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt.cli.layout import Row, table_text
from tyngdepunkt.cli.screen.plans import no_plan_text, plan_parts, voice
from tyngdepunkt.cli.screen.prices import cheapest, price_sentence

if TYPE_CHECKING:
    from pathlib import Path

    from tyngdepunkt.analysis import (
        Analysis,
        Layer,
        Layers,
        Nesting,
    )
    from tyngdepunkt.model import NoPlan, Plan
    from tyngdepunkt.study import Study
    from tyngdepunkt.texts.wording import Wording

__all__ = ["layer_head", "layer_rows", "nesting_text", "run_text"]


_TIPPING_SHOWN = 5
"""How many of the cheapest moves the summary of a run names."""


def nesting_text(study: Study, nesting: Nesting, language: str = "en") -> str:
    """
    Write how the layers lie to one another: which blocks nest, which do not and why, what an area lacks.

    Parameters
    ----------
    study
        Whose layers they are.
    nesting
        The layers held against one another.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    Lines of text.
    """
    from tyngdepunkt.analysis import list_nesting
    from tyngdepunkt.study import STATE_INSTITUTION
    from tyngdepunkt.texts.reasons import sentence

    wording = voice(language)
    lines = [wording.say("The layers held against one another")]
    lines += [f"  - {sentence(reason, study.territory.names, language)}" for reason in list_nesting(nesting)]
    if not study.knows_state_institutions:
        unknown = wording.say(
            "Where other institutions of the state lie is unknown in this study, which is not to say that there are "
            "none: add them to functions.csv as {function}.",
            function=STATE_INSTITUTION,
        )
        lines.append(f"  - {unknown}")
    return "\n".join(lines) + "\n"


def run_text(analysis: Analysis, files: Iterable[Path], language: str = "en") -> str:
    """
    Write a whole analysis in short: the blocks, the centres of gravity, who tips, the plans of others, the files.

    Parameters
    ----------
    analysis
        What was computed.
    files
        What was written to disk.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    Lines of text.
    """
    from tyngdepunkt.texts.shipped import given_text

    wording = voice(language)
    study = analysis.study
    title = given_text(study.title, language)
    parts = [
        title if study.date is None else f"{title} ({wording.date(study.date)})",
        "" if analysis.complete else _reached(analysis, wording),
        _layer(study, wording.say("Blocks, for services"), analysis.blocks, wording),
        _layer(study, wording.say("Centres of gravity, for regional policy"), analysis.gravity, wording),
        nesting_text(study, analysis.nesting, language) if analysis.nesting else "",
        _tipping(analysis, wording),
        _references(analysis, wording),
        _cooperation(analysis, wording),
        _services(analysis, wording),
    ]
    written = [f"  {path.as_posix()}" for path in files]
    if written:
        parts.append("\n".join([wording.say("Files:"), *written]))
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def _reached(analysis: Analysis, wording: Wording) -> str:
    """Return how many numbers of blocks an analysis that was cut short came to, and the best of them."""
    lines = []
    plain, floored = analysis.frontier, analysis.frontier_with_floor
    for frontier in (plain,) if floored is plain else (plain, floored):
        if not frontier.points:
            continue
        floor = frontier.points[0].answer.question.floor
        found = {
            "count": wording.count(len(frontier.points)),
            "best": "–" if frontier.best is None else wording.count(frontier.best.centres),
        }
        lines.append(
            wording.say(
                "Numbers of blocks worked out, with at least {floor} inhabitants in each: {count}."
                " Best of them: {best}.",
                floor=wording.count(floor),
                **found,
            )
            if floor
            else wording.say(
                "Numbers of blocks worked out, with no least population: {count}. Best of them: {best}.", **found
            )
        )
    return "\n".join(lines)


def _layer(study: Study, heading: str, layer: Layer, wording: Wording) -> str:
    """Return one layer of an analysis: its plan with blocks, or why there is none."""
    from tyngdepunkt.model import NoPlan

    if not layer.is_asked:
        return f"{heading}\n{wording.say('Not looked for: the work was cut short before.')}"
    if isinstance(layer.plan, NoPlan):
        return f"{heading}\n{no_plan_text(study, layer.plan, wording.language)}"
    head = _head(study, heading, layer, wording)
    parts = [head, *plan_parts(study, layer.plan, layer.measure, wording)] if layer.measure else [head]
    return "\n\n".join(part.rstrip("\n") for part in parts)


def _tipping(analysis: Analysis, wording: Wording) -> str:
    """Return the municipalities that could most cheaply lie in another block."""
    from tyngdepunkt.model import Plan

    plan = analysis.blocks.plan
    shown = [price for price in cheapest(analysis.tipping) if price.amount is not None][:_TIPPING_SHOWN]
    if not isinstance(plan, Plan) or not shown:
        return ""
    names = analysis.study.territory.names
    lines = [wording.say("Municipalities that most easily tip to another block")]
    lines += [
        f"  {names[price.municipality]} → {price_sentence(analysis.study, plan, price, wording)}" for price in shown
    ]
    return "\n".join(lines)


def _references(analysis: Analysis, wording: Wording) -> str:
    """Return how far the plans of others are from the best with as many blocks."""
    from tyngdepunkt.texts.shipped import given_text

    rows = [
        {
            wording.say("plan of others"): given_text(each.plan.name, wording.language),
            wording.say("blocks"): wording.count(len(each.measure.blocks)),
            wording.say("reaches"): wording.count(each.measure.objective),
            wording.say("best with as many"): _best(each.best, wording),
            wording.say("best with the floor too"): _best(each.best_with_floor, wording),
            wording.say("blocks below the floor"): wording.count(len(each.below_floor)),
        }
        for each in analysis.references
    ]
    return table_text(rows)


def _best(answer: Plan | NoPlan, wording: Wording) -> str:
    """Return the objective of an answer, a dash where there is no plan."""
    from tyngdepunkt.model import Plan

    return wording.count(answer.objective) if isinstance(answer, Plan) else "–"


def _cooperation(analysis: Analysis, wording: Wording) -> str:
    """Return the cooperation of the last year of the register in a few lines; nothing where there is no register."""
    from tyngdepunkt.texts.cooperation import step_word

    review = analysis.cooperation
    if review is None:
        return ""
    measure, names = review.measure, analysis.study.territory.names
    lines = [
        wording.say(
            "Cooperation, {year}: {arrangements} arrangements, {carried} of them by a row of an earlier year",
            year=str(review.year),
            arrangements=wording.count(len(measure.picture)),
            carried=wording.count(len(measure.picture.carried)),
        )
    ]
    if measure.inside_share is not None:
        lines.append(
            "  "
            + wording.say(
                "{share} of those that are known to lie inside or across lie inside one block.",
                share=wording.share(measure.inside_share),
            )
        )
    lines += [
        f"  {names.get(each.group.name, each.group.name)}: {wording.share(each.group.inside_share)}; "
        f"{step_word(each.step, wording.language)}"
        for each in review.assessments
    ]
    return "\n".join(lines)


def _services(analysis: Analysis, wording: Wording) -> str:
    """Return the printed sums that do not come out, and where hosts are found; nothing where there are none."""
    review = analysis.services
    if review is None or review.capacity is None:
        return ""
    names = analysis.study.territory.names
    lines = [
        "  "
        + wording.say(
            "{source} prints {printed}; its own rows give {computed}.",
            source=each.source,
            printed=wording.decimal(each.printed),
            computed=wording.decimal(each.computed),
        )
        for each in review.capacity.findings
        if not each.agrees
    ]
    solved = [each for each in review.hosting if any(plan.hosts for plan in each.plans.values())]
    if solved:
        named = wording.join(names[each.block] for each in solved)
        lines.append("  " + wording.say("Hosts with which nobody loses jobs are found in: {names}.", names=named))
    heading = wording.say("Services, {count} with figures of staff", count=wording.count(len(review.capacity.units)))
    return "\n".join([heading, *lines])


def layer_head(study: Study, heading: str, layer: Layer) -> str:
    """
    Write what a layer is, why it has that number of centres, and how good it is known to be.

    Parameters
    ----------
    study
        Whose layer it is.
    heading
        What the layer is called.
    layer
        One with a plan.

    Returns
    -------
    Lines of text, in English.
    """
    from tyngdepunkt.model import NoPlan

    wording = voice("en")
    if isinstance(layer.plan, NoPlan) or layer.measure is None:
        return heading
    return f"{_head(study, heading, layer, wording)}\n{plan_parts(study, layer.plan, layer.measure, wording)[0]}"


def _head(study: Study, heading: str, layer: Layer, wording: Wording) -> str:
    """Return a heading with why a layer has that number of centres."""
    from tyngdepunkt.texts.reasons import sentence

    return "\n".join(
        [heading, *(sentence(reason, study.territory.names, wording.language) for reason in layer.reasons)]
    )


def layer_rows(analysis: Analysis | Layers) -> list[Row]:
    """Return who lies where in both layers as rows, in order of id."""
    from tyngdepunkt.model import Plan

    territory = analysis.study.territory
    layers = {"block": analysis.blocks.plan, "centre of gravity": analysis.gravity.plan}
    return [
        {
            "municipality_id": municipality.id,
            "municipality": municipality.name,
            **{
                name: territory.names[plan.assignment[municipality.id]] if isinstance(plan, Plan) else None
                for name, plan in layers.items()
            },
            "population [persons]": municipality.population,
        }
        for municipality in sorted(territory.municipalities, key=lambda each: each.id)
    ]
