"""Plans, the certificates they carry, and the answer that there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from tyngdepunkt.model.question import Question
from tyngdepunkt.model.reason import Reason

__all__ = ["Certificate", "Interrupted", "NoPlan", "Partition", "Plan", "Relaxation", "Status"]


class Status(StrEnum):
    """How good a plan is known to be."""

    OPTIMAL = "optimal"
    GAP = "gap"
    HEURISTIC = "heuristic"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True)
class Certificate:
    """
    How good a plan is known to be, and who says so.

    Parameters
    ----------
    status
        Proven optimal, within a gap of a bound, or heuristic.
    bound
        No plan is better than this, in the unit of the objective; None for a heuristic answer.
    solver
        Name and version.
    seconds
        Wall time [s].
    seed
        Seed of the independent heuristic.
    heuristic_objective
        The best that the independent heuristic found; None where it found no plan.
    checks
        What was verified outside the solver, as keys of `texts`.
    """

    status: Status
    bound: float | None
    solver: str
    seconds: float
    seed: int
    heuristic_objective: float | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Partition:
    """
    Municipalities in blocks that have names but no centres: a plan of others.

    Parameters
    ----------
    name
        What the plan is called (``"county governor 2016"``).
    blocks
        Municipality id to the name of its block.
    source
        Where it was read.
    """

    name: str
    blocks: Mapping[str, str]
    source: str = ""

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Block name to its municipality ids, in order of id."""
        found: dict[str, list[str]] = {}
        for municipality, block in sorted(self.blocks.items()):
            found.setdefault(block, []).append(municipality)
        return {block: tuple(ids) for block, ids in found.items()}


@dataclass(frozen=True)
class Plan:
    """
    A centre for each municipality, such that each block is connected.

    Parameters
    ----------
    question
        What was asked.
    assignment
        Municipality id to the id of its centre, the centres themselves included.
    objective
        Value of the question's objective.
    certificate
        How good it is known to be.
    """

    question: Question
    assignment: Mapping[str, str]
    objective: float
    certificate: Certificate

    @cached_property
    def centres(self) -> tuple[str, ...]:
        """Ids of the centres, ascending."""
        return tuple(sorted(set(self.assignment.values())))

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Centre id to the ids of its block, in order of id."""
        return {c: tuple(sorted(i for i, j in self.assignment.items() if j == c)) for c in self.centres}


@dataclass(frozen=True)
class Relaxation:
    """
    The nearest question that has an answer.

    Parameters
    ----------
    constraint
        Name of the constraint that is loosened, as the question names it (``"floor"``, ``"centres"``).
    asked
        Its value in the question.
    works
        The nearest value for which a plan exists.
    proven
        Whether nothing nearer works; if not, something nearer may.
    """

    constraint: str
    asked: float
    works: float
    proven: bool = True


@dataclass(frozen=True)
class NoPlan:
    """
    The answer that no plan exists, with the reason.

    Parameters
    ----------
    question
        What was asked.
    kind
        ``"arithmetic"`` where the numbers alone forbid it (too few inhabitants for so many blocks),
        ``"geography"`` where connection, distance or the wishes of the question do.
    reasons
        The constraints that clash, each with the municipalities concerned.
    relaxations
        For each constraint that can be loosened alone, how far.
    seconds
        Wall time [s].
    """

    question: Question
    kind: str
    reasons: tuple[Reason, ...]
    relaxations: tuple[Relaxation, ...] = ()
    seconds: float = 0.0


class Interrupted(KeyboardInterrupt):
    """
    Ctrl-C while a plan was sought, with the best one by then.

    Parameters
    ----------
    plan
        The plan, verified; its certificate says how far from the best it can be.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
