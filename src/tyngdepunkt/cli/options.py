"""
The options that several commands share, each written down once.

A group of options is a frozen dataclass; a command that takes a parameter of such a class gets all its
options. `command` does the unfolding, since Typer itself knows only flat parameters.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import typing
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tyngdepunkt.cli.guard import drop_stdout

__all__ = [
    "SECONDS",
    "Centres",
    "DrawMethod",
    "Folder",
    "Format",
    "Language",
    "Languages",
    "Layout",
    "Machines",
    "Out",
    "Resamples",
    "Seconds",
    "Source",
    "Wide",
    "Wishes",
    "command",
]


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class DrawMethod(StrEnum):
    """How divisions are drawn."""

    EXACT = "exact"
    RECOM = "recom"
    REVERSIBLE = "reversible"
    UNIFORM = "uniform"


class Language(StrEnum):
    """The languages of report and summary."""

    NB = "nb"
    NN = "nn"
    EN = "en"


Centres = Annotated[
    int | None,
    typer.Option(
        "--centres",
        metavar="K",
        min=1,
        help="Number of centres, and so of blocks. Default: the study's own, or the best of all numbers.",
    ),
]
SECONDS = 120.0
"""The library's own limit, written out so that ``--help`` need not load it."""
Seconds = Annotated[
    float,
    typer.Option(
        "--seconds",
        metavar="S",
        min=0.1,
        help="Wall time for each plan or price, after which the answer has a gap in place of a proof [s].",
    ),
]
Resamples = Annotated[
    int,
    typer.Option(
        "--resamples",
        metavar="N",
        min=0,
        help="Commuting tables drawn anew to say how often each municipality keeps its block; 0 for none.",
    ),
]
Out = Annotated[
    Path,
    typer.Option("--out", metavar="DIR", help="Folder that the files are written to; made where it does not exist."),
]
Languages = Annotated[
    list[Language] | None,
    typer.Option("--language", help="Language of what is written, repeatable. Default: nb."),
]


Wide = Annotated[
    bool,
    typer.Option("--wide", help="Print the whole table, however wide. Default: as much as the terminal has room for."),
]


@dataclass(frozen=True, kw_only=True)
class Folder:
    """
    Where the figures come from, for what looks for no plan.

    Parameters
    ----------
    study
        Folder of a study, or the name of one that ships; empty for the one that ships.
    """

    study: Annotated[
        str,
        typer.Option(
            "--study",
            metavar="DIR",
            help="Folder of a study, or the name of one that ships. Default: more-og-romsdal-2017.",
            show_default=False,
        ),
    ] = ""


@dataclass(frozen=True, kw_only=True)
class Source(Folder):
    """
    Where the figures come from, and how plans are looked for.

    Parameters
    ----------
    seed
        Seed of the independent search; None for the study's own.
    cache
        Whether answers found before are used, and new ones kept.
    """

    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="N",
            min=0,
            help="Seed of the independent search that every proof is held against. Default: the study's own.",
        ),
    ] = None
    cache: Annotated[
        bool,
        typer.Option(
            "--cache/--no-cache",
            help="Whether answers found before are used and new ones kept, so that work cut short goes on.",
        ),
    ] = True


@dataclass(frozen=True, kw_only=True)
class Machines:
    """
    Who does work that many can share.

    Parameters
    ----------
    workers
        Processes on this machine; None for as many as there are processors.
    cluster
        Address of a Dask scheduler; empty for this machine.
    """

    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            help="Processes on this machine that share the work. Default: as many as there are processors.",
        ),
    ] = None
    cluster: Annotated[
        str,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help=(
                "Address of the scheduler of a Dask cluster that does the work, tcp://10.0.0.5:8786; the answer is "
                "the same. Needs the package distributed. Default: this machine."
            ),
            show_default=False,
        ),
    ] = ""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """
    How the answer is printed.

    Parameters
    ----------
    form
        Table, CSV or JSON.
    """

    form: Annotated[
        Format,
        typer.Option("--format", help="How the answer is printed on standard output."),
    ] = Format.TABLE


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """
    What a plan shall have most of, and what it shall keep; an option that is not given asks for nothing.

    Parameters
    ----------
    floor
        Least population of a block [persons]; None where not given.
    objective
        Terms and weights; empty for the study's own.
    seasonal
        Whether links closed in winter count; None for the study's own.
    max_minutes
        Longest time from a municipality to its centre [min]; None for no cap.
    together, apart
        Groups of municipalities, each group as one text.
    centre, not_centre
        Municipalities, as ids or names.
    functions
        Functions that each block shall have.
    override
        Municipalities for which the floor is lifted, each with its reason after an equals sign.
    within_counties
        Whether blocks stay within counties; None for the study's own.
    lock
        Groups of municipalities that are each a block, each group as one text.
    start
        Plan to start from, as `read_plan` reads it; empty for none.
    most_moved
        Most municipalities that may be moved from it; None where not given.
    respect_positions
        Whether recorded positions are kept; None for the study's own.
    split_parts
        Parts of municipalities that may lie elsewhere, or ``all``.
    """

    floor: Annotated[
        int | None,
        typer.Option(
            "--floor",
            metavar="PERSONS",
            min=0,
            help="Fewest inhabitants of a block [persons]. Default: 0, no floor; for run and report the study's own.",
        ),
    ] = None
    objective: Annotated[
        str,
        typer.Option(
            "--objective",
            metavar="TERMS",
            help=(
                "ties: most commuters between a municipality and its centre [persons]; "
                "access: fewest person-minutes to the centre; "
                "cohesion: most commuters who stay within a block [persons]; "
                "borders: fewest borders of regional agencies cut across blocks, of others borders[local], "
                "borders[all] or borders[NAME;NAME]; "
                "or several with weights: ties=1,access=0.002. Default: the study's own, ties where it has none."
            ),
            show_default=False,
        ),
    ] = ""
    seasonal: Annotated[
        bool | None,
        typer.Option(
            "--seasonal/--year-round",
            help=(
                "Whether roads closed in winter hold a block together. "
                "Default: the study's own, year-round where it has none."
            ),
        ),
    ] = None
    max_minutes: Annotated[
        float | None,
        typer.Option(
            "--max-minutes",
            metavar="MIN",
            min=0,
            help=(
                "Longest time from a municipality to its centre, by car and ferry without waiting [min]. "
                "Default: no cap."
            ),
        ),
    ] = None
    together: Annotated[
        list[str] | None,
        typer.Option(
            "--together",
            metavar="A,B",
            help="Municipalities that shall lie in one block, as ids or names; repeatable. Default: none.",
        ),
    ] = None
    apart: Annotated[
        list[str] | None,
        typer.Option(
            "--apart",
            metavar="A,B",
            help="Municipalities no two of which shall lie in one block; repeatable. Default: none.",
        ),
    ] = None
    centre: Annotated[
        list[str] | None,
        typer.Option("--centre", metavar="A", help="A municipality that shall be a centre; repeatable. Default: none."),
    ] = None
    not_centre: Annotated[
        list[str] | None,
        typer.Option(
            "--not-centre", metavar="A", help="A municipality that shall not be a centre; repeatable. Default: none."
        ),
    ] = None
    functions: Annotated[
        list[str] | None,
        typer.Option(
            "--functions",
            metavar="F",
            help="A function that each block shall have, such as airport,hospital,college; repeatable. Default: none.",
        ),
    ] = None
    override: Annotated[
        list[str] | None,
        typer.Option(
            "--override",
            metavar="A=REASON",
            help=(
                "A municipality whose block may have fewer inhabitants than the floor, with the reason; repeatable. "
                "Default: those in the study's table overrides."
            ),
        ),
    ] = None
    within_counties: Annotated[
        bool | None,
        typer.Option(
            "--within-counties/--across-counties",
            help=(
                "Whether no block crosses the border of a county. Default: the study's own, across where it has none."
            ),
        ),
    ] = None
    lock: Annotated[
        list[str] | None,
        typer.Option(
            "--lock",
            metavar="A,B",
            help="Municipalities that shall be a block, with nobody else in it; repeatable. Default: none.",
        ),
    ] = None
    start: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="PLAN",
            help=(
                "Plan to start from, with --move-at-most: a number of centres, a reference plan of the study, "
                "or a file, as for tyngdepunkt compare. Default: none."
            ),
            show_default=False,
        ),
    ] = ""
    most_moved: Annotated[
        int | None,
        typer.Option(
            "--move-at-most",
            metavar="M",
            min=0,
            help="Most municipalities that may be moved from the plan to start from. Default: no limit.",
        ),
    ] = None
    respect_positions: Annotated[
        bool | None,
        typer.Option(
            "--respect-positions/--ignore-positions",
            help=(
                "Whether no plan goes against a position in the study's table positions. "
                "Default: the study's own, respect where it has none."
            ),
        ),
    ] = None
    split_parts: Annotated[
        list[str] | None,
        typer.Option(
            "--split-parts",
            metavar="A,B",
            help=(
                "Parts of municipalities that may lie in another block than the rest of theirs, or all; repeatable. "
                "Default: none may."
            ),
        ),
    ] = None


def command(
    app: typer.Typer, *, leave_out: Collection[str] = (), **settings: object
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """
    Register a function as a command, each parameter that is a dataclass unfolded into options.

    Parameters
    ----------
    app
        The application.
    leave_out
        Fields of the dataclasses that are no options of this command and keep their defaults.
    **settings
        Passed on to Typer.

    Returns
    -------
    A decorator that gives the function back as it was.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        groups: dict[str, type] = {}
        flat: list[inspect.Parameter] = []
        for parameter in inspect.signature(function, eval_str=True).parameters.values():
            if dataclasses.is_dataclass(parameter.annotation) and isinstance(parameter.annotation, type):
                groups[parameter.name] = parameter.annotation
                flat += [each for each in _options_of(parameter.annotation) if each.name not in leave_out]
            else:
                flat.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))

        @functools.wraps(function)
        def unfolded(**given: object) -> None:
            folded = {
                name: group(
                    **{
                        field.name: given.pop(field.name)
                        for field in dataclasses.fields(group)
                        if field.name not in leave_out
                    }
                )
                for name, group in groups.items()
            }
            try:
                function(**given, **folded)
            except BrokenPipeError:  # the reader has had enough; Typer would call it a failure
                drop_stdout()
                raise typer.Exit from None

        del unfolded.__wrapped__  # else Typer looks through to the folded parameters
        unfolded.__signature__ = inspect.Signature(flat)  # type: ignore[attr-defined]
        unfolded.__annotations__ = {}
        app.command(**settings)(unfolded)  # type: ignore[arg-type]
        return function

    return register


def _options_of(group: type) -> list[inspect.Parameter]:
    """Return the fields of a group as keyword-only parameters."""
    types = typing.get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=types[field.name],
        )
        for field in dataclasses.fields(group)
    ]
