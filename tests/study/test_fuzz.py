"""Whatever the bytes, a fault is told and nothing is raised."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from tests.study.conftest import EXTRA, FILES, County
from tyngdepunkt.errors import Fault
from tyngdepunkt.tables import TABLES, read_table

PIECES = [
    "1504",
    "0301",
    "301",
    ",",
    ";",
    "\t",
    '"',
    "\n",
    "\r",
    "\r\n",
    "-",
    ".",
    "1,5",
    "ø",
    "\x00",
    "Ã¸",
    "∞",
    "¾",
    "٣",
    "|",
]
SOUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map(
    lambda pieces: "".join(pieces).encode("utf-8", "replace")
)
ALL = {**FILES, **EXTRA}
BYTES = st.binary(max_size=200) | SOUP

quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def assert_faults(faults):
    for fault in faults:
        assert isinstance(fault, Fault)
        assert fault.file
        assert fault.row >= 0
        assert fault.problem.endswith(".")
        assert fault.mend.endswith(".")
        assert "\n" not in str(fault)


@pytest.mark.parametrize("name", ["municipalities", "neighbours", "travel_times", "arrangements"])
@quick
@given(content=BYTES, with_header=st.booleans())
def test_reading_a_table_never_raises(name, content, with_header):
    table = TABLES[name]

    assert_faults(read_table(table.header.encode() * with_header + b"\n" + content, table).faults)


@quick
@given(
    file=st.sampled_from([*ALL, "study.toml", "datapackage.json", "boundaries.geojson"]),
    content=BYTES,
    keep=st.integers(0, 80),
)
@example(file="municipalities.csv", content=b"\n" + b"9" * 400 + b",a," + b"9" * 400 + b"\n", keep=36)
@example(file="commuting.csv", content=b'\n1504,0301,"' + b"9" * 400 + b',5"\n', keep=25)
@example(file="study.toml", content=b"[blocks]\nfloor = 0x" + b"f" * 9000, keep=0)
@example(
    file="datapackage.json", content=b'{"resources": [{"name": "commuting", "year": ' + b"9" * 4000 + b"}]}", keep=0
)
@example(file="boundaries.geojson", content=b"[" * 99_999, keep=0)
def test_checking_a_study_never_raises(county, file, content, keep):
    whole = ALL.get(file, "").encode()
    check_with(county, file, whole[:keep] + content)


@quick
@given(data=st.data())
def test_a_slip_in_any_cell_never_raises(county, data):
    file = data.draw(st.sampled_from(list(ALL)))
    lines = ALL[file].splitlines()
    row = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[row].split(",")
    cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(st.sampled_from(PIECES) | st.text(max_size=4))
    lines[row] = ",".join(cells)
    check_with(county, file, "\n".join(lines).encode("utf-8", "replace"))


def check_with(county: County, file: str, content: bytes) -> None:
    """Check the small county with one file added or broken, and put it back as it was."""
    county.write(file, content)
    try:
        assert_faults(county.faults())
    finally:
        (county.folder / file).unlink()
        if file in FILES:
            county.write(file, FILES[file])
