"""The gallery's commands are commands, its pictures are there and light; the table of benchmarks has every row."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from tyngdepunkt.bench import find_rows
from tyngdepunkt.cli.app import app

ROOT = Path(__file__).parents[2]
GALLERY = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```console\ntyngdepunkt (.+)\n```", GALLERY)


def test_every_map_has_one_command_and_one_picture():
    parts = GALLERY.split("\n## ")[1:]
    assert len(parts) >= 5
    for part in parts:
        assert part.count("```console") == part.count("](images/") == 1


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_gallery_is_understood(line):
    name, *words = shlex.split(line)
    typer.main.get_command(app).commands[name].make_context(name, words)


def test_pictures_are_there_and_light_and_say_what_they_show():
    found = re.findall(r"!\[(.+)\]\((images/[\w-]+\.svg)\)", GALLERY)
    assert len(found) == len(COMMANDS)
    for words, picture in found:
        assert len(words) > 20
        text = (ROOT / "docs" / picture).read_text(encoding="utf-8")
        assert len(text.encode()) < 300_000
        assert text.startswith("<svg ")
        assert "Kartverket" in text


def test_every_benchmark_is_in_the_table():
    table = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    missing = [
        row.name for row in find_rows() if not re.search(rf"^\| `{row.name}` \| {row.number} \|", table, re.MULTILINE)
    ]
    assert missing == []
