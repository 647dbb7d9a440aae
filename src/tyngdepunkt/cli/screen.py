"""The answers in sentences and tables, for reading on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.cli import shapes
from tyngdepunkt.cli.layout import spoken, table_text

if TYPE_CHECKING:
    from pathlib import Path

    from tyngdepunkt.analysis import (
        Analysis,
        Explanation,
        Frontier,
        Layer,
        Nearest,
        Nesting,
        Pareto,
        PlanComparison,
        PlanMeasure,
        Price,
        Stability,
    )
    from tyngdepunkt.model import NoPlan, Plan, Question
    from tyngdepunkt.study import Study
    from tyngdepunkt.texts.wording import Wording

__all__ = [
    "comparison_text",
    "explanation_text",
    "front_text",
    "frontier_text",
    "nesting_text",
    "no_plan_text",
    "plan_text",
    "prices_text",
    "run_text",
]

_TIPPING_SHOWN = 5
"""How many of the cheapest moves the summary of a run names."""


def plan_text(study: Study, plan: Plan, measure: PlanMeasure) -> str:
    """Write a plan: what it reaches, its blocks, who lies in them, and how good it is known to be."""
    wording = _wording("en")
    count = "1 block" if len(plan.centres) == 1 else f"{len(plan.centres)} blocks"
    parts = [f"{study.title}: {count}", *_plan_parts(study, plan, measure, wording)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def no_plan_text(study: Study, answer: NoPlan, language: str = "en") -> str:
    """
    Write that no plan exists: of which kind the obstacle is, what clashes, and what nearby works.

    Parameters
    ----------
    study
        Whose plan is sought.
    answer
        Why there is none.
    language
        ``nb``, ``nn`` or ``en``.

    Returns
    -------
    Lines of text.
    """
    from tyngdepunkt.texts.reasons import kind_sentence, relaxation_sentence, sentence

    if answer.kind == shapes.UNSETTLED:
        return (
            _wording(language).say("No plan was found in the time allowed, nor is it proven that there is none.") + "\n"
        )
    names = study.territory.names
    lines = [kind_sentence(answer.kind, language)]
    lines += [f"  - {sentence(reason, names, language)}" for reason in answer.reasons]
    lines += [relaxation_sentence(each, language) for each in answer.relaxations]
    return "\n".join(lines) + "\n"


def frontier_text(study: Study, frontier: Frontier) -> str:
    """Write every number of centres that has a plan as a table, which have none, and which is best."""
    rows = shapes.frontier_rows(study, frontier)
    found = [row for row, point in zip(rows, frontier.points, strict=True) if point.measure]
    lines = [table_text(found)] if found else []
    for status, words in (("infeasible", "No plan exists"), (shapes.UNSETTLED, "Not settled in the time allowed")):
        numbers = [point.centres for point in frontier.points if shapes.status_of(point.answer) == status]
        if numbers:
            lines.append(f"{words} for {_ranges(numbers)} centres.\n")
    best = frontier.best
    if best is not None and frontier.complete and len(found) > 1:
        lines.append(f"Best of these: {best.centres} centres.\n")
    return "\n".join(lines)


def prices_text(study: Study, plan: Plan, prices: Sequence[Price], stability: Stability | None = None) -> str:
    """Write for each municipality its cheapest other block, the cheapest first."""
    if not prices:
        return "There is no other block to lie in.\n"
    rows = shapes.price_rows(study, plan, _cheapest(prices), stability)
    rest = len(prices) - len(rows)
    more = f"\nThe other {rest} prices: --format csv or --format json.\n" if rest else ""
    return table_text(rows) + more


def explanation_text(study: Study, explanation: Explanation, stability: Stability | None = None) -> str:
    """Write why a municipality lies where it does, and what it would take to lie elsewhere."""
    from tyngdepunkt.texts.reasons import sentence

    names = study.territory.names
    plan, here = explanation.plan, explanation.municipality
    lines = [f"{names[here]} lies in the block of {names[plan.assignment[here]]}.", "", "Why:"]
    lines += [f"  - {sentence(reason, names, 'en')}" for reason in explanation.reasons]
    if stability is not None:
        keeps = stability.keeps(here)
        sure = f"{100 * keeps.low:.1f} to {100 * keeps.high:.1f} % at 95 % confidence"
        said = f"It keeps its block in {keeps.count:,} of {keeps.draws:,} commuting tables drawn anew ({sure})."
        lines += ["", said]
    lines += ["", "What it would take to lie in the block of:"]
    lines += [f"  - {_price_sentence(study, plan, price, _wording('en'))}" for price in explanation.prices]
    return "\n".join(lines) + "\n"


def comparison_text(study: Study, comparison: PlanComparison, question: Question) -> str:
    """Write two plans side by side, the differences first."""
    first, second = comparison.names
    unit = shapes.unit_of(question.objective)
    rows = shapes.difference_rows(study, comparison, question.objective)
    if rows:
        count = "1 municipality lies" if len(rows) == 1 else f"{len(rows)} municipalities lie"
        text = f"{count} differently in {first} and {second}.\n\n{table_text(rows)}"
    else:
        text = f"No municipality lies differently in {first} and {second}.\n"
    measures = [
        {
            "plan": name,
            "blocks": len(measure.blocks),
            f"objective [{unit}]": measure.objective,
            "ties [commuters]": measure.ties,
            "to centre [person-minutes]": measure.person_minutes,
            "internal share [%]": None if measure.internal_share is None else round(100 * measure.internal_share, 2),
            **({"cohesion [commuters]": measure.cohesion} if question.objective.cohesion else {}),
            **({"borders cut": measure.borders} if question.objective.borders else {}),
            "smallest block [persons]": min(block.population for block in measure.blocks),
        }
        for name, measure in zip(comparison.names, comparison.measures, strict=True)
    ]
    return f"{text}\n{table_text(measures)}"


def front_text(study: Study, front: Pareto, nearest: Nearest | None) -> str:
    """Write the plans between two objectives as a table, whether they are all, and where a plan lies."""
    names = study.territory.names
    rows = shapes.front_rows(study, front)
    for row, point in zip(rows, front.points, strict=True):
        row["moved from the point before"] = [names[i] for i in point.moved] or None
        del row["moved"], row["centres"]
    if front.complete:
        told = "These are all: no plan beats one of them in both objectives, and each is proven."
    elif front.spaced is not None and all(point.plan.certificate.status == "optimal" for point in front.points):
        told = f"{len(front.points)} points were sought evenly spaced, each proven; there may be more between them."
    else:
        told = "These are not all: the work was cut short, or a point is not proven."
    lines = [table_text(rows), told + "\n"]
    if nearest is not None:
        lines += [_nearest_text(study, front, nearest)]
    return "\n".join(lines)


def _nearest_text(study: Study, front: Pareto, nearest: Nearest) -> str:
    """Write which points of a front a plan lies nearest to."""
    names = study.territory.names
    here = " and ".join(
        f"{spoken(amount)} {objective.unit}"
        for amount, objective in zip(nearest.amounts, front.objectives, strict=True)
    )
    moved = ", ".join(names[i] for i in nearest.moved)
    beaten = ", ".join(str(number + 1) for number in nearest.dominated_by)
    lines = [
        f"{nearest.name} has {here}.",
        f"  Nearest in the objectives: point {nearest.by_objectives + 1}, at {nearest.distance:.2f} of their ranges.",
        f"  Fewest municipalities differ: point {nearest.by_moves + 1}, {len(nearest.moved)}"
        + (f" ({moved})." if moved else "."),
        f"  Better in both, or in one and as good in the other: point {beaten}." if beaten else "  No point beats it.",
    ]
    if not nearest.keeps:
        lines.append(
            "  It breaks what the points keep (number of blocks, floor or connection), so it may lie beyond them."
        )
    return "\n".join(lines) + "\n"


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
    from tyngdepunkt.texts.reasons import sentence

    lines = [_wording(language).say("The layers held against one another")]
    lines += [f"  - {sentence(reason, study.territory.names, language)}" for reason in list_nesting(nesting)]
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

    wording = _wording(language)
    study = analysis.study
    title = given_text(study.title, language)
    parts = [
        title if study.date is None else f"{title} ({wording.date(study.date)})",
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


def _wording(language: str) -> Wording:
    """Return the voice of the command line in a language."""
    from tyngdepunkt.texts.wording import Wording

    return Wording(language, "cli")


def _result(plan: Plan, wording: Wording) -> str:
    """Return what the plan reaches, in a sentence."""
    from tyngdepunkt.texts.wording import later
    from tyngdepunkt.texts.words import status_word

    objective = plan.question.objective
    status = status_word(plan.certificate.status, wording.language)
    match objective.terms:
        case ("ties", "access"):
            text = later("{value} points of commuters and person-minutes to the centre ({weights}); {status}.")
        case ("ties",):
            text = later("{value} people commute between a municipality and its centre, both ways; {status}.")
        case ("access",):
            text = later("{value} person-minutes from the inhabitants to their centre; {status}.")
        case ("cohesion",):
            text = later("{value} people commute to another municipality of the same block; {status}.")
        case ("borders",):
            text = later("{value} agency borders cut across blocks; {status}.")
        case _:
            text = later("{value} points ({weights}); {status}.")
    return wording.say(text, value=wording.count(plan.objective), status=status, weights=str(objective))


def _blocks(study: Study, measure: PlanMeasure, wording: Wording) -> str:
    """Return the blocks as a table with headers in the language; what the study does not say has no column."""
    names = study.territory.names
    blocks = measure.blocks
    rows: list[dict[str, object]] = [
        {
            wording.say("block"): block.name,
            wording.say("municipalities"): wording.count(len(block.members)),
            wording.say("inhabitants"): wording.count(block.population),
        }
        for block in blocks
    ]
    for row, block in zip(rows, blocks, strict=True):
        if any(each.jobs is not None for each in blocks):
            row[wording.say("jobs")] = wording.count(block.jobs)
        row[wording.say("stay in block")] = wording.share(block.stay_share)
        row[wording.say("smallest")] = names[block.smallest_member]
        if block.farthest_member is not None:
            far = f"{names[block.farthest_member]}, {wording.minutes(block.farthest_minutes)}"
            row[wording.say("farthest")] = "–" if block.farthest_member == block.centre else far
        if any(each.shortfall for each in blocks):
            row[wording.say("below floor by")] = wording.count(block.shortfall) if block.shortfall else "–"
        if study.territory.divisions:
            row[wording.say("cut by regional agencies")] = wording.count(len(block.cut_by_regional))
            row[wording.say("by local ones")] = wording.count(len(block.cut_by_local))
    return table_text(rows)


def _members(study: Study, plan: Plan, measure: PlanMeasure) -> str:
    """Return who lies in each block, in the order of the blocks' table."""
    names = study.territory.names
    members = plan.members
    return "\n".join(
        f"{names[block.centre]}: {', '.join(names[i] for i in members[block.centre])}" for block in measure.blocks
    )


def _certificate(plan: Plan, wording: Wording) -> str:
    """Return who says how good the plan is, in a line or two."""
    certificate = plan.certificate
    heuristic = certificate.heuristic_objective
    line = wording.say(
        "{solver}, {seconds} s; checked again without the solver ({checks} checks).",
        solver=certificate.solver,
        seconds=f"{certificate.seconds:.1f}",
        checks=wording.count(len(certificate.checks)),
    )
    if certificate.bound is not None:
        line += " " + wording.say("Bound: {bound}.", bound=wording.count(certificate.bound))
    if heuristic is not None:
        line += " " + wording.say(
            "An independent search with seed {seed} found {value}.",
            seed=str(certificate.seed),
            value=wording.count(heuristic),
        )
    return line


def _price_sentence(study: Study, plan: Plan, price: Price, wording: Wording) -> str:
    """Return a price as a sentence with the commuters and minutes that stand beside it."""
    from tyngdepunkt.texts.wording import later
    from tyngdepunkt.texts.words import unit_word

    unit = unit_word(shapes.unit_of(plan.question.objective), wording.language)
    values = {
        "centre": study.territory.names[price.centre],
        "price": "" if price.amount is None else f"{wording.count(price.amount)} {unit}",
        "commuters": wording.count(price.commuters),
    }
    if price.amount is None:
        text = later("{centre}: impossible under what was asked. Commuters to and from it: {commuters}.")
    elif price.exact:
        text = later("{centre}: the whole plan loses {price}. Commuters to and from it: {commuters}.")
    else:
        text = later("{centre}: the whole plan loses at least {price}. Commuters to and from it: {commuters}.")
    return wording.say(text, **values)


def _ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers as text, those in a row as a range: 13 to 36."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]} to {run[-1]}" if run[-1] - run[0] > 1 else ", ".join(str(number) for number in run) for run in runs
    )


def _cheapest(prices: Iterable[Price]) -> list[Price]:
    """Return each municipality's cheapest move, the cheapest first, the impossible last."""
    best: dict[str, Price] = {}
    for price in sorted(prices, key=_by_amount):
        best.setdefault(price.municipality, price)
    return sorted(best.values(), key=_by_amount)


def _by_amount(price: Price) -> tuple[float, str, str]:
    """Return what orders prices: the amount, then the ids."""
    return (float("inf") if price.amount is None else price.amount, price.municipality, price.centre)


def _layer(study: Study, heading: str, layer: Layer, wording: Wording) -> str:
    """Return one layer of an analysis: its plan with blocks, or why there is none."""
    from tyngdepunkt.model import NoPlan
    from tyngdepunkt.texts.reasons import sentence

    if isinstance(layer.plan, NoPlan):
        return f"{heading}\n{no_plan_text(study, layer.plan, wording.language)}"
    chosen = [sentence(reason, study.territory.names, wording.language) for reason in layer.reasons]
    head = "\n".join([heading, *chosen])
    parts = [head, *_plan_parts(study, layer.plan, layer.measure, wording)] if layer.measure else [head]
    return "\n\n".join(part.rstrip("\n") for part in parts)


def _plan_parts(study: Study, plan: Plan, measure: PlanMeasure, wording: Wording) -> tuple[str, ...]:
    """Return what a plan reaches, its blocks, who lies in them, and its certificate."""
    return (
        _result(plan, wording),
        _blocks(study, measure, wording),
        _members(study, plan, measure),
        *_record(study, plan, wording),
        _certificate(plan, wording),
    )


def _record(study: Study, plan: Plan, wording: Wording) -> tuple[str, ...]:
    """Return what the plan owes to what is on record, as a list; nothing where nothing is."""
    from tyngdepunkt.analysis import find_record
    from tyngdepunkt.texts.reasons import sentence

    found = find_record(study, plan)
    lines = [f"  - {sentence(reason, study.territory.names, wording.language)}" for reason in found]
    return ("\n".join(lines),) if lines else ()


def _tipping(analysis: Analysis, wording: Wording) -> str:
    """Return the municipalities that could most cheaply lie in another block."""
    from tyngdepunkt.model import Plan

    plan = analysis.blocks.plan
    shown = [price for price in _cheapest(analysis.tipping) if price.amount is not None][:_TIPPING_SHOWN]
    if not isinstance(plan, Plan) or not shown:
        return ""
    names = analysis.study.territory.names
    lines = [wording.say("Municipalities that most easily tip to another block")]
    lines += [
        f"  {names[price.municipality]} → {_price_sentence(analysis.study, plan, price, wording)}" for price in shown
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


def _best(answer: Plan | NoPlan, wording: Wording) -> str:
    """Return the objective of an answer, a dash where there is no plan."""
    from tyngdepunkt.model import Plan

    return wording.count(answer.objective) if isinstance(answer, Plan) else "–"
