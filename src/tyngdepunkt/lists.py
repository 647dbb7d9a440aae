"""Lists of lists as compiled code reads them: one long list, and where each begins in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["find_opposites", "join_lists"]

Ints = NDArray[np.int64]


def join_lists(lists: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """
    Join lists of whole numbers.

    Parameters
    ----------
    lists
        Such as the neighbours of each node.

    Returns
    -------
    Where each list starts in the long one, and at last where that ends, shape (count + 1,); and the long list.

    Examples
    --------
    >>> starts, joined = join_lists([[1, 2], [], [0]])
    >>> starts.tolist(), joined.tolist()
    ([0, 2, 2, 3], [1, 2, 0])
    """
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(each) for each in lists], out=starts[1:])
    return starts, np.array([number for each in lists for number in each], dtype=np.int64)


def find_opposites(starts: Ints, ends: Ints) -> Ints:
    """
    Find the opposite of each link between neighbours.

    Parameters
    ----------
    starts, ends
        The neighbours of each node, as `join_lists` gives them; who has another as neighbour is its neighbour too.

    Returns
    -------
    For the place in `ends` of each link from a to b the place of that from b to a, shape of `ends`.
    """
    begins = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    place = {(a, b): at for at, (a, b) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True))}
    return np.array([place[b, a] for a, b in place], dtype=np.int64)
