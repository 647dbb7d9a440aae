"""Where the register is kept: the option that says so, and the register and its year as the commands read them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tyngdepunkt.cli.asking import open_study
from tyngdepunkt.cli.guard import tell
from tyngdepunkt.errors import QuestionError

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import Answer
    from tyngdepunkt.cli.options import Folder
    from tyngdepunkt.model import Register
    from tyngdepunkt.store.register import RegisterStore
    from tyngdepunkt.study import Study

__all__ = ["Keeping", "Who", "Year", "existing_store", "open_kept_register", "open_register", "read_register", "user"]

_PLACE = "TYNGDEPUNKT_REGISTER"
"""Environment variable that names the database of the register."""


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """
    Where the register is kept.

    Parameters
    ----------
    place
        File or address of the database; empty for the default.
    """

    place: Annotated[
        str,
        typer.Option(
            "--register",
            metavar="FILE",
            envvar=_PLACE,
            show_envvar=False,
            help=(
                "File or address of the database that the register is kept in; also TYNGDEPUNKT_REGISTER. Default: the "
                "study's own, and its tables as long as there is none."
            ),
            show_default=False,
        ),
    ] = ""


Year = Annotated[
    int | None,
    typer.Option("--year", metavar="YEAR", help="Year of the picture. Default: the last that the register describes."),
]
Who = Annotated[
    str,
    typer.Option("--who", metavar="NAME", help="Who makes the change. Default: your user name.", show_default=False),
]


def open_register(source: Folder, keeping: Keeping, year: int | None) -> tuple[Study, Register, int]:
    """
    Open a study and its register.

    Parameters
    ----------
    source, keeping
        The options.
    year
        Year asked for; None for the last that the register describes.

    Returns
    -------
    The study, its register, and the year.
    """
    study = open_study(source)
    return study, *read_register(study, existing_store(study, keeping), year)


def read_register(study: Study, store: RegisterStore | None, year: int | None) -> tuple[Register, int]:
    """Return the register of a store or of the study's tables, and the year asked for or the last it describes."""
    from tyngdepunkt.analysis.cooperation import latest_year

    found = store.register() if store is not None else study.register
    return found, latest_year(found) if year is None else year


def existing_store(
    study: Study, keeping: Keeping, *, begin: bool = False, may_lack: bool = False
) -> RegisterStore | None:
    """
    Open the store that is named, or the study's own.

    Parameters
    ----------
    study
        Whose register.
    keeping
        The option.
    begin
        Whether to begin one where there is none yet.
    may_lack
        Whether one that is named need not be there: what is only looked at begins nothing.

    Returns
    -------
    The store; None where there is none yet, so that the study's own tables hold.

    Raises
    ------
    QuestionError
        Where one is named that is not there.
    """
    from tyngdepunkt.store.register import RegisterStore

    place = keeping.place or RegisterStore.place_of(study)
    if begin or "://" in str(place) or Path(place).is_file():
        if not keeping.place:
            tell(f"The register is kept in {place}.")
        return RegisterStore.open(study, place)
    if keeping.place and not may_lack:
        raise QuestionError(
            f"There is no register {place} yet: tyngdepunkt register import FILE --apply begins one there. Without "
            "--register and TYNGDEPUNKT_REGISTER the tables of the study are read."
        )
    return None


def user(told: str) -> str:
    """Return who makes a change: who the options say, else who is logged in."""
    import getpass

    try:
        return told or getpass.getuser()
    except (KeyError, OSError):
        raise QuestionError("Say who makes the change: --who NAME.") from None


def open_kept_register(study: Study) -> tuple[Register | None, Callable[[Iterable[str]], tuple[Answer, ...]] | None]:
    """
    Return the register that is kept for a study, and what cooperations answered.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    register
        As it was last changed; None where nothing was, so that the study's own tables hold.
    replies
        Members of a block to their answers; None likewise.
    """
    from tyngdepunkt.analysis.cooperation import kept_answers

    store = existing_store(study, Keeping(place=os.environ.get(_PLACE, "")))
    if store is None:
        return None, None
    return store.register(), lambda members: kept_answers(store, tuple(members))
