"""The plans between two objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.cli.layout import spoken, table_text
from tyngdepunkt.shapes.plans import unit_of

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        Nearest,
        Pareto,
    )
    from tyngdepunkt.study import Study

__all__ = ["front_header", "front_rows", "front_text"]


def front_text(study: Study, front: Pareto, nearest: Nearest | None) -> str:
    """Write the plans between two objectives as a table, whether they are all, and where a plan lies."""
    names = study.territory.names
    rows = front_rows(study, front)
    for row, point in zip(rows, front.points, strict=True):
        row["moved from the point before"] = [names[i] for i in point.moved] or None
        del row["moved"], row["centres"]
    if front.complete:
        told = "These are all: no plan beats one of them in both objectives, and each is proven."
    elif front.supported and all(point.plan.certificate.status == "optimal" for point in front.points):
        told = "These are plans that are the best for some weights, each proven; there may be more between them."
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
