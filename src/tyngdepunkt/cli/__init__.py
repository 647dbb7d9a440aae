"""
The command line: every command one call into the library, its answer printed as a table, CSV or JSON.

app : the commands, and `main`
options : the options that several commands share
asking : from options and arguments to studies, questions and plans
shapes : from answers to the fixed shapes of JSON, and to rows
layout : values as table, CSV or JSON on standard output
screen : the same answers in sentences, for reading
waiting : progress on standard error
guard : exit codes, and what is said when something goes wrong

Nothing heavy is imported until a command runs, so that ``--help`` answers at once.
"""

from tyngdepunkt.cli.app import main

__all__ = ["main"]
