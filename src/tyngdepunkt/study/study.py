"""A study: validated tables and settings, and what the stages read from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.model import Partition, Position, Question, Register, Territory
from tyngdepunkt.study.forming import (
    form_other_years,
    form_overrides,
    form_plans,
    form_positions,
    form_territory,
)
from tyngdepunkt.study.package import Resource
from tyngdepunkt.study.registering import form_register
from tyngdepunkt.study.settings import Settings
from tyngdepunkt.tables import TABLES
from tyngdepunkt.tables.quoting import nearest, quote

__all__ = ["STATE_INSTITUTION", "Study"]

STATE_INSTITUTION = "state_institution"
"""What the table functions calls an institution of the state other than airport, hospital and college."""


@dataclass(frozen=True, eq=False)
class Study:
    """
    A study, its tables checked and to be trusted.

    Parameters
    ----------
    folder
        Where it lies.
    name
        Short name; the folder's where ``study.toml`` states none.
    title
        Title for readers; the name where none is stated.
    date
        Date of the division into municipalities; None where not stated.
    settings
        The study's judgements.
    tables
        Name of a table to its rows; only tables that are there and have rows. Every column of the schema is there:
        text as ``str`` with ``""`` where blank, whole numbers as ``Int64`` and yes or no as ``boolean`` with missing
        values where blank, numbers as ``float64``.
    resources
        Name of a table, or ``"boundaries"``, to where its figures come from.
    boundaries
        GeoJSON feature collection in EPSG:4326, of features of the kinds ``municipality`` and ``indicative_border``;
        None where there is none.
    checksums
        Name of each file without its ending to the SHA-256 of its bytes.
    """

    folder: Path
    name: str
    title: str
    date: dt.date | None
    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    resources: Mapping[str, Resource]
    boundaries: dict[str, Any] | None = None
    checksums: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def territory(self) -> Territory:
        """The municipalities in order of id, with links, commuters and quickest times."""
        return form_territory(self.tables)

    @cached_property
    def reference_plans(self) -> tuple[Partition, ...]:
        """Plans of others, in the order of their table; none where it is missing."""
        return form_plans(self.tables)

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Recorded positions, in the order of their table; none where it is missing."""
        return form_positions(self.tables)

    def with_record(self, question: Question, *, layer: str = "blocks", respect: bool | None = None) -> Question:
        """
        Return a question with what the study has on record added to it.

        Parameters
        ----------
        question
            The question; an override that it has itself takes precedence over the study's.
        layer
            ``"blocks"`` or ``"centres_of_gravity"``: overrides are of one of them, positions of blocks alone.
        respect
            Whether no plan goes against a recorded position; None for the study's own setting.

        Returns
        -------
        The question with overrides and positions.
        """
        given = {override.municipality for override in question.overrides}
        recorded = tuple(o for o in form_overrides(self.tables, layer) if o.municipality not in given)
        respected = self.settings.respect_positions if respect is None else respect
        positions = self.positions if respected and layer == "blocks" else ()
        return replace(question, overrides=(*question.overrides, *recorded), positions=positions)

    @cached_property
    def other_years(self) -> Mapping[int, NDArray[np.int64]]:
        """Year to commuters by home and work as in `territory`; none where their table is missing."""
        return form_other_years(self.tables)

    @property
    def knows_state_institutions(self) -> bool:
        """Whether the study says where other institutions of the state lie; where not, that is unknown, not none."""
        return STATE_INSTITUTION in self.territory.functions

    @cached_property
    def register(self) -> Register:
        """The register of cooperation in the study's own tables; `QuestionError` where it has none."""
        self.table("arrangements")
        return form_register(self.tables)

    def table(self, name: str) -> pd.DataFrame:
        """
        Return a table.

        Parameters
        ----------
        name
            Name of the table.

        Returns
        -------
        Its rows.

        Raises
        ------
        QuestionError
            Where the study does not have it, with the file to add.
        """
        if name in self.tables:
            return self.tables[name]
        if name in TABLES:
            raise QuestionError(
                f"This needs the table {name}, which the study {self.name} does not have: "
                f"add {name}.csv to {self.folder}."
            )
        near = nearest(name, TABLES)
        hint = f" Did you mean {near}?" if near else ""
        raise QuestionError(f"No table of a study is called {quote(name)}.{hint}")
