"""Kills processes that add documents to a journal, at random moments, and looks at what is left.

A long run: `python tests/faults/kill.py --what add --moments 200`; `--what scan` and `--what migrate` do the same to scans
(`kill_scan.py`) and migrations (`kill_migrate.py`). Short ones are among the tests.

What must hold after every kill of a process that adds: the journal opens and needs no repair; every document that the process said it had
added is there; each batch is there whole or not at all; and adding everything again gives exactly the same journal.
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import kill_migrate
import kill_scan

from foedus.documents.document import Document, document_id
from foedus.journal.arrivals import Arrival
from foedus.journal.record import Journal

BATCH = 10
BATCHES = 150


def report(number: int) -> Arrival:
    text = f"Report {number}. The chamber approved the treaty, {number} votes to none. " + f"Line {number}. " * 20
    return Arrival(Document(id=document_id(text.encode()), name=f"{number:04}.txt", text=text), text.encode())


def batches() -> Iterator[list[Arrival]]:
    for first in range(0, BATCH * BATCHES, BATCH):
        yield [report(number) for number in range(first, first + BATCH)]


def add_everything(path: Path) -> None:
    """What the killed process does; says `ready`, then the number of each batch once it is stored."""
    print("ready", flush=True)
    with Journal.open(path) as journal:
        for number, batch in enumerate(batches()):
            journal.append(batch)
            print(number, flush=True)


def killed_after(path: Path, seconds: float) -> set[int]:
    """Starts a process that adds everything, kills it; the batches it said it had stored."""
    adding = subprocess.Popen([sys.executable, __file__, "--add", path], stdout=subprocess.PIPE, text=True)
    assert adding.stdout is not None
    assert adding.stdout.readline() == "ready\n"
    time.sleep(seconds)
    os.kill(adding.pid, signal.SIGKILL)
    said, _ = adding.communicate()
    return {int(line) for line in said.splitlines()}


def faults_left(path: Path, stored: set[int]) -> list[str]:
    """What is wrong with the journal, given the batches that were reported as stored."""
    faults = []
    with Journal.open(path) as journal:
        names = {document.name for document in journal.documents()}
        for number, batch in enumerate(batches()):
            there = [arrival.document.name in names for arrival in batch]
            if number in stored and not all(there):
                faults.append(f"batch {number} was stored and is lost")
            if any(there) and not all(there):
                faults.append(f"batch {number} is there in part")
        if len(names) != len(list(journal.search("chamber", limit=BATCH * BATCHES * 2))):
            faults.append("the word index and the documents disagree")
    with closing(sqlite3.connect(path)) as connection:
        said = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if said != "ok":
            faults.append(f"SQLite finds: {said}")
    return faults


def faults_once_completed(path: Path) -> list[str]:
    """What is wrong with the journal after everything has been added again."""
    with Journal.open(path) as journal:
        for batch in batches():
            journal.append(batch)
        wanted = sorted(
            (arrival.document for batch in batches() for arrival in batch), key=lambda document: document.id
        )
        return [] if list(journal.documents()) == wanted else ["adding again does not complete the journal"]


def run(moments: int, seed: int, folder: Path, longest: float = 0.4) -> list[str]:
    """Kills at so many moments, on a new journal after every second; all faults found, in words."""
    chance = random.Random(seed)
    faults, stored = [], set[int]()
    for moment in range(moments):
        path = folder / f"{moment // 2}.db"
        stored = stored if moment % 2 else set()
        seconds = chance.uniform(0.0, longest)
        stored |= killed_after(path, seconds)
        faults += [f"killed after {seconds:.3f} s (moment {moment}): {fault}" for fault in faults_left(path, stored)]
        if moment % 2 or moment == moments - 1:
            faults += faults_once_completed(path)
        print(f"\r{moment + 1} of {moments}, {len(stored)} of {BATCHES} batches stored", end="", file=sys.stderr)
    print(file=sys.stderr)
    return faults


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--moments", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--add", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--what", choices=["add", "scan", "migrate"], default="add")
    asked = arguments.parse_args()
    if asked.add:
        add_everything(asked.add)
        return 0
    kill = {"add": run, "scan": kill_scan.run, "migrate": kill_migrate.run}[asked.what]
    with tempfile.TemporaryDirectory() as folder:
        faults = kill(asked.moments, asked.seed, Path(folder))
    print(*faults, f"{asked.what}: {asked.moments} kills with seed {asked.seed}: {len(faults)} faults", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
