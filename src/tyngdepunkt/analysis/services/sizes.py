"""The sizes of services against the sizes of municipalities, as the register gives them and as they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tyngdepunkt.analysis.services.staff import population_of
from tyngdepunkt.model import Picture, Register
from tyngdepunkt.services import (
    ServiceStructure,
    structure_of_service,
)
from tyngdepunkt.study import Study

__all__ = [
    "StructureFinding",
    "compare_structures",
    "printed_of_municipalities",
    "structure_of_blocks",
    "structure_of_municipalities",
]

_MUNICIPALITIES = "municipalities"
"""What printed figures of service size call the municipalities themselves."""


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
    population = population_of(study)
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
    return structure_of_service("", (), population_of(study))


def structure_of_blocks(study: Study, blocks: Iterable[Sequence[str]]) -> ServiceStructure:
    """
    Return what blocks would be as services, to set against the services that there are.

    Parameters
    ----------
    study
        The study.
    blocks
        Ids of the members of each; a municipality that is in none stands alone.

    Returns
    -------
    A structure in which each block is one service.
    """
    return structure_of_service("", blocks, population_of(study))


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
