"""The register in a database: every change kept, undone, and never written over unseen."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from tyngdepunkt.errors import ConflictError, QuestionError, SourceError
from tyngdepunkt.store.database import IN_MEMORY, default_place, open_database
from tyngdepunkt.store.entries import Entry
from tyngdepunkt.store.register import ChangeKind, RegisterStore


def renamed(store, arrangement, name):
    """Return an arrangement with another name, and the version it was seen at."""
    kept = store.entry(arrangement)
    return kept.entry.with_cells(name=name), kept.version


def fresh(store, arrangement="N1"):
    """Return a new arrangement like one that is there."""
    return store.entry("F1").entry.with_cells(arrangement_id=arrangement, name="Nav")


def test_a_store_begins_as_the_tables_of_the_study(store, little):
    assert store.register() == little.register
    assert list(store.entries()) == ["F1", "W1", "R1"]
    assert store.history() == ()


def test_it_lies_beside_the_study_and_begins_only_once(store, little):
    store.remove("R1", version=1, who="Kari")

    assert (little.folder / "register.sqlite").is_file()
    assert list(RegisterStore.open(little).entries()) == ["F1", "W1"]


def test_the_study_that_ships_is_never_written_to(shipped, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert shipped.folder not in RegisterStore.place_of(shipped).parents
    assert default_place(tmp_path, "mine", shipped=False) == tmp_path / "register.sqlite"


def test_the_shipped_register_comes_back_as_it_was(shipped, tmp_path):
    store = RegisterStore.open(shipped, tmp_path / "deep" / "register.sqlite")

    assert store.register() == shipped.register
    assert len(store.entries()) == 310


def test_a_change_is_kept_with_who_before_and_after(store):
    entry, version = renamed(store, "F1", "Fire and rescue")
    change = store.change(entry, version=version, who="Kari")

    assert (change.act, change.who, change.arrangement) == (ChangeKind.CHANGE, "Kari", "F1")
    assert [str(each) for each in change.differences] == ["name: Fire → Fire and rescue"]
    assert change.before.name == "Fire"
    assert change.moment.endswith("+00:00")
    assert store.entry("F1").version == version + 1
    assert store.history() == (change,)


def test_who_takes_part_is_part_of_an_arrangement(store):
    kept = store.entry("W1")
    change = store.change(Entry(kept.entry.cells, {"0301": "stated"}), version=kept.version, who="Kari")

    assert str(change.differences[0]) == "participants: 0301=derived|1504=derived|1531=derived → 0301=stated"
    assert store.register().at(2013).of("1504") == tuple(e for e in store.register().arrangements if e.id == "F1")


def test_an_arrangement_is_added_ended_and_removed(store):
    added = store.add(fresh(store), who="Kari")
    ended = store.end("N1", year=2015, version=added.version, who="Kari")

    assert [each.id for each in store.register().at(2015).arrangements] == ["F1", "W1", "R1", "N1"]
    assert [each.id for each in store.register().at(2016).arrangements] == ["F1", "W1", "R1"]
    assert (added.act, ended.act) == (ChangeKind.ADD, ChangeKind.END)
    assert store.remove("N1", version=ended.version, who="Kari").act is ChangeKind.REMOVE
    assert "N1" not in store.entries()
    assert len(store.history("N1")) == 3


def test_what_other_rows_point_to_is_removed_with_them_or_not_at_all(store):
    later = fresh(store).with_cells(replaces="F1|W1")
    added = store.add(later, who="Kari")
    with pytest.raises(QuestionError, match="Other rows point to F1: N1") as caught:
        store.remove("F1", version=1, who="Kari")
    assert caught.value.args[0].values == {"arrangement": "F1", "ids": "N1"}
    assert list(store.entries()) == ["F1", "W1", "R1", "N1"]
    assert store.history() == (added,)

    gone = store.write([], [(1, "F1"), (1, "W1"), (1, "N1")], who="Kari")
    assert list(store.entries()) == ["R1"]
    with pytest.raises(QuestionError, match="N1 would point to what the register does not have: F1, W1"):
        store.undo(gone[2].number, who="Kari")
    store.undo_batch(gone[0].number, who="Kari")
    assert list(store.entries()) == ["F1", "W1", "R1", "N1"]


def test_what_was_made_together_is_counted(store):
    store.write([], [(1, "F1"), (1, "W1")], who="Kari")
    store.remove("R1", version=1, who="Kari")

    assert store.count_batches(each.batch for each in store.history()) == {1: 2, 3: 1}


def test_a_proposed_id_was_never_used(store):
    assert store.propose_id() == "R2"  # R1 is there
    added = store.add(fresh(store, "R2"), who="Kari")
    store.remove("R2", version=added.version, who="Kari")

    assert store.propose_id() == "R3"


def test_it_cannot_end_before_it_begins(store):
    with pytest.raises(QuestionError, match="began in 2001"):
        store.end("F1", year=1999, version=1, who="Kari")


def test_nobody_changes_anything_without_a_name(store):
    with pytest.raises(QuestionError, match="who"):
        store.add(fresh(store), who=" ")
    with pytest.raises(QuestionError, match="who"):
        store.answer(["0301", "1504"], "plan", who="")
    assert store.history() == ()


def test_the_second_writer_is_shown_what_the_first_changed_and_nothing_is_lost(store):
    first, seen = renamed(store, "F1", "Fire and rescue")
    second = store.entry("F1").entry.with_cells(note="sold")
    store.change(first, version=seen, who="Kari")

    with pytest.raises(ConflictError, match=r"Kari: Fire and rescue \(F1\): name: Fire → Fire and rescue") as caught:
        store.change(second, version=seen, who="Ola")

    assert [change.who for change in caught.value.changes] == ["Kari"]
    assert store.entry("F1").entry == first
    assert len(store.history()) == 1


def test_what_is_gone_cannot_be_changed_and_what_is_there_not_added(store):
    entry, seen = renamed(store, "F1", "Fire and rescue")
    store.remove("F1", version=seen, who="Kari")

    with pytest.raises(ConflictError, match="remove"):
        store.change(entry, version=seen, who="Ola")
    with pytest.raises(ConflictError, match="give another id"):
        store.add(store.entry("W1").entry, who="Ola")
    with pytest.raises(QuestionError, match="no arrangement 'F1'"):
        store.entry("F1")


def test_several_changes_are_written_together_or_not_at_all(store):
    good, seen = renamed(store, "F1", "Fire and rescue")
    bad, _ = renamed(store, "W1", "Refuse")

    with pytest.raises(ConflictError):
        store.write([(seen, good), (None, fresh(store)), (99, bad)], who="Kari")

    assert store.entry("F1").entry.name == "Fire"
    assert "N1" not in store.entries()
    assert store.history() == ()


@pytest.mark.parametrize("act", ["change", "add", "remove", "end"])
def test_every_change_can_be_undone_and_the_undoing_too(store, act):
    before = store.entries()
    kept = store.entry("W1")
    match act:
        case "change":
            change = store.change(kept.entry.with_cells(note=""), version=kept.version, who="Kari")
        case "add":
            change = store.add(fresh(store), who="Kari")
        case "remove":
            change = store.remove("W1", version=kept.version, who="Kari")
        case _:
            change = store.end("W1", year=2014, version=kept.version, who="Kari")
    after = store.entries()
    undone = store.undo(change.number, who="Ola")

    assert {name: each.entry for name, each in store.entries().items()} == {n: e.entry for n, e in before.items()}
    assert list(store.entries()) == list(before)  # in the same order
    assert (undone.act, undone.undoes) == (ChangeKind.UNDO, change.number)
    store.undo(undone.number, who="Ola")
    assert {name: each.entry for name, each in store.entries().items()} == {n: e.entry for n, e in after.items()}


def test_what_was_changed_since_cannot_be_undone_unseen(store):
    kept = store.entry("W1")
    first = store.change(kept.entry.with_cells(note="a"), version=kept.version, who="Kari")
    store.change(kept.entry.with_cells(note="b"), version=first.version, who="Ola")

    with pytest.raises(ConflictError, match="Ola"):
        store.undo(first.number, who="Kari")
    assert store.entry("W1").entry.cells["note"] == "b"


def test_changes_are_undone_one_after_the_other_the_latest_first(store):
    kept = store.entry("W1")
    first = store.change(kept.entry.with_cells(note="a"), version=kept.version, who="Kari")
    second = store.change(kept.entry.with_cells(note="b"), version=first.version, who="Ola")
    third = store.remove("W1", version=second.version, who="Ola")
    for change in (third, second, first):
        store.undo(change.number, who="Kari")

    assert store.entry("W1").entry == kept.entry
    with pytest.raises(ConflictError, match="Kari"):
        store.undo(first.number, who="Kari")  # it has been undone


def test_undoing_what_was_never_done_is_refused(store):
    with pytest.raises(QuestionError, match="no change 7"):
        store.undo(7, who="Kari")


def test_two_who_write_at_once_both_find_their_place(store, little):
    """Twenty writers of one file at once: none fails, none is lost."""
    failures = []

    def write(number):
        try:
            RegisterStore.open(little).add(fresh(store, f"N{number}"), who=f"writer {number}")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            failures.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    assert failures == []
    assert len(store.entries()) == 23
    assert len(store.history()) == 20


def test_of_two_who_change_the_same_at_once_one_is_told(store, little):
    outcomes = []
    ready = threading.Barrier(2)

    def change(who):
        own = RegisterStore.open(little)
        entry, seen = renamed(own, "F1", who)
        ready.wait()
        try:
            own.change(entry, version=seen, who=who)
        except ConflictError as error:
            outcomes.append(str(error))
        else:
            outcomes.append("written")

    writers = [threading.Thread(target=change, args=(who,)) for who in ("Kari", "Ola")]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    assert sorted(each == "written" for each in outcomes) == [False, True]
    assert len(store.history()) == 1


def test_answers_are_kept_by_group_whatever_its_order_and_the_latest_counts(store):
    store.answer(["1504", "0301"], "plan", standing="partly", who="Kari")
    store.answer(["0301", "1504"], "digital", text="one system", who="Ola")
    store.answer(["0301", "1504"], "plan", standing="met", text="adopted", who="Kari")

    found = store.answers(["1504", "0301"])
    assert [(each.inquiry, each.standing, each.text) for each in found] == [
        ("digital", "", "one system"),
        ("plan", "met", "adopted"),
    ]
    assert store.answers(["0301"]) == ()


def test_two_studies_share_a_database_and_not_a_register(store, shipped, little):
    other = RegisterStore.open(shipped, RegisterStore.place_of(little))
    other.remove("N13_REG_02", version=1, who="Kari")

    assert store.history() == ()
    assert len(other.entries()) == 309
    assert len(store.entries()) == 3


def test_a_study_without_a_register_begins_with_an_empty_one(little):
    from dataclasses import replace

    bare = replace(little, name="bare", tables={k: v for k, v in little.tables.items() if k[:3] not in ("arr", "par")})
    store = RegisterStore.open(bare, IN_MEMORY)

    assert store.entries() == {}
    assert store.register().arrangements == ()


def test_what_is_no_database_is_told_in_one_message(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all, this is no database and never was one, whatever its name.\n" * 20)

    with pytest.raises(SourceError, match="cannot be opened"):
        open_database(tmp_path / "letter.txt")
    with pytest.raises(SourceError, match="no database that can be opened"):
        open_database("nosuch://somewhere/register")
    with pytest.raises(SourceError, match="cannot be opened") as caught:
        open_database("sqlite:////dev/null/register.sqlite")
    assert "register.sqlite" in str(caught.value)
    with pytest.raises(SourceError) as caught:
        open_database("nosuch://kari:secret@somewhere/register")
    assert "secret" not in str(caught.value)


def test_the_study_as_kept_has_the_register_of_the_store(store, little):
    store.remove("R1", version=1, who="Kari")

    assert store.study_as_kept().register == store.register()
    assert len(little.register.arrangements) == 3


def test_a_store_of_an_earlier_version_gets_the_columns_that_have_come_since(store, little):
    store.remove("R1", version=1, who="Kari")
    file = little.folder / "register.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("ALTER TABLE register_arrangement DROP COLUMN governing_body")
    connection.commit()
    connection.close()

    again = RegisterStore.open(little)
    kept = again.entry("F1")
    assert kept.entry.cells["governing_body"] == ""
    again.change(kept.entry.with_cells(governing_body="board"), version=kept.version, who="Kari")
    assert again.entry("F1").entry.cells["governing_body"] == "board"
    assert list(again.entries()) == ["F1", "W1"]


def test_a_reader_with_plain_sql_finds_the_columns_of_the_tables(little):
    RegisterStore.open(little)
    with sqlite3.connect(little.folder / "register.sqlite") as connection:
        rows = connection.execute(
            "SELECT name, legal_form, year_start, version FROM register_arrangement WHERE arrangement_id = 'F1'"
        ).fetchall()
    connection.close()

    assert rows == [("Fire", "VK28b", 2001, 1)]
