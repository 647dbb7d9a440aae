"""Plans, why there is none, every number of centres, and two plans side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.cli.layout import Row, percent, table_text
from tyngdepunkt.shapes.plans import UNSETTLED, frontier_shape, status_of, unit_of

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        Difference,
        Frontier,
        PlanComparison,
        PlanMeasure,
    )
    from tyngdepunkt.model import NoPlan, Objective, Plan, Question
    from tyngdepunkt.study import Study
    from tyngdepunkt.texts.wording import Wording

__all__ = [
    "assignment_rows",
    "comparison_text",
    "difference_header",
    "difference_rows",
    "frontier_rows",
    "frontier_text",
    "no_plan_text",
    "plan_parts",
    "plan_text",
    "voice",
]


def plan_text(study: Study, plan: Plan, measure: PlanMeasure) -> str:
    """Write a plan: what it reaches, its blocks, who lies in them, and how good it is known to be."""
    wording = voice("en")
    count = "1 block" if len(plan.centres) == 1 else f"{len(plan.centres)} blocks"
    parts = [f"{study.title}: {count}", *plan_parts(study, plan, measure, wording)]
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

    if answer.kind == UNSETTLED:
        return voice(language).say("No plan was found in the time allowed, nor is it proven that there is none.") + "\n"
    names = study.territory.names
    lines = [kind_sentence(answer.kind, language)]
    lines += [f"  - {sentence(reason, names, language)}" for reason in answer.reasons]
    lines += [relaxation_sentence(each, language) for each in answer.relaxations]
    return "\n".join(lines) + "\n"


def frontier_text(study: Study, frontier: Frontier) -> str:
    """Write every number of centres that has a plan as a table, which have none, and which is best."""
    rows = frontier_rows(study, frontier)
    found = [row for row, point in zip(rows, frontier.points, strict=True) if point.measure]
    lines = [table_text(found)] if found else []
    for status, words in (("infeasible", "No plan exists"), (UNSETTLED, "Not settled in the time allowed")):
        numbers = [point.centres for point in frontier.points if status_of(point.answer) == status]
        if numbers:
            lines.append(f"{words} for {_ranges(numbers)} centres.\n")
    best = frontier.best
    if best is not None and frontier.complete and len(found) > 1:
        end = ", an end of them, so the objective alone does not choose a number" if frontier.best_is_an_end else ""
        lines.append(f"Best of these: {best.centres} centres{end}.\n")
    return "\n".join(lines)


def comparison_text(study: Study, comparison: PlanComparison, question: Question) -> str:
    """Write two plans side by side, the differences first."""
    first, second = comparison.names
    unit = unit_of(question.objective)
    rows = difference_rows(study, comparison, question.objective)
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
            "internal share [%]": percent(measure.internal_share, 2),
            **({"cohesion [commuters]": measure.cohesion} if question.objective.cohesion else {}),
            **({"borders cut": measure.borders} if question.objective.borders else {}),
            "smallest block [persons]": min(block.population for block in measure.blocks),
        }
        for name, measure in zip(comparison.names, comparison.measures, strict=True)
    ]
    return f"{text}\n{table_text(measures)}"


def plan_parts(study: Study, plan: Plan, measure: PlanMeasure, wording: Wording) -> tuple[str, ...]:
    """Return what a plan reaches, its blocks, who lies in them, and its certificate."""
    return (
        _result(plan, wording),
        _blocks(study, measure, wording),
        _members(study, plan, measure),
        *_record(study, plan, wording),
        _certificate(plan, wording),
    )


def voice(language: str) -> Wording:
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


def _record(study: Study, plan: Plan, wording: Wording) -> tuple[str, ...]:
    """Return what the plan owes to what is on record, as a list; nothing where nothing is."""
    from tyngdepunkt.analysis import find_record
    from tyngdepunkt.texts.reasons import sentence

    found = find_record(study, plan)
    lines = [f"  - {sentence(reason, study.territory.names, wording.language)}" for reason in found]
    return ("\n".join(lines),) if lines else ()


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


def frontier_rows(study: Study, frontier: Frontier) -> list[Row]:
    """Return every number of centres as rows; what changes from one number fewer is named."""
    names = study.territory.names
    rows: list[Row] = []
    for point, shape in zip(frontier.points, frontier_shape(frontier), strict=True):
        unit = unit_of(point.answer.question.objective)
        rows.append(
            {
                "k": point.centres,
                f"objective [{unit}]": shape["objective"],
                f"change [{unit}]": point.change,
                f"bound [{unit}]": shape["bound"],
                "status": shape["status"],
                "smallest block [persons]": shape["smallest_block"],
                "internal share [%]": percent(point.measure.internal_share if point.measure else None, 2),
                "new centres": [names[i] for i in point.appeared],
                "centres no more": [names[i] for i in point.vanished],
            }
        )
    return rows


def assignment_rows(study: Study, plan: Plan) -> list[Row]:
    """Return who lies where as rows, in order of id; `tyngdepunkt compare` reads them back."""
    territory = study.territory
    return [
        {
            "municipality_id": municipality.id,
            "municipality": municipality.name,
            "block": territory.names[plan.assignment[municipality.id]],
            "centre_id": plan.assignment[municipality.id],
            "population [persons]": municipality.population,
        }
        for municipality in sorted(territory.municipalities, key=lambda each: each.id)
    ]


def difference_header(comparison: PlanComparison, objective: Objective) -> tuple[str, ...]:
    """Return the columns of `difference_rows`."""
    first, second = comparison.names
    return (
        "municipality_id",
        "municipality",
        f"first: {first}",
        f"second: {second}",
        f"price [{unit_of(objective)}]",
        "price is",
    )


def difference_rows(study: Study, comparison: PlanComparison, objective: Objective) -> list[Row]:
    """Return the municipalities that two plans place differently as rows."""
    header = difference_header(comparison, objective)
    names = study.territory.names
    return [
        dict(
            zip(
                header,
                (
                    each.municipality,
                    names[each.municipality],
                    each.here,
                    each.there,
                    each.cost,
                    _certainty(each),
                ),
                strict=True,
            )
        )
        for each in comparison.differences
    ]


def _certainty(difference: Difference) -> str:
    """Return how the price of a difference is to be read; empty where none was sought."""
    if not difference.centre:
        return ""
    if difference.cost is None:
        return "impossible"
    return "exact" if difference.exact else "at least"
