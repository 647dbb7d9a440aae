"""
The compiled heart of the reduction: what each centre is worth, its cores, and the subgradient on u.

For municipalities that pay u[i] for a centre, C[i, j] = value[i, j] − u[i], and losses c[i, j] = max(0, −C[i, j]),
the best block around j is worth

    ρ[j] = C[j, j] + Σ over i ≠ j of max(0, C[i, j]) − limits[j],

where C[i, j] itself takes the place of max(0, C[i, j]) for those who lie together with j, and limits[j] is the least
that must be lost to keep within limits: to reach the floor, the cheapest core, Σ of c over its members, where the cores
are listed. Else it is the cheapest way to make up what lacks with parts of municipalities, or to leave out parts where
there are more people than the others' floors leave. Σ u + the k largest ρ is a bound on every plan, whatever u is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled
from tyngdepunkt.structure.descent import SHORTEST, find_limit, keep_best, take_step

__all__ = [
    "Areas",
    "Cores",
    "Pairs",
    "choose_centres",
    "cores_of",
    "descend",
    "list_cores",
    "price_centres",
    "price_cores",
    "through_cores",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_FADE = 0.95


class Pairs(NamedTuple):
    """
    The pairs that may be in a plan, centre by centre.

    Parameters
    ----------
    starts, rows
        Where the municipalities of each centre start in one long list, itself not among them, and the list.
    value
        What each pair gains; of the centres themselves in `own`.
    forced
        Whether the municipality is in the block wherever its centre is one.
    own
        What each centre gains by itself; −inf where it may not be one.
    people
        Inhabitants [persons].
    floor, most
        P, and the most that a block can have where all others keep P [persons].
    """

    starts: Ints
    rows: Ints
    value: Floats
    forced: Flags
    own: Floats
    people: Ints
    floor: int
    most: int


class Cores(NamedTuple):
    """
    The cores that may be in a plan, centre by centre.

    Parameters
    ----------
    of_centre
        Where the cores of each centre start, shape (n + 1,); of length 0 where cores are not listed.
    starts, members
        Where the members of each core start in one long list, the centre not among them, and the list.
    """

    of_centre: Ints
    starts: Ints
    members: Ints


class Areas(NamedTuple):
    """
    Where the centres of a plan are: so many in each of several sets that share nobody.

    Parameters
    ----------
    of
        The set of each municipality, −1 for those that shall not be centres, shape (n,).
    centres
        How many centres each set has.
    """

    of: Ints
    centres: Ints


def cores_of(cores: Cores | None) -> Cores:
    """Return cores as the compiled functions read them, none being a list of length 0."""
    if cores is not None:
        return cores
    none = np.zeros(0, dtype=np.int64)
    return Cores(none, np.zeros(1, dtype=np.int64), none)


@compiled
def _cheapest(ratio: Floats, people: Ints, count: int, amount: int) -> tuple[float, float]:
    """
    Return the least cost of so many people, some of the last with a part of theirs, and the last one's rate.

    The first `count` of `ratio` [cost per person] and `people` are what there is; both are put in another order. With
    too few people the cost is infinite.
    """
    first, last, cost = 0, count, 0.0
    while first < last:
        # Those below a pivot go left; whole sides are taken or left until the amount ends at a pivot's own rate.
        pivot = ratio[(first + last) // 2]
        low, at, high = first, first, last
        below, equal, paid = 0, 0, 0.0
        while at < high:
            r, p = ratio[at], people[at]
            if r < pivot:
                below += p
                paid += r * p
                ratio[at], people[at] = ratio[low], people[low]
                ratio[low], people[low] = r, p
                low += 1
                at += 1
            elif r > pivot:
                high -= 1
                ratio[at], people[at] = ratio[high], people[high]
                ratio[high], people[high] = r, p
            else:
                equal += p
                at += 1
        if below >= amount:
            last = low
        elif below + equal >= amount:
            return cost + paid + pivot * (amount - below), pivot
        else:
            cost += paid + pivot * equal
            amount -= below + equal
            first = high
    return np.inf, 0.0


@compiled
def _fill(pairs: Pairs, j: int, u: Floats, ratio: Floats, people: Ints) -> tuple[float, float]:
    """
    Return what the best block around a centre is worth, parts of municipalities allowed, and its rate per person.

    The rate is above 0 where people are taken in to reach the floor, below 0 where people are left out for the limit.
    """
    worth, total = pairs.own[j] - u[j], pairs.people[j]
    for q in range(pairs.starts[j], pairs.starts[j + 1]):
        gain = pairs.value[q] - u[pairs.rows[q]]
        if gain > 0.0 or pairs.forced[q]:
            worth += gain
            total += pairs.people[pairs.rows[q]]
    if pairs.floor <= total <= pairs.most:
        return worth, 0.0
    sign = 1.0 if total < pairs.floor else -1.0
    count = 0
    for q in range(pairs.starts[j], pairs.starts[j + 1]):
        i = pairs.rows[q]
        gain = pairs.value[q] - u[i]
        if pairs.people[i] > 0 and (gain > 0.0) == (sign < 0.0) and not pairs.forced[q]:
            ratio[count], people[count] = -sign * gain / pairs.people[i], pairs.people[i]
            count += 1
    cost, rate = _cheapest(ratio, people, count, pairs.floor - total if sign > 0.0 else total - pairs.most)
    return worth - cost, sign * rate


@compiled
def price_centres(pairs: Pairs, cores: Cores, u: Floats, rho: Floats, choice: Ints, rate: Floats) -> None:
    """
    Find ρ of every centre, its cheapest core (−1 for none) and the rate per person at its margin; in place.

    Parameters
    ----------
    pairs, cores
        What may be in a plan.
    u
        What each municipality pays.
    rho, choice, rate
        Filled in, shape (n,). The rate is above 0 where people are taken in for the floor, below 0 where they are
        left out for the limit.
    """
    n = u.shape[0]
    loss = np.zeros(n)
    ratio, people = np.empty(n), np.empty(n, dtype=np.int64)
    listed = cores.of_centre.shape[0] > 0
    for j in range(n):
        rho[j], choice[j], rate[j] = -np.inf, -1, 0.0
        if pairs.own[j] == -np.inf:
            continue
        if not listed:
            rho[j], rate[j] = _fill(pairs, j, u, ratio, people)
            continue
        worth = pairs.own[j] - u[j]
        for q in range(pairs.starts[j], pairs.starts[j + 1]):
            i = pairs.rows[q]
            gain = pairs.value[q] - u[i]
            worth += gain if pairs.forced[q] else max(0.0, gain)
            loss[i] = 0.0 if pairs.forced[q] else max(0.0, -gain)
        least = np.inf
        for m in range(cores.of_centre[j], cores.of_centre[j + 1]):
            cost = 0.0
            for q in range(cores.starts[m], cores.starts[m + 1]):
                cost += loss[cores.members[q]]
            if cost < least:
                least, choice[j] = cost, m
        rho[j] = worth - least


@compiled
def _serve(pairs: Pairs, cores: Cores, u: Floats, j: int, core: int, rate: float, count: Floats) -> None:
    """Add 1 to the count of each municipality that the best block around a centre holds, or its part of one."""
    count[j] += 1
    served = np.zeros(u.shape[0], dtype=np.bool_)
    total, margin = pairs.people[j], 0
    for q in range(pairs.starts[j], pairs.starts[j + 1]):
        i = pairs.rows[q]
        gain = pairs.value[q] - u[i]
        if pairs.forced[q]:
            count[i] += 1
            served[i] = True
            total += pairs.people[i]
            continue
        # The same quotient that gave the rate, so that those at the margin are known by being equal.
        head = -gain / pairs.people[i] if rate != 0.0 and pairs.people[i] > 0 else 0.0
        if rate != 0.0 and head == rate:
            margin += pairs.people[i]
        elif (gain > 0.0 and (rate >= 0.0 or pairs.people[i] == 0)) or (
            rate != 0.0 and pairs.people[i] and head < rate
        ):
            count[i] += 1
            served[i] = True
            total += pairs.people[i]
    if core >= 0:
        for q in range(cores.starts[core], cores.starts[core + 1]):
            if not served[cores.members[q]]:
                count[cores.members[q]] += 1
    elif margin > 0:
        # All at the margin are as dear, so each is taken by the same part.
        part = ((pairs.floor if rate > 0.0 else pairs.most) - total) / margin
        for q in range(pairs.starts[j], pairs.starts[j + 1]):
            i = pairs.rows[q]
            if pairs.people[i] > 0 and not served[i] and -(pairs.value[q] - u[i]) / pairs.people[i] == rate:
                count[i] += part


@compiled
def choose_centres(rho: Floats, areas: Areas) -> Ints:
    """Return the centres worth most, as many in each area as there shall be; none where one has too few."""
    left = areas.centres.copy()
    chosen = np.empty(left.sum(), dtype=np.int64)
    found = 0
    for j in np.argsort(-rho):
        if found == chosen.shape[0] or rho[j] == -np.inf:
            break
        area = areas.of[j]
        if area >= 0 and left[area] > 0:
            left[area] -= 1
            chosen[found] = j
            found += 1
    return chosen if found == chosen.shape[0] else chosen[:0]


@compiled
def descend(
    pairs: Pairs,
    cores: Cores,
    areas: Areas,
    u: Floats,
    best: Floats,
    often: Floats,
    state: Floats,
    target: float,
    rounds: int,
) -> None:
    """
    Take subgradient steps on u.

    Parameters
    ----------
    pairs, cores
        What may be in a plan.
    areas
        Where the centres are.
    u
        Where the steps are; changed in place, shape (n,).
    best
        The u of the least bound; changed in place, shape (n,).
    often
        How often each centre has been among the chosen, the last steps counting most; changed in place, shape (n,).
    state
        As `descent.first_state`; changed in place, shape (3,).
    target
        The score of a plan, towards which the steps are measured.
    rounds
        How many.
    """
    n = u.shape[0]
    rho, choice, rate = np.empty(n), np.empty(n, dtype=np.int64), np.empty(n)
    direction, care = np.zeros(n), np.ones(n)
    limit = find_limit(np.repeat(np.arange(n), np.diff(pairs.starts)), pairs.value, n)
    for _ in range(rounds):
        if state[1] < SHORTEST:
            return
        price_centres(pairs, cores, u, rho, choice, rate)
        chosen = choose_centres(rho, areas)
        if chosen.shape[0] == 0:
            # Fewer centres than asked for can keep the floor: there is no plan.
            state[0] = -np.inf
            best[:] = u
            return
        bound = u.sum() + rho[chosen].sum()
        if not keep_best(bound, u, best, state):
            continue
        count = np.zeros(n)
        often *= _FADE
        for j in chosen:
            _serve(pairs, cores, u, j, choice[j], rate[j], count)
            often[j] += 1.0 - _FADE
        if not take_step(u, direction, 1.0 - count, care, state[1] * max(bound - target, 1e-9 * abs(bound)), limit):
            return


@compiled
def price_cores(pairs: Pairs, cores: Cores, u: Floats) -> Floats:
    """Return what each core loses, shape (n_cores,)."""
    n = u.shape[0]
    loss = np.zeros(n)
    cost = np.zeros(cores.starts.shape[0] - 1)
    for j in range(n):
        for q in range(pairs.starts[j], pairs.starts[j + 1]):
            loss[pairs.rows[q]] = 0.0 if pairs.forced[q] else max(0.0, u[pairs.rows[q]] - pairs.value[q])
        for m in range(cores.of_centre[j], cores.of_centre[j + 1]):
            for q in range(cores.starts[m], cores.starts[m + 1]):
                cost[m] += loss[cores.members[q]]
    return cost


@compiled
def through_cores(pairs: Pairs, cores: Cores, u: Floats, cost: Floats) -> Floats:
    """
    Return what is lost at least by a block around j with i in it: the cheapest core with i, or with i beside it.

    Parameters
    ----------
    pairs, cores, u
        As for `price_centres`.
    cost
        Of each core, see `price_cores`.

    Returns
    -------
    Shape (n, n), by i and j; inf for pairs that are not listed.
    """
    n = u.shape[0]
    least = np.full((n, n), np.inf)
    for j in range(n):
        cheapest = np.inf
        for m in range(cores.of_centre[j], cores.of_centre[j + 1]):
            cheapest = min(cheapest, cost[m])
            for q in range(cores.starts[m], cores.starts[m + 1]):
                i = cores.members[q]
                least[i, j] = min(least[i, j], cost[m])
        least[j, j] = cheapest
        for q in range(pairs.starts[j], pairs.starts[j + 1]):
            i = pairs.rows[q]
            beside = 0.0 if pairs.forced[q] else max(0.0, u[i] - pairs.value[q])
            least[i, j] = min(least[i, j], cheapest + beside)
    return least


@compiled
def _is_minimal(
    starts: Ints, ends: Ints, people: Ints, floor: int, chosen: Ints, size: int, inside: Ints, queue: Ints, mark: Ints
) -> bool:
    """Return whether no member but the first can go without the rest around the first falling below the floor."""
    for gone in range(1, size):
        # Marks are by the one that is gone, so they need not be wiped between.
        out = chosen[gone]
        for q in range(size):
            mark[chosen[q]] = -1
        queue[0] = chosen[0]
        mark[chosen[0]] = gone
        head, tail, total = 0, 1, people[chosen[0]]
        while head < tail and total < floor:
            v = queue[head]
            head += 1
            for e in range(starts[v], starts[v + 1]):
                w = ends[e]
                if inside[w] and w != out and mark[w] != gone:
                    mark[w] = gone
                    queue[tail] = w
                    tail += 1
                    total += people[w]
        if total >= floor:
            return False
    return True


@compiled
def list_cores(
    starts: Ints,
    ends: Ints,
    people: Ints,
    floors: Ints,
    loss: Floats,
    limit: Floats,
    budget: int,
    of_centre: Ints,
    core_starts: Ints,
    members: Ints,
) -> int:
    """
    List the cores of all centres that lose no more than a limit.

    Parameters
    ----------
    starts, ends
        Where each one's neighbours start in one long list, and the list.
    people, floors
        Inhabitants, and P of each centre, shape (n,) [persons].
    loss
        What is lost by having i around j, shape (n, n), 0 or more; inf where i may not be around j.
    limit
        Most that a core of each centre may lose, shape (n,); below 0 for a centre that needs none.
    budget
        How many connected sets to look at.
    of_centre, core_starts, members
        Filled in, see `Cores`.

    Returns
    -------
    How many cores there are; −1 where there are more than fit, or than the budget allows to be found.
    """
    n = people.shape[0]
    found, filled, looked = 0, 0, 0
    border = np.empty(n + 1, dtype=np.int64)
    seen, inside, mark = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    chosen, queue = np.empty(n + 1, dtype=np.int64), np.empty(n + 1, dtype=np.int64)
    at, until = np.empty(n + 2, dtype=np.int64), np.empty(n + 2, dtype=np.int64)
    cost, total = np.empty(n + 2), np.empty(n + 2, dtype=np.int64)
    core_starts[0] = 0
    for j in range(n):
        of_centre[j] = found
        if limit[j] < 0.0 or loss[j, j] == np.inf:
            continue
        floor = floors[j]
        if people[j] >= floor:
            if found + 1 >= core_starts.shape[0]:
                return -1
            found += 1
            core_starts[found] = filled
            continue
        # Each connected set is met once: its border is taken in order, those passed over stay out of it.
        for i in range(n):
            seen[i] = 0
        seen[j] = 1
        inside[j] = 1
        chosen[0] = j
        end = 0
        for e in range(starts[j], starts[j + 1]):
            if loss[ends[e], j] < np.inf:
                border[end] = ends[e]
                seen[ends[e]] = 1
                end += 1
        depth = 0
        at[0], until[0], cost[0], total[0] = 0, end, 0.0, people[j]
        while depth >= 0:
            if at[depth] == until[depth]:
                # Back: those that came to the border with the last member leave it.
                depth -= 1
                if depth >= 0:
                    inside[chosen[depth + 1]] = 0
                    for q in range(until[depth], until[depth + 1]):
                        seen[border[q]] = 0
                continue
            v = border[at[depth]]
            at[depth] += 1
            more = cost[depth] + loss[v, j]
            if more > limit[j]:
                continue
            looked += 1
            if looked > budget:
                return -1
            chosen[depth + 1] = v
            inside[v] = 1
            if total[depth] + people[v] >= floor:
                if _is_minimal(starts, ends, people, floor, chosen, depth + 2, inside, queue, mark):
                    if found + 1 >= core_starts.shape[0] or filled + depth + 1 > members.shape[0]:
                        return -1
                    for q in range(1, depth + 2):
                        members[filled] = chosen[q]
                        filled += 1
                    found += 1
                    core_starts[found] = filled
                inside[v] = 0
                continue
            end = until[depth]
            for e in range(starts[v], starts[v + 1]):
                w = ends[e]
                if not seen[w] and loss[w, j] < np.inf:
                    seen[w] = 1
                    border[end] = w
                    end += 1
            cost[depth + 1], total[depth + 1] = more, total[depth] + people[v]
            at[depth + 1], until[depth + 1] = at[depth], end
            depth += 1
        inside[j] = 0
    of_centre[n] = found
    return found
