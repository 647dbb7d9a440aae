"""
The compiled heart of sampling by recombination: two neighbouring blocks become one, and a random tree splits it anew.

A spanning tree of the two blocks together is drawn, each as likely as any other (Wilson 1996). An edge of the tree
whose two sides are both within the bounds is a place to cut; the two sides are the new blocks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.compiled import compiled

__all__ = ["Chain", "Land", "Rules", "Work", "anneal", "find_start", "make_work", "run"]

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Floats = NDArray[np.float64]


class Land(NamedTuple):
    """
    The graph.

    Parameters
    ----------
    starts, ends
        Where each node's neighbours start in one long list, and the list.
    edges
        Pairs of neighbours, each once, shape (n_edges, 2).
    people
        Inhabitants of each node [persons].
    by_people
        The nodes, the least populous first.
    flows
        Commuters between two nodes, both ways, 0 on the diagonal, shape (n, n); shape (0, 0) where there are none.
    """

    starts: Ints
    ends: Ints
    edges: Ints
    people: Ints
    by_people: Ints
    flows: NDArray[np.int32]


class Rules(NamedTuple):
    """
    What a chain keeps, and where it tends.

    Parameters
    ----------
    least, most
        Population of a block [persons].
    reversible
        1 where the chain shall tend to a known distribution, 0 for plain recombination.
    power
        The distribution: a division is as likely as the product over its blocks of the number of spanning trees,
        to this power; 1 for spanning trees, 0 for all divisions alike.
    flips
        Single nodes that are offered to a neighbouring block in each step besides; only with power 0.
    """

    least: int
    most: int
    reversible: int
    power: float
    flips: int


class Chain(NamedTuple):
    """
    Where a chain is; changed in place.

    Parameters
    ----------
    block
        Block of each node.
    people
        Inhabitants of each block [persons].
    inside
        Commuters between the nodes of each block [persons].
    cut
        Edges between blocks, in all; one number.
    source
        State of the random numbers (xoshiro256++), four words.
    """

    block: Ints
    people: Ints
    inside: Ints
    cut: Ints
    source: Words


class Work(NamedTuple):
    """
    Room to work in: nodes of the two blocks, the tree on them, its sums and cuts.

    Parameters
    ----------
    nodes, mark
        The nodes of the two blocks; by node, 1 where it is one of them.
    parent, settled, order, below
        The tree: parent of each node, whether it is in the tree yet, nodes with parents before children, people
        below and at each node.
    places, side
        Nodes above which the tree can be cut; by node, 1 where it is below the cut.
    sums
        Partial sums.
    matrix
        For numbers of spanning trees.
    """

    nodes: Ints
    mark: Ints
    parent: Ints
    settled: Ints
    order: Ints
    below: Ints
    places: Ints
    side: Ints
    sums: Ints
    matrix: Floats


def make_work(size: int, *, trees: bool) -> Work:
    """Return room to work in for a graph of so many nodes; with a matrix where trees are counted."""

    def room() -> Ints:
        return np.zeros(size + 1, dtype=np.int64)

    matrix = np.zeros((size, size) if trees else (0, 0))
    return Work(room(), room(), room(), room(), room(), room(), room(), room(), room(), matrix)


@compiled
def _next(source: Words) -> np.uint64:
    """Return 64 random bits (Blackman and Vigna 2021)."""
    a, b, c, d = source[0], source[1], source[2], source[3]
    total: np.uint64 = a + d
    value: np.uint64 = ((total << np.uint64(23)) | (total >> np.uint64(41))) + a
    shifted = b << np.uint64(17)
    c ^= a
    d ^= b
    source[1] = b ^ c
    source[0] = a ^ d
    source[2] = c ^ shifted
    source[3] = (d << np.uint64(45)) | (d >> np.uint64(19))
    return value


@compiled
def _below(source: Words, count: int) -> int:
    """Return a whole number below a count."""
    return int(np.int64(((_next(source) >> np.uint64(32)) * np.uint64(count)) >> np.uint64(32)))


@compiled
def _share(source: Words) -> float:
    """Return a number from 0 up to 1."""
    return (_next(source) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def _gather(chain: Chain, work: Work, a: int, b: int) -> int:
    """List the nodes of two blocks; return how many."""
    size = 0
    for v in range(chain.block.shape[0]):
        if chain.block[v] == a or chain.block[v] == b:
            work.nodes[size] = v
            work.mark[v] = 1
            work.settled[v] = 0
            size += 1
        else:
            work.mark[v] = 0
    return size


@compiled
def _draw_tree(land: Land, chain: Chain, work: Work, size: int) -> None:
    """
    Draw a spanning tree of the nodes listed, each as likely as any other, by walks with their loops cut out.

    The root may be any node; the walks are shortest where it is one with many neighbours.
    """
    root = work.nodes[0]
    for k in range(1, size):
        v = work.nodes[k]
        if land.starts[v + 1] - land.starts[v] > land.starts[root + 1] - land.starts[root]:
            root = v
    work.settled[root] = 1
    work.order[0] = root
    taken = 1
    for k in range(size):
        v = work.nodes[k]
        while work.settled[v] == 0:
            begin = land.starts[v]
            degree = land.starts[v + 1] - begin
            u = land.ends[begin + _below(chain.source, degree)]
            while work.mark[u] == 0:
                u = land.ends[begin + _below(chain.source, degree)]
            work.parent[v] = u
            v = u
        length = 0
        v = work.nodes[k]
        while work.settled[v] == 0:
            length += 1
            v = work.parent[v]
        v = work.nodes[k]
        for back in range(length):
            work.settled[v] = 1
            work.order[taken + length - 1 - back] = v
            v = work.parent[v]
        taken += length


@compiled
def _sum_up(land: Land, work: Work, size: int) -> int:
    """Write the people below each node of the tree; return the people of all."""
    for k in range(size):
        work.below[work.order[k]] = land.people[work.order[k]]
    for k in range(size - 1, 0, -1):
        v = work.order[k]
        work.below[work.parent[v]] += work.below[v]
    return int(work.below[work.order[0]])


@compiled
def _find_places(work: Work, rules: Rules, size: int, total: int) -> int:
    """List where the tree can be cut; return how many places there are."""
    found = 0
    for k in range(1, size):
        people = work.below[work.order[k]]
        rest = total - people
        if rules.least <= people <= rules.most and rules.least <= rest <= rules.most:
            work.places[found] = work.order[k]
            found += 1
    return found


@compiled
def _most_places(land: Land, work: Work, rules: Rules, size: int, total: int) -> int:
    """
    Return a number of places that no tree on the nodes exceeds.

    Contract every edge that is no place to cut: with l leaves, each of at least m people, the inner nodes share
    what is left, and are no more than the least populous nodes that fit into it.
    """
    least = max(rules.least, total - rules.most)
    if least <= 0:
        return size - 1
    count = 0
    work.sums[0] = 0
    for v in land.by_people:
        if work.mark[v] == 1:
            work.sums[count + 1] = work.sums[count] + land.people[v]
            count += 1
    leaf = 1  # fewest nodes of a leaf: the most populous ones
    while leaf < size and work.sums[size] - work.sums[size - leaf] < least:
        leaf += 1
    best, fit = 1, size
    leaves = 2
    while leaves * least <= total and leaves * leaf <= size:
        while fit > 0 and work.sums[fit] > total - leaves * least:
            fit -= 1
        best = max(best, leaves - 1 + min(fit, size - leaves * leaf))
        leaves += 1
    return best


@compiled
def _part(work: Work, size: int, place: int) -> None:
    """Mark which nodes lie below a cut."""
    work.side[work.order[0]] = 0
    for k in range(1, size):
        v = work.order[k]
        work.side[v] = 1 if v == place else work.side[work.parent[v]]


@compiled
def _change_of_cut(land: Land, chain: Chain, work: Work, size: int) -> int:
    """Return how many more edges the new blocks cut than the old."""
    change = 0
    for k in range(size):
        v = work.nodes[k]
        for e in range(land.starts[v], land.starts[v + 1]):
            u = land.ends[e]
            if u > v and work.mark[u] == 1:
                change += (1 if work.side[u] != work.side[v] else 0) - (1 if chain.block[u] != chain.block[v] else 0)
    return change


@compiled
def _inside(land: Land, work: Work, size: int, side: int) -> int:
    """Return the commuters between the nodes on one side."""
    total = count = 0
    if land.flows.shape[0] > 0:
        for k in range(size):
            v = work.nodes[k]
            if work.side[v] == side:
                for j in range(count):
                    total += land.flows[v, work.settled[j]]
                work.settled[count] = v  # the tree is cut, so its room is free
                count += 1
    return total


@compiled
def _log_trees(land: Land, work: Work, size: int) -> float:
    """Return the logarithm of the spanning trees of one side times those of the other (Kirchhoff), by Cholesky."""
    total = 0.0
    matrix = work.matrix
    for side in range(2):
        count = 0
        for k in range(size):
            if work.side[work.nodes[k]] == side:
                work.sums[work.nodes[k]] = count
                count += 1
        last = count - 1  # the row and column of one node are left out
        for i in range(last):
            for j in range(i + 1):
                matrix[i, j] = 0.0
        for k in range(size):
            v = work.nodes[k]
            i = work.sums[v]
            if work.side[v] == side and i < last:
                for e in range(land.starts[v], land.starts[v + 1]):
                    u = land.ends[e]
                    if work.mark[u] == 1 and work.side[u] == side:
                        matrix[i, i] += 1.0
                        if work.sums[u] < i:
                            matrix[i, work.sums[u]] = -1.0
        for i in range(last):
            for j in range(i + 1):
                value = matrix[i, j]
                for x in range(j):
                    value -= matrix[i, x] * matrix[j, x]
                if i == j:
                    total += np.log(value)
                    matrix[i, i] = np.sqrt(value)
                else:
                    matrix[i, j] = value / matrix[j, j]
    return total


@compiled
def _pick_pair(land: Land, chain: Chain) -> tuple[int, int]:
    """Return the blocks at the ends of an edge between blocks, each such edge as likely as any other."""
    while True:
        e = _below(chain.source, land.edges.shape[0])
        a, b = chain.block[land.edges[e, 0]], chain.block[land.edges[e, 1]]
        if a != b:
            return a, b


@compiled
def _step(land: Land, rules: Rules, chain: Chain, work: Work) -> tuple[bool, int]:
    """Take one step; return whether the chain took a new division, and how many trees were drawn."""
    trees = 0
    while True:
        a, b = _pick_pair(land, chain)
        size = _gather(chain, work, a, b)
        _draw_tree(land, chain, work, size)
        total = _sum_up(land, work, size)
        places = _find_places(work, rules, size, total)
        trees += 1
        if rules.reversible == 1:
            chosen = _below(chain.source, _most_places(land, work, rules, size, total))
            if chosen >= places:
                return False, trees
            break
        if places > 0:
            chosen = _below(chain.source, places)
            break
        if trees >= 1_000:  # noqa: PLR2004  # the next step goes on from here
            return False, trees
    place = work.places[chosen]
    people = work.below[place]
    before = 0.0
    if rules.power != 1.0:
        for k in range(size):
            work.side[work.nodes[k]] = 1 if chain.block[work.nodes[k]] == b else 0
        before = _log_trees(land, work, size)
    _part(work, size, place)
    change = _change_of_cut(land, chain, work, size)
    if rules.reversible == 1:
        ratio = np.log(chain.cut[0] / (chain.cut[0] + change))
        if rules.power != 1.0:
            ratio += (rules.power - 1.0) * (_log_trees(land, work, size) - before)
        if ratio < 0.0 and _share(chain.source) >= np.exp(ratio):
            return False, trees
    chain.cut[0] += change
    chain.people[a], chain.people[b] = total - people, people
    chain.inside[a], chain.inside[b] = _inside(land, work, size, 0), _inside(land, work, size, 1)
    for k in range(size):
        v = work.nodes[k]
        chain.block[v] = b if work.side[v] == 1 else a
    return True, trees


@compiled
def _flip(land: Land, rules: Rules, chain: Chain, work: Work) -> bool:
    """
    Offer a node to the block of a neighbour; return whether it was taken.

    An edge and one end of it are drawn. From a node with x edges into its own block and y into the other, the way
    there has y chances and the way back x, so x / y is the chance to accept.
    """
    e = _below(chain.source, 2 * land.edges.shape[0])
    v, u = land.edges[e // 2, e % 2], land.edges[e // 2, 1 - e % 2]
    a, b = chain.block[v], chain.block[u]
    people = land.people[v]
    if a == b or chain.people[a] - people < rules.least or chain.people[b] + people > rules.most:
        return False
    own = other = 0
    begin = -1
    for e in range(land.starts[v], land.starts[v + 1]):
        if chain.block[land.ends[e]] == a:
            own += 1
            begin = land.ends[e]
        elif chain.block[land.ends[e]] == b:
            other += 1
    if own == 0 or (own < other and _share(chain.source) * other >= own):
        return False
    # What is left of the block has to hang together: look from one neighbour for all the others.
    for w in range(chain.block.shape[0]):
        work.mark[w] = 0
    work.mark[v] = work.mark[begin] = 1
    work.nodes[0] = begin
    size, k, met = 1, 0, 1
    while k < size and met < own:
        for e in range(land.starts[work.nodes[k]], land.starts[work.nodes[k] + 1]):
            w = land.ends[e]
            if chain.block[w] == a and work.mark[w] == 0:
                work.mark[w] = 1
                work.nodes[size] = w
                size += 1
                for f in range(land.starts[v], land.starts[v + 1]):
                    if land.ends[f] == w:
                        met += 1
        k += 1
    if met < own:
        return False
    if land.flows.shape[0] > 0:
        for w in range(chain.block.shape[0]):
            if chain.block[w] == a:
                chain.inside[a] -= land.flows[v, w]
            elif chain.block[w] == b:
                chain.inside[b] += land.flows[v, w]
    chain.block[v] = b
    chain.people[a] -= people
    chain.people[b] += people
    chain.cut[0] += own - other
    return True


@compiled
def _keep(chain: Chain, work: Work, plan: NDArray[np.int32]) -> None:
    """Write the division down, its blocks numbered as the nodes meet them."""
    names = work.sums
    for b in range(chain.people.shape[0]):
        names[b] = -1
    met = 0
    for v in range(chain.block.shape[0]):
        b = chain.block[v]
        if names[b] < 0:
            names[b] = met
            met += 1
        plan[v] = names[b]


@compiled
def run(
    land: Land,
    rules: Rules,
    chain: Chain,
    work: Work,
    begin: int,
    end: int,
    every: int,
    plans: NDArray[np.int32],
    scores: Ints,
    tally: Ints,
) -> None:
    """
    Go on with a chain.

    Parameters
    ----------
    land, rules, chain, work
        Where it goes.
    begin, end
        Numbers of the first step, and of the one to stop before; below 0 steps are taken and not recorded.
    every
        Steps from one division kept to the next.
    plans
        Block of each node of the divisions kept, shape (n_kept, n_nodes); filled.
    scores
        After each step: cut edges, smallest and largest block [persons], commuters inside blocks [persons]; shape
        (n_steps, 4); filled.
    tally
        Steps recorded that took a new division, and trees drawn in them; added to.
    """
    for step in range(begin, end):
        taken, trees = _step(land, rules, chain, work)
        for _ in range(rules.flips):
            taken = _flip(land, rules, chain, work) or taken
        if step < 0:
            continue
        tally[0] += 1 if taken else 0
        tally[1] += trees
        smallest = largest = chain.people[0]
        inside = 0
        for b in range(chain.people.shape[0]):
            smallest = min(smallest, chain.people[b])
            largest = max(largest, chain.people[b])
            inside += chain.inside[b]
        scores[step, 0] = chain.cut[0]
        scores[step, 1] = smallest
        scores[step, 2] = largest
        scores[step, 3] = inside
        if (step + 1) % every == 0:
            _keep(chain, work, plans[step // every])


@compiled
def _excess(rules: Rules, people: int) -> int:
    """Return how many inhabitants a block has too few or too many."""
    return max(0, rules.least - people) + max(0, people - rules.most)


@compiled
def find_start(land: Land, rules: Rules, chain: Chain, work: Work, begin: int, end: int, heat: float) -> int:
    """
    Bring a division nearer to the bounds.

    Two blocks are recombined where that brings the inhabitants too few or too many down, or by chance a little up.

    Parameters
    ----------
    land, rules, chain, work
        Where from; the bounds of the rules need not hold.
    begin, end
        Numbers of the first step, and of the one to stop before; at 0 a first division is made.
    heat
        Inhabitants that the sum may rise by, more or less [persons].

    Returns
    -------
    Inhabitants too few or too many in all blocks together; 0 where the bounds hold, and the search ends.
    """
    blocks = chain.people.shape[0]
    if begin == 0:
        for v in range(chain.block.shape[0]):
            chain.block[v] = 0
        size = _gather(chain, work, 0, 0)
        _draw_tree(land, chain, work, size)
        for k in range(size):  # cut the tree above random nodes, one for each block but the first
            work.places[k] = k
        for b in range(1, blocks):
            k = b + _below(chain.source, size - b)
            work.places[b], work.places[k] = work.places[k], work.places[b]
        for b in range(1, blocks):
            chain.block[work.order[work.places[b]]] = b
        for k in range(1, size):
            v = work.order[k]
            if chain.block[v] == 0:
                chain.block[v] = chain.block[work.parent[v]]
        chain.people[:] = 0
        for v in range(chain.block.shape[0]):
            chain.people[chain.block[v]] += land.people[v]
    left = 0
    for b in range(blocks):
        left += _excess(rules, chain.people[b])
    for _ in range(begin, end):
        if left == 0:
            break
        a, b = _pick_pair(land, chain)
        size = _gather(chain, work, a, b)
        _draw_tree(land, chain, work, size)
        total = _sum_up(land, work, size)
        best, place, ties = 0, -1, 0
        for k in range(1, size):
            v = work.order[k]
            excess = _excess(rules, work.below[v]) + _excess(rules, total - work.below[v])
            if place < 0 or excess < best:
                best, place, ties = excess, v, 1
            elif excess == best:
                ties += 1
                if _below(chain.source, ties) == 0:
                    place = v
        change = best - _excess(rules, chain.people[a]) - _excess(rules, chain.people[b])
        if change > 0 and _share(chain.source) >= np.exp(-change / heat):
            continue
        left += change
        _part(work, size, place)
        chain.people[a], chain.people[b] = total - work.below[place], work.below[place]
        for k in range(size):
            v = work.nodes[k]
            chain.block[v] = b if work.side[v] == 1 else a
    return left


@compiled
def anneal(land: Land, rules: Rules, chain: Chain, work: Work, steps: int, heat: float, best: NDArray[np.int32]) -> int:
    """
    Look for fewer cut edges by recombination, as in simulated annealing.

    Parameters
    ----------
    land, rules, chain, work
        Where from; the bounds of the rules hold, and go on to hold.
    steps
        How many to take.
    heat
        Edges that a step may add, more or less.
    best
        Block of each node in the division with the fewest cut edges that was met; filled.

    Returns
    -------
    Its cut edges.
    """
    least = chain.cut[0]
    _keep(chain, work, best)
    for _ in range(steps):
        a, b = _pick_pair(land, chain)
        size = _gather(chain, work, a, b)
        places = total = 0
        for _ in range(20):
            _draw_tree(land, chain, work, size)
            total = _sum_up(land, work, size)
            places = _find_places(work, rules, size, total)
            if places > 0:
                break
        if places == 0:
            continue
        place = work.places[_below(chain.source, places)]
        _part(work, size, place)
        change = _change_of_cut(land, chain, work, size)
        if change > 0 and _share(chain.source) >= np.exp(-change / heat):
            continue
        chain.cut[0] += change
        chain.people[a], chain.people[b] = total - work.below[place], work.below[place]
        for k in range(size):
            v = work.nodes[k]
            chain.block[v] = b if work.side[v] == 1 else a
        if chain.cut[0] < least:
            least = chain.cut[0]
            _keep(chain, work, best)
    return int(least)
