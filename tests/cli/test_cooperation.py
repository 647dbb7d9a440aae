"""The register, the assessment and legal form on the command line: fixed shapes, and what a person can mend."""

from __future__ import annotations

import itertools

import openpyxl
import pytest

FORMS = {
    "political_council",
    "task_community",
    "host_administrative",
    "host_board",
    "iks",
    "company",
    "cooperative",
    "agreement",
}


@pytest.fixture
def register(tyngdepunkt, tmp_path, monkeypatch):
    """Run ``tyngdepunkt register WORDS`` with the user's data in a folder of the test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TYNGDEPUNKT_REGISTER", raising=False)
    return lambda *words: tyngdepunkt("register", *words)


def test_the_group_alone_prints_its_help(register):
    assert register() == register("--help")
    assert register().code == 0


def test_measures_of_2013_have_the_fixed_shape(register):
    found = register("measure", "--year", 2013, "--format", "json").json

    assert len(found) == 36
    molde = found[0]
    assert molde["municipality_id"] == "1502"
    assert (molde["total"], molde["control_total"], molde["gap"]) == (53, 55, 2)
    assert molde["by_level"] == {"local": 22, "subregional": 0, "regional": 24, "higher": 7, "unknown": 0}
    assert sum(molde["by_task"].values()) == sum(molde["by_form"].values()) == molde["total"]
    assert "inside_share" not in molde
    assert sum(each["total"] for each in found) == 1262


def test_measures_against_a_plan_have_the_share_inside(register):
    found = register("measure", "--year", 2018, "--plan", "NIVI regions 2013", "--format", "json").json

    assert all(each["inside"] + each["crossing"] + each["inside_unknown"] == each["total"] for each in found)
    assert all(each["inside_share"] == each["inside"] / (each["inside"] + each["crossing"]) for each in found)
    assert {each["block"] for each in found} == {"Nordmøre", "Romsdal", "Sunnmøre"}


def test_a_number_of_centres_is_a_plan_too(register):
    found = register("measure", "--year", 2013, "--centres", 3, "--floor", 15000, "--format", "json").json

    assert len({each["block"] for each in found}) == 3
    assert all(0 <= each["inside_share"] <= 1 for each in found)


def test_measures_are_said_in_words_too(register):
    said = register("measure", "--year", 2018, "--plan", "county governor 2016").out

    assert "263 arrangements of 2018 (rows: 208 of 2013, 6 of 2017, 49 of 2018)" in said
    assert "214 rows are carried over from earlier years" in said
    assert "Perhaps one arrangement described twice: S18_15, B17_02." in said
    assert "Against county governor 2016: 125 arrangements lie within one block, 110 across a border" in said


def test_blocks_tasks_hosts_and_pairs_are_measured_too(register):
    plan = ("--year", 2018, "--plan", "county governor 2016", "--format", "json")
    blocks = {each["block"]: each for each in register("measure", "--of", "blocks", *plan).json}
    tasks = {
        each["task"]: each for each in register("measure", "--year", 2013, "--of", "tasks", "--format", "json").json
    }
    hosts = register("measure", "--year", 2013, "--of", "hosts", "--format", "json").json
    pairs = register("measure", "--year", 2018, "--of", "pairs", "--format", "json").json

    assert (blocks["Nye Molde"]["inside"], blocks["Nye Molde"]["crossing"]) == (54, 63)
    assert (tasks["Legevakt"]["municipalities"], tasks["Legevakt"]["control"], tasks["Legevakt"]["difference"]) == (
        29,
        29,
        0,
    )
    assert hosts[0]["host"] == "Ålesund"
    assert sum(each["share"] for each in hosts[:-1]) == pytest.approx(1)
    assert sum(each["hosts"] for each in hosts) == 255 - 21  # nobody is known to take part in 21
    assert (pairs[0]["a"], pairs[0]["b"], pairs[0]["shared"]) == ("Ulstein", "Hareid", 40)
    assert "give --centres or --plan" in register("measure", "--of", "blocks").err


def test_where_no_plan_exists_the_exit_code_is_2(register):
    said = register("measure", "--year", 2013, "--centres", 30, "--floor", 15000)

    assert said.code == 2
    assert "No plan exists" in said.err


def test_what_is_measured_has_headings_that_a_person_reads(register):
    said = register("measure", "--year", 2018, "--plan", "county governor 2016", "--of", "blocks").out
    assert "inside [%]  with all of them  with just them" in said.splitlines()[0]
    assert "_" not in said
    hosts = register("measure", "--year", 2013, "--of", "hosts", "--format", "csv").out
    assert hosts.startswith("host,host roles,share of those known [%]\nÅlesund,")


def test_a_wide_table_is_fitted_to_the_terminal(register, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    said = register("list", "--year", 2018).out
    assert max(map(len, said.splitlines()[:-1])) <= 80
    assert "…" in said
    assert said.splitlines()[-1].startswith("Not shown, for want of room: ")
    assert "participants are" in register("list", "--year", 2018, "--wide").out


@pytest.mark.parametrize("name", ["list", "forms", "import", "export", "history", "undo"])
def test_what_finds_no_plan_has_no_options_for_finding_one(register, name):
    said = register(name, "--help").out
    assert "--study" in said
    assert "--seed" not in said
    assert "--cache" not in said


def test_the_list_keeps_what_is_stated_and_what_is_not_apart(register):
    found = register("list", "--year", 2018, "--municipality", "Ulstein", "--format", "json").json
    by_id = {each["arrangement_id"]: each for each in found}

    assert by_id["S18_25"]["carried"] is False
    assert by_id["N13_KUL_01"]["carried"] is True
    assert by_id["S18_20"]["participants"]["1517"] == "uncertain"
    assert by_id["S18_01"]["legal_form"] is None
    assert by_id["S18_34"]["outside_kind"] == "municipalities"


def test_what_is_not_there_is_told(register):
    assert "begins in 2013" in register("list", "--year", 2000).err
    assert "no arrangement on 'quidditch'" in register("list", "--task", "quidditch").err
    assert "There is no register nowhere.sqlite yet" in register("list", "--register", "nowhere.sqlite").err
    unknown = register("forms", "--needs", "barnvern=statutory")
    assert (unknown.code, unknown.out) == (1, "")
    assert "no arrangement on 'barnvern' in that year: did you mean barnevern?" in unknown.err
    assert "ends in .ods" in register("export", "r.ods").err
    assert "nothing to undo" in register("undo", 1).err


def test_an_import_into_a_register_that_is_not_there_yet_is_seen_first(register, tmp_path):
    file, place = tmp_path / "r.csv", tmp_path / "new.sqlite"
    register("export", file)
    said = register("import", file, "--register", place)
    assert (said.code, place.exists()) == (0, False)
    assert "310 unchanged" in said.out
    register("import", file, "--register", place, "--apply")
    assert place.exists()


def test_a_workbook_goes_out_is_edited_seen_imported_and_undone(register, tmp_path):
    file = tmp_path / "r.xlsx"
    register("export", file)
    book = openpyxl.load_workbook(file)
    book["arrangements"]["B2"] = "Regionrådet"
    book.save(file)

    seen = register("import", file, "--format", "json").json
    assert (seen["applied"], seen["counts"]["changed"], seen["counts"]["unchanged"]) == (False, 1, 309)
    assert register("list", "--format", "json").json[0]["name"] != "Regionrådet"
    assert not (tmp_path / "home").exists()

    done = register("import", file, "--apply", "--who", "Kari", "--format", "json").json
    assert done["changes"] == [1]
    said = register("history", "--format", "json").json
    assert [(each["who"], each["arrangement_id"]) for each in said] == [("Kari", "N13_REG_01")]
    assert said[0]["differences"] == [{"what": "name", "before": "Sunnmøre regionråd IKS", "after": "Regionrådet"}]
    assert "Undone" in register("undo", 1, "--who", "Ola").out
    again = register("undo", 1, "--who", "Ola")
    assert again.code == 1
    assert "changed meanwhile" in again.err


def test_a_faulty_workbook_is_told_cell_by_cell_and_nothing_is_written(register, tmp_path):
    file = tmp_path / "r.xlsx"
    register("export", file)
    book = openpyxl.load_workbook(file)
    book["arrangements"]["K5"] = "soon"
    book.save(file)
    said = register("import", file, "--apply", "--who", "Kari")

    assert said.code == 1
    assert "Sheet arrangements, cell K5 (snapshot): “soon” is not a number." in said.err
    assert register("history").out == "Nothing has been changed yet.\n"


def test_a_shared_register_is_named_by_option_or_environment(register, tmp_path, monkeypatch):
    register("export", tmp_path / "r.csv")
    place = tmp_path / "shared.sqlite"
    register("import", tmp_path / "r.csv", "--apply", "--register", place)

    assert place.is_file()
    monkeypatch.setenv("TYNGDEPUNKT_REGISTER", str(place))
    assert len(register("list", "--year", 2013, "--format", "json").json) == 255


def test_forms_are_checked_where_sources_tell(register):
    found = register("forms", "--year", 2013, "--format", "json").json

    assert found["counts"] == {"allowed": 7, "conditional": 0, "excluded": 0, "unknown": 248}
    assert len(found["arrangements"]) == 255
    assert "0 have a form that cannot carry their task" in register("forms", "--year", 2013).out


def test_what_a_task_needs_may_be_told_by_the_reader(register):
    words = ("forms", "--year", 2013, "--format", "json", "--needs")
    found = register(
        *words, "NAV=individual-decisions", "--needs", "barnevern=individual-decisions,no-matters-of-principle"
    )
    verdicts = {each["arrangement_id"]: each["verdict"] for each in found.json["arrangements"]}

    assert verdicts["N13_SOS_18"] == "excluded"  # NAV Fræna-Eide, a board under section 27
    assert verdicts["N13_SOS_13"] == "allowed"  # child protection with a host
    assert "'magic' is none of" in register(*words, "NAV=magic").err
    assert "is not understood" in register(*words, "NAV").err


def test_an_assessment_has_seven_items_with_their_evidence(tyngdepunkt):
    (found,) = tyngdepunkt("assess", "--municipalities", "Volda,1520", "--year", 2018, "--format", "json").json

    assert found["municipalities"] == ["1519", "1520"]
    assert (found["step"], found["next_step"]) == ("pragmatic", ["fixed_partners"])
    assert len(found["items"]) == 7
    assert found["items"][0]["evidence"][0]["text"].startswith("Exactly these municipalities")
    assert found["items"][2]["standing"] == "unknown"


def test_answers_and_thresholds_enter_the_assessment(tyngdepunkt):
    (found,) = tyngdepunkt(
        *("assess", "--municipalities", "Volda,Ørsta", "--year", 2018, "--fixed-share", 0.1, "--format", "json"),
        *("--answer", "plan=met", "--answer", "digital=not_met"),
    ).json
    items = {each["item"]: each for each in found["items"]}

    assert (items["shared_goals"]["standing"], items["shared_goals"]["basis"]) == ("met", "stated")
    assert (items["shared_ikt"]["standing"], items["shared_ikt"]["contradicted"]) == ("met", True)
    assert items["fixed_partners"]["standing"] == "met"
    assert found["step"] == "core"


def test_answers_are_kept_where_that_is_asked_for(tyngdepunkt, tmp_path):
    ask = ("assess", "--municipalities", "Volda,Ørsta", "--register", tmp_path / "r.sqlite", "--format", "json")
    tyngdepunkt(*ask, "--answer", "plan=partly", "--keep", "--who", "Kari")
    (found,) = tyngdepunkt(*ask).json
    (goals,) = [each for each in found["items"] if each["item"] == "shared_goals"]

    assert (goals["standing"], goals["basis"], goals["answer"]["who"]) == ("partly", "stated", "Kari")


def test_each_block_of_a_plan_is_assessed_or_one_of_them(tyngdepunkt):
    plan = ("--plan", "county governor 2016", "--year", 2018, "--format", "json")
    every, one = tyngdepunkt("assess", *plan), tyngdepunkt("assess", *plan, "--block", "Volda").json

    assert len(every.json) == 8 - every.err.count("Left out")
    assert one[0]["municipalities"] == ["1519", "1520"]


def test_an_assessment_without_a_group_is_told_what_to_give(tyngdepunkt):
    assert "--municipalities A,B" in tyngdepunkt("assess").err
    assert "two municipalities or more" in tyngdepunkt("assess", "--municipalities", "Volda").err
    assert "is not understood" in tyngdepunkt("assess", "--municipalities", "1519,1520", "--answer", "plan=maybe").err


@pytest.mark.parametrize("act", ["2018", "1992"])
def test_legal_forms_have_the_fixed_shape(tyngdepunkt, act):
    for decisions, person in itertools.product(["yes", "no"], ["yes", "no", "any"]):
        found = tyngdepunkt(
            *("legal-form", "--statutory", "yes", "--individual-decisions", decisions, "--matters-of-principle", "no"),
            *("--own-legal-person", person, "--service-production", "yes", "--several-tasks-one-board", "no"),
            *("--act", act, "--format", "json"),
        ).json
        listed = [each for verdict in ("allowed", "conditional", "excluded") for each in found[verdict]]

        assert sorted(each["form"] for each in listed) == sorted(FORMS)
        assert all(each["provision"] and each["reason"] for each in listed)


def test_a_statutory_task_with_individual_decisions_goes_to_a_host(tyngdepunkt):
    words = ("legal-form", "--statutory", "yes", "--individual-decisions", "yes", "--format", "json")
    found = tyngdepunkt(*words).json

    assert [each["form"] for each in found["allowed"]] == ["host_administrative", "host_board"]
    assert [each["form"] for each in found["conditional"]] == ["iks", "company", "cooperative"]
    assert "chapter 20" in found["allowed"][0]["provision"]
    assert "§ 28 b" in tyngdepunkt(*words, "--act", "1992").json["allowed"][0]["provision"]


def test_what_is_neither_yes_nor_no_is_told(tyngdepunkt):
    assert tyngdepunkt("legal-form", "--statutory", "perhaps").code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("register", "measure", "--plan", "NIVI 2013", "--centres", 7), "both name a plan: give one of them"),
        (("assess", "--municipalities", "Volda,Ørsta", "--plan", "NIVI 2013"), "names the group, and so does a plan"),
    ],
)
def test_what_would_be_passed_over_in_silence_is_refused(tyngdepunkt, words, said):
    found = tyngdepunkt(*words)
    assert found.code == 1
    assert said in found.err


def test_an_import_says_that_what_the_file_lacks_stays(register, tmp_path):
    file = tmp_path / "few.csv"
    file.write_text("arrangement_id,name,service_area\nX1,Test,IKT\n", encoding="utf-8")
    found = register("import", str(file))
    assert "310 not in the file (they stay)" in found.out
    assert found.err.startswith("1 fault, and nothing was imported:")
