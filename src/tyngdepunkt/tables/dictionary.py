"""What tables and columns mean, as Markdown: for the data dictionary and for the folder of a new study."""

from __future__ import annotations

from tyngdepunkt.tables.columns import Column
from tyngdepunkt.tables.quoting import join_words
from tyngdepunkt.tables.registry import Table

__all__ = ["describe_table"]


def describe_table(table: Table, *, level: int = 2) -> str:
    """
    Describe a table and its columns.

    Parameters
    ----------
    table
        The table.
    level
        Depth of the heading.

    Returns
    -------
    Markdown: a heading, a paragraph and a table with one row a column.
    """
    needed = "A study cannot be without it." if table.required else "A study may be without it."
    pair = ", whichever comes first" if table.unordered else ""
    lines = [
        f"{'#' * level} {table.file}",
        "",
        f"**{table.title}.** {table.about} {needed}",
        "",
        f"No two rows have the same {join_words(f'`{name}`' for name in table.key)}{pair}.",
        "",
        "| column | unit | meaning | what a cell holds | example | kind of source |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_describe(column, table) for column in table.columns]
    return "\n".join(lines) + "\n"


def _describe(column: Column, table: Table) -> str:
    """Return a column's row of the table."""
    cells = (
        f"`{column.name}`",
        column.unit,
        column.meaning,
        _holds(column, table),
        f"`{column.example}`",
        column.source,
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _holds(column: Column, table: Table) -> str:
    """Return what a cell of the column may hold, in words."""
    said = join_words((f"`{text}`" for text in column.allowed), last="or") if column.allowed else str(column.kind)
    bounds = [
        f"{name} {bound:g}"
        for name, bound in (("at least", column.least), ("more than", column.above), ("at most", column.most))
        if bound is not None
    ]
    targets = [f"`{each.target}` of {each.table}" for each in table.references if each.column == column.name]
    said = ", ".join([said, *bounds, *targets])
    return f"{said}; may be blank" if column.blank else said
