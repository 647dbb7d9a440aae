"""Prices of moves found side by side: the pairs of a centre together, for they share most of what is learnt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt.ensembles.crew import Crew, run_all
from tyngdepunkt.model import Plan, Progress, Step, Territory, silent
from tyngdepunkt.structure import Price, Solver, price

__all__ = ["PriceTask", "price_side_by_side", "price_task"]

_MOST_PAIRS = 12
"""Pairs in a task at most: fewer share less, more make workers wait for the last."""


@dataclass(frozen=True, eq=False)
class PriceTask:
    """
    Moves to price; it can be sent to another machine.

    Parameters
    ----------
    territory, plan
        An optimal plan and its territory.
    pairs
        Ids of municipality and centre.
    cap, seconds
        As for `tyngdepunkt.structure.tipping_prices`.
    """

    territory: Territory
    plan: Plan
    pairs: tuple[tuple[str, str], ...]
    cap: float
    seconds: float


def price_task(task: PriceTask) -> tuple[Price, ...]:
    """
    Find the prices of a task.

    Parameters
    ----------
    task
        What is priced.

    Returns
    -------
    A price for each pair, in order.
    """
    solver = Solver(task.territory, task.plan.question, seed=task.plan.certificate.seed)
    return tuple(price(solver, task.plan, *pair, cap=task.cap, seconds=task.seconds) for pair in task.pairs)


def price_side_by_side(
    territory: Territory,
    plan: Plan,
    pairs: Sequence[tuple[str, str]],
    *,
    cap: float,
    seconds: float,
    crew: Crew,
    progress: Progress = silent,
) -> tuple[Price, ...]:
    """
    Find the prices of pairs, whoever does it: what is in a task does not depend on how many workers there are.

    Parameters
    ----------
    territory, plan
        An optimal plan and its territory.
    pairs
        Ids of municipality and centre.
    cap, seconds
        As for `tyngdepunkt.structure.tipping_prices`.
    crew
        Who does it.
    progress
        Told after each task, in prices.

    Returns
    -------
    One price for each pair, in order; those of the tasks that are done where interrupted (`KeyboardInterrupt`).
    """
    own: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        own.setdefault(pair[1], []).append(pair)
    shares: list[tuple[tuple[str, str], ...]] = []
    for each in own.values():
        count = -(-len(each) // _MOST_PAIRS)
        shares += [tuple(each[start::count]) for start in range(count)]
    tasks = [PriceTask(territory, plan, share, cap, seconds) for share in shares]

    def tell(step: Step) -> None:
        """Pass on progress in prices."""
        progress(Step(step.task, len(pairs) * step.done // max(1, step.total), len(pairs)))

    found: dict[tuple[str, str], Price] = {}
    for prices in run_all(price_task, tasks, crew=crew, chunk=1, task="tipping", progress=tell):
        found.update({(each.municipality, each.centre): each for each in prices or ()})
    return tuple(found[pair] for pair in pairs if pair in found)
