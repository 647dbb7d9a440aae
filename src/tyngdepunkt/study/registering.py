"""The register of cooperation: its tables as the values that the stages read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import (
    Arrangement,
    Basis,
    ControlTotal,
    FormNeeds,
    Level,
    Outside,
    Participation,
    Register,
    RegisteredForm,
    TaskCount,
)

__all__ = ["form_register"]

Tables = Mapping[str, pd.DataFrame]

_WORST_FIRST = (Basis.UNKNOWN, Basis.PARTIAL, Basis.UNCERTAIN, Basis.LIST, Basis.DERIVED, Basis.STATED)


def form_register(tables: Tables) -> Register:
    """
    Form the register of a study.

    Parameters
    ----------
    tables
        Validated tables.

    Returns
    -------
    The register, its rows in the order of the table.

    Raises
    ------
    QuestionError
        Where there is no table of arrangements.
    """
    if "arrangements" not in tables:
        raise QuestionError(
            "This needs the table arrangements: add arrangements.csv and participants.csv to the study."
        )
    participants: dict[str, list[Participation]] = {}
    if "participants" in tables:
        for row in tables["participants"].to_dict("records"):
            told = Participation(str(row["municipality_id"]), read_basis(str(row["basis"])) or Basis.STATED)
            participants.setdefault(str(row["arrangement_id"]), []).append(told)
    return Register(
        arrangements=tuple(
            _form_arrangement(row, tuple(participants.get(str(row["arrangement_id"]), ())))
            for row in tables["arrangements"].to_dict("records")
        ),
        controls=tuple(_form_control(row) for row in _rows(tables, "arrangement_controls")),
        task_counts=tuple(_form_task_count(row) for row in _rows(tables, "task_participation")),
        needs={str(row["service_area"]): _form_needs(row) for row in _rows(tables, "task_needs")},
    )


def read_basis(text: str) -> Basis | None:
    """Return how something is known, as the tables spell it; None where the cell is blank."""
    if not text:
        return None
    return Basis.LIST if text.startswith("list") else Basis(text)


def _rows(tables: Tables, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table; none where it is missing."""
    if name not in tables:
        return []
    return [{str(key): value for key, value in row.items()} for row in tables[name].to_dict("records")]


def _form_arrangement(row: Mapping[Any, Any], participants: tuple[Participation, ...]) -> Arrangement:
    """Form one row of the register."""
    outside = str(row["outside"])
    return Arrangement(
        id=str(row["arrangement_id"]),
        name=str(row["name"]),
        task=str(row["service_area"]),
        snapshot=int(row["snapshot"]),
        participants=tuple(sorted(participants, key=lambda each: each.municipality)),
        basis=read_basis(str(row["participants_basis"])) or _guess_basis(participants),
        form=RegisteredForm(row["legal_form"] or "unknown"),
        host=str(row["host_id"]),
        level=Level(row["level"] or "unknown"),
        outside=Outside(row["outside_kind"] or ("untold" if outside else "none")),
        outside_text=outside,
        year_start=_whole(row["year_start"]),
        year_end=_whole(row["year_end"]),
        form_basis=str(row["form_basis"]),
        level_basis=str(row["level_basis"]),
        replaces=tuple(each.strip() for each in str(row["replaces"]).split("|") if each.strip()),
        later=str(row["later_id"]),
        governing_body=str(row["governing_body"]),
        fte=_number(row["fte"]),
        cost_nok=_number(row["cost_nok"]),
        note=str(row["note"]),
        source=str(row["source"]),
    )


def _guess_basis(participants: tuple[Participation, ...]) -> Basis:
    """Return the weakest basis of the participants; unknown where there are none."""
    found = {each.basis for each in participants}
    return next((basis for basis in _WORST_FIRST if basis in found), Basis.UNKNOWN)


def _form_control(row: Mapping[str, Any]) -> ControlTotal:
    """Form a count of a municipality's arrangements."""
    level = None if row["level"] == "all" else Level(row["level"])
    return ControlTotal(
        str(row["municipality_id"]), int(row["year"]), level, int(row["arrangements"]), str(row["source"])
    )


def _form_task_count(row: Mapping[str, Any]) -> TaskCount:
    """Form a count of a task."""
    return TaskCount(
        task=str(row["task"]),
        year=int(row["year"]),
        municipalities=int(row["municipalities"]),
        service_areas=tuple(each.strip() for each in str(row["service_areas"]).split("|") if each.strip()),
        percent=_number(row["percent"]),
        percent_elsewhere=_number(row["percent_elsewhere"]),
        elsewhere=str(row["elsewhere"]),
        source=str(row["source"]),
    )


def _form_needs(row: Mapping[str, Any]) -> FormNeeds:
    """Form what a task needs."""
    return FormNeeds(
        individual_decisions=_yes(row["individual_decisions"]),
        matters_of_principle=_yes(row["matters_of_principle"]),
        service_production=_yes(row["service_production"]),
        statutory=_yes(row["statutory"]),
        source=str(row["source"]),
    )


def _whole(value: Any) -> int | None:  # noqa: ANN401 - whatever pandas holds
    """Return a whole number; None where missing."""
    return None if pd.isna(value) else int(value)


def _number(value: Any) -> float | None:  # noqa: ANN401 - whatever pandas holds
    """Return a number; None where missing."""
    return None if pd.isna(value) else float(value)


def _yes(value: Any) -> bool | None:  # noqa: ANN401 - whatever pandas holds
    """Return yes or no; None where missing."""
    return None if pd.isna(value) else bool(value)
