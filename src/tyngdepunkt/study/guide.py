"""The words that go with a study: the README of its folder and the data dictionary of the docs, out of the schemas."""

from __future__ import annotations

from tyngdepunkt.study.settings import SETTINGS, Setting
from tyngdepunkt.tables import TABLES, describe_table

__all__ = ["FILE", "write_data_dictionary", "write_guide"]

FILE = "README.md"

_FILES = """\
Every table is a CSV file in UTF-8: cells separated by commas, decimals by a point, the first line the column names.
Ids are text and keep their leading zero (`0301`). A blank cell is unknown; 0 is none. Yes is 1 and no is 0.
Columns that may be blank may also be left out. Spreadsheets call the format “CSV UTF-8 (comma delimited)”.
"""


def write_guide(title: str) -> str:
    """
    Write the README of a study's folder.

    Parameters
    ----------
    title
        Title of the study.

    Returns
    -------
    Markdown: how to go about it, every file, every column.
    """
    needed = [f"`{table.file}`" for table in TABLES.values() if table.required]
    lines = [
        f"# {title}",
        "",
        "This folder is a study of `tyngdepunkt`: tables about municipalities, and the settings of the analysis.",
        "",
        f"1. Fill in {', '.join(needed[:-1])} and {needed[-1]}.",
        "   The other tables may stay empty or be deleted: what needs one says so, and the rest runs.",
        "2. Run `tyngdepunkt check .` in this folder.",
        "   It lists every fault at once: file, row, column, what is wrong, and what would mend it.",
        "3. Run `tyngdepunkt run --study .`.",
        "",
        _FILES,
        "State in `datapackage.json` where the figures of each file come from, their licence and year:",
        "the report prints it.",
        "",
        "| file | what it holds | needed |",
        "|---|---|---|",
        *(f"| `{table.file}` | {table.title} | {'yes' if table.required else 'no'} |" for table in TABLES.values()),
        "| `boundaries.geojson` | The municipalities' outlines in degrees (EPSG:4326), for maps | no |",
        "| `study.toml` | Name, date and settings | no |",
        "| `datapackage.json` | Titles, sources, licences, years | no |",
        "",
    ]
    return "\n".join(lines) + "\n" + _describe_all()


def write_data_dictionary() -> str:
    """
    Write the data dictionary of the documentation.

    Returns
    -------
    Markdown: every table and column of a study, the outlines and the settings.
    """
    lines = [
        "# Data dictionary",
        "",
        "<!-- Generated out of the schemas by tools/make_data_dictionary.py: change those, not this page. -->",
        "",
        "The files of a study: what each column means, its unit, and the kind of source that it comes from.",
        "The sources that a study used are in its `datapackage.json`.",
        "",
        _FILES,
    ]
    return "\n".join(lines) + "\n" + _describe_all()


def _describe_all() -> str:
    """Return every table, the outlines and the settings."""
    return "\n".join(
        [*(describe_table(table) for table in TABLES.values()), _describe_outlines(), _describe_settings()]
    )


# Property, meaning, what it holds.
_PROPERTIES = (
    ("`kind`", "What the feature is", "`municipality`, `indicative_border` or `sea_border`"),
    (
        "`municipality_id`",
        "Of a municipality: whose outline it is; each has one",
        "`municipality_id` of municipalities",
    ),
    ("`name`", "Of a municipality: its name", "text"),
    (
        "`indicative`",
        "Of a municipality: whether part of its outline was constructed, not surveyed",
        "`true` or `false`",
    ),
    ("`source`", "Of a municipality: where the outline comes from", "text"),
    ("`a_id`", "Of a border: the municipality on one side", "`municipality_id` of municipalities"),
    ("`b_id`", "Of a border: that on the other side", "the same; null where it is not in the study"),
    ("`method`", "Of a border: how it was constructed", "text"),
)


def _describe_outlines() -> str:
    """Return the outlines."""
    lines = [
        "## boundaries.geojson",
        "",
        "**Outlines.** A GeoJSON feature collection in degrees (EPSG:4326): municipalities as Polygon or MultiPolygon,",
        "borders as LineString or MultiLineString. A study may be without it. Who is whose neighbour comes from",
        "neighbours.csv, never from the outlines.",
        "",
        "| property | meaning | what it holds |",
        "|---|---|---|",
        *(f"| {' | '.join(said)} |" for said in _PROPERTIES),
    ]
    return "\n".join(lines) + "\n"


def _describe_settings() -> str:
    """Return the settings."""
    lines = [
        "## study.toml",
        "",
        "**Name, date and settings.** A study may be without it: its name is the folder's then, and every setting has",
        "its default.",
        "",
        "| setting | unit | meaning | range | default | source of the default |",
        "|---|---|---|---|---|---|",
        "| `name` |  | Short name of the study | text | name of the folder |  |",
        "| `title` |  | Title for readers | text | the name |  |",
        "| `date` |  | Date of the division into municipalities | a date, `2017-01-01` | not stated |  |",
        *(_describe_setting(setting) for setting in SETTINGS),
    ]
    return "\n".join(lines) + "\n"


def _describe_setting(setting: Setting) -> str:
    """Return a setting's row of the table."""
    default = setting.default
    shown = "left out" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
    if isinstance(default, tuple):
        shown = ", ".join(default)
    return f"| `{setting.place}` | {setting.unit} | {setting.meaning} | {setting.range} | {shown} | {setting.source} |"
