"""Where a plan stands among all connected divisions of its territory into as many blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.ensembles.chains import chain_runner
from tyngdepunkt.ensembles.crew import Crew
from tyngdepunkt.ensembles.shares import share_of
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Partition, Plan, Progress, Question, Sense, Territory, silent
from tyngdepunkt.space import (
    Bounds,
    Diagnosis,
    Method,
    SpaceTooLargeError,
    Standing,
    build_space,
    diagnose,
    graph_of,
    sample_divisions,
    score_by_best_centres,
    stand,
)
from tyngdepunkt.space.memory import GIGABYTES
from tyngdepunkt.structure import measure
from tyngdepunkt.structure.form import Form

__all__ = ["DRAWS", "Bin", "Place", "place_plan"]

Floats = NDArray[np.float64]

DRAWS = 200_000
"""Divisions that are drawn where nobody says how many."""
ALL = 200_000
"""Divisions up to which every one of them is looked at."""
KEPT = 50_000
"""Divisions of chains that are scored at most; more of them would resemble one another."""
CHAINS = 4
"""Chains that are run, so that they can be compared."""
_DECIMALS = 6
"""Decimals of a score that count."""
BINS = 30
"""Bars of the histogram."""


@dataclass(frozen=True)
class Bin:
    """
    One bar of a histogram.

    Parameters
    ----------
    low, high
        From which score up to, but not with, which; the last bar has its upper end too.
    share
        Share of the divisions.
    """

    low: float
    high: float
    share: float


@dataclass(frozen=True, eq=False)
class Place:
    """
    Where a plan stands.

    Parameters
    ----------
    name
        What the plan is called.
    question
        The yardstick: number of blocks, objective, floor and links.
    objective
        The plan's own, each block with its best centre.
    in_space
        Whether the plan is one of those it is compared with: its blocks hang together and keep the floor.
    method, seed
        How the others were drawn; `Method.EXACT` also where all were looked at.
    exhaustive
        Whether all were looked at.
    count
        How many divisions there are; None where that is not known.
    draws
        How many were scored.
    standing
        Shares of the divisions that are worse (``below``), alike and better (``above``), whatever the sense of the
        objective; the percentile is the share that the plan beats, those alike counted half.
    better_low, better_high
        95 % interval of the share that is better (Wilson 1927), by the effective draws; both the share itself where all
        were looked at.
    diagnosis
        What the sample says of the objective of a division.
    mixed
        Whether the sample can be trusted: always so for independent draws; for chains where R-hat is 1.01 or less and
        the effective draws are 400 or more.
    quantiles
        Share to the score that so many divisions have at most: 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.
    histogram
        Scores of the divisions, lowest first.
    complete
        False where it was interrupted, and rests on what was done by then.
    """

    name: str
    question: Question
    objective: float
    in_space: bool
    method: Method
    seed: int
    exhaustive: bool
    count: int | None
    draws: int
    standing: Standing
    better_low: float
    better_high: float
    diagnosis: Diagnosis
    mixed: bool
    quantiles: dict[float, float]
    histogram: tuple[Bin, ...]
    complete: bool

    @property
    def ranks(self) -> tuple[int, int] | None:
        """First and last rank, 1 the best, that the plan has at 95 %; None where it is not known how many there are."""
        if self.count is None:
            return None
        first, last = (round(share * self.count) for share in (self.better_low, self.better_high))
        return first + 1, max(first, last) + 1


@dataclass(frozen=True, eq=False)
class _Scores:
    """Scores of divisions, shape (n_chains, n_draws), and how they were come by."""

    values: Floats
    method: Method
    exhaustive: bool
    count: int | None
    complete: bool


def place_plan(
    territory: Territory,
    plan: Plan | Partition,
    question: Question,
    *,
    name: str,
    draws: int,
    seed: int,
    method: Method | None = None,
    memory: float = GIGABYTES,
    crew: Crew | None = None,
    progress: Progress = silent,
) -> Place:
    """
    Find where a plan stands among all connected divisions into as many blocks.

    Each division is scored as a plan of others is measured: each block with the member that serves it best as its
    centre. All divisions are looked at where there are few; else independent draws are made where they can be counted
    in the memory allowed; else chains are run that tend to all divisions alike, half as many steps again thrown away.

    Parameters
    ----------
    territory
        Of which the plan is.
    plan
        The plan, of ours or others.
    question
        The yardstick: its objective, its floor and its links decide which divisions there are and what they are worth;
        its other wishes count for nothing here.
    name
        What the plan is called.
    draws
        Divisions to draw, or steps of all chains together.
    seed
        The same seed gives the same sample.
    method
        How they are drawn; as said above where not given.
    memory
        Memory that counting may use [GB].
    crew
        Who runs chains.
    progress
        Told now and then.

    Returns
    -------
    The standing. An interrupt (`KeyboardInterrupt`) ends chains early with what is done.

    Raises
    ------
    QuestionError
        Where the plan does not place each municipality once, there is no division with the floor, or the study lacks
        what the objective counts.
    SpaceTooLargeError
        Where exact draws are asked for by name and the memory is not enough.
    """
    measured = measure(territory, plan, question)
    blocks = len(measured.blocks)
    question = question.with_centres(blocks)
    form = Form.of(territory, question.objective)
    own = np.zeros((1, len(territory)), dtype=np.int32)
    for number, block in enumerate(measured.blocks):
        own[0, [territory.position[i] for i in block.members]] = number
    score = float(_score(own, form)[0])
    sign = 1 if question.objective.sense is Sense.MAX else -1
    found = _score_others(territory, question, form, draws, seed, method, memory, crew, progress)
    diagnosis = diagnose(sign * found.values, independent=found.method is Method.EXACT)
    independent = found.method is Method.EXACT
    standing = stand(score, found.values, independent=independent, exhaustive=found.exhaustive)
    low = high = standing.above
    if not found.exhaustive:
        draws_worth = max(1, round(min(standing.effective, found.values.size)))
        interval = share_of(round(standing.above * draws_worth), draws_worth)
        low, high = min(low, interval.low), max(high, interval.high)
    mixed = independent or (diagnosis.has_mixed and diagnose(found.values <= score).has_mixed)
    shown = (sign * found.values).ravel()
    return Place(
        name=name,
        question=question,
        objective=sign * score,
        in_space=all(block.connected and not block.shortfall for block in measured.blocks),
        method=found.method,
        seed=seed,
        exhaustive=found.exhaustive,
        count=found.count,
        draws=int(found.values.size),
        standing=standing,
        better_low=low,
        better_high=high,
        diagnosis=diagnosis,
        mixed=bool(mixed),
        quantiles={q: float(np.quantile(shown, q)) for q in (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)},
        histogram=_histogram(shown),
        complete=found.complete,
    )


def _score_others(
    territory: Territory,
    question: Question,
    form: Form,
    draws: int,
    seed: int,
    method: Method | None,
    memory: float,
    crew: Crew | None,
    progress: Progress,
) -> _Scores:
    """Score all divisions, or a sample of them."""
    graph, bounds = graph_of(territory, seasonal=question.seasonal), Bounds(question.floor)
    blocks = question.centres
    if method in {None, Method.EXACT}:
        try:
            space = build_space(graph, blocks, bounds=bounds, memory=memory, progress=progress)
        except SpaceTooLargeError:
            if method is Method.EXACT:
                raise
        else:
            if space.count == 0:
                raise QuestionError(
                    f"There is no division into {blocks} connected blocks of {question.floor:,} inhabitants or more, "
                    "and so nothing to compare with: lower the floor."
                )
            if space.count <= max(draws, ALL):
                every = np.concatenate(
                    [space.divisions(range(at, min(at + KEPT, space.count))) for at in range(0, space.count, KEPT)]
                )
                return _Scores(_score(every, form)[None, :], Method.EXACT, True, space.count, True)  # noqa: FBT003
            drawn = space.draw(draws, seed=seed, progress=progress)
            return _Scores(_score(drawn, form)[None, :], Method.EXACT, False, space.count, True)  # noqa: FBT003
    steps = max(1, draws // CHAINS)
    sample = sample_divisions(
        graph,
        blocks,
        steps=steps,
        seed=seed,
        bounds=bounds,
        method=method or Method.UNIFORM,
        chains=CHAINS,
        every=-(-steps * CHAINS // KEPT),
        warmup=steps // 2,
        progress=progress,
        run=chain_runner(crew),
    )
    chains, kept, nodes = sample.plans.shape
    values = _score(sample.plans.reshape(-1, nodes), form).reshape(chains, kept)
    return _Scores(values, sample.method, exhaustive=False, count=None, complete=sample.complete)


def _score(plans: NDArray[np.int32], form: Form) -> Floats:
    """Return what divisions score by an objective, more being better; so rounded that sums in any order are alike."""
    scores = score_by_best_centres(
        plans,
        form.value,
        bond=form.bond if form.bond.any() else None,
        sets=[touch.members for touch in form.touches],
        weights=[touch.weight for touch in form.touches],
    )
    return np.round(scores, _DECIMALS)


def _histogram(values: Floats) -> tuple[Bin, ...]:
    """Return how finite values are spread, in bars of one width."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return ()
    counts, ends = np.histogram(finite, bins=BINS if finite.min() < finite.max() else 1)
    return tuple(
        Bin(float(low), float(high), int(count) / values.size)
        for low, high, count in zip(ends[:-1], ends[1:], counts, strict=True)
    )
