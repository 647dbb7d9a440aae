"""
Answers found before, used again where they answer what is asked now.

What is kept lies under the content of everything that decides it: territory, question, seed, and the program that
found it. A proven answer holds for any time limit; one with a gap only where no more time is given than was then.
Whatever is used is verified anew, and dropped where it fails.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Protocol, TypeVar

import tyngdepunkt
from tyngdepunkt.errors import PlanError
from tyngdepunkt.highs import solver_version
from tyngdepunkt.model import Certificate, NoPlan, Plan, Question, Status, Territory, content_key
from tyngdepunkt.sources_key import sources_key
from tyngdepunkt.structure import SECONDS, MostCentres, Solver, better_plan, most_centres, verify
from tyngdepunkt.structure.verify import objective_of

__all__ = [
    "Answers",
    "KeptAnswer",
    "KeptPrice",
    "RecallingSolver",
    "engine_version",
    "keep_plan",
    "most_of",
    "solver_of",
]

_TOLERANCE = 1e-6
_CHEAPEST = ""
"""Stands for the id of a centre where the cheapest of a municipality's moves is kept."""

T = TypeVar("T")


class Answers(Protocol):
    """Where answers are kept; a damaged answer counts as none."""

    def recall(self, key: str, shape: type[T]) -> T | None:
        """Return the answer of that shape kept under a key, or None."""

    def keep(self, key: str, answer: object) -> None:
        """Keep an answer under a key."""

    def forget(self, key: str) -> None:
        """Drop what is kept under a key."""


@dataclass(frozen=True)
class KeptAnswer:
    """
    The answer to one question, and how hard it was looked for.

    Parameters
    ----------
    plan
        The plan; None where there is none.
    no_plan
        Why there is none; None where there is a plan.
    seconds
        Time limit under which it was found [s].
    deep
        Whether the reasons were looked for, should there be no plan.
    """

    plan: Plan | None
    no_plan: NoPlan | None
    seconds: float
    deep: bool

    @property
    def is_proven(self) -> bool:
        """Whether more time would change nothing."""
        if self.plan is not None:
            return self.plan.certificate.status is Status.OPTIMAL
        return self.no_plan is not None and self.no_plan.kind != "unsettled"


@dataclass(frozen=True)
class KeptPrice:
    """
    The price of one move, and how hard it was looked for.

    Parameters
    ----------
    amount
        The price in the unit of the objective; None where the move is impossible.
    exact
        Whether `amount` is the price itself, and not the least that it may be.
    moved
        Municipality id to centre id, where the plan with the move differs from the best; None where none was found.
    cap
        Price above which no exact one was sought; None for none.
    seconds
        Time limit under which it was found [s].
    """

    amount: float | None
    exact: bool
    moved: Mapping[str, str] | None
    cap: float | None
    seconds: float


@cache
def engine_version() -> str:
    """
    Return what stands for the program that finds answers.

    Returns
    -------
    Version of the program, of the solver and of what compiles and adds up, and the content of the engine's source
    files: an answer of an engine that has been mended since is not used.
    """
    source = sources_key("model", "structure", "highs", "compiled", "lists")
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy"))
    return f"tyngdepunkt {tyngdepunkt.__version__}, {solver_version()}, {libraries}, {source}"


_KEYS: weakref.WeakKeyDictionary[Territory, str] = weakref.WeakKeyDictionary()


def _key_of(territory: Territory) -> str:
    """Return a territory's key, worked out once for each."""
    key = _KEYS.get(territory)
    if key is None:
        key = _KEYS[territory] = content_key(territory)
    return key


def solver_of(territory: Territory, question: Question, *, seed: int, answers: Answers | None) -> Solver:
    """
    Return a solver that uses the answers kept before, where there are any.

    Parameters
    ----------
    territory, question, seed
        As for `tyngdepunkt.structure.Solver`.
    answers
        Where answers are kept; None for nowhere.

    Returns
    -------
    The solver.

    Raises
    ------
    QuestionError
        Where the question cannot be asked of this territory.
    """
    if answers is None:
        return Solver(territory, question, seed=seed)
    return RecallingSolver(territory, question, seed=seed, answers=answers)


def most_of(territory: Territory, question: Question, *, most: int, seed: int, answers: Answers | None) -> MostCentres:
    """
    Find the largest number of centres for which a question has a plan, or recall it.

    Parameters
    ----------
    territory, question, most, seed
        As for `tyngdepunkt.structure.most_centres`.
    answers
        Where answers are kept; None for nowhere.

    Returns
    -------
    The number, and the largest that is not ruled out.
    """
    key = content_key("most", engine_version(), _key_of(territory), question.with_centres(1), most, seed)
    kept = None if answers is None else answers.recall(key, MostCentres)
    if kept is not None:
        return kept
    found = most_centres(territory, question, most=most, seed=seed)
    if answers is not None:
        answers.keep(key, found)
    return found


def keep_plan(territory: Territory, plan: Plan, *, seed: int, answers: Answers) -> None:
    """
    Keep a plan as the answer to its question, where it was found by another way than asking that.

    Parameters
    ----------
    territory
        Of which the plan is.
    plan
        No worse than what was found by asking.
    seed
        As for `tyngdepunkt.structure.Solver`.
    answers
        Where answers are kept.
    """
    key = _answer_key(territory, plan.question, seed, 1.0)
    kept = answers.recall(key, KeptAnswer)
    answers.keep(key, KeptAnswer(plan, None, 0.0 if kept is None else kept.seconds, deep=True))


def _answer_key(territory: Territory, question: Question, seed: int, effort: float) -> str:
    """Return the key that the answer to a question is kept under."""
    return content_key("answer", engine_version(), _key_of(territory), question, seed, effort)


class RecallingSolver(Solver):
    """
    A solver that looks among kept answers first, and keeps what it finds.

    Parameters
    ----------
    territory, question, seed
        As for `tyngdepunkt.structure.Solver`.
    answers
        Where answers are kept.
    """

    def __init__(self, territory: Territory, question: Question, *, seed: int, answers: Answers) -> None:
        super().__init__(territory, question, seed=seed)
        self._answers = answers

    def find(
        self, centres: int, *, seconds: float = SECONDS, effort: float = 1.0, reasons: bool = True
    ) -> Plan | NoPlan:
        """
        Find the best plan with that many centres, or recall it.

        Parameters
        ----------
        centres, seconds, effort, reasons
            As for `tyngdepunkt.structure.Solver.find`.

        Returns
        -------
        A verified plan, or why there is none.
        """
        key = _answer_key(self.territory, self.question.with_centres(centres), self.seed, effort)
        kept = self._answers.recall(key, KeptAnswer)
        if kept is not None and kept.plan is not None and not self._keeps_its_word(kept.plan, centres):
            self._answers.forget(key)
            kept = None
        if kept is not None and (kept.is_proven or kept.seconds >= seconds):
            if kept.plan is not None:
                return kept.plan
            # With a plan to start from there is more to go by than there was then.
            is_news = centres in self.hints and not kept.is_proven
            if kept.no_plan is not None and (kept.deep or not reasons) and not is_news:
                return kept.no_plan
        answer = super().find(centres, seconds=seconds, effort=effort, reasons=reasons)
        if isinstance(answer, Plan):
            if kept is not None and kept.plan is not None:
                answer = better_plan(self.territory, answer, kept.plan)
            self._answers.keep(key, KeptAnswer(answer, None, seconds, deep=True))
        else:
            self._answers.keep(key, KeptAnswer(None, answer, seconds, deep=reasons))
        return answer

    def price(
        self, best: Plan, municipality: str, centre: str, *, cap: float, seconds: float = SECONDS
    ) -> tuple[float | None, bool, Mapping[str, str] | None]:
        """
        Find what a move costs, or recall it.

        Parameters
        ----------
        best, municipality, centre, cap, seconds
            As for `tyngdepunkt.structure.Solver.price`.

        Returns
        -------
        The price (None where impossible), whether it is exact, and the plan found (None where none was).
        """
        kept = self.recall_price(best, municipality, centre, cap=cap, seconds=seconds)
        if kept is not None:
            return kept
        found = super().price(best, municipality, centre, cap=cap, seconds=seconds)
        self.keep_price(best, municipality, centre, found, cap=cap, seconds=seconds)
        return found

    def cheapest(
        self, best: Plan, municipality: str, *, seconds: float = SECONDS
    ) -> tuple[float | None, bool, Mapping[str, str] | None]:
        """
        Find what the cheapest of a municipality's moves costs, or recall it.

        Parameters
        ----------
        best, municipality, seconds
            As for `tyngdepunkt.structure.Solver.cheapest`.

        Returns
        -------
        As for `price`.
        """
        kept = self.recall_price(best, municipality, _CHEAPEST, cap=float("inf"), seconds=seconds)
        if kept is not None:
            return kept
        found = super().cheapest(best, municipality, seconds=seconds)
        self.keep_price(best, municipality, _CHEAPEST, found, cap=float("inf"), seconds=seconds)
        return found

    def recall_price(
        self, best: Plan, municipality: str, centre: str, *, cap: float, seconds: float
    ) -> tuple[float | None, bool, Mapping[str, str] | None] | None:
        """
        Recall what a move costs, where that was found before.

        Parameters
        ----------
        best, municipality, centre, cap, seconds
            As for `price`.

        Returns
        -------
        As for `price`; None where nothing is kept that answers it.
        """
        key = self._key_of_price(best, municipality, centre)
        kept = self._answers.recall(key, KeptPrice)
        if kept is not None and not self._is_its_price(kept, best, municipality, centre):
            self._answers.forget(key)
            kept = None
        if kept is None or not _serves(kept, cap, seconds):
            return None
        return kept.amount, kept.exact, None if kept.moved is None else {**best.assignment, **kept.moved}

    def keep_price(
        self,
        best: Plan,
        municipality: str,
        centre: str,
        found: tuple[float | None, bool, Mapping[str, str] | None],
        *,
        cap: float,
        seconds: float,
    ) -> None:
        """
        Keep what a move costs.

        Parameters
        ----------
        best, municipality, centre
            As for `price`.
        found
            What `price` gave, here or elsewhere.
        cap, seconds
            As for `price`.
        """
        amount, exact, assignment = found
        moved = None
        if assignment is not None:
            moved = {i: j for i, j in assignment.items() if best.assignment[i] != j}
        limit = cap if cap < float("inf") else None
        key = self._key_of_price(best, municipality, centre)
        self._answers.keep(key, KeptPrice(amount, exact, moved, limit, seconds))

    def _key_of_price(self, best: Plan, municipality: str, centre: str) -> str:
        """Return the key that the price of a move is kept under."""
        return content_key("price", *self._decides(best.question), best.assignment, municipality, centre)

    def _decides(self, question: Question) -> tuple[object, ...]:
        """Return all that decides an answer but the time limit."""
        return engine_version(), _key_of(self.territory), question, self.seed

    def _keeps_its_word(self, plan: Plan, centres: int) -> bool:
        """Return whether a plan is one for this question, checked without the solver."""
        try:
            return plan.question == self.question.with_centres(centres) and bool(verify(self.territory, plan))
        except PlanError:
            return False

    def _is_its_price(self, kept: KeptPrice, best: Plan, municipality: str, centre: str) -> bool:
        """Return whether the plan of an exact price keeps the question's word, has the move, and costs so much."""
        if kept.moved is None:
            return True
        assignment = {**best.assignment, **kept.moved}
        try:
            value = objective_of(self.territory, best.question, assignment)
            witness = Certificate(Status.HEURISTIC, None, "", 0.0, self.seed)
            verify(self.territory, Plan(best.question, assignment, value, witness))
        except (KeyError, PlanError):
            return False
        cost = self.problem.sign * (best.objective - value)
        slack = _TOLERANCE * max(1.0, abs(best.objective))
        costs_so = not kept.exact or (kept.amount is not None and abs(max(0.0, cost) - kept.amount) <= slack)
        moved_to = assignment[municipality]
        is_there = moved_to != best.assignment[municipality] if centre == _CHEAPEST else moved_to == centre
        return is_there and costs_so


def _serves(kept: KeptPrice, cap: float, seconds: float) -> bool:
    """Return whether a price answers what is asked now."""
    if kept.exact or (kept.amount is not None and kept.amount >= cap):
        return True
    return kept.seconds >= seconds and (kept.cap is None or kept.cap >= cap)
