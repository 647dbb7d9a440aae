"""Studies on disk: a new one is empty and documented, a copy is the same, and nothing is written by halves."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tyngdepunkt.errors import SourceError, StudyError
from tyngdepunkt.study import SETTINGS, TABLES, check_study, load_study, new_study, save_study, saving
from tyngdepunkt.study.guide import FILE as GUIDE


def assert_same(one, other):
    assert list(one.tables) == list(other.tables)
    for name, frame in one.tables.items():
        pd.testing.assert_frame_equal(frame, other.tables[name])
    assert one.resources == other.resources
    assert one.boundaries == other.boundaries
    assert (one.name, one.title, one.date, one.settings) == (other.name, other.title, other.date, other.settings)


def test_a_saved_study_loads_as_the_same(full_county, tmp_path):
    full_county.write("study.toml", "title = 'Småland'\ndate = 2020-01-01\n[blocks]\nfloor = 3000\n")
    study = load_study(full_county.folder)

    saved = load_study(save_study(study, tmp_path / "saved"))

    assert saved.title == "Småland"
    for name, frame in study.tables.items():
        pd.testing.assert_frame_equal(frame, saved.tables[name])
    assert (saved.name, saved.date, saved.settings) == (study.name, study.date, study.settings)


def test_the_shipped_study_is_the_same_after_it_is_saved(shipped, tmp_path):
    assert_same(shipped, load_study(save_study(shipped, tmp_path / "saved")))


def test_saving_again_changes_no_byte(shipped, tmp_path):
    first = save_study(shipped, tmp_path / "first")
    second = save_study(load_study(first), tmp_path / "second")

    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_a_copy_of_the_shipped_study_is_the_same_and_without_a_fault(shipped, tmp_path):
    copy = new_study(tmp_path / "mine", from_study="more-og-romsdal-2017")

    assert check_study(copy) == ()
    assert_same(shipped, load_study(copy))
    assert load_study(copy).checksums == shipped.checksums


def test_a_study_of_one_s_own_can_be_copied_too(county, tmp_path):
    assert check_study(new_study(tmp_path / "copy", from_study=county.folder)) == ()


def test_a_study_with_faults_is_not_copied(county, tmp_path):
    county.replace("commuting.csv", "200", "-1")

    with pytest.raises(StudyError):
        new_study(tmp_path / "copy", from_study=county.folder)
    assert not (tmp_path / "copy").exists()


def test_a_new_study_says_plainly_which_tables_have_no_rows_yet(tmp_path):
    faults = check_study(new_study(tmp_path / "ny"))

    assert [fault.file for fault in faults] == ["commuting.csv", "municipalities.csv", "neighbours.csv"]
    assert all("no rows yet" in fault.problem for fault in faults)


def test_a_new_study_has_every_table_with_its_header_only(tmp_path):
    folder = new_study(tmp_path / "ny")

    for table in TABLES.values():
        text = (folder / table.file).read_text(encoding="utf-8")
        assert text == ",".join(column.name for column in table.columns) + "\n"


def test_a_new_study_explains_every_file_column_and_setting(tmp_path):
    folder = new_study(tmp_path / "ny")
    guide = (folder / GUIDE).read_text(encoding="utf-8")

    for table in TABLES.values():
        assert f"## {table.file}" in guide
        for column in table.columns:
            assert f"| `{column.name}` | {column.unit} | {column.meaning.replace('|', chr(92) + '|')} |" in guide
    for setting in SETTINGS:
        assert f"`{setting.place}`" in guide


def test_a_new_study_becomes_a_study_when_three_tables_are_filled_in(county, tmp_path):
    folder = new_study(tmp_path / "ny")
    for file in ("municipalities.csv", "neighbours.csv", "commuting.csv"):
        (folder / file).write_bytes((county.folder / file).read_bytes())

    assert check_study(folder) == ()
    assert set(load_study(folder).tables) == {"municipalities", "neighbours", "commuting"}


def test_a_new_study_states_a_schema_for_every_table(tmp_path):
    package = json.loads((new_study(tmp_path / "Ny studie") / "datapackage.json").read_text(encoding="utf-8"))

    assert package["name"] == "ny-studie"
    assert [resource["path"] for resource in package["resources"]] == [table.file for table in TABLES.values()]
    fields = package["resources"][0]["schema"]["fields"]
    assert fields[2]["description"] == "Inhabitants on the date of the study"
    assert fields[2]["unit"] == "persons"


def test_a_folder_that_is_not_empty_is_left_alone(county):
    before = sorted(path.name for path in county.folder.iterdir())

    with pytest.raises(SourceError, match="is not empty"):
        new_study(county.folder)
    assert sorted(path.name for path in county.folder.iterdir()) == before


def test_a_file_is_left_alone(county):
    with pytest.raises(SourceError, match="is a file"):
        new_study(county.folder / "commuting.csv")


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "empty").mkdir()

    assert (new_study(tmp_path / "empty") / "municipalities.csv").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_folders_on_the_way_are_made(tmp_path):
    assert new_study(tmp_path / "a" / "b" / "c").is_dir()


@pytest.mark.parametrize("there", [False, True])
def test_nothing_is_left_behind_where_writing_fails(tmp_path, monkeypatch, there):
    written = []

    def write_bytes(path, _):
        written.append(path)
        if len(written) > 3:
            raise OSError(28, "No space left on device")
        path.open("wb").close()

    if there:
        (tmp_path / "ny").mkdir()
    monkeypatch.setattr(saving.Path, "write_bytes", write_bytes)

    with pytest.raises(SourceError, match="no space left on device"):
        new_study(tmp_path / "ny")
    assert list(tmp_path.rglob("*")) == ([tmp_path / "ny"] if there else [])
