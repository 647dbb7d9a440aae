"""Settings are frozen and validated; ``study.toml`` is read with every fault told, and written with every meaning."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib

import pytest

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.study import SETTINGS, Settings, load_study
from tyngdepunkt.study.tomlfile import Heading, read_heading, write_heading

ALL_SET = Heading(
    name="vest",
    title="Vestre “del”",
    date=dt.date(2020, 1, 1),
    settings=Settings(
        blocks_floor=12_000,
        blocks_centres=3,
        objective="ties=1,access=0.002",
        seasonal=True,
        gravity_floor=30_000,
        gravity_functions=("hospital",),
        gravity_centres=2,
        tipping_cap_share=0.25,
        stability_resamples=50,
        seed=1,
    ),
)


def test_the_defaults_are_those_that_the_sources_give():
    assert Settings() == Settings(
        blocks_floor=15_000,
        blocks_centres=None,
        objective="ties",
        seasonal=False,
        gravity_floor=50_000,
        gravity_functions=("airport", "hospital", "college"),
        gravity_centres=None,
        tipping_cap_share=0.1,
        stability_resamples=None,
        seed=2017,
    )


def test_every_setting_has_meaning_range_and_source():
    assert {setting.name for setting in SETTINGS} == {field.name for field in dataclasses.fields(Settings)}
    assert all(setting.meaning and setting.range and setting.source for setting in SETTINGS)


def test_settings_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().seed = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    "wrong",
    [
        {"blocks_floor": -1},
        {"blocks_floor": 1.5},
        {"blocks_floor": True},
        {"blocks_centres": 0},
        {"objective": "happiness"},
        {"seasonal": 1},
        {"gravity_functions": ("hospital", "hospital")},
        {"gravity_functions": ["hospital"]},
        {"seed": "2017"},
        {"tipping_cap_share": -0.1},
        {"tipping_cap_share": "a tenth"},
        {"stability_resamples": -1},
    ],
)
def test_a_setting_out_of_range_is_refused(wrong):
    with pytest.raises(QuestionError, match=r"The setting \w+\.\w+ must be"):
        Settings(**wrong)


@pytest.mark.parametrize("heading", [Heading(), Heading(name="vest"), ALL_SET])
def test_what_is_written_is_read_again(heading):
    read, faults = read_heading(write_heading(heading).encode())

    assert faults == ()
    assert dataclasses.replace(read, places=None) == heading


def test_every_setting_stands_in_a_new_file_as_a_comment():
    text = write_heading(Heading())

    assert tomllib.loads(text) == {
        "blocks": {},
        "centres_of_gravity": {},
        "random": {},
        "stability": {},
        "tipping": {},
    }
    for setting in SETTINGS:
        assert re.search(rf"^# {setting.key} = ", text, flags=re.MULTILINE)
        assert setting.meaning.removesuffix(".") in text


@pytest.mark.parametrize(
    ("text", "row", "column", "problem", "mend"),
    [
        ("[blocks]\nflor = 1\n", 2, "blocks.flor", "no setting “flor below [blocks]”", "Write floor."),
        ("floor = 1\n", 1, "floor", "no setting “floor”", "Write floor below [blocks]."),
        ("[block]\nfloor = 1\n", 1, "block", "no setting “block”", "Write [blocks] on a line of its own"),
        ("titel = 'x'\n", 1, "titel", "no setting “titel”", "Write title."),
        ("\n[blocks]\nfloor = '15000'\n", 3, "blocks.floor", "“15000” will not do", "Write a whole number from 0"),
        ("[blocks]\nfloor = 15,000\n", 2, "", "cannot be read from here on: “floor = 15,000”", "figures without"),
        ("[blocks]\nseasonal = 1\n", 2, "blocks.seasonal", "“1” will not do", "Write true or false."),
        ("[blocks]\nobjective = 'tie'\n", 2, "blocks.objective", "“tie” will not do", 'Write "ties"'),
        ("date = '1.1.2017'\n", 1, "date", "“1.1.2017” will not do", "Write a date as 2017-01-01."),
        ("name = 3\n", 1, "name", "“3” will not do", "a text in quotation marks"),
        ("name = \n", 1, "", "cannot be read from here on", "Write name = value"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(county, text, row, column, problem, mend):
    fault = county.write("study.toml", text).fault()

    assert (fault.file, fault.row, fault.column) == ("study.toml", row, column)
    assert problem in fault.problem
    assert mend in fault.mend


def test_a_date_in_quotation_marks_will_do(county):
    assert load_study(county.write("study.toml", "date = '2017-01-01'\n").folder).date == dt.date(2017, 1, 1)


def test_more_centres_than_municipalities_are_told(county):
    fault = county.write("study.toml", "[blocks]\ncentres = 5\n").fault()

    assert (fault.row, fault.column) == (2, "blocks.centres")
    assert "more than the 4 municipalities" in fault.problem


def test_a_function_that_nobody_has_is_told_where_the_study_asks_for_it(full_county):
    fault = full_county.write("study.toml", "[centres_of_gravity]\nfunctions = ['hospital', 'airport']\n").fault()

    assert fault.column == "centres_of_gravity.functions"
    assert "“airport”" in fault.problem
    assert "Write one of hospital" in fault.mend


def test_a_study_without_the_file_has_the_folder_s_name_and_no_date(county):
    study = load_study(county.folder)

    assert (study.name, study.title, study.date, study.settings) == ("småland", "småland", None, Settings())
