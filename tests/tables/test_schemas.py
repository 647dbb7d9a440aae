"""Every table's schema says what each column means, and refuses what it does not know."""

from __future__ import annotations

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from tyngdepunkt.tables import TABLES, Kind, describe_table, read_table

EVERY_COLUMN = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    for column in table.columns
]


def test_the_tables_are_those_of_a_study():
    assert list(TABLES) == [
        "municipalities",
        "neighbours",
        "commuting",
        "commuting_other_years",
        "travel_times",
        "functions",
        "agencies",
        "divisions",
        "reference_plans",
        "positions",
        "overrides",
        "arrangements",
        "participants",
        "arrangement_controls",
        "task_participation",
        "task_needs",
        "staffing",
        "capacity_norms",
        "reference_staffing",
        "control_figures",
    ]
    assert [table.name for table in TABLES.values() if table.required] == ["municipalities", "neighbours", "commuting"]


def test_every_column_has_meaning_source_and_example():
    for table in TABLES.values():
        for column in table.columns:
            assert column.meaning[0].isupper()
            assert not column.meaning.endswith(".")
            assert column.source
            assert column.example


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_the_example_of_a_column_is_one_that_it_takes(table, column):
    needed = {each.name: each.example for each in table.columns if not each.blank} | {column.name: column.example}
    row = ",".join(f'"{cell}"' for cell in needed.values())

    assert read_table(f"{','.join(needed)}\n{row}\n".encode(), table).faults == ()


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_keys_and_references_name_columns_that_are_there(table):
    names = {column.name for column in table.columns}

    assert names.issuperset(table.key)
    for reference in table.references:
        assert reference.column in names
        assert reference.target in {column.name for column in TABLES[reference.table].columns}
        assert table.column(reference.column).kind is Kind.TEXT


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_the_schema_itself_refuses_an_unknown_column(table):
    frame = read_table(f"{table.header}\n".encode(), table).frame

    with pytest.raises(SchemaErrors):
        table.schema.validate(frame.assign(surprise=pd.Series(dtype=str)), lazy=True)


def test_a_column_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        TABLES["commuting"].column("minutes")


def test_a_description_escapes_the_bars_that_markdown_would_take_for_cells():
    assert "with \\| between several" in describe_table(TABLES["arrangements"])


def test_a_description_says_what_a_cell_may_hold():
    text = describe_table(TABLES["travel_times"], level=3)

    assert text.startswith("### travel_times.csv\n")
    assert "| `minutes` | min | Time by car and ferry without waiting | number, more than 0 | `25` |" in text
    assert "`stated` or `estimated`" in text
    assert "`municipality_id` of municipalities" in text
    assert "number, more than 0; may be blank" in text
