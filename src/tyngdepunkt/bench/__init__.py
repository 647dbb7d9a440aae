"""
Benchmarks: work with a known answer, ours and a peer's in turn, in one run.

row : what a row is, and what measuring it gives
measuring : running a row and its peer in turn
registry : which rows there are, and where their data lie

Any other module here holds rows, in a tuple `ROWS`, and is found by itself. What a row imports, it imports when it
runs; a peer is never a dependency.
"""

from tyngdepunkt.bench.measuring import measure_row
from tyngdepunkt.bench.registry import choose_rows, default_data_folder, find_rows
from tyngdepunkt.bench.row import Measurement, Peer, Row, Verdict

__all__ = [
    "Measurement",
    "Peer",
    "Row",
    "Verdict",
    "choose_rows",
    "default_data_folder",
    "find_rows",
    "measure_row",
]
