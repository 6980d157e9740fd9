"""Copies of a whole journal, from either database to either, and wiping what was taken away from the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from foedus.errors import JournalError
from foedus.journal import holdings, readings, word_index
from foedus.journal.opening import WRITES, explained, is_address, opened, shown
from foedus.journal.tables import documents, metadata, searched, versions

WIPED = ("documents", "versions", "readings", "entries", "word_index", "namings", "catalogues", "registers")
"""Tables that may have held words of a text that was redacted."""


STEP = 2_000
"""Pages of a file that are copied before it is told how far it is; a page has 4 kB."""

Watch = Callable[[str, int, int | None], None]
"""Told what is being done, how much of it, and of how much."""


def unwatched(_doing: str, _done: int, _of: int | None) -> None:
    """Tells nobody."""


def backup(engine: Engine, where: str | Path, watch: Watch = unwatched) -> int:
    """Copies the journal as it is at one moment, to a new file or to an empty database on a server.

    A file appears only once it is complete.

    returns  how many documents there are to read in the copy
    raises   JournalError if there is something already, or it cannot be written
    """
    if is_address(where):
        return _to_server(engine, str(where), watch)
    file = Path(where)
    if file.exists():
        raise JournalError(f"{file}: is there already and is not overwritten; give another name")
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        copied = (_from_file if engine.dialect.name == "sqlite" else _from_server)(engine, part, watch)
        part.rename(file)
    except (OSError, sqlite3.Error, JournalError) as error:
        for left in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise JournalError(
            f"{file}: the copy could not be written ({error}); choose a folder with room for it"
        ) from error
    return copied


def _from_file(engine: Engine, part: Path, watch: Watch) -> int:
    with closing(sqlite3.connect(part)) as copy, engine.connect() as connection:
        copied = _many(connection)  # what is read from here on is the journal as it was at this moment
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy, pages=STEP, progress=lambda _, left, of: watch("copying, pages", of - left, of))
        copy.execute("PRAGMA journal_mode=DELETE")
        return copied


def _from_server(engine: Engine, part: Path, watch: Watch) -> int:
    copy = opened(part, create=True, patience=0.0)
    with engine.connect() as source, copy.execution_options(**{WRITES: True}).begin() as target:
        copied = _copy_all(source, target, watch)
    copy.dispose()
    with closing(sqlite3.connect(part)) as file:
        file.execute("PRAGMA journal_mode=DELETE")
    return copied


def _to_server(engine: Engine, where: str, watch: Watch) -> int:
    copy = opened(where, create=True, patience=0.0)
    try:
        with explained(shown(where)), engine.connect() as source, copy.begin() as target:
            if target.execute(select(func.count()).select_from(documents)).scalar():
                raise JournalError(f"{shown(where)}: holds a journal already; give the address of an empty database")
            copied = _copy_all(source, target, watch)
            for table in metadata.sorted_tables:
                if "number" in table.c:
                    last = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'number'), max(number)) FROM {table.name}"
                    target.execute(text(last))
            return copied
    finally:
        copy.dispose()


def _many(connection: Connection) -> int:
    return connection.execute(select(func.count(versions.c.document.distinct()))).scalar_one()


def _copy_all(source: Connection, target: Connection, watch: Watch) -> int:
    """Every row, as they were at one moment; the word index, which each database keeps in its own way, is made anew."""
    if source.dialect.name == "postgresql":
        source.execution_options(isolation_level="REPEATABLE READ")
    many = _many(source)
    for table in metadata.sorted_tables:
        if table is not searched:
            of, done = source.execute(select(func.count()).select_from(table)).scalar_one(), 0
            for rows in source.execute(select(table), execution_options={"yield_per": holdings.PAGE}).partitions():
                target.execute(table.insert(), [row._asdict() for row in rows])
                done += len(rows)
                watch(f"copying, {table.name}", done, of)
    held = holdings.holdings(source)
    by_hand = readings.entries_kept(source, None)
    for done in _indexed(target, ((document.id, holdings.searchable(document)) for document in held)):
        watch("indexing, documents", done, many)
    for done in _indexed(
        target, ((e.id, readings.searchable(e.statement)) for e in by_hand if e.statement is not None)
    ):
        watch("indexing, statements entered by hand", done, None)
    return many


def _indexed(target: Connection, owned: Iterable[tuple[str, str]]) -> Iterator[int]:
    """How many are in the word index, page by page."""
    rows, done = iter(owned), 0
    while page := list(islice(rows, holdings.PAGE)):
        word_index.add(target, page)
        done += len(page)
        yield done


def wipe(engine: Engine) -> bool:
    """Leaves nothing on the disk of what was taken away; False where somebody reads a file so long that its log cannot be emptied.

    A file's write-ahead log is moved into it and emptied; a server's tables are written anew. A server's own log and its
    backups are in its administrator's hands.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            ((is_busy, _, _),) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not is_busy
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in WIPED:
            connection.execute(text(f"VACUUM (FULL) {table}"))
    return True
