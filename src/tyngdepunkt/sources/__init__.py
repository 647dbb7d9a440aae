"""
Tables of others as tables of ours: one adapter a provider, which knows files and not studies.

national : a country's tables for a year, of the whole or of one county
shelf : the folder that holds them: which years, each file as values
adjacency : who is whose neighbour, out of outlines
reading : files as rows and features, with one clear error where that fails
"""

from tyngdepunkt.sources.national import NationalTables, read_national_tables

__all__ = ["NationalTables", "read_national_tables"]
