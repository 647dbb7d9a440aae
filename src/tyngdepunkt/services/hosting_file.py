"""Hosting problems, read from JSON files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tyngdepunkt.jsonfile import Faults, read_object
from tyngdepunkt.messages import Message
from tyngdepunkt.services.hosting import HostingProblem, HostModel, Task

__all__ = ["GivenHosting", "parse_hosting", "read_hosting"]

_KEYS = ("participants", "tasks", "minutes", "job_tolerance", "model")


@dataclass(frozen=True, eq=False)
class GivenHosting:
    """
    What a file asks.

    Parameters
    ----------
    problem
        The problem; by the balanced model where the file names none.
    model
        The model that the file names; None where it names none.
    """

    problem: HostingProblem
    model: HostModel | None


def read_hosting(path: Path) -> GivenHosting:
    """
    Read a hosting problem.

    Parameters
    ----------
    path
        A JSON file with ``participants``, ``tasks``, ``minutes``, ``job_tolerance`` and ``model``. The last two may be
        left out: nobody shall lose anything in net then, and the model is the reader's to choose.

    Returns
    -------
    The problem.

    Raises
    ------
    SourceError
        Where the file cannot be read, or with every fault in it.
    """
    return _parse(*read_object(path, "hosting problem"))


def parse_hosting(content: Mapping[str, object]) -> GivenHosting:
    """
    Read a hosting problem out of an object that is there already.

    Parameters
    ----------
    content
        As the file of `read_hosting` has it.

    Returns
    -------
    The problem.

    Raises
    ------
    SourceError
        With every fault in it.
    """
    return _parse(content, Faults("hosting problem"))


def _parse(content: Mapping[str, object], faults: Faults) -> GivenHosting:
    """Return what an object asks."""
    faults.known(content, _KEYS, "the problem")
    participants = faults.names(content.get("participants"), "participants")
    given = content.get("tasks")
    if not isinstance(given, list) or not given:
        faults.add(Message("tasks is no list, or empty: give each task with id, fte_before and fte_after."))
        given = []
    tasks = tuple(_task(each, f"tasks[{number}]", participants, faults) for number, each in enumerate(given))
    ids = [task.id for task in tasks if task.id]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        faults.add(Message("tasks has {twice} twice: give each task once.", twice=repr(twice)))
    minutes = _minutes(content.get("minutes"), participants, faults)
    tolerance = 0.0
    if content.get("job_tolerance") is not None:
        tolerance = faults.number(content["job_tolerance"], "job_tolerance", least=0) or 0.0
    model = None
    if content.get("model") is not None:
        if content["model"] in list(HostModel):
            model = HostModel(str(content["model"]))
        else:
            first, last = HostModel
            faults.add(
                Message(
                    "model is {given}: use {models}.",
                    given=repr(content["model"]),
                    models=Message("{first} or {last}", first=first, last=last),
                )
            )
    faults.check()
    return GivenHosting(HostingProblem(participants, tasks, minutes, tolerance, model or HostModel.BALANCED), model)


def _task(given: object, place: str, participants: tuple[str, ...], faults: Faults) -> Task:
    """Return a task."""
    said = faults.mapping(given, place)
    faults.known(said, ("id", "fte_before", "fte_after", "max_minutes"), place)
    called = faults.text(said.get("id"), f"{place}.id")
    place = f"tasks[{called!r}]" if called else place
    before = faults.numbers(said.get("fte_before"), f"{place}.fte_before", least=0)
    if isinstance(said.get("fte_before"), dict) and not said["fte_before"]:
        faults.add(
            Message(
                "{place}.fte_before is empty: give who takes part, with the full-time equivalents of each.", place=place
            )
        )
    for name in before:
        if name not in participants:
            faults.add(
                Message(
                    "{place}.fte_before has {name}, who is not among the participants.", place=place, name=repr(name)
                )
            )
    after = faults.number(said.get("fte_after"), f"{place}.fte_after", least=0)
    limit = None
    if said.get("max_minutes") is not None:
        limit = faults.number(said["max_minutes"], f"{place}.max_minutes", least=0)
    return Task(called, before, after or 0.0, limit)


def _minutes(given: object, participants: tuple[str, ...], faults: Faults) -> dict[str, dict[str, float]]:
    """Return minutes from whom to whom; a pair that is null, or not there, cannot be travelled."""
    found: dict[str, dict[str, float]] = {}
    for start, ends in faults.mapping(given, "minutes").items():
        place = f"minutes[{start!r}]"
        said: Mapping[str, object] = faults.mapping(ends, place)
        found[start] = faults.numbers({end: t for end, t in said.items() if t is not None}, place, least=0)
        for name in (start, *said):
            if name not in participants:
                faults.add(
                    Message("{place} names {name}, who is not among the participants.", place=place, name=repr(name))
                )
        if found[start].get(start, 0.0) != 0:
            faults.add(
                Message(
                    "{place}[{start}] is {found}: to oneself it is 0.",
                    place=place,
                    start=repr(start),
                    found=format(found[start][start], "g"),
                )
            )
    return found
