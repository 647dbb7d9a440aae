"""A small county with a register, and its store."""

from __future__ import annotations

import pytest

from tests.study.conftest import FILES
from tyngdepunkt.study import load_study

ARRANGEMENTS = """\
arrangement_id,name,service_area,legal_form,host_id,year_start,snapshot,participants_basis,note
F1,Fire,fire,VK28b,0301,2001,2013,stated,
W1,Waste,waste,IKS,,,2013,derived,told by phone
R1,Roads,roads,,,,2013,unknown,
"""
PARTICIPANTS = """\
arrangement_id,municipality_id,basis
F1,0301,stated
F1,1504,stated
W1,0301,derived
W1,1504,derived
W1,1531,derived
"""


@pytest.fixture
def little(tmp_path):
    """A county of four municipalities with three arrangements."""
    folder = tmp_path / "little"
    folder.mkdir()
    for file, text in {**FILES, "arrangements.csv": ARRANGEMENTS, "participants.csv": PARTICIPANTS}.items():
        (folder / file).write_text(text, encoding="utf-8")
    return load_study(folder)


@pytest.fixture
def store(little):
    """Its store, beside it."""
    from tyngdepunkt.store.register import RegisterStore

    return RegisterStore.open(little)
