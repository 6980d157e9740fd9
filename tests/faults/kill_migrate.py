"""Kills processes that bring an old journal's tables forward, at random moments, and looks at what is left.

What must hold after every kill: the journal opens, is brought forward then, and holds every document that it held.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from alembic.runtime.environment import EnvironmentContext
from sqlalchemy import create_engine, inspect

from foedus.documents.document import Document, document_id
from foedus.journal import opening, tables
from foedus.journal.record import Journal

DOCUMENTS = 200
OLDEST = "0001"


def migrate(path: Path) -> None:
    """What the killed process does; says `ready`, and `done` once the journal is of today."""
    opening.migrations()  # so that loading Alembic is no part of the time in which it is killed
    print("ready", flush=True)
    Journal.open(path).close()
    print("done", flush=True)


def make_old(path: Path) -> None:
    """A journal as the first Foedus wrote it."""
    with Journal.open(path) as journal:
        texts = (f"Report {number}. The chamber approved the treaty." for number in range(DOCUMENTS))
        journal.append((Document(id=document_id(t.encode()), name=t[:12], text=t), t.encode()) for t in texts)
    with closing(sqlite3.connect(path)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name in names - tables_of(OLDEST):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("UPDATE alembic_version SET version_num = ?", [OLDEST])
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def tables_of(revision: str) -> set[str]:
    """The tables that a journal of a revision has."""
    scripts = opening.migrations()
    with create_engine("sqlite://").begin() as connection:
        with EnvironmentContext(
            opening.scripts_config(), scripts, fn=lambda current, _: scripts._upgrade_revs(revision, current)
        ) as environment:
            environment.configure(connection=connection, transactional_ddl=True)
            environment.run_migrations()
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {row[0] for row in found}


def run(moments: int, seed: int, folder: Path, longest: float = 0.12) -> list[str]:
    """Kills at so many moments, each on a copy of the same old journal; all faults found, in words."""
    make_old(folder / "old.db")
    chance, faults = random.Random(seed), list[str]()
    for moment in range(moments):
        path, seconds = folder / f"{moment}.db", chance.uniform(0.0, longest)
        shutil.copy(folder / "old.db", path)
        was_done = killed_after(path, seconds)
        faults += [f"killed after {seconds:.3f} s (moment {moment}): {f}" for f in faults_left(path, was_done)]
        print(f"\r{moment + 1} of {moments} migrations", end="", file=sys.stderr)
    print(file=sys.stderr)
    return faults


def killed_after(path: Path, seconds: float) -> bool:
    """Starts a process that brings the journal forward, kills it; whether it said that it was done."""
    migrating = subprocess.Popen([sys.executable, __file__, str(path)], stdout=subprocess.PIPE, text=True)
    assert migrating.stdout is not None
    assert migrating.stdout.readline() == "ready\n"
    time.sleep(seconds)
    os.kill(migrating.pid, signal.SIGKILL)
    said, _ = migrating.communicate()
    return "done" in said


def revision_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def faults_left(path: Path, was_done: bool) -> list[str]:
    """What is wrong with the journal."""
    faults, before = [], revision_of(path)
    if before not in (OLDEST, tables.SCHEMA) or (was_done and before != tables.SCHEMA):
        faults.append(f"the journal is of revision {before}")
    with Journal.open(path) as journal:
        if len(list(journal.documents())) != DOCUMENTS or len(list(journal.search("chamber", limit=999))) != DOCUMENTS:
            faults.append("documents are missing")
        if len(journal.append([(Document(id=document_id(b"x"), name="x", text="x"), b"x")]).new) != 1:
            faults.append("nothing can be added")
    missing = set(tables.metadata.tables) - set(inspect(create_engine(f"sqlite:///{path}")).get_table_names())
    faults += [f"there is no table {name}" for name in sorted(missing)]
    with closing(sqlite3.connect(path)) as connection:
        said = connection.execute("PRAGMA integrity_check").fetchone()[0]
    return faults if said == "ok" else [*faults, f"SQLite finds: {said}"]


if __name__ == "__main__":
    migrate(Path(sys.argv[1]))
