"""What is wrong with a study is told in full: file, row, column, problem, mend."""

from __future__ import annotations

import pytest

from tests.study.conftest import EXTRA
from tyngdepunkt.errors import SourceError, StudyError
from tyngdepunkt.study import check_study, load_study


def place(fault):
    return fault.file, fault.row, fault.column


def test_a_county_with_three_tables_is_fine(county):
    assert county.faults() == ()


def test_a_county_with_every_table_is_fine(full_county):
    assert full_county.faults() == ()


# Ids


def test_an_id_that_lost_its_leading_zero_is_told_with_the_id_it_should_be(county):
    fault = county.replace("municipalities.csv", "0301,", "301,").fault()

    assert place(fault) == ("municipalities.csv", 2, "municipality_id")
    assert "lost its leading zero" in fault.problem
    assert "Write 0301" in fault.mend


def test_a_lost_zero_in_the_list_of_municipalities_is_not_told_again_by_tables_that_kept_it(full_county):
    assert len(full_county.replace("municipalities.csv", "0301,", "301,").faults()) == 1


def test_a_lost_zero_is_found_where_every_id_lost_it(tmp_path):
    (tmp_path / "municipalities.csv").write_text("municipality_id,name,population\n301,A,5\n302,B,6\n")
    (tmp_path / "neighbours.csv").write_text("a_id,b_id,link,seasonal\n301,302,land,0\n")
    (tmp_path / "commuting.csv").write_text("home_id,work_id,commuters\n301,302,1\n")

    found = check_study(tmp_path)

    assert {(fault.file, fault.row) for fault in found} == {
        ("municipalities.csv", 2),
        ("municipalities.csv", 3),
        ("neighbours.csv", 2),
        ("commuting.csv", 2),
    }
    assert all("lost its leading zero" in fault.problem for fault in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column"),
    [
        ("neighbours.csv", "0301,1504", "301,1504", 2, "a_id"),
        ("commuting.csv", "1504,0301", "1504,301", 3, "work_id"),
        ("travel_times.csv", "0301,1504", "301,1504", 2, "from_id"),
        ("commuting_other_years.csv", "2018,0301", "2018,301", 2, "home_id"),
        ("functions.csv", "0301", "301", 2, "municipality_id"),
        ("divisions.csv", "0301", "301", 2, "municipality_id"),
        ("reference_plans.csv", "0301", "301", 2, "municipality_id"),
        ("arrangements.csv", "2013,0301", "2013,301", 2, "host_id"),
        ("participants.csv", "0301", "301", 2, "municipality_id"),
        ("arrangement_controls.csv", "0301", "301", 2, "municipality_id"),
        ("staffing.csv", "0301", "301", 2, "municipality_id"),
    ],
)
def test_a_lost_zero_is_found_in_every_table(county, file, old, new, row, column):
    if file in EXTRA:
        county.write(file, EXTRA[file])

    fault = county.replace(file, old, new).fault()

    assert place(fault) == (file, row, column)
    assert fault.mend == "Write 0301."


@pytest.mark.parametrize(
    ("file", "line", "column"),
    [
        ("neighbours.csv", "1504,9999,land,0", "b_id"),
        ("commuting.csv", "9999,1504,3", "home_id"),
        ("travel_times.csv", "1504,9999,10,stated,1", "to_id"),
        ("commuting_other_years.csv", "2018,9999,0301,4", "home_id"),
        ("functions.csv", "9999,airport,X", "municipality_id"),
        ("divisions.csv", "Police,9999,North", "municipality_id"),
        ("reference_plans.csv", "old,9999,A", "municipality_id"),
        ("arrangements.csv", "X3,Water,water,2018,9999,,", "host_id"),
        ("participants.csv", "X1,9999,stated", "municipality_id"),
        ("arrangement_controls.csv", "9999,2013,all,3", "municipality_id"),
        ("staffing.csv", "9999,fire,persons,2018,1", "municipality_id"),
    ],
)
def test_an_unknown_id_is_found_in_every_table(county, file, line, column):
    if file in EXTRA:
        county.write(file, EXTRA[file])

    fault = county.add(file, line).fault()

    assert (fault.file, fault.column) == (file, column)
    assert "“9999” is not in municipalities.csv" in fault.problem
    assert "take the row out" in fault.mend


def test_ids_of_agencies_and_arrangements_are_checked_too(full_county):
    full_county.add("divisions.csv", "Polise,1532,South").add("participants.csv", "X9,0301,stated")
    full_county.replace("arrangements.csv", "0301,X1,", "0301,X1|X7,")

    told = {place(fault): fault for fault in full_county.faults()}

    assert set(told) == {
        ("arrangements.csv", 3, "replaces"),
        ("divisions.csv", 5, "agency"),
        ("participants.csv", 5, "arrangement_id"),
    }
    assert "Police" in told["divisions.csv", 5, "agency"].mend


def test_an_id_that_a_spreadsheet_made_a_decimal_number_is_told(county):
    fault = county.replace("commuting.csv", "1531,1504", "1531,1504.0").fault()

    assert place(fault) == ("commuting.csv", 5, "work_id")
    assert "saved as a number with decimals" in fault.problem
    assert fault.mend == "Write 1504."


@pytest.mark.parametrize(
    "cell", ["1504 Bø", "K-1504", "K_1504 Bø (-2019)", "'1504", "15 04", '"=""1504"""', "01504", "bø"]
)
def test_what_stands_around_an_id_is_told_with_the_id_alone(county, cell):
    fault = county.replace("commuting.csv", "1531,1504", f"1531,{cell}").fault()

    assert place(fault) == ("commuting.csv", 5, "work_id")
    assert fault.mend == "Write 1504."


def test_one_number_that_is_too_long_does_not_make_the_others_too_short(county):
    county.replace("municipalities.csv", "1532,Ytre", "15320,Ytre")

    assert {(fault.file, fault.row) for fault in county.faults()} == {
        ("commuting.csv", 0),
        ("commuting.csv", 6),
        ("neighbours.csv", 0),
        ("neighbours.csv", 4),
    }


def test_an_id_that_is_unknown_throughout_is_told_once_with_the_number_of_rows(county):
    county.write(
        "commuting.csv",
        (county.folder / "commuting.csv").read_text() + "".join(f"9999,{i},1\n" for i in range(9000, 9007)),
    )

    told = [fault for fault in county.faults() if fault.column == "home_id"]

    assert [(fault.row, fault.problem) for fault in told] == [
        (7, "“9999” is not in municipalities.csv, here and in 6 more rows.")
    ]


def test_a_name_in_place_of_an_id_is_told_with_the_id(county):
    fault = county.replace("commuting.csv", "1531,1504", "Sørøya,1504").fault()

    assert place(fault) == ("commuting.csv", 5, "home_id")
    assert fault.mend == "Write 1531."


# Pairs and keys


def test_a_neighbour_pair_with_itself_is_told(county):
    fault = county.add("neighbours.csv", "1504,1504,land,0").fault()

    assert place(fault) == ("neighbours.csv", 6, "b_id")
    assert "1504 Bø is paired with itself" in fault.problem


def test_a_travel_time_to_oneself_is_told(full_county):
    assert place(full_county.add("travel_times.csv", "1504,1504,3,stated,1").fault()) == (
        "travel_times.csv",
        5,
        "to_id",
    )


def test_those_who_work_at_home_are_no_fault(county):
    assert county.add("commuting.csv", "1531,1531,300").faults() == ()


def test_two_rows_for_one_municipality_are_told(county):
    fault = county.add("municipalities.csv", "1504,Bø,4100").fault()

    assert place(fault) == ("municipalities.csv", 6, "municipality_id")
    assert "already, in row 3" in fault.problem
    assert fault.mend == "Delete the row that is wrong."


def test_two_rows_for_one_flow_are_told(county):
    fault = county.add("commuting.csv", "1531,1504,200").fault()

    assert place(fault) == ("commuting.csv", 7, "")
    assert "already, in row 5" in fault.problem
    assert fault.mend == "Delete this row: the two are the same."


def test_flows_there_and_back_are_two(county):
    assert county.add("commuting.csv", "1504,1531,7").faults() == ()


def test_a_border_given_from_both_sides_is_told(county):
    fault = county.add("neighbours.csv", "1531,1504,land,0").fault()

    assert place(fault) == ("neighbours.csv", 6, "")
    assert "already, in row 3, the other way round" in fault.problem


def test_times_there_and_back_may_differ(full_county):
    assert full_county.add("travel_times.csv", "1504,0301,35,stated,1").faults() == ()


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("travel_times.csv", "0301,1504,31,stated,1"),
        ("commuting_other_years.csv", "2018,0301,0301,9"),
        ("functions.csv", "0301,hospital,Åsvik sykehus"),
        ("agencies.csv", "Police,local,2018"),
        ("divisions.csv", "Police,0301,South"),
        ("reference_plans.csv", "old,0301,B"),
        ("arrangements.csv", "X1,Water,water,2018,,,"),
        ("participants.csv", "X1,0301,stated"),
        ("arrangement_controls.csv", "0301,2013,all,8"),
        ("task_participation.csv", "Fire,2013,3,"),
        ("task_needs.csv", "fire,1,the act"),
        ("staffing.csv", "0301,fire,persons,2018,4"),
    ],
)
def test_two_rows_for_one_key_are_told_in_every_table(county, file, line):
    if file in EXTRA:
        county.write(file, EXTRA[file])

    fault = county.add(file, line).fault()

    assert fault.file == file
    assert "already, in row 2" in fault.problem


# Completeness and connection


def test_a_municipality_without_borders_is_told_once(county):
    county.add("municipalities.csv", "1547,Utvær,300").add("commuting.csv", "1547,1504,9")

    fault = county.fault()

    assert place(fault) == ("neighbours.csv", 0, "")
    assert "1547 Utvær is in no row of neighbours.csv" in fault.problem


def test_a_municipality_without_commuters_is_told(county):
    county.add("municipalities.csv", "1547,Utvær,300").add("neighbours.csv", "1532,1547,boat,0")

    fault = county.fault()

    assert place(fault) == ("commuting.csv", 0, "")
    assert "1547 Utvær" in fault.problem
    assert "work at home" in fault.mend


def test_many_municipalities_without_commuters_are_told_together(county):
    more = range(1601, 1607)
    for each in more:
        county.add("municipalities.csv", f"{each},Ø{each},10").add("neighbours.csv", f"1532,{each},boat,0")

    fault = county.fault()

    assert fault.problem.startswith("1601 Ø1601, 1602 Ø1602,")
    assert fault.problem.endswith("1605 Ø1605 and 1606 Ø1606 are in no row of commuting.csv.")


def test_a_part_without_a_link_is_named_with_the_border_that_could_have_one(county):
    fault = county.replace("neighbours.csv", "1504,1531,bridge_tunnel", "1504,1531,none").fault()

    assert place(fault) == ("neighbours.csv", 0, "link")
    assert fault.problem == "1531 Sørøya and 1532 Ytre have no year-round link to the other 2 municipalities."
    assert "Bø–Sørøya (row 3)" in fault.mend
    assert "Åsvik–Sørøya (row 5)" in fault.mend


def test_a_link_closed_in_winter_does_not_hold_a_county_together(county):
    fault = county.replace("neighbours.csv", "1531,1532,ferry,0", "1531,1532,ferry,1").fault()

    assert fault.problem == "1532 Ytre has no year-round link to the other 3 municipalities."
    assert "Sørøya–Ytre (row 4) is open all year" in fault.mend


def test_a_link_closed_in_winter_holds_where_the_study_says_so(county):
    county.replace("neighbours.csv", "1531,1532,ferry,0", "1531,1532,ferry,1")

    assert county.write("study.toml", "[blocks]\nseasonal = true\n").faults() == ()


def test_a_county_of_one_municipality_has_no_borders_to_tell_of(tmp_path):
    (tmp_path / "municipalities.csv").write_text("municipality_id,name,population\n0301,A,5\n")
    (tmp_path / "neighbours.csv").write_text("a_id,b_id,link,seasonal\n")
    (tmp_path / "commuting.csv").write_text("home_id,work_id,commuters\n0301,0301,1\n")

    assert check_study(tmp_path) == ()


def test_a_linked_pair_without_a_travel_time_is_told_with_the_row_to_add(full_county):
    fault = full_county.replace("travel_times.csv", "1504,1531,12.5,estimated,1\n", "").fault()

    assert place(fault) == ("travel_times.csv", 0, "minutes")
    assert "1504 Bø and 1531 Sørøya are linked" in fault.problem
    assert "Add a row 1504,1531" in fault.mend


def test_a_border_without_a_link_needs_no_travel_time(full_county):
    assert not any("1531 Sørøya" in fault.problem for fault in full_county.faults())


def test_a_plan_that_leaves_a_municipality_out_is_told(full_county):
    fault = full_county.replace("reference_plans.csv", "old,1532,B\n", "").fault()

    assert place(fault) == ("reference_plans.csv", 0, "municipality_id")
    assert "“old” leaves out 1532 Ytre" in fault.problem


def test_a_year_that_leaves_a_municipality_out_is_told(full_county):
    fault = full_county.replace("commuting_other_years.csv", "2018,1532,1531,45\n", "").fault()

    assert place(fault) == ("commuting_other_years.csv", 0, "year")
    assert "The year 2018 leaves out 1532 Ytre" in fault.problem


# Cells


@pytest.mark.parametrize(
    ("cell", "problem", "mend"),
    [
        ("-3", "-3 is less than 0", "Write 0 persons or more."),
        ("200.5", "“200.5” is not a whole number of persons", "Write 200 or 201."),
        ("200.0", "“200.0” is not a whole number of persons", "Write 200."),
        ('"200,5"', "has a decimal comma", "Write 200 or 201."),
        ("", "The cell is blank", "Fill it in: employed persons, such as 2364."),
        ("many", "“many” is not a number", "Write a whole number [persons], such as 2364."),
        (":", "marks a suppressed figure", "Decide on a figure"),
    ],
)
def test_commuters_that_are_no_number_of_persons_are_told(county, cell, problem, mend):
    fault = county.replace("commuting.csv", "1531,1504,200", f"1531,1504,{cell}").fault()

    assert place(fault) == ("commuting.csv", 5, "commuters")
    assert problem in fault.problem
    assert mend in fault.mend


def test_a_decimal_comma_is_told_with_the_number_to_write(full_county):
    fault = full_county.replace("travel_times.csv", "12.5", '"12,5"').fault()

    assert place(fault) == ("travel_times.csv", 3, "minutes")
    assert fault.problem == "“12,5” has a decimal comma."
    assert fault.mend == "Write 12.5."


def test_a_decimal_comma_that_splits_a_row_is_told(full_county):
    fault = full_county.replace("travel_times.csv", "12.5", "12,5").fault()

    assert place(fault) == ("travel_times.csv", 3, "")
    assert "The row has 6 cells and the header 5 cells" in fault.problem
    assert "If 12,5 is one number, write 12.5" in fault.mend


def test_an_unknown_kind_of_link_is_told_with_the_nearest(county):
    fault = county.replace("neighbours.csv", "bridge_tunnel", "Bridge/Tunnel").fault()

    assert place(fault) == ("neighbours.csv", 3, "link")
    assert "“Bridge/Tunnel” is not one of land, bridge_tunnel, ferry, boat or none" in fault.problem
    assert fault.mend == "Write bridge_tunnel."


# Files


def test_a_missing_table_that_a_study_cannot_be_without_is_told(county):
    fault = county.delete("commuting.csv").fault()

    assert place(fault) == ("commuting.csv", 0, "")
    assert fault.problem == "The file is missing."
    assert "home_id, work_id, commuters" in fault.mend


def test_a_workbook_in_place_of_a_table_is_told_with_what_to_do(county):
    fault = county.delete("commuting.csv").write("Commuting.xlsx", b"PK\x03\x04").fault()

    assert "“Commuting.xlsx” is there" in fault.problem
    assert fault.mend == "Save it as “CSV UTF-8” and call it commuting.csv."


def test_a_workbook_that_is_called_csv_is_told(county):
    fault = county.write("commuting.csv", b"PK\x03\x04\x14\x00").fault()

    assert "spreadsheet workbook" in fault.problem
    assert "CSV UTF-8" in fault.mend


def test_a_misspelt_file_is_told_with_its_right_name(county):
    fault = county.write("travel_time.csv", "a,b\n").fault()

    assert place(fault) == ("travel_times.csv", 0, "")
    assert "Rename it to travel_times.csv" in fault.mend


def test_a_folder_in_place_of_a_table_is_told(county):
    (county.delete("commuting.csv").folder / "commuting.csv").mkdir()

    fault = county.fault()

    assert place(fault) == ("commuting.csv", 0, "")
    assert "cannot be opened" in fault.problem


def test_files_of_others_are_left_alone(county):
    assert county.write("notes.txt", "x").write("map.png", b"\x89PNG").write("old.csv", "?").faults() == ()


def test_an_empty_file_is_told_with_its_header(county):
    fault = county.write("commuting.csv", "").fault()

    assert place(fault) == ("commuting.csv", 0, "")
    assert fault.problem == "The file is empty."
    assert "home_id,work_id,commuters" in fault.mend


def test_a_table_without_rows_is_told_where_a_study_cannot_be_without_it(county):
    fault = county.write("commuting.csv", "home_id,work_id,commuters\n").fault()

    assert "no rows yet" in fault.problem


def test_a_table_without_rows_counts_as_missing_where_a_study_can(county):
    county.write("travel_times.csv", "from_id,to_id,minutes,basis,in_network\n")

    assert county.faults() == ()
    assert "travel_times" not in load_study(county.folder).tables


def test_a_latin_1_file_is_told_once_and_read_all_the_same(county):
    text = (county.folder / "municipalities.csv").read_text(encoding="utf-8").replace("4000", "4000,5")

    faults = county.write("municipalities.csv", text.encode("latin-1")).faults()

    assert [place(fault) for fault in faults] == [("municipalities.csv", 2, ""), ("municipalities.csv", 3, "")]
    assert "as “Åsvik” shows, as Latin-1" in faults[0].problem
    assert "CSV UTF-8" in faults[0].mend


def test_a_file_in_utf_16_is_told(county):
    text = (county.folder / "municipalities.csv").read_text(encoding="utf-8")

    assert "UTF-16" in county.write("municipalities.csv", text.encode("utf-16")).fault().problem


def test_a_byte_order_mark_is_no_fault(county):
    text = (county.folder / "municipalities.csv").read_bytes()

    assert county.write("municipalities.csv", b"\xef\xbb\xbf" + text).faults() == ()


def test_letters_broken_on_the_way_are_told_with_what_they_were(county):
    fault = county.replace("municipalities.csv", "Bø", "BÃ¸").fault()

    assert place(fault) == ("municipalities.csv", 3, "name")
    assert fault.mend == "Write Bø."


def test_semicolons_are_told_and_the_cells_read_all_the_same(county):
    text = (county.folder / "commuting.csv").read_text(encoding="utf-8").replace(",", ";").replace("200", "-200")

    faults = county.write("commuting.csv", text).faults()

    assert [place(fault) for fault in faults] == [("commuting.csv", 1, ""), ("commuting.csv", 5, "commuters")]
    assert "separated by semicolons, not by commas" in faults[0].problem


def test_a_line_for_excel_is_told(county):
    text = (county.folder / "commuting.csv").read_text(encoding="utf-8")

    fault = county.write("commuting.csv", "sep=,\n" + text).fault()

    assert place(fault) == ("commuting.csv", 1, "")
    assert "Delete the line" in fault.mend


def test_a_quotation_mark_that_is_not_closed_is_told_and_the_rest_read(county):
    county.replace("commuting.csv", "1504,0301,300", '1504,"0301,300').replace(
        "commuting.csv", "1532,1531,40", "1532,1531,-40"
    )

    faults = county.faults()

    assert [place(fault) for fault in faults] == [("commuting.csv", 3, ""), ("commuting.csv", 6, "commuters")]
    assert "quotation mark" in faults[0].problem


def test_rows_are_counted_as_an_editor_does(county):
    text = 'municipality_id,name,population\n\n0301,"Åsvik\nnorth",9000\n\n1504,Bø,\n1531,Sørøya,2000\n1532,Ytre,500\n'

    assert place(county.write("municipalities.csv", text).fault()) == ("municipalities.csv", 6, "population")


def test_a_row_that_is_too_short_is_told_with_what_it_lacks(county):
    fault = county.replace("commuting.csv", "1531,1504,200", "1531,1504").fault()

    assert place(fault) == ("commuting.csv", 5, "")
    assert "The row has 2 cells and the header 3 cells" in fault.problem
    assert "commuters" in fault.mend


def test_blank_rows_and_blank_cells_at_the_end_are_no_fault(county):
    text = (county.folder / "commuting.csv").read_text(encoding="utf-8").replace("\n", ",,\r\n") + ",,,,\n\n"

    assert county.write("commuting.csv", text).faults() == ()


# Headers


def test_a_misspelt_column_is_told_with_its_right_name_and_read_all_the_same(county):
    county.replace("commuting.csv", "commuters", "Comuters").replace("commuting.csv", "1531,1504,200", "1531,1504,x")

    faults = county.faults()

    assert [place(fault) for fault in faults] == [("commuting.csv", 1, "Comuters"), ("commuting.csv", 5, "commuters")]
    assert faults[0].mend == "Rename it to commuters."


def test_a_column_under_a_norwegian_name_is_understood(county):
    assert county.replace("municipalities.csv", "population", "Folketall").fault().mend == "Rename it to population."


def test_a_missing_column_is_told_with_what_it_should_hold(county):
    text = "".join(
        line.rpartition(",")[0] + "\n" for line in (county.folder / "neighbours.csv").read_text().splitlines()
    )

    fault = county.write("neighbours.csv", text).fault()

    assert place(fault) == ("neighbours.csv", 1, "seasonal")
    assert "closed for part of the year" in fault.mend


def test_a_table_without_its_key_is_told_of_the_key_only(county):
    faults = county.replace("commuting.csv", "home_id,work_id", "xx,yy").faults()

    assert {fault.column for fault in faults} == {"xx", "yy", "home_id", "work_id"}


def test_an_unknown_column_is_told_with_those_that_the_table_knows(county):
    county.replace("commuting.csv", "commuters\n", "commuters,xyzzy\n")
    county.write(
        "commuting.csv",
        (county.folder / "commuting.csv").read_text().replace("00\n", "00,1\n").replace("40\n", "40,1\n"),
    )

    fault = county.fault()

    assert place(fault) == ("commuting.csv", 1, "xyzzy")
    assert "home_id, work_id or commuters" in fault.mend


def test_a_column_that_is_there_twice_is_told(county):
    fault = county.write("commuting.csv", "home_id,work_id,commuters,commuters\n0301,1504,1,1\n1531,1532,1,1\n").fault()

    assert fault.problem == "Two columns are called commuters."


def test_a_missing_header_is_told_once(county):
    fault = county.replace("commuting.csv", "home_id,work_id,commuters\n", "").fault()

    assert place(fault) == ("commuting.csv", 1, "")
    assert "holds none of the table's column names" in fault.problem
    assert fault.mend == "Let the first row be home_id,work_id,commuters."


# All at once


def test_every_fault_comes_at_once_and_in_order(full_county):
    full_county.replace("municipalities.csv", "0301,", "301,").replace("travel_times.csv", "12.5", "0")
    full_county.replace("commuting.csv", "1531,1504,200", "1531,1505,-1").add("neighbours.csv", "1504,1504,road,2")

    faults = full_county.faults()

    assert list(faults) == sorted(faults)
    assert [place(fault) for fault in faults] == [
        ("commuting.csv", 5, "commuters"),
        ("commuting.csv", 5, "work_id"),
        ("municipalities.csv", 2, "municipality_id"),
        ("neighbours.csv", 6, "b_id"),
        ("neighbours.csv", 6, "link"),
        ("neighbours.csv", 6, "seasonal"),
        ("travel_times.csv", 3, "minutes"),
    ]


def test_every_fault_is_a_sentence_with_a_mend_in_our_own_words(full_county):
    full_county.write("municipalities.csv", "id;navn;folketall\n301;Ã\x85;1,5\n;;-1\n")

    for fault in full_county.faults():
        assert fault.problem.endswith(".")
        assert fault.mend.endswith(".")
        for leaked in ("Check", "Series", "dtype", "NaN", "<NA>", "None", "greater_than", "str_length"):
            assert leaked not in str(fault)


def test_loading_raises_every_fault_at_once(county):
    county.replace("commuting.csv", "200", "-1").replace("commuting.csv", "300", "-2")

    with pytest.raises(StudyError) as caught:
        load_study(county.folder)

    assert caught.value.faults == county.faults()
    assert len(caught.value.faults) == 2


def test_a_folder_that_is_not_there_is_no_study(tmp_path):
    with pytest.raises(SourceError, match="more-og-romsdal-2017"):
        check_study(tmp_path / "nowhere")


def test_a_file_is_no_study(county):
    with pytest.raises(SourceError, match=r"give the folder"):
        load_study(county.folder / "commuting.csv")
