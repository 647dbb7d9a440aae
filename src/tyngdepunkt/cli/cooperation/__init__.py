"""
The commands about cooperation.

kept : where the register is kept, and the register as the commands read it
pictures : the register of a year: its arrangements, their measures, their legal forms
changing : import, export, history and undoing
judging : the assessment of a group, and which legal form carries what
"""

from __future__ import annotations

import typer

from tyngdepunkt.cli.cooperation import changing, judging, pictures
from tyngdepunkt.cli.cooperation.kept import Keeping, open_kept_register

__all__ = ["Keeping", "open_kept_register", "register"]

_REGISTER = """
The register of cooperation: who cooperates with whom on what.

It begins as the tables of the study. Once something is imported or changed it is kept in a database, register.sqlite
beside the study or, for the study that ships, in your own data folder; --register names another file or a shared
database.

Example: tyngdepunkt register list --year 2018 --municipality Volda
"""


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    group = typer.Typer(
        rich_markup_mode=None,
        invoke_without_command=True,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        callback=_show_help,
    )
    pictures.register(group)
    changing.register(group)
    app.add_typer(group, name="register", help=_REGISTER)
    judging.register(app)


def _show_help(context: typer.Context) -> None:
    """Print the help where no command of the group is named."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
