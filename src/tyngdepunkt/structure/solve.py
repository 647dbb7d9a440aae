"""The exact answer to a question: relaxation, search, witness and verification in one place."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import seconds_compiling
from tyngdepunkt.errors import PlanError
from tyngdepunkt.highs import solver_version
from tyngdepunkt.model import Certificate, Interrupted, NoPlan, Plan, Question, Status, Territory
from tyngdepunkt.structure.anneal import find_witness, holding_move, holding_pair, is_plain
from tyngdepunkt.structure.divisible import find_division, is_divisible
from tyngdepunkt.structure.generation import bound_by_blocks
from tyngdepunkt.structure.impossible import explain_no_plan, packed_out, plainly_impossible
from tyngdepunkt.structure.move_prices import MovePrice, PricedPairs, price_move, price_pairs
from tyngdepunkt.structure.partition import partition_search, price_problem, settle
from tyngdepunkt.structure.problem import Problem, pose
from tyngdepunkt.structure.reduce import MANY_PAIRS, Bounds, needed_score, reduced_search, rounded_bound
from tyngdepunkt.structure.relaxation import Relaxation
from tyngdepunkt.structure.search import Limits, Outcome, Stopped, search
from tyngdepunkt.structure.stays import bound_moves
from tyngdepunkt.structure.verify import objective_of, verify

__all__ = ["SECONDS", "Solver", "find_plan"]

SECONDS = 120.0
"""Wall time after which a search answers with the best plan found and its bound [s]."""
_EASY = 25
"""Relaxations after which a search is no longer easy, and it pays to look longer for a good plan first."""
_LOOK = 20.0
"""Wall time for whether there is any division at all, before plans are searched for [s]."""
_MORE = 12
"""How many times as long the heuristic then looks."""
_WITNESS_SHARE = 0.2
"""Of the wall time, what the heuristic may take first in a country."""
_BOUND_MOVES = 0.2
"""Of the wall time, what a bound on plans that move few may take."""
_BOUND_SHARE = 0.5
"""Of the wall time that is left, what the bound may take where pairs and sets count in a country."""
_ROUNDING = 1e-7
_TURNS = 12
"""Times that it looks anew where nothing else looks for plans."""
_HEAT = 10.0
"""How many times as hot as usual it looks by turns where pairs and sets count."""
_IDLE = 4
"""Times in a row that it may find nothing better before it gives up."""
_GLANCE = 0.3
"""How many times as long as usual the heuristic looks for a plan with a pair."""


def find_plan(territory: Territory, question: Question, *, seed: int, seconds: float = SECONDS) -> Plan | NoPlan:
    """
    Find the best plan that a question allows, with its certificate.

    Parameters
    ----------
    territory, question
        What is asked of what.
    seed
        Of the independent heuristic.
    seconds
        Wall time after which to answer with a gap [s].

    Returns
    -------
    A verified plan, or why there is none.

    Raises
    ------
    QuestionError
        Where the question cannot be asked of this territory.
    PlanError
        Where the plan fails its verification: a bug of ours, never a result.
    """
    return Solver(territory, question, seed=seed).find(question.centres, seconds=seconds)


class Solver:
    """
    One question for any number of centres, with what was learnt kept from one to the next.

    Parameters
    ----------
    territory, question
        What is asked of what; the question's number of centres is only the first that may be asked for.
    seed
        Of the independent heuristic.
    """

    def __init__(self, territory: Territory, question: Question, *, seed: int) -> None:
        self.territory = territory
        self.question = question
        self.seed = seed
        self.problem = pose(territory, question)
        self._relaxation: Relaxation | None = None
        self._cuts: tuple[tuple[int, int, int], ...] = ()
        self._pairs_priced: tuple[tuple[int, ...], PricedPairs] | None = None
        self._paid: dict[int, NDArray[np.float64]] = {}
        self._pool: set[tuple[int, ...]] = set()
        self.hints: dict[int, tuple[int, ...]] = {}
        """By number of centres, a division to start from where the heuristic finds none by itself."""

    @property
    def _is_large(self) -> bool:
        """Whether it pays to leave most pairs out first."""
        return int(self.problem.allowed.sum()) > MANY_PAIRS

    @property
    def relaxation(self) -> Relaxation:
        """The relaxation, built when first needed."""
        if self._relaxation is None:
            self._relaxation = Relaxation(self.problem)
        return self._relaxation

    def find(
        self, centres: int, *, seconds: float = SECONDS, effort: float = 1.0, reasons: bool = True
    ) -> Plan | NoPlan:
        """
        Find the best plan with that many centres.

        Parameters
        ----------
        centres
            k.
        seconds
            Wall time after which to answer with a gap [s].
        effort
            How many times as long as usual the independent heuristic looks.
        reasons
            Whether to look for what clashes, and for the nearest question that has an answer, where there is no plan.

        Returns
        -------
        A verified plan, or why there is none.

        Raises
        ------
        Interrupted
            On Ctrl-C, with the best plan by then, where there is one.
        """
        began, compiling = time.monotonic(), seconds_compiling()
        problem = pose(self.territory, self.question.with_centres(centres))
        try:
            witness = self._look(problem, seconds=seconds, effort=effort)
            if witness is None and packed_out(problem):
                return explain_no_plan(problem, began=began, deep=reasons)
        except KeyboardInterrupt as stop:
            raise self._interrupted(problem, stop, None, began) from None
        try:
            known = witness
            if witness is None and not self._is_large:
                possible, known = find_division(problem, seconds=min(_LOOK, seconds / 2))
                if possible is False:
                    return explain_no_plan(problem, began=began, deep=reasons)
            search_it = self._search_large if self._is_large else self._search_small
            ends = began + seconds + seconds_compiling() - compiling
            outcome, witness = search_it(problem, known, witness, ends=ends, effort=effort)
        except KeyboardInterrupt as stop:
            raise self._interrupted(problem, stop, witness, began) from None
        if outcome.centre_of is None:
            settled = bool(np.isneginf(outcome.bound))
            return explain_no_plan(problem, began=began, deep=reasons and settled, settled=settled)
        return self._certified(problem.question, outcome, witness, began)

    def _look(self, problem: Problem, *, seconds: float, effort: float) -> tuple[int, ...] | None:
        """Return the best plan that the independent heuristic finds, or None."""
        if plainly_impossible(problem):
            return None
        k = problem.question.centres
        is_hard = self._is_large and not (is_plain(problem) and not problem.question.floor)
        effort *= _MORE / 2 if is_hard and problem.is_linear else 1
        starts = 2 if is_hard else 1
        look = _WITNESS_SHARE * seconds / starts if self._is_large else np.inf
        witness = None
        for start in range(starts):
            heat = _HEAT if start and problem.has_sets else 1.0
            found = find_witness(problem, k, seed=self.seed + start, effort=effort, heat=heat, seconds=look)
            witness = _better(problem, witness, found)
        if witness is None and k in self.hints:
            witness = find_witness(problem, k, seed=self.seed, effort=effort, start=self.hints[k], seconds=look)
        return witness

    def _search_small(
        self,
        problem: Problem,
        known: tuple[int, ...] | None,
        witness: tuple[int, ...] | None,
        *,
        ends: float,
        effort: float,
    ) -> tuple[Outcome, tuple[int, ...] | None]:
        """Search one relaxation of all pairs from a known plan; return what is found, and the heuristic's best."""
        k = problem.question.centres
        first = Limits(k, k, seconds=max(0.0, ends - time.monotonic()), nodes=_EASY)
        outcome = search(self.relaxation, first, start=known)
        if not outcome.is_settled and time.monotonic() < ends:
            longer = find_witness(problem, k, seed=self.seed, effort=_MORE * effort, start=outcome.centre_of)
            witness = _better(problem, witness, longer)
            left = Limits(k, k, seconds=max(0.0, ends - time.monotonic()))
            outcome = search(self.relaxation, left, start=_better(problem, outcome.centre_of, longer))
        return outcome, witness

    def _search_large(
        self,
        problem: Problem,
        known: tuple[int, ...] | None,
        witness: tuple[int, ...] | None,
        *,
        ends: float,
        effort: float,
    ) -> tuple[Outcome, tuple[int, ...] | None]:
        """Search with few pairs, or by blocks; where pairs and sets count, look longer. As `_search_small`."""
        k, left = problem.question.centres, max(1.0, ends - time.monotonic())
        left *= 1 - _BOUND_MOVES if problem.start else 1
        if not problem.is_linear:
            outcome = self._look_longer(problem, witness, ends=ends, effort=effort)
            return outcome, outcome.centre_of
        if problem.question.floor:
            outcome = partition_search(problem, k, start=known, seed=self.seed, seconds=left)
        else:
            reduced = reduced_search(problem, k, start=known, cuts=self._cuts, seconds=left)
            outcome, self._cuts = reduced.outcome, reduced.cuts
        if problem.start and not outcome.is_settled:
            # What leaves out pairs and blocks does not know how few may be moved; this bound does, and is quick.
            lower = bound_moves(problem, k, score=outcome.score, ends=time.monotonic() + _BOUND_MOVES * left)
            bound = max(outcome.score, min(outcome.bound, rounded_bound(problem, lower)))
            outcome = Outcome(outcome.centre_of, outcome.score, bound, outcome.nodes)
        return outcome, witness

    def _look_longer(self, problem: Problem, witness: tuple[int, ...] | None, *, ends: float, effort: float) -> Outcome:
        """Return the heuristic's best plan where pairs and sets are too many to search, with what bound there is."""
        k = problem.question.centres
        enough = -np.inf if witness is None else needed_score(problem, problem.score(witness))
        until = time.monotonic() + _BOUND_SHARE * max(1.0, ends - time.monotonic())
        bound = rounded_bound(problem, bound_by_blocks(problem, k, start=witness, ends=until, enough=enough))
        best, idle = witness, 0
        for turn in range(_TURNS):
            left = ends - time.monotonic()
            if left < 0 or idle >= _IDLE or (best is not None and problem.score(best) >= bound):
                break
            # By turns from the best plan and from nothing; then by turns in the usual heat and in greater, which finds
            # better plans of many blocks with a floor, and worse ones of few.
            start = best if turn % 2 == 0 else None
            heat = _HEAT if turn % 4 == 1 else 1.0
            try:
                found = find_witness(
                    problem, k, seed=self.seed + 1 + turn, effort=_MORE * effort, start=start, heat=heat, seconds=left
                )
            except KeyboardInterrupt as stop:
                raise Stopped.by(stop, problem, best, bound) from None
            better = _better(problem, best, found)
            idle = 0 if better != best else idle + 1
            best = better
        score = -np.inf if best is None else problem.score(best)
        if score > bound + _ROUNDING * max(1.0, abs(bound)):
            raise PlanError([f"A plan scores {score}, and no plan should score more than {bound}."])
        return Outcome(best, score, max(score, bound), 0)

    def _interrupted(
        self, problem: Problem, stop: KeyboardInterrupt, witness: tuple[int, ...] | None, began: float
    ) -> KeyboardInterrupt:
        """Return what Ctrl-C raises: with the best plan by then, where there is one."""
        stopped = Stopped.by(stop, problem, witness, problem.form.ceiling())
        if stopped.centre_of is None:
            return KeyboardInterrupt()
        score = problem.score(stopped.centre_of)
        outcome = Outcome(stopped.centre_of, score, max(score, stopped.bound), 0)
        return Interrupted(self._certified(problem.question, outcome, witness, began))

    @property
    def bounds_prices(self) -> bool:
        """Whether prices are so many that each municipality's cheapest is found, and the others bounded."""
        return self._is_large and not self.problem.has_sets and not self.problem.free_centres

    def bound_prices(self, best: Plan, *, seconds: float = SECONDS) -> NDArray[np.float64]:
        """
        Bound all prices at once, where `bounds_prices`.

        Parameters
        ----------
        best
            An optimal plan of this question.
        seconds
            Wall time for the bounds [s].

        Returns
        -------
        The least that it can cost that i has centre j, shape (n, n), infinite where impossible.
        """
        shared = self._share(best, seconds=seconds)
        return np.maximum(0.0, shared.peak - shared.bounds.each)

    def cheapest(
        self, best: Plan, municipality: str, *, seconds: float = SECONDS
    ) -> tuple[float | None, bool, Mapping[str, str] | None]:
        """
        Find what it costs to have a municipality in the cheapest of the other blocks, where `bounds_prices`.

        Parameters
        ----------
        best, municipality, seconds
            As for `price`.

        Returns
        -------
        As for `price`; the plan found says which block it is.
        """
        others = [j for j in best.centres if j != best.assignment[municipality]]
        return self._price_large(best, municipality, others, cap=np.inf, seconds=seconds)

    def price(
        self, best: Plan, municipality: str, centre: str, *, cap: float, seconds: float = SECONDS
    ) -> tuple[float | None, bool, Mapping[str, str] | None]:
        """
        Find what it costs to have a municipality in the block of a centre, all else as in the best plan's question.

        Parameters
        ----------
        best
            An optimal plan of this question.
        municipality, centre
            Ids.
        cap
            Prices above this need not be known exactly, in the unit of the objective.
        seconds
            Wall time after which the price is given as "at least" [s].

        Returns
        -------
        The price (None where impossible), whether it is exact, and the plan found (None where none was).
        """
        position = self.territory.position
        pair = position[municipality], position[centre]
        k = best.question.centres
        peak = self.problem.sign * best.objective
        limits = Limits(k, k, pairs=(pair,), enough=peak - cap, seconds=seconds)
        if self._is_large and self.problem.has_sets:
            return 0.0, False, None  # no bound on moves knows of pairs and sets
        if self.problem.free_centres:
            return self._price_together(best, municipality, centre, cap=cap, seconds=seconds)
        if not self.problem.allowed[pair]:
            return None, True, None
        if self._is_large:
            return self._price_large(best, municipality, [centre], cap=cap, seconds=seconds)
        both = frozenset((municipality, centre))
        if self.problem.start and len(both) > 1:
            posed = pose(self.territory, self.question.with_centres(k))
            if is_divisible(posed, together=(both,), seconds=min(_LOOK, seconds)) is False:
                return None, True, None
        start = self._start_with(pair, k)
        outcome = None
        if start is not None and is_plain(self.problem):
            outcome = self._settle_pair(pair, k, start, enough=peak - cap, seconds=seconds)
            start = outcome.centre_of
        if outcome is None or not (outcome.is_proven or outcome.bound <= peak - cap):
            with self.relaxation.holding(*pair):
                outcome = search(self.relaxation, limits, start=start)
        if outcome.centre_of is not None:
            self._pool.add(outcome.centre_of)
        return self._priced(outcome, peak, municipality, centre)

    def _settle_pair(
        self, pair: tuple[int, int], centres: int, start: tuple[int, ...], *, enough: float, seconds: float
    ) -> Outcome:
        """Find the best plan in which a pair holds by putting whole blocks together."""
        held = replace(self.problem, allowed=holding_pair(self.problem.allowed, pair))
        u = self._price(centres)
        return settle(held, centres, start=start, pair=pair, u=u, enough=enough, seconds=seconds)

    def _settle_move(self, i: int, among: Sequence[int], centres: int, *, enough: float, seconds: float) -> Outcome:
        """Find the best plan with the cheapest of several moves by putting whole blocks together, one after another."""
        ends = time.monotonic() + seconds
        best, score, bound = None, enough, -np.inf
        for j in among:
            start = self._start_with((i, j), centres)
            left = max(1.0, ends - time.monotonic())
            held = replace(self.problem, allowed=holding_pair(self.problem.allowed, (i, j)))
            if start is not None:
                outcome = self._settle_pair((i, j), centres, start, enough=score, seconds=left)
            else:
                outcome = reduced_search(held, centres, enough=score, seconds=left).outcome
            if outcome.centre_of is not None and outcome.score > score:
                best, score = outcome.centre_of, outcome.score
            bound = max(bound, outcome.bound)
        return Outcome(best, -np.inf if best is None else score, bound, 0)

    def _price_together(
        self, best: Plan, municipality: str, centre: str, *, cap: float, seconds: float
    ) -> tuple[float | None, bool, Mapping[str, str] | None]:
        """Find a price where any member will do as centre: the two in one block, which is called after that centre."""
        question = replace(
            best.question,
            centre=best.question.centre | {centre},
            together=(*best.question.together, frozenset({municipality, centre})),
        )
        peak = self.problem.sign * best.objective
        problem = pose(self.territory, question)
        limits = Limits(question.centres, question.centres, enough=peak - cap, seconds=seconds)
        if centre in question.not_centre or plainly_impossible(problem):
            return None, True, None
        start = find_witness(problem, best.question.centres, seed=self.seed)
        if start is not None and peak - problem.score(start) > cap:
            start = None
        return self._priced(search(Relaxation(problem), limits, start=start), peak, municipality, centre)

    def _priced(
        self, outcome: Outcome, peak: float, municipality: str, centre: str
    ) -> tuple[float | None, bool, Mapping[str, str] | None]:
        """Return a search's price, whether it is exact, and its plan."""
        ids = self.territory.ids
        if outcome.centre_of is None and np.isneginf(outcome.bound):
            return None, True, None
        proven = outcome.is_proven
        price = peak - (outcome.score if proven else outcome.bound)
        assignment = None
        if outcome.centre_of is not None:
            assignment = {ids[i]: ids[j] for i, j in enumerate(outcome.centre_of)}
        # A bound above the peak says nothing; a plan above it says that the best plan was none.
        if outcome.centre_of is not None and peak - outcome.score < -1e-6 * max(1.0, abs(peak)):
            raise PlanError(
                [f"{municipality} around {centre} gives {outcome.score}, better than the best plan's {peak}."]
            )
        return max(0.0, price), proven, assignment

    def _price_large(
        self, best: Plan, municipality: str, among: Sequence[str], *, cap: float, seconds: float
    ) -> tuple[float | None, bool, Mapping[str, str] | None]:
        """Find what the cheapest of several moves costs with few pairs."""
        ids, position = self.territory.ids, self.territory.position
        shared = self._share(best, seconds=seconds)
        k = best.question.centres

        # The best plan's own pairs, and its block as a whole in each of the others: there is a plan among these.
        centre_of = np.array([position[best.assignment[i]] for i in ids])
        first = np.zeros((len(ids), len(ids)), dtype=bool)
        first[range(len(ids)), centre_of] = True
        first[np.ix_(centre_of == position[best.assignment[municipality]], [position[c] for c in among])] = True

        def far(to: Sequence[int], start: tuple[int, ...] | None, known: Bounds, enough: float, left: float) -> Outcome:
            """Find the best plan with the move, with pairs of its own."""
            if self.problem.question.floor and is_plain(self.problem):
                return self._settle_move(position[municipality], to, k, enough=enough, seconds=left)
            held = replace(self.problem, allowed=holding_move(self.problem.allowed, position[municipality], to))
            cuts = shared.relaxation.cuts
            found = reduced_search(
                held, k, start=start, cuts=cuts, known=known, first=first, enough=enough, seconds=left
            )
            return found.outcome

        centres = [position[c] for c in among]
        found: MovePrice = price_move(shared, position[municipality], centres, cap=cap, seconds=seconds, far=far)
        if found.centre_of is None:
            return found.amount, found.exact, None
        return found.amount, found.exact, {ids[i]: ids[j] for i, j in enumerate(found.centre_of)}

    def _share(self, best: Plan, *, seconds: float) -> PricedPairs:
        """Return what all moves from one plan share, worked out once."""
        position = self.territory.position
        centre_of = tuple(position[best.assignment[i]] for i in self.territory.ids)
        if self._pairs_priced is None or self._pairs_priced[0] != centre_of:
            seconds = max(seconds, SECONDS)
            shared = price_pairs(self.problem, centre_of, cuts=self._cuts, seconds=seconds)
            self._pairs_priced = centre_of, shared
        return self._pairs_priced[1]

    def _price(self, centres: int) -> NDArray[np.float64]:
        """Return what each municipality pays in the problem without more wishes, found once for each number."""
        if centres not in self._paid:
            priced = price_problem(self.problem, centres, score=-np.inf, ends=time.monotonic() + SECONDS)
            self._paid[centres] = priced.u
        return self._paid[centres]

    def _start_with(self, pair: tuple[int, int], centres: int) -> tuple[int, ...] | None:
        """Return the best plan known in which a municipality has a centre: from prices before, or looked for."""
        i, j = pair
        found = find_witness(self.problem, centres, seed=self.seed, effort=_GLANCE, pair=pair)
        known = [plan for plan in self._pool if plan[i] == j and len(set(plan)) == centres]
        return max([*known, found] if found else known, key=self.problem.score, default=None)

    def _certified(self, question: Question, outcome: Outcome, witness: tuple[int, ...] | None, began: float) -> Plan:
        """Return a search's plan, verified, with its certificate."""
        ids, sign = self.territory.ids, self.problem.sign
        assert outcome.centre_of is not None  # noqa: S101 - the caller has seen to it
        assignment = {ids[i]: ids[j] for i, j in enumerate(self._largest_centres(outcome.centre_of))}
        objective = objective_of(self.territory, question, assignment)
        certificate = Certificate(
            status=Status.OPTIMAL if outcome.is_proven else Status.GAP,
            bound=objective if outcome.is_proven else sign * outcome.bound,
            solver=solver_version(),
            seconds=time.monotonic() - began,
            seed=self.seed,
            heuristic_objective=None if witness is None else sign * self.problem.score(witness),
        )
        plan = Plan(question, assignment, objective, certificate)
        return replace(plan, certificate=replace(certificate, checks=verify(self.territory, plan)))

    def _largest_centres(self, centre_of: tuple[int, ...]) -> tuple[int, ...]:
        """Return the same blocks, each with the most populous of the centres that serve it equally well."""
        problem = self.problem
        chosen: dict[int, int] = {}
        values = [problem.value, *(least.form.value for least in problem.least)]
        for j in set(centre_of):
            rows = [i for i, c in enumerate(centre_of) if c == j]
            scores = [float(value[rows, j].sum()) for value in values]
            alike = [
                c
                for c in rows
                if problem.allowed[rows, c].all()
                and all(
                    abs(float(value[rows, c].sum()) - score) <= 1e-9 * max(1.0, abs(score))
                    for value, score in zip(values, scores, strict=True)
                )
            ]
            chosen[j] = max(alike, key=lambda c: (self.territory.population[c], -c))
        return tuple(chosen[j] for j in centre_of)


def _better(problem: Problem, first: tuple[int, ...] | None, second: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """Return the better of two plans, either of which may be missing."""
    found = [plan for plan in (first, second) if plan is not None]
    return max(found, key=problem.score, default=None)
