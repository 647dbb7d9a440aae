"""A database to keep things in: a file of SQLite by default, any that SQLAlchemy speaks when shared."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import NullPool, StaticPool

from tyngdepunkt.errors import SourceError

__all__ = ["ENVIRONMENT", "IN_MEMORY", "METADATA", "default_place", "open_database", "reading", "writing"]

ENVIRONMENT = "TYNGDEPUNKT_REGISTER"
"""Environment variable with the file or address of the register, where the command line names none."""

IN_MEMORY = "sqlite://"
"""Address of a database that is gone when it is closed."""

METADATA = MetaData()
"""Every table of the store; each module adds its own."""

_WAIT = 30.0
"""How long to wait for another writer of the same file [s]."""


def default_place(folder: Path, name: str, *, shipped: bool) -> Path:
    """
    Return where a study's register is kept when nothing else is said.

    Parameters
    ----------
    folder
        Of the study.
    name
        Of the study.
    shipped
        Whether the study is part of the package, which is never written to.

    Returns
    -------
    ``register.sqlite`` beside the study where its folder can be written to; else in the user's own data folder.
    """
    if not shipped and os.access(folder, os.W_OK):
        return folder / "register.sqlite"
    return _data_folder() / name / "register.sqlite"


def _data_folder() -> Path:
    """Return the folder where the system keeps a user's data of this program."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "tyngdepunkt"


def open_database(place: str | Path) -> Engine:
    """
    Open a database, with the tables of the store made where they are missing.

    Parameters
    ----------
    place
        A file, made with its folder where it does not exist; or an address such as
        ``postgresql+pg8000://user@host/name``.

    Returns
    -------
    The engine.

    Raises
    ------
    SourceError
        Where it cannot be opened.
    """
    text = str(place)
    try:
        url = make_url(text) if "://" in text else URL.create("sqlite", database=text)
        if url.get_backend_name() == "sqlite" and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = _create(url)
        METADATA.create_all(engine)
        _add_columns(engine)
    except (ArgumentError, ModuleNotFoundError) as error:
        raise SourceError(
            f"{_shown(text)} is no database that can be opened: {error}. Give a file, or install its driver."
        ) from error
    except (SQLAlchemyError, OSError) as error:
        told = getattr(error, "orig", None) or error
        raise SourceError(f"The database {_shown(text)} cannot be opened: {told}") from error
    return engine


def _add_columns(engine: Engine) -> None:
    """Give a database of an earlier version the columns that have come since, blank in every row."""
    inspector = inspect(engine)
    for table in METADATA.sorted_tables:
        there = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there and column.nullable:
                kind = column.type.compile(dialect=engine.dialect)
                name, of = (engine.dialect.identifier_preparer.quote(each) for each in (column.name, table.name))
                with engine.connect() as connection, connection.begin():
                    connection.exec_driver_sql(f"ALTER TABLE {of} ADD COLUMN {name} {kind}")


def _create(url: URL) -> Engine:
    """Return an engine; with SQLite a writer takes its turn before it reads, so that two never wait for each other."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if url.database:
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _WAIT})
    else:
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        connection.isolation_level = None  # else the driver begins when it pleases
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _shown(text: str) -> str:
    """Return an address without its password."""
    try:
        return make_url(text).render_as_string(hide_password=True) if "://" in text else text
    except ArgumentError:
        return text


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """
    Read in one transaction.

    Parameters
    ----------
    engine
        The database.

    Yields
    ------
    A connection.

    Raises
    ------
    SourceError
        Where the database fails.
    """
    with _told(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """
    Write in one transaction: all of it, or nothing where anything is raised.

    Parameters
    ----------
    engine
        The database.

    Yields
    ------
    A connection.

    Raises
    ------
    SourceError
        Where the database fails.
    """
    with _told(engine), engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextlib.contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Turn what the database complains of into one clear message."""
    try:
        yield
    except IntegrityError:
        raise  # two wrote the same row: for the caller to tell
    except DBAPIError as error:
        place = _shown(engine.url.render_as_string(hide_password=True))
        raise SourceError(f"The database {place} failed: {error.orig}") from error
