"""Divisions drawn at random, the one with fewest cut edges, and why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tyngdepunkt.analysis.divisions import Clash, FewestCuts, NoDivision, Sample
    from tyngdepunkt.model import Territory

__all__ = ["clash_text", "division_shape", "no_division_shape", "sample_shape"]


def sample_shape(sample: Sample) -> dict[str, object]:
    """Return a sample for JSON."""
    return {
        "method": sample.method.value,
        "blocks": sample.blocks,
        "least": sample.bounds.least,
        "most": sample.bounds.most,
        "seed": sample.seed,
        "chains": sample.plans.shape[0],
        "steps": sample.steps,
        "every": sample.every,
        "complete": sample.complete,
        "count": sample.count,
        "moved": sample.moved,
        "scores": {
            name: {
                **vars(diagnosis),
                "values": sample.scores[name][:, sample.every - 1 :: sample.every].ravel().tolist(),
            }
            for name, diagnosis in sample.diagnoses.items()
        },
        "assignments": sample.plans.reshape(-1, len(sample.graph)).tolist(),
    }


def division_shape(found: FewestCuts, objective: str) -> dict[str, object]:
    """Return a division for JSON."""
    return {
        "assignment": found.assignment,
        "objective": found.objective,
        "bound": found.bound,
        "status": found.status.value,
        "seconds": found.seconds,
        "populations": found.populations,
        **_asked_shape(found, objective),
        "heuristic_objective": found.heuristic_objective,
    }


def no_division_shape(found: NoDivision, objective: str, territory: Territory | None = None) -> dict[str, object]:
    """Return for JSON that there is no division; of a study by its municipalities' names."""
    clash = found.clash
    return {
        "assignment": None,
        "objective": None,
        "bound": found.bound,
        "status": _status_of(found),
        "seconds": found.seconds,
        "kind": None if clash is None else clash.kind,
        "reasons": [] if clash is None else [{**vars(clash), "text": clash_text(found, clash, territory)}],
        **_asked_shape(found, objective),
    }


def _asked_shape(found: FewestCuts | NoDivision, objective: str) -> dict[str, object]:
    """Return for JSON what was asked, and what it took."""
    return {
        "question": {
            "blocks": found.blocks,
            "objective": objective,
            "least": found.bounds.least,
            "most": found.bounds.most,
        },
        "nodes": found.nodes,
        "seed": found.seed,
        "complete": found.complete,
    }


def _status_of(found: NoDivision) -> str:
    """Return whether there is no division, or none was found in time."""
    return "unsettled" if found.clash is None else "infeasible"


def clash_text(found: NoDivision, clash: Clash, territory: Territory | None = None) -> str:
    """Return what makes a division impossible in a sentence; of a study by its municipalities' names."""
    nodes = [f"node {i}" if territory is None else territory.names[territory.ids[i]] for i in clash.nodes[:1]]
    node = nodes[0] if nodes else ""
    least = f"{found.bounds.least:,}"
    most = "–" if found.bounds.most is None else f"{found.bounds.most:,}"
    of = f"with {clash.value:,} inhabitants"
    match clash.criterion:
        case "window":
            return f"a block would need at least {least} and at most {most} inhabitants, and no whole number is both."
        case "total":
            return f"{clash.value:,} inhabitants are too few or too many for {found.blocks} blocks."
        case "node":
            return f"{node} {of} is more than a block may have."
        case "part":
            return f"the part of {node}, which no edge joins to the rest, {of} can be no blocks."
        case "parts":
            return f"parts that no edge joins cannot make {found.blocks} blocks together."
        case "alone":
            return f"{node} {of} lies in no block that is within the bounds and leaves the others theirs."
        case _:
            return "every division has been ruled out."
