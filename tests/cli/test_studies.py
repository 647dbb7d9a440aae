"""The commands for studies on disk."""

from __future__ import annotations

import csv
import io
import json


def test_a_study_without_faults_is_said_to_have_none(tyngdepunkt, county):
    said = tyngdepunkt("check", county)
    assert said.code == 0
    assert said.out.endswith("no faults.\n")
    assert tyngdepunkt("check", county, "--format", "json").json["faults"] == []


def test_the_shipped_study_has_no_faults(tyngdepunkt):
    assert tyngdepunkt("check").out == "more-og-romsdal-2017: no faults.\n"


def test_the_study_may_be_named_as_in_other_commands(tyngdepunkt, county, tmp_path):
    (county / "commuting.csv").unlink()
    said = tyngdepunkt("check", "--study", county)
    assert (said.code, said.out) == (1, tyngdepunkt("check", county).out)
    refused = tyngdepunkt("check", county, "--study", tmp_path)
    assert refused.code == 1
    assert "Give DIR or --study, not both" in refused.err


def test_a_file_that_is_read_and_not_listed_is_remarked_upon(tyngdepunkt, county):
    years = "".join(f"2016,{home},{home},9\n" for home in ("0301", "1101", "1102", "1103", "1104", "1105"))
    (county / "commuting_other_years.csv").write_text(f"year,home_id,work_id,commuters\n{years}", encoding="utf-8")
    assert tyngdepunkt("check", county, "--format", "json").json["remarks"] == []  # nothing is listed anywhere
    listed = [
        {"name": name, "path": f"{name}.csv"}
        for name in ("municipalities", "neighbours", "commuting", "travel_times", "functions", "reference_plans")
    ]
    (county / "datapackage.json").write_text(json.dumps({"resources": listed}), encoding="utf-8")
    said = tyngdepunkt("check", county, "--format", "json")
    assert (said.code, said.json["faults"]) == (0, [])
    [remark] = said.json["remarks"]
    assert remark["file"] == "commuting_other_years.csv"
    assert "Add the resource commuting_other_years" in remark["mend"]
    assert "no faults.\n" in (text := tyngdepunkt("check", county).out)
    assert "1 remark.\n  - commuting_other_years.csv: It is read" in text


def test_every_fault_is_listed_with_its_place_and_what_would_mend_it(tyngdepunkt, county):
    (county / "neighbours.csv").write_text(
        "a_id,b_id,link,seasonal\n0301,0301,land,0\n0301,9999,land,0\n0301,1101,road,2\n", encoding="utf-8"
    )
    said = tyngdepunkt("check", county, "--format", "json")
    assert said.code == 1
    faults = said.json["faults"]
    assert {fault["row"] for fault in faults if fault["file"] == "neighbours.csv"} >= {2, 3, 4}
    assert all(fault["problem"] and fault["mend"] for fault in faults)
    assert list(faults[0]) == ["file", "row", "column", "problem", "mend"]


def test_faults_as_csv_have_a_header_even_when_there_are_none(tyngdepunkt, county):
    assert tyngdepunkt("check", county, "--format", "csv").out == "file,row,column,problem,mend\n"
    (county / "commuting.csv").unlink()
    [fault] = csv.DictReader(io.StringIO(tyngdepunkt("check", county, "--format", "csv").out))
    assert fault["file"] == "commuting.csv"


def test_a_folder_that_is_not_there_is_named(tyngdepunkt, tmp_path):
    said = tyngdepunkt("check", tmp_path / "gone")
    assert said.code == 1
    assert "gone" in said.err


def test_a_copy_of_the_shipped_study_is_a_study(tyngdepunkt, tmp_path):
    said = tyngdepunkt("new", tmp_path / "mine", "--from", "more-og-romsdal-2017")
    assert (said.code, said.out) == (0, f"{tmp_path / 'mine'}\n")
    assert tyngdepunkt("check", tmp_path / "mine").code == 0


def test_a_new_study_is_never_laid_over_another(tyngdepunkt, county):
    said = tyngdepunkt("new", county)
    assert said.code == 1
    assert "not empty" in said.err
