"""How many municipalities lie in two divisions alike, when the blocks of one are matched with those of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tyngdepunkt.structure import graph

__all__ = ["find_moved", "match_largest", "match_most", "old_blocks"]


def match_most(shared: Sequence[Sequence[int]]) -> dict[int, int]:
    """
    Match rows with columns one to one so that most is shared.

    Rows are matched one after another; each comes in by the way of exchange that gains most, so that after each row the
    matching is the best one of its size (successive longest paths; Jewell 1958, Iri 1960).

    Parameters
    ----------
    shared
        What row and column share, shape (rows, columns), 0 or more.

    Returns
    -------
    Row to column; rows that share nothing with anyone are left out.
    """
    column_of: dict[int, int] = {}
    row_of: dict[int, int] = {}
    rows, columns = len(shared), len(shared[0]) if shared else 0
    for _ in range(min(rows, columns)):
        # The longest alternating ways from a free row to each column, by Bellman and Ford.
        best: dict[int, int] = {}
        came: dict[int, int] = {}
        gain = {row: 0 for row in range(rows) if row not in column_of}
        changed = True
        while changed:
            changed = False
            for row, so_far in list(gain.items()):
                for column in range(columns):
                    if column_of.get(row) == column:
                        continue
                    reached = so_far + shared[row][column]
                    if reached > best.get(column, -1):
                        best[column], came[column] = reached, row
                        if column in row_of:
                            gain[row_of[column]] = reached - shared[row_of[column]][column]
                        changed = True
        free = [column for column in best if column not in row_of]
        end = max(free, key=lambda column: (best[column], -column), default=None)
        if end is None or best[end] <= 0:
            break
        at: int | None = end
        while at is not None:
            row = came[at]
            before = column_of.get(row)
            column_of[row], row_of[at] = at, row
            at = before
    return {row: column for row, column in sorted(column_of.items()) if shared[row][column]}


def old_blocks(numbers: Sequence[int]) -> list[int]:
    """Return the blocks of a plan, given as the number of each one's block, as sets; see `graph`."""
    return [
        graph.mask(i for i, block in enumerate(numbers) if block == number)
        for number in range(max(numbers, default=-1) + 1)
    ]


def match_largest(old: Sequence[int], new: Sequence[int]) -> dict[int, int]:
    """
    Match blocks one to one, taking the largest share first.

    Parameters
    ----------
    old, new
        Blocks as sets, of the same municipalities.

    Returns
    -------
    Number of the old block to that of the new. The best matching leaves no more outside, so who keeps a limit on moves
    by this one keeps it.
    """
    shared = sorted(
        ((a & b).bit_count(), row, column) for row, a in enumerate(old) for column, b in enumerate(new) if a & b
    )
    column_of: dict[int, int] = {}
    for _, row, column in reversed(shared):
        if row not in column_of and column not in column_of.values():
            column_of[row] = column
    return column_of


def find_moved(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """
    Find the municipalities that one plan has moved from another.

    Parameters
    ----------
    before, after
        Municipality id to its block, in two plans of the same municipalities; what blocks are called counts for
        nothing.

    Returns
    -------
    The ids outside the best one-to-one matching of the blocks, ascending. Where several matchings are equally good,
    their number is the same, and who they are is one choice of them.
    """
    old, new = sorted(set(before.values())), sorted(set(after.values()))
    place = {block: number for number, block in enumerate(new)}
    shared = [[0] * len(new) for _ in old]
    row = {block: number for number, block in enumerate(old)}
    for i, block in before.items():
        shared[row[block]][place[after[i]]] += 1
    matched = match_most(shared)
    return tuple(sorted(i for i in before if matched.get(row[before[i]]) != place[after[i]]))
