"""The sizes of services against the sizes of municipalities: who is served by what is shared, and who stands alone."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["SIZE_CLASSES", "ServiceStructure", "structure_of_service"]

SIZE_CLASSES = (3_000, 5_000, 15_000)
"""Inhabitants at which the size classes of NIVI report 2018:5 part: below 3,000, 3,000–4,999, 5,000–14,999, above."""


@dataclass(frozen=True)
class ServiceStructure:
    """
    How a service is divided over the municipalities.

    Parameters
    ----------
    service
        Which; empty for the municipalities themselves.
    groups
        Ids of the municipalities of each service, the largest service first.
    services, alone, shared
        How many services there are; of one municipality; of several.
    cooperating_share
        Share of the municipalities that share the service, 0 to 1.
    mean, median, least, most
        Inhabitants served by one [persons].
    size_shares
        Share of the services in each class of `SIZE_CLASSES`, from the smallest, 0 to 1.
    """

    service: str
    groups: tuple[tuple[str, ...], ...]
    services: int
    alone: int
    shared: int
    cooperating_share: float
    mean: float
    median: float
    least: int
    most: int
    size_shares: tuple[float, float, float, float]


def structure_of_service(
    service: str, shared: Iterable[Sequence[str]], population: Mapping[str, int]
) -> ServiceStructure:
    """
    Return how a service is divided over the municipalities.

    Parameters
    ----------
    service
        Which.
    shared
        Municipality ids of each arrangement; those that have a municipality in common count as one service.
    population
        Municipality id to inhabitants; every municipality that no arrangement names has the service alone [persons].

    Returns
    -------
    The structure.
    """
    group_of = {i: frozenset({i}) for i in population}
    for members in shared:
        joined = frozenset().union(*(group_of[i] for i in members)) if members else frozenset()
        for i in joined:
            group_of[i] = joined
    groups = sorted(
        (tuple(sorted(group)) for group in set(group_of.values())),
        key=lambda ids: (-sum(population[i] for i in ids), ids),
    )
    sizes = [sum(population[i] for i in group) for group in groups]
    edges = (0, *SIZE_CLASSES, float("inf"))
    classes = [sum(low <= size < high for size in sizes) / len(sizes) for low, high in pairwise(edges)]
    alone = sum(len(group) == 1 for group in groups)
    return ServiceStructure(
        service=service,
        groups=tuple(groups),
        services=len(groups),
        alone=alone,
        shared=len(groups) - alone,
        cooperating_share=1 - alone / len(population),
        mean=statistics.mean(sizes),
        median=statistics.median(sizes),
        least=min(sizes),
        most=max(sizes),
        size_shares=(classes[0], classes[1], classes[2], classes[3]),
    )
