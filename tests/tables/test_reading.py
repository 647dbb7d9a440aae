"""A file is read to a table with every fault on the way, and a table is written to the file that gives it back."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from tyngdepunkt.tables import TABLES, read_table, write_table
from tyngdepunkt.tables.quoting import join_words, nearest, quote

COMMUTING = TABLES["commuting"]
MUNICIPALITIES = TABLES["municipalities"]


def test_a_table_has_every_column_of_its_schema_in_its_type():
    reading = read_table(b"population,name,municipality_id\n600000,Oslo,0301\n", MUNICIPALITIES)

    assert reading.faults == ()
    assert reading.lines == (2,)
    assert list(reading.frame) == [column.name for column in MUNICIPALITIES.columns]
    row = reading.frame.iloc[0]
    assert (row["municipality_id"], row["population"], row["centre"]) == ("0301", 600_000, "")
    assert pd.isna(row["jobs"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_do_not_matter(end, mark):
    content = mark + end.join(["home_id,work_id,commuters", "1504,1531,7", ""]).encode()

    assert read_table(content, COMMUTING).faults == ()


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_told_once(separator):
    content = f"home_id{separator}work_id{separator}commuters\n1504{separator}1531{separator}7\n".encode()

    reading = read_table(content, COMMUTING)

    assert len(reading.faults) == 1
    assert reading.frame["commuters"].tolist() == [7]


def test_spaces_around_cells_do_not_matter():
    reading = read_table(b' home_id , "work_id",commuters\n 1504,\t1531 , "7"\n', COMMUTING)

    assert reading.faults == ()
    assert reading.frame.iloc[0].tolist() == ["1504", "1531", 7]


def test_columns_in_another_order_and_blank_columns_at_the_end_do_not_matter():
    assert read_table(b"commuters,work_id,home_id,,\n7,1531,1504,,\n", COMMUTING).faults == ()


def test_a_column_without_a_name_is_told_where_it_is_in_the_middle():
    (fault,) = read_table(b"home_id,,work_id,commuters\n1504,x,1531,7\n", COMMUTING).faults

    assert fault.problem == "Column 2 has no name."


def test_one_cell_has_one_fault():
    reading = read_table(b"home_id,work_id,commuters\n1504,1531,x\n1504,1532,\n1504,1533,-1\n", COMMUTING)

    assert [(fault.row, fault.column) for fault in reading.faults] == [
        (2, "commuters"),
        (3, "commuters"),
        (4, "commuters"),
    ]


def test_a_row_with_too_many_cells_has_one_fault():
    (fault,) = read_table(b"home_id,work_id,commuters\n1504,1531,x,y,z\n", COMMUTING).faults

    assert fault.problem == "The row has 5 cells and the header 3 cells."
    assert "quotation marks" in fault.mend


TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), exclude_characters="ÂÃâ\ufffd\ufeff"
    )
)


@settings(max_examples=30, deadline=None)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "from_id": TEXTS.filter(bool),
                "to_id": TEXTS.filter(bool),
                "minutes": st.floats(1e-9, 1e9),
                "basis": st.sampled_from(["stated", "estimated"]),
                "in_network": st.booleans(),
                "other_minutes": st.none() | st.floats(0.001, 1e6),
                "source": TEXTS,
                "note": TEXTS,
            }
        ),
        min_size=1,
    )
)
def test_a_table_that_is_written_is_read_as_the_same(rows):
    table = TABLES["travel_times"]
    blank = read_table(f"{table.header}\n".encode(), table).frame
    frame = pd.DataFrame(rows, columns=list(blank)).astype(blank.dtypes)

    reading = read_table(write_table(frame, table).encode(), table)

    assert reading.faults == ()
    pd.testing.assert_frame_equal(reading.frame, frame)


def test_columns_in_which_nothing_is_known_are_left_out_of_the_file():
    frame = read_table(b"municipality_id,name,population,jobs\n1504,B,1,\n1531,S,2,\n", MUNICIPALITIES).frame

    assert write_table(frame, MUNICIPALITIES) == "municipality_id,name,population\n1504,B,1\n1531,S,2\n"


def test_numbers_are_written_in_full_and_yes_and_no_as_1_and_0():
    table = TABLES["travel_times"]
    frame = read_table(
        b"from_id,to_id,minutes,basis,in_network\nA,B,0.0000125,stated,1\nA,C,40,stated,0\n", table
    ).frame

    assert write_table(frame, table).splitlines()[1:] == ["A,B,0.0000125,stated,1", "A,C,40,stated,0"]


def test_words_are_joined_as_one_says_them():
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words("abc") == "a, b and c"
    assert join_words("abcde", most=2) == "a, b and 3 more"
    assert join_words("abc", most=2) == "a, b and c"


def test_the_nearest_word_is_found_whatever_its_case_and_separators():
    assert nearest("Bridge/Tunnel", ["land", "bridge_tunnel"]) == "bridge_tunnel"
    assert nearest("xyz", ["land", "bridge_tunnel"]) is None


def test_a_quotation_is_one_line():
    assert quote("a\nb\x00") == "“a b\ufffd”"
