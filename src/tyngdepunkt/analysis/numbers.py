"""Which numbers of centres are answered: every one where they are few, a chosen ladder of them in a country."""

from __future__ import annotations

from tyngdepunkt.study import Study, read_numbers

__all__ = ["MANY", "is_large", "numbers_around", "numbers_of"]

MANY = 150
"""Municipalities from which not every number of centres is answered unasked; a matter of patience, not of truth."""
_STEP = 1.12
"""How much larger each number of the ladder is than the one before, at least by one."""


def is_large(study: Study) -> bool:
    """
    Return whether a study is so large that the reader chooses what is worked out.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    Whether it has `MANY` municipalities or more.
    """
    return len(study.territory) >= MANY


def numbers_of(study: Study) -> tuple[int, ...]:
    """
    Return the numbers of centres that a study is to be answered for.

    Parameters
    ----------
    study
        The study, whose setting ``blocks.numbers`` counts first.

    Returns
    -------
    Ascending. Without the setting every number, or from `MANY` municipalities on a ladder on which each is an eighth
    more than the one before; the study's own number of blocks is always among them.
    """
    n = len(study.territory)
    own = study.settings.blocks_centres
    if study.settings.blocks_numbers:
        found = {k for k in read_numbers(study.settings.blocks_numbers) if k <= n}
    elif not is_large(study):
        return tuple(range(1, n + 1))
    else:
        found, k = set(), 1
        while k <= n:
            found.add(k)
            k = max(k + 1, round(_STEP * k))
    if own is not None and own <= n:
        found.add(own)
    return tuple(sorted(found))


def numbers_around(study: Study, centres: int) -> tuple[int, ...]:
    """
    Return the numbers of centres that a report on one number shows beside it.

    Parameters
    ----------
    study
        The study.
    centres
        The number asked for; 0 where it is left open.

    Returns
    -------
    Ascending: all of `numbers_of`; in a study of many municipalities those from half the number asked for to twice it,
    itself and its two neighbours included.
    """
    numbers = numbers_of(study)
    if not centres or not is_large(study):
        return numbers
    near = {k for k in numbers if centres <= 2 * k and k <= 2 * centres}
    beside = {k for k in (centres - 1, centres, centres + 1) if 1 <= k <= len(study.territory)}
    return tuple(sorted(near | beside))
