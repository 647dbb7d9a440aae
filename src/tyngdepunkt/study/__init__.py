"""
A study: validated tables and settings in a folder, which is a Frictionless data package.

loading : which studies ship, load one, check one
saving : save a study, make a new one
national : make a study of a country or a county out of national tables
study : the study itself
settings : its judgements, each with range and source
package : where its figures come from
checks : what must hold between its tables

The tables' schemas (`TABLES`, with the meaning, unit and source of every column) are here for the faces too.
"""

from tyngdepunkt.study.loading import check_study, inspect_study, load_study, shipped_studies
from tyngdepunkt.study.national import count_links_from_map, new_study_from_tables
from tyngdepunkt.study.package import Resource
from tyngdepunkt.study.saving import new_study, save_study
from tyngdepunkt.study.settings import SETTINGS, Setting, Settings, read_numbers
from tyngdepunkt.study.study import STATE_INSTITUTION, Study
from tyngdepunkt.tables import TABLES, Column, Kind, Table

__all__ = [
    "SETTINGS",
    "STATE_INSTITUTION",
    "TABLES",
    "Column",
    "Kind",
    "Resource",
    "Setting",
    "Settings",
    "Study",
    "Table",
    "check_study",
    "count_links_from_map",
    "inspect_study",
    "load_study",
    "new_study",
    "new_study_from_tables",
    "read_numbers",
    "save_study",
    "shipped_studies",
]
