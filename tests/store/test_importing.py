"""Spreadsheets in and out: seen before it is done, every fault by its cell, no row lost."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.store.conftest import ARRANGEMENTS, PARTICIPANTS
from tests.study.conftest import FILES
from tyngdepunkt.errors import ConflictError, QuestionError, SourceError
from tyngdepunkt.store.checking import Grid, check_entry
from tyngdepunkt.store.database import IN_MEMORY
from tyngdepunkt.store.importing import Outcome, apply_import, preview_import
from tyngdepunkt.store.register import RegisterStore
from tyngdepunkt.store.sheets import write_csv, write_xlsx
from tyngdepunkt.study import load_study


def entries(store):
    return [kept.entry for kept in store.entries().values()]


def counts(preview):
    return {outcome.value: number for outcome, number in preview.counts.items() if number}


@pytest.fixture
def book(store, tmp_path):
    """The register exported, and a way to edit cells and preview what comes of it."""
    path = tmp_path / "register.xlsx"
    write_xlsx(entries(store), path, names=store.study.territory.names)

    def edit(changes=(), rows=(), **more):
        loaded = openpyxl.load_workbook(path)
        for sheet, cell, value in changes:
            loaded[sheet][cell] = value
        for sheet, row in rows:
            loaded[sheet].append(row)
        target = tmp_path / "edited.xlsx"
        loaded.save(target)
        return preview_import(store, target, **more)

    return edit


def header():
    """Return name of a column to its letter in the exported workbook."""
    from openpyxl.utils import get_column_letter

    from tyngdepunkt.store.entries import ARRANGEMENTS as TABLE

    return {column.name: get_column_letter(place) for place, column in enumerate(TABLE.columns, start=1)}


def test_what_is_exported_comes_back_unchanged(store, tmp_path):
    write_xlsx(entries(store), tmp_path / "r.xlsx", names=store.study.territory.names)
    (tmp_path / "r.csv").write_text(write_csv(entries(store)), encoding="utf-8")

    for name in ("r.xlsx", "r.csv"):
        preview = preview_import(store, tmp_path / name)
        assert (counts(preview), preview.faults) == ({"unchanged": 3}, ())
        assert apply_import(store, preview, who="Kari") == ()


def test_the_shipped_register_goes_out_and_comes_back(shipped, tmp_path):
    store = RegisterStore.open(shipped, IN_MEMORY)
    write_xlsx(entries(store), tmp_path / "r.xlsx", names=shipped.territory.names)
    text = write_csv(entries(store))

    assert counts(preview_import(store, tmp_path / "r.xlsx")) == {"unchanged": 310}
    assert counts(preview_import(store, text.encode(), "r.csv")) == {"unchanged": 310}


def test_an_id_keeps_its_leading_zero_in_the_workbook(store, tmp_path):
    write_xlsx(entries(store), tmp_path / "r.xlsx", names=store.study.territory.names)

    assert openpyxl.load_workbook(tmp_path / "r.xlsx")["participants"]["B2"].value == "0301"


def test_a_preview_says_what_would_be_added_changed_and_left(book):
    at = header()
    preview = book(
        [("arrangements", f"{at['name']}2", "Fire and rescue"), ("arrangements", f"{at['year_start']}3", 1998)],
        [("arrangements", ["N1", "Nav", "NAV"] + [None] * 30)],
    )
    assert preview.faults  # the new row has no snapshot

    preview = book(
        [
            ("arrangements", f"{at['name']}2", "Fire and rescue"),
            ("arrangements", "A5", "N1"),
            ("arrangements", "B5", "Nav"),
            ("arrangements", "C5", "NAV"),
            ("arrangements", f"{at['snapshot']}5", 2020),
        ],
        [("participants", ["N1", "0301", "stated"])],
    )
    assert counts(preview) == {"added": 1, "changed": 1, "unchanged": 2}
    (changed,) = preview.having(Outcome.CHANGED)
    assert (changed.row, str(changed.differences[0])) == (2, "name: Fire → Fire and rescue")
    (added,) = preview.having(Outcome.ADDED)
    assert added.entry.participants == {"0301": "stated"}


def test_nothing_is_written_until_it_is_applied_and_then_all_in_one_batch(book, store):
    at = header()
    preview = book([("arrangements", f"{at['name']}{row}", f"New {row}") for row in (2, 3)])
    assert store.history() == ()
    changes = apply_import(store, preview, who="Kari")

    assert [each.arrangement for each in changes] == ["F1", "W1"]
    assert {each.batch for each in changes} == {changes[0].number}
    assert store.entry("W1").entry.name == "New 3"


def test_what_the_file_lacks_stays_unless_its_removal_is_asked_for(store):
    text = "arrangement_id,name,service_area,snapshot\nF1,Fire,fire,2013\n"
    kept = preview_import(store, text.encode(), "r.csv")
    gone = preview_import(store, text.encode(), "r.csv", remove_missing=True)

    assert counts(kept) == {"unchanged": 1, "missing": 2}
    assert counts(gone) == {"unchanged": 1, "removed": 2}
    changes = apply_import(store, gone, who="Kari")
    assert list(store.entries()) == ["F1"]
    undone = store.undo_batch(changes[-1].number, who="Ola")
    assert list(store.entries()) == ["F1", "W1", "R1"]
    assert [each.undoes for each in undone] == [each.number for each in changes]


def test_what_a_row_of_the_file_points_to_is_not_removed(store):
    text = "arrangement_id,name,service_area,snapshot,replaces\nF1,Fire,fire,2013,W1\n"
    assert not preview_import(store, text.encode(), "r.csv").faults
    (fault,) = preview_import(store, text.encode(), "r.csv", remove_missing=True).faults
    assert str(fault) == (
        "r.csv, row 2, column replaces: W1 is to be removed, and this row points to it. "
        "Correct the id, or keep W1 in the file."
    )


def test_a_whole_import_is_undone_or_nothing_of_it(book, store):
    at = header()
    preview = book(
        [("arrangements", f"{at['name']}{row}", f"New {row}") for row in (2, 3)]
        + [
            ("arrangements", f"{at[name]}5", value)
            for name, value in {"arrangement_id": "N1", "name": "Nav", "service_area": "NAV", "snapshot": 2020}.items()
        ]
    )
    before = {name: kept.entry for name, kept in store.entries().items()}
    changes = apply_import(store, preview, who="Kari")
    other = store.entry("W1")
    mine = store.change(other.entry.with_cells(note="mine"), version=other.version, who="Ola")

    with pytest.raises(ConflictError, match="Ola"):
        store.undo_batch(changes[0].number, who="Kari")
    assert store.entry("F1").entry.name == "New 2"
    store.undo(mine.number, who="Ola")
    store.undo_batch(changes[0].number, who="Kari")
    assert {name: kept.entry for name, kept in store.entries().items()} == before


def test_columns_that_the_file_lacks_keep_what_the_register_has(store):
    before = store.entry("W1").entry
    preview = preview_import(store, b"arrangement_id,name,service_area,snapshot\nW1,Refuse,waste,2013\n", "r.csv")
    apply_import(store, preview, who="Kari")

    assert store.entry("W1").entry == before.with_cells(name="Refuse")


def test_participants_may_stand_in_a_column_of_their_own(store):
    text = "arrangement_id,name,service_area,snapshot,participants\nF1,Fire,fire,2013,0301=derived|1532\n"
    preview = preview_import(store, text.encode(), "r.csv")

    assert preview.having(Outcome.CHANGED)[0].entry.participants == {"0301": "derived", "1532": ""}


def test_every_fault_names_its_cell(book):
    at = header()
    preview = book(
        [
            ("arrangements", f"{at['host_id']}2", 301),
            ("arrangements", f"{at['snapshot']}3", "last year"),
            ("arrangements", f"{at['legal_form']}4", "Iks"),
            ("arrangements", f"{at['year_end']}2", 1999),
            ("arrangements", f"{at['replaces']}3", "X9"),
            ("participants", "B4", "Bø"),
            ("participants", "A6", "X9"),
        ],
        [("participants", ["F1", "0301", "stated"]), ("arrangements", ["F1", "Fire", "fire"])],
    )
    told = [str(each) for each in preview.faults]

    def starts(text):
        return any(each.startswith(text) for each in told)

    assert starts(
        f"Sheet arrangements, cell {at['host_id']}2 (host_id): The id “301” lost its leading zero. Write 0301."
    )
    assert starts(f"Sheet arrangements, cell {at['snapshot']}3 (snapshot): “last year” is not a number.")
    assert starts(f"Sheet arrangements, cell {at['legal_form']}4 (legal_form): “Iks” is not one of")
    assert starts(f"Sheet arrangements, cell {at['year_end']}2 (year_end): It ends in 1999 and begins in 2001.")
    assert starts(f"Sheet arrangements, cell {at['replaces']}3 (replaces): “X9” is no arrangement")
    assert starts("Sheet arrangements, cell A5 (arrangement_id): F1 is there already, in row 2.")
    assert starts("Sheet participants, cell B4 (municipality_id): The id “Bø” is a name, not an id. Write 1504.")
    assert starts("Sheet participants, cell A6 (arrangement_id): “X9” is no row of the sheet arrangements.")
    assert starts("Sheet participants, cell B7 (municipality_id): 0301 takes part in F1 twice.")
    assert counts(preview) == {"fault": 4}


def test_a_fault_in_the_sheet_of_participants_is_one_of_its_arrangement(book):
    preview = book([("participants", "B3", 9999)])

    (fault,) = preview.faults
    assert str(fault).startswith(
        "Sheet participants, cell B3 (municipality_id): “9999” is no municipality of the study."
    )
    assert [(each.arrangement, each.outcome.value) for each in preview.rows] == [
        ("F1", "fault"),
        ("W1", "unchanged"),
        ("R1", "unchanged"),
    ]


def test_a_row_that_tells_only_who_takes_part_is_a_fault(store):
    text = (
        "arrangement_id,name,service_area,snapshot,participants\n,,,,0301\nF1,Fire,fire,2013,0301=stated|1504=stated\n"
    )
    preview = preview_import(store, text.encode(), "r.csv")

    assert [(each.row, each.outcome.value) for each in preview.rows if each.row] == [(2, "fault"), (3, "unchanged")]
    assert "not in what" in str(preview.faults[0])


def test_a_formula_without_a_saved_result_is_a_fault_and_not_a_blank_cell(book):
    at = header()
    preview = book([("arrangements", f"{at['note']}2", "=A1"), ("arrangements", f"{at['name']}3", "#REF!")])

    assert [str(each) for each in preview.faults] == [
        f"Sheet arrangements, cell {at['note']}2 (note): The formula has no saved result. Write the value itself.",
        f"Sheet arrangements, cell {at['name']}3 (name): “#REF!” is a spreadsheet's error. Write the value itself.",
    ]


def test_a_file_with_one_fault_changes_nothing(book, store):
    at = header()
    preview = book([("arrangements", f"{at['name']}2", "New"), ("arrangements", f"{at['snapshot']}3", "?")])

    with pytest.raises(QuestionError, match="nothing was imported"):
        apply_import(store, preview, who="Kari")
    assert store.history() == ()


def test_what_was_changed_since_the_preview_is_not_written_over(book, store):
    preview = book([("arrangements", f"{header()['name']}{row}", f"New {row}") for row in (2, 3)])
    kept = store.entry("W1")
    store.change(kept.entry.with_cells(note="mine"), version=kept.version, who="Ola")

    with pytest.raises(ConflictError, match="Ola"):
        apply_import(store, preview, who="Kari")
    assert store.entry("F1").entry.name == "Fire"


def test_a_workbook_without_the_sheet_is_told(store, tmp_path):
    made = openpyxl.Workbook()
    made.create_sheet("more")
    made.save(tmp_path / "odd.xlsx")
    (fault,) = preview_import(store, tmp_path / "odd.xlsx").faults

    assert "no sheet arrangements, but Sheet, more" in str(fault)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "The file is empty"), (b"PK\x03\x04 but no workbook", "cannot be read"), (b"\x00\x01", "no text")],
)
def test_what_is_no_table_is_told(store, content, told):
    preview = preview_import(store, content, "odd")

    assert told in str(preview.faults[0])
    assert preview.rows == ()


def test_a_file_that_is_not_there_is_told(store, tmp_path):
    with pytest.raises(SourceError, match=r"nowhere\.csv cannot be read"):
        preview_import(store, tmp_path / "nowhere.csv")
    with pytest.raises(SourceError, match="cannot be written"):
        write_xlsx((), tmp_path / "no folder" / "r.xlsx", names={})


def test_a_form_is_checked_as_a_row_is(store):
    known = {name: kept.entry for name, kept in store.entries().items()}
    municipalities = store.study.territory.names
    entry, faults = check_entry(
        {"arrangement_id": "F1", "name": "Fire", "service_area": "fire", "snapshot": "2013", "host_id": "1504"},
        {"0301": "stated"},
        municipalities=municipalities,
        known=known,
    )
    assert faults == ()
    assert (entry.cells["host_id"], entry.cells["year_start"], entry.participants) == ("1504", 2001, {"0301": "stated"})

    entry, faults = check_entry(
        {"arrangement_id": "N1", "name": "", "service_area": "fire", "snapshot": "soon"},
        {"9999": ""},
        municipalities=municipalities,
        known=known,
    )
    assert entry is None
    assert {each.column for each in faults} == {"name", "snapshot", "participants"}


def test_cells_far_to_the_right_have_two_letters():
    grid = Grid("arrangements", {1: [f"c{n}" for n in range(60)]}, lettered=True)

    assert [grid.fault(4, f"c{n}", "", "").cell for n in (0, 25, 26, 51, 52)] == ["A4", "Z4", "AA4", "AZ4", "BA4"]


# Fuzzed: whatever the cells hold, each row of the file ends as one outcome, and a fault is told where there is one.

CELL = st.one_of(
    st.sampled_from(
        ["", "F1", "W1", "N1", "0301", "301", "Bø", "1504|1531", "2013", "20-13", "IKS", "fire", "x" * 300]
    ),
    st.text(max_size=8),
    st.integers(-5, 3000).map(str),
)
COLUMN = st.sampled_from(
    [
        "arrangement_id",
        "name",
        "service_area",
        "snapshot",
        "host_id",
        "legal_form",
        "replaces",
        "participants",
        "",
        "Navn",
    ]
)


@st.composite
def sheets(draw):
    """Draw a header that is mostly right, and rows that are as wide or not."""
    base = ["arrangement_id", "name", "service_area", "snapshot"]
    head = base + draw(st.lists(COLUMN, max_size=4))
    head = draw(st.permutations(head))
    good = st.fixed_dictionaries(
        {"arrangement_id": st.sampled_from(["F1", "W1", "N1", "N2", "N3"]), "snapshot": st.just("2013")}
    )
    rows = []
    for _ in range(draw(st.integers(0, 5))):
        told = draw(good) if draw(st.booleans()) else {}
        cells = [told.get(name) or draw(CELL) for name in head]
        rows.append(
            cells[: draw(st.integers(1, len(cells)))]
            if draw(st.booleans())
            else cells + draw(st.lists(CELL, max_size=1))
        )
    return head, rows


def check_nothing_is_lost(preview, rows):
    """Assert that each row that holds anything has one outcome, and that a faulty one is told why."""
    held = [number for number, cells in enumerate(rows, start=2) if any(cell.strip() for cell in cells)]
    if not preview.rows and preview.faults:
        return  # the file as a whole is no table, and is refused as such
    assert [each.row for each in preview.rows if each.row] == held
    for each in preview.rows:
        if each.row:
            assert each.outcome in (Outcome.ADDED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.FAULT)
        assert (each.entry is not None) == (each.outcome in (Outcome.ADDED, Outcome.CHANGED))
    if preview.having(Outcome.FAULT):
        assert preview.faults


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """The small county once for all examples, its store in memory."""
    folder = tmp_path_factory.mktemp("fuzzed") / "little"
    folder.mkdir()
    for file, text in {**FILES, "arrangements.csv": ARRANGEMENTS, "participants.csv": PARTICIPANTS}.items():
        (folder / file).write_text(text, encoding="utf-8")
    return RegisterStore.open(load_study(folder), IN_MEMORY)


@settings(max_examples=45, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(sheet=sheets())
def test_a_fuzzed_file_of_text_loses_no_row_silently(shelf, sheet):
    head, rows = sheet
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[" ".join(cell.split()) for cell in row] for row in rows])
    preview = preview_import(shelf, target.getvalue().encode("utf-8"), "fuzzed.csv")

    check_nothing_is_lost(preview, rows)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(sheet=sheets(), parts=st.lists(st.tuples(CELL, CELL, CELL), max_size=4))
def test_a_fuzzed_workbook_loses_no_row_silently(shelf, sheet, parts):
    head, rows = sheet
    made = openpyxl.Workbook()
    made.active.title = "arrangements"
    second = made.create_sheet("participants")
    for target, lines in (
        (made.active, [head, *rows]),
        (second, [["arrangement_id", "municipality_id", "basis"], *parts]),
    ):
        for number, line in enumerate(lines, start=1):
            for place, cell in enumerate(line, start=1):
                target.cell(number, place, openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell) or None)
    saved = io.BytesIO()
    made.save(saved)
    preview = preview_import(shelf, saved.getvalue(), "fuzzed.xlsx")

    kept = [[openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row] for row in rows]
    if any("no saved result" in each.problem for each in preview.faults):
        return  # refused for that, and the rows are not as they seem
    check_nothing_is_lost(preview, kept)
    if "participants" not in head:
        told = {each.row for each in preview.faults if each.sheet == "participants"}
        known = {each.arrangement for each in preview.rows if each.row}
        for number, line in enumerate(parts, start=2):
            if line[0].strip() and line[0].strip() not in known:
                assert number in told or not preview.rows or 1 in told


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_row_that_another_has_changed_since_the_export_is_told_and_not_overwritten(store, tmp_path, form):
    seen = store.entries()
    versions = {each: kept.version for each, kept in seen.items()}
    path = tmp_path / f"mine.{form}"

    def export(note):
        mine = [seen["R1"].entry.with_cells(note=note), *(k.entry for i, k in seen.items() if i != "R1")]
        if form == "csv":
            path.write_text(write_csv(mine, versions=versions), encoding="utf-8")
        else:
            write_xlsx(mine, path, names=store.study.territory.names, versions=versions)

    store.change(seen["R1"].entry.with_cells(note="hers"), version=seen["R1"].version, who="Kari")
    export("his")
    refused = preview_import(store, path)
    assert [(fault.column, "by Kari" in fault.problem, "hers" in fault.problem) for fault in refused.faults] == [
        ("version", True, True)
    ]
    with pytest.raises(QuestionError, match="Kari"):
        apply_import(store, refused, who="Ola")
    assert store.entry("R1").entry.cells["note"] == "hers"
    versions["R1"] = store.entry("R1").version
    export("his")
    apply_import(store, preview_import(store, path), who="Ola")
    assert store.entry("R1").entry.cells["note"] == "his"
