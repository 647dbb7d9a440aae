"""
A floor at country size: whole blocks, priced, listed and put together.

`pricing` gives u, and with it a bound L on every plan in which each centre stands on a core. Pairs and cores that
cannot be in a plan better than the best known are left out, and u is found again for the rest. Then every connected
block that keeps the floor and loses at most g against the best of its centre is listed (`blocks`), and the best k
of them that share nobody and leave nobody out are found by the solver. A plan has only listed blocks, and then it is
no better than what the solver found; or it has a block that loses more than g, and then it scores less than L − g. So

    no plan is better than the larger of L − g and the solver's own bound,

and g grows while time and memory allow. Where the cores are too many to list, the floor is met with parts of
municipalities, and the search is by where the centres are (`areas`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import highspy
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.highs import QuietHighs, run_interruptibly
from tyngdepunkt.lists import join_lists
from tyngdepunkt.structure.problem import Problem
from tyngdepunkt.structure.reduce import least_of_groups, needed_score, rounded_bound
from tyngdepunkt.structure.rewards import find_detours, find_rewards
from tyngdepunkt.structure.search import Outcome, Stopped

if TYPE_CHECKING:
    from tyngdepunkt.structure.blocks import Blocks
    from tyngdepunkt.structure.pricing import Cores, Pairs

__all__ = ["Priced", "partition_search", "price_problem", "settle"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_MOST_CORES = 600_000
_MOST_BLOCKS = 45_000
"""Cores and blocks listed at most; a matter of memory and seconds, not of truth."""
_FEW_BLOCKS = 1_500
"""Blocks that are put together in a few hundredths of a second."""
_LOOKS = 60_000_000
"""Connected sets looked at in one listing."""
_SAMPLE = 50
_SAMPLE_LOOKS = 400_000
"""One centre in so many is tried first, and connected sets looked at for these."""
_FEW_LOOKS = 200_000
"""Connected sets looked at for a pair that must hold; a hundredth of a second."""
_MEMBERS = 60
"""Members for which there is room, on average, in a listed block or core."""
_ROUNDS = 100
"""Subgradient steps between two looks at the clock."""
_TURNS = 6
"""Times that what is left is priced anew."""
_CHOSEN = 0.5
"""A variable of 0 or 1 above this is 1, but for rounding."""
_FIRST_SHARE = 2e-4
"""How much the blocks of the first listing may lose [share of the bound]."""
_GROWTH = 1.5
_PLAN_SHARE = 0.1
"""Of the wall time, what these may take."""
_PLANS = 6
"""Plans looked for around the best centres."""
_LEAST_STEP = 1.1
"""How much more the blocks must be allowed to lose for another listing to be worth it."""
_SLACK = 1e-7
"""What a block may lose beyond g for the sake of rounding [share of the bound]."""


@dataclass(frozen=True, eq=False)
class Priced:
    """
    Pairs and cores that may be in a plan better than one that is known, and what they are worth.

    Parameters
    ----------
    bound
        L: no plan made of these is better.
    u
        What each municipality pays, shape (n,).
    rho
        What each centre is worth, shape (n,).
    mask
        The pairs, shape (n, n).
    each
        No plan with the pair is better, shape (n, n).
    cores
        The cores; None where there is no floor, or they are too many.
    of_cores
        No plan with the core is better, shape (n_cores,).
    """

    bound: float
    u: Floats
    rho: Floats
    mask: Flags
    each: Floats
    cores: Cores | None
    of_cores: Floats


def partition_search(
    problem: Problem,
    centres: int,
    *,
    start: tuple[int, ...] | None = None,
    seed: int = 0,
    seconds: float,
) -> Outcome:
    """
    Find a good plan with a floor, and how far from the best it can be.

    Parameters
    ----------
    problem
        What is posed; nothing but each one's centre counts, see `Problem.is_linear`.
    centres
        k.
    start
        A plan known to keep the wishes; the position of each one's centre.
    seed
        Of the random moves by which a plan with blocks too large to list is bettered.
    seconds
        Wall time after which to answer with a gap [s].

    Returns
    -------
    The plan and the bound.
    """
    ends = time.monotonic() + seconds
    score = -np.inf if start is None else problem.score(start)
    priced = price_problem(problem, centres, score=score, ends=ends, turns=1)
    best, bound = start, max(score, rounded_bound(problem, priced.bound))
    if not np.isfinite(priced.bound):
        return Outcome(best, score, bound, 0)
    if priced.cores is None:
        return _search_areas(problem, centres, priced, start, seed=seed, ends=ends)
    known = Outcome(best, score, bound, 0)
    try:
        for found in _search_blocks(problem, centres, priced, known, seed=seed, ends=ends):
            known = found
    except KeyboardInterrupt as stop:
        raise Stopped.by(stop, problem, known.centre_of, known.bound) from None
    return known


def _search_blocks(
    problem: Problem, centres: int, priced: Priced, known: Outcome, *, seed: int, ends: float
) -> Iterator[Outcome]:
    """Give better and better plans and bounds, as blocks that may lose more and more are listed and put together."""
    from tyngdepunkt.structure.areas import plan_around

    best, score, bound, turn = known.centre_of, known.score, known.bound, 0
    # A better plan leaves out cores, and fewer cores are priced in less time.
    chosen, whole = np.argsort(-priced.rho)[:centres], ends - time.monotonic()
    for attempt in range(_PLANS):
        left = _PLAN_SHARE * whole / _PLANS
        found = plan_around(problem, chosen, np.zeros(len(problem)), seed=seed + attempt, seconds=left, effort=1.0)
        if found is not None and problem.score(found) > score:
            best, score = found, problem.score(found)
            yield Outcome(best, score, bound, turn)
    priced = price_problem(problem, centres, score=score, ends=ends, known=priced)
    bound = max(score, min(bound, rounded_bound(problem, priced.bound)))
    yield Outcome(best, score, bound, turn)
    if not np.isfinite(priced.bound):
        return
    allowance, done = _FIRST_SHARE * abs(priced.bound), 0.0
    everything = _most_loss(problem, priced)
    while score < bound and time.monotonic() < ends:
        room = priced.bound - needed_score(problem, score) if np.isfinite(score) else everything
        allowance = min(allowance, room)
        blocks = _list(problem, centres, priced, allowance)
        if blocks is None:
            # Too many: something between the last that was not and this.
            allowance = (done + allowance) / 2
            if allowance < _LEAST_STEP * done or allowance < _SLACK * abs(priced.bound):
                break
            continue
        turn += 1
        plan, reached = _put_together(problem, centres, blocks, best, seconds=ends - time.monotonic())
        if plan is not None and problem.score(plan) > score:
            best, score = plan, problem.score(plan)
        # All blocks of a better plan lose at most the room there was: then what is not listed counts for nothing.
        beyond = -np.inf if allowance >= room else priced.bound - allowance
        bound = max(score, min(bound, rounded_bound(problem, max(reached, beyond))))
        yield Outcome(best, score, bound, turn)
        if allowance >= room or np.isneginf(bound):
            break
        done, allowance = allowance, allowance * (_GROWTH if np.isfinite(score) else _GROWTH**4)


def _search_areas(
    problem: Problem, centres: int, priced: Priced, start: tuple[int, ...] | None, *, seed: int, ends: float
) -> Outcome:
    """Search by areas; where that finds a better plan early, leave out pairs by it and search again."""
    from tyngdepunkt.structure.areas import search_areas

    value = np.where(problem.allowed, problem.shared_value, -np.inf)
    best, bound, looked = start, priced.bound, 0
    while True:
        pairs = list_pairs(problem, priced.mask, value)
        try:
            found = search_areas(
                problem, centres, pairs, u=priced.u, bound=bound, start=best, seed=seed + looked, ends=ends
            )
        except KeyboardInterrupt as stop:
            raise Stopped.by(stop, problem, best, rounded_bound(problem, bound)) from None
        looked += found.nodes
        is_better = found.centre_of != best
        best, bound = found.centre_of, found.bound
        if found.is_settled or not is_better or time.monotonic() > ends:
            return Outcome(best, found.score, bound, looked)
        needed = needed_score(problem, found.score)
        priced = _leave_out(_price(problem, centres, priced, value), needed)
        bound = max(found.score, min(bound, rounded_bound(problem, priced.bound)))


def settle(
    problem: Problem,
    centres: int,
    *,
    start: tuple[int, ...],
    pair: tuple[int, int],
    u: Floats,
    enough: float,
    seconds: float,
) -> Outcome:
    """
    Prove a plan that is probably the best, or find a better one, where that takes few blocks; else give a bound.

    Parameters
    ----------
    problem, centres, start
        As for `partition_search`.
    pair
        As for `price_problem`.
    u
        What each municipality pays, to begin with, shape (n,).
    enough
        No matter how much worse than this the best is; a score, more is better.
    seconds
        Wall time after which to answer with a gap [s].

    Returns
    -------
    The plan and the bound.
    """
    ends = time.monotonic() + seconds
    score = problem.score(start)
    priced = price_problem(problem, centres, score=score, ends=ends, u=u, pair=pair)
    bound = max(score, rounded_bound(problem, priced.bound))
    if bound <= max(score, enough) or priced.cores is None:
        return Outcome(start, score, bound, 0)
    blocks = _list(problem, centres, priced, priced.bound - needed_score(problem, score), most=_FEW_BLOCKS)
    if blocks is None:
        return Outcome(start, score, bound, 0)
    plan, reached = _put_together(problem, centres, blocks, start, seconds=ends - time.monotonic())
    best = start if plan is None or problem.score(plan) <= score else plan
    score = problem.score(best)
    return Outcome(best, score, max(score, min(bound, rounded_bound(problem, reached))), 1)


def _most_loss(problem: Problem, priced: Priced) -> float:
    """Return more than any block can lose."""
    gain = np.abs(np.where(priced.mask, problem.shared_value - priced.u[:, None], 0.0))
    return float(gain.sum() + np.abs(priced.rho[np.isfinite(priced.rho)]).sum() + 1.0)


def price_problem(
    problem: Problem,
    centres: int,
    *,
    score: float,
    ends: float,
    value: Floats | None = None,
    u: Floats | None = None,
    pair: tuple[int, int] | None = None,
    known: Priced | None = None,
    turns: int = _TURNS,
) -> Priced:
    """
    Find u, and leave out the pairs and cores that cannot be in a plan better than one that is known.

    Parameters
    ----------
    problem
        What is posed; of its wishes those count that pairs, connection, floor and togetherness come to.
    centres
        k.
    score
        Of the plan that is known; −inf for none.
    ends
        When to stop, by `time.monotonic` [s].
    value
        What each pair gains, connection paid for, shape (n, n); the problem's own by default.
    u
        What each municipality pays, to begin with; found by `rewards.find_rewards` by default.
    pair
        Positions (i, j) where i has centre j in every plan, and no other pair of theirs is allowed; None for none.
    known
        What was left before, with a plan no better; None to begin with all.
    turns
        Times that what is left is priced anew, at most.

    Returns
    -------
    What is left.
    """
    from tyngdepunkt.structure.pricing import Areas, cores_of, descend

    areas = Areas(np.zeros(len(problem), dtype=np.int64), np.array([centres]))
    value = np.where(problem.allowed, problem.shared_value if value is None else value, -np.inf)
    needed = needed_score(problem, score)
    if known is not None:
        priced = known
    else:
        u = find_rewards(value, centres, forced=problem.forced) if u is None else u
        floor = problem.question.floor
        mask = problem.allowed.copy()
        cores = _all_cores(problem, mask, pair) if floor or pair else None
        if cores is None and pair and floor:
            cores = _all_cores(problem, mask, None)
        priced = _price(problem, centres, Priced(np.inf, u, u, mask, value, cores, u), value)
    for _ in range(turns):
        priced = _leave_out(priced, needed)
        pairs = list_pairs(problem, priced.mask, value)
        target = score if np.isfinite(score) else priced.bound - 0.02 * abs(priced.bound)
        at, best, state = priced.u.copy(), priced.u.copy(), np.array([np.inf, 1.0, 0.0])
        before = priced.bound
        for _ in range(4):
            descend(pairs, cores_of(priced.cores), areas, at, best, np.zeros(len(problem)), state, target, _ROUNDS)
            if time.monotonic() > ends:
                break
        priced = _price(problem, centres, replace(priced, u=best), value)
        if not np.isfinite(priced.bound) or before - priced.bound < 1e-5 * abs(before) or time.monotonic() > ends:
            break
    return _leave_out(priced, needed)


def list_pairs(problem: Problem, mask: Flags, value: Floats) -> Pairs:
    """Return pairs as the compiled pricing reads them."""
    from tyngdepunkt.structure.pricing import Pairs

    n = len(problem)
    others = mask & ~np.eye(n, dtype=bool)
    starts = np.zeros(n + 1, dtype=np.int64)
    starts[1:] = np.cumsum(others.sum(axis=0))
    columns, rows = np.nonzero(others.T)
    own = np.where(np.diag(mask), np.diag(value), -np.inf)
    people = problem.population.astype(np.int64)
    floor = int(problem.question.floor)
    most = int(people.sum()) - (problem.question.centres - 1) * floor
    forced = problem.forced[rows, columns]
    return Pairs(starts, rows.astype(np.int64), value[rows, columns], forced, own, people, floor, most)


def _all_cores(problem: Problem, mask: Flags, pair: tuple[int, int] | None) -> Cores | None:
    """
    Return the cores within pairs, or None where they are too many.

    The cores of the centre of a pair that must hold have its municipality too: it counts for more than all the rest
    together, and the centre's floor is as much higher.
    """
    from tyngdepunkt.structure.pricing import Cores, list_cores

    n = len(problem)
    of_centre = np.zeros(n + 1, dtype=np.int64)
    starts = np.zeros(_MOST_CORES + 1, dtype=np.int64)
    members = np.empty(_MOST_CORES * _MEMBERS, dtype=np.int64)
    loss = np.where(mask, 0.0, np.inf)
    people, floors = problem.population.astype(np.int64), np.full(n, int(problem.question.floor))
    if pair is not None and pair[0] != pair[1]:
        floors[pair[1]] += (more := int(people.sum()) + 1)
        people[pair[0]] += more
    limit = np.full(n, np.inf)
    looks = _LOOKS if pair is None else _FEW_LOOKS
    links = join_lists(problem.neighbours)
    if pair is None:
        # A few centres tell whether there are far too many, before long is spent on it.
        few = np.where(np.arange(n) % _SAMPLE == 0, np.inf, -1.0)
        if list_cores(*links, people, floors, loss, few, _SAMPLE_LOOKS, of_centre, starts, members) < 0:
            return None
    found = list_cores(*links, people, floors, loss, limit, looks, of_centre, starts, members)
    if found < 0:
        return None
    return Cores(of_centre, starts[: found + 1].copy(), members[: starts[found]].copy())


def _price(problem: Problem, centres: int, priced: Priced, value: Floats) -> Priced:
    """Return the same with bounds by its u, as `reduce` defines them; with a floor a centre must carry a core too."""
    from tyngdepunkt.structure.pricing import cores_of, price_centres, price_cores, through_cores

    n, u, mask = len(problem), priced.u, priced.mask
    pairs, cores = list_pairs(problem, mask, value), cores_of(priced.cores)
    rho, choice, rate = np.empty(n), np.empty(n, dtype=np.int64), np.empty(n)
    price_centres(pairs, cores, u, rho, choice, rate)
    ranked = np.sort(rho)[::-1]
    bound = float(u.sum() + ranked[:centres].sum())
    if not np.isfinite(bound):
        return replace(priced, bound=-np.inf, rho=rho, each=np.full((n, n), -np.inf))
    of_centre = bound + np.minimum(0.0, rho - ranked[centres - 1])
    loss = np.where(mask, np.where(problem.forced, 0.0, np.maximum(0.0, u[:, None] - value)), np.inf)
    of_cores = priced.of_cores
    if priced.cores is not None:
        cost = price_cores(pairs, cores, u)
        least = through_cores(pairs, cores, u, cost)
        cheapest = np.diag(least)
        reachable = np.isfinite(least) & np.isfinite(cheapest)[None, :]
        lost = np.full((n, n), np.inf)
        detour = find_detours(problem.neighbours, loss)
        base = np.where(np.isfinite(cheapest), cheapest, 0.0)[None, :]
        lost[reachable] = (np.maximum(detour, least) - base)[reachable]
        around = np.repeat(np.arange(n), np.diff(cores.of_centre))
        of_cores = of_centre[around] - (cost - base[0, around])
    else:
        # Someone at the margin pays by the head for what is lacking, or is paid for what is too much: what they gain
        # by that is in ρ already.
        heads = rate[None, :] * problem.population[:, None]
        paid = np.where(problem.forced, 0.0, np.maximum(0.0, u[:, None] - value - heads))
        lost = find_detours(problem.neighbours, np.where(mask, paid, np.inf))
    with np.errstate(invalid="ignore"):
        each = of_centre[None, :] - lost
    each[~np.isfinite(each) | ~mask] = -np.inf
    each = least_of_groups(problem, each)
    return replace(priced, bound=bound, rho=rho, each=each, of_cores=of_cores)


def _leave_out(priced: Priced, needed: float) -> Priced:
    """Return the same without pairs and cores that no plan with a score as needed can have."""
    mask = priced.mask & (priced.each >= needed)
    cores = priced.cores
    if cores is None or not np.isfinite(priced.bound):
        return replace(priced, mask=mask)
    n = len(mask)
    around = np.repeat(np.arange(n), np.diff(cores.of_centre))
    sizes = np.diff(cores.starts)
    number = np.repeat(np.arange(len(sizes)), sizes)
    lost = np.bincount(number, ~mask[cores.members, around[number]], len(sizes)) > 0
    keep = (priced.of_cores >= needed) & ~lost & np.diag(mask)[around]
    kept = type(cores)(
        np.concatenate([[0], np.cumsum(np.bincount(around[keep], minlength=n))]).astype(np.int64),
        np.concatenate([[0], np.cumsum(sizes[keep])]).astype(np.int64),
        cores.members[keep[number]],
    )
    return replace(priced, mask=mask, cores=kept, of_cores=priced.of_cores[keep])


def _list(
    problem: Problem, centres: int, priced: Priced, allowance: float, *, most: int | None = None
) -> Blocks | None:
    """Return the blocks that lose no more than allowed, or None where they are too many."""
    from tyngdepunkt.structure.blocks import Blocks, list_blocks

    n = len(problem)
    gain = np.where(priced.mask, problem.shared_value - priced.u[:, None], -np.inf)
    others = np.where(np.eye(n, dtype=bool), 0.0, np.maximum(gain, 0.0)).sum(axis=0)
    ranked = np.sort(priced.rho)[::-1]
    with np.errstate(invalid="ignore"):
        limit = np.diag(gain) + others + allowance - np.maximum(priced.rho, ranked[centres - 1])
    limit = np.where(np.isfinite(priced.rho), limit + _SLACK * abs(priced.bound), -1.0)
    of_centre = np.zeros(n + 1, dtype=np.int64)
    most = _MOST_BLOCKS if most is None else most
    starts = np.zeros(most + 1, dtype=np.int64)
    members = np.empty(most * _MEMBERS, dtype=np.int32)
    people, floor = problem.population.astype(np.int64), int(problem.question.floor)
    group, size = _groups(problem)
    links = join_lists(problem.neighbours)
    found = list_blocks(*links, people, floor, gain, limit, group, size, _LOOKS, of_centre, starts, members)
    if found < 0:
        return None
    starts, members = starts[: found + 1].copy(), members[: starts[found]].copy()
    around = np.repeat(np.arange(n), np.diff(of_centre))
    number = np.repeat(np.arange(found), np.diff(starts))
    value: Floats = np.bincount(number, problem.value[members, around[number]], found).astype(np.float64)
    return _keeping(problem, Blocks(of_centre, starts, members, value))


def _groups(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the number of the group that each one lies together with, −1 for none, and the size of each group."""
    group = np.full(len(problem), -1, dtype=np.int64)
    for number, members in enumerate(problem.together):
        group[list(members)] = number
    return group, np.array([len(members) for members in problem.together], dtype=np.int64)


def _keeping(problem: Problem, blocks: Blocks) -> Blocks:
    """Return the blocks that keep municipalities apart, have the functions, and are not moved too far."""
    count, n = len(blocks.value), len(problem)
    number = np.repeat(np.arange(count), np.diff(blocks.starts))

    def held(positions: tuple[int, ...]) -> NDArray[np.int64]:
        return np.bincount(number, np.isin(blocks.members, positions), count).astype(np.int64)

    keep = np.ones(count, dtype=bool)
    for group in problem.apart:
        keep &= held(group) <= 1
    for holders in problem.functions.values():
        keep &= held(holders) >= 1
    if problem.start and problem.question.start is not None:
        # Whatever old block it is matched with, the rest of its members are moved.
        old = np.array(problem.start)
        most = np.zeros(count, dtype=np.int64)
        for block in range(int(old.max()) + 1):
            most = np.maximum(most, held(tuple(np.flatnonzero(old == block).tolist())))
        keep &= np.diff(blocks.starts) - most <= problem.question.start.most_moved
    around = np.repeat(np.arange(n), np.diff(blocks.of_centre))
    return (
        blocks
        if keep.all()
        else type(blocks)(
            np.concatenate([[0], np.cumsum(np.bincount(around[keep], minlength=n))]).astype(np.int64),
            np.concatenate([[0], np.cumsum(np.diff(blocks.starts)[keep])]).astype(np.int64),
            blocks.members[keep[number]],
            blocks.value[keep],
        )
    )


def _put_together(
    problem: Problem, centres: int, blocks: Blocks, start: tuple[int, ...] | None, *, seconds: float
) -> tuple[tuple[int, ...] | None, float]:
    """Return the best plan of k listed blocks, those of the start among them, and a bound on all such plans."""
    n = len(problem)
    around = np.repeat(np.arange(n), np.diff(blocks.of_centre)).tolist()
    starts, members, value = blocks.starts, blocks.members, blocks.value
    if start is not None:
        at = np.array(start)
        for j in sorted(set(start)):
            own = np.flatnonzero(at == j).astype(np.int32)
            around.append(j)
            members = np.concatenate([members, own])
            starts = np.append(starts, len(members))
            value = np.append(value, problem.value[own, j].sum())
    count = len(around)
    if not count:
        return None, -np.inf
    sizes = np.diff(starts)
    first = np.concatenate([[0], np.cumsum(sizes + 1)]).astype(np.int32)
    index = np.empty(len(members) + count, dtype=np.int32)
    index[np.arange(len(members)) + np.repeat(np.arange(count), sizes)] = members
    index[first[1:] - 1] = n
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count, n + 1
    model.col_cost_, model.col_lower_, model.col_upper_ = -value, np.zeros(count), np.ones(count)
    model.row_lower_ = model.row_upper_ = np.append(np.ones(n), float(centres))
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = first, index, np.ones(len(index))
    model.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver = QuietHighs()
    solver.setOptionValue("time_limit", max(1.0, seconds))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5 if problem.whole else 1e-7 * max(1.0, float(np.abs(value).max(initial=0))))
    solver.passModel(model)
    if problem.start:
        _limit_moves(problem, solver, starts, members)
    by_itself = run_interruptibly(solver)
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None, -np.inf
    info = solver.getInfo()
    bound = -info.mip_dual_bound
    chosen = np.flatnonzero(np.asarray(solver.getSolution().col_value)[:count] > _CHOSEN)
    plan = np.full(n, -1)
    for b in chosen.tolist():
        plan[members[starts[b] : starts[b + 1]]] = around[b]
    is_plan = len(chosen) == centres and not (plan < 0).any() and int(sizes[chosen].sum()) == n
    found = tuple(int(j) for j in plan) if is_plan else None
    if not by_itself:
        raise Stopped(found)
    return found, float(bound)


def _limit_moves(problem: Problem, solver: QuietHighs, starts: NDArray[np.int64], members: NDArray[np.int32]) -> None:
    """Add to the choice of blocks that enough of them stay, by a matching of old blocks with chosen ones."""
    count, first = len(starts) - 1, solver.getNumCol()
    old = np.array(problem.start)
    blocks, width = np.repeat(np.arange(count), np.diff(starts)), int(old.max()) + 1
    shared, stay = np.unique(blocks * width + old[members], return_counts=True)
    block, matched = np.divmod(shared, width)
    columns = len(shared)
    none = np.array([], dtype=np.int32)
    solver.addCols(columns, np.zeros(columns), np.zeros(columns), np.ones(columns), 0, none, none, np.array([]))
    infinity = solver.getInfinity()
    numbers = np.arange(first, first + columns)
    for b in range(width):
        own = numbers[matched == b].astype(np.int32)
        solver.addRow(-infinity, 1.0, len(own), own, np.ones(len(own)))
    order = np.argsort(block, kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(block, minlength=count))])
    for m in range(count):
        own = np.append(numbers[order[ends[m] : ends[m + 1]]], m).astype(np.int32)
        solver.addRow(-infinity, 0.0, len(own), own, np.append(np.ones(len(own) - 1), -1.0))
    solver.addRow(float(problem.least_staying), infinity, columns, numbers.astype(np.int32), stay.astype(np.float64))
