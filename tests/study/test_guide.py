"""The data dictionary of the documentation is what the schemas say."""

from __future__ import annotations

from pathlib import Path

from tyngdepunkt.study.guide import write_data_dictionary, write_guide

ROOT = Path(__file__).parents[2]


def test_the_data_dictionary_is_not_stale():
    page = ROOT / "docs" / "reference" / "data-dictionary.md"

    assert page.read_text(encoding="utf-8") == write_data_dictionary(), "run python tools/make_data_dictionary.py"


def test_the_guide_of_the_shipped_study_is_not_stale(shipped):
    assert (shipped.folder / "README.md").read_text(encoding="utf-8") == write_guide(shipped.title)
