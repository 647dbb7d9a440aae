"""Writing the report: names of files, whole or not at all, errors that a user can mend."""

from __future__ import annotations

import pytest

from tyngdepunkt.errors import QuestionError, SourceError
from tyngdepunkt.report import sheet, write_report


def test_each_language_and_format_has_a_file_of_its_own(nasty, tmp_path):
    steps = []
    paths = write_report(nasty, tmp_path / "out", languages=("nb", "en"), formats=("xlsx",), progress=steps.append)
    name = nasty.study.name
    assert [path.name for path in paths] == [f"tyngdepunkt-{name}-nb.xlsx", f"tyngdepunkt-{name}-en.xlsx"]
    assert all(path.stat().st_size > 10_000 for path in paths)
    assert [(step.done, step.total) for step in steps] == [(1, 2), (2, 2)]


def test_writing_again_replaces_and_leaves_nothing_else(nasty, tmp_path):
    for _ in range(2):
        write_report(nasty, tmp_path, formats=("xlsx",))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_report_that_fails_leaves_the_old_file_whole(nasty, tmp_path, monkeypatch):
    (path,) = write_report(nasty, tmp_path, formats=("xlsx",))
    before = path.read_bytes()

    def fail(*_, **__):
        raise MemoryError

    monkeypatch.setattr(sheet, "tabulate", fail)
    with pytest.raises(MemoryError):
        write_report(nasty, tmp_path, formats=("xlsx",))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_language_or_format_is_refused_before_anything_is_written(nasty, tmp_path):
    with pytest.raises(QuestionError, match="No report is written in 'sv'"):
        write_report(nasty, tmp_path, languages=("nb", "sv"))
    with pytest.raises(QuestionError, match="No report is written as 'doc'"):
        write_report(nasty, tmp_path, formats=("doc",))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_is_told(nasty, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="could not be written to"):
        write_report(nasty, tmp_path / "file" / "out", formats=("xlsx",))
