"""
The whole space of plans: how many connected divisions of a graph there are, draws, the best, and where a plan stands.

graphs, bounds : what is divided, and how few and how many inhabitants a block may have
count : exact counts
diagram : every division with its rank; uniform draws
sample : draws and chains of recombinations, with diagnostics
scores, serving, diagnostics, standing : what divisions are scored by, how far to trust a sample, where a plan stands
divide : the division that cuts fewest edges, with proof
memory : what is said when there are too many
order, route, trial, layers, expansion, forward : how counting is done
chains, recombination : how chains are run
annealing, blocks, tolls, cutting : how the fewest cut edges are found
synthetic : made-up counties and countries, to measure by
"""

from tyngdepunkt.space.bounds import Bounds, within
from tyngdepunkt.space.chains import ChainRun, ChainTask, run_chain, run_chains
from tyngdepunkt.space.count import count_divisions, count_every
from tyngdepunkt.space.diagnostics import Diagnosis, diagnose
from tyngdepunkt.space.diagram import Space, build_space
from tyngdepunkt.space.divide import Clash, FewestCuts, NoDivision, divide_graph
from tyngdepunkt.space.graphs import Graph, graph_of, read_graph
from tyngdepunkt.space.memory import SpaceTooLargeError
from tyngdepunkt.space.sample import Method, Sample, sample_divisions
from tyngdepunkt.space.scores import score_divisions
from tyngdepunkt.space.serving import score_by_best_centres
from tyngdepunkt.space.standing import Standing, stand

__all__ = [
    "Bounds",
    "ChainRun",
    "ChainTask",
    "Clash",
    "Diagnosis",
    "FewestCuts",
    "Graph",
    "Method",
    "NoDivision",
    "Sample",
    "Space",
    "SpaceTooLargeError",
    "Standing",
    "build_space",
    "count_divisions",
    "count_every",
    "diagnose",
    "divide_graph",
    "graph_of",
    "read_graph",
    "run_chain",
    "run_chains",
    "sample_divisions",
    "score_by_best_centres",
    "score_divisions",
    "stand",
    "within",
]
