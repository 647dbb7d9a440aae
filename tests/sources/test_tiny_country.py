"""A tiny country becomes a study: every figure can be worked out by hand."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from tests.sources.conftest import COMMUTING, LAND, POPULATION, outlines, pack
from tyngdepunkt.cli.app import app
from tyngdepunkt.cli.guard import run_guarded
from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.model import LinkKind
from tyngdepunkt.study import check_study, count_links_from_map, load_study, new_study_from_tables, saving
from tyngdepunkt.texts.shipped import given_text


def rows(study, table, *columns):
    return list(study.table(table)[list(columns)].itertuples(index=False, name=None))


@pytest.fixture
def country(tables, tmp_path):
    return load_study(new_study_from_tables(tmp_path / "country", tables, year=2017))


@pytest.fixture
def inland(tables, tmp_path):
    return load_study(new_study_from_tables(tmp_path / "inland", tables, year=2017, county="01"))


def test_a_study_has_no_faults_and_says_what_it_is(country):
    assert check_study(country.folder) == ()
    assert (country.name, country.title) == ("country", "Norway, 4 municipalities, 2017")
    assert country.date == dt.date(2017, 1, 1)
    assert set(country.tables) == {"municipalities", "neighbours", "commuting", "commuting_other_years"}


def test_employed_and_jobs_are_sums_of_rows_and_columns(country):
    assert rows(country, "municipalities", "municipality_id", "name", "population", "employed_residents", "jobs") == [
        ("0101", "Åsvik", 2000, 900, 943),
        ("0102", "Bø", 800, 340, 307),
        ("0103", "Øyane", 300, 87, 80),
        ("0201", "Ytre", 200, 63, 60),
    ]


def test_years_with_the_same_municipalities_are_carried_over_with_their_source(tables, tmp_path):
    pack(tables, 2019, COMMUTING.replace("0102,0101,40", "0102,0101,44"))
    study = load_study(new_study_from_tables(tmp_path / "country", tables, year=2017))
    assert set(study.other_years) == {2019}  # in 2018 the municipalities were others
    changed = study.other_years[2019] - study.territory.commuters
    at = study.territory.position
    assert (changed[at["0102"], at["0101"]], abs(changed).sum()) == (4, 4)
    assert study.resources["commuting_other_years"].sources == ("Statistics Norway, table 03321, 4th quarter 2019",)


def test_a_year_in_which_a_county_was_another_is_left_out_of_it_alone(tables, tmp_path):
    text = "".join(f"{code},2018,{people}\n" for code, people in (("0201", 190), ("0109", 1310), ("0101", 2010)))
    (tables / "population.csv").write_text(
        POPULATION.replace("0101,2018,2010\n0109,2018,1310\n", text), encoding="utf-8"
    )
    pack(tables, 2018, "home_code,work_code,commuters\n0101,0101,900\n0109,0101,50\n0201,0201,61\n")
    inland = load_study(new_study_from_tables(tmp_path / "inland", tables, year=2017, county="01"))
    outer = load_study(new_study_from_tables(tmp_path / "outer", tables, year=2017, county="02"))
    assert set(inland.other_years) == {2019}
    assert {year: table.tolist() for year, table in outer.other_years.items()} == {2018: [[61]], 2019: [[60]]}


def test_the_district_is_the_county_and_within_a_county_the_economic_region(country, inland):
    assert list(country.table("municipalities")["district"]) == ["Innland", "Innland", "Innland", "Utland"]
    assert list(inland.table("municipalities")["district"]) == ["Åsvik", "Åsvik", "Øyane"]
    assert list(country.table("municipalities")["economic_region_id"]) == ["0191", "0191", "0192", "0291"]


def test_what_the_tables_do_not_know_stays_unknown(country):
    municipalities = country.table("municipalities")
    assert municipalities[["area_km2", "latitude", "longitude"]].isna().all(axis=None)
    assert set(municipalities["centre"]) == {""}
    with pytest.raises(QuestionError, match="travel_times"):
        country.table("travel_times")


def test_neighbours_are_found_on_the_map_and_parts_joined_where_they_are_nearest(country):
    assert rows(country, "neighbours", "a_id", "b_id", "link") == [
        ("0101", "0102", "land"),
        ("0102", "0103", "ferry"),
        ("0103", "0201", "ferry"),
    ]
    land, sea, joined = country.table("neighbours")["note"]
    assert "map, not stated: the lands meet" in land
    assert "map, not stated: 2.6 km between the lands" in sea
    assert "no neighbours: joined as the nearest of two parts, 5.2 km apart" in joined
    assert {link.kind for link in country.territory.links} == {LinkKind.LAND, LinkKind.FERRY}


def test_outlines_that_were_drawn_apart_by_less_than_they_are_widened_are_neighbours(tables, tmp_path):
    # 0.003 degrees of longitude are 157 m here, under twice the 100 m; 0.005 are 262 m.
    for gap, note in ((0.003, "2.6 km between the lands"), (0.005, "joined")):
        spans = {"0101": (6.0, 6.1), "0102": (6.1, 6.2), "0103": (6.2 + gap, 6.3), "0201": (6.3, 6.5)}
        (tables / "boundaries_2017_territory.geojson").write_text(outlines(spans), encoding="utf-8")
        study = load_study(new_study_from_tables(tmp_path / f"gap-{gap}", tables, year=2017))
        assert note in study.table("neighbours")["note"][1]


def test_several_parts_are_all_joined(tables, tmp_path):
    spans = {"0101": (6.0, 6.05), "0102": (6.1, 6.15), "0103": (6.22, 6.3), "0201": (6.4, 6.5)}
    (tables / "boundaries_2017_territory.geojson").write_text(outlines(spans), encoding="utf-8")
    study = load_study(new_study_from_tables(tmp_path / "islands", tables, year=2017))
    assert rows(study, "neighbours", "a_id", "b_id") == [("0101", "0102"), ("0102", "0103"), ("0103", "0201")]


def test_the_record_says_where_links_come_from_and_never_calls_them_stated(country):
    neighbours = country.resources["neighbours"]
    assert neighbours.source_of("link").startswith("taken from the map, not stated by anyone")
    assert "2 pairs whose outlines" in neighbours.description
    assert "and 1 that join" in neighbours.description
    assert {resource.licence for resource in country.resources.values()} == {"CC BY 4.0"}
    assert set(country.resources) == {*country.tables, "boundaries"}
    assert "table 07459, 1 January 2017" in country.resources["municipalities"].source_of("population")


def test_the_map_is_of_land(country):
    feature = country.boundaries["features"][1]
    assert feature["properties"]["kind"] == "municipality"
    assert feature["properties"]["municipality_id"] == "0102"
    assert max(point[0] for point in feature["geometry"]["coordinates"][0]) == LAND["0102"][1]


def test_a_county_has_its_own_municipalities_and_the_flows_within_it(inland):
    assert inland.title == "Innland, 3 municipalities, 2017"
    assert rows(inland, "commuting", "home_id", "work_id", "commuters") == [
        ("0101", "0101", 900),
        ("0102", "0101", 40),
        ("0102", "0102", 300),
        ("0103", "0102", 7),
        ("0103", "0103", 80),
    ]
    assert inland.table("municipalities")["jobs"][0] == 943  # with those who come from the other county
    assert len(inland.territory.links) == 2


def test_a_county_of_one_municipality_is_a_study(tables, tmp_path):
    study = load_study(new_study_from_tables(tmp_path / "utland", tables, year=2017, county="2"))
    assert study.title == "Utland, 1 municipality, 2017"
    assert study.territory.links == ()


def test_one_who_has_no_commuters_at_all_is_in_the_study(tables, tmp_path):
    pack(tables, 2017, COMMUTING.replace("0201,0101,3\n0201,0201,60\n", ""))
    study = load_study(new_study_from_tables(tmp_path / "quiet", tables, year=2017))
    assert rows(study, "commuting", "home_id", "work_id", "commuters")[-1] == ("0201", "0201", 0)


def test_outlines_hold_for_other_years_with_the_same_municipalities(tables, tmp_path):
    study = load_study(new_study_from_tables(tmp_path / "later", tables, year=2019))
    assert study.resources["boundaries"].year == "2017"
    assert study.resources["commuting"].year == "2019"
    assert list(study.table("municipalities")["population"]) == [2030, 790, 310, 190]
    assert study.table("municipalities")["economic_region"][0] == "Åsvik"


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2018, "The 2 municipalities of 2018 are not those of any outlines"),
        (2020, "There is no commuting_2020.csv.gz"),
        (1066, "There is no commuting_1066.csv.gz and no row for 1066 in population.csv"),
    ],
)
def test_a_year_that_is_not_there_is_refused_with_those_that_are(tables, tmp_path, year, said):
    with pytest.raises(QuestionError, match=said) as told:
        new_study_from_tables(tmp_path / "never", tables, year=year)
    assert str(told.value).endswith("give 2017 or 2019.")
    assert not (tmp_path / "never").exists()


def test_a_county_that_is_not_there_is_refused_with_those_that_are(tables, tmp_path):
    with pytest.raises(QuestionError, match="No county of 2017 has the code “99”: give 01 Innland or 02 Utland"):
        new_study_from_tables(tmp_path / "never", tables, year=2017, county="99")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("population.csv", "lacks population.csv"),
        ("economic_regions.csv", "lacks economic_regions.csv"),
        ("boundaries_2017_land.geojson", "lacks boundaries_2017_land.geojson"),
        ("boundaries_2017_territory.geojson", "lacks boundaries_2017_territory.geojson"),
    ],
)
def test_a_file_that_is_missing_is_named(tables, tmp_path, file, said):
    (tables / file).unlink()
    with pytest.raises(SourceError, match=said):
        new_study_from_tables(tmp_path / "never", tables, year=2017)


def test_all_that_a_folder_lacks_is_said_at_once(tmp_path):
    (tmp_path / "bare").mkdir()
    with pytest.raises(SourceError, match=r"lacks population\.csv, economic_regions\.csv, commuting.* and boundaries"):
        new_study_from_tables(tmp_path / "never", tmp_path / "bare", year=2017)
    with pytest.raises(SourceError, match="no such file or directory"):
        new_study_from_tables(tmp_path / "never", tmp_path / "gone", year=2017)


MAP = "boundaries_2017_land.geojson"


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("population.csv", POPULATION.replace("2000", ":"), "population.csv, line 2: “:” is not a whole number"),
        ("population.csv", POPULATION.replace("2000", "-5"), "line 2: “-5” is not"),
        ("population.csv", POPULATION + "0101,2017,1\n", "line 13: 0101 in 2017 is there already"),
        ("population.csv", POPULATION.replace("population", "folk"), "no column population .*“code,year,folk”"),
        ("population.csv", POPULATION.replace("0101,2017,2000", "0101,2017"), "line 2: 2 cells, not 3"),
        ("population.csv", "", "no column code"),
        ("population.csv", b"code,year,population\n\xff", "cannot be read"),
        ("population.csv", 'code,year,population\n"0101"1,2017,5\n', "line 2, cannot be read"),
        ("commuting_2017.csv.gz", b"no gzip", "commuting_2017.csv.gz cannot be read"),
        (MAP, "{", "is not JSON"),
        (MAP, '{"features": [{"geometry": null}]}', "no GeoJSON collection"),
        (MAP, outlines(LAND).replace('"code": "0103"', '"code": 103'), "without code and name"),
        (MAP, outlines(LAND).replace('"code": "0103"', '"code": "0102"'), "has municipality 0102 twice"),
        (MAP, outlines(LAND).replace("Polygon", "Heptagon"), "has a shape that is none"),
        (MAP, outlines(LAND).replace("6.23", "60000.0").replace("62.1", "690000.0"), "not in degrees"),
        (MAP, outlines(LAND).replace("[[[6.23", "[[[[6.23"), "is not JSON"),
        (MAP, outlines(LAND).replace("[[6.0, 62.0]", '[["x", 62.0]'), "has a shape that is none"),
        (
            MAP,
            outlines(LAND).replace("[[[6.0, 62.0], [6.1, 62.0], [6.1, 62.1], [6.0, 62.1], [6.0, 62.0]]]", "[]"),
            "empty",
        ),
        (MAP.replace("land", "territory"), '{"features": []}', "not of the same municipalities"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_one_clear_error(tables, tmp_path, file, content, said):
    (tables / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SourceError, match=said):
        new_study_from_tables(tmp_path / "never", tables, year=2017)
    assert not (tmp_path / "never").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0101,0999,4\n", "has 0999, of which population.csv knows nothing for 2017"),
        ("0101,0101,4\n", "line 9: 0101 to 0101 is there already"),
        ("0101,0102,few\n", "line 9: “few” is not a whole number"),
    ],
)
def test_a_flow_that_cannot_be_is_refused(tables, tmp_path, line, said):
    pack(tables, 2017, COMMUTING + line)
    with pytest.raises(SourceError, match=said):
        new_study_from_tables(tmp_path / "never", tables, year=2017)


def test_columns_of_other_names_and_order_and_blank_lines_do_no_harm(tables, tmp_path, country):
    lines = [line.split(",") for line in COMMUTING.split()]
    pack(tables, 2017, "\ufeff" + "\n\n".join(f"{c},note,{b},{a}" for a, b, c in lines) + "\n")
    other = load_study(new_study_from_tables(tmp_path / "other", tables, year=2017))
    assert other.table("commuting").equals(country.table("commuting"))


def test_a_folder_that_is_not_empty_is_left_alone(tables, country):
    before = {path.name: path.read_bytes() for path in country.folder.iterdir()}
    with pytest.raises(SourceError, match="is not empty"):
        new_study_from_tables(country.folder, tables, year=2019)
    assert {path.name: path.read_bytes() for path in country.folder.iterdir()} == before


def test_nothing_is_left_where_writing_fails(tables, tmp_path, monkeypatch):
    def write_bytes(path, _):
        path.open("wb").close()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.Path, "write_bytes", write_bytes)
    with pytest.raises(SourceError, match="no space left on device"):
        new_study_from_tables(tmp_path / "never", tables, year=2017)
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_progress_is_told_from_nothing_to_all(tables, tmp_path):
    steps = []
    new_study_from_tables(tmp_path / "country", tables, year=2017, progress=steps.append)
    assert [step.done for step in steps] == [0, 1, 2, 3, 4]
    assert {(step.task, step.total) for step in steps} == {("study", 4)}


def command(capsys, *words):
    """Run the command line in this process: exit code, standard output, standard error."""
    code = run_guarded(app, [str(word) for word in words])
    return code, *capsys.readouterr()


def test_the_command_makes_the_study_and_says_where_it_is(tables, tmp_path, capsys):
    target = tmp_path / "inland"
    code, out, err = command(capsys, "new", target, "--from-tables", tables, "--year", 2017, "--county", "01")
    assert (code, out) == (0, f"{target}\n")
    assert "neighbours.csv" in err
    code, out, _ = command(capsys, "plan", "--study", target, "--centres", 2, "--format", "json")
    assert code == 0
    assert json.loads(out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from-tables", "tables"], "give it with --year"),
        (["--year", "2017"], "--from-tables FOLDER"),
        (["--county", "15"], "--from-tables FOLDER"),
        (["--from-tables", "tables", "--year", "2017", "--from", "x"], "not both"),
        (["--from-tables", "tables", "--year", "soon"], "'--year': it is not a whole number"),
    ],
)
def test_options_that_make_no_sense_together_are_refused(tmp_path, capsys, words, said):
    code, out, err = command(capsys, "new", tmp_path / "never", *words)
    assert (code, out) == (1, "")
    assert said in err
    assert not (tmp_path / "never").exists()


def test_what_a_study_out_of_national_tables_says_can_be_read_in_norwegian(country, inland):
    for study in (country, inland):
        said = {study.title}
        for resource in study.resources.values():
            said |= {*resource.sources, resource.description, *resource.columns.values()}
        for text in said:
            assert given_text(text, "en") == text
            assert given_text(text, "nb") != text
            assert given_text(text, "nn") != text
    assert given_text(country.title, "nb") == "Norge, 4 kommuner, 2017"
    assert given_text(inland.title, "nn") == "Innland, 3 kommunar, 2017"
    assert given_text("sum of the municipality's row in Statistics Norway, table 03321, 4th quarter 2017", "nb") == (
        "summen av kommunens rad i Statistisk sentralbyrå, tabell 03321, 4. kvartal 2017"
    )


def test_links_that_nobody_states_are_counted_until_somebody_does(country, shipped):
    assert count_links_from_map(country) == 3
    assert count_links_from_map(shipped) == 0
    neighbours = country.table("neighbours").copy()
    neighbours.loc[0, "note"] = "road, checked"
    assert count_links_from_map(replace(country, tables={**country.tables, "neighbours": neighbours})) == 2
