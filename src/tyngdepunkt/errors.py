"""What can go wrong, as one tree.

::

    TyngdepunktError
    ├── SourceError      (also OSError)     a provider or file could not be read
    │   └── ContentError                    a file was read, and what it holds is wrong; carries every fault
    ├── StudyError       (also ValueError)  a study's tables are wrong; carries every fault
    ├── QuestionError    (also ValueError)  a question that cannot be asked of this study
    │   └── NoDivisionError                 what was to be drawn does not exist; exit code 2
    ├── PlanError        (also ValueError)  a plan that breaks its own promises
    └── ConflictError    (also ValueError)  someone else changed it first; carries what they changed

That no plan exists is an answer (`tyngdepunkt.model.NoPlan`), not an error.
Anything outside this tree is a bug of ours and keeps its traceback.

    try:
        study = load_study(folder)
    except StudyError as error:
        for fault in error.faults:
            print(fault)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "ConflictError",
    "ContentError",
    "Fault",
    "NoDivisionError",
    "PlanError",
    "QuestionError",
    "SourceError",
    "StudyError",
    "TyngdepunktError",
]


@dataclass(frozen=True, order=True)
class Fault:
    """
    One thing that is wrong with a study, and what would mend it.

    Parameters
    ----------
    file
        Name of the file within the study folder.
    row
        Line number as an editor shows it (the header is line 1); 0 where the fault is not of one row.
    column
        Name of the column, or empty where the fault is not of one column.
    problem
        What is wrong, in plain words, with the offending value.
    mend
        What would put it right.
    """

    file: str
    row: int
    column: str
    problem: str
    mend: str

    def __str__(self) -> str:
        """Return the fault as one line: file, row, column, problem, mend."""
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.problem} {self.mend}".rstrip()


class TyngdepunktError(Exception):
    """Base of every error that a user can mend."""


class SourceError(TyngdepunktError, OSError):
    """A provider or a file could not be read."""


class ContentError(SourceError):
    """
    A file could be read, and what it holds is wrong.

    Parameters
    ----------
    what
        What the file is, with its name where it has one.
    faults
        What is wrong, a sentence each; where there are too many, the first of them and how many more.
    count
        How many faults there are; as many as are given where not told.
    """

    def __init__(self, what: str, faults: Sequence[str], count: int | None = None) -> None:
        self.what = what
        self.faults = tuple(faults)
        self.count = len(self.faults) if count is None else count
        head = "1 fault" if self.count == 1 else f"{self.count} faults"
        lines = "\n".join(f"  - {fault}" for fault in self.faults)
        super().__init__(f"The {what} has {head}:\n{lines}")

    def __reduce__(self) -> tuple[type[ContentError], tuple[str, tuple[str, ...], int]]:
        """Say what it is made of, so that it comes whole out of another process."""
        return type(self), (self.what, self.faults, self.count)


class StudyError(TyngdepunktError, ValueError):
    """
    A study's tables are wrong.

    Parameters
    ----------
    faults
        Every fault found, in order of file and row; at least one.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        head = "1 fault" if count == 1 else f"{count} faults"
        lines = "\n".join(f"  - {fault}" for fault in self.faults)
        super().__init__(f"The study has {head}:\n{lines}")

    def __reduce__(self) -> tuple[type[StudyError], tuple[tuple[Fault, ...]]]:
        """Say what it is made of, so that it comes whole out of another process."""
        return type(self), (self.faults,)


class QuestionError(TyngdepunktError, ValueError):
    """A question that cannot be asked of this study: an unknown municipality, more centres than municipalities."""


class NoDivisionError(QuestionError):
    """Divisions were to be drawn, and it is known that there is none."""


class PlanError(TyngdepunktError, ValueError):
    """
    A plan breaks what it promises, found outside the solver.

    Parameters
    ----------
    breaches
        What is broken, one sentence each; at least one.
    """

    def __init__(self, breaches: Sequence[str]) -> None:
        self.breaches = tuple(breaches)
        lines = "\n".join(f"  - {breach}" for breach in self.breaches)
        super().__init__(f"The plan fails its verification:\n{lines}")

    def __reduce__(self) -> tuple[type[PlanError], tuple[tuple[str, ...]]]:
        """Say what it is made of, so that it comes whole out of another process."""
        return type(self), (self.breaches,)


class ConflictError(TyngdepunktError, ValueError):
    """
    What was to be changed had been changed by someone else meanwhile; nothing was written.

    Parameters
    ----------
    message
        What, by whom, and what to do.
    changes
        What was changed meanwhile, oldest first, as the store tells it.
    """

    def __init__(self, message: str, changes: Sequence[object] = ()) -> None:
        self.changes = tuple(changes)
        super().__init__(message)
