"""Copies of a whole journal, and its write-ahead log."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine

from foedus.errors import JournalError


def backup(engine: Engine, file: Path) -> None:
    """Copies the journal as it is at one moment to a file that appears only once it is complete.

    raises   JournalError if the file is there already, or the journal is on PostgreSQL, which has its own tool
    """
    if engine.dialect.name != "sqlite":
        raise JournalError(
            "a journal on PostgreSQL is copied with pg_dump; `foedus backup` copies a journal that is a file"
        )
    if file.exists():
        raise JournalError(f"{file}: is there already and is not overwritten; give another name")
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as copy, engine.connect() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        part.rename(file)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise JournalError(
            f"{file}: the copy could not be written ({error}); choose a folder with room for it"
        ) from error


def empty_log(engine: Engine) -> None:
    """Moves everything from SQLite's write-ahead log into the file and empties the log."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
