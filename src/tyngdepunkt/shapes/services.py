"""Gains shared, hosts found, and what services have of staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt import __version__
from tyngdepunkt.shapes.plans import UNSETTLED

if TYPE_CHECKING:
    from tyngdepunkt.analysis.services import (
        BlockCapacity,
        CapacityAnswer,
        HostingPlan,
        HostModel,
        HostRelaxation,
        Judgement,
        ServiceStructure,
        ServiceUnit,
        ShareAnswer,
        SplitTest,
        StructureFinding,
    )
    from tyngdepunkt.study import Study

__all__ = [
    "capacity_shape",
    "host_plan_shape",
    "hosting_shape",
    "hosting_status",
    "relaxation_shape",
    "sharing_shape",
    "structure_shape",
]


def sharing_shape(answer: ShareAnswer) -> dict[str, object]:
    """
    Return a sharing as the JSON object of ``tyngdepunkt share``.

    Parameters
    ----------
    answer
        The answer.

    Returns
    -------
    First the fixed keys, then what proves them, and what the cost keys need.
    """
    sharing = answer.sharing
    game = sharing.game
    return {
        "players": game.players,
        "unit": game.unit,
        "total": game.total,
        "least_core_epsilon": sharing.least_core_epsilon,
        "core_empty": sharing.core_empty,
        "prenucleolus": sharing.prenucleolus,
        "nucleolus": sharing.nucleolus,
        "shapley": sharing.shapley,
        "splits": {name: _split(test) for name, test in sharing.splits.items()},
        "solutions": {name: _split(test) for name, test in sharing.solutions.items()},
        "payments": answer.payments,
        "keys": [{"name": key.name, "missing": key.missing} for key in answer.keys],
        "parameters": [
            {"service": service, "parameter": name, "value": each.value, "source": each.source}
            for service, name, each in answer.parameters
        ],
        "certificate": {
            "levels": [
                {
                    "epsilon": float(level.epsilon),
                    "coalitions": [
                        {"coalition": game.members(coalition), "price": float(price)}
                        for coalition, price in level.prices.items()
                    ],
                }
                for level in sharing.levels
            ],
            "checks": sharing.checks,
        },
        "version": __version__,
    }


def hosting_shape(plans: Mapping[HostModel, HostingPlan]) -> dict[str, object]:
    """
    Return hosts as the JSON object of ``tyngdepunkt hosting``.

    Parameters
    ----------
    plans
        Model to its answer.

    Returns
    -------
    The answer of the one model; of several, that of the first, and each under ``models`` by its name.
    """
    shapes = {str(model): host_plan_shape(plan) for model, plan in plans.items()}
    first = next(iter(shapes.values()))
    return first if len(shapes) == 1 else {**first, "models": shapes}


def hosting_status(plan: HostingPlan) -> str:
    """Return ``optimal``, ``gap`` or ``infeasible``; ``unsettled`` where time ran out before that was known."""
    return str(plan.status) if plan.is_settled else UNSETTLED


def capacity_shape(study: Study, answer: CapacityAnswer) -> dict[str, object]:
    """
    Return capacity as the JSON object of ``tyngdepunkt capacity``.

    Parameters
    ----------
    study
        Whose it is.
    answer
        The answer.

    Returns
    -------
    Services as they are, pooled in blocks, printed figures that were checked, and services elsewhere.
    """
    return {
        "study": study.name,
        "units": [_unit(unit) for unit in answer.units],
        "blocks": [_block(block) for block in answer.blocks],
        "sizes": [
            {**vars(size), "judgements": [_judgement(each) for each in size.judgements]} for size in answer.sizes
        ],
        "findings": [{**vars(finding), "agrees": finding.agrees} for finding in answer.findings],
        "norms": answer.norms,
        "reference": answer.reference,
        "version": __version__,
    }


def structure_shape(
    study: Study, found: Sequence[StructureFinding], own: ServiceStructure, pooled: ServiceStructure | None = None
) -> dict[str, object]:
    """
    Return the size of services as the JSON object of ``tyngdepunkt capacity --structure``.

    Parameters
    ----------
    study
        Whose they are.
    found
        Each service.
    own
        The municipalities themselves.
    pooled
        The blocks that were asked for, as if each were one service; None where none were.

    Returns
    -------
    Services with their quantities, as the register gives them and as printed, and why the two may differ.
    """
    return {
        "study": study.name,
        "municipalities": own,
        "blocks": pooled,
        "services": [
            {
                "service": each.structure.service,
                "computed": each.computed,
                "printed": each.printed,
                "groups": each.structure.groups,
                "arrangements": each.arrangements,
                "older": each.older,
                "incomplete": each.incomplete,
                "population_total": each.population_total,
                "population_printed": each.population_printed,
                "source": each.source,
            }
            for each in found
        ],
        "version": __version__,
    }


def _split(test: SplitTest) -> dict[str, object]:
    """Return a split with what it does to whom."""
    return {
        "amounts": test.amounts,
        "efficient": test.efficient,
        "off_by": test.off_by,
        "in_core": test.in_core,
        "worse_off": test.worse_off,
        "best_deviation": test.best_deviation,
    }


def host_plan_shape(plan: HostingPlan) -> dict[str, object]:
    """Return one model's answer as a JSON object."""
    relaxations = [relaxation_shape(each) for each in plan.relaxations]
    return {
        "model": plan.problem.model,
        "status": hosting_status(plan),
        "hosts": plan.hosts,
        "jobs_before": plan.jobs_before,
        "jobs_after": plan.jobs_after,
        "distinct_hosts": plan.distinct_hosts,
        "distinct_bound": plan.distinct_bound,
        "total_minutes": plan.total_minutes,
        "bound": plan.bound,
        "relaxation": relaxations[0] if relaxations else None,
        "relaxations": relaxations,
        "seconds": plan.seconds,
        "certificate": {"solver": plan.solver, "checks": plan.checks},
        "version": __version__,
    }


def relaxation_shape(relaxation: HostRelaxation) -> dict[str, object]:
    """
    Return what would have to give way, as a JSON object.

    Parameters
    ----------
    relaxation
        The least that works.

    Returns
    -------
    The constraint, and from what to what; a task is named only where it is one's.
    """
    return {
        "constraint": relaxation.constraint,
        **({"task": relaxation.task, "offices": relaxation.offices} if relaxation.task else {}),
        "from": relaxation.asked,
        "to": relaxation.works,
        "bound": relaxation.bound,
        "proven": relaxation.proven,
    }


def _unit(unit: ServiceUnit) -> dict[str, object]:
    """Return a service with its judgements."""
    return {**vars(unit), "judgements": [_judgement(each) for each in unit.judgements]}


def _block(block: BlockCapacity) -> dict[str, object]:
    """Return a service in a block."""
    return {
        **vars(block),
        "today": [_unit(unit) for unit in block.today],
        "crossing": [unit.arrangement for unit in block.crossing],
        "judgements": [_judgement(each) for each in block.judgements],
    }


def _judgement(judgement: Judgement) -> dict[str, object]:
    """Return a judgement, its norm in short."""
    norm = judgement.norm
    return {
        "value": judgement.value,
        "measure": judgement.measure,
        "grade": judgement.grade,
        "is_full": judgement.is_full,
        "comparison": judgement.comparison,
        "service": norm.service,
        "norm_measure": norm.measure,
        "vulnerable_below": norm.vulnerable_below,
        "sufficient_from": norm.sufficient_from,
        "full_from": norm.full_from,
        "source": norm.source,
    }
