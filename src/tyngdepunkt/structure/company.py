"""
The compiled pricing of whole blocks where pairs and sets count: the most that any block around a centre is worth.

With gain[i] what i adds around a centre j, a block S around j is worth

    Σ over i in S of gain[i] + Σ over pairs a < b in S of bond[a, b] − Σ over sets that S touches of what each costs.

Without a floor, and whether it hangs together or not, the best S is the largest closure of a graph (J. C. Picard,
Management Science 22 (1976) 1268-1272): bonds and costs are shared out by a greatest flow, found by shortest
augmenting paths in layers (E. A. Dinic, Soviet Mathematics Doklady 11 (1970) 1277-1280), until with c[i] what is left
to each the best is gain[j] + Σ max(0, c[i]). Whatever the flow, no block is worth more. Those who pay for themselves in
the company of j alone are in, and those who do not in that of everybody are out, before there is any flow
(D. M. Topkis, Operations Research 26 (1978) 305-321).

With a floor that j does not reach by itself, each inhabitant lacking is paid μ; of the μ looked at that of least bound
is kept, and the blocks are grown from j, one neighbour taken in or left out at a time, cut off by the same shares.
There blocks hang together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled
from tyngdepunkt.lists import find_opposites, join_lists
from tyngdepunkt.structure.form import Form

__all__ = ["Company", "list_company", "price_blocks"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_SHARE_OF_LARGEST = 1e-13
"""Flows and what is left of them below this share of the largest number are none."""
_RATES = 18
"""Rates μ looked at for one centre."""
_FIRST_RATE = 1e-3
_RATE_GROWTH = 4.0
_CLOSE = 1e-3
"""How near one another two rates are that need no third between them, as a share."""
_OPEN, _IN, _OUT = 0, 1, 2
_BOTH_DONE = 2
"""Of a branch: the one in question was taken in, and left out."""


class Company(NamedTuple):
    """
    Municipalities, and after them the sets that cost, as nodes of a graph.

    Parameters
    ----------
    first, to, back
        Where each node's arcs start, where each leads to, and the number of its opposite.
    bond
        What the two ends of an arc add in one block; 0 between a municipality and a set.
    capacity
        How much may flow along an arc: half its bond, from a municipality to its set all, back nothing.
    cost
        What each set costs, above 0, shape (n_sets,).
    near_from, near
        Where each municipality's neighbours start in one long list, and the list.
    people
        What each counts for against the floor, shape (n,) [persons].
    floor
        P [persons].
    tiny
        Amounts no larger than this are none.
    """

    first: Ints
    to: Ints
    back: Ints
    bond: Floats
    capacity: Floats
    cost: Floats
    near_from: Ints
    near: Ints
    people: Ints
    floor: int
    tiny: float


def list_company(
    form: Form, neighbours: tuple[tuple[int, ...], ...], population: NDArray[np.int64], floor: int
) -> Company:
    """
    Put what blocks are worth, and may be, as compiled code reads it.

    Parameters
    ----------
    form
        The objective; its sets that gain are left out, see `generation`.
    neighbours
        Positions of each one's neighbours.
    population
        What each counts for against the floor, shape (n,) [persons].
    floor
        P [persons].

    Returns
    -------
    The graph.
    """
    n = len(neighbours)
    costly = [touch for touch in form.touches if touch.weight < 0]
    to: list[list[int]] = [np.flatnonzero(row).tolist() for row in form.bond]
    bond = [row[np.flatnonzero(row)].tolist() for row in form.bond]
    capacity = [[amount / 2 for amount in row] for row in bond]
    for number, touch in enumerate(costly):
        for i in touch.members:
            to[i].append(n + number)
            bond[i].append(0.0)
            capacity[i].append(-touch.weight)
        to.append(list(touch.members))
        bond.append([0.0] * len(touch.members))
        capacity.append([0.0] * len(touch.members))
    first, ends = join_lists(to)
    near_from, near = join_lists(neighbours)
    return Company(
        first, ends, find_opposites(first, ends),
        np.array([amount for row in bond for amount in row], dtype=np.float64),
        np.array([amount for row in capacity for amount in row], dtype=np.float64),
        np.array([-touch.weight for touch in costly], dtype=np.float64),
        near_from, near, population.astype(np.int64), floor, _SHARE_OF_LARGEST * form.largest,
    )  # fmt: skip


class _Flow(NamedTuple):
    """
    A flow under way, and room to find it.

    Parameters
    ----------
    active
        The nodes that count.
    left
        What each node has left, below 0 what it lacks; c in the end.
    along
        What flows along each arc, below 0 what flows back.
    level
        How far each node is from one that has something left, −1 where out of reach.
    queue, at, path
        Room for nodes in order, the next arc of each, and a way.
    """

    active: Flags
    left: Floats
    along: Floats
    level: Ints
    queue: Ints
    at: Ints
    path: Ints


@compiled
def _make_flow(company: Company) -> _Flow:
    """Return room for a flow."""
    nodes = company.first.shape[0] - 1
    return _Flow(
        np.zeros(nodes, dtype=np.bool_),
        np.zeros(nodes),
        np.zeros(company.to.shape[0]),
        np.zeros(nodes, dtype=np.int64),
        np.zeros(nodes, dtype=np.int64),
        np.zeros(nodes, dtype=np.int64),
        np.zeros(nodes + 1, dtype=np.int64),
    )


@compiled
def _find_levels(company: Company, flow: _Flow) -> int:
    """Set how far each node is from those that have something left; return how many are reached, 0 where no way is."""
    nodes = flow.left.shape[0]
    head, tail, is_met = 0, 0, False
    flow.level[:] = -1
    for v in range(nodes):
        if flow.active[v] and flow.left[v] > company.tiny:
            flow.level[v] = 0
            flow.queue[tail] = v
            tail += 1
    while head < tail:
        v = flow.queue[head]
        head += 1
        for arc in range(company.first[v], company.first[v + 1]):
            w = company.to[arc]
            if flow.active[w] and flow.level[w] < 0 and company.capacity[arc] - flow.along[arc] > company.tiny:
                flow.level[w] = flow.level[v] + 1
                flow.queue[tail] = w
                tail += 1
                is_met |= flow.left[w] < -company.tiny
    return tail if is_met else 0


@compiled
def _send(company: Company, flow: _Flow, start: int) -> None:
    """Send what a node has left to those that lack, along ways on which each step leads a level on."""
    depth, v = 0, start
    while flow.left[start] > company.tiny:
        if v != start and flow.left[v] < -company.tiny:
            amount = min(flow.left[start], -flow.left[v])
            for d in range(depth):
                amount = min(amount, company.capacity[flow.path[d]] - flow.along[flow.path[d]])
            flow.left[start] -= amount
            flow.left[v] += amount
            kept = depth
            for d in range(depth - 1, -1, -1):
                arc = flow.path[d]
                flow.along[arc] += amount
                flow.along[company.back[arc]] -= amount
                if company.capacity[arc] - flow.along[arc] <= company.tiny:
                    kept = d
            if kept < depth:
                depth = kept
                v = company.to[company.back[flow.path[depth]]]
            continue
        is_on = False
        while flow.at[v] < company.first[v + 1]:
            arc = flow.at[v]
            w = company.to[arc]
            is_next = flow.active[w] and flow.level[w] == flow.level[v] + 1
            if is_next and company.capacity[arc] - flow.along[arc] > company.tiny:
                flow.path[depth] = arc
                depth += 1
                v, is_on = w, True
                break
            flow.at[v] += 1
        if not is_on:
            if depth == 0:
                return
            depth -= 1
            v = company.to[company.back[flow.path[depth]]]
            flow.at[v] += 1


@compiled
def _fill(company: Company, flow: _Flow) -> None:
    """Find a greatest flow from those that have something left to those that lack."""
    while True:
        reached = _find_levels(company, flow)
        if not reached:
            return
        flow.at[:] = company.first[:-1]
        for q in range(reached):
            if flow.level[flow.queue[q]] != 0:
                break
            _send(company, flow, flow.queue[q])


@compiled
def _find_closure(company: Company, flow: _Flow, gain: Floats, allowed: Flags, j: int, member: Flags) -> float:
    """
    Find the block around a centre that is worth most, whether it hangs together or not and reaches the floor or not.

    Returns what it is worth, and sets `member`; as much as any block is worth at least, but for rounding.
    """
    n, sets = company.people.shape[0], company.cost.shape[0]
    state = np.zeros(n + sets, dtype=np.int64)
    alone, dues, most = gain.copy(), np.zeros(n), gain.copy()
    for i in range(n):
        if not allowed[i]:
            state[i] = _OUT
            continue
        for arc in range(company.first[i], company.first[i + 1]):
            w = company.to[arc]
            if w >= n:
                dues[i] += company.cost[w - n]
            elif allowed[w]:
                most[i] += company.bond[arc]
    value = _take(company, state, alone, dues, j)
    is_changed = True
    while is_changed:
        is_changed = False
        for i in range(n):
            if state[i] != _OPEN:
                continue
            if alone[i] - dues[i] >= 0.0:
                value += _take(company, state, alone, dues, i)
                is_changed = True
            elif most[i] <= 0.0:
                state[i] = _OUT
                is_changed = True
                for arc in range(company.first[i], company.first[i + 1]):
                    if company.to[arc] < n:
                        most[company.to[arc]] -= company.bond[arc]
    some = False
    for v in range(n + sets):
        flow.active[v] = state[v] == _OPEN
        if v < n:
            member[v] = state[v] == _IN
            some |= state[v] == _OPEN
    if not some:
        return value
    for v in range(n + sets):
        if not flow.active[v]:
            continue
        flow.left[v] = alone[v] if v < n else -company.cost[v - n]
        for arc in range(company.first[v], company.first[v + 1]):
            flow.along[arc] = 0.0
            if v < n and flow.active[company.to[arc]]:
                flow.left[v] += company.bond[arc] / 2
    _fill(company, flow)
    for i in range(n):
        if flow.active[i]:
            value += max(0.0, flow.left[i])
            member[i] = flow.level[i] >= 0
    return value


@compiled
def _take(company: Company, state: Ints, alone: Floats, dues: Floats, i: int) -> float:
    """Take a municipality into a block, with the sets it touches; return what it adds."""
    n, added = company.people.shape[0], alone[i]
    state[i] = _IN
    for arc in range(company.first[i], company.first[i + 1]):
        w = company.to[arc]
        if w < n:
            alone[w] += company.bond[arc]
        elif state[w] == _OPEN:
            state[w] = _IN
            added -= company.cost[w - n]
            for other in range(company.first[w], company.first[w + 1]):
                dues[company.to[other]] -= company.cost[w - n]
    return float(added)


@compiled
def _share_out(company: Company, flow: _Flow, gain: Floats, allowed: Flags, j: int, rate: float) -> tuple[float, int]:
    """
    Share out bonds and costs where each inhabitant is paid a rate.

    Returns what no block is worth more than, the pay included and all its inhabitants paid, and how many inhabitants
    the best has. `flow.left` is c with the pay.
    """
    n, sets = company.people.shape[0], company.cost.shape[0]
    value = gain[j] + rate * company.people[j]
    for v in range(n + sets):
        flow.active[v] = v >= n or (allowed[v] and v != j)
    for arc in range(company.first[j], company.first[j + 1]):
        if company.to[arc] >= n:
            flow.active[company.to[arc]] = False
            value -= company.cost[company.to[arc] - n]
    for v in range(n + sets):
        if not flow.active[v]:
            continue
        flow.left[v] = gain[v] + rate * company.people[v] if v < n else -company.cost[v - n]
        for arc in range(company.first[v], company.first[v + 1]):
            flow.along[arc] = 0.0
            w = company.to[arc]
            if v < n and w == j:
                flow.left[v] += company.bond[arc]
            elif v < n and w < n and allowed[w]:
                flow.left[v] += company.bond[arc] / 2
    _fill(company, flow)
    people = company.people[j]
    for i in range(n):
        if flow.active[i]:
            value += max(0.0, flow.left[i])
            people += company.people[i] if flow.level[i] >= 0 else 0
    return value, people


@compiled
def _find_rate(
    company: Company, flow: _Flow, gain: Floats, allowed: Flags, j: int, limit: float
) -> tuple[float, float]:
    """Return the rate of least bound on blocks that reach the floor, and the bound; it may stop at the limit."""
    low, high, rate = 0.0, -1.0, 0.0
    least, best = np.inf, 0.0
    for _ in range(_RATES):
        value, people = _share_out(company, flow, gain, allowed, j, rate)
        value -= rate * company.floor
        if value < least:
            least, best = value, rate
        if least <= limit:
            break
        if people >= company.floor:
            high = rate
        else:
            low = rate
        if high == 0.0 or (high > 0.0 and high - low < _CLOSE * high):
            break
        rate = max(_FIRST_RATE, rate * _RATE_GROWTH) if high < 0.0 else (low + high) / 2
    return best, least


@compiled
def _list_possible(
    company: Company, flow: _Flow, allowed: Flags, j: int, top: float, limit: float
) -> tuple[Ints, Ints]:
    """
    Return who may be in a block worth more than a limit, j first, and the number of each among them, −1 for none.

    No block with i is worth more than the top and what i lacks, and i is reached from j through others.
    """
    n = company.people.shape[0]
    number, own = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.int64)
    number[j], own[0] = 0, j
    head, tail = 0, 1
    while head < tail:
        v = own[head]
        head += 1
        for link in range(company.near_from[v], company.near_from[v + 1]):
            w = company.near[link]
            if number[w] < 0 and allowed[w] and top + min(0.0, flow.left[w]) > limit:
                number[w], own[tail] = tail, w
                tail += 1
    return own[:tail].copy(), number


@compiled
def _grow_blocks(
    company: Company,
    flow: _Flow,
    gain: Floats,
    allowed: Flags,
    j: int,
    limit: float,
    budget: int,
    member: Flags,
) -> tuple[float, float]:
    """
    Find the connected block around a centre that reaches the floor and is worth most, if that is above a limit.

    Returns what it is worth, −inf where none is found, and what no block is worth more than; sets `member`.
    """
    n, sets = company.people.shape[0], company.cost.shape[0]
    everyone = 0
    for i in range(n):
        everyone += company.people[i] if allowed[i] else 0
    if everyone < company.floor:
        return -np.inf, -np.inf
    if _find_closure(company, flow, gain, allowed, j, member) <= limit:
        return -np.inf, limit
    # Those who may be in a block worth more than the limit, numbered anew; j is the first. They are few, so first those
    # are told who may without any pay.
    top, _ = _share_out(company, flow, gain, allowed, j, 0.0)
    own, number = _list_possible(company, flow, allowed, j, top, limit)
    possible = number >= 0
    rate, top = _find_rate(company, flow, gain, possible, j, limit)
    if top <= limit:
        return -np.inf, limit
    _share_out(company, flow, gain, possible, j, rate)
    own, number = _list_possible(company, flow, possible, j, top, limit)
    m = own.shape[0]
    bond, share, pays = np.zeros((m, m)), np.zeros((m, m)), np.zeros((m, sets))
    people = company.people[own]
    free, chosen = np.zeros((m + 1, m), dtype=np.bool_), np.zeros((m + 1, m), dtype=np.bool_)
    touched, c = np.zeros((m + 1, sets), dtype=np.bool_), np.zeros((m + 1, m))
    value, total = np.zeros(m + 1), np.zeros(m + 1, dtype=np.int64)
    stage, taken, bound = np.zeros(m + 1, dtype=np.int64), np.zeros(m + 1, dtype=np.int64), np.zeros(m + 1)
    value[0], total[0], bound[0] = gain[j], people[0], top
    for a in range(m):
        for arc in range(company.first[own[a]], company.first[own[a] + 1]):
            w = company.to[arc]
            if w >= n:
                pays[a, w - n] = flow.along[arc] if a > 0 and flow.active[w] else 0.0
                if a == 0:
                    touched[0, w - n] = True
                    value[0] -= company.cost[w - n]
            elif number[w] >= 0:
                bond[a, number[w]] = company.bond[arc]
                if a > 0 and number[w] > 0:
                    share[number[w], a] = company.bond[arc] / 2 - flow.along[arc]
            elif a > 0 and flow.active[w]:
                c[0, a] -= company.bond[arc] / 2 - flow.along[arc]
        if a > 0:
            c[0, a] += flow.left[own[a]] - rate * people[a]
            free[0, a] = True
    chosen[0, 0] = True
    reached, border, queue = np.zeros(m, dtype=np.bool_), np.zeros(m, dtype=np.bool_), np.zeros(m, dtype=np.int64)
    depth, fresh, looked, best = 0, True, 0, -np.inf
    while depth >= 0:
        if stage[depth] == _BOTH_DONE:
            depth -= 1
            continue
        if stage[depth] == 1:
            # The one that was taken in is left out.
            stage[depth] = _BOTH_DONE
            gone = taken[depth]
            free[depth + 1], chosen[depth + 1], touched[depth + 1] = free[depth], chosen[depth], touched[depth]
            free[depth + 1, gone] = False
            c[depth + 1] = c[depth] - share[gone]
            value[depth + 1], total[depth + 1], bound[depth + 1] = value[depth], total[depth], bound[depth]
            depth, fresh = depth + 1, False
            stage[depth] = 0
        looked += 1
        if looked > budget:
            left = max(best, limit)
            for d in range(depth + 1):
                if d == depth or stage[d] == 1:
                    left = max(left, bound[d])
            return best, left
        if fresh and total[depth] >= company.floor and value[depth] > max(best, limit):
            best = value[depth]
            for a in range(m):
                member[own[a]] = chosen[depth, a]
        _reach(company, number, own, chosen[depth], free[depth], reached, border, queue)
        most, paid = value[depth], value[depth] - rate * max(0, company.floor - total[depth])
        rest, widest, pick = total[depth], -1.0, -1
        lacks = total[depth] < company.floor
        for a in range(m):
            if free[depth, a] and not reached[a]:
                free[depth, a] = False
                c[depth] -= share[a]
        for a in range(m):
            if free[depth, a]:
                most += max(0.0, c[depth, a])
                paid += max(0.0, c[depth, a] + rate * people[a])
                rest += people[a]
                width = abs(c[depth, a] + rate * people[a]) if lacks else abs(c[depth, a])
                if border[a] and width > widest:
                    widest, pick = width, a
        bound[depth] = min(bound[depth], min(most, paid) if lacks else most)
        if pick < 0 or rest < company.floor or bound[depth] <= max(best, limit):
            depth -= 1
            continue
        stage[depth], taken[depth] = 1, pick
        free[depth + 1], chosen[depth + 1], touched[depth + 1] = free[depth], chosen[depth], touched[depth]
        free[depth + 1, pick], chosen[depth + 1, pick] = False, True
        added = gain[own[pick]]
        c[depth + 1] = c[depth] + bond[pick] - share[pick]
        for a in range(m):
            if chosen[depth, a]:
                added += bond[a, pick]
        for arc in range(company.first[own[pick]], company.first[own[pick] + 1]):
            s = company.to[arc] - n
            if s >= 0 and not touched[depth + 1, s]:
                # Paid for: the others keep what they would have paid.
                touched[depth + 1, s] = True
                added -= company.cost[s]
                c[depth + 1] += pays[:, s]
        value[depth + 1], total[depth + 1] = value[depth] + added, total[depth] + people[pick]
        bound[depth + 1] = bound[depth]
        depth, fresh = depth + 1, True
        stage[depth] = 0
    return best, max(best, limit)


@compiled
def _reach(
    company: Company,
    number: Ints,
    own: Ints,
    chosen: Flags,
    free: Flags,
    reached: Flags,
    border: Flags,
    queue: Ints,
) -> None:
    """Mark who can be reached from the chosen through the free, and who lies next to the chosen; in place."""
    head, tail = 0, 0
    for a in range(chosen.shape[0]):
        reached[a], border[a] = chosen[a], False
        if chosen[a]:
            queue[tail] = a
            tail += 1
    inner = tail
    while head < tail:
        a = queue[head]
        head += 1
        for link in range(company.near_from[own[a]], company.near_from[own[a] + 1]):
            b = number[company.near[link]]
            if b >= 0 and free[b] and not reached[b]:
                reached[b] = True
                border[b] = head <= inner
                queue[tail] = b
                tail += 1


@compiled
def price_blocks(
    company: Company,
    gains: Floats,
    allowed: Flags,
    limits: Floats,
    budget: int,
    members: Flags,
    worth: Floats,
    most: Floats,
) -> None:
    """
    Find the block around each centre that is worth most.

    Parameters
    ----------
    company
        The graph.
    gains
        Of each municipality (column) around each centre (row), shape (n, n).
    allowed
        Who (column) may have each centre (row), shape (n, n).
    limits
        Blocks around each centre worth no more need not be found where the floor counts, shape (n,).
    budget
        Branches to look at around a centre that does not reach the floor by itself.
    members, worth
        Filled in: the best block found around each centre, and what it is worth, −inf where there is none; shapes
        (n, n) and (n,).
    most
        Filled in: no block around the centre is worth more than this, or the limit; shape (n,).
    """
    flow = _make_flow(company)
    for j in range(company.people.shape[0]):
        members[j] = False
        worth[j] = most[j] = -np.inf
        if not allowed[j, j]:
            continue
        if company.people[j] >= company.floor:
            worth[j] = most[j] = _find_closure(company, flow, gains[j], allowed[j], j, members[j])
        else:
            worth[j], most[j] = _grow_blocks(company, flow, gains[j], allowed[j], j, limits[j], budget, members[j])
