"""
The plans between two objectives that no plan beats in both: exact.

In a county it is done by whole blocks, near the edge of what is possible: see `windows`. Where a question is not one of
blocks alone, by the ε-constraint method. The best plan by the first objective is sought among those that reach ε of the
second, then among plans as good by the first the best by the second: such a plan is efficient, no plan is better in one
and as good in the other. Then ε is set one step above what it reaches, until the second objective is at its best.

Both find every efficient pair of amounts, one plan for each, but pairs that lie within a step of one another in the
second objective. The step is 1 unit, which leaves nothing out where amounts are whole numbers: commuters, borders, and
person-minutes where the study's minutes are whole.

In a country, where each of the points is a long search, only the hull: plans that are the best for some weights.

Source: V. Chankong and Y. Y. Haimes, Multiobjective Decision Making, 1983; G. Mavrotas, Applied Mathematics and
Computation 213 (2009) 455-465; Y. P. Aneja and K. P. K. Nair, Management Science 25 (1979) 73-78.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from tyngdepunkt.errors import PlanError, QuestionError
from tyngdepunkt.highs import solver_version
from tyngdepunkt.model import (
    Certificate,
    NoPlan,
    Objective,
    Partition,
    Plan,
    Progress,
    Question,
    Sense,
    Status,
    Step,
    Territory,
    Threshold,
    silent,
)
from tyngdepunkt.structure.anneal import find_witness
from tyngdepunkt.structure.compare import match_by_gain
from tyngdepunkt.structure.impossible import explain_no_plan
from tyngdepunkt.structure.measure import measure
from tyngdepunkt.structure.problem import Least, Problem, pose
from tyngdepunkt.structure.relaxation import Relaxation
from tyngdepunkt.structure.search import Limits, Outcome, search
from tyngdepunkt.structure.solve import SECONDS, Solver
from tyngdepunkt.structure.verify import amounts_of, verify
from tyngdepunkt.structure.windows import Windows, can_list

__all__ = ["Nearest", "Pareto", "ParetoPoint", "find_pareto", "nearest_point"]

_MANY_PAIRS = 4_000
"""Pairs of municipality and centre above which only the hull of a front is sought."""
_MINUTES = 1e-3, 1.0
"""What a person-minute weighs at the ends of a country's front, a commuter weighing 1: much less, and its weight is
lost in the solver's accuracy; much more, and the commuter's is."""


@dataclass(frozen=True)
class ParetoPoint:
    """
    A plan that no plan beats in both objectives.

    Parameters
    ----------
    plan
        The plan: the best by the first objective of those that reach its amount of the second, which is a threshold
        of its question. Its certificate says whether that is proven.
    amounts
        Of the first and the second objective, each in its unit.
    moved
        Ids that lie differently from the point before; none at the first.
    """

    plan: Plan
    amounts: tuple[float, float]
    moved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nearest:
    """
    Which points of a front a plan lies nearest to.

    Parameters
    ----------
    name
        What the plan is called.
    amounts
        Its amounts of the two objectives; a plan of others is measured by each block's best centre by the first.
    by_objectives
        Number of the point at least distance, each objective measured in its range over the front.
    distance
        To it: √(Σ ((amount − point's amount) / range)²); 0 where the amounts are the same.
    by_moves
        Number of the point that places fewest municipalities differently, blocks matched one to one.
    moved
        Ids that it places differently.
    dominated_by
        Numbers of the points that are better in one objective and no worse in the other.
    keeps
        Whether it has a number of blocks that the front has, hangs together and reaches the floor; if not, it may lie
        beyond the front.
    """

    name: str
    amounts: tuple[float, float]
    by_objectives: int
    distance: float
    by_moves: int
    moved: tuple[str, ...]
    dominated_by: tuple[int, ...]
    keeps: bool


@dataclass(frozen=True)
class Pareto:
    """
    The efficient plans between two objectives.

    Parameters
    ----------
    objectives
        The two.
    points
        Best by the first objective first, best by the second last.
    complete
        Whether every efficient pair of amounts is there, up to the steps, and each is proven.
    numbers
        Least and most centres.
    steps
        Amounts of each objective that differ by less than half of this are taken as alike.
    spaced
        Number of evenly spaced points that was asked for; None for all.
    supported
        Whether none but points on the hull were sought, those that are the best for some weights: in a country.
    no_plan
        Why there is none, where no plan keeps the question.
    interrupted
        Whether the reader stopped the work.
    seconds
        Wall time [s].
    """

    objectives: tuple[Objective, Objective]
    points: tuple[ParetoPoint, ...]
    complete: bool
    numbers: tuple[int, int]
    steps: tuple[float, float] = (1.0, 1.0)
    spaced: int | None = None
    supported: bool = False
    no_plan: NoPlan | None = None
    interrupted: bool = False
    seconds: float = 0.0


def find_pareto(
    territory: Territory,
    question: Question,
    objectives: tuple[Objective, Objective],
    *,
    seed: int,
    centres: tuple[int, int] | None = None,
    points: int | None = None,
    step: float = 1.0,
    seconds: float = SECONDS,
    progress: Progress = silent,
) -> Pareto:
    """
    Find the plans that no plan beats in both of two objectives.

    Parameters
    ----------
    territory, question
        What is asked of what; the question's own objective counts for nothing.
    objectives
        The two.
    seed
        Of the independent heuristic.
    centres
        Least and most centres, to let the number be any of several; the question's own alone by default.
    points
        So many points alone, evenly spaced in the second objective, the two ends among them; 2 or more. Of a country's
        hull, so many corners at most.
    step
        Amounts that differ by less than half of this are taken as alike, in the unit of each objective [commuters,
        person-minutes, borders, points]; 1 at most where amounts are whole.
    seconds
        Wall time for each search after which its point has a gap [s].
    progress
        Told after each point, how much of the second objective's range is done, in per cent.

    Returns
    -------
    The front. An interrupt (`KeyboardInterrupt`) ends it early with the points found, marked as not complete.

    Raises
    ------
    QuestionError
        Where an objective cannot be asked of this territory, the two are the same, or the territory is too large.
    """
    if objectives[0].weights == objectives[1].weights and objectives[0].agencies == objectives[1].agencies:
        raise QuestionError("A Pareto front lies between two objectives, and the two given are the same.")
    if points is not None and points < 2:  # noqa: PLR2004 - a front has two ends
        raise QuestionError(f"{points} points were asked for: give 2 or more, as a front has two ends.")
    if not 0 < step < math.inf:
        raise QuestionError(f"The step is {step}: give a number above 0.")
    began = time.monotonic()
    least, most = centres or (question.centres, question.centres)
    asked = _Asked(territory, question, objectives, seed=seed, numbers=(least, most), step=step, seconds=seconds)
    found = Pareto(objectives, (), complete=False, numbers=(least, most), steps=asked.steps, spaced=points)
    front: _ByWindows | _BySearches | _ByWeights
    if int(asked.first.allowed.sum()) > _MANY_PAIRS:
        front = _ByWeights(asked)
        found = replace(found, supported=True)
    else:
        front = _ByWindows(asked) if can_list(asked.first) else _BySearches(asked)
    try:
        for done in front.find(points):
            progress(Step("pareto", done, 100))
        if isinstance(front, _ByWindows) and not front.is_settled and not front.points:
            front = _BySearches(asked)
            for done in front.find(points):
                progress(Step("pareto", done, 100))
        found = replace(found, complete=front.is_settled and points is None and not found.supported)
    except KeyboardInterrupt:
        found = replace(found, interrupted=True)
    efficient = _told_apart(territory, _efficient(front.points, objectives))
    if not efficient and front.is_settled and not found.interrupted:
        found = replace(found, no_plan=explain_no_plan(asked.first, began=began, deep=least == most))
    return replace(found, points=tuple(efficient), seconds=time.monotonic() - began)


def _efficient(points: list[ParetoPoint], objectives: tuple[Objective, Objective]) -> list[ParetoPoint]:
    """Return the points that none of the others beats, one for each pair of amounts, in order."""
    signs = [_sign(objective) for objective in objectives]
    unique = {point.amounts: point for point in reversed(points)}
    ordered = sorted(unique.values(), key=lambda p: (-signs[0] * p.amounts[0], -signs[1] * p.amounts[1]))
    return [p for p in ordered if not any(_beats(q.amounts, p.amounts, objectives) for q in ordered)]


def _told_apart(territory: Territory, points: list[ParetoPoint]) -> list[ParetoPoint]:
    """Return points with who lies differently from the point before."""
    told = points[:1]
    for before, point in pairwise(points):
        told.append(replace(point, moved=_moved(territory, before.plan.assignment, point.plan.assignment)))
    return told


def _sign(objective: Objective) -> int:
    """Return 1 where more of an objective is better, −1 where fewer is."""
    return 1 if objective.sense is Sense.MAX else -1


def _beats(first: tuple[float, float], second: tuple[float, float], objectives: tuple[Objective, Objective]) -> bool:
    """Return whether the first amounts are better in one objective and no worse in the other."""
    better = [_sign(objective) * (a - b) for objective, a, b in zip(objectives, first, second, strict=True)]
    return min(better) >= 0 and max(better) > 0


class _Asked:
    """What is asked, posed once for each objective, and what makes a point of a plan."""

    def __init__(
        self,
        territory: Territory,
        question: Question,
        objectives: tuple[Objective, Objective],
        *,
        seed: int,
        numbers: tuple[int, int],
        step: float,
        seconds: float,
    ) -> None:
        self.territory = territory
        self.question = question.with_centres(numbers[0])
        self.objectives = objectives
        self.seed = seed
        self.numbers = numbers
        self.seconds = seconds
        # Each objective's problem has the other as its last threshold, which asks for nothing yet.
        self.first = self._posed(0, step)
        self.second = self._posed(1, step)
        self.steps = (self._step(self.second), self._step(self.first))
        self._witnesses: dict[int, tuple[int, ...] | None] = {}

    def _posed(self, number: int, step: float) -> Problem:
        """Return the problem that seeks one objective with the other as a threshold of no height."""
        sought, other = self.objectives[number], self.objectives[1 - number]
        nothing = Threshold(other, -_sign(other) * math.inf)
        asked = replace(self.question, objective=sought, thresholds=(*self.question.thresholds, nothing))
        problem = pose(self.territory, asked)
        form = problem.least[-1].form
        resolution = min(step, 1.0) if form.is_whole else step
        return replace(problem, least=(*problem.least[:-1], Least(form, -math.inf, resolution)))

    @staticmethod
    def _step(problem: Problem) -> float:
        """Return the step of the threshold of a problem."""
        return float(problem.least[-1].resolution or 1.0)

    def alone(self, number: int) -> Problem:
        """Return the problem that seeks one objective and asks nothing of the other."""
        return pose(self.territory, replace(self.question, objective=self.objectives[number]))

    def witness(self, number: int) -> tuple[int, ...] | None:
        """Return what the independent heuristic finds by one objective; None where the number of centres is open."""
        if number not in self._witnesses:
            found = None
            if self.numbers[0] == self.numbers[1]:
                found = find_witness(self.alone(number), self.numbers[0], seed=self.seed)
            self._witnesses[number] = found
        return self._witnesses[number]

    def witnessed(self, number: int) -> float | None:
        """Return what that has of the objective."""
        plan = self.witness(number)
        if plan is None:
            return None
        problem = self.alone(number)
        return problem.sign * problem.score(plan)

    def point(
        self, centre_of: tuple[int, ...], bound: float, *, proven: bool, witnessed: float | None = None
    ) -> ParetoPoint:
        """Return a plan as a point, verified, with its certificate; the bound is on scores by the first objective."""
        ids = self.territory.ids
        assignment = {ids[i]: ids[j] for i, j in enumerate(centre_of)}
        amounts = (self._amount(0, assignment), self._amount(1, assignment))
        threshold = Threshold(self.objectives[1], amounts[1])
        asked = replace(
            self.question,
            centres=len(set(centre_of)),
            objective=self.objectives[0],
            thresholds=(*self.question.thresholds, threshold),
        )
        certificate = Certificate(
            status=Status.OPTIMAL if proven else Status.GAP,
            bound=amounts[0] if proven else _sign(self.objectives[0]) * bound,
            solver=solver_version(),
            seconds=0.0,
            seed=self.seed,
            heuristic_objective=witnessed,
        )
        plan = Plan(asked, assignment, amounts[0], certificate)
        return ParetoPoint(
            replace(plan, certificate=replace(certificate, checks=verify(self.territory, plan))), amounts
        )

    def _amount(self, number: int, assignment: dict[str, str]) -> float:
        """Return what a plan has of one of the objectives."""
        objective = self.objectives[number]
        return objective.total(amounts_of(self.territory, objective, assignment))


class _ByWindows:
    """The front of a county, by whole blocks; see `windows`."""

    def __init__(self, asked: _Asked) -> None:
        self.asked = asked
        problem = asked.first
        # Scores of the second objective within half a step are alike; those of the first, to rounding alone.
        size = max(1.0, abs(problem.form.ceiling()))
        self._width = 1.0 if asked.second.least[-1].form.is_whole else 1e-9 * size
        self._step = asked.steps[1] if problem.least[-1].form.is_whole else asked.steps[1] / 2
        self._windows: Windows | None = None
        self._spaced: int | None = None

    @property
    def is_settled(self) -> bool:
        """Whether every point is proven, or that there is none."""
        return self._windows is not None and self._windows.is_settled

    def find(self, spaced: int | None) -> Iterator[int]:
        """Find the points, and tell how much of the range is done, in per cent."""
        asked = self.asked
        self._spaced = spaced
        known = [plan for number in (0, 1) if (plan := asked.witness(number)) is not None]
        self._windows = Windows(
            asked.first, numbers=asked.numbers, steps=(self._width, self._step), plans=known, seconds=asked.seconds
        )
        for share in self._windows.find_all() if spaced is None else self._windows.find_spaced(spaced):
            yield round(100 * share)

    @property
    def points(self) -> list[ParetoPoint]:
        """The points found, each with whether it is proven."""
        windows, asked = self._windows, self.asked
        if windows is None or not windows.points:
            return []
        points: list[ParetoPoint] = []
        best, end = windows.points[0], windows.points[-1]
        last, beaten = asked.witnessed(1), _sign(asked.objectives[1])
        if last is not None and windows.has_end and beaten * last > end[1] + 1e-6 * max(1.0, abs(last)):
            raise PlanError([f"The heuristic found {last}, better than the front's {beaten * end[1]}."])
        reached = -math.inf
        for score in self._chosen(windows):
            # The best by the second is an end of the front, however near the point before it lies.
            if score != end and score[1] < reached + self._step:
                continue
            reached = score[1]
            proven = windows.is_efficient(score)
            bound = max(score[0], windows.bound(score[1]))
            witnessed = asked.witnessed(0) if score == best and proven else None
            points.append(asked.point(windows.plans[score], bound, proven=proven, witnessed=witnessed))
        return points

    def _chosen(self, windows: Windows) -> list[tuple[float, float]]:
        """Return the points that were asked for, best by the first first."""
        if self._spaced is None:
            return windows.points
        low, high = windows.points[0][1], windows.points[-1][1]
        least = [low + (high - low) * number / (self._spaced - 1) for number in range(self._spaced)]
        return sorted({windows.reaching(one) for one in least}, key=lambda point: -point[0])


class _BySearches:
    """The front by one search after the other, with one relaxation for each objective kept warm from point to point."""

    def __init__(self, asked: _Asked) -> None:
        self.asked = asked
        self.relaxations = [Relaxation(asked.first), Relaxation(asked.second)]
        self.last = len(asked.first.least) - 1
        self.is_settled = True
        self.points: list[ParetoPoint] = []
        self._witnessed: float | None = None

    def find(self, spaced: int | None) -> Iterator[int]:
        """Find the points one after the other, and tell how much of the range is done, in per cent."""
        best = self._lexicographic(0, -math.inf)
        if best is None:
            return
        self.points.append(best)
        yield 0
        end = self._lexicographic(1, -math.inf)
        if end is None:
            return
        self.points.append(end)
        yield 0
        low, high = self._score(best, 1), self._score(end, 1)
        width = self.asked.steps[1]
        if high - low < width / 2:
            return
        if spaced is not None:
            for number in range(1, spaced - 1):
                point = self._lexicographic(0, low + (high - low) * number / (spaced - 1))
                if point is not None:
                    self.points.append(point)
                    yield round(100 * (number + 1) / (spaced - 1))
            return
        reached = low
        while reached + width / 2 <= high:
            point = self._lexicographic(0, reached + width)
            if point is None:
                return
            reached = self._score(point, 1)
            self.points.append(point)
            yield min(100, round(100 * (reached - low) / (high - low)))

    def _score(self, point: ParetoPoint, number: int) -> float:
        """Return a point's score by one of the objectives, more is better."""
        return _sign(self.asked.objectives[number]) * point.amounts[number]

    def _lexicographic(self, number: int, least: float) -> ParetoPoint | None:
        """Find the best plan by one objective that reaches a score of the other, and of those the best by the other."""
        one = self._search(number, least, None)
        if one is None or one.centre_of is None:
            return None
        # Those as good by the first, to the solver's own accuracy and no more.
        two = self._search(1 - number, one.score, one.centre_of)
        chosen = one.centre_of if two is None or two.centre_of is None else two.centre_of
        proven = one.is_proven and two is not None and two.is_proven
        bound = one.bound if number == 0 else (one.bound if two is None else two.bound)
        witnessed = self._witnessed if number == 0 else None
        return self.asked.point(chosen, bound, proven=proven, witnessed=witnessed)

    def _search(self, number: int, least: float, start: tuple[int, ...] | None) -> Outcome | None:
        """Find the best plan by one objective with at least a score of the other; None where there is none."""
        if np.isneginf(least):
            return self._search_alone(number)
        relaxation = self.relaxations[number]
        before = relaxation.problem.least[self.last]
        resolution = None if start is not None else self.asked.steps[1 - number]
        relaxation.set_least(self.last, Least(before.form, least, resolution))
        if start is None:
            start = self._witness(number, relaxation.problem)
        outcome = search(relaxation, Limits(*self.asked.numbers, seconds=self.asked.seconds), start=start)
        self.is_settled &= outcome.is_settled
        return None if outcome.centre_of is None else outcome

    def _search_alone(self, number: int) -> Outcome | None:
        """Find the best plan by one objective alone, in a problem of its own: where centres are free that is easier."""
        problem = self.asked.alone(number)
        limits = Limits(*self.asked.numbers, seconds=self.asked.seconds)
        outcome = search(Relaxation(problem), limits, start=self._witness(number, problem))
        self.is_settled &= outcome.is_settled
        return None if outcome.centre_of is None else outcome

    def _witness(self, number: int, problem: Problem) -> tuple[int, ...] | None:
        """Return what the independent heuristic finds, to start from; None where the number of centres is open."""
        found = None
        if self.asked.numbers[0] == self.asked.numbers[1]:
            found = find_witness(problem, self.asked.numbers[0], seed=self.asked.seed)
        if number == 0:
            self._witnessed = None if found is None else problem.sign * problem.score(found)
        return found


class _ByWeights:
    """
    The hull of a country's front between ties and access: one plan after the other, each the best for some weights.

    Between two neighbouring points the best plan is sought for the weights by which they are alike (Aneja and Nair,
    1979). A plan that is the best for weights above 0 is efficient.
    """

    def __init__(self, asked: _Asked) -> None:
        terms = [objective.terms for objective in asked.objectives]
        if sorted(terms) != [("access",), ("ties",)]:
            raise QuestionError(
                f"{len(asked.first)} municipalities leave {int(asked.first.allowed.sum())} pairs of municipality and "
                f"centre; with more than {_MANY_PAIRS} the objectives of a front are ties and access. Narrow it by "
                "max_minutes, or make a study of one county."
            )
        if asked.numbers[0] != asked.numbers[1]:
            raise QuestionError(
                f"In a study of {len(asked.first)} municipalities a front is found for one number of centres: give it "
                "by centres."
            )
        self.asked = asked
        self.is_settled = True
        self.points: list[ParetoPoint] = []

    def find(self, spaced: int | None) -> Iterator[int]:
        """Find the ends, then points between, where two neighbours lie farthest apart first; tell how far it is."""
        ties = self.asked.objectives[0].terms == ("ties",)
        first, last = (self._best((1.0, w) if ties else (w, 1.0)) for w in (_MINUTES if ties else _MINUTES[::-1]))
        if first is None or last is None:
            return
        self._keep(first)
        self._keep(last)
        yield 0
        straight: set[tuple[tuple[float, float], tuple[float, float]]] = set()
        while len(self.points) < (spaced or math.inf):
            edges = [
                (a, b)
                for a, b in pairwise(map(self._scores, self.points))
                if (a, b) not in straight and a[0] > b[0] and b[1] > a[1]
            ]
            if not edges:
                return
            a, b = max(edges, key=lambda edge: (edge[0][0] - edge[1][0]) * (edge[1][1] - edge[0][1]))
            point = self._best(
                ((b[1] - a[1]) / (a[0] - b[0]), 1.0) if not ties else (1.0, (a[0] - b[0]) / (b[1] - a[1]))
            )
            if point is None or not self._keep(point):
                straight.add((a, b))
            done = len(self.points) / spaced if spaced else len(straight) / (len(self.points) - 1)
            yield min(100, round(100 * done))

    def _best(self, weights: tuple[float, float]) -> ParetoPoint | None:
        """Find the best plan for weights of the two objectives."""
        asked = self.asked
        by_term = dict(zip((objective.terms[0] for objective in asked.objectives), weights, strict=True))
        question = replace(asked.question, objective=Objective(by_term["ties"], by_term["access"]))
        solver = Solver(asked.territory, question, seed=asked.seed)
        plan = solver.find(asked.numbers[0], seconds=asked.seconds, reasons=False)
        if isinstance(plan, NoPlan):
            self.is_settled &= plan.kind in ("arithmetic", "geography")
            return None
        proven = plan.certificate.status is Status.OPTIMAL
        self.is_settled &= proven
        position = asked.territory.position
        centre_of = tuple(position[plan.assignment[i]] for i in asked.territory.ids)
        found = asked.point(centre_of, math.inf, proven=True)
        if proven or plan.certificate.bound is None:
            return found
        # No plan with as much of the second has more of the first than the bound on both leaves.
        least = _sign(asked.objectives[1]) * found.amounts[1]
        return asked.point(centre_of, (plan.certificate.bound - weights[1] * least) / weights[0], proven=False)

    def _scores(self, point: ParetoPoint) -> tuple[float, float]:
        """Return a point's scores by the two objectives, more is better."""
        first, second = self.asked.objectives
        return _sign(first) * point.amounts[0], _sign(second) * point.amounts[1]

    def _keep(self, point: ParetoPoint) -> bool:
        """Put a point among those found, best by the first first; return whether it is a new one."""
        if any(point.amounts == other.amounts for other in self.points):
            return False
        self.points = sorted([*self.points, point], key=lambda each: self._scores(each)[::-1])
        return True


def nearest_point(
    territory: Territory, front: Pareto, plan: Plan | Partition, question: Question, *, name: str
) -> Nearest | None:
    """
    Find the points of a front that a plan lies nearest to.

    Parameters
    ----------
    territory
        Of which both are.
    front
        The front; where it is not complete, the nearest of the points found.
    plan
        The plan.
    question
        For its links and floor.
    name
        What the plan is called.

    Returns
    -------
    By objectives and by municipalities placed differently; None where the front has no point.
    """
    if not front.points:
        return None
    first = measure(territory, plan, replace(question, objective=front.objectives[0]))
    centre_of = {i: block.centre for block in first.blocks for i in block.members}
    here = [objective.total(amounts_of(territory, objective, centre_of)) for objective in front.objectives]
    amounts = (here[0], here[1])
    every = np.array([point.amounts for point in front.points])
    spread = np.ptp(every, axis=0)
    ranges = np.where(spread > 0, spread, 1.0)
    distances = np.sqrt((((every - np.array(amounts)) / ranges) ** 2).sum(axis=1))
    moved = [_moved(territory, centre_of, point.plan.assignment) for point in front.points]
    nearest = int(distances.argmin())
    fewest = min(range(len(moved)), key=lambda number: (len(moved[number]), distances[number]))
    return Nearest(
        name=name,
        amounts=amounts,
        by_objectives=nearest,
        distance=float(distances[nearest]),
        by_moves=fewest,
        moved=moved[fewest],
        dominated_by=tuple(
            number for number, point in enumerate(front.points) if _beats(point.amounts, amounts, front.objectives)
        ),
        keeps=front.numbers[0] <= len(first.blocks) <= front.numbers[1]
        and all(block.connected and not block.shortfall for block in first.blocks),
    )


def _moved(territory: Territory, first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids that two assignments place differently, blocks matched so that they are fewest."""
    shared = Counter((first[i], second[i]) for i in territory.ids)
    matched = match_by_gain(shared)
    return tuple(i for i in territory.ids if matched.get(first[i]) != second[i])
