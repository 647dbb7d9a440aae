"""What changes where one setting of a question changes and all else stays: one variation at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tyngdepunkt.ensembles.answering import Answer, AnswerTask
from tyngdepunkt.ensembles.crew import Crew
from tyngdepunkt.ensembles.matching import match_centres
from tyngdepunkt.ensembles.recalling import Memory, answer_all
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Objective, Plan, Progress, Question, Status, Territory, silent
from tyngdepunkt.structure import SECONDS

__all__ = ["VARIED", "Sensitivity", "Variation", "Varied", "measure_sensitivity", "read_variations"]


@dataclass(frozen=True)
class Variation:
    """
    A question that differs from another in one setting.

    Parameters
    ----------
    setting
        Which, as in `VARIED`.
    value
        Its value, as it was written.
    question
        The question.
    """

    setting: str
    value: str
    question: Question


@dataclass(frozen=True)
class Varied:
    """
    The best plan of a variation, beside the one that was varied.

    Parameters
    ----------
    variation
        What was changed.
    status
        `Status.OPTIMAL`, `Status.GAP` where time ran out, or `Status.INFEASIBLE`; None where time ran out before any
        plan was found.
    objective
        Of the best plan, in the unit of the variation's objective; None where there is none.
    centres
        Ids of the centres; empty where there is no plan.
    moved
        Ids of the municipalities that do not keep their block: blocks are matched one to one, so that most inhabitants
        lie in blocks that match.
    kept, kept_people
        Share of the municipalities, and of the inhabitants, that keep their block; None where there is no plan.
    """

    variation: Variation
    status: Status | None
    objective: float | None
    centres: tuple[str, ...]
    moved: tuple[str, ...]
    kept: float | None
    kept_people: float | None


@dataclass(frozen=True)
class Sensitivity:
    """
    A plan and what becomes of it, variation by variation.

    Parameters
    ----------
    plan
        The plan.
    variations
        In the order asked for; without those that an interrupt cut off.
    complete
        Whether all are there.
    """

    plan: Plan
    variations: tuple[Varied, ...]
    complete: bool

    def keeps(self, municipality: str) -> tuple[int, int]:
        """Return in how many variations with a plan a municipality keeps its block, and how many have one."""
        found = [each for each in self.variations if each.kept is not None]
        return sum(municipality not in each.moved for each in found), len(found)


def measure_sensitivity(
    territory: Territory,
    plan: Plan,
    variations: Sequence[Variation],
    *,
    crew: Crew | None = None,
    seconds: float = SECONDS,
    memory: Memory | None = None,
    progress: Progress = silent,
) -> Sensitivity:
    """
    Find the best plan of each variation, and who does not keep their block in it.

    Parameters
    ----------
    territory
        Of which the plan is.
    plan
        The plan that is varied.
    variations
        The questions.
    crew
        Who does it; this process where not given.
    seconds
        Wall time for each variation [s].
    memory
        Where the answer to each variation is kept from run to run; None for nowhere.
    progress
        Told as variations are done.

    Returns
    -------
    The variations answered. An interrupt (`KeyboardInterrupt`) ends the work with what is done.
    """
    own = tuple(territory.position[plan.assignment[i]] for i in territory.ids)
    common = AnswerTask(territory, plan.question, plan.certificate.seed, seconds, favoured=own)
    tasks = [replace(common, question=each.question) for each in variations]
    answers = answer_all(tasks, memory=memory, crew=crew, chunk=1, task="sensitivity", progress=progress)
    found = [
        _compare(territory, plan, variation, answer)
        for variation, answer in zip(variations, answers, strict=True)
        if answer is not None
    ]
    return Sensitivity(plan, tuple(found), complete=len(found) == len(variations))


def _compare(territory: Territory, plan: Plan, variation: Variation, answer: Answer) -> Varied:
    """Set a variation's answer beside the plan."""
    if answer.centre_of is None:
        return Varied(variation, Status.INFEASIBLE if answer.settled else None, None, (), (), None, None)
    own = [territory.position[plan.assignment[i]] for i in territory.ids]
    matched = match_centres(own, answer.centre_of, territory.population)
    moved = [i for i, c, d in zip(territory.ids, own, answer.centre_of, strict=True) if matched.get(d) != c]
    people = dict(zip(territory.ids, territory.population.tolist(), strict=True))
    total = sum(people.values())
    return Varied(
        variation=variation,
        status=Status.OPTIMAL if answer.settled else Status.GAP,
        objective=answer.objective,
        centres=tuple(territory.ids[c] for c in sorted(set(answer.centre_of))),
        moved=tuple(moved),
        kept=1 - len(moved) / len(territory),
        kept_people=1 - sum(people[i] for i in moved) / total if total else None,
    )


def read_variations(question: Question, text: str) -> tuple[Variation, ...]:
    """
    Read variations of a question.

    Parameters
    ----------
    question
        What is varied.
    text
        ``setting=value,value``, such as ``floor=10000,20000``, ``centres=5-8``, ``seasonal=yes``, ``max-minutes=60,90``
        or ``objective=ties;ties=1,access=0.002``, where values that hold commas are parted by semicolons.

    Returns
    -------
    One variation for each value, in order, each once.

    Raises
    ------
    QuestionError
        Where the setting is not known or a value is not understood.

    Examples
    --------
    >>> [each.question.floor for each in read_variations(Question(7), "floor=0,15000")]
    [0, 15000]
    """
    setting, _, values = text.partition("=")
    setting = setting.strip()
    if setting not in VARIED or not values.strip():
        raise QuestionError(
            f"--vary {text!r} is not understood: give a setting with its values, such as floor=10000,20000; "
            f"the settings are {', '.join(VARIED)}."
        )
    parts = values.split(";" if ";" in values or setting == "objective" else ",")
    found: dict[str, Variation] = {}
    for part in parts:
        for value, changed in VARIED[setting](question, part.strip()):
            found.setdefault(value, Variation(setting, value, changed))
    return tuple(found.values())


def _vary_floor(question: Question, value: str) -> list[tuple[str, Question]]:
    """Return the question with another floor."""
    if not value.isdecimal():
        raise QuestionError(f"--vary floor={value}: give whole numbers of inhabitants, such as floor=10000,20000.")
    return [(value, replace(question, floor=int(value)))]


def _vary_centres(question: Question, value: str) -> list[tuple[str, Question]]:
    """Return the question with another number of centres, or several."""
    first, _, last = (part.strip() for part in value.partition("-"))
    if not first.isdecimal() or not (last or first).isdecimal() or int(last or first) < int(first):
        raise QuestionError(f"--vary centres={value}: give numbers or ranges, such as centres=5,6 or centres=5-8.")
    return [(str(k), question.with_centres(k)) for k in range(int(first), int(last or first) + 1)]


def _vary_seasonal(question: Question, value: str) -> list[tuple[str, Question]]:
    """Return the question with roads closed in winter counted or not."""
    if value not in {"yes", "no"}:
        raise QuestionError(f"--vary seasonal={value}: give yes, where roads closed in winter count, or no.")
    return [(value, replace(question, seasonal=value == "yes"))]


def _vary_counties(question: Question, value: str) -> list[tuple[str, Question]]:
    """Return the question with blocks held within counties or not."""
    if value not in {"yes", "no"}:
        raise QuestionError(f"--vary within-counties={value}: give yes, where no block crosses a county border, or no.")
    return [(value, replace(question, within_counties=value == "yes"))]


def _vary_minutes(question: Question, value: str) -> list[tuple[str, Question]]:
    """Return the question with another cap on minutes, or with none."""
    if value == "none":
        return [(value, replace(question, max_minutes=None))]
    try:
        return [(value, replace(question, max_minutes=float(value)))]
    except ValueError:
        raise QuestionError(f"--vary max-minutes={value}: give minutes, such as max-minutes=60,90, or none.") from None


def _vary_objective(question: Question, value: str) -> list[tuple[str, Question]]:
    """Return the question with another objective."""
    return [(value, replace(question, objective=Objective.from_text(value)))]


VARIED: dict[str, Callable[[Question, str], list[tuple[str, Question]]]] = {
    "centres": _vary_centres,
    "floor": _vary_floor,
    "max-minutes": _vary_minutes,
    "objective": _vary_objective,
    "seasonal": _vary_seasonal,
    "within-counties": _vary_counties,
}
"""Name of a setting to what reads a value of it, which may stand for several, and gives each with its question."""
