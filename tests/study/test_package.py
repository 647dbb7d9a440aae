"""``datapackage.json`` says where the figures come from; what is wrong with it is told."""

from __future__ import annotations

import json

import pytest

from tyngdepunkt.study import Resource, load_study
from tyngdepunkt.study.package import read_package, write_package


def test_a_study_without_the_file_has_sources_that_are_not_stated(county):
    resource = load_study(county.folder).resources["commuting"]

    assert resource.sources == ("not stated",)
    assert resource.licence == "not stated"
    assert resource.source_of("commuters") == "not stated"


def test_what_is_written_is_read_again():
    resource = Resource(
        "commuting",
        "Commuting",
        ("Statistics Norway", "Own count"),
        "CC BY 4.0",
        "2013-2018",
        {"home_id": "Own count", "work_id": "Statistics Norway", "commuters": "Statistics Norway"},
        "Between the four only.",
    )
    columns = ["home_id", "work_id", "commuters"]

    resources, paths, faults = read_package(
        write_package("Små", "Småland", [resource], {"commuting": columns}).encode()
    )

    assert resources == {"commuting": resource}
    assert paths == {"commuting": "commuting.csv"}
    assert faults == ()


def test_a_column_without_a_source_of_its_own_has_that_of_the_file():
    assert Resource("commuting", "Commuting", ("A", "B")).source_of("commuters") == "A; B"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("{", "not JSON"),
        ("[]", "The package is no object"),
        ('{"resources": 3}', "no list"),
        ('{"resources": [3]}', "Entry 1"),
        ('{"resources": [{"name": "commuting", "title": []}]}', "title of commuting is not text"),
        ('{"resources": [{"name": "commuting", "sources": [{"title": {}}]}]}', "is not text"),
        ('{"resources": [{"name": "commuting", "schema": []}]}', "no object"),
        ('{"resources": [{"name": "functions", "path": "functions.csv"}]}', "names the file functions.csv"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_what_is_wrong_is_told(county, said, problem):
    fault = county.write("datapackage.json", said).fault()

    assert fault.file == "datapackage.json"
    assert problem in fault.problem
    assert fault.mend.endswith(".")


def test_a_table_that_the_package_does_not_name_is_no_fault(county):
    assert county.write("datapackage.json", json.dumps({"resources": []})).faults() == ()
