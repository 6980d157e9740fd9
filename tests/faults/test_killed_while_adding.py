"""A journal survives whatever ends the process that writes it, and two processes that write at once."""

import subprocess
import sys
from pathlib import Path

import kill

from foedus.journal.record import Journal


def test_nothing_is_lost_or_doubled_by_a_kill(tmp_path: Path) -> None:
    assert kill.run(5, seed=5, folder=tmp_path) == []


def test_the_check_notices_what_a_kill_could_leave(tmp_path: Path) -> None:
    path = tmp_path / "foedus.db"
    with Journal.open(path) as journal:
        journal.append([kill.report(0)])
    assert kill.faults_left(path, {1}) == ["batch 0 is there in part", "batch 1 was stored and is lost"]


def test_two_processes_add_the_same_to_a_new_journal(tmp_path: Path) -> None:
    path = tmp_path / "foedus.db"
    command = [sys.executable, kill.__file__, "--add", str(path)]
    adding = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate() for process in adding]
    assert [(process.returncode, error) for process, (_, error) in zip(adding, said, strict=True)] == [(0, "")] * 3
    assert kill.faults_left(path, set(range(kill.BATCHES))) == []
    assert kill.faults_once_completed(path) == []
