"""
Long work in the background, each question answered once.

The sweep over every number of centres is done once a question and kept; so is the explanation of a
municipality and the comparison with a plan of others. Two threads work, one for sweeps and one for the rest,
each on what was asked for last. Work that nobody has asked for in a while gives way to work that waits.

In a study of many municipalities the sweep takes chosen numbers alone, the quick ones first, and what it has found
so far can be had before it is over; any other number is worked out when a reader asks for it. What was found is kept
with the answers of earlier runs where there are any, so nothing is worked out twice.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from tyngdepunkt.errors import TyngdepunktError
from tyngdepunkt.model import NoPlan, Partition, Plan, Progress, Question, Step
from tyngdepunkt.web.sheets import flows

if TYPE_CHECKING:
    from tyngdepunkt.analysis import (
        Answers,
        Explanation,
        Frontier,
        FrontierPoint,
        Layer,
        PlanComparison,
        Stability,
    )
    from tyngdepunkt.report.palette import BlockStyle
    from tyngdepunkt.study import Study

__all__ = ["Desk", "Work"]

_KEPT = 128
"""Pieces of work kept, the one asked for longest ago dropped first."""

_PATIENCE = 6.0
"""Seconds after which work that nobody asks for any longer gives way to other work."""

_CLOSING = 20.0
"""
Longest time that the end waits for work that is under way [s].

A thread that the interpreter leaves inside the solver takes the whole process down with it.
"""

_SECONDS = 20.0
"""Time for a number of centres of a large study that is asked for, after which there is a gap and no proof [s]."""
_SECONDS_UNASKED = 8.0
"""The same for each of the numbers that are worked out unasked [s]."""

_REMEMBERED = 20_000
"""Answers kept in memory, the one used longest ago dropped first."""

_log = logging.getLogger(__name__)

T = TypeVar("T")


class _GivesWayError(Exception):
    """Raised inside work that nobody wants any longer."""


class Work(Generic[T]):
    """
    One piece of work: waiting, under way, or done.

    Parameters
    ----------
    run
        Does the work; told where to report its steps.

    Attributes
    ----------
    step
        Where the work is; None before its first step.
    value
        What came out; None until then, and where it failed.
    fault
        Why it failed: an error of ours to the reader, or one that is a bug.
    """

    def __init__(self, run: Callable[[Progress], T]) -> None:
        self.run = run
        self.step: Step | None = None
        self.value: T | None = None
        self.fault: Exception | None = None
        self.wanted = time.monotonic()
        self._begun: float | None = None
        self._over = threading.Event()

    @property
    def is_done(self) -> bool:
        """Whether there is a value or a fault."""
        return self._over.is_set()

    @property
    def seconds(self) -> int:
        """Time since it was begun; 0 while it waits [s]."""
        return 0 if self._begun is None else int(time.monotonic() - self._begun)

    def begin(self) -> None:
        """Say that the work is under way."""
        self._begun = time.monotonic()

    def wait(self, seconds: float) -> bool:
        """
        Wait for the work to be done.

        Parameters
        ----------
        seconds
            No longer than this [s].

        Returns
        -------
        Whether it is done.
        """
        return self._over.wait(seconds)

    def finish(self, value: T | None, fault: Exception | None) -> None:
        """
        Say that the work is done.

        Parameters
        ----------
        value, fault
            What came out, or why nothing did.
        """
        self.value, self.fault = value, fault
        self._over.set()


class _Lane:
    """One thread, and the work that waits for it; what was wanted last is done first."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._closed = False
        self._waiting: list[Work[object]] = []
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, work: Work[object]) -> None:
        """Take work on."""
        with self._changed:
            if self._closed:
                return
            self._waiting.append(work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._go_on, name=self._name, daemon=True)
                self._thread.start()
                atexit.register(self.close)
            self._changed.notify()

    def close(self) -> None:
        """Take no more work on, and wait a while for what is under way to give way."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(_CLOSING)

    def _go_on(self) -> None:
        """Do one piece of work after another until closed."""
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                work = max(self._waiting, key=lambda each: each.wanted)
                self._waiting.remove(work)
            self._do(work)

    def _do(self, work: Work[object]) -> None:
        """Do one piece of work; put it back where it gave way."""

        def report(step: Step) -> None:
            work.step = step
            if self._closed or (self._waiting and time.monotonic() - work.wanted > _PATIENCE):
                raise _GivesWayError

        work.begin()
        try:
            value = work.run(report)
        except _GivesWayError:
            with self._changed:
                work.step = None
                self._waiting.append(work)
        except TyngdepunktError as error:
            work.finish(None, error)
        except Exception as error:  # noqa: BLE001 - a bug: the reader is told, and the log has the traceback
            _log.exception("Work on the desk failed")
            work.finish(None, error)
        else:
            work.finish(value, None)


class _Memory:
    """Answers kept while the process lives."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, object] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, key: str, shape: type[T]) -> T | None:
        """Return the answer of that shape kept under a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        return found if isinstance(found, shape) else None

    def keep(self, key: str, answer: object) -> None:
        """Keep an answer under a key."""
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)

    def forget(self, key: str) -> None:
        """Drop what is kept under a key."""
        with self._lock:
            self._kept.pop(key, None)


class Desk:
    """
    Everything that has been worked out for one study since the start.

    Parameters
    ----------
    study
        The study that is asked about.
    answers
        Where answers are kept from run to run; None to keep them in memory alone.

    Attributes
    ----------
    is_large
        Whether only chosen numbers of centres are worked out unasked.
    """

    seconds_asked = round(_SECONDS)
    """Time in a large study for a number of centres that somebody asks for [s]."""

    def __init__(self, study: Study, answers: Answers | None = None) -> None:
        from tyngdepunkt.analysis import is_large

        self.study = study
        self.is_large = is_large(study)
        self._answers = answers or _Memory()
        self._kept: OrderedDict[Hashable, Work[object]] = OrderedDict()
        self._swept: dict[Question, Frontier] = {}
        self._lock = threading.Lock()
        self._sweeps = _Lane("tyngdepunkt-sweeps")
        self._details = _Lane("tyngdepunkt-details")

    @cached_property
    def flows(self) -> tuple[tuple[str, str, int, int], ...]:
        """Who commutes between each two municipalities, see `tyngdepunkt.web.sheets.flows`."""
        return flows(self.study.territory)

    @cached_property
    def styles(self) -> Mapping[str, BlockStyle]:
        """Municipality id to colour and pattern of its block, should it be a centre."""
        from tyngdepunkt.report.palette import territory_styles

        return territory_styles(self.study.territory)

    def close(self) -> None:
        """End: what is under way gives way, and nothing more is begun."""
        self._sweeps.close()
        self._details.close()

    def frontier(self, wishes: Question) -> Work[Frontier]:
        """
        Return the answer for every number of centres, begun where it was not asked for before.

        Parameters
        ----------
        wishes
            The question; its number of centres does not matter.

        Returns
        -------
        The work, done or not.
        """
        question = wishes.with_centres(1)

        def run(progress: Progress) -> Frontier:
            from tyngdepunkt.analysis import Frontier, numbers_of, sweep_centres

            numbers = numbers_of(self.study)
            if not self.is_large:
                return sweep_centres(self.study, question, centres=numbers, progress=progress, answers=self._answers)
            points: dict[int, FrontierPoint] = {}

            def take(point: FrontierPoint) -> None:
                points[point.centres] = point
                before = self._swept.get(question)
                if before is None or len(points) > len(before.points):
                    self._swept[question] = Frontier(_in_order(points.values()), complete=False)

            sweep_centres(
                self.study,
                question,
                centres=_quick_first(numbers, len(self.study.territory)),
                seconds=_SECONDS_UNASKED,
                progress=progress,
                answers=self._answers,
                found=take,
            )
            return Frontier(_in_order(points.values()), complete=len(points) == len(numbers))

        return self._ask(("frontier", question), run, self._sweeps)

    def numbers(self, wishes: Question, asked: int | None) -> tuple[int, ...]:
        """
        Return the numbers of centres that a reader steps through.

        Parameters
        ----------
        wishes
            The question; its number of centres does not matter.
        asked
            The number that the reader looks at; None for none.

        Returns
        -------
        Ascending: those that are worked out unasked, and in a large study those asked for besides.
        """
        from tyngdepunkt.analysis import numbers_of

        numbers = numbers_of(self.study)
        if not self.is_large:
            return numbers
        known = self.known(wishes)
        found = {*numbers, *(point.centres for point in known.points)} if known else {*numbers}
        return tuple(sorted(found if asked is None else {*found, asked}))

    def known(self, wishes: Question) -> Frontier | None:
        """
        Return what is known of a question so far: the sweep, and in a large study what readers asked for besides.

        Parameters
        ----------
        wishes
            The question; its number of centres does not matter.

        Returns
        -------
        The frontier; None where nothing can be shown yet.
        """
        from tyngdepunkt.analysis import Frontier

        question = wishes.with_centres(1)
        sweep = self.frontier(question)
        if not self.is_large:
            return sweep.value
        swept = sweep.value or self._swept.get(question)
        with self._lock:
            alone = [
                work.value
                for key, work in self._kept.items()
                if isinstance(key, tuple) and key[0] == "point" and key[1].with_centres(1) == question
            ]
        points = {p.centres: p for each in alone if each is not None for p in cast("Frontier", each).points}
        points |= {p.centres: p for p in swept.points} if swept is not None else {}
        if not points:
            return None
        return Frontier(_in_order(points.values()), complete=sweep.value is not None)

    def point(self, question: Question) -> Work[Frontier]:
        """
        Return the answer for one number of centres, for readers who should not wait for the whole sweep.

        Parameters
        ----------
        question
            The question.

        Returns
        -------
        The work, done or not: a frontier of one point.
        """

        def run(progress: Progress) -> Frontier:
            from tyngdepunkt.analysis import SECONDS, sweep_centres

            return sweep_centres(
                self.study,
                question,
                centres=(question.centres,),
                seconds=_SECONDS if self.is_large else SECONDS,
                progress=progress,
                answers=self._answers,
            )

        return self._ask(("point", question), run, self._details)

    def explanation(self, plan: Plan, municipality: str) -> Work[Explanation]:
        """
        Return why a municipality lies where it does, with its price in every other block.

        Parameters
        ----------
        plan
            The best plan of its question.
        municipality
            Its id.

        Returns
        -------
        The work, done or not.
        """

        def run(progress: Progress) -> Explanation:
            from tyngdepunkt.analysis import explain_municipality

            return explain_municipality(self.study, plan, municipality, progress=progress, answers=self._answers)

        return self._ask(("explanation", plan.question, municipality), run, self._details)

    def stability(self, plan: Plan, *, begin: bool = True) -> Work[Stability] | None:
        """
        Return how often municipalities keep their block where the commuting table is drawn anew.

        Parameters
        ----------
        plan
            The best plan of its question.
        begin
            Whether to begin the work where it was not asked for before; it takes longer than anything else here.

        Returns
        -------
        The work, done or not; None where it is not begun.
        """
        key = ("stability", plan.question)
        resamples = self.study.settings.resamples(len(self.study.territory))

        def run(progress: Progress) -> Stability:
            from tyngdepunkt.analysis import resample_commuting

            return resample_commuting(self.study, plan, resamples=resamples, progress=progress)

        with self._lock:
            is_there = key in self._kept
        return self._ask(key, run, self._details) if begin or is_there else None

    def comparison(self, plan: Plan, reference: Partition, *, price: bool = True) -> Work[PlanComparison]:
        """
        Return a plan beside a plan of others, difference first.

        Parameters
        ----------
        plan
            The best plan of its question.
        reference
            The plan of others.
        price
            Whether to find what each difference costs, which takes longer.

        Returns
        -------
        The work, done or not.
        """

        def run(_progress: Progress) -> PlanComparison:
            from tyngdepunkt.analysis import compare_plans

            names = (str(plan.question.centres), reference.name)
            return compare_plans(
                self.study, plan, reference, plan.question, names=names, price=price, answers=self._answers
            )

        return self._ask(("comparison", plan.question, reference.name, price), run, self._details)

    def gravity(self, question: Question) -> Work[Layer]:
        """
        Return the centres of gravity, begun where they were not asked for before.

        Parameters
        ----------
        question
            That of the blocks; what it does not have in common with the centres of gravity counts for nothing.

        Returns
        -------
        The work, done or not.
        """
        shared = Question(
            centres=1,
            objective=question.objective,
            seasonal=question.seasonal,
            within_counties=question.within_counties,
            split_parts=question.split_parts,
        )

        def run(_progress: Progress) -> Layer:
            from tyngdepunkt.analysis import find_gravity

            return find_gravity(self.study, shared, answers=self._answers)

        return self._ask(("gravity", shared), run, self._details)

    def refusal(self, question: Question) -> Work[Plan | NoPlan]:
        """
        Return why a question has no plan, with the nearest questions that have one.

        Parameters
        ----------
        question
            A question that the sweep found no plan for; the sweep itself does not look for the reasons.

        Returns
        -------
        The work, done or not.
        """

        def run(_progress: Progress) -> Plan | NoPlan:
            from tyngdepunkt.analysis import find_plan

            return find_plan(self.study, question, answers=self._answers)

        return self._ask(("refusal", question), run, self._details)

    def other(self, key: Hashable, run: Callable[[Progress], T]) -> Work[T]:
        """
        Return work of another kind: what a page on cooperation or services has to wait for.

        Parameters
        ----------
        key
            Stands for all that decides the answer.
        run
            Does the work; told where to report its steps.

        Returns
        -------
        The work, done or not.
        """
        return self._ask(("other", key), run, self._details)

    def _ask(self, key: Hashable, run: Callable[[Progress], T], lane: _Lane) -> Work[T]:
        """Return the work kept under a key, begun where there is none."""
        with self._lock:
            work = self._kept.get(key)
            if work is None:
                work = cast("Work[object]", Work(run))
                self._kept[key] = work
                lane.put(work)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            work.wanted = time.monotonic()
        return cast("Work[T]", work)


def _in_order(points: Iterable[FrontierPoint]) -> tuple[FrontierPoint, ...]:
    """Return points by number of centres."""
    return tuple(sorted(points, key=lambda point: point.centres))


def _quick_first(numbers: Iterable[int], municipalities: int) -> tuple[int, ...]:
    """Return numbers of centres, those that take longest last: few centres for many municipalities."""
    middle = municipalities**0.5
    return tuple(sorted(numbers, key=lambda k: (k < middle, abs(k - middle))))
