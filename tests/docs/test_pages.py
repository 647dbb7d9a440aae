"""What must be in the documents, and what must not be in any file."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tyngdepunkt import __version__
from tyngdepunkt.analysis import CHECKS
from tyngdepunkt.study import SETTINGS

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
DOCUMENTS += sorted((ROOT / "docs").rglob("*.md"))


def load_tool():
    """Load the script that writes the reference pages."""
    spec = importlib.util.spec_from_file_location("reference_pages", ROOT / "tools" / "reference_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(*names):
    return "\n".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in names)


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", ["cli.md", "settings.md"])
def test_a_generated_page_is_not_stale(page):
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert written == load_tool().PAGES[page](), "run: python tools/reference_pages.py"


def every_command():
    """Return the words of each command; of a group, its own and those of each command in it."""
    from tyngdepunkt.cli.app import app

    groups = {group.name: group.typer_instance for group in app.registered_groups}
    inner = [f"{name} {each.name}" for name, group in groups.items() for each in group.registered_commands]
    return [command.name for command in app.registered_commands] + [*groups] + inner


def test_every_command_is_documented():
    commands = every_command()
    assert sorted(commands) == sorted(load_tool().COMMANDS)
    pages = sorted((ROOT / "docs" / "concepts").glob("*.md")) + sorted((ROOT / "docs" / "how-to").glob("*.md"))
    names = [f"{page.parent.name}/{page.name}" for page in pages]
    reference, guides = text_of("reference/cli.md"), text_of("tutorial.md", *names)
    for command in commands:
        assert f"\n## {command}\n" in reference
        assert f"tyngdepunkt {command}" in guides or command == "report"


def test_every_setting_is_documented():
    page = text_of("reference/settings.md")
    for setting in SETTINGS:
        assert f"`{setting.place}`" in page


def test_every_check_of_a_plan_is_documented():
    page = text_of("how-to/read-the-certificate.md")
    for check in CHECKS:
        assert f"| `{check}` |" in page


def test_every_option_is_in_a_document_written_by_hand():
    by_hand = "\n".join(page.read_text(encoding="utf-8") for page in DOCUMENTS if page.name != "cli.md")
    options = set(re.findall(r"--[a-z-]+", text_of("reference/cli.md")))
    unimportant = {
        "--help",
        "--version",
        "--year-round",
        "--no-browser",
        "--browser",
        "--port",
        "--cap",
        "--municipality",
    }
    assert {option for option in options - unimportant if option not in by_hand} == set()


def test_every_link_between_documents_leads_somewhere():
    for page in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name} -> {target}"


def headings_of(page):
    """Return the anchors of a page's headings, as they are made from the words."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_to_a_heading_finds_it():
    for page in DOCUMENTS:
        for target, heading in re.findall(r"\]\(([^)#\s:]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
            assert heading in headings_of(page.parent / target if target else page), (
                f"{page.name} -> {target}#{heading}"
            )


def test_every_page_is_linked_from_the_index():
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / each).resolve() for each in re.findall(r"\]\(([^)#\s:]+)", index.read_text("utf-8"))}
    assert {page for page in DOCUMENTS if index.parent in page.parents} - linked == {index}


def test_the_version_is_the_same_everywhere():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    public = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation
    assert f'\nsoftwareVersion: "{__version__}"\n' in public
    assert f"\n## {__version__}" in changes


def test_the_licence_is_the_whole_of_the_eupl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert [f"{number}." in text for number in range(1, 16)] == [True] * 15
    assert text.rstrip().endswith("requires the production of a new EUPL version.") or "Appendix" in text


def test_the_readme_has_one_line_to_run_and_one_to_test():
    lines = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if "pip install" in line]
    assert lines == [
        "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt . && .venv/bin/tyngdepunkt run",
        "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[test]' && .venv/bin/pytest",
    ]


def test_constraints_pin_every_dependency_at_a_version_that_is_allowed(project):
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    pins = {name.lower().replace("_", "-"): Version(version) for name, version in pins.items()}
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    asked += [each for extra in project["project"]["optional-dependencies"].values() for each in extra]
    for each in map(Requirement, asked):
        if each.name != "tyngdepunkt":
            assert pins[each.name.lower()] in each.specifier, each


def committed_files():
    """Return the files that are, or are to be, committed; none where this is no clone."""
    said = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [ROOT / name for name in said.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    "pattern",
    [
        r"https?://[^ \"]*(/simple/?|/packages/|\.whl|\.tgz|\.tar\.gz)",
        r"https?://(registry|files)\.",
        r'"resolved"\s*:',
        r"--(extra-)?index-url",
        r"(?<![\w.])/(home|Users|root|work|tmp)/",
    ],
)
def test_no_file_names_a_registry_a_download_address_or_a_path_of_a_machine(pattern):
    found = []
    for path in committed_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path != Path(__file__).resolve() and re.search(pattern, text):
            found.append(path.relative_to(ROOT).as_posix())
    assert found == []


def test_the_shipped_study_says_where_its_figures_come_from():
    package = json.loads(
        (ROOT / "src/tyngdepunkt/studies/more-og-romsdal-2017/datapackage.json").read_text(encoding="utf-8")
    )
    assert all(resource.get("sources") for resource in package["resources"])
