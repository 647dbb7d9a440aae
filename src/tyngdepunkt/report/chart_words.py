"""
What the chart of every number of centres shows, in words: its alternative text, and the words that stand in it.

Apart from `tyngdepunkt.report.charts`, so that a page can say what it shows without the library that draws it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt.analysis import Frontier, FrontierPoint
from tyngdepunkt.model import NoPlan, Plan
from tyngdepunkt.texts.wording import Wording

__all__ = ["describe_frontier", "is_settled", "objective_of", "series_name"]


def describe_frontier(
    frontier: Frontier, with_floor: Frontier | None = None, *, language: str, chosen: int | None = None
) -> str:
    """
    Say in words what `frontier_chart` shows.

    Parameters
    ----------
    frontier, with_floor, language, chosen
        As there.

    Returns
    -------
    Sentences with the figures that matter: the alternative text.
    """
    wording = Wording(language, "report")
    several = [f for f in (frontier, with_floor) if f is not None and f.points]
    said = [wording.say("Chart of the best objective for each number of centres.")]
    for f in several:
        series = series_name(f, wording)
        best = f.best
        if best is None:
            said.append(wording.say("{series}: no plan exists for any number.", series=series))
            continue
        found = [p for p in f.points if isinstance(p.answer, Plan)]
        said.append(
            wording.say(
                "{series}: {objective} at best, with {best} centres; {first_objective} with {first} "
                "and {last_objective} with {last}.",
                series=series,
                best=wording.count(best.centres),
                objective=wording.count(objective_of(best)),
                first=wording.count(found[0].centres),
                first_objective=wording.count(objective_of(found[0])),
                last=wording.count(found[-1].centres),
                last_objective=wording.count(objective_of(found[-1])),
            )
        )
        missing = [wording.count(p.centres) for p in f.points if isinstance(p.answer, NoPlan) and is_settled(p)]
        if missing:
            said.append(wording.say("No plan exists for {numbers}.", numbers=_spans(missing, f, wording)))
    if chosen is not None:
        said.append(wording.say("Chosen: {count} centres.", count=wording.count(chosen)))
    return " ".join(said)


def series_name(frontier: Frontier, wording: Wording) -> str:
    """Return what a frontier is called: by its floor."""
    floor = frontier.points[0].answer.question.floor
    if not floor:
        return wording.say("Without a floor")
    return wording.say("At least {count} inhabitants in each block", count=wording.count(floor))


def is_settled(point: FrontierPoint) -> bool:
    """Tell whether there is a plan, or a proof that there is none."""
    return isinstance(point.answer, Plan) or point.answer.kind != "unsettled"


def objective_of(point: FrontierPoint) -> float | None:
    """Return a point's objective; None where no plan exists."""
    return point.answer.objective if isinstance(point.answer, Plan) else None


def _spans(numbers: Sequence[str], frontier: Frontier, wording: Wording) -> str:
    """Return the numbers of centres without a plan: from the first to the last where they are a run, else a list."""
    without = [p.centres for p in frontier.points if isinstance(p.answer, NoPlan) and is_settled(p)]
    if len(without) > 1 and without == list(range(without[0], without[-1] + 1)):
        return wording.say("{first} to {last}", first=numbers[0], last=numbers[-1])
    return wording.join(numbers)
