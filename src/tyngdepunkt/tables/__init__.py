"""
One validated table a file: what each column means, its unit, its source.

territory, state, cooperation : the schemas
registry : every table, with its key and what it points to
reading : a file's bytes to a table, with every fault
writing : a table to the text of its file
dictionary : what tables and columns mean, as Markdown
"""

from tyngdepunkt.tables.columns import Column, Kind, Schema
from tyngdepunkt.tables.dictionary import describe_table
from tyngdepunkt.tables.reading import Reading, read_table
from tyngdepunkt.tables.registry import TABLES, Reference, Table
from tyngdepunkt.tables.writing import write_table

__all__ = [
    "TABLES",
    "Column",
    "Kind",
    "Reading",
    "Reference",
    "Schema",
    "Table",
    "describe_table",
    "read_table",
    "write_table",
]
