"""
Benchmarks: work with a known answer, ours and a peer's in turn, in one run.

row : what a row is, and what measuring it gives
measuring : running a row and its peer in turn
registry : which rows there are, and where their data lie
plain : the solver alone, which is a peer that is always at hand

Any other module here holds rows, in a tuple `ROWS`, and is found by itself. What a row imports, it imports when it
runs; a peer is never a dependency.
"""

from tyngdepunkt.bench.measuring import measure_row, processor_seconds
from tyngdepunkt.bench.registry import choose_rows, default_data_folder, find_rows
from tyngdepunkt.bench.row import Measurement, Peer, Reached, Row, Verdict

__all__ = [
    "Measurement",
    "Peer",
    "Reached",
    "Row",
    "Verdict",
    "choose_rows",
    "default_data_folder",
    "find_rows",
    "measure_row",
    "processor_seconds",
]
