"""National tables: a tiny country made by hand, and Norway's where they are at hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

NORWAY = Path(__file__).parents[3] / "shared" / "data" / "norway"

# Longitudes of each municipality, with sea and of its land; all from 62.0 to 62.1 degrees north.
TERRITORY = {"0101": (6.0, 6.1), "0102": (6.1, 6.2), "0103": (6.2, 6.3), "0201": (6.4, 6.5)}
LAND = {"0101": (6.0, 6.1), "0102": (6.1, 6.18), "0103": (6.23, 6.3), "0201": (6.42, 6.48)}
NAMES = {"0101": "Åsvik", "0102": "Bø", "0103": "Øyane", "0201": "Ytre"}
COUNTIES = {"01": "Innland", "02": "Utland"}

COMMUTING = """\
home_code,work_code,commuters
0101,0101,900
0102,0101,40
0102,0102,300
0103,0102,7
0103,0103,80
0201,0101,3
0201,0201,60
"""
POPULATION = """\
code,year,population
0101,2017,2000
0102,2017,800
0103,2017,300
0201,2017,200
0101,2018,2010
0109,2018,1310
0101,2019,2030
0102,2019,790
0103,2019,310
0201,2019,190
0101,2020,2040
"""
REGIONS = """\
year,code,name,region_code,region_name
2017,0101,Åsvik,0191,Åsvik
2017,0102,Bø,0191,Åsvik
2017,0103,Øyane,0192,Øyane
2017,0201,Ytre,0291,Ytre
"""


def outlines(spans):
    """Return a map in which each municipality is a rectangle."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": code,
                "name": NAMES[code],
                "county_code": code[:2],
                "county_name": COUNTIES[code[:2]],
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[west, 62.0], [east, 62.0], [east, 62.1], [west, 62.1], [west, 62.0]]],
            },
        }
        for code, (west, east) in spans.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def pack(folder, year, text):
    """Write a year's commuting."""
    (folder / f"commuting_{year}.csv.gz").write_bytes(gzip.compress(text.encode()))


@pytest.fixture
def tables(tmp_path):
    """
    A country of four municipalities in a row::

        0101 Åsvik | 0102 Bø ~ 0103 Øyane          0201 Ytre

    Åsvik and Bø share a border on land, Bø and Øyane one at sea with 2.6 km between the lands. Ytre, a county of its
    own, lies 5.2 km beyond Øyane's sea. Of 2017, and of 2019 with the same municipalities; in 2018 they are others, and
    for 2020 there is no commuting.
    """
    folder = tmp_path / "tables"
    folder.mkdir()
    for year in (2017, 2018, 2019):
        pack(folder, year, COMMUTING)
    for kind, spans in (("territory", TERRITORY), ("land", LAND)):
        (folder / f"boundaries_2017_{kind}.geojson").write_text(outlines(spans), encoding="utf-8")
    (folder / "population.csv").write_text(POPULATION, encoding="utf-8")
    (folder / "economic_regions.csv").write_text(REGIONS, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def norway():
    """Norway's tables, where they are at hand."""
    if not NORWAY.is_dir():
        pytest.skip("the national tables of Norway (../shared/data/norway beside the project) are not at hand")
    return NORWAY
