"""Capacity: what services have of staff, today and pooled in blocks, against norms or against what others have."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tyngdepunkt.analysis.services.staff import latest_rows, population_of
from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Register
from tyngdepunkt.services import (
    INHABITANTS,
    BlockCapacity,
    BlockSize,
    CapacityNorm,
    ServiceUnit,
    judge,
    judge_sizes,
    pool_services,
)
from tyngdepunkt.study import Study

__all__ = ["CapacityAnswer", "Finding", "ReferenceService", "assess_capacity"]

_CLOSE = 1e-6


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
    population = population_of(study)
    units = tuple(_unit(row, members, population, norms) for row in latest_rows(rows).to_dict("records"))
    units = tuple(sorted(units, key=lambda u: (u.service, u.measure, -u.fte, u.host)))
    pooled = pool_services(units, blocks, population, norms) if blocks else ()
    sizes = judge_sizes(blocks, population, norms) if blocks else ()
    return CapacityAnswer(units, pooled, sizes, norms, _staff_findings(study), _reference(study))


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
