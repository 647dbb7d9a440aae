"""A small county in a folder, without a fault, for each test to break in its own way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tyngdepunkt.study import check_study

FILES = {
    # A road from Åsvik to Bø, a bridge on to Sørøya, a ferry to Ytre: 0301 - 1504 - 1531 ~ 1532
    "municipalities.csv": """\
municipality_id,name,population
0301,Åsvik,9000
1504,Bø,4000
1531,Sørøya,2000
1532,Ytre,500
""",
    "neighbours.csv": """\
a_id,b_id,link,seasonal
0301,1504,land,0
1504,1531,bridge_tunnel,0
1531,1532,ferry,0
0301,1531,none,0
""",
    "commuting.csv": """\
home_id,work_id,commuters
0301,0301,4000
1504,0301,300
1504,1504,1500
1531,1504,200
1532,1531,40
""",
}

EXTRA = {
    "travel_times.csv": """\
from_id,to_id,minutes,basis,in_network
0301,1504,30,stated,1
1504,1531,12.5,estimated,1
1531,1532,40,stated,1
""",
    "commuting_other_years.csv": """\
year,home_id,work_id,commuters
2018,0301,0301,4100
2018,1504,0301,310
2018,1531,1504,190
2018,1532,1531,45
""",
    "functions.csv": "municipality_id,function,name\n0301,hospital,Åsvik sykehus\n",
    "agencies.csv": "agency,level,year\nPolice,regional,2017\n",
    "divisions.csv": "agency,municipality_id,area\nPolice,0301,North\nPolice,1504,North\nPolice,1531,South\n",
    "reference_plans.csv": "plan,municipality_id,block\nold,0301,A\nold,1504,A\nold,1531,B\nold,1532,B\n",
    "arrangements.csv": """\
arrangement_id,name,service_area,snapshot,host_id,replaces,later_id
X1,Fire,fire,2013,0301,,X2
X2,Fire,fire,2018,0301,X1,
""",
    "participants.csv": "arrangement_id,municipality_id,basis\nX1,0301,stated\nX1,1504,stated\nX2,1504,stated\n",
    "arrangement_controls.csv": "municipality_id,year,level,arrangements\n0301,2013,all,7\n",
    "task_participation.csv": "task,year,municipalities,service_areas\nFire,2013,2,fire\n",
    "task_needs.csv": "service_area,individual_decisions,source\nfire,0,the act\n",
    "staffing.csv": "municipality_id,service,measure,year,fte\n0301,fire,persons,2018,3.5\n",
}


class County:
    """A study's folder that can be broken, and asked what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, file: str, content: str | bytes) -> County:
        """Write a file."""
        (self.folder / file).write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def replace(self, file: str, old: str, new: str) -> County:
        """Replace a text that is there once in a file."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        return self.write(file, text.replace(old, new))

    def add(self, file: str, line: str) -> County:
        """Add a line at the end of a file."""
        return self.write(file, (self.folder / file).read_text(encoding="utf-8") + line + "\n")

    def delete(self, file: str) -> County:
        """Delete a file."""
        (self.folder / file).unlink()
        return self

    def faults(self):
        """Return every fault."""
        return check_study(self.folder)

    def fault(self):
        """Return the only fault."""
        (only,) = self.faults()
        return only


@pytest.fixture
def county(tmp_path):
    """The small county with the three tables that a study cannot be without."""
    folder = tmp_path / "småland"
    folder.mkdir()
    made = County(folder)
    for file, text in FILES.items():
        made.write(file, text)
    return made


@pytest.fixture
def full_county(county):
    """The small county with every table."""
    for file, text in EXTRA.items():
        county.write(file, text)
    return county
