"""Every text of the page has its Norwegian, and the bundle's list of packages names no address."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import tyngdepunkt
from tyngdepunkt.texts.catalogues import find_broken, find_untranslated, list_messages
from tyngdepunkt.web.trace import TRACES

WEB = Path(tyngdepunkt.__file__).parent / "web"
FRONTEND = Path(__file__).parents[2] / "frontend"


def template_messages():
    """Every text that a template asks for by `_` or `_n`."""
    found = set()
    for path in (WEB / "templates").glob("*.j2"):
        template = path.read_text(encoding="utf-8")
        found |= {match[1] for match in re.findall(r"""(?<!\w)_\(\s*(["'])(.*?)\1""", template, re.DOTALL)}
        found |= set(re.findall(r'_n\(\s*"(.*?)",\s*"(.*?)"', template, re.DOTALL))
    return found


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_text_is_translated(language):
    messages = template_messages() | set(list_messages([WEB]))
    assert len(messages) > 150
    assert find_untranslated(sorted(messages, key=str), language, "web", "common") == ()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_translations_keep_the_places_for_values(language):
    assert find_broken(language, "web") == ()


def test_every_column_that_a_number_is_traced_to_is_in_the_schema():
    from tyngdepunkt.tables import TABLES

    for trace in TRACES.values():
        for column in trace.columns:
            table, _, name = column.partition(".")
            assert TABLES[table].column(name)


def test_the_lock_file_names_no_address():
    if not FRONTEND.is_dir():
        pytest.skip("the sources of the page are not here: an installed package is tested")
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "http" not in lock
    assert "registry" not in (FRONTEND / ".npmrc").read_text(encoding="utf-8").replace(
        "omit-lockfile-registry-resolved", ""
    )


def test_every_package_is_pinned_and_locked_to_the_same_version():
    if not FRONTEND.is_dir():
        pytest.skip("the sources of the page are not here: an installed package is tested")
    wanted = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert locked[f"node_modules/{name}"]["version"] == version


def test_nothing_bundled_is_under_a_licence_that_binds_the_rest():
    if not FRONTEND.is_dir():
        pytest.skip("the sources of the page are not here: an installed package is tested")
    locked = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    licences = {each.get("license", "") for name, each in locked.items() if name}
    assert not [licence for licence in licences if re.search(r"\bA?GPL", licence)]
