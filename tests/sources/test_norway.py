"""Norway's own tables, where they are at hand: the figures that are known, and the county that ships."""

from __future__ import annotations

import pytest

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.study import check_study, load_study, new_study_from_tables

# Year: municipalities, flows, persons, inhabitants, neighbours (of which none has to be joined), land links.
KNOWN = {
    2017: (426, 29_632, 2_609_737, 5_258_317, 1_161, 891),
    2020: (356, 25_424, 2_673_248, 5_367_580, 962, 751),
    2022: (356, 26_923, 2_809_789, 5_425_270, 962, 751),
}


@pytest.mark.parametrize("year", KNOWN)
def test_a_study_of_norway_has_the_known_figures_and_no_faults(norway, tmp_path, year):
    study = load_study(new_study_from_tables(tmp_path / "norway", norway, year=year))
    neighbours, commuters = study.table("neighbours"), study.table("commuting")["commuters"]
    assert not neighbours["note"].str.startswith("no neighbours").any()
    assert (
        len(study.territory),
        len(commuters),
        commuters.sum(),
        study.territory.population.sum(),
        len(neighbours),
        (neighbours["link"] == "land").sum(),
    ) == KNOWN[year]
    assert len(study.boundaries["features"]) == len(study.territory)
    assert study.table("municipalities")["name"].is_unique


def test_other_years_of_the_same_municipalities_come_along(norway, tmp_path):
    county = load_study(new_study_from_tables(tmp_path / "county", norway, year=2022, county="15"))
    assert set(county.other_years) == {2020, 2021}
    assert set(load_study(new_study_from_tables(tmp_path / "old", norway, year=2017, county="15")).other_years) == {
        2018
    }
    assert county.resources["commuting_other_years"].year == "2020, 2021"


def test_the_county_that_ships_comes_out_of_the_national_tables(norway, tmp_path, shipped):
    made = load_study(new_study_from_tables(tmp_path / "county", norway, year=2017, county="15"))
    columns = ["municipality_id", "population", "employed_residents", "jobs", "economic_region_id", "economic_region"]
    assert made.table("municipalities")[columns].equals(shipped.table("municipalities")[columns])
    assert (made.territory.commuters == shipped.territory.commuters).all()
    ours, theirs = ({(link.a, link.b) for link in study.territory.links} for study in (made, shipped))
    assert ours == theirs


def test_the_map_is_right_about_half_of_the_crossings(norway, tmp_path, shipped):
    """As the guide to national studies says."""
    made = load_study(new_study_from_tables(tmp_path / "county", norway, year=2017, county="15"))
    truth = {(link.a, link.b): str(link.kind) for link in shipped.territory.links}
    counted = {}
    for link in made.territory.links:
        pair = (str(link.kind), truth[link.a, link.b])
        counted[pair] = counted.get(pair, 0) + 1
    assert counted == {
        ("land", "land"): 26,
        ("land", "ferry"): 6,
        ("land", "bridge_tunnel"): 1,
        ("land", "none"): 5,
        ("ferry", "ferry"): 16,
        ("ferry", "bridge_tunnel"): 9,
        ("ferry", "boat"): 4,
        ("ferry", "none"): 16,
    }


@pytest.mark.parametrize(
    ("year", "county"), [(2017, "03"), (2017, "20"), (2020, "54"), (2021, "50"), (2022, "46"), (2022, "15")]
)
def test_any_county_is_a_study_without_faults(norway, tmp_path, year, county):
    assert check_study(new_study_from_tables(tmp_path / "county", norway, year=year, county=county)) == ()


@pytest.mark.parametrize("year", [2018, 2019, 2024])
def test_years_that_are_not_whole_are_refused_with_those_that_are(norway, tmp_path, year):
    with pytest.raises(QuestionError, match=r"give 2017, 2020, 2021 or 2022\.$"):
        new_study_from_tables(tmp_path / "never", norway, year=year)
