"""The words of cooperation: arrangements, who takes part, the register of them, and what a legal form must carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from tyngdepunkt.errors import QuestionError

__all__ = [
    "Act",
    "Arrangement",
    "Basis",
    "ControlTotal",
    "FormNeeds",
    "LegalForm",
    "Level",
    "Outside",
    "Participation",
    "Picture",
    "Register",
    "RegisteredForm",
    "TaskCount",
]


class Level(StrEnum):
    """How wide an arrangement reaches."""

    LOCAL = "local"
    SUBREGIONAL = "subregional"
    REGIONAL = "regional"
    HIGHER = "higher"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """How it is known who takes part; kept apart all the way into the measures."""

    STATED = "stated"
    DERIVED = "derived"
    LIST = "list"
    """From a list of another year."""
    PARTIAL = "partial"
    """Only some of the participants are named."""
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


class Outside(StrEnum):
    """Who takes part that is no municipality of the study."""

    NONE = "none"
    MUNICIPALITIES = "municipalities"
    OTHERS = "others"
    """A county, a company: no municipality."""
    BOTH = "both"
    UNTOLD = "untold"
    """Somebody, of whom it is not told whether they are municipalities."""


class RegisteredForm(StrEnum):
    """A legal form as the register spells it."""

    IKS = "IKS"
    AS = "AS"
    SA = "SA"
    P27 = "P27"
    VK28B = "VK28b"
    VK28C = "VK28c"
    IPR = "IPR"
    KO = "KO"
    VK20 = "VK20"
    VK20_BOARD = "VK20_board"
    AGREEMENT = "agreement"
    OTHER = "other"
    UNKNOWN = "unknown"


class LegalForm(StrEnum):
    """A legal form that municipalities can cooperate in."""

    POLITICAL_COUNCIL = "political_council"
    TASK_COMMUNITY = "task_community"
    HOST_ADMINISTRATIVE = "host_administrative"
    HOST_BOARD = "host_board"
    IKS = "iks"
    COMPANY = "company"
    COOPERATIVE = "cooperative"
    AGREEMENT = "agreement"


class Act(StrEnum):
    """The Local Government Act in force: that of 1992 until 2019, that of 2018 since."""

    Y1992 = "1992"
    Y2018 = "2018"


@dataclass(frozen=True)
class Participation:
    """
    A municipality's part in an arrangement.

    Parameters
    ----------
    municipality
        Id.
    basis
        How it is known that it takes part.
    """

    municipality: str
    basis: Basis = Basis.STATED


@dataclass(frozen=True)
class Arrangement:
    """
    One arrangement of cooperation, as it was in the year of its snapshot.

    Parameters
    ----------
    id
        Of the row, unique over all snapshots.
    name
        Name.
    task
        Service area that it is about.
    snapshot
        Year that is described.
    participants
        Municipalities of the study that are known to take part.
    basis
        How the participants are known, taken together; `Basis.PARTIAL` and `Basis.UNKNOWN` where some are missing.
    form
        Legal form.
    host
        Municipality that hosts it; empty where unknown, or where there is none.
    level
        How wide it reaches.
    outside
        Whether others than the study's municipalities take part.
    outside_text
        Who they are.
    year_start, year_end
        First year, and the last; None where unknown, and while it lasts.
    form_basis, level_basis
        How form and level are known, as the register spells it; empty where not told.
    replaces
        Ids of earlier rows about the same arrangement.
    later
        Id of the latest later row about the same arrangement; empty where there is none.
    governing_body
        Body that steers it; empty where unknown.
    fte
        Full-time equivalents of the whole; None where unknown.
    cost_nok
        Cost in a year of the whole [NOK]; None where unknown.
    note, source
        What else one should know, and where the row was read.
    """

    id: str
    name: str
    task: str
    snapshot: int
    participants: tuple[Participation, ...] = ()
    basis: Basis = Basis.STATED
    form: RegisteredForm = RegisteredForm.UNKNOWN
    host: str = ""
    level: Level = Level.UNKNOWN
    outside: Outside = Outside.NONE
    outside_text: str = ""
    year_start: int | None = None
    year_end: int | None = None
    form_basis: str = ""
    level_basis: str = ""
    replaces: tuple[str, ...] = ()
    later: str = ""
    governing_body: str = ""
    fte: float | None = None
    cost_nok: float | None = None
    note: str = ""
    source: str = ""

    @cached_property
    def members(self) -> frozenset[str]:
        """Ids of the municipalities that are known to take part."""
        return frozenset(each.municipality for each in self.participants)

    @property
    def is_complete(self) -> bool:
        """Whether all participants of the study are known."""
        return self.basis not in (Basis.PARTIAL, Basis.UNKNOWN)

    def basis_of(self, municipality: str) -> Basis:
        """Return how it is known that a municipality takes part; `KeyError` where it does not."""
        for each in self.participants:
            if each.municipality == municipality:
                return each.basis
        raise KeyError(municipality)


@dataclass(frozen=True)
class ControlTotal:
    """
    How many arrangements a municipality takes part in by another's count.

    Parameters
    ----------
    municipality
        Id.
    year
        Of the count.
    level
        Level that is counted; None for all levels together.
    arrangements
        How many.
    source
        Where the count was read.
    """

    municipality: str
    year: int
    level: Level | None
    arrangements: int
    source: str = ""


@dataclass(frozen=True)
class TaskCount:
    """
    How many municipalities cooperate on a task by another's count.

    Parameters
    ----------
    task
        As the source calls it.
    year
        Of the count.
    municipalities
        How many of the study's.
    service_areas
        What of the register the task is; empty where the register does not tell it from others.
    percent
        The same as per cent, as printed; None where not told.
    percent_elsewhere
        Per cent of the municipalities of the area compared with; None where not told.
    elsewhere
        The area compared with.
    source
        Where the count was read.
    """

    task: str
    year: int
    municipalities: int
    service_areas: tuple[str, ...] = ()
    percent: float | None = None
    percent_elsewhere: float | None = None
    elsewhere: str = ""
    source: str = ""


@dataclass(frozen=True)
class FormNeeds:
    """
    What a task needs of the legal form that is to carry it; None where unknown.

    Parameters
    ----------
    individual_decisions
        Whether the cooperation must make individual decisions.
    matters_of_principle
        Whether these include matters of principle.
    own_legal_person
        Whether it shall be a legal person of its own; None where either will do, too.
    service_production
        Whether it is to produce services.
    statutory
        Whether law makes the task a duty.
    several_tasks_one_board
        Whether several tasks are to stand under one board.
    source
        Where that was read.
    """

    individual_decisions: bool | None = None
    matters_of_principle: bool | None = None
    own_legal_person: bool | None = None
    service_production: bool | None = None
    statutory: bool | None = None
    several_tasks_one_board: bool | None = None
    source: str = ""


@dataclass(frozen=True)
class Picture:
    """
    The cooperation of one year: each arrangement once, by the latest row that is not later than the year.

    Parameters
    ----------
    year
        The year.
    arrangements
        In the order of the register.
    carried
        Ids of those rows that describe an earlier year and have no later row: whether they still held is not known.
    doubled
        Groups of ids that stand for the same earlier row, and so may be one arrangement described twice.
    """

    year: int
    arrangements: tuple[Arrangement, ...]
    carried: frozenset[str] = frozenset()
    doubled: tuple[tuple[str, ...], ...] = ()

    def __len__(self) -> int:
        """Return the number of arrangements."""
        return len(self.arrangements)

    @cached_property
    def by_member(self) -> dict[str, tuple[Arrangement, ...]]:
        """Municipality id to the arrangements that it is known to take part in."""
        found: dict[str, list[Arrangement]] = {}
        for arrangement in self.arrangements:
            for municipality in arrangement.members:
                found.setdefault(municipality, []).append(arrangement)
        return {municipality: tuple(each) for municipality, each in sorted(found.items())}

    def of(self, municipality: str) -> tuple[Arrangement, ...]:
        """Return the arrangements that a municipality is known to take part in."""
        return self.by_member.get(municipality, ())

    def touching(self, municipalities: Iterable[str]) -> tuple[Arrangement, ...]:
        """Return the arrangements that at least one of the municipalities is known to take part in."""
        wanted = frozenset(municipalities)
        return tuple(each for each in self.arrangements if each.members & wanted)


@dataclass(frozen=True)
class Register:
    """
    A register of cooperation: rows of several years, which are never added together.

    Parameters
    ----------
    arrangements
        Every row of every snapshot.
    controls
        Counts of others to hold it against.
    task_counts
        Participation task by task, by another's count.
    needs
        Service area to what it needs of a legal form, as far as sources tell.
    """

    arrangements: tuple[Arrangement, ...]
    controls: tuple[ControlTotal, ...] = ()
    task_counts: tuple[TaskCount, ...] = ()
    needs: Mapping[str, FormNeeds] = field(default_factory=dict)

    @cached_property
    def snapshots(self) -> dict[int, int]:
        """Year to how many rows describe it, in order of year."""
        found: dict[int, int] = {}
        for each in sorted(self.arrangements, key=lambda row: row.snapshot):
            found[each.snapshot] = found.get(each.snapshot, 0) + 1
        return found

    def at(self, year: int) -> Picture:
        """
        Return the picture of a year.

        A row is in it where it describes that year or an earlier one, had not ended by then, and no row that is not
        later than the year came after it.

        Parameters
        ----------
        year
            The year.

        Returns
        -------
        The picture. Rows of different snapshots of one arrangement are never in it together, as far as the rows name
        those that came before and after them.

        Raises
        ------
        QuestionError
            Where the register begins later.
        """
        if not self.snapshots:
            raise QuestionError("The register holds no arrangement yet: add one, or import them.")
        first = min(self.snapshots)
        if year < first:
            raise QuestionError(f"The register begins in {first}: it has no picture of {year}.")
        known = {each.id: each for each in self.arrangements if each.snapshot <= year}
        replaced = _find_replaced(known)
        shown = tuple(
            each
            for each in known.values()
            if each.id not in replaced and (each.year_end is None or each.year_end >= year)
        )
        carried = frozenset(each.id for each in shown if each.snapshot < year)
        return Picture(year, shown, carried, _find_doubled(shown))

    def controls_of(self, year: int, level: Level | None = None) -> dict[str, ControlTotal]:
        """Return municipality id to the count of a year and level; of all levels where that is None."""
        return {each.municipality: each for each in self.controls if each.year == year and each.level is level}


def _find_replaced(rows: Mapping[str, Arrangement]) -> set[str]:
    """Return the ids of rows that another of the rows came after; one that describes an earlier year came before."""
    follows = [(each.id, old) for each in rows.values() for old in each.replaces]
    follows += [(each.later, each.id) for each in rows.values() if each.later]
    return {
        old
        for new, old in follows
        if new in rows and old in rows and new != old and rows[new].snapshot >= rows[old].snapshot
    }


def _find_doubled(rows: Iterable[Arrangement]) -> tuple[tuple[str, ...], ...]:
    """Return groups of rows that replace the same earlier row and have the same task."""
    by_earlier: dict[tuple[str, str], list[str]] = {}
    for each in rows:
        for earlier in each.replaces:
            by_earlier.setdefault((earlier, each.task), []).append(each.id)
    groups = {tuple(ids) for ids in by_earlier.values() if len(ids) > 1}
    return tuple(sorted(groups))
