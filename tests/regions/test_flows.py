"""Tables of flows, from rows and from files."""

from __future__ import annotations

import gzip

import pytest

from tests.regions.conftest import flows
from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.regions import flows_of_territory, make_flows, read_flows


def write(tmp_path, text, name="flows.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def as_rows(table):
    return [
        (table.zones[i], table.zones[j], count)
        for i, j, count in zip(table.home.tolist(), table.work.tolist(), table.persons.tolist(), strict=True)
    ]


def test_ids_stay_text_with_their_leading_zeros(tmp_path):
    table = read_flows(write(tmp_path, "home,work,persons\n0301,0301,5\n0301,1101,2\n"))
    assert table.zones == ("0301", "1101")
    assert as_rows(table) == [("0301", "0301", 5), ("0301", "1101", 2)]


def test_the_first_three_columns_count_whatever_they_are_called(tmp_path):
    table = read_flows(write(tmp_path, "bosted;arbeidssted;antall;år\na;b;3;2017\nb;b;4.5;2017\n"))
    assert as_rows(table) == [("a", "b", 3), ("b", "b", 4.5)]


@pytest.mark.parametrize(
    "text",
    [
        "persons,home,work\n3,a,b\n5,b,b\n",
        "year;work_id;home_id;commuters\n2017;b;a;3\n2017;b;b;5\n",
        "Arbeidssted,antall,Bosted\nb,3,a\nb,5,b\n",
    ],
)
def test_columns_whose_names_are_known_may_stand_in_any_order(tmp_path, text):
    assert as_rows(read_flows(write(tmp_path, text))) == [("a", "b", 3), ("b", "b", 5)]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("persons,from,to", "persons where home is expected"),
        ("work,home,number", "work where home is expected and home where work is expected"),
        ("home,home_id,work,persons", "home_id where work is expected"),
    ],
)
def test_names_that_contradict_their_places_are_refused(tmp_path, header, said):
    with pytest.raises(SourceError, match=said):
        read_flows(write(tmp_path, f"{header}\n1,2,3,4\n"))


def test_a_packed_file_with_a_byte_order_mark_and_blank_lines_is_read(tmp_path):
    path = tmp_path / "flows.csv.gz"
    path.write_bytes(gzip.compress("home\twork\tpersons\r\n\r\nå\tå\t1\r\n".encode("utf-8-sig")))
    assert as_rows(read_flows(path)) == [("å", "å", 1)]


def test_a_pair_that_stands_twice_is_added_up_and_a_row_of_nobody_names_its_zones():
    table = make_flows(["b", "a", "b", "c"], ["a", "a", "a", "a"], [1, 2, 3, 0])
    assert table.zones == ("a", "b", "c")
    assert as_rows(table) == [("a", "a", 2), ("b", "a", 4)]
    assert table.residents.tolist() == [2, 4, 0]
    assert table.jobs.tolist() == [6, 0, 0]
    assert table.own.tolist() == [2, 0, 0]


def test_whole_numbers_are_put_in_order_as_numbers_and_other_ids_as_text():
    assert flows("10-9 1, 9-10 1, 2-2 1").zones == ("2", "9", "10")
    assert flows("k10-k9 1, k9-k10 1").zones == ("k10", "k9")


def test_the_internal_share_counts_those_who_stay_in_their_region(towns):
    labels = {"1": "west", "2": "west", "3": "west", "4": "east", "5": "east", "6": "east"}
    assert towns.internal_share(labels) == pytest.approx((354 - 5 - 4 - 6) / 354)
    assert towns.internal_share({"1": "west"}) == pytest.approx(90 / 354)


def test_every_fault_of_a_file_is_told_with_its_row(tmp_path):
    text = "home,work,persons\na,b,many\n,b,3\na,b\na,b,-1\na,b,nan\na,a,1\n"
    with pytest.raises(SourceError) as error:
        read_flows(write(tmp_path, text))
    said = str(error.value)
    assert "5 faults" in said
    for part in ("row 2, column persons: 'many'", "row 3, column home", "row 4: It has 2", "'-1'", "'nan'"):
        assert part in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "its first line has 0"),
        ("home,work\na,b\n", "at least three columns"),
        ("home,work,persons\n", "Nobody commutes"),
        ("home,work,persons\na,b,0\n", "Nobody commutes"),
        ("a,b,3\nb,a,2\nb,b,9\n", "Put a header on top"),
    ],
)
def test_a_file_that_is_no_flow_table_is_refused_with_what_to_mend(tmp_path, text, said):
    with pytest.raises(SourceError, match=said):
        read_flows(write(tmp_path, text))


def test_a_file_that_cannot_be_read_is_a_message_and_not_a_crash(tmp_path):
    (tmp_path / "latin.csv").write_bytes("home,work,persons\nÅ,Å,1\n".encode("latin-1"))
    (tmp_path / "packed.csv.gz").write_bytes(b"this is not packed")
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(b"home,work,persons\na,b,1\n" * 1000)[:40])
    for name, said in (
        ("latin.csv", "UTF-8"),
        ("packed.csv.gz", "cannot be read"),
        ("cut.csv.gz", "cannot be read"),
        ("missing.csv", "No such file"),
        (".", "cannot be read"),
    ):
        with pytest.raises(SourceError, match=said):
            read_flows(tmp_path / name)


def test_the_flows_of_a_study_are_its_commuters(fiction):
    table = flows_of_territory(fiction)
    assert ("B", "A", 60.0) in as_rows(table)
    assert table.total == fiction.commuters.sum()


def test_a_study_where_nobody_commutes_is_refused(fiction):
    fiction.commuters[:] = 0
    with pytest.raises(QuestionError, match="no commuters"):
        flows_of_territory(fiction)
