"""Divisions drawn at random, the one with fewest cut edges, and why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.cli.layout import table_text
from tyngdepunkt.shapes.divisions import clash_text

if TYPE_CHECKING:
    from tyngdepunkt.analysis.divisions import Bounds, FewestCuts, NoDivision, Sample
    from tyngdepunkt.model import Territory

__all__ = ["bounds_text", "division_text", "no_division_text", "sample_rows", "sample_text"]


_UNITS = {
    "cut_edges": "cut edges",
    "smallest": "smallest block [persons]",
    "largest": "largest block [persons]",
    "inside": "commuters within blocks [persons]",
}


def sample_text(sample: Sample) -> str:
    """Return a sample for reading."""
    known = "" if sample.count is None else f" of the {sample.count:,} there are"
    chains = sample.plans.shape[0]
    head = (
        f"{sample.steps * chains:,} divisions{known} into {sample.blocks} connected blocks"
        f"{bounds_text(sample.bounds)}, drawn by the method {sample.method.value} with seed {sample.seed}.\n"
    )
    if sample.count is None:
        head += f"{chains} chain{'s' if chains > 1 else ''}; {100 * sample.moved:.1f} % of the steps moved.\n"
    rows = [
        {
            "score": _UNITS.get(name, name),
            "mean": round(each.mean, 1),
            "error": round(each.error, 2),
            "deviation": round(each.deviation, 1),
            "effective draws": round(each.effective),
            "R-hat": f"{each.rhat:.3f}",
        }
        for name, each in sample.diagnoses.items()
    ]
    doubtful = [name for name, each in sample.diagnoses.items() if not each.has_mixed]
    if sample.count is None and doubtful:
        said = (
            "The chains have not mixed: above R-hat 1.01 or below 400 effective draws, take more --steps or --chains."
        )
        return f"{head}\n{table_text(rows)}\n{said}\n"
    return f"{head}\n{table_text(rows)}"


def division_text(found: FewestCuts, territory: Territory | None = None) -> str:
    """Return a division for reading, its nodes by name where it is a study's."""
    called = [str(node) for node in range(len(found.graph))]
    if territory is not None:
        called = [municipality.name for municipality in territory.municipalities]
    mean = found.graph.total / found.blocks
    rows = [
        {
            "block": block,
            "nodes": sum(each == block for each in found.assignment),
            "inhabitants [persons]": people,
            "from the mean [%]": f"{100 * (people / mean - 1):+.2f}" if mean else None,
            "cut edges": sum(block in ends and ends[0] != ends[1] for ends in _blocks_at_edges(found)),
            "which": f"{{{', '.join(called[node] for node, each in enumerate(found.assignment) if each == block)}}}",
        }
        for block, people in enumerate(found.populations)
    ]
    proven = (
        "proven fewest" if found.objective == found.bound else f"and no division cuts fewer than {found.bound:,} edges"
    )
    edges = "1 edge" if found.objective == 1 else f"{found.objective:,} edges"
    return (
        f"{found.blocks} connected blocks{bounds_text(found.bounds)}: {edges} cut, {proven} "
        f"({found.seconds:.1f} s).\n\n{table_text(rows)}"
    )


def _blocks_at_edges(found: FewestCuts) -> list[tuple[int, int]]:
    """Return the blocks at the two ends of each edge."""
    return [(found.assignment[a], found.assignment[b]) for a, b in found.graph.edges]


def no_division_text(found: NoDivision, territory: Territory | None = None) -> str:
    """Return for reading that there is no division; of a study by its municipalities' names."""
    what = f"division into {found.blocks} connected blocks{bounds_text(found.bounds)}"
    if found.clash is None:
        return (
            f"No {what} was found in {found.seconds:.0f} s; whether there is one is not settled. "
            f"None cuts fewer than {found.bound:,} edges. Give it more --seconds, or loosen the bounds.\n"
        )
    return f"There is no {what}, by {found.clash.kind}: {clash_text(found, found.clash, territory)}\n"


def bounds_text(bounds: Bounds) -> str:
    """Return bounds in words, to follow the word blocks."""
    if bounds.most is not None:
        return f" of {bounds.least:,} to {bounds.most:,} inhabitants"
    return f" of {bounds.least:,} inhabitants or more" if bounds.least else ""


def sample_rows(sample: Sample) -> list[dict[str, object]]:
    """Return a line for each division kept."""
    return [
        {
            "chain": chain + 1,
            "step": (place + 1) * sample.every,
            **{name: int(values[chain, (place + 1) * sample.every - 1]) for name, values in sample.scores.items()},
            "assignment": plan.tolist(),
        }
        for chain, plans in enumerate(sample.plans)
        for place, plan in enumerate(plans)
    ]
