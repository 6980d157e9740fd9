"""A journal survives whatever ends the process that brings its tables forward."""

import sqlite3
from contextlib import closing
from pathlib import Path

import kill_migrate


def test_nothing_is_lost_by_a_kill(tmp_path: Path) -> None:
    assert kill_migrate.run(4, seed=6, folder=tmp_path) == []


def test_an_old_journal_is_one(tmp_path: Path) -> None:
    kill_migrate.make_old(tmp_path / "old.db")
    assert kill_migrate.revision_of(tmp_path / "old.db") == kill_migrate.OLDEST


def test_the_check_notices_what_a_kill_could_leave(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    kill_migrate.make_old(path)
    assert kill_migrate.faults_left(path, was_done=True) == [f"the journal is of revision {kill_migrate.OLDEST}"]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE registers")
        connection.commit()
    assert "there is no table registers" in kill_migrate.faults_left(path, was_done=True)
