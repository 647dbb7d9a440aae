"""The territory of a study: its tables as the values that the stages read, with the quickest time of every pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tyngdepunkt.model import (
    Division,
    Link,
    LinkKind,
    Municipality,
    Override,
    Partition,
    Position,
    Stance,
    Territory,
)

__all__ = [
    "find_quickest",
    "form_other_years",
    "form_overrides",
    "form_plans",
    "form_positions",
    "form_territory",
]

Tables = Mapping[str, pd.DataFrame]


def form_territory(tables: Tables) -> Territory:
    """
    Form the territory of a study.

    Parameters
    ----------
    tables
        Validated tables; all but municipalities, neighbours and commuting may be missing.

    Returns
    -------
    The territory, municipalities in order of id whatever the order of the rows.
    """
    ordered = tables["municipalities"].sort_values("municipality_id", ignore_index=True)
    ids = list(ordered["municipality_id"])
    minutes, estimated = None, None
    if "travel_times" in tables:
        minutes, estimated = find_quickest(tables["travel_times"], ids)
    return Territory(
        municipalities=tuple(_form_municipality(row) for row in ordered.to_dict("records")),
        links=_form_links(tables["neighbours"]),
        commuters=_form_commuters(tables["commuting"], ids),
        minutes=minutes,
        minutes_estimated=estimated,
        functions=_form_functions(tables),
        divisions=_form_divisions(tables),
    )


def find_quickest(times: pd.DataFrame, ids: list[str]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """
    Find the quickest time between every two municipalities.

    A stretch holds both ways where the other way has no row of its own. Stretches that are not in the network
    do not count.

    Parameters
    ----------
    times
        The table travel_times.
    ids
        Municipality ids, in the order of the result; n of them.

    Returns
    -------
    minutes
        Shape (n, n) [min]; 0 to oneself, ``inf`` where there is no way.
    estimated
        Whether no way that is as quick runs over stated stretches alone, shape (n, n); false where there is no way.
    """
    network = times[times["in_network"].astype(bool)]
    minutes = _shortest(_direct(network, ids))
    stated = _shortest(_direct(network[network["basis"] == "stated"], ids))
    # Sums of the same stretches in another order may differ in the last figure.
    slower = stated > minutes * (1 + 1e-9) + 1e-9
    return minutes, slower & np.isfinite(minutes)


def _direct(network: pd.DataFrame, ids: list[str]) -> NDArray[np.float64]:
    """Return the time of each stretch, shape (n, n) [min]; ``inf`` where there is none."""
    position = {municipality: place for place, municipality in enumerate(ids)}
    a = network["from_id"].map(position).to_numpy(dtype=np.intp)
    b = network["to_id"].map(position).to_numpy(dtype=np.intp)
    one_way = np.full((len(ids), len(ids)), np.inf)
    one_way[a, b] = network["minutes"].to_numpy(dtype=np.float64)
    both = np.where(np.isinf(one_way), one_way.T, one_way)
    np.fill_diagonal(both, 0.0)
    return both


def _shortest(direct: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shortest paths by Floyd and Warshall: d[i, j] = min(d[i, j], d[i, k] + d[k, j]) for each k in turn."""
    shortest = direct.copy()
    for through in range(len(shortest)):
        np.minimum(shortest, shortest[:, through, None] + shortest[None, through, :], out=shortest)
    return shortest


def _form_municipality(row: Mapping[Any, Any]) -> Municipality:
    """Form a municipality from its row."""

    def whole(name: str) -> int | None:
        value = row[name]
        return None if pd.isna(value) else int(value)

    def number(name: str) -> float | None:
        value = row[name]
        return None if pd.isna(value) else float(value)

    return Municipality(
        id=str(row["municipality_id"]),
        name=str(row["name"]),
        population=whole("population") or 0,
        employed_residents=whole("employed_residents"),
        jobs=whole("jobs"),
        area_km2=number("area_km2"),
        centre=str(row["centre"]),
        latitude=number("latitude"),
        longitude=number("longitude"),
        district=str(row["district"]),
        county=str(row["county"]),
        part_of=str(row["part_of"]),
    )


def _form_links(neighbours: pd.DataFrame) -> tuple[Link, ...]:
    """Form the links, in order of their ids."""
    links = [
        Link(min(a, b), max(a, b), LinkKind(kind), bool(seasonal))
        for a, b, kind, seasonal in zip(
            neighbours["a_id"], neighbours["b_id"], neighbours["link"], neighbours["seasonal"], strict=True
        )
    ]
    return tuple(sorted(links, key=lambda link: (link.a, link.b)))


def _form_commuters(commuting: pd.DataFrame, ids: list[str]) -> NDArray[np.int64]:
    """Form the matrix of commuters, home by work."""
    position = {municipality: place for place, municipality in enumerate(ids)}
    commuters = np.zeros((len(ids), len(ids)), dtype=np.int64)
    home = commuting["home_id"].map(position).to_numpy(dtype=np.intp)
    work = commuting["work_id"].map(position).to_numpy(dtype=np.intp)
    commuters[home, work] = commuting["commuters"].to_numpy(dtype=np.int64)
    return commuters


def form_other_years(tables: Tables) -> dict[int, NDArray[np.int64]]:
    """
    Form the matrices of commuters in other years.

    Parameters
    ----------
    tables
        Validated tables.

    Returns
    -------
    Year to commuters by home and work, shape (n, n) [persons], municipalities in order of id; none where the table
    is missing.
    """
    if "commuting_other_years" not in tables:
        return {}
    ids = sorted(tables["municipalities"]["municipality_id"])
    years = tables["commuting_other_years"].groupby("year", sort=True)
    return {int(str(year)): _form_commuters(rows, ids) for year, rows in years}


def _form_functions(tables: Tables) -> dict[str, frozenset[str]]:
    """Form the functions, in order of name."""
    if "functions" not in tables:
        return {}
    grouped = tables["functions"].groupby("function")["municipality_id"]
    return {str(function): frozenset(ids) for function, ids in grouped}


def _form_divisions(tables: Tables) -> tuple[Division, ...]:
    """Form the state's divisions, in order of the table of agencies."""
    if "divisions" not in tables:
        return ()
    areas = {
        str(agency): dict(zip(rows["municipality_id"], rows["area"], strict=True))
        for agency, rows in tables["divisions"].groupby("agency", sort=False)
    }
    told = {}
    if "agencies" in tables:
        told = {str(row["agency"]): row for row in tables["agencies"].to_dict("records")}
    formed = []
    for agency in [*(each for each in told if each in areas), *(each for each in areas if each not in told)]:
        row = told.get(agency, {"level": "", "year": None, "source": ""})
        year = None if pd.isna(row["year"]) else int(row["year"])
        formed.append(Division(agency, areas[agency], str(row["level"]), year, str(row["source"])))
    return tuple(formed)


def form_plans(tables: Tables) -> tuple[Partition, ...]:
    """
    Form the plans of others.

    Parameters
    ----------
    tables
        Validated tables.

    Returns
    -------
    The plans, in the order of the table; none where it is missing. A part of a municipality that a plan leaves out lies
    where its municipality does.
    """
    if "reference_plans" not in tables:
        return ()
    of = tables["municipalities"].set_index("municipality_id")["part_of"]
    plans = []
    for plan, rows in tables["reference_plans"].groupby("plan", sort=False):
        blocks = dict(zip(rows["municipality_id"], rows["block"], strict=True))
        blocks |= {part: blocks[whole] for part, whole in of[of != ""].items() if part not in blocks}
        sources = list(dict.fromkeys(source for source in rows["source"] if source))
        plans.append(Partition(str(plan), blocks, "; ".join(sources)))
    return tuple(plans)


def form_positions(tables: Tables) -> tuple[Position, ...]:
    """
    Form the recorded positions.

    Parameters
    ----------
    tables
        Validated tables.

    Returns
    -------
    The positions, in the order of the table; none where it is missing.
    """
    if "positions" not in tables:
        return ()
    return tuple(
        Position(row["municipality_id"], Stance(row["position"]), row["other_id"], row["date"], row["source"])
        for row in tables["positions"].to_dict("records")
    )


def form_overrides(tables: Tables, layer: str) -> tuple[Override, ...]:
    """
    Form the overrides of the floor of a layer.

    Parameters
    ----------
    tables
        Validated tables.
    layer
        ``"blocks"`` or ``"centres_of_gravity"``.

    Returns
    -------
    The overrides, in the order of the table; none where it is missing.
    """
    if "overrides" not in tables:
        return ()
    return tuple(
        Override(row["municipality_id"], row["reason"], row["source"] or "overrides")
        for row in tables["overrides"].to_dict("records")
        if (row["layer"] or "blocks") == layer
    )
