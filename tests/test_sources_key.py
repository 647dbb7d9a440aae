"""The key of the program's own source files."""

from __future__ import annotations

import pytest

from tyngdepunkt.sources_key import key_of_folder, sources_key


@pytest.fixture
def program(tmp_path):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "solve.py").write_bytes(b"one = 1\ntwo = 2\n")
    (tmp_path / "face.py").write_bytes(b"three = 3\n")
    return tmp_path


def test_any_change_of_a_source_gives_another_key(program):
    before = key_of_folder(program)
    (program / "engine" / "solve.py").write_bytes(b"one = 1\ntwo = 3\n")
    changed = key_of_folder(program)
    (program / "engine" / "solve.py").rename(program / "engine" / "find.py")
    assert len({before, changed, key_of_folder(program)}) == 3


def test_line_ends_and_compiled_files_do_not_count(program):
    before = key_of_folder(program)
    (program / "engine" / "solve.py").write_bytes(b"one = 1\r\ntwo = 2\r\n")
    (program / "engine" / "solve.pyc").write_bytes(b"\0")
    assert key_of_folder(program) == before


def test_only_the_parts_that_are_named_count(program):
    engine, face = key_of_folder(program, ("engine",)), key_of_folder(program, ("face",))
    (program / "face.py").write_bytes(b"three = 4\n")
    assert key_of_folder(program, ("engine",)) == engine
    assert key_of_folder(program, ("face",)) != face
    with pytest.raises(FileNotFoundError, match="engin"):
        key_of_folder(program, ("engin",))


def test_the_programs_own_key_covers_all_of_it():
    assert sources_key() != sources_key("structure")
    assert len(sources_key("structure", "model")) == 64
