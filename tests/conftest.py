"""What every test may ask for: small counties, the shipped study, its whole analysis made once, the command line."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.counties import FICTION, draw

os.environ["TYNGDEPUNKT_CACHE"] = ""  # a test works its answers out, and leaves none in the user's own cache


@pytest.fixture
def fiction():
    """
    The fictional county::

        A - B - C
        |   |   .        . is closed in winter, ~ is a ferry
        D - E   F ~ G

        H                H is an island that nothing reaches

    People: A 5000, E 3000, G 4000, others 1000. Commuters: all from B, C, D to A, a few from E to A and to G as many
    (a tie), F to G.
    """
    return draw(
        FICTION,
        people={"A": 5000, "E": 3000, "G": 4000},
        flows={"BA": 60, "CA": 30, "DA": 50, "EA": 20, "EG": 20, "FG": 40, "AA": 900, "GG": 500, "AB": 5},
        functions={"hospital": "AG", "airport": "E"},
    )


@pytest.fixture(scope="session")
def shipped():
    """The study that ships: Møre og Romsdal 2017."""
    from tyngdepunkt.study import load_study

    return load_study("more-og-romsdal-2017")


@pytest.fixture(scope="session")
def whole(shipped):
    """The whole analysis of the shipped study, as `tyngdepunkt run` makes it, with two tables drawn anew only."""
    from dataclasses import replace

    from tyngdepunkt.analysis import analyse

    return analyse(replace(shipped, settings=replace(shipped.settings, stability_resamples=2)))


@dataclass(frozen=True)
class Said:
    """What a command line did: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)


@pytest.fixture
def tyngdepunkt(capsys, monkeypatch, shipped) -> Callable[..., Said]:
    """
    Run ``tyngdepunkt WORDS`` in this process, without a word of progress however slow the machine is.

    The study that ships is read once for all tests; what reads it is tested where it belongs.
    """
    import tyngdepunkt.study as studies
    from tyngdepunkt.cli import waiting
    from tyngdepunkt.cli.app import app
    from tyngdepunkt.cli.guard import run_guarded

    read = studies.load_study
    monkeypatch.setattr(studies, "load_study", lambda place: shipped if place == shipped.name else read(place))
    monkeypatch.setattr(waiting, "_QUIET", 3600.0)
    monkeypatch.setenv("COLUMNS", "1000")  # so that no table is fitted to the terminal of whoever tests

    def run(*words: object) -> Said:
        capsys.readouterr()
        code = run_guarded(app, [str(word) for word in words])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return run


@pytest.fixture
def county(tmp_path):
    """
    A county on disk::

        0301 Åfjord (6000) --- 1101 Bø (2000) --- 1102 Vik (5000)
               |                                     |
        1103 Ær (1000)                            1104 Nes (1500)
               ~
        1105 Øy (500)                             ~ is a ferry

    Schools in Åfjord, Bø and Nes.

    Commuters: 40 from Bø to Åfjord and 45 to Vik, 30 from Ær to Åfjord, 50 from Nes to Vik, 6 from Øy to Ær and
    8 to Åfjord.
    """
    folder = tmp_path / "little-county"
    folder.mkdir()
    tables = {
        "municipalities": "municipality_id,name,population\n"
        "0301,Åfjord,6000\n1101,Bø,2000\n1102,Vik,5000\n1103,Ær,1000\n1104,Nes,1500\n1105,Øy,500\n",
        "neighbours": "a_id,b_id,link,seasonal\n"
        "0301,1101,land,0\n0301,1103,land,0\n1101,1102,bridge_tunnel,0\n1102,1104,land,0\n1103,1105,ferry,0\n",
        "commuting": "home_id,work_id,commuters\n"
        "0301,0301,2000\n1102,1102,1500\n1101,0301,40\n1101,1102,45\n1103,0301,30\n1104,1102,50\n1105,1103,6\n"
        "1105,0301,8\n",
        "travel_times": "from_id,to_id,minutes,basis,in_network\n"
        "0301,1101,20,stated,1\n0301,1103,15,stated,1\n1101,1102,25,estimated,1\n1102,1104,10,stated,1\n"
        "1103,1105,35,estimated,1\n",
        "functions": "municipality_id,function,name\n"
        "0301,school,Åfjord skole\n1101,school,Bø skole\n1104,school,Nes skule\n",
        "reference_plans": "plan,municipality_id,block\n"
        + "".join(
            f"the old districts,{i},{block}\n"
            for i, block in zip(
                ("0301", "1101", "1102", "1103", "1104", "1105"),
                ("West", "West", "East", "West", "East", "West"),
                strict=True,
            )
        ),
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
