"""Who can do what for whom: cost sharing, hosting and capacity, of files and of a study."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Picture, Progress, Register, silent
from tyngdepunkt.services import (
    COST_KEYS,
    HOST_CHECKS,
    HOST_SECONDS,
    INHABITANTS,
    BlockCapacity,
    BlockSize,
    CapacityNorm,
    Comparison,
    Cooperation,
    Deviation,
    Distribution,
    Game,
    GivenGame,
    GivenHosting,
    Grade,
    HostingPlan,
    HostingProblem,
    HostModel,
    HostRelaxation,
    Judgement,
    KeySplit,
    Norm,
    Parameter,
    Participant,
    Service,
    ServiceStructure,
    ServiceUnit,
    Sharing,
    SplitTest,
    Task,
    allocate_hosts,
    game_of_cooperation,
    judge,
    judge_sizes,
    parse_game,
    parse_hosting,
    payments_of,
    pool_services,
    read_game,
    read_hosting,
    share_gains,
    split_by_keys,
    stated_parameters,
    structure_of_service,
)
from tyngdepunkt.study import Study

__all__ = [
    "COST_KEYS",
    "HOST_CHECKS",
    "HOST_SECONDS",
    "STAFF_MEASURES",
    "BlockCapacity",
    "BlockSize",
    "CapacityAnswer",
    "CapacityNorm",
    "Comparison",
    "Cooperation",
    "Deviation",
    "Distribution",
    "Finding",
    "Game",
    "GivenGame",
    "GivenHosting",
    "Grade",
    "HostModel",
    "HostRelaxation",
    "HostingPlan",
    "HostingProblem",
    "Judgement",
    "KeySplit",
    "Norm",
    "Parameter",
    "Participant",
    "ReferenceService",
    "Service",
    "ServiceStructure",
    "ServiceUnit",
    "ShareAnswer",
    "Sharing",
    "SplitTest",
    "StructureFinding",
    "assess_capacity",
    "compare_structures",
    "cooperation_of_block",
    "find_hosts",
    "hosting_of_block",
    "parse_game",
    "parse_hosting",
    "pooled_tasks",
    "printed_of_municipalities",
    "read_game",
    "read_hosting",
    "share_values",
    "stated_parameters",
    "structure_of_municipalities",
]

STAFF_MEASURES = ("full_time_equivalents", "posts_professional", "posts_all", "persons")
"""What the table staffing may count, the narrowest first; unlike measures are never added up."""
_CLOSE = 1e-6
_MUNICIPALITIES = "municipalities"
"""What printed figures of service size call the municipalities themselves."""


# Cost sharing -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ShareAnswer:
    """
    How what all gain can be shared out, and what the keys used in practice would do.

    Parameters
    ----------
    sharing
        Solutions and the reader's splits, tested.
    cooperation
        The parameters that the game follows from; None where it was given by its values.
    keys
        Each cost key; empty where the game was given by its values. Those that could be computed are among the splits
        of `sharing` under the same name.
    payments
        Name of a solution or split to what each participant would pay, in all services together; empty where the game
        was given by its values.
    """

    sharing: Sharing
    cooperation: Cooperation | None
    keys: tuple[KeySplit, ...]
    payments: Mapping[str, Mapping[str, float]]

    @property
    def parameters(self) -> tuple[tuple[str, str, Parameter], ...]:
        """Service, name and value with source of every parameter that the game rests on."""
        return () if self.cooperation is None else stated_parameters(self.cooperation)


def share_values(given: GivenGame) -> ShareAnswer:
    """
    Share out what all gain, and test splits.

    Parameters
    ----------
    given
        A game by its values or by its parameters, as `read_game` reads it.

    Returns
    -------
    The answer, its solutions proven without the solver.

    Raises
    ------
    QuestionError
        Where a cost needs a figure that is not stated, or a split leaves a player out.
    """
    if given.cooperation is None:
        if given.game is None:
            raise QuestionError("There is neither a game nor a cooperation.")
        return ShareAnswer(share_gains(given.game, given.splits), None, (), {})
    keys = split_by_keys(given.cooperation)
    taken = sorted(({key.name for key in keys} | {"prenucleolus", "nucleolus", "shapley"}) & given.splits.keys())
    if taken:
        raise QuestionError(
            f"A split is called {', '.join(taken)}, as a cost key or a solution is: call it something else."
        )
    splits = {key.name: key.gains for key in keys if not key.missing}
    sharing = share_gains(game_of_cooperation(given.cooperation), splits | dict(given.splits))
    payments = {
        name: payments_of(given.cooperation, test.amounts)
        for name, test in (dict(sharing.solutions) | dict(sharing.splits)).items()
    }
    return ShareAnswer(sharing, given.cooperation, keys, payments)


def cooperation_of_block(
    study: Study,
    members: Sequence[str],
    services: Sequence[Service],
    *,
    keys: Mapping[str, Mapping[str, float]] | None = None,
    unit: str = "",
) -> Cooperation:
    """
    Make a cooperation of a block: inhabitants and staff from the study, costs from the reader.

    Parameters
    ----------
    study
        Whose municipalities.
    members
        Ids of the block, who become the participants under their ids.
    services
        The services with their costs, which the study does not know. Where one names no participants, all take part;
        where it has a norm and no full-time equivalents, those of the table staffing are taken, the latest of each.
    keys
        Mixes of cost keys, as in `Cooperation`.
    unit
        Of the costs.

    Returns
    -------
    The cooperation. What is not stated and not in the study stays unstated: the game then says what it needs.

    Raises
    ------
    QuestionError
        Where a member is not of the study.
    """
    ids = tuple(dict.fromkeys(study.territory.find(i) for i in members))
    people = _population(study)
    staff: dict[str, dict[str, float]] = {}
    if "staffing" in study.tables and any(each.norm is not None for each in services):
        rows = _latest_rows(study.tables["staffing"])
        own = rows[(rows["measure"] == "full_time_equivalents") & (rows["arrangement_id"] == "")]
        for i, service, fte in zip(own["municipality_id"], own["service"], own["fte"], strict=True):
            staff.setdefault(str(service), {})[str(i)] = float(fte)
    filled = []
    for service in services:
        taking_part = service.participants or ids
        fte = service.fte
        if fte is None and service.norm is not None:
            fte = {i: each for i, each in staff.get(service.id, {}).items() if i in taking_part}
        filled.append(replace(service, participants=taking_part, fte=fte))
    return Cooperation(tuple(Participant(i, people[i]) for i in ids), tuple(filled), keys or {}, unit)


# Hosting ----------------------------------------------------------------------------------------------------------


def find_hosts(
    problem: HostingProblem,
    *,
    models: Sequence[HostModel] = (),
    seconds: float = HOST_SECONDS,
    seed: int = 1,
    progress: Progress = silent,
) -> dict[HostModel, HostingPlan]:
    """
    Find a host for each task.

    Parameters
    ----------
    problem
        What is asked.
    models
        By which models, each on its own; the problem's own by default.
    seconds
        Wall time for each, after which to answer with a gap [s].
    seed
        Of the independent search.
    progress
        Told after each stage.

    Returns
    -------
    Model to a verified plan with its certificate, or to the least that would have to give way; models up to the one
    at which the reader interrupted the work (`KeyboardInterrupt`).
    """
    plans = {}
    for model in models or (problem.model,):
        plans[model] = allocate_hosts(replace(problem, model=model), seconds=seconds, seed=seed, progress=progress)
        if not plans[model].is_complete:
            break
    return plans


def hosting_of_block(
    study: Study,
    members: Sequence[str],
    *,
    max_minutes: Mapping[str, float | None] | None = None,
    kept_share: float = 1.0,
    job_tolerance: float = 0.0,
    measure: str = "full_time_equivalents",
    model: HostModel = HostModel.BALANCED,
) -> HostingProblem:
    """
    Make a hosting problem of a block: the services for which each of two members or more has staff of its own.

    Parameters
    ----------
    study
        Whose staffing and travel times.
    members
        Ids of the block.
    max_minutes
        Service to the longest time to its host; a service that is not there is bound to no place [min].
    kept_share
        Share of the staff of today that a joint service keeps, 0 to 1; the reader's own.
    job_tolerance
        What a municipality may lose in net over all tasks [full-time equivalents]; the reader's own.
    measure
        What is counted, as in the table staffing; unlike measures are never added up.
    model
        Whether to spread host roles or to gather them.

    Returns
    -------
    The problem, with the latest figures of each service, in the ids of the study.

    Raises
    ------
    QuestionError
        Where the study has no staffing or no travel times, or nothing to pool.
    """
    territory = study.territory
    if territory.minutes is None:
        raise QuestionError(f"Hosting needs the table travel_times, which the study {study.name} does not have.")
    if not 0 <= kept_share <= 1:
        raise QuestionError(f"The share of the staff that is kept is {kept_share:g}: give 0 to 1.")
    tasks = pooled_tasks(study, members, max_minutes=max_minutes, kept_share=kept_share, measure=measure)
    if not tasks:
        names = ", ".join(territory.names[i] for i in members)
        raise QuestionError(f"No service with figures of the measure {measure} is there for two or more of {names}.")
    minutes = {
        a: {
            b: float(territory.minutes[territory.position[a], territory.position[b]])
            for b in members
            if a != b and np.isfinite(territory.minutes[territory.position[a], territory.position[b]])
        }
        for a in members
    }
    return HostingProblem(tuple(sorted(members)), tasks, minutes, job_tolerance, model)


def pooled_tasks(
    study: Study,
    members: Sequence[str],
    *,
    measure: str,
    max_minutes: Mapping[str, float | None] | None = None,
    kept_share: float = 1.0,
) -> tuple[Task, ...]:
    """
    Return the services for which each of two members of a block or more has staff of its own.

    Parameters
    ----------
    study
        Whose staffing.
    members
        Ids of the block.
    measure, max_minutes, kept_share
        As in `hosting_of_block`.

    Returns
    -------
    A task for each, by the latest figures; none where no service has figures for two.

    Raises
    ------
    QuestionError
        Where the study has no staffing.
    """
    tasks = []
    latest = _latest_rows(study.table("staffing"))
    for service, rows in latest[latest["measure"] == measure].groupby("service"):
        own = rows[
            rows["municipality_id"].isin(list(members))
            & (rows["arrangement_id"] == "")
            & ~rows["note"].str.startswith("state posts")  # which no municipality can move
        ]
        before = {str(i): float(fte) for i, fte in zip(own["municipality_id"], own["fte"], strict=True)}
        if len(before) > 1:
            kept = round(sum(before.values()) * kept_share, 6)
            tasks.append(Task(str(service), before, kept, (max_minutes or {}).get(str(service))))
    return tuple(tasks)


# Capacity ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Finding:
    """
    A figure that a source prints, held against what its own rows give.

    Parameters
    ----------
    about
        Which table.
    subject
        Which rows: the beginning of their source.
    municipality
        Id of the municipality whose rows alone are meant; empty for all.
    quantity
        What of them.
    printed, computed
        As printed, and as the rows give it, in the unit.
    unit
        Of both.
    source
        Where it is printed.
    note
        What else one should know.
    """

    about: str
    subject: str
    municipality: str
    quantity: str
    printed: float
    computed: float
    unit: str
    source: str
    note: str

    @property
    def agrees(self) -> bool:
        """Whether the two are the same."""
        return abs(self.printed - self.computed) < _CLOSE


@dataclass(frozen=True)
class ReferenceService:
    """
    A service elsewhere, to compare with.

    Parameters
    ----------
    area, arrangement
        Where, and what it is called.
    measure, year, fte
        How many, of what, when.
    host, participants
        As the table reference_staffing has them; empty where not told.
    source, note
        Where it was read, and what else one should know.
    """

    area: str
    arrangement: str
    measure: str
    year: int
    fte: float
    host: str
    participants: tuple[str, ...]
    source: str
    note: str


@dataclass(frozen=True, eq=False)
class CapacityAnswer:
    """
    What services have of staff, today and pooled.

    Parameters
    ----------
    units
        Every service with staff of its own, the latest figures of each measure, with judgements.
    blocks
        Each service in each block, today and pooled; empty where no blocks are given.
    sizes
        What each block is large enough for, by norms that look at inhabitants; empty where no blocks are given.
    norms
        The norms, of the table capacity_norms.
    findings
        Printed figures held against the rows, those that disagree first.
    reference
        Services elsewhere.
    """

    units: tuple[ServiceUnit, ...]
    blocks: tuple[BlockCapacity, ...]
    sizes: tuple[BlockSize, ...]
    norms: tuple[CapacityNorm, ...]
    findings: tuple[Finding, ...]
    reference: tuple[ReferenceService, ...]


def assess_capacity(
    study: Study,
    blocks: Mapping[str, Sequence[str]] | None = None,
    *,
    services: Sequence[str] = (),
    register: Register | None = None,
) -> CapacityAnswer:
    """
    Set out what services have of staff, today and pooled, against norms or against what others have.

    Parameters
    ----------
    study
        With the table staffing; capacity_norms, control_figures and reference_staffing where it has them.
    blocks
        Name of a block to the ids of its members; None for none.
    services
        Only these, as the table staffing names them; all by default.
    register
        Tells who is served by what is shared; None for the register in the study's own tables.

    Returns
    -------
    The answer. Only the latest year of each service and measure is looked at, and no two measures are compared.

    Raises
    ------
    QuestionError
        Where the study has no staffing, or no service is so called.
    """
    rows = study.table("staffing")
    known = set(rows["service"])
    unknown = [each for each in services if each not in known]
    if unknown:
        raise QuestionError(
            f"No service in the table staffing is called {', '.join(map(repr, unknown))}: "
            f"there are {', '.join(sorted(known))}."
        )
    if services:
        rows = rows[rows["service"].isin(list(services))]
    norms = _norms(study)
    members = _members_of_arrangements(study, register)
    population = _population(study)
    units = tuple(_unit(row, members, population, norms) for row in _latest_rows(rows).to_dict("records"))
    units = tuple(sorted(units, key=lambda u: (u.service, u.measure, -u.fte, u.host)))
    pooled = pool_services(units, blocks, population, norms) if blocks else ()
    sizes = judge_sizes(blocks, population, norms) if blocks else ()
    return CapacityAnswer(units, pooled, sizes, norms, _staff_findings(study), _reference(study))


@dataclass(frozen=True)
class StructureFinding:
    """
    A service against the municipalities by size, as the register gives it and as it is printed.

    Parameters
    ----------
    structure
        As the register gives it.
    printed
        Quantity to the printed figure, empty where none is: ``services``, ``alone``, ``shared``,
        ``cooperating_share`` [percent], ``mean``, ``median``, ``most``, ``least`` [persons], ``below_3000``,
        ``from_3000``, ``from_5000``, ``from_15000`` [percent].
    computed
        The same quantities, of the register.
    arrangements
        Ids of the arrangements counted.
    older
        Ids of those of them whose row describes an earlier year than asked for: they may have ended or changed since.
    incomplete
        Ids of arrangements of the service whose participants are not all known; they count with those that are.
    population_total, population_printed
        Inhabitants of the study, and of the printed figures (mean times number); None where not printed [persons].
    source
        Where the printed figures are.
    """

    structure: ServiceStructure
    printed: Mapping[str, float]
    computed: Mapping[str, float]
    arrangements: tuple[str, ...]
    older: tuple[str, ...]
    incomplete: tuple[str, ...]
    population_total: int
    population_printed: int | None
    source: str


def compare_structures(
    study: Study, *, year: int = 2018, services: Sequence[str] = (), register: Register | None = None
) -> tuple[StructureFinding, ...]:
    """
    Set the sizes of services against the sizes of municipalities, and against printed figures.

    Parameters
    ----------
    study
        With the tables arrangements and participants; control_figures where it has them.
    year
        Of the picture, see `Register.at`. Snapshots are never added up.
    services
        As the register's service_area names them; by default those with printed figures, else every one.
    register
        The register; None for the one in the study's own tables.

    Returns
    -------
    One entry for each service. Two arrangements with a municipality in common count as one service: the register does
    not say which of several agreements on a service is the service itself.

    Raises
    ------
    QuestionError
        Where the study has no register, or it begins later.
    """
    picture: Picture = (study.register if register is None else register).at(year)
    population = _population(study)
    printed, source = _printed_structures(study)
    named = list(services) or [each for each in printed if each != _MUNICIPALITIES]
    found = []
    for service in named or sorted({each.task for each in picture.arrangements}):
        own = [each for each in picture.arrangements if each.task == service]
        structure = structure_of_service(service, [sorted(each.members) for each in own], population)
        figures = printed.get(service, {})
        found.append(
            StructureFinding(
                structure=structure,
                printed=figures,
                computed=_quantities(structure),
                arrangements=tuple(each.id for each in own),
                older=tuple(each.id for each in own if each.id in picture.carried),
                incomplete=tuple(each.id for each in own if not each.is_complete),
                population_total=sum(population.values()),
                population_printed=round(figures["mean"] * figures["services"]) if "mean" in figures else None,
                source=source,
            )
        )
    return tuple(found)


def structure_of_municipalities(study: Study) -> ServiceStructure:
    """
    Return the sizes of the municipalities themselves, to set the services against.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    A structure in which each stands alone.
    """
    return structure_of_service("", (), _population(study))


def printed_of_municipalities(study: Study) -> Mapping[str, float]:
    """
    Return the sizes of the municipalities themselves as they are printed.

    Parameters
    ----------
    study
        With the table control_figures, where it has it.

    Returns
    -------
    Quantity to the printed figure, as in `StructureFinding`; empty where none is printed.
    """
    return _printed_structures(study)[0].get(_MUNICIPALITIES, {})


def _population(study: Study) -> dict[str, int]:
    """Return inhabitants by municipality id [persons]."""
    return {m.id: m.population for m in study.territory.municipalities}


def _latest_rows(staffing: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the latest year of each service and measure."""
    return staffing[staffing["year"] == staffing.groupby(["service", "measure"])["year"].transform("max")]


def _members_of_arrangements(study: Study, register: Register | None) -> dict[str, tuple[str, ...]]:
    """Return arrangement id to the ids of its participants; nothing where the study has no register."""
    if register is None:
        if "arrangements" not in study.tables:
            return {}
        register = study.register
    return {each.id: tuple(sorted(each.members)) for each in register.arrangements}


def _norms(study: Study) -> tuple[CapacityNorm, ...]:
    """Return the study's norms; none where it has no table of them."""
    if "capacity_norms" not in study.tables:
        return ()

    def limit(value: float) -> float | None:
        return None if math.isnan(value) else value

    return tuple(
        CapacityNorm(
            service=row["service"],
            measure=row["measure"],
            very_vulnerable_below=limit(row["very_vulnerable_below"]),
            vulnerable_below=limit(row["vulnerable_below"]),
            sufficient_from=limit(row["sufficient_from"]),
            full_from=limit(row["full_from"]),
            source=row["source"],
            note=row["note"],
        )
        for row in study.tables["capacity_norms"].to_dict("records")
    )


def _unit(
    row: dict[Any, Any],
    members: Mapping[str, tuple[str, ...]],
    population: Mapping[str, int],
    norms: Sequence[CapacityNorm],
) -> ServiceUnit:
    """Return a row of staffing as a service; what is bought from elsewhere serves the buyer only."""
    shared = members.get(row["arrangement_id"], ()) if not row["note"].startswith("bought from") else ()
    served = shared or (row["municipality_id"],)
    inhabitants = sum(population[i] for i in served)
    return ServiceUnit(
        service=row["service"],
        measure=row["measure"],
        year=int(row["year"]),
        fte=float(row["fte"]),
        host=row["municipality_id"],
        members=served,
        population=inhabitants,
        arrangement=row["arrangement_id"],
        source=row["source"],
        note=row["note"],
        judgements=(
            *judge(row["service"], row["measure"], float(row["fte"]), norms),
            *judge(row["service"], INHABITANTS, inhabitants, norms),
        ),
    )


def _staff_findings(study: Study) -> tuple[Finding, ...]:
    """Return printed sums of staff held against their rows, those that disagree first."""
    if "control_figures" not in study.tables:
        return ()
    found = []
    for row in study.tables["control_figures"].to_dict("records"):
        if row["about"] not in {"staffing", "reference_staffing"} or row["about"] not in study.tables:
            continue
        rows = study.tables[row["about"]]
        meant = rows["source"].str.startswith(row["subject"])
        if row["municipality_id"]:
            meant &= rows["municipality_id"] == row["municipality_id"]
        found.append(
            Finding(
                about=row["about"],
                subject=row["subject"],
                municipality=row["municipality_id"],
                quantity=row["quantity"],
                printed=float(row["value"]),
                computed=round(float(rows.loc[meant, "fte"].sum()), 6),
                unit=row["unit"],
                source=row["source"],
                note=row["note"],
            )
        )
    return tuple(sorted(found, key=lambda finding: finding.agrees))


def _reference(study: Study) -> tuple[ReferenceService, ...]:
    """Return services elsewhere; none where the study has no table of them."""
    if "reference_staffing" not in study.tables:
        return ()
    return tuple(
        ReferenceService(
            area=row["area"],
            arrangement=row["arrangement"],
            measure=row["measure"],
            year=int(row["year"]),
            fte=float(row["fte"]),
            host=row["host"],
            participants=tuple(row["participants"].split("|")) if row["participants"] else (),
            source=row["source"],
            note=row["note"],
        )
        for row in study.tables["reference_staffing"].to_dict("records")
    )


def _printed_structures(study: Study) -> tuple[dict[str, dict[str, float]], str]:
    """Return the printed figures of each service, in the order of the table, and where they are."""
    if "control_figures" not in study.tables:
        return {}, ""
    rows = study.tables["control_figures"]
    rows = rows[rows["about"] == "service_structure"]
    printed: dict[str, dict[str, float]] = {}
    for row in rows.to_dict("records"):
        printed.setdefault(row["subject"], {})[row["quantity"]] = float(row["value"])
    return printed, "; ".join(dict.fromkeys(rows["source"]))


def _quantities(structure: ServiceStructure) -> dict[str, float]:
    """Return a structure in the quantities and units of the printed figures."""
    names = ("below_3000", "from_3000", "from_5000", "from_15000")
    return {
        "services": structure.services,
        "alone": structure.alone,
        "shared": structure.shared,
        "cooperating_share": 100 * structure.cooperating_share,
        "mean": structure.mean,
        "median": structure.median,
        "most": structure.most,
        "least": structure.least,
        **{name: 100 * share for name, share in zip(names, structure.size_shares, strict=True)},
    }
