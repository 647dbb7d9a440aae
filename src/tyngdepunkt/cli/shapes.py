"""From answers to the fixed shapes of JSON, and to the rows of tables and CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt import __version__
from tyngdepunkt.cli import service_shapes
from tyngdepunkt.cli.layout import Row

if TYPE_CHECKING:
    from pathlib import Path

    from tyngdepunkt.analysis import (
        Analysis,
        CooperationReview,
        Difference,
        Explanation,
        Frontier,
        FrontierPoint,
        Layer,
        Layers,
        Nearest,
        Pareto,
        Place,
        PlanComparison,
        PlanMeasure,
        Price,
        Sensitivity,
        ServicesReview,
        Share,
        Stability,
    )
    from tyngdepunkt.model import NoPlan, Objective, Plan, Question, Reason
    from tyngdepunkt.study import Study

__all__ = [
    "UNSETTLED",
    "assignment_rows",
    "comparison_shape",
    "difference_header",
    "difference_rows",
    "explanation_shape",
    "front_header",
    "front_rows",
    "front_shape",
    "frontier_rows",
    "frontier_shape",
    "layer_rows",
    "layers_shape",
    "no_plan_shape",
    "place_shape",
    "plan_shape",
    "price_rows",
    "price_shapes",
    "run_shape",
    "sensitivity_shape",
    "share_shape",
    "stability_shape",
    "status_of",
    "unit_of",
]

UNSETTLED = "unsettled"
"""Status where time ran out before a plan was found or proven not to exist."""


def unit_of(objective: Objective) -> str:
    """Return the unit of an objective: commuters, person-minutes, borders, or points of several."""
    return objective.unit


def status_of(answer: Plan | NoPlan) -> str:
    """Return ``optimal``, ``gap`` or ``heuristic``; ``infeasible``, or ``unsettled`` where time ran out."""
    from tyngdepunkt.model import Plan, Status

    if isinstance(answer, Plan):
        return answer.certificate.status
    return UNSETTLED if answer.kind == UNSETTLED else Status.INFEASIBLE


def plan_shape(study: Study, plan: Plan, measure: PlanMeasure) -> dict[str, object]:
    """
    Return a plan as the JSON object of ``tyngdepunkt plan``.

    Parameters
    ----------
    study
        Whose plan it is.
    plan
        The plan.
    measure
        The plan, measured.

    Returns
    -------
    First the fixed keys, then the rest of the certificate, the measures of the whole, and the question.
    """
    from tyngdepunkt.analysis import find_record

    certificate = plan.certificate
    return {
        "study": study.name,
        "centres": plan.centres,
        "assignment": dict(sorted(plan.assignment.items())),
        "objective": plan.objective,
        "bound": certificate.bound,
        "status": certificate.status,
        "seconds": certificate.seconds,
        "blocks": measure.blocks,
        "ties": measure.ties,
        "person_minutes": measure.person_minutes,
        "internal_share": measure.internal_share,
        "moved": measure.moved,
        "record": _reasons(study, find_record(study, plan)),
        "cohesion": measure.cohesion,
        "borders": measure.borders,
        "certificate": {
            "solver": certificate.solver,
            "seed": certificate.seed,
            "heuristic_objective": certificate.heuristic_objective,
            "checks": certificate.checks,
        },
        "question": _question(plan.question),
        "version": __version__,
    }


def no_plan_shape(study: Study, answer: NoPlan) -> dict[str, object]:
    """
    Return the answer that there is no plan as the JSON object of ``tyngdepunkt plan``.

    Parameters
    ----------
    study
        Whose plan is sought.
    answer
        Why there is none.

    Returns
    -------
    ``status`` is ``infeasible``, ``assignment`` None; ``reasons`` says why, and ``relaxation`` gives, by
    constraint, the nearest value that works and whether nothing nearer does. Where time ran out before it was
    settled whether there is a plan, ``status`` is ``unsettled``.
    """
    return {
        "study": study.name,
        "centres": None,
        "assignment": None,
        "objective": None,
        "bound": None,
        "status": status_of(answer),
        "seconds": answer.seconds,
        "blocks": [],
        "kind": answer.kind,
        "reasons": _reasons(study, answer.reasons),
        "relaxation": {
            each.constraint: {"asked": each.asked, "works": each.works, "proven": each.proven}
            for each in answer.relaxations
        },
        "question": _question(answer.question),
        "version": __version__,
    }


def frontier_shape(frontier: Frontier) -> list[dict[str, object]]:
    """Return every number of centres as the JSON list of ``tyngdepunkt sweep``; nulls where there is no plan."""
    return [
        {
            "k": point.centres,
            "objective": point.measure and _plan(point).objective,
            "bound": point.measure and _plan(point).certificate.bound,
            "status": status_of(point.answer),
            "smallest_block": point.measure and min(block.population for block in point.measure.blocks),
            "internal_share": point.measure and point.measure.internal_share,
        }
        for point in frontier.points
    ]


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
                "internal share [%]": _percent(point.measure.internal_share if point.measure else None),
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


def price_shapes(prices: Iterable[Price], stability: Stability | None = None) -> list[dict[str, object]]:
    """
    Return prices as JSON objects.

    Parameters
    ----------
    prices
        The prices.
    stability
        How often municipalities keep their block, and lie in the other; None where that was not asked for.

    Returns
    -------
    One object a price; `price` is None where impossible, at least that much where not exact.
    """
    return [
        {
            "municipality": price.municipality,
            "centre": price.centre,
            "price": price.amount,
            "exact": price.exact,
            "possible": price.amount is not None,
            "minutes": price.minutes,
            "commuters": price.commuters,
            "assignment": price.assignment,
            **_firmness(price, stability),
        }
        for price in prices
    ]


def _firmness(price: Price, stability: Stability | None) -> dict[str, object]:
    """Return how often a price's municipality keeps its block and lies in the other; nothing where not known."""
    if stability is None:
        return {}
    return {
        "keeps": share_shape(stability.keeps(price.municipality)),
        "lies_there": share_shape(stability.lies_with(price.municipality, price.centre)),
    }


def price_rows(study: Study, plan: Plan, prices: Iterable[Price], stability: Stability | None = None) -> list[Row]:
    """Return prices as rows, each municipality with its own block and the other, and how often it keeps its own."""
    names = study.territory.names
    unit = unit_of(plan.question.objective)
    return [
        {
            "municipality_id": price.municipality,
            "municipality": names[price.municipality],
            "block": names[plan.assignment[price.municipality]],
            "other block": names[price.centre],
            f"price [{unit}]": price.amount,
            "price is": "impossible" if price.amount is None else "exact" if price.exact else "at least",
            "minutes to other centre [min]": price.minutes,
            "commuters with other centre [persons]": price.commuters,
            **(
                {}
                if stability is None
                else {
                    "keeps block [%]": _percent(stability.keeps(price.municipality).share),
                    "lies in other [%]": _percent(stability.lies_with(price.municipality, price.centre).share),
                }
            ),
        }
        for price in prices
    ]


def explanation_shape(study: Study, explanation: Explanation, stability: Stability | None = None) -> dict[str, object]:
    """Return why a municipality lies where it does as a JSON object, each reason with its sentence."""
    plan = explanation.plan
    return {
        "study": study.name,
        "municipality": explanation.municipality,
        "name": study.territory.names[explanation.municipality],
        "centre": plan.assignment[explanation.municipality],
        "status": plan.certificate.status,
        "reasons": _reasons(study, explanation.reasons),
        "prices": price_shapes(explanation.prices, stability),
        "keeps": stability and share_shape(stability.keeps(explanation.municipality)),
        "question": _question(plan.question),
        "version": __version__,
    }


def comparison_shape(study: Study, comparison: PlanComparison, question: Question) -> dict[str, object]:
    """Return two plans side by side as a JSON object, the differences first."""
    return {
        "study": study.name,
        "plans": comparison.names,
        "differences": comparison.differences,
        "matched": comparison.matched,
        "measures": comparison.measures,
        "question": _question(question),
        "version": __version__,
    }


def front_shape(study: Study, front: Pareto, nearest: Nearest | None, question: Question) -> dict[str, object]:
    """Return the plans between two objectives as the JSON object of ``tyngdepunkt pareto``."""
    names = [str(objective) for objective in front.objectives]
    return {
        "study": study.name,
        "objectives": names,
        "units": [objective.unit for objective in front.objectives],
        "points": [
            {
                "objectives": dict(zip(names, point.amounts, strict=True)),
                "status": point.plan.certificate.status,
                "bound": point.plan.certificate.bound,
                "centres": point.plan.centres,
                "assignment": dict(sorted(point.plan.assignment.items())),
                "moved": point.moved,
                "certificate": point.plan.certificate,
            }
            for point in front.points
        ],
        "complete": front.complete,
        "spaced": front.spaced,
        "steps": front.steps,
        "nearest": nearest and _nearest(front, nearest),
        "seconds": front.seconds,
        "question": {**_question(question), "objective": None, "centres": None},
        "version": __version__,
    }


def _nearest(front: Pareto, nearest: Nearest) -> dict[str, object]:
    """Return which points a plan lies nearest to as a JSON object; points by their place in the list, from 0."""
    names = [str(objective) for objective in front.objectives]
    return {
        "plan": nearest.name,
        "objectives": dict(zip(names, nearest.amounts, strict=True)),
        "by_objectives": {"point": nearest.by_objectives, "distance": nearest.distance},
        "by_moves": {"point": nearest.by_moves, "moved": nearest.moved},
        "dominated_by": nearest.dominated_by,
        "keeps": nearest.keeps,
    }


def front_header(front: Pareto) -> tuple[str, ...]:
    """Return the columns of `front_rows`."""
    first, second = (f"{objective} [{unit_of(objective)}]" for objective in front.objectives)
    return ("point", first, second, "status", "blocks", "centres", "moved")


def front_rows(study: Study, front: Pareto) -> list[dict[str, object]]:
    """Return the plans between two objectives as rows, numbered from 1, with who moves from one to the next."""
    names = study.territory.names
    header = front_header(front)
    return [
        dict(
            zip(
                header,
                (
                    number,
                    *point.amounts,
                    point.plan.certificate.status,
                    len(point.plan.centres),
                    [names[i] for i in point.plan.centres],
                    [names[i] for i in point.moved],
                ),
                strict=True,
            )
        )
        for number, point in enumerate(front.points, start=1)
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


def run_shape(analysis: Analysis, files: Iterable[Path]) -> dict[str, object]:
    """Return a whole analysis as the JSON object of ``tyngdepunkt run``."""
    study = analysis.study
    return {
        "study": study.name,
        "version": analysis.version,
        "seed": study.settings.seed,
        "checksums": analysis.checksums,
        "blocks": _layer(study, analysis.blocks),
        "centres_of_gravity": _layer(study, analysis.gravity),
        "nesting": analysis.nesting,
        "frontier": frontier_shape(analysis.frontier),
        "frontier_with_floor": frontier_shape(analysis.frontier_with_floor),
        "tipping": price_shapes(analysis.tipping),
        "stability": analysis.stability and stability_shape(study, analysis.stability),
        "references": [
            {
                "plan": each.plan.name,
                "source": each.plan.source,
                "blocks": len(each.measure.blocks),
                "objective": each.measure.objective,
                "distance": each.distance,
                "distance_with_floor": each.distance_with_floor,
                "below_floor": each.below_floor,
                "differences": each.comparison.differences,
            }
            for each in analysis.references
        ],
        "cooperation": analysis.cooperation and _cooperation(analysis.cooperation),
        "services": analysis.services and _services(analysis.services),
        "files": [path.as_posix() for path in files],
    }


def _cooperation(review: CooperationReview) -> dict[str, object]:
    """Return cooperation in short."""
    measure, counted = review.measure, review.counted
    standing = {each.group.name: each for each in review.assessments}
    return {
        "year": review.year,
        "arrangements": len(measure.picture),
        "by_snapshot": measure.by_snapshot,
        "carried": len(measure.picture.carried),
        "participations": measure.participations,
        "inside_share": measure.inside_share,
        "kept": review.is_kept,
        "blocks": [
            {
                "centre": group.name,
                "arrangements": group.total,
                "inside_share": group.inside_share,
                "partner_sets": group.partner_sets,
                "criss_cross": group.criss_cross.share,
                "step": standing[group.name].step if group.name in standing else None,
                "next_step": standing[group.name].next_step if group.name in standing else None,
            }
            for group in measure.blocks
        ],
        "counted": counted
        and {
            "year": counted.year,
            "participations": counted.participations,
            "counted_participations": counted.counted_participations,
        },
        "forms": dict(Counter(str(check.verdict) for check in review.forms)),
    }


def _services(review: ServicesReview) -> dict[str, object]:
    """Return services in short."""
    capacity = review.capacity
    return {
        "staffed": None if capacity is None else len(capacity.units),
        "findings": [] if capacity is None else [vars(each) for each in capacity.findings if not each.agrees],
        "hosting": [
            {
                "centre": each.block,
                "measure": each.measure or None,
                "taking_part": each.taking_part,
                "models": {
                    str(model): {
                        "status": service_shapes.status_of(plan),
                        "distinct_hosts": plan.distinct_hosts,
                        "total_minutes": plan.total_minutes,
                        "relaxations": [service_shapes.relaxation_shape(one) for one in plan.relaxations],
                    }
                    for model, plan in each.plans.items()
                },
            }
            for each in review.hosting
        ],
    }


def layers_shape(layers: Layers) -> dict[str, object]:
    """Return both layers as the JSON object of ``tyngdepunkt layers``; `nesting` is None where one has no plan."""
    study = layers.study
    return {
        "study": study.name,
        "blocks": _layer(study, layers.blocks),
        "centres_of_gravity": _layer(study, layers.gravity),
        "nesting": layers.nesting,
        "version": __version__,
    }


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


def share_shape(share: Share) -> dict[str, object]:
    """Return a share as a JSON object, with its 95 % interval and half the width of that."""
    return {"share": share.share, "low": share.low, "high": share.high, "error": share.error}


def stability_shape(study: Study, found: Stability, *, pairs: bool = False) -> dict[str, object]:
    """
    Return stability as the JSON object of ``tyngdepunkt stability``.

    Parameters
    ----------
    study
        Whose plan it is.
    found
        The stability.
    pairs
        Whether to give for each two municipalities how often they lie in one block.

    Returns
    -------
    The municipalities in order of id.
    """
    plan, names = found.plan, study.territory.names
    settled = sum(found.numbers.values())
    return {
        "study": study.name,
        "centres": plan.centres,
        "assignment": dict(sorted(plan.assignment.items())),
        "objective": plan.objective,
        "method": found.method,
        "seed": found.seed,
        "resamples": found.asked,
        "solved": found.solved,
        "unsettled": found.unsettled,
        "complete": found.complete,
        "whole": share_shape(found.whole),
        "municipalities": [
            {
                "municipality": i,
                "name": names[i],
                "centre": plan.assignment[i],
                "keeps": share_shape(found.keeps(i)),
                "blocks": {c: share_shape(found.lies_with(i, c)) for c in plan.centres},
                "new_block": share_shape(found.lies_apart(i)),
                "is_centre": share_shape(found.is_centre(i)),
            }
            for i in found.ids
        ],
        "best_numbers": {k: count / settled for k, count in found.numbers.items()},
        "years": [
            {
                "year": each.year,
                "settled": each.settled,
                "centres": each.centres,
                "moved": [i for i, kept in zip(found.ids, each.kept, strict=True) if not kept],
            }
            for each in found.years
        ],
        "pairs": {"ids": found.ids, "together": (found.together / found.solved).tolist()} if pairs else None,
        "question": _question(plan.question),
        "version": __version__,
    }


def sensitivity_shape(study: Study, found: Sensitivity) -> dict[str, object]:
    """Return variations as the JSON object of ``tyngdepunkt sensitivity``."""
    plan = found.plan
    return {
        "study": study.name,
        "centres": plan.centres,
        "assignment": dict(sorted(plan.assignment.items())),
        "objective": plan.objective,
        "complete": found.complete,
        "variations": [
            {
                "setting": each.variation.setting,
                "value": each.variation.value,
                "status": each.status or UNSETTLED,
                "objective": each.objective,
                "centres": each.centres,
                "moved": each.moved,
                "kept": each.kept,
                "kept_people": each.kept_people,
            }
            for each in found.variations
        ],
        "municipalities": [
            {"municipality": i, "name": study.territory.names[i], "kept": kept, "variations": total}
            for i, (kept, total) in ((i, found.keeps(i)) for i in sorted(plan.assignment))
        ],
        "question": _question(plan.question),
        "version": __version__,
    }


def place_shape(study: Study, place: Place) -> dict[str, object]:
    """Return where a plan stands as the JSON object of ``tyngdepunkt standing``."""
    standing = place.standing
    return {
        "study": study.name,
        "plan": place.name,
        "blocks": place.question.centres,
        "objective": place.objective,
        "in_space": place.in_space,
        "method": place.method,
        "seed": place.seed,
        "exhaustive": place.exhaustive,
        "count": place.count,
        "draws": place.draws,
        "worse": standing.below,
        "equal": standing.equal,
        "better": standing.above,
        "better_low": place.better_low,
        "better_high": place.better_high,
        "percentile": standing.percentile,
        "error": standing.error,
        "effective": standing.effective,
        "ranks": place.ranks,
        "mixed": place.mixed,
        "complete": place.complete,
        "scores": {**vars(place.diagnosis), "quantiles": place.quantiles},
        "histogram": place.histogram,
        "question": _question(place.question),
        "version": __version__,
    }


def _layer(study: Study, layer: Layer) -> dict[str, object]:
    """Return one layer as the JSON object of its plan, with why it has that number of centres."""
    from tyngdepunkt.model import NoPlan

    if isinstance(layer.plan, NoPlan):
        return no_plan_shape(study, layer.plan)
    if layer.measure is None:
        raise TypeError("A layer with a plan and no measure of it.")
    return {**plan_shape(study, layer.plan, layer.measure), "chosen": _reasons(study, layer.reasons)}


def _plan(point: FrontierPoint) -> Plan:
    """Return the plan of a point that has one."""
    from tyngdepunkt.model import Plan

    if not isinstance(point.answer, Plan):
        raise TypeError(f"A measured point without a plan at k = {point.centres}.")
    return point.answer


def _question(question: Question) -> dict[str, object]:
    """Return a question as a JSON object; the objective as the text of ``--objective``."""
    start = question.start
    return {
        **vars(question),
        "objective": str(question.objective),
        "thresholds": [{"objective": str(each.objective), "value": each.value} for each in question.thresholds],
        "start": start and {"plan": start.name, "most_moved": start.most_moved, "blocks": dict(start.blocks)},
    }


def _reasons(study: Study, reasons: Iterable[Reason]) -> list[dict[str, object]]:
    """Return reasons as JSON objects, each with its English sentence."""
    from tyngdepunkt.texts.reasons import sentence

    names = study.territory.names
    return [{**vars(reason), "text": sentence(reason, names, "en")} for reason in reasons]


def _percent(share: float | None) -> float | None:
    """Return a share as per cent with two decimals."""
    return None if share is None else round(100 * share, 2)
