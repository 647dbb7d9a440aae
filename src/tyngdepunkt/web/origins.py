"""Where the study's columns come from, as its data package says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tyngdepunkt.study import Study

__all__ = ["Origin", "SourceRow", "find_origin", "list_sources"]


@dataclass(frozen=True)
class Origin:
    """
    Where a column's figures come from.

    Parameters
    ----------
    source
        Its source.
    year
        Year or years that it describes; empty where not stated.
    """

    source: str
    year: str


@dataclass(frozen=True)
class SourceRow:
    """
    One file of the study.

    Parameters
    ----------
    table
        Its name.
    title
        What it holds.
    sources
        Where its figures come from, the main source first.
    licence, year, note
        As the data package states them.
    """

    table: str
    title: str
    sources: tuple[str, ...]
    licence: str
    year: str
    note: str


def find_origin(study: Study, column: str) -> Origin:
    """
    Return where a column's figures come from.

    Parameters
    ----------
    study
        The study.
    column
        ``table.column``.

    Returns
    -------
    The column's own source where it has one, else that of its table; a table that is missing says so.
    """
    table, _, name = column.partition(".")
    resource = study.resources.get(table)
    if resource is None:
        return Origin("–", "")
    return Origin(resource.source_of(name), resource.year)


def list_sources(study: Study) -> list[SourceRow]:
    """
    Return every file of the study with its sources.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    One row a file, in the order of the study.
    """
    return [
        SourceRow(name, resource.title, resource.sources, resource.licence, resource.year, resource.description)
        for name, resource in study.resources.items()
    ]
