"""Outlines without a geometry library, on a county of squares."""

from __future__ import annotations

from tyngdepunkt.report.outlines import BorderKind, join_edges, read_outlines, trace_block

# Three squares in a row, and D, a square inside C:   A | B : C(D)   where : is indicative.
SQUARES = {"A": (0, 0, 2), "B": (2, 0, 2), "C": (4, 0, 3), "D": (5, 1, 1)}


def ring(x: float, y: float, size: float) -> list[list[float]]:
    """Return a square's ring, with the vertices in the middle of its sides too where the size is even."""
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def county() -> dict:
    """Return the squares as GeoJSON: C is taller than B, so that their border is a part of C's side."""
    rings = {name: [ring(*square)] for name, square in SQUARES.items()}
    rings["C"] = [[[4, 0], [7, 0], [7, 3], [4, 3], [4, 2], [4, 0]], ring(5, 1, 1)[::-1]]
    features = [
        {
            "type": "Feature",
            "properties": {"kind": "municipality", "municipality_id": name, "name": name, "source": "by hand"},
            "geometry": {"type": "Polygon", "coordinates": several},
        }
        for name, several in rings.items()
    ]
    drawn = {"type": "LineString", "coordinates": [[4, 2], [4, 0]]}
    sea = {"type": "MultiLineString", "coordinates": [[[2, 5], [2, 6]]]}
    properties = {"kind": "indicative_border", "a_id": "B", "b_id": "C", "method": "power diagram"}
    features.append({"type": "Feature", "properties": properties, "geometry": drawn})
    features.append(
        {"type": "Feature", "properties": {"kind": "sea_border", "a_id": "C", "b_id": "A"}, "geometry": sea}
    )
    features.append({"type": "Feature", "properties": {"kind": "lighthouse"}, "geometry": None})
    return {"type": "FeatureCollection", "features": features}


def kinds(outlines) -> dict[tuple[str, str], BorderKind]:
    """Return the kind of every border between two."""
    return {(border.a, border.b): border.kind for border in outlines.borders if border.b}


def test_an_edge_that_two_have_is_a_border_and_one_that_we_drew_is_indicative():
    assert kinds(read_outlines(county())) == {
        ("A", "B"): BorderKind.REAL,
        ("B", "C"): BorderKind.INDICATIVE,
        ("C", "D"): BorderKind.REAL,
        ("A", "C"): BorderKind.SEA,
    }


def test_an_edge_that_one_has_is_the_outer_border():
    outer = {border.a: border for border in read_outlines(county()).borders if border.kind is BorderKind.OUTER}

    assert sorted(outer) == ["A", "B", "C"]
    assert outer["A"].lines == (((2.0, 0.0), (0.0, 0.0), (0.0, 2.0), (2.0, 2.0)),)


def test_a_block_s_outline_is_what_is_left_without_the_edges_that_its_members_share():
    lines = trace_block(read_outlines(county()), ["A", "B"])

    assert len(lines) == 1
    assert lines[0][0] == lines[0][-1]
    assert set(lines[0]) == {(0, 0), (2, 0), (4, 0), (4, 2), (2, 2), (0, 2)}


def test_a_hole_in_a_block_is_a_ring_of_its_own_and_filling_it_closes_it():
    outlines = read_outlines(county())

    assert len(trace_block(outlines, ["C"])) == 2
    assert len(trace_block(outlines, ["C", "D"])) == 1


def test_only_borders_between_blocks_are_between_blocks():
    between = read_outlines(county()).between({"A": "one", "B": "one", "C": "two"})

    assert [(border.a, border.b) for border in between] == [("A", "C"), ("B", "C")]


def test_two_squares_that_meet_in_a_corner_are_closed_rings_both():
    edges = [
        tuple(sorted(pair))
        for square in (ring(0, 0, 1), ring(1, 1, 1))
        for pair in zip(map(tuple, square), map(tuple, square[1:]), strict=False)
    ]

    for line in join_edges(edges, rings=True):
        assert line[0] == line[-1]


def test_sources_are_told_once():
    assert read_outlines(county()).sources == ("by hand",)
