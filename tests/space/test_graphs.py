"""Reading a bare graph."""

from __future__ import annotations

import json

import pytest

from tests.space.conftest import grid
from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.space import Bounds, Graph, graph_of, read_graph, within


@pytest.fixture
def write(tmp_path):
    """Write a graph file."""

    def to_file(content):
        path = tmp_path / "graph.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return to_file


def test_a_graph_is_read_with_each_edge_once_and_other_keys_left_alone(write):
    graph = read_graph(write({"population": [3, 4.0, 5], "edges": [[1, 0], [0, 1], [1, 2]], "state": "ME"}))
    assert graph == Graph((3, 4, 5), ((0, 1), (1, 2)))
    assert graph.neighbours == ((1,), (0, 2), (1,))


def test_every_fault_of_a_graph_is_named(write):
    with pytest.raises(SourceError) as said:
        read_graph(write({"population": [3, -1, "many"], "edges": [[0, 0], [1, 3], [2], [0, 1]]}))
    text = str(said.value)
    assert "has 5 faults" in text
    assert "population[1] is -1: give a whole number, 0 or more." in text
    assert 'population[2] is "many"' in text
    assert "edges[0] is [0, 0]: a node is no neighbour of itself; leave it out." in text
    assert "edges[1] is [1, 3], but population has nodes 0 to 2 only" in text
    assert "edges[2] is [2]: give a pair of nodes" in text


def test_of_very_many_faults_the_first_are_named(write):
    with pytest.raises(SourceError, match=r"has 100 faults(.|\n)*and 88 more"):
        read_graph(write({"population": [-1] * 100, "edges": []}))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[1, 2", "is not valid JSON"),
        ("[1, 2]", "is no JSON object"),
        ({"population": [1]}, "is no graph"),
        ({"population": [], "edges": []}, "population is no list"),
        ({"population": [1], "edges": {}}, "edges is no list"),
    ],
)
def test_what_is_no_graph_is_refused(write, content, said):
    with pytest.raises(SourceError, match=said):
        read_graph(write(content))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"no file .*nowhere\.json: give the path of the graph"):
        read_graph(tmp_path / "nowhere.json")


def test_a_territory_becomes_a_graph_of_its_links_that_are_open_all_year(fiction):
    graph = graph_of(fiction)
    assert len(graph) == 8
    assert (2, 5) not in graph.edges
    assert (2, 5) in graph_of(fiction, seasonal=True).edges
    assert [len(part) for part in graph.parts] == [5, 2, 1]


def test_more_blocks_than_nodes_cannot_be_asked_for():
    with pytest.raises(QuestionError, match="9 nodes cannot be divided into 10 blocks: give 1 to 9"):
        grid(3, 3).check_blocks(10)


def test_a_deviation_allows_both_ends_and_no_more():
    assert within(0.25, blocks=5, total=100) == Bounds(15, 25)
    assert within(0.24, blocks=5, total=100) == Bounds(16, 24)


def test_a_deviation_is_taken_as_it_is_written():
    # 0.1 as a binary fraction is a little more than a tenth.
    assert within(0.1, blocks=1, total=10**17) == Bounds(9 * 10**16, 11 * 10**16)


def test_a_mean_is_not_rounded():
    assert within(0, blocks=3, total=100) == Bounds(34, 33)
    assert not within(0, blocks=3, total=100).allow(3, 100)


@pytest.mark.parametrize("deviation", [-0.1, "wide"])
def test_a_deviation_that_means_nothing_is_refused(deviation):
    with pytest.raises(QuestionError, match="give"):
        within(deviation, blocks=3, total=100)
