"""The tables of cooperation: what its pages show, as rows; the page and the CSV files read the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tyngdepunkt.shapes.cooperation import block_shape
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.sheets import Column, Sheet

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import Matrix, Network, RegisterMeasure
    from tyngdepunkt.model import Level

__all__ = [
    "block_sheet",
    "host_sheet",
    "matrix_sheet",
    "municipality_sheet",
    "pair_sheet",
    "task_sheet",
]

_LEVELS = (
    Column("local", later("Local"), "count", "level"),
    Column("subregional", later("Subregional"), "count", "level"),
    Column("regional", later("Regional"), "count", "level"),
    Column("higher", later("Higher"), "count", "level"),
    Column("level_unknown", later("Not told"), "count", "level"),
)
_PLACED = (
    Column("inside", later("Inside"), "count", "inside"),
    Column("crossing", later("Across the border"), "count", "crossing"),
    Column("inside_unknown", later("Not known"), "count"),
    Column("inside_share", later("Share inside"), "share", "inside"),
)


def municipality_sheet(measure: RegisterMeasure) -> Sheet:
    """
    Return each municipality's cooperation.

    Parameters
    ----------
    measure
        The measures of a year.

    Returns
    -------
    One row a municipality; with a plan also where its arrangements lie.
    """
    rows = []
    for each in measure.municipalities:
        row: dict[str, object] = {
            "municipality": each.municipality,
            "total": each.total,
            **_by_level(each.by_level),
            "control": each.control_total,
            "gap": each.gap,
            "hosted": each.hosted,
            "partner_sets": each.partner_sets,
            "criss_cross": each.criss_cross.share,
        }
        if each.placing is not None:
            row |= {
                "block_name": each.block,
                "inside": each.placing.inside,
                "crossing": each.placing.crossing,
                "inside_unknown": each.placing.unknown,
                "inside_share": each.placing.inside_share,
            }
        rows.append(row)
    has_controls = any(each.control is not None for each in measure.municipalities)
    columns = (
        Column("municipality", later("Municipality"), "municipality"),
        Column("total", later("Arrangements"), "count", "arrangements"),
        *_LEVELS,
        *(
            (
                Column("control", later("Another's count"), "count", "control"),
                Column("gap", later("Gap"), "change", "gap"),
            )
            if has_controls
            else ()
        ),
        Column("hosted", later("Hosts"), "count", "hosted"),
        Column("partner_sets", later("Partner sets"), "count", "partner_sets"),
        Column("criss_cross", later("Criss-cross"), "share", "criss_cross"),
        *((Column("block_name", later("Block")), *_PLACED) if measure.placing is not None else ()),
    )
    return Sheet("municipalities", later("Municipalities and their cooperation"), columns, tuple(rows))


def block_sheet(measure: RegisterMeasure) -> Sheet:
    """
    Return each block's cooperation, and the whole study's.

    Parameters
    ----------
    measure
        The measures of a year, held against a plan.

    Returns
    -------
    One row a block, the study last.
    """
    columns = (
        Column("block_name", later("Block")),
        Column("members", later("Municipalities"), "count"),
        Column("total", later("Arrangements"), "count", "arrangements"),
        *_PLACED,
        Column("shared_by_all", later("With all of them"), "count"),
        Column("only_all", later("With just them"), "count"),
        Column("partner_sets", later("Partner sets"), "count", "partner_sets"),
        Column("criss_cross", later("Criss-cross"), "share", "criss_cross"),
        Column("hosts_known", later("Hosts known"), "count", "hosted"),
        Column("top_host_share", later("Largest host's share"), "share", "hosted"),
    )
    rows = []
    for each in (*measure.blocks, measure.whole):
        told = block_shape(each) | {"block_name": each.name, "total": each.total}
        rows.append({column.key: told[column.key] for column in columns})
    return Sheet("blocks", later("Blocks and their cooperation"), columns, tuple(rows))


def task_sheet(measure: RegisterMeasure) -> Sheet:
    """
    Return participation task by task, beside the printed counts.

    Parameters
    ----------
    measure
        The measures of a year.

    Returns
    -------
    One row a task; where the register is incomplete it says of how many arrangements.
    """
    rows = tuple(
        {
            "task": each.task,
            "service_areas": each.service_areas,
            "arrangements": each.arrangements,
            "municipalities": each.municipalities,
            "printed": each.count.municipalities if each.count else None,
            "difference": each.difference,
            "incomplete": each.incomplete if each.arrangements is not None else None,
            "complete": each.is_complete,
        }
        for each in measure.tasks
    )
    has_counts = any(each.count for each in measure.tasks)
    columns = (
        Column("task", later("Task")),
        Column("arrangements", later("Arrangements"), "count"),
        Column("municipalities", later("Municipalities by the register"), "count", "task_register"),
        *(
            (
                Column("printed", later("Printed"), "count", "task_count"),
                Column("difference", later("Difference"), "change"),
            )
            if has_counts
            else ()
        ),
        Column("incomplete", later("Incomplete arrangements"), "count"),
        Column("complete", later("Register complete"), "yes"),
    )
    return Sheet("tasks", later("Participation task by task"), columns, rows)


def host_sheet(measure: RegisterMeasure, names: Mapping[str, str]) -> Sheet:
    """
    Return where the host roles lie.

    Parameters
    ----------
    measure
        The measures of a year.
    names
        Municipality id to name.

    Returns
    -------
    One row a host, most roles first.
    """
    hosts = measure.whole.hosts
    columns = (
        Column("host", later("Host")),
        Column("hosts", later("Host roles"), "count", "hosted"),
        Column("share", later("Share of those known"), "share", "hosted"),
    )
    rows = tuple(
        {"host": names.get(host, host), "hosts": roles, "share": roles / hosts.known}
        for host, roles in hosts.roles.items()
    )
    return Sheet("hosts", later("Hosts and their roles"), columns, rows)


def pair_sheet(network: Network) -> Sheet:
    """
    Return each two municipalities that share arrangements: what the network shows.

    Parameters
    ----------
    network
        The network, all of it or from a threshold on.

    Returns
    -------
    One row a pair, most first.
    """
    columns = (
        Column("a", later("Municipality"), "municipality"),
        Column("b", later("and"), "municipality"),
        Column("shared", later("Shared arrangements"), "count", "shared"),
        Column("bilateral", later("of these by the two alone"), "count"),
    )
    rows = tuple({"a": e.a, "b": e.b, "shared": e.shared, "bilateral": e.bilateral} for e in network.edges)
    return Sheet("pairs", later("Pairs of municipalities"), columns, rows)


def matrix_sheet(matrix: Matrix, name: str, headers: Mapping[str, str]) -> Sheet:
    """
    Return a matrix as a table.

    Parameters
    ----------
    matrix
        Municipalities by service areas, or by municipalities.
    name
        ``matrix-tasks`` or ``matrix-partners``.
    headers
        Column to what its header says; itself where it is missing.

    Returns
    -------
    One row a municipality; an empty cell is 0.
    """
    columns = (
        Column("municipality", later("Municipality"), "municipality"),
        *(Column(each, headers.get(each, each), "count") for each in matrix.columns),
    )
    rows = tuple(
        {"municipality": row, **dict(zip(matrix.columns, (int(n) for n in counts), strict=True))}
        for row, counts in zip(matrix.rows, matrix.counts, strict=True)
    )
    title = later("Municipality by task") if name == "matrix-tasks" else later("Municipality by municipality")
    return Sheet(name, title, columns, rows)


def _by_level(by_level: Mapping[Level, int]) -> dict[str, object]:
    """Return the counts by level as cells."""
    return {"level_unknown" if level == "unknown" else str(level): number for level, number in by_level.items()}
