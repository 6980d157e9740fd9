"""Opening a journal: which database it is, whether it is one, and bringing older ones forward.

A journal on SQLite has one writer at a time and any number of readers (write-ahead log). A transaction that a killed
process leaves behind is forgotten by the next one that opens the file; nothing needs repair.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from foedus.errors import JournalError
from foedus.journal.tables import APPLICATION_ID, SCHEMA

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext, RevisionStep
    from alembic.script import ScriptDirectory

WRITES = "foedus_writes"
"""The execution option of a connection that takes the writer's place from its first word."""


def opened(where: str | Path, *, create: bool, patience: float) -> Engine:
    """An engine on the journal at a path or URL, its tables brought to the newest revision.

    create    make the file where there is none
    patience  seconds to wait for another writer
    raises    JournalError with the remedy
    """
    name = shown(where)
    engine = _on_server(str(where)) if is_address(where) else _on_file(Path(where), create=create, patience=patience)
    try:
        with explained(name):
            _bring_forward(engine, name)
    except BaseException:
        engine.dispose()
        raise
    return engine


def shown(where: str | Path) -> str:
    """A journal's path or address as it may be shown: without the password."""
    try:
        return make_url(str(where)).render_as_string(hide_password=True) if is_address(where) else str(where)
    except ArgumentError:
        return str(where)


def is_address(where: str | Path) -> bool:
    return "://" in str(where)


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Says in a JournalError what the database's own error means, and what to do about it."""
    try:
        yield
    except DBAPIError as error:
        raise JournalError(f"{name}: {_meaning(str(error.orig))}") from error


def _meaning(said: str) -> str:
    for words, meaning in MEANINGS:
        if words in said.lower():
            return meaning
    return f"the database says: {' '.join(said.split())}"


MEANINGS = (
    # what SQLite and PostgreSQL say     what it means and what to do
    ("database is locked", "another process has been writing to this journal for too long; try again when it is done"),
    ("not a database", "is no Foedus journal (it is no SQLite file); give another --journal"),
    ("malformed", "the journal is damaged; restore the last `foedus backup`, or recover it with the tool `sqlite3`"),
    ("unable to open database", "cannot be opened or made; the folder must exist and be writable"),
    ("readonly database", "cannot be written; make the file and its folder writable, or give another --journal"),
    ("disk is full", "the disk is full; nothing of this step was stored. Make room and repeat it"),
    ("disk i/o error", "the disk cannot be read or written; nothing of this step was stored"),
    ("is the server running", "no PostgreSQL server answers there; start it, or correct the address"),
    ("connection refused", "no PostgreSQL server answers there; start it, or correct the address"),
    (
        "does not exist",
        "the PostgreSQL server has no such database, or no such user; make it (createdb, createuser) first",
    ),
    ("authentication failed", "the PostgreSQL server does not accept this user and password"),
)


def _on_file(path: Path, *, create: bool, patience: float) -> Engine:
    if path.is_dir():
        raise JournalError(f"{path}: is a folder; a journal is one file, for example {path / 'foedus.db'}")
    if not path.exists():
        if not create:
            raise JournalError(f"{path}: there is no journal; `foedus add INPUT` makes one")
        if not path.parent.is_dir():
            raise JournalError(f"{path}: there is no folder {path.parent}; make it first")
    elif not os.access(path, os.R_OK):
        raise JournalError(f"{path}: cannot be read by this user; change its permissions")
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": patience, "isolation_level": None})
    event.listen(engine, "connect", _prepare_file)
    event.listen(engine, "begin", _begin_on_file)
    return engine


def _prepare_file(connection: Any, _record: object) -> None:
    # FULL: a committed batch survives a power cut too. secure_delete: what is redacted is overwritten.
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_on_file(connection: Connection) -> None:
    # A writer takes its place at once; starting as a reader and changing over could meet another's write and fail.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _on_server(name: str) -> Engine:
    try:
        url = make_url(name)
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() != "postgresql":
            raise JournalError(f"{shown(name)}: a journal is a file or postgresql://...")
        return create_engine(url, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise JournalError(
            f"{shown(name)}: is no address of a journal; write postgresql://user@host/database"
        ) from error
    except ModuleNotFoundError as error:
        raise JournalError('a journal on PostgreSQL needs its driver: pip install "foedus[postgres]"') from error


def _bring_forward(engine: Engine, name: str) -> None:
    with engine.connect() as connection:
        revision = _revision(connection, name)
    if revision == SCHEMA:
        return
    if revision is None and engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # outside a transaction, as SQLite demands
            connection.connection.execute("PRAGMA journal_mode=WAL")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        take_turn(connection)
        revision = _revision(connection, name)  # again, now that no other process can change it
        if revision != SCHEMA:
            _upgrade(connection, revision, name)
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def take_turn(connection: Connection) -> None:
    """Waits until no other transaction has the turn, and has it to its own end; on SQLite whoever writes has it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPLICATION_ID})


def _revision(connection: Connection, name: str) -> str | None:
    """The revision of the journal's tables; None for an empty database.

    raises   JournalError if the database is somebody else's
    """
    if connection.dialect.name == "sqlite":
        application = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if application != APPLICATION_ID:
            if application or connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
                raise JournalError(f"{name}: is a database, but no Foedus journal; give another --journal")
            return None
    elif not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, revision: str | None, name: str) -> None:
    """Runs every migration after `revision`, inside the caller's transaction."""
    from alembic.runtime.environment import EnvironmentContext

    scripts = migrations()
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise JournalError(
            f"{name}: was written by a newer Foedus (schema {revision}, this one knows {SCHEMA}); update Foedus"
        )

    def steps(current: Any, _context: MigrationContext) -> list[RevisionStep]:
        return scripts._upgrade_revs("head", current)

    with EnvironmentContext(scripts_config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()


def migrations() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(scripts_config())


def scripts_config() -> Any:
    from alembic.config import Config

    config = Config()
    here = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", here)
    config.set_main_option("version_locations", here)
    config.set_main_option("path_separator", "newline")
    return config
